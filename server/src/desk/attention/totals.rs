//! Lines counted by reason and by team: the very lines of the register.

use super::view::View;
use crate::council::{Council, OnRegister, Register};
use crate::desk::words;
use crate::reading::NO_TEAM;
use app::data::{Link, ReasonTotal, TeamTotal};
use domain::names::name_key;
use domain::registers::RULES;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Children by reason; a rule that names none is left out, but for the chosen one.
pub(super) fn by_reason(council: &Council, view: &View, lines: &[Arc<OnRegister>]) -> Vec<ReasonTotal> {
    if view.register != Register::Attention {
        return Vec::new();
    }
    let totals = RULES.iter().map(|rule| {
        let chosen = view.reason == Some(rule.id);
        ReasonTotal {
            rule: Link {
                text: rule.name_text(&council.standards),
                href: view.href(council.links(), |view| {
                    view.reason = (!chosen).then_some(rule.id);
                    view.page = 1;
                }),
            },
            why: rule.why.to_owned(),
            children: lines.iter().filter(|line| line.has_reason(rule.id)).count() as u64,
            chosen,
        }
    });
    totals.filter(|total| total.children > 0 || total.chosen).collect()
}

/// Lines by team, with the change since the extract before; the most lines first.
pub(super) fn by_team(
    council: &Council,
    view: &View,
    lines: &[&Arc<OnRegister>],
    before: Option<&Vec<Arc<OnRegister>>>,
) -> Vec<TeamTotal> {
    let mut teams: BTreeMap<String, (&str, u64, u64)> = BTreeMap::new();
    for line in lines {
        let team = line.team.as_deref().unwrap_or(NO_TEAM);
        teams.entry(name_key(team)).or_insert((team, 0, 0)).1 += 1;
    }
    for line in before.into_iter().flatten().filter(|line| view.has(line)) {
        let team = line.team.as_deref().unwrap_or(NO_TEAM);
        teams.entry(name_key(team)).or_insert((team, 0, 0)).2 += 1;
    }
    let mut totals: Vec<_> = teams.into_values().collect();
    totals.sort_by_key(|(_, now, _)| std::cmp::Reverse(*now));
    let totals = totals.into_iter().map(|(team, now, then)| TeamTotal {
        team: Link {
            text: team.to_owned(),
            href: view.href(council.links(), |view| {
                view.selection.team = Some(team.to_owned());
                view.page = 1;
            }),
        },
        children: now,
        change: before.is_some().then(|| change(now, then)),
    });
    totals.collect()
}

fn change(now: u64, then: u64) -> String {
    match now.cmp(&then) {
        std::cmp::Ordering::Greater => format!("{} more", words::thousands(now - then)),
        std::cmp::Ordering::Less => format!("{} fewer", words::thousands(then - now)),
        std::cmp::Ordering::Equal => "No change".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_said_in_words() {
        assert_eq!([change(3, 1), change(1, 3), change(2, 2)], ["2 more", "2 fewer", "No change"]);
    }
}
