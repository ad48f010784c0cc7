//! A regime as a workbook: what NĐ 09/2019/NĐ-CP, Điều 8, asks on one sheet, its indicators, checks and outline on others, and each
//! official form as it is, with a mark in every cell that takes or shows a figure.
//!
//! A mark is what outlines have: `{{TM.BLE/hang-hoa:ke-hoach}}` takes the planned figure of a part, `{{TM.XK@cung-ky}}` shows that of
//! the same period last year, `{{TM.XK}}` takes what was done. What stands above the marks is the head of the table, what stands left of
//! them the code and the name of a row; a row without marks is a heading, a cell without one is grey.

mod forms;
mod read;
mod write;

pub use read::read;
pub use write::write;

use crate::regime::RegimeFile;
use serde::{Deserialize, Serialize};

/// What a workbook says: the set of indicators and the regime that asks for them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Design {
    pub set: indicator::File,
    pub regime: RegimeFile,
}

/// Names of sheets and columns, for the reader and the writer alike.
mod names {
    pub const REGIME: &str = "Chế độ";
    pub const DEADLINES: &str = "Thời hạn";
    pub const INDICATORS: &str = "Chỉ tiêu";
    pub const CATEGORIES: &str = "Phân tổ";
    pub const CHECKS: &str = "Kiểm tra";
    pub const SECTIONS: &str = "Đề cương";
    pub const FORMS: &str = "Biểu mẫu";
    /// Where a workbook explains itself.
    pub const GUIDE: &str = "Hướng dẫn";
    pub const OURS: [&str; 8] = [REGIME, DEADLINES, INDICATORS, CATEGORIES, CHECKS, SECTIONS, FORMS, GUIDE];

    pub const ITEM: &str = "Mục";
    pub const VALUE: &str = "Nội dung";

    /// The lines of the sheet "Chế độ".
    pub mod line {
        pub const CODE: &str = "Mã chế độ báo cáo";
        pub const NAME: &str = "Tên báo cáo";
        pub const SORT: &str = "Loại báo cáo";
        pub const BASIS: &str = "Căn cứ";
        pub const SAMPLE: &str = "Là mẫu";
        pub const FROM: &str = "Hiệu lực từ ngày";
        pub const CONTENT: &str = "Nội dung yêu cầu báo cáo";
        pub const ASKED: &str = "Đối tượng thực hiện";
        pub const COLLECTORS: &str = "Cơ quan tổng hợp";
        pub const RECEIVER: &str = "Cơ quan nhận báo cáo";
        pub const TO: &str = "Kính gửi";
        pub const METHOD: &str = "Phương thức gửi, nhận";
        pub const PERIOD: &str = "Tần suất";
        pub const CLOSING: &str = "Ngày chốt số liệu";
        pub const GUIDANCE: &str = "Hướng dẫn quy trình";
        pub const SET_CODE: &str = "Mã bộ chỉ tiêu";
        pub const SET_NAME: &str = "Tên bộ chỉ tiêu";
        pub const SET_BASIS: &str = "Căn cứ của bộ chỉ tiêu";
    }
}

#[cfg(test)]
mod tests;
