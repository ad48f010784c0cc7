//! Work of this room that comes round.

use crate::actions::{self, Outside};
use job::{Ctx, Problem, Queue};
use people::{Failure, Scope};
use serde_json::{Value, json};
use std::time::Duration;

const FACTS: &str = "dossier.facts";
const LAPSE: &str = "dossier.lapse";

/// Says who does this room's work, and when.
pub fn add(queue: Queue, outside: Outside) -> Queue {
    let queue = queue.handle(FACTS, |ctx, _| facts(ctx)).handle(LAPSE, move |ctx, _| lapse(ctx, outside.clone()));
    queue.every(FACTS, "Ghi số liệu hồ sơ cho chỉ số CCHC", Duration::from_hours(24)).every(
        LAPSE,
        "Xử lý hồ sơ hết hạn bổ sung, bản nháp hết hạn giữ",
        Duration::from_hours(24),
    )
}

/// Done again, it finds what it has recorded: the same number is not recorded twice.
async fn facts(ctx: Ctx) -> Result<Value, Problem> {
    let scope = Scope::program("Ghi số liệu hồ sơ", ctx.now());
    let recorded = actions::record_facts(&ctx.db, &scope).await.map_err(|failure: Failure| Problem::from(failure))?;
    Ok(json!({ "recorded": recorded }))
}

/// Done again on the same day, it finds nothing more to do.
async fn lapse(ctx: Ctx, outside: Outside) -> Result<Value, Problem> {
    let scope = Scope::program("Theo dõi thời hạn", ctx.now());
    let lapsed = actions::lapse(&ctx.db, &outside, &scope).await.map_err(|failure: Failure| Problem::from(failure))?;
    let drafts = actions::sweep(&ctx.db, &scope).await.map_err(|failure: Failure| Problem::from(failure))?;
    Ok(json!({ "lapsed": lapsed, "drafts": drafts }))
}
