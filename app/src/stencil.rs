//! The document round every page. Leptos renders it once, with marks where answers differ: the nonce, the title, the
//! page itself and what the browser begins with. They are filled in for each answer, so that no request waits for a
//! router and a reactive graph to be made that would come to the same document.

use crate::address::Reader;
use crate::bare::no_answer;
use crate::error::PageError;
use crate::fragment::{Fragment, Sheet};
use crate::markup::Markup;
use crate::sheet::put;
use leptos::prelude::*;

/// Stands for the title; in the browser's data too.
const TITLE: &str = "title-of-the-page";
/// Stands for the page.
const PAGE: &str = "<p>markup-of-the-page</p>";
/// What stands before and after the browser's data, a text in JavaScript.
const DATA: (&str, &str) = ("__RESOLVED_RESOURCES[0] = ", ";</script>");

/// What leptos renders on the server in the place of every route's page: the marks.
pub fn page(_: Reader) -> AnyView {
    let marked =
        Sheet { title: TITLE.to_owned(), news: String::new(), again: false, live: None, html: PAGE.to_owned() };
    let begins_with = marked.clone();
    Resource::new(|| (), move |()| std::future::ready(Ok::<_, PageError>(begins_with.clone())));
    put(marked)
}

/// A document with places to fill in.
#[derive(Debug)]
pub struct Stencil {
    pieces: Vec<Piece>,
    length: usize,
}

#[derive(Debug)]
enum Piece {
    Text(String),
    Nonce,
    Title,
    Page,
    Data,
}

impl Stencil {
    /// Cuts a document that leptos has rendered with this nonce. `None` when a place is not where it should be.
    #[must_use]
    pub fn cut(document: &str, nonce: &str) -> Option<Self> {
        let (before, rest) = document.split_once(TITLE)?;
        let (head, rest) = rest.split_once(PAGE)?;
        let (body, rest) = rest.split_once(DATA.0)?;
        let (data, end) = rest.split_once(DATA.1)?;
        if !data.contains(TITLE) {
            return None;
        }
        let mut stencil = Self { pieces: Vec::new(), length: 0 };
        stencil.text(before, nonce);
        stencil.pieces.push(Piece::Title);
        stencil.text(head, nonce);
        stencil.pieces.push(Piece::Page);
        stencil.text(body, nonce);
        stencil.text(DATA.0, nonce);
        stencil.pieces.push(Piece::Data);
        stencil.text(DATA.1, nonce);
        stencil.text(end, nonce);
        Some(stencil)
    }

    fn text(&mut self, text: &str, nonce: &str) {
        for (at, text) in text.split(nonce).enumerate() {
            if at > 0 {
                self.pieces.push(Piece::Nonce);
            }
            self.length += text.len();
            self.pieces.push(Piece::Text(text.to_owned()));
        }
    }

    /// The document of a page, or of why there is none.
    #[must_use]
    pub fn fill(&self, answer: Result<Fragment, PageError>, nonce: &str) -> String {
        let data = for_the_browser(&answer);
        let Sheet { title, html: page, .. } = answer.map_or_else(|error| no_answer(&error), Sheet::from);
        let mut out = Markup::with_capacity(self.length + page.len() + data.len() + 400);
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => out.markup(text),
                Piece::Nonce => out.text(nonce),
                Piece::Title => out.text(&title),
                Piece::Page => out.markup(&page),
                Piece::Data => out.markup(&data),
            };
        }
        out.into_html()
    }
}

/// What the browser's resource begins with: JSON within a text of JavaScript, in which nothing can end the script.
fn for_the_browser(answer: &Result<Fragment, PageError>) -> String {
    let bare = |Fragment { title, news, again, live, .. }: &Fragment| Sheet {
        title: title.clone(),
        news: news.clone(),
        again: *again,
        live: live.clone(),
        html: String::new(),
    };
    let json = serde_json::to_string(&answer.as_ref().map(bare)).unwrap_or_default();
    let text = serde_json::to_string(&json).unwrap_or_default();
    // In a text of JSON these only stand for themselves.
    text.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT: &str = "<head><script nonce=\"N0\"></script><title>title-of-the-page - Performance Surgery</title></head>\
        <div><p>markup-of-the-page</p></div><script nonce=\"N0\">__RESOLVED_RESOURCES[0] = \
        \"{\\\"Ok\\\":{\\\"title\\\":\\\"title-of-the-page\\\"}}\";</script>";

    fn fragment(title: &str) -> Fragment {
        Fragment {
            title: title.to_owned(),
            news: String::new(),
            again: false,
            live: None,
            html: "<p>1 & 2</p>".to_owned(),
        }
    }

    #[test]
    fn every_place_is_filled_and_nothing_else_changes() {
        let filled = Stencil::cut(DOCUMENT, "N0").unwrap().fill(Ok(fragment("Team A & B")), "N1");
        assert_eq!(
            filled,
            "<head><script nonce=\"N1\"></script><title>Team A &amp; B - Performance Surgery</title></head>\
             <div><p>1 & 2</p></div><script nonce=\"N1\">__RESOLVED_RESOURCES[0] = \
             \"{\\\"Ok\\\":{\\\"title\\\":\\\"Team A & B\\\",\\\"news\\\":\\\"\\\",\\\"again\\\":false,\\\"live\\\":null}}\";</script>"
        );
    }

    #[test]
    fn nothing_in_the_data_ends_the_script() {
        let filled = Stencil::cut(DOCUMENT, "N0").unwrap().fill(Ok(fragment("</script><script>\u{2028}")), "N1");
        assert_eq!(filled.matches("</script>").count(), 2);
        assert!(filled.contains("\\u003c/script>\\u003cscript>\\u2028"), "{filled}");
        assert!(filled.contains("<title>&lt;/script&gt;"), "{filled}");
    }

    #[test]
    fn a_document_without_a_place_is_not_taken() {
        assert!(Stencil::cut("<title>title-of-the-page</title>", "N0").is_none());
    }
}
