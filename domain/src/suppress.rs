//! Small numbers in tables that add up: which cells must be hidden so that no number from 1 to 5 can be worked out.
//!
//! DfE's rule for published figures: a number from 1 to 5 is replaced by "c", and so is as much besides as it takes for
//! nobody to find it by adding and subtracting what stands around it. 0 is shown as 0.

mod dates;
mod figures;

pub use dates::published_dates;
pub use figures::{Judged, Part, SAME, WITHIN, area_by_area, side_by_side};

/// Whether a count is too small to be shown outside the service.
#[must_use]
pub const fn is_small(count: u64) -> bool {
    matches!(count, 1..=5)
}

/// A cell of the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// Its count.
    pub count: u64,
    /// Whether it stands in a table; one that does not (the rest of a whole) is protected like those that do.
    pub shown: bool,
}

/// Cells that add up to another, by their places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    /// The whole.
    pub total: usize,
    /// Its parts, every one of them.
    pub parts: Vec<usize>,
}

impl Sum {
    fn places(&self) -> impl Iterator<Item = usize> + '_ {
        self.parts.iter().copied().chain([self.total])
    }
}

/// Which cells are hidden: those that are small, and as many of the least others as it takes. A cell that stands in no
/// table is always hidden.
#[must_use]
pub fn hidden(cells: &[Cell], sums: &[Sum]) -> Vec<bool> {
    let mut hidden: Vec<bool> = cells.iter().map(|cell| !cell.shown || is_small(cell.count)).collect();
    while let Some(found) = found(cells, &hidden, sums) {
        let cover = |of_it: bool| {
            let near = sums.iter().filter(|sum| {
                if of_it { sum.places().any(|place| place == found) } else { sum.places().any(|place| hidden[place]) }
            });
            near.flat_map(Sum::places)
                .filter(|place| cells.get(*place).is_some_and(|cell| cell.shown && cell.count > 0) && !hidden[*place])
                .min_by_key(|place| cells.get(*place).map(|cell| cell.count))
        };
        // Where nothing is left to hide there is nothing to find it by.
        let Some(place) = cover(true).or_else(|| cover(false)) else { break };
        hidden[place] = true;
    }
    hidden
}

/// The first cell that should not be known and can be worked out from what is shown.
fn found(cells: &[Cell], hidden: &[bool], sums: &[Sum]) -> Option<usize> {
    let known = worked_out(cells, hidden, sums);
    let secret = |place: usize| cells.get(place).is_some_and(|cell| cell.shown || is_small(cell.count));
    known.into_iter().find(|place| secret(*place))
}

/// The hidden cells whose count a reader can work out: by solving the sums for them, and by what is left for each between
/// the least and the most that it can be. A reader knows that a "c" is not 0.
#[must_use]
pub fn worked_out(cells: &[Cell], hidden: &[bool], sums: &[Sum]) -> Vec<usize> {
    let unknown: Vec<usize> = (0..cells.len()).filter(|place| hidden.get(*place) == Some(&true)).collect();
    let column = |place: usize| unknown.binary_search(&place).ok();
    // Each sum as an equation: parts less the whole is nothing, with what is shown on the other side.
    let mut equations: Vec<Vec<f64>> = sums
        .iter()
        .map(|sum| {
            let mut equation = vec![0.0; unknown.len() + 1];
            for (place, sign) in sum.parts.iter().map(|part| (*part, 1.0)).chain([(sum.total, -1.0)]) {
                match (column(place), cells.get(place)) {
                    (Some(column), _) => equation[column] += sign,
                    #[expect(clippy::cast_precision_loss, reason = "counts are far below what f64 holds exactly")]
                    (None, Some(cell)) => equation[unknown.len()] -= sign * cell.count as f64,
                    (None, None) => {}
                }
            }
            equation
        })
        .collect();
    let given = equations.clone();
    solve(&mut equations, unknown.len());
    equations.extend(given);
    let short = short_combinations(&equations, unknown.len());
    equations.extend(short);
    let least: Vec<f64> =
        unknown.iter().map(|place| f64::from(u8::from(cells.get(*place).is_some_and(|cell| cell.shown)))).collect();
    let bounds = bounds(&equations, least);
    let is_known = |at: &usize| bounds.get(*at).is_some_and(|(low, high)| high - low < 0.5);
    (0..unknown.len()).filter(is_known).filter_map(|at| unknown.get(at).copied()).collect()
}

const NOTHING: f64 = 1e-6;

/// Brings equations into the form in which each has an unknown of its own (Gauss and Jordan).
fn solve(equations: &mut [Vec<f64>], unknowns: usize) {
    let mut row = 0;
    for column in 0..unknowns {
        let pivot = (row..equations.len()).max_by(|a, b| {
            let size = |at: usize| equations[at][column].abs();
            size(*a).total_cmp(&size(*b))
        });
        let Some(pivot) = pivot.filter(|pivot| equations[*pivot][column].abs() > NOTHING) else { continue };
        equations.swap(row, pivot);
        let scale = equations[row][column];
        equations[row].iter_mut().for_each(|value| *value /= scale);
        let own = equations[row].clone();
        for (other, equation) in equations.iter_mut().enumerate() {
            let times = equation[column];
            if other != row && times.abs() > NOTHING {
                equation.iter_mut().zip(&own).for_each(|(value, own)| *value -= times * own);
            }
        }
        row += 1;
    }
}

/// Unknowns of an equation made of two others that is worth its while.
const FEW: usize = 3;

/// What two equations say together, as their sum or their difference, where few unknowns are left in it: "the one and the
/// other are 2" says that both are 1, and neither equation alone does.
fn short_combinations(equations: &[Vec<f64>], unknowns: usize) -> Vec<Vec<f64>> {
    let mut short = Vec::new();
    for (at, one) in equations.iter().enumerate() {
        for other in equations.iter().skip(at + 1) {
            for sign in [1.0, -1.0] {
                let left = one
                    .iter()
                    .zip(other)
                    .take(unknowns)
                    .filter(|(a, b)| (*a + sign * *b).abs() > NOTHING)
                    .take(FEW + 1);
                if (1..=FEW).contains(&left.count()) {
                    short.push(one.iter().zip(other).map(|(a, b)| a + sign * b).collect());
                }
            }
        }
    }
    short
}

/// The least and the most that each unknown can be, narrowed by every equation until nothing moves.
fn bounds(equations: &[Vec<f64>], least: Vec<f64>) -> Vec<(f64, f64)> {
    let mut bounds: Vec<(f64, f64)> = least.into_iter().map(|least| (least, f64::INFINITY)).collect();
    for _ in 0..bounds.len() * 4 + 4 {
        let mut moved = false;
        for equation in equations {
            let Some((value, factors)) = equation.split_last() else { continue };
            for (at, factor) in factors.iter().enumerate().filter(|(_, factor)| factor.abs() > NOTHING) {
                let (mut low, mut high) = (*value, *value);
                for (other, times) in factors.iter().enumerate() {
                    if other != at && times.abs() > NOTHING {
                        let (from, to) = bounds[other];
                        let (from, to) = if *times > 0.0 { (from, to) } else { (to, from) };
                        high -= times * from;
                        low -= times * to;
                    }
                }
                let (low, high) =
                    if *factor > 0.0 { (low / factor, high / factor) } else { (high / factor, low / factor) };
                let (low, high) = ((low - NOTHING).ceil(), (high + NOTHING).floor());
                let (from, to) = &mut bounds[at];
                if low > *from + 0.5 {
                    *from = low;
                    moved = true;
                }
                if high < *to - 0.5 {
                    *to = high;
                    moved = true;
                }
            }
        }
        if !moved {
            break;
        }
    }
    bounds
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cells(counts: &[u64]) -> Vec<Cell> {
        counts.iter().map(|count| Cell { count: *count, shown: true }).collect()
    }

    /// The whole comes first.
    fn whole(parts: usize) -> Vec<Sum> {
        vec![Sum { total: 0, parts: (1..=parts).collect() }]
    }

    #[test]
    fn one_to_five_are_hidden_and_nought_and_six_are_not() {
        for (count, small) in [(0, false), (1, true), (5, true), (6, false)] {
            assert_eq!(hidden(&cells(&[count]), &[]), [small], "{count}");
        }
    }

    #[test]
    fn a_single_small_part_takes_the_least_of_the_others_with_it() {
        assert_eq!(hidden(&cells(&[30, 3, 20, 7, 0]), &whole(4)), [false, true, false, true, false]);
        // Two small ones hide each other.
        assert_eq!(hidden(&cells(&[30, 3, 4, 23]), &whole(3)), [false, true, true, false]);
        // Unless what is left of the whole says each.
        assert_eq!(hidden(&cells(&[10, 1, 1, 8]), &whole(3)), [false, true, true, true]);
        assert_eq!(hidden(&cells(&[8, 3, 5]), &whole(2)), [false, true, true]);
    }

    #[test]
    fn where_all_else_is_nought_the_whole_goes_too() {
        assert_eq!(hidden(&cells(&[4, 4, 0, 0]), &whole(3)), [true, true, false, false]);
        assert_eq!(hidden(&cells(&[6, 6, 0]), &whole(2)), [false, false, false]);
    }

    #[test]
    fn a_small_rest_that_stands_nowhere_gives_no_cover() {
        // 20 of 22: the 2 must not be found.
        let mut cells = cells(&[22, 20, 2]);
        cells[2].shown = false;
        assert_eq!(hidden(&cells, &whole(2)), [false, true, true]);
        cells[1].count = 10;
        cells[2].count = 12;
        assert_eq!(hidden(&cells, &whole(2)), [false, false, true]);
    }

    #[test]
    fn what_two_sums_say_together_is_found_too() {
        // 1 1 0 | 2
        // 0 2 1 | 3     The first and the last cell of the middle are 1 each, for they are 2 together.
        // 1 6 2 | 9
        let counts = [1, 1, 0, 0, 2, 1, 1, 6, 2, 2, 3, 9, 2, 9, 3, 14];
        let small: Vec<bool> = counts.iter().map(|count| is_small(*count)).collect();
        let lines = |places: [[usize; 4]; 6]| places.map(|[a, b, c, total]| Sum { total, parts: vec![a, b, c] });
        let mut sums: Vec<Sum> =
            lines([[0, 1, 2, 9], [3, 4, 5, 10], [6, 7, 8, 11], [0, 3, 6, 12], [1, 4, 7, 13], [2, 5, 8, 14]]).into();
        sums.extend([Sum { total: 15, parts: vec![9, 10, 11] }, Sum { total: 15, parts: vec![12, 13, 14] }]);
        assert_eq!(worked_out(&cells(&counts), &small, &sums), [0, 5]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]

        /// A table of rows by columns that adds up both ways: for each "c" there is another table that shows the same.
        #[test]
        fn no_hidden_cell_of_a_table_can_be_worked_out(counts in prop::collection::vec(0_u64..12, 9)) {
            let mut cells = cells(&counts);
            let mut sums = Vec::new();
            let add = |parts: Vec<usize>, cells: &mut Vec<Cell>, sums: &mut Vec<Sum>| {
                let count = parts.iter().map(|part| cells[*part].count).sum();
                cells.push(Cell { count, shown: true });
                sums.push(Sum { total: cells.len() - 1, parts });
            };
            for row in 0..3 {
                add((0..3).map(|column| row * 3 + column).collect(), &mut cells, &mut sums);
            }
            for column in 0..3 {
                add((0..3).map(|row| row * 3 + column).collect(), &mut cells, &mut sums);
            }
            add((9..12).collect(), &mut cells, &mut sums);
            sums.push(Sum { total: 15, parts: (12..15).collect() });
            let hidden = hidden(&cells, &sums);
            for (cell, hidden) in cells.iter().zip(&hidden) {
                prop_assert!(*hidden || !is_small(cell.count));
                prop_assert!(!(*hidden && cell.count == 0));
            }
            prop_assert_eq!(worked_out(&cells, &hidden, &sums), Vec::<usize>::new());
            // Any other inside of the table that a reader could think of, by one step along a square of cells.
            for place in (0..9).filter(|place| hidden[*place]) {
                prop_assert!(has_another(&cells, &hidden, &sums, place), "{:?} {:?} {}", counts, hidden, place);
            }
        }
    }

    /// Whether there are other counts that show the same and differ in a cell: looked for by changing hidden cells by one
    /// at a time until every sum is right again.
    fn has_another(cells: &[Cell], hidden: &[bool], sums: &[Sum], place: usize) -> bool {
        let counts: Vec<i64> = cells.iter().map(|cell| i64::try_from(cell.count).unwrap()).collect();
        [1, -1].into_iter().any(|by| mended(&counts, hidden, sums, vec![(place, by)], 12))
    }

    fn mended(counts: &[i64], hidden: &[bool], sums: &[Sum], changes: Vec<(usize, i64)>, steps: usize) -> bool {
        let mut now = counts.to_vec();
        changes.iter().for_each(|(place, by)| now[*place] += by);
        if changes.iter().any(|(place, _)| now[*place] < 1) {
            return false;
        }
        let off = |sum: &&Sum| sum.parts.iter().map(|part| now[*part]).sum::<i64>() != now[sum.total];
        let Some(sum) = sums.iter().find(off) else { return true };
        if steps == 0 {
            return false;
        }
        let missing = now[sum.total] - sum.parts.iter().map(|part| now[*part]).sum::<i64>();
        let step = missing.signum();
        let mut tries = sum.parts.iter().map(|part| (*part, step)).chain([(sum.total, -step)]);
        tries.any(|(place, by)| {
            let fresh = hidden[place] && !changes.iter().any(|(changed, _)| *changed == place);
            let mut changes = changes.clone();
            changes.push((place, by));
            fresh && mended(counts, hidden, sums, changes, steps - 1)
        })
    }
}
