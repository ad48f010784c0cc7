//! What became of e-mails and texts: what failed, for the administrator, and what was told about a record, for its page.

use crate::model::{TOLD_DAYS, read_outgoing};
use crate::words::{NO_MAIL_ADDRESS, NO_MOBILE, ONLY_ADMIN};
use crate::{NotNow, NoticeId, Outgoing, Status};
use base::Refusal;
use db::{Conn, DbError, Tx, args, sql};
use jiff::SignedDuration;
use journal::{About, about};
use people::{Failure, Role, Scope};
use serde_json::json;

macro_rules! outgoing {
    ($rest:literal) => {
        concat!(
            "select id, template, way, address, subject, about_kind, about, at, status, tries, problem, ended from notice ",
            $rest
        )
    };
}

sql! {
    FAILED = outgoing!("where status = 'failed' and (ended < $1 or (ended = $1 and id < $2) or $1 is null) order by ended desc, id desc limit $3");
    OF = outgoing!("where about_kind = $1 and about = $2 and way <> 'page' order by at, id");
    FIND = outgoing!("where id = $1 and way <> 'page'");
    RESEND = "update notice set status = 'waiting', tries = 0, due = $2, until = $3, problem = null, ended = null \
              where id = $1 and status = 'failed'";
}

/// One page of what could not be sent, the last given up first; `after` is the last of the page before. Administrators only.
pub async fn failed(
    conn: &mut Conn,
    scope: &Scope,
    after: Option<&Outgoing>,
    most: i64,
) -> Result<Vec<Outgoing>, Failure> {
    only_admin(scope)?;
    let (ended, id) = (after.and_then(|one| one.ended), after.map(|one| one.id));
    Ok(conn.list(FAILED, args![ended, id, most], read_outgoing).await?)
}

/// One that could not be sent, for where the list goes on.
pub async fn find_failed(conn: &mut Conn, scope: &Scope, id: NoticeId) -> Result<Option<Outgoing>, Failure> {
    only_admin(scope)?;
    Ok(conn.find(FIND, args![id], read_outgoing).await?)
}

/// What went out, or is to, about a record. Who may see the record is the caller's to decide, before it asks.
pub async fn of(conn: &mut Conn, about: &About) -> Result<Vec<Outgoing>, DbError> {
    conn.list(OF, args![about.kind, &about.id], read_outgoing).await
}

/// Asks for a failed one to be sent again, with all its tries and the same id, at the next run. Administrators only.
pub async fn resend(tx: &mut Tx, scope: &Scope, id: NoticeId) -> Result<(), Failure> {
    only_admin(scope)?;
    let found = tx.find(FIND, args![id], read_outgoing).await?.ok_or(Failure::NotFound)?;
    if found.status != Status::Failed {
        return Err(Refusal::from(NotNow::NotFailed).into());
    }
    if found.problem.as_deref().is_some_and(|why| [NO_MAIL_ADDRESS, NO_MOBILE].contains(&why)) {
        return Err(Refusal::from(NotNow::NoAddress).into());
    }
    let until = scope.now + SignedDuration::from_hours(24 * TOLD_DAYS);
    if tx.exec(RESEND, args![id, scope.now, until]).await? == 0 {
        return Err(Refusal::from(NotNow::NotFailed).into());
    }
    // Never the address: the journal is kept longer than it.
    let before =
        json!({ "template": found.template, "way": found.way, "tries": found.tries, "problem": found.problem });
    journal::write(tx, scope, "notice.resent", about("notice", id), &before, &()).await?;
    Ok(())
}

fn only_admin(scope: &Scope) -> Result<(), Failure> {
    if scope.has(Role::Admin) { Ok(()) } else { Err(Failure::forbidden(ONLY_ADMIN)) }
}
