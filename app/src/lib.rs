//! What people see: pages, components, server functions and the data each page needs.
//!
//! The server renders every page (`ssr`: [`pages`], from what the [`desk::Desk`] answers). The browser (`hydrate`)
//! holds no page at all: it routes, asks for the next one and puts it in place. The app knows no database and no clock.

// The router's view is one deep type.
#![recursion_limit = "256"]

mod address;
pub mod api;
#[cfg(not(feature = "ssr"))]
mod asking;
mod bare;
#[cfg(feature = "ssr")]
mod components;
pub mod data;
#[cfg(feature = "ssr")]
pub mod desk;
#[cfg(feature = "ssr")]
mod document;
pub mod error;
pub mod fragment;
#[cfg_attr(not(feature = "ssr"), expect(dead_code, reason = "the browser writes only pages without an answer"))]
mod markup;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
mod prepared;
mod routes;
mod sheet;
#[cfg(feature = "ssr")]
mod stencil;
mod visit;

#[cfg(all(test, feature = "ssr"))]
mod tests;

#[cfg(feature = "ssr")]
pub use bare::plain;
#[cfg(feature = "ssr")]
pub use document::{Assets, shell};
#[cfg(feature = "ssr")]
pub use markup::Markup;
#[cfg(feature = "ssr")]
pub use prepared::{ROUTES, prepare};
pub use routes::App;
#[cfg(feature = "ssr")]
pub use stencil::Stencil;
