//! Every sentence this room refuses with, in one place.

use base::{Refusal, number};

fn refusal(code: &'static str, say: impl Into<String>) -> Refusal {
    Refusal::new(code, say)
}

pub(crate) fn empty(file: &str) -> Refusal {
    refusal("sheet.empty", format!("Tệp “{file}” không có dữ liệu."))
}

pub(crate) fn too_large(file: &str, bytes: usize, most: usize) -> Refusal {
    refusal(
        "sheet.too-large",
        format!("Tệp “{file}” lớn {}, tối đa {}.", megabytes(bytes as u64), megabytes(most as u64)),
    )
}

pub(crate) fn unpacks_too_large(file: &str, most: u64) -> Refusal {
    refusal("sheet.too-large", format!("Nội dung của tệp “{file}” khi giải nén vượt quá {}.", megabytes(most)))
}

pub(crate) fn too_many_rows(sheet: &str, most: usize) -> Refusal {
    refusal(
        "sheet.too-many-rows",
        format!("Trang tính “{sheet}” có hơn {} dòng. Chia thành nhiều tệp rồi nạp lại.", count(most)),
    )
}

pub(crate) fn too_many_columns(sheet: &str, most: usize) -> Refusal {
    refusal(
        "sheet.too-many-columns",
        format!("Trang tính “{sheet}” có hơn {} cột. Xoá các ô thừa ở xa bên phải rồi nạp lại.", count(most)),
    )
}

pub(crate) fn too_many_cells(most: usize) -> Refusal {
    refusal("sheet.too-many-cells", format!("Tệp có hơn {} ô. Chia thành nhiều tệp rồi nạp lại.", count(most)))
}

pub(crate) fn macros(file: &str) -> Refusal {
    refusal(
        "sheet.macros",
        format!("Tệp “{file}” có macro nên không được nhận. Lưu lại thành Excel Workbook (.xlsx) rồi nạp lại."),
    )
}

pub(crate) fn encrypted(file: &str) -> Refusal {
    refusal("sheet.encrypted", format!("Tệp “{file}” có mật khẩu nên không đọc được. Bỏ mật khẩu rồi nạp lại."))
}

pub(crate) fn old_excel(file: &str) -> Refusal {
    refusal(
        "sheet.old-format",
        format!("Tệp “{file}” thuộc dạng Excel cũ (.xls, .xlsb). Lưu lại thành Excel Workbook (.xlsx) rồi nạp lại."),
    )
}

pub(crate) fn not_a_spreadsheet(file: &str) -> Refusal {
    refusal(
        "sheet.not-a-spreadsheet",
        format!("Tệp “{file}” không phải là bảng tính. Chỉ nhận tệp .xlsx, .ods hoặc .csv."),
    )
}

pub(crate) fn broken(file: &str) -> Refusal {
    refusal(
        "sheet.broken",
        format!("Tệp “{file}” bị hỏng, không đọc được. Mở bằng Excel hoặc LibreOffice, lưu lại rồi nạp lại."),
    )
}

pub(crate) fn broken_formula(sheet: &str, shown: &str) -> Refusal {
    refusal(
        "sheet.broken-formula",
        format!("Trang tính “{sheet}” có ô báo lỗi {shown}. Sửa công thức hoặc thay bằng giá trị rồi nạp lại."),
    )
}

pub(crate) fn not_utf8(file: &str) -> Refusal {
    refusal(
        "sheet.not-utf8",
        format!("Tệp “{file}” không dùng bảng mã Unicode. Trong Excel, chọn Lưu thành “CSV UTF-8” rồi nạp lại."),
    )
}

pub(crate) fn open_quote(file: &str, row: usize) -> Refusal {
    refusal("sheet.open-quote", format!("Tệp “{file}”: dấu nháy kép mở ở dòng {row} không được đóng lại."))
}

pub(crate) fn no_sheet(name: &str) -> Refusal {
    refusal(
        "sheet.no-sheet",
        format!("Tệp không có trang tính “{name}”. Dùng tệp mẫu và giữ nguyên tên các trang tính."),
    )
}

pub(crate) fn no_header(sheet: &str, names: &[&str]) -> Refusal {
    refusal("sheet.no-header", format!("Trang tính “{sheet}” không có dòng tiêu đề với các cột {}.", quoted(names)))
}

pub(crate) fn no_columns(sheet: &str, names: &[&str]) -> Refusal {
    refusal("sheet.no-column", format!("Trang tính “{sheet}” thiếu cột {}.", quoted(names)))
}

pub(crate) fn column_twice(sheet: &str, name: &str, columns: [&str; 2]) -> Refusal {
    let [first, second] = columns;
    refusal(
        "sheet.column-twice",
        format!("Trang tính “{sheet}” có hai cột cùng tên “{name}” ({first} và {second}). Xoá hoặc đổi tên một cột."),
    )
}

pub(crate) fn cell_error(shown: &str) -> Refusal {
    refusal("cell.error", format!("Ô này báo lỗi {shown}. Sửa công thức hoặc nhập giá trị."))
}

pub(crate) fn cell_not_number(shown: &str) -> Refusal {
    refusal("cell.not-number", format!("Cần một số, ô này lại là “{shown}”."))
}

pub(crate) fn cell_not_date(shown: &str) -> Refusal {
    refusal("cell.not-date", format!("Cần một ngày dd/mm/yyyy, ô này lại là “{shown}”."))
}

pub(crate) fn cell_not_yes_no(shown: &str) -> Refusal {
    refusal("cell.not-yes-no", format!("Cần “Có” hoặc “Không”, ô này lại là “{shown}”."))
}

pub(crate) fn not_written(reason: impl std::fmt::Display) -> Refusal {
    refusal("sheet.not-written", format!("Không tạo được tệp bảng tính: {reason}."))
}

pub(crate) fn cell_too_long(address: &str) -> Refusal {
    refusal(
        "sheet.cell-too-long",
        format!("Nội dung ô {address} dài quá 32.767 ký tự, Excel không chứa được. Xuất ra CSV."),
    )
}

pub(crate) fn table_too_long(sheet: &str) -> Refusal {
    refusal(
        "sheet.table-too-long",
        format!("Bảng “{sheet}” dài quá 1.048.576 dòng, Excel không chứa được. Xuất ra CSV hoặc lọc bớt."),
    )
}

fn quoted(names: &[&str]) -> String {
    names.iter().map(|name| format!("“{name}”")).collect::<Vec<_>>().join(", ")
}

fn count(number: usize) -> String {
    number::vi(&number.into())
}

fn megabytes(bytes: u64) -> String {
    let tenths = base::Decimal::from(bytes) / base::Decimal::from(1u64 << 20);
    format!("{} MB", number::vi_fixed(&tenths, 1))
}
