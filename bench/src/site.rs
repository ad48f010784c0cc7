//! The site under load: the grid of 100 criteria, and 50 people saving at once, with five years of 60 units stored.
//!
//! Server and clients share this process and its two cores, as they share the machine in the figures of the README.

mod world;

use crate::dossiers::Dice;
use anyhow::Result;
use std::process::ExitCode;
use std::time::{Duration, Instant};
use world::World;

/// Times the grid is asked for, one after the other.
const GRIDS: usize = 400;
/// People saving at once, and saves of each.
const SAVERS: usize = 50;
const SAVES: usize = 40;

pub fn run() -> ExitCode {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    match runtime.map_err(anyhow::Error::from).and_then(|runtime| runtime.block_on(measure())) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn measure() -> Result<()> {
    let world = World::begin().await?;
    let client = reqwest::Client::new();
    grid(&world, &client).await?;
    saves(&world, &client, Duration::ZERO, "without a pause").await?;
    saves(&world, &client, Duration::from_millis(500), "half a second on average between a person's saves").await
}

async fn grid(world: &World, client: &reqwest::Client) -> Result<()> {
    let mut times = Vec::new();
    let mut bytes = 0;
    for at in 0..GRIDS {
        let saver = &world.savers[at % world.savers.len()];
        let begun = Instant::now();
        let answer =
            client.get(&saver.card).header("cookie", &saver.cookie).header("accept-encoding", "gzip").send().await?;
        anyhow::ensure!(answer.status().is_success(), "the grid answered {}", answer.status());
        bytes = answer.bytes().await?.len();
        times.push(begun.elapsed());
    }
    tell("grid of 100 criteria", &mut times);
    println!("  {} KB over the wire (gzip)", bytes / 1024);
    Ok(())
}

async fn saves(world: &World, client: &reqwest::Client, pause: Duration, words: &str) -> Result<()> {
    let tasks: Vec<_> = world
        .savers
        .iter()
        .take(SAVERS)
        .cloned()
        .enumerate()
        .map(|(at, saver)| {
            let client = client.clone();
            tokio::spawn(async move {
                // People are no clock: with equal pauses, whoever once waited together would wait together ever after.
                let mut dice = Dice::new(at as u64 + 1);
                let mut times = Vec::new();
                for turn in 0..SAVES {
                    tokio::time::sleep(pause * u32::try_from(dice.roll(200))? / 100).await;
                    times.push(save(&client, &saver, turn).await?);
                }
                anyhow::Ok(times)
            })
        })
        .collect();
    let mut times = Vec::new();
    for task in tasks {
        times.extend(task.await??);
    }
    tell(&format!("a cell saved, {SAVERS} people, {words}"), &mut times);
    Ok(())
}

/// One save of one cell, with the version that the page would carry; each turn another cell.
async fn save(client: &reqwest::Client, saver: &world::Saver, turn: usize) -> Result<Duration> {
    let code = format!("{}.{}", turn % 8 + 1, turn / 8 + 1);
    let version = saver.version(&code).await?;
    let body = format!(
        "csrf={}&version={version}&part={}&whole=1000",
        saver.csrf,
        100 + (turn * 7 + usize::try_from(version)?) % 800
    );
    let begun = Instant::now();
    let answer = client
        .post(format!("{}/o/{code}", saver.card))
        .header("cookie", &saver.cookie)
        .header("hx-request", "true")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(body)
        .send()
        .await?;
    let status = answer.status();
    let text = answer.text().await?;
    let time = begun.elapsed();
    anyhow::ensure!(status.is_success(), "a save of {code} answered {status}: {}", &text[..text.len().min(400)]);
    Ok(time)
}

/// Says how long, in milliseconds; gives the 50th and the 95th percentile.
pub(crate) fn tell(what: &str, times: &mut [Duration]) -> (f64, f64) {
    times.sort();
    let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)].as_secs_f64() * 1000.0;
    println!("{what}: p50 {:.1} ms, p95 {:.1} ms, p99 {:.1} ms ({} times)", at(50), at(95), at(99), times.len());
    (at(50), at(95))
}

pub(crate) fn plain(failure: people::Failure) -> anyhow::Error {
    anyhow::anyhow!(failure.to_string())
}
