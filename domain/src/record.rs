//! The canonical model: one type for each kind of record an extract holds.
//!
//! Field names follow the Standard Safeguarding Dataset without its table prefixes (`cppl_cp_plan_start_date`
//! is `cp_plan_start_date`). Values are as supplied: a date that could not be read is `None` and was reported
//! when the file was loaded; whether a readable date can be *trusted* depends on the as-at date and is
//! settled by [`crate::journey::Journey::read_as_at`].

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A coded value in its canonical form: the code where the code set has codes (`C1`, `U4`), else its text
/// (`Yes`, `Child in need plan`). A value outside the code set is kept as it was typed.
pub type Code = String;

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// One kind of record: every field optional, blanks left out of its stored form.
macro_rules! record {
    ($(#[$meta:meta])* $name:ident { $($(#[$field_meta:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(default)]
        pub struct $name {
            $($(#[$field_meta])* #[serde(skip_serializing_if = "is_default")] pub $field: $type,)*
        }
    };
}

record! {
    /// Who the record is about, as written on its own row.
    Person {
        /// Sex or gender as recorded.
        gender: Option<Code>,
        /// Ethnicity, DfE main code (`WBRI`).
        ethnicity: Option<Code>,
        /// Date of birth, or the expected date of an unborn child.
        date_of_birth: Option<NaiveDate>,
        /// Whether the child has a disability.
        disability: Option<Code>,
    }
}

record! {
    /// Who held the case, as written on the record's own row.
    Held {
        /// Allocated team, white space collapsed.
        team: Option<String>,
        /// Allocated worker, white space collapsed; may be a placeholder such as "Duty".
        worker: Option<String>,
    }
}

record! {
    /// List 1: a contact about a child.
    Contact {
        /// The child.
        person: Person,
        /// The date it was received.
        contact_date: Option<NaiveDate>,
        /// Who made it.
        contact_source: Option<Code>,
    }
}

record! {
    /// List 2: an early help assessment or intervention.
    EarlyHelp {
        /// The child.
        person: Person,
        /// Its start.
        episode_start_date: Option<NaiveDate>,
        /// Its end.
        episode_end_date: Option<NaiveDate>,
        /// The organisation that completed it.
        organisation: Option<String>,
    }
}

record! {
    /// List 3: a referral.
    Referral {
        /// The child.
        person: Person,
        /// The date it was received.
        referral_date: Option<NaiveDate>,
        /// Who made it.
        referral_source: Option<Code>,
        /// Whether no further action followed.
        referral_nfa: Option<Code>,
        /// Referrals in the 12 months before the child's latest one.
        number_of_previous_referrals: Option<i64>,
        /// Team and worker.
        held: Held,
    }
}

record! {
    /// List 4: a continuous (single) assessment.
    Assessment {
        /// The child.
        person: Person,
        /// Its start.
        assessment_start_date: Option<NaiveDate>,
        /// Whether the child was seen.
        child_seen: Option<Code>,
        /// The date it was completed and authorised.
        assessment_auth_date: Option<NaiveDate>,
        /// Whether social care support was found to be needed.
        requires_support: Option<Code>,
        /// Team and worker.
        held: Held,
    }
}

record! {
    /// List 5: a section 47 enquiry and the initial child protection conference that may follow.
    Section47 {
        /// The child.
        person: Person,
        /// The strategy discussion that began the enquiry.
        strategy_discussion_date: Option<NaiveDate>,
        /// Whether an initial conference was deemed unnecessary.
        icpc_unnecessary: Option<Code>,
        /// The date of the initial child protection conference.
        icpc_date: Option<NaiveDate>,
        /// Whether the conference resulted in a plan.
        icpc_outcome_cp_plan: Option<Code>,
        /// Section 47 enquiries in the 12 months before the child's latest one.
        number_of_previous_section_47s: Option<i64>,
        /// Initial conferences in the 12 months before the child's latest enquiry.
        number_of_previous_icpcs: Option<i64>,
        /// Team and worker.
        held: Held,
    }
}

record! {
    /// List 6: a period of being a child in need.
    Need {
        /// The child.
        person: Person,
        /// Its start.
        cin_start_date: Option<NaiveDate>,
        /// Primary need (`N1`).
        primary_need: Option<Code>,
        /// When a social worker last saw the child.
        last_seen_date: Option<NaiveDate>,
        /// Its end.
        cin_closure_date: Option<NaiveDate>,
        /// Why it ended (`RC1`).
        reason_for_closure: Option<Code>,
        /// Looked after child, Child Protection plan, Child in need plan, Open assessment, Closed episode.
        case_status: Option<Code>,
        /// Team and worker.
        held: Held,
    }
}

record! {
    /// List 7: a child protection plan.
    ProtectionPlan {
        /// The child.
        person: Person,
        /// Its start.
        cp_plan_start_date: Option<NaiveDate>,
        /// Category of abuse at the start.
        initial_category: Option<Code>,
        /// Latest category of abuse.
        latest_category: Option<Code>,
        /// The last statutory visit.
        last_visit_date: Option<NaiveDate>,
        /// Whether the child was seen alone at it.
        seen_alone: Option<Code>,
        /// The latest review conference.
        latest_review_date: Option<NaiveDate>,
        /// Its end.
        cp_plan_end_date: Option<NaiveDate>,
        /// Emergency protection order or police powers in the last six months.
        emergency_protection: Option<Code>,
        /// Earlier plans with this council, ever.
        number_of_previous_plans: Option<i64>,
        /// Team and worker.
        held: Held,
    }
}

record! {
    /// List 8: a period of being looked after, with its current legal status and placement.
    CarePeriod {
        /// The child.
        person: Person,
        /// Unaccompanied asylum seeking child within the last 12 months.
        unaccompanied: Option<Code>,
        /// Its start.
        started_date: Option<NaiveDate>,
        /// Category of need (`N1`).
        category_of_need: Option<Code>,
        /// Second or later period of care within 12 months.
        second_period: Option<Code>,
        /// Start of the current legal status.
        legal_status_start_date: Option<NaiveDate>,
        /// Legal status (`C2`).
        legal_status: Option<Code>,
        /// Latest statutory review.
        latest_review_date: Option<NaiveDate>,
        /// Last social work visit.
        last_visit_date: Option<NaiveDate>,
        /// The plan for permanence.
        permanence_plan: Option<Code>,
        /// Last visit or contact by the independent reviewing officer.
        last_iro_contact_date: Option<NaiveDate>,
        /// Last health assessment.
        last_health_assessment_date: Option<NaiveDate>,
        /// Last dental check.
        last_dental_check_date: Option<NaiveDate>,
        /// Placements in the last 12 months.
        number_of_placements: Option<i64>,
        /// Its end.
        ceased_date: Option<NaiveDate>,
        /// Why it ended (`E4A`).
        reason_ceased: Option<Code>,
        /// Start of the current placement.
        placement_start_date: Option<NaiveDate>,
        /// Placement type (`U4`).
        placement_type: Option<Code>,
        /// Placement provider (`PR1`).
        placement_provider: Option<Code>,
        /// Postcode of the placement.
        placement_postcode: Option<String>,
        /// Ofsted's number of the placement.
        placement_urn: Option<String>,
        /// Inside or outside the council's area.
        placement_location: Option<Code>,
        /// Council in whose area the placement is.
        placement_la: Option<Code>,
        /// Episodes missing in the last 12 months.
        missing_episodes: Option<i64>,
        /// Episodes absent in the last 12 months.
        absent_episodes: Option<i64>,
        /// Whether a return interview was offered after the last missing episode.
        return_interview_offered: Option<Code>,
        /// Whether it was accepted.
        return_interview_accepted: Option<Code>,
        /// Team and worker.
        held: Held,
    }
}

record! {
    /// List 9: a care leaver.
    CareLeaver {
        /// The young person.
        person: Person,
        /// Unaccompanied asylum seeking child, or formerly so.
        unaccompanied: Option<Code>,
        /// Personal adviser.
        personal_adviser: Option<String>,
        /// Relevant child, Former relevant child, Qualifying care leaver, Eligible child.
        eligibility: Option<Code>,
        /// Latest review of the pathway plan.
        pathway_plan_review_date: Option<NaiveDate>,
        /// Whether the council is in touch.
        in_touch: Option<Code>,
        /// Latest contact.
        latest_contact_date: Option<NaiveDate>,
        /// Accommodation (`U`).
        accommodation: Option<Code>,
        /// Suitable or Unsuitable.
        accommodation_suitability: Option<Code>,
        /// Education, employment and training (`F2`).
        activity: Option<Code>,
        /// Team and worker.
        held: Held,
    }
}

record! {
    /// List 10: a child with a decision for adoption.
    Adoption {
        /// The child.
        person: Person,
        /// The adoptive family.
        family_id: Option<String>,
        /// Entry into care.
        entered_care_date: Option<NaiveDate>,
        /// Decision that the child should be placed for adoption.
        decision_date: Option<NaiveDate>,
        /// Placement order.
        placement_order_date: Option<NaiveDate>,
        /// Match with adopters.
        matched_date: Option<NaiveDate>,
        /// Placed for adoption.
        placed_date: Option<NaiveDate>,
        /// Adoption order.
        order_date: Option<NaiveDate>,
        /// Decision that the child should no longer be placed for adoption.
        decision_reversed_date: Option<NaiveDate>,
        /// Why (`RD1`).
        reason_reversed: Option<Code>,
        /// Placed in fostering for adoption or a concurrent placement.
        fostering_for_adoption_date: Option<NaiveDate>,
    }
}

record! {
    /// List 11: a prospective adopter. No child.
    Adopter {
        /// The adoptive family.
        family_id: Option<String>,
        /// Gender (this list has its own letters).
        gender: Option<Code>,
        /// Ethnicity.
        ethnicity: Option<Code>,
        /// Disability.
        disability: Option<Code>,
        /// Fostering for adoption.
        fostering_for_adoption: Option<Code>,
        /// Enquiry received.
        enquiry_date: Option<NaiveDate>,
        /// Stage 1 started.
        stage_1_start_date: Option<NaiveDate>,
        /// Stage 1 ended.
        stage_1_end_date: Option<NaiveDate>,
        /// Stage 2 started.
        stage_2_start_date: Option<NaiveDate>,
        /// Stage 2 ended.
        stage_2_end_date: Option<NaiveDate>,
        /// Application submitted (original process).
        application_date: Option<NaiveDate>,
        /// Application approved (original process).
        approval_date: Option<NaiveDate>,
        /// Matched with a child.
        matched_date: Option<NaiveDate>,
        /// Child placed.
        placed_date: Option<NaiveDate>,
        /// Children placed.
        children_placed: Option<i64>,
        /// Adoption order.
        order_date: Option<NaiveDate>,
        /// Left the process.
        left_date: Option<NaiveDate>,
        /// Why.
        reason_left: Option<Code>,
    }
}

/// The eleven lists of Annex A.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[repr(u8)]
pub enum List {
    /// List 1.
    Contacts = 1,
    /// List 2.
    EarlyHelp = 2,
    /// List 3.
    Referrals = 3,
    /// List 4.
    Assessments = 4,
    /// List 5.
    Section47s = 5,
    /// List 6.
    ChildrenInNeed = 6,
    /// List 7.
    ProtectionPlans = 7,
    /// List 8.
    ChildrenInCare = 8,
    /// List 9.
    CareLeavers = 9,
    /// List 10.
    Adoptions = 10,
    /// List 11.
    Adopters = 11,
}

impl List {
    /// All lists, in their order.
    pub const ALL: [Self; 11] = [
        Self::Contacts,
        Self::EarlyHelp,
        Self::Referrals,
        Self::Assessments,
        Self::Section47s,
        Self::ChildrenInNeed,
        Self::ProtectionPlans,
        Self::ChildrenInCare,
        Self::CareLeavers,
        Self::Adoptions,
        Self::Adopters,
    ];

    /// The list's number, 1 to 11.
    #[must_use]
    pub const fn number(self) -> u8 {
        self as u8
    }

    /// The list of this number.
    #[must_use]
    pub fn from_number(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|list| list.number() == number)
    }

    /// `L1` to `L11`, as reports name it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        ["L1", "L2", "L3", "L4", "L5", "L6", "L7", "L8", "L9", "L10", "L11"][self as usize - 1]
    }

    /// The list's name in words.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Contacts => "Contacts",
            Self::EarlyHelp => "Early help",
            Self::Referrals => "Referrals",
            Self::Assessments => "Assessments",
            Self::Section47s => "Section 47 enquiries and initial child protection conferences",
            Self::ChildrenInNeed => "Children in need",
            Self::ProtectionPlans => "Child protection",
            Self::ChildrenInCare => "Children in care",
            Self::CareLeavers => "Care leavers",
            Self::Adoptions => "Adoption",
            Self::Adopters => "Adopters",
        }
    }
}

/// A record of any list.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant is its list")]
#[expect(clippy::large_enum_variant, reason = "records live in vectors of their own kind; this is only their way in")]
pub enum Record {
    Contact(Contact),
    EarlyHelp(EarlyHelp),
    Referral(Referral),
    Assessment(Assessment),
    Section47(Section47),
    Need(Need),
    ProtectionPlan(ProtectionPlan),
    CarePeriod(CarePeriod),
    CareLeaver(CareLeaver),
    Adoption(Adoption),
    Adopter(Adopter),
}

/// Runs the same expression for the record inside, whatever its kind.
macro_rules! each_record {
    ($record:expr, $inner:ident => $body:expr) => {
        match $record {
            Record::Contact($inner) => $body,
            Record::EarlyHelp($inner) => $body,
            Record::Referral($inner) => $body,
            Record::Assessment($inner) => $body,
            Record::Section47($inner) => $body,
            Record::Need($inner) => $body,
            Record::ProtectionPlan($inner) => $body,
            Record::CarePeriod($inner) => $body,
            Record::CareLeaver($inner) => $body,
            Record::Adoption($inner) => $body,
            Record::Adopter($inner) => $body,
        }
    };
}

impl Record {
    /// The list it belongs to.
    #[must_use]
    pub fn list(&self) -> List {
        match self {
            Self::Contact(_) => List::Contacts,
            Self::EarlyHelp(_) => List::EarlyHelp,
            Self::Referral(_) => List::Referrals,
            Self::Assessment(_) => List::Assessments,
            Self::Section47(_) => List::Section47s,
            Self::Need(_) => List::ChildrenInNeed,
            Self::ProtectionPlan(_) => List::ProtectionPlans,
            Self::CarePeriod(_) => List::ChildrenInCare,
            Self::CareLeaver(_) => List::CareLeavers,
            Self::Adoption(_) => List::Adoptions,
            Self::Adopter(_) => List::Adopters,
        }
    }

    /// Its stored form: JSON, blanks left out.
    ///
    /// # Errors
    /// Only when memory runs out; the types hold nothing JSON cannot say.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        each_record!(self, record => serde_json::to_string(record))
    }

    /// A record read back from its stored form.
    ///
    /// # Errors
    /// When the text is no record of that list.
    pub fn from_json(list: List, json: &str) -> Result<Self, serde_json::Error> {
        let mut from = serde_json::Deserializer::from_str(json);
        let record = Self::read(list, &mut from)?;
        from.end()?;
        Ok(record)
    }

    /// A record of a list from its stored form, read already.
    ///
    /// # Errors
    /// When the value is no record of the list.
    pub fn from_value(list: List, value: serde_json::Value) -> Result<Self, serde_json::Error> {
        Self::read(list, value)
    }

    fn read<'a, D: serde::Deserializer<'a>>(list: List, from: D) -> Result<Self, D::Error> {
        Ok(match list {
            List::Contacts => Self::Contact(Deserialize::deserialize(from)?),
            List::EarlyHelp => Self::EarlyHelp(Deserialize::deserialize(from)?),
            List::Referrals => Self::Referral(Deserialize::deserialize(from)?),
            List::Assessments => Self::Assessment(Deserialize::deserialize(from)?),
            List::Section47s => Self::Section47(Deserialize::deserialize(from)?),
            List::ChildrenInNeed => Self::Need(Deserialize::deserialize(from)?),
            List::ProtectionPlans => Self::ProtectionPlan(Deserialize::deserialize(from)?),
            List::ChildrenInCare => Self::CarePeriod(Deserialize::deserialize(from)?),
            List::CareLeavers => Self::CareLeaver(Deserialize::deserialize(from)?),
            List::Adoptions => Self::Adoption(Deserialize::deserialize(from)?),
            List::Adopters => Self::Adopter(Deserialize::deserialize(from)?),
        })
    }

    /// Team and worker on the record's own row, for lists that have them.
    #[must_use]
    pub fn held(&self) -> Option<&Held> {
        match self {
            Self::Referral(record) => Some(&record.held),
            Self::Assessment(record) => Some(&record.held),
            Self::Section47(record) => Some(&record.held),
            Self::Need(record) => Some(&record.held),
            Self::ProtectionPlan(record) => Some(&record.held),
            Self::CarePeriod(record) => Some(&record.held),
            Self::CareLeaver(record) => Some(&record.held),
            Self::Contact(_) | Self::EarlyHelp(_) | Self::Adoption(_) | Self::Adopter(_) => None,
        }
    }

    /// The date of birth on the record; adopters have none.
    #[must_use]
    pub fn date_of_birth(&self) -> Option<NaiveDate> {
        match self {
            Self::Contact(record) => record.person.date_of_birth,
            Self::EarlyHelp(record) => record.person.date_of_birth,
            Self::Referral(record) => record.person.date_of_birth,
            Self::Assessment(record) => record.person.date_of_birth,
            Self::Section47(record) => record.person.date_of_birth,
            Self::Need(record) => record.person.date_of_birth,
            Self::ProtectionPlan(record) => record.person.date_of_birth,
            Self::CarePeriod(record) => record.person.date_of_birth,
            Self::CareLeaver(record) => record.person.date_of_birth,
            Self::Adoption(record) => record.person.date_of_birth,
            Self::Adopter(_) => None,
        }
    }

    /// Takes out every date that cannot be trusted as at `as_at` and says which.
    pub fn blank_bad_dates(&mut self, as_at: NaiveDate) -> Vec<BadDate> {
        match self {
            Self::Assessment(record) => record.blank_bad_dates(),
            Self::Section47(record) => record.blank_bad_dates(),
            Self::Need(record) => record.blank_bad_dates(as_at),
            Self::ProtectionPlan(record) => record.blank_bad_dates(as_at),
            Self::CarePeriod(record) => record.blank_bad_dates(as_at),
            Self::CareLeaver(record) => record.blank_bad_dates(as_at),
            Self::Contact(_) | Self::EarlyHelp(_) | Self::Referral(_) | Self::Adoption(_) | Self::Adopter(_) => {
                Vec::new()
            }
        }
    }
}

/// A readable date that cannot be right, and therefore reads as blank ("Rules for all", 6).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadDate {
    /// The column, by its official Annex A header.
    pub column: &'static str,
    /// The date as supplied.
    pub value: NaiveDate,
    /// What is wrong with it.
    pub reason: BadDateReason,
}

/// Why a date cannot be right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadDateReason {
    /// Something that has happened cannot lie after the as-at date.
    AfterAsAt,
    /// A start cannot lie after its own end.
    AfterItsEnd,
}

/// Collects the bad dates of one record.
#[derive(Default)]
struct Sieve {
    bad: Vec<BadDate>,
}

impl Sieve {
    fn happened(&mut self, date: &mut Option<NaiveDate>, column: &'static str, as_at: NaiveDate) {
        if let Some(value) = date.take_if(|value| *value > as_at) {
            self.bad.push(BadDate { column, value, reason: BadDateReason::AfterAsAt });
        }
    }

    fn start(&mut self, start: &mut Option<NaiveDate>, column: &'static str, end: Option<NaiveDate>) {
        if let Some(value) = start.take_if(|value| end.is_some_and(|end| end < *value)) {
            self.bad.push(BadDate { column, value, reason: BadDateReason::AfterItsEnd });
        }
    }
}

impl Assessment {
    pub(crate) fn blank_bad_dates(&mut self) -> Vec<BadDate> {
        let mut sieve = Sieve::default();
        sieve.start(&mut self.assessment_start_date, "Continuous Assessment Start Date", self.assessment_auth_date);
        sieve.bad
    }
}

impl Section47 {
    pub(crate) fn blank_bad_dates(&mut self) -> Vec<BadDate> {
        let mut sieve = Sieve::default();
        sieve.start(
            &mut self.strategy_discussion_date,
            "Strategy discussion initiating Section 47 Enquiry Start Date",
            self.icpc_date,
        );
        sieve.bad
    }
}

impl Need {
    pub(crate) fn blank_bad_dates(&mut self, as_at: NaiveDate) -> Vec<BadDate> {
        let mut sieve = Sieve::default();
        sieve.happened(&mut self.last_seen_date, "Date Child Was Last Seen", as_at);
        sieve.start(&mut self.cin_start_date, "CIN Start Date", self.cin_closure_date);
        sieve.bad
    }
}

impl ProtectionPlan {
    pub(crate) fn blank_bad_dates(&mut self, as_at: NaiveDate) -> Vec<BadDate> {
        let mut sieve = Sieve::default();
        sieve.happened(&mut self.last_visit_date, "Date of the Last Statutory Visit", as_at);
        sieve.happened(&mut self.latest_review_date, "Date of latest review conference", as_at);
        sieve.start(&mut self.cp_plan_start_date, "Child Protection Plan Start Date", self.cp_plan_end_date);
        sieve.bad
    }
}

impl CarePeriod {
    pub(crate) fn blank_bad_dates(&mut self, as_at: NaiveDate) -> Vec<BadDate> {
        let mut sieve = Sieve::default();
        for (date, column) in [
            (&mut self.legal_status_start_date, "Start date of current legal status"),
            (&mut self.latest_review_date, "Date of Latest Statutory Review"),
            (&mut self.last_visit_date, "Date of Last Social Work Visit"),
            (&mut self.last_iro_contact_date, "Date of Last IRO Visit / Contact to the Child"),
            (&mut self.last_health_assessment_date, "Date of Last Health Assessment"),
            (&mut self.last_dental_check_date, "Date of Last Dental Check"),
            (&mut self.placement_start_date, "Start Date of Most Recent Placement"),
        ] {
            sieve.happened(date, column, as_at);
        }
        sieve.start(&mut self.started_date, "Date Started to be Looked After", self.ceased_date);
        sieve.bad
    }
}

impl CareLeaver {
    pub(crate) fn blank_bad_dates(&mut self, as_at: NaiveDate) -> Vec<BadDate> {
        let mut sieve = Sieve::default();
        sieve.happened(&mut self.latest_contact_date, "Latest Date of Contact", as_at);
        sieve.happened(&mut self.pathway_plan_review_date, "Latest Pathway Plan Review Date", as_at);
        sieve.bad
    }
}
