//! What each column of the lists says in time: which dates stand still once written, which move on by themselves, and
//! which coded values belong to a moment that is over.
//!
//! Columns that are not here (team, worker, case status, placement type, counts of the last 12 months) say how things
//! are now. They change as life goes on, and no change of theirs is an alteration.

use crate::record::List;

/// How a column behaves from one extract to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// When the child was born. The expected date of an unborn child lies ahead and may move.
    Birth,
    /// The row's own date: the day it began or took place.
    Start,
    /// The day it ended.
    End,
    /// A date that is written once.
    Once,
    /// The latest of several: it moves on, and is only altered when it moves back or is taken out.
    Latest,
    /// A coded value that belongs to the date in the column named, and stands still once that date has passed.
    Settled(&'static str),
}

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Its name in the record, [`crate::record`].
    pub name: &'static str,
    /// Its official header in Annex A.
    pub header: &'static str,
    /// How it behaves.
    pub kind: Kind,
    /// Whether it dates a visit to the child or seeing the child.
    pub is_visit: bool,
}

impl Field {
    /// Whether it holds a date of something that took place, whose recording can be late.
    #[must_use]
    pub fn is_event(&self) -> bool {
        matches!(self.kind, Kind::Start | Kind::End | Kind::Once | Kind::Latest)
    }
}

const fn field(name: &'static str, header: &'static str, kind: Kind) -> Field {
    Field { name, header, kind, is_visit: false }
}

const fn visit(name: &'static str, header: &'static str) -> Field {
    Field { name, header, kind: Kind::Latest, is_visit: true }
}

const BIRTH: Field = field("date_of_birth", "Date of Birth", Kind::Birth);

const CONTACT: &[Field] = &[
    BIRTH,
    field("contact_date", "Date of Contact", Kind::Start),
    field("contact_source", "Contact Source", Kind::Settled("contact_date")),
];

const EARLY_HELP: &[Field] = &[
    BIRTH,
    field("episode_start_date", "Assessment start date", Kind::Start),
    field("episode_end_date", "Assessment completion date", Kind::End),
];

const REFERRAL: &[Field] = &[
    BIRTH,
    field("referral_date", "Date of referral", Kind::Start),
    field("referral_source", "Referral Source", Kind::Settled("referral_date")),
    field("referral_nfa", "Referral NFA?", Kind::Settled("referral_date")),
];

const ASSESSMENT: &[Field] = &[
    BIRTH,
    field("assessment_start_date", "Continuous Assessment Start Date", Kind::Start),
    field("child_seen", "Child Seen During Continuous Assessment", Kind::Settled("assessment_auth_date")),
    field("assessment_auth_date", "Continuous Assessment Date of Authorisation", Kind::End),
    field(
        "requires_support",
        "Was the child assessed as requiring LA children’s social care support",
        Kind::Settled("assessment_auth_date"),
    ),
];

const SECTION_47: &[Field] = &[
    BIRTH,
    field("strategy_discussion_date", "Strategy discussion initiating Section 47 Enquiry Start Date", Kind::Start),
    field(
        "icpc_unnecessary",
        "Was an Initial Child Protection Conference deemed unnecessary?",
        Kind::Settled("strategy_discussion_date"),
    ),
    field("icpc_date", "Date of Initial Child Protection Conference", Kind::Once),
    field(
        "icpc_outcome_cp_plan",
        "Did the Initial Child Protection Conference Result in a Child Protection Plan",
        Kind::Settled("icpc_date"),
    ),
];

const NEED: &[Field] = &[
    BIRTH,
    field("cin_start_date", "CIN Start Date", Kind::Start),
    visit("last_seen_date", "Date Child Was Last Seen"),
    field("cin_closure_date", "CIN Closure Date", Kind::End),
    field("reason_for_closure", "Reason for Closure", Kind::Settled("cin_closure_date")),
];

const PROTECTION_PLAN: &[Field] = &[
    BIRTH,
    field("cp_plan_start_date", "Child Protection Plan Start Date", Kind::Start),
    field("initial_category", "Initial Category of Abuse", Kind::Settled("cp_plan_start_date")),
    visit("last_visit_date", "Date of the Last Statutory Visit"),
    field("seen_alone", "Was the Child Seen Alone?", Kind::Settled("last_visit_date")),
    field("latest_review_date", "Date of latest review conference", Kind::Latest),
    field("cp_plan_end_date", "Child Protection Plan End Date", Kind::End),
];

const CARE_PERIOD: &[Field] = &[
    BIRTH,
    field("started_date", "Date Started to be Looked After", Kind::Start),
    field("legal_status_start_date", "Start date of current legal status", Kind::Latest),
    field("latest_review_date", "Date of Latest Statutory Review", Kind::Latest),
    visit("last_visit_date", "Date of Last Social Work Visit"),
    field("last_iro_contact_date", "Date of Last IRO Visit / Contact to the Child", Kind::Latest),
    field("last_health_assessment_date", "Date of Last Health Assessment", Kind::Latest),
    field("last_dental_check_date", "Date of Last Dental Check", Kind::Latest),
    field("ceased_date", "Date Ceased to be Looked After", Kind::End),
    field("reason_ceased", "Reason Ceased to be Looked After", Kind::Settled("ceased_date")),
    field("placement_start_date", "Start Date of Most Recent Placement", Kind::Latest),
];

const CARE_LEAVER: &[Field] = &[
    BIRTH,
    field("pathway_plan_review_date", "Latest Pathway Plan Review Date", Kind::Latest),
    field("latest_contact_date", "Latest Date of Contact", Kind::Latest),
];

const ADOPTION: &[Field] = &[
    BIRTH,
    field("entered_care_date", "Date the Child Entered Care", Kind::Once),
    field("decision_date", "Date of Decision that Child Should be Placed for Adoption", Kind::Start),
    field("placement_order_date", "Date of Placement Order", Kind::Once),
    field("matched_date", "Date of Matching Child and Prospective Adopters", Kind::Once),
    field("placed_date", "Date Placed for Adoption", Kind::Once),
    field("order_date", "Date of Adoption Order", Kind::End),
    field("decision_reversed_date", "Date of Decision that Child Should No Longer be Placed for Adoption", Kind::Once),
    field("reason_reversed", "Reason Why Child No Longer Placed for Adoption", Kind::Settled("decision_reversed_date")),
    field(
        "fostering_for_adoption_date",
        "Date the child was placed for fostering in FFA or concurrent planning placement",
        Kind::Once,
    ),
];

/// The columns of a list that say something in time, in the order of the template. List 11 is about no child and has
/// none.
#[must_use]
pub const fn fields(list: List) -> &'static [Field] {
    match list {
        List::Contacts => CONTACT,
        List::EarlyHelp => EARLY_HELP,
        List::Referrals => REFERRAL,
        List::Assessments => ASSESSMENT,
        List::Section47s => SECTION_47,
        List::ChildrenInNeed => NEED,
        List::ProtectionPlans => PROTECTION_PLAN,
        List::ChildrenInCare => CARE_PERIOD,
        List::CareLeavers => CARE_LEAVER,
        List::Adoptions => ADOPTION,
        List::Adopters => &[],
    }
}

/// The first column of a kind.
pub(super) fn of_kind(list: List, kind: Kind) -> Option<&'static Field> {
    fields(list).iter().find(|field| field.kind == kind)
}

/// The column of a name.
#[must_use]
pub fn named(list: List, name: &str) -> Option<&'static Field> {
    fields(list).iter().find(|field| field.name == name)
}
