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

/// Days of age on coming to notice, negative before birth, and their weights.
const COMING_TO_NOTICE: [((Day, Day), u32); 6] = [
    ((-165, -10), 74),
    ((0, 365), 78),
    ((365, 1826), 90),
    ((1826, 3652), 262),
    ((3652, 5844), 362),
    ((5844, 6480), 184),
];

/// How old a child is, in the bands of the national figures. What becomes of children differs by age: the rates are set so
/// that children in need, on plans and in care are as old as in England (DfE, characteristics of children in need, and
/// children looked after, 2024).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Years {
    Unborn,
    UnderOne,
    OneToFour,
    FiveToNine,
    TenToFifteen,
    Sixteen,
}

impl Years {
    /// The band of completed years, -1 before birth.
    pub(super) fn of(age: i64) -> Self {
        match age {
            ..0 => Self::Unborn,
            0 => Self::UnderOne,
            1..5 => Self::OneToFour,
            5..10 => Self::FiveToNine,
            10..16 => Self::TenToFifteen,
            _ => Self::Sixteen,
        }
    }

    /// The chance of a section 47 enquiry beside the assessment.
    pub(super) fn enquiry(self) -> f64 {
        match self {
            Self::Unborn => 0.80,
            Self::UnderOne => 0.66,
            Self::OneToFour => 0.47,
            Self::FiveToNine => 0.58,
            Self::TenToFifteen => 0.38,
            Self::Sixteen => 0.16,
        }
    }

    /// The chance that an enquiry leads to a conference.
    pub(super) fn conference(self) -> f64 {
        match self {
            Self::Unborn => 0.70,
            Self::UnderOne => 0.55,
            Self::OneToFour => 0.40,
            Self::FiveToNine => 0.41,
            Self::TenToFifteen => 0.30,
            Self::Sixteen => 0.15,
        }
    }

    /// Of a thousand assessments without a conference, those that lead into care.
    pub(super) fn care(self) -> u32 {
        match self {
            Self::Unborn => 110,
            Self::UnderOne => 240,
            Self::OneToFour => 16,
            Self::FiveToNine => 26,
            Self::TenToFifteen => 40,
            Self::Sixteen => 45,
        }
    }

    /// The chance that a plan ends with the child coming into care.
    pub(super) fn care_after_plan(self) -> f64 {
        match self {
            Self::Unborn => 0.40,
            Self::UnderOne => 0.30,
            Self::OneToFour => 0.05,
            Self::FiveToNine => 0.08,
            Self::TenToFifteen => 0.085,
            Self::Sixteen => 0.12,
        }
    }
}

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

    /// Settles the birth date of a child who first comes to notice on a day, a few before birth.
    pub(super) fn born_before(&mut self, day: Day, dice: &mut Dice) {
        let (from, to) = dice.pick(&COMING_TO_NOTICE);
        self.birth = day - dice.between(from, to - 1);
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
