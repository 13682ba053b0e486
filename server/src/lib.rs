//! Performance Surgery's server: reads extracts, keeps every version of every record, measures, and serves.
//!
//! | module | what it does |
//! |---|---|
//! | [`ingest`] | files into typed records; every row accounted for |
//! | [`demo`] | writes the demo authority's workbooks |

pub mod demo;
pub mod ingest;
