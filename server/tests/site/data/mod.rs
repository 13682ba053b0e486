//! What is loaded and what is made of it: figures, lists, registers, caseloads, targets, charts.

mod attention;
mod attention_by_hand;
mod card_equals_list;
mod caseloads;
mod files;
mod holds;
mod loading;
mod mapping;
mod members;
mod months;
mod problems;
mod signal;
mod targets;
mod tour;
