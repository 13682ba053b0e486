//! What only shows when the lists stand beside each other: two dates of birth for one child, ids that differ by how they
//! are written, one person under two names.

use super::problems::{Finding, Log, Severity};
use super::{Extract, ProblemKind, ReadList};
use chrono::NaiveDate;
use domain::names::person_key;
use domain::record::List;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// Reports what the lists of an extract say against each other.
pub(super) fn check(extract: &Extract, as_at: NaiveDate, log: &mut Log) {
    births(&extract.lists, as_at, log);
    ids(&extract.lists, log);
    workers(extract, log);
}

fn finding<'a>(
    list: &'a ReadList,
    kind: ProblemKind,
    row: Option<u32>,
    column: &'a str,
    value: &'a str,
) -> Finding<'a> {
    Finding {
        file: &list.file,
        list: list.list.label(),
        severity: Severity::Warning,
        kind,
        row,
        column: Some(column),
        value: Some(value),
        cells: 1,
    }
}

/// The lists whose ids are children's.
fn of_children(lists: &[ReadList]) -> impl Iterator<Item = &ReadList> {
    lists.iter().filter(|list| list.list != List::Adopters)
}

/// Another date of birth than an earlier row of the child gives, once a list. The unborn have dates that move.
fn births(lists: &[ReadList], as_at: NaiveDate, log: &mut Log) {
    let mut known: HashMap<&Arc<str>, (NaiveDate, &ReadList, u32)> = HashMap::new();
    for list in of_children(lists) {
        let mut told = HashSet::new();
        for row in &list.rows {
            let Some(birth) = row.record.date_of_birth().filter(|birth| *birth <= as_at) else { continue };
            let (first, of, first_row) = *known.entry(&row.child_id).or_insert((birth, list, row.row));
            if first == birth || !told.insert(&row.child_id) {
                continue;
            }
            let value = birth.format("%d/%m/%Y").to_string();
            let finding = finding(list, ProblemKind::ConflictingBirthDates, Some(row.row), "Date of Birth", &value);
            let team = row.record.held().and_then(|held| held.team.as_ref());
            log.add_of_child(finding, &row.child_id, team, || {
                format!(
                    "another date of birth than in {}, row {first_row} ({}): put the wrong one right, or give two children two ids",
                    of.list.label(),
                    first.format("%d/%m/%Y")
                )
            });
        }
    }
}

/// An id without leading zeros, case and spaces: what is left of it when it passed through a spreadsheet.
fn bare(id: &str) -> String {
    let plain: String = id.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    let bare = plain.trim_start_matches('0');
    if bare.is_empty() { plain } else { bare.to_owned() }
}

/// Ids that are one but for leading zeros, case or spaces.
fn ids(lists: &[ReadList], log: &mut Log) {
    let mut seen: HashSet<&Arc<str>> = HashSet::new();
    let mut known: HashMap<String, (&Arc<str>, &ReadList)> = HashMap::new();
    for list in of_children(lists) {
        for row in &list.rows {
            if !seen.insert(&row.child_id) {
                continue;
            }
            let (first, of) = *known.entry(bare(&row.child_id)).or_insert((&row.child_id, list));
            if first == &row.child_id {
                continue;
            }
            let column = list.columns.first().map_or("Child Unique ID", |column| column.column.as_str());
            let finding = finding(list, ProblemKind::IdsAlike, Some(row.row), column, &row.child_id);
            let team = row.record.held().and_then(|held| held.team.as_ref());
            log.add_of_child(finding, &row.child_id, team, || {
                format!(
                    "the same as an id in {} but for leading zeros, case or spaces, and read as another child: export ids as text everywhere",
                    of.list.label()
                )
            });
        }
    }
}

/// Names of workers that may be one person.
fn workers(extract: &Extract, log: &mut Log) {
    let names = extract.names.workers();
    let mut alike: BTreeMap<String, Vec<&Arc<str>>> = BTreeMap::new();
    for name in &names {
        alike.entry(person_key(name)).or_default().push(name);
    }
    let held_in = |name: &str| {
        extract.lists.iter().find(|list| {
            let workers = list.rows.iter().filter_map(|row| row.record.held()?.worker.as_deref());
            workers.into_iter().any(|worker| worker == name)
        })
    };
    for names in alike.values().filter(|names| names.len() > 1) {
        let Some(list) = names.iter().find_map(|name| held_in(name)) else { continue };
        let named: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
        let named = named.join(", ");
        let finding = finding(list, ProblemKind::NamesAlike, None, "Allocated Worker", &named);
        log.add(finding, || "may be one person, counted as several: write the name in one way if it is".to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::bare;

    #[test]
    fn what_a_spreadsheet_leaves_of_an_id() {
        assert_eq!(bare("00410001"), "410001");
        assert_eq!(bare(" aB 12 "), "ab12");
        assert_eq!(bare("000"), "000");
    }
}
