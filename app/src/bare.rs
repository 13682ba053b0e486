//! Pages without a viewer: signing in, and every page that has no answer. Both halves of the app can write them.

use crate::error::PageError;
use crate::fragment::Sheet;
use crate::markup::Markup;

/// A page in the plainest of frames. `page` is markup.
pub fn unframed(demo: bool, page: &str) -> String {
    let mut html = Markup::with_capacity(page.len() + 700);
    html.raw(
        "<header class=\"header\"><div class=\"wide header__in\"><a class=\"header__name\" href=\"/\">\
         Performance Surgery</a></div></header>",
    );
    if demo {
        html.raw(DEMONSTRATION);
    }
    html.raw("<div class=\"wide page\"><main class=\"main\" id=\"main\" tabindex=\"-1\">");
    html.markup(page);
    html.raw("</main></div><footer class=\"footer\"><div class=\"wide\"><p>").raw(ON_RECORD).raw("</p></div></footer>");
    html.into_html()
}

/// A page of a title and a text, both as they are, for an answer that is not a page of the app: each line of the text is a
/// paragraph.
#[cfg(feature = "ssr")]
pub fn plain(title: &str, text: &str) -> String {
    let mut page = Markup::with_capacity(text.len() + 400);
    page.raw("<div class=\"heading\"><h1 class=\"heading__title\">").text(title).raw("</h1></div>");
    for (at, line) in text.lines().filter(|line| !line.trim().is_empty()).enumerate() {
        page.raw(if at == 0 { "<p class=\"lead\">" } else { "<p>" }).text(line).raw("</p>");
    }
    page.raw("<p><a href=\"/\">Go to the headlines</a></p>");
    unframed(false, &page.into_html())
}

/// Says that nothing here is real.
pub const DEMONSTRATION: &str = "<p class=\"demo\"><span class=\"wide\"><strong>Demonstration</strong>: a fictional \
                                 county. No real child, family or worker is shown.</span></p>";

/// The footer's first words.
pub const ON_RECORD: &str = "Every list and every child opened here is recorded, with who looked and when.";

/// Why there is no page and what to do. Nothing tells a page that is not the viewer's from one that does not exist.
pub fn no_answer(error: &PageError) -> Sheet {
    let (title, next) = match error {
        PageError::NotFound => (
            "Page not found",
            "<p>If someone sent you the address, ask them whether the child or the team is one of yours. If you typed \
             it, check it letter by letter.</p>",
        ),
        PageError::SignInNeeded => (
            "Sign in",
            "<p>You are not signed in, or you were away for so long that you were signed out. Nothing was lost.</p>\
             <p><a class=\"govuk-button\" href=\"/sign-in\" rel=\"external\">Sign in</a></p>",
        ),
        PageError::BadRequest(_) => {
            ("This address cannot be read", "<p>Go back and choose again, or start from the headlines.</p>")
        }
        PageError::Unreachable => (
            "The site cannot be reached",
            "<p>Look whether your device is online and connected to the council's network, then try again. If others \
             cannot reach the site either, tell your administrator.</p>",
        ),
        PageError::Busy => {
            ("Try again in a minute", "<p>An extract may be loading. Go back, and what you wrote is still there.</p>")
        }
        PageError::Failed => (
            "Something went wrong",
            "<p>If it happens again, note the time and what you were doing, and pass both on: the cause is in the \
             log.</p>",
        ),
    };
    let mut page = Markup::with_capacity(700);
    page.raw("<div class=\"heading\"><h1 class=\"heading__title\" tabindex=\"-1\">").raw(title).raw("</h1></div>");
    page.raw("<p class=\"lead\">").text(&error.to_string()).raw("</p>").raw(next);
    if *error != PageError::SignInNeeded {
        page.raw("<p><a href=\"/\">Go to the headlines</a></p>");
    }
    let html = unframed(false, &page.into_html());
    Sheet { title: title.to_owned(), news: String::new(), again: false, live: None, html }
}
