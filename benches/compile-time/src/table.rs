//! Tables as `docs/performance.md` has them.

use std::fmt;
use std::process::Command;

/// Rows below a line that says how they were made.
pub struct Table {
    head: String,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// `what` says what the numbers are.
    pub fn new(command: &str, what: &str, columns: &[&str]) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let head = format!(
            "`cargo run --release -p compile-time -- {command}`: {what} ({}, {cores} cores)",
            compiler()
        );
        Self {
            head,
            rows: vec![columns.iter().map(ToString::to_string).collect()],
        }
    }

    pub fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\n", self.head)?;
        for (index, row) in self.rows.iter().enumerate() {
            writeln!(f, "| {} |", row.join(" | "))?;
            if index == 0 {
                writeln!(f, "| --- |{}", " ---: |".repeat(row.len() - 1))?;
            }
        }
        Ok(())
    }
}

/// `rustc 1.95.0 (59807616e 2026-04-14)`
fn compiler() -> String {
    let version = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
        .arg("--version")
        .output();
    version.map_or_else(
        |_| "unknown compiler".into(),
        |output| String::from_utf8_lossy(&output.stdout).trim().into(),
    )
}
