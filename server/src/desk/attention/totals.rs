//! Lines counted by reason and by team: the very lines of the register.

use super::view::View;
use crate::council::{Council, OnRegister, Register};
use crate::desk::words;
use crate::reading::RegisterWeek;
use app::data::{Link, ReasonTotal, TeamTotal};
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

/// Lines by team, with those of earlier weeks and the change since the extract before; the most lines first. A team that
/// has none any more stands there too.
pub(super) fn by_team(
    council: &Council,
    view: &View,
    now: &RegisterWeek,
    earlier: &[&RegisterWeek],
    before: Option<&RegisterWeek>,
) -> Vec<TeamTotal> {
    let lines = |week: &RegisterWeek, key: &str| week.by_team.get(key).map_or(0, |(_, lines)| *lines);
    let mut teams: BTreeMap<&str, &str> = BTreeMap::new();
    for week in [now].into_iter().chain(before).chain(earlier.iter().copied()) {
        for (key, (team, _)) in &week.by_team {
            teams.entry(key).or_insert(team);
        }
    }
    let mut totals: Vec<_> = teams.into_iter().map(|(key, team)| (key, team, lines(now, key))).collect();
    totals.sort_by_key(|(.., now)| std::cmp::Reverse(*now));
    let totals = totals.into_iter().map(|(key, team, children)| TeamTotal {
        team: Link {
            text: team.to_owned(),
            href: view.href(council.links(), |view| {
                view.selection.team = Some(team.to_owned());
                view.page = 1;
            }),
        },
        children,
        then: earlier.iter().map(|week| lines(week, key)).collect(),
        change: before.map(|before| change(children, lines(before, key))),
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
