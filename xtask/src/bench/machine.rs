//! The machine that measured: without it a time says nothing.

use std::fs;
use std::thread;

/// Processor, cores, memory.
pub fn describe() -> String {
    let processor = field("/proc/cpuinfo", "model name").unwrap_or_else(|| "an unknown processor".into());
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let memory = field("/proc/meminfo", "MemTotal")
        .and_then(|text| text.split_whitespace().next()?.parse::<u64>().ok())
        .map_or_else(|| "unknown memory".into(), |kb| format!("{} GB of memory", (kb + 524_288) / 1_048_576));
    format!("On {processor}, {cores} cores, {memory}; release build, SQLite.\n\n")
}

/// The first "name : value" of a file under /proc.
pub fn field(file: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    text.lines()
        .find_map(|line| line.strip_prefix(name)?.trim_start().strip_prefix(':'))
        .map(|value| value.trim().to_owned())
}
