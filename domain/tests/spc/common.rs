//! What the tests share.

use domain::measures::Polarity;
use domain::spc::{Chart, FixAfter, Limits, Settings, chart};

/// Where high is good and nothing else is asked.
pub fn plain() -> Settings {
    Settings::of(Polarity::High)
}

/// The limits fixed after 12 values.
pub fn fixed() -> Settings {
    Settings { fix_after: Some(FixAfter::new(12).unwrap()), ..plain() }
}

/// The chart of a series without gaps.
pub fn chart_of(values: &[f64], settings: &Settings) -> Chart {
    chart(&values.iter().copied().map(Some).collect::<Vec<_>>(), settings)
}

/// The baseline of twelve and what comes after it.
pub fn baseline_then(after: &[f64]) -> Vec<f64> {
    [9.0, 11.0].into_iter().cycle().take(12).chain(after.iter().copied()).collect()
}

/// What the points after the baseline show.
pub fn after_baseline(after: &[f64]) -> Vec<String> {
    shown(&chart_of(&baseline_then(after), &fixed())).split_off(12)
}

/// What every point shows: `common`, or a rule's name with `+` for up and `-` for down.
pub fn shown(chart: &Chart) -> Vec<String> {
    let text = |point: &domain::spc::Point| match point.signal {
        None => "common".to_owned(),
        Some(signal) => format!("{}{}", signal.rule.name(), if signal.direction.name() == "up" { '+' } else { '-' }),
    };
    chart.points.iter().map(text).collect()
}

/// The limits of a chart's last point.
pub fn last_limits(chart: &Chart) -> Limits {
    chart.points.last().unwrap().limits.unwrap()
}

/// Within what the printing of a number would lose.
pub fn close(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9
}
