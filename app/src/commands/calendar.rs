//! `cuaviet calendar`: which days are worked, by when something is due and why, when Tết is. No database.
//!
//! The format is a promise to others (*Calendars* in the contracts).

use anyhow::{Result, anyhow};
use calendar::{Act, Count, Due, Ledger, LedgerEntry, Limit, lunar};
use clap::{Args, ValueEnum};
use jiff::civil::DateTime;
use serde::Deserialize;
use serde_json::json;
use std::path::PathBuf;

/// Ngày nghỉ và ngày làm bù của một năm.
#[derive(Args, Debug)]
pub struct Year {
    #[arg(value_name = "NĂM")]
    year: i16,
    /// Mã cơ quan có giờ làm việc, ngày đóng cửa riêng (data/calendars/agencies.toml).
    #[arg(long, value_name = "MÃ")]
    agency: Option<String>,
    /// In kết quả dạng JSON.
    #[arg(long)]
    json: bool,
}

/// Tính hạn trả kết quả, kèm lý do từng dòng.
#[derive(Args, Debug)]
pub struct DueAsk {
    /// Lúc nhận, giờ Việt Nam, ví dụ 2026-02-12T16:00.
    #[arg(long, value_name = "LÚC", required_unless_present = "ledger", conflicts_with = "ledger")]
    at: Option<DateTime>,
    /// Thời hạn theo giờ làm việc.
    #[arg(long, value_name = "SỐ", conflicts_with_all = ["days", "ledger"])]
    hours: Option<u32>,
    /// Thời hạn theo ngày.
    #[arg(long, value_name = "SỐ", conflicts_with = "ledger")]
    days: Option<u32>,
    /// Cách tính: giờ làm việc, ngày làm việc, ngày theo lịch.
    #[arg(long, value_name = "CÁCH", conflicts_with = "ledger")]
    count: Option<CountAsk>,
    /// Sổ đồng hồ của một hồ sơ (JSON): nhận, tạm dừng, tiếp tục, gia hạn.
    #[arg(long, value_name = "TỆP")]
    ledger: Option<PathBuf>,
    /// Mã cơ quan có giờ làm việc, ngày đóng cửa riêng.
    #[arg(long, value_name = "MÃ")]
    agency: Option<String>,
    /// In kết quả dạng JSON.
    #[arg(long)]
    json: bool,
}

/// Ngày mùng 1 Tết và Giỗ Tổ Hùng Vương của một năm (1968–2100).
#[derive(Args, Debug)]
pub struct LunarAsk {
    #[arg(value_name = "NĂM")]
    year: i16,
    /// In kết quả dạng JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, Deserialize, ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum CountAsk {
    Hours,
    Days,
    Calendar,
}

impl From<CountAsk> for Count {
    fn from(ask: CountAsk) -> Count {
        match ask {
            CountAsk::Hours => Count::Hours,
            CountAsk::Days => Count::Days,
            CountAsk::Calendar => Count::Calendar,
        }
    }
}

pub fn year(ask: &Year) -> Result<String> {
    let calendar = hours::known(ask.agency.as_deref())?;
    let status = calendar.status(ask.year).ok_or_else(|| anyhow!("Lịch làm việc có từ năm 2018 đến hết năm 2099."))?;
    let (off, made_up) = (calendar.off(ask.year), calendar.made_up(ask.year));
    if ask.json {
        return Ok(json!({ "off": off, "made_up": made_up, "status": status.code() }).to_string());
    }
    let days = |days: &[base::Date]| days.iter().map(|day| base::day::vi(*day)).collect::<Vec<_>>().join(", ");
    let status = match status {
        calendar::Status::Official => "theo thông báo chính thức",
        calendar::Status::Proposed => "dự kiến, chưa có thông báo chính thức",
    };
    Ok(format!(
        "Năm {}: {status}.\nNghỉ: {}.\nLàm bù: {}.",
        ask.year,
        days(&off),
        if made_up.is_empty() { "không có".into() } else { days(&made_up) }
    ))
}

pub fn lunar(ask: &LunarAsk) -> Result<String> {
    let (Some(new_year), Some(hung_kings)) = (lunar::new_year(ask.year), lunar::hung_kings(ask.year)) else {
        return Err(anyhow!("Âm lịch theo múi giờ UTC+7 có từ năm 1968 đến năm 2100."));
    };
    Ok(match ask.json {
        true => json!({ "new_year": new_year, "hung_kings": hung_kings }).to_string(),
        false => format!("Mùng 1 Tết: {}. Giỗ Tổ Hùng Vương: {}.", base::day::vi(new_year), base::day::vi(hung_kings)),
    })
}

pub fn due(ask: &DueAsk) -> Result<String> {
    let calendar = hours::known(ask.agency.as_deref())?;
    let ledger = match &ask.ledger {
        Some(path) => {
            let text = std::fs::read_to_string(path)
                .map_err(|error| anyhow!("Không đọc được {}: {error}.", path.display()))?;
            let file: File = serde_json::from_str(&text).map_err(|error| anyhow!("{}: {error}.", path.display()))?;
            file.ledger()?
        }
        None => asked(ask)?,
    };
    let Due { due, why } = ledger.due(&calendar)?;
    let due = due.map(|due| due.strftime("%Y-%m-%dT%H:%M").to_string());
    Ok(if ask.json { json!({ "due": due, "why": why }).to_string() } else { why.join("\n") })
}

fn asked(ask: &DueAsk) -> Result<Ledger> {
    let received = ask.at.ok_or_else(|| anyhow!("Nêu lúc nhận: --at 2026-02-12T16:00."))?;
    let (limit, usual) = limit(ask.hours, ask.days)?;
    Ok(Ledger { received, limit, count: ask.count.map_or(usual, Count::from), entries: Vec::new() })
}

/// The limit, and how it is counted where nothing else is said.
fn limit(hours: Option<u32>, days: Option<u32>) -> Result<(Limit, Count)> {
    const MOST: u32 = 10_000;
    match (hours, days) {
        (Some(hours @ 1..=MOST), None) => Ok((Limit::Minutes(hours * 60), Count::Hours)),
        (None, Some(days @ 1..=MOST)) => Ok((Limit::Days(days), Count::Days)),
        (Some(_), Some(_)) => Err(anyhow!("Nêu thời hạn theo giờ hoặc theo ngày, không nêu cả hai.")),
        (None, None) => Err(anyhow!("Nêu thời hạn: --hours hoặc --days.")),
        _ => Err(anyhow!("Thời hạn từ 1 đến {MOST}.")),
    }
}

/// A ledger as others write it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    received: DateTime,
    #[serde(default)]
    hours: Option<u32>,
    #[serde(default)]
    days: Option<u32>,
    #[serde(default)]
    count: Option<CountAsk>,
    #[serde(default)]
    entries: Vec<Line>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    at: DateTime,
    #[serde(rename = "do")]
    act: Word,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    hours: Option<u32>,
    #[serde(default)]
    days: Option<u32>,
    #[serde(default)]
    received: Option<DateTime>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Word {
    Pause,
    Resume,
    Extend,
    Correct,
}

impl File {
    fn ledger(self) -> Result<Ledger> {
        let (limit, usual) = limit(self.hours, self.days)?;
        let count = self.count.map_or(usual, Count::from);
        let entries: Result<Vec<LedgerEntry>> = self.entries.into_iter().map(Line::entry).collect();
        Ok(Ledger { received: self.received, limit, count, entries: entries? })
    }
}

impl Line {
    fn entry(self) -> Result<LedgerEntry> {
        let act = match self.act {
            Word::Pause => Act::Pause { reason: self.reason },
            Word::Resume => Act::Resume,
            Word::Extend => Act::Extend { by: limit(self.hours, self.days)?.0 },
            Word::Correct => {
                let received = self.received.ok_or_else(|| anyhow!("Dòng correct phải có received."))?;
                Act::Correct { received }
            }
        };
        Ok(LedgerEntry { at: self.at, act })
    }
}
