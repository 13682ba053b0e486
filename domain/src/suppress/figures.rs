//! Figures that stand side by side are one system: what one says and another does not say may be a small number too.
//!
//! Plans of all children less plans of children of four and older are plans of children under four; care leavers less
//! those in touch or not are those who died or returned home. So the figures of a date are judged together: which units
//! of one are units of another is written down here ([`SAME`], [`WITHIN`]), and a figure is hidden where without it no
//! number from 1 to 5 can be worked out.

use super::{Cell, Sum, is_small, worked_out};
use crate::measures::figure::Figure;
use crate::measures::{Counting, Measure};
use std::collections::BTreeMap;

/// A count that a figure is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// All units.
    Denominator,
    /// Those in the numerator.
    Numerator,
    /// Those out of it.
    Rest,
}

use Part::{Denominator, Numerator, Rest};

/// A count of a measure.
type Count = (&'static str, Part);

/// Counts of the same units, whatever the children.
pub const SAME: &[&[Count]] = &[
    &[("REF-02", Denominator), ("REF-03", Denominator)],
    &[("ASM-01", Denominator), ("ASM-03", Denominator)],
    &[("S47-01", Denominator), ("ICPC-01", Denominator)],
    &[("CPP-01", Denominator), ("CPP-06", Denominator), ("CPP-07", Denominator), ("CPP-13", Denominator)],
    &[("CPP-08", Denominator), ("CPP-12", Denominator)],
    &[("CLA-01", Denominator), ("CLA-03", Denominator), ("CLA-05", Denominator), ("MIS-01", Denominator)],
    &[("CLA-07", Denominator), ("CLA-09", Denominator)],
    &[("MIS-02", Denominator), ("MIS-01", Numerator)],
    &[("CL-01", Denominator), ("CL-03", Denominator)],
    &[("CL-04", Denominator), ("CL-06", Denominator)],
    &[("WF-01", Denominator), ("WF-02", Denominator)],
    &[("WF-01", Numerator), ("ALL-01", Numerator)],
];

/// Counts of which the first is within the second, whatever the children. What follows from two of them is not repeated.
pub const WITHIN: &[(Count, Count)] = &[
    (("CPP-02", Denominator), ("CPP-01", Denominator)),
    (("CPP-05", Denominator), ("CPP-01", Denominator)),
    (("CPP-06", Numerator), ("CPP-05", Denominator)),
    (("CPP-07", Numerator), ("CPP-06", Numerator)),
    (("CPP-06", Rest), ("CPP-07", Rest)),
    (("CIN-03", Denominator), ("CIN-01", Denominator)),
    (("CIN-01", Denominator), ("DOR-01", Denominator)),
    (("CIN-01", Numerator), ("DOR-01", Rest)),
    (("CLA-13", Denominator), ("CLA-03", Denominator)),
    (("CLA-07", Denominator), ("CLA-13", Denominator)),
    (("CLA-06", Denominator), ("CLA-07", Denominator)),
    (("CL-01", Denominator), ("CL-05", Denominator)),
    (("CL-02", Denominator), ("CL-01", Denominator)),
    (("CL-04", Denominator), ("CL-05", Denominator)),
    // Nobody whose plan ended within three months had it for two years.
    (("CPP-12", Numerator), ("CPP-08", Rest)),
    (("CPP-08", Numerator), ("CPP-12", Rest)),
    // Each child once, and each enquiry: the same where no child has two.
    (("S47-04", Denominator), ("S47-06", Denominator)),
];

/// A measure's figure, and whether it may be shown.
#[derive(Debug, Clone, Copy)]
pub struct Judged {
    /// The measure.
    pub measure: &'static Measure,
    /// Its figure.
    pub figure: Figure,
    /// Whether it may be shown to who gets no small number.
    pub shown: bool,
}

/// Judges the figures of one date and one area together.
#[must_use]
pub fn side_by_side(figures: &[(&'static Measure, Figure)]) -> Vec<Judged> {
    let mut judged: Vec<Judged> =
        figures.iter().map(|(measure, figure)| Judged { measure, figure: *figure, shown: true }).collect();
    judge_families(&mut judged);
    judged
}

/// Judges the measures of one area that have to do with each other. Whether one more is hidden.
fn judge_families(area: &mut [Judged]) -> bool {
    let mut moved = false;
    for family in families(area) {
        let members: Vec<Judged> = family.iter().filter_map(|place| area.get(*place).copied()).collect();
        let shown = System::of_measures(&members).shown(members.iter().map(|one| one.shown).collect());
        for (place, shown) in family.iter().zip(shown) {
            if let Some(one) = area.get_mut(*place).filter(|one| one.shown != shown) {
                (one.shown, moved) = (shown, true);
            }
        }
    }
    moved
}

/// Judges the figures of one date for a whole and for the areas that it is made of, whose readers may know each other: the
/// whole less all areas but one is that one. The first of `areas` is the whole; each has the figures of the same
/// measures in the same order. Without any area beside the whole it is [`side_by_side`].
#[must_use]
pub fn area_by_area(areas: &[Vec<(&'static Measure, Figure)>]) -> Vec<Vec<Judged>> {
    let mut judged: Vec<Vec<Judged>> = areas.iter().map(|figures| side_by_side(figures)).collect();
    if judged.len() < 2 {
        return judged;
    }
    loop {
        let mut moved = false;
        for measure in 0..judged.first().map_or(0, Vec::len) {
            let column: Vec<Judged> = judged.iter().filter_map(|area| area.get(measure).copied()).collect();
            let shown = System::of_areas(&column).shown(column.iter().map(|one| one.shown).collect());
            for (area, shown) in judged.iter_mut().zip(shown) {
                if let Some(one) = area.get_mut(measure).filter(|one| one.shown != shown) {
                    (one.shown, moved) = (shown, true);
                }
            }
        }
        for area in &mut judged {
            moved |= judge_families(area);
        }
        if !moved {
            return judged;
        }
    }
}

/// Counts and what they add up to, and which figure shows which of them.
#[derive(Debug, Default)]
struct System {
    cells: Vec<Cell>,
    sums: Vec<Sum>,
    /// Of each figure the cells that it shows, and the one that they tell besides.
    figures: Vec<Shows>,
}

#[derive(Debug, Clone, Copy)]
struct Shows {
    denominator: usize,
    numerator: usize,
    rest: Option<usize>,
}

impl Shows {
    fn has(&self, cell: usize) -> bool {
        self.denominator == cell || self.numerator == cell || self.rest == Some(cell)
    }

    const fn part(&self, part: Part) -> Option<usize> {
        match part {
            Denominator => Some(self.denominator),
            Numerator => Some(self.numerator),
            Rest => self.rest,
        }
    }
}

impl System {
    fn cell(&mut self, count: u64) -> usize {
        self.cells.push(Cell { count, shown: false });
        self.cells.len() - 1
    }

    /// The figure of a measure, its counts in cells of its own.
    fn figure(&mut self, one: &Judged, denominator: usize, numerator: usize) {
        let is_part = one.measure.counting != Counting::ChildrenPerWorker;
        let left = one.figure.denominator.checked_sub(one.figure.numerator).filter(|_| is_part);
        let rest = left.map(|rest| self.cell(rest));
        if let Some(rest) = rest {
            self.sums.push(Sum { total: denominator, parts: vec![numerator, rest] });
        }
        self.figures.push(Shows { denominator, numerator, rest });
    }

    fn of_measures(figures: &[Judged]) -> Self {
        let mut system = Self::default();
        let mut known: BTreeMap<(&str, Part), usize> = BTreeMap::new();
        for one in figures {
            let mut place = |part: Part, count: u64| {
                let same = SAME.iter().find(|same| same.contains(&(one.measure.id, part)));
                let there = same.into_iter().copied().flatten().find_map(|count| known.get(count).copied());
                // Two that should be the same and are not were counted by different rules.
                let there = there.filter(|cell| system.cells.get(*cell).is_some_and(|cell| cell.count == count));
                let cell = there.unwrap_or_else(|| system.cell(count));
                known.insert((one.measure.id, part), cell);
                cell
            };
            let denominator = place(Denominator, one.figure.denominator);
            let numerator = place(Numerator, one.figure.numerator);
            system.figure(one, denominator, numerator);
            if let Some(rest) = system.figures.last().and_then(|shows| shows.rest) {
                known.insert((one.measure.id, Rest), rest);
            }
        }
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        for (part, whole) in WITHIN {
            if let (Some(part), Some(whole)) = (known.get(part), known.get(whole)) {
                pairs.push((*part, *whole));
            }
        }
        for (part, whole) in closed(pairs) {
            let counts = (system.cells.get(part), system.cells.get(whole));
            let (Some(part_count), Some(whole_count)) = counts else { continue };
            let Some(rest) = whole_count.count.checked_sub(part_count.count) else { continue };
            let rest = system.cell(rest);
            system.sums.push(Sum { total: whole, parts: vec![part, rest] });
        }
        system
    }

    /// The figures of one measure: the whole first.
    fn of_areas(figures: &[Judged]) -> Self {
        let mut system = Self::default();
        for one in figures {
            let denominator = system.cell(one.figure.denominator);
            let numerator = system.cell(one.figure.numerator);
            system.figure(one, denominator, numerator);
        }
        for part in [Denominator, Numerator, Rest] {
            // What belongs to no area is left over.
            let cells: Option<Vec<usize>> = system.figures.iter().map(|shows| shows.part(part)).collect();
            let Some((whole, parts)) = cells.as_ref().and_then(|cells| cells.split_first()) else { continue };
            let count = |cell: &usize| system.cells.get(*cell).map_or(0, |cell| cell.count);
            let Some(left) = count(whole).checked_sub(parts.iter().map(count).sum()) else { continue };
            let (total, mut parts) = (*whole, parts.to_vec());
            if left > 0 {
                parts.push(system.cell(left));
            }
            system.sums.push(Sum { total, parts });
        }
        system
    }

    /// Which figures may be shown, of those that may be so far.
    fn shown(&self, mut shown: Vec<bool>) -> Vec<bool> {
        while let Some(leak) = self.leak(&shown) {
            let mut near: Vec<usize> =
                (0..self.figures.len()).filter(|figure| shown[*figure] && self.is_near(*figure, leak)).collect();
            near.sort_by_key(|figure| {
                let shows = self.figures[*figure];
                (!shows.has(leak), self.cells[shows.denominator].count)
            });
            let helps = |figure: &usize| {
                let mut without = shown.clone();
                without[*figure] = false;
                self.leak(&without) != Some(leak)
            };
            // Where no figure near it is left, any that is shown has its part in it.
            let any = || shown.iter().position(|shown| *shown);
            let Some(hide) = near.iter().copied().find(helps).or(near.first().copied()).or_else(any) else { break };
            shown[hide] = false;
        }
        shown
    }

    /// Whether a figure shows the cell, or one that stands in a sum with it.
    fn is_near(&self, figure: usize, cell: usize) -> bool {
        let shows = self.figures[figure];
        let with_it = self.sums.iter().filter(|sum| sum.places().any(|place| place == cell));
        shows.has(cell) || with_it.flat_map(Sum::places).any(|place| shows.has(place))
    }

    /// The first small count that is shown or can be worked out.
    fn leak(&self, shown: &[bool]) -> Option<usize> {
        let mut hidden = vec![true; self.cells.len()];
        for shows in self.figures.iter().zip(shown).filter(|(_, shown)| **shown).map(|(shows, _)| shows) {
            (hidden[shows.denominator], hidden[shows.numerator]) = (false, false);
        }
        let known = worked_out(&self.cells, &hidden, &self.sums);
        let told = (0..self.cells.len()).filter(|cell| !hidden[*cell]).chain(known);
        told.into_iter().find(|cell| is_small(self.cells[*cell].count))
    }
}

/// What follows from "within": all pairs.
fn closed(mut pairs: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    let mut at = 0;
    while at < pairs.len() {
        let (part, whole) = pairs[at];
        let further: Vec<(usize, usize)> =
            pairs.iter().filter(|(inner, _)| *inner == whole).map(|(_, outer)| (part, *outer)).collect();
        for pair in further {
            if pair.0 != pair.1 && !pairs.contains(&pair) {
                pairs.push(pair);
            }
        }
        at += 1;
    }
    pairs
}

/// Places of figures that have something to do with each other.
fn families(figures: &[Judged]) -> Vec<Vec<usize>> {
    let ids = |counts: &[Count]| counts.iter().map(|(id, _)| *id).collect::<Vec<_>>();
    let ties: Vec<Vec<&str>> =
        SAME.iter().map(|same| ids(same)).chain(WITHIN.iter().map(|(part, whole)| ids(&[*part, *whole]))).collect();
    let mut families: Vec<Vec<usize>> = Vec::new();
    for (place, one) in figures.iter().enumerate() {
        let is_tied = |other: &usize| {
            let other = figures[*other].measure.id;
            ties.iter().any(|tie| tie.contains(&one.measure.id) && tie.contains(&other))
        };
        let (near, mut apart): (Vec<Vec<usize>>, Vec<Vec<usize>>) =
            families.into_iter().partition(|family| family.iter().any(is_tied));
        apart.push(near.into_iter().flatten().chain([place]).collect());
        families = apart;
    }
    families
}
