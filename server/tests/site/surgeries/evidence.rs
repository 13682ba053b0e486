//! The evidence of a period: it counts what the log holds, names nobody, and gives no small number away.

use crate::common::room::{Room, about_child_1, about_team, children, load};
use crate::common::{Browser, Start, on_both};
use axum::http::StatusCode;
use chrono::TimeDelta;
use domain::action::{Command, Level, State, Subject};
use domain::ids::ActionId;
use domain::scope::{Area, Role};
use domain::suppress::{Cell, Sum, worked_out};
use server::store::actions::{self, Filter};
use server::store::audit::Decision;

const PATH: &str = "/surgeries/evidence";

/// The rows of a table of the page, by its heading.
fn table(body: &str, title: &str) -> Vec<Vec<String>> {
    let (_, rest) = body.split_once(&format!("{title}</h2>")).unwrap_or_else(|| panic!("no table '{title}': {body}"));
    let section = rest.split_once("</section>").unwrap().0;
    let Some((_, rows)) = section.split_once("<tbody>") else { return Vec::new() };
    rows.split("<tr>").skip(1).map(|row| row.split("</t").filter_map(text).collect()).collect()
}

/// What stands in a cell's markup.
fn text(cell: &str) -> Option<String> {
    let (_, content) = cell.rsplit_once("<t")?;
    Some(content.split_once('>')?.1.to_owned())
}

/// A cell by its row and the place of its column.
fn number(table: &[Vec<String>], row: &str, column: usize) -> String {
    let found = table.iter().find(|cells| cells[0] == row);
    found.unwrap_or_else(|| panic!("no row '{row}': {table:?}"))[column].clone()
}

async fn counted(room: &Room, filter: Filter) -> String {
    let found = actions::count_up_to(&room.app.state.db, &room.director.reader(), &filter, 1_000).await.unwrap();
    found.to_string()
}

fn pathway() -> Subject {
    Subject::Pathway { from: "North 1".to_owned(), to: "South 1".to_owned() }
}

fn service() -> Subject {
    Subject::Service { service: "North".to_owned(), teams: Vec::new() }
}

/// Records many, reports and confirms some, on the Monday of the room.
async fn busy(room: &Room) -> Vec<ActionId> {
    let mut closed = Vec::new();
    for number in 0..9 {
        let id = room.record(about_child_1()).await;
        if number < 7 {
            closed.push(id);
        }
    }
    for number in 0..7 {
        let id = room.record(about_team("North 1")).await;
        if number < 2 {
            closed.push(id);
        }
    }
    for subject in [pathway(), pathway(), service()] {
        room.record(subject).await;
    }
    for id in &closed {
        room.close(*id, 1).await;
    }
    closed
}

#[tokio::test]
async fn totals_are_what_the_log_holds() {
    on_both(Start::default(), |app| async move {
        let room = Room::of(app).await;
        let closed = busy(&room).await;
        room.change(closed[0], 3, Command::Reopen { reason: "Not so" }, &room.director).await.unwrap();
        room.app.wait(TimeDelta::days(60));
        let director = room.app.signed_in("director").await;
        let page = director.get(PATH).await;
        assert_eq!(page.status, StatusCode::OK);
        let levels = table(&page.body, "Actions by level");
        for level in Level::ALL {
            let of_level = |states: Vec<State>| Filter { level: Some(level), states, ..Filter::default() };
            assert_eq!(number(&levels, level.title(), 1), counted(&room, of_level(Vec::new())).await, "{level:?}");
            let late = Filter { level: Some(level), late_on: Some(room.today()), ..Filter::default() };
            assert_eq!(number(&levels, level.title(), 6), counted(&room, late).await, "{level:?}");
        }
        // One closing came back: the log has it open, the period has both.
        let now_closed = counted(&room, Filter { states: vec![State::Closed], ..Filter::default() }).await;
        assert_eq!((now_closed.as_str(), number(&levels, "All", 2).as_str()), ("8", "9"));
        assert_eq!(number(&levels, "All", 5), "1");
        assert_eq!((number(&levels, "All", 3), number(&levels, "All", 4)), ("9".to_owned(), "100.0%".to_owned()));
        let services = table(&page.body, "Actions by service");
        assert_eq!(number(&services, "North", 1), "17");
        assert_eq!(number(&services, "Several services", 1), "2");
        assert_eq!((number(&services, "South", 1), number(&services, "All", 1)), ("0".to_owned(), "19".to_owned()));
        let said = table(&page.body, "What the data says of closed actions about children");
        assert_eq!(number(&said, "All", 1), "7");
        // Before any of it, and a day of it.
        let before = director.get(&format!("{PATH}?from=2026-02-01&to=2026-03-01")).await.body;
        assert_eq!(number(&table(&before, "Actions by level"), "All", 1), "0");
        let that_day = director.get(&format!("{PATH}?from=2026-03-02&to=2026-03-02")).await.body;
        assert_eq!(number(&table(&that_day, "Actions by level"), "All", 1), "19");
        let bad = director.get(&format!("{PATH}?from=2026-03-05&to=2026-03-02")).await;
        assert_eq!(bad.status, StatusCode::BAD_REQUEST);
    })
    .await;
}

#[tokio::test]
async fn surgeries_count_by_level_with_who_came_and_what_they_found() {
    on_both(Start::default(), |app| async move {
        let room = Room::of(app).await;
        let director = room.app.signed_in("director").await;
        let form = format!("do=plan&remit=service%3ANorth&leader={}&day=2026-03-10&rhythm=", room.director.user.0);
        let path = director.post("/surgeries", &form).await.location().unwrap().to_owned();
        for form in [
            "do=prepare",
            "do=add&title=Court+dates+of+KIND-4711",
            "do=start",
            "do=attend&who=&guest=A+Guest&presence=present",
            "do=attend&who=&guest=B+Guest&presence=apologies",
            "do=close",
        ] {
            assert_eq!(director.post(&path, form).await.status, StatusCode::SEE_OTHER, "{form}");
        }
        room.app.wait(TimeDelta::days(20));
        let page = room.app.signed_in("director").await.get(PATH).await.body;
        let held = table(&page, "Surgeries held");
        assert_eq!(held, [["North", "1", "1", "0", "0"], ["All", "1", "1", "0", "0"]]);
        let found = table(&page, "What they found");
        assert_eq!(number(&found, "Raised by a person", 1), "1");
        let items: u64 = found.iter().filter(|row| row[0] != "All").map(|row| row[1].parse::<u64>().unwrap()).sum();
        assert_eq!(number(&found, "All", 1), items.to_string());
        for words in ["Court dates", "KIND-4711", "A Guest"] {
            assert!(!page.contains(words), "what somebody typed does not leave the room: {words}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_measure_is_told_from_its_baseline_to_now() {
    on_both(Start::default(), |app| async move {
        let room = Room::of(app).await;
        let id = room.record(about_child_1()).await;
        let head = room.app.signed_in("head").await;
        let aim = "do=aim&version=1&measure=CIN-01&recommendation=";
        assert_eq!(head.post(&format!("/actions/{id}"), aim).await.status, StatusCode::SEE_OTHER);
        // Two children: at first one of them seen in time, later both.
        let seen = [("1", "2026-03-05", "North 1"), ("2", "2026-03-05", "North 1")];
        load(&room.app, "2026-03-06", &seen).await;
        room.app.wait(TimeDelta::days(7));
        let name = domain::measures::measure("CIN-01").unwrap().name;
        let (half, whole) = ("50.0% (1 of 2", "100.0% (2 of 2");
        // One whose measure is set days after it was recorded counts from then on.
        let later = room.record(about_team("North 1")).await;
        room.app.wait(TimeDelta::days(7));
        let head = room.app.signed_in("head").await;
        assert_eq!(head.post(&format!("/actions/{later}"), aim).await.status, StatusCode::SEE_OTHER);
        let director = room.app.signed_in("director").await;
        for (to, actions) in [("2026-03-10", "1"), ("2026-03-16", "2")] {
            let page = director.get(&format!("{PATH}?from=2026-03-01&to={to}")).await.body;
            assert_eq!(table(&page, "What became of the measures")[0][1], actions, "{to}");
        }
        for (to, then, then_on) in [("2026-03-05", half, "27 February 2026"), ("2026-03-06", whole, "6 March 2026")] {
            let page = director.get(&format!("{PATH}?from=2026-03-01&to={to}")).await.body;
            let rows = table(&page, "What became of the measures");
            let [row] = &rows[..] else { panic!("{rows:?}") };
            assert!(row[0].starts_with(name) && row[0].ends_with("North 1"), "{row:?}");
            assert_eq!(row[1], "1");
            for (cell, (value, as_at)) in
                row[2..].iter().zip([(half, "27 February 2026"), (then, then_on), (whole, "6 March 2026")])
            {
                assert!(cell.starts_with(value) && cell.ends_with(&format!("as at {as_at}")), "{to}: {row:?}");
            }
        }
        // Who reads no team's figure is told of all together, from the beginning of the period, without small numbers.
        member(&room).await;
        room.app.wait(TimeDelta::days(60));
        let page = room.app.signed_in("member").await.get(PATH).await.body;
        for row in table(&page, "What became of the measures") {
            assert_eq!(row[0], name);
            assert!(!row[2..].iter().any(|cell| cell.contains("1 of 2") || cell.contains("2 of 2")), "{row:?}");
        }
    })
    .await;
}

async fn member(room: &Room) -> Browser {
    room.add("member", Role::Member, Area::All).await;
    room.app.signed_in("member").await
}

/// The cells of a page and how they add up, as a reader has them.
struct Published {
    cells: Vec<Cell>,
    hidden: Vec<bool>,
    sums: Vec<Sum>,
}

impl Published {
    fn add(&mut self, cell: &str) -> usize {
        self.hidden.push(cell == "c");
        self.cells.push(Cell { count: cell.parse().unwrap_or_default(), shown: true });
        self.cells.len() - 1
    }

    /// The columns of a table whose last row is the whole; `wholes` are columns that another table has too.
    fn add_table(&mut self, rows: &[Vec<String>], columns: &[usize], wholes: &mut Vec<usize>) {
        for (at, column) in columns.iter().enumerate() {
            let (whole, parts) = rows.split_last().unwrap();
            let parts = parts.iter().map(|row| self.add(&row[*column])).collect();
            let total = match wholes.get(at) {
                Some(total) => *total,
                None => {
                    let total = self.add(&whole[*column]);
                    wholes.push(total);
                    total
                }
            };
            self.sums.push(Sum { total, parts });
        }
    }
}

#[tokio::test]
async fn a_member_reads_no_small_number_and_can_work_none_out() {
    on_both(Start::default(), |app| async move {
        let room = Room::of(app).await;
        busy(&room).await;
        room.app.wait(TimeDelta::days(60));
        let member = member(&room).await;
        let home = member.get("/").await.body;
        assert!(home.contains("href=\"/surgeries/evidence\""), "{home}");
        let page = member.get(PATH).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains("1 January to 31 March 2026"), "a whole quarter: {}", page.body);
        let mut published = Published { cells: Vec::new(), hidden: Vec::new(), sums: Vec::new() };
        let (mut of_actions, mut of_words, mut of_items) = (Vec::new(), Vec::new(), Vec::new());
        let levels = table(&page.body, "Actions by level");
        let services = table(&page.body, "Actions by service");
        let said = table(&page.body, "What the data says of closed actions about children");
        let found = table(&page.body, "What they found");
        published.add_table(&levels, &[1, 2, 3, 5, 6], &mut of_actions);
        published.add_table(&services, &[1, 2, 3, 5, 6], &mut of_actions);
        published.add_table(&said, &[1], &mut of_words);
        published.add_table(&found, &[1], &mut of_items);
        assert!(published.hidden.iter().filter(|hidden| **hidden).count() >= 4, "{levels:?} {services:?}");
        for (cell, hidden) in published.cells.iter().zip(&published.hidden) {
            assert!(*hidden || !(1..=5).contains(&cell.count), "{levels:?} {services:?} {said:?}");
        }
        assert_eq!(worked_out(&published.cells, &published.hidden, &published.sums), Vec::<usize>::new());
        // 2 pathways, 1 service: one of the larger ones goes with them, or they hide each other; the whole stands.
        assert_eq!((number(&levels, "Pathway", 1), number(&levels, "All", 1)), ("c".to_owned(), "19".to_owned()));
        assert_eq!(number(&levels, "Child", 1), "9");
        // 7 of 9 closed are about children: the 2 others are not to be found.
        assert_eq!(number(&levels, "Team or cohort", 2), "c");
        assert!(levels.iter().all(|row| !(row[4] != "–" && row[2] == "c")), "a share of what is hidden: {levels:?}");

        // No other days, no difference of days; the file has what the page has.
        let other = member.get(&format!("{PATH}?from=2026-03-02&to=2026-03-02")).await.body;
        assert!(other.contains("No whole quarter") && !other.contains("Actions by level"), "{other}");
        let file = member.get(&format!("{PATH}.csv")).await;
        assert_eq!(file.status, StatusCode::OK);
        assert!(file.body.contains("Actions by level,Pathway,Opened,c") && file.body.contains("All,Opened,19"));
        for line in file.body.lines().filter(|line| line.starts_with("Actions by") || line.starts_with("What the data"))
        {
            let value = line.rsplit(',').next().unwrap();
            assert!(!value.parse::<u64>().is_ok_and(|value| (1..=5).contains(&value)), "{line}");
        }
    })
    .await;
}

#[tokio::test]
async fn the_evidence_names_nobody_and_every_look_is_on_record() {
    on_both(Start::default(), |app| async move {
        let room = Room::of(app).await;
        let subject = Subject::Child { children: children(&[("1", "North 1")]) };
        room.record(subject).await;
        room.record(pathway()).await;
        room.add("south", Role::TeamManager, Area::Team("South 1".to_owned())).await;
        room.add("administrator", Role::Administrator, Area::All).await;
        member(&room).await;
        for name in ["director", "south", "member"] {
            let browser = room.app.signed_in(name).await;
            for path in [PATH.to_owned(), format!("{PATH}?show=12"), format!("{PATH}.csv"), format!("{PATH}.xlsx")] {
                let answer = browser.get(&path).await;
                assert_eq!(answer.status, StatusCode::OK, "{name} {path}");
                for typed in ["See the child", "Not seen in time", "the allocated worker", "/children/", "A-00000"] {
                    assert!(!answer.body.contains(typed), "{name} {path}: {typed}");
                }
            }
        }
        let south = room.app.signed_in("south").await.get(PATH).await.body;
        let services = table(&south, "Actions by service");
        assert_eq!((number(&services, "Several services", 1), number(&services, "All", 1)), ("1".into(), "1".into()));
        assert!(services.iter().all(|row| row[0] != "North"), "another's service: {services:?}");
        let administrator = room.app.signed_in("administrator").await;
        let (page, unknown) = (administrator.get(PATH).await, administrator.get("/measures/NONE/children").await);
        assert_eq!((page.status, page.comparable()), (StatusCode::NOT_FOUND, unknown.comparable()));
        assert_eq!(administrator.post("/api/evidence", "").await.status, StatusCode::NOT_FOUND);
        assert_eq!(administrator.get(&format!("{PATH}.csv")).await.status, StatusCode::NOT_FOUND);
        let audit = room.app.audit().await;
        let of = |who: &str, decision| {
            let theirs =
                audit.iter().filter(|entry| entry.actor == who && entry.subject.as_deref() == Some("evidence"));
            theirs.filter(|entry| entry.decision == decision).count()
        };
        assert_eq!((of("director", Decision::Allow), of("member", Decision::Allow)), (4, 4));
        assert_eq!((of("administrator", Decision::Deny), of("administrator", Decision::Allow)), (3, 0));
        let director = room.app.signed_in("director").await;
        room.app.sql("alter table audit rename to audit_gone").await;
        assert_eq!(director.get(PATH).await.status, StatusCode::INTERNAL_SERVER_ERROR);
    })
    .await;
}
