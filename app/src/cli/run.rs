//! Doing what was said: words in, exit code out. 0 done, 1 refused or failed, 2 not understood.

use super::{
    Admin, Backup, BackupVerify, CalendarAsk, Cli, Command, Common, Config, Demo, FormAsk, Index, Jobs, Journal,
    ReportAsk, Simulate, WorkflowAsk, say,
};
use crate::commands::{
    accounts, backup, calendar, doctor, form, jobs, journal, papers, report, restore, sign, simulate, workflow,
};
use crate::door::Door;
use crate::settings::{self, Settings, table};
use crate::{demo, log, openapi, serve, wiring};
use anyhow::Result;
use clap::Parser;
use std::ffi::OsString;
use std::future::Future;

const DONE: u8 = 0;
const FAILED: u8 = 1;

/// Runs one command line.
pub fn run(words: impl Iterator<Item = OsString>) -> u8 {
    // Whoever opens a TLS connection later finds ring, and nothing else.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let cli = match Cli::try_parse_from(words) {
        Ok(cli) => cli,
        Err(error) => return say::refuse(&error),
    };
    match dispatch(cli) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{}", say::said(&error));
            FAILED
        }
    }
}

fn dispatch(cli: Cli) -> Result<u8> {
    let common = cli.common;
    let settings = || settings_of(&common, None);
    let (mut out, mut err) = (std::io::stdout(), std::io::stderr());
    match cli.command {
        Command::Serve { listen, no_migrate } => {
            let settings = settings_of(&common, listen)?;
            log::start(&settings);
            wait(serve::serve(&settings, !no_migrate)).map(|()| DONE)
        }
        Command::Demo(mut ask) => {
            let settings = demo_settings(&common, &mut ask)?;
            log::start(&settings);
            wait(run_demo(settings, ask)).map(|()| DONE)
        }
        Command::Migrate { check } => wait(migrate(&settings()?, check)),
        Command::Admin(command) => shown(wait(admin(&settings()?, command))?),
        Command::Config(command) => config(&common, &command),
        Command::Journal(command) => wait(keep_journal(&settings()?, &command)),
        Command::Jobs(command) => shown(wait(keep_jobs(&settings()?, command))?),
        Command::Index(ask @ (Index::Import(_) | Index::Export(_))) => wait(keep_sets(&settings()?, ask)),
        Command::Backup(ask) => shown(wait(keep(&settings()?, ask))?),
        Command::Restore { file } => shown(wait(restore::restore(&settings()?, &file))?),
        Command::Simulate(ask) => wait(pretend(&ask)).map(|()| DONE),
        Command::Doctor { json, fix } => wait(doctor::look(&settings()?, json, fix)).map(good),
        Command::Sign(ask) if ask.check => judged(sign::check(&ask)?),
        Command::Sign(ask) => shown(wait(sign::sign(&ask))?),
        Command::Calendar(ask) => shown(days(&ask)?),
        Command::Report(ReportAsk::Periods(ask)) => shown(report::periods(&ask)?),
        Command::Report(ReportAsk::Period(ask)) => shown(report::period(&ask)?),
        Command::Report(ReportAsk::Check(ask)) => judged(report::check(&ask)?),
        Command::Workflow(WorkflowAsk::Check(ask)) => judged(workflow::check(&ask)?),
        Command::Workflow(WorkflowAsk::Replay(ask)) => shown(wait(workflow::replay(&settings()?, &ask))?),
        Command::Form(FormAsk::Check(ask)) => judged(form::check(&ask)?),
        Command::Form(FormAsk::Convert(ask)) => shown(form::convert(&ask)?),
        Command::Index(Index::Check(ask)) => Ok(index::cli::check(&ask, &mut out, &mut err)),
        Command::Index(Index::Score(ask)) => Ok(index::cli::score(&ask, &mut out, &mut err)),
        Command::Openapi => {
            let document = openapi::of(wiring::routes().table(), &wiring::described());
            shown(serde_json::to_string_pretty(&document)?)
        }
        Command::Completions { shell } => papers::completions(shell).map(|()| DONE),
        Command::Man => papers::man().map(|()| DONE),
        Command::Version { json } => {
            papers::version(json);
            Ok(DONE)
        }
    }
}

fn shown(line: String) -> Result<u8> {
    println!("{line}");
    Ok(DONE)
}

/// Says it and ends with whether it is good.
fn judged((said, is_good): (String, bool)) -> Result<u8> {
    shown(said).map(|_| good(is_good))
}

fn good(is_good: bool) -> u8 {
    if is_good { DONE } else { FAILED }
}

fn settings_of(common: &Common, listen: Option<String>) -> Result<Settings> {
    let given = [("listen", listen), ("database", common.database.clone()), ("data_dir", common.data_dir.clone())];
    let flags: Vec<(&str, String)> = given.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
    Ok(settings::load(common.config.as_deref(), &flags)?)
}

/// A runtime of at least two threads: a slow statement on one must not stop the answers of all.
fn wait<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(cores.max(2)).enable_all().build()?;
    runtime.block_on(work)
}

fn config(common: &Common, command: &Config) -> Result<u8> {
    match command {
        Config::Docs => print!("{}", table::docs()),
        Config::Show => print!("{}", settings_of(common, None)?.show()),
        Config::Check => {
            settings_of(common, None)?;
            println!("Cấu hình dùng được.");
        }
    }
    Ok(DONE)
}

async fn migrate(settings: &Settings, check: bool) -> Result<u8> {
    let db = serve::open(settings).await?;
    if check {
        let ahead = db.standing().await?.ahead;
        return Ok(match ahead.is_empty() {
            true => {
                println!("Cấu trúc cơ sở dữ liệu đã mới nhất.");
                DONE
            }
            false => {
                let steps: Vec<String> = ahead.iter().map(u32::to_string).collect();
                println!("Còn thiếu bước: {}. Chạy: cuaviet migrate", steps.join(", "));
                FAILED
            }
        });
    }
    match db.migrate().await? {
        0 => println!("Cấu trúc cơ sở dữ liệu đã mới nhất."),
        steps => println!("Đã cập nhật {steps} bước."),
    }
    Ok(DONE)
}

async fn admin(settings: &Settings, command: Admin) -> Result<String> {
    let db = serve::open(settings).await?;
    serve::migrate(&db, false).await?;
    let url = &settings.public_url;
    match command {
        Admin::Create { login, name, unit } => accounts::create(&db, url, &login, &name, unit.as_deref()).await,
        Admin::ResetPassword { login } => accounts::reset_password(&db, url, &login).await,
        Admin::RemoveTotp { login } => accounts::remove_totp(&db, &login).await,
        Admin::List => accounts::list(&db).await,
    }
}

async fn keep_journal(settings: &Settings, command: &Journal) -> Result<u8> {
    let db = serve::open(settings).await?;
    serve::migrate(&db, false).await?;
    match command {
        Journal::Verify => Ok(if journal::verify(&db).await? { DONE } else { FAILED }),
        Journal::Tail { lines, json } => journal::tail(&db, *lines, *json).await.map(|()| DONE),
    }
}

/// Criteria sets between files and the rulebook.
async fn keep_sets(settings: &Settings, command: Index) -> Result<u8> {
    let (mut out, mut err) = (std::io::stdout(), std::io::stderr());
    let db = serve::open(settings).await?;
    serve::migrate(&db, false).await?;
    Ok(match command {
        Index::Import(ask) => index::cli::import(&ask, &db, db::now(), &mut out, &mut err).await,
        Index::Export(ask) => index::cli::export(&ask, &db, &mut out, &mut err).await,
        Index::Check(ask) => index::cli::check(&ask, &mut out, &mut err),
        Index::Score(ask) => index::cli::score(&ask, &mut out, &mut err),
    })
}

async fn keep_jobs(settings: &Settings, command: Jobs) -> Result<String> {
    let db = serve::open(settings).await?;
    serve::migrate(&db, false).await?;
    match command {
        Jobs::List { status, lines, json } => jobs::list(&db, status.as_deref(), lines, json).await,
        Jobs::Retry { id } => jobs::retry(&db, id).await,
        Jobs::Cancel { id } => jobs::cancel(&db, id).await,
    }
}

async fn keep(settings: &Settings, ask: Backup) -> Result<String> {
    match (ask.verify, ask.file) {
        (Some(BackupVerify::Verify { file }), _) => Ok(backup::verify(&file)?.say("Bản sao lưu nguyên vẹn")),
        (None, Some(file)) => backup::backup(settings, &file).await,
        (None, None) => anyhow::bail!("Nêu tên tệp ZIP sẽ được ghi."),
    }
}

/// Pretends to be a partner, until it is stopped.
async fn pretend(ask: &Simulate) -> Result<()> {
    match ask {
        Simulate::Sms(ask) => simulate::sms::run(ask).await,
        Simulate::Mail(ask) => simulate::mail::run(ask).await,
        Simulate::Dvcqg(ask) => simulate::dvcqg::run(ask).await,
        Simulate::Payment(ask) => simulate::payment::run(ask).await,
        Simulate::Sso(ask) => simulate::sso::run(ask).await,
        Simulate::Reporting(ask) => simulate::reporting::run(ask).await,
    }
}

fn days(ask: &CalendarAsk) -> Result<String> {
    match ask {
        CalendarAsk::Year(ask) => calendar::year(ask),
        CalendarAsk::Due(ask) => calendar::due(ask),
        CalendarAsk::Lunar(ask) => calendar::lunar(ask),
    }
}

/// The demo reads no environment, and a file only where one is named: what is set for the real system must not touch it.
fn demo_settings(common: &Common, ask: &mut Demo) -> Result<Settings> {
    if let Some(folder) = &common.data_dir {
        ask.data = folder.into();
    }
    let mut flags = vec![
        ("listen", ask.listen.to_string()),
        ("data_dir", ask.data.to_string_lossy().into_owned()),
        ("owner", "UBND tỉnh Quảng Trị".to_owned()),
        ("log.level", std::env::var("CUAVIET_LOG__LEVEL").unwrap_or_else(|_| "warn".to_owned())),
    ];
    if let Some(database) = &common.database {
        // What may lie in somebody's database is not for us to throw away.
        anyhow::ensure!(
            !ask.fresh,
            "--fresh chỉ xóa dữ liệu thử trong thư mục của nó. Với --database, hãy tạo một cơ sở dữ liệu trống rồi chạy không có --fresh."
        );
        flags.push(("database", database.clone()));
    }
    Ok(settings::read(common.config.as_deref(), std::iter::empty(), &flags)?)
}

async fn run_demo(settings: Settings, ask: Demo) -> Result<()> {
    let door = Door::open(&settings).await?;
    if ask.fresh {
        forget(&settings)?;
    }
    // The hour of the day stays the real one.
    let day = ask.today.unwrap_or_else(demo::today);
    let now = db::now();
    let hour = now.duration_since(base::day::start(base::day::today(now)));
    let clock = web::Clock::starting_at(base::day::start(day) + hour);
    let opened = serve::ready(&settings, true, clock, true).await?;
    demo::prepare(&opened.site, &demo::Ask { accounts_json: ask.accounts_json, data: ask.data }).await?;
    serve::run(&settings, door, opened).await
}

/// Removes what a demo made, by name: a folder given by mistake loses nothing else.
fn forget(settings: &Settings) -> Result<()> {
    for name in ["cuaviet.db", "cuaviet.db-wal", "cuaviet.db-shm"] {
        let path = settings.data_dir.join(name);
        if path.exists() {
            std::fs::remove_file(path)?;
        }
    }
    let files = settings.data_dir.join("files");
    if files.exists() {
        std::fs::remove_dir_all(files)?;
    }
    Ok(())
}
