//! The demo: the letter's world to try the house in (`data/demo`), kept between starts. All of it is invented, and
//! every page says so.

mod dossiers;
mod people;
mod reports;
mod rounds;
mod world;

use ::people::{Failure, Scope};
use anyhow::{Context, Result, anyhow};
use base::{Date, Timestamp};
use index::model::RoundId;
use std::path::{Path, PathBuf};
use web::Site;
use world::World;

/// What the command line asks of the demo.
#[derive(Clone, Debug)]
pub struct Ask {
    /// Where the accounts are written, for programs that sign in.
    pub accounts_json: Option<PathBuf>,
    /// Where the demo keeps its data; the accounts' random passwords lie there too, for the next start.
    pub data: PathBuf,
}

/// The day that the demo shows, unless another is asked for: the round of 2020 is open.
pub fn today() -> Date {
    Date::constant(2020, 11, 24)
}

/// An account as it is printed.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub struct Printed {
    pub login: String,
    pub password: String,
    pub role: String,
    pub unit: String,
    pub name: String,
}

/// Makes the world where it is not made yet, and says the accounts.
pub async fn prepare(site: &Site, ask: &Ask) -> Result<()> {
    let kept = ask.data.join("demo-accounts.json");
    let accounts = if ::people::setup_needed(&mut site.db.read().await?).await? {
        let accounts = make(site).await.map_err(plain)?;
        write(&kept, &accounts)?;
        accounts
    } else {
        let text = std::fs::read_to_string(&kept)
            .with_context(|| format!("Không đọc được {}. Chạy lại với --fresh.", kept.display()))?;
        serde_json::from_str(&text)?
    };
    if let Some(path) = &ask.accounts_json {
        write(path, &accounts)?;
    }
    print(&accounts);
    Ok(())
}

fn plain(failure: Failure) -> anyhow::Error {
    anyhow!(failure.to_string())
}

fn write(path: &Path, accounts: &[Printed]) -> Result<()> {
    let text = serde_json::to_string_pretty(accounts)?;
    std::fs::write(path, text).with_context(|| format!("Không ghi được {}", path.display()))
}

fn print(accounts: &[Printed]) {
    println!("DỮ LIỆU MẪU. Tài khoản để dùng thử (mật khẩu ngẫu nhiên, chỉ có trên máy này):");
    for one in accounts {
        println!("  {:<16} {:<14} {}, {} ({})", one.login, one.password, one.name, one.unit, one.role);
    }
}

/// At nine in the morning, Việt Nam time, of a day: when the past of the demo happened.
fn morning(day: Date) -> Timestamp {
    base::day::start(day).saturating_add(jiff::SignedDuration::from_hours(9)).unwrap_or_default()
}

async fn make(site: &Site) -> Result<Vec<Printed>, Failure> {
    let world = World::read()?;
    // Setting the papers takes as long as hashing the passwords: each has a core.
    let evidence = world.evidence.clone();
    let papers = tokio::task::spawn_blocking(move || rounds::papers(&evidence));
    let scope = Scope::program("Dữ liệu mẫu", morning(Date::constant(2019, 1, 2)));
    let accounts = people::make(site, &scope, &world).await?;
    let papers = papers.await.map_err(|fault| Failure::Broken(fault.to_string()))??;
    let open = rounds::make(site, &world, &papers).await?;
    let mut tx = site.db.begin().await?;
    index::actions::history::load_history(&mut tx, &scope, index::actions::history::HISTORY_FILES).await?;
    catalogue::actions::load_embedded(&mut tx, &scope).await?;
    report::actions::load_embedded(&mut tx, &scope).await?;
    tx.commit().await?;
    reports::make(site).await?;
    reports::make_merged(site).await?;
    dossiers::make(site).await?;
    reports::make_counted(site).await?;
    count(site, &open).await?;
    Ok(accounts)
}

/// What the night before the demo's day counted of its dossiers and reports, and the cards that are read from it.
async fn count(site: &Site, open: &[RoundId]) -> Result<(), Failure> {
    let scope = Scope::program("Dữ liệu mẫu", morning(today()));
    dossier::actions::record_facts(&site.db, &scope).await?;
    let now = Scope::program("Dữ liệu mẫu", site.clock.now());
    report::actions::record_facts(&site.db, &now).await?;
    let mut tx = site.db.begin().await?;
    for round in open {
        index::actions::read_all_facts(&mut tx, &scope, *round).await?;
    }
    Ok(tx.commit().await?)
}
