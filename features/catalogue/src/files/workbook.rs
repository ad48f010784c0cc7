//! Procedures as a workbook: a sheet for each kind of thing, every row with the code of its procedure, so that one file
//! holds one procedure or the whole catalogue, and comes back as it went out.
//!
//! ```text
//! Thủ tục      Mã | Tên | Lĩnh vực | …           a row a procedure
//! Mức độ       Mã | Từ ngày | Mức độ
//! Trường hợp   Mã | Mã trường hợp | Tên | Thời hạn | Đơn vị tính | Quy trình | Mẫu đơn điện tử
//! Giấy tờ      Mã | Mã giấy tờ | Tên | Trường hợp | Loại bản | Số lượng | …
//! Phí, lệ phí  Mã | Tên khoản thu | Số tiền | Trường hợp | Thu khi | Áp dụng khi
//! Kết quả      Mã | Tên kết quả | Bản điện tử
//! ```
//! Lists of sentences stand one a line in their cell, lists of codes parted by commas.

use super::reading::Reader;
use base::{Date, Refusal, Refusals};
use procedure::{Collect, Copy, Level, Procedure, Time};
use sheet::xlsx::{self, BookOut, SheetOut};
use sheet::{Book, Cell, Column, Table};

pub(super) const PROCEDURES: &str = "Thủ tục";
pub(super) const LEVELS: &str = "Mức độ";
pub(super) const CASES: &str = "Trường hợp";
pub(super) const PAPERS: &str = "Giấy tờ";
pub(super) const FEES: &str = "Phí, lệ phí";
pub(super) const RESULTS: &str = "Kết quả";

pub(super) const CODE: &str = "Mã thủ tục";

/// Ways of counting a legal time, as the cells say them.
pub(super) const UNITS: [&str; 3] = ["ngày làm việc", "giờ làm việc", "ngày"];
pub(super) const COLLECT: [(&str, Collect); 2] =
    [("Nộp hồ sơ", Collect::AtIntake), ("Nhận kết quả", Collect::AtReturn)];

/// The workbook of these procedures; of none, the template.
pub fn write(all: &[Procedure]) -> Result<Vec<u8>, Refusal> {
    let sheets = [procedures(all), levels(all), cases(all), papers(all), fees(all), results(all)];
    xlsx::write(&BookOut {
        guide: guide(),
        sheets: sheets.into_iter().map(|sheet| sheet.spare_rows(200)).collect(),
        meta: vec![("template".into(), "procedures".into()), ("template_version".into(), "1".into())],
    })
}

/// The procedures of a file, or every bad cell of it. `today` is what "hn" means in a cell of a day.
pub fn read(bytes: &[u8], name: &str, today: Date) -> Result<Vec<Procedure>, Refusals> {
    let book = sheet::read(bytes, name).map_err(|no| vec![no])?;
    Reader::new(today).procedures(&book)
}

/// The file given back with its bad cells marked; none where it cannot be opened.
pub fn marked(bytes: &[u8], name: &str, refusals: &[Refusal]) -> Option<Vec<u8>> {
    let book: Book = sheet::read(bytes, name).ok()?;
    sheet::error_book(&book, refusals).ok()
}

fn guide() -> Vec<String> {
    [
        "# Danh mục thủ tục hành chính",
        "Mỗi thủ tục một dòng ở bảng “Thủ tục”; các bảng khác nối với nó bằng cột “Mã thủ tục”.",
        "Ô có nhiều ý (căn cứ pháp lý, đối tượng, lỗi thường gặp): mỗi ý một dòng trong ô (Alt+Enter).",
        "Ô có nhiều mã (cơ quan, trường hợp): cách nhau bằng dấu phẩy. Để trống cột “Trường hợp” là mọi trường hợp.",
        "Cơ quan: mã đơn vị trong hệ thống, hoặc loại đơn vị (xa: mọi UBND cấp xã).",
        "Thủ tục không chia trường hợp thì có một dòng ở bảng “Trường hợp”, mã là chung.",
        "# Khi nạp lại",
        "Tệp được kiểm tra trước. Bạn xem khác biệt rồi mới lưu; thứ được lưu là bản nháp, chưa có hiệu lực.",
    ]
    .map(str::to_owned)
    .into()
}

fn sheet_of(name: &str, columns: Vec<Column>, rows: Vec<Vec<Cell>>) -> SheetOut {
    let mut table = Table::new(columns);
    table.rows = rows;
    SheetOut::new(name, table)
}

fn lines(items: &[String]) -> Cell {
    items.join("\n").into()
}

fn codes(items: &[String]) -> Cell {
    items.join(", ").into()
}

fn text(words: &str) -> Cell {
    words.into()
}

fn code() -> Column {
    Column::text(CODE, 12)
}

fn procedures(all: &[Procedure]) -> SheetOut {
    let columns = vec![
        code(),
        Column::text("Tên thủ tục", 60),
        Column::text("Lĩnh vực", 24),
        Column::text("Quyết định công bố", 40).hint("Số, ngày và cơ quan ban hành"),
        Column::date("Có hiệu lực từ"),
        Column::date("Hết hiệu lực từ").hint("Để trống nếu chưa biết"),
        Column::text("Đối tượng", 24).hint("Mỗi đối tượng một dòng"),
        Column::text("Cơ quan tiếp nhận", 24).hint("Mã đơn vị, cách nhau bằng dấu phẩy"),
        Column::text("Cơ quan giải quyết", 24).hint("Mã đơn vị, cách nhau bằng dấu phẩy"),
        Column::text("Cơ quan phối hợp", 24),
        Column::text("Trình tự", 50),
        Column::text("Yêu cầu, điều kiện", 50),
        Column::text("Căn cứ pháp lý", 50).hint("Mỗi văn bản một dòng"),
        Column::text("Phần là mẫu", 40).hint("Phần chưa đối chiếu với quyết định công bố, mỗi phần một dòng"),
    ];
    let row = |one: &Procedure| {
        vec![
            text(&one.code),
            text(&one.name),
            text(&one.field),
            text(&one.source),
            one.from.into(),
            one.to.into(),
            lines(&one.subjects),
            codes(&one.receives),
            codes(&one.resolves),
            codes(&one.coordinates),
            text(&one.order),
            text(&one.conditions),
            lines(&one.legal_basis),
            lines(&one.sample),
        ]
    };
    sheet_of(PROCEDURES, columns, all.iter().map(row).collect())
}

fn levels(all: &[Procedure]) -> SheetOut {
    let columns = vec![code(), Column::date("Từ ngày"), Column::text("Mức độ", 30).choices(Level::ALL.map(Level::say))];
    let rows = all.iter().flat_map(|one| {
        one.levels.iter().map(|service| vec![text(&one.code), service.from.into(), text(service.level.say())])
    });
    sheet_of(LEVELS, columns, rows.collect())
}

fn cases(all: &[Procedure]) -> SheetOut {
    let columns = vec![
        code(),
        Column::text("Mã trường hợp", 18),
        Column::text("Tên trường hợp", 40),
        Column::exact("Thời hạn"),
        Column::text("Đơn vị tính", 16).choices(UNITS),
        Column::text("Quy trình", 24).hint("Mã quy trình nội bộ"),
        Column::text("Mẫu đơn điện tử", 18),
    ];
    let rows = all.iter().flat_map(|one| {
        one.cases.iter().map(|case| {
            let (number, unit) = match case.time {
                Time::Days(number) => (number, UNITS[0]),
                Time::Hours(number) => (number, UNITS[1]),
                Time::Calendar(number) => (number, UNITS[2]),
            };
            vec![
                text(&one.code),
                text(&case.code),
                text(&case.name),
                number.into(),
                text(unit),
                text(&case.process),
                case.form.clone().into(),
            ]
        })
    });
    sheet_of(CASES, columns, rows.collect())
}

fn papers(all: &[Procedure]) -> SheetOut {
    let columns = vec![
        code(),
        Column::text("Mã giấy tờ", 16),
        Column::text("Tên giấy tờ", 60),
        Column::text("Trường hợp", 24).hint("Mã trường hợp, cách nhau bằng dấu phẩy; để trống: mọi trường hợp"),
        Column::text("Loại bản", 18).choices(Copy::ALL.map(Copy::say)),
        Column::exact("Số lượng"),
        Column::yes_no("Chỉ khi có"),
        Column::text("Mẫu", 40),
        Column::text("Hướng dẫn người nộp", 40),
        Column::text("Hướng dẫn công chức", 40),
        Column::text("Lỗi thường gặp", 40).hint("Mỗi lỗi một dòng"),
        Column::yes_no("Chỉ xuất trình"),
    ];
    let rows = all.iter().flat_map(|one| {
        one.papers.iter().map(|paper| {
            vec![
                text(&one.code),
                text(&paper.code),
                text(&paper.name),
                codes(&paper.cases),
                text(paper.copy.say()),
                paper.number.into(),
                paper.optional.into(),
                paper.form.clone().into(),
                text(&paper.guide),
                text(&paper.clerk),
                lines(&paper.faults),
                paper.shown_only.into(),
            ]
        })
    });
    sheet_of(PAPERS, columns, rows.collect())
}

fn fees(all: &[Procedure]) -> SheetOut {
    let columns = vec![
        code(),
        Column::text("Tên khoản thu", 40),
        Column::exact("Số tiền").width(14),
        Column::text("Trường hợp", 24),
        Column::text("Thu khi", 16).choices(COLLECT.map(|(say, _)| say)),
        Column::text("Áp dụng khi", 40),
    ];
    let rows = all.iter().flat_map(|one| {
        one.fees.iter().map(|fee| {
            let when = COLLECT.iter().find(|(_, collect)| *collect == fee.collect).map_or("", |(say, _)| say);
            vec![text(&one.code), text(&fee.name), fee.amount.into(), codes(&fee.cases), text(when), text(&fee.when)]
        })
    });
    sheet_of(FEES, columns, rows.collect())
}

fn results(all: &[Procedure]) -> SheetOut {
    let columns = vec![code(), Column::text("Tên kết quả", 60), Column::yes_no("Bản điện tử")];
    let rows = all.iter().flat_map(|one| {
        one.results.iter().map(|result| vec![text(&one.code), text(&result.name), result.electronic.into()])
    });
    sheet_of(RESULTS, columns, rows.collect())
}
