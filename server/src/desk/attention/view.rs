//! What a register is asked for: read from free text, and written back into addresses.

use super::LISTS;
use crate::council::{OnRegister, Register};
use crate::desk::links::{Links, of_selection};
use crate::reading::Selection;
use app::data::RegisterQuery;
use domain::registers::rule;

/// A register's view, settled. What cannot be read falls back to the default.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct View {
    pub(super) register: Register,
    pub(super) selection: Selection,
    /// A rule's id; of the register of attention only.
    pub(super) reason: Option<&'static str>,
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

    /// What else stands in the address when the filter form is sent.
    pub(super) fn kept_by_filters(&self, links: Links) -> Vec<(String, String)> {
        let first = Self { page: 1, ..self.clone() };
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
        list.into_iter().chain(reason).chain(page).collect()
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
        assert_eq!(query("dormant", "", "2").href(Links::at(None), |_| {}), "/attention?list=dormant&page=2");
    }
}
