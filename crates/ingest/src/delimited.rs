//! Text files: decoding, and CSV as councils' systems write it.

use super::cells::Value;
use super::{IngestError, Limits, RowSink, SheetRow};
use csv_core::ReadFieldResult;
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

/// Gives every row of a CSV text to `sink`. Row numbers are those a spreadsheet shows. Of a row no more is held than the
/// columns that are read, and of a cell a little more than its longest text, whatever the file holds.
///
/// # Errors
/// When a quotation mark is never closed, or the sink refuses a row.
pub(super) fn read_rows(text: &str, file: &str, limits: &Limits, sink: &mut dyn RowSink) -> Result<(), IngestError> {
    let (delimiter, text) = delimiter(text);
    let mut reader = csv_core::ReaderBuilder::new().delimiter(delimiter).build();
    let mut row = CsvRow::new(limits);
    let mut number = 0u32;
    let mut last = (0, 0);
    let mut at = 0;
    loop {
        let start = at;
        if !row.read(&mut reader, text.as_bytes(), &mut at) {
            break;
        }
        number = number.saturating_add(blank_lines(text.as_bytes(), start, at)).saturating_add(1);
        last = (start, at);

        let nul = row.text.contains(&0);
        let cleaned: Vec<Cow<'_, str>>;
        let values: Vec<Value<'_>> = if nul {
            cleaned = row.cells().map(|field| Cow::Owned(field.replace('\0', ""))).collect();
            cleaned.iter().map(|field| Value::Text(field)).collect()
        } else {
            row.cells().map(Value::Text).collect()
        };
        sink.row(&SheetRow { number, cells: &values, beyond: row.beyond, nul })?;
    }
    // A quotation mark that is never closed swallows every row below it into the last field.
    let (start, end) = last;
    let tail = text.get(start..end).unwrap_or_default();
    if tail.matches('"').count() % 2 == 1 && tail.trim_matches(['\r', '\n']).contains('\n') {
        return Err(IngestError::OpenQuote { file: file.to_owned(), row: number });
    }
    Ok(())
}

/// One row at a time, in the same memory.
struct CsvRow {
    columns: usize,
    cell_bytes: usize,
    text: Vec<u8>,
    /// Where each cell ends in `text`.
    ends: Vec<usize>,
    /// Whether something stands beyond the columns that are read.
    beyond: bool,
}

impl CsvRow {
    fn new(limits: &Limits) -> Self {
        // One character more than is kept, of the longest kind, so that a longer text is seen to be longer.
        let cell_bytes = limits.cell_chars.saturating_add(1).saturating_mul(char::MAX.len_utf8());
        Self { columns: limits.columns, cell_bytes, text: Vec::new(), ends: Vec::new(), beyond: false }
    }

    /// Reads the next row from `at` on; whether there was one.
    fn read(&mut self, reader: &mut csv_core::Reader, text: &[u8], at: &mut usize) -> bool {
        self.text.clear();
        self.ends.clear();
        self.beyond = false;
        let mut piece = [0; 1024];
        loop {
            let (result, taken, written) = reader.read_field(text.get(*at..).unwrap_or_default(), &mut piece);
            *at += taken;
            self.take(piece.get(..written).unwrap_or_default());
            match result {
                ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => {}
                ReadFieldResult::Field { record_end } => {
                    if self.ends.len() < self.columns {
                        self.end_cell();
                    }
                    if record_end {
                        return true;
                    }
                }
                ReadFieldResult::End => return false,
            }
        }
    }

    fn take(&mut self, piece: &[u8]) {
        if self.ends.len() >= self.columns {
            self.beyond |= piece.iter().any(|byte| !byte.is_ascii_whitespace());
            return;
        }
        let room = (self.start() + self.cell_bytes).saturating_sub(self.text.len());
        self.text.extend_from_slice(piece.get(..room).unwrap_or(piece));
    }

    fn start(&self) -> usize {
        self.ends.last().copied().unwrap_or_default()
    }

    /// A text that was cut within a character loses the rest of it.
    fn end_cell(&mut self) {
        let start = self.start();
        let valid = match str::from_utf8(self.text.get(start..).unwrap_or_default()) {
            Ok(_) => self.text.len(),
            Err(error) => start + error.valid_up_to(),
        };
        self.text.truncate(valid);
        self.ends.push(valid);
    }

    fn cells(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts
            .zip(&self.ends)
            .map(|(start, end)| str::from_utf8(self.text.get(start..*end).unwrap_or_default()).unwrap_or_default())
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    type Rows = Vec<(u32, Vec<String>, bool)>;

    struct Kept(Rows);

    impl RowSink for Kept {
        fn row(&mut self, row: &SheetRow<'_>) -> Result<(), IngestError> {
            let cell = |cell: &Value<'_>| match cell {
                Value::Text(text) => (*text).to_owned(),
                other => panic!("{other:?} in a text file"),
            };
            self.0.push((row.number, row.cells.iter().map(cell).collect(), row.beyond));
            Ok(())
        }
    }

    fn rows(text: &str, limits: &Limits) -> Rows {
        let mut kept = Kept(Vec::new());
        let _ = read_rows(text, "list_1.csv", limits, &mut kept);
        kept.0
    }

    fn small() -> Limits {
        Limits { columns: 3, cell_chars: 4, ..Limits::default() }
    }

    #[test]
    fn cells_right_of_the_columns_that_are_read_are_noticed_and_not_kept() {
        let said = rows("a,b,c,,\na,b,c,, \na,b,c,,x\n,\n", &small());
        let beyond: Vec<(usize, bool)> = said.iter().map(|(_, cells, beyond)| (cells.len(), *beyond)).collect();
        assert_eq!(beyond, [(3, false), (3, false), (3, true), (2, false)]);
    }

    #[test]
    fn a_long_cell_is_cut_between_characters_and_stays_longer_than_a_cell_may_be() {
        let longest = |text: &str| rows(text, &small())[0].1[0].clone();
        assert_eq!(longest("abcd,x\n"), "abcd");
        assert!(longest(&format!("{},x\n", "a".repeat(5_000))).chars().count() > 4);
        let mixed = longest(&format!("a{},x\n", "\u{1f600}".repeat(5_000)));
        assert!(mixed.chars().count() == 5 && mixed.ends_with('\u{1f600}'), "{mixed}");
        // What comes after it stands where it did.
        assert_eq!(rows(&format!("\"{}\",x\nb,y\n", "a\n".repeat(900)), &small())[0].1[1], "x");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

        #[test]
        fn rows_are_those_of_the_csv_library(text in "[ab,;\t\"\r\n é]{0,40}") {
            let (delimiter, body) = delimiter(&text);
            let mut reader = csv::ReaderBuilder::new()
                .delimiter(delimiter).has_headers(false).flexible(true).from_reader(body.as_bytes());
            let theirs: Vec<Vec<String>> =
                reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect();
            let ours: Vec<Vec<String>> = rows(&text, &Limits::default()).into_iter().map(|(_, cells, _)| cells).collect();
            prop_assert_eq!(ours, theirs);
        }
    }
}
