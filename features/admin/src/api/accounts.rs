//! People for programs. E-mail and telephone are in no list; reading one person is noted in the journal, as on the page.

use super::named;
use super::units::{last_of, made};
use crate::actions::{self, Giving, seen};
use crate::rules::{self, Standing};
use axum::extract::{Path, Query};
use base::Date;
use people::{AccountId, Failure, GrantId, NewAccount, Role, UnitId};
use serde::Deserialize;
use serde_json::{Value, json};
use web::{Body, Caller, Cursor, IfMatch, JsonAnswer, done, json as answer_json};

#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    q: String,
    role: Option<Role>,
    standing: Option<Standing>,
}

pub async fn all(caller: Caller, Query(asked): Query<Asked>, Query(cursor): Query<Cursor>) -> JsonAnswer {
    let now = caller.scope.now;
    let mut lines = seen::everybody(&caller.site, &caller.scope).await?;
    lines.retain(|line| {
        asked.role.is_none_or(|role| line.held.iter().any(|held| held.role == role))
            && asked.standing.is_none_or(|wanted| rules::standing(&line.account, now) == wanted)
            && line.is_called(&asked.q)
    });
    let shown = |line: &seen::Seen| {
        json!({
            "id": line.account.id, "login": line.account.login, "name": line.account.name, "title": line.account.title,
            "standing": rules::standing(&line.account, now), "has_totp": line.account.has_totp,
            "roles": line.held, "seen": line.seen, "version": line.account.version,
        })
    };
    let lines: Vec<Value> = lines.iter().map(shown).collect();
    cursor.page(lines, |line| line["id"].as_str().unwrap_or_default().to_owned())
}

pub async fn one(caller: Caller, Path(id): Path<AccountId>) -> JsonAnswer {
    let account = actions::read_person(&caller.site, &caller.scope, id).await?;
    answer_json(&account, Some(account.version))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct New {
    login: String,
    name: String,
    #[serde(default)]
    title: String,
    email: Option<String>,
    phone: Option<String>,
}

pub async fn add(caller: Caller, Body(new): Body<New>) -> JsonAnswer {
    let New { login, name, title, email, phone } = new;
    let new = NewAccount { login, name, title, email, phone, ..NewAccount::default() };
    let id = actions::enrol_person(&caller.site, &caller.scope, new).await?;
    answer_json(&made(id), None)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Changed {
    name: String,
    #[serde(default)]
    title: String,
    email: Option<String>,
    phone: Option<String>,
}

pub async fn change(
    caller: Caller,
    Path(id): Path<AccountId>,
    IfMatch(version): IfMatch,
    Body(new): Body<Changed>,
) -> JsonAnswer {
    let Changed { name, title, email, phone } = new;
    let new = NewAccount { name, title, email, phone, ..NewAccount::default() };
    actions::change_person(&caller.site, &caller.scope, id, version, new).await?;
    let account = actions::read_person(&caller.site, &caller.scope, id).await?;
    answer_json(&account, Some(account.version))
}

pub async fn lock(caller: Caller, Path(id): Path<AccountId>) -> JsonAnswer {
    actions::close_person(&caller.site, &caller.scope, id, true).await?;
    done()
}

pub async fn unlock(caller: Caller, Path(id): Path<AccountId>) -> JsonAnswer {
    actions::close_person(&caller.site, &caller.scope, id, false).await?;
    done()
}

/// What the person holds and has lent.
pub async fn grants(caller: Caller, Path(id): Path<AccountId>, Query(cursor): Query<Cursor>) -> JsonAnswer {
    let mut conn = caller.site.db.read().await?;
    people::account(&mut conn, id).await?.ok_or(Failure::NotFound)?;
    let grants = people::grants_of(&mut conn, id, caller.scope.today()).await?;
    cursor.page(grants, |grant| grant.id.to_string())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Given {
    unit: UnitId,
    role: Role,
    from: Option<Date>,
    /// The first day on which it is held no more.
    to: Option<Date>,
    #[serde(default)]
    note: String,
}

pub async fn give(caller: Caller, Path(id): Path<AccountId>, Body(body): Body<Given>) -> JsonAnswer {
    let Given { unit, role, from, to, note } = body;
    let last = to.map(last_of).transpose()?;
    let giving = Giving { unit: Some(unit), role: Some(role), from, last, note };
    let grant = actions::give_role(&caller.site, &caller.scope, id, giving).await.map_err(named)?;
    answer_json(&made(grant), None)
}

pub async fn end_grant(caller: Caller, Path((id, grant)): Path<(AccountId, GrantId)>) -> JsonAnswer {
    let found = people::find_grant(&mut caller.site.db.read().await?, grant).await?;
    found.filter(|grant| grant.account == id).ok_or(Failure::NotFound)?;
    actions::end_role(&caller.site, &caller.scope, grant).await?;
    done()
}
