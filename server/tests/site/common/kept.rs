//! Everything a database keeps of extracts, as text that does not depend on the order in which it was kept.

use super::TestApp;
use server::db::Db;
use sqlx::Row as _;
use std::collections::BTreeMap;

/// What is kept, table by table: its columns, and where they come from. Numbers of rows are replaced by what they stand for.
const TABLES: &[(&str, &str, &str)] = &[
    (
        "extract",
        "e.as_at, e.format, e.files, e.fingerprint, e.loaded_by, e.supplied, e.report, e.problems,
         (e.superseded_by is null)",
        "extract e where e.superseded_by is null or e.superseded_by <> e.id",
    ),
    ("extract_name", "e.as_at, n.kind, n.name", "extract_name n join extract e on e.id = n.extract_id"),
    (
        "problem",
        "e.as_at, q.list, q.row_number, q.column_name, q.value, q.severity, q.message, q.child_id, q.team_key",
        "problem q join extract e on e.id = q.extract_id",
    ),
    ("person", "p.kind, p.source_id, p.reference", "person p"),
    (
        "record_version",
        "p.source_id, r.list, r.position, r.content_hash, r.body, r.seen_from, r.seen_to",
        "record_version r join person p on p.id = r.person_id",
    ),
    (
        "fact",
        "f.measure, p.source_id, f.list, f.position, f.team, f.worker, f.numerator, f.start, f.due, f.days",
        "fact f join person p on p.id = f.person_id",
    ),
    (
        "tally",
        "e.as_at, t.measure, t.team, t.worker, t.numerator, t.denominator",
        "tally t join extract e on e.id = t.extract_id",
    ),
    ("month_count", "e.as_at, c.month, c.basis", "month_count c join extract e on e.id = c.extract_id"),
    (
        "month_tally",
        "e.as_at, t.month, t.measure, t.team, t.worker, t.numerator, t.denominator",
        "month_tally t join extract e on e.id = t.extract_id",
    ),
    (
        "mapping_use",
        "e.as_at, u.kind, u.list, u.column_name, u.written, u.meant, u.times",
        "mapping_use u join extract e on e.id = u.extract_id",
    ),
    ("register_count", "e.as_at, c.basis", "register_count c join extract e on e.id = c.extract_id"),
    (
        "register_line",
        "e.as_at, l.register, p.source_id, l.team, l.rules",
        "register_line l join extract e on e.id = l.extract_id join person p on p.id = l.person_id",
    ),
    (
        "organisation",
        "o.id, o.team, o.service, o.head_of_service, o.team_manager, o.valid_from, o.valid_to",
        "organisation o",
    ),
    (
        "workforce",
        "w.as_at, w.content_hash, (w.extract_id is null), l.worker, l.team, l.role, l.fte",
        "workforce_load w left join workforce_line l on l.load_id = w.lines_of",
    ),
    ("action", "a.id, a.state, a.reopened, a.report, a.closed_by, a.due", "action a"),
    (
        "action_child",
        "c.action_id, p.source_id, c.word, c.word_as_at",
        "action_child c join person p on p.id = c.person_id",
    ),
    ("action_team", "t.action_id, t.source, t.team_key, t.team", "action_team t"),
    (
        "answer",
        "a.id, p.source_id, e.as_at, a.said",
        "answer a join person p on p.id = a.person_id
     join extract e on e.id = a.extract_id",
    ),
];

/// The rows of every table, sorted.
pub type Kept = BTreeMap<&'static str, Vec<String>>;

/// Everything that is kept.
pub async fn kept(app: &TestApp) -> Kept {
    let mut all = Kept::new();
    for (table, columns, from) in TABLES {
        let array = if app.is_postgres() { "json_build_array" } else { "json_array" };
        let cast = if app.is_postgres() { "::text" } else { "" };
        let sql = sqlx::AssertSqlSafe(format!("select {array}({columns}){cast} as line from {from}"));
        let mut rows: Vec<String> = match &app.state.db {
            Db::Sqlite { read, .. } => {
                let rows = sqlx::query(sql).fetch_all(read).await.unwrap();
                rows.iter().map(|row| row.get("line")).collect()
            }
            Db::Postgres { pool, .. } => {
                let rows = sqlx::query(sql).fetch_all(pool).await.unwrap();
                rows.iter().map(|row| row.get("line")).collect()
            }
        };
        rows.sort();
        all.insert(table, rows);
    }
    all
}

/// Fails with the rows that differ, table by table.
pub fn assert_same(before: &Kept, after: &Kept, what: &str) {
    for (table, was) in before {
        let is = &after[table];
        let gone: Vec<&String> = was.iter().filter(|row| !is.contains(row)).take(5).collect();
        let new: Vec<&String> = is.iter().filter(|row| !was.contains(row)).take(5).collect();
        assert!(
            was == is,
            "{what}: {table} has {} rows and had {}; gone: {gone:#?}; new: {new:#?}",
            is.len(),
            was.len()
        );
    }
}
