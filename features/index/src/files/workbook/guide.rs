//! The sheet "Hướng dẫn".

use crate::files::fields::{KINDS, PARAMETERS, levels};

pub(super) fn lines() -> Vec<String> {
    let mut lines: Vec<String> = BEFORE.lines().map(str::to_owned).collect();
    lines.extend(KINDS.iter().map(|(kind, said)| format!("• {said}: {}", needs(kind))));
    lines.extend(AFTER.lines().map(str::to_owned));
    lines
}

/// What a kind of measure asks for, from the same table that reads it.
fn needs(kind: &str) -> String {
    let columns =
        PARAMETERS.iter().filter(|(_, kinds)| kinds.contains(&kind)).map(|(field, _)| format!("cột “{}”", field.label));
    let rows =
        levels(kind).map(|levels| format!("các dòng ở trang “Mức điểm” (cột “{}” và “Điểm”)", levels.fields[0].label));
    let branches = matches!(kind, "best-of" | "by").then(|| "các dòng ở trang “Nhánh”".to_owned());
    let needs: Vec<String> = columns.chain(rows).chain(branches).collect();
    if needs.is_empty() { "không cần thêm gì.".into() } else { format!("{}.", needs.join(", ")) }
}

const BEFORE: &str = "\
# Bộ tiêu chí trong bảng tính
Sửa trực tiếp trong tệp này rồi nạp lại. Trước khi lưu, phần mềm chỉ ra từng chỗ khác với bộ đang có và từng lỗi kèm địa chỉ ô.
Giữ nguyên tên các trang tính và tên các cột. Được đổi thứ tự cột, thêm cột ghi chú của riêng mình; cột thêm không được nạp.
Ô có danh sách thì chọn trong danh sách. Số thập phân dùng dấu phẩy (theo cài đặt của máy). Tỷ lệ ghi bằng số từ 0 đến 1: 0,8 là 80 %.

# Trang “Bộ tiêu chí”
Mỗi dòng một mục của cả bộ: tên, căn cứ, hiệu lực, cách làm tròn, cách xếp hạng.

# Trang “Tiêu chí”
Mỗi dòng một tiêu chí, theo thứ tự in ra. Mã cho biết cấp: tiêu chí cha của 2.10.1 là 2.10.
Tiêu chí cha để trống cột “Cách chấm”. Điểm tối đa của nó để trống, hoặc đúng bằng tổng các tiêu chí con áp dụng.
Mỗi cách chấm cần những cột và dòng sau; cột khác để trống:";

const AFTER: &str = "
# Trang “Mức điểm”
Mỗi dòng một mức: mã tiêu chí, nhánh (để trống nếu cách chấm không chia nhánh), nội dung hoặc ngưỡng, điểm.
Theo bậc giá trị: xếp từ ngưỡng cao xuống thấp, mỗi bậc lấy từ ngưỡng của nó đến ngưỡng ngay trên. Theo thời hạn: xếp từ ít ngày đến nhiều ngày.

# Trang “Nhánh”
Chỉ dùng cho hai cách chấm chứa cách chấm khác. Mỗi dòng một cách chấm bên trong, với các cột như ở trang “Tiêu chí”.
Lấy cách chấm cao điểm nhất: nhánh là số thứ tự 1, 2, 3…
Tùy trường hợp: nhánh là tên trường hợp. Theo loại đơn vị: so, huyen, xa… Theo giai đoạn: tên giai đoạn. Theo một tiêu chí khác: 0, 1, 2… là mức được chọn ở tiêu chí đó, hoặc true, false nếu tiêu chí đó chấm có hoặc không.
Nhánh trong nhánh ghi nối tiếp bằng dấu ›, ví dụ: so › 2.

# Trang “Xếp loại”
Mỗi dòng một mức, xếp từ cao xuống thấp.";
