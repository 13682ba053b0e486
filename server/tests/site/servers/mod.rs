//! Two servers on one database: what they do at the same time, and what each knows of the other.

mod loads;
mod races;
mod soundness;
mod turns;

use server::db::Db;
use server::load::counted_otherwise;
use server::store::audit::{Verdict, verify};
use server::store::soundness::findings;

/// Nothing is doubled, half-kept or out of step, and the audit is whole.
pub async fn assert_sound(db: &Db) {
    assert_eq!(findings(db).await.unwrap(), []);
    assert!(matches!(verify(db).await.unwrap(), Verdict::Whole(_)));
    assert!(counted_otherwise(db).await.unwrap().is_empty());
}
