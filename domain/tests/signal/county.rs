//! An invented county: children come, are assessed, seen, planned for and leave, at rates that stay the same for years,
//! but for what a test plants. Each extract has what was on record on its date.

use chrono::{Days, NaiveDate};
use domain::calendar::{WorkingDays, add_months};
use domain::journey::{Journey, SoundJourney};
use domain::measures::figure::tallies;
use domain::measures::{CORE, Context, Measure, Period, Supplied, Timing, evaluate_events, evaluate_one};
use domain::names::Names;
use domain::record::{Assessment, Contact, Held, Need, Person, ProtectionPlan, Record, Referral, Section47};
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

    pub fn happens(&mut self, share: f64) -> bool {
        self.share() < share
    }

    fn days(&mut self, from: u64, to: u64) -> Days {
        Days::new(from + self.next() % (to - from + 1))
    }

    /// A time that ends by chance, on average after so many days.
    fn about(&mut self, mean: f64) -> Days {
        Days::new((-mean * (1.0 - self.share()).ln()).round() as u64 + 1)
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
}

pub const MONTHS: u32 = 26;
/// Years before the first extract in which the county fills.
const FILLING_MONTHS: u32 = 84;
const CHILDREN_A_MONTH: u32 = 45;

/// The first month of the extracts.
pub fn first_month() -> NaiveDate {
    "2024-09-01".parse().unwrap()
}

/// One child's time with the council.
struct Life {
    child: Journey,
    cin_visits: Vec<NaiveDate>,
    plan_visits: Vec<(NaiveDate, bool)>,
    reviews: Vec<NaiveDate>,
    allocated_from: NaiveDate,
    worker: u64,
    ends: NaiveDate,
}

fn yes(is: bool) -> Option<String> {
    Some(if is { "Yes" } else { "No" }.to_owned())
}

fn live(number: u64, contact: NaiveDate, chance: &mut Chance, planted: (Planted, NaiveDate)) -> Life {
    let is_planted = |what, date: NaiveDate| planted.0 == what && date >= planted.1;
    let born = contact - chance.days(200, 5_500);
    let person = || Person { date_of_birth: Some(born), ..Person::default() };
    let mut child = Journey::new(format!("C{number}").into());
    let mut life = Life {
        child: Journey::new(format!("C{number}").into()),
        cin_visits: Vec::new(),
        plan_visits: Vec::new(),
        reviews: Vec::new(),
        allocated_from: contact,
        worker: chance.next() % 40,
        ends: contact,
    };
    child.push(Record::Contact(Contact { person: person(), contact_date: Some(contact), ..Contact::default() }));
    let referred = chance.happens(0.7).then(|| contact + chance.days(0, 6));
    if let Some(date) = referred {
        let nfa = chance.happens(if is_planted(Planted::NoFurtherAction, date) { 0.55 } else { 0.25 });
        child.push(Record::Referral(Referral {
            person: person(),
            referral_date: Some(date),
            referral_nfa: yes(nfa),
            number_of_previous_referrals: Some(i64::from(chance.happens(0.2))),
            ..Referral::default()
        }));
        life.ends = date;
        if !nfa {
            assess(&mut child, &mut life, date, chance, &is_planted, &person);
        }
    }
    life.child = child;
    life
}

fn assess(
    child: &mut Journey,
    life: &mut Life,
    referral: NaiveDate,
    chance: &mut Chance,
    is_planted: &dyn Fn(Planted, NaiveDate) -> bool,
    person: &dyn Fn() -> Person,
) {
    let start = referral + chance.days(1, 5);
    let longest = if is_planted(Planted::FasterAssessments, start) { 66 } else { 85 };
    let end = start + chance.days(20, longest);
    child.push(Record::Assessment(Assessment {
        person: person(),
        assessment_start_date: Some(start),
        child_seen: yes(chance.happens(0.9)),
        assessment_auth_date: Some(end),
        ..Assessment::default()
    }));
    life.ends = end;
    life.allocated_from = start + chance.about(4.0);
    let mut until = end;
    if chance.happens(0.45) {
        let strategy = start + chance.days(0, 8);
        let unnecessary = chance.happens(0.5);
        let conference = strategy + chance.days(8, 26);
        let plan = !unnecessary && chance.happens(0.85);
        child.push(Record::Section47(Section47 {
            person: person(),
            strategy_discussion_date: Some(strategy),
            icpc_unnecessary: yes(unnecessary),
            icpc_date: (!unnecessary).then_some(conference),
            icpc_outcome_cp_plan: yes(plan),
            number_of_previous_section_47s: Some(i64::from(chance.happens(0.15))),
            ..Section47::default()
        }));
        if plan {
            let ends = conference + chance.about(270.0);
            child.push(Record::ProtectionPlan(ProtectionPlan {
                person: person(),
                cp_plan_start_date: Some(conference),
                cp_plan_end_date: Some(ends),
                number_of_previous_plans: Some(i64::from(chance.happens(0.22))),
                ..ProtectionPlan::default()
            }));
            let mut visit = conference;
            while visit < ends {
                visit = visit + if chance.happens(0.12) { chance.days(16, 30) } else { chance.days(6, 13) };
                life.plan_visits.push((visit, chance.happens(0.8)));
            }
            let mut due = add_months(conference, 3);
            while due < ends {
                let held = due + if chance.happens(0.15) { chance.days(1, 40) } else { Days::new(0) };
                life.reviews.push(held);
                due = add_months(held, 6) - chance.days(0, 10);
            }
            until = until.max(ends);
        }
    }
    let in_need = until + chance.about(150.0);
    child.push(Record::Need(Need {
        person: person(),
        cin_start_date: Some(start),
        cin_closure_date: Some(in_need),
        case_status: Some("Child in need plan".to_owned()),
        ..Need::default()
    }));
    let mut visit = start;
    while visit < in_need {
        let late = chance.happens(if is_planted(Planted::LateVisits, visit) { 0.5 } else { 0.15 });
        visit = visit + if late { chance.days(32, 60) } else { chance.days(12, 25) };
        life.cin_visits.push(visit);
    }
    life.ends = in_need;
}

impl Life {
    /// What is on record on a date; nothing of a child that left more than a year before.
    fn on(&self, date: NaiveDate) -> Option<SoundJourney> {
        let begun = |start: Option<NaiveDate>| start.is_some_and(|start| start <= date);
        let known = |day: Option<NaiveDate>| day.filter(|day| *day <= date);
        if self.ends + Days::new(365) < date || !begun(self.child.contacts.first()?.contact_date) {
            return None;
        }
        let mut child = self.child.clone();
        let worker = (date >= self.allocated_from).then(|| format!("Worker {}", self.worker));
        let held = Held { team: Some("North 1".to_owned()), worker };
        child.referrals.retain(|referral| begun(referral.referral_date));
        child.assessments.retain(|assessment| begun(assessment.assessment_start_date));
        for assessment in &mut child.assessments {
            assessment.assessment_auth_date = known(assessment.assessment_auth_date);
            assessment.held = held.clone();
        }
        child.section_47s.retain(|enquiry| begun(enquiry.strategy_discussion_date));
        for enquiry in &mut child.section_47s {
            enquiry.icpc_date = known(enquiry.icpc_date);
        }
        child.needs.retain(|need| begun(need.cin_start_date));
        for need in &mut child.needs {
            need.cin_closure_date = known(need.cin_closure_date);
            need.last_seen_date = self.cin_visits.iter().rev().find(|visit| **visit <= date).copied();
            need.held = held.clone();
        }
        child.protection_plans.retain(|plan| begun(plan.cp_plan_start_date));
        for plan in &mut child.protection_plans {
            plan.cp_plan_end_date = known(plan.cp_plan_end_date);
            let visit = self.plan_visits.iter().rev().find(|(visit, _)| *visit <= date);
            plan.last_visit_date = visit.map(|(visit, _)| *visit);
            plan.seen_alone = visit.and_then(|(_, alone)| yes(*alone));
            plan.latest_review_date = self.reviews.iter().rev().find(|review| **review <= date).copied();
            plan.held = held.clone();
        }
        Some(child.read_as_at(date))
    }

    /// The events of a month, counted without any measure.
    fn referred_in(&self, month: Span) -> u64 {
        let dates = self.child.referrals.iter().filter_map(|referral| referral.referral_date);
        dates.filter(|date| month.has(*date)).count() as u64
    }
}

/// Monthly extracts as at each month's last day, measured.
pub struct County {
    pub courses: Vec<(&'static Measure, Vec<Point>)>,
    /// Referrals of each month, counted by hand.
    pub referrals: Vec<u64>,
}

pub fn county(seed: u64, planted: Planted, from: NaiveDate) -> County {
    let mut chance = Chance::new(seed);
    let mut lives = Vec::new();
    for month in 0..FILLING_MONTHS + MONTHS {
        let span = Span::month(add_months("2017-09-01".parse().unwrap(), month));
        let children = CHILDREN_A_MONTH + (chance.next() % 13) as u32 - 6;
        for _ in 0..children {
            let contact = span.from() + chance.days(0, (span.to() - span.from()).num_days() as u64);
            lives.push(live(lives.len() as u64, contact, &mut chance, (planted, from)));
        }
    }
    let mut by_measure: BTreeMap<&str, Vec<Point>> = BTreeMap::new();
    let mut referrals = Vec::new();
    for month in 0..MONTHS {
        let span = Span::month(add_months(first_month(), month));
        referrals.push(lives.iter().map(|life| life.referred_in(span)).sum());
        let journeys: Vec<SoundJourney> = lives.iter().filter_map(|life| life.on(span.to())).collect();
        for (measure, figure) in measured(&journeys, span) {
            let point = Point { span, as_at: Some(span.to()), figure: Some(figure), finished: true };
            by_measure.entry(measure.id).or_default().push(point);
        }
    }
    let courses = CORE.iter().filter_map(|measure| Some((measure, by_measure.remove(measure.id)?))).collect();
    County { courses, referrals }
}

fn measured(journeys: &[SoundJourney], span: Span) -> Vec<(&'static Measure, domain::measures::figure::Figure)> {
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
    let events: Vec<_> = journeys.iter().flat_map(|journey| evaluate_events(journey, &context)).collect();
    CORE.iter()
        .map(|measure| {
            let facts: Vec<_> = match measure.timing {
                Timing::InPeriod => events.iter().filter(|fact| fact.measure == measure.id).cloned().collect(),
                Timing::AtDate => {
                    journeys.iter().flat_map(|journey| evaluate_one(measure, journey, &context)).collect()
                }
            };
            (measure, measure.figure(&tallies(&facts), &standards))
        })
        .collect()
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
