//! What everybody may read: a text of its own, without anybody's personal data, approved by the head.

use super::SAID;
use super::work::take;
use crate::model::*;
use crate::{rules, store};
use db::Conn;
use journal::about;
use people::{Failure, Scope};
use serde_json::json;
use web::Site;

/// Writes the text for everybody; it waits for the head. One that is public already is so no more until approved again.
pub async fn propose(
    site: &Site,
    scope: &Scope,
    id: FeedbackId,
    version: i64,
    (question, answer): (&str, &str),
) -> Result<(), Failure> {
    let (mut tx, one, _) = take(site, scope, id, version).await?;
    let wrong = rules::check_public(&one, question, answer);
    if !wrong.is_empty() {
        return Err(Failure::Refused(wrong));
    }
    store::propose(&mut tx, id, question.trim(), answer.trim()).await?;
    store::add_event(&mut tx, scope, id, "Đề nghị công khai", "").await?;
    let (before, after) = (json!({ "public": one.public }), json!({ "public": Public::Asked }));
    journal::write(&mut tx, scope, "feedback.publish-asked", about(SAID, id), &before, &after).await?;
    Ok(tx.commit().await?)
}

/// The head opens the text to everybody.
pub async fn approve(site: &Site, scope: &Scope, id: FeedbackId, version: i64) -> Result<(), Failure> {
    change(site, scope, id, version, Public::Yes).await
}

/// Closes it again, or sends the proposal back.
pub async fn take_back(site: &Site, scope: &Scope, id: FeedbackId, version: i64) -> Result<(), Failure> {
    change(site, scope, id, version, Public::No).await
}

async fn change(site: &Site, scope: &Scope, id: FeedbackId, version: i64, to: Public) -> Result<(), Failure> {
    let (mut tx, one, seat) = take(site, scope, id, version).await?;
    if !seat.heads {
        return Err(No::NotHead.into());
    }
    let (deed, said) = match (to, one.public) {
        (Public::Yes, Public::Asked) => ("feedback.published", "Công khai"),
        (Public::Yes, _) => return Err(No::PublicNotAsked.into()),
        (_, Public::No) => return Err(No::PublicNot.into()),
        (_, Public::Asked) => ("feedback.unpublished", "Không duyệt công khai"),
        (_, Public::Yes) => ("feedback.unpublished", "Thôi công khai"),
    };
    let agency = people::find_unit(&mut tx, one.agency).await?.map(|unit| unit.name).unwrap_or_default();
    store::publish(&mut tx, scope, &one, &agency, to).await?;
    store::add_event(&mut tx, scope, id, said, "").await?;
    let (before, after) = (json!({ "public": one.public }), json!({ "public": to }));
    journal::write(&mut tx, scope, deed, about(SAID, id), &before, &after).await?;
    Ok(tx.commit().await?)
}

/// A page of what everybody may read, and how many there are.
pub async fn everybody_reads(
    conn: &mut Conn,
    words: &str,
    agency: &str,
    page: (i64, i64),
) -> Result<(Vec<Published>, i64), Failure> {
    let words = base::text::fold(words);
    let total = store::count_published(conn, &words, agency).await?;
    Ok((store::published(conn, &words, agency, page).await?, total))
}

pub async fn one_for_everybody(conn: &mut Conn, code: &str) -> Result<Published, Failure> {
    store::find_published(conn, code).await?.ok_or(Failure::NotFound)
}
