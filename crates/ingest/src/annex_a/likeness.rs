//! Columns whose header only resembles the official one: taken when nothing in the sheet fits better, and always told.

use super::format::{ColumnFormat, Kind, ListFormat};
use std::collections::HashSet;

/// What resemblance found.
#[derive(Debug, Default)]
pub(super) struct Likeness {
    /// Columns of the format and where they stand.
    pub(super) taken: Vec<(usize, usize)>,
    /// Columns of the format that more than one header resembles equally, with those headers.
    pub(super) ambiguous: Vec<(usize, Vec<usize>)>,
}

impl Likeness {
    /// Looks for columns not found yet among the headers not taken yet. The id is never taken so: another child's id, or a
    /// family's, would be read without a word.
    pub(super) fn of(format: &ListFormat, headers: &[String], found: &[Option<usize>], taken: &[bool]) -> Self {
        let mut likeness = Self::default();
        let free: Vec<usize> = (0..headers.len()).filter(|at| !taken[*at] && !headers[*at].is_empty()).collect();
        // A header may stand on several lines of its cell.
        let lines: Vec<String> =
            headers.iter().map(|header| header.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        let resembles = |column: &ColumnFormat, at: usize| {
            column.kind != Kind::Id && column.patterns.iter().any(|pattern| pattern.is_match(&lines[at]))
        };
        let open = || format.columns.iter().enumerate().filter(|(index, _)| found[*index].is_none());
        for (index, column) in open() {
            let candidates: Vec<usize> = free.iter().copied().filter(|at| resembles(column, *at)).collect();
            let Some(best) = candidates.iter().copied().max_by(|a, b| {
                likeness_of(&column.header, &lines[*a]).total_cmp(&likeness_of(&column.header, &lines[*b]))
            }) else {
                continue;
            };
            let how_like = likeness_of(&column.header, &lines[best]);
            let rivals: Vec<usize> = free
                .iter()
                .copied()
                .filter(|at| *at != best && likeness_of(&column.header, &lines[*at]) >= how_like)
                .collect();
            if !rivals.is_empty() {
                let mut alike = vec![best];
                alike.extend(rivals);
                likeness.ambiguous.push((index, alike));
                continue;
            }
            let fits_another_better = open().any(|(other, rival)| {
                other != index && resembles(rival, best) && likeness_of(&rival.header, &lines[best]) > how_like
            });
            if !fits_another_better && !likeness.taken.iter().any(|(_, at)| *at == best) {
                likeness.taken.push((index, best));
            }
        }
        likeness
    }
}

/// How much of their words two headers share: 0 none, 1 all.
fn likeness_of(official: &str, typed: &str) -> f64 {
    let (official, typed) = (words(official), words(typed));
    let shared = official.intersection(&typed).count();
    let all = official.union(&typed).count();
    #[expect(clippy::cast_precision_loss, reason = "a header has few words")]
    if all == 0 { 0.0 } else { shared as f64 / all as f64 }
}

/// The words of a header that carry its meaning.
fn words(header: &str) -> HashSet<String> {
    const EMPTY: [&str; 12] = ["the", "of", "a", "an", "to", "for", "in", "is", "was", "this", "y", "n"];
    header
        .split(|c: char| !c.is_alphanumeric())
        .map(str::to_lowercase)
        .filter(|word| !word.is_empty() && !EMPTY.contains(&word.as_str()))
        .collect()
}
