//! `organisation.csv`: which team belongs where, and who answers for it.

use super::problems::Severity;
use super::table::{Table, TableRow};
use domain::organisation::TeamPlace;

impl Table for TeamPlace {
    const LIST: &'static str = "organisation";
    const COLUMNS: &'static [(bool, &'static str)] = &[
        (true, "team"),
        (false, "team_type"),
        (false, "locality"),
        (true, "service"),
        (true, "head_of_service"),
        (false, "head_of_service_email"),
        (false, "director"),
        (false, "team_manager"),
        (false, "team_manager_email"),
        (false, "valid_from"),
        (false, "valid_to"),
    ];
    const STRICT: bool = false;

    fn read(row: &mut TableRow<'_>) -> Option<Self> {
        Some(Self {
            team: row.required("team")?,
            service: row.required("service")?,
            head_of_service: row.required("head_of_service")?,
            team_type: row.text("team_type"),
            locality: row.text("locality"),
            head_of_service_email: row.text("head_of_service_email"),
            director: row.text("director"),
            team_manager: row.text("team_manager"),
            team_manager_email: row.text("team_manager_email"),
            valid_from: row.date("valid_from", Severity::Warning),
            valid_to: row.date("valid_to", Severity::Warning),
        })
    }
}
