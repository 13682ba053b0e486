//! Small numbers leave the service only as "c".
//!
//! DfE's rule for published figures: any number from 1 to 5 is replaced by "c", and so is what would give it away. A viewer
//! who reads no child gets the whole of the own area as at the ends of months, and no breakdown; which of its figures
//! may be shown is judged of all of them together ([`domain::suppress`]).

use crate::council::Council;
pub(crate) use crate::reading::is_published;
use crate::reading::published;
use app::data::FigureText;
use chrono::NaiveDate;
use domain::measures::Measure;
use domain::measures::figure::Figure;
use domain::scope::Scope;
use domain::suppress::published_dates;

/// Whether a viewer is shown a measure's figure as at an extract's date.
pub(crate) fn may_be_shown(council: &Council, scope: &Scope, measure: &Measure, on: NaiveDate) -> bool {
    !scope.suppresses() || published(council, scope, on).contains(measure.id)
}

/// A figure in words, or where it may not be shown "c".
pub(crate) fn in_words(figure: Option<Figure>, shown: bool, words: FigureText) -> FigureText {
    if figure.is_none() || shown {
        return words;
    }
    FigureText { value: "c".to_owned(), detail: "Small number, not shown".to_owned(), small: false, supplied: true }
}

/// The extracts of a history whose figures reach a viewer: to who gets no small number those of month ends.
pub(crate) fn dates(
    council: &Council,
    scope: &Scope,
    history: Vec<(NaiveDate, Option<Figure>)>,
) -> impl Iterator<Item = (NaiveDate, Option<Figure>)> {
    let published = scope.suppresses().then(|| published_dates(&council.dates));
    history.into_iter().filter(move |(date, _)| published.as_ref().is_none_or(|dates| dates.contains(date)))
}
