//! Every sentence for which a rule of this room says no.

use crate::model::NotNow;
use base::Refusal;
use people::Failure;

impl From<NotNow> for Refusal {
    fn from(no: NotNow) -> Refusal {
        match no {
            NotNow::NotAdmin => Refusal::new("forbidden", "Chỉ quản trị soạn, công bố và bãi bỏ thủ tục, quy trình."),
            NotNow::Faulty { place, say } => Refusal::new("procedure-faulty", format!("{place}: {say}")),
            NotNow::ProcessFaulty { say } => Refusal::new("process-faulty", say),
            NotNow::FormFaulty { say } => Refusal::new("form-faulty", say),
            NotNow::Unreadable { why } => {
                Refusal::new("unreadable", format!("Nội dung không đọc được: {why}. Hãy sửa theo tệp mẫu rồi nạp lại."))
            }
            NotNow::DecisionMissing => {
                Refusal::new("decision", "Ghi số, ngày và cơ quan ban hành của quyết định.").at("source")
            }
            NotNow::DayMissing => Refusal::new("day", "Nhập ngày.").at("day"),
            NotNow::CodeTaken => {
                let say = "Mã này đã có. Hãy mở quy trình đó rồi soạn bản mới, hoặc chọn mã khác.";
                Refusal::new("code-taken", say).at("code")
            }
            NotNow::FileMissing => Refusal::new("file", "Chọn tệp cần nạp.").at("tep"),
            NotNow::SampleOfShown => {
                let say = "Giấy tờ này chỉ xuất trình, không nộp, nên không có tệp mẫu.";
                Refusal::new("sample", say).at("tep")
            }
            NotNow::PreviewBroken => Refusal::new("form", "Nội dung xem trước bị hỏng. Hãy nạp lại tệp."),
        }
    }
}

impl From<NotNow> for Failure {
    fn from(no: NotNow) -> Failure {
        match no {
            NotNow::NotAdmin => Failure::Forbidden(NotNow::NotAdmin.into()),
            other @ (NotNow::Faulty { .. }
            | NotNow::ProcessFaulty { .. }
            | NotNow::Unreadable { .. }
            | NotNow::DecisionMissing
            | NotNow::DayMissing
            | NotNow::CodeTaken
            | NotNow::FormFaulty { .. }
            | NotNow::FileMissing
            | NotNow::SampleOfShown
            | NotNow::PreviewBroken) => Refusal::from(other).into(),
        }
    }
}
