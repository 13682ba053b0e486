//! One child's time with the council: contact, referral, assessment, enquiry, plan and need.

use crate::care::Care;
use crate::county::{Chance, Planted, is_planted};
use chrono::{Days, NaiveDate};
use domain::calendar::add_months;
use domain::journey::{Journey, SoundJourney};
use domain::record::{Assessment, Contact, Held, Need, Person, ProtectionPlan, Record, Referral, Section47};
use domain::signal::Span;

/// One child's time with the council.
pub struct Life {
    child: Journey,
    cin_visits: Vec<NaiveDate>,
    plan_visits: Vec<(NaiveDate, bool)>,
    care: Option<Care>,
    reviews: Vec<NaiveDate>,
    allocated_from: NaiveDate,
    worker: u64,
    ends: NaiveDate,
}

pub fn yes(is: bool) -> Option<String> {
    Some(if is { "Yes" } else { "No" }.to_owned())
}

pub fn live(number: u64, contact: NaiveDate, chance: &mut Chance, planted: (Planted, NaiveDate)) -> Life {
    let is_planted = |what, date: NaiveDate| is_planted(planted, what, date);
    let born = contact - chance.days(200, 5_500);
    let person = || Person { date_of_birth: Some(born), ..Person::default() };
    let mut child = Journey::new(format!("C{number}").into());
    let mut life = Life {
        child: Journey::new(format!("C{number}").into()),
        cin_visits: Vec::new(),
        plan_visits: Vec::new(),
        care: None,
        reviews: Vec::new(),
        allocated_from: contact,
        worker: chance.worker(),
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
            assess(&mut child, &mut life, date, chance, planted, &person);
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
    planted: (Planted, NaiveDate),
    person: &dyn Fn() -> Person,
) {
    let is_planted = |what, date: NaiveDate| is_planted(planted, what, date);
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
    if chance.happens(0.5) {
        let strategy = start + chance.days(0, 8);
        let unnecessary = chance.happens(0.4);
        let waits = if chance.happens(0.45) { chance.days(40, 120) } else { chance.days(8, 26) };
        let conference = strategy + waits;
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
            let lasts_long = chance.happens(0.15);
            let mut ends = conference + chance.about(if lasts_long { 900.0 } else { 270.0 });
            let two_years = add_months(conference, 24);
            if is_planted(Planted::LongPlansEnded, ends) && ends > two_years {
                ends = ends.min(two_years.max(planted.1) + chance.days(1, 90));
            }
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
            let born = person().date_of_birth.unwrap_or(start);
            life.care = chance.happens(0.25).then(|| {
                let into_care = conference + chance.days(10, 150);
                Care::live(born, into_care, chance, planted)
            });
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
    life.ends = in_need.max(life.care.as_ref().map_or(in_need, Care::ends));
}

impl Life {
    /// What is on record on a date; nothing of a child that left more than a year before.
    pub fn on(&self, date: NaiveDate, worker: &dyn Fn(u64) -> String) -> Option<SoundJourney> {
        let begun = |start: Option<NaiveDate>| start.is_some_and(|start| start <= date);
        let known = |day: Option<NaiveDate>| day.filter(|day| *day <= date);
        if self.ends + Days::new(365) < date || !begun(self.child.contacts.first()?.contact_date) {
            return None;
        }
        let mut child = self.child.clone();
        let allocated = (date >= self.allocated_from).then(|| worker(self.worker));
        let held = Held { team: Some("North 1".to_owned()), worker: allocated };
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
        child.care_periods.extend(self.care.as_ref().and_then(|care| care.period(date, worker)));
        Some(child.read_as_at(date))
    }

    /// The events of a month, counted without any measure.
    pub fn referred_in(&self, month: Span) -> u64 {
        let dates = self.child.referrals.iter().filter_map(|referral| referral.referral_date);
        dates.filter(|date| month.has(*date)).count() as u64
    }
}
