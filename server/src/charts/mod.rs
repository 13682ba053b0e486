//! Charts, drawn on the server: pure functions from numbers and dates to an SVG, a sentence and a table.
//!
//! A drawing comes in two widths in one string: a wide one for screens, projectors and paper, and a narrow one
//! (`chart-svg--narrow`, hidden by its attribute `display`, which any rule of the style sheet overrides) for 320 px.
//! Every text in it is escaped, and it carries no `style`: the content security policy forbids it.
//!
//! Words and axes have the colour of the text around them; what has a colour of its own gets it by the attribute
//! `color` of a group with a class (`chart-value`, `chart-target`, …). So forced colours work without a rule, and the
//! style sheet may repaint. It needs:
//!
//! ```scss
//! .chart-svg { display: block; }
//! .chart-svg--narrow { display: none; max-width: 30rem; }
//! @media screen and (max-width: 40em) {
//!   .chart-svg--wide { display: none; }
//!   .chart-svg--narrow { display: block; }
//! }
//! ```

mod canvas;
mod funnel;
mod ink;
mod journey;
mod scale;
mod svg;
mod trend;
mod words;

pub use funnel::{FunnelInput, FunnelTeam, funnel};
pub use journey::{Lane, Moment, Spell, journey};
pub use trend::{Control, ControlPoint, Special, SpecialKind, Step, TrendInput, TrendPoint, Unit, trend};
