//! What acting does to a unit on the wrong side, measure by measure.

use crate::measures::Measure;

/// How the act moves the figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Moves {
    /// The unit goes over to the good side and stays in the denominator.
    Rights,
    /// The unit leaves the denominator, and the numerator with it.
    Leaves,
    /// The measure is about what has happened, or about time that has run: nothing done now changes it for this unit.
    CannotBeUndone,
    /// The unit is a worker. Children change hands, which no single unit can say.
    Shared,
}

/// What puts a measure's units right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Remedy {
    /// The measure's id.
    pub measure: &'static str,
    /// How the act moves the figure.
    pub moves: Moves,
    /// The act, as an instruction without its full stop; for what cannot be undone, what can be done instead.
    pub act: &'static str,
    /// Whether the measure sets each unit a day by which to act.
    pub has_due_day: bool,
    /// Why that the figure would move is no reason to act, as a whole sentence; where it is none.
    pub caution: Option<&'static str>,
}

const NO_REASON_TO_END: &str =
    "A plan ends when the child is safe or helped. That the figure would move is no reason to end it.";

const fn rights(measure: &'static str, act: &'static str) -> Remedy {
    Remedy { measure, moves: Moves::Rights, act, has_due_day: false, caution: None }
}

const fn rights_by_a_day(measure: &'static str, act: &'static str) -> Remedy {
    Remedy { measure, moves: Moves::Rights, act, has_due_day: true, caution: None }
}

const fn leaves_by_a_day(measure: &'static str, act: &'static str) -> Remedy {
    Remedy { measure, moves: Moves::Leaves, act, has_due_day: true, caution: None }
}

const fn ends_by_a_day(measure: &'static str, act: &'static str) -> Remedy {
    Remedy { caution: Some(NO_REASON_TO_END), ..leaves_by_a_day(measure, act) }
}

const fn leaves(measure: &'static str, act: &'static str) -> Remedy {
    Remedy { measure, moves: Moves::Leaves, act, has_due_day: false, caution: None }
}

const fn past(measure: &'static str, act: &'static str) -> Remedy {
    Remedy { measure, moves: Moves::CannotBeUndone, act, has_due_day: false, caution: None }
}

const fn shared(measure: &'static str, act: &'static str) -> Remedy {
    Remedy { measure, moves: Moves::Shared, act, has_due_day: false, caution: None }
}

const NEXT_PERIOD: &str = "What is done in time from now on moves the next periods";
const IN_TOUCH: &str = "Get in touch with the young person";
const HOME: &str = "Find a suitable home with the young person, or make the home suitable";
const OCCUPATION: &str = "Help the young person to begin study, training or work";

/// One for every measure of the core set, in its order.
///
/// A plan or a period of need leaves its count when it ends, and ends when the child is safe or helped: that the figure
/// would move is no reason to end it.
static REMEDIES: &[Remedy] = &[
    past("CON-01", NEXT_PERIOD),
    past("REF-02", "Put right in this episode what the earlier closure missed"),
    past("REF-03", NEXT_PERIOD),
    past("ASM-01", NEXT_PERIOD),
    leaves_by_a_day("ASM-02", "Complete and authorise the assessment"),
    past("ASM-03", "See the child now, in the work that follows"),
    past("S47-01", NEXT_PERIOD),
    leaves_by_a_day("S47-02", "Hold the initial conference, or record the decision that none is needed"),
    past("S47-04", NEXT_PERIOD),
    past("S47-06", "Put right in this enquiry what the earlier one left open"),
    past("ICPC-01", NEXT_PERIOD),
    rights_by_a_day("CPP-01", "See the child in a statutory visit, and record the visit"),
    rights("CPP-02", "See the child alone at the next visit"),
    rights_by_a_day("CPP-05", "Hold the review conference"),
    ends_by_a_day("CPP-06", "Review the plan: end it if the child is safe, and change it if it does not work"),
    ends_by_a_day("CPP-07", "Review the plan: end it if the child is safe, and change it if it does not work"),
    past("CPP-08", NEXT_PERIOD),
    past("CPP-09", "Put right in this plan what the earlier one did not change"),
    past("CPP-12", "Look at what became of the child after the plan"),
    leaves("CPP-13", "Let one plan take over from the other"),
    rights_by_a_day("CIN-01", "See the child, and record the visit"),
    ends_by_a_day("CIN-03", "Review the plan: end it, step it up or step it down"),
    rights("ALL-01", "Allocate a named worker"),
    rights_by_a_day("DOR-01", "See the child, and record the visit"),
    rights_by_a_day("CLA-01", "Visit the child where the child lives, and record the visit"),
    rights_by_a_day("CLA-03", "Hold the statutory review"),
    past("CLA-05", "Hold the present placement together"),
    past("CLA-06", "Hold the present placement together: it counts in time"),
    rights_by_a_day("CLA-07", "Have the health assessment done, and record it"),
    rights_by_a_day("CLA-09", "Have the dental check done, and record it"),
    rights_by_a_day("CLA-13", "Make and record the plan for permanence"),
    past("MIS-01", "Find out what the child ran from, or to, and act on it"),
    rights("MIS-02", "Offer a return interview"),
    rights("CL-01", IN_TOUCH),
    rights("CL-01a", IN_TOUCH),
    rights("CL-01b", IN_TOUCH),
    rights("CL-02", HOME),
    rights("CL-02a", HOME),
    rights("CL-02b", HOME),
    rights("CL-03", OCCUPATION),
    rights("CL-03a", OCCUPATION),
    rights("CL-03b", OCCUPATION),
    rights_by_a_day("CL-04", "Review the pathway plan"),
    rights_by_a_day("CL-05", "Meet or speak with the young person, and record the contact"),
    rights("CL-06", "Allocate a personal adviser"),
    shared("WF-01", "Close cases when their work is done, or recruit workers"),
    shared("WF-02", "Pass children to workers who have room, or close cases when their work is done"),
];

/// What puts right a unit of this measure. Every measure of the core set has one.
#[must_use]
pub fn remedy(measure: &Measure) -> Option<&'static Remedy> {
    REMEDIES.iter().find(|remedy| remedy.measure == measure.id)
}

/// Whether the measure sets each unit a day by which to act.
#[must_use]
pub fn has_due_day(measure: &Measure) -> bool {
    remedy(measure).is_some_and(|remedy| remedy.has_due_day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measures::{CORE, Counting, Polarity, Timing};

    #[test]
    fn every_measure_of_the_core_set_has_one_in_its_order() {
        let measures: Vec<_> = CORE.iter().map(|measure| measure.id).collect();
        let remedies: Vec<_> = REMEDIES.iter().map(|remedy| remedy.measure).collect();
        assert_eq!(remedies, measures);
    }

    #[test]
    fn the_past_is_not_undone_and_workers_are_not_units_to_put_right() {
        for measure in CORE {
            let moves = remedy(measure).unwrap().moves;
            if measure.timing == Timing::InPeriod {
                assert_eq!(moves, Moves::CannotBeUndone, "{}", measure.id);
            }
            assert_eq!(moves == Moves::Shared, measure.counting != Counting::Units, "{}", measure.id);
        }
    }

    #[test]
    fn a_length_of_plan_is_no_reason_to_end_it() {
        let cautious: Vec<_> = REMEDIES.iter().filter(|remedy| remedy.caution.is_some()).collect();
        assert_eq!(cautious.iter().map(|remedy| remedy.measure).collect::<Vec<_>>(), ["CPP-06", "CPP-07", "CIN-03"]);
        assert!(cautious.iter().all(|remedy| remedy.moves == Moves::Leaves));
    }

    #[test]
    fn a_due_day_needs_a_good_side_and_an_act() {
        for measure in CORE.iter().filter(|measure| has_due_day(measure)) {
            assert_ne!(measure.polarity, Polarity::Neutral, "{}", measure.id);
            assert_eq!(measure.timing, Timing::AtDate, "{}", measure.id);
            assert!(matches!(remedy(measure).unwrap().moves, Moves::Rights | Moves::Leaves), "{}", measure.id);
        }
    }
}
