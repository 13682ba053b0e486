//! Results go to stdout, words for people to stderr.

use std::io::Write as _;

/// Says something to the person at the terminal.
pub(crate) fn say(words: &str) {
    // A closed stderr is no reason to stop working.
    let _ = writeln!(std::io::stderr(), "{words}");
}

/// Writes a result. A reader that went away (`| head`) ends the output quietly.
pub(crate) fn print(result: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    match out.write_all(result.as_bytes()).and_then(|()| out.write_all(b"\n")).and_then(|()| out.flush()) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        written => Ok(written?),
    }
}

/// Writes a result as JSON on one line.
pub(crate) fn print_json(result: &impl serde::Serialize) -> anyhow::Result<()> {
    print(&serde_json::to_string(result)?)
}
