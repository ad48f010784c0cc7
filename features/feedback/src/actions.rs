//! One function per verb: load, decide, save.

use crate::model::*;
use crate::{rules, store};
use base::{Refusal, Timestamp};
use calendar::{Count, Ledger, Limit};
use db::{Conn, Tx};
use jiff::SignedDuration;
use journal::about;
use notice::{News, Receiver, Values};
use people::{Failure, Role, Scope, Unit, UnitId};
use serde_json::json;
use std::collections::BTreeMap;
use web::Site;

/// The agencies that may be spoken of.
pub async fn agencies(site: &Site) -> Result<Vec<Unit>, Failure> {
    let today = base::day::today(site.now());
    Ok(people::units_with(&mut site.db.read().await?, today, people::AGENCIES).await?)
}

fn citizen(now: Timestamp) -> Scope {
    Scope { account: None, name: "Người dân".into(), unit: None, roles: Vec::new(), read_only: false, now }
}

/// What whoever said it keeps: the code and the secret, told once.
pub struct Told {
    pub code: String,
    pub secret: String,
    pub due: Timestamp,
}

/// Takes in what somebody says. All that is wrong is said at once.
pub async fn say(site: &Site, new: NewFeedback) -> Result<Told, Failure> {
    let (now, wrong) = (site.now(), rules::check(&new));
    let (Some(kind), Some(agency), true) = (new.kind, new.agency, wrong.is_empty()) else {
        return Err(Failure::Refused(wrong));
    };
    let scope = citizen(now);
    let mut tx = site.db.begin().await?;
    let hour = now.saturating_sub(SignedDuration::from_hours(1)).unwrap_or(now);
    if store::count_since(&mut tx, hour).await? >= rules::MOST_AN_HOUR {
        return Err(No::TooMany.into());
    }
    let unit = people::find_unit(&mut tx, agency).await?.filter(|unit| people::AGENCIES.contains(&&*unit.kind));
    let unit = unit.ok_or(No::Agency)?;
    let due = due(&mut tx, agency, kind, now).await?;
    let day = scope.today();
    let code = format!("PA-{}-{:04}", day.strftime("%Y%m%d"), store::next_number(&mut tx, day).await?);
    let secret = people::fresh_digits()?;
    let one = Feedback {
        id: db::fresh_id(),
        code: code.clone(),
        kind,
        agency,
        dossier: new.dossier.trim().to_owned(),
        said: new.said.trim().to_owned(),
        name: new.name.trim().to_owned(),
        phone: new.phone.chars().filter(char::is_ascii_digit).collect(),
        email: new.email.trim().to_owned(),
        secret: people::sha256(&secret),
        at: now,
        due,
        state: State::New,
        answer: String::new(),
        answered: None,
        guesses: 0,
        guessed: None,
        sample: site.settings.sample,
        version: 1,
    };
    store::add(&mut tx, &one).await?;
    store::add_event(&mut tx, &scope, one.id, "Tiếp nhận", "").await?;
    let kept = json!({ "code": one.code, "kind": one.kind, "agency": one.agency, "due": one.due });
    journal::write(&mut tx, &scope, "feedback.received", about("feedback", one.id), &(), &kept).await?;
    tell_agency(&mut tx, site, &scope, &one, &unit).await?;
    tx.commit().await?;
    Ok(Told { code, secret, due })
}

/// So many working days of the agency, the day of receipt not counted.
async fn due(tx: &mut Tx, agency: UnitId, kind: Kind, now: Timestamp) -> Result<Timestamp, Failure> {
    let calendar = hours::of(tx, agency).await?;
    let (limit, entries) = (Limit::Days(rules::days_of(kind)), Vec::<calendar::LedgerEntry>::new());
    let ledger = Ledger { received: hours::local(now), limit, count: Count::Days, entries };
    Ok(ledger.due(&calendar)?.due.map_or(now, hours::instant))
}

async fn tell_agency(tx: &mut Tx, site: &Site, scope: &Scope, one: &Feedback, unit: &Unit) -> Result<(), Failure> {
    let all = people::grants_of_unit(tx, unit.id, scope.today()).await?;
    let answers = all.iter().filter(|grant| matches!(grant.role, Role::Coordinator | Role::Head));
    let to: Vec<Receiver> = answers.map(|grant| Receiver::Account(grant.account)).collect();
    let link = format!("{}/mot-cua/phan-anh/{}", site.settings.public_url, one.id);
    let day = Some(base::day::today(one.due));
    let values = Values { code: one.code.clone(), day, link, agency: unit.name.clone(), ..Values::default() };
    let news = News { template: "feedback.received", values, about: Some(about("feedback", one.id)), once: None };
    notice::tell(tx, scope.now, &news, &to).await.map(drop)
}

/// One for whoever knows its code and secret; where there is none is not told.
pub async fn follow(site: &Site, code: &str, secret: &str) -> Result<(Feedback, String), Failure> {
    let now = site.now();
    let mut tx = site.db.begin().await?;
    let one = store::by_code(&mut tx, code.trim()).await?.ok_or(No::WrongSecret)?;
    if rules::is_closed(&one, now) {
        return Err(No::TooManyGuesses.into());
    }
    let bare: String = secret.chars().filter(char::is_ascii_digit).collect();
    let is_right = people::sha256(&bare) == one.secret;
    // A quarter of an hour later it begins anew.
    let before = if one.guesses >= rules::GUESSES { 0 } else { one.guesses };
    let times = if is_right { 0 } else { before + 1 };
    store::guessed(&mut tx, one.id, times, (!is_right).then_some(now)).await?;
    tx.commit().await?;
    if !is_right {
        return Err(No::WrongSecret.into());
    }
    let agency = people::find_unit(&mut site.db.read().await?, one.agency).await?.map(|unit| unit.name);
    Ok((one, agency.unwrap_or_default()))
}

/// The agency whose feedback a person answers: their own, not one above it.
async fn agency_of(conn: &mut Conn, scope: &Scope) -> Result<UnitId, Failure> {
    let station = people::station(conn, scope).await?;
    people::agency_of(conn, &station.path).await?.ok_or(Failure::NotFound)
}

/// An agency's of one state, and how many it has in each.
pub async fn list(
    conn: &mut Conn,
    scope: &Scope,
    state: State,
) -> Result<(Vec<Feedback>, BTreeMap<State, i64>), Failure> {
    let agency = agency_of(conn, scope).await?;
    Ok((store::list(conn, agency, state).await?, store::counts(conn, agency).await?))
}

/// One with what became of it. Who said it is personal: that it was read stands in the journal.
pub async fn seen(site: &Site, scope: &Scope, id: FeedbackId) -> Result<(Feedback, Vec<Event>), Failure> {
    let mut conn = site.db.read().await?;
    let one = mine(&mut conn, scope, id).await?;
    let events = store::events(&mut conn, id).await?;
    drop(conn);
    let mut tx = site.db.begin().await?;
    journal::write(&mut tx, scope, "feedback.read", about("feedback", id), &(), &()).await?;
    tx.commit().await?;
    Ok((one, events))
}

async fn mine(conn: &mut Conn, scope: &Scope, id: FeedbackId) -> Result<Feedback, Failure> {
    let one = store::find(conn, id).await?.ok_or(Failure::NotFound)?;
    let is_theirs = agency_of(conn, scope).await? == one.agency;
    if is_theirs && rules::answers(scope) { Ok(one) } else { Err(Failure::NotFound) }
}

/// Takes one for a deed. `version` is that of the page; an older one is a conflict.
async fn open(site: &Site, scope: &Scope, id: FeedbackId, version: i64) -> Result<(Tx, Feedback), Failure> {
    let mut tx = site.db.begin().await?;
    let one = mine(&mut tx, scope, id).await?;
    if !store::take(&mut tx, id, version).await? {
        return Err(Failure::stale(json!({ "state": one.state })));
    }
    if one.state != State::New {
        return Err(No::Ended { state: one.state }.into());
    }
    Ok((tx, one))
}

/// Answers, or says why nothing is done.
pub async fn answer(
    site: &Site,
    scope: &Scope,
    id: FeedbackId,
    version: i64,
    state: State,
    text: &str,
) -> Result<(), Failure> {
    if text.trim().is_empty() {
        return Err(No::AnswerEmpty.into());
    }
    let (mut tx, one) = open(site, scope, id, version).await?;
    store::end(&mut tx, scope, id, state, text.trim()).await?;
    store::add_event(&mut tx, scope, id, state.say(), text.trim()).await?;
    let (before, after) = (json!({ "state": one.state }), json!({ "state": state }));
    journal::write(&mut tx, scope, "feedback.answered", about("feedback", id), &before, &after).await?;
    if site.settings.mail && !one.email.is_empty() {
        let link = format!("{}/phan-anh/tra-cuu?ma={}", site.settings.public_url, one.code);
        let agency = people::find_unit(&mut tx, one.agency).await?.map(|unit| unit.name).unwrap_or_default();
        let values =
            Values { code: one.code.clone(), state: state.say().to_owned(), link, agency, ..Values::default() };
        let news = News { template: "feedback.answered", values, about: Some(about("feedback", id)), once: None };
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
    let (mut tx, one) = open(site, scope, id, version).await?;
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
    journal::write(&mut tx, scope, "feedback.passed", about("feedback", id), &before, &after).await?;
    tell_agency(&mut tx, site, scope, &one, &unit).await?;
    Ok(tx.commit().await?)
}
