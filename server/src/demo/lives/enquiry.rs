//! Section 47 enquiries and the initial conferences that may follow.

use super::super::calendar::{Day, NEVER};
use super::child::Years;
use super::{Author, Enquiry};

impl Author<'_> {
    /// An enquiry from its strategy discussion on: the conference's day and whether it made a plan, if one was held.
    pub(super) fn enquiry(&mut self, day: Day) -> Option<(Day, bool)> {
        let strategy = self.world.calendar.working_from(day);
        if strategy > self.last() {
            return None;
        }
        let decided = self.working_days_after(strategy, 4, 11);
        let conference_needed = self.dice.chance(Years::of(self.age(strategy)).conference());
        let mut enquiry = Enquiry { strategy, decided, conference_needed, conference: NEVER, plan: false };
        if conference_needed {
            let on_time = self.dice.chance(self.world.story.conference_on_time(strategy));
            let held = if on_time {
                self.working_days_after(strategy, 11, 15)
            } else {
                self.working_days_after(strategy, 16, 32)
            };
            enquiry.conference = held;
            enquiry.plan = self.dice.chance(0.86);
        }
        let answer = conference_needed.then_some((enquiry.conference, enquiry.plan));
        self.life.enquiries.push(enquiry);
        answer
    }
}
