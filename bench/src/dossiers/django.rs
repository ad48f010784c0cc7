//! The worklist and a dossier by turns with Django's, in one run: what a machine's speed of the hour does to one, it does to
//! the other.

use super::measure::Asker;
use crate::site::tell;
use anyhow::{Context, Result, ensure};
use dossier::model::DossierId;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Turns of each, and requests in a turn.
const TURNS: usize = 8;
const REQUESTS: usize = 60;

pub async fn run(asker: &Asker, database: &str) -> Result<()> {
    ensure!(asker.site.db.is_postgres(), "Django is asked on PostgreSQL: --database postgres://…");
    let theirs = Django::begin(database).await?;
    let head = asker.cookie("bench.so-0.lanh-dao.0").await?;
    let session = format!("sessionid={}", theirs.session);
    let boxes = ["dang-xu-ly", "qua-han", "tam-dung", "cho-tra"].map(|one| format!("/mot-cua?hop={one}")).to_vec();
    let ids = asker.dossiers("so-0").await?;
    let addresses = |way: &str| ids.iter().map(|id: &DossierId| format!("{way}{id}")).collect::<Vec<_>>();
    println!("Django {}, gunicorn of two workers; {TURNS} turns of {REQUESTS} each", theirs.version);
    let pages = [
        ("worklist, the head of the largest agency", boxes.clone(), boxes),
        ("a dossier opened, with its line in the journal", addresses("/mot-cua/ho-so/"), addresses("/ho-so/")),
    ];
    for (what, ours, others) in pages {
        let (mut we, mut they) = (Vec::new(), Vec::new());
        // Each page is looked at once before: whoever comes first else reads the disk for both.
        asker.times(&asker.base, &head, &ours[..ours.len().min(TURNS * REQUESTS)]).await?;
        asker.times(&theirs.base, &session, &others[..others.len().min(TURNS * REQUESTS)]).await?;
        for turn in 0..TURNS {
            let these = |paths: &[String]| paths.iter().cycle().skip(turn * REQUESTS).take(REQUESTS).cloned().collect();
            let (ours, others): (Vec<String>, Vec<String>) = (these(&ours), these(&others));
            we.extend(asker.times(&asker.base, &head, &ours).await?.into_iter().map(|took| took.wall));
            they.extend(asker.times(&theirs.base, &session, &others).await?.into_iter().map(|took| took.wall));
        }
        let ours = tell(what, &mut we);
        let others = tell("  the same by Django", &mut they);
        println!("  of Django's time: p50 {:.2}, p95 {:.2}", ours.0 / others.0, ours.1 / others.1);
    }
    Ok(())
}

/// Django as it runs beside us, until it is dropped.
struct Django {
    child: Child,
    database: String,
    base: String,
    session: String,
    version: String,
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn with(command: &str, database: &str) -> Command {
    let mut made = Command::new(command);
    made.current_dir(folder()).env("BENCH_DATABASE", database);
    made.env("BENCH_NOW", super::morning().as_microsecond().to_string());
    made
}

impl Django {
    async fn begin(database: &str) -> Result<Django> {
        let made = with("python3", database).args(["django_pages.py", "prepare"]).output()?;
        let said = String::from_utf8_lossy(&made.stdout).into_owned();
        let needed = "python3 with Django is needed (pip install django gunicorn 'psycopg[binary]')";
        let (session, version) = said.trim().split_once(' ').with_context(|| {
            let last = String::from_utf8_lossy(&made.stderr).lines().last().unwrap_or_default().to_owned();
            format!("{needed}: {last}")
        })?;
        let free = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut serve = with("gunicorn", database);
        serve.args([
            "-w",
            "2",
            "--log-level",
            "warning",
            "-b",
            &format!("127.0.0.1:{free}"),
            "django_pages:application",
        ]);
        let child = serve.stdout(Stdio::null()).spawn().inspect_err(|_| forget(database)).context(needed)?;
        let base = format!("http://127.0.0.1:{free}");
        let (database, session, version) = (database.to_owned(), session.to_owned(), version.to_owned());
        let django = Django { child, database, base, session, version };
        for _ in 0..100 {
            if tokio::net::TcpStream::connect(("127.0.0.1", free)).await.is_ok() {
                return Ok(django);
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        anyhow::bail!("gunicorn did not answer within ten seconds")
    }
}

/// Takes away what Django itself kept.
fn forget(database: &str) {
    let _ = with("python3", database).args(["django_pages.py", "drop"]).status();
}

impl Drop for Django {
    fn drop(&mut self) {
        // A polite end: gunicorn takes its workers along.
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        let _ = self.child.wait();
        forget(&self.database);
    }
}
