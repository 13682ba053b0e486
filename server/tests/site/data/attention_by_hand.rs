//! The register's reasons for ten children of the demonstration, worked out by hand from their rows with a calendar.

use crate::common::extracts::{Files, day};
use crate::common::{Start, on_both, operator};
use server::clock::Clock;
use server::council::{Council, Register, Why};
use server::reading::{Selection, register};

const AS_AT: &str = "2026-10-30";

/// A rule, its words, and the first day on which it was so.
type Reason = (&'static str, &'static str, Option<&'static str>);

/// Working days are counted after the start; 31 August 2026 is a bank holiday.
const BY_HAND: [(&str, &[Reason]); 10] = [
    // Looked after, missing 3 times; seen the day before.
    ("D100001", &[("missing", "missing from care 3 times in 12 months", None)]),
    // The enquiry of 4 June counts one before it. One plan before that of 24 June. The visit of 9 October is 15 working
    // days old: late, and less than twice 10.
    (
        "D100366",
        &[
            ("repeat-section-47", "2 section 47 enquiries in 12 months", Some("2026-06-04")),
            ("second-plan", "1 earlier child protection plan", Some("2026-06-24")),
        ],
    ),
    // In need with a blank worker, last seen on Wednesday 27 May: 156 days. 40 working days after it is 22 July; 42 days
    // after it is 8 July. To 30 October it is 22 weeks and 2 days, less the bank holiday.
    (
        "D100367",
        &[
            ("unallocated", "open without an allocated worker", None),
            (
                "visit-overdue",
                "no child in need visit for 111 working days, against a standard of 20",
                Some("2026-07-23"),
            ),
            ("dormant", "in need and not seen for 156 days", Some("2026-07-09")),
        ],
    ),
    // Closed; the referral of 19 May counts two before it.
    ("D100702", &[("referrals", "3 referrals in 12 months", Some("2026-05-19"))]),
    // In need since 14 October and not seen yet: 16 days are within 42. 12 working days after the strategy discussion the
    // conference has time. So this child is not on the register.
    ("D100707", &[]),
    // The enquiry of 10 August counts one before it. The assessment began on Tuesday 4 August: 12 weeks and 3 days, less
    // the bank holiday; its 45th working day is 7 October.
    (
        "D100761",
        &[
            ("repeat-section-47", "2 section 47 enquiries in 12 months", Some("2026-08-10")),
            ("assessment-overdue", "assessment open for 62 working days, against a standard of 45", Some("2026-10-08")),
        ],
    ),
    // Looked after under an interim order with foster carers, so the standard is 42 days. Last seen on 31 July, 91 days
    // ago; twice 42 days ended on 23 October, once on 11 September.
    (
        "D100868",
        &[
            ("missing", "missing from care 8 times in 12 months", None),
            (
                "visit-overdue",
                "no visit to the child in care for 91 days, against a standard of 42",
                Some("2026-10-24"),
            ),
            ("dormant", "in need and not seen for 91 days", Some("2026-09-12")),
        ],
    ),
    // Enquiries on 29 May and 30 September. Two referrals are one too few.
    ("D100922", &[("repeat-section-47", "2 section 47 enquiries in 12 months", Some("2026-09-30"))]),
    // One plan before that of 31 July.
    ("D100945", &[("second-plan", "1 earlier child protection plan", Some("2026-07-31"))]),
    // Strategy discussion on Friday 18 September, 6 weeks ago; the 15th working day was 9 October. Seen on 17 September,
    // 43 days ago.
    (
        "D100985",
        &[
            (
                "conference-overdue",
                "initial conference awaited for 30 working days, against a standard of 15",
                Some("2026-10-10"),
            ),
            ("dormant", "in need and not seen for 43 days", Some("2026-10-30")),
        ],
    ),
];

#[tokio::test]
async fn ten_children_are_on_the_register_for_the_reasons_their_rows_give() {
    on_both(Start::default(), |app| async move {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/ten_children");
        let mut files = Files::new();
        for list in 3..=8 {
            let text = std::fs::read_to_string(folder.join(format!("list_{list}.csv"))).unwrap();
            let (head, rows) = text.split_once('\n').unwrap();
            files.list(list, head, &rows.lines().map(str::to_owned).collect::<Vec<_>>());
        }
        let db = &app.state.db;
        files.load_at(db, &Clock::fixed("2026-11-02T08:00:00Z".parse().unwrap()), AS_AT, true).await.unwrap();
        let council = Council::read(db).await.unwrap().unwrap();
        let lines = register(db, &council, &operator(), Register::Attention, &Selection::default()).await.unwrap();
        assert_eq!(lines.len(), BY_HAND.iter().filter(|(_, reasons)| !reasons.is_empty()).count());
        for (child, by_hand) in BY_HAND {
            let line = lines.iter().find(|line| &*line.child_id == child);
            let found = line.map(|line| match &line.why {
                Why::Attention(found) => found.as_slice(),
                _ => panic!("{child}"),
            });
            let found: Vec<_> =
                found.unwrap_or_default().iter().map(|reason| (reason.rule, &*reason.words, reason.since)).collect();
            let by_hand: Vec<_> = by_hand.iter().map(|(rule, words, since)| (*rule, *words, since.map(day))).collect();
            assert_eq!(found, by_hand, "{child}");
        }
    })
    .await;
}
