//! A child in need plan: visits, a change of team now and then, and the way up or out.

use super::super::calendar::Day;
use super::super::county::{UNMAPPED, YOUTH_JUSTICE_TEAM, disabilities_team, early_help_team, families_team};
use super::super::story::VisitKind;
use super::Author;

impl Author<'_> {
    /// A disabled child who has been in need since before anyone looked; one in six has short breaks.
    pub(in super::super) fn long_disabled(&mut self) {
        let start = self.world.dawn - self.dice.between(0, 1500);
        self.life.child.born_before(self.world.dawn - 400, &mut self.dice);
        self.life.child.birth = self.life.child.birth.max(self.world.first - 6200);
        self.life.child.disability = 0;
        self.life.child.need = 1;
        self.life.needs.push(super::Need { start, plan_from: start, end: super::NEVER, reason: 0 });
        self.enter(disabilities_team(self.life.child.locality), start);
        let grown_up = self.life.child.birth + 6570;
        let end = (self.world.first - 200 + self.dice.waiting(1500.0)).min(grown_up);
        if self.dice.chance(0.16) {
            self.short_breaks(end);
        }
        self.turnover(start, end);
        self.visits(VisitKind::Need, start, end);
        self.close(end, if self.age(end) >= 17 { 5 } else { 6 });
    }

    /// A child in need plan from a day on; answers the day on which all is over.
    pub(super) fn in_need(&mut self, from: Day) -> Day {
        if from > self.last() {
            return from;
        }
        if let Some(need) = self.life.needs.last_mut() {
            need.plan_from = need.plan_from.min(from);
        }
        let team = self.team_in_need(from);
        let handed_over = self.working_days_after(from, 0, 6);
        self.enter(team, handed_over);
        let disabled = team == disabilities_team(self.life.child.locality);
        let end = from + 30 + self.dice.waiting(if disabled { 800.0 } else { 195.0 });
        let end = end.min(self.life.child.birth + 6570).max(from + 5);
        let moved = if self.dice.chance(0.05) { self.moves_house(handed_over, end) } else { handed_over };
        self.turnover(moved, end);
        self.visits(VisitKind::Need, from, end);
        if self.age(end) < 17 && self.dice.chance(0.075) {
            self.escalates(end)
        } else if self.age(end) < 17 && self.dice.chance(0.016) {
            self.in_care(end)
        } else {
            let reason = self.dice.pick(&[(6, 90), (4, 6), (5, 2), (2, 1), (3, 1)]);
            self.close(end, reason)
        }
    }

    fn team_in_need(&mut self, day: Day) -> u8 {
        let child = &self.life.child;
        let (locality, second) = (child.locality, child.second_team);
        if child.disability == 0 && child.need == 1 {
            return disabilities_team(locality);
        }
        let troubled = child.need == 5;
        if self.age(day) >= 12 && (troubled || self.dice.chance(0.09)) {
            return YOUTH_JUSTICE_TEAM;
        }
        let what = self.dice.unit();
        if what < 0.018 {
            UNMAPPED
        } else if what < 0.17 {
            early_help_team(locality)
        } else {
            families_team(locality, second)
        }
    }

    /// The family moves, and the case with it; answers the day.
    fn moves_house(&mut self, from: Day, to: Day) -> Day {
        let day = self.dice.between(from + 10, (to - 5).max(from + 11));
        if day < self.last() {
            self.turnover(from, day);
            self.life.child.locality = (self.life.child.locality + 1) % 4;
            self.enter(families_team(self.life.child.locality, self.life.child.second_team), day);
        }
        day
    }

    /// Worry grows: an enquiry, perhaps a conference, perhaps a plan.
    fn escalates(&mut self, day: Day) -> Day {
        let over = match self.enquiry(day) {
            Some((held, true)) => {
                self.visits(VisitKind::Need, day, held);
                return self.protected(held);
            }
            Some((held, false)) => held + self.dice.between(30, 90),
            None => day + self.dice.between(30, 120),
        };
        self.visits(VisitKind::Need, day, over);
        self.close(over, 6)
    }
}
