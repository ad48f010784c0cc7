//! `cuaviet simulate dvcqg`: a National Public Service Portal that keeps what it is sent in memory and sends nothing on.

use super::listen;
use anyhow::Result;
use clap::Args;
use link::dvcqg::Generation;
use link::simulator::Manners;
use link::simulator::dvcqg::{Push, Simulator};
use std::net::SocketAddr;
use std::time::Duration;

/// Cổng Dịch vụ công quốc gia giả: nhận hồ sơ và tiến độ, kiểm tra theo quy định, cho xem đã nhận gì.
#[derive(Args, Debug)]
pub struct Ask {
    /// Địa chỉ và cổng lắng nghe; mở bằng trình duyệt để xem đã nhận gì.
    #[arg(long, value_name = "ĐỊA_CHỈ:CỔNG", default_value = "127.0.0.1:9102")]
    listen: SocketAddr,
    /// Thế hệ kết nối: 2019, 2023 hoặc 2026.
    #[arg(long, value_name = "NĂM", default_value = "2026", value_parser = generation)]
    generation: Generation,
    /// Số lần gọi đầu tiên bị trả lời "đang bảo trì" (503).
    #[arg(long, value_name = "SỐ", default_value_t = 0)]
    fail: u32,
    /// Trả lời chậm bấy nhiêu phần nghìn giây.
    #[arg(long, value_name = "MS", default_value_t = 0)]
    slow: u64,
    /// Chuyển một hồ sơ MẪU về Cửa Việt ở địa chỉ này (http://127.0.0.1:8080) rồi mới phục vụ tiếp.
    #[arg(long, value_name = "ĐỊA_CHỈ", requires = "token")]
    push: Option<String>,
    /// Mã gửi kèm khi chuyển hồ sơ: như dvcqg.incoming_token.
    #[arg(long, value_name = "MÃ")]
    token: Option<String>,
    /// Thủ tục của hồ sơ được chuyển.
    #[arg(long, value_name = "MÃ_TTHC", default_value = "2.000648")]
    procedure: String,
    /// Mã quốc gia của đơn vị tiếp nhận.
    #[arg(long, value_name = "MÃ_ĐƠN_VỊ", default_value = "H50.12")]
    unit: String,
    /// Mã của hồ sơ ở Cổng; chuyển lại cùng mã là cùng một hồ sơ.
    #[arg(long, value_name = "ID", default_value = "cong-mau-1")]
    id: String,
}

/// Serves until Ctrl+C.
pub async fn run(ask: &Ask) -> Result<()> {
    let listener = listen(ask.listen, "Cổng Dịch vụ công quốc gia giả").await?;
    println!("Tài khoản: tên và mật khẩu nào cũng được, trừ mật khẩu \"sai\".");
    let manners = Manners { fail: ask.fail, slow: Duration::from_millis(ask.slow) };
    let portal = Simulator::new(ask.generation, manners);
    if let Some((to, token)) = ask.push.as_ref().zip(ask.token.as_ref()) {
        let push = Push {
            to: to.trim_end_matches('/').to_owned(),
            token: token.clone(),
            id: ask.id.clone(),
            procedure: ask.procedure.clone(),
            unit: ask.unit.clone(),
            owner: "Nguyễn Văn MẪU".into(),
            papers: Vec::new(),
        };
        match portal.push(&push).await {
            Ok((status, said)) => println!("Chuyển hồ sơ {}: {status} {said}", push.id),
            Err(why) => eprintln!("Không chuyển được hồ sơ {}: {why}.", push.id),
        }
    }
    tokio::select! {
        ended = portal.serve(listener) => ended?,
        _ = tokio::signal::ctrl_c() => {}
    }
    Ok(())
}

fn generation(typed: &str) -> Result<Generation, String> {
    Generation::of(typed).ok_or_else(|| "chỉ có 2019, 2023 và 2026".to_owned())
}
