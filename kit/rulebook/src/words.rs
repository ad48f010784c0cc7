//! Every reason for which this room says no, and its sentence.

use crate::Head;
use base::{Date, Refusal, day};

/// Why not.
#[derive(Clone, Debug, PartialEq)]
pub enum NotNow {
    NameMissing,
    CodeOdd,
    /// The last day is before the first.
    DaysTurned,
    /// Published without the decision that issues it.
    SourceMissing,
    /// It is published: it never changes.
    Frozen,
    /// Another published edition is in force on some of these days; which one, where it is known.
    Overlap(Option<Box<Head>>),
    /// Something refers to this draft.
    Used,
    /// Somebody made the draft of this number in the same moment.
    NumberTaken,
    /// A draft is in force on no day: there is nothing to end.
    NotPublished,
    /// It has its last day already; a day once set stays.
    Ended,
    /// It would end today or before, or before it begins: what was done under it would lose its rule.
    EndsTooEarly,
}

impl From<NotNow> for Refusal {
    fn from(no: NotNow) -> Refusal {
        match no {
            NotNow::NameMissing => Refusal::new("edition-name", "Nhập tên.").at("name"),
            NotNow::CodeOdd => {
                let say = "Mã chỉ gồm chữ thường không dấu, số, dấu chấm và dấu gạch nối.";
                Refusal::new("edition-code", say).at("code")
            }
            NotNow::DaysTurned => {
                Refusal::new("edition-days", "Ngày hết hiệu lực phải sau ngày có hiệu lực.").at("valid_to")
            }
            NotNow::SourceMissing => {
                let say = "Ghi số, ngày của quyết định ban hành trước khi ban hành.";
                Refusal::new("edition-source", say).at("source")
            }
            NotNow::Frozen => {
                let say = "Bản đã ban hành thì không sửa, không xóa được. Hãy tạo bản mới từ bản này.";
                Refusal::new("edition-frozen", say)
            }
            NotNow::Overlap(other) => Refusal::new("edition-overlap", overlap(other.as_deref())).at("valid_from"),
            NotNow::Used => Refusal::new("edition-used", "Bản này đang được dùng nên không bỏ được."),
            NotNow::NumberTaken => {
                Refusal::new("edition-number", "Có người vừa tạo một bản khác của cùng mã này. Hãy thử lại.")
            }
            NotNow::NotPublished => {
                Refusal::new("edition-draft", "Bản này chưa ban hành. Bản nháp không dùng nữa thì bỏ đi.")
            }
            NotNow::Ended => Refusal::new("edition-ended", "Bản này đã có ngày hết hiệu lực nên không đặt lại được."),
            NotNow::EndsTooEarly => {
                let say = "Ngày hết hiệu lực phải sau hôm nay và sau ngày có hiệu lực: việc đã làm theo bản này vẫn phải có căn cứ.";
                Refusal::new("edition-end-early", say).at("day")
            }
        }
    }
}

fn overlap(other: Option<&Head>) -> String {
    let Some(other) = other else {
        return "Trong thời gian này đã có bản khác có hiệu lực. Hãy chọn ngày khác.".into();
    };
    format!(
        "Bản số {} “{}” đã có hiệu lực {}. Hãy chọn ngày không trùng với bản đó.",
        other.number,
        other.name,
        days(other.valid_from, other.valid_to)
    )
}

/// The days as people count them: the last day of force is the one before `valid_to`.
fn days(from: Date, to: Option<Date>) -> String {
    match to.and_then(|to| to.yesterday().ok()) {
        Some(last) => format!("từ ngày {} đến hết ngày {}", day::vi(from), day::vi(last)),
        None => format!("từ ngày {}, không có ngày hết hiệu lực", day::vi(from)),
    }
}
