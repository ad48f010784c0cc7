//! A private PostgreSQL for one run: its own folder, a free port, gone at the end.
//!
//! ```text
//! xtask ──initdb, pg_ctl start──▶ postgres (127.0.0.1:PORT, trust, nothing flushed to disk)
//!   └─stdin pipe──▶ guardian (sh): when the pipe closes, pg_ctl stop, rm -r
//! ```
//! The guardian is why nothing is left behind when a step fails, when somebody presses Ctrl+C, or when xtask
//! is killed outright: in every case the pipe closes.

use std::fs;
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, anyhow, bail};

use crate::{run, setup};

/// Where the tests read the server's address.
pub const VARIABLE: &str = "CUAVIET_TEST_PG";

/// A test cluster's settings: many short connections, and no care for its data after a power cut.
const SETTINGS: &str = "\
listen_addresses = '127.0.0.1'
fsync = off
synchronous_commit = off
full_page_writes = off
max_connections = 300
shared_buffers = '128MB'
max_wal_size = '256MB'
timezone = 'UTC'
";

/// A running server that ends with this value.
pub struct Cluster {
    pub url: String,
    guardian: Child,
}

impl Cluster {
    pub fn start() -> Result<Self> {
        let server = Server::create()?;
        let guardian = server.guard()?;
        Ok(Self { url: server.url(), guardian })
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // Waiting closes the pipe first.
        let _ = self.guardian.wait();
    }
}

/// `cargo xtask postgres start|stop`: one that stays, for a developer's own `cargo nextest run`.
pub fn command(root: &Path, arguments: &[String]) -> Result<()> {
    let note = root.join("target").join("xtask-postgres");
    match arguments.first().map(String::as_str) {
        Some("start") => {
            if note.exists() {
                stop(&note)?;
            }
            setup::postgres()?;
            let server = Server::create()?;
            fs::create_dir_all(root.join("target"))?;
            fs::write(&note, server.folder.to_string_lossy().as_bytes())?;
            println!("export {VARIABLE}={}", server.url());
            Ok(())
        }
        Some("stop") if note.exists() => stop(&note),
        Some("stop") => bail!("`cargo xtask postgres start` has not been run here"),
        _ => bail!("say `cargo xtask postgres start` or `cargo xtask postgres stop`"),
    }
}

fn stop(note: &Path) -> Result<()> {
    let folder = PathBuf::from(fs::read_to_string(note)?.trim());
    let bin = programs().ok_or_else(missing)?;
    if folder.exists() {
        // A server that is already down is no reason to keep its folder.
        let _ =
            run::quiet(as_owner(&bin.join("pg_ctl")).args(["-m", "immediate", "-w", "stop", "-D"]).arg(data(&folder)));
        fs::remove_dir_all(&folder)?;
    }
    fs::remove_file(note).context("the note of the running server")
}

struct Server {
    bin: PathBuf,
    folder: PathBuf,
    port: u16,
}

impl Server {
    fn create() -> Result<Self> {
        let bin = programs().ok_or_else(missing)?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let folder = std::env::temp_dir().join(format!("cuaviet-pg-{}-{port}", std::process::id()));
        fs::create_dir_all(&folder)?;
        let server = Self { bin, folder, port };
        server.launch().inspect_err(|_| {
            let _ = fs::remove_dir_all(&server.folder);
        })?;
        Ok(server)
    }

    fn launch(&self) -> Result<()> {
        if is_root() {
            run::quiet(Command::new("chown").arg("postgres").arg(&self.folder))?;
        }
        run::quiet(
            as_owner(&self.bin.join("initdb"))
                .args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "-D"])
                .arg(data(&self.folder)),
        )?;
        let settings =
            format!("{SETTINGS}unix_socket_directories = '{}'\nport = {}\n", self.folder.display(), self.port);
        fs::write(data(&self.folder).join("postgresql.auto.conf"), settings)?;
        // Its output goes to a file, never to a pipe of ours, which it would hold open for ever.
        let status = as_owner(&self.bin.join("pg_ctl"))
            .args(["-w", "-t", "60", "start", "-l"])
            .arg(self.folder.join("log"))
            .arg("-D")
            .arg(data(&self.folder))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()?;
        if !status.success() {
            let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
            bail!("PostgreSQL did not start:\n{log}");
        }
        Ok(())
    }

    fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    fn guard(&self) -> Result<Child> {
        let owner = if is_root() { "runuser -u postgres -- " } else { "" };
        let script = format!("cat >/dev/null; {owner}\"$1/pg_ctl\" -m immediate -w stop -D \"$2/data\"; rm -rf \"$2\"");
        // A process group of its own: Ctrl+C at the terminal reaches us, not the guardian.
        Command::new("sh")
            .args(["-c", &script, "guardian"])
            .arg(&self.bin)
            .arg(&self.folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .context("the guardian of PostgreSQL")
    }
}

fn data(folder: &Path) -> PathBuf {
    folder.join("data")
}

/// The server's programs refuse root; the Debian package brings a user for them.
fn as_owner(program: &Path) -> Command {
    // The current folder may be closed to that user.
    let mut command = if is_root() {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    };
    command.current_dir("/");
    command
}

pub fn is_root() -> bool {
    run::quiet(Command::new("id").arg("-u")).is_ok_and(|user| user.trim() == "0")
}

/// The folder of `initdb` and `pg_ctl`: on PATH, else where Debian keeps them, the newest first.
pub fn programs() -> Option<PathBuf> {
    let complete = |folder: &PathBuf| folder.join("initdb").is_file() && folder.join("pg_ctl").is_file();
    let on_path = run::on_path("pg_ctl").and_then(|file| file.parent().map(Path::to_path_buf)).filter(complete);
    on_path.or_else(|| {
        let versions = fs::read_dir("/usr/lib/postgresql").ok()?;
        let number = |folder: &PathBuf| folder.file_name().and_then(|name| name.to_str()?.parse::<u32>().ok());
        let mut folders: Vec<PathBuf> = versions.flatten().map(|entry| entry.path()).collect();
        folders.sort_by_key(|folder| std::cmp::Reverse(number(folder)));
        folders.into_iter().map(|folder| folder.join("bin")).find(complete)
    })
}

fn missing() -> anyhow::Error {
    anyhow!(
        "PostgreSQL is not installed (no initdb and pg_ctl); `cargo xtask setup` installs it, or set {VARIABLE} to a server that tests may use"
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;
    use std::net::TcpStream;

    #[test]
    fn a_cluster_answers_while_it_lives_and_leaves_nothing() {
        if programs().is_none() {
            return;
        }
        let cluster = Cluster::start().unwrap();
        let address = cluster.url.split('@').nth(1).unwrap().split('/').next().unwrap().to_owned();
        let port = address.split(':').nth(1).unwrap().to_owned();
        let folder = std::env::temp_dir().join(format!("cuaviet-pg-{}-{port}", std::process::id()));
        assert!(TcpStream::connect(&address).is_ok());
        assert!(folder.exists());
        drop(cluster);
        assert!(TcpStream::connect(&address).is_err());
        assert!(!folder.exists());
    }
}
