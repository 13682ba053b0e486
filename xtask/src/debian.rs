//! Installing packages on Debian and Ubuntu; on other systems this says what is missing.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::steps::{self, which};

/// True where `apt-get` is and this process may use it.
pub fn can_install() -> bool {
    which("apt-get").is_some() && prefix().is_some()
}

/// Installs those of the packages that are not there yet. `why` completes "… is needed".
pub fn install(packages: &[&str], why: &str) -> Result<()> {
    let missing: Vec<&str> = packages.iter().copied().filter(|package| !is_installed(package)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    if !can_install() {
        bail!("{why} is needed; install it first (on Debian: apt-get install {})", missing.join(" "));
    }
    println!("    installing {}", missing.join(" "));
    steps::output(privileged("apt-get")?.args(["update", "--quiet=2"]))
        .context("the package lists could not be fetched; is the network reachable?")?;
    let mut install = privileged("apt-get")?;
    install.args(["install", "--yes", "--quiet=2", "--no-install-recommends"]).args(&missing);
    steps::output(&mut install).with_context(|| format!("{why} is needed and could not be installed by apt-get"))?;
    Ok(())
}

/// A command as root: as it is, or through a `sudo` that asks no password.
pub fn privileged(program: &str) -> Result<Command> {
    let prefix = prefix().context("this needs root, or a `sudo` that asks no password")?;
    let mut words = prefix.iter().copied().chain([program]);
    let mut command = steps::command(words.next().unwrap_or(program));
    command.args(words).env("DEBIAN_FRONTEND", "noninteractive");
    Ok(command)
}

/// True when this process is root.
pub fn is_root() -> bool {
    steps::output(steps::command("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

fn prefix() -> Option<&'static [&'static str]> {
    if is_root() {
        return Some(&[]);
    }
    let sudo = Path::new("/usr/bin/sudo");
    let allowed = sudo.exists() && steps::output(steps::command(sudo).args(["-n", "true"])).is_ok();
    allowed.then_some(&["/usr/bin/sudo", "-n", "DEBIAN_FRONTEND=noninteractive"])
}

fn is_installed(package: &str) -> bool {
    let mut query = steps::command("dpkg-query");
    query.args(["--show", "--showformat=${db:Status-Status}", package]);
    steps::output(&mut query).is_ok_and(|status| status == "installed")
}
