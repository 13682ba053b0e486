//! The county's targets: modest at first, raised when half the story is told, with a lower step for the teams that lag.

use super::calendar::Day;
use super::county::{CARE, TEAMS};

/// A line of `targets.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TargetLine {
    pub indicator: &'static str,
    pub team: &'static str,
    pub service: &'static str,
    pub target: &'static str,
    pub tolerance: &'static str,
    pub valid_from: Day,
}

/// For the whole county: the target at first, the raised one, and what is close to either.
const COUNTY: [(&str, &str, &str, &str); 8] = [
    ("ASM-01", "80%", "90%", "5%"),
    ("CPP-01", "85%", "95%", "2.5%"),
    ("CIN-01", "75%", "90%", "5%"),
    ("ALL-01", "97%", "100%", "1%"),
    ("DOR-01", "12%", "5%", "3%"),
    ("CLA-01", "90%", "95%", "3%"),
    ("WF-01", "17", "16", "1"),
    ("WF-02", "20%", "10%", "5%"),
];

/// What is known of the targets on a day. The file is cumulative, so that each line keeps its date.
pub(super) fn lines(first: Day, last: Day, as_at: Day) -> Vec<TargetLine> {
    // On the date of a week, in the middle of the weeks.
    let raised = last - (last - first).min(364) / 14 * 7;
    let line = |indicator, target, tolerance, valid_from| TargetLine {
        indicator,
        team: "",
        service: "",
        target,
        tolerance,
        valid_from,
    };
    let mut lines: Vec<TargetLine> =
        COUNTY.iter().map(|(indicator, target, _, close)| line(*indicator, *target, *close, first)).collect();
    lines.push(TargetLine { service: CARE, ..line("CLA-09", "80%", "5%", first) });
    if raised > first && as_at >= raised {
        lines.extend(COUNTY.iter().map(|(indicator, _, target, close)| line(*indicator, *target, *close, raised)));
        let lagging = TEAMS.iter().filter(|team| team.lagging);
        lines.extend(lagging.map(|team| TargetLine { team: team.name, ..line("CPP-01", "88%", "5%", raised) }));
    }
    lines
}
