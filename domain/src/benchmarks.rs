//! England's figures, to stand beside a council's own: the Department for Education's Local Authority Interactive Tool
//! and Explore Education Statistics, under the Open Government Licence v3.0.
//!
//! A benchmark is attached to a measure only where both count the same thing; where they differ a little,
//! [`England::note`] says how.

use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

const TABLE: &str = include_str!("../data/benchmarks_england.json");

const LAIT: &str = "Department for Education, Local Authority Interactive Tool (OGL v3.0)";
const EES: &str = "Department for Education, Explore Education Statistics (OGL v3.0)";

/// A figure that DfE publishes for England.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Benchmark {
    /// Referrals within 12 months of an earlier one.
    ReReferrals,
    /// Referrals with no further action.
    ReferralsNoFurtherAction,
    /// Continuous assessments completed within 45 working days.
    AssessmentsInTime,
    /// Initial conferences within 15 working days.
    ConferencesInTime,
    /// Child protection plans reviewed in time.
    PlansReviewedInTime,
    /// Plans open for two years or longer.
    PlansOpenTwoYears,
    /// Ended plans that lasted two years or longer.
    PlansEndedTwoYears,
    /// Second or later plans.
    SecondPlans,
    /// Ended plans that lasted three months or less.
    PlansEndedInThreeMonths,
    /// Three or more placements in the year.
    ThreePlacements,
    /// Long-term stability of placements.
    LongTermStability,
    /// Health assessments up to date.
    HealthAssessments,
    /// Dental checks up to date.
    DentalChecks,
    /// Children missing from care.
    MissingFromCare,
    /// Care leavers in touch: published as the share not in touch.
    CareLeaversInTouch,
    /// Care leavers of 19 to 21 in suitable accommodation.
    CareLeaversSuitableAccommodation,
    /// Care leavers of 19 to 21 in education, employment or training.
    CareLeaversOccupied,
    /// Children per full-time equivalent case holder.
    Caseload,
}

/// England's figure and how councils spread around it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct England {
    /// The share (0 to 1); for [`Benchmark::Caseload`] children per worker.
    pub value: f64,
    /// Lower quartile, median and upper quartile of councils, lowest first; `None` where none is published.
    pub quartiles: Option<[f64; 3]>,
    /// The statistical year by the calendar year in which it ends.
    pub year: u16,
    /// Who published it, for the line below a chart.
    pub source: &'static str,
    /// How England's figure differs from the measure it stands beside.
    pub note: Option<&'static str>,
}

#[derive(Deserialize)]
struct Table {
    lait: HashMap<String, Row>,
    ees: Ees,
}

#[derive(Deserialize)]
struct Row {
    latest_year: String,
    england: f64,
    #[serde(rename = "la_min_q1_median_q3_max")]
    spread: [f64; 5],
}

#[derive(Deserialize)]
struct Ees {
    #[serde(rename = "d7_cpps_ended_by_duration_2013_to_2025.csv")]
    plans_ended: EesRow,
    csww_2025: Workforce,
}

#[derive(Deserialize)]
struct EesRow {
    england_2025: f64,
}

#[derive(Deserialize)]
struct Workforce {
    caseload_fte: f64,
}

/// The table is part of the binary and a test reads every figure; without it there are simply no benchmarks.
static PARSED: LazyLock<Option<Table>> = LazyLock::new(|| serde_json::from_str(TABLE).ok());

impl Benchmark {
    /// Every benchmark.
    pub const ALL: [Self; 18] = [
        Self::ReReferrals,
        Self::ReferralsNoFurtherAction,
        Self::AssessmentsInTime,
        Self::ConferencesInTime,
        Self::PlansReviewedInTime,
        Self::PlansOpenTwoYears,
        Self::PlansEndedTwoYears,
        Self::SecondPlans,
        Self::PlansEndedInThreeMonths,
        Self::ThreePlacements,
        Self::LongTermStability,
        Self::HealthAssessments,
        Self::DentalChecks,
        Self::MissingFromCare,
        Self::CareLeaversInTouch,
        Self::CareLeaversSuitableAccommodation,
        Self::CareLeaversOccupied,
        Self::Caseload,
    ];

    /// England's latest figure.
    #[must_use]
    pub fn england(self) -> Option<England> {
        let table = PARSED.as_ref()?;
        let england = match self {
            Self::Caseload => england_alone(table.ees.csww_2025.caseload_fte),
            Self::PlansEndedInThreeMonths => england_alone(table.ees.plans_ended.england_2025 / 100.0),
            Self::CareLeaversInTouch => complement(&from_lait(table, self.lait_key()?)?),
            _ => from_lait(table, self.lait_key()?)?,
        };
        Some(England { note: self.note(), ..england })
    }

    /// The figure's name in the Local Authority Interactive Tool.
    const fn lait_key(self) -> Option<&'static str> {
        Some(match self {
            Self::ReReferrals => "ReReferral",
            Self::ReferralsNoFurtherAction => "CIN_Refferals_NFA",
            Self::AssessmentsInTime => "Continue_Assess_Comp",
            Self::ConferencesInTime => "CP_conf_15days",
            Self::PlansReviewedInTime => "RevCP",
            Self::PlansOpenTwoYears => "CPPlans2yrsActive",
            Self::PlansEndedTwoYears => "CPPlans2yrs",
            Self::SecondPlans => "PrevRegCPR",
            Self::ThreePlacements => "LACStable_2016on",
            Self::LongTermStability => "LAC_LongStable%",
            Self::HealthAssessments => "LACHealth%",
            Self::DentalChecks => "LACDental%",
            Self::MissingFromCare => "Children_missing",
            Self::CareLeaversInTouch => "CareLeavers_LA_NotInTouch",
            Self::CareLeaversSuitableAccommodation => "CareLeaverAcc",
            Self::CareLeaversOccupied => "CareLeaverEET",
            Self::PlansEndedInThreeMonths | Self::Caseload => return None,
        })
    }

    const fn note(self) -> Option<&'static str> {
        match self {
            Self::PlansReviewedInTime => {
                Some("DfE counts every review due in the year; here the latest alone is known.")
            }
            Self::PlansEndedInThreeMonths => Some("Rounded to a whole per cent."),
            Self::LongTermStability => Some("DfE also counts children placed for adoption with the same carers."),
            Self::HealthAssessments => {
                Some("DfE wants two assessments in the year under the age of five; here the latest alone is known.")
            }
            Self::MissingFromCare => {
                Some("DfE counts children in care at any time of the year, and councils record differently.")
            }
            Self::CareLeaversInTouch => {
                Some("100% less DfE's share not in touch, around the birthday; here it is the latest known.")
            }
            Self::CareLeaversSuitableAccommodation | Self::CareLeaversOccupied => {
                Some("DfE asks around the birthday; here it is the latest known.")
            }
            Self::Caseload => Some("Per full-time equivalent; here each worker counts as one."),
            _ => None,
        }
    }
}

fn from_lait(table: &Table, key: &str) -> Option<England> {
    let row = table.lait.get(key)?;
    let [_, lower, median, upper, _] = row.spread.map(|per_cent| per_cent / 100.0);
    Some(England {
        value: row.england / 100.0,
        quartiles: Some([lower, median, upper]),
        year: row.latest_year.parse().ok()?,
        source: LAIT,
        note: None,
    })
}

fn england_alone(value: f64) -> England {
    England { value, quartiles: None, year: 2025, source: EES, note: None }
}

/// The share that a published share leaves over; its quartiles change places.
fn complement(england: &England) -> England {
    England {
        value: 1.0 - england.value,
        quartiles: england.quartiles.map(|[lower, median, upper]| [1.0 - upper, 1.0 - median, 1.0 - lower]),
        ..*england
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_benchmark_has_a_figure_in_order() {
        for benchmark in Benchmark::ALL {
            let england = benchmark.england().unwrap();
            if benchmark != Benchmark::Caseload {
                assert!((0.0..=1.0).contains(&england.value), "{benchmark:?}");
            }
            if let Some(quartiles) = england.quartiles {
                assert!(quartiles.is_sorted(), "{benchmark:?}: {quartiles:?}");
            }
            assert!(england.year >= 2024, "{benchmark:?}");
        }
    }

    #[test]
    fn a_per_cent_reads_as_a_share() {
        let england = Benchmark::ReReferrals.england().unwrap();
        assert_eq!(england.value, 0.226);
        assert_eq!(england.quartiles.unwrap()[1], 0.2);
    }

    #[test]
    fn in_touch_is_what_not_in_touch_leaves_over_with_its_quartiles_turned() {
        let england = Benchmark::CareLeaversInTouch.england().unwrap();
        assert_eq!(england.value, 0.96);
        let quartiles = england.quartiles.unwrap();
        for (quartile, expected) in quartiles.into_iter().zip([0.94, 0.96, 0.995]) {
            assert!((quartile - expected).abs() < 1e-12);
        }
    }

    #[test]
    fn a_caseload_is_no_share() {
        let england = Benchmark::Caseload.england().unwrap();
        assert_eq!(england.value, 15.2);
        assert_eq!(england.quartiles, None);
    }
}
