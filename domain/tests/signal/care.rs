//! Children in care and care leavers of the invented county, at rates that stay the same for years.

use crate::county::{Chance, Planted, is_planted};
use crate::life::yes;
use chrono::{Days, NaiveDate};
use domain::calendar::{add_months, minus_months};
use domain::record::{CareLeaver, CarePeriod, Held, Person};

/// Something that is so from a day on.
type Since<T> = Vec<(NaiveDate, T)>;

/// What holds on a day of what is given in order of time.
fn on<T: Copy>(since: &[(NaiveDate, T)], day: NaiveDate) -> Option<T> {
    since.iter().rev().find(|(from, _)| *from <= day).map(|(_, what)| *what)
}

fn last(days: &[NaiveDate], day: NaiveDate) -> Option<NaiveDate> {
    days.iter().rev().copied().find(|happened| *happened <= day)
}

/// So and not so by turns, each for about so many days; at first as it is over time.
fn by_turns(chance: &mut Chance, (from, to): (NaiveDate, NaiveDate), so: f64, not_so: f64) -> Since<bool> {
    let (mut turns, mut day, mut is_so) = (Vec::new(), from, chance.happens(so / (so + not_so)));
    while day < to {
        turns.push((day, is_so));
        day = day + chance.about(if is_so { so } else { not_so });
        is_so = !is_so;
    }
    turns
}

/// Days on which something due after `every` days is done: a little before, or in some cases late.
fn done(
    chance: &mut Chance,
    (from, to): (NaiveDate, NaiveDate),
    every: impl Fn(NaiveDate) -> u64,
    early: u64,
    late: (f64, u64),
) -> Vec<NaiveDate> {
    let (mut days, mut day) = (Vec::new(), from);
    while day < to {
        let due = day + Days::new(every(day));
        day = if chance.happens(late.0) { due + chance.days(3, late.1) } else { due - chance.days(0, early) };
        days.push(day);
    }
    days
}

/// One child's time in care.
pub struct Care {
    born: NaiveDate,
    from: NaiveDate,
    to: NaiveDate,
    placements: Vec<NaiveDate>,
    visits: Vec<NaiveDate>,
    reviews: Vec<NaiveDate>,
    health: Vec<NaiveDate>,
    dental: Vec<NaiveDate>,
    /// With whether a return interview was offered.
    missing: Since<bool>,
    permanence_from: Option<NaiveDate>,
    allocated_from: NaiveDate,
    worker: u64,
}

impl Care {
    pub fn live(born: NaiveDate, from: NaiveDate, chance: &mut Chance, planted: (Planted, NaiveDate)) -> Self {
        let grown_up = add_months(born, 18 * 12);
        let stay = if chance.happens(0.3) { 120.0 } else { 1_100.0 };
        let to = (from + chance.about(stay)).min(grown_up);
        let mut placements = vec![from];
        let mut visits = Vec::new();
        while let Some(placed) = placements.last().copied().filter(|placed| *placed < to) {
            let settles = chance.happens(0.75);
            let mut moves = placed + chance.about(if settles { 700.0 } else { 60.0 });
            if is_planted(planted, Planted::UnstablePlacements, moves) {
                moves = moves.min(placed.max(planted.1) + chance.about(150.0));
            }
            let first = if chance.happens(0.85) { chance.days(0, 7) } else { chance.days(8, 20) };
            visits.push(placed + first);
            visits.extend(done(chance, (placed + first, moves.min(to)), |_| 41, 20, (0.12, 40)));
            placements.push(moves);
        }
        let young = add_months(born, 60);
        let first_review = from + if chance.happens(0.12) { chance.days(28, 60) } else { chance.days(10, 27) };
        let second_review = first_review + chance.days(70, 92);
        let later = done(chance, (second_review, to), |_| 182, 14, (0.15, 40));
        let missing_every = if chance.happens(0.15) { 120.0 } else { 3_000.0 };
        let mut missing = Vec::new();
        let mut day = from + chance.about(missing_every);
        while day < to {
            missing.push((day, chance.happens(0.8)));
            day = day + chance.about(missing_every);
        }
        let assessed = from + chance.days(15, 60);
        let checked = from + chance.days(20, 90);
        Self {
            born,
            from,
            to,
            placements,
            visits,
            reviews: [first_review, second_review].into_iter().chain(later).collect(),
            health: [assessed]
                .into_iter()
                .chain(done(chance, (assessed, to), |day| if day < young { 182 } else { 365 }, 30, (0.35, 180)))
                .collect(),
            dental: [checked].into_iter().chain(done(chance, (checked, to), |_| 365, 60, (0.4, 250))).collect(),
            missing,
            permanence_from: chance.happens(0.9).then(|| from + chance.days(60, 200)),
            allocated_from: from + chance.about(4.0),
            worker: chance.worker(),
        }
    }

    pub const fn ends(&self) -> NaiveDate {
        self.to
    }

    /// What is on record on a date; nothing of a child that left more than a year before.
    pub fn period(&self, date: NaiveDate, worker: impl Fn(u64) -> String) -> Option<CarePeriod> {
        if self.from > date || self.to + Days::new(365) < date {
            return None;
        }
        let a_year_ago = minus_months(date, 12);
        let begun = || self.placements.iter().copied().filter(|placed| *placed <= date.min(self.to));
        // A placement lasts until the next begins.
        let ends = self.placements.iter().copied().skip(1);
        let of_the_year = begun().zip(ends).filter(|(_, end)| *end > a_year_ago).count();
        let missing = self.missing.iter().filter(|(day, _)| a_year_ago < *day && *day <= date).count();
        Some(CarePeriod {
            person: Person { date_of_birth: Some(self.born), ..Person::default() },
            started_date: Some(self.from),
            ceased_date: Some(self.to).filter(|to| *to <= date),
            legal_status: Some("C2".to_owned()),
            placement_start_date: begun().next_back(),
            placement_type: Some("U6".to_owned()),
            number_of_placements: i64::try_from(of_the_year).ok(),
            last_visit_date: self.visits.iter().copied().filter(|visit| *visit <= date).max(),
            latest_review_date: last(&self.reviews, date),
            last_health_assessment_date: last(&self.health, date),
            last_dental_check_date: last(&self.dental, date),
            permanence_plan: self.permanence_from.filter(|from| *from <= date).map(|_| "Adoption".to_owned()),
            missing_episodes: i64::try_from(missing).ok(),
            return_interview_offered: on(&self.missing, date).and_then(yes),
            held: Held {
                team: Some("South 1".to_owned()),
                worker: (date >= self.allocated_from).then(|| worker(self.worker)),
            },
            ..CarePeriod::default()
        })
    }
}

/// A young person from their seventeenth birthday on.
pub struct Leaver {
    born: NaiveDate,
    from: NaiveDate,
    to: NaiveDate,
    in_touch: Since<bool>,
    suitable: Since<bool>,
    occupied: Since<bool>,
    has_adviser: Since<bool>,
    contacts: Vec<NaiveDate>,
    reviews: Vec<NaiveDate>,
}

impl Leaver {
    pub fn live(from: NaiveDate, chance: &mut Chance) -> Self {
        let born = minus_months(from, 17 * 12) - chance.days(0, 300);
        let to = add_months(born, 12 * if chance.happens(0.25) { 25 } else { 22 });
        let life = (from, to);
        Self {
            born,
            from,
            to,
            in_touch: by_turns(chance, life, 700.0, 80.0),
            suitable: by_turns(chance, life, 600.0, 90.0),
            occupied: by_turns(chance, life, 330.0, 240.0),
            has_adviser: by_turns(chance, life, 800.0, 50.0),
            contacts: done(chance, life, |_| 52, 30, (0.15, 70)),
            reviews: done(chance, life, |_| 180, 30, (0.2, 60)),
        }
    }

    /// What is on record on a date.
    pub fn row(&self, date: NaiveDate) -> Option<CareLeaver> {
        if self.from > date || self.to <= date {
            return None;
        }
        let is = |since: &[(NaiveDate, bool)]| on(since, date).unwrap_or_default();
        Some(CareLeaver {
            person: Person { date_of_birth: Some(self.born), ..Person::default() },
            eligibility: Some("Former relevant child".to_owned()),
            personal_adviser: is(&self.has_adviser).then(|| "Adviser".to_owned()),
            pathway_plan_review_date: last(&self.reviews, date),
            latest_contact_date: last(&self.contacts, date),
            in_touch: yes(is(&self.in_touch)),
            accommodation: Some("B".to_owned()),
            accommodation_suitability: Some(if is(&self.suitable) { "Suitable" } else { "Unsuitable" }.to_owned()),
            activity: Some(if is(&self.occupied) { "F2" } else { "G4" }.to_owned()),
            held: Held { team: Some("South 2".to_owned()), worker: None },
            ..CareLeaver::default()
        })
    }
}
