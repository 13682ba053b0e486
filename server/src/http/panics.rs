//! What a panic leaves in the log: where, and not its words, which may hold what was being read.

use std::panic::{PanicHookInfo, set_hook};

/// From now on panics are logged by their place alone. Called once, when the server starts.
pub fn log_places_only() {
    set_hook(Box::new(|info: &PanicHookInfo<'_>| {
        let place =
            info.location().map_or_else(|| "?".to_owned(), |place| format!("{}:{}", place.file(), place.line()));
        tracing::error!(place, "panic");
    }));
}
