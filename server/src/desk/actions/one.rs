//! `/actions/:number`: what, why, who answers for it, by when, and is it done?

use super::forms::Offer;
use super::lines::{href, standing, step, time};
use super::people::People;
use super::said::{self, Said};
use super::{Fields, READ, Today, history};
use crate::council::Council;
use crate::desk::links::Links;
use crate::desk::{ViewerDesk, failed, words};
use crate::reading::Selection;
use crate::store::actions::{self, Kept};
use crate::store::people::{Kind, reference};
use crate::store::reader::inconsistent;
use crate::store::recommendations::{self, Recommendation};
use app::data::{ActionChild, ActionPage, Conflict, EvidenceRow, Form, HistoryRow, Link, Page};
use app::desk::Answer;
use app::error::PageError;
use domain::action::{Action, Circumstances, Event, EventKind, Finding, History, Subject};
use domain::ids::{ActionId, ChildId};
use domain::measures::{Period, measure};

/// What kinds of file are kept.
const FILES: &str = "PDF, PNG, JPEG, Word (.docx), Excel (.xlsx) or plain text, at most 10 MB.";

pub(in crate::desk) async fn page(desk: &ViewerDesk, number: &str) -> Answer<ActionPage> {
    let Some(kept) = find(desk, number).await? else { return desk.deny(READ, number).await };
    shown(desk, &kept, None).await
}

/// The action of a number, where the viewer may read it.
pub(super) async fn find(desk: &ViewerDesk, number: &str) -> Result<Option<Kept>, PageError> {
    match ActionId::from_number(number) {
        Some(id) => actions::load(&desk.state.db, &desk.reader(), id).await.map_err(failed),
        None => Ok(None),
    }
}

/// Why a form was not taken, to be shown with the page.
pub(super) struct NotTaken<'a> {
    pub(super) sent: &'a Fields,
    pub(super) why: String,
    /// What others did since, where that is why.
    pub(super) theirs: Option<Vec<Event>>,
}

/// The page of an action that the viewer may read; on record before it is answered.
pub(super) async fn shown(desk: &ViewerDesk, kept: &Kept, not_taken: Option<NotTaken<'_>>) -> Answer<ActionPage> {
    let council = desk.newest().await?;
    let (people, today) = (People::of(desk).await?, Today::of(desk).await?);
    let named = desk.named().await?;
    let known = recommendations::all(&desk.state.db).await.map_err(failed)?;
    let about: Vec<&ChildId> = kept.history.action().subject.children().iter().map(|child| &child.child_id).collect();
    let say = |text: &str| named.text_of(text, &about);
    let history = kept.history.said(&say).map_err(|bad| failed(inconsistent(bad)))?;
    let action = history.action();
    let (subject, hidden) = action.subject.within(|child| named.kept(&child.child_id).is_some());
    let said = Said::of(desk, council.as_deref(), action).await?;
    let (left, late) = time(action.state, action.due, &today);
    let rows = |events: &[Event]| -> Vec<HistoryRow> {
        events.iter().map(|event| history::row(&event.said(&say), (&people, &known), &named)).collect()
    };
    let children = subject.children().iter().filter_map(|child| {
        let id = named.kept(&child.child_id)?;
        let (data, standing) = said.of_child(action, &child.child_id, id);
        Some(ActionChild {
            child: Link { text: id.to_owned(), href: child_href(council.as_deref(), id) },
            team: child.team.clone().unwrap_or_else(|| "(no team)".to_owned()),
            data,
            standing,
        })
    });
    let children: Vec<ActionChild> = children.collect();
    desk.allow(READ, &kept.id.to_string(), Some(words::count(children.len() as u64, "child", "children"))).await?;
    let offer = Offer {
        number: kept.id.to_string(),
        action,
        actor: desk.person(),
        circumstances: Circumstances {
            today: today.date,
            organisation: &today.organisation,
            teams: &kept.teams,
            leader: kept.leader,
        },
        people: &people,
        recommendations: &known,
        sent: not_taken.as_ref().map(|not| not.sent),
    };
    let forms = offer.forms();
    let mut events = rows(history.events());
    events.reverse();
    let page = ActionPage {
        number: kept.id.to_string(),
        what: action.what.clone(),
        why: action.why.text.clone(),
        finding: action.why.finding.as_ref().map(|finding| found(finding, &today)).unwrap_or_default(),
        state: action.state.title().to_owned(),
        standing: standing(action.state, late),
        time: left,
        step: step(late, &today),
        facts: facts(action, &people, &known),
        links: links(kept, action),
        moves: moves(action, history.events(), &people),
        effect: said::of_measure(desk, council.as_deref(), action, &today).await?,
        children,
        hidden: match hidden {
            0 => String::new(),
            many => format!("{} not yours to see.", words::count(many as u64, "more child is", "more children are")),
        },
        evidence: evidence((kept.id, &history), &people, hidden == 0),
        upload: offer.takes_evidence().then(|| upload(kept)),
        report: action.report.as_ref().map(|report| HistoryRow {
            when: words::time(report.at.timestamp_millis()),
            who: people.name(report.by),
            what: "Reported".to_owned(),
            text: report.what_changed.clone(),
            links: Vec::new(),
        }),
        history: events,
        conflict: not_taken.as_ref().and_then(|not| {
            let theirs = rows(not.theirs.as_ref()?);
            Some(Conflict { theirs, yours: yours(&forms, not.sent) })
        }),
        refused: not_taken.filter(|not| not.theirs.is_none()).map(|not| not.why),
        forms,
    };
    let Page { frame, body } = desk.framed(council.as_deref(), page);
    Ok(Page { frame, body })
}

/// What was sent, under its labels; under its name where the form is not offered any more.
fn yours(forms: &[Form], sent: &Fields) -> Vec<(String, String)> {
    let does = sent.get("do");
    let form = forms.iter().find(|form| form.id == does);
    let names = super::forms::DOES.iter().find(|(known, _)| *known == does).map_or(&[][..], |(_, names)| names);
    let label = |name: &str| {
        let field = form.and_then(|form| form.fields.iter().find(|field| field.name == name));
        field.map_or_else(|| words::sentence(&name.replace('_', " ")), |field| field.label.clone())
    };
    names.iter().filter_map(|name| Some((label(name), sent.filled(name)?.to_owned()))).collect()
}

fn child_href(council: Option<&Council>, child: &str) -> String {
    council.map_or_else(String::new, |council| {
        Links::at(None).child(&reference(&council.reference_key, Kind::Child, child))
    })
}

fn found(finding: &Finding, today: &Today) -> Vec<(String, String)> {
    let mut lines = Vec::new();
    let known = finding.measure.as_deref().and_then(measure);
    if let Some(measure) = known {
        lines.push(("Measure".to_owned(), measure.name.to_owned()));
        let figure =
            domain::measures::figure::Figure { numerator: finding.numerator, denominator: finding.denominator };
        let text = words::figure(measure, &today.standards, Period::up_to(finding.as_at), Some(figure));
        lines.push(("Figure".to_owned(), format!("{}, {}", text.value, text.detail)));
    } else {
        lines.push(("Children".to_owned(), words::thousands(finding.numerator)));
    }
    lines.push(("Of".to_owned(), said::area(&finding.group)));
    lines.push(("As at".to_owned(), words::date(finding.as_at)));
    lines
}

fn facts(action: &Action, people: &People, known: &[Recommendation]) -> Vec<(String, String)> {
    let mut facts = vec![
        ("Accountable Head of Service".to_owned(), people.name(action.accountable)),
        ("Who does it".to_owned(), people.doer(&action.doer)),
        ("Due".to_owned(), words::date(action.due)),
    ];
    if action.first_due != action.due {
        facts.push(("Due at first".to_owned(), words::date(action.first_due)));
    }
    let about = match &action.subject {
        Subject::Child { children } => words::count(children.len() as u64, "child", "children"),
        Subject::Team { teams, .. } => teams.join(", "),
        Subject::Pathway { from, to } => format!("From {from} to {to}"),
        Subject::Service { service, .. } => service.clone(),
    };
    facts.push((action.subject.level().title().to_owned(), about));
    facts.push(("Priority".to_owned(), words::sentence(action.priority.name())));
    if let Some(id) = action.recommendation {
        let one = known.iter().find(|one| one.id == id);
        facts.extend(one.map(|one| ("Answers".to_owned(), format!("{} {}: {}", one.source, one.reference, one.title))));
    }
    let recorded = words::time(action.recorded_at.timestamp_millis());
    facts.push(("Recorded".to_owned(), format!("{}, {recorded}", people.name(action.recorded_by))));
    if let Some(closing) = action.closing {
        let closed = words::time(closing.at.timestamp_millis());
        facts.push(("Confirmed".to_owned(), format!("{}, {closed}", people.name(closing.by))));
    }
    if action.reopened > 0 {
        facts.push(("Came back".to_owned(), words::count(u64::from(action.reopened), "time", "times")));
    }
    facts
}

fn links(kept: &Kept, action: &Action) -> Vec<Link> {
    let links = Links::at(None);
    let mut to: Vec<Link> = kept.teams.iter().map(|team| Link { text: team.clone(), href: links.team(team) }).collect();
    if let Some(measure) = action.aim.as_ref().and_then(|aim| measure(&aim.measure)) {
        to.push(Link { text: measure.name.to_owned(), href: links.measure(measure.id, &Selection::default()) });
    }
    to
}

fn moves(action: &Action, events: &[Event], people: &People) -> Vec<String> {
    let mut from = action.first_due;
    let mut moves = Vec::new();
    for event in events {
        if let EventKind::DueMoved { to, reason } = &event.kind {
            let by = event.by.person().map_or_else(String::new, |user| people.name(user));
            moves.push(format!("From {} to {} by {by}: {reason}", words::date(from), words::date(*to)));
            from = *to;
        }
    }
    moves
}

/// `open` is whether the viewer may open the files.
fn evidence((id, history): (ActionId, &History), people: &People, open: bool) -> Vec<EvidenceRow> {
    let added = |id| {
        history.events().iter().find_map(|event| match &event.kind {
            EventKind::EvidenceAdded { evidence, .. } if *evidence == id => {
                let by = event.by.person().map_or_else(String::new, |user| people.name(user));
                Some(format!("{by}, {}", words::time(event.at.timestamp_millis())))
            }
            _ => None,
        })
    };
    let files = history.action().evidence.iter();
    files
        .map(|file| EvidenceRow {
            file: Link {
                text: file.name.clone(),
                href: if open { format!("{}/evidence/{}", href(id), file.id.0) } else { String::new() },
            },
            added: added(file.id).unwrap_or_default(),
        })
        .collect()
}

fn upload(kept: &Kept) -> Form {
    Form {
        action: format!("{}/evidence", href(kept.id)),
        id: "evidence".to_owned(),
        title: "Add a file".to_owned(),
        about: FILES.to_owned(),
        hidden: vec![("version".to_owned(), kept.history.action().version.to_string())],
        button: "Add the file".to_owned(),
        ..Form::default()
    }
}
