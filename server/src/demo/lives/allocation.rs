//! Who holds a case: a worker, for a while nobody, or the team's manager.

use super::super::calendar::Day;
use super::super::county::TEAMS;
use super::Author;

/// Who holds the case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Holder {
    /// Whoever is in this post.
    Worker(u32),
    /// The manager of the team.
    Manager,
    /// Nobody, and what is written instead.
    Nobody(Placeholder),
}

/// What stands in the worker's column when there is no worker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Placeholder {
    Blank,
    Unallocated,
    Duty,
    TeamName,
}

/// The case in someone's hands from a day on.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Hold {
    pub from: Day,
    pub team: u8,
    pub holder: Holder,
}

/// Who held the case on a day; before the first day, whoever was first.
pub(in super::super) fn held_on(holds: &[Hold], day: Day) -> Option<&Hold> {
    holds.iter().rev().find(|hold| hold.from <= day).or_else(|| holds.first())
}

impl Author<'_> {
    /// The case comes to a team, or its worker goes: sometimes it waits, sometimes the manager takes it.
    pub(super) fn enter(&mut self, team: u8, day: Day) {
        let story = &self.world.story;
        self.life.holds.retain(|hold| hold.from < day);
        if self.dice.chance(story.unallocated(day)) {
            let placeholder = self.dice.pick(&[
                (Placeholder::Unallocated, 45),
                (Placeholder::Duty, 25),
                (Placeholder::Blank, 18),
                (Placeholder::TeamName, 12),
            ]);
            self.hold(team, day, Holder::Nobody(placeholder));
            self.allocate_later(team, day);
        } else if self.dice.chance(story.held_by_manager(day)) {
            self.hold(team, day, Holder::Manager);
            self.allocate_later(team, day);
        } else {
            self.allocate(team, day);
        }
    }

    /// The case comes to a worker of the team at once.
    pub(super) fn allocate(&mut self, team: u8, day: Day) {
        let post = self.world.workforce.one_of(team, &mut self.dice);
        self.life.holds.retain(|hold| hold.from < day);
        self.hold(team, day, Holder::Worker(post));
    }

    fn allocate_later(&mut self, team: u8, day: Day) {
        let mut until = day;
        let longest = self.world.story.longest_wait(day);
        for week in 1.. {
            until += self.dice.between(4, 9);
            if until > self.last() {
                return;
            }
            if week >= longest || self.dice.chance(self.world.story.allocated_in_week(until)) {
                return self.allocate(team, self.world.calendar.working_from(until));
            }
        }
    }

    fn hold(&mut self, team: u8, from: Day, holder: Holder) {
        self.life.holds.push(Hold { from, team, holder });
    }

    /// Cases change hands over a long stay with a team, besides going with their post.
    pub(super) fn turnover(&mut self, from: Day, to: Day) {
        let mut day = from.max(self.worth_telling());
        loop {
            day += 90 + self.dice.waiting(620.0);
            if day >= to.min(self.last()) {
                return;
            }
            if let Some(hold) = held_on(&self.life.holds, day).copied()
                && matches!(hold.holder, Holder::Worker(_))
            {
                self.enter(hold.team, self.world.calendar.working_from(day));
            }
        }
    }

    /// The team on a day, whether it lags on visits, and whether whoever visits writes up late.
    pub(super) fn habits(&self, day: Day) -> (bool, bool) {
        let Some(hold) = held_on(&self.life.holds, day) else { return (false, false) };
        let team = &TEAMS[usize::from(hold.team)];
        let slow = match hold.holder {
            Holder::Worker(post) => self.world.workforce.records_late(post, day),
            _ => false,
        };
        (team.lagging, team.slow_recording || slow)
    }

    /// Whether someone other than a placeholder holds the case on a day.
    pub(super) fn is_allocated(&self, day: Day) -> bool {
        held_on(&self.life.holds, day).is_some_and(|hold| !matches!(hold.holder, Holder::Nobody(_)))
    }
}
