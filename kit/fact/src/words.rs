//! Every reason for which this room says no, and its sentence.

use base::Refusal;

/// Why not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotNow {
    /// Nobody knows a fact of this name.
    Unknown { what: String },
    /// The period ends before it begins.
    PeriodTurned,
    /// Nobody could check it: a number needs its source.
    SourceMissing,
    /// A count below zero.
    Negative,
    /// Half a dossier.
    Fraction { measure: String },
}

impl From<NotNow> for Refusal {
    fn from(no: NotNow) -> Refusal {
        match no {
            NotNow::Unknown { what } => {
                let say = format!("Không có số liệu nào mang mã “{what}”. Hãy chọn trong danh mục.");
                Refusal::new("fact-unknown", say).at("what")
            }
            NotNow::PeriodTurned => Refusal::new("fact-period", "Ngày kết thúc kỳ phải sau ngày bắt đầu.").at("to"),
            NotNow::SourceMissing => {
                let say = "Ghi rõ nguồn của số liệu: văn bản, báo cáo hoặc sổ theo dõi nào, số và ngày.";
                Refusal::new("fact-source", say).at("source")
            }
            NotNow::Negative => Refusal::new("fact-negative", "Số liệu không được nhỏ hơn 0.").at("value"),
            NotNow::Fraction { measure } => {
                Refusal::new("fact-fraction", format!("Số {measure} phải là số nguyên.")).at("value")
            }
        }
    }
}
