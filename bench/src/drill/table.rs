//! What came of each fault.

use super::fault::Fault;
use std::time::Duration;

pub struct Row {
    pub fault: Fault,
    pub without_a_sale: Duration,
    pub sales: usize,
    /// Orders that somebody was told are paid and that are not.
    pub lost: usize,
    pub asked: u64,
    pub failed: u64,
    /// Until the nodes were in step again.
    pub in_step_after: Duration,
}

impl Row {
    pub fn is_good(&self) -> bool {
        self.lost == 0 && self.without_a_sale <= self.fault.target()
    }
}

/// In markdown.
pub fn table(rows: &[Row]) -> String {
    let head = "| what happens | no sale for | at most | acknowledged and lost | failed requests | in step again after | |\n\
                |---|---:|---:|---:|---:|---:|---|\n";
    let rows: Vec<_> = rows.iter().map(line).collect();
    head.to_owned() + &rows.concat()
}

fn line(row: &Row) -> String {
    let Row {
        fault,
        without_a_sale,
        sales,
        lost,
        asked,
        failed,
        in_step_after,
    } = row;
    format!(
        "| {} | {:.1} s | {} s | {lost} of {sales} | {failed} of {asked} | {:.0} s | {} |\n",
        fault.name(),
        without_a_sale.as_secs_f64(),
        fault.target().as_secs(),
        in_step_after.as_secs_f64(),
        if row.is_good() { "good" } else { "FAILED" },
    )
}
