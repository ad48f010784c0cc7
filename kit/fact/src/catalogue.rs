//! The facts that the house knows by name. What a screen offers, and what may be entered by hand.
//!
//! A program may record others (a published index, kept as history); a hand may not, so that a slip of the finger
//! does not make a number that nobody ever reads.

/// What a fact is called, and what its value counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// Stable, in English: 'dossier.on_time'.
    pub code: &'static str,
    /// In Vietnamese, for a screen.
    pub name: &'static str,
    /// What is counted: 'hồ sơ', '%'.
    pub measure: &'static str,
    /// Only whole numbers make sense.
    pub whole: bool,
}

const fn count(code: &'static str, name: &'static str, measure: &'static str) -> Known {
    Known { code, name, measure, whole: true }
}

const fn percent(code: &'static str, name: &'static str) -> Known {
    Known { code, name, measure: "%", whole: false }
}

/// Sorted by code.
pub const CATALOGUE: &[Known] = &[
    count("directive.assigned", "Nhiệm vụ được giao phải hoàn thành trong kỳ", "nhiệm vụ"),
    count("directive.done", "Nhiệm vụ đã hoàn thành", "nhiệm vụ"),
    count("directive.on_time", "Nhiệm vụ hoàn thành đúng hạn", "nhiệm vụ"),
    count("document.digital", "Văn bản đi gửi hoàn toàn dưới dạng điện tử", "văn bản"),
    count("document.sent", "Văn bản đi", "văn bản"),
    count("dossier.digitised", "Hồ sơ đã số hóa kết quả giải quyết", "hồ sơ"),
    count("dossier.early", "Hồ sơ giải quyết trước hạn", "hồ sơ"),
    count("dossier.late", "Hồ sơ giải quyết quá hạn", "hồ sơ"),
    count("dossier.on_time", "Hồ sơ giải quyết đúng hạn và trước hạn", "hồ sơ"),
    count("dossier.online", "Hồ sơ tiếp nhận trực tuyến", "hồ sơ"),
    count("dossier.paid_online", "Hồ sơ thanh toán trực tuyến", "hồ sơ"),
    count("dossier.received", "Hồ sơ đã tiếp nhận", "hồ sơ"),
    count("dossier.returned", "Hồ sơ đã giải quyết", "hồ sơ"),
    count("feedback.on_time", "Phản ánh, kiến nghị xử lý đúng hạn", "phản ánh"),
    count("feedback.received", "Phản ánh, kiến nghị đã tiếp nhận", "phản ánh"),
    count("initiative.recognised", "Sáng kiến, giải pháp CCHC được công nhận", "sáng kiến"),
    count("procedure.full_online", "Thủ tục cung cấp dịch vụ công trực tuyến toàn trình", "thủ tục"),
    count("procedure.published", "Thủ tục đã công bố, công khai", "thủ tục"),
    count("procedure.total", "Thủ tục thuộc thẩm quyền giải quyết", "thủ tục"),
    count("report.due", "Báo cáo phải gửi trong kỳ", "báo cáo"),
    count("report.on_time", "Báo cáo gửi đúng hạn", "báo cáo"),
    count("staff.assigned", "Biên chế được giao", "người"),
    count("staff.present", "Biên chế có mặt", "người"),
    percent("survey.satisfaction", "Mức độ hài lòng của người dân, tổ chức"),
];

/// The known fact of this code.
pub fn find(code: &str) -> Option<&'static Known> {
    CATALOGUE.iter().find(|known| known.code == code)
}

#[cfg(test)]
mod tests {
    use super::CATALOGUE;

    #[test]
    fn codes_are_sorted_and_so_unique() {
        assert!(CATALOGUE.windows(2).all(|pair| pair[0].code < pair[1].code));
    }
}
