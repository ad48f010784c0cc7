//! Work of this room that runs in the background.

use crate::actions::export::{EXPORT, whole_book};
use crate::model::RoundId;
use file::Store;
use job::{Ctx, Problem, Queue};
use journal::about;
use people::{Failure, Scope};
use serde_json::{Value, json};

/// Says who does this room's work.
pub fn add(queue: Queue, files: &Store) -> Queue {
    let files = files.clone();
    queue.handle(EXPORT, move |ctx, input| export(ctx, input, files.clone()))
}

/// The right to see the whole round was asked for with the job; the program only carries it out. A job begun again
/// makes its workbook again: the last one is its result, and all go when the job is forgotten.
async fn export(ctx: Ctx, input: Value, files: Store) -> Result<Value, Problem> {
    let round: Option<RoundId> = input.get("round").and_then(Value::as_str).and_then(|id| id.parse().ok());
    let round = round
        .ok_or_else(|| Problem::for_good("Việc này không nói xuất đợt chấm nào. Hãy xuất lại từ trang kết quả."))?;
    let scope = Scope::program("Xuất toàn bộ đợt chấm", ctx.now());
    let mut conn = ctx.db.read().await.map_err(Failure::from)?;
    let (board, book) = whole_book(&mut conn, &scope, round, &ctx).await?;
    drop(conn);
    let made = tokio::task::spawn_blocking(move || sheet::xlsx::write(&book)).await;
    let bytes = made.map_err(|error| Failure::Broken(error.to_string()))?.map_err(Failure::from)?;
    let name = format!("chi-so-cchc-{}.xlsx", board.round.year);
    let content = files.put(bytes.into(), &name).await?;
    let mut tx = ctx.db.begin().await.map_err(Failure::from)?;
    let file = file::attach(&mut tx, &scope, &content, &name, about("job", ctx.job.id)).await?;
    tx.commit().await.map_err(Failure::from)?;
    Ok(json!({ "file": file, "name": name }))
}
