//! Indicators that are defined and read "not supplied" until a format is loaded that holds what they need: another
//! national extract, or one of the council's own tables. Named, so that who asks for one is told so and not that there is
//! no such measure.

/// Number and name of each, in the order of the definitions.
pub const BEYOND: [(&str, &str); 25] = [
    ("REF-01", "Decision on a referral within 1 working day"),
    ("REF-04", "Referrals assessed as not in need"),
    ("S47-03", "Child seen in the enquiry"),
    ("S47-05", "Transfer-in conferences in time"),
    ("CPP-03", "First review conference in time"),
    ("CPP-04", "Later review conferences in time"),
    ("CPP-10", "Second plan within 2 years"),
    ("CPP-11", "Core group in time"),
    ("CIN-02", "Child in need reviews on time"),
    ("ALL-02", "3 or more social workers in a year"),
    ("STP-01", "Step-ups"),
    ("STP-02", "Step-downs and bounce-back"),
    ("CLA-02", "Visit within a week of a placement’s start"),
    ("CLA-04", "Took part in the review"),
    ("CLA-08", "Initial health assessment in time"),
    ("CLA-10", "Immunisations"),
    ("CLA-11", "Strengths and difficulties score"),
    ("CLA-12", "Placed more than 20 miles from home and outside the area"),
    ("MIS-03", "Return interview within 72 hours"),
    ("LEG-01", "Care proceedings within 26 weeks"),
    ("ADO-01", "Timeliness of adoption"),
    ("WF-03", "Turnover, agency, vacancy and sickness"),
    ("SUP-01", "Supervision of workers"),
    ("SUP-02", "Supervision of cases"),
    ("AUD-01", "Audit grades"),
];

/// The number of an indicator beyond the core set, if there is one of this number.
#[must_use]
pub fn beyond(id: &str) -> Option<&'static str> {
    BEYOND.iter().map(|(known, _)| *known).find(|known| *known == id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measures::measure;

    #[test]
    fn no_indicator_is_both_counted_and_beyond() {
        for (id, name) in BEYOND {
            assert!(measure(id).is_none() && !name.is_empty(), "{id}");
            assert_eq!(BEYOND.iter().filter(|(known, _)| *known == id).count(), 1, "{id}");
        }
    }
}
