//! Who sees what, by every route.

mod accounts;
mod answers;
mod audit;
mod bodies;
mod child;
mod children;
mod crawl;
mod demo;
mod guesses;
mod routes;
mod sessions;
mod slow;
mod sources;
mod unreadable;
mod uploads;
