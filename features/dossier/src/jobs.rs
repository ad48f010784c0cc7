//! Work of this room that comes round.

use crate::actions::{self, Outside};
use base::Date;
use job::{Ctx, Problem, Queue};
use people::{Failure, Scope, UnitId};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

const FACTS: &str = "dossier.facts";
const LAPSE: &str = "dossier.lapse";
const MORNING: &str = "dossier.morning";

/// Says who does this room's work, and when.
pub fn add(queue: Queue, outside: Outside) -> Queue {
    let day = Duration::from_hours(24);
    let (lapsing, counting, telling) = (outside.clone(), outside.clone(), outside);
    let done = Arc::new(Mutex::new(None));
    queue
        .handle(FACTS, |ctx, _| facts(ctx))
        .handle(LAPSE, move |ctx, _| lapse(ctx, lapsing.clone()))
        .handle(actions::RECOMPUTE, move |ctx, input| recompute(ctx, input, counting.clone()))
        .handle(MORNING, move |ctx, _| morning(ctx, telling.clone(), done.clone()))
        .every(FACTS, "Ghi số liệu hồ sơ cho chỉ số CCHC", day)
        .every(LAPSE, "Xử lý hồ sơ hết hạn bổ sung, bản nháp hết hạn giữ", day)
        // Looked at every hour: the morning begins when it begins, whenever the program was started.
        .every(MORNING, "Nhắc hồ sơ quá hạn, sắp đến hạn, chờ ký", Duration::from_hours(1))
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

/// A calendar has changed: `unit` is the agency whose, none for all.
async fn recompute(ctx: Ctx, input: Value, outside: Outside) -> Result<Value, Problem> {
    let unit: Option<UnitId> = serde_json::from_value(input["unit"].clone()).map_err(|error| error.to_string())?;
    let scope = Scope::program("Tính lại hạn theo lịch", ctx.now());
    let (looked, moved) = actions::recompute(&ctx.db, &outside, &scope, unit, &ctx).await?;
    Ok(json!({ "looked": looked, "moved": moved }))
}

/// Once a day; a program that was started anew does it again, and tells nobody twice. `done`: the day of the last round.
async fn morning(ctx: Ctx, outside: Outside, done: Arc<Mutex<Option<Date>>>) -> Result<Value, Problem> {
    let scope = Scope::program("Nhắc việc", ctx.now());
    let today = scope.today();
    if *done.lock().unwrap_or_else(PoisonError::into_inner) == Some(today) {
        return Ok(json!({ "told": 0 }));
    }
    let told = actions::morning(&ctx.db, &outside, &scope).await.map_err(|failure: Failure| Problem::from(failure))?;
    if told.is_some() {
        *done.lock().unwrap_or_else(PoisonError::into_inner) = Some(today);
    }
    Ok(json!({ "told": told }))
}
