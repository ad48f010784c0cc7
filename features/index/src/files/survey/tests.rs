#![allow(clippy::unwrap_used)]
use super::*;

fn rows() -> Vec<SurveyRow> {
    let row = |key: &str, code: &str, value: Option<Value>| SurveyRow {
        key: key.into(),
        unit: format!("Sở {key}"),
        kind: "so".into(),
        held: true,
        code: code.into(),
        name: "Thái độ".into(),
        options: Some(4),
        value,
    };
    vec![
        row("so-a", "1.5", Some(json!({ "answers": [12, 5, 1, 0] }))),
        row("so-a", "3.10", None),
        row("so-b", "1.5", None),
        row("so-b", "3.10", Some(json!({ "answers": [0, 0, 7, 0] }))),
    ]
}

fn again(bytes: &[u8]) -> (Vec<SurveyAnswer>, Refusals) {
    read(&sheet::read(bytes, "dieu-tra.xlsx").unwrap(), &options(&rows()))
}

#[test]
fn both_templates_come_back_as_what_was_stored() {
    for bytes in [template("Đợt", &rows()).unwrap(), matrix_template("Đợt", &rows()).unwrap()] {
        let (found, refusals) = again(&bytes);
        assert_eq!(refusals, []);
        let plain: Vec<(&str, &str, &Value)> =
            found.iter().map(|one| (one.unit.as_str(), one.code.as_str(), &one.value)).collect();
        let (a, b) = (json!({ "answers": [12, 5, 1, 0] }), json!({ "answers": [0, 0, 7, 0] }));
        assert_eq!(plain, [("so-a", "1.5", &a), ("so-b", "3.10", &b)]);
    }
}

#[test]
fn every_bad_cell_is_named_by_its_address() {
    let csv = "Đơn vị;Mã tiêu chí;Phương án 1;Phương án 2;Phương án 3;Phương án 4\nSở A;1.5;12;nhiều;1;-3\nSở B;1.5;1;;;\n;1.5;1;1;1;1\n";
    let (found, refusals) = read(&sheet::read(csv.as_bytes(), "x.csv").unwrap(), &options(&rows()));
    let places: Vec<&str> = refusals.iter().filter_map(|no| no.field.as_deref()).collect();
    assert_eq!(places, ["D2", "F2", "C4"]);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].value, json!({ "answers": [1, 0, 0, 0] }));
}

#[test]
fn a_matrix_with_a_stray_column_says_so() {
    let csv = "Đơn vị;1.5;Ghi chú\nSở A;12; 5; 1\nSở B;\"3; 2; 1; 0\";xong\n";
    let (found, refusals) = read(&sheet::read(csv.as_bytes(), "x.csv").unwrap(), &options(&rows()));
    assert!(refusals.iter().any(|no| no.field.as_deref() == Some("C3")), "{refusals:?}");
    assert!(found.iter().any(|one| one.unit == "Sở B" && one.value == json!({ "answers": [3, 2, 1, 0] })));
}

#[test]
fn the_answers_file_is_read_too() {
    let found =
        read_json(r#"{"units": {"so-a": {"1.5": {"answers": [1, 2, 3, 4]}, "survey_held": true, "3.10": null}}}"#)
            .unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].place, "so-a, 1.5");
    assert!(read_json("[]").is_err());
}
