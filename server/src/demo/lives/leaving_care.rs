//! After care: a personal adviser, a pathway plan, somewhere to live and something to do.

use super::super::calendar::Day;
use super::super::county::{CARE_LEAVERS_TEAM, care_team};
use super::{Author, Visit};

/// A young person with leaving care services.
pub(in super::super) struct Leaver {
    pub from: Day,
    pub until: Day,
    pub team: u8,
    /// The post of the personal adviser.
    pub worker: u32,
    pub reviews: Vec<Day>,
    pub contacts: Vec<Visit>,
    /// First days of times in which the council is not in touch, and of those in which it is again.
    pub out_of_touch: Vec<(Day, Day)>,
    /// From when the young person wants no contact, and the place of the reason in the list.
    pub declined: Option<(Day, u8)>,
    /// Accommodation and whether it is suitable, activity, each with its first day.
    pub accommodation: Vec<(Day, u8, bool)>,
    pub activity: Vec<(Day, u8)>,
}

/// Places in the accommodation list and their weights.
const SUITABLE: [(u8, u32); 9] = [(14, 0), (10, 38), (2, 18), (0, 15), (15, 10), (3, 8), (9, 7), (6, 3), (1, 1)];
const UNSUITABLE: [(u8, u32); 5] = [(8, 25), (13, 35), (11, 15), (12, 10), (7, 15)];

impl Author<'_> {
    /// A young person who came of age in care before the dawn of the told world.
    pub(in super::super) fn left_care(&mut self) {
        let left = self.dice.between(self.world.first - 2550, self.world.dawn);
        self.life.child.birth = left - 6575;
        if self.dice.chance(0.12) {
            self.life.child.came_alone(left - 600, &mut self.dice);
            self.life.child.birth = left - 6575;
        }
        self.leaving_care(left);
    }

    /// Leaving care services from a day on.
    pub(super) fn leaving_care(&mut self, from: Day) {
        let years = self.dice.pick(&[(21, 34), (23, 30), (25, 36)]);
        let until = self.life.child.birth + (f64::from(years) * 365.25) as Day;
        if until <= self.world.first || from > self.last() {
            return;
        }
        let team = if self.dice.chance(0.72) { CARE_LEAVERS_TEAM } else { care_team(self.life.child.locality, 18) };
        let worker = self.world.workforce.one_of(team, &mut self.dice);
        let declined = if self.dice.chance(0.03) {
            let reason = self.dice.pick(&[(3, 45), (4, 30), (5, 25)]);
            Some((from.max(self.worth_telling()) + self.dice.between(100, 1100), reason))
        } else {
            None
        };
        let leaver = Leaver {
            from,
            until: super::end_or_never(until, self.last()),
            team,
            worker,
            reviews: self.pathway_reviews(from, until),
            contacts: self.adviser_contacts(from, until),
            out_of_touch: self.times_out_of_touch(from, until),
            declined,
            accommodation: self.homes(from, until),
            activity: self.activities(from, until),
        };
        self.life.leaver = Some(Box::new(leaver));
    }

    fn pathway_reviews(&mut self, from: Day, until: Day) -> Vec<Day> {
        let mut day = from.max(self.worth_telling()) + self.dice.between(10, 150);
        let mut days = Vec::new();
        while day <= until.min(self.last()) {
            days.push(self.world.calendar.working_from(day));
            day += if self.dice.chance(0.80) { self.dice.between(140, 178) } else { 185 + self.dice.waiting(90.0) };
        }
        days
    }

    /// An adviser finds everybody again, within weeks or a few months.
    fn times_out_of_touch(&mut self, from: Day, until: Day) -> Vec<(Day, Day)> {
        let mut day = from.max(self.worth_telling()) + self.dice.waiting(1000.0);
        let mut times = Vec::new();
        while day <= until.min(self.last()) {
            let again = day + self.dice.between(45, 100);
            times.push((day, again));
            day = again + self.dice.waiting(1000.0);
        }
        times
    }

    fn adviser_contacts(&mut self, from: Day, until: Day) -> Vec<Visit> {
        let mut day = from.max(self.worth_telling()) + self.dice.between(3, 40);
        let mut contacts = Vec::new();
        while day <= until.min(self.last()) {
            let visited = self.world.calendar.working_from(day);
            let recorded = visited + self.dice.pick(&[(0, 60), (3, 30), (12, 10)]);
            contacts.push(Visit { day: visited, recorded, alone: 0 });
            day += if self.dice.chance(0.86) { self.dice.between(20, 52) } else { 56 + self.dice.waiting(45.0) };
        }
        contacts
    }

    fn homes(&mut self, from: Day, until: Day) -> Vec<(Day, u8, bool)> {
        self.chapters(from, until, 420.0)
            .into_iter()
            .map(|day| {
                let suitable = self.dice.chance(0.89);
                (day, self.dice.pick(if suitable { &SUITABLE[..] } else { &UNSUITABLE[..] }), suitable)
            })
            .collect()
    }

    fn activities(&mut self, from: Day, until: Day) -> Vec<(Day, u8)> {
        let choices = [(0, 7), (2, 15), (3, 3), (4, 5), (6, 18), (7, 9), (5, 1), (8, 13), (9, 25), (10, 7)];
        self.chapters(from, until, 300.0).into_iter().map(|day| (day, self.dice.pick(&choices))).collect()
    }

    /// The first days of chapters of a life, the first of them at the beginning.
    fn chapters(&mut self, from: Day, until: Day, mean: f64) -> Vec<Day> {
        let mut days = vec![from];
        let mut day = from.max(self.worth_telling());
        loop {
            day += 30 + self.dice.waiting(mean);
            if day > until.min(self.last()) {
                return days;
            }
            days.push(day);
        }
    }
}
