//! Sets as files: the workbook, TOML, JSON; and the empty workbook.

use crate::actions::sets::set;
use crate::files::{set_toml, workbook};
use axum::extract::{Path, Query};
use people::Failure;
use rulebook::EditionId;
use serde::Deserialize;
use serde_json::json;
use web::{Answer, Visit, download};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    pub kieu: Option<String>,
}

pub async fn template(_: Visit) -> Answer {
    download(web::Sheet { bytes: workbook::write(&json!({}), "")?, kind: XLSX, name: "mau-bo-tieu-chi.xlsx".into() })
}

pub async fn file(visit: Visit, Path(id): Path<EditionId>, Query(asked): Query<Asked>) -> Answer {
    let edition = set(&mut visit.site.db.read().await?, &visit.scope, id).await?;
    let name = format!("{}-ban-{}", edition.code, edition.number);
    let (bytes, kind, ending) = match asked.kieu.as_deref() {
        Some("toml") => {
            let set = score::read(&edition.body).set;
            let set = set.ok_or_else(|| {
                Failure::refused(
                    "set-errors",
                    "Bộ tiêu chí còn lỗi nên chưa xuất được TOML. Hãy xuất Excel, sửa rồi nạp lại.",
                )
            })?;
            (set_toml::write(&set).into_bytes(), "application/toml; charset=utf-8", "toml")
        }
        Some("json") => (serde_json::to_vec_pretty(&edition.body)?, "application/json", "json"),
        _ => (workbook::write(&edition.body, &id.to_string())?, XLSX, "xlsx"),
    };
    download(web::Sheet { bytes, kind, name: format!("{name}.{ending}") })
}
