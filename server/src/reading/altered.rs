//! What was altered in retrospect, within a scope.

use crate::council::{Altered, Council, CouncilCache};
use crate::db::Db;
use crate::reading::naming::Named;
use crate::reading::sieve::{Reading, Sieve};
use crate::reading::{ReadError, Selection};
use chrono::NaiveDate;
use domain::change::What;
use domain::names::name_key;
use domain::record::List;
use domain::scope::Scope;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What is asked.
#[derive(Debug, Clone)]
pub struct AskAltered<'a> {
    /// The first as-at date of an extract that a change came with. Each extract costs a reading of what changed with it, once.
    pub from: NaiveDate,
    /// A service, team or worker, or all.
    pub selection: &'a Selection,
    /// One list, or all.
    pub list: Option<List>,
    /// The page, from 1.
    pub page: usize,
    /// Lines of a page.
    pub size: usize,
}

/// One alteration, as a viewer may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlteredLine {
    /// The child; `None` where it is no longer the viewer's to know.
    pub child: Option<Arc<str>>,
    /// The list.
    pub list: List,
    /// The column, or the whole row.
    pub what: What,
    /// What stood there; of a row that is gone its start.
    pub was: Option<String>,
    /// What stands there now; `None` is blank.
    pub now: Option<String>,
    /// The first extract that held what stood there.
    pub first_seen: NaiveDate,
    /// The extract that the change came with.
    pub came: NaiveDate,
    /// The team; `None` is "(no team)".
    pub team: Option<Arc<str>>,
    /// The worker; `None` is "(no worker)".
    pub worker: Option<Arc<str>>,
}

/// A page of alterations, and the counts of all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlteredPage {
    /// Alterations in all.
    pub total: usize,
    /// By team, in the order of the alphabet; `None` is "(no team)".
    pub by_team: Vec<(Option<Arc<str>>, u64)>,
    /// By list.
    pub by_list: Vec<(List, u64)>,
    /// The page's lines: the newest extract first, then by child.
    pub lines: Vec<AlteredLine>,
}

/// What extracts up to the council's altered of what earlier ones had said, of a selection within a scope. `newest` is the
/// newest extract: today's access decides who may be named.
///
/// # Errors
/// When the database fails.
pub async fn altered(
    db: &Db,
    cache: &CouncilCache,
    (council, newest): (&Council, &Council),
    scope: &Scope,
    ask: &AskAltered<'_>,
) -> Result<AlteredPage, ReadError> {
    let mut sieve = Sieve::new(Reading::Children, scope, &council.organisation, ask.selection);
    let mut all: Vec<Arc<Altered>> = Vec::new();
    let places = council.extracts.iter().enumerate().rev().filter(|(_, extract)| extract.as_at >= ask.from);
    for (place, _) in places {
        if let Some(news) = cache.news(db, council, place).await? {
            let of_list = news.altered.iter().filter(|altered| ask.list.is_none_or(|list| altered.list == list));
            all.extend(of_list.filter(|one| sieve.lets(one.team.as_deref(), one.worker.as_deref())).cloned());
        }
    }
    let (mut by_team, mut by_list) = (BTreeMap::new(), BTreeMap::<List, u64>::new());
    for one in &all {
        let key = one.team.as_deref().map(name_key);
        by_team.entry(key).or_insert_with(|| (one.team.clone(), 0)).1 += 1;
        *by_list.entry(one.list).or_default() += 1;
    }
    let named = Named::of(db, Some(newest), scope).await?;
    let of_page = all.iter().skip(ask.page.saturating_sub(1).saturating_mul(ask.size)).take(ask.size);
    Ok(AlteredPage {
        total: all.len(),
        by_team: by_team.into_values().collect(),
        by_list: by_list.into_iter().collect(),
        lines: of_page.map(|one| line(one, &named)).collect(),
    })
}

fn line(one: &Altered, named: &Named) -> AlteredLine {
    AlteredLine {
        child: named.name(&one.child_id),
        list: one.list,
        what: one.what,
        was: one.was.clone(),
        now: one.now.clone(),
        first_seen: one.first_seen,
        came: one.came,
        team: one.team.clone(),
        worker: one.worker.clone(),
    }
}
