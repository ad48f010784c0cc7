//! Delegation for programs: lending roles of the key's owner to colleagues, and taking them back.

use super::named;
use super::units::{last_of, made};
use crate::actions::{self, Loan};
use axum::extract::{Path, Query};
use base::Date;
use people::{AccountId, GrantId, Role};
use serde::Deserialize;
use web::{Body, Caller, Cursor, JsonAnswer, done, json as answer_json};

pub async fn colleagues(caller: Caller, Query(cursor): Query<Cursor>) -> JsonAnswer {
    cursor.page(actions::colleagues(&caller.site, &caller.scope).await?, |person| person.id.to_string())
}

pub async fn all(caller: Caller, Query(cursor): Query<Cursor>) -> JsonAnswer {
    cursor.page(actions::loans(&caller.site, &caller.scope).await?, |loan| loan.id.to_string())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lent {
    account: AccountId,
    role: Role,
    from: Date,
    /// The first day on which it is lent no more.
    to: Date,
    #[serde(default)]
    note: String,
}

pub async fn lend(caller: Caller, Body(body): Body<Lent>) -> JsonAnswer {
    let Lent { account, role, from, to, note } = body;
    let last = Some(last_of(to)?);
    let loan = Loan { to_whom: Some(account), role: Some(role), from: Some(from), last, note };
    let id = actions::lend(&caller.site, &caller.scope, loan).await.map_err(named)?;
    answer_json(&made(id), None)
}

pub async fn end(caller: Caller, Path(id): Path<GrantId>) -> JsonAnswer {
    actions::end_loan(&caller.site, &caller.scope, id).await?;
    done()
}
