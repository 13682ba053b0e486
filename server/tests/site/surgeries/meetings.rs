//! Surgeries on both databases.

use crate::common::extracts::day;
use crate::common::room::{AS_AT, Room, Somebody, about_team, entry};
use crate::common::{Start, on_both};
use domain::calendar::WorkingDays;
use domain::ids::{ExtractId, SurgeryId};
use domain::scope::{Area, Role};
use domain::standards::Standards;
use domain::surgery::{
    Attendee, ItemDraft, ItemId, NoteKind, Plan, Presence, Remit, Series, Stage, Surgery, SurgeryCommand as Command,
    SurgeryEvent, SurgeryRefusal, sittings,
};
use server::db::Db;
use server::store::actions;
use server::store::reader::NotDone;
use server::store::surgeries::{self, Asked, Kept, NewSeries, NewSurgery, Window};
use std::sync::Arc;

fn of_north() -> Remit {
    Remit::Service { service: "North".into() }
}

fn of_team() -> Remit {
    Remit::Teams { teams: vec!["North 1".into()] }
}

async fn plan(room: &Room, remit: Remit, leader: &Somebody, on: &str) -> Result<SurgeryId, NotDone<SurgeryRefusal>> {
    let plan = Plan { series: None, remit, leader: leader.person(), date: day(on) };
    let new = NewSurgery {
        plan,
        actor: room.director.person(),
        today: room.today(),
        organisation: &room.organisation,
        at: room.app.state.clock.now_ms(),
    };
    surgeries::plan(&room.app.state.db, new, entry("plan surgery")).await
}

async fn change(
    room: &Room,
    id: SurgeryId,
    command: Command<'_>,
    actor: &Somebody,
) -> Result<Kept, NotDone<SurgeryRefusal>> {
    let asked = Asked {
        id,
        command,
        actor: actor.person(),
        today: room.today(),
        organisation: &room.organisation,
        at: room.app.state.clock.now_ms(),
    };
    surgeries::change(&room.app.state.db, &asked, &entry("change surgery")).await
}

/// Planned, prepared with two items and begun.
async fn in_session(room: &Room) -> SurgeryId {
    let id = plan(room, of_north(), &room.director, "2026-03-10").await.unwrap();
    let items = vec![ItemDraft::own("Visits".into()), ItemDraft::own("Assessments".into())];
    change(room, id, Command::Prepare { extract: ExtractId(1), as_at: day(AS_AT), items }, &room.director)
        .await
        .unwrap();
    change(room, id, Command::Start, &room.director).await.unwrap();
    id
}

async fn payloads(db: &Db) -> Vec<(i64, i64, i64, String)> {
    const SQL: &str = "select sequence, at, by_user, payload from surgery_event order by surgery_id, sequence";
    match db {
        Db::Sqlite { read, .. } => sqlx::query_as(SQL).fetch_all(read).await.unwrap(),
        Db::Postgres { pool, .. } => sqlx::query_as(SQL).fetch_all(pool).await.unwrap(),
    }
}

async fn number(db: &Db, sql: &'static str) -> i64 {
    match db {
        Db::Sqlite { read, .. } => sqlx::query_scalar(sql).fetch_one(read).await.unwrap(),
        Db::Postgres { pool, .. } => sqlx::query_scalar(sql).fetch_one(pool).await.unwrap(),
    }
}

#[tokio::test]
async fn a_surgery_is_prepared_held_minuted_and_closed_and_its_events_replay_to_it() {
    on_both(Start::default(), |app| async move {
        let room = Room::of(app).await;
        let id = in_session(&room).await;
        let (first, second) = (ItemId(1), ItemId(2));
        let director = &room.director;
        let commands = [
            Command::Write { item: first, note: NoteKind::Discussion, text: "Four were away", over: 0 },
            Command::AddItem(ItemDraft::own("Court".into())),
            Command::MoveItem { item: ItemId(3), to: 0 },
            Command::RemoveItem(second),
            Command::NoteAttendance { who: Attendee::User(room.head.user), presence: Presence::Apologies },
            Command::NoteAttendance { who: Attendee::Named("A guest".into()), presence: Presence::Present },
            Command::NoteAttendance { who: Attendee::User(room.head.user), presence: Presence::Present },
            Command::Show(first),
            Command::Close,
        ];
        for command in commands {
            change(&room, id, command, director).await.unwrap();
        }
        let db = &room.app.state.db;
        let kept = surgeries::load(db, &director.reader(), id).await.unwrap().unwrap();
        assert_eq!(kept.surgery.stage, Stage::Closed);
        let events: Vec<SurgeryEvent> = payloads(db)
            .await
            .into_iter()
            .map(|(sequence, at, by, payload)| SurgeryEvent {
                sequence: u32::try_from(sequence).unwrap(),
                at: chrono::DateTime::from_timestamp_millis(at).unwrap(),
                by: domain::ids::UserId(by),
                kind: serde_json::from_str(&payload).unwrap(),
            })
            .collect();
        assert_eq!(Surgery::of(&events).unwrap(), kept.surgery);
        assert_eq!(number(db, "select count(*) from surgery_item").await, 2);
        let minuted = "select count(*) from surgery_item where place = 1 and discussion = 'Four were away'";
        assert_eq!(number(db, minuted).await, 1);
        assert_eq!(number(db, "select count(*) from surgery_attendance where presence = 'present'").await, 2);
        let line = &surgeries::list(db, &director.reader(), Window { from: day("2026-03-01"), to: day("2026-03-31") })
            .await
            .unwrap()[0];
        assert_eq!((line.id, line.stage, line.as_at), (id, Stage::Closed, Some(day(AS_AT))));
        let late = change(&room, id, Command::Start, director).await;
        assert!(matches!(late, Err(NotDone::Refused(SurgeryRefusal::NotNow(Stage::Closed)))), "{late:?}");
    })
    .await;
}

#[tokio::test]
async fn what_happened_is_never_changed_and_the_database_knows_the_stages() {
    on_both(Start::default(), |app| async move {
        let room = Room::of(app).await;
        plan(&room, of_north(), &room.director, "2026-03-10").await.unwrap();
        for sql in [
            "update surgery_event set kind = 'closed'",
            "delete from surgery_event",
            "insert into surgery_event select * from surgery_event",
            "update surgery set stage = 'in-session'",
            "update surgery set stage = 'over'",
            "update surgery set leader = null",
            "update surgery set extract_id = 1",
            "insert into surgery_attendance (surgery_id, place, presence) values (1, 0, 'present')",
        ] {
            assert!(room.app.try_sql(sql).await.is_err(), "{sql}");
        }
        if room.app.is_postgres() {
            assert!(room.app.try_sql("truncate surgery_event").await.is_err());
        }
    })
    .await;
}

#[tokio::test]
async fn many_writers_at_once_lose_nothing() {
    on_both(Start::default(), |app| async move {
        let room = Arc::new(Room::of(app).await);
        let id = in_session(&room).await;
        let writers: Vec<_> = (0..20)
            .map(|n| {
                let room = Arc::clone(&room);
                tokio::spawn(async move {
                    // Ten write the same note, ten add an item: only the ten disturb each other.
                    let command = if n < 10 {
                        Command::Write {
                            item: ItemId(1),
                            note: NoteKind::Discussion,
                            text: &format!("Writer {n}"),
                            over: 0,
                        }
                    } else {
                        return change(
                            &room,
                            id,
                            Command::AddItem(ItemDraft::own(format!("Item {n}"))),
                            &room.director,
                        )
                        .await
                        .map(drop)
                        .map_err(|error| error.to_string());
                    };
                    match change(&room, id, command, &room.director).await {
                        Ok(_) => Ok(()),
                        Err(NotDone::Refused(SurgeryRefusal::Conflict { theirs })) => Err(theirs.text),
                        Err(error) => panic!("{error}"),
                    }
                })
            })
            .collect();
        let mut answers = Vec::new();
        for writer in writers {
            answers.push(writer.await.unwrap());
        }
        let kept = surgeries::load(&room.app.state.db, &room.director.reader(), id).await.unwrap().unwrap();
        let text = kept.surgery.item(ItemId(1)).unwrap().discussion.text.clone();
        assert_eq!(answers[..10].iter().filter(|answer| answer.is_ok()).count(), 1, "one writer wins");
        for lost in answers[..10].iter().filter_map(|answer| answer.as_ref().err()) {
            assert_eq!(*lost, text, "every other gets the winner's text");
        }
        assert!(answers[10..].iter().all(Result::is_ok), "{answers:?}");
        assert_eq!(kept.surgery.items.len(), 12);
    })
    .await;
}

#[tokio::test]
async fn each_reads_the_surgeries_of_the_own_teams() {
    on_both(Start::default(), |app| async move {
        let room = Room::of(app).await;
        let service = plan(&room, of_north(), &room.director, "2026-03-10").await.unwrap();
        let team = plan(&room, of_team(), &room.head, "2026-03-12").await.unwrap();
        let window = Window { from: day("2026-03-01"), to: day("2026-03-31") };
        for (name, role, area, reads) in [
            ("d", Role::Director, Area::Service("North".into()), vec![service, team]),
            ("d2", Role::Director, Area::Service("South".into()), vec![]),
            ("t1", Role::TeamManager, Area::Team("North 1".into()), vec![service, team]),
            ("t2", Role::TeamManager, Area::Team("North 2".into()), vec![service]),
            ("t3", Role::TeamManager, Area::Team("South 1".into()), vec![]),
            ("a", Role::Analyst, Area::All, vec![service, team]),
            ("m", Role::Member, Area::All, vec![]),
            ("i", Role::Administrator, Area::All, vec![]),
        ] {
            let somebody = room.add(name, role, area).await;
            let db = &room.app.state.db;
            let listed = surgeries::list(db, &somebody.reader(), window).await.unwrap();
            assert_eq!(listed.iter().map(|line| line.id).collect::<Vec<_>>(), reads, "{name}");
            for id in [service, team] {
                let loaded = surgeries::load(db, &somebody.reader(), id).await.unwrap();
                assert_eq!(loaded.is_some(), reads.contains(&id), "{name}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_series_knows_which_of_its_days_were_moved_or_cancelled() {
    on_both(Start::default(), |app| async move {
        let room = Room::of(app).await;
        let db = &room.app.state.db;
        let series =
            Series { rhythm: of_team().usual_rhythm(), remit: of_team(), first: day("2026-03-10"), last: None };
        let (leader, created_by) = (room.head.user, room.director.user);
        let mut tx = db.begin().await.unwrap();
        let new = NewSeries { series: &series, leader, created_by, created_at: 1 };
        let id = surgeries::add_series(&mut tx, &new).await.unwrap();
        tx.commit().await.unwrap();
        let mut planned = Vec::new();
        for original in ["2026-03-10", "2026-03-24", "2026-04-07"] {
            let plan = Plan {
                series: Some((id, day(original))),
                remit: of_team(),
                leader: room.head.person(),
                date: day(original),
            };
            let new = NewSurgery {
                plan,
                actor: room.head.person(),
                today: room.today(),
                organisation: &room.organisation,
                at: 1,
            };
            planned.push(surgeries::plan(db, new, entry("plan surgery")).await.unwrap());
        }
        let twice = Plan {
            series: Some((id, day("2026-03-10"))),
            remit: of_team(),
            leader: room.head.person(),
            date: day("2026-03-11"),
        };
        let twice = NewSurgery {
            plan: twice,
            actor: room.head.person(),
            today: room.today(),
            organisation: &room.organisation,
            at: 1,
        };
        let again = surgeries::plan(db, twice, entry("plan surgery")).await;
        assert!(matches!(again, Err(NotDone::Refused(SurgeryRefusal::DayTaken))), "{again:?}");
        change(&room, planned[1], Command::MoveDate { to: day("2026-03-26"), reason: "Inspection" }, &room.head)
            .await
            .unwrap();
        change(&room, planned[2], Command::Cancel { reason: "Easter" }, &room.head).await.unwrap();
        let kept = &surgeries::all_series(db).await.unwrap()[0];
        assert_eq!((&kept.series, kept.leader), (&series, leader));
        let changes = surgeries::changes_of(db, id).await.unwrap();
        let dates = sittings(&kept.series, (day("2026-03-01"), day("2026-04-30")), &changes, &WorkingDays::england());
        let on: Vec<_> = dates.iter().map(|sitting| sitting.on.to_string()).collect();
        assert_eq!(on, ["2026-03-10", "2026-03-26", "2026-04-21"]);
        let mut tx = db.begin().await.unwrap();
        assert!(surgeries::end_series(&mut tx, id, day("2026-03-31")).await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(surgeries::all_series(db).await.unwrap()[0].series.last, Some(day("2026-03-31")));
    })
    .await;
}

#[tokio::test]
async fn an_action_and_its_link_to_the_surgery_are_kept_together() {
    on_both(Start::default(), |app| async move {
        let room = Room::of(app).await;
        let id = in_session(&room).await;
        let db = &room.app.state.db;
        let (calendar, standards) = (WorkingDays::england(), Standards::default());
        let draft = || domain::action::Draft { surgery: Some(id), ..room.draft(about_team("North 1")) };
        let link = |item, action| Asked {
            id,
            command: Command::Link { item: Some(item), action },
            actor: room.director.person(),
            today: room.today(),
            organisation: &room.organisation,
            at: 1,
        };
        let mut tx = db.begin().await.unwrap();
        let lost = actions::record_in(&mut tx, room.new_action(draft(), &calendar, &standards)).await.unwrap();
        let refused = surgeries::change_in(&mut tx, &link(ItemId(9), lost)).await;
        assert!(matches!(refused, Err(NotDone::Refused(SurgeryRefusal::NoSuchItem))), "{refused:?}");
        drop(tx);
        assert_eq!(number(db, "select count(*) from action").await, 0);
        let mut tx = db.begin().await.unwrap();
        let action = actions::record_in(&mut tx, room.new_action(draft(), &calendar, &standards)).await.unwrap();
        let kept = surgeries::change_in(&mut tx, &link(ItemId(1), action)).await.unwrap().unwrap();
        tx.commit().await.unwrap();
        assert_eq!(kept.surgery.actions[0].action, action);
        assert_eq!(room.kept(action).await.leader, Some(room.director.user));
        let filter = actions::Filter { surgery: Some(id), ..actions::Filter::default() };
        assert_eq!(actions::count_up_to(db, &room.director.reader(), &filter, 10).await.unwrap(), 1);
    })
    .await;
}
