//! What waits for somebody, on the page, by e-mail and in a calendar.

mod calendars;
mod mail;
mod notices;
mod sink;
