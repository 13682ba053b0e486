//! Which file holds what: told from its content first, then from its name.

use super::annex_a::{self, Candidate, Finished, Reading};
use super::cells::Value;
use super::problems::Log;
use super::table::{self, ReadTable, Table, TableReader};
use super::workbook::{SheetFacts, sheet_facts};
use super::{Format, IngestError, InputFile, Limits, RowSink, SheetRow, delimited, other_files, xls, xlsx, zip_guard};
use calamine::Reader;
use domain::mapping::MappingLine;
use domain::organisation::TeamPlace;
use domain::record::List;
use domain::targets::DatedTarget;
use domain::workforce::WorkforceLine;
use rayon::prelude::*;
use std::collections::HashMap;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Local files that are planned but not read yet.
const LATER: [&str; 11] = [
    "front_door",
    "s47_seen",
    "core_groups",
    "cin_reviews",
    "visits",
    "reviews",
    "return_interviews",
    "court",
    "supervision",
    "steps",
    "conference_attendance",
];

/// How many sheets that are no list by their name are looked into.
const OTHERS_LOOKED_AT: usize = 50;

/// A workbook larger than this is read on two threads, each with its own handle.
const SHARED_FROM: usize = 512 * 1024;

/// A file whose kind is known and whose content is safe to read.
pub(super) enum Source {
    Xlsx { file: String, bytes: Vec<u8>, sheets: Sheets, facts: HashMap<String, SheetFacts> },
    Xls { file: String, book: Box<xls::Book>, sheets: Sheets },
    Csv { file: String, text: String, list: List },
    Own { file: String, text: String, kind: Own, limits: Limits },
}

/// The council's own tables that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Own {
    Organisation,
    Targets,
    Workforce,
    Mapping,
}

impl Own {
    /// By the name of a file, without its ending.
    fn of_name(stem: &str) -> Option<Self> {
        let by_name = [
            (TeamPlace::LIST, Self::Organisation),
            (DatedTarget::LIST, Self::Targets),
            (WorkforceLine::LIST, Self::Workforce),
            (MappingLine::LIST, Self::Mapping),
        ];
        by_name.into_iter().find(|(name, _)| stem.starts_with(name)).map(|(_, kind)| kind)
    }

    /// By the headers. A workforce is told by its name alone: it needs no column but its worker.
    fn of_headers(cells: &[Value<'_>]) -> Option<Self> {
        if table::has_headers::<TeamPlace>(cells) {
            Some(Self::Organisation)
        } else {
            table::has_headers::<DatedTarget>(cells).then_some(Self::Targets)
        }
    }
}

/// The sheets of a workbook, judged by their names.
pub(super) struct Sheets {
    /// Those named as a list.
    lists: Vec<(String, Candidate)>,
    /// The others.
    others: Vec<String>,
}

/// What a file gave.
pub(super) enum Piece {
    List {
        list: List,
        file: String,
        sheet: String,
        finished: Option<Box<Finished>>,
    },
    Organisation(ReadTable<TeamPlace>, Log),
    Targets(ReadTable<DatedTarget>, Log),
    Workforce(ReadTable<WorkforceLine>, Log),
    Mapping(ReadTable<MappingLine>, Log),
    /// A sheet that has the headers of a list but not its name.
    Unnamed {
        list: List,
        file: String,
        sheet: String,
    },
}

impl Source {
    /// Opens a file and finds out what it holds.
    pub(super) fn open(input: &InputFile, format: Format, limits: &Limits) -> Result<Self, IngestError> {
        let bytes = load(input, limits)?;
        let file = input.name.clone();
        guarded(&input.name, || {
            if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
                let parts = zip_guard::check(&bytes, &file, limits).map_err(|error| match error {
                    IngestError::WrongKind { what, .. } if what == other_files::zip().0 => {
                        other(&file, other_files::zip())
                    }
                    error => error,
                })?;
                let facts = sheet_facts(&parts);
                let mut book = xlsx::open(&bytes, &file)?;
                let names = book.sheet_names();
                let read = |sheet: &str, head: &mut Head| {
                    let _ = xlsx::read_sheet(&mut book, &file, sheet, limits, head);
                };
                let sheets = lists_among(&file, &names, format, read)?;
                Ok(Self::Xlsx { file, bytes, sheets, facts })
            } else if bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
                let mut book = Box::new(xls::open(&bytes, &file, limits)?);
                let names = book.sheet_names();
                let read = |sheet: &str, head: &mut Head| {
                    let _ = xls::read_sheet(&mut book, &file, sheet, limits, head);
                };
                let sheets = lists_among(&file, &names, format, read)?;
                Ok(Self::Xls { file, book, sheets })
            } else if let Some(what) = other_files::of_bytes(&bytes) {
                Err(other(&file, what))
            } else {
                Self::open_text(file, bytes, format, limits)
            }
        })
    }

    fn open_text(file: String, bytes: Vec<u8>, format: Format, limits: &Limits) -> Result<Self, IngestError> {
        let text = delimited::decode(bytes);
        if let Some(what) = other_files::of_text(&text) {
            return Err(other(&file, what));
        }
        let name = file.rsplit(['/', '\\']).next().unwrap_or(&file).to_lowercase();
        let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem).replace([' ', '-'], "_");
        let mut head = Head::default();
        head.look(&text, &file);
        if let Some(what) =
            head.other.filter(|_| head.list.is_none() && head.own.is_none() && Own::of_name(&stem).is_none())
        {
            return Err(other(&file, what));
        }
        if format != Format::AnnexA {
            if let Some(kind) = Own::of_name(&stem) {
                return Ok(Self::Own { file, text, kind, limits: limits.clone() });
            }
            if LATER.contains(&stem.as_str()) {
                return Err(IngestError::NotSupported { what: file, next: "Load it without this file" });
            }
            if let Some(kind) = head.own {
                return Ok(Self::Own { file, text, kind, limits: limits.clone() });
            }
            if format == Format::Local {
                let next = "Of the council's own tables organisation.csv, targets.csv, workforce.csv and mapping.csv are read so far";
                return Err(IngestError::NotSupported { what: file, next });
            }
        }
        match annex_a::list_of_file(&name).or(head.list) {
            Some(list) => Ok(Self::Csv { file, text, list }),
            None => Err(IngestError::UnknownCsv { file }),
        }
    }

    /// Whether it is the council's mapping, by which the others are read.
    pub(super) fn is_mapping(&self) -> bool {
        matches!(self, Self::Own { kind: Own::Mapping, .. })
    }

    /// Reads everything the file holds.
    pub(super) fn read(self, reading: Reading<'_>) -> Result<Vec<Piece>, IngestError> {
        match self {
            Self::Xlsx { file, bytes, sheets, facts } => read_xlsx(&file, &bytes, (&sheets, &facts), reading),
            Self::Xls { file, mut book, sheets } => guarded(&file.clone(), || {
                let mut pieces = Vec::new();
                let hidden = xls::hidden_sheets(&book);
                for (sheet, candidate) in &sheets.lists {
                    let facts = SheetFacts { is_hidden: hidden.contains(sheet), ..SheetFacts::default() };
                    let finished = annex_a::read_list(reading, &file, (sheet, &facts), *candidate, false, |sink| {
                        xls::read_sheet(&mut book, &file, sheet, reading.limits, sink)
                    })?;
                    pieces.push(piece(candidate.list, &file, sheet, finished));
                }
                pieces.extend(unnamed(&file, &sheets.others, |sheet, sink| {
                    xls::read_sheet(&mut book, &file, sheet, reading.limits, sink)
                }));
                Ok(pieces)
            }),
            Self::Csv { file, text, list } => {
                let candidate = Candidate { list, surely: true };
                let place = (file.as_str(), &SheetFacts::default());
                let finished = annex_a::read_list(reading, &file, place, candidate, true, |sink| {
                    delimited::read_rows(&text, &file, reading.limits, sink)
                })?;
                Ok(vec![piece(list, &file, &file, finished)])
            }
            Self::Own { file, text, kind, limits } => Ok(vec![match kind {
                Own::Organisation => own(&file, &text, &limits).map(|(read, log)| Piece::Organisation(read, log))?,
                Own::Targets => own(&file, &text, &limits).map(|(read, log)| Piece::Targets(read, log))?,
                Own::Workforce => own(&file, &text, &limits).map(|(read, log)| Piece::Workforce(read, log))?,
                Own::Mapping => own(&file, &text, &limits).map(|(read, log)| Piece::Mapping(read, log))?,
            }]),
        }
    }
}

fn other(file: &str, (what, next): other_files::Other) -> IngestError {
    IngestError::OtherFile { file: file.to_owned(), what, next }
}

fn piece(list: List, file: &str, sheet: &str, finished: Option<Finished>) -> Piece {
    Piece::List { list, file: file.to_owned(), sheet: sheet.to_owned(), finished: finished.map(Box::new) }
}

/// Reads one of the council's own tables.
fn own<Line: Table>(file: &str, text: &str, limits: &Limits) -> Result<(ReadTable<Line>, Log), IngestError> {
    let mut reader = TableReader::new(file, limits);
    delimited::read_rows(text, file, limits, &mut reader)?;
    reader.finish()
}

/// Reads a file whole, if it is small enough.
fn load(input: &InputFile, limits: &Limits) -> Result<Vec<u8>, IngestError> {
    let failed = |source| IngestError::Io { file: input.name.clone(), source };
    let file = std::fs::File::open(&input.path).map_err(failed)?;
    let too_large = |bytes| IngestError::TooLarge { file: input.name.clone(), bytes, limit: limits.file_bytes };
    let size = file.metadata().map_err(failed)?.len();
    if size > limits.file_bytes {
        return Err(too_large(size));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
    file.take(limits.file_bytes + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > limits.file_bytes { Err(too_large(bytes.len() as u64)) } else { Ok(bytes) }
}

/// Runs code of the reading libraries: where one panics on a damaged file, the file is refused.
fn guarded<T>(file: &str, work: impl FnOnce() -> Result<T, IngestError>) -> Result<T, IngestError> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        Err(IngestError::Damaged {
            file: file.to_owned(),
            detail: "it is not written as its kind of file should be".to_owned(),
        })
    })
}

/// Among sheets not named as a list, those that have the headers of one.
fn unnamed(
    file: &str,
    sheets: &[String],
    mut read: impl FnMut(&str, &mut dyn RowSink) -> Result<(), IngestError>,
) -> Vec<Piece> {
    let look = |sheet: &String| {
        let mut head = Head::default();
        // Its first rows are enough, and a sheet that is not read may be damaged.
        let _ = read(sheet, &mut head);
        Some(Piece::Unnamed { list: head.list?, file: file.to_owned(), sheet: sheet.clone() })
    };
    sheets.iter().take(OTHERS_LOOKED_AT).filter_map(look).collect()
}

fn lists_among(
    file: &str,
    names: &[String],
    format: Format,
    mut look: impl FnMut(&str, &mut Head),
) -> Result<Sheets, IngestError> {
    if format == Format::Local {
        return Err(IngestError::NotSupported {
            what: file.to_owned(),
            next: "Local extracts are CSV files; save the sheet as CSV",
        });
    }
    let lists: Vec<_> = names.iter().filter_map(|name| Some((name.clone(), annex_a::list_of_sheet(name)?))).collect();
    let others = names.iter().filter(|name| annex_a::list_of_sheet(name).is_none()).cloned().collect();
    if lists.is_empty() {
        for name in names.iter().take(OTHERS_LOOKED_AT) {
            let mut head = Head::default();
            look(name, &mut head);
            if let Some(what) = head.other.or_else(|| other_files::of_name(name)) {
                return Err(other(file, what));
            }
        }
        let found: Vec<_> = names.iter().take(10).map(|name| name.chars().take(40).collect::<String>()).collect();
        return Err(IngestError::NoLists { file: file.to_owned(), found: found.join(", ") });
    }
    Ok(Sheets { lists, others })
}

/// Reads a workbook's lists, a large one on two threads.
fn read_xlsx(
    file: &str,
    bytes: &[u8],
    (sheets, facts): (&Sheets, &HashMap<String, SheetFacts>),
    reading: Reading<'_>,
) -> Result<Vec<Piece>, IngestError> {
    let unknown = SheetFacts::default();
    let next = AtomicUsize::new(0);
    let workers =
        if bytes.len() > SHARED_FROM && sheets.lists.len() > 1 { 2.min(rayon::current_num_threads()) } else { 1 };
    let work = |worker: usize| {
        guarded(file, || {
            let mut book = xlsx::open(bytes, file)?;
            let mut pieces = Vec::new();
            while let Some((sheet, candidate)) = sheets.lists.get(next.fetch_add(1, Ordering::Relaxed)) {
                let facts = facts.get(sheet).unwrap_or(&unknown);
                let finished = annex_a::read_list(reading, file, (sheet, facts), *candidate, false, |sink| {
                    xlsx::read_sheet(&mut book, file, sheet, reading.limits, sink)
                })?;
                pieces.push(piece(candidate.list, file, sheet, finished));
            }
            if worker == 0 {
                pieces.extend(unnamed(file, &sheets.others, |sheet, sink| {
                    xlsx::read_sheet(&mut book, file, sheet, reading.limits, sink)
                }));
            }
            Ok(pieces)
        })
    };
    let pieces: Vec<Vec<Piece>> = (0..workers).into_par_iter().map(work).collect::<Result<_, _>>()?;
    Ok(pieces.into_iter().flatten().collect())
}

/// What the first rows of a CSV file say it is.
#[derive(Default)]
struct Head {
    rows: u32,
    list: Option<List>,
    own: Option<Own>,
    /// Another return that the rows seem to be of.
    other: Option<other_files::Other>,
}

impl Head {
    fn look(&mut self, text: &str, file: &str) {
        if self.rows == 0 {
            let end = text.char_indices().nth(100_000).map_or(text.len(), |(end, _)| end);
            // The end of the rows looked at is signalled as an error; the file itself is read later.
            let _ = delimited::read_rows(&text[..end], file, &Limits::default(), self);
            self.rows = self.rows.max(1);
        }
    }
}

impl RowSink for Head {
    fn row(&mut self, row: &SheetRow<'_>) -> Result<(), IngestError> {
        self.rows += 1;
        let cells: Vec<Value<'_>> = row.cells.iter().take(200).copied().collect();
        self.own = Own::of_headers(&cells).filter(|_| self.rows == 1);
        self.list = annex_a::list_of_headers(&cells);
        self.other = self.other.or_else(|| other_files::of_row(&cells));
        if self.own.is_some() || self.list.is_some() || self.rows >= annex_a::HEADER_ROWS {
            Err(IngestError::NoFiles)
        } else {
            Ok(())
        }
    }
}
