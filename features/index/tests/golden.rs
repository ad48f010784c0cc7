//! Published results come out of their published inputs.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::{Path, PathBuf};
use std::str::FromStr;

use base::{Decimal, Exact};
use index::files::{answers, set_toml};
use score::{CriteriaSet, Detail, UnitScore};

fn data(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data").join(path)
}

fn text(path: &str) -> String {
    std::fs::read_to_string(data(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn set(name: &str) -> CriteriaSet {
    let file = set_toml::read(&text(&format!("criteria/{name}.toml"))).unwrap();
    let told: Vec<String> = file.reading.errors().map(|problem| file.say(problem)).collect();
    file.reading.set.unwrap_or_else(|| panic!("{name}: {told:#?}"))
}

fn scores(set: &CriteriaSet, file: &str) -> Vec<UnitScore> {
    let group =
        answers::read(set, &text(&format!("history/{file}"))).unwrap_or_else(|refusals| panic!("{refusals:#?}"));
    score::score(set, &group, Detail::Explained).unwrap()
}

/// Rows of a CSV file by its heading; a field in quotes may hold commas.
fn rows(file: &str) -> Vec<Vec<String>> {
    let split = |line: &str| {
        let (mut fields, mut quoted) = (vec![String::new()], false);
        for letter in line.chars() {
            match letter {
                '"' => quoted = !quoted,
                ',' if !quoted => fields.push(String::new()),
                other => fields.last_mut().unwrap().push(other),
            }
        }
        fields
    };
    text(&format!("history/{file}")).lines().skip(1).map(split).collect()
}

fn dec(text: &str) -> Decimal {
    Decimal::from_str(text).unwrap()
}

#[test]
fn every_set_of_the_house_is_good_and_comes_back_from_toml() {
    let mut count = 0;
    for entry in std::fs::read_dir(data("criteria")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ext| ext != "toml") {
            continue;
        }
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let set = set(&name);
        assert_eq!(set.code, name, "a file is named after its set");
        let again = set_toml::read(&set_toml::write(&set)).unwrap().reading.set;
        assert_eq!(again.as_ref(), Some(&set), "{name}");
        count += 1;
    }
    assert!(count >= 8, "{count} sets");
}

#[test]
fn qd766_gives_the_published_scores_of_phu_tho() {
    let set = set("qd766");
    let scores = scores(&set, "qd766_phutho_2026.answers.json");
    let published = rows("qd766_phutho_2026.published.csv");
    assert_eq!(published.len(), 10);
    for row in published {
        let [_, _, unit, group, _, published] = &row[..] else { panic!("{row:?}") };
        let score = scores.iter().find(|score| score.name == *unit).unwrap();
        let subtotal = score.subtotal(&set, group).unwrap();
        let points = subtotal.points.clone().unwrap_or_else(|| panic!("{unit}, group {group} is unknown"));
        let away = &points - Exact::from(dec(published));
        assert!(
            away <= Exact::from(dec("0.015")) && -&away <= Exact::from(dec("0.015")),
            "{unit}, {group}: {points} for {published}"
        );
        // Each group is the sum of its lines.
        let inside = |line: &&score::Line| set.criteria[line.position].code.starts_with(&format!("{group}."));
        let sum: Exact = score.lines.iter().filter(inside).map(|line| line.points.clone().unwrap()).sum();
        assert_eq!(sum, points, "{unit}, {group}");
    }
}

#[test]
fn hue_2021_is_rated_and_ranked_as_published() {
    let set = set("lich-su-hue-2021");
    let scores = scores(&set, "hue_2021.answers.json");
    let published = rows("hue_2021_so_nganh.csv");
    assert_eq!((published.len(), scores.len()), (21, 21));
    for row in published {
        let [_, _, _, unit, index, rank, _, rating, ..] = &row[..] else { panic!("{row:?}") };
        let score = scores.iter().find(|score| score.name == *unit).unwrap();
        assert_eq!(score.index, Some(dec(index)), "{unit}");
        assert_eq!(score.rank.map(|rank| rank.to_string()).as_ref(), Some(rank), "{unit}");
        assert_eq!(score.rating.as_ref(), Some(rating), "{unit}");
    }
}

#[test]
fn thanh_hoa_2023_is_68_32_of_84() {
    let set = set("lich-su-thanh-hoa-2023");
    let scores = scores(&set, "thanh_hoa_2023.answers.json");
    let of = |name: &str| scores.iter().find(|score| score.name == name).unwrap();
    let dan_toc = of("Ban Dân tộc tỉnh");
    assert_eq!((dan_toc.total, dan_toc.index), (Some(dec("68.32")), Some(dec("81.33"))));
    assert_eq!(dan_toc.applicable_max.to_string(), "84");
    // The other units: points are the index. (Nghi Sơn's is published with three digits.)
    for row in rows("provincial_unit_results.csv").iter().filter(|row| row.contains(&"Thanh Hóa".to_owned())) {
        let score = scores.iter().find(|score| row.contains(&score.name)).unwrap();
        let index = score.index.unwrap();
        assert!(
            row.iter().any(|field| Decimal::from_str(field).is_ok_and(|published| published.round_dp(2) == index)),
            "{row:?}: {index}"
        );
    }
}
