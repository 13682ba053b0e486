//! Pages rendered with made-up data.

mod answer_samples;
mod answers;
mod coming;
mod coming_samples;
mod pages;
mod samples;
mod speed;
mod staff;
mod staff_samples;
