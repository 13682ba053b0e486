//! A child protection plan: conferences, visits, drift.

use super::super::calendar::{Day, NEVER, months_after};
use super::super::county::families_team;
use super::super::story::VisitKind;
use super::care::EIGHTEEN_YEARS;
use super::child::Years;
use super::{Author, Plan};

impl Author<'_> {
    /// A plan from the day of its conference on; answers the day on which all is over.
    pub(super) fn protected(&mut self, from: Day) -> Day {
        if from > self.last() {
            return from;
        }
        let handed_over = self.working_days_after(from, 0, 5);
        self.enter(families_team(self.life.child.locality, self.life.child.second_team), handed_over);
        let end = self.plan_ends(from).min(self.life.child.birth + EIGHTEEN_YEARS).max(from + 1);
        self.turnover(handed_over, end);
        self.visits(VisitKind::Protection, from, end);
        self.write_plan(from, end);
        if self.age(end) >= 17 {
            return self.close(end, 6);
        }
        let into_care = Years::of(self.age(end)).care_after_plan();
        match self.dice.unit() {
            what if what < into_care => {
                let start = end - self.dice.between(0, 40);
                self.in_care(start.max(from + 5))
            }
            what if what < 0.86 => self.in_need(end),
            _ => self.close(end, 6),
        }
    }

    fn plan_ends(&mut self, from: Day) -> Day {
        let natural = match self.dice.unit() {
            what if what < 0.16 => self.dice.between(25, 88),
            what if what < 0.82 => 92 + self.dice.waiting(165.0).min(440),
            _ => self.dice.between(480, 980),
        };
        let mut watched = months_after(from, 18);
        while watched < from + natural {
            if watched > self.last() || self.dice.chance(self.world.story.drift_ended_in_week(watched)) {
                return watched;
            }
            watched += 7;
        }
        self.world.calendar.working_from(from + natural)
    }

    fn write_plan(&mut self, start: Day, end: Day) {
        let category = self.dice.pick(&[(0, 50), (1, 7), (2, 4), (3, 36), (4, 3)]);
        let reviews = self.review_conferences(start, end);
        let changed = reviews.first().copied().filter(|_| self.dice.chance(0.08));
        let told = u8::try_from(self.life.plans.len()).unwrap_or(0);
        let emergency = if self.dice.chance(0.03) { start - self.dice.between(2, 20) } else { NEVER };
        let later_category = changed.map(|day| (day, self.dice.pick(&[(0, 5), (3, 4), (4, 1)])));
        self.life.plans.push(Plan {
            start,
            end: super::end_or_never(end, self.last()),
            category,
            later_category,
            reviews,
            earlier_plans: self.earlier_plans + told,
            emergency,
        });
    }

    /// The first within three months, then every six; one in four late.
    fn review_conferences(&mut self, start: Day, end: Day) -> Vec<Day> {
        let mut reviews = Vec::new();
        let mut limit = months_after(start, 3);
        loop {
            let offset = if self.dice.chance(0.76) { -self.dice.between(4, 20) } else { self.dice.between(5, 42) };
            let held = self.world.calendar.working_from(limit + offset);
            if held > end.min(self.last()) {
                return reviews;
            }
            reviews.push(held);
            limit = months_after(held, 6);
        }
    }
}
