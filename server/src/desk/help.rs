//! `/help`: every measure explained.

use crate::desk::measure::guidance;
use crate::desk::{ViewerDesk, suppress, words};
use crate::reading::Selection;
use app::data::{HelpPage, Link, MeasureHelp};
use app::desk::Answer;
use domain::measures::{CORE, Counting, Measure, Polarity};
use domain::standards::Standards;

pub(super) async fn page(desk: &ViewerDesk) -> Answer<HelpPage> {
    let council = desk.council().await?;
    let standards = council.as_ref().map_or_else(Standards::default, |council| council.standards.clone());
    let scope = &desk.visit.viewer.scope;
    let shown = |measure: &Measure| scope.reads_counts() && (!scope.suppresses() || suppress::is_published(measure));
    let all = Selection::default();
    let links = |measure: &Measure| {
        let links = council.as_ref().filter(|_| shown(measure))?.links();
        let page = Link { text: "Its figure and its teams".to_owned(), href: links.measure(measure.id, &all) };
        let who = if measure.counting == Counting::Units { "Who moves it" } else { "The workers behind it" };
        let children = scope.reads_children().then(|| {
            let act = measure.counting != Counting::ChildrenPerWorker && measure.polarity != Polarity::Neutral;
            let show = act.then(|| ("show", "act".to_owned()));
            Link { text: who.to_owned(), href: links.children(measure.id, &all, show.as_slice()) }
        });
        Some((page, children))
    };
    let measures = CORE
        .iter()
        .map(|measure| MeasureHelp {
            id: measure.id.to_owned(),
            name: measure.name.to_owned(),
            group: measure.group.title().to_owned(),
            meaning: measure.meaning_text(&standards),
            guidance: guidance(measure, links(measure).and_then(|(_, children)| children)),
            page: links(measure).map(|(page, _)| page),
            counted: match measure.counting {
                Counting::ChildrenPerWorker => "Open children with a real worker, divided by those workers.".to_owned(),
                Counting::Units | Counting::WorkersAboveLimit => format!(
                    "Of all {}: how many are {}.",
                    measure.denominator_text(&standards),
                    measure.numerator_text(&standards)
                ),
            },
            source: measure.source.to_owned(),
            england: measure.benchmark.and_then(|benchmark| benchmark.england()).map(|england| {
                format!("{} in {}. {}", words::value(measure, england.value), england.year, england.source)
            }),
        })
        .collect();
    Ok(desk.framed(council.as_deref(), HelpPage { measures }))
}
