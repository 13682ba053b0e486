//! Through the front door: contact, referral, assessment, and back again for one family in five.

use super::super::calendar::{Day, NEVER};
use super::super::county::{FRONT_DOOR_TEAM, assessment_team, disabilities_team};
use super::child::Years;
use super::{Assessment, Author, Contact, Need, Referral};

/// Places in the source list and their weights.
const SOURCES: [(u8, u32); 17] = [
    (0, 8),
    (1, 3),
    (2, 1),
    (3, 2),
    (4, 19),
    (5, 3),
    (6, 3),
    (7, 4),
    (8, 2),
    (9, 4),
    (10, 5),
    (12, 2),
    (13, 8),
    (14, 4),
    (17, 29),
    (19, 2),
    (20, 1),
];

/// What an assessment leads to.
#[derive(Clone, Copy)]
enum Outcome {
    Close(u8),
    Plan,
    Care,
}

impl Author<'_> {
    /// A life that begins with a contact and comes back as often as it comes back.
    pub(in super::super) fn front_door(&mut self, arrival: Day) {
        self.life.child.born_before(arrival, &mut self.dice);
        if self.dice.chance(0.0085) {
            self.life.child.came_alone(arrival, &mut self.dice);
        }
        let mut day = arrival;
        while day <= self.last() && self.age(day) < 18 {
            let (end, again) = self.contact(day);
            if !self.dice.chance(again) {
                return;
            }
            day = end + 12 + self.dice.waiting(165.0);
        }
    }

    /// A contact and what comes of it: the day it is over, and the chance of another.
    fn contact(&mut self, day: Day) -> (Day, f64) {
        let day = if self.dice.chance(0.93) { self.world.calendar.working_from(day) } else { day };
        let source = self.dice.pick(&SOURCES);
        self.life.contacts.push(Contact { day, source });
        let what = self.dice.unit();
        let refer = if self.life.referrals.is_empty() { 0.49 } else { 0.70 };
        if self.life.child.unaccompanied || what < refer {
            let referred = if self.dice.chance(0.9) {
                self.working_days_after(day, 0, 2)
            } else {
                self.working_days_after(day, 4, 9)
            };
            (self.referral(referred, source), 0.62)
        } else {
            if what < 0.72 {
                self.early_help(day);
            }
            (day, 0.27)
        }
    }

    /// A referral; answers the day on which all that follows from it is over.
    fn referral(&mut self, day: Day, source: u8) -> Day {
        if day > self.last() {
            return day;
        }
        let no_further_action = !self.life.child.unaccompanied && self.dice.chance(0.065);
        self.life.referrals.push(Referral { day, source, no_further_action });
        self.allocate(FRONT_DOOR_TEAM, day);
        if no_further_action {
            return day;
        }
        self.life.needs.push(Need { start: day, plan_from: NEVER, end: NEVER, reason: 0 });
        self.assessed(day)
    }

    /// The assessment after a referral, an enquiry beside it for four in ten, and the way out.
    fn assessed(&mut self, referred: Day) -> Day {
        let child = &self.life.child;
        let disabled = child.disability == 0 && child.need == 1;
        let team = if disabled { disabilities_team(child.locality) } else { assessment_team(child.locality) };
        let handed_over = self.working_days_after(referred, 1, 4);
        self.enter(team, handed_over);
        let start = self.working_days_after(referred, 0, 1);
        let authorised = self.authorised(start);
        let seen = self.seen_in_assessment(start, authorised);
        let discussed = start + self.dice.waiting(7.0);
        let is_enquired = self.dice.chance(Years::of(self.age(referred)).enquiry());
        let conference = if is_enquired { self.enquiry(discussed) } else { None };
        let (over, outcome) = match conference {
            Some((held, true)) => (held, Outcome::Plan),
            Some((held, false)) => (held.max(authorised), Outcome::Plan),
            None => (authorised, self.outcome(authorised)),
        };
        let needs_support = !matches!(outcome, Outcome::Close(_));
        let authorised = if matches!(conference, Some((_, true))) { authorised.min(over) } else { authorised };
        self.life.assessments.push(Assessment {
            start,
            authorised: super::end_or_never(authorised, self.last()),
            seen,
            needs_support,
        });
        match (outcome, conference) {
            (Outcome::Close(reason), _) => self.close(over, reason),
            (Outcome::Care, _) => self.in_care(over),
            (Outcome::Plan, Some((_, true))) => self.protected(over),
            (Outcome::Plan, _) => self.in_need(over),
        }
    }

    fn outcome(&mut self, day: Day) -> Outcome {
        if self.life.child.unaccompanied {
            return Outcome::Care;
        }
        // Weights of: no further action, to early help, care, and a child in need plan.
        let care = Years::of(self.age(day)).care();
        self.dice.pick(&[
            (Outcome::Close(7), 310),
            (Outcome::Close(8), 140),
            (Outcome::Care, care),
            (Outcome::Plan, 550 - care),
        ])
    }

    /// When an assessment is authorised: in time, or when the backlog is looked at.
    fn authorised(&mut self, start: Day) -> Day {
        if !self.dice.chance(self.world.story.late_assessments(start)) {
            let (low, high) = self.dice.pick(&[((6, 20), 22), ((21, 38), 46), ((39, 45), 32)]);
            return self.working_days_after(start, low, high);
        }
        let mut day = self.world.calendar.due(start, 45) + 1;
        let longest = day + self.world.story.longest_backlog(day) - self.dice.between(0, 15);
        while day <= self.last() && day < longest && !self.dice.chance(self.world.story.backlog_cleared_in_week(day)) {
            day += 7;
        }
        self.working_days_after(day, 0, 5)
    }

    fn seen_in_assessment(&mut self, start: Day, authorised: Day) -> u8 {
        let seen = self.dice.pick(&[(0, 965), (1, 25), (2, 10)]);
        if seen == 0 {
            let first = self.working_days_after(start, 1, 12).min(authorised);
            let mut day = first;
            while day <= authorised.min(self.last()) {
                day = self.visit(day) + self.dice.between(12, 40);
            }
        }
        seen
    }

    /// The episode of need comes to its end.
    pub(super) fn close(&mut self, day: Day, reason: u8) -> Day {
        let last = self.last();
        if let Some(need) = self.life.needs.last_mut() {
            need.end = super::end_or_never(day, last);
            need.reason = reason;
        }
        day
    }
}
