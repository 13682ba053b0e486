//! The table of the measures read a second time, as literally as can be, and compared on any journey: a blank start
//! *is* a date long ago, working days are counted one by one, and nothing is shared with the measures but the model.

use crate::any_journey::{any_children, council_of};
use crate::common::Council;
use chrono::NaiveDate;
use domain::calendar::{add_months, age_at, minus_months};
use domain::journey::SoundJourney;
use domain::measures::CORE;
use domain::record::{CareLeaver, CarePeriod, Held, Need, Person, ProtectionPlan, Referral, Section47};
use proptest::prelude::*;

type Date = Option<NaiveDate>;

struct Reader<'a> {
    journey: &'a SoundJourney,
    council: &'a Council,
    as_at: NaiveDate,
}

/// The start of a row's own spell; a blank reads as long ago.
fn began(start: Date) -> NaiveDate {
    start.unwrap_or(NaiveDate::from_ymd_opt(1900, 1, 1).unwrap())
}

fn yes(value: &Option<String>) -> bool {
    value.as_deref() == Some("Yes")
}

fn no(value: &Option<String>) -> bool {
    value.as_deref() == Some("No")
}

fn one_of(value: &Option<String>, codes: &[&str]) -> bool {
    value.as_deref().is_some_and(|value| codes.contains(&value))
}

fn at_least_one(number: Option<i64>) -> bool {
    number.unwrap_or(0) >= 1
}

impl<'a> Reader<'a> {
    fn due(&self, from: NaiveDate, n: u32) -> NaiveDate {
        from.iter_days().skip(1).filter(|day| self.council.calendar.is_working_day(*day)).nth(n as usize - 1).unwrap()
    }

    /// `date` is within `n` working days of `from`.
    fn within(&self, date: NaiveDate, n: u32, from: NaiveDate) -> bool {
        date <= self.due(from, n)
    }

    fn in_period(&self, date: Date) -> bool {
        date.is_some_and(|date| self.council.period.from <= date && date <= self.council.period.to)
    }

    fn open(&self, start: Date, end: Date) -> bool {
        began(start) <= self.as_at && end.is_none_or(|end| end > self.as_at)
    }

    fn age(&self, person: &Person) -> Option<u32> {
        person.date_of_birth.and_then(|birth| age_at(birth, self.as_at))
    }

    fn needs(&self) -> impl Iterator<Item = &'a Need> {
        self.journey.needs.iter().filter(|row| self.open(row.cin_start_date, row.cin_closure_date))
    }

    fn child_in_need_plans(&self) -> impl Iterator<Item = &'a Need> {
        self.needs().filter(|row| one_of(&row.case_status, &["Child in need plan"]))
    }

    fn plans(&self) -> impl Iterator<Item = &'a ProtectionPlan> {
        self.journey.protection_plans.iter().filter(|row| self.open(row.cp_plan_start_date, row.cp_plan_end_date))
    }

    fn ended_plans(&self) -> impl Iterator<Item = &'a ProtectionPlan> {
        self.journey.protection_plans.iter().filter(|row| self.in_period(row.cp_plan_end_date))
    }

    fn any_care(&self) -> impl Iterator<Item = &'a CarePeriod> {
        self.journey.care_periods.iter().filter(|row| self.open(row.started_date, row.ceased_date))
    }

    fn care(&self) -> impl Iterator<Item = &'a CarePeriod> {
        self.any_care().filter(|row| !one_of(&row.legal_status, &["V3", "V4"]))
    }

    fn care_for(&self, months: u32) -> impl Iterator<Item = &'a CarePeriod> {
        self.care().filter(move |row| add_months(began(row.started_date), months) <= self.as_at)
    }

    fn leavers(&self, ages: &'static str) -> impl Iterator<Item = &'a CareLeaver> {
        self.journey.care_leavers.iter().filter(|row| !one_of(&row.in_touch, &["Died", "Rhom"])).filter(move |row| {
            match ages {
                "a" => matches!(self.age(&row.person), Some(17 | 18)),
                "b" => matches!(self.age(&row.person), Some(19..=21)),
                _ => true,
            }
        })
    }

    fn relevant(&self) -> impl Iterator<Item = &'a CareLeaver> {
        let relevant = ["Relevant child", "Former relevant child"];
        self.journey.care_leavers.iter().filter(move |row| one_of(&row.eligibility, &relevant))
    }

    fn in_the_last_months(&self, date: Date, months: u32) -> bool {
        date.is_some_and(|date| add_months(date, months) >= self.as_at)
    }

    fn latest<Row>(rows: &'a [Row], date: impl Fn(&Row) -> Date) -> Option<usize> {
        let mut latest: Option<usize> = None;
        for position in 0..rows.len() {
            if latest.is_none_or(|other| date(&rows[position]) > date(&rows[other])) {
                latest = Some(position);
            }
        }
        latest
    }

    fn visited(&self, row: &CarePeriod) -> bool {
        let Some(placed) = row.placement_start_date else { return false };
        if (self.as_at - placed).num_days() <= 7 {
            return true;
        }
        let lasting = one_of(&row.placement_type, &["U1", "U4"])
            || one_of(&row.permanence_plan, &["Long-term residential placement", "Long-term fostering"]);
        let since = if add_months(placed, 12) <= self.as_at && lasting {
            minus_months(self.as_at, 3)
        } else if one_of(&row.legal_status, &["C1"]) && one_of(&row.placement_type, &["P1"]) {
            self.as_at - chrono::TimeDelta::days(28)
        } else {
            self.as_at - chrono::TimeDelta::days(42)
        };
        row.last_visit_date.is_some_and(|visit| visit >= placed && visit >= since)
    }

    fn has_real_worker(&self) -> bool {
        let real = |held: &Held| {
            let placeholders = [
                "unallocated",
                "not allocated",
                "none",
                "duty",
                "duty worker",
                "tray",
                "pending",
                "tbc",
                "tba",
                "vacant",
                "vacancy",
                "unassigned",
                "no worker allocated",
                "n/k",
                "unknown",
                "?",
                "nan",
                "(blank)",
                "agency",
            ];
            let teams = ["north", "south"];
            held.worker.as_ref().is_some_and(|worker| {
                let worker = worker.to_lowercase();
                !placeholders.contains(&worker.as_str()) && !teams.contains(&worker.as_str())
            })
        };
        self.needs().any(|row| real(&row.held))
            || self.plans().any(|row| real(&row.held))
            || self.any_care().any(|row| real(&row.held))
    }

    fn is_open(&self) -> bool {
        self.needs().next().is_some() || self.plans().next().is_some() || self.any_care().next().is_some()
    }

    fn awaits_conference(&self, row: &Section47) -> bool {
        no(&row.icpc_unnecessary) && row.icpc_date.is_none_or(|date| date > self.as_at) && self.plans().next().is_none()
    }

    fn is_re_referral(&self, position: usize, row: &Referral) -> bool {
        let rows = &self.journey.referrals;
        let date = row.referral_date.unwrap();
        rows.iter()
            .any(|other| other.referral_date.is_some_and(|other| minus_months(date, 12) <= other && other < date))
            || (Self::latest(rows, |row| row.referral_date) == Some(position)
                && at_least_one(row.number_of_previous_referrals))
    }

    /// For each unit of a measure, whether it is in the numerator.
    fn read(&self, id: &str) -> Vec<bool> {
        let journey = self.journey;
        let as_at = self.as_at;
        let days_since = |date: NaiveDate| (as_at - date).num_days();
        match id {
            "CON-01" => journey
                .contacts
                .iter()
                .filter(|row| self.in_period(row.contact_date))
                .map(|row| row.contact_date.unwrap())
                .map(|date| {
                    let mut referrals = journey.referrals.iter().filter_map(|row| row.referral_date);
                    referrals.any(|referral| referral >= date && self.within(referral, 3, date))
                })
                .collect(),
            "REF-02" => journey
                .referrals
                .iter()
                .enumerate()
                .filter(|(_, row)| self.in_period(row.referral_date))
                .map(|(position, row)| self.is_re_referral(position, row))
                .collect(),
            "REF-03" => journey
                .referrals
                .iter()
                .filter(|row| self.in_period(row.referral_date))
                .map(|row| yes(&row.referral_nfa))
                .collect(),
            "ASM-01" => journey
                .assessments
                .iter()
                .filter(|row| self.in_period(row.assessment_auth_date))
                .map(|row| self.within(row.assessment_auth_date.unwrap(), 45, began(row.assessment_start_date)))
                .collect(),
            "ASM-02" => journey
                .assessments
                .iter()
                .filter(|row| self.open(row.assessment_start_date, row.assessment_auth_date))
                .map(|row| !self.within(as_at, 45, began(row.assessment_start_date)))
                .collect(),
            "ASM-03" => journey
                .assessments
                .iter()
                .filter(|row| self.in_period(row.assessment_auth_date))
                .map(|row| yes(&row.child_seen))
                .collect(),
            "S47-01" => journey
                .section_47s
                .iter()
                .filter(|row| self.in_period(row.icpc_date))
                .map(|row| self.within(row.icpc_date.unwrap(), 15, began(row.strategy_discussion_date)))
                .collect(),
            "S47-02" => journey
                .section_47s
                .iter()
                .filter(|row| self.awaits_conference(row))
                .map(|row| !self.within(as_at, 15, began(row.strategy_discussion_date)))
                .collect(),
            "S47-04" => journey
                .section_47s
                .iter()
                .filter(|row| self.in_period(row.strategy_discussion_date))
                .filter(|row| yes(&row.icpc_unnecessary) || no(&row.icpc_unnecessary))
                .map(|row| yes(&row.icpc_unnecessary))
                .collect(),
            "S47-06" => {
                let rows = &journey.section_47s;
                let any = rows.iter().any(|row| self.in_period(row.strategy_discussion_date));
                let latest = Self::latest(rows, |row| row.strategy_discussion_date);
                latest
                    .filter(|_| any)
                    .map(|at| at_least_one(rows[at].number_of_previous_section_47s))
                    .into_iter()
                    .collect()
            }
            "ICPC-01" => journey
                .section_47s
                .iter()
                .filter(|row| self.in_period(row.icpc_date))
                .map(|row| yes(&row.icpc_outcome_cp_plan))
                .collect(),
            "CPP-01" => self
                .plans()
                .map(|row| {
                    row.last_visit_date.is_some_and(|visit| self.within(as_at, 10, visit))
                        || self.within(as_at, 10, began(row.cp_plan_start_date))
                })
                .collect(),
            "CPP-02" => self
                .plans()
                .filter(|row| self.age(&row.person).is_some_and(|age| age >= 4))
                .map(|row| yes(&row.seen_alone))
                .collect(),
            "CPP-05" => self
                .plans()
                .map(|row| (began(row.cp_plan_start_date), row.latest_review_date))
                .filter(|(start, _)| add_months(*start, 3) <= as_at)
                .map(|(start, review)| match review {
                    Some(review) if review >= start => add_months(review, 6) >= as_at,
                    _ => add_months(start, 3) >= as_at,
                })
                .collect(),
            "CPP-06" => self.plans().map(|row| add_months(began(row.cp_plan_start_date), 18) <= as_at).collect(),
            "CPP-07" => self.plans().map(|row| days_since(began(row.cp_plan_start_date)) + 1 > 729).collect(),
            "CPP-08" => self
                .ended_plans()
                .map(|row| (row.cp_plan_end_date.unwrap() - began(row.cp_plan_start_date)).num_days() + 1 > 729)
                .collect(),
            "CPP-09" => journey
                .protection_plans
                .iter()
                .filter(|row| self.in_period(row.cp_plan_start_date))
                .map(|row| at_least_one(row.number_of_previous_plans))
                .collect(),
            "CPP-12" => self
                .ended_plans()
                .map(|row| row.cp_plan_end_date.unwrap() <= add_months(began(row.cp_plan_start_date), 3))
                .collect(),
            "CPP-13" => self.plans().map(|_| self.any_care().next().is_some()).collect(),
            "CIN-01" => self
                .child_in_need_plans()
                .map(|row| {
                    row.last_seen_date.is_some_and(|seen| self.within(as_at, 20, seen))
                        || self.within(as_at, 20, began(row.cin_start_date))
                })
                .collect(),
            "CIN-03" => self
                .child_in_need_plans()
                .filter(|row| !yes(&row.person.disability))
                .map(|row| add_months(began(row.cin_start_date), 12) <= as_at)
                .collect(),
            "ALL-01" => self.is_open().then(|| self.has_real_worker()).into_iter().collect(),
            "DOR-01" => self
                .needs()
                .map(|row| row.last_seen_date.max(row.cin_start_date).is_none_or(|later| days_since(later) > 42))
                .collect(),
            "CLA-01" => self.care().map(|row| self.visited(row)).collect(),
            "CLA-03" => self
                .care()
                .map(|row| match row.latest_review_date {
                    Some(review) => add_months(review, 6) >= as_at,
                    None => self.within(as_at, 20, began(row.started_date)),
                })
                .collect(),
            "CLA-05" => self.care().map(|row| row.number_of_placements.unwrap_or(0) >= 3).collect(),
            "CLA-06" => self
                .care_for(30)
                .filter(|row| self.age(&row.person).is_some_and(|age| age < 16))
                .map(|row| row.placement_start_date.is_some_and(|placed| add_months(placed, 24) <= as_at))
                .collect(),
            "CLA-07" => self
                .care_for(12)
                .map(|row| {
                    let months = if self.age(&row.person).is_some_and(|age| age < 5) { 6 } else { 12 };
                    self.in_the_last_months(row.last_health_assessment_date, months)
                })
                .collect(),
            "CLA-09" => self.care_for(12).map(|row| self.in_the_last_months(row.last_dental_check_date, 12)).collect(),
            "CLA-13" => self.care_for(4).map(|row| row.permanence_plan.is_some()).collect(),
            "MIS-01" => self.care().map(|row| at_least_one(row.missing_episodes)).collect(),
            "MIS-02" => self
                .care()
                .filter(|row| at_least_one(row.missing_episodes))
                .map(|row| yes(&row.return_interview_offered))
                .collect(),
            "CL-01" => self.in_touch(""),
            "CL-01a" => self.in_touch("a"),
            "CL-01b" => self.in_touch("b"),
            "CL-02" => self.suitable(""),
            "CL-02a" => self.suitable("a"),
            "CL-02b" => self.suitable("b"),
            "CL-03" => self.occupied(""),
            "CL-03a" => self.occupied("a"),
            "CL-03b" => self.occupied("b"),
            "CL-04" => self.relevant().map(|row| self.in_the_last_months(row.pathway_plan_review_date, 6)).collect(),
            "CL-05" => journey
                .care_leavers
                .iter()
                .map(|row| row.latest_contact_date.is_some_and(|contact| days_since(contact) <= 56))
                .collect(),
            "CL-06" => self.relevant().map(|row| row.personal_adviser.is_some()).collect(),
            "WF-01" | "WF-02" => (self.is_open() && self.has_real_worker()).then_some(true).into_iter().collect(),
            other => panic!("{other} has no second reading"),
        }
    }

    fn in_touch(&self, ages: &'static str) -> Vec<bool> {
        self.leavers(ages).map(|row| yes(&row.in_touch)).collect()
    }

    fn suitable(&self, ages: &'static str) -> Vec<bool> {
        self.leavers(ages)
            .filter(|row| !one_of(&row.accommodation, &["G", "H", "R"]))
            .map(|row| one_of(&row.accommodation_suitability, &["Suitable"]))
            .collect()
    }

    fn occupied(&self, ages: &'static str) -> Vec<bool> {
        let codes = ["F1", "P1", "F2", "P2", "F3", "P3", "F4", "P4", "F5", "P5"];
        self.leavers(ages).map(|row| one_of(&row.activity, &codes)).collect()
    }
}

proptest! {
    #[test]
    fn every_measure_agrees_with_the_table((as_at, children) in any_children()) {
        let council = council_of(as_at);
        for child in &children {
            let journey = child.clone().read_as_at(as_at);
            let reader = Reader { journey: &journey, council: &council, as_at };
            for measure in CORE {
                let facts: Vec<_> = council.facts(measure.id, child).iter().map(|fact| fact.numerator).collect();
                prop_assert_eq!(facts, reader.read(measure.id), "{}", measure.id);
            }
        }
    }
}
