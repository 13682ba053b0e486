//! Who the child is.

use super::super::calendar::{Day, NEVER};
use super::super::chance::Dice;
use super::super::county::LOCALITIES;

/// A child's identity. Annex A knows no names, and neither does the demo.
pub(in super::super) struct Child {
    /// Shown as `D` and six digits.
    pub id: u32,
    /// A place in the gender list.
    pub gender: u8,
    /// A place in the ethnicity list.
    pub ethnicity: u8,
    /// Until when the ethnicity is not yet obtained.
    pub ethnicity_unknown_until: Day,
    pub birth: Day,
    /// A place in the list yes, no, unknown.
    pub disability: u8,
    /// Came to the country alone.
    pub unaccompanied: bool,
    pub locality: u8,
    /// A place in the list of primary needs.
    pub need: u8,
    /// Whether the locality's second Children & Families team holds the case.
    pub second_team: bool,
}

/// Places in the ethnicity list and their weights.
const ETHNICITIES: [(u8, u32); 19] = [
    (0, 720),
    (1, 6),
    (2, 3),
    (3, 40),
    (4, 8),
    (5, 18),
    (6, 12),
    (7, 14),
    (8, 18),
    (9, 15),
    (10, 28),
    (11, 12),
    (12, 16),
    (13, 10),
    (14, 30),
    (15, 8),
    (16, 3),
    (17, 16),
    (18, 4),
];

/// Where "information not yet obtained" stands in the ethnicity list.
pub(in super::super) const ETHNICITY_NOT_OBTAINED: u8 = 19;

/// Places in the need list and their weights.
const NEEDS: [(u8, u32); 9] = [(0, 54), (1, 4), (2, 4), (3, 11), (4, 16), (5, 5), (6, 1), (7, 3), (9, 2)];

impl Child {
    pub(super) fn new(id: u32, dice: &mut Dice) -> Self {
        let mut localities = [(0u8, 0); LOCALITIES.len()];
        for ((place, slot), (_, weight)) in (0u8..).zip(&mut localities).zip(LOCALITIES) {
            *slot = (place, weight);
        }
        Self {
            id,
            gender: dice.pick(&[(0, 520), (1, 470), (2, 3), (3, 7)]),
            ethnicity: dice.pick(&ETHNICITIES),
            ethnicity_unknown_until: 0,
            birth: NEVER,
            disability: dice.pick(&[(0, 7), (1, 88), (2, 5)]),
            unaccompanied: false,
            locality: dice.pick(&localities),
            need: dice.pick(&NEEDS),
            second_team: dice.chance(0.5),
        }
    }

    /// Settles the birth date of a child who first comes to notice on a day, one in forty before birth.
    pub(super) fn born_before(&mut self, day: Day, dice: &mut Dice) {
        self.birth = if dice.chance(0.025) {
            day + dice.between(10, 150)
        } else {
            let years = dice.pick(&[(0, 9), (2, 16), (5, 20), (8, 18), (11, 19), (14, 18)]);
            let span = if years == 14 { 900 } else { 1095 };
            day - (f64::from(years) * 365.25) as Day - dice.between(0, span)
        };
        if dice.chance(0.05) {
            self.ethnicity_unknown_until = day + dice.between(20, 160);
        }
    }

    /// Makes the child an unaccompanied young person of sixteen or so.
    pub(super) fn came_alone(&mut self, day: Day, dice: &mut Dice) {
        self.unaccompanied = true;
        self.birth = day - dice.between(5500, 6450);
        self.ethnicity = dice.pick(&[(14, 4), (17, 6), (12, 2)]);
        self.gender = dice.pick(&[(0, 88), (1, 12)]);
        self.need = 7;
    }
}
