//! What managers say of late children, on a list and on the form for one child.

use super::{Link, Standing, Tab, Table};
use serde::{Deserialize, Serialize};

/// What was said of a late child, beside its line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RowAnswer {
    /// What stands for the line in the form: a reference, never an id. `None` where the viewer does not answer for it.
    pub unit: Option<String>,
    /// The form for this child alone; `None` likewise.
    pub form: Option<String>,
    /// "Visited on 4 February 2026"; empty where nobody answered.
    pub said: String,
    /// "A Person, 9 February 2026"; empty likewise.
    pub by: String,
    /// "Confirmed by the extract as at 13 February 2026", "No answer yet".
    pub outcome: String,
    /// Its standing.
    pub standing: Standing,
}

/// The form by which late children are answered for.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct AnswerForm {
    /// Where it is sent.
    pub action: String,
    /// What stands in the address of the list to come back to, and the extract that the page showed.
    pub kept: Vec<(String, String)>,
    /// The one line that it is about; `None` where lines are ticked.
    pub unit: Option<String>,
    /// What can be said: value and words.
    pub kinds: Vec<(String, String)>,
}

/// Answers on a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ListAnswers {
    /// Late lines by what is known of them, each leading to those lines.
    pub tabs: Vec<Tab>,
    /// The form for many lines at once; `None` where the viewer answers for none of them.
    pub form: Option<AnswerForm>,
    /// The same for every team.
    pub overview: Link,
}

/// `/measures/:id/answer`: one late child.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AnswerPage {
    /// The measure's name.
    pub measure: Link,
    /// The list to come back to.
    pub list: Link,
    /// The child, leading to its page.
    pub child: Link,
    /// Team, worker, clock, due, time so far: name and value.
    pub about: Vec<(String, String)>,
    /// The form.
    pub form: AnswerForm,
    /// What was said before, the newest first; `None` where nobody has said anything.
    pub history: Option<Table>,
}
