//! `surgery user grant` and `revoke`.

use super::{role, sessions};
use crate::accounts::{self, By, Which, all_in_words};
use crate::cli::dates::day;
use crate::cli::names::{WrongUsage, known_area};
use crate::cli::output::say;
use crate::db::Db;
use chrono::NaiveDate;
use clap::Args;
use domain::scope::{Area, Grant, Role};

#[derive(Debug, Args)]
pub(crate) struct GrantArgs {
    /// The user name.
    user: String,
    /// director, head-of-service, team-manager, analyst, quality-lead, member or administrator.
    #[arg(long, value_parser = role)]
    role: Role,
    /// Over one service. Without --service and --team: over everything.
    #[arg(long, conflicts_with = "team")]
    service: Option<String>,
    /// Over one team.
    #[arg(long)]
    team: Option<String>,
    /// The first day it counts. Without it: since ever.
    #[arg(long, value_name = "DATE", value_parser = day)]
    from: Option<NaiveDate>,
    /// The last day it counts. Without it: until it is taken back.
    #[arg(long, value_name = "DATE", value_parser = day)]
    to: Option<NaiveDate>,
}

#[derive(Debug, Args)]
pub(crate) struct RevokeArgs {
    /// The user name.
    user: String,
    /// The role. Without --service and --team it is taken back over whatever it is held.
    #[arg(long, value_parser = role, required_unless_present = "number")]
    role: Option<Role>,
    /// Over this service only.
    #[arg(long, conflicts_with = "team")]
    service: Option<String>,
    /// Over this team only.
    #[arg(long)]
    team: Option<String>,
    /// The role by the number that 'user list' shows.
    #[arg(long, value_name = "N", conflicts_with_all = ["role", "service", "team"])]
    number: Option<i64>,
}

fn area(service: Option<String>, team: Option<String>) -> Option<Area> {
    service.map(Area::Service).or_else(|| team.map(Area::Team))
}

pub(super) async fn grant(db: &Db, by: By<'_>, args: GrantArgs) -> anyhow::Result<()> {
    let area = area(args.service, args.team).unwrap_or(Area::All);
    if args.role == Role::TeamManager && !matches!(area, Area::Team(_)) {
        anyhow::bail!(WrongUsage("a team manager needs --team".to_owned()));
    }
    let area = known_area(db, area).await?;
    let grant = Grant { role: args.role, area, valid_from: args.from, valid_to: args.to };
    let done = accounts::give(db, by, &args.user, &grant).await?;
    let words = all_in_words([&grant]);
    match done.before.is_empty() {
        true => say(&format!("{} is now {words}.", done.user)),
        false => say(&format!("{} is now {words}; before: {}.", done.user, all_in_words(&done.before))),
    }
    let today = by.clock.today();
    if !grant.is_valid_on(today) {
        say(&format!("It does not count today, {today}."));
    }
    if done.ended > 0 {
        say(&format!("Since it counts no longer, {}.", sessions::ended(done.ended)));
    }
    Ok(())
}

pub(super) async fn revoke(db: &Db, by: By<'_>, args: RevokeArgs) -> anyhow::Result<()> {
    let which = match (args.number, args.role) {
        (Some(number), _) => Which::Number(number),
        // The name as it is held is what counts: one that nobody knows any more can be taken back too.
        (None, Some(role)) => Which::Role(role, area(args.service, args.team)),
        (None, None) => anyhow::bail!("say which role, by --role or --number"),
    };
    let done = match accounts::take(db, by, &args.user, &which).await {
        Err(refused @ accounts::AccountError::HasNot { .. }) => {
            // A name with a slip in it is met by its like.
            if let Which::Role(_, Some(area)) = which {
                known_area(db, area).await?;
            }
            return Err(refused.into());
        }
        done => done?,
    };
    say(&format!("{} is no longer {}; {}.", done.user, all_in_words(&done.roles), sessions::ended(done.ended)));
    if done.none_left {
        say("No role is left: the account can sign in and sees nothing.");
    }
    if done.accountable > 0 {
        say(&format!(
            "{} is still accountable for {} actions that are not done: a Director hands them over under Actions.",
            done.user, done.accountable
        ));
    }
    Ok(())
}
