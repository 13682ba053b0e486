//! How long the longest page takes to render.

use super::samples;
use crate::pages;
use std::time::Instant;

/// Run with `cargo test --release -p app --features ssr -- --ignored --nocapture speed`.
#[test]
#[ignore = "measures, and means something in release only"]
fn speed_of_a_list_of_200_lines() {
    let page = samples::list(200);
    let rounds = 500u32;
    let start = Instant::now();
    let mut bytes = 0;
    for _ in 0..rounds {
        bytes = pages::list(page.clone()).html.len();
    }
    println!("{:?} a page of {bytes} bytes", start.elapsed() / rounds);
}
