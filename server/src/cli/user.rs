//! `surgery user add|disable|email|list`.

use crate::accounts::{self, Beside};
use crate::cli::dates::day;
use crate::cli::names::known_areas;
use crate::cli::output::{print, say};
use crate::clock::Clock;
use crate::db::Db;
use crate::mail::is_address;
use crate::store::audit::{self, Decision, Entry};
use crate::store::{actions, organisation, users};
use anyhow::Context as _;
use chrono::NaiveDate;
use clap::{Args, Subcommand};
use domain::scope::{Area, Grant, Role};
use std::io::BufRead as _;

#[derive(Debug, Subcommand)]
pub(crate) enum UserCommand {
    /// Add an account. The password is asked for, or read from the first line of stdin.
    Add(AddArgs),
    /// Disable an account; its sessions end at once.
    Disable {
        /// The user name.
        user: String,
        /// Disable it although it is accountable for actions; a Director then hands them over.
        #[arg(long)]
        leave_actions: bool,
    },
    /// Where an account is written to; without an address, nowhere.
    Email {
        /// The user name.
        user: String,
        /// The e-mail address.
        address: Option<String>,
    },
    /// Every account and what it may see.
    List,
}

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

fn email(text: &str) -> Result<String, &'static str> {
    let text = text.trim();
    if is_address(text) { Ok(text.to_owned()) } else { Err("this is no e-mail address") }
}

fn role(name: &str) -> Result<Role, String> {
    Role::from_name(name).ok_or_else(|| {
        let names: Vec<&str> = Role::ALL.iter().map(|role| role.name()).collect();
        format!("one of {}", names.join(", "))
    })
}

pub(crate) async fn run(db: &Db, clock: &Clock, command: UserCommand) -> anyhow::Result<()> {
    match command {
        UserCommand::Add(args) => add(db, clock, &args).await,
        UserCommand::Disable { user, leave_actions } => {
            let user = accounts::normal_name(&user);
            let mut tx = db.begin().await?;
            let left = actions::not_done_of(&mut tx, &user).await?;
            anyhow::ensure!(
                left == 0 || leave_actions,
                "'{user}' is accountable for {left} actions that are not done: hand them over first, or disable the account with --leave-actions and hand them over under Actions, 'Without a Head of Service in office'"
            );
            anyhow::ensure!(
                users::disable(&mut tx, &user, clock.now_ms()).await?,
                "there is no account '{user}' to disable"
            );
            audit::append_in(&mut tx, &[entry(clock, "disable account", &user)]).await?;
            tx.commit().await?;
            say(&format!("Disabled {user}; open sessions ended."));
            Ok(())
        }
        UserCommand::Email { user, address } => {
            let user = accounts::normal_name(&user);
            let address = address.as_deref().map(email).transpose().map_err(anyhow::Error::msg)?;
            let mut tx = db.begin().await?;
            anyhow::ensure!(
                users::set_email(&mut tx, &user, address.as_deref()).await?,
                "there is no account '{user}' to write to"
            );
            audit::append_in(&mut tx, &[entry(clock, "set e-mail", &user)]).await?;
            tx.commit().await?;
            let done = if address.is_some() { "has a new address" } else { "has no address of its own now" };
            say(&format!("{user} {done}."));
            Ok(())
        }
        UserCommand::List => list(db).await,
    }
}

async fn add(db: &Db, clock: &Clock, args: &AddArgs) -> anyhow::Result<()> {
    if args.role == Role::TeamManager {
        anyhow::ensure!(!args.team.is_empty(), "a team manager needs --team");
    }
    let areas: Vec<Area> = if args.service.is_empty() && args.team.is_empty() {
        vec![Area::All]
    } else {
        let services = args.service.iter().cloned().map(Area::Service);
        services.chain(args.team.iter().cloned().map(Area::Team)).collect()
    };
    // Before anything is loaded no name is known, and accounts are made first.
    if !organisation::lines(db).await?.is_empty() {
        for area in &areas {
            match area {
                Area::All => {}
                Area::Service(name) => known_areas(db, Some(name), None).await?,
                Area::Team(name) => known_areas(db, None, Some(name)).await?,
            }
        }
    }
    let grants: Vec<Grant> = areas
        .into_iter()
        .map(|area| Grant { role: args.role, area, valid_from: args.from, valid_to: args.to })
        .collect();
    let password = password()?;
    let beside = |user: &str| Beside { email: args.email.clone(), entry: Some(entry(clock, "add account", user)) };
    accounts::add_user_with(db, clock, (&args.user, &args.name, &password), &grants, beside).await?;
    say(&format!("Added {} as {}.", args.user, args.role.title()));
    Ok(())
}

fn password() -> anyhow::Result<String> {
    use std::io::IsTerminal as _;
    if std::io::stdin().is_terminal() {
        let first = rpassword::prompt_password("Password: ").context("the password cannot be read")?;
        let again = rpassword::prompt_password("Again: ").context("the password cannot be read")?;
        anyhow::ensure!(first == again, "the two passwords differ: nothing was added");
        return Ok(first);
    }
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).context("the password cannot be read from stdin")?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

async fn list(db: &Db) -> anyhow::Result<()> {
    let mut lines = vec![format!("{:<24} {:<28} {:<9} may see", "user", "name", "state")];
    for user in users::all(db).await? {
        let grants: Vec<String> = users::grants(db, user.id).await?.iter().map(in_words).collect();
        let state = if user.disabled_at.is_some() { "disabled" } else { "active" };
        lines.push(format!("{:<24} {:<28} {:<9} {}", user.user_name, user.full_name, state, grants.join("; ")));
    }
    print(&lines.join("\n"))
}

/// A grant in words: "Head of Service, Children and Families".
pub(crate) fn in_words(grant: &Grant) -> String {
    match &grant.area {
        Area::All => grant.role.title().to_owned(),
        Area::Service(name) | Area::Team(name) => format!("{}, {name}", grant.role.title()),
    }
}

fn entry(clock: &Clock, action: &str, user: &str) -> Entry {
    Entry {
        at: clock.now_ms(),
        actor: "command line".to_owned(),
        action: action.to_owned(),
        subject: Some(user.to_owned()),
        detail: None,
        decision: Decision::Allow,
        request_id: "command line".to_owned(),
    }
}
