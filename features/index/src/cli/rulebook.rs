//! `cuaviet index import` and `export`: criteria sets between files and the rulebook of a database.

use std::io::Write;
use std::path::{Path, PathBuf};

use base::{Refusal, Timestamp};
use clap::Args;
use db::Db;
use people::{Failure, Scope};
use rulebook::{Edition, Status};

use super::source::read_bytes;
use super::{GOOD, REFUSED, UNREADABLE, tell, unreadable};
use crate::actions::importing::read_set;
use crate::actions::sets;
use crate::files::{set_toml, workbook};
use crate::model::EDITION_KIND;

/// Nạp một bộ tiêu chí từ tệp TOML hoặc Excel vào cơ sở dữ liệu, thành bản nháp.
#[derive(Args, Debug)]
pub struct Import {
    /// Tệp bộ tiêu chí (TOML, XLSX, ODS).
    #[arg(value_name = "TỆP")]
    pub file: PathBuf,
    /// Ban hành luôn; bộ tiêu chí phải ghi căn cứ ban hành.
    #[arg(long)]
    pub publish: bool,
}

/// Xuất một bộ tiêu chí trong cơ sở dữ liệu ra tệp.
#[derive(Args, Debug)]
pub struct Export {
    /// Mã bộ tiêu chí.
    #[arg(value_name = "MÃ")]
    pub code: String,
    /// Bản số mấy [nếu không nêu: bản mới nhất].
    #[arg(long, value_name = "SỐ")]
    pub number: Option<i64>,
    /// Tệp ghi ra; đuôi .toml, .xlsx hoặc .json cho biết định dạng.
    #[arg(long, value_name = "TỆP")]
    pub to: PathBuf,
}

/// Imports a set. Every error is said, and nothing is taken then.
pub async fn import(ask: &Import, db: &Db, now: Timestamp, out: &mut impl Write, err: &mut impl Write) -> u8 {
    let bytes = match read_bytes(&ask.file) {
        Ok(bytes) => bytes,
        Err(refusal) => return unreadable(&ask.file, &[refusal], err),
    };
    let name = ask.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let scope = Scope::program("Dòng lệnh", now);
    let read = match read_set(&bytes, &name, scope.today()) {
        Ok(read) => read,
        Err(refusals) => return refused(&ask.file, &refusals, err),
    };
    read.warnings.iter().for_each(|say| tell(err, say));
    let kept = async {
        let mut tx = db.begin().await?;
        let sample = read.value.get("name").and_then(|name| name.as_str()).is_some_and(|name| name.starts_with("MẪU"));
        let id = sets::keep_draft(&mut tx, &scope, &read.value, sample).await?;
        let mut edition = rulebook::find(&mut tx, id).await?.ok_or(Failure::NotFound)?;
        if ask.publish {
            edition = rulebook::publish(&mut tx, &scope, id, edition.version).await?;
        }
        tx.commit().await?;
        Ok::<Edition, Failure>(edition)
    };
    match kept.await {
        Ok(edition) => {
            let done =
                if edition.status == Status::Published { "Đã ban hành" } else { "Đã lưu thành bản nháp" };
            tell(out, &format!("{done}: {} bản số {}, {}.", edition.code, edition.number, edition.name));
            GOOD
        }
        Err(Failure::Refused(refusals)) => refused(&ask.file, &refusals, err),
        Err(other) => {
            tell(err, &other.to_string());
            REFUSED
        }
    }
}

fn refused(path: &Path, refusals: &[Refusal], err: &mut impl Write) -> u8 {
    tell(err, &format!("{}: chưa nạp được, không có gì được lưu.", path.display()));
    for no in refusals {
        match &no.field {
            Some(field) => tell(err, &format!("{field}: {}", no.say)),
            None => tell(err, &no.say),
        }
    }
    REFUSED
}

/// Exports an edition of a set.
pub async fn export(ask: &Export, db: &Db, out: &mut impl Write, err: &mut impl Write) -> u8 {
    let edition = match find(ask, db).await {
        Ok(Some(edition)) => edition,
        Ok(None) => {
            let number = ask.number.map(|number| format!(" bản số {number}")).unwrap_or_default();
            tell(err, &format!("Không có bộ tiêu chí {}{number} trong cơ sở dữ liệu.", ask.code));
            return REFUSED;
        }
        Err(failure) => {
            tell(err, &failure.to_string());
            return REFUSED;
        }
    };
    let bytes = match written(&edition, &ask.to) {
        Ok(bytes) => bytes,
        Err(refusal) => {
            tell(err, &format!("{}: {}", ask.to.display(), refusal.say));
            return REFUSED;
        }
    };
    if let Err(error) = std::fs::write(&ask.to, bytes) {
        tell(err, &format!("{}: không ghi được tệp: {error}.", ask.to.display()));
        return UNREADABLE;
    }
    tell(out, &format!("Đã xuất {} bản số {} ra {}.", edition.code, edition.number, ask.to.display()));
    GOOD
}

async fn find(ask: &Export, db: &Db) -> Result<Option<Edition>, Failure> {
    let mut conn = db.read().await?;
    let heads = rulebook::editions_of(&mut conn, EDITION_KIND, &ask.code).await?;
    match heads.into_iter().find(|head| ask.number.is_none_or(|number| head.number == number)) {
        Some(head) => Ok(rulebook::find(&mut conn, head.id).await?),
        None => Ok(None),
    }
}

fn written(edition: &Edition, to: &Path) -> Result<Vec<u8>, Refusal> {
    match to.extension().and_then(|ending| ending.to_str()) {
        Some("xlsx") => workbook::write(&edition.body, &edition.id.to_string()),
        Some("json") => serde_json::to_vec_pretty(&edition.body)
            .map_err(|error| Refusal::new("file.json", format!("không ghi được JSON: {error}."))),
        Some("toml") => match score::read(&edition.body).set {
            Some(set) => Ok(set_toml::write(&set).into_bytes()),
            None => Err(Refusal::new("set-errors", "bộ tiêu chí còn lỗi nên chưa xuất được TOML. Hãy xuất ra .xlsx.")),
        },
        _ => Err(Refusal::new("file.ending", "tên tệp phải có đuôi .toml, .xlsx hoặc .json.")),
    }
}
