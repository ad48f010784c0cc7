//! Many dossiers in one workbook: the template of a case, and what was filled into it.

use crate::actions::{Given, Intake, tariffs};
use crate::model::*;
use crate::rules;
use base::{Date, Refusal, Refusals};
use procedure::{Asked, Procedure};
use sheet::xlsx::{BookOut, SheetOut};
use sheet::{Book, Column, Line, Table};

/// No more at once than somebody looks through before sending them.
pub const MOST: usize = 200;

const SHEET: &str = "Hồ sơ";
const KIND: &str = "Đối tượng";
const NAME: &str = "Chủ hồ sơ";
const NUMBER: &str = "Số định danh, mã số thuế";
const BORN: &str = "Ngày sinh";
const PHONE: &str = "Điện thoại";
const EMAIL: &str = "Thư điện tử";
const ADDRESS: &str = "Địa chỉ";
const SUBMITTER: &str = "Người nộp thay";
const SUMMARY: &str = "Nội dung";
const RETURN: &str = "Nhận kết quả";
const TARIFF: &str = "Mức thu";
const PAID: &str = "Đã thu phí";

/// Under which column a rule's reason stands: by the box of the counter's form.
const COLUMN_OF: [(&str, &str); 5] =
    [("ten", NAME), ("so_dinh_danh", NUMBER), ("dien_thoai", PHONE), ("thu", EMAIL), ("ngay_sinh", BORN)];

/// An empty workbook for a case of a procedure.
pub fn template(procedure: &Procedure, asked: &Asked<'_>) -> Result<Vec<u8>, Refusal> {
    let says = |all: &[&'static str]| all.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>();
    let kinds: Vec<&'static str> = OwnerKind::ALL.iter().map(|kind| kind.say()).collect();
    let ways: Vec<&'static str> = ReturnBy::ALL.iter().map(|way| way.say()).collect();
    let mut columns = vec![
        Column::text(KIND, 12).choices(says(&kinds)),
        Column::text(NAME, 32),
        Column::text(NUMBER, 18).hint("12 chữ số; giấy tờ cũ hoặc nước ngoài ghi như trên giấy"),
        Column::text(BORN, 12).hint("Ví dụ 05/09/1985; chỉ biết năm thì ghi năm"),
        Column::text(PHONE, 14),
        Column::text(EMAIL, 24),
        Column::text(ADDRESS, 36),
        Column::text(SUBMITTER, 24),
        Column::text(SUMMARY, 36),
        Column::text(RETURN, 14).choices(says(&ways)),
    ];
    let alternatives = tariffs(procedure, &asked.case.code);
    if !alternatives.is_empty() {
        columns.push(Column::text(TARIFF, 36).choices(alternatives.into_iter().map(|(_, words)| words)));
    }
    if !asked.fees.is_empty() {
        columns.push(Column::yes_no(PAID));
    }
    let hint = |optional: bool| {
        if optional { "Có thì ghi số lượng hoặc x" } else { "Bắt buộc: ghi số lượng hoặc x" }
    };
    columns.extend(asked.papers.iter().map(|paper| Column::text(&paper.name, 14).hint(hint(paper.optional))));
    let title = format!("{}: {} ({})", procedure.code, procedure.name, asked.case.name);
    let guide = [
        "# Cách điền",
        "Mỗi dòng là một hồ sơ. Cột giấy tờ: ghi số lượng, hoặc x nếu có một bản; để trống nếu không có.",
        "Đối tượng để trống là cá nhân; nhận kết quả để trống là tại quầy.",
        "Khi tải lên, mọi ô sai được báo cùng lúc và chưa hồ sơ nào được nhận, trừ khi chọn bỏ qua dòng sai.",
    ];
    let meta = [("template", "tiep-nhan"), ("procedure", &procedure.code), ("case", &asked.case.code)];
    sheet::xlsx::write(&BookOut {
        guide: guide.map(str::to_owned).to_vec(),
        sheets: vec![SheetOut::new(SHEET, Table::new(columns).title(title)).spare_rows(MOST)],
        meta: meta.map(|(key, value)| (key.to_owned(), value.to_owned())).to_vec(),
    })
}

/// The dossiers of a workbook that are good, with the number of their row, and everything that is wrong with the rest,
/// each at its cell.
pub fn read(book: &Book, procedure: &Procedure, asked: &Asked<'_>, today: Date) -> (Vec<(usize, Intake)>, Refusals) {
    let meant = |key: &str, is: &str| book.meta.get(key).is_none_or(|meant| meant == is);
    if !meant("procedure", &procedure.code) || !meant("case", &asked.case.code) {
        let say = "Tệp này làm từ mẫu của thủ tục hoặc trường hợp khác. Chọn đúng thủ tục, trường hợp của tệp rồi tải lên lại.";
        return (Vec::new(), vec![Refusal::new("intake-other", say)]);
    }
    let grid = match book.sheet(SHEET).and_then(|sheet| sheet.grid(&[NAME])) {
        Ok(grid) => grid,
        Err(no) => return (Vec::new(), vec![no]),
    };
    let (mut found, mut refusals) = (Vec::new(), Refusals::new());
    for line in grid.lines() {
        match one(&line, procedure, asked, today) {
            Ok(new) => found.push((line.number(), new)),
            Err(wrong) => refusals.extend(wrong),
        }
    }
    if found.len() > MOST {
        let say = format!("Một lần nhận tối đa {MOST} hồ sơ; tệp có {}. Hãy chia thành nhiều tệp.", found.len());
        return (Vec::new(), vec![Refusal::new("intake-many", say)]);
    }
    if found.is_empty() && refusals.is_empty() {
        refusals.push(Refusal::new("intake-none", "Tệp chưa có hồ sơ nào. Mỗi hồ sơ là một dòng dưới tên cột."));
    }
    (found, refusals)
}

fn one(line: &Line<'_, '_>, procedure: &Procedure, asked: &Asked<'_>, today: Date) -> Result<Intake, Refusals> {
    let mut wrong = Refusals::new();
    let mut text = |column: &str| match line.at(column).text() {
        Ok(text) => text.unwrap_or_default(),
        Err(no) => {
            wrong.push(no);
            String::new()
        }
    };
    let bare = |text: String| text.split_whitespace().collect::<String>();
    let owner = Owner {
        kind: OwnerKind::Person,
        name: text(NAME).split_whitespace().collect::<Vec<_>>().join(" "),
        number: bare(text(NUMBER)),
        born: text(BORN),
        phone: bare(text(PHONE)).replace('.', ""),
        email: text(EMAIL),
        address: text(ADDRESS),
        submitter: text(SUBMITTER),
        submitter_number: String::new(),
    };
    let (kind, summary, way, tariff) = (text(KIND), text(SUMMARY), text(RETURN), text(TARIFF));
    let kind = chosen(line, KIND, &kind, OwnerKind::ALL, OwnerKind::say, OwnerKind::Person, &mut wrong);
    let return_by = chosen(line, RETURN, &way, ReturnBy::ALL, ReturnBy::say, ReturnBy::Counter, &mut wrong);
    let paid = line.at(PAID).yes_no().unwrap_or_else(|no| {
        wrong.push(no);
        None
    });
    let tariff = tariff_of(line, procedure, asked, &tariff, &mut wrong);
    let papers: Vec<Given> = asked.papers.iter().filter_map(|paper| given(line, paper, &mut wrong)).collect();
    let owner = Owner { kind, ..owner };
    for no in rules::check_owner(&owner, today).into_iter().map(Refusal::from) {
        let of = |field: &str| COLUMN_OF.iter().find(|(name, _)| *name == field).map_or(NAME, |(_, column)| column);
        wrong.push(line.at(of(no.field.as_deref().unwrap_or_default())).refuse(no));
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    Ok(Intake {
        procedure: procedure.code.clone(),
        case: asked.case.code.clone(),
        channel: Channel::Counter,
        owner,
        summary,
        papers,
        return_by,
        tariff,
        paid: paid.unwrap_or(false),
        received: None,
        why: String::new(),
        draft: None,
        sample: false,
    })
}

fn chosen<T: Copy>(
    line: &Line<'_, '_>,
    column: &str,
    typed: &str,
    all: &[T],
    say: impl Fn(T) -> &'static str,
    usual: T,
    wrong: &mut Refusals,
) -> T {
    let folded = base::text::fold(typed);
    let found = all.iter().copied().find(|one| base::text::fold(say(*one)) == folded);
    if found.is_none() && !folded.is_empty() {
        let words: Vec<&str> = all.iter().map(|one| say(*one)).collect();
        let no = Refusal::new("intake-choice", format!("Chọn một trong: {}.", words.join(", ")));
        wrong.push(line.at(column).refuse(no));
    }
    found.unwrap_or(usual)
}

fn tariff_of(
    line: &Line<'_, '_>,
    procedure: &Procedure,
    asked: &Asked<'_>,
    typed: &str,
    wrong: &mut Refusals,
) -> Option<usize> {
    let all = tariffs(procedure, &asked.case.code);
    let found = all.iter().find(|(_, words)| base::text::fold(words) == base::text::fold(typed)).map(|(at, _)| *at);
    if found.is_none() && !all.is_empty() {
        wrong.push(line.at(TARIFF).refuse(NotNow::TariffMissing.into()));
    }
    found
}

/// A paper that is there: so many, or "x" for one.
fn given(line: &Line<'_, '_>, paper: &procedure::Paper, wrong: &mut Refusals) -> Option<Given> {
    let at = line.at(&paper.name);
    let typed = at.text().unwrap_or_else(|no| {
        wrong.push(no);
        None
    });
    let typed = typed.unwrap_or_default();
    let number = match typed.trim() {
        "" => None,
        "x" | "X" => Some(1),
        other => match other.parse::<i64>().ok().filter(|number| *number > 0) {
            Some(number) => Some(number),
            None => {
                let say = format!("Ghi số lượng, hoặc x nếu có một bản, không phải “{other}”.");
                wrong.push(at.refuse(Refusal::new("intake-paper", say)));
                return None;
            }
        },
    };
    if number.is_none() && !paper.optional {
        let missing = NotNow::PaperMissing { code: paper.code.clone(), name: paper.name.clone() };
        wrong.push(at.refuse(missing.into()));
    }
    number.map(|number| Given { code: paper.code.clone(), copy: paper.copy, number, files: Vec::new() })
}
