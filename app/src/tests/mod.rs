//! Pages rendered with made-up data.

mod pages;
mod samples;
mod speed;
