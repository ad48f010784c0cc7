//! Taking in what somebody says: from a page without an account, or written down by those who work here.

use super::SAID;
use crate::model::*;
use crate::rules::{self, Seal};
use crate::store;
use base::{Refusals, Timestamp};
use calendar::{Count, Ledger, Limit};
use db::{Conn, Tx};
use jiff::SignedDuration;
use journal::about;
use notice::{News, Receiver, Values};
use people::{Failure, Role, Scope, Unit, UnitId};
use serde_json::json;
use web::Site;

/// What whoever said it keeps: the code and the secret, told once.
pub struct Told {
    pub id: FeedbackId,
    pub code: String,
    pub secret: String,
    pub due: Timestamp,
    pub files: Vec<Brought>,
}

/// The secret of our own marks.
pub async fn seal(site: &Site) -> Result<Seal, Failure> {
    if let Some(secret) = store::seal(&mut site.db.read().await?).await? {
        return Ok(Seal(secret));
    }
    let mut tx = site.db.begin().await?;
    store::keep_seal(&mut tx, &people::fresh_secret()?).await?;
    let secret = store::seal(&mut tx).await?.ok_or_else(|| Failure::Broken("no seal".into()))?;
    tx.commit().await?;
    Ok(Seal(secret))
}

fn an_hour_ago(now: Timestamp) -> Timestamp {
    now.saturating_sub(SignedDuration::from_hours(1)).unwrap_or(now)
}

/// Whether something is taken from this browser at all: asked before its files are stored, and again when it is taken.
pub async fn may_say(site: &Site, sender: &Sender) -> Result<(), Failure> {
    let seal = seal(site).await?;
    is_let_in(&mut site.db.read().await?, &seal, sender, site.now()).await
}

async fn is_let_in(conn: &mut Conn, seal: &Seal, sender: &Sender, now: Timestamp) -> Result<(), Failure> {
    if let Some(no) = rules::unlike_people(seal, sender, now) {
        return Err(no.into());
    }
    let hour = an_hour_ago(now);
    if store::count_since(conn, hour).await? >= rules::MOST_AN_HOUR {
        return Err(No::TooMany.into());
    }
    let address = people::sha256(&sender.address);
    let known = !sender.address.is_empty();
    if known && store::came_from(conn, &address, hour).await? >= rules::MOST_OF_ONE {
        return Err(No::TooManyOfOne.into());
    }
    Ok(())
}

/// Takes in what somebody says on a page of ours. All that is wrong is said at once.
pub async fn say(site: &Site, new: NewFeedback, files: Vec<Brought>, sender: &Sender) -> Result<Told, Failure> {
    let (seal, now) = (seal(site).await?, site.now());
    let scope = Scope::citizen(now);
    let mut tx = site.db.begin().await?;
    is_let_in(&mut tx, &seal, sender, now).await?;
    store::forget_senders(&mut tx, an_hour_ago(now)).await?;
    if !sender.address.is_empty() {
        store::let_in_again(&mut tx, &people::sha256(&sender.address), now).await?;
    }
    let told = take_in(&mut tx, site, &scope, new, files).await?;
    tx.commit().await?;
    Ok(told)
}

/// Writes down what somebody has said elsewhere: at the counter, by telephone, in another system.
pub async fn write_down(site: &Site, scope: &Scope, new: NewFeedback) -> Result<Told, Failure> {
    let mut tx = site.db.begin().await?;
    let told = take_in(&mut tx, site, scope, new, Vec::new()).await?;
    tx.commit().await?;
    Ok(told)
}

async fn take_in(
    tx: &mut Tx,
    site: &Site,
    scope: &Scope,
    new: NewFeedback,
    files: Vec<Brought>,
) -> Result<Told, Failure> {
    let mut wrong: Refusals = rules::check(&new);
    if files.len() > rules::FILES {
        wrong.push(No::FilesMany { most: rules::FILES }.into());
    }
    let (Some(kind), Some(agency), true) = (new.kind, new.agency, wrong.is_empty()) else {
        return Err(Failure::Refused(wrong));
    };
    let unit = people::find_unit(tx, agency).await?.filter(|unit| people::AGENCIES.contains(&&*unit.kind));
    let unit = unit.filter(|unit| unit.is_on(scope.today())).ok_or(No::Agency)?;
    let due = due(tx, agency, kind, scope.now).await?;
    let day = scope.today();
    let code = format!("PA-{}-{:04}", day.strftime("%Y%m%d"), store::next_number(tx, day).await?);
    let secret = people::fresh_digits()?;
    let one = received(new, (kind, agency), (code, people::sha256(&secret)), (scope.now, due), site.settings.sample);
    store::add(tx, &one, &rules::words_of(&one)).await?;
    for file in &files {
        file::attach(tx, scope, &file.content, &file.name, about(SAID, one.id)).await?;
    }
    store::add_event(tx, scope, one.id, "Tiếp nhận", "").await?;
    let kept =
        json!({ "code": one.code, "kind": one.kind, "agency": one.agency, "due": one.due, "files": files.len() });
    journal::write(tx, scope, "feedback.received", about(SAID, one.id), &(), &kept).await?;
    tell_agency(tx, site, scope, &one, &unit).await?;
    Ok(Told { id: one.id, code: one.code, secret, due, files })
}

fn received(
    new: NewFeedback,
    (kind, agency): (Kind, UnitId),
    (code, secret): (String, String),
    (at, due): (Timestamp, Timestamp),
    sample: bool,
) -> Feedback {
    Feedback {
        id: db::fresh_id(),
        code,
        kind,
        agency,
        dossier: new.dossier.trim().to_owned(),
        said: new.said.trim().to_owned(),
        name: new.name.trim().to_owned(),
        phone: new.phone.chars().filter(char::is_ascii_digit).collect(),
        email: new.email.trim().to_owned(),
        secret,
        at,
        due,
        state: State::New,
        answer: String::new(),
        answered: None,
        guesses: 0,
        guessed: None,
        sample,
        version: 1,
        office: None,
        holder: None,
        public: Public::No,
        public_question: String::new(),
        public_answer: String::new(),
        published: None,
        office_name: String::new(),
        holder_name: String::new(),
    }
}

/// So many working days of the agency, the day of receipt not counted.
async fn due(tx: &mut Tx, agency: UnitId, kind: Kind, now: Timestamp) -> Result<Timestamp, Failure> {
    let calendar = hours::of(tx, agency).await?;
    let (limit, entries) = (Limit::Days(rules::days_of(kind)), Vec::<calendar::LedgerEntry>::new());
    let ledger = Ledger { received: hours::local(now), limit, count: Count::Days, entries };
    Ok(ledger.due(&calendar)?.due.map_or(now, hours::instant))
}

/// Tells those who answer for an agency that there is one.
pub(super) async fn tell_agency(
    tx: &mut Tx,
    site: &Site,
    scope: &Scope,
    one: &Feedback,
    unit: &Unit,
) -> Result<(), Failure> {
    let all = people::grants_of_unit(tx, unit.id, scope.today()).await?;
    let answers = all.iter().filter(|grant| matches!(grant.role, Role::Coordinator | Role::Head));
    let to: Vec<Receiver> = answers.map(|grant| Receiver::Account(grant.account)).collect();
    tell(tx, site, scope, one, ("feedback.received", &unit.name), &to).await
}

/// Tells people of this house of one.
pub(super) async fn tell(
    tx: &mut Tx,
    site: &Site,
    scope: &Scope,
    one: &Feedback,
    (template, agency): (&'static str, &str),
    to: &[Receiver],
) -> Result<(), Failure> {
    let link = format!("{}/mot-cua/phan-anh/{}", site.settings.public_url, one.id);
    let day = Some(base::day::today(one.due));
    let values = Values { code: one.code.clone(), day, link, agency: agency.to_owned(), ..Values::default() };
    let news = News { template, values, about: Some(about(SAID, one.id)), once: None };
    notice::tell(tx, scope.now, &news, to).await.map(drop)
}
