//! An invented county: children come, are assessed, seen, planned for and leave, at rates that stay the same for years,
//! but for what a test plants. Each extract has what was on record on its date.

use crate::care::{Care, Leaver};
use crate::life::{Life, live};
use chrono::{Days, NaiveDate};
use domain::calendar::{WorkingDays, add_months, minus_months};
use domain::journey::{Journey, SoundJourney};
use domain::measures::figure::tallies;
use domain::measures::{CORE, Context, Fact, Measure, Period, Supplied, evaluate, evaluate_one};
use domain::names::Names;
use domain::record::Record;
use domain::signal::{Point, Span};
use domain::standards::Standards;
use std::collections::BTreeMap;

/// Chance, the same for the same seed (splitmix64).
pub struct Chance(u64);

impl Chance {
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 up to 1.
    pub fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn below(&mut self, end: u32) -> u32 {
        (self.next() % u64::from(end)) as u32
    }

    pub fn happens(&mut self, share: f64) -> bool {
        self.share() < share
    }

    pub fn days(&mut self, from: u64, to: u64) -> Days {
        Days::new(from + self.next() % (to - from + 1))
    }

    /// A time that ends by chance, on average after so many days.
    pub fn about(&mut self, mean: f64) -> Days {
        Days::new((-mean * (1.0 - self.share()).ln()).round() as u64 + 1)
    }

    /// Some workers hold more children than others.
    pub fn worker(&mut self) -> u64 {
        (self.share() * self.share().max(0.5) * WORKERS as f64) as u64
    }
}

/// What is planted from a date on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Planted {
    Nothing,
    /// Far more referrals end with no further action.
    NoFurtherAction,
    /// Visits to children in need come late.
    LateVisits,
    /// Assessments are finished sooner.
    FasterAssessments,
    /// Plans of two years and more are looked through and ended.
    LongPlansEnded,
    /// Placements break down sooner.
    UnstablePlacements,
    /// Twice as many workers.
    MoreWorkers,
}

pub fn is_planted(planted: (Planted, NaiveDate), what: Planted, date: NaiveDate) -> bool {
    planted.0 == what && date >= planted.1
}

pub const MONTHS: u32 = 26;
/// Years before the first extract in which the county fills.
const FILLING_MONTHS: u32 = 150;
const CHILDREN_A_MONTH: u32 = 50;
const WORKERS: u64 = 60;

/// The first month of the extracts.
pub fn first_month() -> NaiveDate {
    "2024-09-01".parse().unwrap()
}

/// Monthly extracts as at each month's last day, measured.
pub struct County {
    pub courses: Vec<(&'static Measure, Vec<Point>)>,
    /// Referrals of each month, counted by hand.
    pub referrals: Vec<u64>,
}

/// Everyone the county knows.
struct People {
    lives: Vec<Life>,
    in_care: Vec<Care>,
    leavers: Vec<Leaver>,
}

impl People {
    fn live(chance: &mut Chance, planted: (Planted, NaiveDate)) -> Self {
        let mut people = Self { lives: Vec::new(), in_care: Vec::new(), leavers: Vec::new() };
        for month in 0..FILLING_MONTHS + MONTHS {
            let span = Span::month(add_months(minus_months(first_month(), FILLING_MONTHS), month));
            let some_day = |chance: &mut Chance| span.from() + chance.days(0, 27);
            for _ in 0..CHILDREN_A_MONTH + chance.below(13) - 6 {
                let contact = some_day(chance);
                people.lives.push(live(people.lives.len() as u64, contact, chance, planted));
            }
            for _ in 0..5 + chance.below(5) {
                let from = some_day(chance);
                people.in_care.push(Care::live(from - chance.days(10, 5_800), from, chance, planted));
            }
            for _ in 0..2 + chance.below(5) {
                people.leavers.push(Leaver::live(some_day(chance), chance));
            }
        }
        people
    }

    /// The extracts, as at each month's last day.
    fn months(&self, planted: (Planted, NaiveDate)) -> impl Iterator<Item = (Span, Vec<SoundJourney>)> + '_ {
        (0..MONTHS).map(move |month| {
            let span = Span::month(add_months(first_month(), month));
            let twice = is_planted(planted, Planted::MoreWorkers, span.to());
            let worker = |number: u64| format!("Worker {}", if twice { number } else { number / 2 });
            (span, self.on(span.to(), &worker))
        })
    }

    /// What is on record on a date.
    fn on(&self, date: NaiveDate, worker: &dyn Fn(u64) -> String) -> Vec<SoundJourney> {
        let known = self.lives.iter().filter_map(|life| life.on(date, worker));
        let periods = self.in_care.iter().map(|care| care.period(date, worker).map(Record::CarePeriod));
        let leavers = self.leavers.iter().map(|leaver| leaver.row(date).map(Record::CareLeaver));
        let others = periods.chain(leavers).enumerate().filter_map(|(number, record)| {
            let mut journey = Journey::new(format!("D{number}").into());
            journey.push(record?);
            Some(journey.read_as_at(date))
        });
        known.chain(others).collect()
    }
}

pub fn county(seed: u64, planted: Planted, from: NaiveDate) -> County {
    let people = People::live(&mut Chance::new(seed), (planted, from));
    let mut courses: Vec<(&Measure, Vec<Point>)> = CORE.iter().map(|measure| (measure, Vec::new())).collect();
    let mut referrals = Vec::new();
    for (span, journeys) in people.months((planted, from)) {
        referrals.push(people.lives.iter().map(|life| life.referred_in(span)).sum());
        let facts = facts(&journeys, span, &evaluate);
        for (measure, points) in &mut courses {
            points.push(point(measure, span, facts.get(measure.id).map_or(&[][..], Vec::as_slice)));
        }
    }
    County { courses, referrals }
}

/// The months of one measure of the same county.
pub fn course(seed: u64, planted: Planted, from: NaiveDate, measure: &'static Measure) -> Vec<Point> {
    let people = People::live(&mut Chance::new(seed), (planted, from));
    let months = people.months((planted, from)).map(|(span, journeys)| {
        let facts = facts(&journeys, span, &|journey, context| evaluate_one(measure, journey, context));
        point(measure, span, facts.get(measure.id).map_or(&[][..], Vec::as_slice))
    });
    months.collect()
}

fn point(measure: &Measure, span: Span, facts: &[Fact]) -> Point {
    let figure = measure.figure(&tallies(facts), &Standards::default());
    Point { span, as_at: Some(span.to()), figure: Some(figure), finished: true }
}

type Evaluate<'a> = dyn Fn(&SoundJourney, &Context<'_>) -> Vec<Fact> + 'a;

fn facts(journeys: &[SoundJourney], span: Span, evaluate: &Evaluate<'_>) -> BTreeMap<&'static str, Vec<Fact>> {
    let (standards, calendar, names, supplied) =
        (Standards::default(), WorkingDays::england(), Names::default(), supplied());
    let context = Context {
        as_at: span.to(),
        period: Period { from: span.from(), to: span.to() },
        standards: &standards,
        calendar: &calendar,
        names: &names,
        supplied: &supplied,
    };
    let mut facts: BTreeMap<&str, Vec<Fact>> = BTreeMap::new();
    for fact in journeys.iter().flat_map(|journey| evaluate(journey, &context)) {
        facts.entry(fact.measure).or_default().push(fact);
    }
    facts
}

/// Every list and column.
fn supplied() -> Supplied {
    let mut lists: BTreeMap<u8, BTreeMap<String, u64>> = BTreeMap::new();
    for line in include_str!("../rules/annex_a_headers.txt").lines() {
        let (list, header) = line.split_once('\t').unwrap();
        lists.entry(list[1..].parse().unwrap()).or_default().insert(header.to_owned(), 1);
    }
    Supplied { lists }
}
