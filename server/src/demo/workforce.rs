//! Who works where. A team has posts, and a post has one worker after another: agency workers who stay for months, the
//! council's own who stay for years, most of them newly qualified when they come. Whoever leaves hands the cases to the
//! next in the post. The workforce grows with the number of children, so that caseloads stay what they are.

use super::calendar::{Day, date_of};
use super::chance::{Dice, mix};
use super::county::{CARE_LEAVERS_TEAM, TEAMS, manager};
use super::names::name;
use super::story::Story;
use domain::workforce::{Fte, Post, WorkforceLine};

/// Posts that agency workers fill, one after the other, of every hundred.
const AGENCY_POSTS: f64 = 23.5;
/// Of those posts, the ones that the council fills with its own in the course of the story, of every hundred.
const FILLED_POSTS: u32 = 14;
/// Of the council's own, those who come newly qualified, of every hundred.
const NEWLY_QUALIFIED: u32 = 68;
/// Days for which a newly qualified worker is one.
const FIRST_YEAR: Day = 365;
/// Days that everybody of the council's own stays, and the mean of those after them.
const STAY: (Day, f64) = (300, 795.0);
/// Days that somebody who has left stands in the file.
const REMEMBERED: Day = 120;
/// Teams whose managers come from an agency.
const INTERIM_MANAGERS: [u8; 3] = [3, 9, 14];

/// A worker's time in a post.
struct Stay {
    name: u32,
    from: Day,
    /// The first day without this worker.
    until: Day,
    agency: bool,
    newly_qualified: bool,
}

/// The county's posts by team.
pub(super) struct Workforce {
    /// Each team's first post and how many it has.
    blocks: Vec<(u32, u32)>,
    posts: Vec<Vec<Stay>>,
    names: Vec<String>,
    managers: Vec<String>,
    seed: u64,
}

impl Workforce {
    /// A workforce for about this many open children, between two days.
    pub(super) fn new(children: u32, seed: u64, story: &Story, (first, last): (Day, Day)) -> Self {
        let mut blocks = Vec::new();
        let mut next = 0;
        for team in &TEAMS {
            let count = (team.workers_per_thousand * f64::from(children) / 1000.0).round().max(2.0) as u32;
            blocks.push((next, count));
            next += count;
        }
        let mut people = 0;
        let mut posts = Vec::new();
        for ((first_post, count), team) in blocks.iter().zip(0u8..) {
            for post in *first_post..first_post + count {
                let stays = stays(seed, post, team == CARE_LEAVERS_TEAM, story, (first, last));
                posts.push(numbered(stays, &mut people));
            }
        }
        // Two more stand in the file than ever hold a case.
        let names = (0..people + 2).map(name).collect();
        let managers = (0u8..).zip(&TEAMS).map(|(number, _)| manager(number)).collect();
        Self { blocks, posts, names, managers, seed }
    }

    /// A post of a team.
    pub(super) fn one_of(&self, team: u8, dice: &mut Dice) -> u32 {
        let (first, count) = self.blocks[usize::from(team)];
        first + dice.between(0, i32::try_from(count).unwrap_or(1) - 1).unsigned_abs()
    }

    fn in_post(&self, post: u32, day: Day) -> &Stay {
        let stays = &self.posts[post as usize];
        let after = stays.partition_point(|stay| stay.until <= day);
        &stays[after.min(stays.len() - 1)]
    }

    /// The name of whoever is in a post on a day.
    pub(super) fn worker(&self, post: u32, day: Day) -> &str {
        &self.names[self.in_post(post, day).name as usize]
    }

    /// The name of a team's manager.
    pub(super) fn manager(&self, team: u8) -> &str {
        &self.managers[usize::from(team)]
    }

    /// Whether whoever is in a post on a day tends to write visits up late.
    pub(super) fn records_late(&self, post: u32, day: Day) -> bool {
        mix([self.seed, u64::from(self.in_post(post, day).name), 17]) % 100 < 14
    }

    /// The workforce file on a day: every team's manager, its workers, those who left lately, and the few faults that such a
    /// file has.
    pub(super) fn lines(&self, story: &Story, first: Day, as_at: Day) -> Vec<WorkforceLine> {
        let mut lines = Vec::with_capacity(self.posts.len() * 5 / 4 + TEAMS.len());
        for ((team, block), manager) in (0u8..).zip(&self.blocks).zip(&self.managers) {
            let is_interim = INTERIM_MANAGERS.contains(&team);
            let started = first - if is_interim { 90 } else { 900 } - Day::from(team) * 40;
            lines.push(line(manager, team, Post::Manager, is_interim, date_of(started)));
            for post in block.0..block.0 + block.1 {
                let stays = self.posts[post as usize].iter();
                let known = stays.filter(|stay| stay.from <= as_at && stay.until + REMEMBERED > as_at);
                lines.extend(known.filter_map(|stay| self.line(post, stay, team, story, as_at)));
            }
        }
        // One is in post without a case, one is long gone.
        let spare = self.names.len().saturating_sub(2);
        for (at, (team, left)) in [(5u8, None), (1, Some(date_of(first - 60)))].into_iter().enumerate() {
            let worker = &self.names[spare + at];
            lines.push(WorkforceLine { left, ..line(worker, team, Post::SocialWorker, false, date_of(first - 500)) });
        }
        lines
    }

    /// A worker's line; `None` while the file has forgotten the worker.
    fn line(&self, post: u32, stay: &Stay, team: u8, story: &Story, as_at: Day) -> Option<WorkforceLine> {
        let chance = |salt: u64, of: u64| mix([self.seed, u64::from(stay.name), salt]) % of;
        if chance(31, 60) == 0 && story.progress(as_at) < 0.7 {
            return None;
        }
        let new = stay.newly_qualified && as_at < stay.from + FIRST_YEAR;
        let role = match chance(36, 100) {
            _ if team == CARE_LEAVERS_TEAM && mix([self.seed, u64::from(post), 41]) % 100 < 85 => Post::PersonalAdviser,
            70..88 if !stay.newly_qualified => Post::Senior,
            88..94 if !stay.newly_qualified && !stay.agency => Post::Consultant,
            _ => Post::SocialWorker,
        };
        let time = match chance(37, 100) {
            _ if stay.agency || new => 10_000,
            0..68 => 10_000,
            68..86 => 8_000,
            _ => 6_000,
        };
        // One in forty is gone by the books while the cases still stand under the name.
        let gone = if chance(38, 40) == 0 { stay.until - 25 } else { stay.until };
        let name = &self.names[stay.name as usize];
        Some(WorkforceLine {
            fte: Some(Fte::from_parts(time)),
            newly_qualified: Some(new),
            left: (as_at >= gone).then(|| date_of(gone)),
            ..line(name, team, role, stay.agency, date_of(stay.from))
        })
    }

    /// How many posts there are, managers apart.
    #[cfg(test)]
    pub(super) fn size(&self) -> usize {
        self.posts.len()
    }
}

fn line(worker: &str, team: u8, role: Post, agency: bool, started: chrono::NaiveDate) -> WorkforceLine {
    WorkforceLine {
        worker: worker.to_owned(),
        team: Some(TEAMS[usize::from(team)].name.to_owned()),
        role: Some(role),
        fte: Some(Fte::from_parts(10_000)),
        agency: Some(agency),
        newly_qualified: Some(false),
        permanent: Some(!agency),
        started: Some(started),
        left: None,
    }
}

fn numbered(mut stays: Vec<Stay>, people: &mut u32) -> Vec<Stay> {
    for stay in &mut stays {
        stay.name = *people;
        *people += 1;
    }
    stays
}

/// Who is in a post, one after the other. The first of them came before the first day, as long ago as if the post had been
/// there for ever.
fn stays(seed: u64, post: u32, is_adviser: bool, story: &Story, (first, last): (Day, Day)) -> Vec<Stay> {
    let mut dice = Dice::new(seed, 70, u64::from(post));
    // Spread over the teams, so that none is all agency by chance.
    let place = (f64::from(post) * 61.803_398_875 + (mix([seed, 71, 0]) % 100) as f64) % 100.0;
    let mut is_agency = place < AGENCY_POSTS && !is_adviser;
    let filled_from = if dice.between(1, 100).unsigned_abs() <= FILLED_POSTS { 0.45 } else { 2.0 };
    let mut from = Day::MIN;
    let mut stays = Vec::new();
    loop {
        let is_first = stays.is_empty();
        is_agency = is_agency && (is_first || story.progress(from) < filled_from);
        let stay = if is_agency {
            let stay = dice.between(150, 420);
            let been = if is_first { dice.between(0, stay - 1) } else { 0 };
            (been, stay - been)
        } else {
            let more = dice.waiting(STAY.1);
            let settled = STAY.0 + dice.waiting(STAY.1);
            let is_settling = dice.unit() < f64::from(STAY.0) / (f64::from(STAY.0) + STAY.1);
            match (is_first, is_settling) {
                (false, _) => (0, settled),
                (true, true) => {
                    let been = dice.between(0, STAY.0);
                    (been, STAY.0 - been + more)
                }
                (true, false) => (settled, more),
            }
        };
        let came = if is_first { first - stay.0 } else { from };
        let until = came + stay.0 + stay.1.max(1);
        let newly_qualified = !is_agency && !is_adviser && dice.between(1, 100).unsigned_abs() <= NEWLY_QUALIFIED;
        stays.push(Stay { name: 0, from: came, until, agency: is_agency, newly_qualified });
        if until > last {
            return stays;
        }
        from = until;
    }
}
