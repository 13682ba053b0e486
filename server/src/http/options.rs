//! How to serve.

use clap::builder::TypedValueParser;
use clap::error::ErrorKind;
use clap::{Arg, Args, Command};
use std::ffi::OsStr;
use std::marker::PhantomData;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::str::FromStr;

/// How to serve.
#[derive(Debug, Clone, Args)]
pub struct ServeOptions {
    /// Where to listen.
    #[arg(long, default_value = "127.0.0.1:3000")]
    pub listen: SocketAddr,
    /// The site is reached by https: sends Strict-Transport-Security.
    #[arg(long, env = "SURGERY_BEHIND_TLS")]
    pub behind_tls: bool,
    /// Let people of a demo sign in without a password although the site is reached over a network.
    #[arg(long, env = "SURGERY_DEMO_ON_NETWORK")]
    pub demo_on_network: bool,
    /// How many proxies of your own stand in front. With some, a client's address is taken from X-Forwarded-For.
    #[arg(long, env = "SURGERY_PROXIES", value_name = "N", default_value_t = 0)]
    pub proxies: u8,
    /// Most connections at the same time from one client's address, when no proxy stands in front. Raise it where a whole
    /// council comes from one address.
    #[arg(long, env = "SURGERY_CONNECTIONS_OF_ADDRESS", value_name = "N", default_value_t = 1_024)]
    pub connections_of_address: usize,
    /// Send pages as they are, when a proxy in front compresses.
    #[arg(long, env = "SURGERY_NO_COMPRESSION")]
    pub no_compression: bool,
    /// Answer GET /metrics here; nowhere unless given.
    #[arg(long, env = "SURGERY_METRICS_LISTEN", value_name = "ADDRESS")]
    pub metrics_listen: Option<SocketAddr>,
    /// Answer GET /metrics on the site, to who sends this as bearer token; at least 32 characters.
    #[arg(long, env = "SURGERY_METRICS_TOKEN", value_name = "TOKEN", hide_env_values = true, value_parser = Unshown::<Secret>::new())]
    pub metrics_token: Option<Secret>,
    /// Where uploads lie until they are loaded. Default: the system's folder for temporary files.
    #[arg(long, env = "SURGERY_STAGING", value_name = "FOLDER")]
    pub staging: Option<PathBuf>,
    /// The site's address as people type it, for links in e-mail and calendars: https://surgery.example.gov.uk
    #[arg(long, env = "SURGERY_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<PublicUrl>,
    /// Send e-mail through this server: smtp://HOST, smtps://USER:PASSWORD@HOST, or
    /// smtp://USER:PASSWORD@HOST:587?tls=required. Nothing is sent unless given.
    #[arg(long, env = "SURGERY_SMTP_URL", value_name = "URL", hide_env_values = true, value_parser = Unshown::<SmtpUrl>::new())]
    pub smtp_url: Option<SmtpUrl>,
    /// Who e-mail comes from: "Performance Surgery <surgery@example.gov.uk>".
    #[arg(long, env = "SURGERY_MAIL_FROM", value_name = "ADDRESS")]
    pub mail_from: Option<String>,
}

impl Default for ServeOptions {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 3000)),
            behind_tls: false,
            demo_on_network: false,
            proxies: 0,
            connections_of_address: 1_024,
            no_compression: false,
            metrics_listen: None,
            metrics_token: None,
            staging: None,
            public_url: None,
            smtp_url: None,
            mail_from: None,
        }
    }
}

impl ServeOptions {
    /// Whether only this machine reaches the site: nothing stands in front of it that passes others' requests on.
    #[must_use]
    pub fn is_local(&self) -> bool {
        let names_another = self.public_url.as_ref().is_some_and(|url| !url.is_this_machine());
        self.listen.ip().is_loopback() && !self.behind_tls && self.proxies == 0 && !names_another
    }

    /// Whether passwords and children's data would cross a network in the clear.
    #[must_use]
    pub fn is_in_the_clear(&self) -> bool {
        !self.listen.ip().is_loopback() && !self.behind_tls
    }

    /// The site's address as people type it; where none is set, the one listened on.
    #[must_use]
    pub fn address(&self) -> PublicUrl {
        self.public_url.clone().unwrap_or_else(|| PublicUrl(format!("http://{}", self.listen)))
    }
}

/// Reads an argument that is a secret: what is said of a wrong one does not repeat it.
#[derive(Clone)]
struct Unshown<T>(PhantomData<fn() -> T>);

impl<T> Unshown<T> {
    const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<T: FromStr<Err = &'static str> + Clone + Send + Sync + 'static> TypedValueParser for Unshown<T> {
    type Value = T;

    fn parse_ref(&self, command: &Command, argument: Option<&Arg>, value: &OsStr) -> Result<T, clap::Error> {
        let read = value.to_str().ok_or("it is no text").and_then(str::parse);
        read.map_err(|why| {
            let name =
                argument.map_or_else(String::new, |argument| format!("--{}", argument.get_id()).replace('_', "-"));
            clap::Error::raw(ErrorKind::ValueValidation, format!("wrong value of {name}: {why}\n")).with_cmd(command)
        })
    }
}

/// The site's address without a path: `https://surgery.example.gov.uk`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl(String);

impl PublicUrl {
    /// The address of a path within the site.
    #[must_use]
    pub fn join(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }

    fn is_this_machine(&self) -> bool {
        let host = self.host().trim_matches(['[', ']']);
        host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
    }

    /// The host, without a port.
    #[must_use]
    pub fn host(&self) -> &str {
        let host = self.0.split_once("://").map_or("", |(_, host)| host);
        host.rsplit_once(':').map_or(host, |(host, _)| host)
    }
}

impl FromStr for PublicUrl {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim().trim_end_matches('/');
        let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).unwrap_or_default();
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
        if host.is_empty() || !host.chars().all(fits) {
            return Err("write it as https://HOST, without a path");
        }
        Ok(Self(text.to_owned()))
    }
}

/// Where e-mail is handed in, with the password to do so; not printed by accident.
#[derive(Clone)]
pub struct SmtpUrl(String);

impl SmtpUrl {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for SmtpUrl {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.starts_with("smtp://") || text.starts_with("smtps://") {
            return Ok(Self(text.to_owned()));
        }
        Err("write it as smtp://HOST or smtps://USER:PASSWORD@HOST")
    }
}

impl std::fmt::Debug for SmtpUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SmtpUrl")
    }
}

/// A secret that cannot be guessed, and is not printed by accident.
#[derive(Clone)]
pub struct Secret(String);

/// Fewest characters of a secret.
const SHORTEST: usize = 32;

impl Secret {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Secret {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let first = text.chars().next();
        if text.len() < SHORTEST || text.chars().all(|c| Some(c) == first) {
            return Err("a secret needs at least 32 characters, chosen at random");
        }
        Ok(Self(text.to_owned()))
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_or_plain_secret_is_refused_and_none_is_printed() {
        assert!("changeme".parse::<Secret>().is_err());
        assert!("a".repeat(64).parse::<Secret>().is_err());
        let secret: Secret = "0f3c9a7be1d24586a90b7c3d5e6f8a12".parse().unwrap();
        assert_eq!(format!("{secret:?}"), "Secret");
    }

    #[test]
    fn a_site_is_local_where_nothing_passes_others_requests_on() {
        let local = ServeOptions::default();
        let listen = |address: &str| ServeOptions { listen: address.parse().unwrap(), ..local.clone() };
        let url = |url: &str| ServeOptions { public_url: Some(url.parse().unwrap()), ..local.clone() };
        for (options, is_local, is_clear) in [
            (local.clone(), true, false),
            (listen("[::1]:3000"), true, false),
            (listen("0.0.0.0:3000"), false, true),
            (listen("[::]:3000"), false, true),
            (listen("192.0.2.7:80"), false, true),
            (ServeOptions { behind_tls: true, ..listen("192.0.2.7:80") }, false, false),
            (ServeOptions { behind_tls: true, ..local.clone() }, false, false),
            (ServeOptions { proxies: 1, ..local.clone() }, false, false),
            (url("https://surgery.example.gov.uk"), false, false),
            (url("http://localhost:3000"), true, false),
            (url("http://127.0.0.1:3000"), true, false),
            (url("http://[::1]:3000"), true, false),
        ] {
            assert_eq!((options.is_local(), options.is_in_the_clear()), (is_local, is_clear), "{options:?}");
        }
    }

    #[test]
    fn the_sites_address_is_a_host_and_no_more() {
        let url: PublicUrl = "https://surgery.example.gov.uk/".parse().unwrap();
        assert_eq!(url.join("/actions/A-000001"), "https://surgery.example.gov.uk/actions/A-000001");
        assert_eq!("http://127.0.0.1:3000".parse::<PublicUrl>().unwrap().host(), "127.0.0.1");
        for bad in ["surgery.example", "https://", "https://a/b", "https://u:p@a", "javascript:x", "https://a?b"] {
            assert!(bad.parse::<PublicUrl>().is_err(), "{bad}");
        }
        assert_eq!(ServeOptions::default().address().join("/"), "http://127.0.0.1:3000/");
    }

    #[test]
    fn the_way_to_the_mail_server_is_not_printed() {
        let url: SmtpUrl = "smtps://user:password@mail.example".parse().unwrap();
        assert_eq!(format!("{url:?}"), "SmtpUrl");
        assert!("mail.example".parse::<SmtpUrl>().is_err());
    }
}
