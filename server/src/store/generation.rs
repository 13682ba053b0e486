//! Which state of the database a change was worked out from. Measuring takes long and needs no lock, so it is done before the
//! writer's turn is taken; within the turn the state is asked again, and where it has moved, the work is done anew.

use crate::db::{Db, DbError, Tx, from_row, on_tx, read};
use crate::store::extracts::{Version, version_columns};

/// What figures are counted from: the extracts in force, the standards, the mapping, the organisation and the workforce, and
/// by which reading of the measures; and whether the database is the demo's. Whatever moves one of these moves it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Generation {
    version: Version,
    mappings: i64,
    reading: Option<String>,
    demo: Option<String>,
}

from_row!(Generation { mappings, reading, demo } with { version: Version });

const SQL: &str = concat!(
    "select ",
    version_columns!(),
    ", (select count(*) from mapping_change) as mappings,
     (select value from setting where name = 'measures_reading') as reading,
     (select value from setting where name = 'demo') as demo"
);

impl Generation {
    /// The state now: to be read before anything that a change is worked out from.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn now(db: &Db) -> Result<Self, DbError> {
        let generation: Self = read!(db, pool => sqlx::query_as(SQL).fetch_one(pool).await?);
        Ok(generation.without_targets())
    }

    /// Whether the state is still the same within a transaction that has the writer's turn.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn still_holds(&self, tx: &mut Tx) -> Result<bool, DbError> {
        let now: Self = on_tx!(tx, conn => sqlx::query_as(SQL).fetch_one(conn).await?);
        Ok(now.without_targets() == *self)
    }

    /// Targets stand beside figures and move none.
    fn without_targets(mut self) -> Self {
        self.version = self.version.without_targets();
        self
    }
}
