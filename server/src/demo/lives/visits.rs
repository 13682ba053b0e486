//! Visits: when they should be, when they are, and when they are written up.

use super::super::calendar::Day;
use super::super::story::VisitKind;
use super::{Author, Visit};

impl Author<'_> {
    /// Visits of one kind over a stretch of time, the first of them soon.
    pub(super) fn visits(&mut self, kind: VisitKind, from: Day, to: Day) {
        let to = to.min(self.last());
        let mut day = if from < self.worth_telling() {
            self.worth_telling() + self.dice.between(0, kind.days())
        } else {
            from + self.dice.between(1, kind.days().min(12))
        };
        while day <= to {
            day = self.visit(day) + self.gap(kind, day);
        }
    }

    /// One visit on a day or the next working day.
    pub(super) fn visit(&mut self, day: Day) -> Day {
        let visited = self.world.calendar.working_from(day);
        let (_, slow) = self.habits(visited);
        let late = slow && self.dice.chance(self.world.story.written_up_late(visited));
        let delay = if late { self.dice.between(7, 28) } else { self.dice.pick(&[(0, 45), (1, 25), (2, 15), (4, 15)]) };
        let alone = self.dice.pick(&[(0, 82), (1, 15), (2, 3)]);
        self.life.visits.push(Visit { day: visited, recorded: visited + delay, alone });
        visited
    }

    /// Days until the next visit.
    fn gap(&mut self, kind: VisitKind, day: Day) -> Day {
        let (lagging, _) = self.habits(day);
        let mut on_time = self.world.story.visit_on_time(kind, lagging, day);
        if !self.is_allocated(day) {
            on_time *= 0.7;
        }
        if self.dice.chance(on_time) {
            self.dice.between(kind.days() * 6 / 10, kind.days())
        } else {
            let delay = self.dice.waiting(self.world.story.visit_delay(kind, lagging, day));
            kind.days() + 3 + delay.min(kind.longest_delay() - self.dice.between(0, 9))
        }
    }
}
