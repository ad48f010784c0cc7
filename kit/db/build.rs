//! Embeds `migrations/*.sql`, the one numbered story of the whole database, in the order of their numbers.

#![allow(clippy::unwrap_used, clippy::expect_used)] // a build script may stop: cargo shows why

use std::{env, fs, path::Path};

fn main() {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR").unwrap()).join("../../migrations");
    println!("cargo::rerun-if-changed={}", root.display());
    let mut files: Vec<_> = fs::read_dir(&root)
        .expect("the folder `migrations` is part of the source")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ext| ext == "sql"))
        .collect();
    files.sort();
    let mut list = String::from("&[\n");
    for path in files {
        println!("cargo::rerun-if-changed={}", path.display());
        let stem = path.file_stem().unwrap().to_str().unwrap();
        let (number, name) = stem.split_once('_').expect("NNNN_name.sql");
        let number: u32 = number.parse().expect("NNNN_name.sql");
        let path = path.canonicalize().unwrap();
        list += &format!("Migration {{ number: {number}, name: {name:?}, text: include_str!({path:?}) }},\n");
    }
    list += "]";
    fs::write(Path::new(&env::var("OUT_DIR").unwrap()).join("migrations.rs"), list).unwrap();
}
