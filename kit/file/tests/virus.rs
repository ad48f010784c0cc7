//! Debian's clamd, with a signature of our own: what it knows is refused by name, and nothing is taken unseen.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use bytes::Bytes;
use file::{Clamd, Limits, Store};
use object_store::memory::InMemory;
use people::Failure;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

const SIGNED: &str = "CUA VIET THU MA DOC 7f3a";

/// Debian puts it where only root looks.
fn program() -> Option<PathBuf> {
    ["/usr/sbin/clamd", "/usr/local/sbin/clamd", "/usr/bin/clamd"].iter().map(PathBuf::from).find(|file| file.is_file())
}

struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

async fn started(program: &Path, folder: &Path) -> (Running, Clamd) {
    let hex: String = SIGNED.bytes().map(|byte| format!("{byte:02x}")).collect();
    std::fs::write(folder.join("own.ndb"), format!("CuaViet.Thu:0:*:{hex}\n")).unwrap();
    let (socket, config) = (folder.join("clamd.ctl"), folder.join("clamd.conf"));
    let shown = (socket.display(), folder.display());
    let text = format!("LocalSocket {}\nDatabaseDirectory {}\nForeground yes\nStreamMaxLength 1M\n", shown.0, shown.1);
    std::fs::write(&config, text).unwrap();
    let mut command = Command::new(program);
    command.arg("-c").arg(&config).stdout(Stdio::null()).stderr(Stdio::null());
    let running = Running(command.spawn().unwrap());
    let clamd = Clamd::at(&socket.to_string_lossy());
    for _ in 0..200 {
        if clamd.ping().await.is_ok() {
            return (running, clamd);
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("clamd did not start");
}

fn say(failure: Failure) -> String {
    match failure {
        Failure::Refused(refusals) => refusals[0].say.clone(),
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn what_clamd_knows_is_refused_and_nothing_is_taken_unseen() {
    let Some(program) = program() else {
        eprintln!("no clamd here: left out of this run");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let (running, clamd) = started(&program, folder.path()).await;
    let objects = Arc::new(InMemory::new());
    let store = Store::over(objects.clone(), Limits::default()).guarded_by(clamd);

    let clean = store.put(Bytes::from("Đơn đề nghị cấp giấy phép"), "don.txt").await.unwrap();
    assert_eq!(store.get(&clean.sha256).await.unwrap(), "Đơn đề nghị cấp giấy phép");

    // Beyond the first piece, so that a file told in part would pass.
    let bad = format!("{}{SIGNED}\n", "Dòng nào cũng thế.\n".repeat(5000));
    let refused = say(store.put(Bytes::from(bad.clone()), "don.txt").await.unwrap_err());
    assert!(refused.contains("“don.txt” có mã độc (CuaViet.Thu"), "{refused}");

    let long = "Dòng nào cũng thế.\n".repeat(100_000);
    let refused = say(store.put(Bytes::from(long), "dai.txt").await.unwrap_err());
    assert!(refused.contains("không quét được vi-rút"), "longer than clamd takes: {refused}");

    drop(running);
    let refused = say(store.put(Bytes::from("Sạch, nhưng không ai xem"), "sach.txt").await.unwrap_err());
    assert!(refused.contains("Hãy thử lại sau ít phút"), "{refused}");
    assert_eq!(
        futures_util::StreamExt::count(object_store::ObjectStore::list(&*objects, None)).await,
        1,
        "only what was seen to be clean is stored"
    );
}
