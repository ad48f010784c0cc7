//! Work of this room that comes round.

use crate::actions;
use job::{Ctx, Problem, Queue};
use people::{Failure, Scope};
use serde_json::{Value, json};
use std::time::Duration;

const FACTS: &str = "feedback.facts";

/// Says who does this room's work, and when.
pub fn add(queue: Queue) -> Queue {
    queue.handle(FACTS, |ctx, _| facts(ctx)).every(
        FACTS,
        "Ghi số liệu phản ánh, kiến nghị cho chỉ số CCHC",
        Duration::from_hours(24),
    )
}

/// Done again, it finds what it has recorded: the same number is not recorded twice.
async fn facts(ctx: Ctx) -> Result<Value, Problem> {
    let scope = Scope::program("Ghi số liệu phản ánh, kiến nghị", ctx.now());
    let recorded = actions::record_facts(&ctx.db, &scope).await.map_err(|failure: Failure| Problem::from(failure))?;
    Ok(json!({ "recorded": recorded }))
}
