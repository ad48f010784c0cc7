#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
use super::*;
use crate::model::Change;
use serde_json::json;

fn change(place: &str, before: &str, after: &str) -> Change {
    Change { place: place.into(), before: before.into(), after: after.into() }
}

#[test]
fn differences_are_named_by_what_people_call_them() {
    let old = json!({ "name": "Cấp", "to": null, "cases": [{ "code": "chung", "time": { "days": 7 } }, { "code": "lai", "name": "Cấp lại" }],
        "papers": [{ "code": "don", "number": 1, "optional": false }], "legal_basis": ["NĐ 1"] });
    let new = json!({ "name": "Cấp", "cases": [{ "code": "chung", "time": { "days": 5 } }],
        "papers": [{ "code": "don", "number": 2 }, { "code": "anh", "name": "Ảnh" }], "legal_basis": ["NĐ 1", "NĐ 2"] });
    assert_eq!(
        difference(&old, &new),
        [
            change("Trường hợp chung, thời hạn", "7 ngày làm việc", "5 ngày làm việc"),
            change("Trường hợp lai", "Cấp lại", ""),
            change("Giấy tờ don, số lượng", "1", "2"),
            change("Giấy tờ anh", "", "Ảnh"),
            change("Căn cứ pháp lý", "NĐ 1", "NĐ 1; NĐ 2"),
        ]
    );
    assert_eq!(difference(&old, &old), []);
    let turned = json!({ "papers": [{ "code": "b" }, { "code": "a" }] });
    assert_eq!(
        difference(&json!({ "papers": [{ "code": "a" }, { "code": "b" }] }), &turned),
        [change("Giấy tờ, thứ tự", "a, b", "b, a")]
    );
}

#[test]
fn a_place_is_said_in_words() {
    assert_eq!(in_words("cases.cap-moi.process"), "Trường hợp cap-moi, Quy trình");
    assert_eq!(in_words("papers.don"), "Giấy tờ don");
    assert_eq!(in_words("source"), "Quyết định công bố");
}
