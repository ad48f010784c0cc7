//! Whoever said something sees what became of it, by its code and secret.

use super::{ANSWERED, SAID};
use crate::model::*;
use crate::{rules, store};
use file::{FileUseId, Opened, Use};
use people::Failure;
use web::Site;

/// One, as whoever said it sees it.
pub struct Followed {
    pub one: Feedback,
    pub agency: String,
    pub files: Vec<Use>,
    pub answer_files: Vec<Use>,
}

/// One for whoever knows its code and secret; where there is none is not told.
pub async fn follow(site: &Site, code: &str, secret: &str) -> Result<Followed, Failure> {
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
    let mut conn = site.db.read().await?;
    let agency = people::find_unit(&mut conn, one.agency).await?.map(|unit| unit.name).unwrap_or_default();
    let files = file::uses_of(&mut conn, SAID, &[one.id]).await?;
    let answer_files = file::uses_of(&mut conn, ANSWERED, &[one.id]).await?;
    Ok(Followed { one, agency, files, answer_files })
}

/// A file of the answer, for whoever knows both.
pub async fn answer_file(site: &Site, code: &str, secret: &str, file: FileUseId) -> Result<Opened, Failure> {
    let found = follow(site, code, secret).await?;
    let one = found.answer_files.iter().find(|one| one.id == file).ok_or(Failure::NotFound)?;
    file::open(&mut site.db.read().await?, &site.files, one.id).await
}
