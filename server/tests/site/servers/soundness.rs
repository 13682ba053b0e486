//! What `surgery verify` finds: data broken by hand is named, and what is whole is not.

use super::assert_sound;
use crate::common::extracts::{Files, NEEDS, Random, day};
use crate::common::room::{Room, about_child_1, about_team, entry};
use crate::common::{Start, TestApp, on_both};
use domain::ids::ExtractId;
use domain::surgery::{ItemDraft, Plan, Remit, SurgeryCommand};
use server::db::{Db, DbError};
use server::load::counted_otherwise;
use server::store::soundness::findings;
use server::store::surgeries::{self, Asked, NewSurgery};

/// Two weeks, an action that is closed, one of a team, and a surgery with an agenda.
async fn room(app: TestApp) -> Room {
    let room = Room::of(app).await;
    let closed = room.record(about_child_1()).await;
    room.close(closed, 1).await;
    room.record(about_team("North 2")).await;
    let plan = Plan {
        series: None,
        remit: Remit::Teams { teams: vec!["North 1".into()] },
        leader: room.head.person(),
        date: day("2026-03-10"),
    };
    let new = NewSurgery {
        plan,
        actor: room.director.person(),
        today: room.today(),
        organisation: &room.organisation,
        at: room.app.state.clock.now_ms(),
    };
    let id = surgeries::plan(&room.app.state.db, new, entry("plan surgery")).await.unwrap();
    let items = vec![ItemDraft::own("Visits".into()), ItemDraft::own("Assessments".into())];
    let asked = Asked {
        id,
        command: SurgeryCommand::Prepare { extract: ExtractId(1), as_at: day(crate::common::room::AS_AT), items },
        actor: room.director.person(),
        today: room.today(),
        organisation: &room.organisation,
        at: room.app.state.clock.now_ms(),
    };
    surgeries::change(&room.app.state.db, &asked, &entry("change surgery")).await.unwrap();
    room
}

async fn found(db: &Db) -> Vec<String> {
    findings(db).await.unwrap().iter().map(ToString::to_string).collect()
}

#[tokio::test]
async fn what_is_whole_is_found_sound() {
    on_both(Start::default(), |app| async move {
        assert_sound(&app.state.db).await;
        let room = room(app).await;
        assert_sound(&room.app.state.db).await;
    })
    .await;
}

#[tokio::test]
async fn each_kind_of_damage_is_named_by_number() {
    on_both(Start::default(), |app| async move {
        let room = room(app).await;
        let app = &room.app;
        for (damage, healed, words) in [
            (
                "update record_version set seen_to = seen_from where id = 2",
                "update record_version set seen_to = null where id = 2",
                "overlap with the next one: 1 (2)",
            ),
            (
                "update tally set denominator = denominator * 3 where measure = 'DOR-01'",
                "update tally set denominator = denominator / 3 where measure = 'DOR-01'",
                "counts are not those of its facts: 1 (DOR-01)",
            ),
            (
                "update fact set team = 'Elsewhere' where measure = 'DOR-01' and team = 'South 1'",
                "update fact set team = 'South 1' where measure = 'DOR-01' and team = 'Elsewhere'",
                "counts are not those of its facts: 1 (DOR-01)",
            ),
            (
                "update action set due = '2027-01-01' where id = 2",
                "update action set due = first_due where id = 2",
                "actions that are not what their events have made of them: 1 (2)",
            ),
            (
                "update action_child set word = 'confirmed'",
                "update action_child set word = null",
                "actions that are not what their events have made of them: 1 (1)",
            ),
            (
                "update action_team set team_key = 'south 1' where action_id = 2",
                "update action_team set team_key = 'north 2' where action_id = 2",
                "actions that are not what their events have made of them: 1 (2)",
            ),
            (
                "update surgery set version = version + 1",
                "update surgery set version = version - 1",
                "surgeries that are not what their events have made of them: 1 (1)",
            ),
            (
                "update surgery_item set title = 'Other' where title = 'Visits'",
                "update surgery_item set title = 'Visits' where title = 'Other'",
                "surgeries that are not what their events have made of them: 1 (1)",
            ),
            (
                "drop index fact_once",
                "create unique index fact_once on fact (person_id, measure, list, position)",
                "triggers and unique indexes that are gone: 1 (fact_once)",
            ),
        ] {
            app.sql(damage).await;
            let found = found(&app.state.db).await;
            assert!(found.len() == 1 && found[0].contains(words), "{damage}: {found:?}");
            app.sql(healed).await;
            assert_sound(&app.state.db).await;
        }
        let gone = if app.is_postgres() {
            // Switched off is as good as gone.
            "alter table audit disable trigger audit_is_never_changed"
        } else {
            "drop trigger audit_is_never_changed"
        };
        app.sql(gone).await;
        let found = found(&app.state.db).await;
        assert!(found.len() == 1 && found[0].ends_with("gone: 1 (audit_is_never_changed)"), "{found:?}");
    })
    .await;
}

#[tokio::test]
async fn versions_that_overlap_are_named() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        for (as_at, seen) in [("2024-01-05", "2024-01-03"), ("2024-01-12", "2024-01-10")] {
            let row = format!("1,2015-01-01,b) No,2023-01-01,{seen},,c) Child in need plan,North 1,Amy");
            Files::new().list(6, NEEDS, &[row]).load_as(db, as_at, true).await.unwrap();
        }
        assert_sound(db).await;
        app.sql("update record_version set seen_to = '2024-01-19' where seen_to is not null").await;
        assert_eq!(
            found(db).await,
            ["versions of records that end before they begin or overlap with the next one: 1 (1)"]
        );
    })
    .await;
}

#[tokio::test]
async fn counts_of_an_earlier_extract_that_are_not_those_of_its_records_are_named() {
    on_both(Start::default(), |app| async move {
        let db = &app.state.db;
        for (seed, as_at) in [(1, "2024-01-05"), (2, "2024-01-12"), (3, "2024-02-02")] {
            Random::new(seed, day(as_at)).files().load_as(db, as_at, true).await.unwrap();
        }
        assert!(counted_otherwise(db).await.unwrap().is_empty());
        app.sql("update tally set denominator = denominator * 3 where extract_id = 1 and measure = 'ALL-01'").await;
        assert_eq!(findings(db).await.unwrap(), [], "only a recount shows it");
        assert_eq!(counted_otherwise(db).await.unwrap(), [1]);
        app.sql("update tally set denominator = denominator / 3 where extract_id = 1 and measure = 'ALL-01'").await;
        app.sql("update month_tally set numerator = numerator + 1 where extract_id = 3").await;
        assert_eq!(counted_otherwise(db).await.unwrap(), [3]);
    })
    .await;
}

#[tokio::test]
async fn the_database_refuses_what_is_there_already() {
    on_both(Start::default(), |app| async move {
        Random::new(1, day("2024-01-05")).files().load_as(&app.state.db, "2024-01-05", true).await.unwrap();
        for sql in [
            "insert into record_version (list, person_id, position, content_hash, body, seen_from)
             select list, person_id, position, content_hash, body, '2026-03-06' from record_version where id = 1",
            "insert into record_version (list, person_id, position, content_hash, body, seen_from, seen_to)
             select list, person_id, position, content_hash, body, seen_from, '2026-03-06' from record_version where id = 1",
            "insert into fact select * from fact",
            "insert into tally select * from tally",
            "insert into month_tally select * from month_tally",
            "insert into register_line select * from register_line where register = 'attention'",
            "insert into extract (as_at, format, files, fingerprint, loaded_at, loaded_by, supplied, report, problems)
             select as_at, format, files, fingerprint, loaded_at, loaded_by, supplied, report, problems from extract",
        ] {
            assert!(app.try_sql(sql).await.is_err(), "{sql}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_database_with_records_twice_stays_as_it_is_and_says_what_to_do() {
    on_both(Start::default(), |app| async move {
        let row = "1,2015-01-01,b) No,2023-01-01,2024-01-03,,c) Child in need plan,North 1,Amy".to_owned();
        Files::new().list(6, NEEDS, &[row]).load_as(&app.state.db, "2024-01-05", true).await.unwrap();
        // As an earlier version left it, with a load that was saved twice.
        for sql in [
            "drop index record_version_begins_once",
            "drop index record_version_open_once",
            "drop index fact_once",
            "drop index tally_once",
            "drop index month_tally_once",
            "drop index register_line_once",
            "create index record_version_of_person on record_version (person_id, list, position)",
            "create index fact_of_person on fact (person_id)",
            "create index tally_of_extract on tally (extract_id, measure)",
            "create index month_tally_of_month on month_tally (extract_id, month)",
            "drop table sign_in_try",
            "alter table session drop column address",
            "alter table app_user drop column password_version",
            "alter table load_job drop column owner",
            "alter table load_job drop column beat_at",
            "delete from _sqlx_migrations where version >= 18",
            "insert into record_version (list, person_id, position, content_hash, body, seen_from)
             select list, person_id, position, content_hash, body, seen_from from record_version",
            "insert into fact select * from fact",
        ] {
            app.sql(sql).await;
        }
        let error = Db::open(app.address()).await.unwrap_err();
        assert!(matches!(&error, DbError::Doubled(_)), "{error}");
        let words = error.to_string();
        for part in ["Nothing was changed", "Restore the last backup", "as at 2024-01-05 out", "surgery extract remove"]
        {
            assert!(words.contains(part), "{part}: {words}");
        }
        app.try_sql("insert into fact select * from fact").await.expect("its tables are as before");

        // Once the doubled rows are gone, the same database is brought up to date.
        app.sql("delete from fact").await;
        app.sql("delete from record_version where id > 1").await;
        Db::open(app.address()).await.unwrap().close().await;
    })
    .await;
}
