//! Dates, shares and durations as people read them.

use app::data::{FigureText, Remark, Standing};
use chrono::{Datelike, NaiveDate};
use domain::calendar::{WorkingDays, days_with_both_ends};
use domain::look_ahead::Share;
use domain::measures::figure::Figure;
use domain::measures::{Counting, Fact, Measure, Period, Polarity, Timing};
use domain::scope::Area;
use domain::signal;
use domain::spc::Assurance;
use domain::standards::Standards;
use domain::targets::{Against, Aim};

/// "3 March 2024".
pub(crate) fn date(date: NaiveDate) -> String {
    format!("{} {} {}", date.day(), MONTHS[date.month0() as usize], date.year())
}

/// "Sunday 3 March 2024".
pub(crate) fn day(date: NaiveDate) -> String {
    format!("{} {}", DAYS[date.weekday().num_days_from_monday() as usize], self::date(date))
}

const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// A sentence's first letter made a capital.
pub(crate) fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A date or a dash.
pub(crate) fn date_or_dash(value: Option<NaiveDate>) -> String {
    value.map_or_else(|| "–".to_owned(), date)
}

/// A stored time as clocks in England showed it: "3 March 2024, 14:05".
pub(crate) fn time(ms: i64) -> String {
    crate::clock::england_time(ms)
        .map_or_else(|| "–".to_owned(), |time| format!("{}, {}", date(time.date()), time.format("%H:%M")))
}

/// "1 child", "2 children".
pub(crate) fn count(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", thousands(number), if number == 1 { one } else { many })
}

/// "12,345".
pub(crate) fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// How old the data is, in working days.
pub(crate) fn freshness(as_at: NaiveDate, today: NaiveDate, calendar: &WorkingDays) -> String {
    match calendar.elapsed(as_at, today) {
        i64::MIN..0 => "dated after today".to_owned(),
        0 => "of today or the last working day".to_owned(),
        1 => "1 working day old".to_owned(),
        days => format!("{days} working days old"),
    }
}

/// A value in the measure's unit: "87.5%", or "15.2" children per worker.
pub(crate) fn value(measure: &Measure, value: f64) -> String {
    match measure.counting {
        Counting::ChildrenPerWorker => format!("{value:.1}"),
        Counting::Units | Counting::WorkersAboveLimit => share(value),
    }
}

/// A target in the measure's unit, to the last digit set: "92.25%", "15.5".
pub(crate) fn exactly(measure: &Measure, value: Share) -> String {
    match measure.counting {
        Counting::ChildrenPerWorker => value.to_string(),
        Counting::Units | Counting::WorkersAboveLimit => value.in_per_cent(),
    }
}

/// "the whole council", "service North", "team North 1".
pub(crate) fn area(area: &Area) -> String {
    match area {
        Area::All => "the whole council".to_owned(),
        Area::Service(name) => format!("service {name}"),
        Area::Team(name) => format!("team {name}"),
    }
}

/// "Target 95% or more"; what has no good side has no target.
pub(crate) fn target(measure: &Measure, aim: Aim) -> String {
    let value = exactly(measure, aim.value);
    match measure.polarity {
        Polarity::High if value == "100%" => format!("Target {value}"),
        Polarity::High => format!("Target {value} or more"),
        Polarity::Low if aim.value == Share::NOTHING || value == "0%" => "Target none".to_owned(),
        Polarity::Low => format!("Target {value} or less"),
        Polarity::Neutral => String::new(),
    }
}

/// "Target 95% or more: on target, but not reliably", "Target 95% or more: 5.2 short". The words of the target have no
/// standing of their own: better or worse is what the verdict says.
pub(crate) fn against(measure: &Measure, aim: Aim, figure: Option<Figure>, assurance: Option<Assurance>) -> Remark {
    let mut text = target(measure, aim);
    let judged = figure.and_then(|figure| Some((figure.value()?, aim.judge(figure, measure.polarity)?)));
    if let Some((value, against)) = judged {
        let words = signal::words::target(against == Against::On, distance(measure, aim, value), assurance);
        text.push_str(&format!(": {words}"));
        if against == Against::Close {
            text.push_str(", within the tolerance");
        }
    }
    Remark { text, standing: Standing::Neutral }
}

/// A figure less its target, in the unit shown: points of per cent, or children per worker.
pub(crate) fn distance(measure: &Measure, aim: Aim, value: f64) -> f64 {
    let unit = if measure.counting == Counting::ChildrenPerWorker { 1.0 } else { 100.0 };
    (value - aim.value.value()) * unit
}

/// "87.5%".
pub(crate) fn share(value: f64) -> String {
    format!("{:.1}%", value * 100.0)
}

/// "21 August to 20 November 2026", "21 November 2025 to 20 February 2026"; one day is that day.
pub(crate) fn between(period: Period) -> String {
    let Period { from, to } = period;
    if from == to {
        date(to)
    } else if from.year() == to.year() {
        format!("{} {} to {}", from.day(), MONTHS[from.month0() as usize], date(to))
    } else {
        format!("{} to {}", date(from), date(to))
    }
}

/// What stands for a period in what a measure counts.
const IN_THE_PERIOD: &str = "in the period";

/// What the denominator counts, with the period by its name: "referrals received from 21 August to 20 November 2026".
pub(crate) fn units(measure: &Measure, standards: &Standards, period: Period) -> String {
    let first = if period.from == period.to { "on" } else { "from" };
    measure.denominator_text(standards).replace(IN_THE_PERIOD, &format!("{first} {}", between(period)))
}

/// A figure in words; `None` is not supplied. The period is what it counts over, where it counts over one.
pub(crate) fn figure(measure: &Measure, standards: &Standards, period: Period, figure: Option<Figure>) -> FigureText {
    let Some(figure) = figure else {
        return FigureText {
            value: "Not supplied".to_owned(),
            detail: "The extract does not hold what this measure needs".to_owned(),
            small: false,
            supplied: false,
        };
    };
    let units = units(measure, standards, period);
    FigureText {
        value: figure.value().map_or_else(|| "No value".to_owned(), |number| value(measure, number)),
        detail: match measure.counting {
            Counting::ChildrenPerWorker => {
                format!(
                    "{} held by {}",
                    count(figure.numerator, "child", "children"),
                    count(figure.denominator, "worker", "workers")
                )
            }
            Counting::Units | Counting::WorkersAboveLimit if figure.denominator == 0 => format!("There are no {units}"),
            Counting::Units | Counting::WorkersAboveLimit => {
                format!("{} of {} {units}", thousands(figure.numerator), thousands(figure.denominator))
            }
        },
        small: figure.denominator > 0 && figure.denominator < 10,
        supplied: true,
    }
}

/// The same with its units left to the heading or the page: "12 of 40".
pub(crate) fn figure_in_short(measure: &Measure, standards: &Standards, period: Period, figure: Figure) -> FigureText {
    let mut text = self::figure(measure, standards, period, Some(figure));
    if figure.denominator > 0 && measure.counting != Counting::ChildrenPerWorker {
        text.detail = format!("{} of {}", thousands(figure.numerator), thousands(figure.denominator));
    }
    text
}

/// "1 August to 31 October 2026" or "on 31 October 2026".
pub(crate) fn period(measure: &Measure, period: Period, as_at: NaiveDate) -> String {
    match measure.timing {
        Timing::InPeriod => between(period),
        Timing::AtDate => format!("on {}", date(as_at)),
    }
}

/// Whether the days of a fact's clock are working days. List 8 reviews have both: the first in working days, the
/// later ones in months.
fn in_working_days(measure: &Measure, fact: &Fact, calendar: &WorkingDays, standards: &Standards) -> bool {
    match measure.id {
        "CON-01" | "ASM-01" | "ASM-02" | "S47-01" | "S47-02" | "CPP-01" | "CIN-01" => true,
        "CLA-03" => fact
            .start
            .is_some_and(|start| fact.due == Some(calendar.due(start, standards.cla_first_review_working_days))),
        _ => false,
    }
}

/// "12 working days (2 over)"; empty where the measure has no clock.
pub(crate) fn days(measure: &Measure, fact: &Fact, calendar: &WorkingDays, standards: &Standards) -> String {
    let Some(days) = fact.days else { return String::new() };
    let working = in_working_days(measure, fact, calendar, standards);
    let unit = match (working, days) {
        (true, 1) => "working day",
        (true, _) => "working days",
        (false, 1) => "day",
        (false, _) => "days",
    };
    let allowed = match (fact.start, fact.due) {
        (Some(start), Some(due)) if working => Some(calendar.elapsed(start, due)),
        (Some(start), Some(due)) => Some(days_with_both_ends(start, due)),
        _ => None,
    };
    match allowed {
        Some(allowed) if days > allowed => format!("{days} {unit} ({} over)", days - allowed),
        _ => format!("{days} {unit}"),
    }
}

/// A span of calendar days: "214 days", with years where that reads better.
pub(crate) fn span(days: i64) -> String {
    if days == 1 {
        return "1 day".to_owned();
    }
    if days < 366 {
        return format!("{days} days");
    }
    let (years, months) = (days / 365, (days % 365) / 30);
    let years = count(u64::try_from(years).unwrap_or_default(), "year", "years");
    match months {
        0 => format!("{days} days (about {years})"),
        1 => format!("{days} days (about {years} 1 month)"),
        _ => format!("{days} days (about {years} {months} months)"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_numbers_read_as_people_write_them() {
        assert_eq!(date("2024-03-03".parse().unwrap()), "3 March 2024");
        assert_eq!(day("2024-03-03".parse().unwrap()), "Sunday 3 March 2024");
        assert_eq!(sentence("éclair, no visit"), "Éclair, no visit");
        assert_eq!(thousands(1_234_567), "1,234,567");
        assert_eq!(thousands(12), "12");
        assert_eq!(count(1, "child", "children"), "1 child");
        assert_eq!(span(730), "730 days (about 2 years)");
    }

    fn period(from: &str, to: &str) -> Period {
        Period { from: from.parse().unwrap(), to: to.parse().unwrap() }
    }

    #[test]
    fn a_period_says_a_year_once_where_it_is_the_same() {
        for (from, to, words) in [
            ("2026-08-21", "2026-11-20", "21 August to 20 November 2026"),
            ("2025-11-21", "2026-02-20", "21 November 2025 to 20 February 2026"),
            ("2026-11-01", "2026-11-30", "1 November to 30 November 2026"),
            ("2026-11-20", "2026-11-20", "20 November 2026"),
        ] {
            assert_eq!(between(period(from, to)), words);
        }
    }

    #[test]
    fn what_a_measure_counts_names_its_period() {
        let (standards, period) = (Standards::default(), period("2026-08-21", "2026-11-20"));
        for measure in domain::measures::CORE {
            let named = units(measure, &standards, period);
            let in_period = measure.timing == Timing::InPeriod;
            assert_eq!(named.contains(" from 21 August to 20 November 2026"), in_period, "{}: {named}", measure.id);
            assert!(!named.contains("the period"), "{}: {named}", measure.id);
            let when = period_words(measure, period);
            assert_eq!(when.starts_with("on 20 November 2026"), !in_period, "{}: {when}", measure.id);
        }
    }

    fn period_words(measure: &Measure, period: Period) -> String {
        super::period(measure, period, period.to)
    }

    #[test]
    fn a_target_is_said_to_the_last_digit_with_its_side() {
        let said = |id: &str, value: &str, numerator: u64| {
            let measure = domain::measures::measure(id).unwrap();
            let aim = Aim::read(measure, value, "5%").or_else(|_| Aim::read(measure, value, "0.5")).unwrap();
            let remark = against(measure, aim, Some(Figure { numerator, denominator: 100 }), None);
            (remark.text, remark.standing)
        };
        for (id, value, numerator, words) in [
            ("CPP-01", "92.25%", 93, "Target 92.25% or more: on target"),
            ("CPP-01", "0.95", 91, "Target 95% or more: 4.0 short, within the tolerance"),
            ("ALL-01", "100%", 94, "Target 100%: 6.0 short"),
            ("ASM-02", "0", 0, "Target none: on target"),
            ("CPP-06", "10%", 15, "Target 10% or less: 5.0 over, within the tolerance"),
            ("WF-01", "15.5", 1600, "Target 15.5 or less: 0.5 over, within the tolerance"),
        ] {
            assert_eq!(said(id, value, numerator), (words.to_owned(), Standing::Neutral));
        }
        let measure = domain::measures::measure("CPP-01").unwrap();
        let aim = Aim::read(measure, "95%", "").unwrap();
        let none = against(measure, aim, Some(Figure { numerator: 0, denominator: 0 }), None);
        assert_eq!((none.text.as_str(), none.standing), ("Target 95% or more", Standing::Neutral));
    }
}
