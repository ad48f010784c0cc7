//! Electronic forms: kept as drafts, checked, published. A case of a procedure names one by its code.

use super::only_admin;
use crate::model::{FORM, NotNow};
use base::{Date, Refusal};
use db::Conn;
use form::{File, Form};
use people::{Failure, Role, Scope};
use rulebook::{Content, Edition, EditionId, Head, New, Status};
use web::Site;

/// Every edition of every form; drafts only for those who write them.
pub async fn forms(conn: &mut Conn, scope: &Scope) -> Result<Vec<Head>, Failure> {
    let all = rulebook::list(conn, FORM, i64::from(u32::MAX), 0).await?;
    let drafts = scope.has(Role::Admin);
    Ok(all.into_iter().filter(|head| drafts || head.status == Status::Published).collect())
}

/// An edition of a form, read.
pub struct FormView {
    pub edition: Edition,
    pub file: File,
    /// None where it has faults.
    pub form: Option<Form>,
    pub faults: Vec<String>,
}

pub async fn form(conn: &mut Conn, scope: &Scope, id: EditionId) -> Result<FormView, Failure> {
    let found = rulebook::find(conn, id).await?.filter(|edition| edition.kind == FORM);
    let edition = found.ok_or(Failure::NotFound)?;
    if edition.status == Status::Draft && !scope.has(Role::Admin) {
        return Err(Failure::NotFound);
    }
    let file: File = serde_json::from_value(edition.body.clone())
        .map_err(|error| NotNow::Unreadable { why: format!("{}: {error}", edition.code) })?;
    let read = ::form::read(&file);
    let faults = read.problems.iter().map(ToString::to_string).collect();
    Ok(FormView { edition, file, form: read.form, faults })
}

/// What stands there of the same code, to compare with.
pub async fn former_form(conn: &mut Conn, code: &str) -> Result<Option<Edition>, Failure> {
    Ok(rulebook::latest(conn, FORM, code).await?)
}

fn content(form: &Form, file: &File, source: &str, from: Date) -> Result<Content, Failure> {
    Ok(Content {
        name: form.title.clone(),
        source: source.to_owned(),
        valid_from: from,
        valid_to: None,
        body: serde_json::to_value(file)?,
    })
}

/// Keeps a form that can be used as a draft, under the id that it states itself: in the draft of its code, where there is
/// one, else as the next number.
pub async fn keep_form(site: &Site, scope: &Scope, file: &File, from: Date) -> Result<EditionId, Failure> {
    only_admin(scope)?;
    let read = form::read(file);
    let Some(form) = read.form else {
        let faults = read.problems.iter().map(|one| NotNow::FormFaulty { say: one.to_string() }.into()).collect();
        return Err(Failure::Refused(faults));
    };
    let mut tx = site.db.begin().await?;
    let latest = rulebook::latest(&mut tx, FORM, &form.id).await?;
    let new = content(&form, file, "", from)?;
    let draft = match latest.filter(|edition| edition.status == Status::Draft) {
        Some(draft) => rulebook::save_draft(&mut tx, scope, draft.id, draft.version, new).await?,
        None => {
            let new = New { kind: FORM.into(), code: form.id.clone(), content: new, sample: false };
            rulebook::draft(&mut tx, scope, new).await?
        }
    };
    tx.commit().await?;
    Ok(draft.id)
}

/// Publishes a draft under its decision, from a day on. Dossiers in hand keep the edition that they began with.
pub async fn publish_form(
    site: &Site,
    scope: &Scope,
    id: EditionId,
    version: i64,
    source: &str,
    from: Date,
) -> Result<(), Failure> {
    only_admin(scope)?;
    let mut tx = site.db.begin().await?;
    let FormView { edition, file, form, faults } = self::form(&mut tx, scope, id).await?;
    if source.trim().is_empty() {
        return Err(NotNow::DecisionMissing.into());
    }
    let Some(form) = form else {
        let faults: Vec<Refusal> = faults.into_iter().map(|say| NotNow::FormFaulty { say }.into()).collect();
        return Err(Failure::Refused(faults));
    };
    let mut version = version;
    if source.trim() != edition.source || from != edition.valid_from {
        let new = content(&form, &file, source.trim(), from)?;
        version = rulebook::save_draft(&mut tx, scope, id, version, new).await?.version;
    }
    rulebook::publish(&mut tx, scope, id, version).await?;
    Ok(tx.commit().await?)
}

pub async fn discard_form(site: &Site, scope: &Scope, id: EditionId, version: i64) -> Result<(), Failure> {
    only_admin(scope)?;
    let mut tx = site.db.begin().await?;
    form(&mut tx, scope, id).await?;
    rulebook::discard(&mut tx, scope, id, version).await?;
    Ok(tx.commit().await?)
}
