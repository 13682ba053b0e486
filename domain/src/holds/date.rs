//! `date`: the as-at date does not fit what the extract holds.

use super::columns::ListFacts;
use super::events::{self, SOURCES, called};
use super::gathered::Gathered;
use super::{Before, Hold, HoldKind, day, title};
use crate::calendar::{WorkingDays, add_months, minus_months};
use crate::record::List;
use chrono::{NaiveDate, TimeDelta};

/// Events after the as-at date that hold a load: so many, and so large a share of a hundred.
const AFTER: (u64, u64) = (5, 1);
/// Working days after the as-at date on which an event is still no surprise.
const GRACE: usize = 3;
/// Events in ten working days from which none in the next ten is a surprise.
const MANY: u64 = 20;
/// Calendar days that hold ten working days in an ordinary fortnight.
const FORTNIGHT: i64 = 14;
/// Ages from which they are judged.
const AGES: usize = 20;
/// Of a hundred ages so many fit the right date.
const FIT: usize = 97;
/// So many of a hundred more have to fit another date.
const BETTER: usize = 3;
/// Months on either side in which another date is looked for.
const WITHIN_MONTHS: u32 = 24;
/// No birth is expected later than this many days ahead: a child not yet born may be given as 0.
const UNBORN_DAYS: i64 = 280;

/// An age given beside a date of birth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GivenAge {
    /// Completed years.
    pub age: i64,
    /// The date of birth on the same row.
    pub born: NaiveDate,
}

pub(super) fn holds(
    as_at: NaiveDate,
    today: NaiveDate,
    calendar: &WorkingDays,
    now: &Gathered,
    before: Option<&Before>,
) -> Vec<Hold> {
    let mut holds: Vec<Hold> = after_today(as_at, today).into_iter().collect();
    holds.extend(events_after(as_at, calendar, now).filter(|late| late.are_many()).map(|late| late.hold(as_at)));
    holds.extend(nothing_recent(as_at, calendar, now, before));
    holds.extend(ages(as_at, newest_event(as_at, now), &now.ages));
    holds
}

/// What is said of events after the as-at date that are too few to hold.
pub(super) fn said(as_at: NaiveDate, calendar: &WorkingDays, now: &Gathered) -> Option<String> {
    let late = events_after(as_at, calendar, now).filter(|late| !late.are_many())?;
    Some(format!(
        "{} of {} visits, contacts and referrals lie more than {GRACE} working days after the as-at date: correct the dates",
        late.late, late.all
    ))
}

pub(super) fn after_today(as_at: NaiveDate, today: NaiveDate) -> Option<Hold> {
    (as_at > today).then(|| {
        let message = format!(
            "The as-at date {} lies after today, {}. If it is mistyped, load again with the right one: every extract up to it would count as older.",
            day(as_at),
            day(today)
        );
        Hold::new(HoldKind::Date, message).numbers(today, as_at)
    })
}

struct LateEvents {
    late: u64,
    all: u64,
    newest: NaiveDate,
}

impl LateEvents {
    fn are_many(&self) -> bool {
        self.late >= AFTER.0 && self.late * 100 >= self.all * AFTER.1
    }

    fn hold(&self, as_at: NaiveDate) -> Hold {
        let message = format!(
            "{} of {} visits, contacts and referrals lie more than {GRACE} working days after the as-at date {}; the newest is of {}. Check the as-at date: it is the day the case system was read.",
            self.late,
            self.all,
            day(as_at),
            day(self.newest)
        );
        Hold::new(HoldKind::Date, message).numbers(as_at, self.newest)
    }
}

/// Visits, contacts and referrals after the as-at date and its days of grace; `None` where there are none.
fn events_after(as_at: NaiveDate, calendar: &WorkingDays, now: &Gathered) -> Option<LateEvents> {
    let last = events::after(calendar, as_at, GRACE);
    let all = || SOURCES.into_iter().flat_map(|list| now.events(list)).copied();
    let late = all().filter(|date| *date > last);
    let newest = late.clone().max()?;
    Some(LateEvents { late: late.count() as u64, all: all().count() as u64, newest })
}

/// One list, or several pooled, whose events stop before the as-at date.
struct Stale {
    lists: Vec<List>,
    newest_before: Option<NaiveDate>,
    newest: Option<NaiveDate>,
    recent_before: u64,
}

fn nothing_recent(as_at: NaiveDate, calendar: &WorkingDays, now: &Gathered, before: Option<&Before>) -> Vec<Hold> {
    let sources: Vec<Stale> = SOURCES
        .into_iter()
        .filter_map(|list| {
            let facts = now.lists.get(&list.number())?;
            let (recent_before, newest_before) = match earlier(before, list) {
                Some(earlier) => (earlier.events.recent, earlier.events.newest),
                None => (busiest(as_at, now.events(list)), None),
            };
            Some((
                facts.events.recent,
                Stale { lists: vec![list], newest_before, newest: facts.events.newest, recent_before },
            ))
        })
        // Of a list without any date up to as-at the column is blank or cannot be read, and held for that.
        .filter(|(recent, stale)| *recent == 0 && stale.newest.is_some())
        .map(|(_, stale)| stale)
        .collect();
    let (large, small): (Vec<Stale>, Vec<Stale>) = sources.into_iter().partition(|stale| stale.recent_before >= MANY);
    // Smaller lists are pooled, and only where none of them has anything recent.
    let quiet = SOURCES.into_iter().all(|list| {
        let is_large = large.iter().any(|stale| stale.lists.contains(&list));
        is_large || now.lists.get(&list.number()).is_none_or(|facts| facts.events.recent == 0)
    });
    let pooled = small.into_iter().filter(|_| quiet).reduce(|mut pool, stale| {
        pool.lists.extend(stale.lists);
        pool.newest = pool.newest.max(stale.newest);
        pool.newest_before = pool.newest_before.max(stale.newest_before);
        pool.recent_before += stale.recent_before;
        pool
    });
    let stale = large.into_iter().chain(pooled.filter(|pool| pool.recent_before >= MANY));
    let from = events::recent_from(calendar, as_at);
    stale.map(|stale| stale.hold(as_at, from)).collect()
}

/// What was kept of a list of the extract before.
fn earlier(before: Option<&Before>, list: List) -> Option<&ListFacts> {
    before?.lists.get(&list.number())?.facts.as_ref()
}

/// Most events in a fortnight of the two years up to the as-at date: what a first extract shows of its own pace.
fn busiest(as_at: NaiveDate, events: &[NaiveDate]) -> u64 {
    let first = minus_months(as_at, WITHIN_MONTHS);
    let mut known: Vec<NaiveDate> = events.iter().copied().filter(|date| (first..=as_at).contains(date)).collect();
    known.sort_unstable();
    let (mut most, mut start) = (0, 0);
    for (end, date) in known.iter().enumerate() {
        while *date - known[start] >= TimeDelta::days(FORTNIGHT) {
            start += 1;
        }
        most = most.max(end + 1 - start);
    }
    most as u64
}

impl Stale {
    fn hold(self, as_at: NaiveDate, from: NaiveDate) -> Hold {
        let (one, many) = match self.lists[..] {
            [list] => called(list),
            _ => ("visit, contact or referral", "visits, contacts and referrals"),
        };
        let place = match self.lists[..] {
            [list] => format!(" of {}", title(list)),
            _ => String::new(),
        };
        let days = self.newest.map_or(0, |newest| (as_at - newest).num_days());
        let newest = format!("The newest {one}{place} is {days} days before the as-at date {}", day(as_at));
        let before = match self.newest_before {
            Some(newest) => format!(
                "the extract before had {} in its last ten working days, up to {}",
                self.recent_before,
                day(newest)
            ),
            None => format!("its busiest fortnight had {}", self.recent_before),
        };
        let message = format!(
            "{newest}: no {many} since {}, where {before}. Check that this is the newest file, and that the as-at date is right.",
            day(from)
        );
        let hold = Hold {
            before: self.newest_before.map(|date| date.to_string()),
            now: self.newest.map(|date| date.to_string()),
            ..Hold::new(HoldKind::Date, message)
        };
        match self.lists[..] {
            [list] => hold.on(list),
            _ => hold,
        }
    }
}

/// The newest visit, contact or referral within two years of the as-at date: of the days that ages fit, the list was likely
/// made on or after it.
fn newest_event(as_at: NaiveDate, now: &Gathered) -> Option<NaiveDate> {
    let within = minus_months(as_at, WITHIN_MONTHS)..=add_months(as_at, WITHIN_MONTHS);
    SOURCES.into_iter().flat_map(|list| now.events(list)).copied().filter(|date| within.contains(date)).max()
}

/// Ages that fit another date better than the as-at date. Of several such dates the one nearest to `likely` is said.
fn ages(as_at: NaiveDate, likely: Option<NaiveDate>, given: &[GivenAge]) -> Option<Hold> {
    let spans: Vec<(NaiveDate, NaiveDate)> = given.iter().filter_map(span).collect();
    let all = spans.len();
    if all < AGES {
        return None;
    }
    let fit = spans.iter().filter(|(from, to)| *from <= as_at && as_at < *to).count();
    if fit * 100 >= all * FIT {
        return None;
    }
    let (best, date) = best_date(as_at, likely.unwrap_or(as_at), &spans)?;
    (best * 100 >= fit * 100 + all * BETTER).then(|| {
        let message = format!(
            "Ages of {best} of {all} fit {}; {fit} fit the as-at date {}. Check the as-at date: it is the day the case system was read.",
            day(date),
            day(as_at)
        );
        Hold::new(HoldKind::Date, message).numbers(date, as_at)
    })
}

/// The days on which a child is so old: from the birthday up to, not including, the next.
fn span(given: &GivenAge) -> Option<(NaiveDate, NaiveDate)> {
    let years = u32::try_from(given.age).ok().filter(|years| *years <= 120)?;
    let birthday = add_months(given.born, years * 12);
    let from = if years == 0 { given.born - TimeDelta::days(UNBORN_DAYS) } else { birthday };
    Some((from, add_months(given.born, (years + 1) * 12)))
}

/// The date within two years that most ages fit, and how many; of several the one nearest to `likely`.
fn best_date(as_at: NaiveDate, likely: NaiveDate, spans: &[(NaiveDate, NaiveDate)]) -> Option<(usize, NaiveDate)> {
    let (first, last) = (minus_months(as_at, WITHIN_MONTHS), add_months(as_at, WITHIN_MONTHS));
    let mut turns: Vec<(NaiveDate, i64)> =
        spans.iter().flat_map(|(from, to)| [(*from.max(&first), 1), (*to.max(&first), -1)]).collect();
    turns.sort_unstable();
    let (mut fit, mut best): (i64, Option<(i64, NaiveDate)>) = (0, None);
    let mut turns = turns.into_iter().peekable();
    while let Some((date, turn)) = turns.next() {
        fit += turn;
        let until = turns.peek().map_or(last, |(next, _)| next.pred_opt().unwrap_or(*next));
        if turns.peek().is_some_and(|(next, _)| *next == date) || date > last {
            continue;
        }
        // So many fit from `date` to `until`.
        let nearest = likely.clamp(date, until.max(date)).min(last);
        let is_better = best.is_none_or(|(most, known)| {
            let away = |day: NaiveDate| (day - likely).num_days().abs();
            fit > most || (fit == most && away(nearest) < away(known))
        });
        if is_better {
            best = Some((fit, nearest));
        }
    }
    best.and_then(|(fit, date)| Some((usize::try_from(fit).ok()?, date)))
}
