//! What each door does, takes and gives, for the OpenAPI document.

use crate::model::*;
use serde_json::Value;
use web::Described;
use web::describe::*;

/// Every door of this room.
pub fn described() -> Vec<Described> {
    let states: Vec<&str> = State::ALL.iter().map(|state| state.code()).collect();
    let figure = record([("indicator", text()), ("part", maybe(text())), ("nature", whole()), ("value", decimal())]);
    let section = record([("code", text()), ("heading", text()), ("text", text())]);
    let one = record([("report", line()), ("figures", list(figure)), ("sections", list(section))]);
    let mut all = vec![
        Described::get("/api/v1/reports", "Báo cáo của đơn vị và những báo cáo mà chủ khoá nhận, hạn sớm nhất trước")
            .asks("state", "Trạng thái; không nêu: mọi trạng thái.", one_of(&states))
            .asks("code", "Mã chế độ báo cáo.", text())
            .pages(line()),
        Described::get("/api/v1/reports/{id}", "Một báo cáo với số liệu theo mã chỉ tiêu và lời văn").gives(one).etag(),
        timed(Described::get("/api/v1/report-figures/{code}", "Số liệu đã gửi của một chế độ báo cáo, theo ADX"))
            .gives_file(),
    ];
    let structure = "Cấu trúc SDMX 2.1 của một chế độ báo cáo: luồng dữ liệu, chiều, danh mục mã, khái niệm";
    for path in [
        "/api/sdmx/v1/dataflow/{agency}/{flow}",
        "/api/sdmx/v1/dataflow/{agency}/{flow}/{version}",
        "/api/sdmx/v1/datastructure/{agency}/{flow}",
        "/api/sdmx/v1/datastructure/{agency}/{flow}/{version}",
    ] {
        all.push(Described::get(path, structure).gives_file());
    }
    for path in ["/api/sdmx/v1/data/{flow}", "/api/sdmx/v1/data/{flow}/{key}"] {
        let door =
            Described::get(path, "Số liệu SDMX 2.1 của một chế độ báo cáo: XML, JSON hoặc CSV theo Accept hay format");
        all.push(
            timed(door)
                .asks("format", "Dạng trả lời; không nêu: theo Accept.", one_of(&["xml", "json", "csv"]))
                .gives_file(),
        );
    }
    all.extend(service());
    all
}

fn timed(door: Described) -> Described {
    door.asks("startPeriod", "Từ kỳ: 2026, 2026-Q1, 2026-11 hoặc một ngày.", text()).asks(
        "endPeriod",
        "Đến hết kỳ.",
        text(),
    )
}

/// The report service in its own envelope.
fn service() -> Vec<Described> {
    let enveloped = |item: Value| record([("data", list(item)), ("error", maybe(anything())), ("total", whole())]);
    let value = record([("indicatorCode", text()), ("unit", text()), ("value", decimal())]);
    let indicator = record([
        ("id", text()),
        ("code", text()),
        ("name", text()),
        ("parentCode", maybe(text())),
        ("childrens", list(anything())),
    ]);
    let asked = |door: Described| {
        door.asks("*officeCode", "Mã đơn vị.", text())
            .asks("indicatorCode", "Mã chỉ tiêu, nhiều mã cách nhau dấu phẩy; không nêu: mọi chỉ tiêu.", text())
            .asks("*dataTypeId", "1 kế hoạch, 2 ước tính, 3 thực hiện, 4 chính thức.", whole())
            .asks("*periodId", "1-12 tháng, 13-16 quý, 17-18 nửa năm, 19 chín tháng, 20 cả năm.", whole())
            .asks("*dataYear", "Năm.", whole())
    };
    let page = |door: Described| door.asks("page", "Trang, mỗi trang 200 mục.", whole());
    vec![
        page(Described::get("/api/bc/v1/offices", "Đơn vị có số liệu báo cáo"))
            .gives(enveloped(record([("Code", text()), ("Name", text())]))),
        page(asked(Described::get("/api/bc/v1/indicators", "Giá trị chỉ tiêu của một đơn vị trong một kỳ")))
            .gives(enveloped(value.clone())),
        Described::post("/api/bc/v1/indicators", "Như trên, hỏi nhiều chỉ tiêu")
            .takes([
                ("*officeCode", text()),
                ("indicatorCodes", list(text())),
                ("*dataTypeId", whole()),
                ("*periodId", whole()),
                ("*dataYear", whole()),
                ("page", whole()),
            ])
            .gives(enveloped(value)),
        page(Described::get(
            "/api/bc/v1/indicators/tree",
            "Chỉ tiêu, mỗi chỉ tiêu với những chỉ tiêu mà nó tính từ đó",
        ))
        .gives(enveloped(indicator)),
        asked(Described::get("/api/bc/v1/indicators/hasdata", "Đơn vị có số liệu của kỳ hay không")).gives(record([
            ("data", flag()),
            ("error", maybe(anything())),
            ("total", whole()),
        ])),
    ]
}

fn line() -> Value {
    let states: Vec<&str> = State::ALL.iter().map(|state| state.code()).collect();
    record([
        ("id", id()),
        ("code", text()),
        ("period", text()),
        ("name", text()),
        ("unit", id()),
        ("unit_name", text()),
        ("whole", flag()),
        ("state", one_of(&states)),
        ("due", moment()),
        ("first_sent", maybe(moment())),
        ("sent", maybe(moment())),
        ("filled", whole()),
        ("asked", whole()),
        ("number", text()),
        ("version", whole()),
    ])
}
