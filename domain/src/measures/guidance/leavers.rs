//! Care leavers.

use super::{Entry, Guidance};

pub(super) const ALL: &[Entry] = &[
    (
        "CL-01",
        Guidance {
            matters: "The council brought this young person up. Out of touch, there is nobody to ring when the boiler \
                      breaks or when the baby comes.",
            moves: "Advisers' caseloads; moves away and into custody; young people who have had enough of us; contact \
                    made and not recorded.",
            question: "For each out of touch: who was the last adult they trusted, and when did that person last try? \
                       What would make it worth their while?",
        },
    ),
    (
        "CL-02",
        Guidance {
            matters: "A safe place of one's own comes before study, work and health. Where it fails, much else does.",
            moves: "Shared houses, custody and sofas; housing panels and rents; moves at 18; young people out of \
                    touch, who stay in the count.",
            question: "Who lives somewhere unsuitable tonight, what is the plan, and which of these did we know would \
                       happen at 18?",
        },
    ),
    (
        "CL-03",
        Guidance {
            matters: "Study and work are friends, money and a reason to get up. For care leavers the first job is \
                      harder to find, and easier to lose.",
            moves: "Terms and exams; illness, pregnancy and caring; apprenticeships the council itself could offer; \
                    young people out of touch, who stay in the count.",
            question: "Which of these young people want to work or study, what stands in the way, and what could the \
                       council as a large employer do this month?",
        },
    ),
    (
        "CL-04",
        Guidance {
            matters: "A young adult's life changes fast. A plan from last year is about somebody else.",
            moves: "Changes of adviser; young people who do not want a meeting; reviews held in conversation and not \
                    recorded; those just turned 18.",
            question: "Whose plan has not been looked at, and would the young person recognise themselves in it?",
        },
    ),
    (
        "CL-05",
        Guidance {
            matters: "To say that we are in touch is a claim. A date is evidence that somebody asked how they are.",
            moves: "Advisers' caseloads and leave; messages that nobody records; young people abroad or in custody; \
                    those who asked for less contact.",
            question: "Who has not been heard of for longest, and who goes to look? Is anyone worried?",
        },
    ),
    (
        "CL-06",
        Guidance {
            matters: "The adviser is the one person a care leaver can ring. The law promises one to each of them.",
            moves: "Vacancies; allocation at 16 that waits for 18; social workers who stay on as the adviser and are \
                    not recorded so.",
            question: "Who has no adviser by name today, who do they ring meanwhile, and have they been asked whom \
                       they would like?",
        },
    ),
];
