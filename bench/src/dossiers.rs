//! A province with many dossiers of three years: made fast, then asked as people ask.
//!
//! `bench dossiers --generate N --database URL` makes them; without `--generate` the same database is measured. `--only steps`: its last part, of
//! `--steps N`, on PostgreSQL by two processes; `--only pages`: what people look at, `--only opened`: of that one dossier after the other; `--only quality`: of that the index of QĐ 766, which first makes
//! the fees, results, files and ratings that it asks for; `--only django`: by turns with Django's pages, on PostgreSQL.

pub(crate) mod bulk;
mod django;
mod generate;
mod hands;
mod measure;
mod quality;
mod world;

use anyhow::{Context, Result};
use base::{Date, Timestamp};
use cuaviet::serve::{self, Opened};
use cuaviet::settings::{self, Settings};
use std::path::Path;
use std::process::ExitCode;

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

pub(crate) fn flag(name: &str) -> Option<String> {
    let mut words = std::env::args().skip_while(|word| word != name);
    words.next()?;
    words.next()
}

/// Nine in the morning of the day on which the bench lives: three years of dossiers lie behind it.
pub const TODAY: Date = Date::constant(2026, 12, 1);

pub fn morning() -> Timestamp {
    base::day::start(TODAY).saturating_add(jiff::SignedDuration::from_hours(9)).unwrap_or_default()
}

async fn go() -> Result<()> {
    let database = flag("--database").context("--database postgres://… or the path of a file")?;
    let (settings, opened) = open(&database).await?;
    match flag("--generate") {
        Some(count) => generate::run(&opened.site, count.parse()?).await,
        None => measure::run(&settings, opened, &database).await,
    }
}

/// The site on this database; its files lie beside it.
pub(crate) async fn open(database: &str) -> Result<(Settings, Opened)> {
    let folder = std::env::temp_dir().join("cuaviet-bench-dossiers");
    std::fs::create_dir_all(&folder)?;
    let is_file = !database.starts_with("postgres");
    if is_file && let Some(parent) = Path::new(database).parent() {
        std::fs::create_dir_all(parent)?;
    }
    let url = if is_file { format!("sqlite:{database}") } else { database.to_owned() };
    let flags = [("data_dir", folder.to_string_lossy().into_owned()), ("database", url), ("log.level", "warn".into())];
    let settings = settings::read(None, std::iter::empty(), &flags).map_err(|wrong| anyhow::anyhow!("{wrong}"))?;
    let opened = serve::ready(&settings, true, web::Clock::starting_at(morning()), false).await?;
    Ok((settings, opened))
}

/// Numbers from a seed: every run makes the same dossiers.
pub(crate) struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    pub fn roll(&mut self, sides: i64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from((self.0 >> 33) % sides.unsigned_abs().max(1)).unwrap_or(0)
    }

    pub fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        let at = self.roll(of.len() as i64);
        &of[usize::try_from(at).unwrap_or(0)]
    }

    /// Whether something of so many in a hundred happens.
    pub fn percent(&mut self, share: i64) -> bool {
        self.roll(100) < share
    }
}
