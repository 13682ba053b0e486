//! The drawn journey.

use super::events::Event;
use super::stages::Stage;
use app::data::Chart;
use chrono::NaiveDate;

pub(super) fn draw(_child_id: &str, _stages: &[Stage], _events: &[Event], _as_at: NaiveDate) -> Option<Chart> {
    None
}
