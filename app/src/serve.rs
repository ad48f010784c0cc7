//! Serving: open, migrate, say the setup link where nobody can sign in yet, answer until told to stop, drain.

use crate::door::Door;
use crate::health::{self, Ops};
use crate::settings::Settings;
use crate::wiring::{self, Parts};
use crate::{layers, systemd};
use anyhow::{Context, Result, bail};
use axum::Router;
use db::Db;
use job::Queue;
use people::{Purpose, Scope};
use std::net::SocketAddr;
use std::time::Duration;
use web::{Clock, Routes, Site};

/// How long open requests may go on after a stop was asked for. A form of the site takes far less; systemd waits longer.
const DRAIN: Duration = Duration::from_secs(30);

/// A site that is open but not yet answering.
pub struct Opened {
    pub site: Site,
    pub routes: Routes,
    pub queue: Queue,
}

/// `cuaviet serve`.
pub async fn serve(settings: &Settings, may_migrate: bool) -> Result<()> {
    let door = Door::open(settings).await?;
    let opened = ready(settings, may_migrate, Clock::default(), false).await?;
    if let Some(link) = setup_link(&opened.site).await? {
        println!(
            "Chưa có tài khoản nào. Mở liên kết sau (dùng một lần, trong một giờ) để tạo quản trị viên:\n  {link}"
        );
    }
    run(settings, door, opened).await
}

/// Opens everything that the settings name.
pub async fn ready(settings: &Settings, may_migrate: bool, clock: Clock, sample: bool) -> Result<Opened> {
    let db = open(settings).await?;
    migrate(&db, may_migrate).await?;
    let files = wiring::files(settings)?;
    let queue = wiring::queue(settings, &files, clock);
    let (site, routes) = wiring::build(settings, Parts { db, files, jobs: queue.bell(), clock, sample })?;
    Ok(Opened { site, routes, queue })
}

/// Opens the database, and makes the folder that it and the files lie in.
pub async fn open(settings: &Settings) -> Result<Db> {
    let folder = &settings.data_dir;
    std::fs::create_dir_all(folder).with_context(|| format!("Không tạo được thư mục dữ liệu {}", folder.display()))?;
    Db::open(&settings.database).await.context("Không mở được cơ sở dữ liệu")
}

/// Brings the tables up to date, or refuses to go on with old ones.
pub async fn migrate(db: &Db, may: bool) -> Result<()> {
    if may {
        let steps = db.migrate().await.context("Không cập nhật được cấu trúc cơ sở dữ liệu")?;
        if steps > 0 {
            tracing::info!(steps, "migrated");
        }
        return Ok(());
    }
    let ahead = db.standing().await?.ahead.len();
    if ahead > 0 {
        bail!("Cơ sở dữ liệu còn thiếu {ahead} bước cập nhật. Chạy: cuaviet migrate");
    }
    Ok(())
}

/// The one-time link to create the first administrator; none once somebody can sign in.
pub async fn setup_link(site: &Site) -> Result<Option<String>> {
    if !people::setup_needed(&mut site.db.read().await?).await? {
        return Ok(None);
    }
    let mut tx = site.db.begin().await?;
    let scope = Scope::program("Lần khởi động đầu", site.now());
    let code = people::make_link(&mut tx, &scope, Purpose::Setup, None)
        .await
        .map_err(|failure| anyhow::anyhow!(failure.to_string()))?;
    tx.commit().await?;
    Ok(Some(format!("{}/thiet-lap?ma={code}", site.settings.public_url)))
}

/// The whole router, as it is served.
pub fn router(settings: &Settings, site: &Site, routes: Routes) -> Router {
    let ops = Ops::new(settings, site.db.clone());
    let router = routes.into_router(site.clone()).merge(health::router(ops.clone()));
    layers::around(router, site, &ops, settings.trusted_proxies.clone())
}

/// Answers until a signal comes.
pub async fn run(settings: &Settings, door: Door, opened: Opened) -> Result<()> {
    let Opened { site, routes, queue } = opened;
    door.lead_to(router(settings, &site, routes));
    let worked = tokio::spawn(job::run(queue, site.db.clone(), door.closing()));
    let clock = site.clock;
    let told = link::run(
        wiring::ports(settings, &site)?,
        site.db.clone(),
        link::Bell::default(),
        std::sync::Arc::new(move || clock.now()),
        door.closing(),
    );
    let told = tokio::spawn(told);
    systemd::ready();
    println!("Cửa Việt {} đang chạy tại {}", crate::version::NUMBER, shown(settings, door.at));
    tracing::info!(listen = %door.at, "serving");
    signal().await?;
    systemd::stopping();
    tracing::info!("stopping: open requests are answered first");
    match tokio::time::timeout(DRAIN, async { tokio::join!(door.close(), worked, told) }).await {
        Ok((served, worked, told)) => {
            served?;
            worked?;
            told?;
        }
        Err(_) => tracing::warn!("some requests were still open after {} s", DRAIN.as_secs()),
    }
    tracing::info!("stopped");
    Ok(())
}

/// Where people should go: the public address, unless that is only the default and the port was chosen by the host.
fn shown(settings: &Settings, at: SocketAddr) -> String {
    if settings.listen.port() == 0 { format!("http://{at}") } else { settings.public_url.clone() }
}

async fn signal() -> Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut term = signal(SignalKind::terminate())?;
    tokio::select! {
        done = tokio::signal::ctrl_c() => done?,
        _ = term.recv() => {}
    }
    Ok(())
}
