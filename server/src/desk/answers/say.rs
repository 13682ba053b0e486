//! Answers in words: of visits, reviews, checks and whatever else a late child waits for.

use crate::desk::words;
use crate::reading::Answered;
use crate::reading::naming::Named;
use app::data::{Standing, Table};
use domain::answers::{Act, Cohort, Outcome, Said, SaidKind};

/// "Visited", "The subject of a review conference".
fn done(act: &Act) -> String {
    words::sentence(act.done)
}

/// A cohort: "Visited, not recorded", "Not given a health assessment".
pub(in crate::desk) fn cohort(act: &Act, cohort: Cohort) -> String {
    match cohort {
        Cohort::DoneNotRecorded => format!("{}, not recorded", done(act)),
        Cohort::NotDone => format!("Not {}", act.done),
        Cohort::Disputed | Cohort::NoAnswer => cohort.words().to_owned(),
    }
}

/// What a cohort means for who reads the list.
pub(super) fn standing(cohort: Cohort) -> Standing {
    match cohort {
        Cohort::NotDone => Standing::Bad,
        Cohort::DoneNotRecorded => Standing::Near,
        Cohort::Disputed | Cohort::NoAnswer => Standing::Neutral,
    }
}

/// What a form offers, in the order it is offered.
pub(super) fn kinds(act: &Act) -> Vec<(String, String)> {
    let words = |kind| match kind {
        SaidKind::Done => format!("{} on the day below, and not on record yet", done(act)),
        SaidKind::NotDone => format!("Not {}, for the reason below", act.done),
        SaidKind::Booked => "Booked for the day below".to_owned(),
        SaidKind::RecordWrong => "The record is wrong, as the reason says".to_owned(),
        SaidKind::NotOurs => "Not ours, as the reason says".to_owned(),
    };
    SaidKind::ALL.into_iter().map(|kind| (kind.name().to_owned(), words(kind))).collect()
}

/// "Visited on 4 February 2026", "Not visited: no answer at the door".
pub(in crate::desk) fn said(act: &Act, said: &Said) -> String {
    match said {
        Said::Done { on } => format!("{} on {}", done(act), words::date(*on)),
        Said::NotDone { reason } => format!("Not {}: {reason}", act.done),
        Said::Booked { on } => format!("Booked for {}", words::date(*on)),
        Said::RecordWrong { reason } => format!("The record is wrong: {reason}"),
        Said::NotOurs { reason } => format!("Not ours: {reason}"),
    }
}

/// "Confirmed by the extract as at 13 February 2026".
pub(in crate::desk) fn outcome(outcome: Outcome) -> String {
    match outcome {
        Outcome::Waiting | Outcome::Stands => outcome.words().to_owned(),
        Outcome::Confirmed { by } | Outcome::NotConfirmed { by } | Outcome::Overtaken { by } => {
            format!("{} by the extract as at {}", outcome.words(), words::date(by))
        }
        Outcome::AnotherDate { on } => format!("{}: {}", outcome.words(), words::date(on)),
    }
}

/// Every answer about a child with what came of it; `None` where there is none.
pub(in crate::desk) fn history(answers: &[Answered], named: &Named) -> Option<Table> {
    let rows: Vec<Vec<String>> = answers
        .iter()
        .filter_map(|answered| {
            let answer = &answered.answer;
            let measure = domain::measures::measure(&answer.measure)?;
            let act = domain::answers::act(measure)?;
            Some(vec![
                words::date(answer.answered_on),
                measure.name.to_owned(),
                named.text(&said(act, &answer.said)),
                outcome(answered.outcome),
                answer.answered_by.clone(),
            ])
        })
        .collect();
    (!rows.is_empty()).then(|| Table {
        caption: "Answers, newest first".to_owned(),
        head: ["Said on", "Measure", "What", "What came of it", "By"].map(str::to_owned).into(),
        rows,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::answers::act;

    fn of(id: &str) -> &'static Act {
        act(domain::measures::measure(id).unwrap()).unwrap()
    }

    #[test]
    fn what_is_late_is_named_as_what_it_waits_for() {
        let words = |id| [Cohort::DoneNotRecorded, Cohort::NotDone].map(|one| cohort(of(id), one));
        assert_eq!(words("CPP-01"), ["Visited, not recorded", "Not visited"]);
        assert_eq!(words("CIN-01"), ["Seen, not recorded", "Not seen"]);
        assert_eq!(words("CLA-07"), ["Given a health assessment, not recorded", "Not given a health assessment"]);
        assert_eq!(cohort(of("CPP-05"), Cohort::NoAnswer), "No answer yet");
    }

    #[test]
    fn an_answer_and_its_outcome_name_their_days() {
        let on = "2026-02-04".parse().unwrap();
        assert_eq!(said(of("CPP-01"), &Said::Done { on }), "Visited on 4 February 2026");
        assert_eq!(outcome(Outcome::NotConfirmed { by: on }), "Not confirmed by the extract as at 4 February 2026");
        assert_eq!(outcome(Outcome::Waiting), "Waiting for the next extracts");
    }
}
