//! What a control chart says: a sign and the same in words.

use crate::data::{Sign, Signal, SignedRemark, Standing};
use crate::markup::Markup;
use leptos::prelude::*;

/// In one line, for a card.
pub fn signal(signal: &Signal) -> AnyView {
    line(signal, None)
}

/// With what flagged it, for the measure's own page.
pub fn signal_in_full(signal: &Signal) -> AnyView {
    line(signal, signal.rule.as_deref())
}

fn line(signal: &Signal, rule: Option<&str>) -> AnyView {
    let mut line = Markup::with_capacity(420);
    part(&mut line, &signal.variation, rule);
    view! { <p class="signal" inner_html=line.into_html()></p> }.into_any()
}

fn part(line: &mut Markup, said: &SignedRemark, rule: Option<&str>) {
    line.raw(match said.remark.standing {
        Standing::Good => "<span class=\"signal__part signal__part--good\">",
        Standing::Bad => "<span class=\"signal__part signal__part--bad\">",
        Standing::Near | Standing::Neutral => "<span class=\"signal__part\">",
    });
    line.raw(drawing(said.sign)).raw("<span>").text(&said.remark.text);
    if let Some(rule) = rule {
        line.raw(": ").text(rule);
    }
    line.raw("</span></span>");
}

/// The sign for the eye; the words beside it say the same.
const fn drawing(sign: Sign) -> &'static str {
    match sign {
        Sign::Up => {
            "<svg viewBox=\"0 0 16 16\" aria-hidden=\"true\" focusable=\"false\"><circle cx=\"8\" cy=\"8\" r=\"7\"/><polyline points=\"4.5,8 8,4.5 11.5,8\"/><polyline points=\"8,4.5 8,12\"/></svg>"
        }
        Sign::Down => {
            "<svg viewBox=\"0 0 16 16\" aria-hidden=\"true\" focusable=\"false\"><circle cx=\"8\" cy=\"8\" r=\"7\"/><polyline points=\"4.5,8 8,11.5 11.5,8\"/><polyline points=\"8,4 8,11.5\"/></svg>"
        }
        Sign::Steady => {
            "<svg viewBox=\"0 0 16 16\" aria-hidden=\"true\" focusable=\"false\"><polyline points=\"1,9 4,6 7,10 10,6 13,10 15,8\"/></svg>"
        }
        Sign::Unknown => {
            "<svg viewBox=\"0 0 16 16\" aria-hidden=\"true\" focusable=\"false\"><polyline points=\"2,8 4,8\"/><polyline points=\"7,8 9,8\"/><polyline points=\"12,8 14,8\"/></svg>"
        }
    }
}
