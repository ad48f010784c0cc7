//! What is written is read back by another reader; what stands in it was typed here.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
use super::*;
use crate::actions::{Observation, ToldOut};
use crate::model::Name;
use crate::regime;
use base::Timestamp;
use indicator::Nature;
use quick_xml::Reader;
use quick_xml::events::Event;
use std::sync::Arc;

fn told() -> ToldOut {
    let (sets, regimes) = crate::actions::embedded().unwrap();
    let file = regimes.iter().find(|one| one.code == "cchc-quy").unwrap();
    let set = sets.iter().find(|one| one.code == file.indicators).unwrap();
    let one = |unit: &str, period: &str, is_whole, indicator: &str, value: &str| Observation {
        unit: unit.into(),
        is_whole,
        period: period.parse().unwrap(),
        name: Name { indicator: indicator.into(), part: None, nature: Nature::Actual },
        say: indicator.into(),
        part: String::new(),
        measure: if indicator == "TN.TYLE" { "%".into() } else { "hồ sơ".into() },
        value: value.parse().unwrap(),
    };
    let unit = |key: &str| people::Unit {
        id: "00000000-0000-7000-8000-000000000001".parse().unwrap(),
        key: key.into(),
        name: "Sở Một".into(),
        short: String::new(),
        kind: "so".into(),
        parent: None,
        from: "2011-01-01".parse().unwrap(),
        to: None,
        code_old: None,
        code_new: None,
        sample: true,
        version: 1,
    };
    ToldOut {
        ready: Arc::new(regime::read(file, &indicator::read(set).unwrap()).unwrap()),
        units: vec![unit("so-mot")],
        periods: vec!["2026-Q2".parse().unwrap(), "2026-Q3".parse().unwrap()],
        observations: vec![
            one("so-mot", "2026-Q2", false, "TN.TK", "1204"),
            one("so-mot", "2026-Q3", false, "TN.TK", "1310"),
            one("so-mot", "2026-Q3", false, "TN.TYLE", "81.5"),
            one("so-mot", "2026-Q3", true, "TN.TK", "9420"),
        ],
    }
}

fn now() -> Timestamp {
    "2026-11-29T02:00:00Z".parse().unwrap()
}

/// Every element's name with its attributes, in order.
fn elements(text: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut reader = Reader::from_str(text);
    let mut all = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(one) | Event::Empty(one) => {
                let pairs = one
                    .attributes()
                    .map(|pair| pair.map(|pair| (pair.key.as_ref().to_owned(), pair.value.to_string())));
                all.push((one.name().as_ref().to_owned(), pairs.collect::<Result<_, _>>().unwrap()));
            }
            Event::Eof => return all,
            _ => {}
        }
    }
}

fn value<'a>(one: &'a (String, Vec<(String, String)>), name: &str) -> &'a str {
    one.1.iter().find(|pair| pair.0 == name).map_or("", |pair| pair.1.as_str())
}

#[test]
fn a_period_is_an_interval_of_the_calendar() {
    let of = |text: &str| interval(text.parse().unwrap());
    assert_eq!(of("2026-02"), "2026-02-01/P1M");
    assert_eq!(of("2026-Q3"), "2026-07-01/P3M");
    assert_eq!(of("2026-H2"), "2026-07-01/P6M");
    assert_eq!(of("2026-9M"), "2026-01-01/P9M");
    assert_eq!(of("2026"), "2026-01-01/P1Y");
}

#[test]
fn adx_has_a_group_for_each_unit_and_period() {
    let all = elements(&adx::write(&told(), now()).unwrap());
    assert_eq!((all[0].0.as_str(), value(&all[0], "exported")), ("adx", "2026-11-29T02:00:00Z"));
    let groups: Vec<_> = all.iter().filter(|one| one.0 == "group").collect();
    let said: Vec<_> =
        groups.iter().map(|one| (value(one, "orgUnit"), value(one, "period"), value(one, "level"))).collect();
    assert_eq!(
        said,
        [
            ("so-mot", "2026-04-01/P3M", "don-vi"),
            ("so-mot", "2026-07-01/P3M", "don-vi"),
            ("so-mot", "2026-07-01/P3M", "tong-hop"),
        ]
    );
    let values: Vec<_> = all
        .iter()
        .filter(|one| one.0 == "dataValue")
        .map(|one| (value(one, "dataElement"), value(one, "value")))
        .collect();
    assert_eq!(values, [("TN.TK", "1204"), ("TN.TK", "1310"), ("TN.TYLE", "81.5"), ("TN.TK", "9420")]);
}

#[test]
fn a_key_lets_through_what_it_names() {
    let told = told();
    let flow = sdmx::Flow { told: &told, now: now() };
    let lines =
        |key: &str| flow.csv(&sdmx::Filter::of(key).unwrap()).lines().skip(1).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(lines("all").len(), 4);
    assert_eq!(lines("Q..T...").len(), 1);
    assert_eq!(lines("...TN_TYLE+GQ..").len(), 1);
    assert_eq!(lines("A.....").len(), 0);
    assert!(sdmx::Filter::of("Q.so-mot").is_none(), "other dimensions than ours");
    assert_eq!(lines("...TN_TYLE..")[0], "CUAVIET:cchc-quy(1.0),Q,so-mot,U,TN_TYLE,_T,3,2026-Q3,81.5,%");
}

#[test]
fn each_form_of_sdmx_says_the_same() {
    let told = told();
    let flow = sdmx::Flow { told: &told, now: now() };
    let all = sdmx::Filter::of("all").unwrap();
    let generic = elements(&flow.data(&all).unwrap());
    let figures: Vec<_> = generic.iter().filter(|one| one.0 == "gen:ObsValue").map(|one| value(one, "value")).collect();
    assert_eq!(figures, ["9420", "1204", "1310", "81.5"], "the whole, then the unit's, series by series");
    let json = flow.json(&all);
    let series = json["dataSets"][0]["series"].as_object().unwrap();
    let counts: usize = series.values().map(|one| one["observations"].as_object().unwrap().len()).sum();
    assert_eq!((series.len(), counts), (3, 4));
    // What an older edition told is called by its own name, never by another's.
    let mut told = told;
    let old = Observation { say: "Chỉ tiêu cũ".into(), measure: "lượt".into(), ..told.observations[0].clone() };
    told.observations.push(Observation { name: Name { indicator: "CU".into(), ..old.name.clone() }, ..old });
    let flow = sdmx::Flow { told: &told, now: now() };
    let csv = flow.csv(&sdmx::Filter::of("...CU..").unwrap());
    assert!(csv.contains(",CU,_T,3,2026-Q2,1204,lượt"), "{csv}");
    let json = flow.json(&all);
    assert_eq!(json["dataSets"][0]["series"].as_object().unwrap().len(), 4);
    assert!(flow.structure().unwrap().contains("Chỉ tiêu cũ"));
    assert_eq!(json["structure"]["dimensions"]["observation"][0]["values"][1]["id"], "2026-Q3");
}
