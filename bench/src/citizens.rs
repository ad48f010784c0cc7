//! Citizens filling forms online, all at once, at a site that runs beside: `bench citizens [--base http://127.0.0.1:8080]`.
//!
//! Each begins a draft of the demo's procedure with the longest form and goes to and fro between its pages, with two
//! seconds of thought on average: names, the electronic form with what is still missing said, how the result is fetched.

use crate::dossiers::{Dice, flag};
use crate::site::tell;
use anyhow::{Context, Result, ensure};
use reqwest::{Client, RequestBuilder, StatusCode, Url, redirect};
use std::process::ExitCode;
use std::time::{Duration, Instant};

const CITIZENS: u64 = 200;
const ACTS: usize = 20;
const THOUGHT: Duration = Duration::from_secs(2);
const BEGIN: &str = "/dich-vu-cong/2.000648/nop";

pub fn run() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    match runtime.map_err(anyhow::Error::from).and_then(|runtime| runtime.block_on(all())) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn all() -> Result<()> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let base = flag("--base").unwrap_or_else(|| "http://127.0.0.1:8080".to_owned());
    let citizens: Vec<_> = (0..CITIZENS).map(|nth| tokio::spawn(one(base.clone(), nth))).collect();
    let (mut pages, mut saves) = (Vec::new(), Vec::new());
    for citizen in citizens {
        let (some_pages, some_saves) = citizen.await??;
        pages.extend(some_pages);
        saves.extend(some_saves);
    }
    println!("{CITIZENS} citizens, {} s between one's acts on average; limit: p95 100 ms", THOUGHT.as_secs());
    tell("a page", &mut pages);
    tell("what was typed, saved or refused", &mut saves);
    Ok(())
}

/// Times of pages, and of what was sent.
async fn one(base: String, nth: u64) -> Result<(Vec<Duration>, Vec<Duration>)> {
    let client = Client::builder().redirect(redirect::Policy::none()).build()?;
    let mut dice = Dice::new(nth + 1);
    think(&mut dice).await;
    let (mut pages, mut saves) = (Vec::new(), Vec::new());
    let begin = [("truong_hop", "chung"), ("noi_nhan", "so-cong-thuong")];
    let answer = posted(client.post(format!("{base}{BEGIN}")), &begin).send().await?;
    ensure!(answer.status() == StatusCode::SEE_OTHER, "a draft was not begun: {}", answer.status());
    let head = |name| answer.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let draft = head("location").context("no address of the draft")?;
    let cookie =
        head("set-cookie").and_then(|set| Some(set.split(';').next()?.to_owned())).context("no key to the draft")?;
    let name = format!("Người Bench {nth}");
    let who = [("loai", "person"), ("ten", name.as_str()), ("dien_thoai", "0905000111")];
    let form = [
        ("to_khai.truong_hop", "cap_moi"),
        ("to_khai.doanh_nghiep.ten", "Công ty TNHH Bench"),
        ("to_khai.doanh_nghiep.ma_so_thue", "0100109106"),
        ("to_khai.cua_hang.tinh", "quang_tri"),
        ("to_khai.cua_hang.dien_tich", "1.250,5"),
        ("to_khai.so_be", "2"),
        ("to_khai.nhan_vien[1].ho_ten", &name),
    ];
    let sent: [(&str, &[(&str, &str)]); 3] =
        [("nguoi-nop", &who), ("to-khai", &form), ("nhan-ket-qua", &[("tra", "online")])];
    for _ in 0..ACTS {
        think(&mut dice).await;
        let (page, fields) = *dice.one(&sent);
        let address = format!("{base}{draft}/{page}");
        let begun = Instant::now();
        let answer = client.get(&address).header("cookie", &cookie).send().await?;
        ensure!(answer.status().is_success(), "{page} answered {}", answer.status());
        answer.bytes().await?;
        pages.push(begun.elapsed());
        think(&mut dice).await;
        let begun = Instant::now();
        let answer = posted(client.post(&address).header("cookie", &cookie), fields).send().await?;
        let status = answer.status();
        ensure!(
            status == StatusCode::SEE_OTHER || status == StatusCode::UNPROCESSABLE_ENTITY,
            "{page} answered {status}"
        );
        answer.bytes().await?;
        saves.push(begun.elapsed());
    }
    Ok((pages, saves))
}

fn posted(to: RequestBuilder, fields: &[(&str, &str)]) -> RequestBuilder {
    let body = Url::parse_with_params("http://x", fields).ok().and_then(|url| url.query().map(str::to_owned));
    to.header("content-type", "application/x-www-form-urlencoded").body(body.unwrap_or_default())
}

async fn think(dice: &mut Dice) {
    tokio::time::sleep(THOUGHT * u32::try_from(dice.roll(200)).unwrap_or(100) / 100).await;
}
