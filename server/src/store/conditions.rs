//! What a list is asked for, put together as SQL with its values apart.

use chrono::NaiveDate;

/// A value of a condition.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    Number(i64),
    Text(String),
    Date(NaiveDate),
}

/// Conditions that all hold. Values never become part of the text.
#[derive(Debug, Clone)]
pub(crate) struct Conditions {
    sql: String,
    values: Vec<Value>,
}

impl Conditions {
    pub(crate) fn new() -> Self {
        Self { sql: "1 = 1".to_owned(), values: Vec::new() }
    }

    /// Adds a condition in which each `?` is one of the values.
    pub(crate) fn and(&mut self, sql: &str, values: impl IntoIterator<Item = Value>) {
        self.sql.push_str(" and ");
        let mut values = values.into_iter();
        for part in sql.split_inclusive('?') {
            match part.strip_suffix('?').zip(values.next()) {
                Some((text, value)) => {
                    self.sql.push_str(text);
                    let place = self.take(value);
                    self.sql.push_str(&place);
                }
                None => self.sql.push_str(part),
            }
        }
    }

    /// Those conditions, or this one instead; its values were taken by them.
    pub(crate) fn either(conditions: Self, or: &str) -> Self {
        Self { sql: format!("({} or {or})", conditions.sql), values: conditions.values }
    }

    /// Takes a value and answers its place: `$3`.
    pub(crate) fn take(&mut self, value: Value) -> String {
        self.values.push(value);
        format!("${}", self.values.len())
    }

    /// The text after `where`.
    pub(crate) fn sql(&self) -> &str {
        &self.sql
    }

    /// The values in the order of their places.
    pub(crate) fn values(&self) -> &[Value] {
        &self.values
    }
}

/// As many places as there are values: `?, ?, ?`.
pub(crate) fn places(count: usize) -> String {
    vec!["?"; count].join(", ")
}

/// Binds values to a query, in their order.
macro_rules! bind_values {
    ($query:expr, $values:expr) => {{
        let mut query = $query;
        for value in $values {
            query = match value {
                $crate::store::conditions::Value::Number(value) => query.bind(*value),
                $crate::store::conditions::Value::Text(value) => query.bind(value.clone()),
                $crate::store::conditions::Value::Date(value) => query.bind(*value),
            };
        }
        query
    }};
}

pub(crate) use bind_values;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_apart_from_the_text() {
        let mut conditions = Conditions::new();
        conditions.and("a = ?", [Value::Number(1)]);
        conditions.and(&format!("b in ({})", places(2)), [Value::Text("x' or 1".into()), Value::Text("y".into())]);
        assert_eq!(conditions.sql(), "1 = 1 and a = $1 and b in ($2, $3)");
        assert_eq!(conditions.values().len(), 3);
    }
}
