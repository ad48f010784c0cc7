//! `cuaviet workflow check`: what keeps a process from working, before anybody's dossier is in it. No database.
//! `cuaviet workflow replay`: who would have been late by it last month.

use super::opened;
use crate::settings::Settings;
use anyhow::{Result, anyhow, bail};
use base::Date;
use clap::Args;
use dossier::actions::Replayed;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::PathBuf;
use workflow::{File, Reading};

const ROLES: &str = include_str!("../../../data/workflows/roles.toml");

/// Kiểm tra một quy trình nội bộ: mọi lỗi, mỗi lỗi ở bước của nó.
#[derive(Args, Debug)]
pub struct Check {
    /// Tệp quy trình (TOML).
    #[arg(value_name = "TỆP")]
    file: PathBuf,
    /// Các vai trò có người giữ, cách nhau bằng dấu phẩy [nếu không nêu: mọi vai trò trong danh mục].
    #[arg(long, value_name = "VAI_TRÒ", value_delimiter = ',')]
    held: Vec<String>,
}

#[derive(Deserialize)]
struct Roles {
    roles: BTreeMap<String, toml::Value>,
}

/// What is to be said, and whether the process is good.
pub fn check(ask: &Check) -> Result<(String, bool)> {
    let file: File = opened(&ask.file)?;
    let held = match ask.held.is_empty() {
        true => toml::from_str::<Roles>(ROLES)?.roles.into_keys().collect(),
        false => ask.held.clone(),
    };
    let Reading { process, mut problems } = workflow::read(&file);
    problems.extend(workflow::check(&process, &held));
    if problems.is_empty() {
        return Ok((format!("Quy trình dùng được: {} bước.", process.steps.len()), true));
    }
    let lines: Vec<String> = problems.iter().map(|problem| problem.to_string()).collect();
    Ok((format!("{}\nQuy trình chưa dùng được: {} lỗi.", lines.join("\n"), problems.len()), false))
}

/// Chạy lại hồ sơ đã kết thúc của một tháng theo một quy trình dự thảo: ai sẽ chậm ở bước nào.
#[derive(Args, Debug)]
pub struct Replay {
    /// Tệp quy trình dự thảo (TOML); mã quy trình cho biết hồ sơ nào được chạy lại.
    #[arg(value_name = "TỆP")]
    file: PathBuf,
    /// Tháng, viết như 2026-10 [nếu không nêu: tháng trước].
    #[arg(long, value_name = "THÁNG")]
    month: Option<String>,
    /// In kết quả dạng JSON.
    #[arg(long)]
    json: bool,
}

/// Who would have been late by a draft.
pub async fn replay(settings: &Settings, ask: &Replay) -> Result<String> {
    let Reading { process, problems } = workflow::read(&opened::<File>(&ask.file)?);
    if let Some(problem) = problems.first() {
        bail!("Quy trình chưa đọc được: {problem}. Chạy: cuaviet workflow check {}", ask.file.display());
    }
    let first = month(ask.month.as_deref(), base::day::today(db::now()))?;
    let after = first.last_of_month().tomorrow()?;
    let db = crate::serve::open(settings).await?;
    let (from, to) = (base::day::start(first), base::day::start(after));
    let found = dossier::actions::replay(&mut db.read().await?, &process, from, to).await;
    let found = found.map_err(|failure| anyhow!(failure.say()))?;
    if ask.json {
        return Ok(serde_json::to_string_pretty(&found)?);
    }
    Ok(told(&process.code, first, &found))
}

/// The first day of the month that is meant.
fn month(text: Option<&str>, today: Date) -> Result<Date> {
    match text {
        None => Ok(today.first_of_month().yesterday()?.first_of_month()),
        Some(text) => format!("{text}-01").parse().map_err(|_| anyhow!("Tháng viết như 2026-10, không phải “{text}”.")),
    }
}

fn told(code: &str, month: Date, found: &Replayed) -> String {
    let mut lines = vec![
        format!("Quy trình {code}, hồ sơ kết thúc tháng {:02}/{}: {}.", month.month(), month.year(), found.dossiers),
        format!("Có bước chậm: {} hồ sơ theo quy trình cũ, {} theo dự thảo.", found.late, found.would_be_late),
    ];
    for step in &found.steps {
        lines.push(format!(
            "  {:<4} {}: làm {} lần, chậm {} lần, theo dự thảo chậm {} lần",
            step.code, step.name, step.done, step.late, step.would_be_late
        ));
        lines.extend(step.hands.iter().map(|(who, times)| format!("         {who}: {times}")));
    }
    let gone =
        found.gone.iter().map(|(code, name)| format!("  Bước {code} “{name}” đã làm nhưng không có trong dự thảo."));
    lines.extend(gone);
    lines.join("\n")
}
