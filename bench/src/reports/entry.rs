//! A form of 40 × 12 cells: opened, and entered by a hundred people at once; and a workbook of 50,000 cells, taken with all its checks.

use super::overseer;
use super::world::{self, BOOK, GRID, GRID_COLUMNS, GRID_ROWS, PEOPLE};
use crate::dossiers::Dice;
use crate::site::{plain, tell};
use anyhow::{Context, Result, ensure};
use base::{Date, Decimal};
use cuaviet::serve::{self, Opened};
use cuaviet::settings::Settings;
use db::{args, sql};
use people::{NewAccount, NewGrant, Role, UnitId};
use report::actions;
use report::model::ReportId;
use sheet::xlsx::{self, BookOut, SheetOut};
use sheet::{Cell, Column, Table};
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use web::Site;

sql! {
    OF_REGIME = "select p.id, p.unit from report p join report_round r on r.id = p.round where r.code = $1 and p.above is not null order by p.id";
    EMPTY = "delete from report_sheet where report in (select p.id from report p join report_round r on r.id = p.round where r.code = $1)";
}

/// Times the form is opened; cells that each person enters.
const FORMS: usize = 400;
const CELLS: usize = 40;
const BOOKS: usize = 11;

async fn reports(site: &Site, code: &str) -> Result<Vec<(ReportId, UnitId)>> {
    let mut conn = site.db.read().await?;
    Ok(conn.list(OF_REGIME, args![code], |row| Ok((row.pull()?, row.pull()?))).await?)
}

async fn emptied(site: &Site, code: &str) -> Result<()> {
    let mut tx = site.db.begin().await?;
    tx.exec(EMPTY, args![code]).await?;
    Ok(tx.commit().await?)
}

/// One who enters for a unit.
#[derive(Clone)]
struct Hand {
    report: String,
    cookie: String,
    csrf: String,
}

async fn hand(site: &Site, base: &str, (report, unit): (ReportId, UnitId), nth: usize) -> Result<Hand> {
    let scope = people::Scope::program("bench", site.now());
    let login = format!("bench.bao-cao.{nth}");
    let mut tx = site.db.begin().await?;
    let account = match people::account_by_login(&mut tx, &login).await? {
        Some(known) => known.id,
        None => {
            let new = NewAccount { login, name: format!("Người {nth}"), sample: true, ..NewAccount::default() };
            let account = people::create(&mut tx, &scope, new).await.map_err(plain)?.id;
            let from = Date::constant(2015, 1, 1);
            let grant = NewGrant { account, unit, role: Role::Staff, from, to: None, note: String::new() };
            people::grant(&mut tx, &scope, grant).await.map_err(plain)?;
            account
        }
    };
    let cookie = people::begin_session(&mut tx, account, site.now(), "bench", "127.0.0.1").await.map_err(plain)?;
    tx.commit().await?;
    let entered = people::enter(&site.db.beside().await?, &cookie, site.now()).await.map_err(plain)?;
    let csrf = entered.context("no session")?.session.csrf;
    let cookie = format!("{}={cookie}", web::Cookie::name(site));
    Ok(Hand { report: format!("{base}/bao-cao/{report}"), cookie, csrf })
}

pub async fn run(settings: &Settings, opened: Opened) -> Result<()> {
    let site = opened.site.clone();
    emptied(&site, GRID).await?;
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let base = format!("http://{}", listener.local_addr()?);
    let mut hands = Vec::new();
    for (nth, report) in reports(&site, GRID).await?.into_iter().enumerate() {
        hands.push(hand(&site, &base, report, nth).await?);
    }
    ensure!(hands.len() == PEOPLE, "{} reports", hands.len());
    let service =
        serve::router(settings, &site, opened.routes).into_make_service_with_connect_info::<std::net::SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await });
    let client = reqwest::Client::new();
    entered(&client, &hands).await?;
    let mut times = Vec::new();
    for at in 0..FORMS {
        let hand = &hands[at % hands.len()];
        let begun = Instant::now();
        let answer = client.get(&hand.report).header("cookie", &hand.cookie).send().await?;
        ensure!(answer.status().is_success(), "a form answered {}", answer.status());
        answer.bytes().await?;
        times.push(begun.elapsed());
    }
    tell("a form of 40 × 12 cells opened (limit p95 20)", &mut times);
    Ok(())
}

async fn entered(client: &reqwest::Client, hands: &[Hand]) -> Result<()> {
    let one = |(nth, hand): (usize, Hand)| {
        let client = client.clone();
        tokio::spawn(async move {
            let mut dice = Dice::new(nth as u64 + 1);
            let mut times = Vec::new();
            for turn in 0..CELLS {
                // A second between two cells of one person, on average.
                tokio::time::sleep(Duration::from_millis(u64::try_from(dice.roll(2_000))?)).await;
                times.push(cell(&client, &hand, (turn * 13 + nth) % (GRID_ROWS * GRID_COLUMNS), turn).await?);
            }
            anyhow::Ok(times)
        })
    };
    let tasks: Vec<_> = hands.iter().cloned().enumerate().map(one).collect();
    let mut times = Vec::new();
    for task in tasks {
        times.extend(task.await??);
    }
    tell("a cell durable, 100 people, a second between one's cells (limit p95 10)", &mut times);
    Ok(())
}

async fn cell(client: &reqwest::Client, hand: &Hand, place: usize, turn: usize) -> Result<Duration> {
    let begun = Instant::now();
    let answer = client
        .post(format!("{}/o/{GRID}/{place}", hand.report))
        .header("cookie", &hand.cookie)
        .header("hx-request", "true")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(format!("csrf={}&version=&so={}", hand.csrf, turn + 1))
        .send()
        .await?;
    let status = answer.status();
    let text = answer.text().await?;
    ensure!(status.is_success(), "a cell answered {status}: {}", &text[..text.len().min(400)]);
    Ok(begun.elapsed())
}

/// The workbook as somebody's own program would write it, every figure another than in the turn before.
fn workbook(rows: usize, columns: usize, turn: usize) -> Result<Vec<u8>> {
    let own = [Column::text("Mã", 8), Column::text("Chỉ tiêu", 40), Column::text("Đơn vị tính", 12)];
    let heads = (0..columns).map(|nth| Column::exact(&format!("Cột {nth}")));
    let mut table = Table::new(own.into_iter().chain(heads).collect()).title("Biểu thử");
    for row in 0..rows {
        let first = [Cell::from((row + 1).to_string()), Cell::from(format!("Phần {row}")), Cell::from("hồ sơ")];
        let figures =
            (0..columns).map(|column| Cell::from(Some(Decimal::from((row * columns + column + turn) as u64))));
        table.push(first.into_iter().chain(figures).collect());
    }
    let out = BookOut { guide: Vec::new(), sheets: vec![SheetOut::new("Biểu 1", table)], meta: Vec::new() };
    xlsx::write(&out).map_err(|no| anyhow::anyhow!(no.say))
}

pub async fn book(site: &Site) -> Result<()> {
    emptied(site, BOOK).await?;
    let (report, _) = *reports(site, BOOK).await?.first().context("--generate first")?;
    let (_, scope) = overseer(site, &world::key(1)).await?;
    let mut times = Vec::new();
    for turn in 0..BOOKS {
        let bytes = workbook(world::BOOK_ROWS, world::BOOK_COLUMNS, turn)?;
        let size = bytes.len() / 1024;
        let begun = Instant::now();
        let (taken, _) = actions::load(site, &scope, report, (bytes, "so.xlsx".into()), false).await.map_err(plain)?;
        times.push(begun.elapsed());
        ensure!(taken == world::BOOK_ROWS * world::BOOK_COLUMNS, "{taken} cells were taken");
        if turn == 0 {
            println!("a workbook of {taken} cells, {size} KB");
        }
    }
    tell("a workbook of 50,000 cells, with all its checks (limit 500)", &mut times);
    Ok(())
}
