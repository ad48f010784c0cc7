//! The same dossiers, asked as people ask: whole pages over the wire.

use super::{Dice, django, hands, quality};
use crate::site::{plain, tell};
use anyhow::{Context, Result};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use cuaviet::serve::{self, Opened};
use cuaviet::settings::Settings;
use db::{args, sql};
use dossier::model::DossierId;
use dossier::stats::By;
use people::UnitId;
use reqwest::Client;
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use web::Site;

sql! {
    DOSSIERS = "select id from dossier where agency = $1 and state = $2 order by due, id limit 400 offset $3";
    COUNT = "select count(*), sum(case when closed is null then 1 else 0 end) from dossier_life";
}

/// Requests of each kind.
const TIMES: usize = 300;

pub async fn run(settings: &Settings, opened: Opened, database: &str) -> Result<()> {
    let site = opened.site.clone();
    let counted = site.db.read().await?.find(COUNT, &[], |row| Ok((row.pull::<i64>()?, row.pull::<i64>()?))).await?;
    let (all, open) = counted.context("no dossiers: --generate first")?;
    println!("{all} dossiers, {open} not resolved; {}", if site.db.is_postgres() { "PostgreSQL" } else { "SQLite" });
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let base = format!("http://{}", listener.local_addr()?);
    let router = serve::router(settings, &site, opened.routes).layer(axum::middleware::from_fn(timed));
    let service = router.into_make_service_with_connect_info::<std::net::SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await });
    let only = super::flag("--only");
    let is = |part: &str| only.as_deref().is_none_or(|only| only == part);
    let asker = Asker { site: site.clone(), base, client: Client::new() };
    if is("pages") {
        asker.pages().await?;
    }
    if is("pages") || is("opened") {
        asker.opened().await?;
    }
    if is("pages") {
        asker.statistics().await?;
    }
    if is("quality") {
        quality::fill(&site.db).await?;
        asker.quality().await?;
    }
    if only.as_deref() == Some("django") {
        django::run(&asker, database).await?;
    }
    if is("steps") {
        hands::run(&site, database).await?;
    }
    Ok(())
}

/// How long a page took: for whoever asked it, and for the server alone.
pub struct Took {
    pub wall: Duration,
    pub server: Duration,
}

const TOOK: &str = "x-bench-micros";

/// The server's time: from the request that was read to the last byte of its answer, before the network and whoever asked.
async fn timed(request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let (mut head, body) = next.run(request).await.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap_or_default();
    let micros = u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX);
    head.headers.insert(TOOK, micros.into());
    Response::from_parts(head, body.into())
}

pub struct Asker {
    pub site: Site,
    pub base: String,
    client: Client,
}

pub async fn unit_of(site: &Site, key: &str) -> Result<UnitId> {
    let unit = people::unit_by_key(&mut site.db.read().await?, key).await?;
    Ok(unit.context("no such unit")?.id)
}

impl Asker {
    pub async fn cookie(&self, login: &str) -> Result<String> {
        let mut tx = self.site.db.begin().await?;
        let account = people::account_by_login(&mut tx, login).await?.context("no such account")?;
        let cookie =
            people::begin_session(&mut tx, account.id, self.site.now(), "bench", "127.0.0.1").await.map_err(plain)?;
        tx.commit().await?;
        Ok(format!("{}={cookie}", web::Cookie::name(&self.site)))
    }

    async fn ask(&self, what: &str, cookie: &str, paths: &[String]) -> Result<()> {
        let all: Vec<String> = paths.iter().cycle().take(TIMES.max(paths.len())).cloned().collect();
        self.tells(what, cookie, &all).await
    }

    /// Says how long the server took for each of some pages of ours.
    async fn tells(&self, what: &str, cookie: &str, paths: &[String]) -> Result<()> {
        let mut times =
            self.times(&self.base, cookie, paths).await?.into_iter().map(|took| took.server).collect::<Vec<_>>();
        tell(what, &mut times);
        Ok(())
    }

    /// How long each of some pages took, one after the other.
    pub async fn times(&self, base: &str, cookie: &str, paths: &[String]) -> Result<Vec<Took>> {
        let mut times = Vec::new();
        for path in paths {
            let begun = Instant::now();
            let answer = self.client.get(format!("{base}{path}")).header("cookie", cookie).send().await?;
            let status = answer.status();
            let told = answer.headers().get(TOOK).and_then(|told| told.to_str().ok()?.parse().ok());
            answer.bytes().await?;
            let wall = begun.elapsed();
            times.push(Took { wall, server: told.map_or(wall, Duration::from_micros) });
            anyhow::ensure!(status.is_success(), "{path} answered {status}");
        }
        Ok(times)
    }

    /// Open and returned dossiers of an agency, from a place that the dice give.
    pub async fn dossiers(&self, agency: &str) -> Result<Vec<DossierId>> {
        let agency = unit_of(&self.site, agency).await?;
        let (mut dice, mut conn, mut ids) = (Dice::new(3), self.site.db.read().await?, Vec::new());
        for state in ["processing", "returned"] {
            let row = args![agency, state, dice.roll(1000)];
            ids.extend(conn.list(DOSSIERS, row, |row| row.pull::<DossierId>()).await?);
        }
        Ok(ids)
    }

    async fn pages(&self) -> Result<()> {
        let boxes = |more: &str| -> Vec<String> {
            ["dang-xu-ly", "qua-han", "sap-den-han", "tam-dung", "cho-tra"]
                .iter()
                .map(|one| format!("/mot-cua?hop={one}{more}"))
                .collect()
        };
        let field = "&linh_vuc=%C4%90%E1%BA%A5t%20%C4%91ai";
        for (who, login) in [
            ("the head of the largest agency", "bench.so-0.lanh-dao.0"),
            ("a clerk of a commune", "bench.xa-9.mot-cua.0"),
            ("a specialist of the largest agency", "bench.so-0.chuyen-vien.0"),
        ] {
            let cookie = self.cookie(login).await?;
            self.ask(&format!("worklist, {who}"), &cookie, &boxes("")).await?;
            self.ask(&format!("worklist of a field, {who}"), &cookie, &boxes(field)).await?;
        }
        let head = self.cookie("bench.so-0.lanh-dao.0").await?;
        self.narrowed(&head, &boxes).await?;
        self.ask("a box of ended dossiers", &head, &["/mot-cua?hop=da-tra".into()]).await?;
        let words =
            ["nguyen thi hanh", "tran van", "uyen", "yến", "nguyen", "ho quoc vinh", "1234", "le", "khong co ai"];
        let find: Vec<String> = ["dang-xu-ly", "da-tra", "tu-choi"]
            .iter()
            .flat_map(|one| words.map(|word| format!("/mot-cua?hop={one}&tim={}", word.replace(' ', "+"))))
            .collect();
        self.ask("search by name, the largest agency", &head, &find).await?;
        let clerk = self.cookie("bench.xa-9.mot-cua.0").await?;
        self.ask("search by name, a commune", &clerk, &find).await
    }

    /// One dossier after the other.
    async fn opened(&self) -> Result<()> {
        let head = self.cookie("bench.so-0.lanh-dao.0").await?;
        let ids = self.dossiers("so-0").await?;
        let ids: Vec<String> = ids.iter().map(|id| format!("/mot-cua/ho-so/{id}")).collect();
        self.ask("a dossier opened, with its line in the journal", &head, &ids).await
    }

    /// The boxes of the largest agency by who holds and when it was received, open and ended.
    async fn narrowed(&self, head: &str, boxes: &impl Fn(&str) -> Vec<String>) -> Result<()> {
        let mut conn = self.site.db.read().await?;
        let person = people::account_by_login(&mut conn, "bench.so-0.chuyen-vien.0").await?.context("no specialist")?;
        drop(conn);
        let month = "&nhan_tu=01/06/2025&nhan_den=30/06/2025";
        self.ask("worklist of a holder", head, &boxes(&format!("&nguoi_giu={}", person.id))).await?;
        self.ask("worklist of what nobody holds", head, &boxes("&nguoi_giu=khong")).await?;
        self.ask("worklist received in a month", head, &boxes("&nhan_tu=01/11/2026&nhan_den=30/11/2026")).await?;
        let ended = ["da-tra", "tu-choi"].map(|one| format!("/mot-cua?hop={one}{month}"));
        self.ask("ended dossiers received in a month", head, &ended).await
    }

    async fn statistics(&self) -> Result<()> {
        let province = self.cookie("bench.tinh").await?;
        let head = self.cookie("bench.so-0.lanh-dao.0").await?;
        let months = |by: By| -> Vec<String> {
            (2024..=2026)
                .flat_map(|year| (1..=11).map(move |month| (year, month)))
                .map(|(year, month)| {
                    format!("/mot-cua/thong-ke?tu=01/{month:02}/{year}&den=28/{month:02}/{year}&theo={}", by.code())
                })
                .collect()
        };
        for by in [By::Agency, By::Procedure, By::Handler] {
            self.ask_some(&format!("statistics of a month, the province by {}", by.code()), &province, &months(by))
                .await?;
        }
        self.ask_some("statistics of a month, the largest agency", &head, &months(By::Procedure)).await?;
        let year = ["/mot-cua/thong-ke?tu=15/12/2024&den=14/12/2025".to_owned()];
        self.ask_some("statistics of a year, the province", &province, &year).await?;
        let list: Vec<String> = ["tong", "dung-han", "ky-truoc"]
            .iter()
            .map(|so| format!("/mot-cua/thong-ke/ho-so?so={so}&tu=01/06/2025&den=30/06/2025"))
            .collect();
        self.ask_some("the list behind a number of a month, the province", &province, &list).await
    }

    /// The index of QĐ 766: of the largest agency, as itself and as the province looks at it.
    async fn quality(&self) -> Result<()> {
        let province = self.cookie("bench.tinh").await?;
        let head = self.cookie("bench.so-0.lanh-dao.0").await?;
        let agency = unit_of(&self.site, "so-0").await?;
        let pages = |periods: &[&str]| -> Vec<String> {
            let years = (2024..=2026).flat_map(|year| periods.iter().map(move |period| (year, *period)));
            years
                .map(|(year, period)| format!("/mot-cua/danh-gia/766?co_quan={agency}&ky={period}&nam={year}"))
                .collect()
        };
        let months = pages(&["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"]);
        self.ask_some("index of QĐ 766 of a month, the largest agency", &head, &months).await?;
        self.ask_some("the same, asked by the province", &province, &months).await?;
        self.ask_some("index of QĐ 766 of a year, the largest agency", &head, &pages(&["nam"])).await?;
        let list: Vec<String> = ["received", "on-time", "digitised"]
            .iter()
            .map(|so| format!("/mot-cua/danh-gia/766/ho-so?so={so}&co_quan={agency}&tu=2025-06-01&truoc=2025-07-01"))
            .collect();
        self.ask_some("the list behind a number of a month", &head, &list).await
    }

    async fn ask_some(&self, what: &str, cookie: &str, paths: &[String]) -> Result<()> {
        let some: Vec<String> = paths.iter().cycle().take(33).cloned().collect();
        self.tells(what, cookie, &some).await
    }
}
