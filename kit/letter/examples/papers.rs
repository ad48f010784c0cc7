//! Writes the sample papers into a folder and says how long each took:
//! `cargo run --release -p letter --example papers -- FOLDER`

#[allow(dead_code)] // the tests use more of it
#[path = "../src/tests/samples.rs"]
mod samples;

use std::error::Error;
use std::path::PathBuf;
use std::time::Instant;

use letter::{Annex, Block, Letter};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| ".".to_owned()));
    std::fs::create_dir_all(&folder)?;
    let start = Instant::now();
    println!("typeface {} in {:.1} ms", letter::typeface()?, millis(start));
    let long = Letter {
        annexes: vec![Annex {
            title: "Bảng dài".to_owned(),
            blocks: vec![Block::Table(samples::ranking(2_000))],
            ..Annex::default()
        }],
        ..samples::report()
    };
    let papers = [
        ("decision", samples::decision()),
        ("report", samples::report()),
        ("official", samples::official()),
        ("minutes", samples::minutes()),
        ("form", samples::form(3)),
        ("form-long", samples::form(36)),
        ("long", long),
    ];
    for (name, paper) in papers {
        let start = Instant::now();
        let pdf = letter::pdf(&paper)?;
        let first = millis(start);
        let start = Instant::now();
        let rounds = 5;
        for _ in 0..rounds {
            letter::pdf(&paper)?;
        }
        let again = millis(start) / f64::from(rounds);
        let start = Instant::now();
        let docx = letter::docx(&paper)?;
        println!(
            "{name:9} pdf {first:7.1} ms, again {again:6.1} ms; docx {:5.1} ms; {} and {} KB",
            millis(start),
            pdf.len() / 1024,
            docx.len() / 1024
        );
        std::fs::write(folder.join(format!("{name}.pdf")), pdf)?;
        std::fs::write(folder.join(format!("{name}.docx")), docx)?;
    }
    Ok(())
}

fn millis(start: Instant) -> f64 {
    start.elapsed().as_secs_f64() * 1000.0
}
