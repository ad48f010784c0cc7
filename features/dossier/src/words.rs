//! Every reason for which this room says no, and its sentence.

use crate::model::NotNow;
use base::Refusal;
use people::Failure;

impl From<NotNow> for Refusal {
    fn from(no: NotNow) -> Refusal {
        let (code, say, field): (&'static str, String, Option<String>) = match no {
            NotNow::NoProcedure => ("no-procedure", "Chọn thủ tục đang có hiệu lực trong danh mục.".into(), Some("thu_tuc".into())),
            NotNow::NotHere => ("not-here", "Thủ tục này không tiếp nhận ở đây. Hãy hướng dẫn người dân đến đúng nơi tiếp nhận.".into(), Some("thu_tuc".into())),
            NotNow::NoCase => ("no-case", "Chọn trường hợp của thủ tục.".into(), Some("truong_hop".into())),
            NotNow::NoProcess { code } => ("no-process", format!("Quy trình nội bộ “{code}” của thủ tục chưa được ban hành. Hãy báo quản trị ban hành quy trình trước khi tiếp nhận."), Some("thu_tuc".into())),
            NotNow::OwnerMissing => ("owner-missing", "Nhập tên chủ hồ sơ.".into(), Some("ten".into())),
            NotNow::NumberOdd => ("number-odd", "Số định danh có 12 chữ số (hoặc 9 chữ số với chứng minh nhân dân cũ); mã số thuế có 10 hoặc 13 chữ số. Giấy tờ nước ngoài thì ghi cả chữ và số.".into(), Some("so_dinh_danh".into())),
            NotNow::PhoneOdd => ("phone-odd", "Số điện thoại có 10 chữ số, bắt đầu bằng 0.".into(), Some("dien_thoai".into())),
            NotNow::EmailOdd => ("email-odd", "Thư điện tử viết như ten@noi.vn; không có thì để trống.".into(), Some("thu".into())),
            NotNow::BornOdd => ("born-odd", "Ngày sinh viết như 05/09/1985; chỉ biết năm thì ghi 1985. Ngày sinh không thể sau hôm nay.".into(), Some("ngay_sinh".into())),
            NotNow::TariffMissing => ("tariff", "Chọn mức thu phí đúng với người nộp.".into(), Some("muc_thu".into())),
            NotNow::PaperMissing { code, name } => ("paper-missing", format!("Thiếu “{name}”. Đánh dấu nếu đã có; nếu chưa có thì yêu cầu bổ sung."), Some(format!("giay_{code}"))),
            NotNow::PapersUnknown { code } => ("paper-unknown", format!("Thủ tục không có giấy tờ mang mã “{code}”. Hãy tải lại trang."), None),
            NotNow::ReceivedLater => ("received-later", "Lúc nhận không thể sau lúc này.".into(), Some("luc_nhan".into())),
            NotNow::ReceivedLongAgo { days } => ("received-long-ago", format!("Chỉ ghi lùi lúc nhận tối đa {days} ngày. Hồ sơ nhận sớm hơn thì lập biên bản và báo lãnh đạo."), Some("luc_nhan".into())),
            NotNow::WhyBackdated => ("why-backdated", "Ghi lý do lúc nhận sớm hơn lúc nhập (nhận qua bưu chính, mất điện…).".into(), Some("ly_do_lui".into())),
            NotNow::Ended { state } => ("ended", format!("Hồ sơ đã kết thúc ({}), không làm thêm được nữa.", state.say()), None),
            NotNow::Paused => ("paused", "Hồ sơ đang tạm dừng. Tiếp tục hồ sơ rồi mới làm việc này.".into(), None),
            NotNow::NotPaused => ("not-paused", "Hồ sơ không đang tạm dừng. Hãy tải lại trang.".into(), None),
            NotNow::NotYourStep { step } => ("not-your-step", format!("Hồ sơ đang ở bước “{step}”, do vai trò hoặc người khác thực hiện."), None),
            NotNow::AskEmpty => ("ask-empty", "Chọn ít nhất một giấy tờ cần bổ sung.".into(), Some("giay".into())),
            NotNow::AskReason => ("ask-reason", "Ghi lý do yêu cầu bổ sung.".into(), Some("ly_do".into())),
            NotNow::AskAgain => ("ask-again", "Chỉ được yêu cầu bổ sung một lần (NĐ 118/2025/NĐ-CP, Điều 11). Lần thứ hai phải do lãnh đạo cơ quan duyệt và gửi.".into(), None),
            NotNow::AskWanted { code, name } => ("ask-wanted", format!("Ghi rõ người dân phải làm gì với “{name}”."), Some(format!("can_{code}"))),
            NotNow::AskUntil => ("ask-until", "Ngày cuối để bổ sung phải sau hôm nay.".into(), Some("den_ngay".into())),
            NotNow::AwaitedWhom => ("awaited-whom", "Chọn cơ quan trong danh sách, hoặc ghi tên cơ quan khác.".into(), Some("co_quan".into())),
            NotNow::AwaitedSaid => ("awaited-said", "Ghi nội dung hỏi, hoặc số và nội dung thông báo.".into(), Some("noi_dung_cho".into())),
            NotNow::AwaitedUntil => ("awaited-until", "Ghi ngày cuối chờ trả lời, từ hôm nay trở đi.".into(), Some("cho_den".into())),
            NotNow::NoPause { why } => ("no-pause", format!("Quy trình không cho dừng tính thời hạn ở bước này để chờ {}.", why.say()), None),
            NotNow::AnswerEmpty => ("answer-empty", "Ghi ý kiến trả lời.".into(), Some("tra_loi".into())),
            NotNow::AnswerThere => ("answer-there", "Việc này đã được trả lời. Hãy tải lại trang.".into(), None),
            NotNow::PartOverWhole => ("part-over-whole", "Số đạt không thể lớn hơn tổng số.".into(), Some("dat".into())),
            NotNow::ExcuseReason => ("excuse-reason", "Ghi vì sao thành phần này không áp dụng cho cơ quan, theo văn bản nào.".into(), Some("ly_do".into())),
            NotNow::ExcusedAlready => ("excused", "Thành phần này đang được ghi là không áp dụng. Bỏ ghi trước khi nhập số liệu hoặc lý do khác.".into(), None),
            NotNow::NotExcused => ("not-excused", "Thành phần này không còn được ghi là không áp dụng. Tải lại trang để xem.".into(), None),
            NotNow::RefuseReason => ("refuse-reason", "Ghi lý do từ chối và căn cứ.".into(), Some("ly_do".into())),
            NotNow::ExtendReason => ("extend-reason", "Ghi lý do chậm để xin lỗi người dân.".into(), Some("ly_do".into())),
            NotNow::ExtendAgain => ("extend-again", "Chỉ được hẹn lại ngày trả một lần. Hãy trả kết quả sớm nhất có thể.".into(), None),
            NotNow::ExtendEarlier => ("extend-earlier", "Số ngày hẹn thêm phải từ 1 đến 60 ngày làm việc.".into(), Some("so_ngay".into())),
            NotNow::WithdrawAfterResult => ("withdraw-late", "Hồ sơ đã có kết quả nên không rút được nữa (NĐ 118/2025/NĐ-CP, Điều 21).".into(), None),
            NotNow::WithdrawReason => ("withdraw-reason", "Ghi đề nghị của người nộp: văn bản nào, ngày nào, lý do gì.".into(), Some("ly_do".into())),
            NotNow::NoResult => ("no-result", "Chưa có tệp kết quả. Đính kèm dự thảo kết quả trước.".into(), Some("tep".into())),
            NotNow::ResultUnsigned => ("result-unsigned", "Kết quả chưa được ký.".into(), None),
            NotNow::FeeUnpaid { name } => ("fee-unpaid", format!("“{name}” chưa nộp. Thu phí trước khi trả kết quả."), None),
            NotNow::FeePaid => ("fee-paid", "Khoản này đã thu hoặc đã được miễn. Hãy tải lại trang.".into(), None),
            NotNow::RefundOnline => ("refund-online", "Khoản này nộp qua cổng thanh toán: nhờ quản trị hoàn ở mục “Thanh toán”, tiền về đúng nơi đã trả.".into(), None),
            NotNow::RefundUnpaid => ("refund-unpaid", "Khoản này chưa thu, hoặc được miễn: không có tiền để hoàn.".into(), None),
            NotNow::RefundTwice { name } => ("refund-twice", format!("“{name}” đã được hoàn hết, hoặc đã có đề nghị hoàn hết. Không hoàn hai lần."), None),
            NotNow::RefundAmount => ("refund-amount", "Ghi số tiền hoàn bằng đồng, số nguyên lớn hơn 0.".into(), Some("so_tien".into())),
            NotNow::RefundTooMuch { left } => ("refund-too-much", format!("Chỉ còn {} đồng có thể hoàn của khoản này. Ghi số tiền không lớn hơn.", base::number::vi(&left)), Some("so_tien".into())),
            NotNow::RefundWhy => ("refund-why", "Ghi lý do hoàn, ví dụ: thu nhầm mức.".into(), Some("ly_do_hoan".into())),
            NotNow::RefundWhyNot => ("refund-why-not", "Ghi lý do không duyệt.".into(), Some("ly_do_khong".into())),
            NotNow::RefundDecided { how } => ("refund-decided", format!("Đề nghị hoàn này đã được xử lý ({how}). Hãy tải lại trang."), None),
            NotNow::RefundUnapproved { how } => ("refund-unapproved", format!("Chưa trả lại tiền được: {}. Lãnh đạo cơ quan duyệt trước.", how.to_lowercase()), None),
            NotNow::RefundPaidOut { number } => ("refund-paid-out", format!("Tiền đã được trả lại theo phiếu {number}. Hãy tải lại trang."), None),
            NotNow::NotResolved => ("not-resolved", "Hồ sơ chưa có kết quả để trả.".into(), None),
            NotNow::NothingToUndo => ("nothing-to-undo", "Không có bước nào để rút lại.".into(), None),
            NotNow::ProcessIsNewest => ("process-newest", "Hồ sơ đã theo bản quy trình đang có hiệu lực.".into(), None),
            NotNow::ManyWays { step } => ("many-ways", format!("Bước “{step}” có nhiều hướng chuyển: mở hồ sơ để chọn."), None),
            NotNow::NobodyChosen => ("nobody-chosen", "Chọn người nhận trong ô “Giao cho” rồi bấm lại.".into(), Some("giao_cho".into())),
            NotNow::TickSome { most } => ("tick-some", format!("Đánh dấu từ 1 đến {most} hồ sơ trong danh sách rồi bấm lại."), None),
            NotNow::NotUndone => ("not-undone", "Bước này không rút lại được: quy trình không cho phép, hoặc người sau đã làm tiếp.".into(), None),
            NotNow::AssigneeElsewhere => ("assignee-elsewhere", "Người này không giữ vai trò của bước ở cơ quan này. Chọn người khác.".into(), Some("giao_cho".into())),
            NotNow::NotOnline => ("not-online", "Thủ tục này chưa nhận hồ sơ trực tuyến. Hãy nộp tại quầy hoặc qua bưu chính.".into(), None),
            NotNow::ChoosePlace => ("choose-place", "Chọn nơi giải quyết hồ sơ.".into(), Some("noi_nhan".into())),
            NotNow::ReturnByMissing => ("return-by", "Chọn cách nhận kết quả.".into(), Some("tra".into())),
            NotNow::FormUnfinished => ("form-unfinished", "Tờ khai chưa điền xong. Mở “Tờ khai” trong danh sách việc để xem chỗ còn thiếu.".into(), None),
            NotNow::DeclaredByOwner => ("declared-by-owner", "Người nộp đã tự kê khai trực tuyến: cán bộ chỉ xem. Cần sửa thì yêu cầu bổ sung: người nộp sửa được tờ khai trên trang tra cứu.".into(), None),
            NotNow::NotAmendable => ("not-amendable", "Tờ khai chỉ sửa được khi hồ sơ chưa được tiếp nhận, hoặc đang chờ bạn bổ sung. Hãy liên hệ bộ phận một cửa.".into(), None),
            NotNow::WrongNumber => ("wrong-number", "Số này không phải số giấy tờ hay số điện thoại đã ghi khi nộp hồ sơ. Xem lại rồi nhập lại.".into(), Some("so".into())),
            NotNow::PhoneMissing => ("phone-missing", "Nhập số điện thoại để cơ quan liên hệ khi cần.".into(), Some("dien_thoai".into())),
            NotNow::NotSworn => ("not-sworn", "Đánh dấu cam đoan trước khi nộp.".into(), Some("cam_doan".into())),
            NotNow::DraftGone => ("draft-gone", "Bản nháp này đã nộp hoặc đã hết hạn giữ. Hãy bắt đầu lại từ trang thủ tục.".into(), None),
            NotNow::WrongSecret => ("wrong-secret", "Mã hồ sơ hoặc mã tra cứu không đúng. Cả hai ghi trên giấy hẹn hoặc trang xác nhận.".into(), Some("ma_tra_cuu".into())),
            NotNow::TooManyGuesses => ("too-many-guesses", "Nhập sai quá nhiều lần. Hãy thử lại sau 15 phút, hoặc hỏi bộ phận một cửa.".into(), Some("ma_tra_cuu".into())),
            NotNow::NotAwaiting => ("not-awaiting", "Hồ sơ này không chờ tiếp nhận: có thể người khác vừa nhận. Hãy tải lại trang.".into(), None),
            NotNow::AlreadyRated => ("already-rated", "Hồ sơ này đã được đánh giá. Cảm ơn bạn.".into(), None),
            NotNow::RatingOdd => ("rating-odd", "Chọn mức từ 1 đến 5 cho mỗi câu.".into(), Some("cau".into())),
            NotNow::NothingToPrint { what } => ("nothing-to-print", format!("Hồ sơ chưa có {what} nên chưa in được giấy tờ này. Về trang hồ sơ, mục “Giấy tờ in” để xem các giấy tờ in được."), None),
            NotNow::NoForm { circular } => ("no-form", format!("{circular} không có mẫu giấy tờ này. Hồ sơ của thời gian đó thông báo bằng công văn."), None),
            NotNow::RegisterDays { most } => ("register-days", format!("Chọn từ ngày đến ngày, ngày cuối không trước ngày đầu và cách nhau nhiều nhất {most} ngày."), Some("tu".into())),
            NotNow::RegisterLong { most } => ("register-long", format!("Khoảng ngày này có hơn {most} hồ sơ. Hãy chọn khoảng ngày ngắn hơn để in, hoặc tải về bằng Xuất Excel."), Some("tu".into())),
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
        Failure::from(Refusal::from(no))
    }
}
