//! Who works where. The workforce grows with the number of children, so that caseloads stay what they are.

use super::chance::{Dice, mix};
use super::county::{FIRST_WORKER_NAME, TEAMS, manager};
use super::names::name;

/// The county's workers by team.
pub(super) struct Workforce {
    /// Each team's first worker and how many it has.
    blocks: Vec<(u32, u32)>,
    workers: Vec<String>,
    managers: Vec<String>,
    seed: u64,
}

impl Workforce {
    /// A workforce for about this many open children.
    pub(super) fn new(children: u32, seed: u64) -> Self {
        let mut blocks = Vec::new();
        let mut next = 0;
        for team in &TEAMS {
            let count = (team.workers_per_thousand * f64::from(children) / 1000.0).round().max(2.0) as u32;
            blocks.push((next, count));
            next += count;
        }
        let workers = (0..next).map(|worker| name(FIRST_WORKER_NAME + worker)).collect();
        let managers = (0u8..).zip(&TEAMS).map(|(number, _)| manager(number)).collect();
        Self { blocks, workers, managers, seed }
    }

    /// Someone of a team.
    pub(super) fn one_of(&self, team: u8, dice: &mut Dice) -> u32 {
        let (first, count) = self.blocks[usize::from(team)];
        first + dice.between(0, i32::try_from(count).unwrap_or(1) - 1).unsigned_abs()
    }

    /// A worker's name.
    pub(super) fn worker(&self, worker: u32) -> &str {
        &self.workers[worker as usize]
    }

    /// The name of a team's manager.
    pub(super) fn manager(&self, team: u8) -> &str {
        &self.managers[usize::from(team)]
    }

    /// Whether a worker tends to write visits up late.
    pub(super) fn records_late(&self, worker: u32) -> bool {
        mix([self.seed, u64::from(worker), 17]) % 100 < 12
    }

    /// How many workers there are, managers apart.
    #[cfg(test)]
    pub(super) fn size(&self) -> usize {
        self.workers.len()
    }
}
