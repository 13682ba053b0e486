//! `surgery user add`.

use super::{email, password, role};
use crate::accounts::{self, Beside, By, all_in_words};
use crate::cli::dates::day;
use crate::cli::names::{WrongUsage, known_area};
use crate::cli::output::say;
use crate::db::Db;
use chrono::NaiveDate;
use clap::Args;
use domain::scope::{Area, Grant, Role};

#[derive(Debug, Args)]
pub(crate) struct AddArgs {
    /// What is typed to sign in.
    user: String,
    /// The person's name.
    #[arg(long)]
    name: String,
    /// director, head-of-service, team-manager, analyst, quality-lead, member or administrator.
    #[arg(long, value_parser = role)]
    role: Role,
    /// Over one service; may be repeated. Without --service and --team: over everything.
    #[arg(long)]
    service: Vec<String>,
    /// Over one team; may be repeated.
    #[arg(long)]
    team: Vec<String>,
    /// The first day it counts.
    #[arg(long, value_name = "DATE", value_parser = day)]
    from: Option<NaiveDate>,
    /// The last day it counts.
    #[arg(long, value_name = "DATE", value_parser = day)]
    to: Option<NaiveDate>,
    /// Where notices are sent, if e-mail is set up. Without one: what organisation.csv says of the person.
    #[arg(long, value_parser = email)]
    email: Option<String>,
}

pub(super) async fn run(db: &Db, by: By<'_>, args: &AddArgs) -> anyhow::Result<()> {
    if args.role == Role::TeamManager {
        anyhow::ensure!(!args.team.is_empty(), WrongUsage("a team manager needs --team".to_owned()));
    }
    if let (Some(from), Some(to)) = (args.from, args.to)
        && to < from
    {
        return Err(accounts::AccountError::Backwards { from, to }.into());
    }
    let services = args.service.iter().cloned().map(Area::Service);
    let mut asked: Vec<Area> = services.chain(args.team.iter().cloned().map(Area::Team)).collect();
    if asked.is_empty() {
        asked.push(Area::All);
    }
    let mut areas = Vec::with_capacity(asked.len());
    for area in asked {
        let area = known_area(db, area).await?;
        if !areas.contains(&area) {
            areas.push(area);
        }
    }
    let grants: Vec<Grant> = areas
        .into_iter()
        .map(|area| Grant { role: args.role, area, valid_from: args.from, valid_to: args.to })
        .collect();
    let password = password::read("nothing was added")?;
    let beside = |user: &str| Beside {
        email: args.email.clone(),
        entry: Some(by.entry("add account", user, all_in_words(&grants))),
    };
    accounts::add_user_with(db, by.clock, (&args.user, &args.name, &password), &grants, beside).await?;
    say(&format!("Added {} as {}.", args.user, args.role.title()));
    Ok(())
}
