//! Who may do what with an action.
//!
//! A Director: everything within the area. A Head of Service: the actions of the own services and teams. A team
//! manager: progress and evidence, on actions given to the manager or about the own teams. Analysts and quality leads
//! read. Members and administrators do not even read.

use super::command::Command;
use super::event::Doer;
use super::state::Action;
use super::subject::Subject;
use crate::ids::UserId;
use crate::names::name_key;
use crate::organisation::Organisation;
use crate::scope::{Area, Grant, Role, Scope};
use chrono::NaiveDate;

/// Somebody with grants.
#[derive(Debug, Clone, Copy)]
pub struct Person<'a> {
    /// The account.
    pub user: UserId,
    /// Every grant, whether in force or not.
    pub grants: &'a [Grant],
}

/// What is known beside the action when something is decided about it.
#[derive(Debug, Clone, Copy)]
pub struct Circumstances<'a> {
    /// Today in England.
    pub today: NaiveDate,
    /// The organisation as on that date.
    pub organisation: &'a Organisation,
    /// The teams concerned today: those the action names, and those that hold its children in the newest extract.
    pub teams: &'a [String],
    /// Who leads the surgery that the action was recorded in.
    pub leader: Option<UserId>,
}

impl Person<'_> {
    /// The scope that this person's grants of one role make on a date: none of another role counts.
    fn scope(&self, role: Role, organisation: &Organisation, date: NaiveDate) -> Scope {
        let of_role: Vec<Grant> = self.grants.iter().filter(|grant| grant.role == role).cloned().collect();
        Scope::of(&of_role, organisation, date)
    }

    /// Whether a role is held on a date, over anything.
    fn holds(&self, role: Role, date: NaiveDate) -> bool {
        self.grants.iter().any(|grant| grant.role == role && grant.is_valid_on(date))
    }

    /// Whether a role is held on a date over each of these teams, of which there is at least one.
    pub(crate) fn holds_over_all(
        &self,
        role: Role,
        teams: &[String],
        organisation: &Organisation,
        date: NaiveDate,
    ) -> bool {
        let scope = self.scope(role, organisation, date);
        !teams.is_empty() && teams.iter().all(|team| scope.allows_children_of(Some(team)))
    }

    /// Whether a role is held on a date over one of these teams; over everything counts where there is no team.
    pub(crate) fn holds_over(
        &self,
        role: Role,
        teams: &[String],
        organisation: &Organisation,
        date: NaiveDate,
    ) -> bool {
        let scope = self.scope(role, organisation, date);
        scope.reads_children()
            && (scope.reaches_everything() || teams.iter().any(|team| scope.allows_children_of(Some(team))))
    }

    /// Whether a new action about this may be recorded: by a Director or Head of Service who reaches all of it, or for
    /// a hand-off or a service one of its teams.
    pub(super) fn may_record(&self, subject: &Subject, organisation: &Organisation, date: NaiveDate) -> bool {
        [Role::Director, Role::HeadOfService].into_iter().any(|role| {
            let scope = self.scope(role, organisation, date);
            if subject.takes_every_team() {
                scope.reads_children() && subject.lies_within(&scope)
            } else {
                let teams: Vec<String> = subject.named_teams().into_iter().map(str::to_owned).collect();
                self.holds_over(role, &teams, organisation, date)
            }
        })
    }
}

/// Whether grants let somebody be accountable for an action on a date: as Head of Service, and as nothing else.
///
/// At the levels of a child and a team for every team concerned; for a hand-off or a service one of its teams is
/// enough, as it lies between two or may have several Heads of Service. A child without a team is nobody's, and any
/// Head of Service may take it on.
#[must_use]
pub fn may_be_accountable(grants: &[Grant], subject: &Subject, organisation: &Organisation, date: NaiveDate) -> bool {
    let person = Person { user: UserId(0), grants };
    let scope = person.scope(Role::HeadOfService, organisation, date);
    let holds = |team: &&str| scope.allows_children_of(Some(team));
    if let Subject::Service { service, .. } = subject
        && heads_service(grants, service, date)
    {
        return true;
    }
    let teams = subject.teams();
    person.holds(Role::HeadOfService, date)
        && if subject.takes_every_team() { teams.iter().all(holds) } else { teams.iter().any(holds) }
}

fn heads_service(grants: &[Grant], service: &str, date: NaiveDate) -> bool {
    grants.iter().filter(|grant| grant.role == Role::HeadOfService && grant.is_valid_on(date)).any(|grant| match &grant
        .area
    {
        Area::All => true,
        Area::Service(name) => name_key(name) == name_key(service),
        Area::Team(_) => false,
    })
}

/// In which of the roles that count somebody stands to an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Standing {
    director: bool,
    head: bool,
    manager: bool,
    doer: bool,
    leads: bool,
    reads: bool,
    accountable: bool,
}

impl Standing {
    pub(super) fn of(actor: &Person<'_>, action: &Action, circumstances: &Circumstances<'_>) -> Self {
        let Circumstances { today, organisation, teams, leader } = *circumstances;
        let over = |role| actor.holds_over(role, teams, organisation, today);
        let director = over(Role::Director);
        let accountable = action.accountable == actor.user && actor.holds(Role::HeadOfService, today);
        let head = accountable || over(Role::HeadOfService);
        let manager = over(Role::TeamManager);
        let acts = [Role::Director, Role::HeadOfService, Role::TeamManager];
        let doer = action.doer == Doer::User(actor.user) && acts.into_iter().any(|role| actor.holds(role, today));
        let leads = director || (head && leader == Some(actor.user));
        let reads = director || head || manager || doer || over(Role::Analyst) || over(Role::QualityLead);
        Self { director, head, manager, doer, leads, reads, accountable }
    }

    pub(super) const fn reads(self) -> bool {
        self.reads
    }

    pub(super) const fn is_accountable(self) -> bool {
        self.accountable
    }

    /// Whether a command may be given at all. That a report is the accountable Head of Service's own, and is confirmed by
    /// a second person, is said apart.
    pub(super) const fn may(self, command: &Command<'_>) -> bool {
        match command {
            Command::Amend(_) | Command::MoveDue { .. } | Command::HandOver { .. } | Command::Report { .. } => {
                self.director || self.head
            }
            Command::Progress { .. } | Command::AddEvidence { .. } => {
                self.director || self.head || self.manager || self.doer
            }
            Command::SendBack { .. } | Command::Confirm | Command::Reopen { .. } | Command::Withdraw { .. } => {
                self.leads
            }
        }
    }
}

impl Action {
    /// Whether somebody may read it: who does something here with one of the teams concerned, is accountable for it, or
    /// was given it. Members and administrators never.
    #[must_use]
    pub fn may_be_read_by(&self, actor: &Person<'_>, circumstances: &Circumstances<'_>) -> bool {
        Standing::of(actor, self, circumstances).reads()
    }
}
