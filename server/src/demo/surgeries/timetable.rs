//! Which surgeries are held on which days, and what is to become of the actions recorded in each.

use super::cast::Part;
use crate::demo::county::{
    CARE, CHILDREN_AND_FAMILIES, DISABILITIES, EARLY_HELP, FRONT_DOOR, MANAGED_TEAM, TEAMS, YOUTH_JUSTICE,
};
use chrono::{Datelike as _, NaiveDate, Weekday};
use domain::calendar::{WorkingDays, add_days, minus_days};
use domain::surgery::{Remit, Rhythm, Series, Sitting, sittings};

/// Days from an extract, which is a Friday's, to the first surgery that can be held on it.
pub(super) const DAYS_TO_MEET: u32 = 4;
/// Days from the last extract to the day on which the story is told: its surgeries are over.
const DAYS_TO_TELL: u32 = DAYS_TO_MEET + 1;
/// Days of a week in which surgeries are still held on its extract.
const DAYS_OF_WEEK: u32 = 10;
/// Of surgeries later than that, which the newest extract has to serve, the last so many.
const WITHOUT_NEW_EXTRACT: usize = 2;
/// Days ahead in which the next surgery of every series falls.
const AHEAD: u32 = 60;

/// A standing meeting.
pub(super) struct Standing {
    pub series: Series,
    /// The hour at which it begins.
    pub hour: i64,
    /// Who leads it.
    pub leader: Part,
    /// The teams of a hand-off that it talks about.
    pub pathway: (&'static str, &'static str),
    /// Measures of children who wait for an act, those talked about first before the others.
    pub measures: [&'static str; 4],
    /// Whether its next surgery is prepared by now.
    pub prepared: bool,
    which: Which,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Which {
    FrontDoor,
    Families,
    Care,
    /// A service that joined later.
    Joined,
    /// The team whose manager has an account.
    Managed,
    Team,
}

/// About whom or what an action is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    Children,
    Team,
    Pathway,
    Service,
}

/// What becomes of an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// Reported when the data shows that it was done, and confirmed.
    Proven,
    /// Reported in trust and confirmed at once: a later extract may bring it back.
    Trusted,
    /// Reported in trust, and confirmed or sent back by what the next extract says.
    Hasty,
    /// Open in the end, and due in so many working days.
    Due(u32),
    /// Open in the end, and late by so many working days.
    Late(u32),
    /// Open in the end, and its due date moved.
    Moved,
    /// Open in the end, and handed over to the other Head of Service of the service.
    HandedOver,
    /// Reported in the end.
    Reported,
}

/// A surgery to be held.
pub(super) struct Meeting {
    /// The place of its standing meeting.
    pub standing: usize,
    /// Its day.
    pub sitting: Sitting,
    /// The date of the extract that it is held on.
    pub as_at: NaiveDate,
    /// Its actions.
    pub turns: &'static [(Of, Fate)],
}

/// What is held, and what is next.
pub(super) struct Timetable {
    pub standings: Vec<Standing>,
    /// In the order of their days.
    pub held: Vec<Meeting>,
    /// The first surgery from today on, of each standing meeting.
    pub next: Vec<(usize, Sitting)>,
    /// Today: the day after the story.
    pub today: NaiveDate,
}

impl Timetable {
    /// From the extracts' dates in their order, of which there is at least one, and today. A demo is shown weeks after its
    /// last extract, so what is coming, and how late things are, follows from today.
    pub(super) fn new(extracts: &[NaiveDate], today: NaiveDate, calendar: &WorkingDays) -> Self {
        let first = extracts.first().copied().unwrap_or(today);
        let last = extracts.last().copied().unwrap_or(today);
        let today = today.max(add_days(last, DAYS_TO_TELL));
        let standings = standings(first, last);
        let (mut held, mut next) = (Vec::new(), Vec::new());
        for (place, standing) in standings.iter().enumerate() {
            let window = (standing.series.first, add_days(today, AHEAD));
            let (before, coming): (Vec<_>, Vec<_>) =
                sittings(&standing.series, window, &[], calendar).into_iter().partition(|one| one.on < today);
            next.extend(coming.first().map(|sitting| (place, *sitting)));
            let with_extract = before.iter().filter(|one| one.on <= add_days(last, DAYS_OF_WEEK)).count();
            let left_out = with_extract..(before.len().saturating_sub(WITHOUT_NEW_EXTRACT)).max(with_extract);
            let kept: Vec<Sitting> =
                (0..).zip(before).filter(|(at, _)| !left_out.contains(at)).map(|(_, one)| one).collect();
            let count = kept.len();
            held.extend(kept.into_iter().enumerate().map(|(at, sitting)| {
                let loaded = minus_days(sitting.on, DAYS_TO_MEET);
                let as_at = extracts.iter().rev().find(|as_at| **as_at <= loaded).copied().unwrap_or(first);
                Meeting { standing: place, sitting, as_at, turns: turns(standing.which, count - 1 - at) }
            }));
        }
        held.sort_by_key(|meeting: &Meeting| (meeting.sitting.on, standings[meeting.standing].hour));
        Self { standings, held, next, today }
    }
}

/// The date of the newest extract, a Friday, whose first surgeries are over today: a story that ends with it has nothing in
/// the future.
pub fn newest_extract(today: NaiveDate) -> NaiveDate {
    let day = minus_days(today, DAYS_TO_TELL);
    minus_days(day, day.weekday().days_since(Weekday::Fri))
}

/// A service's surgery each month, led by its Director: three from the beginning, three that joined. A team's surgery each
/// fortnight, led by its Head of Service: one for each Head of Service.
fn standings(first: NaiveDate, last: NaiveDate) -> Vec<Standing> {
    use Weekday::{Thu, Tue, Wed};
    let from = |weeks: u32, weekday: Weekday| {
        let start = add_days(first.max(minus_days(last, weeks * 7)), DAYS_TO_MEET);
        let days = (7 + weekday.num_days_from_monday() - start.weekday().num_days_from_monday()) % 7;
        add_days(start, days)
    };
    let monthly = |name: &str, which, weeks, (weekday, hour)| {
        let remit = Remit::Service { service: name.to_owned() };
        let series = Series { remit, rhythm: Rhythm::Monthly, first: from(weeks, weekday), last: None };
        let leader = Part::director_of(name);
        Standing { series, hour, leader, pathway: ("", ""), measures: VISITS, prepared: false, which }
    };
    let fortnightly = |name: &str, head, which, weeks, (weekday, hour)| {
        let remit = Remit::Teams { teams: vec![name.to_owned()] };
        let series = Series { remit, rhythm: Rhythm::Fortnightly, first: from(weeks, weekday), last: None };
        Standing { series, hour, leader: Part::Head(head), pathway: ("", ""), measures: VISITS, prepared: false, which }
    };
    let managed = TEAMS[usize::from(MANAGED_TEAM)].name;
    let assessed = ["ASM-02", "S47-02", "ALL-01", "DOR-01"];
    let cared_for = ["CLA-01", "CLA-03", "CL-05", "CLA-07"];
    vec![
        Standing {
            pathway: ("Referral & Assessment Thornmere", managed),
            measures: assessed,
            ..monthly(FRONT_DOOR, Which::FrontDoor, 13, (Tue, 9))
        },
        Standing {
            pathway: ("Children & Families Saltcombe 1", "Children in Care Saltcombe"),
            measures: ["CPP-01", "CIN-01", "ALL-01", "DOR-01"],
            prepared: true,
            ..monthly(CHILDREN_AND_FAMILIES, Which::Families, 13, (Tue, 13))
        },
        Standing {
            pathway: ("Referral & Assessment Thornmere", managed),
            prepared: true,
            ..fortnightly(managed, 1, Which::Managed, 8, (Thu, 9))
        },
        Standing {
            pathway: ("Children & Families Wexbridge 1", "Children in Care Wexbridge"),
            measures: cared_for,
            ..monthly(CARE, Which::Care, 13, (Tue, 15))
        },
        Standing {
            pathway: ("Referral & Assessment Harrowfold", "Disabled Children Harrowfold & Saltcombe"),
            measures: ["CIN-01", "DOR-01", "ALL-01", "CIN-03"],
            ..monthly(DISABILITIES, Which::Joined, 8, (Tue, 11))
        },
        Standing {
            pathway: ("Referral & Assessment Wexbridge", "Family Help Wexbridge & Thornmere"),
            ..monthly(EARLY_HELP, Which::Joined, 7, (Tue, 9))
        },
        Standing {
            pathway: ("Children & Families Wexbridge 2", "Youth Justice Service"),
            ..monthly(YOUTH_JUSTICE, Which::Joined, 7, (Tue, 14))
        },
        Standing { measures: assessed, ..fortnightly("Referral & Assessment Wexbridge", 0, Which::Team, 7, (Wed, 9)) },
        fortnightly("Children & Families Saltcombe 1", 2, Which::Team, 7, (Wed, 11)),
        Standing { measures: cared_for, ..fortnightly("11-25 Wexbridge & Thornmere", 3, Which::Team, 6, (Wed, 14)) },
        fortnightly("Disabled Children Wexbridge & Thornmere", 4, Which::Team, 4, (Thu, 11)),
        fortnightly("Family Help Wexbridge & Thornmere", 5, Which::Team, 4, (Thu, 14)),
    ]
}

const VISITS: [&str; 4] = ["CIN-01", "CPP-01", "DOR-01", "ALL-01"];

/// The actions of a surgery that is so many before the last one held.
fn turns(which: Which, before_last: usize) -> &'static [(Of, Fate)] {
    use Fate::{Due, HandedOver, Hasty, Late, Moved, Proven, Reported, Trusted};
    use Of::{Children, Pathway, Service, Team};
    match (which, before_last) {
        (Which::FrontDoor, 0) => &[(Children, Due(3)), (Pathway, Late(1)), (Service, Due(9))],
        (Which::FrontDoor, 1) => &[(Children, Trusted), (Team, Late(6)), (Pathway, Reported)],
        (Which::FrontDoor, 2) => &[(Children, Proven), (Pathway, Proven), (Team, Proven)],
        (Which::FrontDoor, _) => &[(Children, Trusted), (Service, Proven)],
        (Which::Families, 0) => &[(Children, Due(2)), (Team, Reported), (Service, HandedOver)],
        (Which::Families, 1) => &[(Team, Late(12)), (Children, Trusted), (Service, Moved)],
        (Which::Families, 2) => &[(Children, Hasty), (Team, Proven), (Children, Proven)],
        (Which::Families, _) => &[(Children, Trusted), (Pathway, Proven), (Children, Proven)],
        (Which::Care, 0) => &[(Children, Due(3)), (Service, Due(12))],
        (Which::Care, 1) => &[(Children, Trusted), (Team, Late(3))],
        (Which::Care, 2) => &[(Children, Proven), (Pathway, Proven)],
        (Which::Care, _) => &[(Children, Proven)],
        (Which::Joined, 0) => &[(Children, Due(4)), (Pathway, Due(8))],
        (Which::Joined, _) => &[(Children, Proven), (Team, Proven)],
        (Which::Managed, 0) => &[(Children, Due(2)), (Team, Due(6))],
        (Which::Managed, 1) => &[(Children, Late(1)), (Children, Hasty)],
        (Which::Managed, 2) => &[(Children, Trusted), (Team, Late(7))],
        (Which::Managed, _) => &[(Children, Proven), (Children, Hasty)],
        (Which::Team, 0) => &[(Children, Due(3))],
        (Which::Team, 2) => &[(Children, Hasty)],
        (Which::Team, _) => &[(Children, Proven)],
    }
}

/// The last working day by which something due is late by so many working days today.
pub(super) fn late_by(days: u32, today: NaiveDate, calendar: &WorkingDays) -> NaiveDate {
    let mut day = minus_days(today, 1);
    while !calendar.is_working_day(day) || calendar.elapsed(day, today) < i64::from(days) {
        day = minus_days(day, 1);
    }
    day
}

/// The working day before a day.
pub(super) fn working_day_before(day: NaiveDate, calendar: &WorkingDays) -> NaiveDate {
    let mut before = minus_days(day, 1);
    while !calendar.is_working_day(before) {
        before = minus_days(before, 1);
    }
    before
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn timetable(first: &str, last: &str, today: &str) -> Timetable {
        let weeks = std::iter::successors(Some(day(first)), |week| Some(add_days(*week, 7)));
        let extracts: Vec<NaiveDate> = weeks.take_while(|week| *week <= day(last)).collect();
        Timetable::new(&extracts, day(today), &WorkingDays::england())
    }

    #[test]
    fn every_surgery_is_held_on_the_extract_before_it_and_the_next_is_to_come() {
        for (first, last, today) in [
            ("2025-11-07", "2026-10-30", "2026-10-30"),
            ("2025-11-07", "2026-10-30", "2026-11-28"),
            ("2025-11-07", "2026-10-30", "2028-02-29"),
            ("2026-01-09", "2026-02-27", "2026-03-02"),
            ("2026-10-30", "2026-10-30", "2026-11-28"),
        ] {
            let timetable = timetable(first, last, today);
            assert!(timetable.today >= day(today) && timetable.today > day(last), "{today}");
            for meeting in &timetable.held {
                assert!(meeting.as_at >= day(first) && meeting.as_at <= day(last), "{today}");
                assert!(add_days(meeting.as_at, DAYS_TO_MEET) <= meeting.sitting.on, "{today}");
                assert!(meeting.sitting.on < timetable.today, "{today}");
            }
            assert!(timetable.held.is_sorted_by_key(|meeting| meeting.sitting.on));
            assert_eq!(timetable.next.len(), timetable.standings.len(), "{today}");
            assert!(timetable.next.iter().all(|(_, sitting)| sitting.on >= timetable.today), "{today}");
        }
    }

    #[test]
    fn a_story_that_ends_with_the_newest_extract_has_nothing_in_the_future() {
        for (today, newest) in [
            ("2026-11-24", "2026-11-13"),
            ("2026-11-25", "2026-11-20"),
            ("2026-11-28", "2026-11-20"),
            ("2026-12-01", "2026-11-20"),
            ("2026-12-02", "2026-11-27"),
        ] {
            assert_eq!(newest_extract(day(today)), day(newest), "{today}");
            let timetable = timetable("2026-01-09", newest, today);
            assert_eq!(timetable.today, day(today));
        }
    }

    #[test]
    fn years_later_only_the_last_two_of_each_series_are_held_without_a_new_extract() {
        // By then every surgery of the last extract’s days has been held.
        let soon = timetable("2025-11-07", "2026-10-30", "2026-11-10");
        let (series, soon) = (soon.standings.len(), soon.held.len());
        assert_eq!(timetable("2025-11-07", "2026-10-30", "2029-11-01").held.len(), soon + series * WITHOUT_NEW_EXTRACT);
    }

    #[test]
    fn six_services_meet_each_month_under_a_director_and_each_head_of_service_leads_a_team_each_fortnight() {
        let timetable = timetable("2025-11-07", "2026-10-30", "2026-11-10");
        let (mut services, mut heads) = (Vec::new(), Vec::new());
        for (place, standing) in timetable.standings.iter().enumerate() {
            match (&standing.series.remit, standing.leader) {
                (Remit::Service { service }, leader) => {
                    assert_eq!(standing.series.rhythm, Rhythm::Monthly);
                    assert!(!matches!(leader, Part::Head(_)), "{service}");
                    services.push(service.clone());
                }
                (Remit::Teams { teams }, Part::Head(head)) => {
                    assert_eq!(standing.series.rhythm, Rhythm::Fortnightly);
                    let place = crate::demo::organisation().into_iter().find(|place| place.team == teams[0]).unwrap();
                    assert_eq!(Part::head_called(&place.head_of_service), Some(Part::Head(head)));
                    heads.push(head);
                }
                (remit, leader) => panic!("{remit:?} is led by {leader:?}"),
            }
            let held = timetable.held.iter().filter(|meeting| meeting.standing == place).count();
            assert!(held >= 2, "{:?}: {held}", standing.series.remit);
        }
        services.sort();
        heads.sort_unstable();
        assert_eq!(services.len(), 6);
        assert_eq!(heads, [0, 1, 2, 3, 4, 5]);
    }

    #[test]
    fn late_by_is_told_in_working_days() {
        let calendar = WorkingDays::england();
        for (today, late, due) in [
            ("2026-11-28", 1, "2026-11-26"),
            ("2026-11-27", 1, "2026-11-26"),
            ("2026-11-30", 1, "2026-11-27"),
            ("2026-11-28", 12, "2026-11-11"),
        ] {
            assert_eq!(late_by(late, day(today), &calendar), day(due), "{today}");
            assert_eq!(calendar.elapsed(day(due), day(today)), i64::from(late));
        }
    }
}
