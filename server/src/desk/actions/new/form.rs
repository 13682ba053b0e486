//! The form of a new action, filled in as far as the data can.

use super::about::About;
use super::finding_in_words;
use crate::desk::actions::Today;
use crate::desk::actions::forms::{doer, line, priority, text};
use crate::desk::actions::people::{Known, People};
use crate::desk::{ViewerDesk, failed};
use crate::store::recommendations;
use app::data::{Field, FieldKind, Form, NewActionQuery, Pick};
use app::error::PageError;
use domain::action::{Level, Priority, Subject, may_be_accountable};
use domain::ids::UserId;
use domain::names::name_key;
use domain::scope::{Area, Role};

pub(super) async fn form(
    desk: &ViewerDesk,
    about: &About,
    subject: &Subject,
    query: &NewActionQuery,
    (people, today): (&People, &Today),
) -> Result<Form, PageError> {
    let about_children = matches!(subject, Subject::Child { .. });
    let act = about.proposal.map(|proposal| proposal.act(about_children));
    let what = act.map_or_else(String::new, |act| act.text(&today.standards));
    let why = finding_in_words(desk, about).unwrap_or_default();
    let time = act.map_or(today.standards.action_due_working_days, |act| act.working_days);
    let due = today.calendar.due(today.date, time);
    let all = recommendations::all(&desk.state.db).await.map_err(failed)?;
    let none = Pick { value: String::new(), text: "None".to_owned(), chosen: true };
    let answers = all.into_iter().filter(|one| one.in_force).map(|one| Pick {
        value: one.id.0.to_string(),
        text: format!("{} {}: {}", one.source, one.reference, one.title),
        chosen: false,
    });
    let mut fields = vec![
        Field { value: what, ..text("what", "What is to be done", "Name no child.") },
        Field { value: why, ..text("why", "Why", "What the data shows is kept beside it.") },
        Field {
            kind: FieldKind::Choice,
            picks: heads(desk, subject, people, today),
            ..line("accountable", "Accountable Head of Service", "Only those who answer for the teams concerned.")
        },
    ];
    if cohort(subject).is_some() {
        fields.insert(0, level());
    }
    let (user, name) = proposed_doer(subject, people, today);
    fields.extend(doer(people, today.date, user, &name));
    fields.push(Field { kind: FieldKind::Date, value: due.to_string(), ..line("due", "Due", "") });
    fields.push(priority(Priority::Normal));
    let picks: Vec<Pick> = std::iter::once(none).chain(answers).collect();
    fields.push(Field {
        kind: FieldKind::Choice,
        picks,
        required: false,
        ..line("recommendation", "Recommendation it answers", "")
    });
    let single = [
        ("measure", &query.measure),
        ("service", &query.service),
        ("team", &query.team),
        ("from", &query.from),
        ("to", &query.to),
        ("surgery", &query.surgery),
        ("item", &query.item),
    ];
    let mut hidden: Vec<(String, String)> =
        query.child.iter().map(|child| ("child".to_owned(), child.clone())).collect();
    hidden.extend(single.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value.clone()?))));
    // The figure that the reader sees is the figure that is kept, even when an extract is loaded meanwhile.
    let as_at = about.council.as_ref().filter(|_| about.figure.is_some()).map(|council| council.as_at().to_string());
    hidden.extend(as_at.map(|as_at| ("as_at".to_owned(), as_at)));
    Ok(Form {
        action: "/actions/new".to_owned(),
        id: "new".to_owned(),
        title: "Add an action".to_owned(),
        about: String::new(),
        hidden,
        fields,
        button: "Record the action".to_owned(),
        open: true,
    })
}

/// Only people who may be accountable; the one that the organisation names is chosen, else the viewer, else the only one.
fn heads(desk: &ViewerDesk, subject: &Subject, people: &People, today: &Today) -> Vec<Pick> {
    let may = |known: &&Known| may_be_accountable(&known.grants, subject, &today.organisation, today.date);
    let may: Vec<&Known> = people.holding(Role::HeadOfService, today.date).filter(may).collect();
    let teams = subject.teams();
    let named = teams.iter().find_map(|team| today.organisation.place(team)).map(|place| &place.head_of_service);
    let by_name = may.iter().find(|known| named.is_some_and(|name| name_key(name) == name_key(&known.name)));
    let own = may.iter().find(|known| known.user.0 == desk.visit.viewer.user_id);
    let chosen = by_name.or(own).or_else(|| may.first()).map(|known| known.user);
    may.iter().map(|known| known.pick(chosen)).collect()
}

/// The manager of the team: by account, else by the name in the organisation.
fn proposed_doer(subject: &Subject, people: &People, today: &Today) -> (Option<UserId>, String) {
    let teams = subject.teams();
    let Some(team) = teams.first() else { return (None, "The Head of Service".to_owned()) };
    let manages = |known: &&Known| {
        known.grants.iter().any(|grant| {
            let of_team = matches!(&grant.area, Area::Team(name) if name_key(name) == name_key(team));
            grant.role == Role::TeamManager && grant.is_valid_on(today.date) && of_team
        })
    };
    match people.holding(Role::TeamManager, today.date).find(manages) {
        Some(known) => (Some(known.user), String::new()),
        None => {
            let named = today.organisation.place(team).and_then(|place| place.team_manager.clone());
            (None, named.unwrap_or_else(|| format!("The manager of {team}")))
        }
    }
}

/// The same children as a cohort of the teams that hold them; `None` for one child, and where no team is known.
pub(super) fn cohort(subject: &Subject) -> Option<Subject> {
    let Subject::Child { children } = subject else { return None };
    let teams: Vec<String> = subject.teams().into_iter().map(str::to_owned).collect();
    (children.len() > 1 && !teams.is_empty()).then(|| Subject::Team { teams, children: children.clone() })
}

fn level() -> Field {
    let pick =
        |level: Level, text: &str, chosen| Pick { value: level.name().to_owned(), text: text.to_owned(), chosen };
    let picks = vec![
        pick(Level::Child, "Each of these children", true),
        pick(Level::Team, "These children as a cohort: what their teams do differently", false),
    ];
    let hint = "Either way later extracts say of each child whether it was put right.";
    Field { kind: FieldKind::Choice, picks, ..line("level", "What it is about", hint) }
}
