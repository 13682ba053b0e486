//! Case 41 of the security plan: the audit is appended to, and a change to it shows.

use crate::common::{PASSWORD, Start, TestApp, on_both};
use domain::scope::{Area, Role};
use server::store::audit::{Verdict, verify};

async fn with_six_rows(app: &TestApp) {
    app.add_user("jane", Role::Director, Area::All).await;
    for n in 0..6 {
        app.browser().sign_in("jane", if n % 2 == 0 { PASSWORD } else { "wrong" }).await;
    }
    assert_eq!(verify(&app.state.db).await.unwrap(), Verdict::Whole(6));
}

/// What only the owner of the database can do.
async fn without_triggers(app: &TestApp) {
    if app.is_postgres() {
        app.sql("drop trigger audit_is_never_changed on audit").await;
        app.sql("drop trigger audit_is_never_truncated on audit").await;
    } else {
        app.sql("drop trigger audit_is_never_changed").await;
        app.sql("drop trigger audit_is_never_deleted").await;
    }
}

async fn found(app: &TestApp, row: i64) {
    match verify(&app.state.db).await.unwrap() {
        Verdict::Broken { row: broken, .. } => assert_eq!(broken, row),
        verdict @ Verdict::Whole(_) => panic!("{verdict:?}"),
    }
}

#[tokio::test]
async fn the_database_refuses_to_change_or_delete_a_row() {
    on_both(Start::default(), |app| async move {
        with_six_rows(&app).await;
        for sql in ["update audit set actor = 'x' where id = 2", "delete from audit where id = 2"] {
            let refused = match &app.state.db {
                server::db::Db::Sqlite { write, .. } => sqlx::query(sql).execute(write).await.is_err(),
                server::db::Db::Postgres { pool, .. } => sqlx::query(sql).execute(pool).await.is_err(),
            };
            assert!(refused, "{sql}");
        }
        assert_eq!(verify(&app.state.db).await.unwrap(), Verdict::Whole(6));
    })
    .await;
}

#[tokio::test]
async fn an_edited_row_is_found() {
    on_both(Start::default(), |app| async move {
        with_six_rows(&app).await;
        without_triggers(&app).await;
        app.sql("update audit set decision = 'allow' where id = 2").await;
        found(&app, 2).await;
    })
    .await;
}

#[tokio::test]
async fn a_deleted_row_is_found() {
    on_both(Start::default(), |app| async move {
        with_six_rows(&app).await;
        without_triggers(&app).await;
        app.sql("delete from audit where id = 3").await;
        found(&app, 4).await;
    })
    .await;
}

#[tokio::test]
async fn rows_in_another_order_are_found() {
    on_both(Start::default(), |app| async move {
        with_six_rows(&app).await;
        without_triggers(&app).await;
        app.sql("update audit set id = 100 where id = 4").await;
        app.sql("update audit set id = 4 where id = 5").await;
        app.sql("update audit set id = 5 where id = 100").await;
        found(&app, 4).await;
    })
    .await;
}
