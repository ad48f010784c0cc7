//! Every sentence a person reads when a rule says no: what is wrong, and what to do.

use crate::model::{NotNow, Phase};
use base::Refusal;
use base::number::vi;
use people::Failure;

/// The name of a phase on the screen.
pub fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Before => "Chưa mở",
        Phase::Scoring => "Tự chấm",
        Phase::Appraisal => "Thẩm định lần 1",
        Phase::Explaining => "Giải trình",
        Phase::Second => "Thẩm định lần 2",
        Phase::Concluding => "Hội đồng kết luận",
        Phase::Published => "Đã công bố",
    }
}

impl From<NotNow> for Refusal {
    fn from(no: NotNow) -> Refusal {
        let (code, say, field): (&'static str, String, Option<&str>) = match no {
            NotNow::NotYourUnit => ("not-your-unit", "Phiếu này không thuộc đơn vị của bạn. Hãy đổi vai trò ở góc trên nếu bạn có vai trò khác.".into(), None),
            NotNow::NotAssigned => ("not-assigned", "Tiêu chí này được giao cho phòng hoặc người khác. Hãy hỏi đầu mối CCHC của đơn vị.".into(), None),
            NotNow::NotYourField => ("not-your-field", "Lĩnh vực này do cơ quan khác thẩm định.".into(), None),
            NotNow::ScoringClosed { phase: Phase::Before, .. } => ("not-open", "Đợt chấm chưa mở. Hãy quay lại khi đến ngày tự chấm.".into(), None),
            NotNow::ScoringClosed { to, .. } => (
                "scoring-closed",
                format!("Đã hết thời hạn tự chấm (đóng từ ngày {}). Đơn vị có thể xin mở lại, kèm lý do.", base::day::vi(to)),
                None,
            ),
            NotNow::AlreadySubmitted => ("submitted", "Phiếu đã gửi nên không sửa được. Đơn vị có thể xin mở lại, kèm lý do.".into(), None),
            NotNow::NotSubmitted => ("not-submitted", "Đơn vị chưa gửi phiếu tự chấm nên chưa thẩm định được.".into(), None),
            NotNow::AppraisalClosed { phase: now } => ("appraisal-closed", format!("Đợt chấm đang ở bước “{}” nên không thẩm định được.", phase(now)), None),
            NotNow::NotForSelf { by } => ("not-for-self", format!("Điểm của tiêu chí này lấy từ {by}, đơn vị không nhập."), None),
            NotNow::NoSuchCriterion { code } => ("no-criterion", format!("Bộ tiêu chí không có tiêu chí {code}."), None),
            NotNow::IsAParent { code } => ("parent", format!("Điểm của tiêu chí {code} là tổng các tiêu chí thành phần. Hãy chấm từng tiêu chí thành phần."), None),
            NotNow::OverMaximum { points, max } => ("over-max", format!("{} lớn hơn điểm tối đa {}. Hãy nhập từ 0 đến {}.", vi(&points), vi(&max), vi(&max)), Some("points")),
            NotNow::UnderMinimum { points, least } => ("under-min", format!("{} nhỏ hơn mức thấp nhất {}.", vi(&points), vi(&least)), Some("points")),
            NotNow::ReasonMissing => ("reason", "Điểm thẩm định khác điểm tự chấm. Hãy ghi lý do.".into(), Some("reason")),
            NotNow::NothingToAgree => (
                "nothing-to-agree",
                "Đơn vị chưa có điểm ở tiêu chí này nên không có gì để đồng ý. Hãy nhập điểm thẩm định.".into(),
                Some("points"),
            ),
            NotNow::ExcuseWhyMissing => ("excuse-why", "Hãy ghi vì sao tiêu chí không áp dụng với đơn vị.".into(), Some("excused_why")),
            NotNow::OnlyHeadSubmits => ("only-head", "Chỉ lãnh đạo đơn vị gửi được phiếu. Hãy báo lãnh đạo khi đã chấm xong.".into(), None),
            NotNow::Unfinished { missing } => ("unfinished", format!("Còn {missing} chỗ chưa xong. Xem danh sách bên dưới, làm từng chỗ rồi gửi lại."), None),
            NotNow::ExplainingClosed { phase: now } => ("explaining-closed", format!("Đợt chấm đang ở bước “{}” nên không giải trình được.", phase(now)), None),
            NotNow::EmptyRemark => ("remark", "Hãy viết nội dung trước khi gửi.".into(), Some("text")),
            NotNow::ReopenReasonMissing => ("reopen-reason", "Hãy ghi lý do xin mở lại phiếu.".into(), Some("reason")),
            NotNow::NothingToReopen => ("reopen", "Phiếu đang mở, bạn sửa được ngay.".into(), None),
            NotNow::NotAppraised { left } => ("not-appraised", format!("Còn {left} tiêu chí chưa thẩm định nên chưa kết luận được."), None),
            NotNow::NotConcluded { left } => ("not-concluded", format!("Còn {left} đơn vị chưa kết luận nên chưa công bố được."), None),
            NotNow::ConcludingClosed { phase: now } => ("concluding-closed", format!("Đợt chấm đang ở bước “{}” hoặc phiếu đã kết luận.", phase(now)), None),
            NotNow::DecisionMissing => ("decision", "Nhập số và ngày của quyết định công bố.".into(), Some("decision")),
            NotNow::AlreadyPublished => ("published", "Kết quả đợt này đã công bố nên không thay đổi được nữa.".into(), None),
            NotNow::NotPublished => ("not-published", "Kết quả chưa công bố. Trước khi công bố, mỗi đơn vị chỉ xem phiếu của mình.".into(), None),
            NotNow::VerdictsLater { from } => (
                "verdicts-later",
                format!("Đơn vị xem được kết quả thẩm định từ ngày {}, khi bắt đầu giải trình.", base::day::vi(from)),
                None,
            ),
            NotNow::SameEyes => ("same-eyes", "Người thẩm định thứ hai phải là người khác.".into(), None),
            NotNow::DaysOutOfOrder => ("days", "Các ngày phải nối tiếp nhau: mở tự chấm, đóng tự chấm, hết thẩm định, hết giải trình, hết thẩm định lần 2.".into(), Some("scoring_to")),
            NotNow::RoundOpen => ("round-open", "Đợt đã mở nên không đổi đơn vị và bộ tiêu chí được nữa.".into(), None),
            NotNow::NoUnits => ("no-units", "Hãy chọn ít nhất một đơn vị và bộ tiêu chí của loại đơn vị đó.".into(), None),
            NotNow::EvidenceMissing { field } => ("evidence", format!("Tài liệu kiểm chứng thiếu {field}. Hãy điền rồi lưu lại."), None),
            NotNow::EvidenceOther => ("evidence-other", "Tài liệu này là của đơn vị khác.".into(), None),
        };
        let refusal = Refusal::new(code, say);
        match field {
            Some(field) => refusal.at(field),
            None => refusal,
        }
    }
}

impl From<NotNow> for Failure {
    fn from(no: NotNow) -> Failure {
        let forbidden = matches!(
            no,
            NotNow::NotYourUnit
                | NotNow::NotAssigned
                | NotNow::NotYourField
                | NotNow::OnlyHeadSubmits
                | NotNow::NotPublished
                | NotNow::VerdictsLater { .. }
        );
        let refusal = Refusal::from(no);
        if forbidden { Failure::Forbidden(refusal) } else { Failure::Refused(vec![refusal]) }
    }
}
