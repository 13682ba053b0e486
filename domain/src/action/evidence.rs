//! Files that may be kept as evidence: a few kinds, told by their first bytes, and not too large.

use serde::{Deserialize, Serialize};

/// The largest file, in bytes: 10 MB.
pub const LARGEST_EVIDENCE: usize = 10 * 1024 * 1024;

/// A kind of file that may be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum EvidenceKind {
    Pdf,
    Png,
    Jpeg,
    Word,
    Excel,
    Text,
}

/// A file that cannot be kept, and what could.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadEvidence {
    /// Empty.
    #[error("the file is empty")]
    Empty,
    /// Too large.
    #[error("the file is larger than 10 MB: keep the part that shows what changed")]
    TooLarge,
    /// Of another kind, or not of the kind that its name says.
    #[error("the file is none of those that can be kept: PDF, PNG, JPEG, Word (.docx), Excel (.xlsx) or plain text")]
    Kind,
}

impl EvidenceKind {
    /// Every kind.
    pub const ALL: [Self; 6] = [Self::Pdf, Self::Png, Self::Jpeg, Self::Word, Self::Excel, Self::Text];

    /// The kind of a file by the end of its name, where its first bytes agree.
    ///
    /// # Errors
    /// When it is empty, too large or of no kind that is kept.
    pub fn of(name: &str, bytes: &[u8]) -> Result<Self, BadEvidence> {
        if bytes.is_empty() {
            return Err(BadEvidence::Empty);
        }
        if bytes.len() > LARGEST_EVIDENCE {
            return Err(BadEvidence::TooLarge);
        }
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
        let kind = Self::ALL.into_iter().find(|kind| kind.endings().contains(&ending.as_str()));
        kind.filter(|kind| kind.agrees(bytes)).ok_or(BadEvidence::Kind)
    }

    /// How it is sent back: always as a download, never shown in the site's own name.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Word => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Excel => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Text => "text/plain; charset=utf-8",
        }
    }

    /// The kind that is sent back so.
    #[must_use]
    pub fn from_media_type(media_type: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.media_type() == media_type)
    }

    const fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Png => &["png"],
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Word => &["docx"],
            Self::Excel => &["xlsx"],
            Self::Text => &["txt", "csv"],
        }
    }

    fn agrees(self, bytes: &[u8]) -> bool {
        match self {
            Self::Pdf => bytes.starts_with(b"%PDF-"),
            Self::Png => bytes.starts_with(b"\x89PNG\r\n\x1a\n"),
            Self::Jpeg => bytes.starts_with(b"\xff\xd8\xff"),
            Self::Word | Self::Excel => bytes.starts_with(b"PK\x03\x04"),
            Self::Text => std::str::from_utf8(bytes).is_ok_and(|text| !text.contains('\0')),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_bytes_say_not_only_its_name() {
        assert_eq!(EvidenceKind::of("letter.PDF", b"%PDF-1.7 ..."), Ok(EvidenceKind::Pdf));
        assert_eq!(EvidenceKind::of("notes.txt", "seen on 3 March".as_bytes()), Ok(EvidenceKind::Text));
        for (name, bytes) in [
            ("letter.pdf", b"MZ\x90\x00".as_slice()),
            ("run.exe", b"MZ\x90\x00"),
            ("page.html", b"<script>"),
            ("image.svg", b"<svg>"),
            ("macros.xlsm", b"PK\x03\x04"),
            ("notes.txt", b"a\0b"),
            ("letter", b"%PDF-1.7"),
        ] {
            assert_eq!(EvidenceKind::of(name, bytes), Err(BadEvidence::Kind), "{name}");
        }
    }

    #[test]
    fn nothing_and_too_much_are_refused() {
        assert_eq!(EvidenceKind::of("a.txt", b""), Err(BadEvidence::Empty));
        assert_eq!(EvidenceKind::of("a.txt", &vec![b'a'; LARGEST_EVIDENCE]), Ok(EvidenceKind::Text));
        assert_eq!(EvidenceKind::of("a.txt", &vec![b'a'; LARGEST_EVIDENCE + 1]), Err(BadEvidence::TooLarge));
    }
}
