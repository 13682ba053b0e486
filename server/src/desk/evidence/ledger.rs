//! The counts of a period, and how they add up: what is shown of them, and what must be hidden.

use domain::action::Level;
use domain::evidence::{ActionTold, Service, Word};
use domain::measures::Period;
use domain::suppress::{Cell, Sum, hidden};
use domain::surgery::ItemKind;
use std::collections::{BTreeMap, BTreeSet};

/// What is counted of actions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Count {
    Opened,
    Closed,
    OnTime,
    /// Closed and not on time; it stands in no table.
    Overdue,
    CameBack,
    Late,
}

impl Count {
    pub(super) const ALL: [Self; 6] =
        [Self::Opened, Self::Closed, Self::OnTime, Self::Overdue, Self::CameBack, Self::Late];

    pub(super) fn of(self, told: &ActionTold) -> u64 {
        let on_time = told.closed.iter().filter(|closed| closed.on_time).count() as u64;
        match self {
            Self::Opened => u64::from(told.opened),
            Self::Closed => told.closed.len() as u64,
            Self::OnTime => on_time,
            Self::Overdue => told.closed.len() as u64 - on_time,
            Self::CameBack => u64::from(told.came_back),
            Self::Late => u64::from(told.late),
        }
    }
}

/// Whose count it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Whose {
    Whole,
    Level(Level),
    Service(Service),
    /// By its number.
    Recommendation(i64),
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Key {
    Actions(Whose, Count),
    Word(Said),
    Items,
    ItemsOf(ItemKind),
    /// Actions recorded to move a measure, by its id and the area's place; the area is nothing where all are together.
    Aim(String, String),
}

impl Key {
    const fn is_of_items(&self) -> bool {
        matches!(self, Self::Items | Self::ItemsOf(_))
    }
}

/// What the data said, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Said {
    Confirmed,
    Contradicted,
    Untold,
}

impl Said {
    pub(super) const ALL: [Self; 3] = [Self::Confirmed, Self::Contradicted, Self::Untold];

    pub(super) const fn of(word: Word) -> Self {
        match word {
            Word::Confirmed => Self::Confirmed,
            Word::Contradicted => Self::Contradicted,
            Word::Untold => Self::Untold,
        }
    }
}

/// The counts of one period.
#[derive(Debug, Clone, Default)]
pub(super) struct Ledger {
    counts: BTreeMap<Key, u64>,
    /// Days from recording to closing, by whose.
    days: BTreeMap<Whose, Vec<i64>>,
}

impl Ledger {
    pub(super) fn add(&mut self, key: Key, count: u64) {
        *self.counts.entry(key).or_default() += count;
    }

    /// Counts an action under the whole, its level, its service and its recommendation.
    pub(super) fn add_action(&mut self, told: &ActionTold, service: &Service, recommendation: Option<i64>) {
        let whose = [Whose::Whole, Whose::Level(told.level), Whose::Service(service.clone())];
        for whose in whose.into_iter().chain(recommendation.map(Whose::Recommendation)) {
            for count in Count::ALL {
                self.add(Key::Actions(whose.clone(), count), count.of(told));
            }
            self.days.entry(whose).or_default().extend(told.closed.iter().map(|closed| closed.days));
        }
        for word in told.closed.iter().filter_map(|closed| closed.word) {
            self.add(Key::Word(Said::of(word)), 1);
        }
    }

    fn count(&self, key: &Key) -> u64 {
        self.counts.get(key).copied().unwrap_or_default()
    }

    /// Which of these cells are hidden from who gets no small number.
    fn hidden(&self, keys: &[Key]) -> BTreeSet<Key> {
        let shown = |key: &Key| !matches!(key, Key::Actions(_, Count::Overdue));
        let cells: Vec<Cell> = keys.iter().map(|key| Cell { count: self.count(key), shown: shown(key) }).collect();
        let hidden = hidden(&cells, &sums(keys));
        keys.iter().zip(hidden).filter(|(_, hidden)| *hidden).map(|(key, _)| key.clone()).collect()
    }
}

/// How cells add up: levels to the whole, services to the whole, what was on time and what was not to what was closed,
/// what the data said to what was closed about children, kinds of items to all of them.
pub(super) fn sums(keys: &[Key]) -> Vec<Sum> {
    let place = |key: &Key| keys.binary_search(key).ok();
    let mut sums = Vec::new();
    let mut add = |total: &Key, parts: Vec<usize>| {
        if let Some(total) = place(total).filter(|_| !parts.is_empty()) {
            sums.push(Sum { total, parts });
        }
    };
    let all = |wanted: &dyn Fn(&Key) -> bool| -> Vec<usize> {
        keys.iter().enumerate().filter(|(_, key)| wanted(key)).map(|(at, _)| at).collect()
    };
    for count in Count::ALL {
        let whole = Key::Actions(Whose::Whole, count);
        add(&whole, all(&|key| matches!(key, Key::Actions(Whose::Level(_), of) if *of == count)));
        add(&whole, all(&|key| matches!(key, Key::Actions(Whose::Service(_), of) if *of == count)));
    }
    for key in keys {
        if let Key::Actions(whose, Count::Closed) = key {
            let parts = [Count::OnTime, Count::Overdue].map(|count| Key::Actions(whose.clone(), count));
            add(key, parts.iter().filter_map(place).collect());
        }
    }
    let of_children = Key::Actions(Whose::Level(Level::Child), Count::Closed);
    add(&of_children, all(&|key| matches!(key, Key::Word(_))));
    add(&Key::Items, all(&|key| matches!(key, Key::ItemsOf(_))));
    sums
}

/// The periods together, as one viewer may read them.
#[derive(Debug)]
pub(super) struct Books {
    ledgers: Vec<(Period, Ledger)>,
    /// Every cell, in order.
    keys: Vec<Key>,
    /// What is hidden in each period; nothing from who reads children.
    hidden: Vec<BTreeSet<Key>>,
    /// What is hidden of the items, taken together.
    hidden_items: BTreeSet<Key>,
    suppressed: bool,
}

impl Books {
    /// `services` stand in the tables also where nothing was recorded.
    pub(super) fn of(mut ledgers: Vec<(Period, Ledger)>, services: &[String], suppressed: bool) -> Self {
        let mut keys: BTreeSet<Key> = ledgers.iter().flat_map(|(_, ledger)| ledger.counts.keys().cloned()).collect();
        let levels = Level::ALL.into_iter().map(Whose::Level);
        let services = services.iter().map(|service| Whose::Service(Service::Named(service.clone())));
        for whose in [Whose::Whole].into_iter().chain(levels).chain(services) {
            keys.extend(Count::ALL.map(|count| Key::Actions(whose.clone(), count)));
        }
        keys.extend(Said::ALL.map(Key::Word));
        keys.extend(ItemKind::ALL.map(Key::ItemsOf));
        keys.insert(Key::Items);
        let keys: Vec<Key> = keys.into_iter().collect();
        for (_, ledger) in &mut ledgers {
            let items = ItemKind::ALL.into_iter().map(|kind| ledger.count(&Key::ItemsOf(kind))).sum();
            ledger.counts.insert(Key::Items, items);
        }
        // Items are points of an agenda and no children: they are hidden where the number that is shown is small, and not
        // because that of one of the quarters was.
        let mut together = Ledger::default();
        for (key, count) in ledgers.iter().flat_map(|(_, ledger)| &ledger.counts) {
            together.add(key.clone(), *count);
        }
        let items: Vec<Key> = keys.iter().filter(|key| key.is_of_items()).cloned().collect();
        let hidden_items = if suppressed { together.hidden(&items) } else { BTreeSet::new() };
        let hidden =
            ledgers.iter().map(|(_, ledger)| if suppressed { ledger.hidden(&keys) } else { BTreeSet::new() }).collect();
        Self { ledgers, keys, hidden, hidden_items, suppressed }
    }

    /// Every cell, in order.
    pub(super) fn keys(&self) -> &[Key] {
        &self.keys
    }

    /// The count of a cell; `None` where it is hidden in one of the periods. What is late is told of the end of the last.
    pub(super) fn count(&self, key: &Key) -> Option<u64> {
        if key.is_of_items() {
            let all = || self.ledgers.iter().map(|(_, ledger)| ledger.count(key)).sum();
            return (!self.hidden_items.contains(key)).then(all);
        }
        let last_alone = matches!(key, Key::Actions(_, Count::Late));
        let from = if last_alone { self.ledgers.len().saturating_sub(1) } else { 0 };
        let hidden = self.hidden.iter().skip(from).any(|hidden| hidden.contains(key));
        (!hidden).then(|| self.ledgers.iter().skip(from).map(|(_, ledger)| ledger.count(key)).sum())
    }

    /// The share of one cell in another, where both are shown and there is something to share. What is left is hidden
    /// beside them where it is small, so that neither the two nor their share give it away.
    pub(super) fn share(&self, part: &Key, whole: &Key) -> Option<f64> {
        let (part, whole) = (self.count(part)?, self.count(whole)?);
        #[expect(clippy::cast_precision_loss, reason = "counts of actions")]
        (whole > 0).then(|| part as f64 / whole as f64)
    }

    /// The middle number of days from recording to closing; of few closings nothing is said to who gets no small number.
    pub(super) fn median_days(&self, whose: &Whose) -> Option<i64> {
        let closed = self.count(&Key::Actions(whose.clone(), Count::Closed))?;
        if closed == 0 || (self.suppressed && closed <= 5) {
            return None;
        }
        let days = self.ledgers.iter().filter_map(|(_, ledger)| ledger.days.get(whose)).flatten();
        let mut days: Vec<i64> = days.copied().collect();
        days.sort_unstable();
        days.get(days.len().checked_sub(1)? / 2).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::evidence::ClosedOnce;
    use domain::suppress::worked_out;
    use proptest::prelude::*;

    fn period(number: u32) -> Period {
        let from = domain::calendar::add_months("2026-01-01".parse().unwrap(), 3 * number);
        Period { from, to: domain::calendar::minus_days(domain::calendar::add_months(from, 3), 1) }
    }

    fn service(number: u8) -> Service {
        match number {
            0 => Service::Named("North".to_owned()),
            1 => Service::Named("South".to_owned()),
            2 => Service::Several,
            _ => Service::None,
        }
    }

    fn ledger(actions: &[(usize, u8, bool, u8, bool)]) -> Ledger {
        let mut ledger = Ledger::default();
        for (level, of, opened, closed, late) in actions {
            let level = Level::ALL[*level];
            let word = (level == Level::Child)
                .then_some([Word::Confirmed, Word::Contradicted, Word::Untold][usize::from(*of) % 3]);
            let closings = (0..*closed % 3).map(|times| ClosedOnce { on_time: times == 0, days: 9, word });
            let told = ActionTold {
                level,
                opened: *opened,
                closed: closings.collect(),
                came_back: u32::from(*closed % 3 == 2),
                late: *late,
            };
            ledger.add_action(&told, &service(*of), None);
            ledger.add(Key::ItemsOf(ItemKind::ALL[usize::from(*closed) % 10]), 1);
        }
        ledger
    }

    fn actions() -> impl Strategy<Value = Vec<(usize, u8, bool, u8, bool)>> {
        prop::collection::vec((0_usize..4, 0_u8..4, any::<bool>(), 0_u8..9, any::<bool>()), 0..120)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]

        #[test]
        fn what_is_hidden_of_a_quarter_cannot_be_worked_out_from_its_tables(actions in actions()) {
            let services = ["North".to_owned(), "South".to_owned()];
            let books = Books::of(vec![(period(0), ledger(&actions))], &services, true);
            let keys = books.keys();
            let cells: Vec<Cell> = keys
                .iter()
                .map(|key| Cell {
                    count: books.ledgers[0].1.count(key),
                    shown: !matches!(key, Key::Actions(_, Count::Overdue)),
                })
                .collect();
            let sums = sums(keys);
            for sum in &sums {
                let parts: u64 = sum.parts.iter().map(|part| cells[*part].count).sum();
                prop_assert_eq!(parts, cells[sum.total].count, "{:?}", keys[sum.total]);
            }
            let hidden: Vec<bool> = keys.iter().map(|key| books.count(key).is_none()).collect();
            for (cell, hidden) in cells.iter().zip(&hidden) {
                prop_assert!(*hidden || !matches!(cell.count, 1..=5));
            }
            let found = worked_out(&cells, &hidden, &sums);
            let told: Vec<_> =
                found.iter().filter(|place| cells[**place].shown || matches!(cells[**place].count, 1..=5)).collect();
            prop_assert!(told.is_empty(), "{:?}", told.iter().map(|place| &keys[**place]).collect::<Vec<_>>());
        }

        /// What is shown of several quarters is the sum of what each shows, so that no difference tells more.
        #[test]
        fn several_quarters_show_only_what_each_of_them_shows(first in actions(), second in actions()) {
            let services = ["North".to_owned(), "South".to_owned()];
            let made = |number, actions: &[_]| (period(number), ledger(actions));
            let both = Books::of(vec![made(0, &first), made(1, &second)], &services, true);
            let alone = [Books::of(vec![made(0, &first)], &services, true), Books::of(vec![made(1, &second)], &services, true)];
            for key in both.keys().iter().filter(|key| !matches!(key, Key::Actions(_, Count::Late)) && !key.is_of_items()) {
                let wanted = alone[0].count(key).zip(alone[1].count(key)).map(|(a, b)| a + b);
                // A cell that only one of the quarters has is 0 in the other.
                if alone.iter().all(|books| books.keys().contains(key)) {
                    prop_assert_eq!(both.count(key), wanted, "{:?}", key);
                }
            }
            let everything = Books::of(vec![made(0, &first), made(1, &second)], &services, false);
            prop_assert!(everything.keys().iter().all(|key| everything.count(key).is_some()));
        }
    }
}
