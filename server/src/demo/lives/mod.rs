//! One child's life, as it truly was: what happened when, who held the case, and when it was written up.

mod adoption;
mod allocation;
mod author;
mod care;
mod child;
mod early_help;
mod enquiry;
mod front_door;
mod leaving_care;
mod need;
mod placements;
mod protection;
mod visits;

use super::calendar::{Day, NEVER};

pub(super) use adoption::{Adoption, Family, family};
pub(super) use allocation::{Hold, Holder, Placeholder, held_on};
pub(super) use author::Author;
pub(super) use care::Care;
pub(super) use child::{Child, ETHNICITY_NOT_OBTAINED};
pub(super) use early_help::ORGANISATIONS;
pub(super) use leaving_care::Leaver;
pub(super) use placements::{OTHER_COUNCILS, Placement};

/// A child's whole life with the council.
pub(super) struct Life {
    pub child: Child,
    pub contacts: Vec<Contact>,
    pub early_help: Vec<EarlyHelp>,
    pub referrals: Vec<Referral>,
    pub assessments: Vec<Assessment>,
    pub enquiries: Vec<Enquiry>,
    pub needs: Vec<Need>,
    pub plans: Vec<Plan>,
    pub care: Vec<Care>,
    pub leaver: Option<Box<Leaver>>,
    /// Who held the case from when, in the order of days.
    pub holds: Vec<Hold>,
    /// Visits of every kind, in the order of days.
    pub visits: Vec<Visit>,
}

/// A contact.
pub(super) struct Contact {
    pub day: Day,
    pub source: u8,
}

/// An early help assessment and what followed.
pub(super) struct EarlyHelp {
    pub start: Day,
    pub end: Day,
    pub organisation: u8,
}

/// A referral.
pub(super) struct Referral {
    pub day: Day,
    pub source: u8,
    pub no_further_action: bool,
}

/// An assessment.
pub(super) struct Assessment {
    pub start: Day,
    pub authorised: Day,
    /// A place in the list yes, no, unknown.
    pub seen: u8,
    pub needs_support: bool,
}

/// A section 47 enquiry.
pub(super) struct Enquiry {
    pub strategy: Day,
    /// When it was decided whether a conference is needed.
    pub decided: Day,
    pub conference_needed: bool,
    /// When the conference was held; never, where none was.
    pub conference: Day,
    pub plan: bool,
}

/// An episode of need.
pub(super) struct Need {
    pub start: Day,
    /// From when it is carried by a child in need plan.
    pub plan_from: Day,
    pub end: Day,
    /// A place in the closure list.
    pub reason: u8,
}

/// A child protection plan.
pub(super) struct Plan {
    pub start: Day,
    pub end: Day,
    pub category: u8,
    /// Another category, if it changed at a review.
    pub later_category: Option<(Day, u8)>,
    pub reviews: Vec<Day>,
    pub earlier_plans: u8,
    /// When an emergency order or police powers protected the child.
    pub emergency: Day,
}

/// A visit and when the case system learned of it.
pub(super) struct Visit {
    pub day: Day,
    pub recorded: Day,
    /// A place in the list yes, no, unknown.
    pub alone: u8,
}

/// The latest of days up to a day, from days in order.
pub(super) fn latest(days: &[Day], up_to: Day) -> Option<Day> {
    days.iter().rev().copied().find(|day| *day <= up_to)
}

/// How many of the days lie after `from` and not after `to`.
pub(super) fn count_between(days: impl Iterator<Item = Day>, from: Day, to: Day) -> i64 {
    days.filter(|day| *day > from && *day <= to).count() as i64
}

/// An end, or never when it lies beyond what is told.
fn end_or_never(end: Day, last: Day) -> Day {
    if end > last { NEVER } else { end }
}
