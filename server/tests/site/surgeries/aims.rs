//! The measure an action should move and the recommendation it answers, set after it was recorded.

use crate::common::room::{Room, about_child_1, about_team, load};
use crate::common::{Start, on_both};
use axum::http::StatusCode;
use domain::action::{EventKind, Subject};
use domain::ids::{ActionId, RecommendationId};
use domain::measures::figure::Figure;
use domain::scope::{Area, Role};
use server::store::recommendations::{self, NewRecommendation};

const AIM: &str = "do=aim&version=1&measure=CIN-01&recommendation=";

#[tokio::test]
async fn a_measure_set_later_has_the_baseline_of_that_moment_for_good() {
    on_both(Start::default(), |app| async move {
        let room = Room::of(app).await;
        let id = room.record(about_child_1()).await;
        let head = room.app.signed_in("head").await;
        let page = head.get("/actions/A-000001").await.body;
        assert!(page.contains("id=\"aim\"") && page.contains("Measure it should move"), "{page}");
        let done = head.post("/actions/A-000001", AIM).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let aim = room.kept(id).await.history.action().aim.clone().unwrap();
        assert_eq!((aim.measure.as_str(), &aim.group), ("CIN-01", &Area::Team("North 1".to_owned())));
        let baseline = aim.baseline.unwrap();
        assert_eq!(
            (baseline.as_at.to_string().as_str(), baseline.figure),
            ("2026-02-27", Figure { numerator: 1, denominator: 2 })
        );
        let kept = room.kept(id).await;
        let event = kept.history.events().last().unwrap();
        assert_eq!((event.by.person(), event.kind.name()), (Some(room.head.user), "amended"));
        let page = head.get("/actions/A-000001").await.body;
        assert!(page.contains("(North 1), from 1 of 2 as at 27 February 2026"), "the history says it: {page}");
        assert!(page.contains("Baseline, kept as it was"), "{page}");
        // A later extract, and the same form sent again, leave the baseline alone.
        load(&room.app, "2026-03-06", &[("1", "2026-03-05", "North 1"), ("2", "2026-03-05", "North 1")]).await;
        let version = room.kept(id).await.history.action().version;
        let again = format!("do=aim&version={version}&measure=CIN-01&recommendation=");
        let same = head.post("/actions/A-000001", &again).await;
        assert_eq!(same.status, StatusCode::UNPROCESSABLE_ENTITY, "nothing was changed");
        let kept = room.kept(id).await;
        assert_eq!(kept.history.action().aim.as_ref().unwrap().baseline, Some(baseline));
        // From now on the data is asked of the child.
        assert!(kept.history.events().iter().any(|event| matches!(event.kind, EventKind::DataConfirmed { .. })));
        let cleared =
            head.post("/actions/A-000001", &format!("do=aim&version={version}&measure=&recommendation=")).await;
        assert_eq!(cleared.status, StatusCode::SEE_OTHER, "{}", cleared.body);
        assert_eq!(room.kept(id).await.history.action().aim, None);
    })
    .await;
}

#[tokio::test]
async fn the_figure_is_of_the_action_s_own_area() {
    on_both(Start::default(), |app| async move {
        let room = Room::of(app).await;
        let two = Subject::Team { teams: vec!["North 1".to_owned(), "North 2".to_owned()], children: Vec::new() };
        let service = Subject::Service { service: "North".to_owned(), teams: Vec::new() };
        let subjects = [about_team("North 2"), two, service];
        let north = || Area::Service("North".to_owned());
        let director = room.app.signed_in("director").await;
        for (subject, area) in subjects.into_iter().zip([Area::Team("North 2".to_owned()), north(), north()]) {
            let id = room.record(subject).await;
            let done = director.post(&format!("/actions/{id}"), AIM).await;
            assert_eq!(done.status, StatusCode::SEE_OTHER, "the leader sets it too: {}", done.body);
            assert_eq!(room.kept(id).await.history.action().aim.clone().unwrap().group, area);
        }
    })
    .await;
}

#[tokio::test]
async fn who_may_not_sets_no_measure_and_an_unknown_one_is_refused() {
    on_both(Start::default(), |app| async move {
        let room = Room::of(app).await;
        let id = room.record(about_child_1()).await;
        room.add("analyst", Role::Analyst, Area::All).await;
        for name in ["manager", "analyst"] {
            let browser = room.app.signed_in(name).await;
            assert!(!browser.get("/actions/A-000001").await.body.contains("id=\"aim\""), "{name}");
            let answer = browser.post("/actions/A-000001", AIM).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{name}");
            assert_eq!(answer.comparable(), browser.get("/nothing").await.comparable(), "{name}");
        }
        let head = room.app.signed_in("head").await;
        for form in ["do=aim&version=1&measure=NONE&recommendation=", "do=aim&version=1&measure=&recommendation=7"] {
            assert_eq!(head.post("/actions/A-000001", form).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
        }
        let more = format!("{AIM}&baseline=1");
        assert_eq!(
            head.post("/actions/A-000001", &more).await.status,
            StatusCode::NOT_FOUND,
            "no figure comes from a form"
        );
        assert_eq!(room.kept(id).await.history.action().version, 1);
    })
    .await;
}

#[tokio::test]
async fn the_recommendation_it_answers_is_set_and_stands_in_the_history() {
    on_both(Start::default(), |app| async move {
        let room = Room::of(app).await;
        room.record(about_child_1()).await;
        let mut tx = room.app.state.db.begin().await.unwrap();
        let list = [NewRecommendation { reference: "3.2", title: "See every child in time" }];
        recommendations::load(&mut tx, "Improvement plan", &list, 0).await.unwrap();
        tx.commit().await.unwrap();
        let head = room.app.signed_in("head").await;
        let done = head.post("/actions/A-000001", "do=aim&version=1&measure=&recommendation=1").await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let kept = room.kept(ActionId(1)).await;
        assert_eq!(kept.history.action().recommendation, Some(RecommendationId(1)));
        let page = head.get("/actions/A-000001").await.body;
        assert!(page.contains("Recommendation: Improvement plan 3.2"), "{page}");
        assert!(page.contains("See every child in time"), "{page}");
    })
    .await;
}
