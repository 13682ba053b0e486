//! A measure's course month by month: what its chart is judged by.

use crate::council::Council;
use crate::reading::sieve::{Reading, Sieve};
use crate::reading::{Selection, history};
use domain::measures::{Measure, Timing};
use domain::scope::Scope;
use domain::signal::{self, Place, Point, places};

/// One point for each month (or week, see [`signal::step`]) up to the council's extract, oldest first, gaps among them.
#[must_use]
pub fn course(council: &Council, scope: &Scope, measure: &Measure, selection: &Selection) -> Vec<Point> {
    match measure.timing {
        Timing::InPeriod => of_events(council, scope, measure, selection),
        Timing::AtDate => at_dates(council, scope, measure, selection),
    }
}

fn of_events(council: &Council, scope: &Scope, measure: &Measure, selection: &Selection) -> Vec<Point> {
    let mut sieve = Sieve::new(Reading::Counts, scope, &council.organisation, selection);
    let points = council.months.iter().map(|month| {
        let extract = council.extracts.iter().find(|extract| Some(extract.as_at) == month.place.as_at);
        let supplied = extract.is_some_and(|extract| extract.supplied.satisfies(measure.needs_under(&month.standards)));
        let figure = supplied.then(|| {
            let tallies = month.tallies.get(measure.id).into_iter().flatten();
            let selected = tallies.filter(|tally| sieve.lets(tally.team.as_deref(), tally.worker.as_deref()));
            measure.figure(selected, &month.standards)
        });
        point(month.place, figure)
    });
    points.collect()
}

fn at_dates(council: &Council, scope: &Scope, measure: &Measure, selection: &Selection) -> Vec<Point> {
    let history = history(council, scope, measure, selection);
    let dates: Vec<_> = history.iter().map(|(as_at, _)| *as_at).collect();
    let places = places(&dates, measure.timing, signal::step(measure, &council.standards));
    let figure = |place: Place| history.iter().find(|(as_at, _)| Some(*as_at) == place.as_at)?.1;
    places.into_iter().map(|place| point(place, figure(place))).collect()
}

const fn point(place: Place, figure: Option<domain::measures::figure::Figure>) -> Point {
    Point { span: place.span, as_at: place.as_at, figure, finished: place.finished }
}
