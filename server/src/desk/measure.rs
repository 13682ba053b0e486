//! `/measures/:id`: what is it, how is it counted, how does it move, who is behind it?

use crate::charts;
use crate::council::Council;
use crate::desk::cards::{CardMaker, act};
use crate::desk::export::take_away_of;
use crate::desk::funnel_words::differs;
use crate::desk::here::Here;
use crate::desk::signal::Judged;
use crate::desk::standards::in_words;
use crate::desk::{ViewerDesk, actions, failed, files, links, look_ahead, over_time, rebases, suppress, words};
use crate::reading::{self, By, NO_TEAM, Selection};
use app::data::{Chart, GuidanceText, Link, MeasurePage, TeamFigure};
use app::desk::Answer;
use app::error::PageError;
use chrono::NaiveDate;
use domain::measures::figure::Figure;
use domain::measures::{Counting, Measure, Polarity, Timing};
use domain::names::name_key;
use domain::signal::Span;
use domain::standards::Standards;
use domain::targets::{Origin, TargetInForce};

pub(super) async fn page(
    desk: &ViewerDesk,
    id: &str,
    service: Option<&str>,
    team: Option<&str>,
) -> Answer<MeasurePage> {
    let scope = &desk.visit.viewer.scope;
    let (Some(council), Some(measure)) = (desk.council().await?, domain::measures::measure(id)) else {
        return desk.deny("read measure", id).await;
    };
    if !is_readable(scope, measure, service.is_some() || team.is_some()) {
        return desk.deny("read measure", id).await;
    }
    let Some(selection) = selection(&council, scope, service, team) else {
        return desk.deny("read measure", id).await;
    };
    let asked = ViewerDesk::asked(&council);
    let cuts = desk.rebases().await?;
    let maker = desk.cards(&council, &asked, &selection, &cuts);
    let card = maker.card(measure).await?;
    let standards = &asked.standards;
    // Members are shown no breakdown: see `suppress`.
    let (funnel, teams) = if scope.suppresses() { (None, Vec::new()) } else { teams(desk, &maker, measure).await? };
    let children = (scope.reads_children() && card.figure.supplied).then(|| Link {
        text: if measure.counting == Counting::Units {
            "See the children behind this figure".to_owned()
        } else {
            "See the workers behind this figure".to_owned()
        },
        href: council.links().children(measure.id, &selection, &[]),
    });
    let page = MeasurePage {
        place: place(&selection, scope.reaches_everything()),
        group: measure.group.title().to_owned(),
        meaning: measure.meaning_text(standards),
        guidance: guidance(measure, card.act.clone().or_else(|| children.clone())),
        denominator: words::units(measure, standards, asked.period),
        numerator: measure.numerator_text(standards),
        source: measure.source.to_owned(),
        polarity: match measure.polarity {
            Polarity::High => "Higher is better",
            Polarity::Low => "Lower is better",
            Polarity::Neutral => "Neither higher nor lower is better: it gives context",
        }
        .to_owned(),
        period: words::period(measure, asked.period, council.as_at()),
        standards: standards_in_words(measure, standards)
            .into_iter()
            .chain(council.target(measure, &selection).map(|target| target_in_words(measure, &target)))
            .collect(),
        trend: trend(&maker, measure),
        rebase: rebases::panel(desk, &maker, measure),
        ahead: look_ahead::of_measure(desk, &maker, measure).await?,
        funnel,
        teams,
        children,
        add: actions::may_record(desk).then(|| {
            let mut query = vec![("measure", measure.id.to_owned())];
            query.extend(links::of_selection(&selection));
            query.extend(council.links().date());
            Link { text: "Add an action".to_owned(), href: links::with_query("/actions/new", &query) }
        }),
        changes: over_time::changes_link(&council, scope, measure, &selection),
        exports: Vec::new(),
        card,
    };
    let page = MeasurePage { exports: exports(&maker, measure, &page), ..page };
    let here = Here::of(format!("/measures/{}", measure.id), &selection);
    Ok(desk.framed_at(Some(&council), Some(here), page))
}

/// Whether a measure is shown to a viewer: to who gets no small number only the whole of the own area.
pub(super) fn is_readable(scope: &domain::scope::Scope, measure: &Measure, narrowed: bool) -> bool {
    scope.reads_counts() && !(scope.suppresses() && (narrowed || !suppress::is_published(measure)))
}

/// What a manager needs beside the definition, and the way to those who move the figure.
pub(super) fn guidance(measure: &Measure, children: Option<Link>) -> GuidanceText {
    let Some(guidance) = measure.guidance() else { return GuidanceText::default() };
    GuidanceText {
        matters: guidance.matters.to_owned(),
        moves: guidance.moves.to_owned(),
        question: guidance.question.to_owned(),
        children,
    }
}

/// A service or team the viewer may count, by its name as shown; `None` for an unknown or forbidden one.
pub(super) fn selection(
    council: &Council,
    scope: &domain::scope::Scope,
    service: Option<&str>,
    team: Option<&str>,
) -> Option<Selection> {
    let service = match service {
        None => None,
        Some(reading::NO_SERVICE) if scope.reaches_everything() => Some(reading::NO_SERVICE.to_owned()),
        Some(service) => Some(
            council
                .organisation
                .teams()
                .find(|place| {
                    name_key(&place.service) == name_key(service) && scope.allows_counts_of(Some(&place.team))
                })?
                .service
                .clone(),
        ),
    };
    let team = match team {
        None => None,
        Some(NO_TEAM) if scope.reaches_everything() => Some(NO_TEAM.to_owned()),
        Some(team) if scope.allows_counts_of(Some(team)) && council.names.is_team(team) => {
            Some(council.names.team(team).to_string())
        }
        Some(team) if scope.allows_counts_of(Some(team)) => Some(council.organisation.place(team)?.team.clone()),
        Some(_) => return None,
    };
    Some(Selection { service, team, worker: None })
}

/// What is selected, in words.
pub(super) fn place(selection: &Selection, everything: bool) -> String {
    let parts: Vec<&str> = [&selection.worker, &selection.team, &selection.service]
        .into_iter()
        .filter_map(|part| part.as_deref())
        .collect();
    match (parts.is_empty(), everything) {
        (true, true) => "Whole council".to_owned(),
        (true, false) => "Your teams".to_owned(),
        _ => parts.join(", "),
    }
}

/// What the page shows as files: the chart's points and the teams.
fn exports(maker: &CardMaker<'_>, measure: &Measure, page: &MeasurePage) -> Vec<Link> {
    let of = |what: &'static str| {
        move |ending: &str| files::of_measure_href(maker.council, measure, maker.selection, what, ending)
    };
    let trend = page.trend.as_ref().map(|_| take_away_of("Over time", of("trend")));
    let teams = (!page.teams.is_empty()).then(|| take_away_of("Teams", of("teams")));
    trend.into_iter().chain(teams).flatten().collect()
}

fn standards_in_words(measure: &Measure, standards: &Standards) -> Vec<(String, String)> {
    measure.standards.iter().filter_map(|name| Some((in_words(name), standards.get(name)?))).collect()
}

/// "Target: 95% or more, set for the whole council from 1 January 2026".
fn target_in_words(measure: &Measure, target: &TargetInForce) -> (String, String) {
    let aim = words::target(measure, target.aim);
    let aim = aim.strip_prefix("Target ").unwrap_or(&aim);
    let origin = match &target.origin {
        Origin::Default(source) => format!("the measure’s own ({source})"),
        Origin::Set { area, since } => format!("set for {} from {}", words::area(area), words::date(*since)),
    };
    ("Target".to_owned(), format!("{aim}, {origin}"))
}

/// What a measure's chart is drawn from, and what is taken away of it.
pub(super) struct Course {
    /// The points: months where they can be judged, else extracts.
    pub(super) points: Vec<charts::TrendPoint>,
    /// Which month a point stands for; empty where points are extracts.
    pub(super) months: Vec<(NaiveDate, Span)>,
    /// Points whose month is not finished.
    pub(super) unfinished: Vec<NaiveDate>,
    /// The figure as at each extract.
    line: Vec<(NaiveDate, Option<f64>)>,
    /// The judgement.
    pub(super) control: Option<charts::Control>,
}

/// Small numbers are hidden from who gets them hidden.
pub(super) fn course(maker: &CardMaker<'_>, measure: &'static Measure) -> Course {
    let history = reading::history(maker.council, maker.scope, measure, maker.selection);
    let judged = maker.judged(measure);
    let control = judged.as_ref().map(Judged::control);
    // Who gets small numbers only as "c" gets no events of a month: one month less is often one child less.
    let by_extract: Vec<charts::TrendPoint> = suppress::dates(maker.council, maker.scope, history)
        .map(|(date, figure)| {
            let figure: Option<Figure> =
                figure.filter(|_| suppress::may_be_shown(maker.council, maker.scope, measure, date));
            charts::TrendPoint {
                date,
                value: figure.and_then(|figure| figure.value()),
                numerator: figure.map(|figure| figure.numerator),
                denominator: figure.map(|figure| figure.denominator),
            }
        })
        .collect();
    let line = by_extract.iter().map(|point| (point.date, point.value)).collect();
    let (points, months, unfinished) =
        judged.map_or_else(|| (by_extract, Vec::new(), Vec::new()), |judged| judged.drawn());
    Course { points, months, unfinished, line, control }
}

pub(super) fn trend(maker: &CardMaker<'_>, measure: &'static Measure) -> Option<Chart> {
    let hidden = maker.scope.suppresses();
    let course = course(maker, measure);
    if course.line.len() < 2 {
        return None;
    }
    let Course { points, months, unfinished, line, control } = course;
    let behind = match measure.timing {
        Timing::InPeriod => "the last three months as at each extract",
        Timing::AtDate => "each extract",
    };
    let targets = maker.council.targets_over_time(measure, maker.selection);
    let targets: Vec<_> = targets.map(|(date, set)| (date, set.map(|set| set.aim.value.value()))).collect();
    let england = measure.benchmark.and_then(|benchmark| benchmark.england());
    let title = format!("{}, {}", measure.name, place(maker.selection, maker.scope.reaches_everything()));
    Some(charts::trend(&charts::TrendInput {
        id: "trend",
        title: &title,
        points: &points,
        months: &months,
        unfinished: &unfinished,
        behind: (!months.is_empty()).then_some((&line[..], behind)),
        unit: if measure.counting == Counting::ChildrenPerWorker { charts::Unit::Ratio } else { charts::Unit::Share },
        target: maker.target(measure).map(|aim| aim.value.value()),
        targets_then: &targets,
        england: england.map(|england| (england.value, england.year.to_string())),
        higher_is_better: higher_is_better(measure),
        suppressed: hidden,
        control: control.as_ref(),
        path: None,
    }))
}

/// Teams side by side, each beside the rate of the whole selection: drawn and as lines.
async fn teams(
    desk: &ViewerDesk,
    maker: &CardMaker<'_>,
    measure: &'static Measure,
) -> Result<(Option<Chart>, Vec<TeamFigure>), PageError> {
    let (groups, whole) = figures_of_teams(desk, maker, measure).await?;
    let drawn = funnel(maker, measure, &groups, whole);
    let lines = groups.into_iter().map(|(team, figure)| team_line(maker, measure, team, figure, whole)).collect();
    Ok((drawn, lines))
}

/// The figures of the selection's teams, and of the selection.
pub(super) async fn figures_of_teams(
    desk: &ViewerDesk,
    maker: &CardMaker<'_>,
    measure: &'static Measure,
) -> Result<(Vec<(String, Figure)>, Option<Figure>), PageError> {
    let groups = reading::figures_by(&desk.state.db, maker.council, maker.scope, measure, maker.asked, By::Team)
        .await
        .map_err(failed)?
        .unwrap_or_default();
    let organisation = &maker.council.organisation;
    let groups = groups.into_iter().filter_map(|group| Some((group.name?, group.figure))).filter(|(team, _)| {
        let named = (team != NO_TEAM).then_some(team.as_str());
        maker.selection.has_team(organisation, named)
    });
    Ok((groups.collect(), maker.figure(measure).await?))
}

fn team_line(
    maker: &CardMaker<'_>,
    measure: &'static Measure,
    team: String,
    figure: Figure,
    whole: Option<Figure>,
) -> TeamFigure {
    let selection = Selection { team: Some(team.clone()), ..Selection::default() };
    let act = |figure| act(maker.council.links(), measure, Some(figure), &selection);
    TeamFigure {
        service: maker.council.organisation.service(&team).unwrap_or("Not mapped").to_owned(),
        figure: words::figure_in_short(measure, &maker.asked.standards, maker.asked.period, figure),
        differs: differs(measure, Some(figure), whole),
        share: share(measure, figure),
        act: maker.scope.reads_children().then(|| act(figure)).flatten(),
        team: Link { href: maker.council.links().measure(measure.id, &selection), text: team },
    }
}

/// The teams as a funnel; none for one team alone, and for measures that count no units.
fn funnel(
    maker: &CardMaker<'_>,
    measure: &'static Measure,
    groups: &[(String, Figure)],
    whole: Option<Figure>,
) -> Option<Chart> {
    if measure.counting != Counting::Units || maker.selection.team.is_some() || groups.is_empty() {
        return None;
    }
    let (whole_name, within) = match (&maker.selection.service, maker.scope.reaches_everything()) {
        (Some(service), _) => (service.clone(), format!(" in {service}")),
        (None, true) => ("the whole council".to_owned(), String::new()),
        (None, false) => ("all your teams".to_owned(), String::new()),
    };
    let teams: Vec<charts::FunnelTeam> = groups
        .iter()
        .map(|(team, figure)| charts::FunnelTeam {
            name: team.clone(),
            figure: *figure,
            remark: differs(measure, Some(*figure), whole).map(|remark| remark.text),
        })
        .collect();
    Some(charts::funnel(&charts::FunnelInput {
        id: "funnel",
        title: &format!("{}, team by team{within}", measure.name),
        counts: &words::units(measure, &maker.asked.standards, maker.asked.period),
        teams: &teams,
        whole,
        whole_name: &whole_name,
        higher_is_better: higher_is_better(measure),
    }))
}

const fn higher_is_better(measure: &Measure) -> Option<bool> {
    match measure.polarity {
        Polarity::High => Some(true),
        Polarity::Low => Some(false),
        Polarity::Neutral => None,
    }
}

/// A figure's bar, 0 to 1000; children per worker are drawn up to 30.
fn share(measure: &Measure, figure: Figure) -> Option<u16> {
    let top = if measure.counting == Counting::ChildrenPerWorker { 30.0 } else { 1.0 };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0..=1000")]
    figure.value().map(|value| (value / top * 1000.0).clamp(0.0, 1000.0).round() as u16)
}
