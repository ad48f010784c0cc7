//! What those who answer do: give it to somebody, answer it, pass it on.

use super::say::{tell, tell_agency};
use super::{ANSWERED, SAID, about_answer, mine};
use crate::model::*;
use crate::{rules, store};
use base::Refusal;
use db::{Conn, Tx};
use journal::about;
use notice::{News, Receiver, Values};
use people::{AccountId, Failure, Scope, UnitId};
use serde_json::json;
use web::Site;

/// Takes one for a deed. `version` is that of the page; an older one is a conflict.
pub(super) async fn take(
    site: &Site,
    scope: &Scope,
    id: FeedbackId,
    version: i64,
) -> Result<(Tx, Feedback, Seat), Failure> {
    let mut tx = site.db.begin().await?;
    let (one, seat) = mine(&mut tx, scope, id).await?;
    if !store::take(&mut tx, id, version).await? {
        return Err(Failure::stale(json!({ "state": one.state })));
    }
    Ok((tx, one, seat))
}

/// The same for what can be done only while nobody has answered.
async fn open(site: &Site, scope: &Scope, id: FeedbackId, version: i64) -> Result<(Tx, Feedback, Seat), Failure> {
    let (tx, one, seat) = take(site, scope, id, version).await?;
    if one.state != State::New {
        return Err(No::Ended { state: one.state }.into());
    }
    Ok((tx, one, seat))
}

/// Answers, or says why nothing is done.
pub async fn answer(
    site: &Site,
    scope: &Scope,
    id: FeedbackId,
    version: i64,
    (state, text): (State, &str),
    files: &[Brought],
) -> Result<(), Failure> {
    let mut wrong: Vec<Refusal> = Vec::new();
    if text.trim().is_empty() {
        wrong.push(No::AnswerEmpty.into());
    }
    if files.len() > rules::FILES {
        wrong.push(No::FilesMany { most: rules::FILES }.into());
    }
    if !wrong.is_empty() {
        return Err(Failure::Refused(wrong));
    }
    let (mut tx, one, _) = open(site, scope, id, version).await?;
    store::end(&mut tx, scope, id, state, text.trim()).await?;
    for file in files {
        file::attach(&mut tx, scope, &file.content, &file.name, about_answer(id)).await?;
    }
    store::add_event(&mut tx, scope, id, state.say(), text.trim()).await?;
    let (before, after) = (json!({ "state": one.state }), json!({ "state": state, "files": files.len() }));
    journal::write(&mut tx, scope, "feedback.answered", about(SAID, id), &before, &after).await?;
    if site.settings.mail && !one.email.is_empty() {
        let link = format!("{}/phan-anh/tra-cuu?ma={}", site.settings.public_url, one.code);
        let agency = people::find_unit(&mut tx, one.agency).await?.map(|unit| unit.name).unwrap_or_default();
        let values =
            Values { code: one.code.clone(), state: state.say().to_owned(), link, agency, ..Values::default() };
        let news = News { template: "feedback.answered", values, about: Some(about(ANSWERED, id)), once: None };
        notice::tell(&mut tx, scope.now, &news, &[Receiver::Mail(one.email.clone())]).await?;
    }
    Ok(tx.commit().await?)
}

/// Passes it on to the agency that it really concerns; its days go on.
pub async fn pass(
    site: &Site,
    scope: &Scope,
    id: FeedbackId,
    version: i64,
    to: Option<UnitId>,
    why: &str,
) -> Result<(), Failure> {
    let (mut tx, one, seat) = open(site, scope, id, version).await?;
    if !seat.oversees {
        return Err(No::NotOverseer.into());
    }
    let all = people::units_with(&mut tx, scope.today(), people::AGENCIES).await?;
    let unit = all.into_iter().find(|unit| Some(unit.id) == to && unit.id != one.agency);
    let mut wrong: Vec<Refusal> = Vec::new();
    if unit.is_none() {
        wrong.push(No::PassNowhere.into());
    }
    if why.trim().is_empty() {
        wrong.push(No::PassWhy.into());
    }
    let Some(unit) = unit.filter(|_| wrong.is_empty()) else { return Err(Failure::Refused(wrong)) };
    store::pass(&mut tx, id, unit.id).await?;
    store::add_event(&mut tx, scope, id, &format!("Chuyển {}", unit.name), why.trim()).await?;
    let (before, after) = (json!({ "agency": one.agency }), json!({ "agency": unit.id }));
    journal::write(&mut tx, scope, "feedback.passed", about(SAID, id), &before, &after).await?;
    tell_agency(&mut tx, site, scope, &one, &unit).await?;
    Ok(tx.commit().await?)
}

/// To whom one of an agency may be given: each office, and in it those who may answer, with the least to do first.
pub async fn candidates(conn: &mut Conn, scope: &Scope, agency: UnitId) -> Result<Vec<Candidate>, Failure> {
    let mut people = store::candidates(conn, agency, rules::WORKERS, scope.today()).await?;
    let key = base::text::sort_key;
    people.sort_by_cached_key(|one| (key(&one.office_name), one.load, key(&one.name)));
    let mut found: Vec<Candidate> = Vec::new();
    for one in people {
        if one.office != agency && found.iter().all(|known| known.office != one.office) {
            let (office_name, name) = (one.office_name.clone(), String::new());
            found.push(Candidate { office: one.office, office_name, account: None, name, load: 0 });
        }
        found.push(one);
    }
    Ok(found)
}

/// Gives it to an office or to somebody in it, with a word on the way.
pub async fn give(
    site: &Site,
    scope: &Scope,
    id: FeedbackId,
    version: i64,
    to: Option<(UnitId, Option<AccountId>)>,
    word: &str,
) -> Result<(), Failure> {
    let (mut tx, one, seat) = open(site, scope, id, version).await?;
    if !seat.oversees {
        return Err(No::NotOverseer.into());
    }
    let all = candidates(&mut tx, scope, one.agency).await?;
    let who = all.into_iter().find(|who| Some((who.office, who.account)) == to).ok_or(No::GiveWhom)?;
    store::give(&mut tx, id, who.office, who.account).await?;
    let now = Feedback { office_name: who.office_name, holder_name: who.name, ..one.clone() };
    let note = if word.trim().is_empty() { now.place() } else { format!("{}: {}", now.place(), word.trim()) };
    store::add_event(&mut tx, scope, id, "Phân công", &note).await?;
    let before = json!({ "office": one.office, "holder": one.holder });
    let after = json!({ "office": who.office, "holder": who.account });
    journal::write(&mut tx, scope, "feedback.assigned", about(SAID, id), &before, &after).await?;
    if let Some(account) = who.account.filter(|account| scope.account != Some(*account)) {
        tell(&mut tx, site, scope, &one, ("feedback.assigned", ""), &[Receiver::Account(account)]).await?;
    }
    Ok(tx.commit().await?)
}
