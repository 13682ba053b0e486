//! A line of a register in words.

use super::time;
use crate::council::{Council, OnRegister, Register, Why};
use crate::desk::shown::Shown;
use crate::desk::words;
use crate::reading::{NO_TEAM, NO_WORKER, Stay};
use app::data::RegisterRow;
use chrono::NaiveDate;
use domain::registers::Unseen;

/// The heading of a line's own date; `None` where the extract does not hold one.
pub(super) const fn dated(register: Register) -> Option<&'static str> {
    match register {
        Register::Attention => Some("A reason since"),
        Register::Dormant => Some("Over the limit since"),
        Register::Closing => Some("In need since"),
        Register::Unallocated | Register::Managers => None,
    }
}

pub(super) fn row(council: &Council, line: &OnRegister, shown: &Shown, stay: Option<Stay>) -> RegisterRow {
    RegisterRow {
        who: shown.id(&line.child_id).to_owned(),
        href: shown.page(council, &line.child_id),
        is_new: stay.is_some_and(|stay| stay.since == council.as_at() && !stay.or_before),
        team: line.team.as_deref().unwrap_or(NO_TEAM).to_owned(),
        worker: line.worker.as_deref().unwrap_or(NO_WORKER).to_owned(),
        reasons: reasons(line, council),
        since: words::date_or_dash(line.since()),
        stay: stay.map_or_else(|| "–".to_owned(), |stay| time::stay(stay, council.as_at())),
    }
}

pub(super) fn reasons(line: &OnRegister, council: &Council) -> Vec<String> {
    match &line.why {
        Why::Attention(reasons) => reasons.iter().map(|reason| words::sentence(&reason.words)).collect(),
        Why::Unallocated(None) => vec!["No worker is named".to_owned()],
        Why::Unallocated(Some(name)) => vec![format!("“{name}” stands in the place of a worker")],
        Why::HeldByManager => vec!["The worker is a manager".to_owned()],
        Why::Dormant { unseen, .. } => vec![unseen_in_words(*unseen, council.as_at())],
        Why::Closing { question, .. } => vec![question.clone()],
    }
}

fn unseen_in_words(unseen: Unseen, as_at: NaiveDate) -> String {
    let not_seen = |since: NaiveDate| {
        let days = u64::try_from((as_at - since).num_days()).unwrap_or_default();
        format!("Not seen for {}, since", words::count(days, "day", "days"))
    };
    match unseen {
        Unseen::SinceSeen(seen) => format!("{} {}", not_seen(seen), words::date(seen)),
        Unseen::SinceNeedBegan(began) => format!("{} the need began on {}", not_seen(began), words::date(began)),
        Unseen::NotRecorded => "Not recorded as seen, nor when the need began".to_owned(),
    }
}
