//! The rules of the register of Children Requiring Attention, as data.

use super::{Found, history, practice};
use crate::journey::SoundJourney;
use crate::measures::{Context, Needs, fill, measure, needs};
use crate::record::List;
use crate::standards::Standards;

/// A rule that puts a child on the register.
#[derive(Debug)]
pub struct Rule {
    /// Stable id, `long-plan`.
    pub id: &'static str,
    /// What it looks for. Names of standards in braces are filled in by [`Rule::name_text`].
    pub name: &'static str,
    /// Why it matters for a child.
    pub why: &'static str,
    /// Where it comes from.
    pub source: &'static str,
    /// How far up the reason stands: an order for reading, and no measure of risk.
    pub weight: u32,
    /// The standards it reads. The first is its threshold, and 0 switches it off.
    pub standards: &'static [&'static str],
    /// The columns it reads by itself.
    pub needs: &'static [Needs],
    /// The measures whose reading it takes over, by id; each counts for itself where it is supplied.
    pub measures: &'static [&'static str],
    /// The threshold.
    threshold: fn(&Standards) -> u32,
    /// What it finds of a child, given the threshold.
    finds: fn(&SoundJourney, &Context<'_>, u32) -> Option<Found>,
}

impl Rule {
    /// What it looks for, with the standards in force filled in.
    #[must_use]
    pub fn name_text(&self, standards: &Standards) -> String {
        fill(self.name, standards)
    }

    /// Whether it is switched on.
    #[must_use]
    pub fn is_on(&self, standards: &Standards) -> bool {
        (self.threshold)(standards) > 0
    }

    /// Whether the extract holds what it reads; of several measures, that of at least one.
    #[must_use]
    pub fn is_supplied(&self, context: &Context<'_>) -> bool {
        let by_measures = self
            .measures
            .iter()
            .filter_map(|id| measure(id))
            .any(|measure| context.supplied.satisfies(measure.needs_under(context.standards)));
        context.supplied.satisfies(self.needs) && (self.measures.is_empty() || by_measures)
    }

    /// What it finds of a child; nothing when it is off or not supplied.
    pub(super) fn applies_to(&self, journey: &SoundJourney, context: &Context<'_>) -> Option<Found> {
        let threshold = (self.threshold)(context.standards);
        let found = (threshold > 0).then(|| (self.finds)(journey, context, threshold)).flatten()?;
        // Most rules find nothing of a given child, and what was supplied takes longer to find out.
        self.is_supplied(context).then_some(found)
    }
}

/// The rule of this id.
#[must_use]
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id == id)
}

const PAPERS: &str = "A council's own register of children requiring attention after inspection; local threshold";
const LOCAL: &str = "Local standard";

/// Every rule, in the order of the journey.
pub static RULES: &[Rule] = &[
    Rule {
        id: "referrals",
        name: "{attention_referrals} or more referrals in 12 months",
        why: "Somebody keeps worrying about this child, and what was done has not ended the worry.",
        source: PAPERS,
        weight: 3,
        standards: &["attention_referrals"],
        needs: &[needs(List::Referrals, &["Date of referral", "Number of Referrals in Last 12 Months"])],
        measures: &[],
        threshold: |standards| standards.attention_referrals,
        finds: history::referrals,
    },
    Rule {
        id: "assessment-overdue",
        name: "Assessment open for more than {assessment_working_days} working days",
        why: "The child is still waiting for an answer.",
        source: LOCAL,
        weight: 3,
        standards: &["attention_assessment_overdue", "assessment_working_days"],
        needs: &[],
        measures: &["ASM-02"],
        threshold: |standards| standards.attention_assessment_overdue,
        finds: practice::assessment_overdue,
    },
    Rule {
        id: "repeat-section-47",
        name: "{attention_section_47s} or more section 47 enquiries in 12 months",
        why: "Harm was suspected again soon after it had been looked into.",
        source: LOCAL,
        weight: 4,
        standards: &["attention_section_47s"],
        needs: &[needs(
            List::Section47s,
            &[
                "Strategy discussion initiating Section 47 Enquiry Start Date",
                "Number of Section 47 Enquiries in the last 12 months",
            ],
        )],
        measures: &[],
        threshold: |standards| standards.attention_section_47s,
        finds: history::section_47s,
    },
    Rule {
        id: "conference-overdue",
        name: "Initial conference awaited for more than {icpc_working_days} working days",
        why: "The child was thought to be suffering harm and has no agreed plan.",
        source: LOCAL,
        weight: 5,
        standards: &["attention_conference_overdue", "icpc_working_days"],
        needs: &[],
        measures: &["S47-02"],
        threshold: |standards| standards.attention_conference_overdue,
        finds: practice::conference_overdue,
    },
    Rule {
        id: "second-plan",
        name: "On a child protection plan after {attention_previous_plans} or more earlier",
        why: "Harm came back, or never went away.",
        source: PAPERS,
        weight: 3,
        standards: &["attention_previous_plans"],
        needs: &[needs(
            List::ProtectionPlans,
            &[
                "Child Protection Plan Start Date",
                "Child Protection Plan End Date",
                "Number of Previous Child Protection Plans",
            ],
        )],
        measures: &[],
        threshold: |standards| standards.attention_previous_plans,
        finds: history::second_plan,
    },
    Rule {
        id: "long-plan",
        name: "On a child protection plan for {attention_plan_months} months or more",
        why: "The plan may have stopped changing anything for the child.",
        source: PAPERS,
        weight: 3,
        standards: &["attention_plan_months"],
        needs: &[needs(List::ProtectionPlans, &["Child Protection Plan Start Date", "Child Protection Plan End Date"])],
        measures: &[],
        threshold: |standards| standards.attention_plan_months,
        finds: history::long_plan,
    },
    Rule {
        id: "second-care",
        name: "Looked after for the second time or more ({attention_care_periods} periods of care)",
        why: "Going home did not last.",
        source: PAPERS,
        weight: 3,
        standards: &["attention_care_periods"],
        needs: &[needs(
            List::ChildrenInCare,
            &[
                "Date Started to be Looked After",
                "Date Ceased to be Looked After",
                "Child's Legal Status",
                "Is this a second or subsequent period of being a Looked After Child within the last 12 months (Y/N)",
            ],
        )],
        measures: &[],
        threshold: |standards| standards.attention_care_periods,
        finds: history::second_care,
    },
    Rule {
        id: "placements",
        name: "{attention_placements} or more placements in 12 months",
        why: "Each move can cost a child a home, a school and the adults they trust.",
        source: "As CLA-05; local threshold",
        weight: 3,
        standards: &["attention_placements"],
        // What CLA-05 needs.
        needs: &[],
        measures: &["CLA-05"],
        threshold: |standards| standards.attention_placements,
        finds: history::placements,
    },
    Rule {
        id: "missing",
        name: "Missing from care {attention_missing_episodes} time or more in 12 months",
        why: "A missing child may be exploited or hurt, or running from something.",
        source: "As MIS-01; local threshold",
        weight: 4,
        standards: &["attention_missing_episodes"],
        needs: &[],
        measures: &["MIS-01"],
        threshold: |standards| standards.attention_missing_episodes,
        finds: history::missing,
    },
    Rule {
        id: "no-visit",
        name: "A visit is late and none is recorded at all",
        why: "Nobody from the service is known to have seen this child since the plan or the care began.",
        source: LOCAL,
        weight: 5,
        standards: &["attention_no_visit", "cp_visit_working_days", "cin_visit_working_days", "cla_first_visit_days"],
        needs: &[],
        measures: &["CPP-01", "CIN-01", "CLA-01"],
        threshold: |standards| standards.attention_no_visit,
        finds: practice::no_visit,
    },
    Rule {
        id: "visit-overdue",
        name: "The last visit is more than {attention_visit_times} times its standard ago",
        why: "A visit a few days late can be chance; one this late means that nobody knows how the child is.",
        source: LOCAL,
        weight: 4,
        standards: &[
            "attention_visit_times",
            "cp_visit_working_days",
            "cin_visit_working_days",
            "cla_first_visit_days",
            "cla_visit_days",
            "cla_visit_interim_order_days",
            "cla_visit_long_term_months",
        ],
        needs: &[],
        measures: &["CPP-01", "CIN-01", "CLA-01"],
        threshold: |standards| standards.attention_visit_times,
        finds: practice::visit_overdue,
    },
    Rule {
        id: "unallocated",
        name: "Open without an allocated worker",
        why: "Nobody knows this child and answers for the plan.",
        source: "As ALL-01",
        weight: 5,
        standards: &["attention_unallocated", "worker_placeholders"],
        needs: &[],
        measures: &["ALL-01"],
        threshold: |standards| standards.attention_unallocated,
        finds: practice::unallocated,
    },
    Rule {
        id: "dormant",
        name: "Not seen for more than {dormant_days} days while in need",
        why: "An open case in which nobody sees the child gives false comfort.",
        source: "As DOR-01",
        weight: 4,
        standards: &["attention_dormant", "dormant_days"],
        needs: &[],
        measures: &["DOR-01"],
        threshold: |standards| standards.attention_dormant,
        finds: practice::dormant,
    },
];
