//! Answers beside the late lines of a list, and which lines a filter by answer keeps.

use super::{say, unit_name};
use crate::council::Council;
use crate::desk::children::{View, cohort_name};
use crate::desk::{ViewerDesk, failed, words};
use crate::reading::naming::Named;
use crate::reading::{self, Answered, Asked, LateUnit, Selection};
use app::data::{AnswerForm, ListAnswers, RowAnswer, Tab};
use app::error::PageError;
use domain::answers::{Act, Cohort, Cohorts, act};
use domain::look_ahead::is_wrong;
use domain::measures::figure::Line;
use domain::measures::{Fact, Measure};
use std::collections::HashMap;
use std::sync::Arc;

type Key = (Arc<str>, u8, u16);

fn key(fact: &Fact) -> Key {
    (Arc::clone(&fact.child_id), fact.list, fact.position)
}

/// What is known of the late lines of a list.
pub(in crate::desk) struct OnList {
    act: &'static Act,
    units: HashMap<Key, LateUnit>,
    cohorts: Cohorts,
    extract: i64,
    named: Named,
}

impl OnList {
    /// `None` for a measure without answers, and for a list that is not the extract's own (another period). `lines` are all
    /// of the selection, in the order that lists have at first.
    pub(in crate::desk) async fn of(
        desk: &ViewerDesk,
        council: &Council,
        measure: &'static Measure,
        (asked, selection): (&Asked, &Selection),
        lines: &[Line],
    ) -> Result<Option<Self>, PageError> {
        let Some(act) = act(measure).filter(|_| asked.is_stored(council)) else { return Ok(None) };
        let Some(newest) = desk.newest().await? else { return Ok(None) };
        let (db, scope) = (&desk.state.db, &desk.visit.viewer.scope);
        let late = reading::late_units(db, (council, &newest), scope, measure, selection).await.map_err(failed)?;
        let Some(late) = late else { return Ok(None) };
        let wrong = lines.iter().filter_map(|line| match line {
            Line::Child(fact) if is_wrong(measure, fact) => Some(key(fact)),
            _ => None,
        });
        // Both come from the same facts through the same scope, in the same order.
        let units = wrong.zip(late.units).collect();
        Ok(Some(Self { act, units, cohorts: late.cohorts, extract: council.extract.id, named: desk.named().await? }))
    }

    fn about(&self, line: &Line) -> Option<&LateUnit> {
        match line {
            Line::Child(fact) => self.units.get(&key(fact)),
            Line::Worker { .. } => None,
        }
    }

    /// Keeps the late lines of a cohort.
    pub(in crate::desk) fn keep(&self, lines: &mut Vec<Line>, cohort: Cohort) {
        lines.retain(|line| self.about(line).is_some_and(|unit| unit.cohort == cohort));
    }

    /// What stands beside a line; `None` where it is not late.
    pub(in crate::desk) fn row(
        &self,
        council: &Council,
        measure: &Measure,
        view: &View,
        line: &Line,
    ) -> Option<RowAnswer> {
        let unit = self.about(line)?;
        let name = unit.child.as_deref().filter(|_| unit.may_answer).map(|child| unit_name(council, child, unit));
        Some(RowAnswer {
            form: name.as_ref().map(|name| view.answer_href(measure, name)),
            unit: name,
            said: unit.answer.as_ref().map(|it| self.said(it)).unwrap_or_default(),
            by: unit
                .answer
                .as_ref()
                .map(|it| format!("{}, {}", it.answer.answered_by, words::date(it.answer.answered_on)))
                .unwrap_or_default(),
            outcome: self.outcome(unit),
            standing: say::standing(unit.cohort),
        })
    }

    /// An answer in words; a reason may name somebody else's child.
    fn said(&self, answered: &Answered) -> String {
        self.named.text(&say::said(self.act, &answered.answer.said))
    }

    fn outcome(&self, unit: &LateUnit) -> String {
        match (&unit.answer, unit.shown) {
            (_, Some(day)) => {
                format!("{}: a later extract shows {}", say::cohort(self.act, unit.cohort), words::date(day))
            }
            (Some(it), None) => say::outcome(it.outcome),
            (None, None) => say::cohort(self.act, unit.cohort),
        }
    }

    /// A line's cohort, answer and outcome for a file; blank where it is not late.
    pub(in crate::desk) fn cells(&self, line: &Line) -> [String; 3] {
        let Some(unit) = self.about(line) else { return Default::default() };
        let answer = unit.answer.as_ref();
        [
            say::cohort(self.act, unit.cohort),
            answer.map(|it| self.said(it)).unwrap_or_default(),
            answer.map(|it| say::outcome(it.outcome)).unwrap_or_default(),
        ]
    }

    /// The filter and the form.
    pub(in crate::desk) fn panel(&self, council: &Council, measure: &Measure, view: &View) -> ListAnswers {
        let counts = &self.cohorts;
        let number = |cohort| match cohort {
            Cohort::DoneNotRecorded => counts.done_not_recorded,
            Cohort::NotDone => counts.not_done,
            Cohort::Disputed => counts.disputed,
            Cohort::NoAnswer => counts.no_answer,
        };
        let tab = |text: String, count, answer: Option<Cohort>| Tab {
            text,
            count,
            href: view.href(measure, |view| {
                view.answer = answer;
                view.page = 1;
            }),
            current: view.answer == answer,
            open_ended: false,
        };
        let all = tab("Late, whatever the answer".to_owned(), counts.total(), None);
        let by_cohort = Cohort::ALL.map(|cohort| tab(say::cohort(self.act, cohort), number(cohort), Some(cohort)));
        let may_answer = self.units.values().any(|unit| unit.may_answer && unit.child.is_some());
        ListAnswers {
            tabs: std::iter::once(all).chain(by_cohort).collect(),
            form: may_answer.then(|| form(measure, self.act, view, self.extract)),
            overview: app::data::Link {
                text: "Answers of every team, and how many came true".to_owned(),
                href: council.links().answers(&Selection { worker: None, ..view.selection.clone() }),
            },
        }
    }
}

/// The form of a list or of one of its lines.
pub(super) fn form(measure: &Measure, act: &Act, view: &View, extract: i64) -> AnswerForm {
    let mut kept = view.everything();
    kept.push(("extract".to_owned(), extract.to_string()));
    AnswerForm { action: format!("/measures/{}/answers", measure.id), kept, unit: None, kinds: say::kinds(act) }
}

/// The name of a cohort in an address.
pub(super) fn of_cohort(cohort: Cohort) -> (&'static str, String) {
    ("answer", cohort_name(cohort).to_owned())
}
