//! Build all, make the demonstration, serve.

use std::net::{SocketAddr, TcpListener};
use std::process::Command;

use anyhow::{Context, Result};

use crate::{demo, server_bin, steps};

/// Serves the demonstration authority until Ctrl-C.
pub fn run(listen: SocketAddr, children: u32, fresh: bool) -> Result<()> {
    // Before the long work: a taken port is known at once.
    TcpListener::bind(listen)
        .with_context(|| format!("{listen} cannot be listened on; name another with --listen 127.0.0.1:3001"))?;
    let binary = server_bin::build_all()?;
    let database = demo::ensure(&binary, children, fresh)?;
    println!(
        "\nPerformance Surgery: http://{listen}\n\
         Sign in: open /sign-in and choose one of the demonstration's people (Director, head of service,\n\
         team manager, analyst, elected member …); no password is asked. All children are invented.\n\
         Ctrl-C ends it.\n"
    );
    let mut serve = steps::command(binary);
    serve.args(["serve", "--listen", &listen.to_string()]).env("DATABASE_URL", database);
    become_the(serve)
}

/// The server takes this process's place, so that every signal reaches it.
#[cfg(unix)]
fn become_the(mut server: Command) -> Result<()> {
    use std::os::unix::process::CommandExt;
    Err(server.exec()).context("the server could not be started")
}

#[cfg(not(unix))]
fn become_the(mut server: Command) -> Result<()> {
    steps::run(&mut server)
}
