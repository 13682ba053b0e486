//! The drawn journey: every spell that the sound reading of all extracts knows, and the events that turn it.

use super::about::is_short_breaks;
use super::stages;
use super::{text, words};
use crate::charts::{Lane, Moment, Spell, journey};
use app::data::Chart;
use chrono::NaiveDate;
use domain::journey::SoundJourney;
use domain::record::{CarePeriod, List, ProtectionPlan};
use std::collections::BTreeMap;

/// Rows whose end nobody knows, with the last extract that listed them: it stands in the place of their end.
pub(super) type Cut = BTreeMap<(List, usize), NaiveDate>;

/// The timeline; `None` where nothing has a date.
pub(super) fn draw(sound: &SoundJourney, leaver_until: Option<NaiveDate>, cut: &Cut) -> Option<Chart> {
    let spells = spells(sound, leaver_until, cut);
    journey("journey", &format!("child {}", sound.child_id), &spells, &moments(sound), sound.as_at())
}

fn spells(sound: &SoundJourney, leaver_until: Option<NaiveDate>, cut: &Cut) -> Vec<Spell> {
    let mut spells = Vec::new();
    let mut add = |lane, label: String, start, end| spells.push(Spell { lane, label, start, end });
    let label = |list, at: usize, label: String| match cut.get(&(list, at)) {
        Some(last) => format!("{label}, last listed as at {}, its end is not known", words::date(*last)),
        None => label,
    };
    for (at, row) in sound.early_help.iter().enumerate() {
        let label = label(List::EarlyHelp, at, "Early help".to_owned());
        add(Lane::EarlyHelp, label, row.episode_start_date, row.episode_end_date);
    }
    for (at, row) in sound.assessments.iter().enumerate() {
        let label = label(List::Assessments, at, "Assessment".to_owned());
        add(Lane::Assessment, label, row.assessment_start_date, row.assessment_auth_date);
    }
    for (start, end) in stages::enquiries_to_conferences(sound) {
        add(Lane::Section47AndConference, "Section 47 enquiry".to_owned(), start, end);
    }
    for (at, row) in sound.needs.iter().enumerate() {
        let label = label(List::ChildrenInNeed, at, "Child in need".to_owned());
        add(Lane::ChildInNeed, label, row.cin_start_date, row.cin_closure_date);
    }
    for (at, row) in sound.protection_plans.iter().enumerate() {
        let label = label(List::ProtectionPlans, at, plan_label(row));
        add(Lane::ChildProtection, label, row.cp_plan_start_date, row.cp_plan_end_date);
    }
    for (at, row) in sound.care_periods.iter().enumerate() {
        let label = label(List::ChildrenInCare, at, care_label(row));
        add(Lane::LookedAfter, label, row.started_date, row.ceased_date);
    }
    if !sound.care_leavers.is_empty() {
        add(Lane::CareLeaver, "Care leaver".to_owned(), stages::left_care(sound), leaver_until);
    }
    for (at, row) in sound.adoptions.iter().enumerate() {
        let ended = row.order_date.or(row.decision_reversed_date);
        let label = label(List::Adoptions, at, "Plan for adoption".to_owned());
        add(Lane::Adoption, label, row.decision_date, ended);
    }
    spells
}

fn plan_label(row: &ProtectionPlan) -> String {
    let category = |header, code| text(List::ProtectionPlans, header, code);
    let category = category("Latest Category of Abuse", row.latest_category.as_ref())
        .or_else(|| category("Initial Category of Abuse", row.initial_category.as_ref()));
    category.map_or_else(|| "Child protection plan".to_owned(), |category| format!("Child protection plan, {category}"))
}

fn care_label(row: &CarePeriod) -> String {
    if is_short_breaks(row) {
        return "Short breaks".to_owned();
    }
    let status = text(List::ChildrenInCare, "Child's Legal Status", row.legal_status.as_ref());
    status.map_or_else(|| "Looked after".to_owned(), |status| format!("Looked after, {status}"))
}

fn moments(sound: &SoundJourney) -> Vec<Moment> {
    let mut moments = Vec::new();
    let mut add = |lane, label: &str, date: Option<NaiveDate>| {
        moments.extend(date.map(|date| Moment { lane, date, label: label.to_owned() }));
    };
    for row in &sound.contacts {
        add(Lane::ContactAndReferral, "Contact", row.contact_date);
    }
    for row in &sound.referrals {
        add(Lane::ContactAndReferral, "Referral", row.referral_date);
    }
    for row in &sound.section_47s {
        if row.icpc_date.is_some() {
            add(Lane::Section47AndConference, "Initial conference", row.icpc_date);
        } else {
            add(Lane::Section47AndConference, "Strategy discussion", row.strategy_discussion_date);
        }
    }
    for row in &sound.needs {
        add(Lane::ChildInNeed, "Last seen", row.last_seen_date);
    }
    for row in &sound.protection_plans {
        add(Lane::ChildProtection, "Last visit", row.last_visit_date);
        add(Lane::ChildProtection, "Latest review", row.latest_review_date);
    }
    for row in &sound.care_periods {
        add(Lane::LookedAfter, "Current placement", row.placement_start_date);
        add(Lane::LookedAfter, "Last visit", row.last_visit_date);
    }
    for row in &sound.adoptions {
        add(Lane::Adoption, "Placed for adoption", row.placed_date);
    }
    moments
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::journey::Journey;
    use domain::record::{CareLeaver, Referral};

    #[test]
    fn what_has_no_date_is_not_drawn_and_what_has_one_is() {
        let as_at = "2026-10-30".parse().unwrap();
        let undated = Journey { care_leavers: vec![CareLeaver::default()], ..Journey::new("42".into()) };
        assert_eq!(draw(&undated.clone().read_as_at(as_at), None, &Cut::new()), None);
        let referral = Referral { referral_date: "2026-10-01".parse().ok(), ..Referral::default() };
        let dated = Journey { referrals: vec![referral], ..undated };
        let chart = draw(&dated.read_as_at(as_at), None, &Cut::new()).unwrap();
        assert!(
            chart.text.contains("child 42") && chart.table.rows.iter().flatten().any(|cell| cell.contains("Referral"))
        );
    }
}
