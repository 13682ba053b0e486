//! A period of care: why it began, where it leads, and who reviews and looks after the child in it.

use super::super::calendar::{Day, NEVER, months_after};
use super::super::codes::{CEASED, LEGAL, PERMANENCE, coded};
use super::super::county::{care_team, families_team};
use super::super::story::VisitKind;
use super::{Adoption, Author, Placement};

/// A period of being looked after.
pub(in super::super) struct Care {
    pub start: Day,
    pub end: Day,
    pub reason: &'static str,
    /// Legal statuses and their first days.
    pub legal: Vec<(Day, &'static str)>,
    pub placements: Vec<Placement>,
    pub reviews: Vec<Day>,
    pub health: Vec<Day>,
    pub dental: Vec<Day>,
    /// The permanence plan and the day it was made.
    pub permanence: Option<(Day, &'static str)>,
    pub missing: Vec<Day>,
    pub absent: Vec<Day>,
    pub adoption: Option<Box<Adoption>>,
}

/// Where a period of care leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Path {
    Home,
    Guardianship,
    Adopted,
    /// To the eighteenth birthday.
    Adulthood,
}

/// Days from birth to the eighteenth birthday.
pub(super) const EIGHTEEN_YEARS: Day = 6575;

impl Author<'_> {
    /// A child who has been in care since before the dawn of the told world, and grows up in it.
    pub(in super::super) fn long_in_care(&mut self) {
        let dawn = self.world.dawn;
        self.life.child.birth = dawn - self.dice.between(900, EIGHTEEN_YEARS - 30);
        let start = (dawn - self.dice.waiting(1100.0)).max(self.life.child.birth + 30);
        self.life.needs.push(super::Need { start: start - 60, plan_from: NEVER, end: NEVER, reason: 0 });
        self.enter(families_team(self.life.child.locality, self.life.child.second_team), start);
        let end = self.life.child.birth + EIGHTEEN_YEARS;
        self.period_of_care(start, end, Path::Adulthood);
    }

    /// A period of care from a day on; answers the day on which all is over.
    pub(super) fn in_care(&mut self, from: Day) -> Day {
        // A child who is not born yet comes into care from hospital.
        let from = from.max(self.life.child.birth + 2);
        if from > self.last() {
            return from;
        }
        if self.age(from) >= 18 {
            return self.close(from, 5);
        }
        if self.life.holds.is_empty() {
            self.enter(families_team(self.life.child.locality, self.life.child.second_team), from);
        }
        let age = self.age(from).max(0);
        // Weights of: home, a guardian, adoption, to adulthood. The younger, the sooner for good.
        let [home, guardian, adopted, adulthood] = match age {
            0 => [40, 24, 50, 4],
            1..5 => [42, 24, 22, 12],
            _ => [40, 14, 0, 34],
        };
        let path = if self.life.child.unaccompanied {
            Path::Adulthood
        } else {
            self.dice.pick(&[
                (Path::Home, home),
                (Path::Guardianship, guardian),
                (Path::Adopted, adopted),
                (Path::Adulthood, adulthood),
            ])
        };
        let end = from
            + 15
            + match path {
                Path::Home => self.dice.waiting(150.0),
                Path::Guardianship => 230 + self.dice.waiting(170.0),
                _ => NEVER,
            };
        self.period_of_care(from, end.min(self.life.child.birth + EIGHTEEN_YEARS), path)
    }

    fn period_of_care(&mut self, start: Day, end: Day, path: Path) -> Day {
        let adoption = (path == Path::Adopted).then(|| Box::new(self.adoption(start)));
        let end = adoption.as_ref().map_or(end, |adoption| end.min(adoption.order));
        self.carers_of_the_case(start, end);
        let placements = self.placements(start, end, adoption.as_deref());
        self.visits_in_care(start, end, &placements);
        let of_age = end >= self.life.child.birth + EIGHTEEN_YEARS;
        let care = Care {
            start,
            end: super::end_or_never(end, self.last()),
            reason: self.reason_ceased(path, of_age),
            legal: self.legal_statuses(start, path, adoption.as_deref()),
            placements,
            reviews: self.care_reviews(start, end),
            health: self.health_assessments(start, end),
            dental: self.dental_checks(start, end),
            permanence: self.permanence(start, path),
            missing: self.episodes(start, end, if self.age(start.max(self.world.first)) >= 11 { 0.22 } else { 0.01 }),
            absent: self.episodes(start, end, 0.06),
            adoption,
        };
        self.life.care.push(care);
        if end > self.last() {
            return end;
        }
        self.leaves_care(start, end, path, of_age)
    }

    fn leaves_care(&mut self, start: Day, end: Day, path: Path, of_age: bool) -> Day {
        if of_age || (self.age(end) >= 16 && end - start >= 91) {
            self.leaving_care(end);
            return self.close(end, if of_age { 6 } else { 5 });
        }
        match path {
            Path::Home if self.dice.chance(0.6) => self.in_need(end),
            Path::Home => self.close(end, 6),
            Path::Guardianship => self.close(end, 3),
            Path::Adopted | Path::Adulthood => self.close(end, 0),
        }
    }

    /// From Children & Families to the care team after some weeks, and to the 11-25 team at sixteen.
    fn carers_of_the_case(&mut self, start: Day, end: Day) {
        let locality = self.life.child.locality;
        let moved = start + self.dice.between(40, 110);
        if moved < end.min(self.last()) {
            self.enter(care_team(locality, self.age(moved)), moved);
        }
        let sixteen = self.life.child.birth + 5844;
        if sixteen > moved && sixteen < end.min(self.last()) {
            self.turnover(moved, sixteen);
            let handed_over = sixteen + self.dice.between(0, 40);
            self.enter(care_team(locality, 16), handed_over);
            self.turnover(sixteen + 40, end);
        } else {
            self.turnover(moved, end);
        }
    }

    fn visits_in_care(&mut self, start: Day, end: Day, placements: &[Placement]) {
        for (place, placement) in placements.iter().enumerate() {
            let from = placement.start.max(start);
            let to = placements.get(place + 1).map_or(end, |next| next.start - 1).min(self.last());
            if from < self.worth_telling() || self.dice.chance(0.94) {
                self.visits_after_first_week(from, to);
            } else {
                self.visits(VisitKind::Care, from + 8, to);
            }
        }
    }

    fn visits_after_first_week(&mut self, from: Day, to: Day) {
        let first = from + self.dice.between(1, 4);
        if first > to {
            return;
        }
        if first >= self.worth_telling() {
            self.visit(first);
        }
        let next = first + self.dice.between(15, 30);
        self.visits(VisitKind::Care, next, to);
    }

    fn reason_ceased(&mut self, path: Path, of_age: bool) -> &'static str {
        let code = match path {
            _ if of_age => self.dice.pick(&[("E5", 45), ("E4A", 15), ("E6", 10), ("E8", 26), ("E7", 4)]),
            Path::Home => self.dice.pick(&[("E4A", 72), ("E4B", 18), ("E13", 8), ("E8", 2)]),
            Path::Guardianship => self.dice.pick(&[("E45", 35), ("E46", 5), ("E47", 50), ("E48", 10)]),
            Path::Adopted | Path::Adulthood => self.dice.pick(&[("E11:", 55), ("E12", 45)]),
        };
        coded(&CEASED, code)
    }

    fn legal_statuses(&mut self, start: Day, path: Path, adoption: Option<&Adoption>) -> Vec<(Day, &'static str)> {
        let settled = start + self.dice.between(170, 290);
        let first = if self.life.child.unaccompanied {
            "V2"
        } else if path == Path::Home {
            self.dice.pick(&[("V2", 60), ("C1", 32), ("L1", 5), ("J1", 3)])
        } else {
            self.dice.pick(&[("C1", 74), ("V2", 26)])
        };
        let mut statuses = vec![(start, coded(&LEGAL, first))];
        match (path, adoption) {
            (_, Some(adoption)) => {
                statuses[0].1 = coded(&LEGAL, "C1");
                if adoption.placement_order < NEVER {
                    statuses.push((adoption.placement_order, coded(&LEGAL, "E1")));
                }
            }
            (Path::Adulthood, None) if first == "C1" => statuses.push((settled, coded(&LEGAL, "C2"))),
            _ => {}
        }
        statuses
    }

    /// The first in 20 working days, the second within three months, then every six; one in twenty late.
    fn care_reviews(&mut self, start: Day, end: Day) -> Vec<Day> {
        let told = self.worth_telling();
        let mut day = if start < told {
            told + self.dice.between(0, 170)
        } else {
            let late = self.dice.chance(0.06);
            self.working_days_after(start, if late { 21 } else { 12 }, if late { 35 } else { 20 })
        };
        let mut reviews = Vec::new();
        while day <= end.min(self.last()) {
            reviews.push(day);
            let limit = months_after(day, if reviews.len() == 1 && start >= told { 3 } else { 6 });
            let offset = if self.dice.chance(0.95) { -self.dice.between(4, 25) } else { self.dice.between(5, 40) };
            day = self.world.calendar.working_from(limit + offset);
        }
        reviews
    }

    fn health_assessments(&mut self, start: Day, end: Day) -> Vec<Day> {
        self.series(start, end, 25, |author, day| {
            let every = if author.age(day) < 5 { 176 } else { 352 };
            let late = author.dice.chance(0.27);
            if late { every + author.dice.between(15, 150) } else { every - author.dice.between(0, 25) }
        })
    }

    fn dental_checks(&mut self, start: Day, end: Day) -> Vec<Day> {
        self.series(start, end, 120, |author, day| {
            // What comes late is a check of the year to come.
            let late = author.dice.chance(author.world.story.late_dental_checks(day + 270));
            if late { 365 + author.dice.between(20, 220) } else { author.dice.between(185, 355) }
        })
    }

    fn series(&mut self, start: Day, end: Day, first: Day, gap: fn(&mut Self, Day) -> Day) -> Vec<Day> {
        let told = self.worth_telling() - 300;
        let mut day = if start < told { told + self.dice.between(0, 300) } else { start + self.dice.between(8, first) };
        let mut days = Vec::new();
        while day <= end.min(self.last()) {
            days.push(day);
            day = self.world.calendar.working_from(day + gap(self, day));
        }
        days
    }

    fn permanence(&mut self, start: Day, path: Path) -> Option<(Day, &'static str)> {
        let made = if self.dice.chance(0.86) { self.dice.between(45, 115) } else { self.dice.between(130, 420) };
        let code = match path {
            Path::Home => "a)",
            Path::Adopted => "b)",
            Path::Guardianship => "c)",
            Path::Adulthood if self.age(start) >= 15 => "d)",
            Path::Adulthood => self.dice.pick(&[("f)", 72), ("e)", 14), ("d)", 8), ("g)", 6)]),
        };
        Some((start + made, coded(&PERMANENCE, code)))
    }

    /// Episodes of a kind that befall a few children again and again.
    fn episodes(&mut self, start: Day, end: Day, share: f64) -> Vec<Day> {
        let mut days = Vec::new();
        if self.dice.chance(share) {
            let every = self.dice.pick(&[(40.0, 30), (120.0, 40), (400.0, 30)]);
            let mut day = start.max(self.worth_telling()) + self.dice.waiting(every);
            while day <= end.min(self.last()) {
                days.push(day);
                day += 1 + self.dice.waiting(every);
            }
        }
        days
    }

    /// Short breaks of a disabled child, by agreement.
    pub(super) fn short_breaks(&mut self, end: Day) {
        let start = self.worth_telling() - self.dice.between(0, 600);
        let placements = self.placements(start, NEVER, None).into_iter().take(1).collect();
        let end = end.min(self.life.child.birth + EIGHTEEN_YEARS);
        let care = Care {
            start,
            end: super::end_or_never(end, self.last()),
            reason: coded(&CEASED, "E8"),
            legal: vec![(start, coded(&LEGAL, "V4"))],
            placements,
            reviews: self.care_reviews(start, end),
            health: self.health_assessments(start, end),
            dental: self.dental_checks(start, end),
            permanence: Some((start, coded(&PERMANENCE, "a)"))),
            missing: Vec::new(),
            absent: Vec::new(),
            adoption: None,
        };
        self.life.care.push(care);
    }
}
