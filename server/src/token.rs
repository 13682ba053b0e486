//! Secrets that are shown once and kept as hashes: a session's, a calendar's address.

use crate::load::hex;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::TryRngCore as _;
use rand::rngs::OsRng;
use sha2::{Digest as _, Sha256};

/// Characters of a token.
const LENGTH: usize = 43;

/// 256 random bits. Never logged, never stored.
pub(crate) struct Token(String);

impl Token {
    /// A new one, from the operating system's randomness; `None` when it has none.
    pub(crate) fn new() -> Option<Self> {
        let mut bytes = [0; 32];
        OsRng.try_fill_bytes(&mut bytes).ok()?;
        Some(Self(URL_SAFE_NO_PAD.encode(bytes)))
    }

    /// One from outside; `None` for what cannot be one.
    pub(crate) fn read(text: &str) -> Option<Self> {
        (text.len() == LENGTH && URL_SAFE_NO_PAD.decode(text).is_ok()).then(|| Self(text.to_owned()))
    }

    /// What is stored of it.
    pub(crate) fn hash(&self) -> String {
        hex(&Sha256::digest(self.0.as_bytes()))
    }

    /// For the one it belongs to.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}
