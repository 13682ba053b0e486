//! Numbers as people read them. Dates are left to the pages.

/// `1 month`, `2 months`.
pub(super) fn count(number: impl TryInto<u64>, one: &str) -> String {
    match number.try_into().unwrap_or(0) {
        1 => format!("1 {one}"),
        number => format!("{number} {one}s"),
    }
}
