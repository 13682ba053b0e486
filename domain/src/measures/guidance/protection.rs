//! Child protection and child in need plans, allocation, dormant cases and caseloads.

use super::{Entry, Guidance};

pub(super) const ALL: &[Entry] = &[
    (
        "CPP-01",
        Guidance {
            matters: "Harm is noticed by somebody who sees the child, the bedroom and the fridge. A child on a plan \
                      whom nobody sees is known to be at risk and alone with it.",
            moves: "Caseloads, sickness and leave; access refused; a change of worker; visits made but written up \
                    late, which the next extract then shows.",
            question: "For each late child: visited and not recorded, not visited, or booked for a day? Who goes today \
                       to those not seen, and what stopped us?",
        },
    ),
    (
        "CPP-02",
        Guidance {
            matters: "Many children say what happens at home only when no parent can hear it. Not alone means we know \
                      what the adults wanted us to know.",
            moves: "Visits at home with parents near; small houses; interpreters; worries about asking; children who \
                    prefer somebody with them; the field left blank.",
            question: "Where could this child talk safely, at school perhaps, and who is the adult the child would \
                       choose to tell?",
        },
    ),
    (
        "CPP-05",
        Guidance {
            matters: "The review is where somebody asks whether the child is safer than three or six months ago, and \
                      the plan changes when not. Without it a plan is only a promise.",
            moves: "Room in chairs' diaries; reports not ready; a conference that was not quorate; sibling groups \
                    brought together; reviews held but not entered.",
            question: "Which plans have nobody reviewed, why was each put off, and who told the family and the child?",
        },
    ),
    (
        "CPP-06",
        Guidance {
            matters: "Living under a plan is living with risk and with strangers at the door. If much time has passed \
                      and little has changed, the plan is not working for this child.",
            moves: "Neglect that gets a little better and a little worse; waiting for court, assessments or a parent's \
                    treatment; changes of worker that begin the work anew.",
            question: "What is different for this child since the plan began? If nothing is, is it time for legal \
                       advice, or for another plan?",
        },
    ),
    (
        "CPP-07",
        Guidance {
            matters: "Two years may be all the childhood that a small child remembers. Harm that lasts so long does \
                      lasting damage.",
            moves: "Drift without a date by which things must change; late use of the public law outline; plans ended \
                    and begun again; large families that move the share together.",
            question: "For each by circumstance: what is the trajectory, when was a legal planning meeting last held, \
                       and who in the leadership has read the file?",
        },
    ),
    (
        "CPP-08",
        Guidance {
            matters: "It tells how long children had to wait until they were safe enough, or until we decided that a \
                      plan was not enough.",
            moves: "A drive to bring long plans to an end, which raises it for a good reason; proceedings that end \
                    plans; few plans ended in the period, so that one family moves it.",
            question: "Did these plans end because the child is safe, in care, or because we grew used to it? Would we \
                       know if harm came back?",
        },
    ),
    (
        "CPP-09",
        Guidance {
            matters: "Harm came back. A child on a second plan has learnt that our help ends before the trouble does.",
            moves: "Plans ended on promises; little support after step-down; a new partner in the home; sibling \
                    groups; families who moved away and back.",
            question: "Read the end of the first plan: what did we say had changed, who stayed with the family, and \
                       what must be different this time?",
        },
    ),
    (
        "CPP-12",
        Guidance {
            matters: "A plan that ends at its first review may have put a family through a conference without need, or \
                      may have left a child too soon.",
            moves: "Conferences called out of caution; quick change after the crisis; children who came into care; \
                    chairs who differ.",
            question: "What made the child safe in so few weeks, and what have we done to see that it lasts?",
        },
    ),
    (
        "CPP-13",
        Guidance {
            matters: "Two plans mean two sets of meetings, and in the middle a child who no longer knows which of them \
                      counts.",
            moves: "The weeks after coming into care, before a conference ends the plan; children placed with parents; \
                    plans never ended in the record.",
            question: "For which of these children does the protection plan do anything that the care plan does not? \
                       If none, when does it end?",
        },
    ),
    (
        "CIN-01",
        Guidance {
            matters: "Need that nobody looks at becomes risk. A child in need is seen by consent, and so is the first \
                      to be put off when the week is full.",
            moves: "Child protection work that comes first; duty weeks; students' and newly qualified workers' \
                    caseloads; consent withdrawn; visits not written up.",
            question: "When was each late child last seen, and by whom? Should the case be visited this week, or is it \
                       in truth ready to close?",
        },
    ),
    (
        "CIN-03",
        Guidance {
            matters: "Help should change something a child can feel. A plan open for very long has drifted, or covers \
                      a child who needs more than a plan by consent.",
            moves: "No date on the plan; reviews not held; cases kept open because the family has nowhere else to go; \
                    stepping up put off.",
            question: "What would have to be true to close or step up, and by what date will we know? Could early help \
                       hold it?",
        },
    ),
    (
        "ALL-01",
        Guidance {
            matters: "A child needs one person who knows them and answers for the plan. To be on a team's list is to \
                      be nobody's child.",
            moves: "Vacancies, sickness and agency workers who left; transfers waiting between teams; new referrals on \
                    duty; names typed in a way the list of placeholders knows.",
            question: "Who is holding these children today, who sees them this week, and on which day does each get a \
                       worker of their own?",
        },
    ),
    (
        "DOR-01",
        Guidance {
            matters: "An open case says that somebody is looking. If nobody is, everybody else relies on a watch that \
                      is not kept.",
            moves: "Closing summaries not written; workers who left; cases left open for a payment or a court date; \
                    visits not recorded.",
            question: "Visit or close: which for each of these children, by whom, by when? What would we have missed \
                       had something happened?",
        },
    ),
    (
        "WF-01",
        Guidance {
            matters: "A worker with fewer children has time to know each of them, and to see what is not said.",
            moves: "Vacancies and sickness; a rise in referrals; cases ready to close that stay open; newly qualified \
                    workers on protected caseloads; part-time workers, whom the extract counts as whole.",
            question: "Which cases could close this month, which could move, and who carries a number that the average \
                       hides?",
        },
    ),
    (
        "WF-02",
        Guidance {
            matters: "Children of an overloaded worker are seen late and known less, and the worker is the next to \
                      leave.",
            moves: "Sudden leavers whose cases were shared out; sibling groups; managers holding cases; cases open \
                    that should be closed.",
            question: "For each worker above the limit: what comes off this week, who agreed it, and who supervises \
                       them until then?",
        },
    ),
];
