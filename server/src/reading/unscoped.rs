//! Reading for nobody in particular: what an agenda holds belongs to the meeting and not to who prepares it. What comes of
//! this is kept and shown to nobody as it is; each reader's own scope decides what of it is seen.

use crate::council::Council;
use crate::db::Db;
use crate::reading::{Asked, By, Group, ReadError, Selection, figure, figures_by};
use chrono::NaiveDate;
use domain::measures::Measure;
use domain::measures::figure::Figure;
use domain::organisation::Organisation;
use domain::scope::{Area, Grant, Role, Scope};
use domain::surgery::Remit;

/// Counts of everything, without a name: it gives figures and no list.
pub(crate) struct Unscoped(Scope);

impl Unscoped {
    pub(crate) fn counts(organisation: &Organisation) -> Self {
        Self(over([Area::All], organisation))
    }

    /// The figure of a selection.
    pub(crate) async fn figure(
        &self,
        db: &Db,
        council: &Council,
        measure: &'static Measure,
        asked: &Asked,
        selection: &Selection,
    ) -> Result<Option<Figure>, ReadError> {
        figure(db, council, &self.0, measure, asked, selection).await
    }

    /// The figures of every team.
    pub(crate) async fn by_team(
        &self,
        db: &Db,
        council: &Council,
        measure: &'static Measure,
        asked: &Asked,
    ) -> Result<Vec<Group>, ReadError> {
        Ok(figures_by(db, council, &self.0, measure, asked, By::Team).await?.unwrap_or_default())
    }
}

/// The scope of what a surgery is about: the children of its teams and no other.
pub(crate) fn scope_of_remit(remit: &Remit, organisation: &Organisation) -> Scope {
    match remit {
        Remit::Service { service } => over([Area::Service(service.clone())], organisation),
        Remit::Teams { teams } => over(teams.iter().cloned().map(Area::Team), organisation),
    }
}

fn over(areas: impl IntoIterator<Item = Area>, organisation: &Organisation) -> Scope {
    let grant = |area| Grant { role: Role::QualityLead, area, valid_from: None, valid_to: None };
    let grants: Vec<Grant> = areas.into_iter().map(grant).collect();
    // Without dates they count on every day.
    Scope::of(&grants, organisation, NaiveDate::default())
}
