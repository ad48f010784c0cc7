//! `cuaviet simulate`: partners that only pretend, for trying things out at one's desk. One file each.

pub mod dvcqg;
pub mod mail;
pub mod payment;
pub mod reporting;
pub mod sms;
pub mod sso;

use anyhow::{Context, Result};
use std::net::SocketAddr;
use tokio::net::TcpListener;

/// Listens, and says where. A pretender believes everybody, so it should stay on the machine itself.
async fn listen(at: SocketAddr, what: &str) -> Result<TcpListener> {
    let listener = TcpListener::bind(at).await.with_context(|| format!("Không lắng nghe được ở {at}"))?;
    println!("{what} đang chờ ở {}. Dừng: Ctrl+C.", listener.local_addr()?);
    if !at.ip().is_loopback() {
        eprintln!("Chú ý: ai trong mạng cũng gửi tới được {at}. Chỉ dùng để thử.");
    }
    Ok(listener)
}
