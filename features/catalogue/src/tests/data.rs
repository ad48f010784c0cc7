//! Every file loads, nothing is wrong with it, and its parts fit.

use crate::actions::{self, embedded_procedures, embedded_workflows};
use crate::rules;
use procedure::Level;
use std::collections::{BTreeMap, BTreeSet};
use workflow::Process;

fn processes() -> BTreeMap<String, Process> {
    embedded_workflows().unwrap().iter().map(|file| (file.code.clone(), workflow::read(file).process)).collect()
}

#[test]
fn roles_have_names() {
    let roles = actions::roles();
    assert_eq!(roles.get("mot-cua").map(String::as_str), Some("Công chức tiếp nhận và trả kết quả"));
}

#[test]
fn every_process_can_work_says_that_it_is_a_sample_and_is_named_as_its_file() {
    for (file, (name, _)) in embedded_workflows().unwrap().iter().zip(actions::workflow_texts()) {
        assert_eq!(file.code, *name);
        assert_eq!(actions::process_faults(file), Vec::<String>::new(), "{name}");
        assert!(file.sample && file.name.starts_with("MẪU"), "{name}");
    }
}

#[test]
fn every_procedure_can_be_published_and_its_processes_take_as_long_as_it_may() {
    let processes = processes();
    for one in embedded_procedures().unwrap() {
        assert_eq!(rules::faults(&one, |code| processes.get(code)), [], "{}", one.code);
        assert!(!one.sample.is_empty() && one.source.starts_with("MẪU"), "{} says what is made up", one.code);
        for case in &one.cases {
            assert_eq!(Some(processes[&case.process].legal), case.time.minutes(), "{} {}", one.code, case.code);
        }
        let levels: Vec<Level> = one.levels.iter().map(|service| service.level).collect();
        assert!(!levels.is_empty(), "{} has a level", one.code);
    }
}

#[test]
fn the_catalogue_is_of_a_department_and_of_a_commune() {
    let all = embedded_procedures().unwrap();
    let of = |key: &str| -> BTreeSet<&str> {
        all.iter()
            .filter(|one| one.receives.iter().any(|unit| unit.contains(key)))
            .map(|one| one.code.as_str())
            .collect()
    };
    assert!(of("so-cong-thuong").len() >= 25, "{}", of("so-cong-thuong").len());
    assert!(of("xa").len() >= 10, "{}", of("xa").len());
    let shape = |code: &str| {
        let (whole, part) = code.split_once('.').unwrap();
        whole.len() == 1 && part.len() == 6 && (whole.to_owned() + part).chars().all(|c| c.is_ascii_digit())
    };
    assert!(all.iter().all(|one| shape(&one.code)), "national codes");
    let mut days: BTreeSet<(&str, base::Date)> = BTreeSet::new();
    assert!(all.iter().all(|one| days.insert((&one.code, one.from))), "an edition stands twice");
}

#[test]
fn units_that_procedures_name_are_in_the_files_of_units() {
    let files = [
        include_str!("../../../../data/units/quang-tri-2020.toml"),
        include_str!("../../../../data/units/quang-tri-2026.toml"),
    ];
    for one in embedded_procedures().unwrap() {
        for key in one.receives.iter().chain(&one.resolves).chain(&one.coordinates).filter(|key| *key != "xa") {
            let line = format!("key = \"{key}\"\n");
            assert!(files.iter().any(|text| text.contains(&line)), "{} names {key}", one.code);
        }
    }
}
