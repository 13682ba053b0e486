//! What the data says of an action: child by child, and of the measure it should move.

use super::Today;
use crate::council::Council;
use crate::desk::{ViewerDesk, failed, signal, words};
use crate::reading::{self, Selection};
use app::data::Standing;
use app::error::PageError;
use domain::action::{Action, Aim, DataWord, Reading, effect, verdict};
use domain::ids::ChildId;
use domain::measures::{Fact, Measure, Period, measure};
use domain::scope::{Area, Scope};
use std::collections::HashMap;

/// What the newest extract says of the children, by the council's id.
pub(super) struct Said {
    measure: Option<&'static Measure>,
    facts: HashMap<String, Vec<Fact>>,
    supplied: bool,
    as_at: Option<chrono::NaiveDate>,
}

impl Said {
    pub(super) async fn of(desk: &ViewerDesk, council: Option<&Council>, action: &Action) -> Result<Self, PageError> {
        let known = action.aim.as_ref().and_then(|aim| measure(&aim.measure));
        let mut said = Self { measure: known, facts: HashMap::new(), supplied: false, as_at: None };
        if let (Some(council), Some(measure)) = (council, known) {
            said.as_at = Some(council.as_at());
            said.supplied = reading::is_supplied(council, measure, &ViewerDesk::asked(council));
            for fact in council.facts(&desk.state.db, measure).await.map_err(failed)?.iter() {
                if action.subject.has_child(&fact.child_id) {
                    said.facts.entry(fact.child_id.to_string()).or_default().push((**fact).clone());
                }
            }
        }
        Ok(said)
    }

    /// A sentence about a child, and its standing; `child` is the id that was kept, `id` the same as the viewer may be told it.
    pub(super) fn of_child(&self, action: &Action, child: &ChildId, id: &str) -> (String, Standing) {
        if let Some(word) = action.data.get(child) {
            return (
                format!("{} Extract as at {}", word.word.sentence(), words::date(word.as_at)),
                standing(word.word),
            );
        }
        let Some(measure) = self.measure else {
            return ("The action names no measure, so the data is not asked.".to_owned(), Standing::Neutral);
        };
        let recorded = recorded_on(action);
        match self.as_at {
            Some(as_at) if as_at >= recorded && self.supplied => {
                let facts = self.facts.get(id).map_or(&[][..], Vec::as_slice);
                let word = verdict(measure, facts, recorded);
                (format!("{} Extract as at {}", word.sentence(), words::date(as_at)), standing(word))
            }
            _ => ("No extract since the action was recorded has told yet.".to_owned(), Standing::Neutral),
        }
    }
}

const fn standing(word: DataWord) -> Standing {
    match word {
        DataWord::Confirmed => Standing::Good,
        DataWord::Contradicted => Standing::Bad,
        DataWord::Silent => Standing::Neutral,
    }
}

fn recorded_on(action: &Action) -> chrono::NaiveDate {
    crate::clock::england_time(action.recorded_at.timestamp_millis())
        .map_or_else(|| action.recorded_at.date_naive(), |time| time.date())
}

/// An area in words.
pub(in crate::desk) fn area(area: &Area) -> String {
    match area {
        Area::All => "Whole council".to_owned(),
        Area::Service(name) | Area::Team(name) => name.clone(),
    }
}

/// The selection of an area, where the viewer may count all of it.
pub(in crate::desk) fn selection(area: &Area, council: &Council, scope: &Scope) -> Option<Selection> {
    match area {
        Area::All => scope.reaches_everything().then(Selection::default),
        Area::Team(team) => {
            let chosen = Selection { team: Some(team.clone()), ..Selection::default() };
            scope.allows_counts_of(Some(team)).then_some(chosen)
        }
        Area::Service(service) => {
            let mut teams = council.organisation.team_keys_of_service(service).peekable();
            let all = teams.peek().is_some() && teams.all(|team| scope.allows_counts_of(Some(team)));
            all.then(|| Selection { service: Some(service.clone()), ..Selection::default() })
        }
    }
}

/// What became of the measure, as label and value.
pub(super) async fn of_measure(
    desk: &ViewerDesk,
    council: Option<&Council>,
    action: &Action,
    today: &Today,
) -> Result<Vec<(String, String)>, PageError> {
    let Some((aim, measure)) = action.aim.as_ref().and_then(|aim| Some((aim, measure(&aim.measure)?))) else {
        return Ok(Vec::new());
    };
    let figure = |figure, as_at| {
        let text = words::figure(measure, &today.standards, Period::up_to(as_at), Some(figure));
        format!("{}, {}", text.value, text.detail)
    };
    let mut lines = vec![("Measure".to_owned(), format!("{} ({})", measure.name, area(&aim.group)))];
    let baseline = aim.baseline.map_or_else(
        || "It had no value".to_owned(),
        |baseline| format!("{}, as at {}", figure(baseline.figure, baseline.as_at), words::date(baseline.as_at)),
    );
    lines.push(("Baseline, kept as it was".to_owned(), baseline));
    let scope = &desk.visit.viewer.scope;
    let Some((council, selection)) =
        council.and_then(|council| Some((council, selection(&aim.group, council, scope)?)))
    else {
        return Ok(lines);
    };
    let history = reading::history(council, scope, measure, &selection);
    let rebases = desk.rebases().await?;
    let of_chart = rebases.iter().filter(|rebase| rebase.cut.is_of(measure.id, &aim.group));
    let judged = signal::judge(council, scope, measure, &selection, of_chart);
    lines.extend(since(aim, measure, action, &history, judged.as_ref(), &figure));
    Ok(lines)
}

fn since(
    aim: &Aim,
    measure: &Measure,
    action: &Action,
    history: &signal::History,
    judged: Option<&signal::Judged<'_>>,
    figure: &dyn Fn(domain::measures::figure::Figure, chrono::NaiveDate) -> String,
) -> Vec<(String, String)> {
    let readings: Vec<Reading> =
        history.iter().map(|(as_at, figure)| Reading { as_at: *as_at, figure: *figure }).collect();
    let judgement = judged.map(signal::Judged::judgement);
    let effect = effect(aim, recorded_on(action), &readings, measure.timing, judgement);
    let reading = |reading: Option<Reading>| match reading {
        None => "Not yet".to_owned(),
        Some(Reading { as_at, figure: None }) => format!("Not supplied, as at {}", words::date(as_at)),
        Some(Reading { as_at, figure: Some(value) }) => {
            format!("{}, as at {}", figure(value, as_at), words::date(as_at))
        }
    };
    let special = effect.first_mark.map_or_else(
        || "None: as chance would have it, or too few months to tell".to_owned(),
        |(month, _)| format!("In {}", month.name()),
    );
    vec![
        ("One month on".to_owned(), reading(effect.after_one_month)),
        ("Three months on".to_owned(), reading(effect.after_three_months)),
        ("First month since that differs by more than chance".to_owned(), special),
        ("Verdict now".to_owned(), judged.map_or_else(|| "Nothing yet".to_owned(), signal::Judged::sentence)),
    ]
}
