//! Adoption: decisions for children, and families on their way through the stages.

use super::super::calendar::{Day, NEVER};
use super::super::chance::Dice;
use super::super::world::Setting;
use super::{Author, Child};

/// The adoption side of a child's care; what has not happened is never.
pub(in super::super) struct Adoption {
    pub decision: Day,
    pub placement_order: Day,
    pub matched: Day,
    pub placed: Day,
    pub order: Day,
    pub reversed: Day,
    /// A place in the list of reasons.
    pub reason: u8,
    /// Placed with foster carers who may adopt.
    pub fostering: Day,
}

/// A family of one or two adopters.
pub(in super::super) struct Family {
    pub number: u32,
    pub couple: bool,
    pub ethnicity: u8,
    pub fostering: bool,
    pub enquiry: Day,
    /// First and last day of the first and the second stage.
    pub stages: [Day; 4],
    pub matched: Day,
    pub placed: Day,
    pub order: Day,
    pub left: Day,
    /// A place in the list of reasons for leaving.
    pub reason: u8,
}

impl Author<'_> {
    /// The way to an adoption order, or back from it for one child in eight.
    pub(super) fn adoption(&mut self, entered: Day) -> Adoption {
        let decision = entered + self.dice.between(150, 280);
        let placement_order = decision + self.dice.between(20, 110);
        let fostering = if self.dice.chance(0.18) { entered + self.dice.between(5, 40) } else { NEVER };
        let mut adoption = Adoption {
            decision,
            placement_order,
            matched: NEVER,
            placed: NEVER,
            order: NEVER,
            reversed: NEVER,
            reason: self.dice.pick(&[(0, 40), (1, 20), (2, 30), (3, 10)]),
            fostering,
        };
        if self.dice.chance(0.13) {
            adoption.reversed = placement_order + self.dice.between(120, 400);
        } else {
            adoption.matched = placement_order + 20 + self.dice.waiting(130.0);
            adoption.placed = adoption.matched + self.dice.between(10, 40);
            adoption.order = adoption.placed + self.dice.between(110, 280);
        }
        adoption
    }
}

/// A family in the adoption process that is not yet matched with a child of the county.
pub(in super::super) fn family(setting: &Setting, seed: u64, index: u32) -> Family {
    let mut dice = Dice::new(seed, 90, u64::from(index));
    let enquiry = dice.between(setting.first - 800, setting.last);
    let mut family = Family::in_process(500_000 + index, enquiry, &mut dice);
    if dice.chance(0.22) {
        family.left = enquiry + dice.between(40, 300);
        for stage in &mut family.stages {
            *stage = if *stage > family.left { NEVER } else { *stage };
        }
    }
    family
}

impl Family {
    fn in_process(number: u32, enquiry: Day, dice: &mut Dice) -> Self {
        let first = enquiry + dice.between(20, 70);
        let second = first + dice.between(50, 95);
        let third = second + dice.between(0, 30);
        Self {
            number,
            couple: dice.chance(0.78),
            ethnicity: dice.pick(&[(0, 85), (3, 4), (9, 4), (14, 3), (8, 4)]),
            fostering: dice.chance(0.2),
            enquiry,
            stages: [first, second, third, third + dice.between(100, 160)],
            matched: NEVER,
            placed: NEVER,
            order: NEVER,
            left: NEVER,
            reason: dice.pick(&[(0, 70), (1, 20), (2, 10)]),
        }
    }

    /// The family that a child of the county is matched with.
    pub(in super::super) fn of(child: &Child, adoption: &Adoption) -> Self {
        let mut dice = Dice::new(0, 91, u64::from(child.id));
        let approved = adoption.matched.min(adoption.fostering) - dice.between(20, 300);
        let mut family = Self::in_process(child.id, approved - dice.between(300, 360), &mut dice);
        family.stages[3] = approved.max(family.stages[2] + 60);
        family.fostering = adoption.fostering < NEVER;
        family.matched = adoption.matched;
        family.placed = adoption.placed;
        family.order = adoption.order;
        family
    }
}
