//! Made-up data for every page.

use super::coming_samples::{due, look_ahead};
use crate::data::*;

pub fn page<T>(body: T) -> Page<T> {
    let viewer = ViewerCard {
        name: "Jo Marsh".to_owned(),
        role: "Director of Children’s Services".to_owned(),
        reads_children: true,
        reads_counts: true,
        loads_data: true,
    };
    let frame = Frame {
        viewer,
        as_at: Some("30 October 2026".to_owned()),
        freshness: Some("3 working days old".to_owned()),
        home: "/".to_owned(),
        attention: Some("/attention".to_owned()),
        caseloads: Some("/caseloads".to_owned()),
        waiting: Some(12),
        dates: Some(dates()),
        demo: true,
    };
    Page { frame, body }
}

fn dates() -> Dates {
    let choice = |value: &str, text: &str| DateChoice {
        value: value.to_owned(),
        text: text.to_owned(),
        chosen: value.is_empty(),
    };
    let choices = vec![choice("", "30 October 2026"), choice("2026-10-23", "23 October 2026")];
    let kept = vec![("team".to_owned(), "North & West".to_owned())];
    Dates { action: "/measures/CPP-01".to_owned(), kept, choices, past: false }
}

pub fn link(text: &str, href: &str) -> Link {
    Link { text: text.to_owned(), href: href.to_owned() }
}

pub fn figure(value: &str, detail: &str) -> FigureText {
    FigureText { value: value.to_owned(), detail: detail.to_owned(), small: false, supplied: true }
}

pub fn missing() -> FigureText {
    FigureText { value: "not supplied".to_owned(), detail: "not in the extract".to_owned(), ..FigureText::default() }
}

pub fn said(text: &str, standing: Standing) -> Option<Remark> {
    Some(Remark { text: text.to_owned(), standing })
}

pub fn signal() -> Signal {
    let signed = |sign, text: &str, standing| SignedRemark { sign, remark: Remark { text: text.to_owned(), standing } };
    Signal {
        variation: signed(Sign::Down, "Getting worse since April 2026", Standing::Bad),
        rule: Some("7 or more months in a row below the mean up to October 2026".to_owned()),
    }
}

pub fn card(id: &str, name: &str, figure: FigureText, target: Option<Remark>) -> Card {
    Card {
        id: id.to_owned(),
        name: name.to_owned(),
        figure,
        on_target: target.as_ref().map(|remark| remark.text.ends_with("on target")),
        target,
        england: Some("England 81.4% (2025), middle half of councils 76.8% to 88.0%".to_owned()),
        change: said("Down 4.2 points since September", Standing::Neutral),
        signal: Some(signal()),
        latest: Some("October: 71.0%".to_owned()),
        spark: vec![Some(700), Some(820), Some(640), None, Some(500), Some(560), Some(420), Some(300), Some(350)],
        spark_text: "From 88.0% in February 2026 to 71.0% in October 2026".to_owned(),
        href: format!("/measures/{id}"),
        act: Some(link("12 late", &format!("/measures/{id}/children?show=act"))),
    }
}

pub fn groups() -> Vec<CardGroup> {
    let good = || said("Target 90% or more: on target", Standing::Neutral);
    let bad = || said("Target 95% or more: 23.7 short", Standing::Neutral);
    let near = || said("Target 95% or more: 1.2 short", Standing::Neutral);
    let mut small = figure("66.7%", "4 of 6 conferences");
    small.small = true;
    let mut quiet =
        card("ASM-03", "Assessments open past their date", figure("38", "38 of 412 open assessments"), None);
    quiet.act = Some(link("38 late", "/measures/ASM-03/children?show=act"));
    vec![
        CardGroup {
            title: "Assessment".to_owned(),
            anchor: "assessment".to_owned(),
            cards: vec![
                card(
                    "ASM-01",
                    "Assessments finished within 45 working days",
                    figure("71.3%", "107 of 150 finished since 1 August 2026"),
                    bad(),
                ),
                quiet,
                card(
                    "ASM-04",
                    "Children seen within 5 working days of referral",
                    figure("93.8%", "121 of 129 referrals"),
                    near(),
                ),
            ],
        },
        CardGroup {
            title: "Child protection".to_owned(),
            anchor: "child-protection".to_owned(),
            cards: vec![
                card("CPP-01", "Child protection visits on time", figure("91.2%", "104 of 114 plans open"), good()),
                card("CPP-05", "Initial conferences within 15 working days", small, bad()),
                card("CPP-07", "Plans over two years", missing(), None),
                card("CPP-08", "Reviews on time", figure("no value", "no review was due"), None),
            ],
        },
    ]
}

pub fn home() -> Page<HomePage> {
    page(HomePage {
        whole: "Whole council".to_owned(),
        groups: groups(),
        services: ["Front Door and Referral & Assessment", "Children & Families", "Children in Care and Care Leavers"]
            .map(|name| ServiceLink {
                name: name.to_owned(),
                href: "/services/x".to_owned(),
                detail: "8 teams, 412 open children".to_owned(),
            })
            .to_vec(),
        unmapped: vec![link("East Duty", "/teams/East%20Duty")],
        exports: vec![link("Take away as CSV", "/headlines.csv")],
        suppressed: false,
        notices: vec![link("2 actions late", "/actions?tab=mine")],
        tour: true,
    })
}

pub fn service() -> Page<ServicePage> {
    let columns: Vec<_> = (0..14)
        .map(|at| MatrixColumn {
            id: format!("M-{at:02}"),
            name: ["Assessments within 45 days", "CP visits on time", "Caseload", "Unallocated"][at % 4].to_owned(),
            group: ["Assessment", "Child protection", "Workforce"][at / 5].to_owned(),
            href: format!("/measures/M-{at:02}?service=x#teams"),
        })
        .collect();
    let cell = |row: usize, at: usize| MatrixCell {
        figure: match (row + at) % 9 {
            4 => missing(),
            5 => FigureText { small: true, ..figure("50.0%", "3 of 6") },
            _ => figure("87.5%", "35 of 40"),
        },
        differs: match (row * 5 + at) % 13 {
            3 => said("better", Standing::Good),
            7 => said("worse", Standing::Bad),
            _ => None,
        },
        href: Some("/measures/M-01/children?team=x".to_owned()),
    };
    let rows = (0..9)
        .map(|row| MatrixRow {
            team: if row == 0 {
                link("All teams", "/services/x")
            } else {
                link(&format!("North Team {row}"), "/teams/x")
            },
            whole: row == 0,
            cells: (0..14).map(|at| cell(row, at)).collect(),
        })
        .collect();
    page(ServicePage {
        name: "Children & Families".to_owned(),
        accountable: vec!["Director: Jo Marsh".to_owned(), "Head of Service: Sam Okafor".to_owned()],
        columns,
        rows,
    })
}

pub fn team(name: &str) -> Page<TeamPage> {
    page(TeamPage {
        name: name.to_owned(),
        facts: vec![("Locality".to_owned(), "North".to_owned()), ("Team manager".to_owned(), "Ana Reid".to_owned())],
        service: Some(link("Children & Families", "/services/x")),
        mapped: true,
        groups: groups(),
        caseloads: Some(link("Caseloads beside the workforce", "/caseloads?team=North%20Team%201")),
        workers: vec![
            WorkerRow {
                worker: "Bo Lind".to_owned(),
                children: 20,
                above: Some("2 above the limit of 18".to_owned()),
                href: Some("/measures/WRK-01/children?worker=x".to_owned()),
            },
            WorkerRow { worker: "Cy Hall".to_owned(), children: 12, above: None, href: None },
        ],
        unallocated: Some(link("3 children without a worker", "/measures/ALL-01/children?team=x&show=act")),
        due: Some(due(3)),
        actions: Some(actions_here()),
        quality: Some(RecordQuality {
            text: "3 problems in the records of this team as at 30 October 2026.".to_owned(),
            kinds: vec![link("3 values in Gender are not among its codes", "/data/problems?team=x&list=L7")],
            all: Some(link("See them row by row", "/data/problems?team=x")),
        }),
    })
}

/// A line of the log, with everything that can stand in it.
pub fn action_line(number: u32) -> ActionLine {
    ActionLine {
        number: link(&format!("A-{number:06}"), &format!("/actions/A-{number:06}")),
        what: "See the child and record the visit".to_owned(),
        about: "Child, North Team 1".to_owned(),
        accountable: "Hana Osei".to_owned(),
        vacant: number.is_multiple_of(2),
        doer: "Ana Reid".to_owned(),
        due: "23 October 2026".to_owned(),
        time: "5 working days late".to_owned(),
        step: "The Director is told".to_owned(),
        state: "Open".to_owned(),
        standing: Standing::Bad,
        data: "The data confirms it for 1 of 2 children".to_owned(),
        key: format!("{number}.3"),
    }
}

pub fn actions_here() -> ActionsHere {
    ActionsHere {
        lines: vec![action_line(1), action_line(2)],
        all: Some(link("All 14 open actions", "/actions?team=x")),
        add: Some(link("Add an action", "/actions/new?team=x")),
    }
}

/// A form with a field of every kind.
pub fn form() -> Form {
    let field = |name: &str, kind| Field {
        name: name.to_owned(),
        label: format!("The {name}"),
        hint: "A sentence without a child’s name.".to_owned(),
        value: "\"><script>".to_owned(),
        kind,
        picks: vec![Pick { value: "7".to_owned(), text: "Hana Osei".to_owned(), chosen: true }],
        required: true,
    };
    Form {
        action: "/actions/A-000001".to_owned(),
        id: "report".to_owned(),
        title: "Report what changed".to_owned(),
        about: "A second person confirms it.".to_owned(),
        hidden: vec![("version".to_owned(), "3".to_owned())],
        fields: vec![
            field("line", FieldKind::Line),
            field("text", FieldKind::Text),
            field("date", FieldKind::Date),
            field("choice", FieldKind::Choice),
        ],
        button: "Report".to_owned(),
        open: true,
    }
}

pub fn history() -> HistoryRow {
    HistoryRow {
        when: "23 October 2026, 10:12".to_owned(),
        who: "Ana Reid".to_owned(),
        what: "Progress".to_owned(),
        text: "Booked for\nTuesday".to_owned(),
        links: vec!["https://intranet.example/visit".to_owned()],
    }
}

pub fn log() -> Page<LogPage> {
    page(LogPage {
        title: "Your actions".to_owned(),
        about: "What you answer for, and what you were given.".to_owned(),
        tabs: vec![Tab {
            text: "Mine".to_owned(),
            count: 2,
            href: "/actions?tab=mine".to_owned(),
            current: true,
            open_ended: false,
        }],
        filters: vec![LogFilter {
            name: "level".to_owned(),
            label: "Level".to_owned(),
            all: "All levels".to_owned(),
            picks: form().fields.remove(3).picks,
        }],
        kept: vec![("tab".to_owned(), "mine".to_owned())],
        views: vec![link("Late by a week", "/actions?late=director")],
        sections: vec![ActionSection { title: "Late".to_owned(), lines: vec![action_line(1), action_line(2)] }],
        total: "2 actions".to_owned(),
        next: Some("/actions?after=2026-10-23.2".to_owned()),
        first: Some("/actions".to_owned()),
        hand_over: Some(form()),
        add: Some(link("Add an action", "/actions/new")),
        totals: vec![LogTotals {
            caption: "By Head of Service".to_owned(),
            head: vec!["Head of Service".to_owned(), "Open".to_owned()],
            rows: vec![vec!["Hana Osei".to_owned(), "2".to_owned()]],
        }],
        exports: vec![link("CSV", "/actions.csv")],
    })
}

pub fn action() -> Page<ActionPage> {
    page(ActionPage {
        number: "A-000001".to_owned(),
        what: "See the child and record the visit".to_owned(),
        why: "Not seen for 15 working days".to_owned(),
        finding: vec![("Figure".to_owned(), "92.1%, 35 of 38 children".to_owned())],
        state: "Open".to_owned(),
        standing: Standing::Bad,
        time: "5 working days late".to_owned(),
        step: "The Director is told".to_owned(),
        facts: vec![("Accountable".to_owned(), "Hana Osei".to_owned())],
        links: vec![link("North Team 1", "/teams/x")],
        moves: vec!["From 16 October to 23 October 2026: worker away".to_owned()],
        effect: vec![("When recorded".to_owned(), "92.1%".to_owned())],
        children: vec![ActionChild {
            child: link("C204537", "/children/0123456789abcdef"),
            team: "North Team 1".to_owned(),
            data: "The data confirms it.".to_owned(),
            standing: Standing::Good,
        }],
        hidden: "1 more child is not yours to see.".to_owned(),
        evidence: vec![EvidenceRow {
            file: link("visit.pdf", "/actions/A-000001/evidence/1"),
            added: "Ana Reid, 23 October 2026, 10:12".to_owned(),
        }],
        upload: Some(form()),
        report: Some(history()),
        history: vec![history()],
        forms: vec![form()],
        refused: None,
        conflict: Some(Conflict {
            theirs: vec![history()],
            yours: vec![("What changed".to_owned(), "Seen on Monday".to_owned())],
        }),
    })
}

pub fn new_action() -> Page<NewActionPage> {
    page(NewActionPage {
        facts: vec![("About".to_owned(), "1 child of North Team 1".to_owned())],
        children: vec![link("C204537", "/children/0123456789abcdef")],
        form: Some(form()),
        teams: Vec::new(),
        services: Vec::new(),
        pathway: None,
        refused: Some("The due date lies in the past: choose today or later.".to_owned()),
    })
}

pub fn recommendations() -> Page<RecommendationsPage> {
    page(RecommendationsPage {
        rows: vec![RecommendationRow {
            source: "Improvement plan".to_owned(),
            reference: link("3.2", "/actions?recommendation=1"),
            title: "See every child in time".to_owned(),
            state: "On the list".to_owned(),
            open: 4,
            late: 1,
            closed: 12,
        }],
        form: Some(form()),
        counts: true,
    })
}

pub fn chart() -> Chart {
    Chart {
        svg: "<svg viewBox=\"0 0 800 240\" role=\"img\"><title>Trend</title><polyline points=\"20,60 200,90 380,80 560,140 780,180\" fill=\"none\" stroke=\"#12344d\" stroke-width=\"3\"/></svg>".to_owned(),
        text: "Falling since June 2026; the last three points lie below the lower limit, which chance does not explain.".to_owned(),
        table: Table {
            caption: "Assessments finished within 45 working days".to_owned(),
            head: vec!["As at".to_owned(), "Value".to_owned()],
            rows: vec![vec!["30 October 2026".to_owned(), "71.3%".to_owned()], vec!["23 October 2026".to_owned(), "75.5%".to_owned()]],
        },
    }
}

pub fn measure() -> Page<MeasurePage> {
    let team = |name: &str, share: Option<u16>, differs| TeamFigure {
        team: link(name, "/measures/ASM-01?team=x"),
        service: "Front Door and Referral & Assessment".to_owned(),
        figure: share.map_or_else(missing, |share| figure(&format!("{}.{}%", share / 10, share % 10), "21 of 30")),
        differs,
        share,
        act: Some(link("9 late", "/measures/ASM-01/children?team=x&show=act")),
    };
    page(MeasurePage {
        exports: vec![link("Teams as CSV", "/measures/ASM-01/teams.csv")],
        card: groups()[0].cards[0].clone(),
        place: "Whole council".to_owned(),
        group: "Assessment".to_owned(),
        meaning: "Of the assessments finished in the last three months, the share finished within 45 working days of the referral.".to_owned(),
        guidance: guidance(),
        denominator: "assessments finished in the period".to_owned(),
        numerator: "those finished within 45 working days".to_owned(),
        source: "Working Together to Safeguard Children 2023, page 57".to_owned(),
        polarity: "higher is better".to_owned(),
        period: "1 August 2026 to 31 October 2026".to_owned(),
        standards: vec![("Days allowed".to_owned(), "45 working days".to_owned()), ("Target".to_owned(), "95% or more".to_owned())],
        trend: Some(chart()),
        rebase: Some(RebasePanel {
            action: "/measures/ASM-01/rebase".to_owned(),
            kept: vec![("team".to_owned(), "North & West".to_owned())],
            earliest: "2025-11-08".to_owned(),
            latest: "2026-10-30".to_owned(),
            cuts: vec![ChartCut {
                id: "7".to_owned(),
                text: "From 5 June 2026: one front door for all. Set by Jo Marsh on 9 June 2026, 10:05".to_owned(),
            }],
        }),
        ahead: Some(look_ahead()),
        funnel: Some(chart()),
        teams: vec![
            team("North Assessment", Some(912), said("better than the whole", Standing::Good)),
            team("South Assessment", Some(540), said("worse than the whole", Standing::Bad)),
            team("East Assessment", Some(700), None),
            team("West Assessment", None, None),
        ],
        children: Some(link("All 150 children", "/measures/ASM-01/children")),
        add: Some(link("Add an action", "/actions/new?measure=ASM-01")),
        changes: Some(link("What changed since the extract before", "/measures/ASM-01/changes")),
    })
}

pub fn list(lines: usize) -> Page<ListPage> {
    let column = |text: &str, sort: &str, sorted: &str| Column {
        text: text.to_owned(),
        href: if sort.is_empty() { String::new() } else { format!("/measures/ASM-03/children?show=act&sort={sort}") },
        sorted: sorted.to_owned(),
    };
    let choice = |value: &str, chosen| Choice { value: value.to_owned(), chosen };
    let rows = (0..lines)
        .map(|at| ListRow {
            who: format!("C{:06}", 204_500 + at * 37),
            href: Some(format!("/children/C{:06}", 204_500 + at * 37)),
            event: None,
            team: format!("North Assessment Team {}", at % 7),
            worker: ["Bo Lind", "Cy Hall", "(no worker)", "Dee O’Neill & Partner"][at % 4].to_owned(),
            start: "1 September 2026".to_owned(),
            due: "3 November 2026".to_owned(),
            days: "47 working days (2 over)".to_owned(),
            state: ["Late", "Due 3 November 2026", "On time"][at % 3].to_owned(),
            answer: Some(super::answer_samples::beside(at)),
            standing: [Standing::Bad, Standing::Near, Standing::Good][at % 3],
            reference: Some(format!("{at:020x}")),
        })
        .collect();
    page(ListPage {
        id: "ASM-03".to_owned(),
        name: "Assessments open past their date".to_owned(),
        measure_href: "/measures/ASM-03".to_owned(),
        place: "Whole council".to_owned(),
        figure: figure("38", "38 of 412 open assessments"),
        period: "open at 30 October 2026".to_owned(),
        numerator: "open longer than 45 working days".to_owned(),
        tabs: [("All", 412, false), ("Late", lines as u64, true), ("Due soon", 61, false), ("On time", 313, false)]
            .map(|(text, count, current)| Tab {
                text: text.to_owned(),
                count,
                href: format!("/measures/ASM-03/children?show={text}"),
                current,
                open_ended: false,
            })
            .to_vec(),
        services: vec![choice("Front Door and Referral & Assessment", true), choice("Children & Families", false)],
        teams: vec![choice("North Assessment Team 1", false), choice("North Assessment Team 2", false)],
        workers: vec![choice("Bo Lind", false), choice("(no worker)", false)],
        kept: vec![("show".to_owned(), "act".to_owned())],
        columns: vec![
            column("Child", "child", "none"),
            column("Team", "team", "none"),
            column("Worker", "worker", "none"),
            column("Began", "start", "none"),
            column("Due", "-due", "ascending"),
            column("So far", "days", "none"),
            column("State", "", "none"),
            column("Answer", "", "none"),
        ],
        of_workers: false,
        rows,
        total: lines as u64,
        page: 1,
        pages: 3,
        previous: None,
        next: Some("/measures/ASM-03/children?show=act&page=2".to_owned()),
        answers: Some(super::answer_samples::on_list()),
        exports: vec![
            link("Excel (.xlsx)", "/measures/ASM-03/children.xlsx"),
            link("CSV", "/measures/ASM-03/children.csv"),
        ],
        add: Some(vec![("measure".to_owned(), "ASM-03".to_owned())]),
    })
}

pub fn child() -> Page<ChildPage> {
    page(ChildPage {
        child_id: "C204537".to_owned(),
        age: "7 years old, born 3 March 2019".to_owned(),
        details: vec![("Gender".to_owned(), "Girl".to_owned()), ("Ethnicity".to_owned(), "White British".to_owned())],
        status: vec!["Child protection plan".to_owned(), "Child in need".to_owned()],
        team: Some(link("North Team 1", "/teams/North%20Team%201")),
        worker: "(no worker)".to_owned(),
        allocated: false,
        attention: vec!["No worker for 12 working days".to_owned(), "Plan longer than 18 months".to_owned()],
        on_register: Some("On the register since 3 July 2026, 17 weeks".to_owned()),
        actions: actions_here(),
        also: vec!["Review of the child protection plan 4 days late, due 26 October 2026".to_owned()],
        clocks: vec![ClockRow {
            measure: link("Child protection visits on time", "/measures/CPP-01"),
            start: "9 October 2026".to_owned(),
            due: "23 October 2026".to_owned(),
            days: "15 working days (5 over)".to_owned(),
            state: "Late".to_owned(),
            standing: Standing::Bad,
        }],
        total: "Known for 2 years 3 months, in 2 spells".to_owned(),
        stages: vec![
            StageRow { stage: "Assessment".to_owned(), spells: 2, time: "84 days".to_owned(), now: false },
            StageRow { stage: "Child protection plan".to_owned(), spells: 1, time: "570 days".to_owned(), now: true },
        ],
        timeline: Some(chart()),
        events: vec![
            EventRow {
                date: "3 July 2024".to_owned(),
                what: "Referral".to_owned(),
                detail: "Police; North Assessment Team 1".to_owned(),
            },
            EventRow {
                date: "8 April 2025".to_owned(),
                what: "Child protection plan began".to_owned(),
                detail: "Neglect; North Team 1".to_owned(),
            },
        ],
        says: vec![MeasureSays {
            measure: link("Plans over 18 months", "/measures/CPP-06"),
            state: "Yes".to_owned(),
            standing: Standing::Bad,
            detail: "570 days".to_owned(),
        }],
        answers: Some(super::answer_samples::history()),
        recorded: None,
        problems: vec!["List 7, row 41: the plan’s first category is empty".to_owned()],
        looks: vec![LookRow { who: "Sam Okafor".to_owned(), when: "today at 09:12".to_owned() }],
    })
}

pub fn data() -> Page<DataPage> {
    let extract = |day: &str, current| ExtractRow {
        as_at: link(day, "/data/extracts/7"),
        loaded: "2 November 2026 by Ali Kent".to_owned(),
        rows: [104_212, 104_190, 20, 2],
        problems: 61,
        current,
    };
    page(DataPage {
        extracts: vec![extract("30 October 2026", true), extract("23 October 2026", false)],
        loads: vec![LoadRow { link: link("Load 8", "/data/loads/8"), state: "held for confirmation".to_owned() }],
        can_load: true,
        more: vec![link("Records altered in retrospect", "/data/altered")],
        problems: vec![problem_kind()],
    })
}

fn problem_kind() -> ProblemGroup {
    ProblemGroup {
        list: "L7".to_owned(),
        text: link(
            "14 dates in Child Protection Plan Start Date lie after the as-at date: =HYPERLINK(\"x\") …",
            "/data/problems?list=L7&kind=after-as-at",
        ),
        message: "After the as-at date, read as blank: correct it in the case system".to_owned(),
        count: 14,
    }
}

pub fn extract() -> Page<ExtractPage> {
    page(ExtractPage {
        as_at: "30 October 2026".to_owned(),
        loaded: "Loaded on 2 November 2026 at 08:40 by Ali Kent from annex_a.xlsx".to_owned(),
        changes: vec!["Moved from 29 October 2026 by Ali Kent: the export ran a day later".to_owned()],
        forms: vec![Form {
            action: "/data/extracts/7/remove".to_owned(),
            id: "remove".to_owned(),
            title: "Remove this extract".to_owned(),
            about: "It goes as if it had never been loaded.".to_owned(),
            fields: vec![Field {
                name: "reason".to_owned(),
                label: "Reason".to_owned(),
                required: true,
                ..Field::default()
            }],
            button: "Remove this extract".to_owned(),
            ..Form::default()
        }],
        lists: vec![ListReport {
            list: "L7".to_owned(),
            name: "Child protection".to_owned(),
            sheet: "List_7".to_owned(),
            counts: [1_204, 1_190, 12, 2, 30],
        }],
        problems: vec![problem_kind()],
        problems_total: 61,
        cut: Some("The list is cut: only the first 10 of 61 problems are kept.".to_owned()),
        rows: link("The problems row by row", "/data/problems?extract=7"),
    })
}

pub fn forecast(checked: bool) -> LoadForecast {
    LoadForecast {
        checked,
        holds: vec![HoldRow {
            kind: "missing-list".to_owned(),
            title: "A list or rows are missing".to_owned(),
            list: "L8: Children in care".to_owned(),
            message: "List 8 had 412 rows in the extract before; it is not in this one.".to_owned(),
            before: "412".to_owned(),
            now: "0".to_owned(),
        }],
        records: "Records: 12 new, 3 changed, 412 ended, 900 as before.".to_owned(),
        figures: vec![FigureRow {
            id: "CPP-01".to_owned(),
            name: "Child protection visits on time".to_owned(),
            before: "28 of 40".to_owned(),
            after: "0 of 55".to_owned(),
            changes: true,
        }],
        problems: vec![ProblemKind {
            list: "L7".to_owned(),
            column: "Date of the Last Statutory Visit".to_owned(),
            message: "not a date".to_owned(),
            count: 12,
        }],
        lists: Vec::new(),
    }
}

pub fn load(state: LoadState) -> Page<LoadPage> {
    page(LoadPage {
        id: "8".to_owned(),
        files: "annex_a.xlsx, workforce.csv".to_owned(),
        as_at: "30 October 2026".to_owned(),
        state,
    })
}

pub fn sign_in() -> SignInPage {
    let persona = |key: &str, name: &str, role: &str| Persona {
        key: key.to_owned(),
        name: name.to_owned(),
        role: role.to_owned(),
    };
    SignInPage {
        personas: vec![
            persona("director", "Jo Marsh", "Director: every service, down to the child"),
            persona("hos", "Sam Okafor", "Head of Service, Children & Families: its teams, down to the child"),
            persona("tm", "Ana Reid", "Team manager, North Team 1: the team’s own children"),
            persona("analyst", "Ali Kent", "Performance analyst: everything, and loads the extracts"),
            persona("member", "Cllr Pat Vale", "Lead member: figures only, never a child"),
        ],
        has_users: true,
    }
}

pub fn help() -> Page<HelpPage> {
    page(HelpPage {
        measures: vec![MeasureHelp {
            id: "ASM-01".to_owned(),
            name: "Assessments finished within 45 working days".to_owned(),
            group: "Assessment".to_owned(),
            meaning: "The share of assessments finished in time.".to_owned(),
            guidance: guidance(),
            page: Some(link("The measure", "/measures/ASM-01")),
            counted: "Assessments finished within 45 working days, out of all finished in the period".to_owned(),
            source: "Working Together to Safeguard Children 2023".to_owned(),
            england: Some("84.1% (2025)".to_owned()),
        }],
    })
}

fn guidance() -> GuidanceText {
    GuidanceText {
        matters: "Until it is done nobody has agreed what the child needs.".to_owned(),
        moves: "Caseloads, vacancies, the manager’s sign-off.".to_owned(),
        question: "At which step do the late ones wait?".to_owned(),
        children: Some(link("15 to act on", "/measures/ASM-01/children?show=act")),
    }
}

pub fn tour() -> Page<TourPage> {
    let step = |number: usize| TourStep {
        title: format!("Step {number}"),
        text: "Every figure leads to its children.".to_owned(),
        look: "the line under the figure.".to_owned(),
        link: (number > 1).then(|| link("Your team", "/teams/North%20Team%201")),
    };
    page(TourPage {
        parts: vec![TourPart {
            role: "Team manager".to_owned(),
            purpose: "You say what is true of each late child.".to_owned(),
            steps: (1..=6).map(step).collect(),
        }],
        offered: true,
    })
}
