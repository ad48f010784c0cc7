//! The journal in words: what a deed is called, what a field of a record is called.

/// The groups that the journal can be filtered by: a prefix of the deed, and its name.
pub const GROUPS: [(&str, &str); 17] = [
    ("account.", "Tài khoản, đăng nhập"),
    ("role.", "Vai trò, uỷ quyền"),
    ("unit.", "Đơn vị"),
    ("token.", "Khoá API"),
    ("link.", "Liên kết một lần"),
    ("edition.", "Bản quy định"),
    ("fact.", "Số liệu"),
    ("file.", "Tệp"),
    ("hours.", "Lịch làm việc"),
    ("job.", "Việc nền"),
    ("notice.", "Thư, tin nhắn"),
    ("link.", "Kết nối ra ngoài"),
    ("payment.", "Thanh toán trực tuyến"),
    ("dossier.", "Hồ sơ một cửa"),
    ("feedback.", "Phản ánh, kiến nghị"),
    ("index.", "Chỉ số CCHC"),
    ("filter.", "Bộ lọc đã lưu"),
];

/// A deed in words; one that is not known here names itself.
pub fn name(what: &str) -> &str {
    match what {
        "account.created" => "Tạo tài khoản",
        "account.changed" => "Sửa thông tin tài khoản",
        "account.read" => "Xem thông tin cá nhân",
        "account.closed" => "Khoá tài khoản",
        "account.opened" => "Mở lại tài khoản",
        "account.locked" => "Tạm khoá do nhập sai nhiều lần",
        "account.signed-in" => "Đăng nhập",
        "account.signed-out" => "Kết thúc phiên",
        "account.sign-in-failed" => "Đăng nhập không thành công",
        "account.password-set" => "Đặt mật khẩu",
        "account.password-changed" => "Đổi mật khẩu",
        "account.totp-on" => "Bật xác thực hai lớp",
        "account.totp-off" => "Tắt xác thực hai lớp",
        "account.hat-changed" => "Đổi đơn vị làm việc",
        "account.subject-bound" => "Gắn với đăng nhập chung",
        "account.subject-unbound" => "Gỡ khỏi đăng nhập chung",
        "role.granted" => "Giao vai trò",
        "role.lent" => "Uỷ quyền",
        "role.ended" => "Kết thúc vai trò",
        "unit.saved" => "Lưu đơn vị",
        "unit.ended" => "Kết thúc đơn vị",
        "unit.succeeded" => "Ghi đơn vị kế tục",
        "token.made" => "Tạo khoá API",
        "token.ended" => "Kết thúc khoá API",
        "link.made" => "Tạo liên kết một lần",
        "link.used" => "Dùng liên kết một lần",
        "edition.drafted" => "Soạn bản quy định",
        "edition.saved" => "Sửa bản quy định",
        "edition.published" => "Ban hành bản quy định",
        "edition.ended" => "Bản quy định hết hiệu lực do có bản mới",
        "edition.abolished" => "Bãi bỏ bản quy định",
        "edition.discarded" => "Bỏ bản nháp quy định",
        "fact.recorded" => "Ghi số liệu",
        "dossier.names-exported" => "Xuất danh sách hồ sơ có tên chủ hồ sơ",
        "file.attached" => "Đính kèm tệp",
        "file.detached" => "Gỡ tệp",
        "job.asked" => "Yêu cầu việc nền",
        "job.cancelled" => "Huỷ việc nền",
        "link.resent" => "Gửi lại bản tin ra hệ thống ngoài",
        "link.passed-over" => "Bỏ qua bản tin không gửi được",
        "payment.begun" => "Yêu cầu thanh toán",
        "payment.noticed" => "Cổng thanh toán báo kết quả",
        "payment.expired" => "Hết hạn chờ thanh toán",
        "payment.refund-asked" => "Yêu cầu hoàn tiền",
        "notice.resent" => "Gửi lại thư, tin nhắn",
        "job.retried" => "Chạy lại việc nền",
        other if other.starts_with("feedback.") => of_feedback(other),
        other if other.starts_with("filter.") || other.starts_with("hours.") => of_screen(other),
        other => of_dossier(other),
    }
}

fn of_feedback(what: &str) -> &str {
    match what {
        "feedback.received" => "Nhận phản ánh, kiến nghị",
        "feedback.read" => "Xem phản ánh, kiến nghị",
        "feedback.answered" => "Trả lời phản ánh, kiến nghị",
        "feedback.passed" => "Chuyển phản ánh, kiến nghị",
        "feedback.assigned" => "Phân công trả lời phản ánh, kiến nghị",
        "feedback.publish-asked" => "Đề nghị công khai trả lời phản ánh, kiến nghị",
        "feedback.published" => "Công khai trả lời phản ánh, kiến nghị",
        "feedback.unpublished" => "Thôi công khai trả lời phản ánh, kiến nghị",
        other => other,
    }
}

fn of_screen(what: &str) -> &str {
    match what {
        "filter.kept" => "Lưu bộ lọc của danh sách",
        "filter.renamed" => "Đổi tên bộ lọc đã lưu",
        "filter.dropped" => "Xoá bộ lọc đã lưu",
        "hours.week-set" => "Ghi giờ làm việc trong tuần",
        "hours.week-withdrawn" => "Bỏ giờ làm việc trong tuần đã ghi",
        "hours.changed" => "Ghi ngày nghỉ, ngày làm bù",
        "hours.withdrawn" => "Bỏ ngày nghỉ, ngày làm bù",
        other => other,
    }
}

fn of_dossier(what: &str) -> &str {
    match what {
        "dossier.received" => "Tiếp nhận hồ sơ",
        "dossier.submitted" => "Người dân nộp hồ sơ trực tuyến",
        "dossier.accepted" => "Tiếp nhận chính thức hồ sơ trực tuyến",
        "dossier.moved" => "Chuyển bước",
        "dossier.sent-back" => "Trả về bước trước",
        "dossier.undone" => "Rút lại bước",
        "dossier.assigned" => "Phân công",
        "dossier.scanned" => "Thêm bản chụp giấy tờ",
        "dossier.judged" => "Thẩm định giấy tờ",
        "dossier.draft-dropped" => "Bỏ dự thảo kết quả",
        "dossier.draft-taken" => "Nhận bản nháp của người dân ở quầy",
        "dossier.fee-refunded" => "Hoàn phí đã nộp trực tuyến",
        "dossier.refund-asked" => "Đề nghị hoàn phí đã thu ở quầy",
        "dossier.refund-agreed" => "Duyệt hoàn phí",
        "dossier.refund-declined" => "Không duyệt hoàn phí",
        "dossier.fee-given-back" => "Hoàn phí đã thu ở quầy",
        "dossier.secret-renewed" => "Cấp lại mã tra cứu",
        "dossier.declared" => "Nhập tờ khai",
        "dossier.asked" => "Yêu cầu bổ sung",
        "dossier.supplied" => "Nhận bổ sung",
        "dossier.refused" => "Từ chối giải quyết",
        "dossier.withdrawn" => "Ghi nhận rút hồ sơ",
        "dossier.stopped" => "Dừng giải quyết",
        "dossier.recomputed" => "Tính lại hạn hồ sơ theo lịch làm việc",
        "dossier.steps-recomputed" => "Tính lại hạn các bước theo lịch làm việc",
        "dossier.process-changed" => "Đổi hồ sơ sang quy trình mới",
        "dossier.awaits" => "Lấy ý kiến cơ quan khác, chờ nghĩa vụ tài chính",
        "dossier.answered" => "Nhận ý kiến cơ quan khác, nghĩa vụ tài chính đã xong",
        "dossier.lapsed" => "Hết hạn bổ sung",
        "dossier.extended" => "Xin lỗi và hẹn lại ngày trả",
        "dossier.corrected" => "Sửa lúc nhận",
        "dossier.fee-paid" => "Thu phí",
        "dossier.fee-waived" => "Miễn phí",
        "dossier.result-drafted" => "Đính kèm dự thảo kết quả",
        "dossier.signed" => "Ký kết quả",
        "dossier.issued" => "Vào sổ kết quả",
        "dossier.returned" => "Trả kết quả",
        "dossier.read" => "Xem thông tin hồ sơ",
        "dossier.followed" => "Người dân mở hồ sơ để theo dõi",
        "dossier.rated" => "Người dân đánh giá",
        "dossier.draft-begun" => "Người dân bắt đầu nhập hồ sơ",
        "dossier.draft-read" => "Xem bản nháp của người dân",
        "dossier.printed" => "In giấy tờ của hồ sơ",
        "dossier.register-read" => "Xem sổ theo dõi hồ sơ",
        other => of_index(other),
    }
}

fn of_index(what: &str) -> &str {
    match what {
        "index.answered" => "Tự chấm một tiêu chí",
        "index.noted" => "Ghi giải trình",
        "index.appraised" => "Thẩm định một tiêu chí",
        "index.seconded" => "Thẩm định lần hai",
        "index.said" => "Trao đổi về một tiêu chí",
        "index.explained" => "Giải trình với hội đồng",
        "index.submitted" => "Gửi bản tự chấm",
        "index.concluded" => "Kết luận điểm",
        "index.published" => "Công bố kết quả",
        "index.assigned" => "Phân công tiêu chí",
        "index.appraiser-set" => "Phân công thẩm định",
        "index.appraiser-unset" => "Bỏ phân công thẩm định",
        "index.round-created" => "Tạo kỳ đánh giá",
        "index.round-changed" => "Sửa kỳ đánh giá",
        "index.round-opened" => "Mở kỳ đánh giá",
        "index.excuse-asked" => "Xin không áp dụng tiêu chí",
        "index.excuse-decided" => "Quyết định về không áp dụng",
        "index.reopen-asked" => "Xin mở lại bản tự chấm",
        "index.reopened" => "Mở lại bản tự chấm",
        "index.reopen-refused" => "Không mở lại bản tự chấm",
        "index.proved" => "Dùng tài liệu kiểm chứng",
        "index.unproved" => "Thôi dùng tài liệu kiểm chứng",
        "index.survey-held" => "Ghi đơn vị không tổ chức điều tra",
        "index.answers-loaded" => "Nạp câu trả lời từ tệp",
        "index.evidence-loaded" => "Nạp tài liệu kiểm chứng từ tệp",
        "index.verdicts-loaded" => "Nạp kết quả thẩm định từ tệp",
        "index.history-loaded" => "Nạp số liệu đã công bố",
        "index.card-settled" => "Ghi bước của phiếu khi nạp",
        "index.survey-imported" => "Nạp điểm điều tra xã hội học",
        "index.facts-read" => "Lấy số liệu cho tiêu chí tự động",
        other => other,
    }
}

/// A field of a record in words; one that is not known here names itself.
pub fn field(name: &str) -> &str {
    match name {
        "name" => "Tên",
        "short" => "Tên ngắn",
        "title" => "Chức vụ",
        "login" => "Tên đăng nhập",
        "also_changed" => "Cũng đã sửa",
        "kind" => "Loại",
        "parent" => "Trực thuộc",
        "from" | "valid_from" => "Từ ngày",
        "to" | "valid_to" => "Đến trước ngày",
        "on" => "Ngày",
        "how" => "Hình thức",
        "successors" | "successor" => "Kế tục",
        "code_old" => "Mã QCVN 102",
        "code_new" => "Mã QĐ 20/2020",
        "key" => "Mã trong hệ thống",
        "sample" => "Dữ liệu mẫu",
        "account" => "Người",
        "unit" => "Đơn vị",
        "role" => "Vai trò",
        "lent_by" => "Người uỷ quyền",
        "note" => "Ghi chú",
        "scopes" => "Quyền",
        "by" => "Bằng",
        "for" => "Để",
        "value" => "Giá trị",
        "what" => "Nội dung",
        "source" => "Nguồn",
        "link" => "Đường dẫn",
        "manual" => "Nhập tay",
        "code" => "Mã",
        "number" => "Số",
        "status" => "Trạng thái",
        "points" => "Điểm",
        "reason" => "Lý do",
        other => other,
    }
}

/// A value that stands for a word: a role, a kind of unit, a way of signing in.
pub fn value(field: &str, value: &str) -> Option<String> {
    let word = match (field, value) {
        ("role", code) => people::Role::from_code(code)?.name(),
        ("kind", code) => people::kind_name(code),
        ("how", "merge") => "Sáp nhập",
        ("how", "split") => "Chia tách",
        ("how", "rename") => "Đổi tên",
        ("by", "password") => "mật khẩu",
        ("by", "code") => "mật khẩu và mã xác thực",
        ("by", "oidc") => "đăng nhập chung",
        ("for", "setup") => "thiết lập lần đầu",
        ("for", "password") => "đặt mật khẩu",
        ("also_changed", "email") => "thư điện tử",
        ("also_changed", "phone") => "điện thoại",
        ("also_changed", "email, phone") => "thư điện tử, điện thoại",
        _ => return base_day(value),
    };
    Some(word.to_owned())
}

fn base_day(value: &str) -> Option<String> {
    if value.len() != 10 {
        return None;
    }
    value.parse::<base::Date>().ok().map(base::day::vi)
}
