//! Performance Surgery's server: reads extracts, keeps every version of every record, measures, and serves.
//!
//! | module | what it does |
//! |---|---|
//! | [`load`] | an extract into the store: one transaction |
//! | [`store`] | everything kept, and all SQL there is |
//! | [`council`] | the newest extract in memory |
//! | [`answers`] | what managers say of late children, into the store |
//! | [`reading`] | figures and lists under a scope |
//! | [`desk`] | the data of every page, for one viewer |
//! | [`charts`] | drawings |
//! | [`live`] | which surgeries have changed |
//! | [`notices`] | what waits for somebody |
//! | [`mail`] | the same by e-mail |
//! | [`calendars`] | what comes, as a calendar to subscribe to |
//! | [`http`] | addresses, sessions, headers |
//! | [`cli`] | the command line |
//! | [`demo`] | writes the demo authority's workbooks |

pub mod accounts;
pub mod answers;
pub mod audit_log;
pub mod calendars;
pub mod charts;
pub mod cli;
pub mod clock;
pub mod council;
pub mod db;
pub mod demo;
pub mod desk;
pub mod export;
pub mod http;
pub mod live;
pub mod load;
pub mod mail;
pub mod notices;
mod private;
pub mod reading;
pub mod state;
pub mod store;
mod token;
