//! Background work for programs: that of the key's owner; everybody's for an administrator who asks for it.

use crate::actions;
use axum::extract::{Path, Query};
use job::{Filter, JobId, Status};
use people::Failure;
use serde::Deserialize;
use web::{Caller, Cursor, JsonAnswer, json as answer_json};

#[derive(Deserialize)]
pub struct Asked {
    status: Option<Status>,
    #[serde(default)]
    everyones: bool,
}

pub async fn all(caller: Caller, Query(asked): Query<Asked>, Query(cursor): Query<Cursor>) -> JsonAnswer {
    let most = i64::try_from(cursor.limit()? + 1).unwrap_or(i64::MAX);
    let mut conn = caller.site.db.read().await?;
    let after = match cursor.after::<JobId>()? {
        None => None,
        Some(id) => match job::find(&mut conn, &caller.scope, id).await {
            Err(Failure::NotFound) => return Err(Cursor::lost().into()),
            found => Some(found?),
        },
    };
    let filter = Filter { everyones: asked.everyones, status: asked.status };
    let jobs = job::list(&mut conn, &caller.scope, filter, after.as_ref(), most).await?;
    cursor.begun(jobs, |job| job.id.to_string())
}

pub async fn one(caller: Caller, Path(id): Path<JobId>) -> JsonAnswer {
    now(&caller, id).await
}

async fn now(caller: &Caller, id: JobId) -> JsonAnswer {
    answer_json(&job::find(&mut caller.site.db.read().await?, &caller.scope, id).await?, None)
}

pub async fn file(caller: Caller, Path(id): Path<JobId>) -> JsonAnswer {
    let (headers, bytes) = actions::job_file(&caller.site, &caller.scope, id).await?;
    Ok(web::file_answer(&headers, bytes))
}

pub async fn cancel(caller: Caller, Path(id): Path<JobId>) -> JsonAnswer {
    actions::cancel_job(&caller.site, &caller.scope, id).await?;
    now(&caller, id).await
}

pub async fn retry(caller: Caller, Path(id): Path<JobId>) -> JsonAnswer {
    actions::retry_job(&caller.site, &caller.scope, id).await?;
    now(&caller, id).await
}
