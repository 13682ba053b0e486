//! Events from the first contact to the conference: Lists 1 to 5.

use super::{Teller, earlier, either};
use domain::codes::{YES, is};
use domain::journey::Journey;
use domain::record::List;

pub(super) fn contacts(journey: &Journey, tell: &mut Teller<'_>) {
    for (position, row) in journey.contacts.iter().enumerate() {
        tell.row(List::Contacts, position);
        let source = tell.text("Contact Source", row.contact_source.as_ref());
        tell.happened("Date of Contact", row.contact_date, "Contact received", [source]);
    }
}

pub(super) fn early_help(journey: &Journey, tell: &mut Teller<'_>) {
    for (position, row) in journey.early_help.iter().enumerate() {
        tell.row(List::EarlyHelp, position);
        let by = row.organisation.clone();
        tell.happened("Assessment start date", row.episode_start_date, "Early help began", [by]);
        tell.then("Assessment completion date", row.episode_end_date, "Early help ended", [None]);
    }
}

pub(super) fn referrals(journey: &Journey, tell: &mut Teller<'_>) {
    for (position, row) in journey.referrals.iter().enumerate() {
        tell.row(List::Referrals, position);
        let detail = [
            tell.text("Referral Source", row.referral_source.as_ref()),
            is(row.referral_nfa.as_ref(), YES).then(|| "no further action".to_owned()),
            earlier(
                row.number_of_previous_referrals,
                "earlier referral in 12 months",
                "earlier referrals in 12 months",
            ),
            tell.held(&row.held),
        ];
        tell.happened("Date of referral", row.referral_date, "Referral received", detail);
    }
}

pub(super) fn assessments(journey: &Journey, tell: &mut Teller<'_>) {
    for (position, row) in journey.assessments.iter().enumerate() {
        tell.row(List::Assessments, position);
        let held = tell.held(&row.held);
        tell.happened("Continuous Assessment Start Date", row.assessment_start_date, "Assessment began", [held]);
        let detail = [
            either(row.child_seen.as_ref(), "child seen", "child not seen")
                .or_else(|| Some("not recorded whether the child was seen".to_owned())),
            either(row.requires_support.as_ref(), "support needed", "no support needed"),
        ];
        tell.then(
            "Continuous Assessment Date of Authorisation",
            row.assessment_auth_date,
            "Assessment completed and authorised",
            detail,
        );
    }
}

pub(super) fn enquiries(journey: &Journey, tell: &mut Teller<'_>) {
    for (position, row) in journey.section_47s.iter().enumerate() {
        tell.row(List::Section47s, position);
        let detail = [
            either(row.icpc_unnecessary.as_ref(), "conference deemed unnecessary", "conference needed"),
            earlier(
                row.number_of_previous_section_47s,
                "earlier enquiry in 12 months",
                "earlier enquiries in 12 months",
            ),
            tell.held(&row.held),
        ];
        tell.happened(
            "Strategy discussion initiating Section 47 Enquiry Start Date",
            row.strategy_discussion_date,
            "Strategy discussion began a section 47 enquiry",
            detail,
        );
        let outcome = either(
            row.icpc_outcome_cp_plan.as_ref(),
            "led to a child protection plan",
            "did not lead to a child protection plan",
        );
        tell.then(
            "Date of Initial Child Protection Conference",
            row.icpc_date,
            "Initial child protection conference",
            [outcome],
        );
    }
}
