//! Where rooms meet: the navigation, the routes, the jobs, and "when X happened, do Y". Nothing here decides anything.

use crate::settings::{self, Holder, S3, Settings};
use anyhow::{Result, anyhow};
use db::Db;
use file::{Limits, Place, Store};
use job::{Bell, Ctx, Queue};
use notice::{Gateway, Mailer, Senders, Texts};
use people::{Oidc, OidcSettings};
use serde_json::{Value, json};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use web::{Citizens, Clock, Described, NavEntry, Routes, Signing, Site, Tools};

/// What must be open before a site can be built.
pub struct Parts {
    pub db: Db,
    pub files: Store,
    pub jobs: Bell,
    /// The real time, or the demo's.
    pub clock: Clock,
    /// All data are a sample; every page says so.
    pub sample: bool,
}

/// The site and all its doors: the same for `serve`, `demo` and the journeys.
pub fn build(settings: &Settings, parts: Parts) -> Result<(Site, Routes)> {
    let site = Site::new(Tools {
        db: parts.db,
        files: parts.files,
        jobs: parts.jobs,
        oidc: oidc(settings)?,
        citizens: citizens(settings)?,
        signing: signing(settings)?,
        payments: gateway(settings)?,
        counters: vec![Arc::new(dossier::actions::Counter)],
        clock: parts.clock,
        settings: settings.for_web(parts.sample),
        nav: nav(),
    });
    Ok((site, routes()))
}

/// Every door of every room.
pub fn routes() -> Routes {
    let rooms = admin::routes().and(index::routes()).and(dossier::routes()).and(catalogue::routes());
    rooms.and(feedback::routes()).and(report::routes()).and(web::upload_routes()).and(web::kept::routes())
}

/// What the doors for programs say of themselves.
pub fn described() -> Vec<Described> {
    let rooms = [
        admin::api::described(),
        index::api::described(),
        dossier::api::described(),
        catalogue::api::described(),
        feedback::api::described(),
        report::api::described(),
    ];
    rooms.concat()
}

/// In the order of the navigation; entries of one group stand together.
fn nav() -> Vec<NavEntry> {
    [dossier::NAV, feedback::NAV, catalogue::NAV, report::NAV, index::NAV, admin::NAV].concat()
}

/// Who does which work, and what is done every so often.
pub fn queue(settings: &Settings, files: &Store, clock: Clock) -> Queue {
    let store = files.clone();
    let outside = dossier::actions::Outside::of(&settings.for_web(false));
    let reports = report::jobs::add(Queue::new(), settings.for_web(false).public_url);
    let queue = feedback::jobs::add(dossier::jobs::add(index::jobs::add(reports, files), outside));
    payments(settings, notices(settings, queue), clock)
        .slots(settings.workers)
        .clock(move || clock.now())
        .handle("app.sweep", move |ctx, _| sweep(ctx, store.clone()))
        .every("app.sweep", "Dọn tệp và việc nền đã hết hạn giữ", Duration::from_hours(24))
}

/// Sends what waits, where there is anybody to send it by.
fn notices(settings: &Settings, queue: Queue) -> Queue {
    // Settings that nothing can be made of were refused when they were read.
    let mail = settings.smtp.as_ref().and_then(|smtp| Mailer::new(smtp).ok());
    let gateway = settings.sms.as_ref().and_then(|sms| Gateway::new(sms).ok());
    if mail.is_none() && gateway.is_none() {
        return queue;
    }
    let texts = gateway.map(|gateway| Arc::new(gateway) as Arc<dyn Texts>);
    let senders = Senders { mail, texts };
    let send = move |ctx: Ctx, _| {
        let senders = senders.clone();
        async move { Ok::<Value, job::Problem>(json!(notice::send_due(&ctx.db, &senders, || ctx.now()).await?)) }
    };
    queue.handle("notice.send", send).every("notice.send", "Gửi thư và tin nhắn đang chờ", Duration::from_mins(1))
}

/// Asks the gateway of payments that no call-back told of.
fn payments(settings: &Settings, queue: Queue, clock: Clock) -> Queue {
    let Ok(Some(gateway)) = gateway(settings) else { return queue };
    let outside = dossier::actions::Outside::of(&settings.for_web(false));
    let ask = move |ctx: Ctx, _| {
        let (gateway, outside) = (gateway.clone(), outside.clone());
        async move {
            let fees = dossier::actions::Fees { clock, outside };
            let changed = link::payment::poll_due(&ctx.db, &gateway, ctx.now(), &fees).await?;
            Ok::<Value, job::Problem>(json!({ "changed": changed }))
        }
    };
    queue.handle("payment.poll", ask).every("payment.poll", "Hỏi cổng thanh toán", Duration::from_mins(2))
}

/// When a job is forgotten, its files are let go; what no record uses is swept a day later.
async fn sweep(ctx: Ctx, files: Store) -> Result<Value, job::Problem> {
    let now = ctx.now();
    let mut tx = ctx.db.begin().await?;
    let jobs = job::sweep(&mut tx, now).await?;
    file::let_go(&mut tx, now, "job", &jobs).await?;
    let notices = notice::sweep(&mut tx, now).await?;
    link::sweep(&mut tx, now).await?;
    tx.commit().await?;
    let swept = file::sweep(&ctx.db, &files, now).await?;
    let uploads = file::sweep_uploads(&ctx.db, &files, now).await?;
    Ok(
        json!({ "jobs": jobs.len(), "notices": notices, "uploads": uploads, "contents": swept.rows, "objects": swept.objects }),
    )
}

/// The file store that the settings name.
pub fn files(settings: &Settings) -> Result<Store> {
    let place = match &settings.s3 {
        None => Place::Folder(settings.data_dir.join("files")),
        Some(s3) => bucket(s3.clone()),
    };
    let limits = Limits { max_bytes: u64::from(settings.upload_mib) * 1024 * 1024, ..Limits::default() };
    let store = Store::open(&file::Settings { place, limits });
    let store = store.map_err(|failure| anyhow!("Không mở được kho tệp: {failure}"))?;
    Ok(match &settings.clamd {
        Some(address) => store.guarded_by(file::Clamd::at(address)),
        None => store,
    })
}

fn bucket(s3: S3) -> Place {
    Place::S3 {
        bucket: s3.bucket,
        region: Some(s3.region),
        endpoint: Some(s3.endpoint),
        key_id: Some(s3.access_key_id),
        secret: Some(s3.secret_access_key),
        prefix: None,
    }
}

/// The systems outside that are told of what happens here.
pub fn ports(settings: &Settings, site: &Site) -> Result<Vec<Arc<dyn link::Port>>> {
    let mut ports: Vec<Arc<dyn link::Port>> = Vec::new();
    if let Some(portal) = &settings.dvcqg {
        let portal = link::dvcqg::Portal::new(portal.clone());
        let portal = portal.map_err(|failure| anyhow!("Phần [dvcqg]: {}", failure.say()))?;
        ports.push(Arc::new(portal.with_files(Arc::new(dossier::actions::Attachments(site.clone())))));
    }
    if let Some(reporting) = &settings.reporting {
        let reporting = link::reporting::Reporting::new(reporting.clone());
        ports.push(Arc::new(reporting.map_err(|failure| anyhow!("Phần [reporting]: {}", failure.say()))?));
    }
    // Money is given back through the queue.
    if let Some(gateway) = gateway(settings)? {
        ports.push(gateway);
    }
    Ok(ports)
}

/// Where fees are paid online; none where no gateway is configured.
fn gateway(settings: &Settings) -> Result<Option<Arc<link::payment::Gateway>>> {
    let Some(payment) = &settings.payment else { return Ok(None) };
    let gateway = link::payment::Gateway::new(payment.clone());
    Ok(Some(Arc::new(gateway.map_err(|failure| anyhow!("Phần [payment]: {}", failure.say()))?)))
}

/// The agency's certificate for results; none where none is configured.
pub fn signing(settings: &Settings) -> Result<Option<Signing>> {
    let Some(signing) = &settings.signing else { return Ok(None) };
    let read = |path: &Path| {
        std::fs::read(path)
            .map_err(|error| anyhow!("Không đọc được tệp {} của phần [signing]: {error}", path.display()))
    };
    let refused = |no: base::Refusal| anyhow!("Phần [signing]: {}", no.say);
    let signer: Arc<dyn sign::Signer> = match &signing.holder {
        Holder::Key { file, passphrase } => Arc::new(sign::Key::open(&read(file)?, passphrase).map_err(refused)?),
        Holder::Service { url, certificate, token, chain } => {
            let chain = sign::certificates(&read(chain)?).map_err(refused)?;
            Arc::new(sign::Remote::new(url, certificate, token, chain).map_err(refused)?)
        }
    };
    let roots = match &signing.roots {
        Some(roots) => sign::certificates(&read(roots)?).map_err(refused)?,
        None => Vec::new(),
    };
    Ok(Some(Signing { signer, roots: Arc::new(roots) }))
}

fn oidc(settings: &Settings) -> Result<Option<Oidc>> {
    let Some(oidc) = &settings.oidc else { return Ok(None) };
    let scopes = ["email", "profile"].map(str::to_owned).to_vec();
    provider(oidc, format!("{}/dang-nhap/oidc/xong", settings.public_url), scopes).map(Some)
}

fn citizens(settings: &Settings) -> Result<Option<Arc<Citizens>>> {
    let Some(citizen) = settings.citizen.clone() else { return Ok(None) };
    let oidc = provider(&citizen.oidc, format!("{}/ho-so-cua-toi/xong", settings.public_url), citizen.scopes)?;
    let settings::Citizen { name, number, born, phone, address, oidc: settings::Oidc { label, .. }, .. } = citizen;
    Ok(Some(Arc::new(Citizens { oidc, label, name, number, born, phone, address })))
}

fn provider(oidc: &settings::Oidc, redirect_url: String, scopes: Vec<String>) -> Result<Oidc> {
    let settings::Oidc { issuer, client_id, client_secret, .. } = oidc.clone();
    let all = OidcSettings { issuer, client_id, client_secret, redirect_url, scopes };
    Oidc::discover(&all).map_err(|failure| anyhow!(failure.to_string()))
}
