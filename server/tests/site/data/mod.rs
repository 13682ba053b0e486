//! What is loaded and what is made of it: figures, lists, registers, caseloads, targets, charts.

mod attention;
mod attention_by_hand;
mod card_equals_list;
mod caseloads;
mod holds;
mod loading;
mod months;
mod signal;
mod targets;
mod tour;
