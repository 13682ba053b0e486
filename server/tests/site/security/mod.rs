//! Who sees what, by every route.

mod answers;
mod audit;
mod children;
mod crawl;
mod routes;
mod sessions;
mod sources;
mod uploads;
