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
            No::WrongSecret => ("feedback-secret", "Mã phản ánh hoặc mã tra cứu không đúng. Cả hai ghi ở trang xác nhận sau khi gửi.".into(), Some("ma_tra_cuu")),
            No::TooManyGuesses => ("feedback-guesses", "Nhập sai quá nhiều lần. Hãy thử lại sau 15 phút.".into(), Some("ma_tra_cuu")),
            No::AnswerEmpty => ("feedback-answer", "Ghi nội dung trả lời.".into(), Some("tra_loi")),
            No::Ended { state } => ("feedback-ended", format!("Phản ánh này đã kết thúc ({}). Hãy tải lại trang.", state.say()), None),
            No::PassNowhere => ("feedback-pass", "Chọn cơ quan khác để chuyển đến.".into(), Some("chuyen_den")),
            No::PassWhy => ("feedback-pass-why", "Ghi lý do chuyển.".into(), Some("ly_do_chuyen")),
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
