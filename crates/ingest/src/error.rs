//! Why a file was refused. Nothing of a refused read is kept.

use super::Problem;
use std::fmt::Write as _;
use std::io;

/// A refusal: which file, what is wrong, what to do next. Never holds the value of a child's row; the council's own
/// tables hold no child, and of them a refusal names row, column and value.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "each message says what its fields are")]
pub enum IngestError {
    #[error("no file to load: name at least one workbook or CSV file")]
    NoFiles,
    #[error("{file}: cannot be read ({source}). Check that it is there and that no other program holds it open")]
    Io { file: String, source: io::Error },
    #[error(
        "{file}: {bytes} bytes, more than the {limit} allowed. Export only the Annex A lists, without pictures or other sheets"
    )]
    TooLarge { file: String, bytes: u64, limit: u64 },
    #[error("{file}: {detail}. No honest extract looks like this: export it again and save it as .xlsx")]
    Hostile { file: String, detail: String },
    #[error("{file}: {detail}. Open it in Excel and save it again as .xlsx, or export it again")]
    Damaged { file: String, detail: String },
    #[error(
        "{file}: it is encrypted with a password. Remove the password in Excel (File, Info, Protect Workbook) and save it again"
    )]
    Encrypted { file: String },
    #[error("{file}: it is {what}. Save it as .xlsx or .csv and load that")]
    WrongKind { file: String, what: &'static str },
    #[error("not yet supported: {what}. {next}")]
    NotSupported { what: String, next: &'static str },
    #[error("{file}: no Annex A sheets found. Name the sheets List_1 to List_11 (found: {found})")]
    NoLists { file: String, found: String },
    #[error("{files}: nothing to load, for no sheet holds headers. Check that the export holds its lists")]
    Nothing { files: String },
    #[error(
        "{file}: cannot tell which list it holds. Put the list in the file's name, for example list_7.csv, and check its headers"
    )]
    UnknownCsv { file: String },
    #[error("{list} is given twice: {first} and {second}. Load only one of them")]
    ListTwice { list: &'static str, first: String, second: String },
    #[error(
        "{file}, sheet \"{sheet}\": no header row of {list} in its first {rows} filled rows. Put the official column headers in row 1 or 2"
    )]
    NoHeader { file: String, sheet: String, list: &'static str, rows: u32 },
    #[error(
        "{file}, sheet \"{sheet}\": named as {list}, but its headers are those of {other}. Rename the sheet or replace its content"
    )]
    OtherList { file: String, sheet: String, list: &'static str, other: &'static str },
    #[error("{file}, {place}: the column \"{column}\" is missing. Add it, with a value in every row")]
    MissingColumn { file: String, place: String, column: String },
    #[error(
        "{file}, {place}: the column \"{column}\" is missing. {found}: one of these may be it, but which child a row is about is never guessed. Name the right one \"{column}\""
    )]
    WhichId { file: String, place: String, column: String, found: String },
    #[error(
        "{file}, sheet \"{sheet}\": the rows of two councils, \"{first}\" and, in row {row}, \"{second}\". Their ids may name different children: load one council's rows only"
    )]
    TwoCouncils { file: String, sheet: String, row: u32, first: String, second: String },
    #[error(
        "{first_file} has the rows of the council \"{first}\", {file}, sheet \"{sheet}\", those of \"{second}\". Their ids may name different children: load one council's files only"
    )]
    TwoCouncilsApart { first_file: String, first: String, file: String, sheet: String, second: String },
    #[error(
        "{file}, sheet \"{sheet}\": several lists stand below each other: {list}, and from row {row} {other}. Save each list as a sheet of a workbook or as a CSV file of its own"
    )]
    SeveralLists { file: String, sheet: String, list: &'static str, row: u32, other: &'static str },
    #[error("{file}: it is {what}. {next}")]
    OtherFile { file: String, what: &'static str, next: &'static str },
    #[error(
        "{file}, sheet \"{sheet}\": a cell stands in row {row}, beyond the {limit} rows that are read. Delete what stands below the data"
    )]
    TooManyRows { file: String, sheet: String, row: u64, limit: u64 },
    #[error(
        "{file}, sheet \"{sheet}\": more than {limit} bytes of text up to row {row}. No honest extract holds so much: leave out columns of long texts and export it again"
    )]
    TooMuchText { file: String, sheet: String, row: u32, limit: u64 },
    #[error(
        "{file}: a quotation mark in or after row {row} is never closed, so the rows below it cannot be told apart. Close it and load again"
    )]
    OpenQuote { file: String, row: u32 },
    #[error("{file}: none of it was taken, for {}", in_words(problems))]
    Rows { file: String, problems: Vec<Problem> },
}

/// Problems named one by one at most: a file with more was exported wrongly, and the first ones show how.
const MOST_NAMED: usize = 50;

/// "2 rows stand in the way:" and what is wrong with each, a line each.
fn in_words(problems: &[Problem]) -> String {
    let mut text = match problems.len() {
        1 => "one thing stands in the way:".to_owned(),
        many => format!("{many} things stand in the way:"),
    };
    for problem in problems.iter().take(MOST_NAMED) {
        let _ = write!(text, "\n- {}", problem.in_words());
    }
    if problems.len() > MOST_NAMED {
        let _ = write!(text, "\n- and {} more", problems.len() - MOST_NAMED);
    }
    text.push_str("\nPut this right and load the file again");
    text
}
