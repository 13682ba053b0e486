//! What people see: pages, components, server functions and the data each page needs.
//!
//! `ssr` renders it on the server, `hydrate` brings it to life in the browser. The app knows no database and no
//! clock: it declares what it needs in [`desk::Desk`].

// A page's view is one deep type.
#![recursion_limit = "256"]

pub mod api;
mod components;
pub mod data;
#[cfg(feature = "ssr")]
pub mod desk;
mod document;
pub mod error;
mod markup;
mod pages;
mod routes;
mod visit;

#[cfg(all(test, feature = "ssr"))]
mod tests;

pub use document::{Assets, shell};
pub use routes::App;
