//! Work of this room that comes round.

use crate::actions;
use job::{Ctx, Problem, Queue};
use people::{Failure, Scope};
use serde_json::{Value, json};
use std::time::Duration;

const FACTS: &str = "report.facts";
const LADDER: &str = "report.ladder";

/// Says who does this room's work, and when. `url`: where links in notices lead.
pub fn add(queue: Queue, url: String) -> Queue {
    queue
        .handle(FACTS, |ctx, _| facts(ctx))
        .handle(LADDER, move |ctx, _| ladder(ctx, url.clone()))
        .every(FACTS, "Ghi số báo cáo đúng hạn cho chỉ số CCHC", Duration::from_hours(24))
        // Looked at every hour: the morning begins when it begins, and a last day passes at the end of work.
        .every(LADDER, "Nhắc báo cáo sắp đến hạn, quá hạn", Duration::from_hours(1))
}

/// Done again, it finds what it has recorded: the same number is not recorded twice.
async fn facts(ctx: Ctx) -> Result<Value, Problem> {
    let scope = Scope::program("Ghi số liệu báo cáo", ctx.now());
    let recorded = actions::record_facts(&ctx.db, &scope).await.map_err(|failure: Failure| Problem::from(failure))?;
    Ok(json!({ "recorded": recorded }))
}

/// Done again, nobody is told twice.
async fn ladder(ctx: Ctx, url: String) -> Result<Value, Problem> {
    let scope = Scope::program("Nhắc báo cáo", ctx.now());
    let told = actions::ladder(&ctx.db, &url, &scope).await.map_err(|failure: Failure| Problem::from(failure))?;
    Ok(json!({ "told": told.unwrap_or_default() }))
}
