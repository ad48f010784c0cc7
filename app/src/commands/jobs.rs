//! `cuaviet jobs`: what waits, runs or has failed, for whoever has the server.

use super::{said, scope};
use anyhow::{Result, bail};
use db::Db;
use job::{Filter, JobId, Status};

pub async fn list(db: &Db, status: Option<&str>, most: i64, json: bool) -> Result<String> {
    let status = match status {
        None => None,
        Some(word) => match Status::ALL.into_iter().find(|status| status.code() == word) {
            Some(status) => Some(status),
            None => bail!("Không có trạng thái {word}. Chọn một trong: {}.", Status::ALL.map(Status::code).join(", ")),
        },
    };
    let mut conn = db.read().await?;
    let jobs = job::list(&mut conn, &scope(), Filter { everyones: true, status }, None, most).await?;
    if json {
        return Ok(serde_json::to_string_pretty(&jobs)?);
    }
    let line = |job: &job::Job| {
        let progress = if job.total > 0 { format!(" {}/{}", job.done, job.total) } else { String::new() };
        let problem = job.problem.as_deref().map(|say| format!("\n    {say}")).unwrap_or_default();
        format!(
            "{}  {}  {}{progress}  {} ({}){problem}",
            job.id,
            base::day::vi_moment(job.begun),
            job.status.name(),
            job.title,
            job.kind
        )
    };
    let lines: Vec<String> = jobs.iter().map(line).collect();
    Ok(if lines.is_empty() { "Không có việc nền nào.".into() } else { lines.join("\n") })
}

pub async fn retry(db: &Db, id: JobId) -> Result<String> {
    let mut tx = db.begin().await?;
    job::retry(&mut tx, &scope(), id).await.map_err(said)?;
    tx.commit().await?;
    Ok("Đã xếp việc này chạy lại.".into())
}

pub async fn cancel(db: &Db, id: JobId) -> Result<String> {
    let mut tx = db.begin().await?;
    job::cancel(&mut tx, &scope(), id).await.map_err(said)?;
    tx.commit().await?;
    Ok("Đã hủy việc này.".into())
}
