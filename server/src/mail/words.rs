//! What stands in a message: what kind of notice, numbers and links. Nothing here comes from what a person wrote.

use super::told::Told;
use crate::desk::count_in_words;
use crate::http::PublicUrl;
use crate::notices::Kind;

/// The subject: "Performance Surgery: 2 actions late".
pub(super) fn subject(kind: Kind, number: usize) -> String {
    format!("Performance Surgery: {}", count(kind, number))
}

fn count(kind: Kind, number: usize) -> String {
    let (one, many) = kind.words();
    count_in_words(number as u64, one, many).replace('’', "'")
}

/// The text, in lines.
pub(super) fn text(kind: Kind, steps: &[&Told], site: &PublicUrl) -> String {
    let lines: Vec<String> = steps.iter().map(|one| format!("{}: {}", one.name, site.join(&one.path))).collect();
    format!(
        "{}.\n\n{}\n\nEverything that waits for you: {}\n\n\
         Performance Surgery writes to you once about each step of an action or a surgery. Messages carry numbers and \
         links only; sign in to read more.\n",
        count(kind, steps.len()),
        lines.join("\n"),
        site.join("/notices")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_numbers_a_kind_and_links() {
        let site: PublicUrl = "https://surgery.example".parse().unwrap();
        let told = |name: &str| Told {
            about: (String::new(), String::new()),
            name: name.to_owned(),
            path: format!("/actions/{name}"),
        };
        let (first, second) = (told("A-000001"), told("A-000002"));
        let text = text(Kind::Late, &[&first, &second], &site);
        assert!(text.starts_with("2 actions late.\n\nA-000001: https://surgery.example/actions/A-000001\n"), "{text}");
        assert!(text.contains("https://surgery.example/notices\n"));
        for kind in Kind::ALL {
            assert!(subject(kind, 2).is_ascii(), "{}", subject(kind, 2));
        }
    }
}
