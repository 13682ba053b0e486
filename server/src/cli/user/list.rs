//! `surgery user list`.

use super::Format;
use crate::accounts::all_in_words;
use crate::cli::output::{print, print_json};
use crate::clock::Clock;
use crate::db::Db;
use crate::store::roles::{self, Held};
use crate::store::users;
use chrono::NaiveDate;
use domain::scope::Area;
use serde::Serialize;

#[derive(Debug, Serialize)]
struct Answer {
    users: Vec<ShownUser>,
}

#[derive(Debug, Serialize)]
struct ShownUser {
    user: String,
    name: String,
    /// `active` or `disabled`.
    state: &'static str,
    email: Option<String>,
    roles: Vec<ShownRole>,
}

/// A role; without service and team it is over everything.
#[derive(Debug, Serialize)]
struct ShownRole {
    number: i64,
    role: &'static str,
    service: Option<String>,
    team: Option<String>,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    in_force: bool,
    #[serde(skip)]
    words: String,
}

impl ShownRole {
    fn of(Held { number, grant }: Held, today: NaiveDate) -> Self {
        let (in_force, words) = (grant.is_valid_on(today), all_in_words([&grant]));
        let (service, team) = match grant.area {
            Area::All => (None, None),
            Area::Service(name) => (Some(name), None),
            Area::Team(name) => (None, Some(name)),
        };
        let role = grant.role.name();
        Self { number, role, service, team, from: grant.valid_from, to: grant.valid_to, in_force, words }
    }
}

pub(super) async fn run(db: &Db, clock: &Clock, format: Format) -> anyhow::Result<()> {
    let today = clock.today();
    let mut held = roles::all(db).await?;
    let shown = users::all(db).await?.into_iter().map(|user| ShownUser {
        state: if user.disabled_at.is_some() { "disabled" } else { "active" },
        roles: held.remove(&user.id).unwrap_or_default().into_iter().map(|held| ShownRole::of(held, today)).collect(),
        user: user.user_name,
        name: user.full_name,
        email: user.email,
    });
    let users: Vec<ShownUser> = shown.collect();
    if format == Format::Json {
        return print_json(&Answer { users });
    }
    let mut lines = vec![format!("{:<24} {:<28} {:<9} roles", "user", "name", "state")];
    lines.extend(users.iter().map(line));
    print(&lines.join("\n"))
}

fn line(user: &ShownUser) -> String {
    let roles = user.roles.iter().map(|role| {
        let now = if role.in_force { "" } else { " (not in force)" };
        format!("{}: {}{now}", role.number, role.words)
    });
    let roles: Vec<String> = roles.collect();
    format!("{:<24} {:<28} {:<9} {}", user.user, user.name, user.state, roles.join("; "))
}
