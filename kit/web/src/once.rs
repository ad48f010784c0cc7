//! A form that is sent twice (a double click, a retry after a lost answer) is done once.

use crate::answer::{Answer, Fault, to};
use crate::posted::Posted;
use crate::visit::Visit;
use base::Timestamp;
use db::{args, sql};
use jiff::SignedDuration;
use people::Failure;
use std::future::Future;

sql! {
    CLAIM = "insert into form_key (key, account, at, place) values ($1, $2, $3, '') on conflict (key) do nothing";
    PLACE = "select place, account from form_key where key = $1";
    DONE = "update form_key set place = $2 where key = $1";
    FREE = "delete from form_key where key = $1";
    SWEEP = "delete from form_key where at < $1";
}

/// How long a second sending waits for the first to end.
const PATIENCE: u32 = 50;

/// Does `deed`, which says where to go next, unless the form's key has been used: then goes to the same place.
pub async fn once(
    visit: &Visit,
    form: &Posted,
    say: Option<&str>,
    deed: impl Future<Output = Result<String, Fault>>,
) -> Answer {
    let key = form.get("key");
    if key.is_empty() {
        return to(deed.await?, say);
    }
    let key = format!("{}:{key}", visit.session.account);
    if claim(visit, &key).await? {
        return match deed.await {
            Ok(place) => {
                done(visit, &key, &place).await?;
                to(place, say)
            }
            Err(fault) => {
                free(visit, &key).await?;
                Err(fault)
            }
        };
    }
    for _ in 0..PATIENCE {
        let place = visit.site.db.read().await?.find(PLACE, args![&key], |row| row.pull::<String>()).await?;
        match place {
            Some(place) if !place.is_empty() => return to(place, say),
            Some(_) => tokio::time::sleep(std::time::Duration::from_millis(100)).await,
            None => break,
        }
    }
    Err(Failure::refused("busy", "Lần gửi trước đang được xử lý. Hãy tải lại trang sau ít giây để xem kết quả.").into())
}

async fn claim(visit: &Visit, key: &str) -> Result<bool, Failure> {
    let now = visit.scope.now;
    let mut tx = visit.site.db.begin().await?;
    tx.exec(SWEEP, args![day_before(now)]).await?;
    let won = tx.exec(CLAIM, args![key, visit.session.account, now]).await? == 1;
    tx.commit().await?;
    Ok(won)
}

fn day_before(now: Timestamp) -> Timestamp {
    now.saturating_sub(SignedDuration::from_hours(24)).unwrap_or(now)
}

async fn done(visit: &Visit, key: &str, place: &str) -> Result<(), Failure> {
    let mut tx = visit.site.db.begin().await?;
    tx.exec(DONE, args![key, place]).await?;
    Ok(tx.commit().await?)
}

async fn free(visit: &Visit, key: &str) -> Result<(), Failure> {
    let mut tx = visit.site.db.begin().await?;
    tx.exec(FREE, args![key]).await?;
    Ok(tx.commit().await?)
}
