//! What each door takes, in words and as JSON Schema, for the OpenAPI document.

use serde_json::{Value, json};

/// Method, path, what it does, and the schema of its body.
pub type Described = (&'static str, &'static str, &'static str, Option<Value>);

fn object(required: &[&str], properties: Value) -> Option<Value> {
    Some(json!({ "type": "object", "required": required, "properties": properties, "additionalProperties": false }))
}

/// The doors of this room that change something, and the main ones that read.
pub fn described() -> Vec<Described> {
    let mut all = reading();
    all.extend(rounds());
    all.extend(cards());
    all.extend(judging());
    all
}

fn text() -> Value {
    json!({ "type": "string" })
}

fn day() -> Value {
    json!({ "type": "string", "format": "date" })
}

fn id() -> Value {
    json!({ "type": "string", "format": "uuid" })
}

fn maybe(schema: &Value) -> Value {
    json!({ "anyOf": [schema, { "type": "null" }] })
}

fn days() -> Value {
    let names = ["scoring_from", "scoring_to", "appraisal_to", "explaining_to", "second_to"];
    let properties: serde_json::Map<String, Value> = names.iter().map(|name| ((*name).to_owned(), day())).collect();
    json!({ "type": "object", "required": names, "properties": properties })
}

fn reading() -> Vec<Described> {
    vec![
        ("GET", "/api/v1/rounds", "Các đợt chấm", None),
        ("GET", "/api/v1/rounds/{round}", "Một đợt chấm", None),
        ("GET", "/api/v1/rounds/{round}/cards", "Các phiếu mà khoá này được xem", None),
        ("GET", "/api/v1/rounds/{round}/cards/{unit}", "Một phiếu với từng tiêu chí, điểm và cách tính", None),
        ("GET", "/api/v1/rounds/{round}/results", "Kết quả đã công bố", None),
        ("GET", "/api/v1/criteria-sets", "Các bộ tiêu chí", None),
        ("GET", "/api/v1/criteria-sets/{id}", "Một bộ tiêu chí với nội dung", None),
        ("GET", "/api/v1/history", "Số liệu người khác đã công bố (tham số scale)", None),
    ]
}

fn rounds() -> Vec<Described> {
    let map = |schema: Value| json!({ "type": "object", "additionalProperties": schema });
    vec![
        (
            "POST",
            "/api/v1/rounds",
            "Tạo đợt chấm",
            object(
                &["name", "year", "days", "sets", "units"],
                json!({ "name": text(), "year": { "type": "integer" }, "days": days(), "sets": map(id()), "units": map(text()) }),
            ),
        ),
        (
            "PUT",
            "/api/v1/rounds/{round}",
            "Sửa tên và các ngày (If-Match)",
            object(&["name", "days"], json!({ "name": text(), "days": days() })),
        ),
        ("POST", "/api/v1/rounds/{round}/open", "Mở đợt chấm", None),
        (
            "POST",
            "/api/v1/rounds/{round}/publish",
            "Công bố theo quyết định",
            object(&["decision", "on"], json!({ "decision": text(), "on": day() })),
        ),
        (
            "POST",
            "/api/v1/rounds/{round}/appraisers",
            "Giao lĩnh vực cho cơ quan thẩm định",
            object(
                &["kind", "field", "unit"],
                json!({ "kind": text(), "field": text(), "unit": id(), "account": maybe(&id()), "only_unit": maybe(&id()) }),
            ),
        ),
        (
            "POST",
            "/api/v1/rounds/{round}/survey",
            "Nạp kết quả điều tra xã hội học",
            object(&["units"], json!({ "units": map(map(json!({ "type": "object" }))) })),
        ),
    ]
}

fn cards() -> Vec<Described> {
    let answer = json!({ "description": "Như trong tệp câu trả lời; null là xoá", "anyOf": [{ "type": "object" }, { "type": "null" }] });
    let file =
        json!({ "type": "object", "required": ["name", "base64"], "properties": { "name": text(), "base64": text() } });
    let evidence = json!({ "number": text(), "issued": maybe(&day()), "issuer": text(), "summary": text(), "place": text(), "link": maybe(&text()), "files": { "type": "array", "items": file } });
    vec![
        (
            "PUT",
            "/api/v1/rounds/{round}/cards/{unit}/answers/{code}",
            "Trả lời một tiêu chí (If-Match)",
            object(&["answer"], json!({ "answer": answer })),
        ),
        (
            "PUT",
            "/api/v1/rounds/{round}/cards/{unit}/notes/{code}",
            "Giải trình cách tính (If-Match)",
            object(&["text"], json!({ "text": text() })),
        ),
        (
            "PUT",
            "/api/v1/rounds/{round}/cards/{unit}/excuses/{code}",
            "Đề nghị không áp dụng (If-Match)",
            object(&["why"], json!({ "why": maybe(&text()) })),
        ),
        (
            "POST",
            "/api/v1/rounds/{round}/cards/{unit}/assignments",
            "Giao tiêu chí cho phòng hoặc người",
            object(
                &["codes"],
                json!({ "codes": { "type": "array", "items": text() }, "unit": maybe(&id()), "account": maybe(&id()) }),
            ),
        ),
        (
            "POST",
            "/api/v1/rounds/{round}/cards/{unit}/evidence/{code}",
            "Thêm tài liệu kiểm chứng",
            object(&["number", "issuer", "summary", "place"], evidence),
        ),
        (
            "PUT",
            "/api/v1/rounds/{round}/cards/{unit}/evidence/{code}/{id}",
            "Dùng tài liệu đã có",
            object(&["place"], json!({ "place": text() })),
        ),
        ("POST", "/api/v1/rounds/{round}/cards/{unit}/submit", "Gửi phiếu", None),
        (
            "POST",
            "/api/v1/rounds/{round}/cards/{unit}/reopenings",
            "Xin mở lại phiếu",
            object(&["text"], json!({ "text": text() })),
        ),
        (
            "POST",
            "/api/v1/rounds/{round}/cards/{unit}/reopenings/{id}",
            "Quyết định mở lại; không có until là không đồng ý",
            object(&[], json!({ "until": maybe(&day()) })),
        ),
    ]
}

fn judging() -> Vec<Described> {
    let decimal = json!({ "type": "string", "pattern": "^-?[0-9]+(\\.[0-9]+)?$" });
    vec![
        (
            "PUT",
            "/api/v1/rounds/{round}/cards/{unit}/verdicts/{code}",
            "Thẩm định một tiêu chí (If-Match)",
            object(
                &[],
                json!({ "agrees": { "type": "boolean" }, "points": maybe(&decimal), "reason": text(), "want_second": { "type": "boolean" } }),
            ),
        ),
        (
            "POST",
            "/api/v1/rounds/{round}/cards/{unit}/excuses/{code}/decide",
            "Quyết định đề nghị không áp dụng",
            object(&["granted"], json!({ "granted": { "type": "boolean" } })),
        ),
        (
            "POST",
            "/api/v1/rounds/{round}/cards/{unit}/remarks/{code}",
            "Hỏi hoặc giải trình",
            object(&["text"], json!({ "text": text() })),
        ),
        ("POST", "/api/v1/rounds/{round}/cards/{unit}/conclude", "Hội đồng kết luận", None),
    ]
}
