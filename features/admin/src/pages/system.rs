//! What runs here: version, database, migrations, how much there is of everything.

use crate::actions::seen;
use base::{Decimal, number};
use maud::html;
use web::look::parts;
use web::look::{Page, Tone};
use web::{Answer, Visit};

pub async fn page(visit: Visit) -> Answer {
    let site = &visit.site;
    let counts = seen::counts(site, &visit.scope).await?;
    let standing = site.db.standing().await?;
    let (count, migrations) = (|count: i64| html! { (number::vi(&count.into())) }, standing.done.len());
    web::show(Page::new(
        "Hệ thống",
        html! {
            div.columns {
                (parts::section("Chương trình", None, parts::facts([
                    ("Phiên bản", html! { (env!("CARGO_PKG_VERSION")) }),
                    ("Địa chỉ", html! { (site.settings.public_url) }),
                    ("Giờ hệ thống", html! { (base::day::vi_moment(site.now())) @if site.clock.is_moved() { " (đồng hồ của dữ liệu mẫu)" } }),
                    ("Đăng nhập chung", html! { @if site.oidc.is_some() { "Đang bật" } @else { "Không dùng" } }),
                    ("Tệp tải lên", html! { "Tối đa " (site.settings.upload_mib) " MB" }),
                ])))
                (parts::section("Cơ sở dữ liệu", None, parts::facts([
                    ("Loại", html! { @if site.db.is_postgres() { "PostgreSQL" } @else { "SQLite" } }),
                    ("Bước nâng cấp", html! {
                        @if standing.ahead.is_empty() { (migrations) " bước, đã đủ" }
                        @else { (parts::tag(Tone::Bad, &format!("Thiếu {} bước", standing.ahead.len()))) }
                    }),
                    ("Dung lượng", html! { (lite_size(&visit).map_or("Xem ở máy chủ PostgreSQL".to_owned(), mib)) }),
                    ("Đĩa còn trống", html! { (free(&visit).map_or("Xem ở máy chủ".to_owned(), mib)) }),
                    ("Tệp đính kèm", html! { (count(counts.files)) " tệp, " (mib(counts.file_bytes.unsigned_abs())) }),
                ])))
            }
            (parts::section("Số lượng", None, parts::facts([
                ("Đơn vị", count(counts.units)),
                ("Tài khoản đang mở", count(counts.accounts)),
                ("Phiên đang đăng nhập", count(counts.sessions)),
                ("Bản quy định", count(counts.editions)),
                ("Số liệu", count(counts.facts)),
                ("Việc nền đang chờ hoặc chạy", count(counts.jobs)),
                ("Dòng nhật ký", count(counts.journal)),
            ])))
            p.quiet { "Kiểm tra toàn bộ: lệnh " code { "cuaviet doctor" } " trên máy chủ." }
        },
    ))
}

/// The bytes of the SQLite file and of its log, which is not yet in it; nothing where the database is elsewhere.
fn lite_size(visit: &Visit) -> Option<u64> {
    let path = visit.site.db.lite_path()?;
    let bytes = |path: &std::path::Path| std::fs::metadata(path).map_or(0, |meta| meta.len());
    Some(bytes(&path) + bytes(std::path::Path::new(&format!("{}-wal", path.display()))))
}

/// What is free on the disk of the SQLite file.
fn free(visit: &Visit) -> Option<u64> {
    let path = visit.site.db.lite_path()?;
    let stat = rustix::fs::statvfs(path.parent()?).ok()?;
    Some(stat.f_bavail.saturating_mul(stat.f_frsize))
}

/// "12,3 MB", "21,4 GB".
fn mib(bytes: u64) -> String {
    let mib = Decimal::from(bytes) / Decimal::from(1024 * 1024);
    let gib = mib / Decimal::from(1024);
    if gib >= Decimal::ONE {
        format!("{} GB", number::vi_fixed(&gib, 1))
    } else {
        format!("{} MB", number::vi_fixed(&mib, 1))
    }
}
