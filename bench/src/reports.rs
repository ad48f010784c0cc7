//! A province's reports: 3,500 units, 400 indicators, fifteen months, 21 million figures; then as people ask for them.
//!
//! `bench reports --generate 1 --database URL` makes them; without `--generate` the same database is measured. `--only totals`, `entry`
//! or `book`: of that one part.

mod entry;
mod theirs;
mod world;

use crate::dossiers::{flag, morning, open};
use crate::site::{plain, tell};
use anyhow::{Context, Result, ensure};
use indicator::{Nature, Period};
use people::{Role, Scope, UnitId};
use report::actions::{self, Ask, Overview};
use report::model::{Name, Stand};
use std::process::ExitCode;
use std::time::{Duration, Instant};
use web::Site;

pub const UNITS: usize = 3_500;
pub const INDICATORS: usize = 400;
pub const PERIODS: usize = 15;
/// Turns of each, alternating with what it is compared with.
const TURNS: usize = 21;

pub fn run() -> ExitCode {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    match runtime.map_err(anyhow::Error::from).and_then(|runtime| runtime.block_on(go())) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn go() -> Result<()> {
    let database = flag("--database").context("--database postgres://… or the path of a file")?;
    let (settings, opened) = open(&database).await?;
    if flag("--generate").is_some() {
        return world::make(&opened.site).await;
    }
    println!("{}", if opened.site.db.is_postgres() { "PostgreSQL" } else { "SQLite" });
    let only = flag("--only");
    let is = |part: &str| only.as_deref().is_none_or(|only| only == part);
    let site = opened.site.clone();
    if is("totals") {
        totals(&site).await?;
    }
    if is("book") {
        entry::book(&site).await?;
    }
    if is("entry") {
        entry::run(&settings, opened).await?;
    }
    Ok(())
}

/// Whoever oversees a unit.
pub async fn overseer(site: &Site, key: &str) -> Result<(UnitId, Scope)> {
    let unit = people::unit_by_key(&mut site.db.read().await?, key).await?.context("--generate first")?;
    let scope =
        Scope { unit: Some(unit.id), roles: vec![Role::Coordinator, Role::Head], ..Scope::program("bench", morning()) };
    Ok((unit.id, scope))
}

fn name(nth: usize) -> Name {
    Name { indicator: world::code(nth), part: None, nature: Nature::Actual }
}

async fn overview(site: &Site, scope: &Scope, ask: &Ask) -> Result<(Duration, Overview)> {
    let begun = Instant::now();
    let mut conn = site.db.read().await?;
    let found = actions::overview(&mut conn, scope, ask).await.map_err(plain)?.context("nothing was collected")?;
    Ok((begun.elapsed(), found))
}

async fn totals(site: &Site) -> Result<()> {
    let (root, scope) = overseer(site, &world::key(0)).await?;
    let period: Period = world::PERIOD.parse().ok().context("a period")?;
    let ask = Ask { code: world::REGIME.into(), all: true, periods: vec![period], stand: Stand::Now, ..Ask::default() };
    let (_, first) = overview(site, &scope, &ask).await?;
    ensure!(first.parts.lines.len() == UNITS, "{} lines", first.parts.lines.len());
    let (mut all, mut theirs) = (Vec::new(), theirs::begin(&first)?);
    for _ in 0..TURNS {
        all.push(overview(site, &scope, &ask).await?.0);
        theirs.turn()?;
    }
    let ours = tell("totals of one period, the whole tree, 400 indicators (limit 200)", &mut all);
    theirs.tell(ours.0);
    let begun = Instant::now();
    let points = first.parts.lines.iter().flat_map(|(unit, _)| (0..INDICATORS).map(move |at| (*unit, at)));
    let told = points.filter(|(unit, at)| first.parts.point(*unit, 0, *at).value.is_some()).count();
    println!("  {told} of them as decimals: {:.0} ms", begun.elapsed().as_secs_f64() * 1e3);

    let middle = people::unit_by_key(&mut site.db.read().await?, &world::key(1)).await?.context("a unit")?.id;
    for (unit, words) in [(root, "of the province, 3,499 reports"), (middle, "of a unit with 30 inside")] {
        let mut times = Vec::new();
        for turn in 0..TURNS {
            let begun = Instant::now();
            let mut conn = site.db.read().await?;
            let figure = name(turn * 8 + 1);
            let asked = (world::REGIME, &figure, period);
            let opened = actions::opened(&mut conn, &scope, asked, (unit, Stand::Now)).await.map_err(plain)?;
            ensure!(opened.entries.len() >= 30, "{} entries", opened.entries.len());
            times.push(begun.elapsed());
        }
        tell(&format!("one figure down to its cells, {words} (limit 50)"), &mut times);
    }
    let ask = Ask { code: world::REGIME.into(), names: vec![name(3)], stand: Stand::Now, ..Ask::default() };
    let mut times = Vec::new();
    for _ in 0..5 {
        times.push(overview(site, &scope, &ask).await?.0);
    }
    tell("one figure over thirteen periods, the whole tree", &mut times);
    Ok(())
}
