//! How long each part of a load took, for the log (`SURGERY_LOG=server=debug`).

use std::time::Instant;

/// The part that runs now.
#[derive(Debug)]
pub(super) struct Phases(Instant);

impl Phases {
    pub(super) fn begin() -> Self {
        Self(Instant::now())
    }

    /// Says how long the part that ends here took; the next begins.
    pub(super) fn ended(&mut self, part: &'static str) {
        let milliseconds = u64::try_from(self.0.elapsed().as_millis()).unwrap_or(u64::MAX);
        tracing::debug!(part, milliseconds, "a part of a load ended");
        self.0 = Instant::now();
    }
}
