//! The workbook as it goes out: an example to begin from, or a regime to be changed.

use super::names::{self, line};
use super::read::{KINDS, overs, severities, sorts, word_of};
use crate::regime::{Ready, RegimeFile};
use base::{Refusal, day, number};
use indicator::file::DerivedLine;
use indicator::form::{Cell as Bound, Purpose};
use indicator::{File, Form, Set};
use sheet::xlsx::{self, BookOut, SheetOut};
use sheet::{Cell, Column, Table};

/// A regime with its indicators; `ready` is the same understood.
pub fn write(set: &File, regime: &RegimeFile, ready: &Ready) -> Result<Vec<u8>, Refusal> {
    let own = [
        (names::REGIME, said(set, regime)),
        (names::DEADLINES, deadlines(regime)),
        (names::INDICATORS, indicators(set)),
        (names::CATEGORIES, categories(set)),
        (names::CHECKS, checks(set)),
        (names::SECTIONS, sections(regime)),
        (names::FORMS, forms(ready)),
    ];
    let forms = ready.forms.iter().map(|form| SheetOut::new(name_of(form), marked(form, &ready.set)));
    let guide = [
        "# Chế độ báo cáo",
        "Trang Chế độ có những điều Nghị định 09/2019/NĐ-CP (Điều 8) yêu cầu; trang Chỉ tiêu có những gì được đếm.",
        "Mỗi trang biểu là biểu mẫu đã ban hành: ô nào nhập số thì ghi dấu {{mã chỉ tiêu}}.",
        "{{TM.XK}} nhập số thực hiện; {{TM.XK:ke-hoach}} nhập số kế hoạch; {{TM.BLE/hang-hoa}} nhập một phần; {{TM.XK@ky-truoc}}, {{TM.XK@cung-ky}} hiện số kỳ khác.",
        "Bên trái ô đánh dấu là mã dòng và tên dòng; bên trên là tiêu đề cột. Dòng không có dấu là tiêu đề; ô không có dấu để xám.",
    ];
    xlsx::write(&BookOut {
        guide: guide.map(str::to_owned).into(),
        sheets: own.into_iter().map(|(name, table)| SheetOut::new(name, table)).chain(forms).collect(),
        meta: Vec::new(),
    })
}

/// A sheet's name has 31 letters at most.
fn name_of(form: &Form) -> String {
    form.code.chars().take(31).collect()
}

fn said(set: &File, regime: &RegimeFile) -> Table {
    let mut table = Table::new(vec![Column::text(names::ITEM, 30), Column::text(names::VALUE, 90)]);
    let kinds = regime.asked.iter().map(|kind| word_of(&KINDS, kind)).collect::<Vec<_>>().join("; ");
    let lines = [
        (line::CODE, regime.code.clone()),
        (line::NAME, regime.name.clone()),
        (line::SORT, word_of(sorts(), regime.sort.code())),
        (line::BASIS, regime.basis.clone()),
        (line::SAMPLE, if regime.sample { "Có" } else { "Không" }.to_owned()),
        (line::FROM, day::vi(regime.from)),
        (line::CONTENT, regime.content.clone()),
        (line::ASKED, kinds),
        (line::COLLECTORS, regime.collectors.join(", ")),
        (line::RECEIVER, regime.receiver.clone()),
        (line::TO, regime.to.join("; ")),
        (line::METHOD, regime.method.clone()),
        (line::PERIOD, regime.period.say().to_owned()),
        (line::CLOSING, i8::from(regime.closing).to_string()),
        (line::GUIDANCE, regime.guidance.clone()),
        (line::SET_CODE, set.code.clone()),
        (line::SET_NAME, set.name.clone()),
        (line::SET_BASIS, set.basis.clone()),
    ];
    for (item, value) in lines {
        table.push(vec![Cell::from(item), Cell::from(value)]);
    }
    table
}

fn deadlines(regime: &RegimeFile) -> Table {
    let mut table = Table::new(vec![Column::text("Cấp", 30), Column::text("Ngày làm việc", 16)]);
    for one in &regime.deadlines {
        table.push(vec![Cell::from(word_of(&KINDS, &one.of)), Cell::from(one.days.to_string())]);
    }
    table
}

fn texts(table: &mut Table, cells: Vec<String>) {
    table.push(cells.into_iter().map(Cell::from).collect());
}

fn over(code: Option<&String>) -> String {
    code.map(|code| word_of(overs(), code)).unwrap_or_default()
}

fn indicators(set: &File) -> Table {
    let heads = [
        ("Mã", 14),
        ("Tên chỉ tiêu", 50),
        ("Đơn vị tính", 14),
        ("Số lẻ", 8),
        ("Cộng theo đơn vị", 16),
        ("Cộng theo thời gian", 18),
        ("Quyền số", 12),
        ("Phân tổ", 16),
        ("Nhỏ nhất", 10),
        ("Số từ hệ thống", 20),
        ("Công thức", 40),
    ];
    let mut table = Table::new(heads.map(|(name, width)| Column::text(name, width)).into());
    for one in &set.indicators {
        let cells = vec![
            one.code.clone(),
            one.name.clone(),
            one.unit.clone(),
            one.digits.to_string(),
            over(one.over_units.as_ref()),
            over(one.over_time.as_ref()),
            one.weight.clone().unwrap_or_default(),
            one.by.join(", "),
            one.lowest.map(|lowest| number::vi(&lowest)).unwrap_or_default(),
            one.source.clone().unwrap_or_default(),
            one.derived.as_ref().map(formula).unwrap_or_default(),
        ];
        texts(&mut table, cells);
    }
    table
}

fn formula(derived: &DerivedLine) -> String {
    match derived {
        DerivedLine::Ratio { part, whole, times: None } => format!("tỷ lệ({part}; {whole})"),
        DerivedLine::Ratio { part, whole, times: Some(times) } => {
            format!("tỷ lệ({part}; {whole}; {})", number::vi(&times.normalize()))
        }
        DerivedLine::Sum { of } => format!("tổng({})", of.join("; ")),
        DerivedLine::Difference { of, less } => format!("hiệu({of}; {less})"),
        DerivedLine::Growth { of, since } => format!("tăng({of}; {since})"),
    }
}

fn categories(set: &File) -> Table {
    let heads = [("Mã phân tổ", 20), ("Tên phân tổ", 40), ("Mã mục", 30), ("Tên mục", 40), ("Phần còn lại", 12)];
    let mut table = Table::new(heads.map(|(name, width)| Column::text(name, width)).into());
    for one in &set.categories {
        for item in &one.items {
            let rest = if item.rest { "Có" } else { "" };
            texts(
                &mut table,
                vec![one.code.clone(), one.name.clone(), item.code.clone(), item.name.clone(), rest.into()],
            );
        }
    }
    table
}

fn checks(set: &File) -> Table {
    let heads =
        [("Mã", 30), ("Thông báo", 60), ("Vế trái", 20), ("So", 8), ("Vế phải", 30), ("Phần trăm", 10), ("Mức", 12)];
    let mut table = Table::new(heads.map(|(name, width)| Column::text(name, width)).into());
    for one in &set.checks {
        let is = if one.is == "within" { "lệch".to_owned() } else { one.is.clone() };
        let percent = one.percent.map(|percent| number::vi(&percent)).unwrap_or_default();
        let severity = word_of(severities(), &one.severity);
        texts(
            &mut table,
            vec![one.code.clone(), one.say.clone(), one.left.join("; "), is, one.right.join("; "), percent, severity],
        );
    }
    table
}

fn sections(regime: &RegimeFile) -> Table {
    let heads = [("Mã", 20), ("Tiêu đề", 40), ("Hướng dẫn", 40), ("Lời văn", 90)];
    let mut table = Table::new(heads.map(|(name, width)| Column::text(name, width)).into());
    for one in &regime.sections {
        texts(&mut table, vec![one.code.clone(), one.heading.clone(), one.guide.clone(), one.text.clone()]);
    }
    table
}

/// What the forms are called; without this sheet, each as its own title says.
fn forms(ready: &Ready) -> Table {
    let mut table = Table::new(vec![Column::text("Trang tính", 31), Column::text("Tên biểu", 80)]);
    for form in &ready.forms {
        texts(&mut table, vec![name_of(form), form.name.clone()]);
    }
    table
}

/// The form with its marks; heads over one another are parted by " > ".
fn marked(form: &Form, set: &Set) -> Table {
    let own = [Column::text("TT", 8), Column::text("Chỉ tiêu", 50)];
    let heads: Vec<String> = form.columns.iter().map(|column| column.head.join(" > ")).collect();
    let columns = own.into_iter().chain(heads.iter().map(|head| Column::text(head, 24))).collect();
    let mut table = Table::new(columns).title(&form.name);
    for (at, row) in form.rows.iter().enumerate() {
        let marks = (0..form.columns.len()).map(|column| mark(form, set, at, column));
        texts(&mut table, [row.code.clone(), row.name.clone()].into_iter().chain(marks).collect());
    }
    table
}

fn mark(form: &Form, set: &Set, row: usize, column: usize) -> String {
    if form.cell(row, column) == Bound::Nothing {
        return String::new();
    }
    let Some(counts) = form.counts(row, column) else { return String::new() };
    let code = set.indicators.get(counts.indicator).map_or("", |one| one.code.as_str());
    let item = counts.part.and_then(|(by, item)| set.categories.get(by)?.items.get(item));
    let part = item.map(|item| format!("/{}", item.0)).unwrap_or_default();
    let rest = match form.columns.get(column).map(|one| one.purpose) {
        Some(Purpose::Shows(since)) => format!("@{}", since.code()),
        Some(Purpose::Takes(nature)) if nature != indicator::Nature::Actual => format!(":{}", nature.code()),
        _ => String::new(),
    };
    format!("{{{{{code}{part}{rest}}}}}")
}
