//! What a load does to the stored versions of records: which stay, which end, which are new.

use crate::db::{DbError, Tx};
use crate::load::assembly::Row;
use crate::store::records::{self, InForce, NewVersion};
use chrono::NaiveDate;
use domain::holds::Changes;
use std::collections::HashMap;

/// What happens to stored versions.
pub(super) struct Plan {
    new: Vec<NewVersion>,
    ended: Vec<InForce>,
    pub(super) changes: Changes,
}

impl Plan {
    pub(super) fn of(rows: Vec<Row>, in_force: Vec<InForce>, person_id: impl Fn(u32) -> i64) -> Self {
        let mut stored: HashMap<(i64, i64, i64), InForce> = in_force
            .into_iter()
            .map(|version| ((version.person_id, version.list, version.position), version))
            .collect();
        let mut changes = Changes::default();
        let mut new = Vec::with_capacity(rows.len().saturating_sub(stored.len()));
        for row in rows {
            let (person_id, list, position) = (person_id(row.person), i64::from(row.list), i64::from(row.position));
            let key = (person_id, list, position);
            match stored.get(&key) {
                Some(version) if version.content_hash == row.content_hash => {
                    stored.remove(&key);
                    changes.same += 1;
                    continue;
                }
                Some(_) => changes.changed += 1,
                None => changes.new += 1,
            }
            new.push(NewVersion { list, person_id, position, content_hash: row.content_hash, body: row.body });
        }
        let ended: Vec<InForce> = stored.into_values().collect();
        // A record that changed has its old version among those that end.
        changes.ended = (ended.len() as u64).saturating_sub(changes.changed);
        Self { new, ended, changes }
    }

    /// Keeps the versions of an extract as at `as_at`; `next` is the as-at date of the extract after it, and `replaces` says
    /// whether there was one of the same date.
    pub(super) async fn keep(
        self,
        tx: &mut Tx,
        as_at: NaiveDate,
        next: Option<NaiveDate>,
        replaces: bool,
    ) -> Result<(), DbError> {
        let (mut last_seen_before, mut seen_only_later, mut never_seen) = (Vec::new(), Vec::new(), Vec::new());
        let mut goes_on_from = Vec::new();
        for version in &self.ended {
            // The part of the version that lies after the next extract stays true.
            let goes_on = next.filter(|next| version.seen_to.is_none_or(|to| to > *next));
            match (version.seen_from < as_at, goes_on) {
                (true, None) => last_seen_before.push(version.id),
                (true, Some(next)) => {
                    goes_on_from.push((version.id, next, version.seen_to));
                    last_seen_before.push(version.id);
                }
                (false, Some(_)) => seen_only_later.push(version.id),
                (false, None) => never_seen.push(version.id),
            }
        }
        // At most one version of a record is open at any moment: one ends before its copy begins.
        records::end(tx, &last_seen_before, Some(as_at)).await?;
        for (version, from, to) in goes_on_from {
            records::copy_from(tx, version, from, to).await?;
        }
        if let Some(next) = next {
            records::begin_at(tx, &seen_only_later, next).await?;
        }
        records::remove(tx, &never_seen).await?;
        records::add(tx, self.new, as_at, next).await?;
        if replaces {
            records::join_at(tx, as_at).await?;
        }
        match next {
            Some(next) => records::join_at(tx, next).await,
            None => Ok(()),
        }
    }
}
