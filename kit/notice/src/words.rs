//! Every sentence of this room that people read, but for the templates in `data/notices`.

use base::Refusal;

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotNow {
    /// Only what has failed is sent again.
    NotFailed,
    /// The address itself was wrong: sending again would fail again.
    NoAddress,
}

impl From<NotNow> for Refusal {
    fn from(no: NotNow) -> Refusal {
        match no {
            NotNow::NotFailed => {
                Refusal::new("notice-not-failed", "Chỉ gửi lại được thông báo không gửi được. Hãy tải lại trang.")
            }
            NotNow::NoAddress => Refusal::new(
                "notice-no-address",
                "Địa chỉ của thông báo này không đúng nên gửi lại cũng không đến. Hãy sửa địa chỉ trong hồ sơ.",
            ),
        }
    }
}

pub(crate) const NO_MAIL_ADDRESS: &str = "Địa chỉ thư điện tử không đúng.";
pub(crate) const NO_MOBILE: &str = "Số điện thoại không phải số di động Việt Nam (10 chữ số).";
/// Never tried, and old by now.
pub(crate) const TOO_OLD: &str = "Không gửi được trong 3 ngày nên thôi gửi. Hãy xem cấu hình gửi thư, gửi tin nhắn.";
/// The program stopped in the middle, as often as it may.
pub(crate) const CUT: &str = "Việc gửi bị dừng giữa chừng quá nhiều lần. Hãy báo người quản trị.";
pub(crate) const ONLY_ADMIN: &str = "Chỉ quản trị viên xem và gửi lại được thông báo không gửi được.";

/// The whole e-mail: the text, where to look, and that nobody reads answers.
pub(crate) fn mail(text: &str, link: &str) -> String {
    let look = if link.is_empty() { String::new() } else { format!("Xem tại: {link}\n\n") };
    format!("{text}\n\n{look}Thư này được gửi tự động, vui lòng không trả lời.\n")
}

pub(crate) fn silent(seconds: u64) -> String {
    format!("Nơi nhận không trả lời trong {seconds} giây.")
}

/// Of the mail server: `detail` is its own answer.
pub(crate) fn mail_refused(detail: &str) -> String {
    format!("Máy chủ thư từ chối: {detail}")
}

pub(crate) fn mail_later(detail: &str) -> String {
    format!("Máy chủ thư chưa nhận: {detail}")
}

pub(crate) fn mail_away(detail: &str) -> String {
    format!("Không gửi được qua máy chủ thư: {detail}")
}

/// Of the gateway for texts.
pub(crate) fn text_refused(detail: &str) -> String {
    format!("Cổng tin nhắn từ chối: {detail}")
}

pub(crate) fn text_away(detail: &str) -> String {
    format!("Không gửi được qua cổng tin nhắn: {detail}")
}
