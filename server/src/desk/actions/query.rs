//! What the log is asked for: read from free text, and written back into addresses.

use super::Today;
use super::people::People;
use crate::store::actions::{After, Filter};
use app::data::LogQuery;
use chrono::NaiveDate;
use domain::action::{Level, State, due_when_late, late_when_due_before};
use domain::ids::{ActionId, RecommendationId, SurgeryId, UserId};

/// A tab of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tab {
    Mine,
    All,
    Late,
    Reported,
    Closed,
}

pub(super) const TABS: [(Tab, &str, &str); 5] = [
    (Tab::Mine, "mine", "Mine"),
    (Tab::All, "all", "All"),
    (Tab::Late, "late", "Late"),
    (Tab::Reported, "reported", "To be confirmed"),
    (Tab::Closed, "closed", "Closed"),
];

/// The log's view, settled. What cannot be read falls back to the default.
#[derive(Debug, Clone)]
pub(super) struct View {
    pub(super) tab: Tab,
    pub(super) filter: Filter,
    pub(super) vacant: bool,
    pub(super) after: Option<After>,
    query: LogQuery,
}

impl View {
    /// `default` is the tab where the address names none.
    pub(super) fn of(query: &LogQuery, default: Tab, people: &People, today: &Today) -> Self {
        let named = |name: &str| TABS.into_iter().find(|(_, known, _)| *known == name).map(|(tab, ..)| tab);
        let tab = query.tab.as_deref().and_then(named).unwrap_or(default);
        let number = |value: &Option<String>| value.as_deref().and_then(|value| value.trim().parse::<i64>().ok());
        let vacant = query.office.as_deref() == Some("vacant");
        let mut filter = Filter {
            accountable: number(&query.accountable).map(UserId),
            team: query.team.clone(),
            level: query.level.as_deref().and_then(Level::from_name),
            states: query.state.as_deref().and_then(State::from_name).into_iter().collect(),
            surgery: number(&query.surgery).map(SurgeryId),
            recommendation: number(&query.recommendation).map(RecommendationId),
            measure: query.measure.clone(),
            accountable_among: vacant.then(|| people.out_of_office(today.date)),
            ..Filter::default()
        };
        if vacant && filter.states.is_empty() {
            filter.states = vec![State::Open, State::Reported];
        }
        filter.late_on = late(query.late.as_deref(), today);
        match tab {
            Tab::Mine | Tab::All => {}
            Tab::Late => filter.late_on = filter.late_on.or_else(|| late(Some("yes"), today)),
            Tab::Reported => filter.states = vec![State::Reported],
            Tab::Closed => filter.states = vec![State::Closed],
        }
        Self { tab, filter, vacant, after: query.after.as_deref().and_then(after), query: query.clone() }
    }

    /// The address of a changed view; it begins at the first line.
    pub(super) fn href(&self, path: &str, change: impl FnOnce(&mut LogQuery)) -> String {
        let mut query = LogQuery { after: None, ..self.query.clone() };
        query.tab = Some(self.tab_name().to_owned());
        change(&mut query);
        crate::desk::links::with_query(path, &values(&query))
    }

    pub(super) fn tab_name(&self) -> &'static str {
        TABS.iter().find(|(tab, ..)| *tab == self.tab).map_or("all", |(_, name, _)| name)
    }

    /// What this view asks, on another tab.
    pub(super) fn query_of(&self, tab: &str) -> LogQuery {
        LogQuery { tab: Some(tab.to_owned()), after: None, ..self.query.clone() }
    }

    /// What stands in the address beside the filter's own fields.
    pub(super) fn kept(&self) -> Vec<(String, String)> {
        let mut query = LogQuery { after: None, ..self.query.clone() };
        query.tab = Some(self.tab_name().to_owned());
        for field in [&mut query.accountable, &mut query.team, &mut query.level, &mut query.state] {
            *field = None;
        }
        for field in [&mut query.late, &mut query.recommendation, &mut query.measure] {
            *field = None;
        }
        values(&query).into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }

    /// What the audit keeps of it.
    pub(super) fn detail(&self) -> String {
        let mut query = self.query.clone();
        query.tab = Some(self.tab_name().to_owned());
        let parts = values(&query).into_iter().map(|(name, value)| {
            let value: String = value.chars().filter(|c| !c.is_control()).take(80).collect();
            format!("{name} {value}")
        });
        parts.collect::<Vec<_>>().join(", ")
    }
}

fn values(query: &LogQuery) -> Vec<(&'static str, String)> {
    [
        ("tab", &query.tab),
        ("accountable", &query.accountable),
        ("team", &query.team),
        ("level", &query.level),
        ("state", &query.state),
        ("late", &query.late),
        ("surgery", &query.surgery),
        ("recommendation", &query.recommendation),
        ("measure", &query.measure),
        ("office", &query.office),
        ("totals", &query.totals),
        ("after", &query.after),
    ]
    .into_iter()
    .filter_map(|(name, value)| value.clone().map(|value| (name, value)))
    .collect()
}

/// Before which day an action must be due to be so late.
fn late(asked: Option<&str>, today: &Today) -> Option<NaiveDate> {
    let days = match asked? {
        "yes" => return Some(late_when_due_before(today.date, &today.calendar)),
        "director" => today.standards.action_late_director_working_days,
        "agenda" => today.standards.action_late_agenda_working_days,
        _ => return None,
    };
    due_when_late(days, today.date, &today.calendar)?.succ_opt()
}

/// "2026-03-04.12": behind action 12, due on 4 March.
fn after(text: &str) -> Option<After> {
    let (due, id) = text.split_once('.')?;
    Some(After { due: due.parse().ok()?, id: ActionId(id.parse().ok()?) })
}

/// As it stands in an address.
pub(super) fn after_in_words(after: After) -> String {
    format!("{}.{}", after.due, after.id.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::calendar::WorkingDays;
    use domain::organisation::Organisation;
    use domain::standards::Standards;

    #[test]
    fn late_by_five_working_days_is_due_a_week_before() {
        let on = |date: &str| Today {
            date: date.parse().unwrap(),
            organisation: Organisation::default(),
            standards: Standards::default(),
            calendar: WorkingDays::england(),
        };
        let today = on("2026-03-09");
        assert_eq!(late(Some("yes"), &today), Some(today.date));
        let of_friday = Some("2026-03-06".parse().unwrap());
        assert_eq!(late(Some("yes"), &on("2026-03-07")), of_friday, "on Saturday it is not late yet");
        // Due on Monday 2 March: five working days late on Monday 9 March; due on the 3rd: four.
        assert_eq!(late(Some("director"), &today), Some("2026-03-03".parse().unwrap()));
        assert_eq!(late(Some("agenda"), &today), Some("2026-02-24".parse().unwrap()));
        assert_eq!(late(Some("x"), &today), None);
    }

    #[test]
    fn a_page_begins_behind_a_line_or_at_the_first() {
        let line = After { due: "2026-03-04".parse().unwrap(), id: ActionId(12) };
        assert_eq!(after(&after_in_words(line)), Some(line));
        for text in ["", "2026-03-04", "x.1", "2026-03-04.x"] {
            assert_eq!(after(text), None, "{text}");
        }
    }
}
