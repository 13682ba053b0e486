//! Words with a standing: a sign and a colour beside them, never instead of them.

use crate::data::{Remark, Standing};
use leptos::prelude::*;

/// A remark in a line of its own.
pub fn remark(remark: Remark) -> AnyView {
    let class = match remark.standing {
        Standing::Good => "remark remark--good",
        Standing::Bad => "remark remark--bad",
        Standing::Near => "remark remark--near",
        Standing::Neutral => "remark",
    };
    view! { <p class=class>{remark.text}</p> }.into_any()
}

/// A word or two in a box.
pub fn tag(text: String, standing: Standing) -> AnyView {
    view! { <strong class=tag_class(standing)>{text}</strong> }.into_any()
}

/// The box's class.
pub const fn tag_class(standing: Standing) -> &'static str {
    match standing {
        Standing::Good => "tag tag--good",
        Standing::Bad => "tag tag--bad",
        Standing::Near => "tag tag--near",
        Standing::Neutral => "tag",
    }
}
