//! From rows to journeys and to the versions they would be stored as.

use crate::load::LoadError;
use crate::store::people::Kind;
use domain::journey::Journey;
use domain::record::List;
use ingest::Extract;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::Arc;

/// A record on its way into the store.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) list: u8,
    /// Index into [`Assembly::people`].
    pub(crate) person: u32,
    pub(crate) position: u16,
    pub(crate) content_hash: i64,
    pub(crate) body: String,
}

/// An extract's rows by person.
#[derive(Debug, Default)]
pub(crate) struct Assembly {
    pub(crate) people: Vec<(Kind, Arc<str>)>,
    pub(crate) rows: Vec<Row>,
    pub(crate) journeys: Vec<Journey>,
}

impl Assembly {
    /// Takes the rows out of an extract, list by list in sheet order.
    pub(crate) fn of(extract: &mut Extract) -> Result<Self, LoadError> {
        let rows = extract.lists.iter().map(|list| list.rows.len()).sum();
        let mut assembly = Self { rows: Vec::with_capacity(rows), ..Self::default() };
        let mut indexes: HashMap<(Kind, Arc<str>), u32> = HashMap::new();
        let mut positions: Vec<[u32; 12]> = Vec::new();
        // Where in `journeys` a person's journey stands; adopters have none.
        let mut journeys: Vec<Option<u32>> = Vec::new();
        for list in &mut extract.lists {
            let kind = if list.list == List::Adopters { Kind::Adopter } else { Kind::Child };
            for row in std::mem::take(&mut list.rows) {
                let person = *indexes.entry((kind, Arc::clone(&row.child_id))).or_insert_with(|| {
                    let index = u32::try_from(assembly.people.len()).unwrap_or(u32::MAX);
                    assembly.people.push((kind, Arc::clone(&row.child_id)));
                    positions.push([0; 12]);
                    journeys.push((kind == Kind::Child).then(|| {
                        assembly.journeys.push(Journey::new(Arc::clone(&row.child_id)));
                        u32::try_from(assembly.journeys.len() - 1).unwrap_or(u32::MAX)
                    }));
                    index
                });
                let number = list.list.number();
                let count = &mut positions[person as usize][usize::from(number)];
                let position = u16::try_from(*count).map_err(|_| LoadError::TooManyRows(list.list.label()))?;
                *count += 1;
                let mut body = row.record.to_json().map_err(crate::db::DbError::from)?;
                // Kept until the transaction: a third of a text as it grew is room for more.
                body.shrink_to_fit();
                assembly.rows.push(Row { list: number, person, position, content_hash: content_hash(&body), body });
                if let Some(journey) = journeys[person as usize] {
                    assembly.journeys[journey as usize].push(row.record);
                }
            }
        }
        Ok(assembly)
    }
}

/// 64 bits of a stable hash: enough to tell two contents of the same row apart.
fn content_hash(body: &str) -> i64 {
    let digest = Sha256::digest(body.as_bytes());
    let mut first = [0; 8];
    first.copy_from_slice(&digest[..8]);
    i64::from_be_bytes(first)
}
