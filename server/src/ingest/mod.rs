//! Files into typed records.
