//! Taking the children of another council out of a surgery's frozen evidence.

use super::event::SurgeryEventKind;
use super::item::ItemDraft;
use chrono::NaiveDate;

impl SurgeryEventKind {
    /// The event without the children on its items as at a date; `said`, who took them out and why, is added to the titles
    /// of those items. `None` where there are none.
    #[must_use]
    pub fn redacted(&self, date: NaiveDate, said: &str) -> Option<Self> {
        match self {
            Self::Prepared { extract, as_at, items } if *as_at == date && items.iter().any(names_children) => {
                let items = items.iter().map(|item| without_children(item, said)).collect();
                Some(Self::Prepared { extract: *extract, as_at: *as_at, items })
            }
            Self::ItemAdded { item }
                if names_children(item) && item.figure.is_some_and(|figure| figure.as_at == date) =>
            {
                Some(Self::ItemAdded { item: Box::new(without_children(item, said)) })
            }
            _ => None,
        }
    }
}

fn names_children(item: &ItemDraft) -> bool {
    !item.children.is_empty()
}

fn without_children(item: &ItemDraft, said: &str) -> ItemDraft {
    let mut item = item.clone();
    if names_children(&item) {
        item.children.clear();
        item.title = format!("{} [{said}]", item.title);
    }
    item
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::ExtractId;
    use crate::surgery::ItemDraft;

    #[test]
    fn children_go_and_what_is_left_says_who_took_them_out() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let mut with = ItemDraft::own("Late visits".to_owned());
        with.children = vec![crate::action::ChildOfTeam { child_id: crate::ids::ChildId::new("1"), team: None }];
        let items = vec![with.clone(), ItemDraft::own("Any other business".to_owned())];
        let event = SurgeryEventKind::Prepared { extract: ExtractId(7), as_at: day("2026-03-06"), items };
        let Some(SurgeryEventKind::Prepared { items, .. }) = event.redacted(day("2026-03-06"), "Taken out") else {
            panic!("it names a child")
        };
        assert!(items.iter().all(|item| item.children.is_empty()));
        assert_eq!(
            (items[0].title.as_str(), items[1].title.as_str()),
            ("Late visits [Taken out]", "Any other business")
        );
        assert_eq!(event.redacted(day("2026-03-13"), "Taken out"), None, "of another extract");
        let added = SurgeryEventKind::ItemAdded { item: Box::new(with) };
        assert_eq!(added.redacted(day("2026-03-06"), "Taken out"), None, "nothing says that it is of this extract");
    }
}
