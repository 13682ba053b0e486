//! What comes if nobody acts.

use super::{FigureText, Link};
use serde::{Deserialize, Serialize};

/// A measure in the coming weeks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LookAhead {
    /// Now, then each coming week; empty where nothing can be said of them.
    pub weeks: Vec<WeekRow>,
    /// Whether the measure sets a day by which to act, so that units fall due.
    pub has_due_days: bool,
    /// How the weeks are to be read, or why there are none.
    pub note: String,
    /// Why that the figure would move is no reason to act.
    pub caution: Option<String>,
    /// What would reach the target; `None` where the measure has none.
    pub target: Option<WayToTarget>,
}

/// One week.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WeekRow {
    /// "Now, 30 October 2026", "Friday 6 November 2026".
    pub day: String,
    /// The figure on that day.
    pub figure: FigureText,
    /// Units that fall due in the week before; `None` for now.
    pub due: Option<u64>,
}

/// What would reach the target.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WayToTarget {
    /// How many have to be put right and what the figure is then, or why there is no such number.
    pub text: String,
    /// What puts one right: "See the child in a statutory visit, and record the visit."
    pub act: Option<String>,
    /// The first of the shortest list; empty for who reads no child.
    pub children: Vec<WayRow>,
    /// Those after the first, in words: "and 12 more".
    pub more: Option<String>,
    /// All units on the wrong side.
    pub all: Option<Link>,
}

/// A child of the shortest list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WayRow {
    /// The child's id.
    pub who: String,
    /// The child's page.
    pub href: Option<String>,
    /// Team.
    pub team: String,
    /// Worker.
    pub worker: String,
    /// Due.
    pub due: String,
}

/// What falls due day by day.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct DueCalendar {
    /// "30 October to 26 November 2026".
    pub days: String,
    /// The first lines, by day.
    pub rows: Vec<DueRow>,
    /// All lines.
    pub total: u64,
}

/// Something that falls due.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DueRow {
    /// "Friday 6 November 2026": the last day in time.
    pub day: String,
    /// Whether that is a working day.
    pub working_day: bool,
    /// The child's id.
    pub who: String,
    /// The child's page.
    pub href: Option<String>,
    /// The measure, for the team.
    pub measure: Link,
    /// Worker.
    pub worker: String,
}
