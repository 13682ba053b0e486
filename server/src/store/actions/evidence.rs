//! Files added to actions as evidence.

use super::Kept;
use super::change::{Asked, change_in};
use super::load::load;
use crate::db::{Db, DbError, from_row, on_tx, read};
use crate::store::audit::{self, Entry};
use crate::store::reader::{NotDone, Reader, inconsistent};
use domain::action::{Command, EvidenceKind, Refusal};
use domain::ids::{ActionId, EvidenceId};

/// A file to be added.
#[derive(Debug, Clone, Copy)]
pub struct NewFile<'a> {
    /// Its name, as the person's machine has it.
    pub name: &'a str,
    /// What is in it.
    pub content: &'a [u8],
}

/// A file as kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: EvidenceKind,
    /// What is in it.
    pub content: Vec<u8>,
}

/// Adds a file, the event that says so and the audit's entry, all or none. Of `asked` the command does not count.
///
/// # Errors
/// As [`super::change()`]; also [`Refusal::Evidence`] when the file is none of those that are kept.
pub async fn add_evidence(
    db: &Db,
    asked: Asked<'_>,
    file: NewFile<'_>,
    entry: &Entry,
) -> Result<Kept, NotDone<Refusal>> {
    const SQL: &str = "insert into action_evidence (action_id, name, media_type, size, content, added_at, added_by)
         values ($1, $2, $3, $4, $5, $6, $7) returning id";
    let kind = EvidenceKind::of(file.name, file.content).map_err(|bad| NotDone::Refused(bad.into()))?;
    let name =
        domain::text::line("The name of the file", base_name(file.name)).map_err(|bad| NotDone::Refused(bad.into()))?;
    let size = i64::try_from(file.content.len()).unwrap_or(i64::MAX);
    let Asked { id, seen, actor, today, organisation, at, .. } = asked;
    loop {
        let mut tx = db.begin().await?;
        if super::load::load_in(&mut tx, id).await?.is_none() {
            return Err(NotDone::Unknown);
        }
        let evidence: i64 = on_tx!(&mut tx, conn => sqlx::query_scalar(SQL)
            .bind(id.0).bind(&name).bind(kind.media_type()).bind(size).bind(file.content).bind(at).bind(actor.user.0)
            .fetch_one(conn).await?);
        let command = Command::AddEvidence { evidence: EvidenceId(evidence), name: &name };
        let asked = Asked { id, seen, command, actor, today, organisation, at };
        if let Some(kept) = change_in(&mut tx, &asked).await? {
            audit::append_in(&mut tx, std::slice::from_ref(entry)).await?;
            tx.commit().await?;
            return Ok(kept);
        }
    }
}

/// The name without the folders that some browsers send with it.
fn base_name(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or(name)
}

struct Row {
    name: String,
    media_type: String,
    content: Vec<u8>,
}

from_row!(Row { name, media_type, content });

/// A file of an action that a reader may read; `None` for another, and for one that does not exist.
///
/// # Errors
/// When the database fails.
pub async fn evidence(db: &Db, reader: &Reader<'_>, action: ActionId, id: EvidenceId) -> Result<Option<File>, DbError> {
    const SQL: &str = "select name, media_type, content from action_evidence where action_id = $1 and id = $2";
    if load(db, reader, action).await?.is_none() {
        return Ok(None);
    }
    let row: Option<Row> = read!(db, pool => sqlx::query_as(SQL).bind(action.0).bind(id.0).fetch_optional(pool).await?);
    row.map(|row| {
        let kind = EvidenceKind::from_media_type(&row.media_type)
            .ok_or_else(|| inconsistent("a file has a kind that is not known"))?;
        Ok(File { name: row.name, kind, content: row.content })
    })
    .transpose()
}
