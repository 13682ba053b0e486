//! `surgery user sessions`.

use super::Format;
use crate::accounts::{self, AccountError, By};
use crate::cli::output::{print, print_json, say};
use crate::clock::england_time;
use crate::db::Db;
use crate::http::session::is_over_at;
use crate::store::sessions::{self, OpenSession};
use crate::store::users;
use clap::Args;
use serde::Serialize;

#[derive(Debug, Args)]
pub(crate) struct SessionsArgs {
    /// The user name.
    user: String,
    /// End them all.
    #[arg(long)]
    end: bool,
    /// How to write them.
    #[arg(long, value_enum, default_value_t = Format::Table, conflicts_with = "end")]
    format: Format,
}

#[derive(Debug, Serialize)]
struct Answer {
    user: String,
    sessions: Vec<Shown>,
}

/// A session; times are England's.
#[derive(Debug, Serialize)]
struct Shown {
    begun: String,
    last_used: String,
    address: Option<String>,
}

pub(super) async fn run(db: &Db, by: By<'_>, args: &SessionsArgs) -> anyhow::Result<()> {
    if args.end {
        let done = accounts::end_sessions(db, by, &args.user).await?;
        say(&format!("{}: {}.", done.user, ended(done.ended)));
        return Ok(());
    }
    let name = accounts::normal_name(&args.user);
    let user = users::by_name(db, &name).await?.ok_or_else(|| AccountError::Nobody(name.clone()))?;
    let now = by.clock.now_ms();
    let mut open = sessions::of(db, user.id).await?;
    open.retain(|session| !is_over_at(session.created_at, session.seen_at, now));
    let shown: Vec<Shown> = open.into_iter().map(shown).collect();
    if args.format == Format::Json {
        return print_json(&Answer { user: name, sessions: shown });
    }
    if shown.is_empty() {
        say(&format!("{name} has no open session."));
        return Ok(());
    }
    let mut lines = vec![format!("{:<17} {:<17} from", "begun", "last used")];
    lines.extend(shown.iter().map(|session| {
        let address = session.address.as_deref().unwrap_or("-");
        format!("{:<17} {:<17} {address}", session.begun, session.last_used)
    }));
    print(&lines.join("\n"))
}

fn shown(session: OpenSession) -> Shown {
    let time = |ms| england_time(ms).map(|time| time.format("%Y-%m-%d %H:%M").to_string()).unwrap_or_default();
    Shown { begun: time(session.created_at), last_used: time(session.seen_at), address: session.address }
}

/// "no session was open", "1 session ended", "3 sessions ended".
pub(super) fn ended(ended: u64) -> String {
    match ended {
        0 => "no session was open".to_owned(),
        1 => "1 session ended".to_owned(),
        many => format!("{many} sessions ended"),
    }
}
