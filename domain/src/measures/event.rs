//! The event that a unit is, where it is one: a contact, a referral, an assessment, a discussion, a conference, the
//! beginning or the end of a plan. Its date tells two events of one child apart.

use super::Measure;
use crate::journey::SoundJourney;
use chrono::NaiveDate;

/// What a measure's units happen as.
#[derive(Debug, Clone, Copy)]
pub struct Event {
    /// What the date is of, as a column's heading: "Referral".
    pub name: &'static str,
    date: fn(&SoundJourney, usize) -> Option<NaiveDate>,
}

impl Event {
    /// The date on the child's row at this position of the measure's list.
    pub(super) fn date(&self, journey: &SoundJourney, position: u16) -> Option<NaiveDate> {
        (self.date)(journey, usize::from(position))
    }
}

const CONTACT: Event =
    Event { name: "Contact", date: |journey, position| journey.contacts.get(position)?.contact_date };
const REFERRAL: Event =
    Event { name: "Referral", date: |journey, position| journey.referrals.get(position)?.referral_date };
const ASSESSMENT_BEGUN: Event = Event {
    name: "Assessment began",
    date: |journey, position| journey.assessments.get(position)?.assessment_start_date,
};
const AUTHORISED: Event =
    Event { name: "Authorised", date: |journey, position| journey.assessments.get(position)?.assessment_auth_date };
const DISCUSSION: Event = Event {
    name: "Strategy discussion",
    date: |journey, position| journey.section_47s.get(position)?.strategy_discussion_date,
};
const CONFERENCE: Event =
    Event { name: "Conference", date: |journey, position| journey.section_47s.get(position)?.icpc_date };
const PLAN_BEGUN: Event =
    Event { name: "Plan began", date: |journey, position| journey.protection_plans.get(position)?.cp_plan_start_date };
const PLAN_ENDED: Event =
    Event { name: "Plan ended", date: |journey, position| journey.protection_plans.get(position)?.cp_plan_end_date };

impl Measure {
    /// What its units happen as; none where a unit is not an event but something open, or a person.
    ///
    /// Of measures in a period it is the event that lies in it. S47-06 counts each child once, by the latest discussion.
    #[must_use]
    pub fn event(&self) -> Option<Event> {
        Some(match self.id {
            "CON-01" => CONTACT,
            "REF-02" | "REF-03" => REFERRAL,
            "ASM-01" | "ASM-03" => AUTHORISED,
            "ASM-02" => ASSESSMENT_BEGUN,
            "S47-01" | "ICPC-01" => CONFERENCE,
            "S47-02" | "S47-04" | "S47-06" => DISCUSSION,
            "CPP-09" => PLAN_BEGUN,
            "CPP-08" | "CPP-12" => PLAN_ENDED,
            _ => return None,
        })
    }
}
