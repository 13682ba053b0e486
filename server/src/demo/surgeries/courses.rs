//! What becomes of the demo's actions, week by week as extracts tell, and in the end.

use super::cast::Part;
use super::timetable::{Fate, Of, working_day_before};
use super::words::{self, Proof};
use super::{Meetings, NoDemoSurgeries};
use crate::store::actions::{self, Kept};
use crate::store::reader::Reader;
use chrono::NaiveDate;
use domain::action::{Action, DataWord, EventKind, State};
use domain::ids::{ActionId, UserId};
use domain::organisation::Organisation;

/// An action on its way.
pub(super) struct Course {
    action: ActionId,
    /// Who is accountable, as a place among the Heads of Service.
    head: usize,
    /// Who confirms what is reported.
    director: Part,
    of: Of,
    fate: Fate,
    /// Extracts loaded since it was recorded.
    extracts: u32,
}

/// Extracts after which what is about no child is reported.
const EXTRACTS_TO_REPORT: u32 = 3;
/// The two Heads of Service of Children & Families.
const FAMILIES: (usize, usize) = (1, 2);
/// Extracts after which somebody says how it goes.
const EXTRACTS_TO_TELL: u32 = 2;

impl Course {
    pub(super) const fn new(action: ActionId, head: usize, director: Part, (of, fate): (Of, Fate)) -> Self {
        Self { action, head, director, of, fate, extracts: 0 }
    }
}

impl Meetings {
    /// What is said of actions on the Monday after an extract: in the morning the Heads of Service, in the afternoon those
    /// who confirm.
    pub(super) async fn follow(&mut self, monday: NaiveDate) -> Result<(), NoDemoSurgeries> {
        self.cast.at(monday, 10);
        let mut to_confirm = Vec::new();
        for at in 0..self.courses.len() {
            self.courses[at].extracts += 1;
            let kept = self.kept(at).await?;
            match kept.history.action().state {
                State::Open => {
                    if self.go_on(at, &kept).await? {
                        to_confirm.push(at);
                    }
                }
                State::Reported => to_confirm.push(at),
                State::Closed | State::Withdrawn => {}
            }
        }
        self.cast.at(monday, 15);
        for at in to_confirm {
            self.answer_report(at).await?;
        }
        Ok(())
    }

    /// What the Head of Service does about an open action. Answers whether it is to be confirmed the same day.
    async fn go_on(&self, at: usize, kept: &Kept) -> Result<bool, NoDemoSurgeries> {
        let (course, action) = (&self.courses[at], kept.history.action());
        let head = self.head(at);
        let (confirmed, children) = (said(action, DataWord::Confirmed), action.subject.children().len());
        let is_late = action.due < self.cast.today();
        self.cast.wait(5);
        let proof = match course.fate {
            Fate::Proven | Fate::Trusted | Fate::Hasty if children > 0 && confirmed == children => Some(Proof::Shown),
            Fate::Trusted | Fate::Hasty if action.reports == 0 => Some(Proof::Trusted),
            Fate::Proven if children == 0 && course.extracts >= EXTRACTS_TO_REPORT => Some(Proof::Shown),
            // It has been moved since the last report: the rest is not shown by any extract any more.
            Fate::Proven | Fate::Trusted | Fate::Hasty if is_late && moves(kept) > action.reports => {
                Some(Proof::AlmostAll)
            }
            _ => None,
        };
        if let Some(proof) = proof {
            let text = words::report(course.of, measure(action), proof, at);
            self.cast.act(head, version(kept), &[("do", "report"), ("what_changed", text)]).await?;
            return Ok(course.fate != Fate::Hasty || proof != Proof::Trusted);
        }
        if is_late && matches!(course.fate, Fate::Proven | Fate::Trusted | Fate::Hasty) {
            let days = words::working_days(course.of, measure(action)).1.max(5);
            let to = self.calendar.due(self.cast.today(), days).to_string();
            let reason = words::moved(course.of, measure(action));
            self.cast.act(head, version(kept), &[("do", "move-due"), ("to", &to), ("reason", reason)]).await?;
        } else if course.extracts == EXTRACTS_TO_TELL {
            let text = words::progress(course.of, (confirmed, children), at);
            self.cast.act(head, version(kept), &[("do", "progress"), ("text", &text), ("links", "")]).await?;
        }
        Ok(false)
    }

    /// Confirms a report, or sends it back where an extract says otherwise.
    async fn answer_report(&self, at: usize) -> Result<(), NoDemoSurgeries> {
        let kept = self.kept(at).await?;
        let action = kept.history.action();
        let is_contradicted =
            action.data.values().any(|word| word.word == DataWord::Contradicted && word.reports == action.reports);
        let fields: &[(&str, &str)] = if is_contradicted {
            let lacking = "The newest extract still has some of these children on the late list. Find out which were seen and not written up and which were not seen, put both right, and report again.";
            &[("do", "send-back"), ("reason", lacking)]
        } else {
            &[("do", "confirm")]
        };
        self.cast.wait(5);
        self.cast.act(self.who_confirms(at, &kept), version(&kept), fields).await
    }

    /// The end of the story: what is handed over, moved and reported by now, and the surgeries to come.
    pub(in crate::demo) async fn end(mut self) -> Result<(), NoDemoSurgeries> {
        let end = self.timetable.today;
        let before = working_day_before(end, &self.calendar);
        self.cast.at(before, 15);
        for at in 0..self.courses.len() {
            let kept = self.kept(at).await?;
            let action = kept.history.action();
            if action.state != State::Open {
                continue;
            }
            self.cast.wait(1);
            let (head, fate) = (self.head(at), self.courses[at].fate);
            match fate {
                Fate::Reported => {
                    let text = words::report(self.courses[at].of, measure(action), Proof::Trusted, at);
                    self.cast.act(head, version(&kept), &[("do", "report"), ("what_changed", text)]).await?;
                }
                Fate::HandedOver => {
                    // Both head teams of the service: either may answer for what is asked of the whole of it.
                    let to = Part::Head(if self.courses[at].head == FAMILIES.0 { FAMILIES.1 } else { FAMILIES.0 });
                    let to = self.cast.user(to).await?.id.to_string();
                    let reason = "Agreed between the two Heads of Service: most of what is left to do is in the other two localities";
                    let fields = [("do", "hand-over"), ("to", to.as_str()), ("reason", reason)];
                    self.cast.act(self.who_confirms(at, &kept), version(&kept), &fields).await?;
                }
                Fate::Moved | Fate::Proven | Fate::Trusted | Fate::Hasty if action.due < end => {
                    let (least, most) = words::working_days(self.courses[at].of, measure(action));
                    let days = least + u32::try_from(at).unwrap_or_default() % (most - least + 1);
                    let to = self.calendar.due(end, days).to_string();
                    let reason = words::moved(self.courses[at].of, measure(action));
                    self.cast.act(head, version(&kept), &[("do", "move-due"), ("to", &to), ("reason", reason)]).await?;
                }
                _ => {}
            }
        }
        for (standing, sitting) in std::mem::take(&mut self.timetable.next) {
            if self.timetable.standings[standing].prepared {
                self.prepare(standing, sitting, before).await?;
            } else {
                self.open(standing, sitting, before).await?;
            }
        }
        Ok(())
    }

    async fn kept(&self, at: usize) -> Result<Kept, NoDemoSurgeries> {
        let director = self.cast.visit(Part::Director).await?;
        let reader = Reader { user: UserId(director.viewer.user_id), scope: &director.viewer.scope };
        let kept = actions::load(&self.cast.state.db, &reader, self.courses[at].action).await?;
        kept.ok_or(NoDemoSurgeries::Missing("action of this number"))
    }

    fn head(&self, at: usize) -> Part {
        Part::Head(self.courses[at].head)
    }

    /// The second person: the Director of the service, and the Director of everything where the children have left it.
    fn who_confirms(&self, at: usize, kept: &Kept) -> Part {
        let director = self.courses[at].director;
        let organisation = Organisation::on(self.cast.today(), crate::demo::organisation());
        let is_theirs =
            |team: &String| organisation.service(team).is_some_and(|service| Part::director_of(service) == director);
        if kept.teams.iter().any(is_theirs) { director } else { Part::Director }
    }
}

/// Children of whom the data said this last.
fn said(action: &Action, word: DataWord) -> usize {
    action.data.values().filter(|last| last.word == word).count()
}

/// How often its due date was moved.
fn moves(kept: &Kept) -> u32 {
    let moves = kept.history.events().iter().filter(|event| matches!(event.kind, EventKind::DueMoved { .. }));
    u32::try_from(moves.count()).unwrap_or(u32::MAX)
}

fn measure(action: &Action) -> &str {
    action.aim.as_ref().map_or("", |aim| aim.measure.as_str())
}

fn version(kept: &Kept) -> (ActionId, u32) {
    (kept.id, kept.history.action().version)
}
