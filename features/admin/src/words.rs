//! Every sentence of this room's refusals.

use crate::model::NotNow;
use base::Refusal;
use people::Failure;

impl From<NotNow> for Refusal {
    fn from(why: NotNow) -> Refusal {
        let no = |code, say: &str| Refusal::new(code, say);
        match why {
            NotNow::LinkSpent => {
                no("link-spent", "Liên kết này đã dùng hoặc đã quá hạn. Hãy xin quản trị một liên kết mới.")
            }
            NotNow::PasswordsDiffer => {
                no("passwords-differ", "Hai lần nhập mật khẩu chưa giống nhau. Hãy nhập lại ô thứ hai.")
                    .at("mat_khau_lap")
            }
            NotNow::SetUpDone => no(
                "set-up-done",
                "Hệ thống đã có tài khoản, nên liên kết thiết lập không còn dùng được. Hãy đăng nhập.",
            ),
            NotNow::FirstUnitMissing => no("first-unit", "Nhập tên đơn vị, ví dụ: Tỉnh Quảng Trị.").at("don_vi"),
            NotNow::PersonMissing => no("person-missing", "Chọn một người trong danh sách.").at("nguoi"),
            NotNow::UnitMissing { field } => no("unit-missing", "Chọn một đơn vị trong danh sách.").at(field),
            NotNow::RoleMissing => no("role-missing", "Chọn một vai trò.").at("vai_tro"),
            NotNow::KindMissing => no("kind-missing", "Chọn loại đơn vị.").at("loai"),
            NotNow::UnitBeyond => {
                no("unit-beyond", "Đơn vị này nằm ngoài phạm vi quản trị của bạn. Hãy liên hệ quản trị của tỉnh.")
            }
            NotNow::PersonBeyond => no(
                "person-beyond",
                "Người này làm việc ở đơn vị ngoài phạm vi quản trị của bạn. Hãy liên hệ quản trị của tỉnh.",
            ),
            NotNow::OwnRole => no("own-role", "Bạn không thể tự bỏ vai trò Quản trị của mình. Hãy nhờ quản trị khác."),
            NotNow::HeirMissing => no("heir-missing", "Chọn ít nhất một đơn vị kế tục.").at("ke_tuc"),
            NotNow::HeirsCount { how: "split" } => {
                no("heirs-count", "Chia tách thì chọn từ hai đơn vị kế tục trở lên.").at("ke_tuc")
            }
            NotNow::HeirsCount { .. } => {
                no("heirs-count", "Sáp nhập hoặc đổi tên thì chọn đúng một đơn vị kế tục.").at("ke_tuc")
            }
            NotNow::HeirNotThere { name, on } => {
                let say = format!(
                    "{name} chưa hoạt động vào ngày {}. Hãy sửa ngày bắt đầu của đơn vị đó hoặc chọn đơn vị khác.",
                    base::day::vi(on)
                );
                no("heir-not-there", &say).at("ke_tuc")
            }
            NotNow::UnitEnded { on } => {
                no("unit-ended", &format!("Đơn vị này đã kết thúc từ ngày {}.", base::day::vi(on)))
            }
            NotNow::FactOfAnother => no(
                "fact-of-another",
                "Bạn chỉ nhập được số liệu của đơn vị mình. Số liệu của đơn vị khác do quản trị nhập.",
            )
            .at("don_vi"),
            NotNow::FactUnknown => no("fact-unknown", "Chọn loại số liệu trong danh sách.").at("so_lieu"),
            NotNow::ValueMissing => no("value-missing", "Nhập giá trị, ví dụ 1.204 hoặc 98,59.").at("gia_tri"),
            NotNow::DayMissing { field } => no("day-missing", "Nhập ngày, ví dụ 05/09/2026.").at(field),
        }
    }
}

impl From<NotNow> for Failure {
    fn from(why: NotNow) -> Failure {
        let forbids = matches!(why, NotNow::UnitBeyond | NotNow::PersonBeyond);
        let refusal = Refusal::from(why);
        if forbids { Failure::Forbidden(refusal) } else { Failure::Refused(vec![refusal]) }
    }
}
