//! Markup built as one string, for tables of many lines: cheaper than a view for each cell, and as safe.
//!
//! What stands in the source goes in as it is; what comes from data can only go in escaped.

/// A piece of HTML in the making.
#[derive(Debug, Default)]
pub struct Markup(String);

impl Markup {
    /// Empty, with room for this many bytes.
    pub fn with_capacity(bytes: usize) -> Self {
        Self(String::with_capacity(bytes))
    }

    /// Markup that stands in the source.
    pub fn raw(&mut self, literal: &'static str) -> &mut Self {
        self.0.push_str(literal);
        self
    }

    /// Markup that was made by this same means, or by leptos.
    pub fn markup(&mut self, html: &str) -> &mut Self {
        self.0.push_str(html);
        self
    }

    /// Text from data; fit for an element's content and for an attribute in double quotes.
    pub fn text(&mut self, text: &str) -> &mut Self {
        let mut rest = text;
        // Byte by byte: what is escaped is ASCII, and so never a part of another letter.
        while let Some(at) = rest.bytes().position(|byte| matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'')) {
            let (before, from) = rest.split_at(at);
            self.0.push_str(before);
            self.0.push_str(match from.as_bytes().first() {
                Some(b'&') => "&amp;",
                Some(b'<') => "&lt;",
                Some(b'>') => "&gt;",
                Some(b'"') => "&quot;",
                _ => "&#39;",
            });
            rest = from.get(1..).unwrap_or_default();
        }
        self.0.push_str(rest);
        self
    }

    /// `<a href="…">text</a>` to a page of the app; an address that leads elsewhere is left out.
    pub fn link(&mut self, href: &str, text: &str) -> &mut Self {
        self.anchor(href, "\">", text)
    }

    /// The same to another view of this page, which stays where it is scrolled to.
    pub fn link_here(&mut self, href: &str, text: &str) -> &mut Self {
        self.anchor(href, "\" data-noscroll>", text)
    }

    fn anchor(&mut self, href: &str, end: &'static str, text: &str) -> &mut Self {
        if is_local(href) { self.raw("<a href=\"").text(href).raw(end).text(text).raw("</a>") } else { self.text(text) }
    }

    /// The beginning of a cell that names its column, for where a line is shown as a card.
    pub fn cell_of(&mut self, column: &str) -> &mut Self {
        self.raw("<td data-label=\"").text(column).raw("\">")
    }

    /// A whole number, with its thousands apart.
    pub fn number(&mut self, number: u64) -> &mut Self {
        self.0.push_str(&thousands(number));
        self
    }

    /// A whole number as it is.
    pub fn digits(&mut self, number: usize) -> &mut Self {
        self.0.push_str(&number.to_string());
        self
    }

    /// The HTML.
    pub fn into_html(self) -> String {
        self.0
    }
}

/// Whether an address is a path of this site.
fn is_local(href: &str) -> bool {
    href.starts_with('/') && !href.starts_with("//") && !href.starts_with("/\\")
}

/// "12,345".
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// "1 line", "12 lines".
pub fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", thousands(number), if number == 1 { one } else { many })
}

/// A value as it stands in an address, every byte but letters, digits, `-`, `.` and `_` as `%XX`.
pub fn in_address(value: &str) -> String {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut out = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_') {
            out.push(char::from(byte));
        } else {
            out.push('%');
            for half in [byte >> 4, byte & 15] {
                out.push(char::from(HEX[usize::from(half)]));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_from_data_is_never_markup() {
        let mut markup = Markup::default();
        markup.raw("<td>").text("<img src=x onerror=\"alert('1')\"> & 雪").raw("</td>");
        assert_eq!(markup.into_html(), "<td>&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt; &amp; 雪</td>");
    }

    #[test]
    fn a_link_leads_only_within_the_site() {
        for href in ["javascript:alert(1)", "https://elsewhere.example", "//elsewhere.example", "/\\elsewhere", ""] {
            let mut markup = Markup::default();
            assert_eq!(markup.link(href, "a").taken(), "a", "{href}");
        }
        let mut markup = Markup::default();
        assert_eq!(markup.link("/children/1?a=\"b\"", "1").taken(), "<a href=\"/children/1?a=&quot;b&quot;\">1</a>");
    }

    #[test]
    fn thousands_stand_apart() {
        assert_eq!([0, 999, 1000, 1_234_567].map(thousands), ["0", "999", "1,000", "1,234,567"]);
    }

    #[test]
    fn a_value_in_an_address_keeps_its_meaning() {
        assert_eq!(in_address("Children & Families/2"), "Children%20%26%20Families%2F2");
    }

    impl Markup {
        fn taken(&mut self) -> String {
            std::mem::take(self).into_html()
        }
    }
}
