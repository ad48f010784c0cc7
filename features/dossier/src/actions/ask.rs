//! Supplements: one complete list, while the clock stands; and their coming.

use super::intake::paper_about;
use super::work::{Said, open};
use crate::clock::Deed;
use crate::model::*;
use crate::rules;
use crate::store;
use base::{Date, Refusal};
use people::{Failure, Scope};
use web::Site;

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub struct NewAsk {
    pub items: Vec<Item>,
    pub reason: String,
    /// The last day to answer.
    pub until: Option<Date>,
}

/// Asks the citizen to supplement: the clock stands until it comes.
pub async fn ask(site: &Site, scope: &Scope, id: DossierId, version: i64, new: NewAsk) -> Result<(), Failure> {
    let mut work = open(site, scope, id, version).await?;
    let heads = work.at.sight.heads;
    let inbox = work.at.dossier.awaits();
    let mine = if inbox { work.at.sight.counts } else { !work.at.all_mine(scope).is_empty() };
    if !heads && !mine {
        return Err(NotNow::NotYourStep { step: work.at.dossier.at.name.clone() }.into());
    }
    rules::may_ask(&work.at.dossier, heads)?;
    let wrong = rules::check_ask(&new.items, &new.reason, new.until, scope.today());
    if !wrong.is_empty() {
        return Err(Failure::Refused(wrong.into_iter().map(Refusal::from).collect()));
    }
    for item in &new.items {
        store::judge_paper(work.db.write().await?, id, &item.code, Some(false), &item.fault, &item.wanted).await?;
    }
    let ask = Ask {
        id: db::fresh_id(),
        at: scope.now,
        reason: new.reason.clone(),
        items: new.items,
        until: new.until.or_else(|| super::lapse::last_day(&work, scope.today())),
        approved_by: scope.account.filter(|_| heads),
        answered: None,
        answer: String::new(),
    };
    store::add_ask(work.db.write().await?, scope, id, &ask).await?;
    work.at.dossier.asked += 1;
    // The legal time begins with the official receipt: before it there is no clock to stop.
    if !inbox {
        work.tick(scope, Deed::Pause { reason: workflow::Wait::Supplement.code().to_owned() }).await?;
    }
    work.settle(scope, "dossier.asked", Said { what: "Yêu cầu bổ sung hồ sơ", note: &new.reason, public: true }).await
}

/// The supplement came: the papers are new, nobody has looked at them, and the clock goes on.
pub async fn supply(
    site: &Site,
    scope: &Scope,
    id: DossierId,
    version: i64,
    files: Vec<(String, file::Content, String)>,
    note: &str,
) -> Result<(), Failure> {
    let mut work = open(site, scope, id, version).await?;
    if work.at.dossier.paused.is_none() {
        return Err(NotNow::NotPaused.into());
    }
    if !work.at.sight.counts && work.at.all_mine(scope).is_empty() {
        return Err(NotNow::NotYourStep { step: work.at.dossier.at.name.clone() }.into());
    }
    let asks = store::asks(work.db.write().await?, id).await?;
    let open_ask = asks.iter().rfind(|ask| ask.answered.is_none()).ok_or(NotNow::NotPaused)?;
    for item in &open_ask.items {
        store::judge_paper(work.db.write().await?, id, &item.code, None, "", "").await?;
    }
    for (code, content, name) in &files {
        file::attach(work.db.write().await?, scope, content, name, paper_about(id, code)).await?;
    }
    store::answer_ask(work.db.write().await?, id, scope.now, note).await?;
    if !work.at.dossier.awaits() {
        work.tick(scope, Deed::Resume).await?;
    }
    work.settle(scope, "dossier.supplied", Said { what: "Nhận bổ sung", note, public: true }).await
}
