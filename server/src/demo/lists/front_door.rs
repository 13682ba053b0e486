//! Lists 1 to 5: contacts, early help, referrals, assessments, section 47 enquiries.

use super::super::calendar::{Day, NEVER, months_before};
use super::super::codes::{SOURCE, YES_NO, YES_NO_UNKNOWN};
use super::super::lives::{Life, ORGANISATIONS};
use super::{Cell, Entry, Row, View};

fn yes_no(yes: bool) -> &'static str {
    YES_NO[usize::from(!yes)]
}

impl<'w> View<'w> {
    fn in_half_year(&self, day: Day) -> bool {
        day > self.half_year && day <= self.as_at
    }

    pub(super) fn contacts(&self, life: &'w Life, rows: &mut Vec<Row<'w>>) {
        for contact in life.contacts.iter().filter(|contact| self.in_half_year(contact.day)) {
            let mut row = self.identity(&life.child);
            row.extend([Cell::Date(contact.day), SOURCE[usize::from(contact.source)].into()]);
            rows.push(row);
        }
    }

    pub(super) fn early_help(&self, life: &'w Life, rows: &mut Vec<Row<'w>>) {
        for help in &life.early_help {
            let current = help.start <= self.as_at && help.end > self.as_at;
            if !current && !self.in_half_year(help.start) && !self.in_half_year(help.end) {
                continue;
            }
            let mut row = self.identity(&life.child);
            row.push(Cell::Date(help.start));
            row.push(Some(help.end).filter(|end| *end <= self.as_at).into());
            row.push(ORGANISATIONS[usize::from(help.organisation)].into());
            rows.push(row);
        }
    }

    pub(super) fn referrals(&self, life: &'w Life, rows: &mut Vec<Row<'w>>) {
        let child = &life.child;
        let known = || life.referrals.iter().filter(|referral| self.knows(child, Entry::Referral, referral.day));
        let Some(latest) = known().map(|referral| referral.day).max() else { return };
        let before = months_before(latest, 12);
        let earlier = known().filter(|referral| referral.day >= before && referral.day < latest).count() as i64;
        for referral in known().filter(|referral| self.in_half_year(referral.day)) {
            let mut row = self.identity(child);
            row.push(Cell::Date(referral.day));
            row.push(SOURCE[usize::from(referral.source)].into());
            row.push(yes_no(referral.no_further_action).into());
            row.push(Cell::Count(earlier));
            self.held(life, referral.day + 7, &mut row);
            rows.push(row);
        }
    }

    pub(super) fn assessments(&self, life: &'w Life, rows: &mut Vec<Row<'w>>) {
        let child = &life.child;
        for assessment in &life.assessments {
            let authorised = self.knows(child, Entry::Authorisation, assessment.authorised);
            if !self.knows(child, Entry::Assessment, assessment.start)
                || (authorised && assessment.authorised <= self.half_year)
            {
                continue;
            }
            let mut row = self.identity(child);
            row.push(YES_NO_UNKNOWN[usize::from(child.disability)].into());
            row.push(self.as_entered(child, Entry::Assessment, assessment.start));
            let seen = authorised || self.as_at > assessment.start + 25;
            row.push(seen.then(|| YES_NO_UNKNOWN[usize::from(assessment.seen)]).into());
            row.push(authorised.then_some(assessment.authorised).into());
            row.push(authorised.then(|| yes_no(assessment.needs_support)).into());
            self.held(life, assessment.authorised - 1, &mut row);
            rows.push(row);
        }
    }

    pub(super) fn enquiries(&self, life: &'w Life, rows: &mut Vec<Row<'w>>) {
        let child = &life.child;
        let known = || life.enquiries.iter().filter(|enquiry| self.knows(child, Entry::Strategy, enquiry.strategy));
        let Some(latest) = known().map(|enquiry| enquiry.strategy).max() else { return };
        let before = months_before(latest, 12);
        let earlier = || known().filter(move |enquiry| enquiry.strategy >= before && enquiry.strategy < latest);
        let enquiries_before = earlier().count() as i64;
        let conferences_before = earlier().filter(|enquiry| enquiry.conference < latest).count() as i64;
        for enquiry in known() {
            let decided = self.knows(child, Entry::Decision, enquiry.decided);
            let held = self.knows(child, Entry::Conference, enquiry.conference);
            let open = !decided || (enquiry.conference_needed && !held);
            if !open && enquiry.strategy <= self.half_year {
                continue;
            }
            let decided = decided || held;
            let mut row = self.identity(child);
            row.push(YES_NO_UNKNOWN[usize::from(child.disability)].into());
            row.push(self.as_entered(child, Entry::Strategy, enquiry.strategy));
            row.push(decided.then(|| yes_no(!enquiry.conference_needed)).into());
            row.push(Some(enquiry.conference).filter(|day| held && *day < NEVER).into());
            row.push(held.then(|| yes_no(enquiry.plan)).into());
            row.extend([Cell::Count(enquiries_before), Cell::Count(conferences_before)]);
            self.held(life, enquiry.decided, &mut row);
            rows.push(row);
        }
    }
}
