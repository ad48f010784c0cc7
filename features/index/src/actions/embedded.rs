//! The criteria sets that come with the program (`data/criteria`), as published editions.

use crate::files::set_toml;
use crate::model::EDITION_KIND;
use base::{Date, Refusal};
use db::Tx;
use people::{Failure, Scope};
use rulebook::{Content, New};

macro_rules! sets {
    ($($code:literal),+ $(,)?) => { &[$(($code, include_str!(concat!("../../../../data/criteria/", $code, ".toml")))),+] };
}

/// Code and text of each.
pub const SETS: &[(&str, &str)] = sets![
    "mau-so-2019",
    "mau-huyen-2019",
    "mau-so-2020",
    "mau-huyen-2020",
    "mau-xa-2020",
    "mau-so-2026",
    "mau-xa-2026",
    "qd766",
    "khanh-hoa-nq57-xa-2026",
    "khanh-hoa-nq57-thang-2026",
    "lich-su-hue-2021",
    "lich-su-thanh-hoa-2023",
];

/// Publishes those that are not in the rulebook yet; gives how many were.
pub async fn load_embedded(tx: &mut Tx, scope: &Scope) -> Result<usize, Failure> {
    let mut taken = 0;
    for (code, text) in SETS {
        if !rulebook::editions_of(tx, EDITION_KIND, code).await?.is_empty() {
            continue;
        }
        let file = set_toml::read(text)?;
        let Some(set) = &file.reading.set else {
            return Err(Refusal::new("criteria-set", format!("Bộ tiêu chí {code} có lỗi.")).into());
        };
        let content = Content {
            name: set.name.clone(),
            source: set.source.clone().unwrap_or_else(|| "Không rõ".into()),
            valid_from: set.valid.map_or(Date::constant(2011, 1, 1), |valid| valid.from),
            valid_to: set.valid.and_then(|valid| valid.to),
            body: file.value.clone(),
        };
        let new = New { kind: EDITION_KIND.into(), code: (*code).into(), content, sample: code.starts_with("mau-") };
        let draft = rulebook::draft(tx, scope, new).await?;
        rulebook::publish(tx, scope, draft.id, draft.version).await?;
        taken += 1;
    }
    Ok(taken)
}
