//! What each door does, takes and gives, for the OpenAPI document.

mod records;
mod results;

use records::*;
use web::Described;
use web::describe::*;

/// Every door of this room.
pub fn described() -> Vec<Described> {
    [
        rounds(),
        survey(),
        cards(),
        evidence(),
        sending(),
        judging(),
        results::results(),
        results::downloads(),
        sets(),
        edits(),
    ]
    .concat()
}

fn rounds() -> Vec<Described> {
    vec![
        Described::get("/api/v1/rounds", "Các đợt chấm").pages(round()),
        Described::post(
            "/api/v1/rounds",
            "Tạo đợt chấm: sets là bộ tiêu chí theo loại đơn vị, units là loại của mỗi đơn vị",
        )
        .takes([
            ("*name", text()),
            ("*year", whole()),
            ("*days", days()),
            ("*sets", map(id())),
            ("*units", map(text())),
        ])
        .gives(round())
        .etag(),
        Described::get("/api/v1/rounds/{round}", "Một đợt chấm").gives(round()).etag(),
        Described::put("/api/v1/rounds/{round}", "Sửa tên và các ngày")
            .takes([("*name", text()), ("*days", days())])
            .if_match()
            .gives(round())
            .etag(),
        Described::post("/api/v1/rounds/{round}/open", "Mở đợt chấm"),
        Described::post("/api/v1/rounds/{round}/publish", "Công bố theo quyết định")
            .takes([("*decision", text()), ("*on", day())]),
        Described::get("/api/v1/rounds/{round}/appraisers", "Cơ quan thẩm định từng lĩnh vực").pages(appraiser()),
        Described::post("/api/v1/rounds/{round}/appraisers", "Giao lĩnh vực cho cơ quan thẩm định")
            .takes([
                ("*kind", text()),
                ("*field", text()),
                ("*unit", id()),
                ("account", maybe(id())),
                ("only_unit", maybe(id())),
            ])
            .gives(appraiser()),
        Described::delete("/api/v1/rounds/{round}/appraisers/{id}", "Bỏ một phân công thẩm định"),
        Described::get("/api/v1/rounds/{round}/results", "Kết quả đã công bố").pages(outcome()),
        Described::get("/api/v1/rounds/{round}/cards", "Các phiếu mà khoá này được xem").pages(card()),
        Described::get(
            "/api/v1/rounds/{round}/criteria/{kind}/{code}",
            "Một tiêu chí của mọi đơn vị mà khoá này thẩm định",
        )
        .gives(across()),
        Described::get("/api/v1/history", "Số liệu người khác đã công bố")
            .asks("*scale", "Thang đo, ví dụ par-index.", text())
            .pages(history()),
    ]
}

fn survey() -> Vec<Described> {
    vec![
        Described::get("/api/v1/rounds/{round}/survey", "Các ô của điều tra xã hội học và kết quả đã có").pages(survey_cell()),
        Described::post("/api/v1/rounds/{round}/survey", "Nạp kết quả điều tra xã hội học: đơn vị (tên, tên ngắn hoặc mã) → tiêu chí → câu trả lời. Sai một ô thì không nạp ô nào")
            .takes([("*units", map(map(anything())))])
            .gives(record([("taken", whole())])),
        Described::post("/api/v1/rounds/{round}/survey/check", "Xem trước việc nạp kết quả điều tra: bao nhiêu ô nạp được, bao nhiêu ô thay đổi, ô nào sai; không nạp gì")
            .takes([("*units", map(map(anything())))])
            .gives(record([
                ("good", whole()),
                ("changed", whole()),
                ("errors", list(record([("place", maybe(text())), ("code", text()), ("say", text())]))),
            ])),
        Described::put("/api/v1/rounds/{round}/survey/not-held", "Ghi các đơn vị không tổ chức điều tra; đơn vị không nêu là có tổ chức")
            .takes([("*units", list(id()))])
            .gives(record([("changed", whole())])),
    ]
}

fn cards() -> Vec<Described> {
    let given = record([("answer", anything()), ("points", maybe(text())), ("why", maybe(text())), ("so_far", text())]);
    vec![
        Described::get("/api/v1/rounds/{round}/cards/{unit}", "Một phiếu với từng tiêu chí, điểm và cách tính")
            .gives(whole_card())
            .etag(),
        Described::get("/api/v1/rounds/{round}/cards/{unit}/answers/{code}", "Câu trả lời của một tiêu chí")
            .gives(answer())
            .etag(),
        Described::put(
            "/api/v1/rounds/{round}/cards/{unit}/answers/{code}",
            "Trả lời một tiêu chí, như trong tệp câu trả lời; null là xoá",
        )
        .takes([("*answer", maybe(map(anything())))])
        .if_match()
        .gives(given)
        .etag(),
        Described::put("/api/v1/rounds/{round}/cards/{unit}/notes/{code}", "Giải trình cách tính")
            .takes([("*text", text())])
            .if_match(),
        Described::put(
            "/api/v1/rounds/{round}/cards/{unit}/excuses/{code}",
            "Đề nghị không áp dụng; why null là rút đề nghị",
        )
        .takes([("*why", maybe(text()))])
        .if_match(),
        Described::post("/api/v1/rounds/{round}/cards/{unit}/assignments", "Giao tiêu chí cho phòng hoặc người")
            .takes([("*codes", list(text())), ("unit", maybe(id())), ("account", maybe(id()))]),
        Described::post("/api/v1/rounds/{round}/cards/{unit}/facts", "Lấy lại số liệu cho tiêu chí tự động")
            .gives(record([("changed", whole())])),
    ]
}

fn evidence() -> Vec<Described> {
    let file = fields([("*name", text()), ("*base64", text())]);
    vec![
        Described::get("/api/v1/rounds/{round}/cards/{unit}/evidence", "Tài liệu kiểm chứng của phiếu").lists(proof()),
        Described::post(
            "/api/v1/rounds/{round}/cards/{unit}/evidence/{code}",
            "Thêm tài liệu kiểm chứng; tệp gửi dạng base64",
        )
        .takes([
            ("*number", text()),
            ("issued", maybe(day())),
            ("*issuer", text()),
            ("*summary", text()),
            ("*place", text()),
            ("link", maybe(text())),
            ("files", list(file)),
        ])
        .gives(record([("id", id())])),
        Described::put(
            "/api/v1/rounds/{round}/cards/{unit}/evidence/{code}/{id}",
            "Dùng tài liệu đã có cho một tiêu chí",
        )
        .takes([("*place", text())]),
        Described::delete(
            "/api/v1/rounds/{round}/cards/{unit}/evidence/{code}/{id}",
            "Thôi dùng tài liệu cho một tiêu chí",
        ),
        Described::get("/api/v1/evidence/{id}/files/{file}", "Tải tệp của tài liệu").gives_file(),
    ]
}

fn sending() -> Vec<Described> {
    let missing = record([("code", text()), ("missing", one_of(&["answer", "evidence", "excuse-reason", "wrong"]))]);
    vec![
        Described::get("/api/v1/rounds/{round}/cards/{unit}/missing", "Những gì còn thiếu trước khi gửi")
            .lists(missing),
        Described::post("/api/v1/rounds/{round}/cards/{unit}/submit", "Gửi phiếu"),
        Described::post("/api/v1/rounds/{round}/cards/{unit}/explained", "Giải trình xong"),
        Described::get("/api/v1/rounds/{round}/cards/{unit}/reopenings", "Các lần xin mở lại phiếu").lists(reopening()),
        Described::post("/api/v1/rounds/{round}/cards/{unit}/reopenings", "Xin mở lại phiếu")
            .takes([("*text", text())]),
        Described::post(
            "/api/v1/rounds/{round}/cards/{unit}/reopenings/{id}",
            "Quyết định mở lại đến trước ngày until; không có until là không đồng ý",
        )
        .takes([("until", maybe(day()))]),
    ]
}

fn judging() -> Vec<Described> {
    vec![
        Described::get("/api/v1/rounds/{round}/cards/{unit}/verdicts/{code}", "Thẩm định của một tiêu chí")
            .gives(verdict())
            .etag(),
        Described::put(
            "/api/v1/rounds/{round}/cards/{unit}/verdicts/{code}",
            "Thẩm định một tiêu chí: đồng ý, hoặc cho điểm kèm lý do",
        )
        .takes([("agrees", flag()), ("points", maybe(decimal())), ("reason", text()), ("want_second", flag())])
        .if_match()
        .gives(verdict())
        .etag(),
        Described::post(
            "/api/v1/rounds/{round}/cards/{unit}/verdicts/{code}/second",
            "Người thứ hai đồng ý với thẩm định",
        ),
        Described::post(
            "/api/v1/rounds/{round}/cards/{unit}/excuses/{code}/decide",
            "Quyết định đề nghị không áp dụng",
        )
        .takes([("*granted", flag())]),
        Described::get("/api/v1/rounds/{round}/cards/{unit}/remarks", "Các trao đổi về phiếu").lists(remark()),
        Described::post("/api/v1/rounds/{round}/cards/{unit}/remarks/{code}", "Hỏi hoặc giải trình")
            .takes([("*text", text())]),
        Described::post("/api/v1/rounds/{round}/cards/{unit}/conclude", "Hội đồng kết luận"),
    ]
}

fn sets() -> Vec<Described> {
    let problem = record([("place", text()), ("say", text())]);
    let checked = record([
        ("errors", list(problem.clone())),
        ("warnings", list(problem)),
        ("against", maybe(edition_head())),
        ("changes", list(change())),
    ]);
    vec![
        Described::get("/api/v1/criteria-sets", "Các bộ tiêu chí; bản nháp chỉ quản trị thấy").pages(edition_head()),
        Described::post("/api/v1/criteria-sets", "Nạp cả bộ tiêu chí, như trong tệp, thành bản nháp")
            .takes_this(set())
            .gives(edition())
            .etag(),
        Described::post("/api/v1/criteria-sets/begin", "Tạo bản nháp trống")
            .takes([("*code", text()), ("*name", text()), ("*applies_to", list(text())), ("*from", day())])
            .gives(edition())
            .etag(),
        Described::post("/api/v1/criteria-sets/check", "Kiểm tra một bộ tiêu chí và so với bản đang có; không lưu gì")
            .takes_this(map(anything()))
            .gives(checked),
        Described::get("/api/v1/criteria-sets/{id}", "Một bộ tiêu chí với nội dung").gives(edition()).etag(),
        Described::delete("/api/v1/criteria-sets/{id}", "Bỏ bản nháp").if_match(),
        Described::get("/api/v1/criteria-sets/{id}/changes", "Khác biệt so với một bản khác")
            .asks("*from", "Bản trước.", id())
            .lists(change()),
        Described::post(
            "/api/v1/criteria-sets/{id}/copy",
            "Chép thành bản nháp của năm sau; không có code thì đặt theo năm",
        )
        .takes([("code", maybe(text()))])
        .gives(edition())
        .etag(),
    ]
}

/// Editing a draft: what each door gives is the draft as it is then.
fn edits() -> Vec<Described> {
    let edits = |described: Described| described.if_match().gives(edition()).etag();
    vec![
        edits(Described::put("/api/v1/criteria-sets/{id}", "Sửa quy định chung của bản nháp").takes([
            ("*name", text()),
            ("source", maybe(text())),
            ("*valid", fields([("*from", day()), ("to", maybe(day()))])),
            ("*applies_to", list(text())),
            ("rounding", anything()),
            ("not_applicable", maybe(text())),
            ("ties", anything()),
            ("survey_not_held", maybe(text())),
            ("ratings", list(anything())),
        ])),
        edits(
            Described::post("/api/v1/criteria-sets/{id}/publish", "Ban hành theo quyết định")
                .takes([("*source", text())]),
        ),
        edits(
            Described::post("/api/v1/criteria-sets/{id}/criteria", "Thêm tiêu chí, như trong tệp")
                .takes_this(criterion()),
        ),
        edits(
            Described::put(
                "/api/v1/criteria-sets/{id}/criteria/{code}",
                "Sửa tiêu chí; đổi mã thì các tiêu chí bên trong đổi theo",
            )
            .takes_this(criterion()),
        ),
        edits(Described::delete("/api/v1/criteria-sets/{id}/criteria/{code}", "Bỏ tiêu chí và mọi tiêu chí bên trong")),
        edits(
            Described::post("/api/v1/criteria-sets/{id}/criteria/{code}/move", "Chuyển tiêu chí lên hoặc xuống")
                .takes([("*way", one_of(&["up", "down"]))]),
        ),
    ]
}
