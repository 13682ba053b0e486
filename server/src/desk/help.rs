//! `/help`: every measure explained.

use crate::desk::{ViewerDesk, words};
use app::data::{HelpPage, MeasureHelp};
use app::desk::Answer;
use domain::measures::{CORE, Counting};
use domain::standards::Standards;

pub(super) async fn page(desk: &ViewerDesk) -> Answer<HelpPage> {
    let council = desk.council().await?;
    let standards = council.as_ref().map_or_else(Standards::default, |council| council.standards.clone());
    let measures = CORE
        .iter()
        .map(|measure| MeasureHelp {
            id: measure.id.to_owned(),
            name: measure.name.to_owned(),
            group: measure.group.title().to_owned(),
            meaning: measure.meaning_text(&standards),
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
