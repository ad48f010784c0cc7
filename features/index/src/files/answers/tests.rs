#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use score::{Detail, score};

use super::*;

fn set() -> CriteriaSet {
    let set = json!({
        "code": "so", "name": "a", "source": "b", "applies_to": ["so"], "rounding": { "leaf": 3, "total": 2 },
        "ratings": [{ "name": "Xuất sắc", "from": "90" }, { "name": "Yếu", "from": "0" }],
        "criteria": [
            { "code": "1", "name": "a" },
            { "code": "1.1", "name": "b", "max": "1.5", "measure": { "kind": "ratio", "floor": "0.8" } },
            { "code": "1.2", "name": "c", "max": "0.5", "measure": { "kind": "yes-no" } }],
    });
    score::read(&set).set.unwrap()
}

fn refusal(text: &str) -> String {
    read(&set(), text).err().unwrap().iter().map(|refusal| refusal.say.clone()).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_result_has_the_shape_of_the_contract() {
    let set = set();
    let text = r#"{"units": {"Sở B": {"1.1": {"part": "118", "whole": "118"}, "1.2": {"yes": true}},
                             "Sở A": {"1.1": {"part": "1187", "whole": "1204"}}}}"#;
    let scores = score(&set, &read(&set, text).unwrap(), Detail::Explained).unwrap();
    let expected = r#"{"units":{"Sở B":{"total":"2","applicable_max":"2","index":"100","rating":"Xuất sắc","rank":1,"unknown":[],"lines":[{"code":"1.1","points":"1.5","max":"1.5","why":"118/118 = 100 % → 1,5"},{"code":"1.2","points":"0.5","max":"0.5","why":"Có → 0,5"}]},"Sở A":{"total":null,"applicable_max":"2","index":null,"rating":null,"rank":null,"unknown":["1.2"],"lines":[{"code":"1.1","points":"1.479","max":"1.5","why":"1.187/1.204 = 98,59 % ≥ 80 % → 1,479"},{"code":"1.2","points":null,"max":"0.5","why":"Chưa có số liệu"}]}}}"#;
    assert_eq!(result(&set, &scores).to_string().replace('\u{a0}', " "), expected);
}

#[test]
fn what_is_said_twice_is_refused() {
    assert_eq!(
        refusal("{\"units\": {\"Sở A\": {},\n \"Sở A\": {}}}"),
        "Dòng 2: “Sở A” ghi hai lần trong cùng một chỗ."
    );
    assert!(
        refusal(r#"{"units": {"Sở A": {"1.1": {"part": "1", "part": "2", "whole": "3"}}}}"#)
            .contains("“part” ghi hai lần")
    );
}

#[test]
fn what_is_not_json_is_refused_with_its_place() {
    assert_eq!(refusal("{\"units\":\n {\"Sở A\": }}"), "Dòng 2, cột 11: tệp không đúng cú pháp JSON.");
    assert!(refusal("").contains("không đúng cú pháp JSON"));
    assert!(refusal("[]").contains("units"));
}

#[test]
fn refusals_name_unit_and_code() {
    let told = refusal(r#"{"units": {"Sở A": {"1.1": {"part": "119", "whole": "118"}}, "Sở B": {"1.3": {}}}}"#);
    assert!(told.contains("Sở A, tiêu chí 1.1: ") && told.contains("Sở B, tiêu chí 1.3: "), "{told}");
}
