//! Where each column's value goes in its list's record.

use chrono::NaiveDate;
use domain::record::{
    Adopter, Adoption, Assessment, CareLeaver, CarePeriod, Contact, EarlyHelp, List, Need, ProtectionPlan, Record,
    Referral, Section47,
};

/// A field of a record, by the kind of value it takes. `None` when the record is another list's.
#[derive(Debug, Clone, Copy)]
pub(super) enum Slot {
    /// A date.
    Date(fn(&mut Record) -> Option<&mut Option<NaiveDate>>),
    /// A coded value.
    Code(fn(&mut Record) -> Option<&mut Option<String>>),
    /// A whole number.
    Number(fn(&mut Record) -> Option<&mut Option<i64>>),
    /// Text, white space collapsed.
    Text(fn(&mut Record) -> Option<&mut Option<String>>),
    /// An id of something other than the child.
    Reference(fn(&mut Record) -> Option<&mut Option<String>>),
    /// The allocated team.
    Team(fn(&mut Record) -> Option<&mut Option<String>>),
    /// The allocated worker.
    Worker(fn(&mut Record) -> Option<&mut Option<String>>),
}

macro_rules! slots {
    ($variant:ident: $($header:literal => $kind:ident $($field:ident).+;)*) => {
        &[$(($header, Slot::$kind(|record| match record {
            Record::$variant(record) => Some(&mut record.$($field).+),
            _ => None,
        }))),*]
    };
}

/// An empty record of a list.
pub(super) fn empty(list: List) -> Record {
    match list {
        List::Contacts => Record::Contact(Contact::default()),
        List::EarlyHelp => Record::EarlyHelp(EarlyHelp::default()),
        List::Referrals => Record::Referral(Referral::default()),
        List::Assessments => Record::Assessment(Assessment::default()),
        List::Section47s => Record::Section47(Section47::default()),
        List::ChildrenInNeed => Record::Need(Need::default()),
        List::ProtectionPlans => Record::ProtectionPlan(ProtectionPlan::default()),
        List::ChildrenInCare => Record::CarePeriod(CarePeriod::default()),
        List::CareLeavers => Record::CareLeaver(CareLeaver::default()),
        List::Adoptions => Record::Adoption(Adoption::default()),
        List::Adopters => Record::Adopter(Adopter::default()),
    }
}

/// The columns of a list, by official header, in the order of the template.
pub(super) fn slots(list: List) -> &'static [(&'static str, Slot)] {
    match list {
        List::Contacts => slots! { Contact:
            "Gender" => Code person.gender;
            "Ethnicity" => Code person.ethnicity;
            "Date of Birth" => Date person.date_of_birth;
            "Date of Contact" => Date contact_date;
            "Contact Source" => Code contact_source;
        },
        List::EarlyHelp => slots! { EarlyHelp:
            "Gender" => Code person.gender;
            "Ethnicity" => Code person.ethnicity;
            "Date of Birth" => Date person.date_of_birth;
            "Assessment start date" => Date episode_start_date;
            "Assessment completion date" => Date episode_end_date;
            "Organisation completing assessment" => Text organisation;
        },
        List::Referrals => slots! { Referral:
            "Gender" => Code person.gender;
            "Ethnicity" => Code person.ethnicity;
            "Date of Birth" => Date person.date_of_birth;
            "Date of referral" => Date referral_date;
            "Referral Source" => Code referral_source;
            "Referral NFA?" => Code referral_nfa;
            "Number of Referrals in Last 12 Months" => Number number_of_previous_referrals;
            "Allocated Team" => Team held.team;
            "Allocated Worker" => Worker held.worker;
        },
        List::Assessments => slots! { Assessment:
            "Gender" => Code person.gender;
            "Ethnicity" => Code person.ethnicity;
            "Date of Birth" => Date person.date_of_birth;
            "Does the Child have a Disability" => Code person.disability;
            "Continuous Assessment Start Date" => Date assessment_start_date;
            "Child Seen During Continuous Assessment" => Code child_seen;
            "Continuous Assessment Date of Authorisation" => Date assessment_auth_date;
            "Was the child assessed as requiring LA children’s social care support" => Code requires_support;
            "Allocated Team" => Team held.team;
            "Allocated Worker" => Worker held.worker;
        },
        List::Section47s => slots! { Section47:
            "Gender" => Code person.gender;
            "Ethnicity" => Code person.ethnicity;
            "Date of Birth" => Date person.date_of_birth;
            "Does the Child have a Disability" => Code person.disability;
            "Strategy discussion initiating Section 47 Enquiry Start Date" => Date strategy_discussion_date;
            "Was an Initial Child Protection Conference deemed unnecessary?" => Code icpc_unnecessary;
            "Date of Initial Child Protection Conference" => Date icpc_date;
            "Did the Initial Child Protection Conference Result in a Child Protection Plan" => Code icpc_outcome_cp_plan;
            "Number of Section 47 Enquiries in the last 12 months" => Number number_of_previous_section_47s;
            "Number of ICPCs in the last 12 months" => Number number_of_previous_icpcs;
            "Allocated Team" => Team held.team;
            "Allocated Worker" => Worker held.worker;
        },
        List::ChildrenInNeed => slots! { Need:
            "Gender" => Code person.gender;
            "Ethnicity" => Code person.ethnicity;
            "Date of Birth" => Date person.date_of_birth;
            "Does the Child have a Disability" => Code person.disability;
            "CIN Start Date" => Date cin_start_date;
            "Primary Need Code" => Code primary_need;
            "Date Child Was Last Seen" => Date last_seen_date;
            "CIN Closure Date" => Date cin_closure_date;
            "Reason for Closure" => Code reason_for_closure;
            "Case status" => Code case_status;
            "Allocated Team" => Team held.team;
            "Allocated Worker" => Worker held.worker;
        },
        List::ProtectionPlans => slots! { ProtectionPlan:
            "Gender" => Code person.gender;
            "Ethnicity" => Code person.ethnicity;
            "Date of Birth" => Date person.date_of_birth;
            "Does the Child have a Disability" => Code person.disability;
            "Child Protection Plan Start Date" => Date cp_plan_start_date;
            "Initial Category of Abuse" => Code initial_category;
            "Latest Category of Abuse" => Code latest_category;
            "Date of the Last Statutory Visit" => Date last_visit_date;
            "Was the Child Seen Alone?" => Code seen_alone;
            "Date of latest review conference" => Date latest_review_date;
            "Child Protection Plan End Date" => Date cp_plan_end_date;
            "Subject to Emergency Protection Order or Protected Under Police Powers in Last Six Months (Y/N)" => Code emergency_protection;
            "Number of Previous Child Protection Plans" => Number number_of_previous_plans;
            "Allocated Team" => Team held.team;
            "Allocated Worker" => Worker held.worker;
        },
        List::ChildrenInCare => slots! { CarePeriod:
            "Gender" => Code person.gender;
            "Ethnicity" => Code person.ethnicity;
            "Date of Birth" => Date person.date_of_birth;
            "Unaccompanied Asylum Seeking Child (UASC) within the Last 12 Months (Y/N)" => Code unaccompanied;
            "Does the Child have a Disability" => Code person.disability;
            "Date Started to be Looked After" => Date started_date;
            "Child's Category of Need" => Code category_of_need;
            "Is this a second or subsequent period of being a Looked After Child within the last 12 months (Y/N)" => Code second_period;
            "Start date of current legal status" => Date legal_status_start_date;
            "Child's Legal Status" => Code legal_status;
            "Date of Latest Statutory Review" => Date latest_review_date;
            "Date of Last Social Work Visit" => Date last_visit_date;
            "What is the permanence plan for this child?" => Code permanence_plan;
            "Date of Last IRO Visit / Contact to the Child" => Date last_iro_contact_date;
            "Date of Last Health Assessment" => Date last_health_assessment_date;
            "Date of Last Dental Check" => Date last_dental_check_date;
            "Number of Placements in the Last 12 months" => Number number_of_placements;
            "Date Ceased to be Looked After" => Date ceased_date;
            "Reason Ceased to be Looked After" => Code reason_ceased;
            "Start Date of Most Recent Placement" => Date placement_start_date;
            "Placement Type" => Code placement_type;
            "Placement Provider" => Code placement_provider;
            "Placement postcode" => Text placement_postcode;
            "URN of Placement" => Reference placement_urn;
            "Placement Location" => Code placement_location;
            "LA of Placement" => Code placement_la;
            "Number of Episodes the Child has been ‘Missing’ from their Placement in the last 12 months" => Number missing_episodes;
            "Number of Episodes the Child has been ‘Absent’ from their Placement in the last 12 months" => Number absent_episodes;
            "Was the child offered a Return Interview after their last missing episode (Y/N)?" => Code return_interview_offered;
            "Did the child accept a Return Interview after their last missing episode (Y/N)?" => Code return_interview_accepted;
            "Allocated Team" => Team held.team;
            "Allocated Worker" => Worker held.worker;
        },
        List::CareLeavers => slots! { CareLeaver:
            "Gender" => Code person.gender;
            "Ethnicity" => Code person.ethnicity;
            "Date of Birth" => Date person.date_of_birth;
            "Unaccompanied Asylum Seeking Child (UASC), or formerly UASC if 18 or over (Y/N)" => Code unaccompanied;
            "Does the Child have a Disability" => Code person.disability;
            "Allocated Team" => Team held.team;
            "Allocated Worker" => Worker held.worker;
            "Allocated Personal Advisor" => Text personal_adviser;
            "Eligibility Category" => Code eligibility;
            "Latest Pathway Plan Review Date" => Date pathway_plan_review_date;
            "LA In Touch" => Code in_touch;
            "Latest Date of Contact" => Date latest_contact_date;
            "Type of Accommodation" => Code accommodation;
            "Suitability of Accommodation" => Code accommodation_suitability;
            "Activity Status" => Code activity;
        },
        List::Adoptions => slots! { Adoption:
            "Family identifier" => Reference family_id;
            "Gender" => Code person.gender;
            "Ethnicity" => Code person.ethnicity;
            "Date of Birth" => Date person.date_of_birth;
            "Does the Child have a Disability" => Code person.disability;
            "Date the Child Entered Care" => Date entered_care_date;
            "Date of Decision that Child Should be Placed for Adoption" => Date decision_date;
            "Date of Placement Order" => Date placement_order_date;
            "Date of Matching Child and Prospective Adopters" => Date matched_date;
            "Date Placed for Adoption" => Date placed_date;
            "Date of Adoption Order" => Date order_date;
            "Date of Decision that Child Should No Longer be Placed for Adoption" => Date decision_reversed_date;
            "Reason Why Child No Longer Placed for Adoption" => Code reason_reversed;
            "Date the child was placed for fostering in FFA or concurrent planning placement" => Date fostering_for_adoption_date;
        },
        List::Adopters => slots! { Adopter:
            "Family identifier" => Reference family_id;
            "Gender" => Code gender;
            "Ethnicity" => Code ethnicity;
            "Disability" => Code disability;
            "Is the (prospective) adopter fostering for adoption?" => Code fostering_for_adoption;
            "Date enquiry received" => Date enquiry_date;
            "Date Stage 1 started" => Date stage_1_start_date;
            "Date Stage 1 ended" => Date stage_1_end_date;
            "Date Stage 2 started" => Date stage_2_start_date;
            "Date Stage 2 ended" => Date stage_2_end_date;
            "Date application submitted" => Date application_date;
            "Date application approved" => Date approval_date;
            "Date adopter matched with child(ren)" => Date matched_date;
            "Date child/children placed with adopter(s)" => Date placed_date;
            "No. of children placed" => Number children_placed;
            "Date of Adoption Order" => Date order_date;
            "Date of leaving adoption process" => Date left_date;
            "Reason for leaving adoption process" => Code reason_left;
        },
    }
}
