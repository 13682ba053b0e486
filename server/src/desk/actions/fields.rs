//! What a form sent, field by field. A field that the form does not have is not passed over: it is refused, so that
//! nothing can be set that nobody was asked for.

/// The fields as sent.
#[derive(Debug, Clone, Default)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// The fields of a form.
    pub fn of(fields: Vec<(String, String)>) -> Self {
        Self(fields)
    }

    /// What stands in a field; empty where it was not sent.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
    }

    /// The same without the white space around it; `None` where nothing is left.
    pub fn filled(&self, name: &str) -> Option<&str> {
        Some(self.get(name).trim()).filter(|value| !value.is_empty())
    }

    /// Every value sent under a name.
    pub fn all(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(known, _)| known == name).map(|(_, value)| value.clone()).collect()
    }

    /// Whether nothing else was sent than these, and each once but for `many`.
    pub fn are_only(&self, names: &[&str], many: &str) -> bool {
        let once = |name: &str| name == many || self.0.iter().filter(|(known, _)| known == name).count() == 1;
        self.0.iter().all(|(name, _)| names.contains(&name.as_str()) && once(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_that_the_form_does_not_have_is_noticed_and_so_is_one_sent_twice() {
        let sent = |fields: &[(&str, &str)]| {
            Fields::of(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
        };
        assert!(sent(&[("do", "confirm"), ("version", "1")]).are_only(&["do", "version"], ""));
        assert!(!sent(&[("do", "confirm"), ("accountable", "7")]).are_only(&["do", "version"], ""));
        assert!(!sent(&[("do", "confirm"), ("do", "report")]).are_only(&["do", "version"], ""));
        assert!(sent(&[("child", "a"), ("child", "b")]).are_only(&["child"], "child"));
        assert_eq!(sent(&[("reason", "  ")]).filled("reason"), None);
    }
}
