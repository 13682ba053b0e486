//! The author of a life: chance, the world's rates, and the page written so far.

use super::super::calendar::{Day, NEVER, age_at, months_before};
use super::super::chance::Dice;
use super::super::world::Setting;
use super::{Care, Child, Life, Need, Plan};

/// Writes one life. The chapters are in the other files of this folder.
pub(in super::super) struct Author<'w> {
    pub(super) world: &'w Setting,
    pub(super) dice: Dice,
    pub(super) life: Life,
    /// Plans with this council before the told part of the life.
    pub(super) earlier_plans: u8,
}

impl<'w> Author<'w> {
    /// A new child with an identity and no history.
    pub(in super::super) fn new(world: &'w Setting, id: u32, mut dice: Dice) -> Self {
        let child = Child::new(id, &mut dice);
        let earlier_plans = dice.pick(&[(0, 80), (1, 17), (2, 3)]);
        let life = Life {
            child,
            contacts: Vec::new(),
            early_help: Vec::new(),
            referrals: Vec::new(),
            assessments: Vec::new(),
            enquiries: Vec::new(),
            needs: Vec::new(),
            plans: Vec::new(),
            care: Vec::new(),
            leaver: None,
            holds: Vec::new(),
            visits: Vec::new(),
        };
        Self { world, dice, life, earlier_plans }
    }

    /// The last day told.
    pub(super) fn last(&self) -> Day {
        self.world.last
    }

    /// The first day from which visits and the like are worth telling.
    pub(super) fn worth_telling(&self) -> Day {
        self.world.first - 430
    }

    /// The child's age on a day.
    pub(super) fn age(&self, day: Day) -> i64 {
        age_at(self.life.child.birth, day)
    }

    /// A day some working days on.
    pub(super) fn working_days_after(&mut self, day: Day, low: i32, high: i32) -> Day {
        let days = self.dice.between(low, high).unsigned_abs();
        self.world.calendar.due(day, days)
    }

    /// The finished life, if any extract can still see it; `horizon` is six months before the first one.
    pub(in super::super) fn finish(mut self, horizon: Day) -> Option<Life> {
        let life = &mut self.life;
        let visible = life.leaver.is_some()
            || life.contacts.iter().any(|contact| contact.day > horizon)
            || life.early_help.iter().any(|help| help.end > horizon)
            || life.referrals.iter().any(|referral| referral.day > horizon)
            || life.needs.iter().any(|need| need.end > horizon)
            || life.care.iter().any(|care| adoption_in_sight(care, self.world.first));
        if !visible {
            return None;
        }
        life.visits.sort_by_key(|visit| visit.day);
        let year_before = months_before(horizon, 12);
        life.needs.retain(|need: &Need| need.end > horizon);
        life.plans.retain(|plan: &Plan| plan.end > horizon);
        life.contacts.retain(|contact| contact.day > horizon);
        life.referrals.retain(|referral| referral.day > year_before);
        let latest =
            life.visits.iter().rev().find(|visit| visit.recorded <= self.world.first).map_or(0, |visit| visit.day);
        let keep = latest.min(horizon);
        life.visits.retain(|visit| visit.day >= keep);
        let held = life.holds.iter().rposition(|hold| hold.from <= year_before).unwrap_or(0);
        life.holds.drain(..held);
        life.visits.shrink_to_fit();
        life.holds.shrink_to_fit();
        Some(self.life)
    }
}

fn adoption_in_sight(care: &Care, first: Day) -> bool {
    care.adoption.as_ref().is_some_and(|adoption| {
        let closed = if adoption.order < NEVER { adoption.order } else { adoption.reversed };
        adoption.decision < NEVER && closed > months_before(first, 12)
    })
}
