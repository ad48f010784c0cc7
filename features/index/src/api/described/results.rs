//! Results and what is taken away.

use super::records::outcome;
use serde_json::Value;
use web::Described;
use web::describe::*;

const KIND: &str = "Loại đơn vị; không nêu là sở, hoặc loại đầu tiên của đợt.";

fn of_kind(path: &'static str, says: &'static str) -> Described {
    Described::get(path, says).asks("kind", KIND, text())
}

pub fn results() -> Vec<Described> {
    let heat_row = record([("code", text()), ("name", text()), ("leaf", flag()), ("shares", list(maybe(text())))]);
    let unit = record([("unit", id()), ("name", text()), ("short", text())]);
    let line = record([
        ("unit", id()),
        ("name", text()),
        ("points", text()),
        ("max", text()),
        ("share", maybe(text())),
        ("why", text()),
        ("reason", text()),
    ]);
    vec![
        Described::get("/api/v1/rounds/{round}/results/units/{unit}", "Kết quả của một đơn vị; chưa công bố thì chỉ của đơn vị mình, không có hạng. judged: đã tính theo thẩm định")
        .gives(profile()),
        Described::get("/api/v1/rounds/{round}/results/units/{unit}/what-if", "Nếu… thì…: điểm và hạng của đơn vị với kết quả giả định; không lưu gì")
        .asks(
            "suppose",
            "Mã tiêu chí:kết quả mới, cách nhau bằng dấu chấm phẩy: điểm (1,5), tỷ lệ (95 % hoặc 18/20), có, không, tối đa.",
            text(),
        )
        .gives(what_if()),
        of_kind("/api/v1/rounds/{round}/results/heat", "Bản đồ nhiệt: phần trăm điểm tối đa theo tiêu chí và đơn vị")
            .asks("field", "Chỉ các tiêu chí bên trong lĩnh vực này.", text())
            .gives(record([("kind", text()), ("units", list(unit)), ("rows", list(heat_row))])),
        of_kind("/api/v1/rounds/{round}/results/losses", "Tiêu chí mất điểm, nhiều nhất trước").gives(record([
            ("kind", text()),
            ("units", whole()),
            ("losses", list(loss())),
        ])),
        of_kind("/api/v1/rounds/{round}/results/losses/{code}", "Một tiêu chí mất điểm ở từng đơn vị")
            .gives(record([("kind", text()), ("loss", loss()), ("lines", list(line))])),
        of_kind(
            "/api/v1/rounds/{round}/results/robustness",
            "Độ vững của thứ hạng khi trọng số các lĩnh vực thay đổi đến 20 %; low–high là 90 % số lần thử",
        )
        .gives(record([("kind", text()), ("draws", whole()), ("left_out", whole()), ("rows", list(shaky()))])),
    ]
}

fn profile() -> Value {
    let field = record([
        ("code", text()),
        ("name", text()),
        ("share", maybe(text())),
        ("last", maybe(text())),
        ("median", maybe(text())),
    ]);
    let past = record([
        ("year", whole()),
        ("points", text()),
        ("index", maybe(text())),
        ("rank", maybe(whole())),
        ("rating", maybe(text())),
    ]);
    record([
        ("published", flag()),
        ("judged", flag()),
        ("outcome", outcome()),
        ("appraised", text()),
        ("unknown", whole()),
        ("fields", list(field)),
        ("median", maybe(record([("units", whole()), ("points", maybe(text())), ("index", maybe(text()))]))),
        ("moved", record([("points", maybe(text())), ("index", maybe(text())), ("climbed", maybe(whole()))])),
        ("past", list(past)),
        ("robustness", maybe(shaky())),
    ])
}

fn what_if() -> Value {
    let position =
        || record([("total", text()), ("index", maybe(text())), ("rank", maybe(whole())), ("rating", maybe(text()))]);
    let line = record([("code", text()), ("before", maybe(text())), ("after", maybe(text()))]);
    let gain =
        record([("code", text()), ("name", text()), ("points", text()), ("max", text()), ("rank", maybe(whole()))]);
    let projected = record([("before", position()), ("after", position()), ("lines", list(line))]);
    record([("unit", id()), ("projected", maybe(projected)), ("gains", list(gain))])
}

fn loss() -> Value {
    record([
        ("code", text()),
        ("name", text()),
        ("lost", text()),
        ("average", maybe(text())),
        ("zero", whole()),
        ("units", whole()),
        ("penalty", flag()),
    ])
}

fn shaky() -> Value {
    let without = || record([("rank", whole()), ("code", maybe(text()))]);
    record([
        ("unit", id()),
        ("name", text()),
        ("rank", whole()),
        ("best", whole()),
        ("low", whole()),
        ("median", whole()),
        ("high", whole()),
        ("worst", whole()),
        ("best_without", without()),
        ("worst_without", without()),
    ])
}

pub fn downloads() -> Vec<Described> {
    let paper =
        |described: Described| described.asks("form", "Không nêu là PDF.", one_of(&["pdf", "docx"])).gives_file();
    let table =
        |described: Described| described.asks("form", "Không nêu là bảng tính.", one_of(&["xlsx", "csv"])).gives_file();
    vec![
        paper(Described::get("/api/v1/rounds/{round}/cards/{unit}/report", "Báo cáo tự đánh giá")),
        paper(Described::get(
            "/api/v1/rounds/{round}/cards/{unit}/minutes",
            "Biên bản thẩm định; đơn vị xem được từ khi giải trình",
        )),
        paper(Described::get("/api/v1/rounds/{round}/decision", "Quyết định công bố; chưa công bố thì là dự thảo")),
        table(Described::get("/api/v1/rounds/{round}/cards/{unit}/table", "Phiếu chấm điểm thành bảng")),
        table(Described::get("/api/v1/rounds/{round}/results/units/{unit}/table", "Kết quả của một đơn vị thành bảng")),
        table(of_kind(
            "/api/v1/rounds/{round}/results/tables/ranking",
            "Bảng xếp hạng; chưa công bố thì đơn vị chỉ có dòng của mình",
        )),
        table(of_kind("/api/v1/rounds/{round}/results/tables/heat", "Bản đồ nhiệt thành bảng")),
        table(of_kind("/api/v1/rounds/{round}/results/tables/losses", "Tiêu chí mất điểm thành bảng")),
        table(of_kind("/api/v1/rounds/{round}/results/tables/robustness", "Độ vững của thứ hạng thành bảng")),
        Described::post(
            "/api/v1/rounds/{round}/export",
            "Xuất toàn bộ đợt chấm: job là việc nền, xem ở /api/v1/jobs/{id}, xong thì tải ở /api/v1/jobs/{id}/file",
        )
        .gives(record([("job", id())])),
    ]
}
