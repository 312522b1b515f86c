//! Makes a walk that went wrong shorter: what is left out was not to blame.

use super::step::{Plan, Step};
use super::walk;
use trial::Engine;

/// Walks are short enough by then, or slow.
const TRIES: u32 = 300;

/// The shortest walk found that goes wrong, with how it does; or that it does so no more, when it was not the walk.
pub fn shorten(engine: Engine, plan: &Plan, wrong: &str) -> String {
    let mut steps = plan.steps.clone();
    let again = walk(engine, plan, steps.clone()).and_then(|outcome| outcome.wrong);
    let Some(mut wrong) = again else {
        return format!("walked again it goes right; it went wrong by chance or by time: {wrong}");
    };
    let (mut size, mut tries) = (steps.len() / 2, 0);
    while size > 0 {
        let (mut start, mut shorter) = (0, false);
        while start < steps.len() && tries < TRIES {
            tries += 1;
            let mut fewer = steps.clone();
            fewer.drain(start..(start + size).min(steps.len()));
            match walk(engine, plan, fewer.clone()).and_then(|outcome| outcome.wrong) {
                Some(still) => (steps, wrong, shorter) = (fewer, still, true),
                None => start += size,
            }
        }
        if !shorter || size > 1 {
            size /= 2;
        }
    }
    told(plan, &steps, &wrong)
}

fn told(plan: &Plan, steps: &[Step], wrong: &str) -> String {
    let mut text = format!(
        "fee {} basis points, rewards wait {} days\n",
        plan.fee_basis_points, plan.reward_pending_days
    );
    for (number, step) in steps.iter().enumerate() {
        text += &format!("{number}: {step:?}\n");
    }
    text + wrong
}
