//! `cuaviet workflow check`: what keeps a process from working, before anybody's dossier is in it. No database.

use anyhow::{Result, anyhow};
use clap::Args;
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
    let at = ask.file.display();
    let text = std::fs::read_to_string(&ask.file).map_err(|error| anyhow!("Không đọc được {at}: {error}."))?;
    let file: File = toml::from_str(&text).map_err(|error| anyhow!("{at}: {error}"))?;
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
