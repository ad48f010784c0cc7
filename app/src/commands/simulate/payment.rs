//! `cuaviet simulate payment`: a payment gateway whose page has a button for whatever may happen to a payment.

use super::listen;
use anyhow::Result;
use clap::Args;
use link::simulator::Manners;
use link::simulator::payment::{SAMPLE_SECRET, Simulator};
use std::net::SocketAddr;
use std::time::Duration;

/// Cổng thanh toán giả: trang nộp tiền có nút "Thanh toán", "Hủy", "Trả hai lần", rồi gọi lại như cổng thật.
#[derive(Args, Debug)]
pub struct Ask {
    /// Địa chỉ và cổng lắng nghe; mở bằng trình duyệt để xem mọi giao dịch.
    #[arg(long, value_name = "ĐỊA_CHỈ:CỔNG", default_value = "127.0.0.1:9103")]
    listen: SocketAddr,
    /// Khóa ký, giống như trong cấu hình của Cửa Việt.
    #[arg(long, value_name = "KHÓA", default_value = SAMPLE_SECRET)]
    secret: String,
    /// Số lần gọi đầu tiên bị trả lời "đang bảo trì" (503).
    #[arg(long, value_name = "SỐ", default_value_t = 0)]
    fail: u32,
    /// Trả lời chậm bấy nhiêu phần nghìn giây.
    #[arg(long, value_name = "MS", default_value_t = 0)]
    slow: u64,
}

/// Serves until Ctrl+C.
pub async fn run(ask: &Ask) -> Result<()> {
    let listener = listen(ask.listen, "Cổng thanh toán giả").await?;
    if ask.secret == SAMPLE_SECRET {
        println!("Khóa ký để thử: {SAMPLE_SECRET}");
    }
    let manners = Manners { fail: ask.fail, slow: Duration::from_millis(ask.slow) };
    tokio::select! {
        ended = Simulator::new(&ask.secret, manners).serve(listener) => ended?,
        _ = tokio::signal::ctrl_c() => {}
    }
    Ok(())
}
