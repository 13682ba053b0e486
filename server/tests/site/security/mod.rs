//! Who sees what, by every route.

mod answers;
mod audit;
mod children;
mod routes;
mod sessions;
mod uploads;
