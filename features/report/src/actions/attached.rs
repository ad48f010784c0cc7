//! Files that go with a report (phần đính kèm): brought while it is open, never taken from what was sent.

use super::{hold, take};
use crate::model::*;
use crate::rules;
use crate::view::View;
use base::Refusal;
use db::Conn;
use file::{FileUseId, Opened, Use};
use journal::{About, about};
use people::{Failure, Scope};
use web::Site;

/// What these files are of.
const ABOUT: &str = "report-file";
/// With the letter and the workbook, what an edXML may have.
pub const MOST: usize = 18;

fn of(id: ReportId) -> About {
    about(ABOUT, id)
}

pub(crate) async fn files(conn: &mut Conn, id: ReportId) -> Result<Vec<Use>, Failure> {
    Ok(file::uses_of(conn, ABOUT, &[id]).await?)
}

/// Brings a file; one that cannot be kept is named.
pub async fn attach(site: &Site, scope: &Scope, id: ReportId, (bytes, name): (Vec<u8>, String)) -> Result<(), Failure> {
    // Who may not is told before the file is looked at, and asked again where it counts.
    rules::may_fill(&hold(&mut site.db.read().await?, scope, id).await?)?;
    let content = site.files.put(bytes.into(), &name).await.map_err(|failure| match failure {
        Failure::Refused(all) => {
            let one = |no: Refusal| Refusal { say: format!("“{name}”: {}", no.say), ..no }.at("tep");
            Failure::Refused(all.into_iter().map(one).collect())
        }
        other => other,
    })?;
    let (mut tx, held) = take(site, scope, id, None).await?;
    rules::may_fill(&held)?;
    if files(&mut tx, id).await?.len() >= MOST {
        return Err(No::FilesMany { most: MOST }.into());
    }
    file::attach(&mut tx, scope, &content, &name, of(id)).await?;
    Ok(tx.commit().await?)
}

/// Takes a file away again, unless the report was sent with it.
pub async fn detach(site: &Site, scope: &Scope, id: ReportId, file: FileUseId) -> Result<(), Failure> {
    let (mut tx, held) = take(site, scope, id, None).await?;
    rules::may_fill(&held)?;
    let files = files(&mut tx, id).await?;
    let found = files.iter().find(|one| one.id == file).ok_or(Failure::NotFound)?;
    if !is_free(&held, found) {
        return Err(No::FileSent.into());
    }
    file::detach(&mut tx, scope, file, of(id)).await?;
    Ok(tx.commit().await?)
}

/// Whether it came after the last sending.
pub fn is_free(held: &Held, file: &Use) -> bool {
    held.report.sent.is_none_or(|sent| file.at > sent)
}

pub async fn attached(site: &Site, scope: &Scope, id: ReportId, file: FileUseId) -> Result<Opened, Failure> {
    let mut conn = site.db.read().await?;
    hold(&mut conn, scope, id).await?;
    let files = files(&mut conn, id).await?;
    let found = files.iter().find(|one| one.id == file).ok_or(Failure::NotFound)?;
    file::open(&mut conn, &site.files, found.id).await
}

/// The files of a report with their bytes, for a letter that goes out with them.
pub(super) async fn carried(site: &Site, view: &View) -> Result<Vec<Opened>, Failure> {
    let mut conn = site.db.read().await?;
    let mut all = Vec::new();
    for one in &view.files {
        all.push(file::open(&mut conn, &site.files, one.id).await?);
    }
    Ok(all)
}
