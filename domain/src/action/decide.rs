//! From what is asked for to what happens.

use super::command::{Command, Draft, Due};
use super::event::{Aim, Amendment, Doer, EventKind, MOST_LINKS, Recorded, Set, Why};
use super::refusal::Refusal;
use super::rights::{Circumstances, Person, Standing, may_be_accountable};
use super::state::{Action, State};
use super::subject::Subject;
use super::verdict::DataWord;
use crate::calendar::WorkingDays;
use crate::ids::ChildId;
use crate::measures::measure;
use crate::names::{collapse, name_key};
use crate::organisation::Organisation;
use crate::standards::Standards;
use crate::text::{line, text};
use chrono::NaiveDate;

const LONGEST_LINK: usize = 500;

impl Draft<'_> {
    /// The event that records it. `circumstances.teams` and `circumstances.leader` do not count: there is no action yet.
    ///
    /// # Errors
    /// When the actor may not, nobody is accountable who could be, or something is missing or makes no sense.
    pub fn record(
        self,
        actor: &Person<'_>,
        circumstances: &Circumstances<'_>,
        calendar: &WorkingDays,
        standards: &Standards,
    ) -> Result<EventKind, Refusal> {
        let Circumstances { today, organisation, .. } = *circumstances;
        let subject = settled(self.subject, organisation)?;
        if !actor.may_record(&subject, organisation, today) {
            return Err(Refusal::NotAllowed);
        }
        let accountable = self.accountable.ok_or(Refusal::NoAccountable)?;
        if !may_be_accountable(accountable.grants, &subject, organisation, today) {
            return Err(Refusal::NotAccountable);
        }
        let due = match self.due {
            Due::Standard => calendar.due(today, standards.action_due_working_days),
            Due::InWorkingDays(days) => calendar.due(today, days),
            Due::On(day) => day,
        };
        Ok(EventKind::Recorded(Box::new(Recorded {
            subject,
            what: text("What is to be done", self.what)?,
            why: Why { text: text("Why", self.why)?, finding: self.finding },
            accountable: accountable.user,
            doer: doer(self.doer)?,
            due: not_past(due, today)?,
            priority: self.priority,
            aim: self.aim.map(known).transpose()?,
            recommendation: self.recommendation,
            surgery: self.surgery,
        })))
    }
}

/// A subject without a child or a team twice, and with the teams of its service.
fn settled(subject: Subject, organisation: &Organisation) -> Result<Subject, Refusal> {
    let once = |mut children: Vec<super::ChildOfTeam>| {
        let mut seen = std::collections::BTreeSet::new();
        children.retain(|child| seen.insert(child.child_id.clone()));
        children
    };
    match subject {
        Subject::Child { children } if children.is_empty() => Err(Refusal::NoSubject),
        Subject::Child { children } => Ok(Subject::Child { children: once(children) }),
        Subject::Team { mut teams, children } => {
            let mut seen = std::collections::BTreeSet::new();
            teams.retain(|team| !name_key(team).is_empty() && seen.insert(name_key(team)));
            if teams.is_empty() {
                return Err(Refusal::NoSubject);
            }
            Ok(Subject::Team { teams, children: once(children) })
        }
        Subject::Pathway { from, to } => {
            if name_key(&from).is_empty() || name_key(&to).is_empty() {
                return Err(Refusal::NoSubject);
            }
            if name_key(&from) == name_key(&to) {
                return Err(Refusal::SameTeam);
            }
            Ok(Subject::Pathway { from: collapse(&from), to: collapse(&to) })
        }
        Subject::Service { service, .. } => {
            let of_service = |place: &&crate::organisation::TeamPlace| name_key(&place.service) == name_key(&service);
            let teams: Vec<String> = organisation.teams().filter(of_service).map(|place| place.team.clone()).collect();
            if teams.is_empty() {
                return Err(Refusal::UnknownService);
            }
            Ok(Subject::Service { service: collapse(&service), teams })
        }
    }
}

impl Action {
    /// The event that a command makes of an action that stands so.
    ///
    /// # Errors
    /// When the actor may not, the action does not stand so, or something is missing or makes no sense.
    pub fn decide(
        &self,
        command: Command<'_>,
        actor: &Person<'_>,
        circumstances: &Circumstances<'_>,
    ) -> Result<EventKind, Refusal> {
        let standing = Standing::of(actor, self, circumstances);
        if !standing.may(&command) {
            return Err(Refusal::NotAllowed);
        }
        let today = circumstances.today;
        let kind = match command {
            Command::Amend(amendment) => EventKind::Amended(Box::new(self.changed_by(amendment)?)),
            Command::MoveDue { to, reason } => {
                if to == self.due {
                    return Err(Refusal::SameDue);
                }
                EventKind::DueMoved { to: not_past(to, today)?, reason: line("The reason", reason)? }
            }
            Command::Progress { text: written, links } => {
                EventKind::Progress { text: text("The progress", written)?, links: checked_links(links)? }
            }
            Command::AddEvidence { evidence, name } => {
                EventKind::EvidenceAdded { evidence, name: line("The name of the file", name)? }
            }
            Command::HandOver { to, reason } => {
                if to.user == self.accountable {
                    return Err(Refusal::SameAccountable);
                }
                if !self.may_answer(&to, circumstances) {
                    return Err(Refusal::NotAccountable);
                }
                EventKind::HandedOver { to: to.user, reason: line("The reason", reason)? }
            }
            Command::Report { what_changed } => {
                if !standing.is_accountable() {
                    return Err(Refusal::NotYourReport);
                }
                EventKind::Reported { what_changed: text("The report of what changed", what_changed)? }
            }
            Command::SendBack { reason } => EventKind::SentBack { reason: text("The reason", reason)? },
            Command::Confirm => {
                let reporter = self.report.as_ref().map(|report| report.by);
                if reporter == Some(actor.user) || self.accountable == actor.user {
                    return Err(Refusal::OwnReport);
                }
                EventKind::Confirmed
            }
            Command::Reopen { reason } => EventKind::Reopened { reason: line("The reason", reason)? },
            Command::Withdraw { reason } => EventKind::Withdrawn { reason: line("The reason", reason)? },
        };
        if self.state.takes(&kind) { Ok(kind) } else { Err(Refusal::NotNow(self.state)) }
    }

    /// Whether somebody could answer for it from today on: for its children by the teams that hold them today.
    fn may_answer(&self, person: &Person<'_>, circumstances: &Circumstances<'_>) -> bool {
        let subject = match &self.subject {
            Subject::Child { .. } => Subject::Team { teams: circumstances.teams.to_vec(), children: Vec::new() },
            Subject::Team { teams, .. } => Subject::Team { teams: teams.clone(), children: Vec::new() },
            other => other.clone(),
        };
        may_be_accountable(person.grants, &subject, circumstances.organisation, circumstances.today)
    }

    /// Only what differs.
    fn changed_by(&self, amendment: Amendment) -> Result<Amendment, Refusal> {
        let Amendment { what, why, doer: by, priority, aim, recommendation } = amendment;
        let what = what.map(|what| text("What is to be done", &what)).transpose()?;
        let why = why.map(|why| text("Why", &why)).transpose()?;
        let aim = match aim {
            Some(Set::To(aim)) => Some(Set::To(known(aim)?)),
            other => other,
        };
        let changed = Amendment {
            what: what.filter(|what| *what != self.what),
            why: why.filter(|why| *why != self.why.text),
            doer: by.map(doer).transpose()?.filter(|doer| *doer != self.doer),
            priority: priority.filter(|priority| *priority != self.priority),
            aim: aim.filter(|aim| aim.clone().value() != self.aim),
            recommendation: recommendation.filter(|set| set.clone().value() != self.recommendation),
        };
        if changed == Amendment::default() { Err(Refusal::NothingChanged) } else { Ok(changed) }
    }

    /// What an extract's word about a child makes of the action: the event, or nothing where it is no news.
    ///
    /// - A child is asked about only in an extract later than the last that was heard.
    /// - That an open action is not done yet is no news; that it no longer is what an earlier extract had shown, is.
    /// - An extract from before the report cannot contradict the report.
    /// - What the data has confirmed of a closed action stays confirmed: a later lapse is another matter.
    #[must_use]
    pub fn hear(&self, child: &str, word: DataWord, as_at: NaiveDate) -> Option<EventKind> {
        let child_id = ChildId::new(child);
        let last = self.data.get(&child_id);
        if !self.subject.has_child(child) || last.is_some_and(|last| last.as_at >= as_at) {
            return None;
        }
        let last_word = last.map(|last| last.word);
        let after_report = || self.report.as_ref().is_some_and(|report| as_at >= report.at.date_naive());
        let said_of_this_report = last.is_some_and(|last| last.reports == self.reports);
        match (word, self.state) {
            (_, State::Withdrawn) | (DataWord::Silent, _) => None,
            (DataWord::Confirmed, _) => {
                (last_word != Some(DataWord::Confirmed)).then_some(EventKind::DataConfirmed { child_id, as_at })
            }
            (DataWord::Contradicted, State::Open) => {
                (last_word == Some(DataWord::Confirmed)).then_some(EventKind::DataContradicted { child_id, as_at })
            }
            (DataWord::Contradicted, State::Reported) => {
                let news = !(last_word == Some(DataWord::Contradicted) && said_of_this_report);
                (news && after_report()).then_some(EventKind::DataContradicted { child_id, as_at })
            }
            (DataWord::Contradicted, State::Closed) => (last_word != Some(DataWord::Confirmed) && after_report())
                .then_some(EventKind::DataContradicted { child_id, as_at }),
        }
    }
}

fn not_past(day: NaiveDate, today: NaiveDate) -> Result<NaiveDate, Refusal> {
    if day < today { Err(Refusal::DueInThePast) } else { Ok(day) }
}

fn doer(doer: Doer) -> Result<Doer, Refusal> {
    Ok(match doer {
        Doer::Named(name) => Doer::Named(line("Who does it", &name)?),
        user @ Doer::User(_) => user,
    })
}

fn known(aim: Aim) -> Result<Aim, Refusal> {
    let known = measure(&aim.measure).ok_or(Refusal::UnknownMeasure)?;
    Ok(Aim { measure: known.id.to_owned(), ..aim })
}

fn checked_links(links: &[String]) -> Result<Vec<String>, Refusal> {
    let links: Vec<String> = links.iter().map(|link| link.trim().to_owned()).filter(|link| !link.is_empty()).collect();
    let leads = |link: &String| {
        ["https://", "http://"].iter().any(|scheme| link.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty()))
            && link.chars().count() <= LONGEST_LINK
            && !link.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"'))
    };
    if links.len() <= MOST_LINKS && links.iter().all(leads) { Ok(links) } else { Err(Refusal::BadLink) }
}
