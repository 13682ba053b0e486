//! A long action log for measuring: recorded, reported and closed through the store, by the demo's people, in few
//! transactions. It stands in for years of surgeries; every child in it is invented.

use crate::council::Council;
use crate::db::{Db, DbError};
use crate::store::actions::{Asked, NewAction, change_in, record_in};
use crate::store::reader::NotDone;
use crate::store::{facts, settings, users};
use chrono::{NaiveDate, NaiveTime};
use domain::action::{ChildOfTeam, Command, Doer, Draft, Due, Person, Priority, Refusal, Subject, may_be_accountable};
use domain::calendar::{WorkingDays, minus_days};
use domain::ids::{ChildId, UserId};
use domain::organisation::Organisation;
use domain::scope::{Grant, Role};
use domain::standards::Standards;

/// Actions recorded in one transaction.
const A_TRANSACTION: u32 = 5_000;
/// Calendar days over which the log was written, up to the newest extract.
const DAYS: u32 = 700;
/// Working days given for an action.
const WORKING_DAYS: u32 = 15;

/// Why the log was not filled.
#[derive(Debug, thiserror::Error)]
pub enum NotFilled {
    /// It is a council's database.
    #[error("this database was not made by the demo: invented actions are never written into a council's log")]
    NotDemo,
    /// There is nobody or nothing to write about.
    #[error("the demo holds no extract with teams and children, or no Head of Service and Director: load it first")]
    Empty,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
    /// The rules refused an action.
    #[error(transparent)]
    Refused(#[from] NotDone<Refusal>),
}

/// The demo's people and what they write about.
struct Source {
    heads: Vec<(UserId, Vec<Grant>)>,
    director: (UserId, Vec<Grant>),
    organisation: Organisation,
    children: Vec<ChildOfTeam>,
    teams: Vec<String>,
    last: NaiveDate,
    calendar: WorkingDays,
    standards: Standards,
}

/// Writes so many actions, the oldest first. Most are closed; the last are open, some of them late.
///
/// # Errors
/// When the database is no demo's, holds nothing to write about, or fails.
pub async fn fill_actions(db: &Db, count: u32) -> Result<(), NotFilled> {
    let source = Source::read(db).await?;
    let mut done = 0;
    while done < count {
        let mut tx = db.begin().await?;
        let upto = count.min(done + A_TRANSACTION);
        for number in done..upto {
            let today = minus_days(source.last, (count - number - 1) * DAYS / count);
            let at = today.and_time(NaiveTime::MIN).and_utc().timestamp_millis() + 32_400_000;
            let subject = source.subject(number);
            let head = source.head(number, &subject, today)?;
            let new = NewAction {
                draft: draft(number, subject, person(head)),
                actor: person(&source.director),
                today,
                organisation: &source.organisation,
                calendar: &source.calendar,
                standards: &source.standards,
                at,
            };
            let id = record_in(&mut tx, new).await?;
            let old = count - number > count / 5;
            // Of the older ones nearly all were closed; of the last fifth each twentieth waits for its confirmation.
            let steps: &[Command<'_>] = match number % 20 {
                0..19 if old => &[Command::Report { what_changed: "Seen, and recorded" }, Command::Confirm],
                1 => &[Command::Report { what_changed: "Seen, and recorded" }],
                _ => &[],
            };
            for (seen, command) in (1..).zip(steps) {
                let actor = if matches!(command, Command::Confirm) { &source.director } else { head };
                let asked = Asked {
                    id,
                    seen,
                    command: command.clone(),
                    actor: person(actor),
                    today,
                    organisation: &source.organisation,
                    at: at + i64::from(seen) * 60_000,
                };
                change_in(&mut tx, &asked).await?;
            }
        }
        tx.commit().await?;
        done = upto;
    }
    Ok(())
}

fn person((user, grants): &(UserId, Vec<Grant>)) -> Person<'_> {
    Person { user: *user, grants }
}

impl Source {
    async fn read(db: &Db) -> Result<Self, NotFilled> {
        if !settings::is_demo(db).await? {
            return Err(NotFilled::NotDemo);
        }
        let council = Council::read(db).await?.ok_or(NotFilled::Empty)?;
        let (mut heads, mut directors) = (Vec::new(), Vec::new());
        for user in users::all(db).await? {
            let grants = users::grants(db, user.id).await?;
            match grants.first().map(|grant| grant.role) {
                Some(Role::HeadOfService) => heads.push((UserId(user.id), grants)),
                Some(Role::Director) => directors.push((UserId(user.id), grants)),
                _ => {}
            }
        }
        let organisation = council.organisation().clone();
        let ours = |team: &str| {
            let service = organisation.service(team);
            heads.iter().flat_map(|(_, grants)| grants).any(|grant| match &grant.area {
                domain::scope::Area::Service(name) => service == Some(name.as_str()),
                _ => true,
            })
        };
        let measure = domain::measures::measure("ALL-01").ok_or(NotFilled::Empty)?;
        let open = facts::of_measure(db, measure, &council.names).await?;
        let children: Vec<ChildOfTeam> = open
            .iter()
            .filter_map(|fact| Some((fact, fact.team.as_deref().filter(|team| ours(team))?)))
            .map(|(fact, team)| ChildOfTeam { child_id: ChildId::new(&*fact.child_id), team: Some(team.to_owned()) })
            .collect();
        let mut teams: Vec<String> = children.iter().filter_map(|child| child.team.clone()).collect();
        teams.sort();
        teams.dedup();
        let director = directors.into_iter().next().ok_or(NotFilled::Empty)?;
        if heads.is_empty() || children.is_empty() || teams.len() < 2 {
            return Err(NotFilled::Empty);
        }
        Ok(Self {
            heads,
            director,
            organisation,
            children,
            teams,
            last: council.as_at(),
            calendar: WorkingDays::england(),
            standards: Standards::default(),
        })
    }

    /// Six of ten about a child, the rest about a team or a hand-off.
    fn subject(&self, number: u32) -> Subject {
        let place = number as usize;
        let team = |place: usize| self.teams[place % self.teams.len()].clone();
        match number % 10 {
            0..6 => Subject::Child { children: vec![self.children[place * 7 % self.children.len()].clone()] },
            6..9 => Subject::Team { teams: vec![team(place / 10)], children: Vec::new() },
            _ => Subject::Pathway { from: team(place / 10), to: team(place / 10 + 1) },
        }
    }

    /// Of those who may answer for it, one after the other.
    fn head(&self, number: u32, subject: &Subject, today: NaiveDate) -> Result<&(UserId, Vec<Grant>), NotFilled> {
        let may = |head: &&(UserId, Vec<Grant>)| may_be_accountable(&head.1, subject, &self.organisation, today);
        let from = number as usize % self.heads.len();
        self.heads.iter().cycle().skip(from).take(self.heads.len()).find(may).ok_or(NotFilled::Empty)
    }
}

fn draft<'a>(number: u32, subject: Subject, head: Person<'a>) -> Draft<'a> {
    Draft {
        subject,
        what: "See the child, and record the visit",
        why: "Not seen in time at the last extract",
        finding: None,
        accountable: Some(head),
        doer: Doer::Named("the allocated worker".to_owned()),
        due: Due::InWorkingDays(WORKING_DAYS + number % 7),
        priority: Priority::Normal,
        aim: None,
        recommendation: None,
        surgery: None,
    }
}
