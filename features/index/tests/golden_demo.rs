//! The demo's year 2019, scored by the engine, is what a second program computed in exact fractions.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use base::Decimal;
use index::files::{answers, set_toml};
use score::{Detail, Group, UnitScore};
use serde_json::Value;
use std::path::Path;

fn text(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data").join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path:?}: {error}"))
}

/// The unit's own scores, and with the appraiser's verdicts in place.
fn scored(kind: &str) -> (score::CriteriaSet, Vec<UnitScore>, Vec<UnitScore>) {
    let file = set_toml::read(&text(&format!("criteria/mau-{kind}-2019.toml"))).unwrap();
    let set = file.reading.set.unwrap();
    let own: Group = answers::read(&set, &text(&format!("demo/answers/2019-{kind}.json"))).unwrap();
    let mut settled = own.clone();
    let verdicts: Value = serde_json::from_str(&text(&format!("demo/answers/2019-{kind}.verdicts.json"))).unwrap();
    for (unit, judged) in verdicts["units"].as_object().unwrap() {
        let unit = settled.units.iter_mut().find(|other| other.name == *unit).unwrap();
        for (code, verdict) in judged.as_object().unwrap() {
            let points: Decimal = verdict["points"].as_str().unwrap().parse().unwrap();
            assert!(unit.fix(&set, code, points, verdict["reason"].as_str().unwrap()), "{code}");
        }
    }
    let score = |group: &Group| score::score(&set, group, Detail::Explained).unwrap();
    let (own, settled) = (score(&own), score(&settled));
    (set, own, settled)
}

fn agrees(kind: &str, units: usize) {
    let (set, own, settled) = scored(kind);
    let published = text(&format!("demo/results/2019-{kind}.csv"));
    let mut lines = published.lines();
    let head: Vec<&str> = lines.next().unwrap().split(',').collect();
    let mut count = 0;
    for line in lines {
        let row: Vec<&str> = line.split(',').collect();
        let at = |name: &str| row[head.iter().position(|column| *column == name).unwrap()];
        let dec = |name: &str| at(name).parse::<Decimal>().unwrap().normalize();
        let of = |scores: &[UnitScore]| scores.iter().find(|score| score.name == row[0]).unwrap().clone();
        let (own, score) = (of(&own), of(&settled));
        assert_eq!(own.total.unwrap().normalize(), dec("self_total"), "{line}");
        assert_eq!(score.total.unwrap().normalize(), dec("total"), "{line}");
        assert_eq!(score.applicable_max.round(6).normalize(), dec("applicable_max"), "{line}");
        assert_eq!(score.index.unwrap().normalize(), dec("index"), "{line}");
        assert_eq!(score.rating.as_deref(), Some(at("rating")), "{line}");
        assert_eq!(score.rank.unwrap().to_string(), at("rank"), "{line}");
        for field in 1..=10 {
            let points = score.subtotal(&set, &field.to_string()).unwrap().points.clone().unwrap();
            assert_eq!(points.round(3).normalize(), dec(&format!("field_{field}")), "{}: field {field}", row[0]);
        }
        count += 1;
    }
    assert_eq!(count, units);
}

#[test]
fn departments_of_2019_come_out_as_published() {
    agrees("so", 20);
}

#[test]
fn districts_of_2019_come_out_as_published() {
    let (_, own, _) = scored("huyen");
    agrees("huyen", own.len());
}
