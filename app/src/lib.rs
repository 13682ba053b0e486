//! What people see: pages, components, server functions and the data each page needs.
//!
//! `ssr` renders it on the server, `hydrate` brings it to life in the browser. The app knows no database and no
//! clock: it declares what it needs in [`desk::Desk`].

pub mod api;
pub mod data;
#[cfg(feature = "ssr")]
pub mod desk;
pub mod error;
