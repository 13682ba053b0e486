//! Problems of one kind, list and column as one line: "412 dates in Date of Last Visit could not be read: 30-OCT-26 …".

use crate::store::problems::StoredProblem;
use ingest::ProblemKind;
use std::cmp::Reverse;
use std::collections::HashMap;

/// Values shown of a group.
const MOST_EXAMPLES: usize = 3;

/// Problems that are shown as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::desk) struct Group {
    pub(in crate::desk) list: String,
    /// The kind's name.
    pub(in crate::desk) kind: String,
    pub(in crate::desk) column: Option<String>,
    /// What the first of them says.
    pub(in crate::desk) message: String,
    pub(in crate::desk) count: u64,
    /// Different values as supplied.
    pub(in crate::desk) examples: Vec<String>,
}

/// The groups, the largest first.
pub(in crate::desk) fn groups<'a>(problems: impl IntoIterator<Item = &'a StoredProblem>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut places: HashMap<(&str, &str, Option<&str>, &str), usize> = HashMap::new();
    for problem in problems {
        // Of what has no kind only what is said tells one from another.
        let said = if is_of_no_kind(&problem.kind) { problem.message.as_str() } else { "" };
        let key = (problem.list.as_str(), problem.kind.as_str(), problem.column_name.as_deref(), said);
        let place = *places.entry(key).or_insert_with(|| {
            groups.push(Group {
                list: problem.list.clone(),
                kind: problem.kind.clone(),
                column: problem.column_name.clone(),
                message: problem.message.clone(),
                count: 0,
                examples: Vec::new(),
            });
            groups.len() - 1
        });
        let Some(group) = groups.get_mut(place) else { continue };
        group.count += 1;
        if let Some(value) = problem.value.as_ref().filter(|value| !value.trim().is_empty())
            && group.examples.len() < MOST_EXAMPLES
            && !group.examples.contains(value)
        {
            group.examples.push(value.clone());
        }
    }
    groups.sort_by_key(|group| Reverse(group.count));
    groups
}

fn is_of_no_kind(kind: &str) -> bool {
    matches!(ProblemKind::from_name(kind), None | Some(ProblemKind::Other))
}

impl Group {
    /// The group in a sentence, with values as supplied where `examples` may be shown.
    pub(in crate::desk) fn sentence(&self, with_examples: bool) -> String {
        let examples = if with_examples { self.examples.as_slice() } else { &[] };
        sentence(&self.kind, self.count, self.column.as_deref(), &self.message, examples)
    }
}

/// Problems in one sentence. What has no kind is told as it was found.
fn sentence(kind: &str, count: u64, column: Option<&str>, message: &str, examples: &[String]) -> String {
    match ProblemKind::from_name(kind) {
        Some(kind) if kind != ProblemKind::Other => kind.sentence(count, column, examples),
        _ => {
            let place = column.map(|column| format!("{column}: ")).unwrap_or_default();
            let times =
                if count == 1 { String::new() } else { format!(" ({} times)", crate::desk::words::thousands(count)) };
            format!("{place}{message}{times}{}", examples_of(count, examples))
        }
    }
}

/// ": 30-OCT-26, 31-OCT-26 …"; nothing without a value. On one line, whatever the values hold.
fn examples_of(count: u64, examples: &[String]) -> String {
    if examples.is_empty() {
        return String::new();
    }
    let shown: Vec<String> =
        examples.iter().map(|value| value.replace(char::is_control, " ").trim().to_owned()).collect();
    let more = if count > examples.len() as u64 { " …" } else { "" };
    format!(": {}{more}", shown.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(kind: &str, column: &str, value: &str, message: &str) -> StoredProblem {
        StoredProblem {
            list: "L7".to_owned(),
            row_number: Some(2),
            column_name: Some(column.to_owned()),
            value: Some(value.to_owned()),
            severity: "warning".to_owned(),
            message: message.to_owned(),
            kind: kind.to_owned(),
            child_id: Some("1".to_owned()),
            team_key: None,
        }
    }

    #[test]
    fn problems_of_one_kind_and_column_are_one_line_and_the_most_come_first() {
        let found = [
            problem("other", "Gender", "x", "not a code"),
            problem("not-a-date", "Date of Last Visit", "30-OCT-26", "not a date"),
            problem("not-a-date", "Date of Last Visit", "30-OCT-26", "not a date"),
            problem("not-a-date", "Date of Last Visit", "31-OCT-26", "not a date, reads as blank"),
        ];
        let groups = groups(&found);
        let counts: Vec<_> = groups.iter().map(|group| (group.kind.as_str(), group.count)).collect();
        assert_eq!(counts, [("not-a-date", 3), ("other", 1)]);
        assert_eq!(groups[0].examples, ["30-OCT-26", "31-OCT-26"]);
        assert_eq!(groups[0].sentence(true), "3 dates in Date of Last Visit could not be read: 30-OCT-26, 31-OCT-26 …");
        assert_eq!(groups[0].sentence(false), "3 dates in Date of Last Visit could not be read");
        assert_eq!(groups[1].sentence(true), "Gender: not a code: x");
    }

    #[test]
    fn what_was_found_before_there_were_kinds_is_told_by_what_was_said() {
        let found = [
            problem("other", "Gender", "x", "not a code"),
            problem("other", "Gender", "y", "too long"),
            problem("of a later version", "Gender", "z", "too long"),
        ];
        let said: Vec<String> = groups(&found).iter().map(|group| group.sentence(false)).collect();
        assert_eq!(said, ["Gender: not a code", "Gender: too long", "Gender: too long"]);
    }
}
