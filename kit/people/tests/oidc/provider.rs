//! The provider of `e2e/oidc`, started on a free port for one test.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

pub const CLIENT: &str = "cuaviet";
pub const SECRET: &str = "only-for-tests-0123456789abcdef0123456789";
/// Nothing listens here: the walk ends where the browser would be sent to it.
pub const BACK: &str = "http://127.0.0.1:1/dang-nhap/chung/tro-ve";

pub struct Provider {
    pub url: String,
    _process: Child,
}

/// A port that was free a moment ago.
pub fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Starts the provider; `issuer` where it is to call itself by another name. `None` where there is no node.
#[allow(dead_code)] // the journeys of the whole program share this file
pub async fn start(issuer: Option<&str>) -> Option<Provider> {
    start_for(BACK, issuer).await
}

/// The same, sending browsers back to another page.
pub async fn start_for(back: &str, issuer: Option<&str>) -> Option<Provider> {
    let house = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().find(|at| at.join("e2e/oidc").is_dir());
    let folder = house.expect("the house has a provider").join("e2e/oidc");
    if Command::new("node").arg("--version").stdout(Stdio::null()).status().await.is_err() {
        eprintln!("SKIPPED: node is not installed, so no OIDC provider can be started");
        return None;
    }
    install(&folder).await;
    let (port, script) = (free_port(), folder.join("provider.mjs"));
    let mut command = Command::new("node");
    command.arg(script).arg(port.to_string()).arg(back).args(issuer).kill_on_drop(true);
    let mut process = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
    let first =
        tokio::time::timeout(Duration::from_secs(30), lines.next_line()).await.expect("the provider does not start");
    assert!(first.unwrap().is_some_and(|line| line.starts_with("ready")), "the provider does not start");
    Some(Provider { url: format!("http://127.0.0.1:{port}"), _process: process })
}

/// `npm ci`, once: tests run side by side in processes of their own, and a folder can be made by one only.
async fn install(folder: &Path) {
    let (done, lock) = (folder.join("node_modules/.package-lock.json"), lock_of(folder));
    while !done.exists() {
        if std::fs::create_dir(&lock).is_ok() {
            let npm = Command::new("npm")
                .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
                .current_dir(folder)
                .output()
                .await;
            std::fs::remove_dir(&lock).unwrap();
            let npm = npm.expect("npm is not installed");
            assert!(npm.status.success(), "npm ci: {}", String::from_utf8_lossy(&npm.stderr));
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

fn lock_of(folder: &Path) -> PathBuf {
    let inside = folder.canonicalize().unwrap().to_string_lossy().replace('/', "-");
    std::env::temp_dir().join(format!("cuaviet-npm{inside}"))
}
