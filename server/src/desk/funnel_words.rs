//! Where a team truly differs from its service, in words.

use app::data::{Remark, Standing};
use domain::funnel::{Place, place};
use domain::measures::figure::Figure;
use domain::measures::{Counting, Measure, Polarity};

/// Better or worse than the rest, if chance does not explain it.
pub(crate) fn differs(measure: &Measure, team: Option<Figure>, service: Option<Figure>) -> Option<Remark> {
    if measure.counting != Counting::Units {
        return None;
    }
    let place = place(team?, service?);
    let (direction, very) = match place {
        Place::Within => return None,
        Place::High => ("higher", false),
        Place::VeryHigh => ("higher", true),
        Place::Low => ("lower", false),
        Place::VeryLow => ("lower", true),
    };
    let (word, standing) = match (measure.polarity, direction) {
        (Polarity::Neutral, _) => (direction, Standing::Neutral),
        (Polarity::High, "higher") | (Polarity::Low, "lower") => ("better", Standing::Good),
        _ => ("worse", if very { Standing::Bad } else { Standing::Near }),
    };
    Some(Remark { text: if very { format!("Clearly {word}") } else { capitalised(word) }, standing })
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
