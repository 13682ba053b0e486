//! Surgeries and the action log: what is kept of them, and their pages.

mod actions;
mod actions_pages;
mod agenda_pages;
mod aims;
mod demo;
mod evidence;
mod meetings;
mod meetings_pages;
