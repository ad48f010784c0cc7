//! What each door does, takes and gives, for the OpenAPI document.

use crate::model::{Channel, OwnerKind, ReturnBy, State};
use serde_json::Value;
use web::Described;
use web::describe::*;

const COPIES: [&str; 4] = ["original", "copy", "certified", "electronic"];

/// Every door of this room.
pub fn described() -> Vec<Described> {
    let states: Vec<&str> = State::ALL.iter().map(|state| state.code()).collect();
    let mut all = vec![
        Described::get("/api/v1/dossiers", "Hồ sơ của một trạng thái, đến hạn sớm nhất trước")
            .asks("state", "Trạng thái; không nêu: đang xử lý.", one_of(&states))
            .asks("field", "Lĩnh vực.", text())
            .asks("procedure", "Mã thủ tục.", text())
            .asks("words", "Chữ đầu của tên chủ hồ sơ hoặc số hồ sơ, không cần dấu.", text())
            .asks("due_before", "Đến hạn trước lúc này.", moment())
            .asks("received_from", "Tiếp nhận từ lúc này.", moment())
            .asks("received_before", "Tiếp nhận trước lúc này.", moment())
            .asks("office", "Đơn vị đang giữ bước đang chạy.", id())
            .asks("holder", "Tài khoản đang giữ bước đang chạy; none: chưa giao riêng ai.", text())
            .pages(line()),
        Described::post("/api/v1/dossiers", "Tiếp nhận hồ sơ tại quầy; mã tra cứu chỉ có trong trả lời này")
            .takes_this(received())
            .gives(record([("id", id()), ("code", text()), ("secret", text())])),
        Described::get("/api/v1/dossiers/{id}", "Một hồ sơ với mọi phần của nó; việc đọc được ghi nhật ký")
            .gives(whole_dossier())
            .etag(),
        Described::get("/api/v1/coordination", "Việc mà cơ quan khác nhờ cơ quan này phối hợp").pages(record([
            ("dossier", id()),
            ("code", text()),
            ("name", text()),
            ("from", text()),
            ("what", text()),
            ("asked", moment()),
            ("due", maybe(moment())),
            ("holder", text()),
        ])),
    ];
    all.extend(deeds());
    all
}

/// A deed at a dossier, by the last word of its door.
fn deed(path: &'static str, says: &'static str, takes: Option<Value>) -> Described {
    let one = Described::post(path, says).if_match().gives(whole_dossier()).etag();
    match takes {
        Some(takes) => one.takes_this(takes),
        None => one,
    }
}

fn reason() -> Option<Value> {
    Some(fields([("*reason", text())]))
}

fn deeds() -> Vec<Described> {
    [steps(), waits(), ends()].concat()
}

fn steps() -> Vec<Described> {
    let verdict = fields([("*code", text()), ("good", maybe(flag())), ("fault", text()), ("wanted", text())]);
    let onward = fields([
        ("*step", text()),
        ("onward", maybe(whole())),
        ("chosen", maybe(text())),
        ("note", text()),
        ("to", maybe(id())),
    ]);
    vec![
        deed(
            "/api/v1/dossiers/{id}/accept",
            "Tiếp nhận chính thức hồ sơ trực tuyến",
            Some(fields([("tariff", maybe(whole()))])),
        ),
        deed("/api/v1/dossiers/{id}/move", "Chuyển một bước", Some(onward)),
        deed("/api/v1/dossiers/{id}/undo", "Rút lại bước vừa làm", None),
        deed(
            "/api/v1/dossiers/{id}/assign",
            "Giao một bước cho một người",
            Some(fields([("*step", text()), ("to", maybe(id()))])),
        ),
        deed(
            "/api/v1/dossiers/{id}/verdicts",
            "Ghi kết quả thẩm định giấy tờ",
            Some(fields([("*papers", list(verdict))])),
        ),
    ]
}

fn waits() -> Vec<Described> {
    let item = || fields([("*code", text()), ("*name", text()), ("*fault", text()), ("*wanted", text())]);
    let waits = fields([
        ("*why", one_of(&["agency-answer", "financial-duty"])),
        ("agency", maybe(id())),
        ("whom", text()),
        ("*said", text()),
        ("until", maybe(day())),
    ]);
    vec![
        deed(
            "/api/v1/dossiers/{id}/ask",
            "Yêu cầu bổ sung một lần, đầy đủ",
            Some(fields([("*items", list(item())), ("*reason", text()), ("until", maybe(day()))])),
        ),
        deed("/api/v1/dossiers/{id}/await", "Lấy ý kiến cơ quan khác, chờ nghĩa vụ tài chính", Some(waits)),
        deed(
            "/api/v1/dossiers/{id}/answer",
            "Ghi điều đang chờ đã có",
            Some(fields([("*awaited", id()), ("*said", text())])),
        ),
    ]
}

fn ends() -> Vec<Described> {
    vec![
        deed("/api/v1/dossiers/{id}/refuse", "Từ chối giải quyết", reason()),
        deed("/api/v1/dossiers/{id}/withdraw", "Ghi nhận người nộp rút hồ sơ", reason()),
        deed(
            "/api/v1/dossiers/{id}/extend",
            "Xin lỗi và hẹn lại ngày trả",
            Some(fields([("*days", whole()), ("*reason", text())])),
        ),
        deed(
            "/api/v1/dossiers/{id}/correct",
            "Sửa lúc nhận",
            Some(fields([("*received", moment()), ("*why", text())])),
        ),
        deed("/api/v1/dossiers/{id}/pay", "Thu một khoản phí bằng tiền mặt", Some(fields([("*fee", id())]))),
        deed("/api/v1/dossiers/{id}/waive", "Miễn một khoản phí", Some(fields([("*fee", id()), ("*reason", text())]))),
        deed("/api/v1/dossiers/{id}/papers/{code}/files", "Thêm bản chụp vào một giấy tờ của hồ sơ", None).takes_file(),
        deed("/api/v1/dossiers/{id}/results", "Đính kèm dự thảo kết quả", None).takes_file().asks(
            "*title",
            "Tên kết quả.",
            text(),
        ),
        deed("/api/v1/dossiers/{id}/sign", "Ký kết quả", None),
        deed("/api/v1/dossiers/{id}/issue", "Vào sổ, cấp số kết quả", Some(fields([("*result", id())]))),
    ]
}

fn line() -> Value {
    let channels: Vec<&str> = Channel::ALL.iter().map(|one| one.code()).collect();
    let states: Vec<&str> = State::ALL.iter().map(|state| state.code()).collect();
    record([
        ("id", id()),
        ("code", text()),
        ("name", text()),
        ("owner", text()),
        ("channel", one_of(&channels)),
        ("state", one_of(&states)),
        ("step", text()),
        ("office", text()),
        ("holder", text()),
        ("received", moment()),
        ("due", maybe(moment())),
        ("step_due", maybe(moment())),
        ("resolved", maybe(moment())),
        ("ended", maybe(moment())),
        ("version", whole()),
    ])
}

fn received() -> Value {
    let kinds: Vec<&str> = OwnerKind::ALL.iter().map(|one| one.code()).collect();
    let ways: Vec<&str> = ReturnBy::ALL.iter().map(|one| one.code()).collect();
    let owner = fields([
        ("kind", one_of(&kinds)),
        ("*name", text()),
        ("number", text()),
        ("born", text()),
        ("phone", text()),
        ("email", text()),
        ("address", text()),
        ("submitter", text()),
        ("submitter_number", text()),
    ]);
    let paper = fields([("*code", text()), ("copy", maybe(one_of(&COPIES))), ("number", maybe(whole()))]);
    fields([
        ("*procedure", text()),
        ("*case", text()),
        ("*owner", owner),
        ("*papers", list(paper)),
        ("channel", maybe(one_of(&["counter", "post"]))),
        ("summary", text()),
        ("return_by", maybe(one_of(&ways))),
        ("tariff", maybe(whole())),
        ("paid", flag()),
        ("received", maybe(moment())),
        ("why", text()),
    ])
}

/// Its parts are as the tables have them; what may be done now is `mine`.
fn whole_dossier() -> Value {
    record([
        ("dossier", anything()),
        ("steps", list(anything())),
        ("mine", list(anything())),
        ("papers", list(anything())),
        ("fees", list(anything())),
        ("asks", list(anything())),
        ("awaited", list(anything())),
        ("results", list(anything())),
        ("events", list(anything())),
        ("why", list(text())),
    ])
}
