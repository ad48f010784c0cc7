//! Every reason for which this room says no, and its sentence.

use crate::model::No;
use base::Refusal;
use people::Failure;

impl From<No> for Refusal {
    fn from(no: No) -> Refusal {
        let (code, say, field): (&'static str, String, Option<&str>) = match no {
            No::Kind => ("feedback-kind", "Chọn loại: phản ánh hay kiến nghị.".into(), Some("loai")),
            No::Agency => ("feedback-agency", "Chọn cơ quan mà bạn phản ánh, kiến nghị.".into(), Some("co_quan")),
            No::Said => ("feedback-said", "Ghi nội dung phản ánh, kiến nghị: việc gì, ở đâu, khi nào.".into(), Some("noi_dung")),
            No::Long { most } => ("feedback-long", format!("Nội dung dài quá {most} chữ cái. Hãy rút gọn."), Some("noi_dung")),
            No::Phone => ("feedback-phone", "Số điện thoại có 10 chữ số, bắt đầu bằng 0; không có thì để trống.".into(), Some("dien_thoai")),
            No::Email => ("feedback-email", "Thư điện tử viết như ten@noi.vn; không có thì để trống.".into(), Some("thu")),
            No::TooMany => ("feedback-many", "Đang có quá nhiều phản ánh gửi cùng lúc. Những gì bạn nhập còn ở đây: hãy gửi lại sau ít phút, hoặc đến bộ phận một cửa.".into(), None),
            No::TooManyOfOne => ("feedback-many-of-one", "Từ địa chỉ mạng này đã gửi quá nhiều phản ánh trong một giờ. Những gì bạn nhập còn ở đây: hãy gửi lại sau, hoặc đến bộ phận một cửa.".into(), None),
            No::Trap => ("feedback-trap", "Một ô ẩn của trang đã bị điền tự động. Ô ấy nay đã trống: hãy bấm Gửi lần nữa.".into(), None),
            No::TooQuick => ("feedback-quick", "Biểu mẫu được gửi ngay khi vừa mở. Hãy xem lại nội dung rồi bấm Gửi lần nữa.".into(), None),
            No::TooOld => ("feedback-old", "Trang này mở đã quá lâu. Những gì bạn nhập còn ở đây: hãy xem lại rồi bấm Gửi lần nữa; tệp thì chọn lại.".into(), None),
            No::FilesMany { most } => ("feedback-files", format!("Mỗi lần gửi kèm nhiều nhất {most} tệp. Hãy bỏ bớt."), Some("tep")),
            No::WrongSecret => ("feedback-secret", "Mã phản ánh hoặc mã tra cứu không đúng. Cả hai ghi ở trang xác nhận sau khi gửi.".into(), Some("ma_tra_cuu")),
            No::TooManyGuesses => ("feedback-guesses", "Nhập sai quá nhiều lần. Hãy thử lại sau 15 phút.".into(), Some("ma_tra_cuu")),
            No::AnswerEmpty => ("feedback-answer", "Ghi nội dung trả lời.".into(), Some("tra_loi")),
            No::Ended { state } => ("feedback-ended", format!("Phản ánh này đã kết thúc ({}). Hãy tải lại trang.", state.say()), None),
            No::PassNowhere => ("feedback-pass", "Chọn cơ quan khác để chuyển đến.".into(), Some("chuyen_den")),
            No::PassWhy => ("feedback-pass-why", "Ghi lý do chuyển.".into(), Some("ly_do_chuyen")),
            No::NotOverseer => ("feedback-oversee", "Phân công, chuyển cơ quan khác do lãnh đạo, đầu mối hoặc cán bộ một cửa của cơ quan làm.".into(), None),
            No::NotHead => ("feedback-head", "Công khai trả lời do lãnh đạo cơ quan duyệt.".into(), None),
            No::GiveWhom => ("feedback-give", "Chọn phòng hoặc người của cơ quan để giao.".into(), Some("giao_cho")),
            No::NotAnswered => ("feedback-not-answered", "Trả lời người gửi trước, rồi mới công khai.".into(), None),
            No::PublicQuestion => ("feedback-public-question", "Ghi lại câu hỏi để mọi người đọc, không có dữ liệu cá nhân.".into(), Some("hoi")),
            No::PublicAnswer => ("feedback-public-answer", "Ghi lại câu trả lời để mọi người đọc, không có dữ liệu cá nhân.".into(), Some("dap")),
            No::PublicPersonal { what, field } => ("feedback-public-personal", format!("Nội dung công khai còn {what}. Hãy bỏ đi trước khi công khai."), Some(field)),
            No::PublicNotAsked => ("feedback-public-not-asked", "Chưa có nội dung nào chờ duyệt công khai. Hãy soạn câu hỏi và câu trả lời trước.".into(), None),
            No::PublicNot => ("feedback-public-not", "Phản ánh này chưa được công khai. Hãy tải lại trang.".into(), None),
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
