//! The council's own tables, with each extract: the organisation, the workforce and the targets as they are on its date.

use super::calendar::date_of;
use super::county::organisation;
use super::lists::View;
use super::options::DemoError;
use super::targets;
use super::write::{csv_error, csv_writer};
use chrono::NaiveDate;
use std::path::{Path, PathBuf};

type Record = Vec<String>;

/// Writes the tables as they are on the extract's date and answers their files.
pub(super) fn write_own_tables(folder: &Path, view: &View) -> Result<Vec<PathBuf>, DemoError> {
    Ok(vec![
        write(folder, "organisation.csv", &ORGANISATION, &places())?,
        write(folder, "workforce.csv", &WORKFORCE, &workforce(view))?,
        write(folder, "targets.csv", &TARGETS, &set_targets(view))?,
    ])
}

fn write(folder: &Path, name: &str, head: &[&str], records: &[Record]) -> Result<PathBuf, DemoError> {
    let path = folder.join(name);
    let mut writer = csv_writer(&path)?;
    let mut write = || {
        writer.write_record(head)?;
        for record in records {
            writer.write_record(record)?;
        }
        Ok(writer.flush()?)
    };
    write().map_err(|error| csv_error(&path, error))?;
    Ok(path)
}

fn date(day: Option<NaiveDate>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

const ORGANISATION: [&str; 11] = [
    "team",
    "team_type",
    "locality",
    "service",
    "head_of_service",
    "head_of_service_email",
    "director",
    "team_manager",
    "team_manager_email",
    "valid_from",
    "valid_to",
];

fn places() -> Vec<Record> {
    let record = |place: domain::organisation::TeamPlace| {
        vec![
            place.team,
            place.team_type.unwrap_or_default(),
            place.locality.unwrap_or_default(),
            place.service,
            place.head_of_service,
            place.head_of_service_email.unwrap_or_default(),
            place.director.unwrap_or_default(),
            place.team_manager.unwrap_or_default(),
            place.team_manager_email.unwrap_or_default(),
            date(place.valid_from),
            date(place.valid_to),
        ]
    };
    organisation().into_iter().map(record).collect()
}

const WORKFORCE: [&str; 9] =
    ["worker", "team", "role", "fte", "agency", "newly_qualified", "permanent", "started", "left"];

fn workforce(view: &View) -> Vec<Record> {
    let setting = &view.world.setting;
    let yes_no = |answer: Option<bool>| answer.map_or("", |yes| if yes { "yes" } else { "no" }).to_owned();
    let lines = setting.workforce.lines(&setting.story, setting.first, view.as_at).into_iter();
    lines
        .map(|line| {
            vec![
                line.worker,
                line.team.unwrap_or_default(),
                line.role.map(|role| role.title().to_owned()).unwrap_or_default(),
                line.fte.map(|fte| fte.to_string()).unwrap_or_default(),
                yes_no(line.agency),
                yes_no(line.newly_qualified),
                yes_no(line.permanent),
                date(line.started),
                date(line.left),
            ]
        })
        .collect()
}

const TARGETS: [&str; 6] = ["indicator", "team", "service", "target", "tolerance", "valid_from"];

fn set_targets(view: &View) -> Vec<Record> {
    let setting = &view.world.setting;
    let lines = targets::lines(setting.first, setting.last, view.as_at).into_iter();
    lines
        .map(|line| {
            let texts = [line.indicator, line.team, line.service, line.target, line.tolerance];
            texts.into_iter().map(str::to_owned).chain([date_of(line.valid_from).to_string()]).collect()
        })
        .collect()
}
