//! What managers say of late children, and what came of it.

mod pages;
mod store;
