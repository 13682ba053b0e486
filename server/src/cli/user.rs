//! `surgery user add|disable|email|grant|revoke|password|sessions|list`.

mod add;
mod list;
mod password;
mod roles;
mod sessions;

use crate::accounts::{self, AccountError, By};
use crate::cli::names::{WrongUsage, unknown, unknown_user};
use crate::cli::output::say;
use crate::clock::Clock;
use crate::db::Db;
use crate::mail::is_address;
use crate::store::{audit, users};
use clap::{Subcommand, ValueEnum};
use domain::scope::Role;

#[derive(Debug, Subcommand)]
pub(crate) enum UserCommand {
    /// Add an account. The password is asked for, or read from the first line of stdin.
    Add(add::AddArgs),
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
    /// Give a role over everything, a service or a team, or give it other dates.
    Grant(roles::GrantArgs),
    /// Take a role back; the sessions end at once.
    Revoke(roles::RevokeArgs),
    /// Set another password; the sessions end at once. It is asked for twice, or read from the first line of stdin.
    Password {
        /// The user name.
        user: String,
    },
    /// The open sessions of an account, or their end.
    Sessions(sessions::SessionsArgs),
    /// Every account and what it may see.
    List {
        /// How to write it.
        #[arg(long, value_enum, default_value_t = Format::Table)]
        format: Format,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Json,
    Table,
}

fn email(text: &str) -> Result<String, &'static str> {
    let text = text.trim();
    if is_address(text) { Ok(text.to_owned()) } else { Err("this is no e-mail address") }
}

/// Reads a role's name; its title will do.
fn role(name: &str) -> Result<Role, String> {
    let plain = name.trim().to_lowercase().replace([' ', '_'], "-");
    Role::from_name(&plain).ok_or_else(|| {
        let names: Vec<&str> = Role::ALL.iter().map(|role| role.name()).collect();
        format!("{} (one of {})", unknown(("role", "roles"), name, names.clone()), names.join(", "))
    })
}

pub(crate) async fn run(db: &Db, clock: &Clock, command: UserCommand) -> anyhow::Result<()> {
    let by = By { actor: "command line", request_id: "command line", clock };
    let done = match command {
        UserCommand::Add(args) => add::run(db, by, &args).await,
        UserCommand::Disable { user, leave_actions } => {
            let done = accounts::disable(db, by, &user, leave_actions).await;
            done.map(|done| say(&format!("Disabled {}; {}.", done.user, sessions::ended(done.ended))))
                .map_err(Into::into)
        }
        UserCommand::Email { user, address } => set_email(db, by, &user, address.as_deref()).await,
        UserCommand::Grant(args) => roles::grant(db, by, args).await,
        UserCommand::Revoke(args) => roles::revoke(db, by, args).await,
        UserCommand::Password { user } => password::run(db, by, &user).await,
        UserCommand::Sessions(args) => sessions::run(db, by, &args).await,
        UserCommand::List { format } => list::run(db, clock, format).await,
    };
    match done {
        Ok(()) => Ok(()),
        Err(error) => Err(as_usage(db, error).await),
    }
}

/// A name that nobody has, a role that is not held and dates the wrong way round are wrong usage.
async fn as_usage(db: &Db, error: anyhow::Error) -> anyhow::Error {
    match error.downcast_ref::<AccountError>() {
        Some(AccountError::Nobody(name)) => match unknown_user(db, name).await {
            Ok(usage) => usage.into(),
            Err(failed) => failed,
        },
        Some(refused @ (AccountError::HasNot { .. } | AccountError::Backwards { .. })) => {
            WrongUsage(refused.to_string()).into()
        }
        _ => error,
    }
}

async fn set_email(db: &Db, by: By<'_>, user: &str, address: Option<&str>) -> anyhow::Result<()> {
    let user = accounts::normal_name(user);
    let address = address.map(email).transpose().map_err(anyhow::Error::msg)?;
    let mut tx = db.begin().await?;
    if !users::set_email(&mut tx, &user, address.as_deref()).await? {
        return Err(AccountError::Nobody(user).into());
    }
    audit::append_in(&mut tx, &[by.entry("set e-mail", &user, String::new())]).await?;
    tx.commit().await?;
    let done = if address.is_some() { "has a new address" } else { "has no address of its own now" };
    say(&format!("{user} {done}."));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_is_read_by_its_name_or_title_and_an_unknown_one_is_met_by_its_like() {
        assert_eq!(role("head-of-service"), Ok(Role::HeadOfService));
        assert_eq!(role("Head of Service"), Ok(Role::HeadOfService));
        let said = role("team-manger").unwrap_err();
        assert!(said.contains("Did you mean 'team-manager'"), "{said}");
        assert!(role("king").unwrap_err().contains("quality-lead"));
    }
}
