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
        use NotNow::*;
        let (code, say, field): (&'static str, String, Option<&str>) = match no {
            NotYourUnit => ("not-your-unit", "Phiếu này không thuộc đơn vị của bạn. Hãy đổi vai trò ở góc trên nếu bạn có vai trò khác.".into(), None),
            NotAssigned => ("not-assigned", "Tiêu chí này được giao cho phòng hoặc người khác. Hãy hỏi đầu mối CCHC của đơn vị.".into(), None),
            NotYourField => ("not-your-field", "Lĩnh vực này do cơ quan khác thẩm định.".into(), None),
            ScoringClosed { phase: Phase::Before, .. } => ("not-open", "Đợt chấm chưa mở. Hãy quay lại khi đến ngày tự chấm.".into(), None),
            ScoringClosed { to, .. } => (
                "scoring-closed",
                format!("Đã hết thời hạn tự chấm (đóng từ ngày {}). Đơn vị có thể xin mở lại, kèm lý do.", base::day::vi(to)),
                None,
            ),
            AlreadySubmitted => ("submitted", "Phiếu đã gửi nên không sửa được. Đơn vị có thể xin mở lại, kèm lý do.".into(), None),
            NotSubmitted => ("not-submitted", "Đơn vị chưa gửi phiếu tự chấm nên chưa thẩm định được.".into(), None),
            AppraisalClosed { phase: now } => ("appraisal-closed", format!("Đợt chấm đang ở bước “{}” nên không thẩm định được.", phase(now)), None),
            NotForSelf { by } => ("not-for-self", format!("Điểm của tiêu chí này lấy từ {by}, đơn vị không nhập."), None),
            NoSuchCriterion { code } => ("no-criterion", format!("Bộ tiêu chí không có tiêu chí {code}."), None),
            IsAParent { code } => ("parent", format!("Điểm của tiêu chí {code} là tổng các tiêu chí thành phần. Hãy chấm từng tiêu chí thành phần."), None),
            OverMaximum { points, max } => ("over-max", format!("{} lớn hơn điểm tối đa {}. Hãy nhập từ 0 đến {}.", vi(&points), vi(&max), vi(&max)), Some("points")),
            UnderMinimum { points, least } => ("under-min", format!("{} nhỏ hơn mức thấp nhất {}.", vi(&points), vi(&least)), Some("points")),
            ReasonMissing => ("reason", "Điểm thẩm định khác điểm tự chấm. Hãy ghi lý do.".into(), Some("reason")),
            NothingToAgree => (
                "nothing-to-agree",
                "Đơn vị chưa có điểm ở tiêu chí này nên không có gì để đồng ý. Hãy nhập điểm thẩm định.".into(),
                Some("points"),
            ),
            ExcuseWhyMissing => ("excuse-why", "Hãy ghi vì sao tiêu chí không áp dụng với đơn vị.".into(), Some("excused_why")),
            OnlyHeadSubmits => ("only-head", "Chỉ lãnh đạo đơn vị gửi được phiếu. Hãy báo lãnh đạo khi đã chấm xong.".into(), None),
            Unfinished { missing } => ("unfinished", format!("Còn {missing} chỗ chưa xong. Xem danh sách bên dưới, làm từng chỗ rồi gửi lại."), None),
            ExplainingClosed { phase: now } => ("explaining-closed", format!("Đợt chấm đang ở bước “{}” nên không giải trình được.", phase(now)), None),
            EmptyRemark => ("remark", "Hãy viết nội dung trước khi gửi.".into(), Some("text")),
            ReopenReasonMissing => ("reopen-reason", "Hãy ghi lý do xin mở lại phiếu.".into(), Some("reason")),
            NothingToReopen => ("reopen", "Phiếu đang mở, bạn sửa được ngay.".into(), None),
            NotAppraised { left } => ("not-appraised", format!("Còn {left} tiêu chí chưa thẩm định nên chưa kết luận được."), None),
            NotConcluded { left } => ("not-concluded", format!("Còn {left} đơn vị chưa kết luận nên chưa công bố được."), None),
            ConcludingClosed { phase: now } => ("concluding-closed", format!("Đợt chấm đang ở bước “{}” hoặc phiếu đã kết luận.", phase(now)), None),
            DecisionMissing => ("decision", "Nhập số và ngày của quyết định công bố.".into(), Some("decision")),
            AlreadyPublished => ("published", "Kết quả đợt này đã công bố nên không thay đổi được nữa.".into(), None),
            NotPublished => ("not-published", "Kết quả chưa công bố. Trước khi công bố, mỗi đơn vị chỉ xem phiếu của mình.".into(), None),
            SameEyes => ("same-eyes", "Người thẩm định thứ hai phải là người khác.".into(), None),
            DaysOutOfOrder => ("days", "Các ngày phải nối tiếp nhau: mở tự chấm, đóng tự chấm, hết thẩm định, hết giải trình, hết thẩm định lần 2.".into(), Some("scoring_to")),
            RoundOpen => ("round-open", "Đợt đã mở nên không đổi đơn vị và bộ tiêu chí được nữa.".into(), None),
            NoUnits => ("no-units", "Hãy chọn ít nhất một đơn vị và bộ tiêu chí của loại đơn vị đó.".into(), None),
            EvidenceMissing { field } => ("evidence", format!("Tài liệu kiểm chứng thiếu {field}. Hãy điền rồi lưu lại."), None),
            EvidenceOther => ("evidence-other", "Tài liệu này là của đơn vị khác.".into(), None),
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
        let forbidden = matches!(no, NotNow::NotYourUnit | NotNow::NotAssigned | NotNow::NotYourField | NotNow::OnlyHeadSubmits | NotNow::NotPublished);
        let refusal = Refusal::from(no);
        if forbidden { Failure::Forbidden(refusal) } else { Failure::Refused(vec![refusal]) }
    }
}
