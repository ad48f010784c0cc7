//! `cuaviet simulate reporting`: a reporting system of the Government that keeps what it is sent in memory.

use super::listen;
use anyhow::Result;
use clap::Args;
use link::simulator::Manners;
use link::simulator::reporting::Simulator;
use std::net::SocketAddr;
use std::time::Duration;

/// Hệ thống thông tin báo cáo giả (Chính phủ, Bộ): nhận số liệu và lời văn, kiểm tra, trả gói tin trạng thái.
#[derive(Args, Debug)]
pub struct Ask {
    /// Địa chỉ và cổng lắng nghe; mở bằng trình duyệt để xem đã nhận gì.
    #[arg(long, value_name = "ĐỊA_CHỈ:CỔNG", default_value = "127.0.0.1:9105")]
    listen: SocketAddr,
    /// Số lần gọi đầu tiên bị trả lời "đang bảo trì" (503).
    #[arg(long, value_name = "SỐ", default_value_t = 0)]
    fail: u32,
    /// Trả lời chậm bấy nhiêu phần nghìn giây.
    #[arg(long, value_name = "MS", default_value_t = 0)]
    slow: u64,
}

/// Serves until Ctrl+C.
pub async fn run(ask: &Ask) -> Result<()> {
    let listener = listen(ask.listen, "Hệ thống thông tin báo cáo giả").await?;
    println!("Mã kết nối nào cũng được, trừ \"sai\".");
    let manners = Manners { fail: ask.fail, slow: Duration::from_millis(ask.slow) };
    tokio::select! {
        ended = Simulator::new(manners).serve(listener) => ended?,
        _ = tokio::signal::ctrl_c() => {}
    }
    Ok(())
}
