//! The command line: words in, exit code out. 0 done, 1 refused or failed, 2 not understood.

mod words;

pub use words::said;

use crate::commands::{accounts, backup, doctor, jobs, journal, papers, restore};
use crate::settings::{self, Settings, table};
use crate::{demo, log, openapi, serve, wiring};
use anyhow::Result;
use clap::{ArgAction, Args, Parser, Subcommand};
use job::JobId;
use std::ffi::OsString;
use std::future::Future;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Cửa Việt: cải cách hành chính. Một chương trình, một tệp cấu hình.
#[derive(Parser, Debug)]
#[command(
    name = "cuaviet",
    disable_help_flag = true,
    disable_help_subcommand = true,
    disable_version_flag = true,
    help_template = words::TEMPLATE,
    subcommand_value_name = "LỆNH",
    after_help = words::EXAMPLES,
)]
pub struct Cli {
    /// Xem trợ giúp của chương trình hoặc của một lệnh.
    #[arg(short = 'h', long = "help", action = ArgAction::Help, global = true, display_order = 100)]
    help: Option<bool>,
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

#[derive(Args, Debug)]
struct Common {
    /// Tệp cấu hình [nếu không nêu: /etc/cuaviet/cuaviet.toml, khi có].
    #[arg(long, global = true, value_name = "TỆP", display_order = 90)]
    config: Option<PathBuf>,
    /// Cơ sở dữ liệu: postgres://… hoặc đường dẫn tệp SQLite.
    #[arg(long, global = true, value_name = "ĐỊA_CHỈ", display_order = 91)]
    database: Option<String>,
    /// Thư mục dữ liệu.
    #[arg(long, global = true, value_name = "THƯ_MỤC", display_order = 92)]
    data_dir: Option<String>,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Chạy hệ thống: mở cơ sở dữ liệu, cập nhật cấu trúc, phục vụ trang web.
    #[command(help_template = words::TEMPLATE, after_help = "Ví dụ:\n  cuaviet serve\n  cuaviet serve --listen 0.0.0.0:8080 --database postgres://cuaviet@/cuaviet")]
    Serve {
        /// Địa chỉ và cổng lắng nghe.
        #[arg(long, value_name = "ĐỊA_CHỈ:CỔNG")]
        listen: Option<String>,
        /// Không tự cập nhật cấu trúc cơ sở dữ liệu; dừng nếu còn thiếu bước.
        #[arg(long)]
        no_migrate: bool,
    },
    /// Chạy thử với dữ liệu mẫu, trong một thư mục riêng.
    #[command(help_template = words::TEMPLATE, after_help = "Ví dụ:\n  cuaviet demo\n  cuaviet demo --fresh --listen 127.0.0.1:9000")]
    Demo(Demo),
    /// Cập nhật cấu trúc cơ sở dữ liệu.
    #[command(help_template = words::TEMPLATE)]
    Migrate {
        /// Chỉ xem còn thiếu bước nào; mã thoát 1 nếu còn thiếu.
        #[arg(long)]
        check: bool,
    },
    /// Quản trị viên: tạo, đặt lại mật khẩu, tắt xác thực hai lớp, liệt kê.
    #[command(subcommand, help_template = words::TEMPLATE, subcommand_value_name = "LỆNH")]
    Admin(Admin),
    /// Cấu hình: xem, kiểm tra, in bản mẫu có chú thích.
    #[command(subcommand, help_template = words::TEMPLATE, subcommand_value_name = "LỆNH")]
    Config(Config),
    /// Nhật ký: kiểm tra tính nguyên vẹn, xem dòng mới nhất.
    #[command(subcommand, help_template = words::TEMPLATE, subcommand_value_name = "LỆNH")]
    Journal(Journal),
    /// Việc nền: xem, chạy lại, hủy.
    #[command(subcommand, help_template = words::TEMPLATE, subcommand_value_name = "LỆNH")]
    Jobs(Jobs),
    /// Chỉ số CCHC: kiểm tra bộ tiêu chí, chấm điểm; không cần cơ sở dữ liệu.
    #[command(subcommand, help_template = words::TEMPLATE, subcommand_value_name = "LỆNH", after_help = words::INDEX_EXAMPLES)]
    Index(Index),
    /// Sao lưu toàn bộ dữ liệu và tệp vào một tệp ZIP, khi hệ thống vẫn chạy.
    #[command(help_template = words::TEMPLATE, args_conflicts_with_subcommands = true, after_help = words::BACKUP_EXAMPLES)]
    Backup(Backup),
    /// Khôi phục một bản sao lưu vào một nơi còn trống (cơ sở dữ liệu và thư mục tệp).
    #[command(help_template = words::TEMPLATE, after_help = words::RESTORE_EXAMPLES)]
    Restore {
        #[arg(value_name = "TỆP")]
        file: PathBuf,
    },
    /// Kiểm tra toàn hệ thống; mã thoát 1 nếu có điều cần sửa.
    #[command(help_template = words::TEMPLATE)]
    Doctor {
        /// In kết quả dạng JSON.
        #[arg(long)]
        json: bool,
        /// Sửa những gì sửa được an toàn: cập nhật cấu trúc, dọn tệp không ai dùng.
        #[arg(long)]
        fix: bool,
    },
    /// In mô tả API (OpenAPI 3.1, JSON).
    #[command(help_template = words::TEMPLATE)]
    Openapi,
    /// In phần gợi ý lệnh cho shell.
    #[command(help_template = words::TEMPLATE, after_help = "Ví dụ:\n  cuaviet completions bash > /etc/bash_completion.d/cuaviet")]
    Completions {
        #[arg(value_name = "SHELL")]
        shell: clap_complete::Shell,
    },
    /// In trang hướng dẫn (man).
    #[command(help_template = words::TEMPLATE, after_help = "Ví dụ:\n  cuaviet man | man -l -")]
    Man,
    /// In phiên bản.
    #[command(help_template = words::TEMPLATE)]
    Version {
        #[arg(long)]
        json: bool,
    },
}

#[derive(Args, Debug)]
struct Demo {
    /// Xóa dữ liệu thử cũ và làm lại từ đầu.
    #[arg(long)]
    fresh: bool,
    /// Địa chỉ và cổng lắng nghe.
    #[arg(long, value_name = "ĐỊA_CHỈ:CỔNG", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Thư mục dữ liệu thử.
    #[arg(long, value_name = "THƯ_MỤC", default_value = "data-local/demo")]
    data: PathBuf,
    /// Ngày mà hệ thống coi là hôm nay (năm-tháng-ngày).
    #[arg(long, value_name = "NGÀY")]
    today: Option<base::Date>,
    /// Ghi danh sách tài khoản thử vào tệp này.
    #[arg(long, value_name = "TỆP")]
    accounts_json: Option<PathBuf>,
}

#[derive(Subcommand, Debug)]
enum Admin {
    /// Tạo một quản trị viên; in liên kết dùng một lần để đặt mật khẩu.
    #[command(help_template = words::TEMPLATE, after_help = "Ví dụ:\n  cuaviet admin create lan.nguyen --name \"Nguyễn Thị Lan\"")]
    Create {
        #[arg(value_name = "TÊN_ĐĂNG_NHẬP")]
        login: String,
        /// Họ và tên.
        #[arg(long, value_name = "HỌ_TÊN")]
        name: String,
        /// Mã đơn vị, ví dụ tinh-quang-tri [nếu không nêu: đơn vị cao nhất].
        #[arg(long, value_name = "MÃ")]
        unit: Option<String>,
    },
    /// In liên kết dùng một lần để đặt mật khẩu mới.
    #[command(help_template = words::TEMPLATE)]
    ResetPassword {
        #[arg(value_name = "TÊN_ĐĂNG_NHẬP")]
        login: String,
    },
    /// Tắt xác thực hai lớp của một người (mất điện thoại).
    #[command(help_template = words::TEMPLATE)]
    RemoveTotp {
        #[arg(value_name = "TÊN_ĐĂNG_NHẬP")]
        login: String,
    },
    /// Liệt kê các quản trị viên.
    #[command(help_template = words::TEMPLATE)]
    List,
}

#[derive(Subcommand, Debug)]
enum Config {
    /// In mọi khóa với giá trị đang dùng và nơi đặt; giá trị bí mật được che.
    #[command(help_template = words::TEMPLATE)]
    Show,
    /// Kiểm tra cấu hình; nói mọi chỗ sai.
    #[command(help_template = words::TEMPLATE)]
    Check,
    /// In tệp cấu hình mẫu: mọi khóa, ý nghĩa, mặc định.
    #[command(help_template = words::TEMPLATE)]
    Docs,
}

#[derive(Subcommand, Debug)]
enum Jobs {
    /// Liệt kê việc nền, mới nhất trước.
    #[command(help_template = words::TEMPLATE)]
    List {
        /// waiting, running, done, failed hoặc cancelled.
        #[arg(long, value_name = "TRẠNG_THÁI")]
        status: Option<String>,
        /// Số việc nhiều nhất.
        #[arg(long, short = 'n', value_name = "SỐ", default_value_t = 50)]
        lines: i64,
        /// In kết quả dạng JSON.
        #[arg(long)]
        json: bool,
    },
    /// Chạy lại một việc không thành công hoặc đã hủy.
    #[command(help_template = words::TEMPLATE)]
    Retry {
        #[arg(value_name = "MÃ_VIỆC")]
        id: JobId,
    },
    /// Hủy một việc đang chờ hoặc đang chạy.
    #[command(help_template = words::TEMPLATE)]
    Cancel {
        #[arg(value_name = "MÃ_VIỆC")]
        id: JobId,
    },
}

#[derive(Subcommand, Debug)]
enum Index {
    #[command(help_template = words::TEMPLATE)]
    Check(index::cli::Check),
    #[command(help_template = words::TEMPLATE)]
    Score(index::cli::Score),
    #[command(help_template = words::TEMPLATE, after_help = "Ví dụ:\n  cuaviet index import so-2027.xlsx\n  cuaviet index import so-2027.toml --publish --database postgres://cuaviet@/cuaviet")]
    Import(index::cli::Import),
    #[command(help_template = words::TEMPLATE, after_help = "Ví dụ:\n  cuaviet index export so-2027 --to so-2027.xlsx\n  cuaviet index export so-2027 --number 1 --to so-2027.toml")]
    Export(index::cli::Export),
}

#[derive(Args, Debug)]
struct Backup {
    /// Tệp ZIP sẽ được ghi; không ghi đè tệp đã có.
    #[arg(value_name = "TỆP", required = true)]
    file: Option<PathBuf>,
    #[command(subcommand)]
    verify: Option<BackupVerify>,
}

#[derive(Subcommand, Debug)]
enum BackupVerify {
    /// Đọc lại một bản sao lưu và đối chiếu mọi mã băm.
    #[command(help_template = words::TEMPLATE)]
    Verify {
        #[arg(value_name = "TỆP")]
        file: PathBuf,
    },
}

#[derive(Subcommand, Debug)]
enum Journal {
    /// Kiểm tra chuỗi băm; mã thoát 1 và nêu dòng sai nếu không nguyên vẹn.
    #[command(help_template = words::TEMPLATE)]
    Verify,
    /// Xem những dòng mới nhất.
    #[command(help_template = words::TEMPLATE)]
    Tail {
        /// Số dòng.
        #[arg(long, short = 'n', value_name = "SỐ", default_value_t = 20)]
        lines: i64,
        /// Mỗi dòng một đối tượng JSON.
        #[arg(long)]
        json: bool,
    },
}

const DONE: u8 = 0;
const FAILED: u8 = 1;

/// Runs one command line.
pub fn run(words: impl Iterator<Item = OsString>) -> u8 {
    // Whoever opens a TLS connection later finds ring, and nothing else.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let cli = match Cli::try_parse_from(words) {
        Ok(cli) => cli,
        Err(error) => return words::refuse(&error),
    };
    match dispatch(cli) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{}", words::said(&error));
            FAILED
        }
    }
}

fn dispatch(cli: Cli) -> Result<u8> {
    let common = cli.common;
    match cli.command {
        Command::Serve { listen, no_migrate } => {
            let settings = settings_of(&common, listen)?;
            log::start(&settings);
            wait(serve::serve(&settings, !no_migrate)).map(|()| DONE)
        }
        Command::Demo(ask) => {
            let settings = demo_settings(&ask)?;
            log::start(&settings);
            wait(run_demo(settings, ask)).map(|()| DONE)
        }
        Command::Migrate { check } => {
            let settings = settings_of(&common, None)?;
            wait(migrate(&settings, check))
        }
        Command::Admin(command) => {
            let settings = settings_of(&common, None)?;
            println!("{}", wait(admin(&settings, command))?);
            Ok(DONE)
        }
        Command::Config(command) => config(&common, &command),
        Command::Journal(command) => {
            let settings = settings_of(&common, None)?;
            wait(keep_journal(&settings, &command))
        }
        Command::Jobs(command) => {
            let settings = settings_of(&common, None)?;
            println!("{}", wait(keep_jobs(&settings, command))?);
            Ok(DONE)
        }
        Command::Index(Index::Check(ask)) => {
            Ok(index::cli::check(&ask, &mut std::io::stdout(), &mut std::io::stderr()))
        }
        Command::Index(Index::Score(ask)) => {
            Ok(index::cli::score(&ask, &mut std::io::stdout(), &mut std::io::stderr()))
        }
        Command::Index(ask) => {
            let settings = settings_of(&common, None)?;
            wait(keep_sets(&settings, ask))
        }
        Command::Backup(ask) => {
            let settings = settings_of(&common, None)?;
            println!("{}", wait(keep(&settings, ask))?);
            Ok(DONE)
        }
        Command::Restore { file } => {
            let settings = settings_of(&common, None)?;
            println!("{}", wait(restore::restore(&settings, &file))?);
            Ok(DONE)
        }
        Command::Doctor { json, fix } => {
            let settings = settings_of(&common, None)?;
            Ok(if wait(doctor::look(&settings, json, fix))? { DONE } else { FAILED })
        }
        Command::Openapi => {
            println!("{}", serde_json::to_string_pretty(&openapi::of(wiring::routes().table()))?);
            Ok(DONE)
        }
        Command::Completions { shell } => papers::completions(shell).map(|()| DONE),
        Command::Man => papers::man().map(|()| DONE),
        Command::Version { json } => {
            papers::version(json);
            Ok(DONE)
        }
    }
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

/// The demo reads neither file nor environment: what is set for the real system must not touch it.
fn demo_settings(ask: &Demo) -> Result<Settings> {
    let flags = [
        ("listen", ask.listen.to_string()),
        ("data_dir", ask.data.to_string_lossy().into_owned()),
        ("owner", "UBND tỉnh Quảng Trị".to_owned()),
        ("log.level", std::env::var("CUAVIET_LOG__LEVEL").unwrap_or_else(|_| "warn".to_owned())),
    ];
    Ok(settings::read(None, std::iter::empty(), &flags)?)
}

async fn run_demo(settings: Settings, ask: Demo) -> Result<()> {
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
    serve::run(&settings, opened).await
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
