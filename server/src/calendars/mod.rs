//! A calendar to subscribe to (iCalendar, RFC 5545), written from plain entries.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use icalendar::{Calendar, Component as _, Event, EventLike as _, Property};

/// How often a program should ask again (hours).
const ASK_AGAIN_HOURS: i64 = 6;

/// Something on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its name, the same in every answer: what a program tells it by.
    pub name: String,
    /// The day.
    pub day: NaiveDate,
    /// In a line.
    pub summary: String,
    /// Where to read more.
    pub href: String,
}

/// The calendar as a text. `now` stamps it, and `host` makes the names of its entries the site's own.
#[must_use]
pub fn write(entries: &[Entry], host: &str, now: DateTime<Utc>) -> String {
    let mut calendar = Calendar::empty();
    for (name, value) in [
        ("VERSION", "2.0"),
        ("PRODID", "-//Performance Surgery//Calendar//EN"),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
    ] {
        calendar.append_property(Property::new(name, value));
    }
    calendar.name("Performance Surgery").ttl(&Duration::hours(ASK_AGAIN_HOURS));
    for entry in entries {
        let event = Event::new()
            .uid(&format!("{}@{host}", entry.name))
            .timestamp(now)
            .all_day(entry.day)
            // An end is the day after; a day without one is that day (RFC 5545, 3.6.1).
            .remove_ends()
            .summary(&entry.summary)
            .description(&entry.href)
            .url(&entry.href)
            // Nobody is busy because something falls due.
            .add_property("TRANSP", "TRANSPARENT")
            .done();
        calendar.push(event);
    }
    calendar.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use icalendar::CalendarComponent;

    fn entry(name: &str, summary: &str) -> Entry {
        Entry {
            name: name.to_owned(),
            day: "2026-03-05".parse().unwrap(),
            summary: summary.to_owned(),
            href: "https://surgery.example/measures/CPP-01/children?show=soon".to_owned(),
        }
    }

    #[test]
    fn what_is_written_reads_back_as_the_standard_asks() {
        let now: DateTime<Utc> = "2026-03-02T08:00:00Z".parse().unwrap();
        let long =
            "Surgery: Children & Families, Assessment; Łódź – a very long name of a service, as some councils have";
        let text = write(&[entry("due-1", "3 visits fall due"), entry("surgery-5", long)], "surgery.example", now);
        assert!(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Performance Surgery//Calendar//EN\r\n"));
        assert!(text.ends_with("END:VCALENDAR\r\n"));
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "every line ends with CR and LF");
        assert!(text.split("\r\n").all(|line| line.len() <= 75), "no line is longer than 75 octets: {text}");
        let read: Calendar = text.parse().unwrap();
        assert_eq!(read.get_name(), Some("Performance Surgery"));
        let events: Vec<&Event> = read.components.iter().filter_map(CalendarComponent::as_event).collect();
        assert_eq!(events.len(), 2);
        assert_eq!(events[0].get_uid(), Some("due-1@surgery.example"));
        assert_eq!(events[0].get_timestamp(), Some(now));
        assert_eq!(events[0].property_value("DTSTART"), Some("20260305"));
        assert!(text.contains("DTSTART;VALUE=DATE:20260305\r\n") && !text.contains("DTEND"), "{text}");
        assert_eq!(events[1].get_summary(), Some(long));
        assert_eq!(
            events[1].get_url(),
            Some("https://surgery.example/measures/CPP-01/children?show=soon"),
            "folded and whole again"
        );
    }

    #[test]
    fn the_same_entries_are_the_same_text() {
        let now: DateTime<Utc> = "2026-03-02T08:00:00Z".parse().unwrap();
        let entries = [entry("due-1", "3 visits fall due")];
        assert_eq!(write(&entries, "a.example", now), write(&entries, "a.example", now));
        let empty = write(&[], "a.example", now);
        assert!(empty.parse::<Calendar>().unwrap().components.is_empty());
    }
}
