//! What the form of a new action proposes for a measure: something a person can do, and by when. Our own words and
//! times; data beside the measures, one entry a measure.

use super::{Measure, fill};
use crate::standards::Standards;

/// What is proposed to be done about a measure. Words name no child.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proposal {
    /// About one or several children.
    children: Act,
    /// About a team, a service or a hand-off.
    group: Act,
}

/// An act and its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Act {
    /// An instruction. `{days}` is its time, other names in braces are standards.
    text: &'static str,
    /// By when: working days after the action is recorded.
    pub working_days: u32,
}

impl Proposal {
    /// A proposal about what no measure speaks for: what to do about children and about a group, each with its time in
    /// working days.
    pub(crate) const fn new(children: (&'static str, u32), group: (&'static str, u32)) -> Self {
        Self {
            children: Act { text: children.0, working_days: children.1 },
            group: Act { text: group.0, working_days: group.1 },
        }
    }

    /// The act for an action about children, or about a group.
    #[must_use]
    pub const fn act(&self, about_children: bool) -> &Act {
        if about_children { &self.children } else { &self.group }
    }
}

impl Act {
    /// The instruction with its time and the standards in force filled in: "Visit and record within 2 working days".
    #[must_use]
    pub fn text(&self, standards: &Standards) -> String {
        let unit = if self.working_days == 1 { "working day" } else { "working days" };
        fill(&self.text.replace("{days}", &format!("{} {unit}", self.working_days)), standards)
    }
}

impl Measure {
    /// What is proposed to be done about it; every core measure has it, measures for two age groups that of the whole.
    #[must_use]
    pub fn proposal(&self) -> Option<&'static Proposal> {
        let whole = self.id.trim_end_matches(|letter: char| letter.is_ascii_lowercase());
        ALL.iter().find(|(id, _)| *id == whole).map(|(_, proposal)| proposal)
    }
}

type Entry = (&'static str, Proposal);

const fn of(measure: &'static str, children: (&'static str, u32), group: (&'static str, u32)) -> Entry {
    (measure, Proposal::new(children, group))
}

/// In the order of the core set.
static ALL: &[Entry] = &[
    of(
        "CON-01",
        ("Read the contact again, and record the decision and its reason within {days}", 2),
        ("Sample 20 contacts, and agree with the front door which of them become a referral", 10),
    ),
    of(
        "REF-02",
        ("Read why the case was closed before, and record what this episode does differently", 5),
        ("Read the latest ten re-referrals, and agree what is checked before a case is closed", 15),
    ),
    of(
        "REF-03",
        ("Read the decision to take no further action again, and record whether it stands", 5),
        ("Audit ten referrals that ended without further action, and agree the threshold with the front door", 15),
    ),
    of(
        "ASM-01",
        ("Record why the assessment was late, and tell the family what happens next", 5),
        ("Agree a plan to authorise all assessments by day {assessment_working_days}", 5),
    ),
    of(
        "ASM-02",
        ("Complete and authorise the assessment within {days}", 5),
        ("Agree a plan to authorise all assessments by day {assessment_working_days}", 5),
    ),
    of(
        "ASM-03",
        ("See the child, and record what the child says, within {days}", 5),
        ("Check before each authorisation that the child was seen, and send back each where not", 10),
    ),
    of(
        "S47-01",
        ("Record why the conference was late, and how the child was kept safe until it was held", 5),
        ("Agree with the chairs how every initial conference is held within {icpc_working_days} working days", 10),
    ),
    of(
        "S47-02",
        ("Hold the initial conference, or record why none is needed, within {days}", 3),
        ("Set a date with the chairs for every initial conference that is late, within {days}", 2),
    ),
    of(
        "S47-04",
        ("Read the decision that no conference was needed again, and record whether it stands", 5),
        ("Audit ten enquiries that ended without a conference, and agree the threshold with partners", 15),
    ),
    of(
        "S47-06",
        ("Read the earlier enquiry, and record what is done differently this time", 5),
        ("Read the latest ten repeat enquiries, and agree what has to be settled before an enquiry ends", 15),
    ),
    of(
        "ICPC-01",
        ("Read the decision of the conference again, and record what keeps the child safe", 5),
        ("Audit ten conferences, and agree with partners when one is called", 15),
    ),
    of(
        "CPP-01",
        ("Visit and record within {days}", 2),
        ("Visit every child whose visit is late, and record it, within {days}", 2),
    ),
    of(
        "CPP-02",
        ("See the child alone, and record it, within {days}", 5),
        ("Agree for every child who was not seen alone where and by whom it is done at the next visit", 5),
    ),
    of(
        "CPP-05",
        ("Hold the review conference within {days}", 10),
        ("Set a date with the chairs for every review conference that is late", 5),
    ),
    of(
        "CPP-06",
        ("Review the plan with its chair, and record what has to change and by when", 10),
        (
            "Review every plan of {cp_long_plan_months} months or longer with its chair, and record what has to change",
            20,
        ),
    ),
    of(
        "CPP-07",
        ("Hold a legal planning meeting, or record why none is needed, within {days}", 10),
        ("Read every plan of two years or longer with its chair, and decide what happens next for each child", 10),
    ),
    of(
        "CPP-08",
        ("Record what kept the plan open for so long, and share it with the chair", 10),
        ("Read the plans that lasted two years, and agree what is asked of a plan at month {cp_long_plan_months}", 20),
    ),
    of(
        "CPP-09",
        ("Read the earlier plan, and put into this one what the earlier one did not change", 10),
        ("Read the second plans with their chairs, and agree what is checked before a plan ends", 20),
    ),
    of(
        "CPP-12",
        ("Visit the child, and record whether the plan ended too soon", 5),
        (
            "Audit the plans that ended within {cp_short_plan_months} months, and agree when a first review may end one",
            20,
        ),
    ),
    of(
        "CPP-13",
        ("Decide with the reviewing officer which plan goes on, and end the other", 20),
        ("Decide with the reviewing officers which plan goes on for each child, and end the other", 20),
    ),
    of(
        "CIN-01",
        ("Visit and record within {days}", 5),
        ("Visit every child whose visit is late, and record it, within {days}", 5),
    ),
    of(
        "CIN-03",
        ("Review the plan, and decide to close it, step it down or step it up", 10),
        (
            "Review every plan open for {cin_drift_months} months or longer, and decide to close, step down or step up",
            20,
        ),
    ),
    of(
        "ALL-01",
        ("Allocate a named worker within {days}", 1),
        ("Allocate a named worker to every child without one within {days}", 2),
    ),
    of(
        "DOR-01",
        ("See the child and record it, or close the case with its reason, within {days}", 3),
        ("See every child of a dormant case and record it, or close the case with its reason, within {days}", 5),
    ),
    of(
        "CLA-01",
        ("Visit the child in the placement, and record it, within {days}", 3),
        ("Visit every child whose visit is late, and record it, within {days}", 3),
    ),
    of(
        "CLA-03",
        ("Hold the statutory review within {days}", 10),
        ("Set a date with the reviewing officers for every review that is late", 5),
    ),
    of(
        "CLA-05",
        ("Hold a stability meeting for the placement within {days}", 5),
        ("Agree support for every placement that may break down", 10),
    ),
    of(
        "CLA-06",
        ("Agree with the carers what keeps the placement together", 10),
        ("Hold a stability meeting for every long-term placement that may break down", 20),
    ),
    of(
        "CLA-07",
        ("Book the health assessment, and record it once done, within {days}", 20),
        ("Set a date with the health team for every health assessment that is late", 10),
    ),
    of(
        "CLA-09",
        ("Book the dental check, and record it once done, within {days}", 20),
        ("Set a date with carers and dentists for every dental check that is late", 10),
    ),
    of(
        "CLA-13",
        ("Agree the plan for permanence, and record it, within {days}", 10),
        ("Agree and record a plan for permanence for every child without one", 20),
    ),
    of(
        "MIS-01",
        ("Meet about where the child goes and why, and agree a safety plan, within {days}", 3),
        ("Agree with the police and carers a safety plan for every child who goes missing", 5),
    ),
    of(
        "MIS-02",
        ("Offer a return interview, and record the answer, within {days}", 3),
        ("Offer a return interview to every child who was offered none, within {days}", 3),
    ),
    of(
        "CL-01",
        ("Get in touch with the young person, and record it, within {days}", 5),
        ("Agree who tries to reach each young person not in touch, and how", 5),
    ),
    of(
        "CL-02",
        ("Find a suitable home with the young person, or make this one suitable", 10),
        ("Agree a move with housing for every young person whose home is not suitable", 20),
    ),
    of(
        "CL-03",
        ("Agree with the young person a next step into study, training or work", 20),
        ("Agree with colleges and employers an offer for every young person without an occupation", 20),
    ),
    of(
        "CL-04",
        ("Review the pathway plan with the young person within {days}", 10),
        ("Set a date for every review of a pathway plan that is late", 5),
    ),
    of(
        "CL-05",
        ("Meet or speak with the young person, and record it, within {days}", 5),
        ("Meet or speak with every young person whose contact is late, and record it, within {days}", 5),
    ),
    of(
        "CL-06",
        ("Allocate a personal adviser within {days}", 5),
        ("Allocate a personal adviser to every young person without one within {days}", 5),
    ),
    of(
        "WF-01",
        ("Agree in supervision which cases close, step down or pass to another worker", 10),
        ("Agree which cases close, step down or pass to other teams, and which posts are filled", 10),
    ),
    of(
        "WF-02",
        ("Agree in supervision which cases close, step down or pass to another worker", 5),
        ("Pass cases from every worker above {caseload_limit} children to workers with room", 5),
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measures::CORE;

    /// What an instruction begins with: a verb that tells somebody to do something.
    const VERBS: [&str; 17] = [
        "Agree", "Allocate", "Audit", "Book", "Check", "Complete", "Decide", "Find", "Get", "Hold", "Meet", "Offer",
        "Pass", "Read", "Record", "Review", "See",
    ];
    const MORE_VERBS: [&str; 3] = ["Sample", "Set", "Visit"];

    #[test]
    fn every_measure_that_an_agenda_can_hold_proposes_an_act_and_a_time() {
        let standards = Standards::default();
        for measure in CORE {
            let proposal = measure.proposal().unwrap_or_else(|| panic!("{} proposes nothing", measure.id));
            for act in [proposal.act(true), proposal.act(false)] {
                let text = act.text(&standards);
                let first = text.split(' ').next().unwrap();
                assert!(VERBS.contains(&first) || MORE_VERBS.contains(&first), "{}: {text}", measure.id);
                assert!(!text.contains(['{', '}']) && !text.ends_with('.'), "{}: {text}", measure.id);
                assert!((1..=20).contains(&act.working_days), "{}: {text}", measure.id);
                // A time in the words is the time of the due date.
                if let Some((_, within)) = text.rsplit_once("within ").filter(|_| act.text.contains("{days}")) {
                    let unit = if act.working_days == 1 { "working day" } else { "working days" };
                    assert_eq!(within, format!("{} {unit}", act.working_days), "{}", measure.id);
                }
            }
        }
        let wholes: Vec<_> = CORE.iter().map(|one| one.id).filter(|id| !id.ends_with(['a', 'b'])).collect();
        assert_eq!(ALL.iter().map(|(id, _)| *id).collect::<Vec<_>>(), wholes);
    }

    #[test]
    fn the_time_fits_the_measure() {
        let standards = Standards::default();
        let proposed = |id: &str, children| {
            let act = crate::measures::measure(id).unwrap().proposal().unwrap().act(children);
            (act.text(&standards), act.working_days)
        };
        assert_eq!(proposed("CPP-01", true), ("Visit and record within 2 working days".to_owned(), 2));
        let assessments = "Agree a plan to authorise all assessments by day 45".to_owned();
        assert_eq!(proposed("ASM-02", false), (assessments.clone(), 5));
        assert_eq!(proposed("ASM-01", false), (assessments, 5));
        assert_eq!(proposed("ALL-01", true), ("Allocate a named worker within 1 working day".to_owned(), 1));
        assert_eq!(proposed("CL-01a", true), proposed("CL-01", true));
        let days = |id| proposed(id, true).1;
        assert!(days("CPP-01") < days("CIN-01") && days("CIN-01") < days("CPP-05") && days("CPP-05") < days("CLA-07"));
    }

    #[test]
    fn words_follow_the_standards_in_force() {
        let mut standards = Standards::default();
        standards.set("assessment_working_days", "35").unwrap();
        let text = crate::measures::measure("ASM-02").unwrap().proposal().unwrap().act(false).text(&standards);
        assert_eq!(text, "Agree a plan to authorise all assessments by day 35");
    }
}
