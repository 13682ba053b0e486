//! Every page and file that a role can reach, after a child moved to another team and a child's case closed: cases 12 and
//! 13 of the security plan, wherever the child's id was written down before.

use crate::common::extracts::{Files, NEEDS, ORGANISATION_HEAD, organisation};
use crate::common::{Browser, Start, TestApp, on_both, operator};
use axum::body::Body;
use axum::http::header::{CONTENT_TYPE, COOKIE, HOST};
use axum::http::{Request, StatusCode};
use chrono::TimeDelta;
use domain::ids::{SurgeryId, UserId};
use domain::scope::{Area, Role};
use http_body_util::BodyExt as _;
use server::load::reference_key;
use server::store::people::{Kind, reference};
use server::store::reader::Reader;
use server::store::surgeries;
use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::io::Read as _;
use std::time::Duration;
use tower::ServiceExt as _;

/// In North 1 before and after.
const STAYS: &str = "KEEP70001";
/// From North 1 to South 1: another team and another service.
const LEFT: &str = "MOVE70002";
/// From North 1 to North 2: another team of the same service.
const NEAR: &str = "NEAR70003";
/// In North 1, then in no extract any more.
const GONE: &str = "GONE70004";
/// South 1's and North 2's own.
const SOUTH: &str = "SOUT70005";
const SECOND: &str = "NTWO70006";
/// In North 1, closed in the second extract.
const CLOSED: &str = "DONE70007";
const ALL: [&str; 7] = [STAYS, LEFT, NEAR, GONE, SOUTH, SECOND, CLOSED];

/// Each role with its area and the children whom it may be told of today; of a closed case its page tells.
fn roles() -> [(&'static str, Role, Area, &'static [&'static str]); 8] {
    let team = |name: &str| Area::Team(name.to_owned());
    [
        ("director", Role::Director, Area::All, &ALL),
        ("head", Role::HeadOfService, Area::Service("North".to_owned()), &[STAYS, NEAR, SECOND]),
        ("north", Role::TeamManager, team("North 1"), &[STAYS]),
        ("south", Role::TeamManager, team("South 1"), &[LEFT, SOUTH]),
        ("analyst", Role::Analyst, Area::All, &ALL),
        ("quality", Role::QualityLead, Area::All, &ALL),
        ("member", Role::Member, Area::All, &[]),
        ("admin", Role::Administrator, Area::All, &[]),
    ]
}

fn need(id: &str, team: &str, closed: &str) -> String {
    let status = if closed.is_empty() { "c) Child in need plan" } else { "d) Closed episode" };
    format!("{id},2015-01-01,b) No,2023-01-02,2025-06-02,{closed},{status},{team},Amy")
}

async fn load(app: &TestApp, as_at: &str, rows: &[String]) {
    let mut files = Files::new();
    files.list(6, NEEDS, rows).file("organisation.csv", ORGANISATION_HEAD, &organisation());
    files.load_as(&app.state.db, as_at, true).await.unwrap();
}

async fn go(browser: &Browser, path: &str, form: &str) -> String {
    let answer = browser.post(path, form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path} {form}: {}", answer.body);
    answer.location().unwrap().to_owned()
}

/// A council in which ids are written down everywhere, and the people who read it.
struct County {
    app: TestApp,
    users: HashMap<&'static str, i64>,
    references: BTreeMap<&'static str, String>,
}

impl County {
    async fn of(app: TestApp) -> Self {
        let first: Vec<String> = [STAYS, LEFT, NEAR, GONE, CLOSED].map(|id| need(id, "North 1", "")).into();
        let others = [need(SOUTH, "South 1", ""), need(SECOND, "North 2", "")];
        load(&app, "2026-02-27", &[first, others.to_vec()].concat()).await;
        let mut users = HashMap::new();
        for (name, role, area, _) in roles() {
            users.insert(name, app.add_user(name, role, area).await);
        }
        let key = reference_key(&app.state.db).await.unwrap();
        let references = ALL.map(|id| (id, reference(&key, Kind::Child, id))).into();
        Self { app, users, references }
    }

    async fn surgery(&self, by: &Browser, remit: &str) -> String {
        let (leader, today) = (self.users["director"], self.app.state.clock.today());
        let form = format!("do=plan&remit={remit}&second=&leader={leader}&day={today}&rhythm=");
        let path = go(by, "/surgeries", &form).await;
        go(by, &path, "do=prepare").await;
        path
    }

    async fn items(&self, path: &str) -> Vec<u32> {
        let id = SurgeryId(path.rsplit('/').next().unwrap().parse().unwrap());
        let reader = Reader { user: UserId(0), scope: &operator() };
        let kept = surgeries::load(&self.app.state.db, &reader, id).await.unwrap().unwrap();
        kept.surgery.items.iter().map(|item| item.id.0).collect()
    }

    async fn write(&self, by: &Browser, path: &str, note: &str) {
        for item in self.items(path).await {
            let text = format!("{}+and+{}+and+{}+and+{}", LEFT, NEAR, GONE, STAYS);
            go(by, path, &format!("do=write&item={item}&note={note}&over=0&text={text}")).await;
        }
    }

    /// A form that records an action.
    fn action(&self, about: &str, what: &str, doer: Option<&str>) -> String {
        let head = self.users["head"];
        let doer = doer.map_or_else(String::new, |name| self.users[name].to_string());
        format!(
            "{about}&what={what}&why=Because+of+{what}&accountable={head}&doer={doer}&doer_name=Worker+of+{LEFT}\
             &due=2026-03-05&priority=normal&recommendation="
        )
    }

    /// Everything that is written down before anybody moves.
    async fn write_everything_down(&self) {
        let (director, manager) = (self.app.signed_in("director").await, self.app.signed_in("north").await);
        let head = self.app.signed_in("head").await;
        for (child, text) in [(LEFT, "move"), (NEAR, "near"), (GONE, "gone"), (STAYS, "keep")] {
            let about = format!("child={}&measure=CIN-01", self.references[child]);
            let action =
                go(&director, "/actions/new", &self.action(&about, &format!("See+{child}+soon"), Some("north"))).await;
            let progress = format!("do=progress&version=1&text=Rang+{child}&links=https%3A%2F%2Fexample.org%2F{child}");
            go(&manager, &action, &progress).await;
            let file = format!(
                "--x\r\nContent-Disposition: form-data; name=\"version\"\r\n\r\n2\r\n--x\r\nContent-Disposition: \
                 form-data; name=\"file\"; filename=\"{text}_{child}.txt\"\r\n\r\nAbout {child}\r\n--x--\r\n"
            );
            let request = Request::post(format!("{action}/evidence"))
                .header(CONTENT_TYPE, "multipart/form-data; boundary=x")
                .header("sec-fetch-site", "same-origin");
            let added = manager.send(request.body(Body::from(file)).unwrap()).await;
            assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.body);
            go(&head, &action, &format!("do=move-due&version=3&to=2026-03-06&reason=For+{child}")).await;
        }
        go(&head, "/actions/A-000002", &format!("do=report&version=4&what_changed=Saw+{NEAR}")).await;
        // One action for children of whom one stays: it stays the manager's, and its file says of them all.
        let both: Vec<String> = [STAYS, LEFT].map(|child| format!("child={}", self.references[child])).into();
        let both = format!("{}&measure=CIN-01&level=child", both.join("&"));
        go(&director, "/actions/new", &self.action(&both, &format!("Both+{STAYS}+{LEFT}"), None)).await;
        let list = manager.get("/measures/CIN-01/children?show=act").await.body;
        let value = |name: &str| {
            let (_, rest) = list.split_once(&format!("name=\"{name}\" value=\"")).unwrap();
            rest.split('"').next().unwrap().to_owned()
        };
        let units = list.split("name=\"unit\" value=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
        for unit in units {
            let form =
                format!("show=act&extract={}&unit={unit}&said=not-done&day=&reason=With+{LEFT}", value("extract"));
            go(&manager, "/measures/CIN-01/answers", &form).await;
        }
        let of_team = self.surgery(&director, "team%3ANorth+1").await;
        go(&director, &of_team, &format!("do=add&title=What+of+{LEFT}")).await;
        self.write(&director, &of_team, "narrative").await;
        go(&director, &of_team, "do=start").await;
        self.write(&director, &of_team, "discussion").await;
        let number = of_team.rsplit('/').next().unwrap();
        let item = self.items(&of_team).await[0];
        let about = format!("child={}&surgery={number}&item={item}", self.references[LEFT]);
        go(&director, "/actions/new", &self.action(&about, &format!("Meet+{LEFT}"), None)).await;
        go(&director, &of_team, "do=close").await;
        let of_service = self.surgery(&director, "service%3ANorth").await;
        self.write(&director, &of_service, "narrative").await;
        let about = format!("team=North+2&surgery={}", of_service.rsplit('/').next().unwrap());
        go(&director, "/actions/new", &self.action(&about, "Secret+of+the+second", None)).await;
    }

    /// A fortnight later; and new surgeries are prepared.
    async fn move_on(&self) {
        let rows = [
            need(STAYS, "North 1", ""),
            need(LEFT, "South 1", ""),
            need(NEAR, "North 2", ""),
            need(CLOSED, "North 1", "2026-03-10"),
            need(SOUTH, "South 1", ""),
            need(SECOND, "North 2", ""),
        ];
        load(&self.app, "2026-03-13", &rows).await;
        self.app.wait(TimeDelta::days(14));
        let director = self.app.signed_in("director").await;
        for remit in ["team%3ANorth+1", "service%3ANorth", "service%3ASouth"] {
            let path = self.surgery(&director, remit).await;
            self.write(&director, &path, "narrative").await;
        }
    }
}

/// A page or a file, as it came over the wire: a workbook as what is in it.
struct Fetched {
    status: StatusCode,
    text: String,
}

/// What links lead to, and what no link names but who knows the address may try.
struct Crawl<'a> {
    county: &'a County,
    browser: Browser,
    name: &'static str,
    /// What the role may not be told: ids, and the references of children.
    hidden: Vec<String>,
    seen: HashSet<String>,
    kinds: HashMap<String, usize>,
    pages: BTreeMap<String, String>,
}

/// Most addresses of one role, and of one kind: the same path and the same names in its query.
const MOST: usize = 420;
const OF_A_KIND: usize = 1;

impl Crawl<'_> {
    async fn run(&mut self) {
        let mut waiting: VecDeque<String> = VecDeque::from(["/".to_owned()]);
        waiting.extend(self.guesses());
        while let Some(address) = waiting.pop_front() {
            // Who may be told of everybody shows only that there was something to be told.
            if self.pages.len() >= if self.hidden.is_empty() { MOST / 2 } else { MOST } {
                break;
            }
            if !self.wants(&address) {
                continue;
            }
            let fetched = self.fetch(&address).await;
            assert_ne!(fetched.status, StatusCode::INTERNAL_SERVER_ERROR, "{}: {address}", self.name);
            for hidden in &self.hidden {
                let found = fetched.text.find(hidden.as_str());
                let around = found.map(|at| {
                    let start = (0..=at.saturating_sub(200)).rev().find(|at| fetched.text.is_char_boundary(*at));
                    fetched.text[start.unwrap_or(0)..].chars().take(400).collect::<String>()
                });
                assert_eq!(around, None, "{} is told of {hidden} at {address}", self.name);
                let asked = self.guessed(&address) || !address.contains(hidden.as_str());
                assert!(asked, "{} is led to {address}", self.name);
            }
            if fetched.status == StatusCode::OK {
                waiting.extend(links(&fetched.text));
                self.pages.insert(address, fetched.text);
            }
        }
    }

    fn guessed(&self, address: &str) -> bool {
        self.county.references.values().any(|reference| address == format!("/children/{reference}"))
    }

    /// Addresses that somebody may have kept from before.
    fn guesses(&self) -> Vec<String> {
        let mut guesses: Vec<String> = self.county.references.values().map(|of| format!("/children/{of}")).collect();
        for number in 1..=8 {
            guesses.push(format!("/actions/A-{number:06}"));
            guesses.push(format!("/actions/A-{number:06}/evidence/{number}"));
            guesses.push(format!("/surgeries/{number}"));
            guesses.push(format!("/surgeries/{number}/minutes.html"));
            guesses.push(format!("/surgeries/{number}/live?seen=0"));
            guesses.extend((1..=12).map(|item| format!("/surgeries/{number}?item={item}")));
        }
        for list in ["/measures/CIN-01/children", "/measures/ALL-01/children", "/measures/DOR-01/children"] {
            for ending in ["", ".csv", ".xlsx"] {
                guesses.push(format!("{list}{ending}"));
                guesses.push(format!("{list}{ending}?as_at=2026-02-27"));
            }
        }
        let files = ["attention", "caseloads", "actions", "answers", "headlines", "data/altered", "data/lag"];
        for file in files.into_iter().chain(["data/problems", "surgeries/evidence"]) {
            guesses.extend(["", ".csv", ".xlsx"].map(|ending| format!("/{file}{ending}")));
            guesses.push(format!("/{file}?as_at=2026-02-27"));
        }
        guesses.push("/measures/CIN-01/changes?from=2026-02-27&to=2026-03-13".to_owned());
        guesses.push("/actions?tab=all&totals=yes".to_owned());
        guesses.push("/actions.csv?tab=all".to_owned());
        guesses
    }

    fn wants(&mut self, address: &str) -> bool {
        let skipped = ["/pkg/", "/sign-", "//", "/favicon"].iter().any(|start| address.starts_with(start));
        if !address.starts_with('/') || skipped || !self.seen.insert(address.to_owned()) {
            return false;
        }
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        // Of measures one is like the other.
        let path = path.replace("%20", " ");
        let parts: Vec<&str> = path.split('/').collect();
        let whose =
            if parts.get(1) == Some(&"measures") && parts.get(2) != Some(&"CIN-01") { "measures" } else { &path };
        let last = parts.last().filter(|_| whose == "measures").copied().unwrap_or_default();
        let mut names: Vec<&str> = query.split('&').map(|pair| pair.split('=').next().unwrap_or_default()).collect();
        names.sort_unstable();
        let of_item = path.starts_with("/surgeries/") && query.starts_with("item=");
        let kind = if of_item { address.to_owned() } else { format!("{whose} {last} {}", names.join(" ")) };
        let known = self.kinds.entry(kind).or_default();
        *known += 1;
        *known <= OF_A_KIND
    }

    async fn fetch(&self, address: &str) -> Fetched {
        let mut request = Request::get(address).header(HOST, "surgery.example").body(Body::empty()).unwrap();
        let cookie = self.browser.token().unwrap();
        request.headers_mut().insert(COOKIE, cookie.parse().unwrap());
        let response = self.county.app.router.clone().oneshot(request).await.unwrap();
        let (parts, mut body) = response.into_parts();
        let kind = parts.headers.get(CONTENT_TYPE).map(|kind| kind.to_str().unwrap().to_owned()).unwrap_or_default();
        let headers: String =
            parts.headers.iter().map(|(name, value)| format!("{name}: {}\n", value.to_str().unwrap())).collect();
        let bytes = if kind.starts_with("text/event-stream") {
            // It never ends: what comes at first is enough.
            let first = tokio::time::timeout(Duration::from_millis(50), body.frame()).await;
            first.ok().flatten().and_then(|frame| frame.unwrap().into_data().ok()).unwrap_or_default()
        } else {
            body.collect().await.unwrap().to_bytes()
        };
        let text =
            if kind.contains("spreadsheet") { unpacked(&bytes) } else { String::from_utf8_lossy(&bytes).into_owned() };
        Fetched { status: parts.status, text: format!("{text}\n{headers}") }
    }
}

fn unpacked(workbook: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(workbook)).unwrap();
    let mut text = String::new();
    for at in 0..archive.len() {
        archive.by_index(at).unwrap().read_to_string(&mut text).unwrap();
    }
    text
}

/// Every address of this site that a page names.
fn links(page: &str) -> Vec<String> {
    let named = ["href=\"", "src=\"", "data-live=\""];
    let of = |mark| page.split(mark).skip(1).filter_map(|rest| rest.split('"').next());
    let plain = |link: &str| link.replace("&amp;", "&").split('#').next().unwrap_or_default().to_owned();
    named.into_iter().flat_map(of).map(plain).filter(|link| link.starts_with('/')).collect()
}

#[tokio::test]
async fn cases_12_and_13_no_role_is_told_of_a_child_that_is_not_its_own_anywhere() {
    on_both(Start::default(), |app| async move {
        let county = County::of(app).await;
        county.write_everything_down().await;
        county.move_on().await;
        let mut pages = HashMap::new();
        for (name, .., told) in roles() {
            let browser = county.app.signed_in(name).await;
            let closed = browser.get(&format!("/children/{}", county.references[CLOSED])).await.status;
            let is_told = |child: &&str| told.contains(child) || (*child == CLOSED && closed == StatusCode::OK);
            let hidden: Vec<&str> = ALL.into_iter().filter(|child| !is_told(child)).collect();
            let ids = hidden.iter().map(|child| (*child).to_owned());
            let hidden = ids.chain(hidden.iter().map(|child| county.references[child].clone())).collect();
            let (seen, kinds) = Default::default();
            let mut crawl = Crawl { county: &county, browser, name, hidden, seen, kinds, pages: BTreeMap::new() };
            crawl.run().await;
            pages.insert(name, crawl.pages);
        }
        everything_was_there(&pages);
        whose_it_is_now_sees_it(&pages);
        others_items_are_titles(&pages["north"]);
    })
    .await;
}

type Pages = BTreeMap<String, String>;

/// What was looked for is there for who may read it, or nothing was looked at.
fn everything_was_there(pages: &HashMap<&str, Pages>) {
    let all: String = pages["director"].values().map(String::as_str).collect();
    for child in ALL {
        assert!(all.contains(child), "{child}");
    }
    let texts = ["See MOVE70002 soon", "Rang GONE70004", "move_MOVE70002.txt", "About NEAR70003", "For GONE70004"];
    for text in texts.into_iter().chain(["Saw NEAR70003", "Meet MOVE70002", "What of MOVE70002", "With MOVE70002"]) {
        assert!(all.contains(text), "{text}");
    }
    for (name, least) in [("director", 100), ("head", 100), ("north", 80), ("south", 50), ("member", 10), ("admin", 4)]
    {
        assert!(pages[name].len() >= least, "{name}: {}", pages[name].len());
    }
    assert!(pages["north"].contains_key("/surgeries/1") && pages["north"].contains_key("/surgeries/1/minutes.html"));
    assert!(pages["north"]["/surgeries/1"].contains("[a child not yours to see]"), "a typed text lost the id");
}

fn whose_it_is_now_sees_it(pages: &HashMap<&str, Pages>) {
    let now: String = pages["south"].values().map(String::as_str).collect();
    assert!(now.contains(LEFT) && !now.contains(STAYS));
}

/// In a service's surgery a manager reads of another team's action whose it is, and no more.
fn others_items_are_titles(north: &Pages) {
    let agenda: Vec<&String> =
        north.iter().filter(|(path, _)| path.as_str() == "/surgeries/4").map(|(_, body)| body).collect();
    let [agenda] = agenda[..] else { panic!("the manager reads the surgery of the service") };
    assert!(agenda.contains("an action of North 2") && !agenda.contains("Secret of the second"), "{agenda}");
    let items: String =
        north.iter().filter(|(path, _)| path.starts_with("/surgeries/4")).map(|(_, body)| body.as_str()).collect();
    assert!(items.contains("of your teams") && !items.contains("Secret of the second"), "{items}");
}
