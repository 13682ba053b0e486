//! Small numbers leave the service only as "c".
//!
//! DfE's rule for published figures: any number from 1 to 5 is replaced by "c", and so is what would give it away.
//! A viewer who reads no child gets the whole of the own area and no breakdown, so that nothing can be found by
//! subtracting one group from another; the counts out of the numerator are treated like those in it, for the same
//! reason; ages apart are left out beside their whole.

use app::data::FigureText;
use domain::measures::figure::Figure;
use domain::measures::{Counting, Measure};

/// Whether a count is too small to be shown outside the service.
const fn is_small(count: u64) -> bool {
    matches!(count, 1..=5)
}

/// Whether a figure may be shown to who reads no child.
pub(crate) fn may_be_shown(measure: &Measure, figure: Figure) -> bool {
    if is_small(figure.denominator) || is_small(figure.numerator) {
        return false;
    }
    match measure.counting {
        Counting::ChildrenPerWorker => true,
        Counting::Units | Counting::WorkersAboveLimit => !is_small(figure.denominator.saturating_sub(figure.numerator)),
    }
}

/// Whether a measure is shown at all to who reads no child: ages apart would give each other away.
pub(crate) fn is_published(measure: &Measure) -> bool {
    !measure.id.ends_with(['a', 'b'])
}

/// The figure in words with what is small replaced.
pub(crate) fn in_words(measure: &Measure, figure: Option<Figure>, words: FigureText) -> FigureText {
    match figure {
        Some(figure) if !may_be_shown(measure, figure) => FigureText {
            value: "c".to_owned(),
            detail: "Small number, not shown".to_owned(),
            small: false,
            supplied: true,
        },
        _ => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::measures::measure;

    fn shown(numerator: u64, denominator: u64) -> bool {
        may_be_shown(measure("CPP-07").unwrap(), Figure { numerator, denominator })
    }

    #[test]
    fn one_to_five_are_not_shown_and_zero_and_six_are() {
        for (numerator, ok) in [(0, true), (1, false), (5, false), (6, true)] {
            assert_eq!(shown(numerator, 100), ok, "{numerator}");
        }
    }

    #[test]
    fn a_small_rest_gives_the_numerator_no_cover() {
        assert!(!shown(97, 100));
        assert!(shown(94, 100));
        assert!(shown(100, 100));
    }

    #[test]
    fn a_small_whole_is_not_shown() {
        assert!(!shown(0, 3));
        assert!(shown(0, 0));
    }
}
