//! Files into typed records.
//!
//! Every row of every list ends as loaded, rejected or duplicate, and the three add up to the rows read.
//! What cannot be read safely is refused as a whole, with a sentence that says what to do; what can be read
//! but looks wrong becomes a [`Problem`]. Files are hostile until shown otherwise: see [`Limits`].
//!
//! | module | what it does |
//! |---|---|
//! | `sources` | which file holds what, by content and name |
//! | `zip_guard`, `xlsx`, `xls`, `delimited` | rows out of each kind of file |
//! | `workbook` | what a workbook says of its sheets beside their cells |
//! | [`annex_a`] | sheets, headers and rows of the eleven lists |
//! | `across` | what shows when the lists stand beside each other |
//! | `other_files` | files that are something else |
//! | `table` | the council's own tables, a line a row |
//! | `organisation`, `targets`, `workforce`, `mapping` | what each of them holds |
//! | `cells`, `dates`, `coded` | one value |

mod across;
pub mod annex_a;
mod cells;
mod coded;
mod dates;
mod delimited;
mod error;
mod limits;
mod mapping;
mod organisation;
mod other_files;
mod problem_kinds;
mod problems;
mod profile;
mod sources;
mod table;
mod targets;
mod workbook;
mod workforce;
mod xls;
mod xlsx;
mod zip_guard;

pub use error::IngestError;
pub use limits::Limits;
pub use mapping::MappingUse;
pub use problems::in_words;
pub use problems::{Problem, ProblemGroup, ProblemKind, Severity};
pub use profile::{ColumnProfile, DateForms, GivenAge};
pub use table::ReadTable;

use annex_a::{Finished, Reading};
use chrono::NaiveDate;
use domain::mapping::{Mapping, MappingLine};
use domain::measures::Supplied;
use domain::names::Names;
use domain::organisation::TeamPlace;
use domain::record::{List, Record};
use domain::targets::DatedTarget;
use domain::workforce::WorkforceLine;
use problems::{Finding, Log};
use rayon::prelude::*;
use sources::{Piece, Source};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use table::Table;

/// A file to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputFile {
    /// The name shown in reports; it also tells which list a CSV file holds.
    pub name: String,
    /// Where it lies.
    pub path: PathBuf,
}

/// How files are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// Told from each file.
    #[default]
    Auto,
    /// Ofsted's Annex A: workbooks, or CSV files one a list.
    AnnexA,
    /// The Standard Safeguarding Dataset.
    Ssd,
    /// The council's own CSV files.
    Local,
}

/// Hears how far a read has come, from several threads.
pub trait Progress: Sync {
    /// `done` rows of a sheet are read.
    fn rows(&self, sheet: &str, done: u64);
}

/// Hears nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Progress for Silent {
    fn rows(&self, _sheet: &str, _done: u64) {}
}

/// Everything that was read.
#[derive(Debug, Default)]
pub struct Extract {
    /// The lists that were supplied, in their order.
    pub lists: Vec<ReadList>,
    /// Teams and workers, met in the order of lists and rows.
    pub names: Names,
    /// Lists and columns supplied.
    pub supplied: Supplied,
    /// The first problems, in the order of lists and rows.
    pub problems: Vec<Problem>,
    /// How many problems there were.
    pub problems_total: u64,
    /// The same by kind, list and column, all counted.
    pub problem_groups: Vec<ProblemGroup>,
    /// The organisation, when its file was given.
    pub organisation: Option<ReadTable<TeamPlace>>,
    /// The targets, when their file was given.
    pub targets: Option<ReadTable<DatedTarget>>,
    /// The workforce, when its file was given.
    pub workforce: Option<ReadTable<WorkforceLine>>,
    /// The council's mapping, when its file was given.
    pub mapping: Option<ReadTable<MappingLine>>,
    /// By which lines of the mapping the lists were read, and how often.
    pub uses: Vec<MappingUse>,
    /// Ages given beside a date of birth, of every list but the adopters'.
    pub ages: Vec<GivenAge>,
}

/// One list as read.
#[derive(Debug)]
pub struct ReadList {
    /// The list.
    pub list: List,
    /// Its sheet, or the name of its CSV file.
    pub sheet: String,
    /// Its file.
    pub file: String,
    /// Rows that were not blank: `loaded + rejected + duplicate`.
    pub rows_in: u64,
    /// Rows that became records.
    pub loaded: u64,
    /// Rows that are no record: without an id, totals, footers, notes.
    pub rejected: u64,
    /// Rows equal to an earlier one in every cell.
    pub duplicate: u64,
    /// Warnings given, whether kept or only counted.
    pub warnings: u64,
    /// Ids that a spreadsheet may have rounded: in scientific notation, or with more digits than a number keeps.
    pub rounded_ids: u64,
    /// The columns that were found, in the order of the template.
    pub columns: Vec<ColumnProfile>,
    /// The records, in the order of the sheet.
    pub rows: Vec<ReadRow>,
}

/// One loaded row.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadRow {
    /// Its row in the sheet, from 1.
    pub row: u32,
    /// The child's id; on List 11 the adopter's.
    pub child_id: Arc<str>,
    /// The record as supplied: a readable date is kept even where it cannot be right.
    pub record: Record,
}

/// One row of a sheet or file, on its way to whoever reads it.
struct SheetRow<'a> {
    /// From 1, as a spreadsheet shows it.
    number: u32,
    cells: &'a [cells::Value<'a>],
    /// Whether cells beyond the columns that are read are filled.
    beyond: bool,
    /// Whether NUL bytes were removed from it.
    nul: bool,
}

/// Takes rows one by one.
trait RowSink {
    fn row(&mut self, row: &SheetRow<'_>) -> Result<(), IngestError>;
}

/// Reads files into records, all or nothing. `set` holds every line of the council's mapping; those of a `mapping.csv` among
/// the files count too, for these very files.
///
/// # Errors
/// When a file cannot be read, is no known format, is hostile or damaged, lacks its id column or headers, or
/// when a list is given twice. The error names the file and says what to do.
pub fn read(
    files: &[InputFile],
    format: Format,
    as_at: NaiveDate,
    set: &[MappingLine],
    limits: &Limits,
    progress: &dyn Progress,
) -> Result<Extract, IngestError> {
    if format == Format::Ssd {
        return Err(IngestError::NotSupported {
            what: "the Standard Safeguarding Dataset (ssd)".into(),
            next: "Load Annex A workbooks instead",
        });
    }
    if files.is_empty() {
        return Err(IngestError::NoFiles);
    }
    let opened: Vec<Source> =
        files.par_iter().map(|file| Source::open(file, format, limits)).collect::<Result<_, _>>()?;
    let (loaded, text) = (AtomicU64::new(0), AtomicU64::new(0));
    let mapping = Mapping::default();
    let reading = Reading { as_at, mapping: &mapping, limits, progress, loaded: &loaded, text: &text };
    // The mapping comes first: it says how the others are read.
    let (mappings, others): (Vec<Source>, Vec<Source>) = opened.into_iter().partition(Source::is_mapping);
    let mut pieces: Vec<Piece> = Vec::new();
    for source in mappings {
        pieces.extend(source.read(reading)?);
    }
    let given = pieces.iter().flat_map(|piece| match piece {
        Piece::Mapping(read, _) => read.lines.as_slice(),
        _ => &[],
    });
    let mapping = Mapping::on(as_at, set.iter().chain(given).cloned());
    let reading = Reading { mapping: &mapping, ..reading };
    let read: Vec<Vec<Piece>> = others.into_par_iter().map(|source| source.read(reading)).collect::<Result<_, _>>()?;
    pieces.extend(read.into_iter().flatten());
    let extract = assemble(pieces, as_at, limits)?;
    if extract.lists.is_empty() && !extract.has_own_tables() {
        let names: Vec<_> = files.iter().map(|file| file.name.as_str()).collect();
        return Err(IngestError::Nothing { files: names.join(", ") });
    }
    Ok(extract)
}

/// A sheet that was read: list, file, sheet, and what it held.
type Held = (List, String, String, Option<Finished>);

/// Puts what the files held into one extract.
fn assemble(pieces: Vec<Piece>, as_at: NaiveDate, limits: &Limits) -> Result<Extract, IngestError> {
    let mut extract = Extract::default();
    let mut log = Log::new(limits.problems);
    let mut found: Vec<Held> = Vec::new();
    let mut uses = mapping::Uses::default();
    let (mut organisation, mut targets, mut workforce, mut of_mapping) = (None, None, None, None);
    let mut unnamed: Vec<(List, String, String)> = Vec::new();
    for piece in pieces {
        match piece {
            Piece::List { list, file, sheet, finished } => {
                found.push((list, file, sheet, finished.map(|finished| *finished)))
            }
            Piece::Unnamed { list, file, sheet } => unnamed.push((list, file, sheet)),
            Piece::Organisation(read, problems) => once(&mut organisation, read, problems)?,
            Piece::Targets(read, problems) => once(&mut targets, read, problems)?,
            Piece::Workforce(read, problems) => once(&mut workforce, read, problems)?,
            Piece::Mapping(read, problems) => once(&mut of_mapping, read, problems)?,
        }
    }
    found.sort_by_key(|(list, ..)| *list);
    check_councils(&found)?;

    for list in List::ALL {
        let (mut sheets, blank): (Vec<Held>, Vec<Held>) =
            found.extract_if(.., |(of, ..)| *of == list).partition(|(.., finished)| finished.is_some());
        // A sheet without data gives way to one with data.
        let with_data = sheets
            .iter()
            .filter(|(.., finished)| finished.as_ref().is_some_and(|finished| finished.rows_in > 0))
            .count();
        if with_data > 0 {
            sheets.sort_by_key(|(.., finished)| finished.as_ref().is_none_or(|finished| finished.rows_in == 0));
        }
        let copies = exact_copies(&mut sheets);
        for (_, file, sheet, _) in copies {
            let message = "is an exact copy of another sheet of the same list, left out: delete it";
            note(&mut log, list, &file, &sheet, ProblemKind::SheetCopy, message);
        }
        if let [(_, file, sheet, _), (_, other_file, other_sheet, Some(other)), ..] = &sheets[..]
            && other.rows_in > 0
        {
            let place = |file: &str, sheet: &str| {
                if file == sheet { file.to_owned() } else { format!("{file}, sheet \"{sheet}\"") }
            };
            return Err(IngestError::ListTwice {
                list: list.label(),
                first: place(file, sheet),
                second: place(other_file, other_sheet),
            });
        }
        let mut sheets = sheets.into_iter();
        let used = sheets.next();
        for (_, file, sheet, _) in sheets {
            note(
                &mut log,
                list,
                &file,
                &sheet,
                ProblemKind::SheetWithoutRows,
                "holds no rows, left out: another sheet of the same list is used",
            );
        }
        for (_, file, sheet, _) in blank {
            note(
                &mut log,
                list,
                &file,
                &sheet,
                ProblemKind::SheetWithoutHeaders,
                "has no header row of the list, left out: delete the sheet, or give it the official headers",
            );
        }
        if used.is_none() {
            for (_, file, sheet) in unnamed.iter().filter(|(of, ..)| *of == list) {
                note(
                    &mut log,
                    list,
                    file,
                    sheet,
                    ProblemKind::UnnamedSheet,
                    "has the headers of this list but not its name, left out: name it as the list to have it read",
                );
            }
        }
        if let Some((_, file, sheet, Some(mut finished))) = used {
            uses.append(std::mem::take(&mut finished.uses));
            extract.take(list, file, sheet, finished, &mut log);
        }
    }
    across::check(&extract, as_at, &mut log);
    extract.organisation = kept(organisation, &mut log);
    extract.targets = kept(targets, &mut log);
    extract.workforce = kept(workforce, &mut log);
    extract.mapping = kept(of_mapping, &mut log);
    extract.uses = uses.into_vec();
    extract.problems = log.kept;
    extract.problems_total = log.total;
    extract.problem_groups = log.groups;
    Ok(extract)
}

/// Takes out the sheets that hold what the first of the same workbook holds, row by row. One that differs stays, so that
/// the list is refused: which of the two is meant cannot be told.
fn exact_copies(sheets: &mut Vec<Held>) -> Vec<Held> {
    let Some((_, file, sheet, Some(first))) = sheets.first() else { return Vec::new() };
    let (file, sheet, rows, digest) = (file.clone(), sheet.clone(), first.rows_in, first.digest);
    let is_copy = |(_, other_file, other_sheet, finished): &mut Held| {
        let same = finished.as_ref().is_some_and(|finished| finished.rows_in == rows && finished.digest == digest);
        *other_file == file && *other_sheet != sheet && same && rows > 0
    };
    sheets.extract_if(1.., is_copy).collect()
}

/// Refuses lists of two councils: of one file, and of files given together.
fn check_councils(found: &[Held]) -> Result<(), IngestError> {
    let mut first: Option<(&str, &str)> = None;
    for (_, file, sheet, finished) in found {
        let Some(council) = finished.as_ref().and_then(|finished| finished.council.as_deref()) else { continue };
        match first {
            None => first = Some((council, file)),
            // One sheet may give a code where another gives a name; only what is alike can be compared.
            Some((known, of)) => {
                let is_code = |name: &str| name.chars().any(|c| c.is_ascii_digit());
                if is_code(known) == is_code(council)
                    && domain::names::name_key(known) != domain::names::name_key(council)
                {
                    return Err(IngestError::TwoCouncilsApart {
                        first_file: of.to_owned(),
                        first: known.to_owned(),
                        file: file.clone(),
                        sheet: sheet.clone(),
                        second: council.to_owned(),
                    });
                }
            }
        }
    }
    Ok(())
}

/// Takes one of the council's own tables, which is given once.
fn once<Line: Table>(
    place: &mut Option<(ReadTable<Line>, Log)>,
    read: ReadTable<Line>,
    problems: Log,
) -> Result<(), IngestError> {
    if let Some((first, _)) = place {
        return Err(IngestError::ListTwice { list: Line::LIST, first: first.file.clone(), second: read.file });
    }
    *place = Some((read, problems));
    Ok(())
}

fn kept<Line>(table: Option<(ReadTable<Line>, Log)>, log: &mut Log) -> Option<ReadTable<Line>> {
    table.map(|(read, problems)| {
        log.append(problems);
        read
    })
}

fn note(log: &mut Log, list: List, file: &str, sheet: &str, kind: ProblemKind, message: &str) {
    let finding = Finding {
        file,
        list: list.label(),
        severity: Severity::Warning,
        kind,
        row: None,
        column: None,
        value: Some(sheet),
        cells: 1,
    };
    log.add(finding, || format!("the sheet \"{sheet}\" {message}"));
}

impl Extract {
    /// Whether any of the council's own tables came with it.
    #[must_use]
    pub fn has_own_tables(&self) -> bool {
        self.organisation.is_some() || self.targets.is_some() || self.workforce.is_some() || self.mapping.is_some()
    }

    /// Adds a list; lists come in their order.
    fn take(&mut self, list: List, file: String, sheet: String, finished: Finished, log: &mut Log) {
        if (List::Referrals..=List::CareLeavers).contains(&list) {
            finished.teams.iter().for_each(|name| self.names.meet_team(name));
            finished.workers.iter().for_each(|name| self.names.meet_worker(name));
        }
        let columns = finished.filled.iter().map(|(header, filled)| ((*header).to_owned(), *filled)).collect();
        self.supplied.lists.insert(list.number(), columns);
        self.lists.push(ReadList {
            list,
            sheet,
            file,
            rows_in: finished.rows_in,
            loaded: finished.rows.len() as u64,
            rejected: finished.rejected,
            duplicate: finished.duplicate,
            warnings: finished.log.warnings,
            rounded_ids: finished.rounded_ids,
            columns: finished.columns,
            rows: finished.rows,
        });
        if list != List::Adopters {
            self.ages.extend(finished.ages);
        }
        log.append(finished.log);
    }
}
