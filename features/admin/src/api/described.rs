//! What each door does, takes and gives, for the OpenAPI document.

use crate::rules::KINDS;
use people::{BECAME, Role};
use serde_json::Value;
use web::Described;
use web::describe::*;

/// Every door of this room.
pub fn described() -> Vec<Described> {
    [units(), accounts(), loans(), facts(), jobs(), reading()].concat()
}

fn role() -> Value {
    one_of(&Role::ALL.map(Role::code))
}

fn unit() -> Value {
    record([
        ("id", id()),
        ("key", text()),
        ("name", text()),
        ("short", text()),
        ("kind", text()),
        ("parent", maybe(id())),
        ("from", day()),
        ("to", maybe(day())),
        ("code_old", maybe(text())),
        ("code_new", maybe(text())),
        ("sample", flag()),
        ("version", whole()),
    ])
}

fn grant() -> Value {
    record([
        ("id", id()),
        ("account", id()),
        ("unit", id()),
        ("role", role()),
        ("from", day()),
        ("to", maybe(day())),
        ("lent_by", maybe(id())),
        ("note", text()),
    ])
}

fn made() -> Value {
    record([("id", id())])
}

fn units() -> Vec<Described> {
    let link = record([("unit", id()), ("successor", id()), ("how", one_of(&BECAME)), ("on", day())]);
    let whole_unit = with(unit(), [("successors", list(link.clone())), ("predecessors", list(link))]);
    let now = |described: Described| described.gives(whole_unit.clone()).etag();
    let kind = one_of(&KINDS);
    vec![
        Described::get("/api/v1/units", "Các đơn vị, theo cây")
            .asks("q", "Tên hoặc mã, không cần dấu.", text())
            .asks("kind", "Loại đơn vị.", text())
            .asks("being", "Đang hoạt động, đã kết thúc, hay tất cả.", one_of(&["now", "ended", "all"]))
            .asks("on", "Vào ngày nào; không có là hôm nay.", day())
            .pages(unit()),
        now(Described::post("/api/v1/units", "Thêm đơn vị").takes([
            ("*name", text()),
            ("short", maybe(text())),
            ("*kind", kind.clone()),
            ("parent", maybe(id())),
            ("*from", day()),
            ("code_old", maybe(text())),
            ("code_new", maybe(text())),
            ("key", maybe(text())),
        ])),
        now(Described::get("/api/v1/units/{id}", "Một đơn vị, đơn vị kế tục và đơn vị trước nó")),
        now(Described::put("/api/v1/units/{id}", "Sửa đơn vị; mục không nêu thì để trống")
            .takes([
                ("*name", text()),
                ("short", maybe(text())),
                ("*kind", kind),
                ("parent", maybe(id())),
                ("*from", day()),
                ("to", maybe(day())),
                ("code_old", maybe(text())),
                ("code_new", maybe(text())),
            ])
            .if_match()),
        now(Described::post("/api/v1/units/{id}/end", "Kết thúc đơn vị từ ngày on, và ghi đơn vị kế tục")
            .takes([("*on", day()), ("*how", one_of(&BECAME)), ("*heirs", list(id()))])
            .if_match()),
        Described::get("/api/v1/units/{id}/grants", "Ai giữ vai trò gì tại đơn vị").pages(grant()),
    ]
}

/// A person in the list.
fn line() -> Value {
    let held = record([("unit_name", text()), ("role", role()), ("lent", flag())]);
    record([
        ("id", id()),
        ("login", text()),
        ("name", text()),
        ("title", text()),
        ("standing", standing()),
        ("has_totp", flag()),
        ("roles", list(held)),
        ("seen", maybe(moment())),
        ("version", whole()),
    ])
}

fn standing() -> Value {
    one_of(&["open", "new", "locked", "closed"])
}

fn account() -> Value {
    record([
        ("id", id()),
        ("login", text()),
        ("name", text()),
        ("email", maybe(text())),
        ("phone", maybe(text())),
        ("title", text()),
        ("has_password", flag()),
        ("has_totp", flag()),
        ("has_subject", flag()),
        ("closed", flag()),
        ("must_change", flag()),
        ("locked_until", maybe(moment())),
        ("sample", flag()),
        ("version", whole()),
    ])
}

fn accounts() -> Vec<Described> {
    vec![
        Described::get("/api/v1/accounts", "Người dùng, theo tên; không có thư điện tử và điện thoại")
            .asks("q", "Tên, chức vụ, đơn vị; không cần dấu.", text())
            .asks("role", "Vai trò đang giữ.", role())
            .asks("standing", "Tình trạng.", standing())
            .pages(line()),
        Described::post(
            "/api/v1/accounts",
            "Thêm người dùng. Liên kết đặt mật khẩu do người quản trị tạo trên màn hình",
        )
        .takes([
            ("*login", text()),
            ("*name", text()),
            ("title", text()),
            ("email", maybe(text())),
            ("phone", maybe(text())),
        ])
        .gives(made()),
        Described::get("/api/v1/accounts/{id}", "Một người dùng; việc xem được ghi vào nhật ký")
            .gives(account())
            .etag(),
        Described::put("/api/v1/accounts/{id}", "Sửa thông tin người dùng; mục không nêu thì để trống")
            .takes([("*name", text()), ("title", text()), ("email", maybe(text())), ("phone", maybe(text()))])
            .if_match()
            .gives(account())
            .etag(),
        Described::post("/api/v1/accounts/{id}/lock", "Khoá tài khoản; mọi phiên kết thúc"),
        Described::post("/api/v1/accounts/{id}/unlock", "Mở lại tài khoản"),
        Described::get("/api/v1/accounts/{id}/grants", "Vai trò đang giữ, sẽ giữ và đã uỷ quyền của một người")
            .pages(grant()),
        Described::post(
            "/api/v1/accounts/{id}/grants",
            "Giao vai trò từ ngày from (không có là hôm nay) đến trước ngày to",
        )
        .takes([("*unit", id()), ("*role", role()), ("from", maybe(day())), ("to", maybe(day())), ("note", text())])
        .gives(made()),
        Described::delete("/api/v1/accounts/{id}/grants/{grant}", "Kết thúc vai trò"),
    ]
}

fn loans() -> Vec<Described> {
    let person = record([("id", id()), ("name", text()), ("title", text())]);
    vec![
        Described::get("/api/v1/colleagues", "Những người cùng đơn vị, để uỷ quyền").pages(person),
        Described::get("/api/v1/delegations", "Những gì chủ khoá đã uỷ quyền và được uỷ quyền").pages(grant()),
        Described::post("/api/v1/delegations", "Uỷ quyền một vai trò từ ngày from đến trước ngày to")
            .takes([("*account", id()), ("*role", role()), ("*from", day()), ("*to", day()), ("note", text())])
            .gives(made()),
        Described::delete("/api/v1/delegations/{id}", "Thu hồi uỷ quyền"),
    ]
}

fn facts() -> Vec<Described> {
    let fact = record([
        ("id", id()),
        ("what", text()),
        ("unit", id()),
        ("from", day()),
        ("to", day()),
        ("value", text()),
        ("source", text()),
        ("link", maybe(text())),
        ("manual", flag()),
        ("at", moment()),
        ("account", maybe(id())),
        ("replaced_by", maybe(id())),
    ]);
    let known = record([("code", text()), ("name", text()), ("measure", text()), ("whole", flag())]);
    vec![
        Described::get("/api/v1/facts", "Số liệu đang dùng, mới nhất trước; đầu mối thấy của đơn vị mình")
            .asks("unit", "Đơn vị.", id())
            .asks("what", "Mã số liệu.", text())
            .asks("from", "Kỳ có ngày từ đây.", day())
            .asks("to", "Kỳ có ngày trước đây.", day())
            .asks("manual", "Nhập tay, hay phần mềm đếm.", flag())
            .pages(fact.clone()),
        Described::post(
            "/api/v1/facts",
            "Ghi số liệu của kỳ [from, to) kèm nguồn; kỳ đã có số thì nêu replaces, nếu không thì 409",
        )
        .takes([
            ("*what", text()),
            ("*unit", id()),
            ("*from", day()),
            ("*to", day()),
            ("*value", decimal()),
            ("*source", text()),
            ("link", maybe(text())),
            ("replaces", maybe(id())),
        ])
        .gives(fact.clone())
        .conflicts(),
        Described::get("/api/v1/facts/{id}", "Một số liệu").gives(fact.clone()),
        Described::get("/api/v1/facts/{id}/history", "Số liệu của cùng đơn vị và kỳ, mới nhất trước").lists(fact),
        Described::get("/api/v1/fact-catalogue", "Danh mục số liệu nhập tay được").lists(known),
    ]
}

fn jobs() -> Vec<Described> {
    let status = one_of(&job::Status::ALL.map(job::Status::code));
    let job = record([
        ("id", id()),
        ("kind", text()),
        ("title", text()),
        ("status", status.clone()),
        ("done", whole()),
        ("total", whole()),
        ("tries", whole()),
        ("due", moment()),
        ("result", anything()),
        ("problem", maybe(text())),
        ("account", maybe(id())),
        ("unit", maybe(id())),
        ("begun", moment()),
        ("ended", maybe(moment())),
    ]);
    vec![
        Described::get("/api/v1/jobs", "Việc nền của chủ khoá, mới nhất trước")
            .asks("status", "Tình trạng.", status)
            .asks("everyones", "Của mọi người; chỉ có tác dụng với quản trị.", flag())
            .pages(job.clone()),
        Described::get("/api/v1/jobs/{id}", "Một việc nền").gives(job.clone()),
        Described::get("/api/v1/jobs/{id}/file", "Tải tệp mà việc nền làm ra").gives_file(),
        Described::post("/api/v1/jobs/{id}/cancel", "Huỷ việc nền").gives(job.clone()),
        Described::post("/api/v1/jobs/{id}/retry", "Chạy lại việc nền đã hỏng hoặc đã huỷ").gives(job),
    ]
}

fn reading() -> Vec<Described> {
    let line = record([
        ("seq", whole()),
        ("at", moment()),
        ("who", text()),
        ("unit", maybe(id())),
        ("what", text()),
        ("says", text()),
        ("about_kind", text()),
        ("about", text()),
        ("before", anything()),
        ("after", anything()),
    ]);
    let system = record([
        ("version", text()),
        ("now", moment()),
        ("database", one_of(&["sqlite", "postgresql"])),
        ("migrations", whole()),
        ("migrations_ahead", whole()),
        ("counts", map(whole())),
    ]);
    vec![
        Described::get("/api/v1/editions", "Các bản quy định, cả bản nháp")
            .asks("q", "Mã, tên, nguồn; không cần dấu.", text())
            .asks("status", "Tình trạng.", one_of(&["draft", "published"]))
            .pages(edition_head()),
        Described::get("/api/v1/editions/{id}", "Một bản quy định với nội dung")
            .gives(with(edition_head(), [("body", anything())]))
            .etag(),
        Described::get(
            "/api/v1/journal",
            "Nhật ký, mới nhất trước. Trang có thể ngắn, hoặc trống, mà vẫn có trang sau",
        )
        .asks("who", "Tên người làm, không cần dấu.", text())
        .asks("what", "Phần đầu của mã việc, ví dụ unit.", text())
        .pages(line),
        Described::get("/api/v1/journal/verification", "Kiểm tra toàn bộ chuỗi mã băm của nhật ký").gives(record([
            ("whole", flag()),
            ("lines", maybe(whole())),
            ("broken", maybe(text())),
        ])),
        Described::get("/api/v1/system", "Phiên bản, cơ sở dữ liệu, số lượng").gives(system),
    ]
}
