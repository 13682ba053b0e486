//! What a viewer may do with an action now: a form is offered exactly where the domain would take what it sends.

use super::Fields;
use super::people::People;
use crate::store::recommendations::Recommendation;
use app::data::{Field, FieldKind, Form, Pick};
use chrono::Days;
use domain::action::{Action, Amendment, Circumstances, Command, Doer, Person, Priority};
use domain::ids::{EvidenceId, UserId};

/// What a form does, as it stands in its field `do`, with the fields it has beside `do` and `version`.
pub(super) const DOES: [(&str, &[&str]); 10] = [
    ("progress", &["text", "links"]),
    ("report", &["what_changed"]),
    ("confirm", &[]),
    ("send-back", &["reason"]),
    ("move-due", &["to", "reason"]),
    ("hand-over", &["to", "reason"]),
    ("amend", &["what", "why", "priority", "doer", "doer_name"]),
    ("aim", &["measure", "recommendation"]),
    ("reopen", &["reason"]),
    ("withdraw", &["reason"]),
];

/// What the forms are made from.
pub(super) struct Offer<'a> {
    pub(super) number: String,
    pub(super) action: &'a Action,
    pub(super) actor: Person<'a>,
    pub(super) circumstances: Circumstances<'a>,
    pub(super) people: &'a People,
    pub(super) recommendations: &'a [Recommendation],
    /// What was sent and refused; it stands in its form again.
    pub(super) sent: Option<&'a Fields>,
}

impl Offer<'_> {
    /// Every form that may be used now.
    pub(super) fn forms(&self) -> Vec<Form> {
        DOES.iter().filter_map(|(does, _)| self.form(does)).collect()
    }

    /// Whether a file may be added now.
    pub(super) fn takes_evidence(&self) -> bool {
        self.takes(Command::AddEvidence { evidence: EvidenceId(0), name: "file" })
    }

    fn takes(&self, command: Command<'_>) -> bool {
        self.action.decide(command, &self.actor, &self.circumstances).is_ok()
    }

    fn form(&self, does: &str) -> Option<Form> {
        let today = self.circumstances.today;
        let later = self.action.due.max(today).checked_add_days(Days::new(1)).unwrap_or(today);
        let (title, about, button, fields) = match does {
            "progress" if self.takes(Command::Progress { text: "x", links: &[] }) => (
                "Say how it goes",
                "",
                "Add the progress",
                vec![
                    text("text", "Progress", "In a few words, without a child’s name."),
                    Field {
                        required: false,
                        ..text("links", "Links", "Addresses of more, one a line; may stay empty.")
                    },
                ],
            ),
            "report" if self.takes(Command::Report { what_changed: "x" }) => (
                "Report what changed",
                "The action is closed when a second person confirms the report.",
                "Report",
                vec![text("what_changed", "What changed", "What is different for the child or the team now.")],
            ),
            "confirm" if self.takes(Command::Confirm) => {
                ("Confirm the report", "This closes the action.", "Confirm and close", Vec::new())
            }
            "send-back" if self.takes(Command::SendBack { reason: "x" }) => {
                ("Send the report back", "", "Send back", vec![text("reason", "What is lacking", "")])
            }
            "move-due" if self.takes(Command::MoveDue { to: later, reason: "x" }) => {
                let to = Field {
                    kind: FieldKind::Date,
                    value: self.action.due.to_string(),
                    ..line("to", "New due date", "")
                };
                let reason = line("reason", "Reason", "The first due date and each move stay on record.");
                ("Move the due date", "", "Move", vec![to, reason])
            }
            "hand-over" => {
                let picks = self.heads();
                if picks.is_empty() {
                    return None;
                }
                let to = Field { kind: FieldKind::Choice, picks, ..line("to", "To which Head of Service", "") };
                ("Hand over to another Head of Service", "", "Hand over", vec![to, line("reason", "Reason", "")])
            }
            "amend" if self.takes_amendment() => {
                ("Amend", "What is changed stands in the history.", "Save", self.amendable())
            }
            "aim" if self.takes_amendment() => (
                "Set the measure it should move, or the recommendation it answers",
                "",
                "Set",
                super::aim::fields(self.action, self.recommendations).into(),
            ),
            "reopen" if self.takes(Command::Reopen { reason: "x" }) => {
                ("Open it again", "", "Open again", vec![line("reason", "Reason", "")])
            }
            "withdraw" if self.takes(Command::Withdraw { reason: "x" }) => (
                "Withdraw: it was recorded in error",
                "It stays on the log, and nothing more can be added to it.",
                "Withdraw",
                vec![line("reason", "Reason", "")],
            ),
            _ => return None,
        };
        let mut form = Form {
            action: format!("/actions/{}", self.number),
            id: does.to_owned(),
            title: title.to_owned(),
            about: about.to_owned(),
            hidden: vec![("do".to_owned(), does.to_owned()), ("version".to_owned(), self.action.version.to_string())],
            fields,
            button: button.to_owned(),
            open: false,
        };
        if let Some(sent) = self.sent.filter(|sent| sent.get("do") == does) {
            form.open = true;
            form.fields.iter_mut().for_each(|field| refill(field, sent));
        }
        Some(form)
    }

    fn takes_amendment(&self) -> bool {
        let what = Some(format!("{}.", self.action.what.chars().take(3_000).collect::<String>()));
        self.takes(Command::Amend(Amendment { what, ..Amendment::default() }))
    }

    /// Only those who could answer for it.
    fn heads(&self) -> Vec<Pick> {
        let today = self.circumstances.today;
        let heads = self.people.holding(domain::scope::Role::HeadOfService, today);
        let may = heads.filter(|known| {
            let to = Person { user: known.user, grants: &known.grants };
            self.takes(Command::HandOver { to, reason: "x" })
        });
        may.map(|known| known.pick(None)).collect()
    }

    fn amendable(&self) -> Vec<Field> {
        let (user, name) = match &self.action.doer {
            Doer::User(user) => (Some(*user), String::new()),
            Doer::Named(name) => (None, name.clone()),
        };
        let mut fields = vec![
            Field { value: self.action.what.clone(), ..text("what", "What is to be done", "") },
            Field { value: self.action.why.text.clone(), ..text("why", "Why", "") },
            priority(self.action.priority),
        ];
        fields.extend(doer(self.people, self.circumstances.today, user, &name));
        fields
    }
}

/// Puts back what was sent.
pub(super) fn refill(field: &mut Field, sent: &Fields) {
    let value = sent.get(&field.name);
    field.value = value.to_owned();
    field.picks.iter_mut().for_each(|pick| pick.chosen = pick.value == value);
}

pub(super) fn text(name: &str, label: &str, hint: &str) -> Field {
    Field { kind: FieldKind::Text, ..line(name, label, hint) }
}

pub(super) fn line(name: &str, label: &str, hint: &str) -> Field {
    Field { name: name.to_owned(), label: label.to_owned(), hint: hint.to_owned(), required: true, ..Field::default() }
}

/// The field for the priority.
pub(super) fn priority(chosen: Priority) -> Field {
    let picks = Priority::ALL.map(|priority| Pick {
        value: priority.name().to_owned(),
        text: crate::desk::words::sentence(priority.name()),
        chosen: priority == chosen,
    });
    Field { kind: FieldKind::Choice, picks: picks.to_vec(), ..line("priority", "Priority", "") }
}

/// The two fields for who does it: somebody with an account, or a name.
pub(super) fn doer(people: &People, today: chrono::NaiveDate, user: Option<UserId>, name: &str) -> [Field; 2] {
    let nobody = Pick { value: String::new(), text: "Somebody without an account".to_owned(), chosen: user.is_none() };
    let picks = std::iter::once(nobody).chain(people.doers(today).map(|known| known.pick(user))).collect();
    [
        Field { kind: FieldKind::Choice, picks, required: false, ..line("doer", "Who does it", "") },
        Field {
            value: name.to_owned(),
            required: false,
            ..line("doer_name", "Or by name", "Where nobody is chosen above.")
        },
    ]
}

/// Who does it, as a form sends it.
pub(super) fn sent_doer(fields: &Fields) -> Doer {
    match fields.filled("doer").and_then(|user| user.parse().ok()) {
        Some(user) => Doer::User(UserId(user)),
        None => Doer::Named(fields.get("doer_name").to_owned()),
    }
}
