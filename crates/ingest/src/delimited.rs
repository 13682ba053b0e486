//! Text files: decoding, and CSV as councils' systems write it.

use super::cells::Value;
use super::{IngestError, RowSink, SheetRow};
use std::borrow::Cow;

/// The text of a file: UTF-8 or UTF-16 where its bytes show it, else Windows-1252.
pub(super) fn decode(bytes: Vec<u8>) -> String {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(&bytes) {
        if encoding != encoding_rs::UTF_8 {
            return encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned();
        }
        return match std::str::from_utf8(&bytes[mark..]) {
            Ok(text) => text.to_owned(),
            Err(_) => encoding_rs::UTF_8.decode_without_bom_handling(&bytes[mark..]).0.into_owned(),
        };
    }
    if let Some(encoding) = unmarked_utf16(&bytes) {
        return encoding.decode_without_bom_handling(&bytes).0.into_owned();
    }
    String::from_utf8(bytes)
        .unwrap_or_else(|error| encoding_rs::WINDOWS_1252.decode_without_bom_handling(error.as_bytes()).0.into_owned())
}

/// UTF-16 without its mark: every other byte of the beginning is NUL.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let start = bytes.get(..32.min(bytes.len() & !1)).filter(|start| start.len() >= 8)?;
    let nul =
        |offset: usize| start.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count() * 10 >= start.len() * 4;
    match (nul(0), nul(1)) {
        (false, true) => Some(encoding_rs::UTF_16LE),
        (true, false) => Some(encoding_rs::UTF_16BE),
        _ => None,
    }
}

/// Gives every row of a CSV text to `sink`. Row numbers are those a spreadsheet shows.
///
/// # Errors
/// When a quotation mark is never closed, or the sink refuses a row.
pub(super) fn read_rows(text: &str, file: &str, sink: &mut dyn RowSink) -> Result<(), IngestError> {
    let (delimiter, text) = delimiter(text);
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut number = 0u32;
    let mut last = (0, 0);
    loop {
        let start = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX).min(text.len());
        let more = reader.read_record(&mut record).map_err(|_| IngestError::Damaged {
            file: file.to_owned(),
            detail: "it cannot be read as CSV".to_owned(),
        })?;
        if !more {
            break;
        }
        let end = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX).min(text.len());
        number = number.saturating_add(blank_lines(text.as_bytes(), start, end)).saturating_add(1);
        last = (start, end);

        let nul = record.as_slice().contains('\0');
        let cleaned: Vec<Cow<'_, str>>;
        let values: Vec<Value<'_>> = if nul {
            cleaned = record.iter().map(|field| Cow::Owned(field.replace('\0', ""))).collect();
            cleaned.iter().map(|field| Value::Text(field)).collect()
        } else {
            record.iter().map(Value::Text).collect()
        };
        sink.row(&SheetRow { number, cells: &values, beyond: false, nul })?;
    }
    // A quotation mark that is never closed swallows every row below it into the last field.
    let (start, end) = last;
    let tail = text.get(start..end).unwrap_or_default();
    if tail.matches('"').count() % 2 == 1 && tail.trim_matches(['\r', '\n']).contains('\n') {
        return Err(IngestError::OpenQuote { file: file.to_owned(), row: number });
    }
    Ok(())
}

/// Lines without a character between the end of the row before and the row itself.
fn blank_lines(text: &[u8], start: usize, end: usize) -> u32 {
    let mut at = start;
    if at > 0 && text.get(at - 1) == Some(&b'\r') && text.get(at) == Some(&b'\n') {
        at += 1; // The second half of the line end before.
    }
    let mut lines = 0;
    while at < end {
        match (text[at], text.get(at + 1)) {
            (b'\r', Some(b'\n')) => at += 2,
            (b'\r' | b'\n', _) => at += 1,
            _ => break,
        }
        lines += 1;
    }
    lines
}

/// What may stand between cells, the likeliest first.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// The character between cells, and the text without Excel's `sep=` line.
fn delimiter(text: &str) -> (u8, &str) {
    let text = text.trim_start_matches('\u{feff}');
    let first = text.lines().next().unwrap_or_default();
    if let [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', delimiter] = first.trim().trim_matches('"').as_bytes()
        && delimiter.is_ascii_punctuation()
    {
        return (*delimiter, text[first.len()..].trim_start_matches('\r').strip_prefix('\n').unwrap_or_default());
    }
    if first.eq_ignore_ascii_case("sep=\t") {
        return (b'\t', text[first.len()..].trim_start_matches('\r').strip_prefix('\n').unwrap_or_default());
    }
    // The first line with two of a kind is the headers, or a title row exported as wide; a title may hold a comma,
    // and rows below may hold anything.
    let tells = |line: &str| DELIMITERS.iter().any(|delimiter| outside_quotes(line, *delimiter) > 1);
    let telling = text.lines().take(25).find(|line| tells(line)).unwrap_or_default();
    let most = |delimiter: u8| outside_quotes(telling, delimiter);
    let best = DELIMITERS.into_iter().rev().max_by_key(|delimiter| most(*delimiter));
    (best.unwrap_or(b','), text)
}

fn outside_quotes(line: &str, delimiter: u8) -> usize {
    let mut quoted = false;
    let mut count = 0;
    for byte in line.bytes().take(100_000) {
        if byte == b'"' {
            quoted = !quoted;
        } else if byte == delimiter && !quoted {
            count += 1;
        }
    }
    count
}
