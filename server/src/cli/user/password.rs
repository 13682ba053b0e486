//! `surgery user password`, and how a password is read: never as an argument, never printed.

use super::sessions::ended;
use crate::accounts::{self, AccountError, By};
use crate::cli::output::say;
use crate::db::Db;
use crate::store::users;
use anyhow::Context as _;
use std::io::BufRead as _;

pub(super) async fn run(db: &Db, by: By<'_>, user: &str) -> anyhow::Result<()> {
    let name = accounts::normal_name(user);
    // Nobody is asked for the password of an account that is not there.
    if users::by_name(db, &name).await?.is_none() {
        return Err(AccountError::Nobody(name).into());
    }
    let password = read("the password stays as it was")?;
    let done = accounts::set_password(db, by, &name, &password).await?;
    say(&format!("{} has another password; {}.", done.user, ended(done.ended)));
    Ok(())
}

/// Asks for a password twice, or reads it from the first line of stdin. `otherwise` is what is said where the two differ.
pub(super) fn read(otherwise: &str) -> anyhow::Result<String> {
    use std::io::IsTerminal as _;
    if std::io::stdin().is_terminal() {
        let first = rpassword::prompt_password("Password: ").context("the password cannot be read")?;
        let again = rpassword::prompt_password("Again: ").context("the password cannot be read")?;
        anyhow::ensure!(first == again, "the two passwords differ: {otherwise}");
        return Ok(first);
    }
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).context("the password cannot be read from stdin")?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
