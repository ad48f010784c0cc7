//! The result: drafted, signed, numbered and issued.

use super::loaded::load;
use super::work::{Said, open};
use crate::model::*;
use crate::rules;
use crate::store;
use base::Refusal;
use file::{Content, Use};
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
    if site.signing.is_some() {
        can_be_signed(site, content, file_name).await?;
    }
    let result = store::add_result(work.db.write().await?, scope, id, name).await?;
    file::attach(work.db.write().await?, scope, content, file_name, result_about(result)).await?;
    work.settle(scope, "dossier.result-drafted", Said { what: "Đính kèm dự thảo kết quả", note: name, public: false })
        .await
}

/// What the head could not sign later is not taken now.
async fn can_be_signed(site: &Site, content: &Content, name: &str) -> Result<(), Failure> {
    let bytes = site.files.get(&content.sha256).await.map_err(|lost| Failure::Broken(lost.to_string()))?;
    let readable = content.kind.media() == "application/pdf" && sign::read(&bytes, &[]).is_ok();
    if readable {
        return Ok(());
    }
    let say = format!("{name}: chỉ ký số được tệp PDF còn nguyên vẹn. Xuất kết quả ra PDF rồi đính kèm lại.");
    Err(Refusal::new("result-unsignable", say).at("tep").into())
}

/// Takes a draft away that nobody has signed yet.
pub async fn drop_draft(
    site: &Site,
    scope: &Scope,
    id: DossierId,
    version: i64,
    result: ResultId,
) -> Result<(), Failure> {
    let mut work = open(site, scope, id, version).await?;
    rules::runs(&work.at.dossier)?;
    may_give(&work, scope, Give::Result)?;
    let results = store::results(work.db.write().await?, id).await?;
    let one = results.iter().find(|one| one.id == result && one.signed.is_none()).ok_or(Failure::NotFound)?;
    file::let_go(work.db.write().await?, scope.now, "dossier-result", &[result]).await?;
    store::drop_result(work.db.write().await?, result).await?;
    work.settle(scope, "dossier.draft-dropped", Said { what: "Bỏ dự thảo kết quả", note: &one.name, public: false })
        .await
}

/// Signs what is drafted: by name and moment, and, where the agency's certificate is configured, by a digital signature in
/// the file itself (NĐ 45/2020/NĐ-CP: electronic results are signed digitally).
pub async fn sign(site: &Site, scope: &Scope, id: DossierId, version: i64) -> Result<(), Failure> {
    // Before the transaction: a signing service takes its time, and a dossier that changes meanwhile is refused below.
    let sealed = match &site.signing {
        Some(signing) => sealed(site, scope, id, signing).await?,
        None => Vec::new(),
    };
    let mut work = open(site, scope, id, version).await?;
    rules::runs(&work.at.dossier)?;
    may_give(&work, scope, Give::Signature)?;
    for (draft, content) in &sealed {
        let result = draft.about.parse().map_err(|_| Failure::NotFound)?;
        file::detach(work.db.write().await?, scope, draft.id, result_about(result)).await?;
        file::attach(work.db.write().await?, scope, content, &draft.name, result_about(result)).await?;
    }
    if store::sign_results(work.db.write().await?, scope, id).await? == 0 {
        return Err(NotNow::NoResult.into());
    }
    work.settle(scope, "dossier.signed", Said { what: "Ký kết quả", note: "", public: false }).await
}

/// Every file of what is not signed yet, with its signature in it.
async fn sealed(
    site: &Site,
    scope: &Scope,
    id: DossierId,
    signing: &web::Signing,
) -> Result<Vec<(Use, Content)>, Failure> {
    let mut conn = site.db.read().await?;
    let at = load(&mut conn, scope, id).await?;
    let gives = at.all_mine(scope).iter().any(|(_, step)| step.gives.contains(&Give::Signature));
    if !gives {
        return Err(NotNow::NotYourStep { step: at.dossier.at.name.clone() }.into());
    }
    let results = store::results(&mut conn, id).await?;
    let open: Vec<ResultId> = results.iter().filter(|one| one.signed.is_none()).map(|one| one.id).collect();
    let files = file::uses_of(&mut conn, "dossier-result", &open).await?;
    let agency = people::find_unit(&mut conn, at.dossier.agency).await?.map(|unit| unit.name).unwrap_or_default();
    drop(conn);
    let look = sign::Look {
        name: scope.name.clone(),
        unit: agency,
        reason: "Phê duyệt kết quả".into(),
        moment: scope.now,
        mark: Some(sign::Mark::first_page()),
        ..sign::Look::default()
    };
    let mut sealed = Vec::new();
    for draft in files {
        let bytes = site.files.get(&draft.sha256).await.map_err(|lost| Failure::Broken(lost.to_string()))?;
        let said = |no: Refusal| Refusal::new(no.code, format!("{}: {}", draft.name, no.say));
        let signed = sign::sign(&bytes, &*signing.signer, &look).await.map_err(said)?;
        let content = site.files.put(signed.into(), &draft.name).await?;
        sealed.push((draft, content));
    }
    Ok(sealed)
}

/// Numbers a signed result in its register.
pub async fn issue(site: &Site, scope: &Scope, id: DossierId, version: i64, result: ResultId) -> Result<(), Failure> {
    let mut work = open(site, scope, id, version).await?;
    rules::is_open(&work.at.dossier)?;
    if work.at.all_mine(scope).is_empty() {
        return Err(NotNow::NotYourStep { step: work.at.dossier.at.name.clone() }.into());
    }
    let results = store::results(work.db.write().await?, id).await?;
    let one = results.iter().find(|one| one.id == result).ok_or(Failure::NotFound)?;
    if one.signed.is_none() {
        return Err(NotNow::ResultUnsigned.into());
    }
    let row = format!("result:{}:{}", work.at.dossier.agency, scope.today().year());
    let number = store::next_number(work.db.write().await?, &row).await?;
    let number = format!("{number}/KQ-{}", scope.today().year());
    store::issue_result(work.db.write().await?, result, &number, scope).await?;
    work.settle(scope, "dossier.issued", Said { what: "Vào sổ kết quả", note: &number, public: false }).await
}
