//! Which act a late unit waits for, and which column shows it.

use crate::change::Row;
use crate::change::fields::{Field, named};
use crate::measures::Measure;
use crate::record::List;
use chrono::NaiveDate;

/// The act that puts a late unit right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Act {
    /// The measure's id.
    pub measure: &'static str,
    /// The list its units stand on.
    pub list: List,
    column: &'static str,
    /// What was done, as in "the child was …": "visited".
    pub done: &'static str,
}

const fn of(measure: &'static str, list: List, column: &'static str, done: &'static str) -> Act {
    Act { measure, list, column, done }
}

/// Measures whose late units wait for an act that a column dates, in the order of the core set.
static ACTS: &[Act] = &[
    of("ASM-02", List::Assessments, "assessment_auth_date", "assessed, and the assessment authorised"),
    of("S47-02", List::Section47s, "icpc_date", "the subject of an initial conference"),
    of("CPP-01", List::ProtectionPlans, "last_visit_date", "visited"),
    of("CPP-05", List::ProtectionPlans, "latest_review_date", "the subject of a review conference"),
    of("CIN-01", List::ChildrenInNeed, "last_seen_date", "seen"),
    of("DOR-01", List::ChildrenInNeed, "last_seen_date", "seen"),
    of("CLA-01", List::ChildrenInCare, "last_visit_date", "visited"),
    of("CLA-03", List::ChildrenInCare, "latest_review_date", "the subject of a statutory review"),
    of("CLA-07", List::ChildrenInCare, "last_health_assessment_date", "given a health assessment"),
    of("CLA-09", List::ChildrenInCare, "last_dental_check_date", "given a dental check"),
    of("CL-04", List::CareLeavers, "pathway_plan_review_date", "the subject of a pathway plan review"),
    of("CL-05", List::CareLeavers, "latest_contact_date", "contacted"),
];

/// The act that a measure's late units wait for; `None` where answers would have nothing to say, or no column to bear them
/// out: how long a plan lasts, what is past, and caseloads.
#[must_use]
pub fn act(measure: &Measure) -> Option<&'static Act> {
    ACTS.iter().find(|act| act.measure == measure.id)
}

impl Act {
    /// The column that dates it.
    #[must_use]
    pub fn field(&self) -> Option<&'static Field> {
        named(self.list, self.column)
    }

    /// Whether it is a visit, or seeing the child.
    #[must_use]
    pub fn is_visit(&self) -> bool {
        self.field().is_some_and(|field| field.is_visit)
    }

    /// The day of the latest on a row; `None` where that is blank.
    #[must_use]
    pub fn on(&self, row: &Row) -> Option<NaiveDate> {
        row.date(self.field()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::look_ahead::{has_due_day, remedy};
    use crate::measures::CORE;

    #[test]
    fn every_act_has_its_column_and_its_measure_a_day_to_act_by() {
        for act in ACTS {
            let measure = CORE.iter().find(|measure| measure.id == act.measure).unwrap();
            let field = act.field().unwrap();
            assert!(field.is_event() && has_due_day(measure), "{}", act.measure);
            assert!(measure.needs.iter().any(|needs| needs.list == act.list && needs.columns.contains(&field.header)));
        }
    }

    #[test]
    fn what_has_a_day_to_act_by_and_no_act_is_a_length_of_time_or_a_plan() {
        let without: Vec<_> = CORE
            .iter()
            .filter(|measure| has_due_day(measure) && act(measure).is_none())
            .map(|measure| measure.id)
            .collect();
        assert_eq!(without, ["CPP-06", "CPP-07", "CIN-03", "CLA-13"]);
        assert!(without.iter().all(|id| remedy(CORE.iter().find(|measure| measure.id == *id).unwrap()).is_some()));
    }

    #[test]
    fn visits_are_the_visits() {
        let visits: Vec<_> = ACTS.iter().filter(|act| act.is_visit()).map(|act| act.measure).collect();
        assert_eq!(visits, ["CPP-01", "CIN-01", "DOR-01", "CLA-01"]);
    }
}
