//! Children in care: visits, reviews, placements, permanence, health, missing.

use super::{Entry, Guidance};

pub(super) const ALL: &[Entry] = &[
    (
        "CLA-01",
        Guidance {
            matters: "The council is this child's parent. A parent who does not come is noticed by the child before \
                      anyone else.",
            moves: "Placements far away; placement moves, after which the clock begins anew; changes of worker; \
                    long-term placements taken for granted; visits written up late.",
            question: "Who has not been visited, how far away do they live, and when did this child last speak to the \
                       worker alone?",
        },
    ),
    (
        "CLA-03",
        Guidance {
            matters: "The review asks whether the plan still serves the child, with somebody independent in the room \
                      and the child's own view on the table.",
            moves: "Reviewing officers' caseloads; children who came into care in a wave; reviews held in parts; \
                    minutes not entered.",
            question: "Which reviews are late, was the child asked about the date, and has any decision waited for it?",
        },
    ),
    (
        "CLA-05",
        Guidance {
            matters: "Each move can cost a home, a school, friends and trust. After several, a child stops unpacking.",
            moves: "Emergency placements; few foster homes for teenagers and sibling groups; carers not helped in \
                    time; moves that were good, to family or for good.",
            question: "Before the last move, who knew that it was shaking, and what was offered to the carers? What \
                       would make this one the last?",
        },
    ),
    (
        "CLA-06",
        Guidance {
            matters: "To grow up with the same people, in one place, is what most children would ask for.",
            moves: "Long-term matching done late; carers who retire or foster for another agency; adolescence; \
                    children who leave care or turn 16, who leave the count.",
            question: "Which settled placements look likely to shake in the next year, and what support have we put in \
                       before it is asked for?",
        },
    ),
    (
        "CLA-13",
        Guidance {
            matters: "A child has to know where they will grow up. Without a plan time decides, and choices close with \
                      every birthday.",
            moves: "Care proceedings that run on; twin tracks; waiting for assessments of relatives; plans made but \
                    not recorded.",
            question: "Who has no plan after this time, what are we waiting for, and on what date is permanence \
                       decided?",
        },
    ),
    (
        "CLA-07",
        Guidance {
            matters: "Children come into care with needs that nobody has met. The assessment is how they are found, \
                      and followed from one home to the next.",
            moves: "Health providers' capacity; consent that was not signed; children placed out of the area; refusal \
                    by young people; dates received late from health.",
            question: "Are the missing ones not done, refused, or not told to us? For who refused: has anybody offered \
                       another way?",
        },
    ),
    (
        "CLA-09",
        Guidance {
            matters: "Toothache keeps a child from sleep, school and play, and is easily put right.",
            moves: "Dentists that take no new patients; moves of placement; young people who decline; checks that \
                    carers know of and nobody recorded.",
            question: "Which carers have not found a dentist, and who is ringing one for them? How many are only a \
                       call to the carer away?",
        },
    ),
    (
        "MIS-01",
        Guidance {
            matters: "A child who goes missing may be running from something or to somebody. Either can be dangerous, \
                      and the child tells us something by going.",
            moves: "A few children who go very often; placements far from home; exploitation; a different practice in \
                    recording absences.",
            question: "Who went missing more than once, what pattern do the times and places show, and which other \
                       agency knows more than we do?",
        },
    ),
    (
        "MIS-02",
        Guidance {
            matters: "Somebody who asks kindly, and is not in charge, may be told why. Without that talk the next time \
                      looks the same.",
            moves: "Independent interviewers' capacity; interviews outside the area; young people who decline; offers \
                    made and not recorded.",
            question: "To whom was it not offered, and within what time? What did those who talked tell us, and what \
                       did we do with it?",
        },
    ),
];
