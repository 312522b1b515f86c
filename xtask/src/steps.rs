//! Doing one thing after another, and telling how it went.

use crate::failure::{Failure, Outcome};
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// The steps done so far.
#[derive(Default)]
pub struct Steps {
    done: Vec<Step>,
}

struct Step {
    name: String,
    took: Duration,
    failure: Option<Failure>,
}

impl Steps {
    /// Does `work`, announced and timed under `name`. Its failure is shown here, and again in the summary.
    pub fn run<T>(&mut self, name: &str, work: impl FnOnce() -> Outcome<T>) -> Option<T> {
        println!("\n==> {name}");
        let started = Instant::now();
        let outcome = work();
        let took = started.elapsed();
        let (result, failure) = match outcome {
            Ok(result) => {
                println!("<== {name}: done in {}", seconds(took));
                (Some(result), None)
            }
            Err(failure) => {
                println!("<== {name}: FAILED after {}\n{failure}", seconds(took));
                (None, Some(failure))
            }
        };
        self.done.push(Step {
            name: name.to_owned(),
            took,
            failure,
        });
        result
    }

    /// Prints the summary; fails if any step did.
    pub fn finish(self) -> ExitCode {
        print!("\n{}", self.summary());
        if self.failed() == 0 {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        }
    }

    fn failed(&self) -> usize {
        self.done
            .iter()
            .filter(|step| step.failure.is_some())
            .count()
    }

    fn summary(&self) -> String {
        let width = self
            .done
            .iter()
            .map(|step| step.name.len())
            .max()
            .unwrap_or(0);
        let mut text = String::new();
        for step in &self.done {
            let verdict = if step.failure.is_some() {
                "FAILED"
            } else {
                "passed"
            };
            text += &format!(
                "{:width$}  {verdict}  {:>9}\n",
                step.name,
                seconds(step.took)
            );
        }
        for step in &self.done {
            if let Some(failure) = &step.failure {
                text += &format!("\n{} failed: {failure}\n", step.name);
            }
        }
        let failed = self.failed();
        let passed = self.done.len() - failed;
        text + &format!("\n{passed} passed, {failed} failed\n")
    }
}

fn seconds(time: Duration) -> String {
    let whole = time.as_secs();
    if whole < 60 {
        format!("{:.1} s", time.as_secs_f64())
    } else {
        format!("{} min {:02} s", whole / 60, whole % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_names_what_failed_and_counts_the_rest() {
        let mut steps = Steps::default();
        assert_eq!(steps.run("first", || Ok(7)), Some(7));
        let nothing: Option<()> = steps.run("second", || Err(Failure::new("It broke.")));
        assert_eq!(nothing, None);
        let summary = steps.summary();
        assert!(summary.contains("second failed: It broke."), "{summary}");
        assert!(summary.ends_with("\n1 passed, 1 failed\n"), "{summary}");
    }

    #[test]
    fn long_times_are_in_minutes() {
        assert_eq!(seconds(Duration::from_millis(1_240)), "1.2 s");
        assert_eq!(seconds(Duration::from_secs(605)), "10 min 05 s");
    }
}
