//! How long every measure takes over a council of 100,000 children, on one core.
#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark may stop at the first surprise")]

use chrono::{NaiveDate, TimeDelta};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use domain::calendar::WorkingDays;
use domain::journey::{Journey, SoundJourney};
use domain::look_ahead::{coming_weeks, falling_due};
use domain::measures::{CORE, Context, Period, Supplied, evaluate};
use domain::names::Names;
use domain::record::{
    Assessment, CareLeaver, CarePeriod, Contact, Held, Need, Person, ProtectionPlan, Record, Referral, Section47,
};
use domain::registers::register;
use domain::standards::Standards;
use std::collections::BTreeMap;
use std::hint::black_box;

const CHILDREN: u64 = 100_000;
const TEAMS: u64 = 120;
const WORKERS: u64 = 2_000;

/// The same children each time: a number generator of our own, so that nothing else is needed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }

    fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }

    fn days_before(&mut self, as_at: NaiveDate, most: u64) -> Option<NaiveDate> {
        (!self.one_in(50)).then(|| as_at - TimeDelta::days(self.below(most).cast_signed()))
    }

    fn answer(&mut self) -> Option<String> {
        ["Yes", "No", "Unknown"].get(usize::try_from(self.below(4)).unwrap()).map(|answer| (*answer).to_owned())
    }

    fn held(&mut self) -> Held {
        Held { team: Some(team(self.below(TEAMS))), worker: Some(worker(self.below(WORKERS))) }
    }
}

fn team(number: u64) -> String {
    format!("Safeguarding Team {number}")
}

fn worker(number: u64) -> String {
    format!("Worker Surname{number}")
}

fn child(number: u64, as_at: NaiveDate, dice: &mut Dice) -> SoundJourney {
    let mut journey = Journey::new(format!("{number:07}").into());
    let person = Person { date_of_birth: dice.days_before(as_at, 20 * 365), ..Person::default() };
    for _ in 0..dice.below(3) {
        let contact_date = dice.days_before(as_at, 180);
        journey.push(Record::Contact(Contact { contact_date, ..Contact::default() }));
        journey.push(Record::Referral(Referral {
            referral_date: contact_date,
            held: dice.held(),
            ..Referral::default()
        }));
    }
    if dice.one_in(2) {
        journey.push(Record::Assessment(Assessment {
            assessment_start_date: dice.days_before(as_at, 180),
            assessment_auth_date: dice.days_before(as_at, 60),
            child_seen: dice.answer(),
            held: dice.held(),
            ..Assessment::default()
        }));
        journey.push(Record::Need(Need {
            person: person.clone(),
            cin_start_date: dice.days_before(as_at, 900),
            last_seen_date: dice.days_before(as_at, 70),
            case_status: Some("Child in need plan".to_owned()),
            held: dice.held(),
            ..Need::default()
        }));
    }
    if dice.one_in(4) {
        journey.push(Record::Section47(Section47 {
            strategy_discussion_date: dice.days_before(as_at, 180),
            icpc_unnecessary: dice.answer(),
            icpc_date: dice.days_before(as_at, 150),
            held: dice.held(),
            ..Section47::default()
        }));
        journey.push(Record::ProtectionPlan(ProtectionPlan {
            person: person.clone(),
            cp_plan_start_date: dice.days_before(as_at, 900),
            last_visit_date: dice.days_before(as_at, 25),
            latest_review_date: dice.days_before(as_at, 250),
            held: dice.held(),
            ..ProtectionPlan::default()
        }));
    }
    if dice.one_in(5) {
        journey.push(Record::CarePeriod(CarePeriod {
            person: person.clone(),
            started_date: dice.days_before(as_at, 2000),
            last_visit_date: dice.days_before(as_at, 60),
            latest_review_date: dice.days_before(as_at, 250),
            placement_start_date: dice.days_before(as_at, 900),
            placement_type: Some("U4".to_owned()),
            last_health_assessment_date: dice.days_before(as_at, 500),
            last_dental_check_date: dice.days_before(as_at, 500),
            held: dice.held(),
            ..CarePeriod::default()
        }));
    }
    if dice.one_in(10) {
        journey.push(Record::CareLeaver(CareLeaver {
            person,
            in_touch: dice.answer(),
            latest_contact_date: dice.days_before(as_at, 90),
            held: dice.held(),
            ..CareLeaver::default()
        }));
    }
    journey.read_as_at(as_at)
}

fn every_column() -> Supplied {
    let mut lists: BTreeMap<u8, BTreeMap<String, u64>> = BTreeMap::new();
    for need in CORE.iter().flat_map(|measure| measure.needs) {
        let columns = lists.entry(need.list.number()).or_default();
        columns.extend(need.columns.iter().map(|column| ((*column).to_owned(), 1)));
    }
    Supplied { lists }
}

fn every_measure(criterion: &mut Criterion) {
    let as_at = NaiveDate::from_ymd_opt(2024, 1, 31).unwrap();
    let mut dice = Dice(7);
    let children: Vec<_> = (0..CHILDREN).map(|number| child(number, as_at, &mut dice)).collect();
    let mut names = Names::default();
    (0..TEAMS).for_each(|number| names.meet_team(&team(number)));
    (0..WORKERS).for_each(|number| names.meet_worker(&worker(number)));
    let (standards, calendar, supplied) = (Standards::default(), WorkingDays::england(), every_column());
    let period = Period::up_to(as_at);
    let context =
        Context { as_at, period, standards: &standards, calendar: &calendar, names: &names, supplied: &supplied };

    let mut group = criterion.benchmark_group("evaluate");
    group.sample_size(10).throughput(Throughput::Elements(CHILDREN));
    group.bench_function("every measure, 100,000 children", |bench| {
        bench.iter(|| children.iter().map(|journey| evaluate(black_box(journey), &context).len()).sum::<usize>());
    });
    group.finish();

    let some = &children[..10_000];
    let mut group = criterion.benchmark_group("ahead");
    group.sample_size(10).throughput(Throughput::Elements(10_000));
    group.bench_function("coming weeks, 10,000 children", |bench| {
        bench.iter(|| {
            some.iter().map(|journey| coming_weeks(black_box(journey.clone()), &context).len()).sum::<usize>()
        });
    });
    group.bench_function("falling due in 28 days, 10,000 children", |bench| {
        bench.iter(|| {
            some.iter().map(|journey| falling_due(black_box(journey.clone()), &context, 28).len()).sum::<usize>()
        });
    });
    group.bench_function("register, 10,000 children", |bench| bench.iter(|| register(black_box(some), &context).len()));
    group.finish();
}

criterion_group!(benches, every_measure);
criterion_main!(benches);
