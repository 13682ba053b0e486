//! Placements: most children stay, some move and move again.

use super::super::calendar::{Day, NEVER};
use super::super::codes::{PLACEMENT, PROVIDER, coded};
use super::{Adoption, Author};

/// A placement, until the next one begins.
#[derive(Debug, Clone)]
pub(in super::super) struct Placement {
    pub start: Day,
    pub kind: &'static str,
    pub provider: &'static str,
    /// Inside the county, else a place in the list of other councils.
    pub elsewhere: Option<u8>,
    /// A number for the postcode and the register.
    pub number: u32,
}

/// Councils that are on no map either, and two of the template's codes.
pub(in super::super) const OTHER_COUNCILS: [&str; 6] = [
    "Northmarch",
    "Eastvale",
    "Harrowmoor",
    "Westering",
    "WAL - Child placed in Wales",
    "SCO - Child placed in Scotland",
];

impl Author<'_> {
    /// The placements of a period of care that are worth telling.
    pub(super) fn placements(&mut self, start: Day, end: Day, adoption: Option<&Adoption>) -> Vec<Placement> {
        let told = self.worth_telling();
        let restless = self.dice.chance(0.14);
        let stay = if restless { 120.0 } else { 3200.0 };
        let mut day = if start < told { (told - self.dice.waiting(stay)).max(start) } else { start };
        let mut placements: Vec<Placement> = Vec::new();
        loop {
            placements.push(self.placement(day));
            let bridging = placements.len() == 1 && day == start && self.dice.chance(0.22);
            day += if bridging { self.dice.between(4, 70) } else { 15 + self.dice.waiting(stay) };
            if placements.len() == 1 && day < told {
                day = told + self.dice.waiting(stay);
            }
            if day >= end.min(self.last() + 1) {
                break;
            }
        }
        if let Some(adoption) = adoption {
            self.placed_for_adoption(&mut placements, adoption);
        }
        placements
    }

    fn placed_for_adoption(&mut self, placements: &mut Vec<Placement>, adoption: &Adoption) {
        let set = |placement: &mut Placement, kind| {
            placement.kind = coded(&PLACEMENT, kind);
            placement.provider = coded(&PROVIDER, "PR1");
        };
        if adoption.fostering < NEVER {
            placements.truncate(1);
            set(&mut placements[0], "U5");
        }
        if adoption.placed <= self.last() {
            placements.retain(|placement| placement.start < adoption.placed);
            let mut placement = self.placement(adoption.placed);
            set(&mut placement, if adoption.fostering < NEVER { "A5" } else { "A6" });
            placements.push(placement);
        }
    }

    fn placement(&mut self, start: Day) -> Placement {
        let age = self.age(start);
        let kind = if self.life.child.unaccompanied {
            self.dice.pick(&[("H5", 55), ("U6", 45)])
        } else if age < 10 {
            self.dice.pick(&[("U6", 62), ("U3", 24), ("P1", 8), ("K2", 4), ("R3", 2)])
        } else if age < 16 {
            self.dice.pick(&[("U6", 53), ("K2", 20), ("U3", 15), ("P1", 6), ("S1", 3), ("K1", 1), ("R1", 2)])
        } else {
            self.dice.pick(&[("U6", 34), ("H5", 32), ("K2", 17), ("U3", 8), ("P2", 5), ("P1", 3), ("R5", 1)])
        };
        let provider = match kind {
            "P1" => "PR0",
            "U3" => "PR1",
            "U6" => self.dice.pick(&[("PR1", 55), ("PR4", 37), ("PR5", 8)]),
            "K1" | "R5" | "R1" => "PR3",
            _ => self.dice.pick(&[("PR4", 74), ("PR1", 16), ("PR5", 10)]),
        };
        let elsewhere = if self.dice.chance(if matches!(kind, "K2" | "H5" | "S1" | "K1") { 0.45 } else { 0.26 }) {
            Some(self.dice.pick(&[(0, 32), (1, 28), (2, 20), (3, 15), (4, 3), (5, 2)]))
        } else {
            None
        };
        Placement {
            start,
            kind: coded(&PLACEMENT, kind),
            provider: coded(&PROVIDER, provider),
            elsewhere,
            number: self.dice.between(0, 99_999).unsigned_abs(),
        }
    }
}
