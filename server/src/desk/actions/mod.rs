//! The action log's pages, and what its forms ask for.
//!
//! | module | what it does |
//! |---|---|
//! | `people` | who there is, who may answer for what |
//! | `lines` | lines of the log, here and on other pages |
//! | `log`, `query`, `totals`, `export` | `/actions` |
//! | `one`, `history`, `forms`, `said` | `/actions/:number` |
//! | `new`, `keep` | `/actions/new` |
//! | `notices` | `/notices` |
//! | `change`, `aim`, `hand_over` | what the forms ask for |

mod aim;
mod change;
mod export;
mod fields;
mod forms;
mod hand_over;
mod history;
mod keep;
mod lines;
mod log;
mod new;
mod notices;
mod one;
mod people;
mod query;
mod said;
mod totals;

pub(crate) use change::{Answered, change, evidence, may_add, upload};
pub(crate) use export::export;
pub(crate) use fields::Fields;
pub(super) use hand_over::may as may_hand_over;
pub(crate) use hand_over::{NotHandedOver, hand_over};
pub(super) use lines::{of_child, of_team};
pub(super) use log::page as log;
pub(super) use new::page as new;
pub(crate) use new::record;
pub(crate) use notices::with_address;
pub(super) use notices::{in_short, page as notices};
pub(super) use one::page as one;
pub(super) use people::may_record;
pub(super) use said::{area, selection};

use crate::db::DbError;
use crate::desk::{ViewerDesk, failed};
use crate::store::reader::Reader;
use crate::store::{organisation, standards};
use app::error::PageError;
use domain::action::Person;
use domain::calendar::WorkingDays;
use domain::ids::UserId;
use domain::organisation::Organisation;
use domain::standards::Standards;

/// What stands in the audit where somebody reads an action.
pub(crate) const READ: &str = "read action";
/// What stands in the audit where somebody changes an action.
pub(crate) const CHANGE: &str = "change action";
/// What stands in the audit where somebody records an action.
pub(crate) const RECORD: &str = "record action";

/// What is in force today, whatever extract is the newest.
struct Today {
    date: chrono::NaiveDate,
    organisation: Organisation,
    standards: Standards,
    calendar: WorkingDays,
}

impl Today {
    async fn of(desk: &ViewerDesk) -> Result<Self, PageError> {
        let date = desk.state.clock.today();
        let read = async {
            let organisation = Organisation::on(date, organisation::lines(&desk.state.db).await?);
            Ok::<_, DbError>((organisation, standards::on(&desk.state.db, date).await?))
        };
        let (organisation, standards) = read.await.map_err(failed)?;
        Ok(Self { date, organisation, standards, calendar: WorkingDays::england() })
    }
}

impl ViewerDesk {
    fn reader(&self) -> Reader<'_> {
        Reader { user: UserId(self.visit.viewer.user_id), scope: &self.visit.viewer.scope }
    }

    fn person(&self) -> Person<'_> {
        Person { user: UserId(self.visit.viewer.user_id), grants: &self.visit.viewer.grants }
    }
}
