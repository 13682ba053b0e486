//! Lists 6 and 7: the latest episode of need, and the latest protection plan.

use super::super::codes::{ABUSE, CLOSURE, NEED, STATUS, YES_NO, YES_NO_UNKNOWN};
use super::super::lives::{Life, Need, Plan, count_between, latest};
use super::{Cell, Entry, Row, View};

impl<'w> View<'w> {
    /// The child's row of List 6, if in need now or in the last six months.
    pub(super) fn need(&self, life: &'w Life) -> Option<Row<'w>> {
        let child = &life.child;
        let need = life.needs.iter().rev().find(|need| self.knows(child, Entry::Need, need.start))?;
        let closed = self.knows(child, Entry::Closure, need.end);
        if closed && need.end <= self.half_year {
            return None;
        }
        let mut row = self.identity(child);
        row.push(YES_NO_UNKNOWN[usize::from(child.disability)].into());
        row.push(self.as_entered(child, Entry::Need, need.start));
        row.push(NEED[usize::from(child.need)].into());
        row.push(self.last_visit(&life.visits, need.start, need.end).map(|visit| visit.day).into());
        row.push(closed.then_some(need.end).into());
        row.push(closed.then(|| CLOSURE[usize::from(need.reason)]).into());
        row.push(STATUS[if closed { 4 } else { self.status(life, need) }].into());
        self.held(life, need.end, &mut row);
        Some(row)
    }

    /// The first that applies: in care, on a plan, in need plan, being assessed.
    fn status(&self, life: &Life, need: &Need) -> usize {
        let child = &life.child;
        let in_care = life
            .care
            .iter()
            .any(|care| self.knows(child, Entry::Care, care.start) && !self.knows(child, Entry::CareEnd, care.end));
        let on_plan = life
            .plans
            .iter()
            .any(|plan| self.knows(child, Entry::Plan, plan.start) && !self.knows(child, Entry::PlanEnd, plan.end));
        let stepped_down = |plan: &Plan| plan.end <= self.as_at && plan.end >= need.start;
        match (in_care, on_plan) {
            (true, _) => 0,
            (_, true) => 1,
            _ if need.plan_from <= self.as_at || life.plans.iter().any(stepped_down) => 2,
            _ => 3,
        }
    }

    /// The child's row of List 7, if on a plan now or in the last six months.
    pub(super) fn plan(&self, life: &'w Life) -> Option<Row<'w>> {
        let child = &life.child;
        let plan = life.plans.iter().rev().find(|plan| self.knows(child, Entry::Plan, plan.start))?;
        let ended = self.knows(child, Entry::PlanEnd, plan.end);
        if ended && plan.end <= self.half_year {
            return None;
        }
        let visit = self.last_visit(&life.visits, plan.start, plan.end);
        let category =
            plan.later_category.filter(|(day, _)| *day <= self.as_at).map_or(plan.category, |(_, later)| later);
        let protected = count_between([plan.emergency].into_iter(), self.half_year, self.as_at) > 0;
        let mut row = self.identity(child);
        row.push(YES_NO_UNKNOWN[usize::from(child.disability)].into());
        row.push(self.as_entered(child, Entry::Plan, plan.start));
        row.push(ABUSE[usize::from(plan.category)].into());
        row.push(ABUSE[usize::from(category)].into());
        row.push(visit.map(|visit| visit.day).into());
        row.push(visit.map(|visit| YES_NO_UNKNOWN[usize::from(visit.alone)]).into());
        row.push(latest(&plan.reviews, self.as_at).into());
        row.push(ended.then_some(plan.end).into());
        row.push(YES_NO[usize::from(!protected)].into());
        row.push(Cell::Count(i64::from(plan.earlier_plans)));
        self.held(life, plan.end, &mut row);
        Some(row)
    }
}
