//! `?next=`: where to go after signing in. Only an address of our own; anything else would lend our name to others.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// All but the unreserved characters (RFC 3986, 2.3).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// Longest address taken.
const LONGEST: usize = 2_048;

/// The address, when it is a path of this site: begins with one `/`, and has no `//`, no `\` and nothing but visible
/// ASCII. So it has no scheme and no host, whatever a browser makes of it.
pub(crate) fn local_path(next: &str) -> Option<&str> {
    let fits = next.len() <= LONGEST
        && next.starts_with('/')
        && !next.contains("//")
        && !next.contains('\\')
        && next.bytes().all(|byte| byte.is_ascii_graphic());
    fits.then_some(next)
}

/// The sign-in page that leads on to an address.
pub(crate) fn sign_in_path(failed: bool, next: Option<&str>) -> String {
    let failed = failed.then(|| "failed=1".to_owned());
    let next = next.and_then(local_path).filter(|next| *next != "/");
    let next = next.map(|next| format!("next={}", utf8_percent_encode(next, RESERVED)));
    let query: Vec<String> = [failed, next].into_iter().flatten().collect();
    if query.is_empty() { "/sign-in".to_owned() } else { format!("/sign-in?{}", query.join("&")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_path_of_this_site_is_taken() {
        for next in ["/", "/measures/CPP-07/children?team=A%20%2F%2FB&page=2", "/a?b=c:d@e"] {
            assert_eq!(local_path(next), Some(next));
        }
        for next in [
            "",
            "a",
            "//evil.example",
            "/\\evil.example",
            "\\/evil.example",
            "https://evil.example",
            "javascript:alert(1)",
            "/\t/evil.example",
            "/a\r\nSet-Cookie: x=1",
            "/.//evil.example",
            "/ä",
            " /a",
            "/a b",
            "/a\0",
        ] {
            assert_eq!(local_path(next), None, "{next:?}");
        }
        assert_eq!(local_path(&format!("/{}", "a".repeat(LONGEST))), None);
    }

    #[test]
    fn the_address_survives_in_the_query() {
        assert_eq!(sign_in_path(false, Some("/a?b=1&c=%20")), "/sign-in?next=%2Fa%3Fb%3D1%26c%3D%2520");
        assert_eq!(sign_in_path(true, Some("//evil.example")), "/sign-in?failed=1");
        assert_eq!(sign_in_path(false, Some("/")), "/sign-in");
    }
}
