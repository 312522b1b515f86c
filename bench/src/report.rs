//! Figures, and how they are shown.

use std::time::Duration;

/// How many were made in how long, with how many SQL statements where the database counts them.
#[derive(Clone, Copy, Debug)]
pub struct Figure {
    pub made: u32,
    pub took: Duration,
    pub statements: Option<f64>,
}

impl Figure {
    pub fn per_second(self) -> f64 {
        f64::from(self.made) / self.took.as_secs_f64()
    }

    fn statements_each(self) -> Option<f64> {
        self.statements.map(|all| all / f64::from(self.made))
    }
}

/// The middle one by speed.
pub fn median(mut figures: Vec<Figure>) -> Figure {
    figures.sort_by(|a, b| a.per_second().total_cmp(&b.per_second()));
    figures[figures.len() / 2]
}

pub fn line(what: &str, figure: Figure) {
    match figure.statements_each() {
        Some(each) => println!(
            "{:>10.0}      {what} ({each:.1} SQL statements each)",
            figure.per_second()
        ),
        None => println!("{:>10.0}      {what}", figure.per_second()),
    }
}

pub fn ratio(of_what: &str, figure: Figure, whole: Figure) {
    println!(
        "{:>10.2}      {of_what}",
        figure.per_second() / whole.per_second()
    );
}

/// What it was measured on.
pub fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let read = |path| std::fs::read_to_string(path).unwrap_or_default();
    let word_after = |text: &str, name: &str| {
        text.lines()
            .find_map(|line| line.strip_prefix(name))
            .map(|rest| rest.trim_start_matches([':', '\t', ' ']).to_owned())
            .unwrap_or_default()
    };
    let processor = word_after(&read("/proc/cpuinfo"), "model name");
    let memory = word_after(&read("/proc/meminfo"), "MemTotal");
    let load = read("/proc/loadavg");
    let load = load.split(' ').next().unwrap_or_default();
    format!("{cores} cores ({processor}), {memory} memory, load {load} before")
}
