//! `cuaviet report periods`, `period`: the periods of reports, from day to day; the format is a promise to others (*Periods* in
//! the contracts). `cuaviet report check`: what is wrong with a set of indicators and a form of it. No database.

use super::opened;
use anyhow::{Result, anyhow};
use base::Date;
use clap::{Args, ValueEnum};
use indicator::{Closing, Kind, Period, Problem, Rules};
use serde::Deserialize;
use serde_json::json;
use std::path::PathBuf;

const RULES: &str = include_str!("../../../data/reports/periods.toml");

/// Các kỳ báo cáo của một năm, với ngày đầu kỳ và ngày chốt số liệu.
#[derive(Args, Debug)]
pub struct Periods {
    /// Loại kỳ.
    #[arg(long, value_name = "LOẠI")]
    kind: KindAsk,
    #[arg(long, value_name = "NĂM")]
    year: i16,
    #[command(flatten)]
    how: How,
}

/// Kỳ báo cáo của một ngày.
#[derive(Args, Debug)]
pub struct Of {
    /// Loại kỳ.
    #[arg(long, value_name = "LOẠI")]
    kind: KindAsk,
    /// Ngày (năm-tháng-ngày).
    #[arg(long, value_name = "NGÀY")]
    on: Date,
    #[command(flatten)]
    how: How,
}

#[derive(Args, Debug)]
struct How {
    /// Cách chốt số liệu (data/reports/periods.toml): nd09 hoặc lich.
    #[arg(long, value_name = "MÃ", default_value = "nd09")]
    rules: String,
    /// In kết quả dạng JSON.
    #[arg(long)]
    json: bool,
}

/// Kiểm tra một bộ chỉ tiêu và biểu của nó: mọi lỗi, mỗi lỗi ở chỗ của nó.
#[derive(Args, Debug)]
pub struct Check {
    /// Tệp bộ chỉ tiêu (TOML), như các tệp trong data/reports/indicators.
    #[arg(value_name = "TỆP")]
    file: PathBuf,
    /// Kiểm tra thêm một biểu số liệu (TOML) của bộ chỉ tiêu này, như các tệp trong data/reports/forms.
    #[arg(long, value_name = "TỆP")]
    form: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum KindAsk {
    Month,
    Quarter,
    HalfYear,
    NineMonths,
    Year,
}

impl From<KindAsk> for Kind {
    fn from(ask: KindAsk) -> Kind {
        match ask {
            KindAsk::Month => Kind::Month,
            KindAsk::Quarter => Kind::Quarter,
            KindAsk::HalfYear => Kind::HalfYear,
            KindAsk::NineMonths => Kind::NineMonths,
            KindAsk::Year => Kind::Year,
        }
    }
}

#[derive(Deserialize)]
struct File {
    rules: Vec<Rules>,
}

fn closing(code: &str) -> Result<Closing> {
    let file: File = toml::from_str(RULES)?;
    let codes = file.rules.iter().map(|one| one.code.as_str()).collect::<Vec<_>>().join(", ");
    let found = file.rules.iter().find(|one| one.code == code).map(|one| one.closing);
    found.ok_or_else(|| anyhow!("Không có cách chốt số liệu “{code}”. Các mã có: {codes}."))
}

pub fn periods(ask: &Periods) -> Result<String> {
    let closing = closing(&ask.how.rules)?;
    let all: Vec<(Period, Date, Date)> = Period::all(ask.kind.into(), ask.year)
        .into_iter()
        .filter_map(|period| period.days(closing).map(|(from, to)| (period, from, to)))
        .collect();
    if all.is_empty() {
        return Err(anyhow!("Kỳ báo cáo có từ năm 1901 đến năm 2198."));
    }
    if ask.how.json {
        let one =
            |(period, from, to): &(Period, Date, Date)| json!({ "period": period.to_string(), "from": from, "to": to });
        return Ok(json!({ "periods": all.iter().map(one).collect::<Vec<_>>() }).to_string());
    }
    Ok(all.iter().map(|(period, from, to)| line(*period, *from, *to)).collect::<Result<Vec<_>>>()?.join("\n"))
}

pub fn period(ask: &Of) -> Result<String> {
    let closing = closing(&ask.how.rules)?;
    let found = Period::on(ask.kind.into(), ask.on, closing);
    if ask.how.json {
        return Ok(json!({ "period": found.map(|period| period.to_string()) }).to_string());
    }
    match found.and_then(|period| Some((period, period.days(closing)?))) {
        Some((period, (from, to))) => line(period, from, to),
        None => Ok(format!("Ngày {} không thuộc kỳ nào của loại này.", base::day::vi(ask.on))),
    }
}

/// "2026-Q1: quý I năm 2026, từ 15/12/2025, chốt số liệu 14/03/2026."
fn line(period: Period, from: Date, to: Date) -> Result<String> {
    let (from, closed) = (base::day::vi(from), base::day::vi(to.yesterday()?));
    Ok(format!("{period}: {}, từ {from}, chốt số liệu {closed}.", period.say()))
}

/// What is to be said, and whether the set is good, and the form with it.
pub fn check(ask: &Check) -> Result<(String, bool)> {
    let set = match indicator::read(&opened(&ask.file)?) {
        Ok(set) => set,
        Err(problems) => return Ok((listed("Bộ chỉ tiêu", &problems), false)),
    };
    let (all, checks) = (set.indicators.len(), set.checks.len());
    let said = format!("Bộ chỉ tiêu dùng được: {all} chỉ tiêu, {checks} phép kiểm tra.");
    let Some(form) = &ask.form else { return Ok((said, true)) };
    Ok(match indicator::read_form(&opened(form)?, &set) {
        Ok(form) => {
            let (rows, columns, cells) = (form.rows.len(), form.columns.len(), form.figures.len());
            (format!("{said}\nBiểu dùng được: {rows} dòng, {columns} cột, {cells} ô nhập."), true)
        }
        Err(problems) => (format!("{said}\n{}", listed("Biểu", &problems)), false),
    })
}

fn listed(what: &str, problems: &[Problem]) -> String {
    let lines: Vec<String> = problems.iter().map(|problem| problem.to_string()).collect();
    format!("{}\n{what} chưa dùng được: {} lỗi.", lines.join("\n"), problems.len())
}
