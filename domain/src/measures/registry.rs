//! The core set in its order, and what is read off a measure: its texts under the standards, and its needs.

use super::allocation::{ALL_01, DOR_01};
use super::assessments::{ASM_01, ASM_01_NEEDS_FROM_REFERRAL, ASM_02, ASM_03};
use super::care::{CLA_03, CLA_05, CLA_06, CLA_13};
use super::care_health::{CLA_07, CLA_09};
use super::care_leavers::{CL_01, CL_01A, CL_01B, CL_02, CL_02A, CL_02B, CL_03, CL_03A, CL_03B, CL_04, CL_05, CL_06};
use super::care_visits::CLA_01;
use super::child_in_need::{CIN_01, CIN_03};
use super::child_protection::{CPP_01, CPP_02, CPP_05, CPP_13};
use super::enquiries::{ICPC_01, S47_01, S47_02, S47_04, S47_06};
use super::front_door::{CON_01, REF_02, REF_03};
use super::missing::{MIS_01, MIS_02};
use super::plan_length::{CPP_06, CPP_07, CPP_08, CPP_09, CPP_12};
use super::workforce::{WF_01, WF_02};
use super::{Measure, Needs};
use crate::standards::{AssessmentClock, Standards};

/// Every measure of the core set, in the order of the journey.
pub static CORE: &[Measure] = &[
    CON_01, REF_02, REF_03, ASM_01, ASM_02, ASM_03, S47_01, S47_02, S47_04, S47_06, ICPC_01, CPP_01, CPP_02, CPP_05,
    CPP_06, CPP_07, CPP_08, CPP_09, CPP_12, CPP_13, CIN_01, CIN_03, ALL_01, DOR_01, CLA_01, CLA_03, CLA_05, CLA_06,
    CLA_07, CLA_09, CLA_13, MIS_01, MIS_02, CL_01, CL_01A, CL_01B, CL_02, CL_02A, CL_02B, CL_03, CL_03A, CL_03B, CL_04,
    CL_05, CL_06, WF_01, WF_02,
];

/// The measure of this id, in any case.
#[must_use]
pub fn measure(id: &str) -> Option<&'static Measure> {
    CORE.iter().find(|measure| measure.id.eq_ignore_ascii_case(id))
}

impl Measure {
    /// What it needs from the extract under these standards: some need more than [`Measure::needs`].
    #[must_use]
    pub fn needs_under(&self, standards: &Standards) -> &'static [Needs] {
        if self.id == ASM_01.id && standards.assessment_clock == AssessmentClock::Referral {
            ASM_01_NEEDS_FROM_REFERRAL
        } else {
            self.needs
        }
    }

    /// What the numerator counts, with the standards in force filled in.
    #[must_use]
    pub fn numerator_text(&self, standards: &Standards) -> String {
        fill(self.numerator, standards)
    }

    /// What the denominator counts, with the standards in force filled in.
    #[must_use]
    pub fn denominator_text(&self, standards: &Standards) -> String {
        fill(self.denominator, standards)
    }

    /// What it means and why it matters, with the standards in force filled in.
    #[must_use]
    pub fn meaning_text(&self, standards: &Standards) -> String {
        fill(self.meaning, standards)
    }
}

/// Puts the value of each `{standard}` in its place; a name that is no standard stays as it is.
pub(crate) fn fill(text: &str, standards: &Standards) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        match after.split_once('}').and_then(|(name, tail)| Some((standards.get(name)?, tail))) {
            Some((value, tail)) => {
                filled.push_str(&value);
                rest = tail;
            }
            None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    filled
}
