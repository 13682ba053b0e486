//! How to serve.

use clap::Args;
use std::net::SocketAddr;
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
    /// How many proxies of your own stand in front. With some, a client's address is taken from X-Forwarded-For.
    #[arg(long, env = "SURGERY_PROXIES", value_name = "N", default_value_t = 0)]
    pub proxies: u8,
    /// Send pages as they are, when a proxy in front compresses.
    #[arg(long, env = "SURGERY_NO_COMPRESSION")]
    pub no_compression: bool,
    /// Answer GET /metrics here; nowhere unless given.
    #[arg(long, env = "SURGERY_METRICS_LISTEN", value_name = "ADDRESS")]
    pub metrics_listen: Option<SocketAddr>,
    /// Answer GET /metrics on the site, to who sends this as bearer token; at least 32 characters.
    #[arg(long, env = "SURGERY_METRICS_TOKEN", value_name = "TOKEN", hide_env_values = true)]
    pub metrics_token: Option<Secret>,
    /// Where uploads lie until they are loaded. Default: the system's folder for temporary files.
    #[arg(long, env = "SURGERY_STAGING", value_name = "FOLDER")]
    pub staging: Option<PathBuf>,
}

impl Default for ServeOptions {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 3000)),
            behind_tls: false,
            proxies: 0,
            no_compression: false,
            metrics_listen: None,
            metrics_token: None,
            staging: None,
        }
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
}
