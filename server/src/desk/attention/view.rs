//! What a register is asked for: read from free text, and written back into addresses.

use super::LISTS;
use crate::council::{OnRegister, Register};
use crate::desk::links::{ATTENTION, Links, of_selection};
use crate::reading::{Selection, Stay};
use app::data::RegisterQuery;
use domain::registers::rule;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

/// In which order the lines stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// The register's.
    Own,
    /// Who has been there longest first.
    Longest,
    /// Who came last first.
    Newest,
}

/// The orders by time, with their names in the address and on the form.
pub(super) const ORDERS: [(Order, &str); 2] = [(Order::Longest, "Longest first"), (Order::Newest, "Newest first")];

impl Order {
    fn named(name: &str) -> Self {
        ORDERS.iter().find(|(_, known)| known.eq_ignore_ascii_case(name.trim())).map_or(Self::Own, |(order, _)| *order)
    }

    fn name(self) -> Option<&'static str> {
        ORDERS.iter().find(|(order, _)| *order == self).map(|(_, name)| *name)
    }

    /// What the heading of the column leads to.
    pub(super) const fn turned(self) -> Self {
        match self {
            Self::Own | Self::Newest => Self::Longest,
            Self::Longest => Self::Newest,
        }
    }

    /// What the heading says of dates in its column.
    pub(super) const fn sorted(self) -> &'static str {
        match self {
            Self::Own => "none",
            Self::Longest => "ascending",
            Self::Newest => "descending",
        }
    }

    /// Lines of one time keep the register's order.
    pub(super) fn sort(self, lines: &mut [&Arc<OnRegister>], stays: &HashMap<Arc<str>, Stay>) {
        let since = |line: &Arc<OnRegister>| stays.get(&line.child_id).map(|stay| stay.since);
        match self {
            Self::Own => {}
            Self::Longest => lines.sort_by_key(|line| since(line)),
            Self::Newest => lines.sort_by_key(|line| Reverse(since(line))),
        }
    }
}

/// A register's view, settled. What cannot be read falls back to the default.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct View {
    pub(super) register: Register,
    pub(super) selection: Selection,
    /// A rule's id; of the register of attention only.
    pub(super) reason: Option<&'static str>,
    pub(super) order: Order,
    pub(super) page: usize,
}

impl View {
    pub(super) fn of(query: &RegisterQuery) -> Self {
        let list = query.list.as_deref().unwrap_or_default();
        let register = LISTS.iter().find(|(_, name, ..)| *name == list).map_or(Register::Attention, |list| list.0);
        let rule = query.reason.as_deref().and_then(rule).filter(|_| register == Register::Attention);
        Self {
            register,
            selection: Selection {
                service: filled(query.service.as_ref()),
                team: filled(query.team.as_ref()),
                worker: None,
            },
            reason: rule.map(|rule| rule.id),
            order: Order::named(query.sort.as_deref().unwrap_or_default()),
            page: query.page.as_deref().and_then(|page| page.parse().ok()).unwrap_or(1),
        }
    }

    /// The register's name in the address.
    pub(super) fn name(&self) -> &'static str {
        LISTS.iter().find(|list| list.0 == self.register).map_or("", |list| list.1)
    }

    /// What stands above the page.
    pub(super) fn title(&self) -> &'static str {
        LISTS.iter().find(|list| list.0 == self.register).map_or("", |list| list.3)
    }

    /// Whether a line is of the chosen reason.
    pub(super) fn has(&self, line: &OnRegister) -> bool {
        self.reason.is_none_or(|reason| line.has_reason(reason))
    }

    /// What the audit keeps of it: no child.
    pub(super) fn detail(&self, links: Links) -> String {
        let clean = |value: String| value.chars().filter(|c| !c.is_control()).take(80).collect::<String>();
        let selected =
            of_selection(&self.selection).into_iter().map(|(name, value)| format!("{name} {}", clean(value)));
        let reason = self.reason.map(|reason| format!("reason {reason}"));
        let date = links.date().map(|(_, date)| format!("as at {date}"));
        let parts = selected.chain(reason).chain(date).chain([format!("page {}", self.page)]);
        parts.collect::<Vec<_>>().join(", ")
    }

    /// The address of a changed view.
    pub(super) fn href(&self, links: Links, change: impl FnOnce(&mut Self)) -> String {
        let mut view = self.clone();
        change(&mut view);
        links.attention(&view.selection, &view.values())
    }

    /// The address of a file of every page.
    pub(super) fn export_href(&self, links: Links, ending: &str) -> String {
        self.href(links, |view| view.page = 1).replacen(ATTENTION, &format!("{ATTENTION}.{ending}"), 1)
    }

    /// What else stands in the address when the filter form is sent.
    pub(super) fn kept_by_filters(&self, links: Links) -> Vec<(String, String)> {
        let first = Self { page: 1, order: Order::Own, ..self.clone() };
        first.values().into_iter().chain(links.date()).map(|(name, value)| (name.to_owned(), value)).collect()
    }

    /// Everything that stands in the address but the date, and the page.
    pub(super) fn everything(&self) -> Vec<(String, String)> {
        let first = Self { page: 1, ..self.clone() };
        let values = of_selection(&self.selection).into_iter().chain(first.values());
        values.map(|(name, value)| (name.to_owned(), value)).collect()
    }

    fn values(&self) -> Vec<(&'static str, String)> {
        let list = (self.register != Register::Attention).then(|| ("list", self.name().to_owned()));
        let reason = self.reason.map(|reason| ("reason", reason.to_owned()));
        let page = (self.page != 1).then(|| ("page", self.page.to_string()));
        let order = self.order.name().map(|name| ("sort", name.to_owned()));
        list.into_iter().chain(reason).chain(order).chain(page).collect()
    }
}

fn filled(value: Option<&String>) -> Option<String> {
    value.map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_is_the_register_of_attention_from_its_first_page() {
        let query = |list: &str, reason: &str, page: &str| {
            let some = |text: &str| Some(text.to_owned());
            View::of(&RegisterQuery {
                list: some(list),
                reason: some(reason),
                page: some(page),
                ..RegisterQuery::default()
            })
        };
        let plain = View::of(&RegisterQuery::default());
        assert_eq!(query("everything", "no such rule", "-1"), plain);
        assert_eq!(query("attention", "long-plan", "2").reason, Some("long-plan"));
        assert_eq!(query("dormant", "long-plan", "2").reason, None, "the others have no rules");
        let sorted = |text: &str| View::of(&RegisterQuery { sort: Some(text.to_owned()), ..RegisterQuery::default() });
        assert_eq!(sorted("by name"), plain);
        assert_eq!(sorted("longest first").href(Links::at(None), |_| {}), "/attention?sort=Longest%20first");
        assert_eq!(query("dormant", "", "2").href(Links::at(None), |_| {}), "/attention?list=dormant&page=2");
    }
}
