//! The result: drafted, signed, numbered and issued.

use super::work::{Said, open};
use crate::model::*;
use crate::rules;
use crate::store;
use journal::{About, about};
use people::{Failure, Scope};
use web::Site;
use workflow::Give;

/// The record that a result's file belongs to.
pub(crate) fn result_about(id: ResultId) -> About {
    about("dossier-result", id)
}

/// Whether one of the steps that run, and that the person may do, brings this in.
fn may_give(work: &super::work::Work, scope: &Scope, give: Give) -> Result<(), NotNow> {
    let gives = work.at.all_mine(scope).iter().any(|(_, step)| step.gives.contains(&give));
    if gives { Ok(()) } else { Err(NotNow::NotYourStep { step: work.at.dossier.at.name.clone() }) }
}

/// Attaches a draft of the result.
pub async fn draft(
    site: &Site,
    scope: &Scope,
    id: DossierId,
    version: i64,
    name: &str,
    content: &file::Content,
    file_name: &str,
) -> Result<(), Failure> {
    let mut work = open(site, scope, id, version).await?;
    rules::runs(&work.at.dossier)?;
    may_give(&work, scope, Give::Result)?;
    let result = store::add_result(&mut work.tx, scope, id, name).await?;
    file::attach(&mut work.tx, scope, content, file_name, result_about(result)).await?;
    work.settle(scope, "dossier.result-drafted", Said { what: "Đính kèm dự thảo kết quả", note: name, public: false })
        .await
}

/// Signs what is drafted.
pub async fn sign(site: &Site, scope: &Scope, id: DossierId, version: i64) -> Result<(), Failure> {
    let mut work = open(site, scope, id, version).await?;
    rules::runs(&work.at.dossier)?;
    may_give(&work, scope, Give::Signature)?;
    if store::sign_results(&mut work.tx, scope, id).await? == 0 {
        return Err(NotNow::NoResult.into());
    }
    work.settle(scope, "dossier.signed", Said { what: "Ký kết quả", note: "", public: false }).await
}

/// Numbers a signed result in its register.
pub async fn issue(site: &Site, scope: &Scope, id: DossierId, version: i64, result: ResultId) -> Result<(), Failure> {
    let mut work = open(site, scope, id, version).await?;
    rules::is_open(&work.at.dossier)?;
    if work.at.all_mine(scope).is_empty() {
        return Err(NotNow::NotYourStep { step: work.at.dossier.at.name.clone() }.into());
    }
    let results = store::results(&mut work.tx, id).await?;
    let one = results.iter().find(|one| one.id == result).ok_or(Failure::NotFound)?;
    if one.signed.is_none() {
        return Err(NotNow::ResultUnsigned.into());
    }
    let row = format!("result:{}:{}", work.at.dossier.agency, scope.today().year());
    let number = store::next_number(&mut work.tx, &row).await?;
    let number = format!("{number}/KQ-{}", scope.today().year());
    store::issue_result(&mut work.tx, result, &number, scope).await?;
    work.settle(scope, "dossier.issued", Said { what: "Vào sổ kết quả", note: &number, public: false }).await
}
