//! The measure that an action should move and the recommendation it answers, set after it was recorded. The baseline is the
//! figure of the newest extract at that moment, and stays as it was then.

use super::Fields;
use super::said::selection;
use crate::council::Council;
use crate::desk::{ViewerDesk, failed, suppress};
use crate::reading::{self, Selection};
use crate::store::recommendations::{self, Recommendation};
use app::data::{Field, FieldKind, Pick};
use app::error::PageError;
use domain::action::{Action, Aim, Amendment, Baseline, Set, Subject};
use domain::ids::RecommendationId;
use domain::measures::{CORE, Measure, measure};
use domain::names::name_key;
use domain::scope::{Area, Scope};

/// The fields, as the action stands.
pub(super) fn fields(action: &Action, known: &[Recommendation]) -> [Field; 2] {
    let pick = |value: String, text: String, chosen| Pick { value, text, chosen };
    let aim = action.aim.as_ref().map(|aim| aim.measure.as_str());
    let none = || pick(String::new(), "None".to_owned(), false);
    let measures = CORE.iter().filter(|measure| suppress::is_published(measure) || aim == Some(measure.id));
    let measures =
        measures.map(|measure| pick(measure.id.to_owned(), measure.name.to_owned(), aim == Some(measure.id)));
    let answers = known.iter().filter(|one| one.in_force || action.recommendation == Some(one.id)).map(|one| {
        let text = format!("{} {}: {}", one.source, one.reference, one.title);
        pick(one.id.0.to_string(), text, action.recommendation == Some(one.id))
    });
    let choice = |name: &str, label: &str, hint: &str, picks: Vec<Pick>| Field {
        name: name.to_owned(),
        label: label.to_owned(),
        hint: hint.to_owned(),
        kind: FieldKind::Choice,
        picks,
        ..Field::default()
    };
    [
        choice(
            "measure",
            "Measure it should move",
            "Another measure is set beside its figure in the newest extract, which is kept as the baseline.",
            std::iter::once(none()).chain(measures).collect(),
        ),
        choice("recommendation", "Recommendation it answers", "", std::iter::once(none()).chain(answers).collect()),
    ]
}

/// What a form asks for; only what differs, so that a baseline is never taken anew by saving the form again.
pub(super) async fn amendment(
    desk: &ViewerDesk,
    action: &Action,
    sent: &Fields,
) -> Result<Result<Amendment, &'static str>, PageError> {
    let known = recommendations::all(&desk.state.db).await.map_err(failed)?;
    let recommendation = match sent.filled("recommendation") {
        None => Set::Nothing,
        Some(id) => {
            let id = id.parse().ok().map(RecommendationId);
            let may =
                |one: &&Recommendation| Some(one.id) == id && (one.in_force || action.recommendation == Some(one.id));
            let Some(one) = known.iter().find(may) else { return Ok(Err("choose a recommendation of the list")) };
            Set::To(one.id)
        }
    };
    let aim = match sent.filled("measure") {
        None => action.aim.as_ref().map(|_| Set::Nothing),
        Some(id) if action.aim.as_ref().is_some_and(|aim| aim.measure == id) => None,
        Some(id) => match measure(id) {
            None => return Ok(Err("choose a measure of the list")),
            Some(measure) => Some(Set::To(frozen(desk, action, measure).await?)),
        },
    };
    Ok(Ok(Amendment { aim, recommendation: Some(recommendation), ..Amendment::default() }))
}

/// The measure with its figure of now, of the narrowest of the action's areas that the viewer may count.
async fn frozen(desk: &ViewerDesk, action: &Action, measure: &'static Measure) -> Result<Aim, PageError> {
    let scope = &desk.visit.viewer.scope;
    let council = desk.newest().await?;
    let areas = areas(&action.subject, council.as_deref());
    let countable = council.as_deref().and_then(|council| Some((council, countable(&areas, council, scope)?)));
    let Some((council, (group, chosen))) = countable else {
        let group = areas.into_iter().next().unwrap_or(Area::All);
        return Ok(Aim { measure: measure.id.to_owned(), group, baseline: None });
    };
    let asked = ViewerDesk::asked(council);
    let figure = reading::figure(&desk.state.db, council, scope, measure, &asked, &chosen).await.map_err(failed)?;
    let baseline = figure.map(|figure| Baseline { as_at: council.as_at(), figure });
    Ok(Aim { measure: measure.id.to_owned(), group, baseline })
}

/// The first area of which the viewer may count all.
fn countable(areas: &[Area], council: &Council, scope: &Scope) -> Option<(Area, Selection)> {
    areas.iter().find_map(|area| Some((area.clone(), selection(area, council, scope)?)))
}

/// Whose figure an action could move, the one that fits best first: its team; the service of several; each of them.
fn areas(subject: &Subject, council: Option<&Council>) -> Vec<Area> {
    if let Subject::Service { service, .. } = subject {
        return vec![Area::Service(service.clone())];
    }
    let mut teams: Vec<&str> = Vec::new();
    for team in subject.teams() {
        if !teams.iter().any(|known| name_key(known) == name_key(team)) {
            teams.push(team);
        }
    }
    let service = council.and_then(|council| {
        let mut services = teams.iter().map(|team| council.organisation.service(team));
        let first = services.next().flatten()?;
        services.all(|other| other.is_some_and(|other| name_key(other) == name_key(first))).then(|| first.to_owned())
    });
    let whole = service.filter(|_| teams.len() > 1).map(Area::Service);
    whole.into_iter().chain(teams.into_iter().map(|team| Area::Team(team.to_owned()))).collect()
}
