//! Looks into a workbook's zip archive before anything else does: counts the bytes it really inflates to
//! and refuses what no spreadsheet program writes. Sizes written in headers are never believed.

use super::{IngestError, Limits};
use memchr::memmem;
use rayon::prelude::*;
use std::collections::{HashMap, HashSet};
use std::io::{Cursor, Read};
use std::sync::atomic::{AtomicU64, Ordering};
use zip::ZipArchive;

/// Bytes kept of the block before, so that what lies across two blocks is found.
const OVERLAP: usize = 128;
const BLOCK: usize = 64 * 1024;

/// More shared texts than this are announced by nobody honest; readers make room for as many as announced.
const MOST_SHARED_TEXTS: u64 = 4_000_000;
/// Cell formats: Excel's own limit is 64,000, and each is named about twice.
const MOST_FORMATS: u64 = 200_000;
const MOST_STYLE_BYTES: u64 = 8 * 1024 * 1024;

/// What was learnt of a workbook's parts while they were checked, by their names in lower case.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// Sheets with hidden rows.
    with_hidden_rows: HashSet<String>,
    /// The small parts that say how the others belong together.
    texts: HashMap<String, String>,
}

impl Parts {
    /// Whether rows of a sheet are hidden, by a filter or by hand.
    pub(super) fn has_hidden_rows(&self, name: &str) -> bool {
        self.with_hidden_rows.contains(name)
    }

    pub(super) fn text(&self, name: &str) -> &str {
        self.texts.get(&name.to_ascii_lowercase()).map_or("", String::as_str)
    }
}

/// How many bytes of a part are kept: the parts that say how the others belong together, and the beginning of tables.
fn kept_of(name: &str) -> usize {
    match name {
        "xl/workbook.xml" => 1024 * 1024,
        name if name.starts_with("xl/") && name.ends_with(".rels") => 32 * 1024,
        name if name.starts_with("xl/tables/") => 4 * 1024,
        _ => 0,
    }
}

/// Checks an archive whole, and gives what was learnt on the way.
///
/// # Errors
/// When it inflates to more than the limits allow, or holds what a workbook does not.
pub(super) fn check(bytes: &[u8], file: &str, limits: &Limits) -> Result<Parts, IngestError> {
    let hostile = |detail: String| IngestError::Hostile { file: file.to_owned(), detail };
    let damaged = |detail: &str| IngestError::Damaged { file: file.to_owned(), detail: detail.to_owned() };
    if announces_too_many_parts(bytes, limits.parts) {
        return Err(hostile(format!("it has more than {} parts", limits.parts)));
    }
    let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged("the archive cannot be opened"))?;
    if archive.len() > limits.parts {
        return Err(hostile(format!("it has more than {} parts", limits.parts)));
    }
    kind(&archive).map_err(|what| IngestError::WrongKind { file: file.to_owned(), what })?;

    let total = AtomicU64::new(0);
    let looked_at = (0..archive.len()).into_par_iter().map(|index| {
        let mut archive = archive.clone();
        let part = match archive.by_index(index) {
            Ok(part) => part,
            Err(zip::result::ZipError::UnsupportedArchive(zip::result::ZipError::PASSWORD_REQUIRED)) => {
                return Err(IngestError::Encrypted { file: file.to_owned() });
            }
            Err(_) => return Err(damaged("a part of it cannot be opened")),
        };
        let name = part.name().map_or_else(|_| String::new(), |name| name.to_ascii_lowercase());
        let compressed = part.compressed_size().min(bytes.len() as u64);
        let mut watch = Watch::new(&name, compressed, limits, &total, bytes.len() as u64);
        watch.run(part).map_err(|found| match found {
            Found::Hostile(detail) => hostile(detail),
            Found::Damaged => damaged("a part of it does not inflate"),
        })?;
        Ok((name, watch.has_hidden_rows, String::from_utf8_lossy(&watch.kept).into_owned()))
    });
    let mut parts = Parts::default();
    for (name, has_hidden_rows, text) in looked_at.collect::<Result<Vec<_>, IngestError>>()? {
        if has_hidden_rows {
            parts.with_hidden_rows.insert(name.clone());
        }
        if !text.is_empty() {
            parts.texts.insert(name, text);
        }
    }
    Ok(parts)
}

/// Whether an end-of-directory record announces more parts than allowed: readers make room before they look.
fn announces_too_many_parts(bytes: &[u8], parts: usize) -> bool {
    let field = |at: usize, len: usize| {
        let bytes = bytes.get(at..at.checked_add(len)?)?;
        Some(bytes.iter().rev().fold(0u64, |value, byte| value << 8 | u64::from(*byte)))
    };
    let too_many = |count: Option<u64>, size: Option<u64>, start: Option<u64>| {
        let inside = |value: Option<u64>| value.is_some_and(|value| value <= bytes.len() as u64);
        count.is_some_and(|count| count > parts as u64 && count != u64::from(u16::MAX)) && inside(size) && inside(start)
    };
    memmem::find_iter(bytes, b"PK\x05\x06").any(|at| too_many(field(at + 10, 2), field(at + 12, 4), field(at + 16, 4)))
        || memmem::find_iter(bytes, b"PK\x06\x06")
            .any(|at| too_many(field(at + 32, 8), field(at + 40, 8), field(at + 48, 8)))
}

/// Refuses archives of other programs by their parts' names.
fn kind(archive: &ZipArchive<Cursor<&[u8]>>) -> Result<(), &'static str> {
    let names: Vec<String> = archive.file_names().flatten().map(|name| name.to_ascii_lowercase()).collect();
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    let begins = |wanted: &str| names.iter().any(|name| name.starts_with(wanted));
    if has("xl/workbook.bin") {
        Err("a binary workbook (.xlsb)")
    } else if has("mimetype") && has("content.xml") {
        Err("an OpenDocument file")
    } else if begins("word/") {
        Err("a Word document")
    } else if begins("ppt/") {
        Err("a presentation")
    } else if has("[content_types].xml") {
        Ok(())
    } else {
        Err("a zip archive that is no workbook")
    }
}

enum Found {
    Hostile(String),
    Damaged,
}

/// Counts and watches one part while it inflates.
struct Watch<'a> {
    limits: &'a Limits,
    total: &'a AtomicU64,
    file_bytes: u64,
    compressed: u64,
    is_xml: bool,
    is_styles: bool,
    is_shared: bool,
    /// Whether it holds rows.
    is_sheet: bool,
    inflated: u64,
    formats: u64,
    has_hidden_rows: bool,
    kept: Vec<u8>,
    keep: usize,
}

impl<'a> Watch<'a> {
    fn new(name: &str, compressed: u64, limits: &'a Limits, total: &'a AtomicU64, file_bytes: u64) -> Self {
        Self {
            limits,
            total,
            file_bytes,
            compressed,
            is_xml: [".xml", ".rels", ".vml"].iter().any(|end| name.ends_with(end)),
            is_styles: name.ends_with("styles.xml"),
            is_shared: name.ends_with("sharedstrings.xml"),
            is_sheet: name.starts_with("xl/worksheets/"),
            inflated: 0,
            formats: 0,
            has_hidden_rows: false,
            kept: Vec::new(),
            keep: kept_of(name),
        }
    }

    fn run(&mut self, mut part: impl Read) -> Result<(), Found> {
        let mut buffer = vec![0u8; OVERLAP + BLOCK];
        let mut kept = 0;
        loop {
            let mut filled = kept;
            while filled < buffer.len() {
                match part.read(&mut buffer[filled..]).map_err(|_| Found::Damaged)? {
                    0 => break,
                    read => {
                        filled += read;
                        self.count(read as u64)?;
                    }
                }
            }
            let room = self.keep.saturating_sub(self.kept.len()).min(filled - kept);
            self.kept.extend_from_slice(&buffer[kept..kept + room]);
            let first = self.inflated <= (filled - kept) as u64;
            let at_end = filled < buffer.len();
            if self.is_xml {
                self.look(&buffer[..filled], first, at_end, kept)?;
            }
            if at_end {
                return Ok(());
            }
            kept = OVERLAP.min(filled);
            buffer.copy_within(filled - kept..filled, 0);
        }
    }

    fn count(&mut self, read: u64) -> Result<(), Found> {
        self.inflated += read;
        let total = self.total.fetch_add(read, Ordering::Relaxed) + read;
        let Limits { inflated_bytes, inflated_ratio, inflated_ratio_floor, shared_text_bytes, .. } = *self.limits;
        let bomb = |inflated: u64, packed: u64| {
            inflated > inflated_ratio_floor && inflated > inflated_ratio.saturating_mul(packed)
        };
        if bomb(self.inflated, self.compressed) || bomb(total, self.file_bytes) {
            return Err(Found::Hostile(format!("it inflates to more than {inflated_ratio} times its size")));
        }
        if total > inflated_bytes {
            return Err(Found::Hostile(format!("it inflates to more than {inflated_bytes} bytes")));
        }
        if self.is_shared && self.inflated > shared_text_bytes {
            return Err(Found::Hostile(format!("its table of texts inflates to more than {shared_text_bytes} bytes")));
        }
        if self.is_styles && self.inflated > MOST_STYLE_BYTES {
            return Err(Found::Hostile("its table of cell formats is larger than Excel allows".into()));
        }
        Ok(())
    }

    fn look(&mut self, window: &[u8], first: bool, at_end: bool, kept: usize) -> Result<(), Found> {
        if first && !is_ascii_compatible(window) {
            return Err(Found::Hostile("a part of it is not written in UTF-8".into()));
        }
        for at in memmem::find_iter(window, b"<!") {
            if window.get(at + 2).is_some_and(|next| matches!(next, b'D' | b'd' | b'E' | b'e')) {
                return Err(Found::Hostile("it declares a document type or entities".into()));
            }
        }
        for at in memmem::find_iter(window, b"uniqueCount") {
            match announced(&window[at + b"uniqueCount".len()..]) {
                Announced::Count(count) if count > MOST_SHARED_TEXTS => {
                    return Err(Found::Hostile("it announces more texts than it can hold".into()));
                }
                Announced::Endless => return Err(Found::Hostile("it announces its texts in no readable way".into())),
                // Decided in the next window, which begins with this one's end.
                Announced::CutOff if !at_end && window.len() - at >= OVERLAP => {
                    return Err(Found::Hostile("it announces its texts in no readable way".into()));
                }
                Announced::Count(_) | Announced::CutOff => {}
            }
        }
        if self.is_sheet {
            self.mark(window);
        }
        if self.is_styles {
            self.formats += memmem::find_iter(&window[kept..], b"xf").count() as u64;
            if self.formats > MOST_FORMATS {
                return Err(Found::Hostile("it has more cell formats than Excel allows".into()));
            }
        }
        Ok(())
    }
}

impl Watch<'_> {
    /// Notes whether a row is hidden, as filters leave those that they do not show.
    fn mark(&mut self, window: &[u8]) {
        self.has_hidden_rows = self.has_hidden_rows
            || memmem::find_iter(window, b" hidden=\"").any(|at| {
                let value = window.get(at + 9..).unwrap_or_default();
                let element = window[..at].iter().rposition(|byte| *byte == b'<');
                (value.starts_with(b"1") || value.starts_with(b"true"))
                    && element.is_some_and(|element| window[element..].starts_with(b"<row "))
            });
    }
}

/// Whether a part's first bytes show an encoding in which markup is written in ASCII.
fn is_ascii_compatible(start: &[u8]) -> bool {
    if start.starts_with(&[0xFE, 0xFF])
        || start.starts_with(&[0xFF, 0xFE])
        || start.iter().take(4).any(|byte| *byte == 0)
    {
        return false;
    }
    let head = &start[..memmem::find(start, b"?>").unwrap_or(0).min(1024)];
    let Some(at) = memmem::find(head, b"encoding") else { return true };
    let value: Vec<u8> = head[at + 8..]
        .iter()
        .skip_while(|byte| !matches!(byte, b'"' | b'\''))
        .skip(1)
        .take_while(|byte| !matches!(byte, b'"' | b'\''))
        .map(u8::to_ascii_lowercase)
        .collect();
    matches!(value.as_slice(), b"utf-8" | b"utf8" | b"us-ascii" | b"ascii" | b"iso-8859-1" | b"windows-1252")
}

enum Announced {
    Count(u64),
    CutOff,
    Endless,
}

/// The number of an attribute whose name has just been read: `="123"`.
fn announced(rest: &[u8]) -> Announced {
    let mut digits =
        rest.iter().skip_while(|byte| byte.is_ascii_whitespace() || matches!(byte, b'=' | b'"' | b'\'')).peekable();
    if digits.peek().is_none() {
        return if rest.len() >= OVERLAP { Announced::Endless } else { Announced::CutOff };
    }
    let mut count = 0u64;
    for byte in digits {
        if !byte.is_ascii_digit() {
            return Announced::Count(count);
        }
        count = count.saturating_mul(10).saturating_add(u64::from(byte - b'0'));
    }
    if count > MOST_SHARED_TEXTS { Announced::Count(count) } else { Announced::CutOff }
}
