//! The canonical values that measures ask about. The ingest layer turns whatever a council typed
//! (`b) No`, `No`, `N`, `0`, `Not`) into these or keeps it as it was.

/// Yes, of any yes-or-no column.
pub const YES: &str = "Yes";
/// No, of any yes-or-no column.
pub const NO: &str = "No";

/// List 6, case status c).
pub const CHILD_IN_NEED_PLAN: &str = "Child in need plan";
/// List 6, case status e).
pub const CLOSED_EPISODE: &str = "Closed episode";

/// Short breaks, episodes recorded.
pub const SHORT_BREAKS_EPISODES: &str = "V3";
/// Short breaks, agreements recorded.
pub const SHORT_BREAKS_AGREEMENTS: &str = "V4";
/// Interim care order.
pub const INTERIM_CARE_ORDER: &str = "C1";
/// Placed with parents.
pub const PLACED_WITH_PARENTS: &str = "P1";
/// Foster placement with relatives, long term.
pub const LONG_TERM_FOSTERING_RELATIVE: &str = "U1";
/// Foster placement, long term.
pub const LONG_TERM_FOSTERING: &str = "U4";
/// Permanence plan e).
pub const PERMANENCE_RESIDENTIAL: &str = "Long-term residential placement";
/// Permanence plan f).
pub const PERMANENCE_FOSTERING: &str = "Long-term fostering";

/// List 9, in touch c).
pub const DIED: &str = "Died";
/// List 9, in touch f): returned home for six months or more.
pub const RETURNED_HOME: &str = "Rhom";
/// List 9, accommodation suitability a).
pub const SUITABLE: &str = "Suitable";
/// List 9, eligibility a).
pub const RELEVANT: &str = "Relevant child";
/// List 9, eligibility b).
pub const FORMER_RELEVANT: &str = "Former relevant child";
/// Accommodation codes outside the suitability measure: abroad, deported, residence not known.
pub const ACCOMMODATION_OUT_OF_SCOPE: [&str; 3] = ["G", "H", "R"];
/// Activity codes of education, employment and training, the retired F3 and P3 with them.
pub const IN_EDUCATION_EMPLOYMENT_OR_TRAINING: [&str; 10] =
    ["F1", "P1", "F2", "P2", "F3", "P3", "F4", "P4", "F5", "P5"];

/// Whether a coded value is yes.
#[must_use]
pub fn is(value: Option<&String>, code: &str) -> bool {
    value.is_some_and(|value| value == code)
}
