//! Regimes of reports (chế độ báo cáo): what NĐ 09/2019/NĐ-CP, Điều 8, wants each of them to say, as one file; and the same made
//! ready with its indicators.

use base::Date;
use indicator::outline::{Piece, outline};
use indicator::{Closing, Form, FormFile, Kind, Period, Problem, Set};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

base::words! {
    /// NĐ 09/2019/NĐ-CP, Điều 3: the three kinds of report.
    Sort {
        Periodic = "dinh-ky", "Định kỳ";
        Thematic = "chuyen-de", "Chuyên đề";
        AdHoc = "dot-xuat", "Đột xuất";
    }
}

/// The level of the agency that adds up.
pub const TOTAL: &str = "tong-hop";

/// A regime as its file and its edition have it. The fields stand in the order of NĐ 09/2019/NĐ-CP, Điều 8.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegimeFile {
    pub code: String,
    /// Tên báo cáo.
    pub name: String,
    pub sort: Sort,
    /// The decision that orders it.
    pub basis: String,
    /// Invented for a demonstration: every page says so.
    #[serde(default)]
    pub sample: bool,
    /// In force from this day on.
    pub from: Date,
    /// Nội dung yêu cầu báo cáo.
    pub content: String,
    /// Đối tượng thực hiện: kinds of unit.
    pub asked: Vec<String>,
    /// Keys of the agencies that may collect it; empty: every agency, from its own offices.
    #[serde(default)]
    pub collectors: Vec<String>,
    /// Cơ quan nhận báo cáo.
    pub receiver: String,
    /// Whom the collector's own letter is addressed to, one each; empty: the text above.
    #[serde(default)]
    pub to: Vec<String>,
    /// Phương thức gửi, nhận.
    pub method: String,
    /// Thời hạn gửi: one for each level (NĐ 09/2019/NĐ-CP: each level of a report that is added up has its own).
    pub deadlines: Vec<Deadline>,
    /// Tần suất.
    pub period: Kind,
    /// Thời gian chốt số liệu: the day of a period's last month, that day included.
    pub closing: Closing,
    /// Mẫu đề cương.
    #[serde(default)]
    pub sections: Vec<SectionLine>,
    /// Biểu mẫu số liệu, and the set whose indicators they ask for.
    pub indicators: String,
    pub forms: Vec<FormFile>,
    /// Hướng dẫn quy trình, where there is one.
    #[serde(default)]
    pub guidance: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deadline {
    /// The kind of unit, or [`TOTAL`].
    pub of: String,
    /// Working days after the day on which figures are closed.
    pub days: u32,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectionLine {
    pub code: String,
    pub heading: String,
    /// What is to be written, for whoever writes.
    #[serde(default)]
    pub guide: String,
    /// What it begins with, with figures in it ([`indicator::outline`]).
    #[serde(default)]
    pub text: String,
}

/// A section understood.
#[derive(Clone, Debug)]
pub struct Section {
    pub code: String,
    pub heading: String,
    pub guide: String,
    pub text: Vec<Piece>,
}

/// A regime that can be reported by.
#[derive(Clone, Debug)]
pub struct Ready {
    pub file: RegimeFile,
    pub set: Set,
    pub forms: Vec<Form>,
    pub sections: Vec<Section>,
}

impl Ready {
    /// "Báo cáo tình hình công nghiệp, thương mại tháng 11 năm 2020": a name that ends with its kind of period says it once.
    pub fn titled(&self, period: Period) -> String {
        let name = self.file.name.trim();
        let plain = name.strip_suffix(self.file.period.say()).map_or(name, str::trim_end);
        format!("{plain} {}", period.say())
    }

    /// A form by its code: its place among the regime's.
    pub fn form(&self, code: &str) -> Option<usize> {
        self.forms.iter().position(|form| form.code == code)
    }

    /// The days of a level: a kind of unit, or [`TOTAL`].
    pub fn days_of(&self, level: &str) -> Option<u32> {
        self.file.deadlines.iter().find(|one| one.of == level).map(|one| one.days)
    }

    /// Whether everything shown by it is to be marked as invented.
    pub fn is_sample(&self) -> bool {
        self.file.sample || self.set.sample
    }
}

/// The regime with its indicators, or all that is wrong with it.
pub fn read(file: &RegimeFile, set: &Set) -> Result<Ready, Vec<Problem>> {
    let mut problems = Vec::new();
    said(file, &mut problems);
    let mut forms = Vec::new();
    for form in &file.forms {
        match indicator::read_form(form, set) {
            Ok(form) => forms.push(form),
            Err(all) => problems.extend(all.into_iter().map(|one| in_form(&form.code, one))),
        }
    }
    asked_once(&forms, set, &mut problems);
    let mut sections = Vec::new();
    for line in &file.sections {
        match outline(&line.text, set, &line.code) {
            Ok(text) => sections.push(Section {
                code: line.code.clone(),
                heading: line.heading.clone(),
                guide: line.guide.clone(),
                text,
            }),
            Err(all) => problems.extend(all),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok(Ready { file: file.clone(), set: set.clone(), forms, sections })
}

fn in_form(form: &str, problem: Problem) -> Problem {
    let place = if problem.place.is_empty() { form.to_owned() } else { format!("{form}, {}", problem.place) };
    Problem { place, ..problem }
}

/// What NĐ 09/2019/NĐ-CP, Điều 8, wants and is not said.
fn said(file: &RegimeFile, problems: &mut Vec<Problem>) {
    let mut no = |code, say: &str| problems.push(Problem { code, place: String::new(), say: say.to_owned() });
    let texts = [
        (&file.code, "code-missing", "Chưa có mã chế độ báo cáo (code)."),
        (&file.name, "name-missing", "Chưa có tên báo cáo (name)."),
        (&file.content, "content-missing", "Chưa có nội dung yêu cầu báo cáo (content)."),
        (&file.receiver, "receiver-missing", "Chưa có cơ quan nhận báo cáo (receiver)."),
        (&file.method, "method-missing", "Chưa có phương thức gửi, nhận (method)."),
    ];
    for (text, code, say) in texts {
        if text.trim().is_empty() {
            no(code, say);
        }
    }
    if file.basis.trim().is_empty() && !file.sample {
        no("basis-missing", "Chưa ghi căn cứ (basis); nếu là chế độ mẫu thì ghi sample = true.");
    }
    if file.asked.is_empty() {
        no("asked-missing", "Chưa có đối tượng thực hiện báo cáo (asked).");
    }
    if file.forms.is_empty() && file.sections.is_empty() {
        no("nothing-asked", "Báo cáo chưa có đề cương, cũng chưa có biểu số liệu.");
    }
    let levels = file.asked.iter().map(String::as_str).chain([TOTAL]);
    for level in levels.filter(|level| !file.deadlines.iter().any(|one| one.of == *level)) {
        let say = format!("Chưa có thời hạn gửi (deadlines) cho cấp {level}.");
        problems.push(Problem { code: "deadline-missing", place: level.to_owned(), say });
    }
    for form in file.forms.iter().filter(|form| form.period != file.period) {
        let say = format!("biểu có kỳ {}, chế độ báo cáo có kỳ {}.", form.period.code(), file.period.code());
        problems.push(Problem { code: "period-differs", place: form.code.clone(), say });
    }
    twice(problems, "form-twice", "mã biểu", file.forms.iter().map(|form| form.code.as_str()));
    twice(problems, "section-twice", "mã mục", file.sections.iter().map(|line| line.code.as_str()));
    twice(problems, "deadline-twice", "thời hạn của cấp", file.deadlines.iter().map(|one| one.of.as_str()));
}

fn twice<'a>(problems: &mut Vec<Problem>, code: &'static str, what: &str, all: impl Iterator<Item = &'a str>) {
    let mut seen = BTreeSet::new();
    for one in all.filter(|one| !seen.insert(*one)) {
        problems.push(Problem { code, place: one.to_owned(), say: format!("{what} “{one}” có hai lần.") });
    }
}

/// A figure is asked for by one form of the regime.
fn asked_once(forms: &[Form], set: &Set, problems: &mut Vec<Problem>) {
    for (at, one) in forms.iter().enumerate() {
        for other in &forms[at + 1..] {
            for figure in one.figures.iter().filter(|figure| other.place(**figure).is_some()) {
                let name = set.indicators.get(figure.indicator).map_or("", |one| one.name.as_str());
                let say = format!("“{name}” đã hỏi ở biểu {}: một số chỉ nhập một nơi.", one.code);
                problems.push(Problem { code: "figure-twice", place: other.code.clone(), say });
            }
        }
    }
}
