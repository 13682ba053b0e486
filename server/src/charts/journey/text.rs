//! A journey in a sentence and as a table.

use super::{Lane, Moment, Spell};
use crate::charts::words::{count, long_date, one_line};
use app::data::Table;
use chrono::NaiveDate;

/// Open spells named in the sentence; the table has all.
const NAMED: usize = 5;

/// "5 spells and 3 events from 3 March 2021, as at 30 October 2026; open: Child in need (plan) since 4 June 2026."
pub(super) fn sentence(spells: &[Spell], moments: &[Moment], as_at: NaiveDate) -> String {
    let dates = spells.iter().flat_map(|spell| [spell.start, spell.end]).flatten();
    let since = dates.chain(moments.iter().map(|moment| moment.date)).min();
    let mut counted = Vec::new();
    if !spells.is_empty() {
        counted.push(count(spells.len(), "spell", "spells"));
    }
    if !moments.is_empty() {
        counted.push(count(moments.len(), "event", "events"));
    }
    let mut sentence = counted.join(" and ");
    if let Some(since) = since {
        sentence.push_str(&format!(" from {}", long_date(since)));
    }
    sentence.push_str(&format!(", as at {}; {}.", long_date(as_at), open(spells, as_at)));
    sentence
}

fn open(spells: &[Spell], as_at: NaiveDate) -> String {
    let mut open: Vec<&Spell> = spells.iter().filter(|spell| spell.is_open(as_at)).collect();
    open.sort_by_key(|spell| (spell.lane, spell.start));
    if open.is_empty() {
        return "nothing open".to_owned();
    }
    let mut named: Vec<String> = open
        .iter()
        .take(NAMED)
        .map(|spell| match spell.start {
            Some(start) => format!("{} since {}", what(spell.lane, &spell.label), long_date(start)),
            None => format!("{}, start not recorded", what(spell.lane, &spell.label)),
        })
        .collect();
    if open.len() > NAMED {
        named.push(format!("and {} more", open.len() - NAMED));
    }
    format!("open: {}", named.join("; "))
}

/// The lane and the label, once where they say the same.
fn what(lane: Lane, label: &str) -> String {
    let (title, label) = (lane.title(), one_line(label));
    if label.to_lowercase().starts_with(&title.to_lowercase()) {
        label
    } else if label.is_empty() {
        title.to_owned()
    } else {
        format!("{title}: {label}")
    }
}

/// In the order it happened; what has no start stands first.
pub(super) fn table(title: &str, spells: &[Spell], moments: &[Moment]) -> Table {
    let spells = spells.iter().map(|spell| {
        let from = spell.start.map_or_else(|| "Not recorded".to_owned(), long_date);
        let to = spell.end.map_or_else(|| "Open".to_owned(), long_date);
        ((spell.start, spell.lane, spell.end), vec![from, to, what(spell.lane, &spell.label)])
    });
    let moments = moments.iter().map(|moment| {
        let key = (Some(moment.date), moment.lane, Some(moment.date));
        (key, vec![long_date(moment.date), "–".to_owned(), what(moment.lane, &moment.label)])
    });
    let mut rows: Vec<_> = spells.chain(moments).collect();
    rows.sort_by_key(|(key, _)| *key);
    Table {
        caption: title.to_owned(),
        head: ["From", "To", "What"].map(str::to_owned).to_vec(),
        rows: rows.into_iter().map(|(_, row)| row).collect(),
    }
}
