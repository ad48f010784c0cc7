//! `cuaviet doctor`: looks at everything an operator would be woken up for, says what to do, and repairs what is safe.

use crate::settings::{Holder, Settings};
use crate::{disk, serve, wiring};
use anyhow::Result;
use base::{Decimal, Timestamp};
use db::{Db, dump};
use job::{Filter, Status};
use serde::Serialize;
use std::path::PathBuf;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    Good,
    /// Works, but look at it.
    Mind,
    Bad,
}

/// One thing that was looked at.
#[derive(Clone, Debug, Serialize)]
pub struct Finding {
    /// Stable, for programs: "journal".
    pub about: &'static str,
    pub level: Level,
    pub say: String,
}

fn good(about: &'static str, say: impl Into<String>) -> Finding {
    Finding { about, level: Level::Good, say: say.into() }
}

fn mind(about: &'static str, say: impl Into<String>) -> Finding {
    Finding { about, level: Level::Mind, say: say.into() }
}

fn bad(about: &'static str, say: impl Into<String>) -> Finding {
    Finding { about, level: Level::Bad, say: say.into() }
}

/// Looks at everything and prints it; false where something is bad.
pub async fn look(settings: &Settings, json: bool, fix: bool) -> Result<bool> {
    let mut found = vec![address(settings), disk_space(settings), fonts()];
    match serve::open(settings).await {
        Err(error) => found.push(bad("database", crate::cli::said(&error))),
        Ok(db) => match migrations(&db, fix).await {
            finding if finding.level == Level::Bad => found.push(finding),
            finding => {
                found.push(finding);
                found.extend(inside(settings, &db, fix).await?);
            }
        },
    }
    if json {
        println!("{}", serde_json::to_string_pretty(&found)?);
    } else {
        for finding in &found {
            let mark = match finding.level {
                Level::Good => "  tốt    ",
                Level::Mind => "  lưu ý  ",
                Level::Bad => "  HỎNG   ",
            };
            println!("{mark}{}", finding.say.replace('\n', "\n         "));
        }
    }
    Ok(found.iter().all(|finding| finding.level != Level::Bad))
}

async fn inside(settings: &Settings, db: &Db, fix: bool) -> Result<Vec<Finding>> {
    let mut found = vec![clock(db).await?, chain(db).await?, administrators(db).await?];
    found.extend(files(settings, db, fix).await);
    found.extend(clamd(settings).await);
    found.extend(signing(settings).await);
    found.push(jobs(db).await?);
    Ok(found)
}

async fn migrations(db: &Db, fix: bool) -> Finding {
    let engine = if db.is_postgres() { "PostgreSQL" } else { "SQLite" };
    match db.standing().await {
        Err(error) => {
            bad("database", format!("Cấu trúc cơ sở dữ liệu ({engine}) không như chương trình biết: {error}."))
        }
        Ok(standing) if standing.ahead.is_empty() => {
            good("database", format!("Cơ sở dữ liệu {engine}, cấu trúc mới nhất (bước {}).", standing.done.len()))
        }
        Ok(_) if fix => match db.migrate().await {
            Ok(steps) => good("database", format!("Cơ sở dữ liệu {engine}: vừa cập nhật {steps} bước.")),
            Err(error) => bad("database", format!("Không cập nhật được cấu trúc cơ sở dữ liệu: {error}.")),
        },
        Ok(standing) => bad(
            "database",
            format!("Cơ sở dữ liệu {engine} còn thiếu {} bước. Chạy: cuaviet migrate", standing.ahead.len()),
        ),
    }
}

/// The journal is written in order of time: a clock before its last line has gone back.
async fn clock(db: &Db) -> Result<Finding> {
    let last = journal::latest(&mut db.read().await?, i64::MAX, "", "", 1).await?.lines;
    let now: Timestamp = db::now();
    let ahead = last.first().map_or(0, |line| line.at.as_second() - now.as_second());
    Ok(match ahead {
        seconds if seconds > 60 => bad(
            "clock",
            format!(
                "Đồng hồ máy là {}, sớm hơn dòng nhật ký cuối {} phút. Hãy bật đồng bộ giờ (NTP).",
                base::day::vi_moment(now),
                seconds / 60
            ),
        ),
        _ => good("clock", format!("Đồng hồ máy: {} (giờ Việt Nam).", base::day::vi_moment(now))),
    })
}

async fn chain(db: &Db) -> Result<Finding> {
    Ok(match journal::verify(db).await? {
        Ok(lines) => good("journal", format!("Nhật ký nguyên vẹn: {} dòng.", base::number::vi(&Decimal::from(lines)))),
        Err(broken) => bad(
            "journal",
            format!("Nhật ký KHÔNG nguyên vẹn: {broken}. Giữ nguyên hiện trạng, đối chiếu với bản sao lưu gần nhất."),
        ),
    })
}

async fn administrators(db: &Db) -> Result<Finding> {
    let mut conn = db.read().await?;
    if people::setup_needed(&mut conn).await? {
        return Ok(mind("people", "Chưa có tài khoản nào. Mở liên kết mà cuaviet serve in ra khi khởi động."));
    }
    let sessions = dump::count(&mut conn, "session").await?;
    let accounts = dump::count(&mut conn, "account").await?;
    Ok(good("people", format!("{accounts} tài khoản, {sessions} phiên đang mở.")))
}

/// Every content is read and compared: minutes for a large store.
async fn files(settings: &Settings, db: &Db, fix: bool) -> Vec<Finding> {
    let store = match wiring::files(settings) {
        Ok(store) => store,
        Err(error) => return vec![bad("files", crate::cli::said(&error))],
    };
    let mut found = match file::check(db, &store).await {
        Err(failure) => return vec![bad("files", format!("Không hỏi được kho tệp: {failure}."))],
        Ok(faults) if faults.is_empty() => vec![good("files", "Kho tệp: mọi tệp còn đủ và nguyên vẹn.")],
        Ok(faults) => faults
            .iter()
            .map(|fault| {
                bad(
                    "files",
                    format!(
                        "Tệp {} {} (SHA-256 {}). Lấy lại từ bản sao lưu.",
                        fault.names.join(", "),
                        fault.fault.name(),
                        fault.sha256
                    ),
                )
            })
            .collect(),
    };
    if fix {
        found.push(match file::sweep(db, &store, db::now()).await {
            Ok(swept) => good("sweep", format!("Đã dọn {} tệp không hồ sơ nào dùng.", swept.objects)),
            Err(failure) => mind("sweep", format!("Chưa dọn được tệp không ai dùng: {failure}.")),
        });
    }
    found
}

/// Only where one is configured: without it no file is taken.
async fn clamd(settings: &Settings) -> Option<Finding> {
    let address = settings.clamd.as_ref()?;
    Some(match file::Clamd::at(address).ping().await {
        Ok(()) => good("clamd", "clamd trả lời: mọi tệp tải lên được quét vi-rút."),
        Err(error) => bad(
            "clamd",
            format!(
                "clamd ở {address} không trả lời ({error}), nên không tệp nào được nhận. Xem dịch vụ clamav-daemon."
            ),
        ),
    })
}

/// Days before its end on which a certificate is spoken of.
const CERTIFICATE_DAYS: i64 = 30;

/// The certificate, and whether the service that holds its key answers. Nothing is signed.
async fn signing(settings: &Settings) -> Option<Finding> {
    let set = settings.signing.as_ref()?;
    let signer = match wiring::signing(settings) {
        Ok(signer) => signer?.signer,
        Err(error) => return Some(bad("signing", crate::cli::said(&error))),
    };
    let own = match sign::own(signer.as_ref()) {
        Ok(own) => own,
        Err(no) => return Some(bad("signing", no.say)),
    };
    let (now, until) = (db::now(), base::day::vi_moment(own.valid_to));
    let left = (own.valid_to.as_second() - now.as_second()) / 86_400;
    if now < own.valid_from || own.valid_to <= now {
        let from = base::day::vi_moment(own.valid_from);
        let say = format!("Chứng thư số {} chỉ có giá trị từ {from} đến {until}: không ký được kết quả.", own.name);
        return Some(bad("signing", say));
    }
    if let Holder::Service { url, .. } = &set.holder
        && !sign::answers(url).await
    {
        return Some(bad("signing", format!("Dịch vụ ký số ở {url} không trả lời: chưa ký được kết quả.")));
    }
    Some(match left {
        ..CERTIFICATE_DAYS => mind("signing", format!("Chứng thư số {} còn {left} ngày (đến {until}).", own.name)),
        _ => good("signing", format!("Ký số bằng chứng thư của {}, đến {until}.", own.name)),
    })
}

async fn jobs(db: &Db) -> Result<Finding> {
    let scope = super::scope();
    let mut conn = db.read().await?;
    let of = |status| Filter { everyones: true, status: Some(status) };
    let failed = job::list(&mut conn, &scope, of(Status::Failed), None, 1000).await?;
    let waiting = job::list(&mut conn, &scope, of(Status::Waiting), None, 1000).await?;
    // A worker looks every second: whoever has waited for an hour has none.
    let stuck = waiting.iter().filter(|job| scope.now.as_second() - job.due.as_second() > 3600).count();
    Ok(match (stuck, failed.len()) {
        (0, 0) => good("jobs", "Việc nền: không có việc nào kẹt."),
        (0, failed) => {
            mind("jobs", format!("{failed} việc nền không thành công. Xem: cuaviet jobs list --status failed"))
        }
        (stuck, _) => {
            mind("jobs", format!("{stuck} việc nền chờ hơn một giờ. Hệ thống (cuaviet serve) có đang chạy không?"))
        }
    })
}

fn disk_space(settings: &Settings) -> Finding {
    let folder: PathBuf = settings.data_dir.clone();
    match disk::free_mib(&folder) {
        None => mind("disk", format!("Không biết còn bao nhiêu chỗ ở {}.", folder.display())),
        Some(free) if free < 1024 => bad("disk", format!("Ổ đĩa của {} chỉ còn {free} MiB.", folder.display())),
        Some(free) => good("disk", format!("Ổ đĩa của {} còn {} GiB.", folder.display(), free / 1024)),
    }
}

fn fonts() -> Finding {
    match letter::typeface() {
        Ok(face) => good("fonts", format!("Văn bản in bằng phông {face}.")),
        Err(error) => bad("fonts", format!("Không có phông để in văn bản: {error}.")),
    }
}

fn address(settings: &Settings) -> Finding {
    let url = &settings.public_url;
    let is_https = url.starts_with("https://");
    let open = !settings.listen.ip().is_loopback();
    let host = url.split("://").nth(1).unwrap_or_default();
    let is_local = host.starts_with("127.") || host.starts_with("localhost") || host.starts_with("[::1]");
    match (is_https, is_local) {
        (true, _) if open => mind(
            "address",
            format!(
                "Địa chỉ {url}, nhưng cổng {} cũng mở ra ngoài mà không có TLS. Nên lắng nghe ở 127.0.0.1.",
                settings.listen
            ),
        ),
        (true, _) => good("address", format!("Địa chỉ {url}.")),
        (false, true) if !open => mind(
            "address",
            format!("Địa chỉ {url} chỉ dùng được trên máy này. Khi đưa vào dùng, đặt public_url = \"https://…\"."),
        ),
        _ => bad(
            "address",
            format!(
                "Địa chỉ {url} không có TLS: mật khẩu đi qua mạng không được bảo vệ. Đặt Caddy hoặc nginx phía trước và public_url = \"https://…\"."
            ),
        ),
    }
}
