//! Lists 10 and 11: children with a decision for adoption, and adopters.

use super::super::calendar::{Day, NEVER};
use super::super::codes::{ADOPTER_LEFT, ETHNICITY, GENDER_ADOPTER, REVERSED, YES_NO, YES_NO_PLAIN, YES_NO_UNKNOWN};
use super::super::lives::{Adoption, Care, Family, Life};
use super::{Cell, Row, View};
use std::borrow::Cow;

fn family_id(number: u32) -> Cell<'static> {
    Cell::Text(Cow::Owned(format!("F{number}")))
}

impl<'w> View<'w> {
    fn happened(&self, day: Day) -> Option<Day> {
        (day <= self.as_at).then_some(day)
    }

    fn adoption_of(&self, life: &'w Life) -> Option<(&'w Care, &'w Adoption)> {
        let (care, adoption) = life.care.iter().rev().find_map(|care| Some((care, care.adoption.as_deref()?)))?;
        let over = adoption.order.min(adoption.reversed);
        (adoption.decision <= self.as_at && over > self.year).then_some((care, adoption))
    }

    /// The child's row of List 10.
    pub(super) fn adoptions(&self, life: &'w Life) -> Option<Row<'w>> {
        let (care, adoption) = self.adoption_of(life)?;
        let child = &life.child;
        let matched = self.happened(adoption.matched);
        let reversed = self.happened(adoption.reversed);
        let mut row = vec![Cell::Text(Cow::Owned(format!("D{}", child.id)))];
        row.push(matched.map_or(Cell::Blank, |_| family_id(child.id)));
        self.person(child, &mut row);
        row.push(YES_NO_UNKNOWN[usize::from(child.disability)].into());
        row.extend([Cell::Date(care.start), Cell::Date(adoption.decision)]);
        let steps = [adoption.placement_order, adoption.matched, adoption.placed, adoption.order];
        row.extend(steps.map(|day| Cell::from(self.happened(day))));
        row.push(reversed.into());
        row.push(reversed.map(|_| REVERSED[usize::from(adoption.reason)]).into());
        row.push(self.happened(adoption.fostering).into());
        Some(row)
    }

    /// The adopters of a child of the county, once matched or fostering.
    pub(super) fn adopters(&self, life: &'w Life, rows: &mut Vec<Row<'w>>) {
        if let Some((_, adoption)) = self.adoption_of(life)
            && adoption.matched.min(adoption.fostering) < NEVER
            && adoption.reversed == NEVER
        {
            self.family(&Family::of(&life.child, adoption), rows);
        }
    }

    /// The families without a child of the county.
    pub(super) fn families(&self, rows: &mut Vec<Row<'w>>) {
        for family in &self.world.families {
            self.family(family, rows);
        }
    }

    fn family(&self, family: &Family, rows: &mut Vec<Row<'w>>) {
        let over = family.left.min(family.order);
        if family.stages[0] > self.as_at || over <= self.year {
            return;
        }
        for adopter in 0..1 + u32::from(family.couple) {
            let left = self.happened(family.left);
            let placed = self.happened(family.placed);
            let gender = (family.number + adopter) % 2;
            let mut row = vec![Cell::Text(Cow::Owned(format!("A{}{}", family.number, adopter + 1)))];
            row.push(family_id(family.number));
            row.push(GENDER_ADOPTER[gender as usize].into());
            row.push(ETHNICITY[usize::from(family.ethnicity)].into());
            row.push(YES_NO[usize::from(!family.number.is_multiple_of(19))].into());
            row.push(YES_NO_PLAIN[usize::from(!family.fostering)].into());
            row.push(Cell::Date(family.enquiry));
            row.extend(family.stages.map(|day| Cell::from(self.happened(day))));
            row.extend([Cell::Blank, Cell::Blank]);
            row.push(self.happened(family.matched).into());
            row.push(placed.into());
            row.push(placed.map_or(Cell::Blank, |_| Cell::Count(1)));
            row.push(self.happened(family.order).into());
            row.push(left.into());
            row.push(left.map(|_| ADOPTER_LEFT[usize::from(family.reason)]).into());
            rows.push(row);
        }
    }
}
