//! What each door does, takes and gives, for the OpenAPI document.

use crate::model::*;
use serde_json::Value;
use web::Described;
use web::describe::*;

/// Every door of this room.
pub fn described() -> Vec<Described> {
    let tabs: Vec<&str> = Tab::ALL.iter().map(|tab| tab.code()).collect();
    let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.code()).collect();
    let told = record([("id", id()), ("code", text()), ("secret", text()), ("due", moment())]);
    let said = fields([
        ("*kind", one_of(&kinds)),
        ("*agency", id()),
        ("*said", text()),
        ("dossier", text()),
        ("name", text()),
        ("phone", text()),
        ("email", text()),
    ]);
    vec![
        Described::get("/api/v1/feedback", "Phản ánh, kiến nghị của cơ quan, hạn trả lời sớm nhất trước")
            .asks("state", "Hộp; không nêu: chờ trả lời.", one_of(&tabs))
            .asks("kind", "Loại.", one_of(&kinds))
            .asks("words", "Chữ trong mã, tên, nội dung, không cần dấu.", text())
            .pages(line()),
        Described::post("/api/v1/feedback", "Ghi điều người dân nói ở nơi khác; mã tra cứu chỉ có trong trả lời này")
            .takes_this(said)
            .gives(told),
        Described::get("/api/v1/feedback/{id}", "Một phản ánh, kiến nghị với người gửi; việc đọc được ghi nhật ký")
            .gives(one())
            .etag(),
        Described::post("/api/v1/feedback/{id}/answer", "Trả lời, hoặc nêu lý do không xử lý")
            .if_match()
            .takes([("*answer", text()), ("refused", flag())])
            .gives(one())
            .etag(),
        Described::post("/api/v1/feedback/{id}/assign", "Phân công phòng hoặc người trả lời")
            .if_match()
            .takes([("*office", id()), ("to", maybe(id())), ("note", text())])
            .gives(one())
            .etag(),
        Described::post("/api/v1/feedback/{id}/pass", "Chuyển cơ quan khác")
            .if_match()
            .takes([("*agency", id()), ("*reason", text())]),
    ]
}

fn line() -> Value {
    let states: Vec<&str> = State::ALL.iter().map(|state| state.code()).collect();
    let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.code()).collect();
    record([
        ("id", id()),
        ("code", text()),
        ("kind", one_of(&kinds)),
        ("state", one_of(&states)),
        ("dossier", text()),
        ("said", text()),
        ("office", maybe(id())),
        ("holder", maybe(id())),
        ("place", text()),
        ("received", moment()),
        ("due", moment()),
        ("answered", maybe(moment())),
        ("version", whole()),
    ])
}

/// With who said it.
fn one() -> Value {
    let publics: Vec<&str> = Public::ALL.iter().map(|one| one.code()).collect();
    let file = record([("id", id()), ("name", text()), ("bytes", whole()), ("kind", text()), ("sha256", text())]);
    let event = record([("at", moment()), ("what", text()), ("who", text()), ("note", text())]);
    record([
        ("feedback", line()),
        ("name", text()),
        ("phone", text()),
        ("email", text()),
        ("answer", text()),
        ("public", one_of(&publics)),
        ("files", list(file.clone())),
        ("answer_files", list(file)),
        ("events", list(event)),
    ])
}
