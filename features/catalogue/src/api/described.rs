//! What each door does, takes and gives, for the OpenAPI document.

use serde_json::{Value, json};
use web::Described;
use web::describe::*;

const LEVELS: [&str; 6] = ["level2", "level3", "level4", "information", "partial", "full"];

/// Every door of this room.
pub fn described() -> Vec<Described> {
    let many = || fields([("*procedures", list(procedure()))]);
    let edition = || with(edition_head(), [("body", procedure())]);
    let change = record([("place", text()), ("before", text()), ("after", text())]);
    let seen = record([
        ("one", procedure()),
        ("against", maybe(edition_head())),
        ("changes", list(change)),
        ("faults", list(text())),
    ]);
    vec![
        Described::get("/api/v1/procedures", "Thủ tục hành chính đang hiệu lực")
            .asks("on", "Hiệu lực vào ngày này; không nêu: hôm nay.", day())
            .pages(entry()),
        Described::post(
            "/api/v1/procedures",
            "Lưu các thủ tục thành bản nháp, tất cả hoặc không; thủ tục không đổi thì bỏ qua",
        )
        .takes_this(many())
        .gives(record([("kept", whole())])),
        Described::post(
            "/api/v1/procedures/check",
            "Xem trước việc lưu: khác biệt và chỗ phải sửa trước khi công bố; không lưu gì",
        )
        .takes_this(many())
        .lists(seen),
        Described::get("/api/v1/procedures/{code}", "Một thủ tục, bản hiệu lực vào một ngày")
            .asks("on", "Hiệu lực vào ngày này; không nêu: hôm nay.", day())
            .gives(record([("entry", entry()), ("procedure", procedure())]))
            .etag(),
        Described::get("/api/v1/procedures/{code}/editions", "Mọi bản của một thủ tục, mới nhất trước").pages(entry()),
        Described::post("/api/v1/procedure-editions/{edition}/publish", "Công bố một bản nháp theo quyết định")
            .takes([("*source", text())])
            .if_match()
            .gives(edition())
            .etag(),
        Described::post(
            "/api/v1/procedure-editions/{edition}/abolish",
            "Bãi bỏ từ một ngày sau hôm nay, theo quyết định",
        )
        .takes([("*on", day()), ("*source", text())])
        .if_match()
        .gives(edition())
        .etag(),
        Described::delete("/api/v1/procedure-editions/{edition}", "Bỏ một bản nháp").if_match(),
    ]
}

/// A procedure as a list has it.
fn entry() -> Value {
    let service = record([("from", day()), ("level", one_of(&LEVELS))]);
    record([
        ("edition", id()),
        ("code", text()),
        ("number", whole()),
        ("name", text()),
        ("field", text()),
        ("levels", list(service)),
        ("receives", list(text())),
        ("resolves", list(text())),
        ("processes", list(text())),
        ("times", text()),
        ("valid_from", day()),
        ("valid_to", maybe(day())),
        ("published", flag()),
        ("sample", flag()),
        ("abolished", text()),
    ])
}

/// A procedure as files have it.
fn procedure() -> Value {
    let one_number = |unit: &str| json!({ "type": "object", "required": [unit], "properties": { unit: { "type": "integer", "minimum": 1 } }, "additionalProperties": false });
    let times = ["days", "hours", "calendar"].map(one_number);
    let time = json!({ "oneOf": times });
    let case =
        fields([("*code", text()), ("*name", text()), ("*time", time), ("*process", text()), ("form", maybe(text()))]);
    let paper = fields([
        ("*code", text()),
        ("*name", text()),
        ("cases", list(text())),
        ("copy", one_of(&["original", "copy", "certified", "electronic"])),
        ("number", whole()),
        ("optional", flag()),
        ("form", maybe(text())),
        ("guide", text()),
        ("clerk", text()),
        ("faults", list(text())),
        ("shown_only", flag()),
        ("sample", maybe(fields([("*file", text()), ("*name", text())]))),
    ]);
    let fee = fields([
        ("*name", text()),
        ("*amount", decimal()),
        ("cases", list(text())),
        ("collect", one_of(&["at-intake", "at-return"])),
        ("when", text()),
    ]);
    fields([
        ("*code", text()),
        ("*name", text()),
        ("*field", text()),
        ("source", text()),
        ("*from", day()),
        ("to", maybe(day())),
        ("sample", list(text())),
        ("subjects", list(text())),
        ("levels", list(fields([("*from", day()), ("*level", one_of(&LEVELS))]))),
        ("*receives", list(text())),
        ("*resolves", list(text())),
        ("coordinates", list(text())),
        ("order", text()),
        ("conditions", text()),
        ("legal_basis", list(text())),
        ("*cases", list(case)),
        ("*papers", list(paper)),
        ("fees", list(fee)),
        ("*results", list(fields([("*name", text()), ("electronic", flag())]))),
    ])
}
