//! `targets.csv`: what a measure should reach, for everything, a service or a team, from a date.
//!
//! A target that is read wrongly would colour every page, so one bad row refuses the file.

use super::problems::{ProblemKind, Severity};
use super::table::{Table, TableRow};
use domain::measures::measure;
use domain::names::name_key;
use domain::scope::Area;
use domain::targets::{Aim, BadTarget, DatedTarget};

impl Table for DatedTarget {
    const LIST: &'static str = "targets";
    const COLUMNS: &'static [(bool, &'static str)] = &[
        (true, "indicator"),
        (false, "team"),
        (false, "service"),
        (true, "target"),
        (false, "tolerance"),
        (true, "valid_from"),
    ];
    const STRICT: bool = true;

    fn read(row: &mut TableRow<'_>) -> Option<Self> {
        let indicator = row.required("indicator");
        let target = row.required("target");
        let valid_from = row.required("valid_from").and_then(|_| row.date("valid_from", Severity::Error));
        let area = match (row.text("team"), row.text("service")) {
            (None, None) => Some(Area::All),
            (Some(team), None) => Some(Area::Team(team)),
            (None, Some(service)) => Some(Area::Service(service)),
            (Some(_), Some(_)) => {
                row.error(
                    ProblemKind::TeamAndService,
                    "service",
                    "a team and a service: leave one of them blank, a target is of one of the two",
                );
                None
            }
        };
        let measure = measure(&indicator?).or_else(|| {
            row.error(
                ProblemKind::UnknownIndicator,
                "indicator",
                "no such indicator: give its id as the help page has it, CPP-01",
            );
            None
        })?;
        let tolerance = row.text("tolerance").unwrap_or_default();
        let target = target?;
        let aim = Aim::read(measure, &target, &tolerance)
            .map_err(|bad| {
                let is_the_target_good = Aim::read(measure, &target, "").is_ok();
                let column = match bad {
                    BadTarget::Neutral(_) => "indicator",
                    BadTarget::Share | BadTarget::Ratio if is_the_target_good => "tolerance",
                    BadTarget::Share | BadTarget::Ratio => "target",
                };
                row.error(ProblemKind::BadTarget, column, bad.to_string());
            })
            .ok()?;
        Some(Self { measure: measure.id.to_owned(), area: area?, aim: Some(aim), applies_from: valid_from? })
    }

    fn group(&self) -> Option<String> {
        let area = match &self.area {
            Area::All => String::new(),
            Area::Service(name) => format!("service {}", name_key(name)),
            Area::Team(name) => format!("team {}", name_key(name)),
        };
        Some(format!("{} {} {area}", self.measure, self.applies_from))
    }

    fn clash(&self, other: &Self) -> Option<&'static str> {
        (self.aim != other.aim)
            .then_some("another target of the same indicator, place and date stands above: delete one of them")
    }
}
