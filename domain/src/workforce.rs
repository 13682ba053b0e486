//! Who works where, in which role and for how much of the week (`workforce.csv`).
//!
//! Workers are the same as those of an extract when their names are ([`name_key`]).

use crate::names::{collapse, name_key};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Display, Formatter};
use std::str::FromStr;

/// What a worker does; councils have more names for it than the file's description, and those are kept as written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Post {
    SocialWorker,
    Senior,
    Consultant,
    Manager,
    PersonalAdviser,
    /// As written.
    Other(String),
}

/// Each role with what stands for it in a file, the first as it is shown.
const POSTS: [(Post, &[&str]); 5] = [
    (Post::SocialWorker, &["Social worker"]),
    (Post::Senior, &["Senior", "Senior social worker"]),
    (Post::Consultant, &["Consultant", "Consultant social worker"]),
    (
        Post::Manager,
        &[
            "Manager",
            "Team manager",
            "Assistant team manager",
            "Deputy team manager",
            "Practice manager",
            "Service manager",
        ],
    ),
    (Post::PersonalAdviser, &["Personal adviser", "Personal advisor"]),
];

impl Post {
    /// The role of this name, in any case; one that is not known is kept as written.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let key = name_key(text);
        let known = POSTS.into_iter().find(|(_, names)| names.iter().any(|name| name_key(name) == key));
        known.map_or_else(|| Self::Other(collapse(text)), |(post, _)| post)
    }

    /// What people read.
    #[must_use]
    pub fn title(&self) -> &str {
        match self {
            Self::SocialWorker => "Social worker",
            Self::Senior => "Senior",
            Self::Consultant => "Consultant",
            Self::Manager => "Manager",
            Self::PersonalAdviser => "Personal adviser",
            Self::Other(text) => text,
        }
    }
}

/// Full-time equivalents, in ten-thousandths: 0.6 for three days of five.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Fte(u32);

/// What is no number of full-time equivalents.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("full-time equivalents from 0 to 2 are needed: write 0.6 for three days of five")]
pub struct BadFte;

impl Fte {
    const WHOLE: u32 = 10_000;
    /// More than this is hours, not full-time equivalents.
    const MOST: u32 = 2 * Self::WHOLE;

    /// From ten-thousandths, as they are stored.
    #[must_use]
    pub const fn from_parts(parts: u32) -> Self {
        Self(parts)
    }

    /// Ten-thousandths.
    #[must_use]
    pub const fn parts(self) -> u32 {
        self.0
    }

    /// As a number.
    #[must_use]
    pub fn value(self) -> f64 {
        f64::from(self.0) / f64::from(Self::WHOLE)
    }

    /// Children for each full-time equivalent; `None` without any time.
    #[must_use]
    pub fn share_of(self, children: u64) -> Option<f64> {
        (self.0 > 0).then(|| children as f64 / self.value())
    }
}

impl std::ops::Add for Fte {
    type Output = Self;

    fn add(self, more: Self) -> Self {
        Self(self.0.saturating_add(more.0))
    }
}

impl FromStr for Fte {
    type Err = BadFte;

    /// Reads `0.6`, `1` or `.8108`; digits after the fourth are cut off.
    fn from_str(text: &str) -> Result<Self, BadFte> {
        let (whole, decimals) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
        let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.len() + decimals.len() == 0 || whole.len() > 3 || !all_digits(whole) || !all_digits(decimals) {
            return Err(BadFte);
        }
        let first_four: String = decimals.chars().chain("0000".chars()).take(4).collect();
        let parts: u32 = format!("{whole}{first_four}").parse().map_err(|_| BadFte)?;
        if parts > Self::MOST { Err(BadFte) } else { Ok(Self(parts)) }
    }
}

impl Display for Fte {
    /// With no needless digit: `0.6`, `1`, `12.35`.
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0 / Self::WHOLE, self.0 % Self::WHOLE);
        if rest == 0 {
            write!(out, "{whole}")
        } else {
            out.write_str(format!("{whole}.{rest:04}").trim_end_matches('0'))
        }
    }
}

/// One line of `workforce.csv`: a worker's place in a team. What was left blank is not known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "each field is its column")]
pub struct WorkforceLine {
    pub worker: String,
    pub team: Option<String>,
    pub role: Option<Post>,
    pub fte: Option<Fte>,
    pub agency: Option<bool>,
    pub newly_qualified: Option<bool>,
    pub permanent: Option<bool>,
    /// The first day.
    pub started: Option<NaiveDate>,
    /// The last day.
    pub left: Option<NaiveDate>,
}

impl WorkforceLine {
    /// Whether the worker is in post on a date; both ends are included.
    #[must_use]
    pub fn is_in_post_on(&self, date: NaiveDate) -> bool {
        self.started.is_none_or(|started| started <= date) && self.left.is_none_or(|left| left >= date)
    }

    /// Whether both lines put one worker into one team at the same time.
    #[must_use]
    pub fn clashes_with(&self, other: &Self) -> bool {
        let team = |line: &Self| line.team.as_deref().map(name_key);
        let begins_in_time = |one: &Self, other: &Self| match (one.started, other.left) {
            (Some(started), Some(left)) => started <= left,
            _ => true,
        };
        name_key(&self.worker) == name_key(&other.worker)
            && team(self) == team(other)
            && begins_in_time(self, other)
            && begins_in_time(other, self)
    }
}

/// The workforce as on one date.
#[derive(Debug, Clone, Default)]
pub struct Workforce {
    /// Lines in post, by worker.
    in_post: BTreeMap<String, Vec<WorkforceLine>>,
    /// Workers who are no longer in post, with their last day.
    left: BTreeMap<String, NaiveDate>,
    teams: BTreeSet<String>,
}

impl Workforce {
    /// The lines in post on `date`, and who had left by then. A worker who has not begun yet is neither.
    #[must_use]
    pub fn on(date: NaiveDate, lines: impl IntoIterator<Item = WorkforceLine>) -> Self {
        let mut workforce = Self::default();
        for line in lines {
            let key = name_key(&line.worker);
            if line.is_in_post_on(date) {
                workforce.teams.extend(line.team.as_deref().map(name_key));
                workforce.in_post.entry(key).or_default().push(line);
            } else if let Some(left) = line.left.filter(|left| *left < date) {
                let last = workforce.left.entry(key).or_insert(left);
                *last = left.max(*last);
            }
        }
        workforce.left.retain(|key, _| !workforce.in_post.contains_key(key));
        workforce
    }

    /// A worker's lines in post; none for one who is not in the file or has left.
    #[must_use]
    pub fn of(&self, worker: &str) -> &[WorkforceLine] {
        self.in_post.get(&name_key(worker)).map_or(&[], Vec::as_slice)
    }

    /// The last day of a worker who has left.
    #[must_use]
    pub fn left(&self, worker: &str) -> Option<NaiveDate> {
        self.left.get(&name_key(worker)).copied()
    }

    /// Every line in post, in the order of the workers' keys.
    pub fn lines(&self) -> impl Iterator<Item = &WorkforceLine> {
        self.in_post.values().flatten()
    }

    /// Whether anyone is in post in a team.
    #[must_use]
    pub fn has_team(&self, team: &str) -> bool {
        self.teams.contains(&name_key(team))
    }

    /// The names of those whose role is a manager's.
    pub fn managers(&self) -> impl Iterator<Item = &str> {
        self.lines().filter(|line| line.role == Some(Post::Manager)).map(|line| line.worker.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_time_equivalents_read_and_write_alike() {
        for (text, parts) in [("1", 10_000), (".6", 6_000), ("0.8108", 8_108), ("0.81081", 8_108), (" 2.0 ", 20_000)] {
            assert_eq!(text.parse::<Fte>().unwrap().parts(), parts, "{text}");
        }
        for text in ["", ".", "37", "2.0001", "-1", "+1", "1,0", "0.5x", "1e3", "1.2.3"] {
            assert_eq!(text.parse::<Fte>(), Err(BadFte), "{text}");
        }
        for (parts, text) in [(6_000, "0.6"), (10_000, "1"), (8_108, "0.8108"), (5, "0.0005"), (0, "0")] {
            assert_eq!(Fte::from_parts(parts).to_string(), text);
        }
    }

    #[test]
    fn a_role_is_known_by_any_of_its_names_and_kept_where_it_is_not() {
        assert_eq!(Post::read(" team  MANAGER "), Post::Manager);
        assert_eq!(Post::read("Personal Advisor"), Post::PersonalAdviser);
        // A case manager holds cases.
        assert_eq!(Post::read("Case  manager"), Post::Other("Case manager".to_owned()));
        for (post, names) in POSTS {
            assert_eq!(post.title(), names[0]);
        }
    }
}
