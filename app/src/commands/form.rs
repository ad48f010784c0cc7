//! `cuaviet form`: a form in XLSForm judged, with answers to it if there are some, and written anew. No database.

use anyhow::{Result, anyhow, bail};
use base::{Refusal, Timestamp, day};
use clap::Args;
use form::{Form, Problem, Reading, Settled};
use serde_json::{Map, Value, json};
use sheet::xlsform::{self, Source};
use std::path::{Path, PathBuf};

/// Kiểm tra một mẫu đơn XLSForm: mọi lỗi, mỗi lỗi ở trang, dòng, cột của nó; và câu trả lời nếu có.
#[derive(Args, Debug)]
pub struct Check {
    /// Tệp mẫu đơn (XLSX, TOML hoặc JSON).
    #[arg(value_name = "TỆP")]
    file: PathBuf,
    /// Tệp câu trả lời (JSON) để kiểm tra theo mẫu đơn.
    #[arg(long, value_name = "TỆP")]
    answers: Option<PathBuf>,
    /// Ngày mà today() cho trong mẫu đơn (năm-tháng-ngày) [nếu không nêu: hôm nay].
    #[arg(long, value_name = "NGÀY")]
    today: Option<base::Date>,
    /// In kết quả dạng JSON.
    #[arg(long)]
    json: bool,
}

/// Chép một mẫu đơn sang dạng tệp khác, không mất cột nào.
#[derive(Args, Debug)]
pub struct Convert {
    /// Tệp mẫu đơn (XLSX, TOML hoặc JSON).
    #[arg(value_name = "TỆP")]
    file: PathBuf,
    /// Tệp sẽ được ghi: .xlsx, .toml hoặc .json; không ghi đè tệp đã có.
    #[arg(long, value_name = "TỆP")]
    to: PathBuf,
}

/// What is to be said, and whether the form and the answers are good.
pub fn check(ask: &Check) -> Result<(String, bool)> {
    let Source { file, left_out } = read(&ask.file)?;
    let Reading { form, problems } = form::read(&file);
    let form = form.filter(|_| left_out.is_empty());
    let answers = ask.answers.as_deref().map(answers).transpose()?;
    let now = ask.today.map_or_else(Timestamp::now, day::start);
    let settled = form.as_ref().zip(answers.as_ref());
    let settled = settled.map(|(form, answers)| form::settle(form, answers, day::today(now), now));
    let is_good = form.is_some() && settled.as_ref().is_none_or(|settled| settled.refusals.is_empty());
    let said = match ask.json {
        true => machine(&left_out, &problems, form.as_ref(), settled.as_ref(), is_good),
        false => words(&left_out, &problems, form.as_ref(), settled.as_ref()),
    };
    Ok((said, is_good))
}

fn words(left_out: &[String], problems: &[Problem], form: Option<&Form>, settled: Option<&Settled<'_>>) -> String {
    let Some(form) = form else {
        let mut lines = left_out.to_vec();
        lines.extend(problems.iter().map(Problem::to_string));
        lines.push(format!("Mẫu đơn chưa dùng được: {} lỗi.", lines.len()));
        return lines.join("\n");
    };
    let mut lines: Vec<String> = Vec::new();
    lines.extend(settled.iter().flat_map(|settled| settled.refusals.iter().map(Refusal::to_string)));
    let refused = lines.len();
    let (sections, questions): (Vec<_>, Vec<_>) =
        form.questions.iter().partition(|question| question.kind.is_section());
    lines.push(format!("Mẫu đơn dùng được: {} câu hỏi, {} nhóm.", questions.len(), sections.len()));
    match settled {
        Some(_) if refused > 0 => lines.push(format!("Câu trả lời chưa gửi được: {refused} lỗi.")),
        Some(_) => lines.push("Câu trả lời gửi được.".into()),
        None => {}
    }
    lines.join("\n")
}

fn machine(
    left_out: &[String],
    problems: &[Problem],
    form: Option<&Form>,
    settled: Option<&Settled<'_>>,
    is_good: bool,
) -> String {
    let problem = |problem: &Problem| {
        let Problem { code, sheet, row, column, name, say } = problem;
        json!({ "code": code, "sheet": sheet.word(), "row": row, "column": column, "name": name, "say": say })
    };
    let sheets = left_out.iter().map(|say| json!({ "code": "sheet-left-out", "say": say }));
    let problems: Vec<Value> = sheets.chain(problems.iter().map(problem)).collect();
    let mut said = json!({ "ok": is_good, "problems": problems });
    if let Some(form) = form {
        said["id"] = form.id.clone().into();
        said["title"] = form.title.clone().into();
        said["questions"] = form.questions.iter().filter(|question| !question.kind.is_section()).count().into();
        said["watched"] = json!(form::watched(form));
    }
    if let Some(settled) = settled {
        said["refusals"] = json!(settled.refusals);
        said["shown"] = settled.shown.iter().map(|shown| shown.path.as_str()).collect();
        said["values"] = settled.values.clone().into();
    }
    said.to_string()
}

pub fn convert(ask: &Convert) -> Result<String> {
    let Source { file, .. } = read(&ask.file)?;
    let to = ask.to.display();
    if ask.to.exists() {
        bail!("Đã có tệp {to}. Chọn tên khác; lệnh này không ghi đè lên tệp nào.");
    }
    let bytes = match ask.to.extension().and_then(|ending| ending.to_str()) {
        Some("xlsx") => xlsform::write(&file)?,
        Some("toml") => toml::to_string(&file)?.into_bytes(),
        Some("json") => serde_json::to_vec_pretty(&file)?,
        _ => bail!("Đặt tên tệp sẽ ghi kết thúc bằng .xlsx, .toml hoặc .json."),
    };
    std::fs::write(&ask.to, bytes).map_err(|error| anyhow!("Không ghi được {to}: {error}."))?;
    Ok(format!("Đã ghi {to}: {} dòng survey, {} dòng choices.", file.survey.rows.len(), file.choices.rows.len()))
}

/// Told apart by content: a workbook is a ZIP archive.
fn read(path: &Path) -> Result<Source> {
    let at = path.display();
    let bytes = std::fs::read(path).map_err(|error| anyhow!("Không đọc được {at}: {error}."))?;
    if bytes.starts_with(b"PK") {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        return xlsform::read(&sheet::read(&bytes, &name)?).map_err(|refusals| {
            let lines: Vec<String> = refusals.iter().map(|no| format!("{at}: {no}")).collect();
            anyhow!(lines.join("\n"))
        });
    }
    let text = String::from_utf8(bytes).map_err(|_| anyhow!("{at} không phải văn bản UTF-8 hay bảng tính XLSX."))?;
    let file = match path.extension().is_some_and(|ending| ending == "json") {
        true => serde_json::from_str(&text).map_err(|error| anyhow!("{at}: {error}"))?,
        false => toml::from_str(&text).map_err(|error| anyhow!("{at}: {error}"))?,
    };
    Ok(Source { file, left_out: Vec::new() })
}

fn answers(path: &Path) -> Result<Map<String, Value>> {
    let at = path.display();
    let text = std::fs::read_to_string(path).map_err(|error| anyhow!("Không đọc được {at}: {error}."))?;
    serde_json::from_str(&text).map_err(|error| anyhow!("{at} không phải một đối tượng JSON: {error}"))
}
