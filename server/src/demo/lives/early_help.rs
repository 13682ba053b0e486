//! Early help: before, after or instead of social care.

use super::super::calendar::Day;
use super::{Author, EarlyHelp};

/// Who completes early help assessments.
pub(in super::super) const ORGANISATIONS: [&str; 8] = [
    "Wexshire Family Help",
    "Primary school",
    "Secondary school",
    "Health visiting service",
    "School nursing service",
    "Children's centre",
    "Housing association",
    "Voluntary sector partner",
];

impl Author<'_> {
    /// A child whom early help alone knows.
    pub(in super::super) fn early_help_alone(&mut self, arrival: Day) {
        self.life.child.born_before(arrival, &mut self.dice);
        self.early_help(arrival);
    }

    /// An early help episode from a day on.
    pub(super) fn early_help(&mut self, from: Day) {
        let start = self.working_days_after(from, 1, 8);
        if start > self.last() {
            return;
        }
        let end = start + 20 + self.dice.waiting(110.0);
        let organisation = self.dice.pick(&[(0, 40), (1, 20), (2, 12), (3, 10), (4, 5), (5, 6), (6, 3), (7, 4)]);
        self.life.early_help.push(EarlyHelp { start, end: super::end_or_never(end, self.last()), organisation });
    }
}
