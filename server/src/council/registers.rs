//! The registers of an extract, counted once from its records. Nobody's scope is applied yet: see [`crate::reading`].

use crate::council::Council;
use crate::db::{Db, DbError};
use crate::store::registers::NewLine;
use chrono::NaiveDate;
use domain::journey::{Journey, SoundJourney};
use domain::measures::Context;
use domain::names::id_order;
use domain::registers::{
    Dormant, HeldByManager, Managers, ReadyToClose, Reason, Unallocated, Unseen, dormant, held_by_manager,
    ready_to_close, register, unallocated,
};
use rayon::prelude::*;
use std::sync::Arc;

/// A register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Register {
    /// Children Requiring Attention.
    Attention,
    /// Open children without a real worker.
    Unallocated,
    /// Open children whose worker is a manager.
    Managers,
    /// Children in need who have not been seen for long.
    Dormant,
    /// Cases that may be ready to close.
    Closing,
}

impl Register {
    /// Every register, in the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::Attention, Self::Unallocated, Self::Managers, Self::Dormant, Self::Closing];

    /// Its name in addresses and where it is kept.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Attention => "attention",
            Self::Unallocated => "unallocated",
            Self::Managers => "managers",
            Self::Dormant => "dormant",
            Self::Closing => "closing",
        }
    }

    /// The register of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|register| register.name() == name)
    }
}

/// A line of a register: a child, or of dormant cases a child's period of need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnRegister {
    /// The child.
    pub child_id: Arc<str>,
    /// The team it counts under; `None` is "(no team)".
    pub team: Option<Arc<str>>,
    /// The worker; `None` is "(no worker)".
    pub worker: Option<Arc<str>>,
    /// Why it is here.
    pub why: Why,
}

/// Why a line stands on a register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// Its reasons, the weightiest first.
    Attention(Vec<Reason>),
    /// What stands in the worker's place; `None` where it is blank.
    Unallocated(Option<Arc<str>>),
    /// The worker is a manager.
    HeldByManager,
    /// Since when the child has not been seen, and the last day within the limit.
    Dormant {
        /// Since it was last seen, or since the need began.
        unseen: Unseen,
        /// `None` where it cannot be told.
        due: Option<NaiveDate>,
    },
    /// The question to the manager, and since when the case is open.
    Closing {
        /// With its grounds.
        question: String,
        /// Since when the child has been in need.
        open_since: NaiveDate,
    },
}

/// Every register of one extract, each in the order it is read.
#[derive(Debug, Default)]
pub(crate) struct Registers {
    attention: Vec<Arc<OnRegister>>,
    unallocated: Vec<Arc<OnRegister>>,
    managers: Vec<Arc<OnRegister>>,
    dormant: Vec<Arc<OnRegister>>,
    closing: Vec<Arc<OnRegister>>,
}

impl Council {
    /// The lines of a register, counted on first need.
    pub(crate) async fn register(&self, db: &Db, which: Register) -> Result<&[Arc<OnRegister>], DbError> {
        let registers = self.registers.get_or_try_init(|| {
            let managers = self.managers();
            self.over_journeys(db, move |journeys, context| count(&sound(journeys, context.as_at), context, &managers))
        });
        Ok(registers.await?.of(which))
    }
}

impl Registers {
    fn of(&self, which: Register) -> &[Arc<OnRegister>] {
        match which {
            Register::Attention => &self.attention,
            Register::Unallocated => &self.unallocated,
            Register::Managers => &self.managers,
            Register::Dormant => &self.dormant,
            Register::Closing => &self.closing,
        }
    }

    /// What is kept of them.
    pub(crate) fn kept(&self) -> Vec<NewLine> {
        let lines = Register::ALL.into_iter().flat_map(|which| self.of(which).iter().map(move |line| (which, line)));
        lines
            .map(|(which, line)| NewLine {
                register: which.name(),
                child_id: Arc::clone(&line.child_id),
                team: line.team.clone(),
                rules: match &line.why {
                    Why::Attention(reasons) => {
                        Some(reasons.iter().map(|reason| reason.rule).collect::<Vec<_>>().join(","))
                    }
                    _ => None,
                },
            })
            .collect()
    }
}

/// Every journey without the dates that cannot be trusted.
pub(crate) fn sound(journeys: Vec<Journey>, as_at: NaiveDate) -> Vec<SoundJourney> {
    journeys.into_par_iter().map(|journey| journey.read_as_at(as_at)).collect()
}

/// The registers of an extract's children.
pub(crate) fn count(sound: &[SoundJourney], context: &Context<'_>, managers: &Managers) -> Registers {
    let (attention, watch) = rayon::join(|| register(sound, context), || watch(sound, context, managers));
    let attention = attention.into_iter().map(|entry| {
        Arc::new(OnRegister {
            child_id: entry.child_id,
            team: entry.team,
            worker: entry.worker,
            why: Why::Attention(entry.reasons),
        })
    });
    Registers { attention: attention.collect(), ..watch }
}

/// The registers of the weekly watch.
fn watch(sound: &[SoundJourney], context: &Context<'_>, managers: &Managers) -> Registers {
    let mut registers = Registers::default();
    for journey in sound {
        let without = unallocated(journey, context).map(OnRegister::from);
        registers.unallocated.extend(without.map(Arc::new));
        let held = held_by_manager(journey, context, managers).map(OnRegister::from);
        registers.managers.extend(held.map(Arc::new));
        registers.dormant.extend(dormant(journey, context).into_iter().map(OnRegister::from).map(Arc::new));
        registers.closing.extend(ready_to_close(journey, context).map(OnRegister::from).map(Arc::new));
    }
    let by_child = |a: &Arc<OnRegister>, b: &Arc<OnRegister>| id_order(&a.child_id).cmp(&id_order(&b.child_id));
    registers.unallocated.sort_by(|a, b| a.team.cmp(&b.team).then_with(|| by_child(a, b)));
    registers.managers.sort_by(|a, b| a.worker.cmp(&b.worker).then_with(|| by_child(a, b)));
    // Not seen at all comes first, then who has waited longest.
    registers.dormant.sort_by(|a, b| a.since().cmp(&b.since()).then_with(|| by_child(a, b)));
    registers.closing.sort_by(|a, b| a.since().cmp(&b.since()).then_with(|| by_child(a, b)));
    registers
}

impl OnRegister {
    /// Since when it has been so, as far as the extract shows.
    #[must_use]
    pub fn since(&self) -> Option<NaiveDate> {
        match &self.why {
            Why::Attention(reasons) => reasons.iter().filter_map(|reason| reason.since).min(),
            Why::Unallocated(_) | Why::HeldByManager => None,
            Why::Dormant { due, .. } => due.and_then(|due| due.succ_opt()),
            Why::Closing { open_since, .. } => Some(*open_since),
        }
    }

    /// Whether a rule put it here.
    #[must_use]
    pub fn has_reason(&self, rule: &str) -> bool {
        matches!(&self.why, Why::Attention(reasons) if reasons.iter().any(|reason| reason.rule == rule))
    }
}

impl From<Unallocated> for OnRegister {
    fn from(line: Unallocated) -> Self {
        let why = Why::Unallocated(line.in_the_place_of_a_worker);
        Self { child_id: line.child_id, team: line.team, worker: None, why }
    }
}

impl From<HeldByManager> for OnRegister {
    fn from(line: HeldByManager) -> Self {
        Self { child_id: line.child_id, team: line.team, worker: Some(line.manager), why: Why::HeldByManager }
    }
}

impl From<Dormant> for OnRegister {
    fn from(Dormant { fact, unseen }: Dormant) -> Self {
        let why = Why::Dormant { unseen, due: fact.due };
        Self { child_id: fact.child_id, team: fact.team, worker: fact.worker, why }
    }
}

impl From<ReadyToClose> for OnRegister {
    fn from(line: ReadyToClose) -> Self {
        let why = Why::Closing { question: line.question, open_since: line.open_since };
        Self { child_id: line.child_id, team: line.team, worker: line.worker, why }
    }
}
