//! The standards a council sets: every interval, threshold and placeholder as a named setting.
//!
//! Defaults are those of the measures' reading. A setting is printed beside the figure that depends on it.

use crate::names::name_key;
use crate::signal::Step;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// From which date the 45 working days of an assessment run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AssessmentClock {
    /// The assessment's own start.
    #[default]
    Start,
    /// The child's latest referral on or before the assessment's start; the start where there is none.
    Referral,
}

/// The standards in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Standards {
    /// `assessment_clock`.
    pub assessment_clock: AssessmentClock,
    /// `contact_referral_working_days`: a contact becomes a referral within these working days.
    pub contact_referral_working_days: u32,
    /// `assessment_working_days`.
    pub assessment_working_days: u32,
    /// `icpc_working_days`: strategy discussion to initial conference.
    pub icpc_working_days: u32,
    /// `cp_visit_working_days`.
    pub cp_visit_working_days: u32,
    /// `seen_alone_age`: years from which a child on a plan should be seen alone.
    pub seen_alone_age: u32,
    /// `cp_first_review_months`.
    pub cp_first_review_months: u32,
    /// `cp_review_months`.
    pub cp_review_months: u32,
    /// `cp_long_plan_months`: early warning of a long plan.
    pub cp_long_plan_months: u32,
    /// `cp_two_years_days`: a plan is "two years or longer" past these calendar days, both ends counted.
    pub cp_two_years_days: u32,
    /// `cp_short_plan_months`.
    pub cp_short_plan_months: u32,
    /// `cin_visit_working_days`.
    pub cin_visit_working_days: u32,
    /// `cin_drift_months`.
    pub cin_drift_months: u32,
    /// `dormant_days`: calendar days without being seen.
    pub dormant_days: u32,
    /// `cla_first_visit_days`: calendar days from a placement's start.
    pub cla_first_visit_days: u32,
    /// `cla_visit_days`.
    pub cla_visit_days: u32,
    /// `cla_visit_interim_order_days`: interim care order and living with parents.
    pub cla_visit_interim_order_days: u32,
    /// `cla_visit_long_term_months`: after a year in a placement meant to last.
    pub cla_visit_long_term_months: u32,
    /// `cla_first_review_working_days`.
    pub cla_first_review_working_days: u32,
    /// `cla_review_months`.
    pub cla_review_months: u32,
    /// `health_months_under_5`.
    pub health_months_under_5: u32,
    /// `health_months`.
    pub health_months: u32,
    /// `dental_months`.
    pub dental_months: u32,
    /// `permanence_months`.
    pub permanence_months: u32,
    /// `pathway_review_months`.
    pub pathway_review_months: u32,
    /// `care_leaver_contact_days`.
    pub care_leaver_contact_days: u32,
    /// `caseload_limit`: children one worker holds at most.
    pub caseload_limit: u32,
    /// `attention_referrals`: children requiring attention, referrals in 12 months from which a child is on the register;
    /// 0 switches the rule off, here and in the other settings of the register.
    pub attention_referrals: u32,
    /// `attention_section_47s`: section 47 enquiries in 12 months.
    pub attention_section_47s: u32,
    /// `attention_previous_plans`: earlier child protection plans of a child on a plan.
    pub attention_previous_plans: u32,
    /// `attention_plan_months`: months on a child protection plan.
    pub attention_plan_months: u32,
    /// `attention_care_periods`: periods of care of a child looked after.
    pub attention_care_periods: u32,
    /// `attention_placements`: placements in 12 months.
    pub attention_placements: u32,
    /// `attention_missing_episodes`: episodes missing from care in 12 months.
    pub attention_missing_episodes: u32,
    /// `attention_no_visit`: 1 puts a child with a late visit and none on record on the register.
    pub attention_no_visit: u32,
    /// `attention_visit_times`: how many times over its standard a visit is late.
    pub attention_visit_times: u32,
    /// `attention_unallocated`: 1 puts an open child without a worker on the register.
    pub attention_unallocated: u32,
    /// `attention_dormant`: 1 puts a dormant case on the register.
    pub attention_dormant: u32,
    /// `attention_assessment_overdue`: 1 puts an assessment past its time on the register.
    pub attention_assessment_overdue: u32,
    /// `attention_conference_overdue`: 1 puts an initial conference past its time on the register.
    pub attention_conference_overdue: u32,
    /// `closure_need_months`: months in need from which a case may be ready to close; 0 asks of none.
    pub closure_need_months: u32,
    /// `closure_seen_days`: calendar days within which the child was seen.
    pub closure_seen_days: u32,
    /// `closure_quiet_months`: months without a new contact, referral or enquiry.
    pub closure_quiet_months: u32,
    /// `recording_working_days`: a visit and any other event is on record within these working days.
    pub recording_working_days: u32,
    /// `answer_proof_working_days`: an extract as at more than these working days after a manager's answer shows whether it
    /// came true.
    pub answer_proof_working_days: u32,
    /// `answer_booked_working_days`: a booked visit came true up to these working days after the day booked.
    pub answer_booked_working_days: u32,
    /// `action_due_working_days`: working days after which an action is due, unless it is given a day.
    pub action_due_working_days: u32,
    /// `action_late_head_of_service_working_days`: working days late at which the accountable Head of Service is told; 0
    /// switches the step off, here and in the two that follow.
    pub action_late_head_of_service_working_days: u32,
    /// `action_late_director_working_days`: working days late at which the Director is told.
    pub action_late_director_working_days: u32,
    /// `action_late_agenda_working_days`: working days late at which an action stands on the Director's agenda by itself.
    pub action_late_agenda_working_days: u32,
    /// `surgery_prepare_working_days`: working days before a surgery from which its leader is told that it is not prepared;
    /// 0 switches it off.
    pub surgery_prepare_working_days: u32,
    /// `chart_step`: what a judged point of a chart stands for. `week` holds for figures at a date whose clock is 10 working
    /// days or shorter; all others are judged by month.
    pub chart_step: Step,
    /// `worker_placeholders`: whole values, any case, that stand for no worker.
    pub worker_placeholders: BTreeSet<String>,
}

/// What stands for no worker until a council says otherwise. Source: "A real worker" of the measures' reading.
const DEFAULT_WORKER_PLACEHOLDERS: [&str; 19] = [
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

impl Default for Standards {
    fn default() -> Self {
        Self {
            assessment_clock: AssessmentClock::Start,
            contact_referral_working_days: 3,
            assessment_working_days: 45,
            icpc_working_days: 15,
            cp_visit_working_days: 10,
            seen_alone_age: 4,
            cp_first_review_months: 3,
            cp_review_months: 6,
            cp_long_plan_months: 18,
            cp_two_years_days: 729,
            cp_short_plan_months: 3,
            cin_visit_working_days: 20,
            cin_drift_months: 12,
            dormant_days: 42,
            cla_first_visit_days: 7,
            cla_visit_days: 42,
            cla_visit_interim_order_days: 28,
            cla_visit_long_term_months: 3,
            cla_first_review_working_days: 20,
            cla_review_months: 6,
            health_months_under_5: 6,
            health_months: 12,
            dental_months: 12,
            permanence_months: 4,
            pathway_review_months: 6,
            care_leaver_contact_days: 56,
            caseload_limit: 18,
            attention_referrals: 3,
            attention_section_47s: 2,
            attention_previous_plans: 1,
            attention_plan_months: 18,
            attention_care_periods: 2,
            attention_placements: 3,
            attention_missing_episodes: 1,
            attention_no_visit: 1,
            attention_visit_times: 2,
            attention_unallocated: 1,
            attention_dormant: 1,
            attention_assessment_overdue: 1,
            attention_conference_overdue: 1,
            closure_need_months: 6,
            closure_seen_days: 42,
            closure_quiet_months: 3,
            recording_working_days: 2,
            answer_proof_working_days: 5,
            answer_booked_working_days: 2,
            action_due_working_days: 10,
            action_late_head_of_service_working_days: 1,
            action_late_director_working_days: 5,
            action_late_agenda_working_days: 10,
            surgery_prepare_working_days: 5,
            chart_step: Step::Month,
            worker_placeholders: DEFAULT_WORKER_PLACEHOLDERS.map(str::to_owned).into(),
        }
    }
}

/// A standard set to a value from a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DatedSetting<'a> {
    /// The standard's name.
    pub name: &'a str,
    /// Its value.
    pub value: &'a str,
    /// The first date that is measured by it.
    pub applies_from: NaiveDate,
}

impl Standards {
    /// The standards in force on a date: the defaults, and of each standard the value set from the latest date up to
    /// it. Of two set from the same date the later in the list counts.
    ///
    /// # Errors
    /// When a setting that applies has an unknown name or a value that does not fit.
    pub fn on<'a>(date: NaiveDate, settings: impl IntoIterator<Item = DatedSetting<'a>>) -> Result<Self, BadSetting> {
        let mut apply: Vec<_> = settings.into_iter().filter(|setting| setting.applies_from <= date).collect();
        apply.sort_by_key(|setting| setting.applies_from);
        let mut standards = Self::default();
        for setting in apply {
            standards.set(setting.name, setting.value)?;
        }
        Ok(standards)
    }
}

/// A setting that cannot be.
#[derive(Debug, Clone, thiserror::Error, PartialEq, Eq)]
pub enum BadSetting {
    /// No standard has this name.
    #[error("there is no standard named '{0}'. The names are: {names}", names = Standards::NAMES.join(", "))]
    UnknownName(String),
    /// The value does not fit.
    #[error("'{value}' does not fit the standard '{name}': it needs {needs}")]
    BadValue {
        /// The standard.
        name: &'static str,
        /// The value given.
        value: String,
        /// What would fit.
        needs: &'static str,
    },
}

macro_rules! whole_number_standards {
    ($($name:ident),* $(,)?) => {
        impl Standards {
            /// Every standard's name.
            pub const NAMES: &[&str] = &["assessment_clock", "worker_placeholders", "chart_step", $(stringify!($name)),*];

            /// Sets one standard by its name.
            ///
            /// # Errors
            /// When there is no such standard or the value does not fit it; nothing is changed then.
            pub fn set(&mut self, name: &str, value: &str) -> Result<(), BadSetting> {
                match name {
                    "assessment_clock" => self.assessment_clock = match value.trim().to_lowercase().as_str() {
                        "start" => AssessmentClock::Start,
                        "referral" => AssessmentClock::Referral,
                        _ => return Err(BadSetting::BadValue { name: "assessment_clock", value: value.to_owned(), needs: "'start' or 'referral'" }),
                    },
                    "chart_step" => self.chart_step = match value.trim().to_lowercase().as_str() {
                        "month" => Step::Month,
                        "week" => Step::Week,
                        _ => return Err(BadSetting::BadValue { name: "chart_step", value: value.to_owned(), needs: "'month' or 'week'" }),
                    },
                    "worker_placeholders" => self.worker_placeholders = value.split(',').map(name_key).filter(|key| !key.is_empty()).collect(),
                    $(stringify!($name) => self.$name = value.trim().parse().map_err(|_| BadSetting::BadValue {
                        name: stringify!($name),
                        value: value.to_owned(),
                        needs: "a whole number, 0 or more",
                    })?,)*
                    _ => return Err(BadSetting::UnknownName(name.to_owned())),
                }
                Ok(())
            }

            /// The value of a standard as text.
            #[must_use]
            pub fn get(&self, name: &str) -> Option<String> {
                match name {
                    "assessment_clock" => Some(match self.assessment_clock {
                        AssessmentClock::Start => "start".to_owned(),
                        AssessmentClock::Referral => "referral".to_owned(),
                    }),
                    "chart_step" => Some(self.chart_step.name().to_owned()),
                    "worker_placeholders" => Some(self.worker_placeholders.iter().cloned().collect::<Vec<_>>().join(", ")),
                    $(stringify!($name) => Some(self.$name.to_string()),)*
                    _ => None,
                }
            }
        }
    };
}

whole_number_standards!(
    contact_referral_working_days,
    assessment_working_days,
    icpc_working_days,
    cp_visit_working_days,
    seen_alone_age,
    cp_first_review_months,
    cp_review_months,
    cp_long_plan_months,
    cp_two_years_days,
    cp_short_plan_months,
    cin_visit_working_days,
    cin_drift_months,
    dormant_days,
    cla_first_visit_days,
    cla_visit_days,
    cla_visit_interim_order_days,
    cla_visit_long_term_months,
    cla_first_review_working_days,
    cla_review_months,
    health_months_under_5,
    health_months,
    dental_months,
    permanence_months,
    pathway_review_months,
    care_leaver_contact_days,
    caseload_limit,
    attention_referrals,
    attention_section_47s,
    attention_previous_plans,
    attention_plan_months,
    attention_care_periods,
    attention_placements,
    attention_missing_episodes,
    attention_no_visit,
    attention_visit_times,
    attention_unallocated,
    attention_dormant,
    attention_assessment_overdue,
    attention_conference_overdue,
    closure_need_months,
    closure_seen_days,
    closure_quiet_months,
    recording_working_days,
    answer_proof_working_days,
    answer_booked_working_days,
    action_due_working_days,
    action_late_head_of_service_working_days,
    action_late_director_working_days,
    action_late_agenda_working_days,
    surgery_prepare_working_days,
);

impl Standards {
    /// Whether a worker's name (as its key) stands for nobody.
    #[must_use]
    pub fn is_placeholder(&self, worker_key: &str) -> bool {
        self.worker_placeholders.contains(worker_key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_standard_can_be_read_and_set_by_its_name() {
        let mut standards = Standards::default();
        for name in Standards::NAMES {
            let value = standards.get(name).unwrap();
            standards.set(name, &value).unwrap();
        }
        assert_eq!(standards, Standards::default());
    }

    #[test]
    fn an_unknown_standard_or_value_changes_nothing() {
        let mut standards = Standards::default();
        assert!(matches!(standards.set("nonsense", "1"), Err(BadSetting::UnknownName(_))));
        assert!(matches!(standards.set("dormant_days", "-1"), Err(BadSetting::BadValue { .. })));
        assert!(matches!(standards.set("assessment_clock", "birth"), Err(BadSetting::BadValue { .. })));
        assert_eq!(standards, Standards::default());
    }
}
