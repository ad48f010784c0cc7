//! `cuaviet simulate mail`: a mail server that prints what it receives and sends nothing on.

use super::listen;
use anyhow::Result;
use clap::Args;
use notice::postbox::{self, Received};
use std::net::SocketAddr;

/// Máy chủ thư giả: in mọi thư nhận được, không chuyển đi đâu.
#[derive(Args, Debug)]
pub struct Ask {
    /// Địa chỉ và cổng lắng nghe (SMTP, không mã hóa, không hỏi mật khẩu).
    #[arg(long, value_name = "ĐỊA_CHỈ:CỔNG", default_value = "127.0.0.1:9125")]
    listen: SocketAddr,
}

/// Receives until Ctrl+C.
pub async fn run(ask: &Ask) -> Result<()> {
    let listener = listen(ask.listen, "Máy chủ thư giả").await?;
    tokio::select! {
        () = postbox::serve(listener, |received| println!("{}", shown(&received))) => {}
        _ = tokio::signal::ctrl_c() => {}
    }
    Ok(())
}

/// A message as it is printed: the headers that a person looks at, then the text.
fn shown(received: &Received) -> String {
    let line = |name: &str, value: &str| format!("{name}: {value}\n");
    format!(
        "──── Thư ────\n{}{}{}{}{}\n{}",
        line("Từ", received.header("From")),
        line("Đến", &received.to.join(", ")),
        line("Mã", received.header("Message-ID")),
        line("Ngày", received.header("Date")),
        line("Tiêu đề", received.header("Subject")),
        received.body
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn a_letter_is_printed_as_a_person_reads_it() {
        let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let received = Received {
            from: "mot-cua@example.vn".into(),
            to: vec!["chu@example.vn".into()],
            headers: vec![header("From", "Một cửa <mot-cua@example.vn>"), header("Subject", "Đã tiếp nhận hồ sơ")],
            body: "Ngày hẹn trả: 05/12/2026.\n".into(),
        };
        let text = shown(&received);
        assert!(text.contains("Đến: chu@example.vn\n") && text.contains("Tiêu đề: Đã tiếp nhận hồ sơ\n"), "{text}");
        assert!(text.ends_with("\n\nNgày hẹn trả: 05/12/2026.\n"), "{text}");
    }
}
