//! One child's journey.

use super::{ActionsHere, Chart, Link, Standing, Table};
use serde::{Deserialize, Serialize};

/// `/children/:id`: what happened to this child, in order?
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChildPage {
    /// The council's id of the child.
    pub child_id: String,
    /// "7 years old, born 3 March 2019", "unborn", "date of birth not recorded".
    pub age: String,
    /// Gender, ethnicity, disability: label and value.
    pub details: Vec<(String, String)>,
    /// "Child protection plan", "Looked after", "Child in need", "Not open".
    pub status: Vec<String>,
    /// Who holds the case.
    pub team: Option<Link>,
    /// The worker, or why there is none.
    pub worker: String,
    /// Whether there is a real worker.
    pub allocated: bool,
    /// Why the child is on the register of Children Requiring Attention, the weightiest reason first.
    pub attention: Vec<String>,
    /// Since which extract: "On the register since 3 July 2026, 17 weeks".
    pub on_register: Option<String>,
    /// What else stands badly now, worst first.
    pub also: Vec<String>,
    /// Clocks running now.
    pub clocks: Vec<ClockRow>,
    /// Total time known to the service, in words.
    pub total: String,
    /// Time in each stage.
    pub stages: Vec<StageRow>,
    /// The drawn timeline.
    pub timeline: Option<Chart>,
    /// Every event, oldest first.
    pub events: Vec<EventRow>,
    /// What managers said of this child while late, the newest first; `None` where nobody has said anything.
    pub answers: Option<Table>,
    /// When visits and other events were recorded, as far as extracts tell; `None` where they tell nothing.
    pub recorded: Option<Table>,
    /// What each measure says of this child.
    pub says: Vec<MeasureSays>,
    /// Actions about this child.
    pub actions: ActionsHere,
    /// Data-quality problems on this child's rows.
    pub problems: Vec<String>,
    /// Who has looked, newest first.
    pub looks: Vec<LookRow>,
}

/// A clock that runs now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClockRow {
    /// The measure.
    pub measure: Link,
    /// Where it began.
    pub start: String,
    /// Due.
    pub due: String,
    /// "12 working days (2 over)".
    pub days: String,
    /// "Late", "Due soon", "On time".
    pub state: String,
    /// Its standing.
    pub standing: Standing,
}

/// Time in one stage.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StageRow {
    /// "Assessment".
    pub stage: String,
    /// How many spells.
    pub spells: u64,
    /// "214 days".
    pub time: String,
    /// Whether one runs now.
    pub now: bool,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EventRow {
    /// The date, or "date not recorded".
    pub date: String,
    /// "Child protection plan began".
    pub what: String,
    /// "Neglect; North Team 1, A Worker".
    pub detail: String,
}

/// What a measure says of this child.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MeasureSays {
    /// The measure.
    pub measure: Link,
    /// "Late", "On time", "Yes", "No".
    pub state: String,
    /// Its standing.
    pub standing: Standing,
    /// "due 3 November 2026; 12 working days (2 over)".
    pub detail: String,
}

/// Someone looked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LookRow {
    /// Who.
    pub who: String,
    /// When, in words.
    pub when: String,
}
