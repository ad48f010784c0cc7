//! Words that the shells say on every page.

use super::Key;

pub(super) const SITE: &str = "Cửa Việt";
pub(super) const ERROR_PREFIX: &str = "Lỗi: ";
pub(super) const SAMPLE: &str = "Tên người, điểm và hồ sơ trên trang này là giả định, chỉ để dùng thử.";

/// No Ctrl+Shift and no Alt+Z: both switch Vietnamese typing programs.
pub(super) const KEYS: &[Key] = &[
    ("Ctrl+K", "Tìm"),
    ("Alt+N", "Thêm mới"),
    ("Alt+S", "Lưu"),
    ("Alt+I", "In"),
    ("Alt+T", "Trình, chuyển"),
    ("J", "Dòng sau (khi không ở trong ô nhập)"),
    ("K", "Dòng trước (khi không ở trong ô nhập)"),
    ("Esc", "Đóng"),
    ("?", "Bảng phím này"),
];
