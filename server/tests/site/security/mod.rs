//! Who sees what, by every route.

mod accounts;
mod answers;
mod audit;
mod children;
mod crawl;
mod guesses;
mod demo;
mod routes;
mod sessions;
mod sources;
mod uploads;
