//! The action log on both databases.

use crate::common::extracts::day;
use crate::common::room::{Room, about_child_1, about_team, children, entry, load};
use crate::common::{Start, on_both};
use domain::action::{
    Aim, Amendment, Command, Doer, Due, Event, EventKind, EvidenceKind, History, Priority, Refusal, Set, State, Subject,
};
use domain::ids::{ActionId, EvidenceId, UserId};
use domain::scope::{Area, Role};
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use server::store::actions::{self, After, By, Filter, Line, NewFile, Order};
use server::store::reader::NotDone;
use server::store::recommendations::{self, NewRecommendation};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The whole log as the Director reads it, the newest first.
async fn newest(room: &Room) -> Vec<Line> {
    let reader = room.director.reader();
    actions::page(&room.app.state.db, &reader, &Filter::default(), Order::Newest, None, 100).await.unwrap()
}

const PROGRESS: Command<'static> = Command::Progress { text: "Booked for Tuesday", links: &[] };

#[tokio::test]
async fn the_database_itself_refuses_what_must_never_be() {
    on_both(Start::default(), |app| async move {
        let room = Room::of(app).await;
        room.record(about_child_1()).await;
        for sql in [
            "update action set accountable = null",
            "update action set accountable = 999",
            "update action set state = 'closed'",
            "update action set state = 'closed', reported_by = accountable, closed_by = recorded_by, closed_at = 1",
            "update action set state = 'closed', report = '', reported_by = accountable, closed_by = recorded_by, closed_at = 1",
            "update action set state = 'closed', report = 'Seen', reported_by = accountable, closed_at = 1",
            "update action set state = 'closed', report = 'Seen', closed_by = recorded_by, closed_at = 1",
            "update action set state = 'closed', report = 'Seen', reported_by = recorded_by, closed_by = recorded_by, closed_at = 1",
            "update action set state = 'closed', report = 'Seen', reported_by = recorded_by, closed_by = accountable, closed_at = 1",
            "update action set state = 'done'",
            "update action set doer_name = null",
            "update action_event set kind = 'confirmed'",
            "delete from action_event",
            "insert into action_event (action_id, sequence, at, by_user, kind, month, payload)
             select action_id, sequence, at, by_user, kind, month, payload from action_event",
            "insert into action_event (action_id, sequence, at, kind, month, payload)
             select action_id, 2, at, 'confirmed', month, payload from action_event",
        ] {
            assert!(room.app.try_sql(sql).await.is_err(), "{sql}");
        }
        if room.app.is_postgres() {
            assert!(room.app.try_sql("truncate action_event").await.is_err());
        }
        room.app
            .sql("update action set state = 'closed', report = 'Seen', reported_by = accountable, closed_by = recorded_by, closed_at = 1")
            .await;
    })
    .await;
}

#[tokio::test]
async fn without_an_accountable_head_of_service_nothing_is_recorded() {
    on_both(Start::default(), |app| async move {
        let room = Room::of(app).await;
        let nobody = domain::action::Draft { accountable: None, ..room.draft(about_child_1()) };
        let answer = room.record_draft(nobody).await;
        assert!(matches!(answer, Err(NotDone::Refused(Refusal::NoAccountable))), "{answer:?}");
        let unknown = room.draft(Subject::Child { children: children(&[("1", "North 1"), ("99", "North 1")]) });
        assert!(matches!(room.record_draft(unknown).await, Err(NotDone::Unknown)));
        assert_eq!(newest(&room).await, []);
        assert!(room.app.audit().await.iter().all(|entry| entry.action != "record action"), "both or neither");
        let id = room.record(about_child_1()).await;
        let audit = room.app.audit().await;
        assert_eq!(audit.last().unwrap().subject.as_deref(), Some(id.to_string().as_str()));
    })
    .await;
}

#[tokio::test]
async fn of_a_hundred_who_edit_one_action_at_once_one_wins_a_version_and_all_end_in_the_history() {
    on_both(Start::default(), |app| async move {
        let room = Arc::new(Room::of(app).await);
        let id = room.record(about_child_1()).await;
        let first: Vec<_> = (0..100)
            .map(|n| {
                let room = Arc::clone(&room);
                tokio::spawn(async move {
                    let text = format!("Editor {n}");
                    let mut seen = 1;
                    let mut conflicts = 0;
                    loop {
                        let command = Command::Progress { text: &text, links: &[] };
                        match room.change(id, seen, command, &room.head).await {
                            Ok(_) => return (seen, conflicts),
                            Err(NotDone::Refused(Refusal::Conflict { theirs })) => {
                                conflicts += 1;
                                seen = theirs.last().unwrap().sequence;
                            }
                            Err(error) => panic!("{error}"),
                        }
                    }
                })
            })
            .collect();
        let mut won = BTreeSet::new();
        let mut conflicts = 0;
        for editor in first {
            let (seen, met) = editor.await.unwrap();
            assert!(won.insert(seen), "two won version {seen}");
            conflicts += met;
        }
        assert_eq!(won, (1..=100).collect());
        assert!(conflicts >= 99, "all but one met a conflict: {conflicts}");
        let kept = room.kept(id).await;
        assert_eq!(kept.history.action().version, 101);
        let texts: BTreeSet<_> = kept
            .history
            .events()
            .iter()
            .filter_map(|event| match &event.kind {
                EventKind::Progress { text, .. } => Some(text.clone()),
                _ => None,
            })
            .collect();
        assert_eq!(texts.len(), 100, "nobody's text is lost");
        assert_eq!(room.app.audit().await.iter().filter(|entry| entry.action == "change action").count(), 100);
    })
    .await;
}

fn random_command<'a>(rng: &mut StdRng, room: &'a Room) -> Command<'a> {
    let n = rng.random_range(0..1_000_u64);
    match rng.random_range(0..12) {
        0 => Command::Amend(Amendment { what: Some(format!("Do {n}")), ..Amendment::default() }),
        1 => Command::Amend(Amendment {
            doer: Some(Doer::User(room.manager.user)),
            priority: Some(Priority::ALL[n as usize % 3]),
            ..Amendment::default()
        }),
        2 => {
            let aim = Aim { measure: "CIN-01".into(), group: Area::All, baseline: None };
            let aim = if n % 2 == 0 { Set::To(aim) } else { Set::Nothing };
            Command::Amend(Amendment { aim: Some(aim), ..Amendment::default() })
        }
        3 => Command::MoveDue { to: day("2026-03-02") + chrono::Days::new(n % 60), reason: "Away" },
        4 => Command::HandOver { to: room.second_head.person(), reason: "Leaves" },
        5 => Command::HandOver { to: room.head.person(), reason: "Is back" },
        6 | 7 => Command::Report { what_changed: "Seen" },
        8 => Command::Confirm,
        9 => Command::SendBack { reason: "Which visit?" },
        10 => Command::Reopen { reason: "Not so" },
        _ if n < 100 => Command::Withdraw { reason: "Error" },
        _ => PROGRESS,
    }
}

#[tokio::test]
async fn replaying_the_events_gives_what_the_log_shows() {
    on_both(Start::default(), |app| async move {
        let room = Room::of(app).await;
        let people = [&room.director, &room.head, &room.second_head, &room.manager];
        for seed in 0..6 {
            let mut rng = StdRng::seed_from_u64(seed);
            let id = room.record(about_child_1()).await;
            let (mut version, mut done) = (1, 0);
            for _ in 0..40 {
                let actor = people[rng.random_range(0..people.len())];
                let command = random_command(&mut rng, &room);
                if let Ok(kept) = room.change(id, version, command, actor).await {
                    version = kept.history.action().version;
                    done += 1;
                }
                room.app.wait(chrono::TimeDelta::minutes(7));
            }
            assert!(done > 3, "seed {seed} did next to nothing");
            let kept = room.kept(id).await;
            let events: Vec<Event> = kept.history.events().to_vec();
            let replayed = History::of(events).unwrap();
            assert_eq!(newest(&room).await[..1], [Line::of(id, replayed.action())], "seed {seed}");
        }
    })
    .await;
}

#[tokio::test]
async fn an_action_can_be_read_as_it_stood() {
    on_both(Start::default(), |app| async move {
        let room = Room::of(app).await;
        let id = room.record(about_child_1()).await;
        let then = room.app.state.clock.now_ms();
        room.app.wait(chrono::TimeDelta::days(1));
        room.close(id, 1).await;
        let reader = room.director.reader();
        let db = &room.app.state.db;
        let before = actions::as_it_stood(db, &reader, id, then).await.unwrap().unwrap();
        assert_eq!(before.action().state, State::Open);
        assert_eq!(room.kept(id).await.history.action().state, State::Closed);
        assert_eq!(actions::as_it_stood(db, &reader, id, then - 1).await.unwrap(), None);
    })
    .await;
}

async fn seen_by(room: &Room, name: &str, role: Role, area: Area) -> Vec<i64> {
    let somebody = room.add(name, role, area).await;
    let reader = somebody.reader();
    let db = &room.app.state.db;
    let mut seen = Vec::new();
    let lines = actions::page(db, &reader, &Filter::default(), Order::Due, None, 100).await.unwrap();
    let listed: BTreeSet<i64> = lines.iter().map(|line| line.id.0).collect();
    for id in 1..=5 {
        let loaded = actions::load(db, &reader, ActionId(id)).await.unwrap();
        assert_eq!(loaded.is_some(), listed.contains(&id), "{name} {id}: the list and the action agree");
        if loaded.is_some() {
            seen.push(id);
        }
    }
    assert_eq!(actions::count_up_to(db, &reader, &Filter::default(), 100).await.unwrap() as usize, seen.len());
    seen
}

#[tokio::test]
async fn each_reads_the_actions_of_the_own_teams_and_children() {
    on_both(Start::default(), |app| async move {
        let room = Room::of(app).await;
        room.record(about_child_1()).await;
        room.record(about_team("North 2")).await;
        room.record(Subject::Pathway { from: "North 1".into(), to: "South 1".into() }).await;
        room.record(Subject::Service { service: "North".into(), teams: Vec::new() }).await;
        let south = room.add("south", Role::HeadOfService, Area::Service("South".into())).await;
        let draft = domain::action::Draft {
            accountable: Some(south.person()),
            doer: Doer::User(room.manager.user),
            ..room.draft(about_team("South 2"))
        };
        room.record_draft(draft).await.unwrap();
        let team = |name: &str| Area::Team(name.to_owned());
        let service = |name: &str| Area::Service(name.to_owned());
        assert_eq!(seen_by(&room, "d1", Role::Director, Area::All).await, [1, 2, 3, 4, 5]);
        assert_eq!(seen_by(&room, "d2", Role::Director, service("South")).await, [3, 5]);
        assert_eq!(seen_by(&room, "h1", Role::HeadOfService, service("North")).await, [1, 2, 3, 4]);
        assert_eq!(seen_by(&room, "t1", Role::TeamManager, team("north  1")).await, [1, 3, 4]);
        assert_eq!(seen_by(&room, "t2", Role::TeamManager, team("South 1")).await, [3]);
        assert_eq!(seen_by(&room, "a1", Role::Analyst, Area::All).await, [1, 2, 3, 4, 5]);
        assert_eq!(seen_by(&room, "q1", Role::QualityLead, Area::All).await, [1, 2, 3, 4, 5]);
        assert_eq!(seen_by(&room, "m1", Role::Member, Area::All).await, [0; 0]);
        assert_eq!(seen_by(&room, "i1", Role::Administrator, Area::All).await, [0; 0]);
        // The manager of North 1 was given an action of South 2.
        let own = actions::load(&room.app.state.db, &room.manager.reader(), ActionId(5)).await.unwrap().unwrap();
        let given = room.asked(own.id, 1, PROGRESS, &room.manager);
        assert!(actions::change(&room.app.state.db, &given, &entry("change action")).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_child_that_moves_takes_its_action_to_the_new_team() {
    on_both(Start::default(), |app| async move {
        let room = Room::of(app).await;
        let id = room.record(about_child_1()).await;
        let north_2 = room.add("north2", Role::TeamManager, Area::Team("North 2".into())).await;
        let reads = async |somebody: &crate::common::room::Somebody| {
            actions::load(&room.app.state.db, &somebody.reader(), id).await.unwrap().is_some()
        };
        assert!(reads(&room.manager).await && !reads(&north_2).await);
        load(&room.app, "2026-03-06", &[("1", "2025-06-02", "North 2")]).await;
        assert!(!reads(&room.manager).await && reads(&north_2).await);
        assert_eq!(room.kept(id).await.teams, ["North 2"]);
        let lost = room.change(id, 1, PROGRESS, &room.manager).await;
        assert!(matches!(lost, Err(NotDone::Refused(Refusal::NotAllowed))), "{lost:?}");
        assert!(room.change(id, 1, PROGRESS, &north_2).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn the_next_extract_confirms_one_closed_action_and_brings_another_back() {
    on_both(Start::default(), |app| async move {
        let room = Room::of(app).await;
        load(
            &room.app,
            "2026-02-28",
            &[("1", "2025-06-02", "North 1"), ("2", "2025-06-02", "North 1"), ("3", "2025-06-02", "North 2")],
        )
        .await;
        let aim = || Some(Aim { measure: "CIN-01".into(), group: Area::All, baseline: None });
        let mut ids = Vec::new();
        for child in ["1", "2", "3"] {
            let subject = Subject::Child { children: children(&[(child, "North 1")]) };
            let draft = domain::action::Draft { aim: aim(), ..room.draft(subject) };
            ids.push(room.record_draft(draft).await.unwrap());
        }
        room.close(ids[0], 1).await;
        room.close(ids[1], 1).await;
        // Child 1 was seen, child 2 was not; the third action is still open.
        load(
            &room.app,
            "2026-03-06",
            &[("1", "2026-03-03", "North 1"), ("2", "2025-06-02", "North 1"), ("3", "2025-06-02", "North 2")],
        )
        .await;
        let mut stands = Vec::new();
        for id in &ids {
            let kept = room.kept(*id).await;
            let action = kept.history.action().clone();
            stands.push((action.state, action.reopened, kept.history.events().last().unwrap().kind.name()));
        }
        assert_eq!(
            stands,
            [(State::Closed, 0, "data-confirmed"), (State::Open, 1, "data-contradicted"), (State::Open, 0, "recorded"),]
        );
        // The same again is no news.
        load(
            &room.app,
            "2026-03-13",
            &[("1", "2026-03-03", "North 1"), ("2", "2025-06-02", "North 1"), ("3", "2025-06-02", "North 2")],
        )
        .await;
        assert_eq!(room.kept(ids[1]).await.history.events().len(), 4);
        let totals = actions::totals(&room.app.state.db, &room.director.scope, By::HeadOfService, "2026-03", "2026-03");
        let totals = totals.await.unwrap();
        assert_eq!((totals.len(), totals[0].opened, totals[0].closed, totals[0].reopened), (1, 3, 2, 1));
    })
    .await;
}

#[tokio::test]
async fn the_log_is_filtered_and_paged() {
    on_both(Start::default(), |app| async move {
        let room = Room::of(app).await;
        for n in 0..12_u32 {
            let subject = if n % 3 == 0 { about_child_1() } else { about_team(["North 1", "North 2"][n as usize % 2]) };
            let due = Due::InWorkingDays(1 + n % 4);
            room.record_draft(domain::action::Draft { due, ..room.draft(subject) }).await.unwrap();
        }
        room.close(ActionId(1), 1).await;
        let db = &room.app.state.db;
        let reader = room.director.reader();
        let found = async |filter: Filter| {
            let lines = actions::page(db, &reader, &filter, Order::Newest, None, 100).await.unwrap();
            assert_eq!(actions::count_up_to(db, &reader, &filter, 1_000).await.unwrap() as usize, lines.len());
            lines.iter().rev().map(|line| line.id.0).collect::<Vec<_>>()
        };
        assert_eq!(found(Filter { states: vec![State::Closed], ..Filter::default() }).await, [1]);
        let level = Some(domain::action::Level::Child);
        assert_eq!(found(Filter { level, ..Filter::default() }).await, [1, 4, 7, 10]);
        assert_eq!(found(Filter { team: Some("north  2".into()), ..Filter::default() }).await, [2, 6, 8, 12]);
        assert_eq!(found(Filter { child: Some("1".into()), ..Filter::default() }).await, [1, 4, 7, 10]);
        assert_eq!(found(Filter { accountable: Some(room.second_head.user), ..Filter::default() }).await, [0; 0]);
        // Due on 3 March is late on the 4th; the first is closed.
        assert_eq!(found(Filter { late_on: Some(day("2026-03-04")), ..Filter::default() }).await, [5, 9]);
        assert_eq!(actions::count_up_to(db, &reader, &Filter::default(), 5).await.unwrap(), 5);
        for order in [Order::Newest, Order::Due] {
            let whole = actions::page(db, &reader, &Filter::default(), order, None, 100).await.unwrap();
            let mut paged: Vec<Line> = Vec::new();
            loop {
                let after = paged.last().map(After::line);
                let page = actions::page(db, &reader, &Filter::default(), order, after, 5).await.unwrap();
                if page.is_empty() {
                    break;
                }
                paged.extend(page);
            }
            assert_eq!(paged, whole, "{order:?}");
            assert_eq!(paged.len(), 12);
        }
        let injected = Filter { measure: Some("x' or '1'='1".into()), ..Filter::default() };
        assert_eq!(found(injected).await, [0; 0]);
    })
    .await;
}

#[tokio::test]
async fn totals_tell_how_each_head_of_service_and_team_stands() {
    on_both(Start::default(), |app| async move {
        let room = Room::of(app).await;
        let soon = || domain::action::Draft { due: Due::InWorkingDays(1), ..room.draft(about_team("North 1")) };
        let first = room.record_draft(soon()).await.unwrap();
        room.record_draft(soon()).await.unwrap();
        let withdrawn = room.record(about_team("North 2")).await;
        room.change(withdrawn, 1, Command::Withdraw { reason: "Error" }, &room.director).await.unwrap();
        room.app.wait(chrono::TimeDelta::days(31));
        room.close(first, 1).await;
        room.change(first, 3, Command::Reopen { reason: "Not so" }, &room.director).await.unwrap();
        let db = &room.app.state.db;
        let of = actions::totals(db, &room.director.scope, By::HeadOfService, "2026-01", "2026-12").await.unwrap();
        let counts: Vec<_> = of
            .iter()
            .map(|total| (total.month.as_str(), total.opened, total.closed, total.reopened, total.withdrawn))
            .collect();
        assert_eq!(counts, [("2026-03", 3, 0, 0, 1), ("2026-04", 0, 1, 1, 0)]);
        assert_eq!(of[0].group, room.head.user.0.to_string());
        let standings = actions::standings(db, &room.director.scope, By::Team, room.today()).await.unwrap();
        let stands: Vec<_> = standings.iter().map(|one| (one.group.as_str(), one.open, one.late)).collect();
        assert_eq!(stands, [("North 1", 2, 2), ("North 2", 0, 0)]);
        assert_eq!(standings[0].oldest, standings[0].mean_recorded);
        // A manager counts the own team; a member counts everything and reads nothing.
        let own = actions::standings(db, &room.manager.scope, By::Team, room.today()).await.unwrap();
        assert_eq!(own.iter().map(|one| one.group.as_str()).collect::<Vec<_>>(), ["North 1"]);
        let member = room.add("member", Role::Member, Area::All).await;
        assert_eq!(actions::standings(db, &member.scope, By::Team, room.today()).await.unwrap().len(), 2);
        let administrator = room.add("admin", Role::Administrator, Area::All).await;
        assert!(actions::standings(db, &administrator.scope, By::Team, room.today()).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn evidence_is_kept_with_its_event_and_read_within_the_scope() {
    on_both(Start::default(), |app| async move {
        let room = Room::of(app).await;
        let id = room.record(about_child_1()).await;
        let db = &room.app.state.db;
        let add = async |name: &'static str, content: &'static [u8], seen| {
            let asked = room.asked(id, seen, PROGRESS, &room.manager);
            actions::add_evidence(db, asked, NewFile { name, content }, &entry("add evidence")).await
        };
        let bad = add("run.exe", b"MZ", 1).await;
        assert!(matches!(bad, Err(NotDone::Refused(Refusal::Evidence(_)))), "{bad:?}");
        let kept = add("C:\\letters\\visit.pdf", b"%PDF-1.7 seen", 1).await.unwrap();
        let stored = kept.history.action().evidence[0].clone();
        assert_eq!(stored.name, "visit.pdf");
        let stale = add("b.pdf", b"%PDF-1.7", 1).await;
        assert!(matches!(stale, Err(NotDone::Refused(Refusal::Conflict { .. }))), "{stale:?}");
        let file = actions::evidence(db, &room.director.reader(), id, stored.id).await.unwrap().unwrap();
        assert_eq!((file.kind, file.content.as_slice()), (EvidenceKind::Pdf, b"%PDF-1.7 seen".as_slice()));
        let far = room.add("far", Role::TeamManager, Area::Team("South 1".into())).await;
        assert_eq!(actions::evidence(db, &far.reader(), id, stored.id).await.unwrap(), None);
        assert_eq!(actions::evidence(db, &room.director.reader(), id, EvidenceId(99)).await.unwrap(), None);
        for sql in [
            "update action_evidence set name = 'x'",
            "delete from action_evidence",
            "insert into action_evidence (action_id, name, media_type, size, content, added_at, added_by)
             select action_id, 'x', 'text/html', size, content, added_at, added_by from action_evidence",
            "insert into action_evidence (action_id, name, media_type, size, content, added_at, added_by)
             select action_id, 'x', media_type, size + 1, content, added_at, added_by from action_evidence",
        ] {
            assert!(room.app.try_sql(sql).await.is_err(), "{sql}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_list_of_recommendations_is_loaded_again_and_keeps_what_actions_answer() {
    on_both(Start::default(), |app| async move {
        let room = Room::of(app).await;
        let db = &room.app.state.db;
        let load = async |list: &[(&str, &str)]| {
            let list: Vec<_> = list.iter().map(|(reference, title)| NewRecommendation { reference, title }).collect();
            let mut tx = db.begin().await.unwrap();
            recommendations::load(&mut tx, "Improvement plan", &list, 1).await.unwrap();
            tx.commit().await.unwrap();
            recommendations::all(db).await.unwrap()
        };
        let first = load(&[("1", "Visits"), ("2", "Supervision")]).await;
        let draft = domain::action::Draft { recommendation: Some(first[0].id), ..room.draft(about_child_1()) };
        let id = room.record_draft(draft).await.unwrap();
        let again = load(&[("2", "Supervision of all"), ("3", "Caseloads")]).await;
        let now: Vec<_> = again.iter().map(|one| (one.reference.as_str(), one.title.as_str(), one.in_force)).collect();
        assert_eq!(now, [("1", "Visits", false), ("2", "Supervision of all", true), ("3", "Caseloads", true)]);
        let filter = Filter { recommendation: Some(first[0].id), ..Filter::default() };
        let lines = actions::page(db, &room.director.reader(), &filter, Order::Newest, None, 9).await.unwrap();
        assert_eq!(lines.iter().map(|line| line.id).collect::<Vec<_>>(), [id]);
        assert_ne!(room.head.user, UserId(0));
    })
    .await;
}
