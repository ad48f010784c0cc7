//! An operator's desk: a folder, the program, and databases of both kinds.

use db::{Db, Sql, args};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

pub const PROGRAM: &str = env!("CARGO_BIN_EXE_cuaviet");

/// The program with these words, away from any settings of this machine.
pub fn program(words: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("CUAVIET_")) {
        command.env_remove(name);
    }
    command.args(words);
    command
}

pub struct Said {
    pub code: i32,
    pub out: String,
    pub err: String,
}

pub fn run(words: &[&str]) -> Said {
    let Output { status, stdout, stderr } = program(words).output().unwrap();
    Said {
        code: status.code().unwrap(),
        out: String::from_utf8(stdout).unwrap(),
        err: String::from_utf8(stderr).unwrap(),
    }
}

/// Runs what must succeed.
pub fn done(words: &[&str]) -> String {
    let said = run(words);
    assert_eq!(said.code, 0, "{words:?}\n{}\n{}", said.out, said.err);
    said.out
}

/// Where a test database is, for another process.
pub async fn url(db: &Db) -> String {
    if let Some(path) = db.lite_path() {
        return path.to_string_lossy().into_owned();
    }
    let sql = Sql { name: "NAME", room: "ops", text: "select current_database()::text" };
    let name: String = db.read().await.unwrap().find(sql, args![], |row| row.pull()).await.unwrap().unwrap();
    let server = std::env::var("CUAVIET_TEST_PG").unwrap();
    format!("{}/{name}", server.rsplit_once('/').unwrap().0)
}

/// `cuaviet serve` on a port that the host chose.
pub struct Server {
    child: Child,
    pub at: SocketAddr,
    /// What it printed up to the line with its address.
    pub said: String,
}

impl Server {
    pub fn start(folder: &Path, more: &[&str]) -> Server {
        let folder = folder.to_string_lossy();
        let mut words = vec!["serve", "--listen", "127.0.0.1:0", "--data-dir", &folder];
        words.extend(more);
        let mut child = program(&words).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut said = String::new();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let at = loop {
            let line = lines.next().expect("it says where it is").unwrap();
            said += &format!("{line}\n");
            if let Some((_, at)) = line.split_once("đang chạy tại http://") {
                break at.parse().unwrap();
            }
        };
        Server { child, at, said }
    }

    pub fn open(&self) -> TcpStream {
        let stream = TcpStream::connect(self.at).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream
    }

    /// Status and the whole answer.
    pub fn get(&self, path: &str, headers: &str) -> (u16, String) {
        let mut stream = self.open();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{headers}\r\n", self.at).unwrap();
        answer(stream)
    }

    pub fn terminate(&self) {
        let sent = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(sent.success());
    }

    /// Waits for the end, and gives the exit code.
    pub fn end(mut self) -> i32 {
        self.child.wait().unwrap().code().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn answer(mut stream: TcpStream) -> (u16, String) {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let status = text.split(' ').nth(1).unwrap_or_else(|| panic!("no answer: {text:?}")).parse().unwrap();
    (status, text)
}

pub fn path(folder: &tempfile::TempDir, name: &str) -> PathBuf {
    folder.path().join(name)
}
