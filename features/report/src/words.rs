//! Every reason for which this room says no, and its sentence.

use crate::model::No;
use base::Refusal;
use people::Failure;

impl From<No> for Refusal {
    fn from(no: No) -> Refusal {
        let (code, say, field): (&'static str, String, Option<&str>) = match no {
            No::RegimeUnknown => ("report-regime", "Chọn chế độ báo cáo đang có hiệu lực.".into(), Some("che_do")),
            No::RegimeBroken { why } => {
                ("report-regime-broken", format!("Chế độ báo cáo chưa dùng được: {why}"), Some("che_do"))
            }
            No::IndicatorsMissing { code } => (
                "report-indicators",
                format!(
                    "Bộ chỉ tiêu “{code}” của chế độ này không có hiệu lực vào ngày chốt số liệu. Hãy ban hành bộ chỉ tiêu trước."
                ),
                Some("che_do"),
            ),
            No::PeriodUnknown => {
                ("report-period", "Chọn kỳ báo cáo, viết như 2026-11, 2026-Q4, 2026-H2, 2026.".into(), Some("ky"))
            }
            No::PeriodOther { asked } => {
                ("report-period-other", format!("Chế độ báo cáo này có kỳ khác: {asked}. Chọn lại kỳ."), Some("ky"))
            }
            No::RoundTwice { period } => (
                "report-round-twice",
                format!("Đợt báo cáo {period} của chế độ này đã mở. Mở danh sách để xem."),
                Some("ky"),
            ),
            No::NobodyAsked => (
                "report-nobody",
                "Không có đơn vị nào thuộc đối tượng báo cáo. Chọn ít nhất một đơn vị.".into(),
                Some("don_vi"),
            ),
            No::UnitOther => (
                "report-unit",
                "Có đơn vị không thuộc đối tượng của chế độ báo cáo này. Chọn lại.".into(),
                Some("don_vi"),
            ),
            No::NoDeadline { kind } => (
                "report-no-deadline",
                format!("Chế độ báo cáo không có thời hạn gửi cho cấp {kind}. Sửa chế độ báo cáo trước."),
                Some("che_do"),
            ),
            No::NotCollector => {
                ("report-not-collector", "Việc này do đầu mối hoặc lãnh đạo cơ quan tổng hợp báo cáo làm.".into(), None)
            }
            No::NotYours => (
                "report-not-yours",
                "Báo cáo này do người khác nhập. Cần sửa thì nhờ họ, hoặc đầu mối của đơn vị.".into(),
                None,
            ),
            No::Closed { state } => (
                "report-closed",
                format!(
                    "Báo cáo đang ở trạng thái “{}”, không sửa được. Cần sửa thì đề nghị trả lại hoặc mở lại.",
                    state.say()
                ),
                None,
            ),
            No::NoSuchCell => ("report-no-cell", "Biểu không có ô này. Hãy tải lại trang.".into(), None),
            No::NotAsked => ("report-not-asked", "Ô này không giao cho đơn vị bạn.".into(), None),
            No::Blocked { count, first } => {
                ("report-blocked", format!("Còn {count} chỗ chưa khớp, phải sửa trước khi trình. {first}"), None)
            }
            No::Unexplained { count, first } => {
                ("report-unexplained", format!("Còn {count} chỗ phải giải trình trước khi trình. {first}"), None)
            }
            No::Unanswered { count, first } => (
                "report-unanswered",
                format!("Còn {count} chỗ bị trả lại chưa sửa, cũng chưa trả lời: “{first}”."),
                None,
            ),
            No::NothingEntered => ("report-empty", "Báo cáo chưa có số liệu, cũng chưa có lời văn.".into(), None),
            No::Blank { count } => (
                "report-blank",
                format!("Còn {count} ô trống. Nhập nốt, hoặc đánh dấu “Trình cả khi còn {count} ô trống” rồi trình."),
                None,
            ),
            No::Gaps { sections } => (
                "report-gaps",
                format!(
                    "Lời văn còn chỗ “[…]” chưa có số, ở mục: {sections}. Điền số, hoặc sửa lời văn rồi lưu mục ấy."
                ),
                None,
            ),
            No::NotInForce { from } => (
                "report-not-in-force",
                format!("Chế độ báo cáo này có hiệu lực từ {}: chọn kỳ chốt số liệu từ ngày ấy.", base::day::vi(from)),
                Some("ky"),
            ),
            No::FromSystem => (
                "report-from-system",
                "Số này do hệ thống đếm. Muốn dùng số khác thì mở chi tiết của dòng, ghi đè kèm lý do.".into(),
                None,
            ),
            No::NothingCounted => {
                ("report-nothing-counted", "Báo cáo này không có số liệu nào do hệ thống đếm được.".into(), None)
            }
            No::NotHead => ("report-not-head", "Duyệt, trả lại do lãnh đạo đơn vị báo cáo làm.".into(), None),
            No::NotAskedYet { state } => (
                "report-not-asked-yet",
                format!("Báo cáo chưa được trình (đang “{}”). Hãy tải lại trang.", state.say()),
                None,
            ),
            No::NoReason => ("report-no-reason", "Ghi lý do.".into(), Some("ly_do")),
            No::NothingReturned => (
                "report-nothing-returned",
                "Ghi lý do, hoặc đánh dấu ít nhất một ô cần sửa trước khi trả lại.".into(),
                Some("ly_do"),
            ),
            No::NotSent { state } => (
                "report-not-sent",
                format!("Báo cáo đang “{}”, chưa làm việc này được. Hãy tải lại trang.", state.say()),
                None,
            ),
            No::PartsMissing { names } => (
                "report-parts",
                format!("Chưa gửi: {names}. Nhắc các đơn vị này, hoặc đánh dấu “Ghép cả khi còn đơn vị chưa gửi”."),
                Some("con_thieu"),
            ),
            No::NothingToGather => ("report-nothing-to-gather", "Chưa có đơn vị nào gửi báo cáo để ghép.".into(), None),
            No::NotConnected => (
                "report-not-connected",
                "Chưa kết nối hệ thống báo cáo cấp trên. Quản trị khai báo phần [reporting] trong cấu hình.".into(),
                None,
            ),
            No::LetterTwice { at } => (
                "report-letter-twice",
                format!("Văn bản này đã nhận lúc {}. Không nhận lại.", base::day::vi_moment(at)),
                Some("tep"),
            ),
            No::FilesMany { most } => {
                ("report-files", format!("Báo cáo đã có {most} tệp đính kèm, không thêm được nữa."), Some("tep"))
            }
            No::FileSent => (
                "report-file-sent",
                "Tệp này đã gửi cùng báo cáo nên giữ nguyên; đính kèm tệp mới nếu cần thay.".into(),
                None,
            ),
            No::NotIssued => {
                ("report-not-issued", "Ghi số và ngày văn bản của báo cáo trước khi gửi ra ngoài.".into(), Some("so"))
            }
            No::NothingToTell => {
                ("report-nothing-to-tell", "Báo cáo không có số liệu, cũng không có lời văn để gửi.".into(), None)
            }
            No::ToldAlready => (
                "report-told",
                "Lần gửi này đã chuyển sang hệ thống báo cáo. Mở lại và gửi lần nữa nếu cần sửa.".into(),
                None,
            ),
            No::NumberMissing => ("report-number", "Ghi số và ngày của văn bản.".into(), Some("so")),
            No::NumberAhead => ("report-number-ahead", "Ngày văn bản không được sau hôm nay.".into(), Some("ngay")),
            No::NoteEmpty => ("report-note", "Ghi nội dung.".into(), Some("noi_dung")),
            No::NoteLong { most } => {
                ("report-note-long", format!("Nội dung dài quá {most} chữ cái. Hãy rút gọn."), Some("noi_dung"))
            }
            No::TextLong { most } => (
                "report-text-long",
                format!("Mục này dài quá {most} chữ cái. Hãy rút gọn, hoặc đưa phần chi tiết vào tệp đính kèm."),
                None,
            ),
            No::NoHolder => ("report-holder", "Chọn người của đơn vị báo cáo.".into(), Some("nguoi")),
            No::RowsByCollector => (
                "report-rows",
                "Dòng phải nhập do cơ quan tổng hợp giao; lãnh đạo đơn vị chỉ đổi người nhập.".into(),
                Some("dong"),
            ),
            No::RowUnknown { code } => ("report-row", format!("Biểu không có dòng {code}."), Some("dong")),
        };
        let refusal = Refusal::new(code, say);
        match field {
            Some(field) => refusal.at(field),
            None => refusal,
        }
    }
}

impl From<No> for Failure {
    fn from(no: No) -> Failure {
        Failure::from(Refusal::from(no))
    }
}

/// Several at once.
pub fn refused(all: Vec<No>) -> Failure {
    Failure::Refused(all.into_iter().map(Refusal::from).collect())
}
