//! Extracts for tests: CSV lists written by hand or at random, loaded through the usual door.

use chrono::{NaiveDate, TimeDelta};
use domain::holds::Confirmed;
use ingest::{Format, InputFile, Silent};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use rand::{Rng as _, SeedableRng as _};
use server::clock::Clock;
use server::db::Db;
use server::load::{LoadError, LoadRequest, Outcome, load};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub const REFERRALS: &str = "Child Unique ID,Date of Birth,Date of referral,Referral NFA?,Number of Referrals in Last 12 Months,Allocated Team,Allocated Worker";
pub const CONTACTS: &str = "Child Unique ID,Date of Birth,Date of Contact,Contact Source";
pub const ASSESSMENTS: &str = "Child Unique ID,Date of Birth,Continuous Assessment Start Date,\
    Child Seen During Continuous Assessment,Continuous Assessment Date of Authorisation,Allocated Team,Allocated Worker";
pub const SECTION_47S: &str = "Child Unique ID,Date of Birth,Strategy discussion initiating Section 47 Enquiry Start Date,\
    Was an Initial Child Protection Conference deemed unnecessary?,Date of Initial Child Protection Conference,\
    Did the Initial Child Protection Conference Result in a Child Protection Plan,\
    Number of Section 47 Enquiries in the last 12 months,Allocated Team,Allocated Worker";
pub const NEEDS: &str = "Child Unique ID,Date of Birth,Does the Child have a Disability,CIN Start Date,\
    Date Child Was Last Seen,CIN Closure Date,Case status,Allocated Team,Allocated Worker";
pub const PLANS: &str = "Child Unique ID,Date of Birth,Child Protection Plan Start Date,Date of the Last Statutory Visit,\
    Was the Child Seen Alone?,Date of latest review conference,Child Protection Plan End Date,\
    Number of Previous Child Protection Plans,Allocated Team,Allocated Worker";
pub const CARE: &str = "Child Unique ID,Date of Birth,Date Started to be Looked After,Child's Legal Status,\
    Date of Latest Statutory Review,Date of Last Social Work Visit,What is the permanence plan for this child?,\
    Date of Last Health Assessment,Date of Last Dental Check,Number of Placements in the Last 12 months,\
    Date Ceased to be Looked After,Start Date of Most Recent Placement,Placement Type,\
    Number of Episodes the Child has been 'Missing' from their Placement in the last 12 months,\
    Was the child offered a Return Interview after their last missing episode (Y/N)?,Allocated Team,Allocated Worker";
pub const LEAVERS: &str = "Child Unique ID,Date of Birth,Allocated Team,Allocated Worker,Allocated Personal Advisor,\
    Eligibility Category,Latest Pathway Plan Review Date,LA In Touch,Latest Date of Contact,Type of Accommodation,\
    Suitability of Accommodation,Activity Status";

/// A folder of CSV lists.
pub struct Files {
    folder: tempfile::TempDir,
    paths: Vec<PathBuf>,
}

impl Files {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), paths: Vec::new() }
    }

    /// Adds `list_N.csv`.
    pub fn list(&mut self, number: u8, head: &str, rows: &[String]) -> &mut Self {
        self.file(&format!("list_{number}.csv"), head, rows)
    }

    /// Adds any CSV file.
    pub fn file(&mut self, name: &str, head: &str, rows: &[String]) -> &mut Self {
        let path = self.folder.path().join(name);
        let mut text = format!("{head}\n");
        for row in rows {
            writeln!(text, "{row}").unwrap();
        }
        std::fs::write(&path, text).unwrap();
        if !self.paths.contains(&path) {
            self.paths.push(path);
        }
        self
    }

    /// Puts other files' list in the place of the own.
    pub fn list_of(&mut self, other: &Self, number: u8) -> &mut Self {
        let name = format!("list_{number}.csv");
        std::fs::copy(other.folder.path().join(&name), self.folder.path().join(&name)).unwrap();
        self
    }

    /// What `load` takes.
    pub fn inputs(&self) -> Vec<InputFile> {
        self.paths.iter().map(|path| input(path)).collect()
    }

    pub async fn load(&self, db: &Db, as_at: &str) -> Result<Outcome, LoadError> {
        self.load_as(db, as_at, false).await
    }

    pub async fn load_as(&self, db: &Db, as_at: &str, confirmed: bool) -> Result<Outcome, LoadError> {
        self.load_at(db, &clock(), as_at, confirmed).await
    }

    /// Loads at another time.
    pub async fn load_at(&self, db: &Db, clock: &Clock, as_at: &str, confirmed: bool) -> Result<Outcome, LoadError> {
        let request = LoadRequest {
            files: self.inputs(),
            format: Format::Auto,
            as_at: day(as_at),
            loaded_by: "a test".to_owned(),
            request_id: "a test".to_owned(),
            confirmed: if confirmed { Confirmed::All } else { Confirmed::default() },
            why: None,
            check: false,
        };
        load(db, clock, request, Arc::new(Silent)).await
    }
}

pub fn input(path: &Path) -> InputFile {
    InputFile { name: path.file_name().unwrap().to_str().unwrap().to_owned(), path: path.to_owned() }
}

pub fn clock() -> Clock {
    Clock::fixed("2026-03-02T08:00:00Z".parse().unwrap())
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Teams of the random extracts: two services, one team that is not mapped.
pub const TEAMS: [&str; 5] = ["North 1", "North 2", "South 1", "South 2", "Nowhere"];
pub const ORGANISATION_HEAD: &str = "team,service,head_of_service";

pub fn organisation() -> Vec<String> {
    ["North 1,North,Ann Able", "North 2,North,Ann Able", "South 1,South,Ben Bold", "South 2,South,Ben Bold"]
        .map(str::to_owned)
        .into()
}

/// Random rows of one seed.
pub struct Random {
    rng: StdRng,
    as_at: NaiveDate,
}

impl Random {
    pub fn new(seed: u64, as_at: NaiveDate) -> Self {
        Self { rng: StdRng::seed_from_u64(seed), as_at }
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of.choose(&mut self.rng).unwrap()
    }

    fn child(&mut self) -> String {
        format!("C{:03}", self.rng.random_range(0..40))
    }

    /// A date up to `back` days before as-at, sometimes after it, sometimes blank or no date at all.
    fn date(&mut self, back: i64) -> String {
        match self.rng.random_range(0..20) {
            0 => String::new(),
            1 => "31/02/2024".to_owned(),
            2 => (self.as_at + TimeDelta::days(self.rng.random_range(1..60))).format("%d/%m/%Y").to_string(),
            _ => (self.as_at - TimeDelta::days(self.rng.random_range(0..=back))).to_string(),
        }
    }

    fn rarely(&mut self, date: String) -> String {
        if self.rng.random_range(0..4) == 0 { date } else { String::new() }
    }

    fn born(&mut self) -> String {
        self.date(22 * 365)
    }

    fn held(&mut self) -> String {
        let team = self.one(&["North 1", "north  1", "North 2", "South 1", "South 2", "Nowhere", ""]);
        let worker = self.one(&["Amy", "amy ", "Bob", "Cas", "Dee", "Duty", "Unallocated", "North 1", ""]);
        format!("{team},{worker}")
    }

    fn yes_no(&mut self) -> &'static str {
        self.one(&["a) Yes", "b) No", "Y", "0", "c) Unknown", ""])
    }

    fn rows(&mut self, most: usize, row: impl Fn(&mut Self) -> String) -> Vec<String> {
        let count = self.rng.random_range(0..most);
        (0..count).map(|_| row(self)).collect()
    }

    /// A whole extract with its organisation.
    pub fn files(&mut self) -> Files {
        let mut files = Files::new();
        let rows = self.rows(60, |r| format!("{},{},{},", r.child(), r.born(), r.date(200)));
        files.list(1, CONTACTS, &rows);
        let rows = self.rows(60, |r| {
            format!(
                "{},{},{},{},{},{}",
                r.child(),
                r.born(),
                r.date(200),
                r.yes_no(),
                r.one(&["0", "1", "2", ""]),
                r.held()
            )
        });
        files.list(3, REFERRALS, &rows);
        let rows = self.rows(60, |r| {
            let (start, end) = (r.date(200), r.date(90));
            format!("{},{},{start},{},{},{}", r.child(), r.born(), r.yes_no(), r.rarely(end), r.held())
        });
        files.list(4, ASSESSMENTS, &rows);
        let rows = self.rows(50, |r| {
            let icpc = r.date(90);
            format!(
                "{},{},{},{},{},{},{},{}",
                r.child(),
                r.born(),
                r.date(120),
                r.yes_no(),
                r.rarely(icpc),
                r.yes_no(),
                r.one(&["0", "1", ""]),
                r.held()
            )
        });
        files.list(5, SECTION_47S, &rows);
        let rows = self.rows(60, |r| {
            let end = r.date(90);
            let status = r.one(&[
                "a) Looked after child",
                "c) Child in need plan",
                "Child in need plan",
                "e) Closed episode",
                "",
            ]);
            format!(
                "{},{},{},{},{},{},{status},{}",
                r.child(),
                r.born(),
                r.yes_no(),
                r.date(600),
                r.date(60),
                r.rarely(end),
                r.held()
            )
        });
        files.list(6, NEEDS, &rows);
        let rows = self.rows(50, |r| {
            let end = r.date(90);
            format!(
                "{},{},{},{},{},{},{},{},{}",
                r.child(),
                r.born(),
                r.date(900),
                r.date(30),
                r.yes_no(),
                r.date(250),
                r.rarely(end),
                r.one(&["0", "1", ""]),
                r.held()
            )
        });
        files.list(7, PLANS, &rows);
        let rows = self.rows(50, |r| {
            let end = r.date(90);
            format!(
                "{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}",
                r.child(),
                r.born(),
                r.date(1500),
                r.one(&["C1: ICO", "C2", "V3", "V4", ""]),
                r.date(250),
                r.date(60),
                r.one(&["f) Long-term fostering", "a) Return to family", ""]),
                r.date(500),
                r.date(500),
                r.one(&["1", "3", "5", ""]),
                r.rarely(end),
                r.date(1200),
                r.one(&["a) U1", "k) P1", "U4", "K2", ""]),
                r.one(&["0", "1", "2"]),
                r.yes_no(),
                r.held()
            )
        });
        files.list(8, CARE, &rows);
        let rows = self.rows(40, |r| {
            format!(
                "{},{},{},{},{},{},{},{},{},{},{}",
                r.child(),
                r.born(),
                r.held(),
                r.one(&["Pat", ""]),
                r.one(&["a) Relevant child", "b)", "c)"]),
                r.date(300),
                r.one(&["a) Yes", "b) No", "c) Died", "f) Rhom", ""]),
                r.date(90),
                r.one(&["U: Independent living", "G", "H", ""]),
                r.one(&["a) Suitable", "b) Unsuitable", ""]),
                r.one(&["F1", "F2: x", "G5", ""])
            )
        });
        files.list(9, LEAVERS, &rows);
        files.file("organisation.csv", ORGANISATION_HEAD, &organisation());
        files
    }
}
