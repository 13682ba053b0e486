use super::*;
use crate::charts::svg::tests::assert_sound;
use proptest::prelude::*;

fn team(name: &str, numerator: u64, denominator: u64) -> FunnelTeam {
    let figure = Figure { numerator, denominator };
    FunnelTeam { name: name.to_owned(), figure, remark: None }
}

/// The figure of all of them, and the words for those outside.
fn judged(teams: &mut [FunnelTeam]) -> Figure {
    let sum = |part: fn(&Figure) -> u64| teams.iter().map(|team| part(&team.figure)).sum();
    let whole = Figure { numerator: sum(|figure| figure.numerator), denominator: sum(|figure| figure.denominator) };
    for team in teams {
        team.remark = match place(team.figure, whole) {
            Place::Within => None,
            Place::High => Some("Better".to_owned()),
            Place::VeryHigh => Some("Clearly better".to_owned()),
            Place::Low => Some("Worse".to_owned()),
            Place::VeryLow => Some("Clearly worse".to_owned()),
        };
    }
    whole
}

fn input(teams: &[FunnelTeam], whole: Option<Figure>) -> FunnelInput<'_> {
    FunnelInput {
        id: "funnel",
        title: "CP visits on time, team by team in Children and Families",
        counts: "child protection plans open",
        teams,
        whole,
        whole_name: "Children and Families",
        higher_is_better: Some(true),
    }
}

fn drawn(mut teams: Vec<FunnelTeam>) -> Chart {
    let whole = judged(&mut teams);
    funnel(&input(&teams, Some(whole)))
}

/// Everything a reader gets, one element a line.
fn shown(chart: &Chart) -> String {
    assert_sound(&chart.svg);
    let rows: Vec<String> = chart.table.rows.iter().map(|row| row.join(" | ")).collect();
    format!(
        "{}\n{}\n{}\n{}\n{}",
        chart.text,
        chart.table.caption,
        chart.table.head.join(" | "),
        rows.join("\n"),
        chart.svg.replace("><", ">\n<")
    )
}

/// Twenty teams of 3 to 60 plans: most alike, five not.
fn many() -> Vec<FunnelTeam> {
    (0..20)
        .map(|number| {
            let size = 3 + number * 3;
            let on_time = match number {
                6 | 7 => size * 6 / 10,
                12 | 15 => size,
                19 => size * 65 / 100,
                _ => size * 9 / 10,
            };
            team(&format!("Children and Families {}", number + 1), on_time, size)
        })
        .collect()
}

#[test]
fn no_teams() {
    insta::assert_snapshot!(shown(&funnel(&input(&[], None))));
}

#[test]
fn one_team() {
    insta::assert_snapshot!(shown(&drawn(vec![team("Assessment North", 20, 24)])));
}

#[test]
fn many_teams() {
    let chart = drawn(many());
    assert!(chart.svg.len() < 24_000, "{} bytes", chart.svg.len());
    insta::assert_snapshot!(shown(&chart));
}

#[test]
fn all_at_100_per_cent() {
    let teams = (1..=5).map(|number| team(&format!("Team {number}"), number * 6, number * 6)).collect();
    insta::assert_snapshot!(shown(&drawn(teams)));
}

#[test]
fn a_team_without_a_unit_has_no_mark_and_one_of_nine_is_not_judged() {
    let chart = drawn(vec![team("Empty", 0, 0), team("Nine", 0, 9), team("Many", 500, 1000)]);
    assert!(!chart.text.contains("Empty") && !chart.svg.contains("Empty"));
    assert!(
        chart.text.ends_with("None differs by more than chance explains. 1 team has fewer than 10 and is not judged.")
    );
    let nine = chart.table.rows.iter().find(|row| row[0] == "Nine").unwrap();
    assert_eq!(nine[4..], ["–", "–", "Not judged: fewer than 10"]);
}

#[test]
fn names_from_the_data_stay_text() {
    let hostile = "</title><script>alert(1)</script>\" style=\"x' <b>&amp;\u{0}\u{202e}";
    let mut teams = vec![team(hostile, 2, 60), team("Other", 590, 600)];
    let whole = judged(&mut teams);
    let input = FunnelInput { id: hostile, title: hostile, counts: hostile, ..input(&teams, Some(whole)) };
    let chart = funnel(&input);
    assert_sound(&chart.svg);
    assert!(!chart.svg.contains("<script") && !chart.svg.contains("<b>") && chart.svg.contains("&lt;script&gt;"));
}

#[test]
fn where_neither_way_is_better_a_team_is_different_and_not_worse() {
    let mut teams = vec![team("Low", 2, 60), team("Other", 590, 600)];
    let whole = judged(&mut teams);
    let chart = funnel(&FunnelInput { higher_is_better: None, ..input(&teams, Some(whole)) });
    assert!(chart.svg.contains("chart-changed") && !chart.svg.contains("chart-worse"));
    assert!(chart.svg.contains("Neither higher nor lower is better."));
}

/// The places of the numbers beside marks, on the wide drawing.
fn numbers(svg: &str) -> Vec<(i32, i32)> {
    let wide = svg.split("</svg>").next().unwrap_or_default();
    let bold = wide.split("font-weight=\"bold\"").skip(1).filter_map(|group| group.split("</g>").next());
    let texts = bold.flat_map(|group| group.split("<text ").skip(1));
    let number = |text: &str, name: &str| text.split_once(name)?.1.split('"').next()?.parse().ok();
    texts.filter_map(|text| Some((number(text, "x=\"")?, number(text, "y=\"")?))).collect()
}

#[test]
fn the_numbers_of_teams_that_differ_keep_clear_of_each_other() {
    // Six teams of one size and nearly one figure, far from the seventh.
    let mut teams: Vec<_> = (0..6).map(|number| team(&format!("Low {number}"), 10 + number % 2, 40)).collect();
    teams.push(team("Rest", 1_880, 2_000));
    let places = numbers(&drawn(teams).svg);
    assert_eq!(places.len(), 7);
    for (at, one) in places.iter().enumerate() {
        for other in &places[at + 1..] {
            assert!((one.0 - other.0).abs() >= 9 || (one.1 - other.1).abs() >= 14, "{one:?} {other:?}");
        }
    }
}

proptest! {
    #[test]
    fn any_teams_make_a_sound_drawing_that_numbers_those_that_place_judges(
        sizes in proptest::collection::vec((0_u64..3_000).prop_flat_map(|n| (0..=n, Just(n))), 0..40),
    ) {
        let teams = sizes.iter().enumerate();
        let mut teams: Vec<_> = teams.map(|(at, (k, n))| team(&format!("Team {at}"), *k, *n)).collect();
        let whole = judged(&mut teams);
        let chart = funnel(&input(&teams, Some(whole)));
        assert_sound(&chart.svg);
        let outside = teams.iter().filter(|team| place(team.figure, whole) != Place::Within).count();
        prop_assert_eq!(numbers(&chart.svg).len(), outside);
        prop_assert_eq!(chart.table.rows.len(), sizes.iter().filter(|(_, n)| *n > 0).count());
    }
}
