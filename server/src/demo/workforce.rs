//! Who works where. The workforce grows with the number of children, so that caseloads stay what they are.

use super::calendar::{Day, date_of};
use super::chance::{Dice, mix};
use super::county::{CARE_LEAVERS_TEAM, FIRST_WORKER_NAME, TEAMS, manager};
use super::names::name;
use super::story::Story;
use domain::workforce::{Fte, Post, WorkforceLine};

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

    /// The workforce file on a day: every team's manager, its workers, and the few faults that such a file has. Agency
    /// workers become the council's own as the service finds its feet, and nobody stays newly qualified.
    pub(super) fn lines(&self, story: &Story, first: Day, as_at: Day) -> Vec<WorkforceLine> {
        let mut lines = Vec::with_capacity(self.workers.len() + 2 * TEAMS.len());
        for ((team, block), manager) in (0u8..).zip(&self.blocks).zip(&self.managers) {
            let name = TEAMS[usize::from(team)].name;
            lines.push(WorkforceLine {
                worker: manager.clone(),
                team: Some(name.to_owned()),
                role: Some(Post::Manager),
                fte: Some(Fte::from_parts(10_000)),
                agency: Some(false),
                newly_qualified: Some(false),
                permanent: Some(true),
                started: Some(date_of(first - 900 - Day::from(team) * 40)),
                left: None,
            });
            let (from, count) = *block;
            let of_team = (from..from + count).filter_map(|worker| self.line(worker, team, story, first, as_at));
            lines.extend(of_team);
        }
        // One is in post without a case, one is long gone.
        for (team, left) in [(5u8, None), (1, Some(date_of(first - 60)))] {
            let number = u32::try_from(self.workers.len()).unwrap_or(0) + u32::from(team);
            lines.push(WorkforceLine {
                worker: name(FIRST_WORKER_NAME + number),
                team: Some(TEAMS[usize::from(team)].name.to_owned()),
                role: Some(Post::SocialWorker),
                fte: Some(Fte::from_parts(10_000)),
                agency: Some(false),
                newly_qualified: Some(false),
                permanent: Some(true),
                started: Some(date_of(first - 500)),
                left,
            });
        }
        lines
    }

    /// A worker's line; `None` while the file has forgotten the worker.
    fn line(&self, worker: u32, team: u8, story: &Story, first: Day, as_at: Day) -> Option<WorkforceLine> {
        let chance = |salt: u64, of: u64| mix([self.seed, u64::from(worker), salt]) % of;
        let progress = story.progress(as_at);
        if chance(31, 60) == 0 && progress < 0.7 {
            return None;
        }
        let agency = chance(32, 100) < 24 && progress * 100.0 < chance(33, 160) as f64;
        let new = !agency && chance(34, 100) < 14;
        let days = |days: u64| Day::try_from(days).unwrap_or(0);
        let started = first - if new { days(chance(35, 330)) } else { 200 + days(chance(35, 2_600)) };
        let gone = first + 300 + days(chance(39, 50));
        let role = match chance(36, 100) {
            0..70 if team == CARE_LEAVERS_TEAM => Post::PersonalAdviser,
            70..88 => Post::Senior,
            88..94 => Post::Consultant,
            _ => Post::SocialWorker,
        };
        let time = match chance(37, 100) {
            0..72 => 10_000,
            72..87 => 8_000,
            _ => 6_000,
        };
        Some(WorkforceLine {
            worker: self.worker(worker).to_owned(),
            team: Some(TEAMS[usize::from(team)].name.to_owned()),
            role: Some(role),
            fte: Some(Fte::from_parts(time)),
            agency: Some(agency),
            newly_qualified: Some(new && as_at < started + 365),
            permanent: Some(!agency),
            started: Some(date_of(started)),
            // Gone by the books while the cases still stand under the name.
            left: (chance(38, 90) == 0 && as_at > gone).then(|| date_of(gone)),
        })
    }

    /// How many workers there are, managers apart.
    #[cfg(test)]
    pub(super) fn size(&self) -> usize {
        self.workers.len()
    }
}
