//! What people are told of a dossier: its owner of what a deed means to them, staff of what has come to them. Code, state,
//! day and link only; whoever wants more signs in, or says the secret.

use super::loaded::Loaded;
use crate::model::*;
use crate::store;
use base::Date;
use db::{Conn, Tx};
use notice::{Letter, News, Receiver, Values};
use people::{AccountId, Failure, Scope};
use workflow::Give;

/// What leads outside: the address of the site, and which ways there are at all.
#[derive(Clone, Debug, Default)]
pub struct Outside {
    pub url: String,
    pub mail: bool,
    pub text: bool,
    /// Whether the national portal is told.
    pub portal: bool,
}

impl Outside {
    pub fn of(settings: &web::Settings) -> Outside {
        let web::Settings { mail, text, portal, .. } = *settings;
        Outside { url: settings.public_url.clone(), mail, text, portal }
    }

    /// Whoever owns the dossier, and hands it in, by what they left.
    fn owner(&self, owner: &Owner) -> Vec<Receiver> {
        let mail = Some(&owner.email).filter(|mail| self.mail && !mail.is_empty()).cloned().map(Receiver::Mail);
        let phone = Some(&owner.phone).filter(|phone| self.text && !phone.is_empty()).cloned().map(Receiver::Phone);
        mail.into_iter().chain(phone).collect()
    }
}

/// Tells the owner what a deed means to them.
pub(super) async fn tell_owner(
    tx: &mut Tx,
    scope: &Scope,
    outside: &Outside,
    dossier: &Dossier,
    deed: &str,
) -> Result<(), Failure> {
    match to_owner(tx, outside, dossier, deed, dossier.state).await? {
        Some(letter) => notice::send(tx, scope.now, &letter).await.map(drop).map_err(Failure::from),
        None => Ok(()),
    }
}

/// What a deed means to the owner; most deeds of the office mean nothing.
pub(super) async fn to_owner(
    conn: &mut Conn,
    outside: &Outside,
    dossier: &Dossier,
    deed: &str,
    was: State,
) -> Result<Option<Letter>, Failure> {
    let to = outside.owner(&dossier.owner);
    let template = match deed {
        _ if dossier.state == State::Resolved && was != State::Resolved => "dossier.result-ready",
        "dossier.submitted" => "dossier.submitted",
        "dossier.received" | "dossier.accepted" => "dossier.received",
        "dossier.asked" => "dossier.supplement-asked",
        "dossier.corrected" => "dossier.corrected",
        "dossier.extended" => "dossier.extended",
        "dossier.recomputed" => "dossier.recomputed",
        "dossier.returned" => "dossier.returned",
        "dossier.refused" => "dossier.refused",
        "dossier.stopped" | "dossier.withdrawn" | "dossier.lapsed" => "dossier.state-changed",
        _ => return Ok(None),
    };
    if to.is_empty() {
        return Ok(None);
    }
    let day = match template {
        "dossier.supplement-asked" => last_to_supplement(conn, dossier.id).await?,
        _ => dossier.due.map(base::day::today),
    };
    // A day that nobody has set is not told.
    let template = match template {
        "dossier.supplement-asked" if day.is_none() => "dossier.supplement-wanted",
        other if day.is_none() && needs_day(other)? => "dossier.state-changed",
        other => other,
    };
    let agency = people::find_unit(conn, dossier.agency).await?.map(|unit| unit.name).unwrap_or_default();
    let values = Values { day, agency, ..values(outside, dossier, &format!("/tra-cuu/{}", dossier.code)) };
    let news = News { template, values, about: Some(journal::about("dossier", dossier.id)), once: None };
    news.letter(to).map(Some)
}

/// Reminds the owner of a request that still waits for them, once for its last day; gives how many notices that were.
pub(super) async fn remind_owner(
    tx: &mut Tx,
    scope: &Scope,
    outside: &Outside,
    id: DossierId,
) -> Result<usize, Failure> {
    let Some(day) = last_to_supplement(tx, id).await?.filter(|day| *day >= scope.today()) else { return Ok(0) };
    let Some(dossier) = store::dossier(tx, id).await? else { return Ok(0) };
    let to = outside.owner(&dossier.owner);
    if to.is_empty() {
        return Ok(0);
    }
    let agency = people::find_unit(tx, dossier.agency).await?.map(|unit| unit.name).unwrap_or_default();
    let values = Values { day: Some(day), agency, ..values(outside, &dossier, &format!("/tra-cuu/{}", dossier.code)) };
    let once = Some(format!("supplement-due/{id}/{day}"));
    let news = News { template: "dossier.supplement-due", values, about: Some(journal::about("dossier", id)), once };
    Ok(notice::tell(tx, scope.now, &news, &to).await?.len())
}

/// Tells whoever an account was made for that it is made anew, by the telephone that they had left before: that somebody else
/// asked for it at a counter would stay unknown to them else.
pub(super) async fn tell_renewed(
    tx: &mut Tx,
    scope: &Scope,
    outside: &Outside,
    account: &CitizenAccount,
    dossier: &Dossier,
) -> Result<(), Failure> {
    if !outside.text || account.phone.is_empty() {
        return Ok(());
    }
    let agency = people::find_unit(tx, dossier.agency).await?.map(|unit| unit.name).unwrap_or_default();
    let values = Values { agency, ..values(outside, dossier, "/ho-so-cua-toi") };
    let news = News { template: "citizen.account-renewed", values, about: None, once: None };
    notice::tell(tx, scope.now, &news, &[Receiver::Phone(account.phone.clone())]).await.map(drop)
}

fn needs_day(template: &str) -> Result<bool, Failure> {
    Ok(notice::needs(template)?.is_some_and(|words| words.contains(&notice::Word::Day)))
}

async fn last_to_supplement(conn: &mut Conn, id: DossierId) -> Result<Option<Date>, Failure> {
    let asks = store::asks(conn, id).await?;
    Ok(asks.iter().rfind(|ask| ask.answered.is_none()).and_then(|ask| ask.until))
}

fn values(outside: &Outside, dossier: &Dossier, path: &str) -> Values {
    Values {
        code: dossier.code.clone(),
        state: dossier.state.say().to_owned(),
        procedure: dossier.name.clone(),
        link: format!("{}{path}", outside.url),
        ..Values::default()
    }
}

/// To whoever has got a step since `before`, and who is to sign. Who did it themselves knows.
pub(super) async fn to_staff(
    conn: &mut Conn,
    scope: &Scope,
    outside: &Outside,
    at: &Loaded,
    before: &[(StepId, Option<AccountId>)],
) -> Result<Vec<Letter>, Failure> {
    let mut letters = Vec::new();
    for (step, of) in at.running() {
        let had = before.iter().find(|(id, _)| *id == step.id);
        let signs = of.gives.contains(&Give::Signature);
        let to: Vec<AccountId> = match (step.holder, had) {
            (Some(holder), had) if had.is_none_or(|(_, known)| *known != Some(holder)) => vec![holder],
            (None, None) if signs => signers(conn, scope, at, &step.role).await?,
            _ => continue,
        };
        let to: Vec<Receiver> =
            to.into_iter().filter(|account| scope.account != Some(*account)).map(Receiver::Account).collect();
        let (template, day) = if signs { ("dossier.to-sign", at.dossier.due) } else { ("dossier.assigned", step.due) };
        let day = day.or(at.dossier.due).unwrap_or(scope.now);
        let path = format!("/mot-cua/ho-so/{}", at.dossier.id);
        let values = Values { day: Some(base::day::today(day)), ..values(outside, &at.dossier, &path) };
        let news = News { template, values, about: Some(journal::about("dossier", at.dossier.id)), once: None };
        letters.push(news.letter(to)?);
    }
    Ok(letters)
}

/// To an agency that has got a step since `before`, or is asked: those who give its work out.
pub(super) async fn to_agencies(
    conn: &mut Conn,
    scope: &Scope,
    outside: &Outside,
    at: &Loaded,
    before: &[(StepId, Option<AccountId>)],
    asked: Option<people::UnitId>,
) -> Result<Vec<Letter>, Failure> {
    let begun = at.running().filter(|(step, _)| !before.iter().any(|(id, _)| *id == step.id));
    let agencies: Vec<people::UnitId> = begun.filter_map(|(step, _)| step.agency).chain(asked).collect();
    let mut letters = Vec::new();
    for agency in agencies {
        let mut to = Vec::new();
        for role in [people::Role::Coordinator, people::Role::Head] {
            let all = store::holders(conn, agency, role, scope.today()).await?;
            to.extend(all.into_iter().filter(|one| one.office == agency).map(|one| Receiver::Account(one.account)));
        }
        let values = values(outside, &at.dossier, &format!("/mot-cua/ho-so/{}", at.dossier.id));
        let about = Some(journal::about("dossier", at.dossier.id));
        let news = News { template: "dossier.to-coordinate", values, about, once: None };
        letters.push(news.letter(to)?);
    }
    Ok(letters)
}

async fn signers(conn: &mut Conn, scope: &Scope, at: &Loaded, role: &str) -> Result<Vec<AccountId>, Failure> {
    let all = super::assign::candidates(conn, scope, at.dossier.agency, role).await?;
    Ok(all.into_iter().map(|one| one.account).collect())
}
