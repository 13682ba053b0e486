//! Contacts, referrals, assessments, section 47 enquiries and initial conferences.

use super::{Entry, Guidance};

pub(super) const ALL: &[Entry] = &[
    (
        "CON-01",
        Guidance {
            matters: "A call about a child is often the first time anyone outside the home has said that something is \
                      wrong. If it is set aside too easily, the child waits for the next call.",
            moves: "Partners' understanding of the threshold; duplicate contacts for one family; a new form or single \
                    front door; pressure on the team that screens. Contacts recorded twice in two systems lower it.",
            question: "Which contacts this month did not become a referral, and would we decide the same today? Which \
                       partner's contacts convert least, and have we told them why?",
        },
    ),
    (
        "REF-02",
        Guidance {
            matters: "A child who comes back has told the story twice and was not helped enough the first time. What \
                      was missed may have grown.",
            moves: "Closing before change is tested; assessments of the incident and not of the history; step-down \
                    without early help in place; a wave of police notifications about the same families.",
            question: "Take three who came back: what did the closing record say would be different, who was still \
                       with the family, and what happened instead?",
        },
    ),
    (
        "REF-03",
        Guidance {
            matters: "A family is asked hard questions and then left with nothing. Some of those children needed help \
                      from somebody, though not from social care.",
            moves: "Thresholds not shared with partners; referrals accepted to be safe; decisions changed after a \
                    first look; early help that has no room.",
            question: "Of those closed at once, how many went on to early help, and did anyone check that it began?",
        },
    ),
    (
        "ASM-01",
        Guidance {
            matters: "Until the assessment is done nobody has agreed what the child needs. Weeks without an answer are \
                      long for a small child and for a frightened one.",
            moves: "Caseloads and vacancies; drift between the last visit and the manager's sign-off; complex families \
                    kept open to be safe; a burst of old assessments authorised together, which lowers it for a good \
                    reason.",
            question: "At which step do the late ones wait: allocation, first visit, writing, or authorisation? Whose \
                       sign-off would bring most of them in?",
        },
    ),
    (
        "ASM-02",
        Guidance {
            matters: "Each is a child whose family has been asked about everything and has heard nothing back. They do \
                      not show in the share completed in time until somebody finishes.",
            moves: "Leave and sickness without handover; workers who left with cases open; managers' trays; \
                    assessments that were in truth finished but never authorised.",
            question: "Who are the five that have waited longest, when was each child last seen, and what is the date \
                       on which each will be signed off?",
        },
    ),
    (
        "ASM-03",
        Guidance {
            matters: "Adults may hide, forget or disagree. Only by seeing the child do we learn how life is from where \
                      the child stands.",
            moves: "Assessments closed early at the family's wish; refusal of access; very young children not recorded \
                    as seen; the box that was left blank.",
            question: "For each child not seen: was the door closed to us, did we not go, or did we not write it down? \
                       What is the plan where we were refused?",
        },
    ),
    (
        "S47-01",
        Guidance {
            matters: "Between the strategy discussion and the conference a child thought to be at risk has no agreed \
                      plan. Every day more is a day on which it rests on one worker.",
            moves: "Availability of chairs, rooms and partners; late strategy discussions; bank holidays; family \
                    requests; strategy discussions whose date was not recorded.",
            question: "What kept the child safe between the discussion and the conference, and was the delay the \
                       family's need or our diary?",
        },
    ),
    (
        "S47-02",
        Guidance {
            matters: "These children were judged to need a conference and have not had one. Nobody outside the service \
                      is yet looking with us.",
            moves: "Requests that reached the conference office late; decisions changed by a manager but not recorded; \
                    conferences held but not entered.",
            question: "Has each been seen this week, when is the conference, and if it is no longer needed, who \
                       decided that and where is it written?",
        },
    ),
    (
        "S47-04",
        Guidance {
            matters: "An enquiry is frightening for a family, and for a child it may be the one chance to be believed. \
                      Both going too far and stopping too soon do harm.",
            moves: "Threshold at the strategy discussion; joint or single agency enquiries; how far children in need \
                    plans are trusted to hold risk.",
            question: "Read two that ended without a conference: was harm not found, or found and managed in another \
                       way, and did the child know the outcome?",
        },
    ),
    (
        "S47-06",
        Guidance {
            matters: "If the first enquiry had made the child safer there would seldom be a second. The child learns \
                      that telling changes nothing.",
            moves: "Enquiries about one incident at a time; domestic abuse without work with the adult who harms; \
                    siblings counted after one event; new information that truly is new.",
            question: "What did the earlier enquiry conclude, what was offered then, and what did we not see that we \
                       see now?",
        },
    ),
    (
        "ICPC-01",
        Guidance {
            matters: "A conference brings every adult together about a child's worst days. It should neither be a \
                      formality nor a meeting that should not have been called.",
            moves: "How ready enquiries are to go to conference; chairs' practice; who attends; families who change \
                    much in the weeks before.",
            question: "Where no plan was made, was that because the child was safer or because the evidence was thin? \
                       Who follows what was agreed instead?",
        },
    ),
];
