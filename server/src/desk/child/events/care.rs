//! Events of plans, care, leaving care and adoption: Lists 6 to 10.

use super::{Teller, earlier, either};
use domain::codes::{YES, is};
use domain::journey::Journey;
use domain::record::List;

pub(super) fn needs(journey: &Journey, tell: &mut Teller<'_>) {
    for (position, row) in journey.needs.iter().enumerate() {
        tell.row(List::ChildrenInNeed, position);
        let detail = [
            tell.text("Primary Need Code", row.primary_need.as_ref()),
            tell.text("Case status", row.case_status.as_ref()),
            tell.held(&row.held),
        ];
        tell.happened("CIN Start Date", row.cin_start_date, "Period of need began", detail);
        tell.then("Date Child Was Last Seen", row.last_seen_date, "Child last seen by a social worker", [None]);
        let reason = tell.text("Reason for Closure", row.reason_for_closure.as_ref());
        tell.then("CIN Closure Date", row.cin_closure_date, "Period of need ended", [reason]);
    }
}

pub(super) fn plans(journey: &Journey, tell: &mut Teller<'_>) {
    for (position, row) in journey.protection_plans.iter().enumerate() {
        tell.row(List::ProtectionPlans, position);
        let first = tell.text("Initial Category of Abuse", row.initial_category.as_ref());
        let latest = tell.text("Latest Category of Abuse", row.latest_category.as_ref());
        let detail = [
            first.clone().or_else(|| latest.clone()),
            latest.filter(|latest| first.as_ref().is_some_and(|first| first != latest)).map(|now| format!("now {now}")),
            earlier(row.number_of_previous_plans, "earlier plan", "earlier plans"),
            tell.held(&row.held),
        ];
        tell.happened(
            "Child Protection Plan Start Date",
            row.cp_plan_start_date,
            "Child protection plan began",
            detail,
        );
        let alone = either(row.seen_alone.as_ref(), "seen alone", "not seen alone");
        tell.then("Date of the Last Statutory Visit", row.last_visit_date, "Last child protection visit", [alone]);
        let review = "Latest review of the child protection plan";
        tell.then("Date of latest review conference", row.latest_review_date, review, [None]);
        tell.then("Child Protection Plan End Date", row.cp_plan_end_date, "Child protection plan ended", [None]);
    }
}

pub(super) fn care_periods(journey: &Journey, tell: &mut Teller<'_>) {
    for (position, row) in journey.care_periods.iter().enumerate() {
        tell.row(List::ChildrenInCare, position);
        let detail = [
            tell.text("Child's Category of Need", row.category_of_need.as_ref()),
            is(row.second_period.as_ref(), YES).then(|| "second or later period within 12 months".to_owned()),
            tell.held(&row.held),
        ];
        tell.happened("Date Started to be Looked After", row.started_date, "Started to be looked after", detail);
        let status = tell.text("Child's Legal Status", row.legal_status.as_ref());
        tell.then(
            "Start date of current legal status",
            row.legal_status_start_date,
            "Current legal status began",
            [status],
        );
        let placement = [
            tell.text("Placement Type", row.placement_type.as_ref()),
            tell.text("Placement Provider", row.placement_provider.as_ref()),
            earlier(row.number_of_placements, "placement in 12 months", "placements in 12 months"),
        ];
        tell.then(
            "Start Date of Most Recent Placement",
            row.placement_start_date,
            "Current placement began",
            placement,
        );
        for (column, date, what) in [
            ("Date of Last Social Work Visit", row.last_visit_date, "Last visit to the child in care"),
            ("Date of Latest Statutory Review", row.latest_review_date, "Latest review of the care plan"),
            (
                "Date of Last IRO Visit / Contact to the Child",
                row.last_iro_contact_date,
                "Last visit or contact by the independent reviewing officer",
            ),
            ("Date of Last Health Assessment", row.last_health_assessment_date, "Last health assessment"),
            ("Date of Last Dental Check", row.last_dental_check_date, "Last dental check"),
        ] {
            tell.then(column, date, what, [None]);
        }
        let reason = tell.text("Reason Ceased to be Looked After", row.reason_ceased.as_ref());
        tell.then("Date Ceased to be Looked After", row.ceased_date, "Stopped being looked after", [reason]);
    }
}

pub(super) fn care_leavers(journey: &Journey, tell: &mut Teller<'_>) {
    for (position, row) in journey.care_leavers.iter().enumerate() {
        tell.row(List::CareLeavers, position);
        let detail = [
            tell.text("Eligibility Category", row.eligibility.as_ref()),
            tell.text("Type of Accommodation", row.accommodation.as_ref()),
            tell.text("Suitability of Accommodation", row.accommodation_suitability.as_ref()),
            tell.text("Activity Status", row.activity.as_ref()),
            row.personal_adviser.as_ref().map(|adviser| format!("personal adviser {adviser}")),
            tell.held(&row.held),
        ];
        // List 9 does not say since when.
        tell.happened("", None, "Recorded as a care leaver", detail);
        let review = "Latest review of the pathway plan";
        tell.then("Latest Pathway Plan Review Date", row.pathway_plan_review_date, review, [None]);
        let in_touch = tell.text("LA In Touch", row.in_touch.as_ref()).map(|touch| format!("in touch: {touch}"));
        tell.then("Latest Date of Contact", row.latest_contact_date, "Latest contact with the care leaver", [in_touch]);
    }
}

pub(super) fn adoptions(journey: &Journey, tell: &mut Teller<'_>) {
    for (position, row) in journey.adoptions.iter().enumerate() {
        tell.row(List::Adoptions, position);
        let decided = "Decision that the child should be placed for adoption";
        tell.then("Date the Child Entered Care", row.entered_care_date, "Entered care, by the adoption record", [None]);
        tell.happened("Date of Decision that Child Should be Placed for Adoption", row.decision_date, decided, [None]);
        for (column, date, what) in [
            (
                "Date the child was placed for fostering in FFA or concurrent planning placement",
                row.fostering_for_adoption_date,
                "Placed in fostering for adoption or a concurrent placement",
            ),
            ("Date of Placement Order", row.placement_order_date, "Placement order"),
            ("Date of Matching Child and Prospective Adopters", row.matched_date, "Matched with adopters"),
            ("Date Placed for Adoption", row.placed_date, "Placed for adoption"),
            ("Date of Adoption Order", row.order_date, "Adoption order"),
        ] {
            tell.then(column, date, what, [None]);
        }
        let reason = tell.text("Reason Why Child No Longer Placed for Adoption", row.reason_reversed.as_ref());
        tell.then(
            "Date of Decision that Child Should No Longer be Placed for Adoption",
            row.decision_reversed_date,
            "Decision that the child should no longer be placed for adoption",
            [reason],
        );
    }
}
