//! The description of the API (OpenAPI 3.1), from the table of doors and what the rooms say of theirs: what is served
//! and what is described cannot differ.

use crate::version;
use people::Role;
use serde_json::{Map, Value, json};
use web::{Described, Gives, Line, Who, describe};

/// Where most doors for programs begin; those in the shape of others' services begin with their names.
const API: &str = "/api/v1";

fn is_for_programs(line: &Line) -> bool {
    line.path.starts_with(API) || matches!(line.who, Who::Key | Who::KeyOf(_))
}

/// The document of all doors for programs.
pub fn of(table: &[Line], described: &[Described]) -> Value {
    let mut paths = Map::new();
    for line in table.iter().filter(|line| is_for_programs(line)) {
        let says = described.iter().find(|one| one.method == line.method.as_str() && one.path == line.path);
        let verbs = paths.entry(line.path.to_owned()).or_insert_with(|| json!({}));
        verbs[line.method.as_str().to_lowercase()] = operation(line, says);
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Cửa Việt",
            "version": version::NUMBER,
            "description": "Cùng những việc như trên màn hình, với cùng vai trò. Số thập phân là chuỗi; kỳ và thời hạn là nửa khoảng [from, to).",
            "license": { "name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later" },
        },
        "servers": [{ "url": "/" }],
        "paths": paths,
        "components": {
            "securitySchemes": { "key": { "type": "http", "scheme": "bearer", "description": "Khoá API, tạo ở trang Tài khoản." } },
            "schemas": { "Problem": problem() },
        },
    })
}

fn operation(line: &Line, says: Option<&Described>) -> Value {
    let mut operation = json!({
        "operationId": id(line),
        "parameters": parameters(line, says),
        "responses": responses(line, says),
    });
    if line.who != Who::Everyone {
        let scope = if line.method == "GET" { "read" } else { "write" };
        operation["security"] = json!([{ "key": [scope] }]);
    }
    if let Who::KeyOf(roles) = line.who {
        let names: Vec<&str> = roles.iter().copied().map(Role::name).collect();
        operation["description"] = json!(format!("Cần khoá của người có vai trò: {}.", names.join(", ")));
    }
    if let Some(says) = says {
        if says.takes_file {
            let bytes = json!({ "schema": { "type": "string", "format": "binary" } });
            operation["requestBody"] = json!({ "required": true, "content": { "application/octet-stream": bytes } });
        }
        operation["summary"] = json!(says.says);
        if let Some(schema) = &says.takes {
            operation["requestBody"] =
                json!({ "required": true, "content": { "application/json": { "schema": schema } } });
        }
    }
    operation
}

/// Those of the path, those of the query, and the version that was seen.
fn parameters(line: &Line, says: Option<&Described>) -> Vec<Value> {
    let mut found: Vec<Value> = names(line)
        .map(|name| {
            // A criterion, and a kind of unit, are named by their codes; all else by ids.
            let schema = if matches!(name, "code" | "kind") { describe::text() } else { describe::id() };
            json!({ "name": name, "in": "path", "required": true, "schema": schema })
        })
        .collect();
    let Some(says) = says else { return found };
    found.extend(says.asks.iter().map(|(name, means, schema)| {
        let required = name.starts_with('*');
        json!({ "name": name.trim_start_matches('*'), "in": "query", "description": means, "required": required, "schema": schema })
    }));
    if says.if_match {
        found.push(json!({
            "name": "If-Match", "in": "header", "required": true,
            "description": "Phiên bản đã đọc (ETag); nội dung chưa có thì \"0\".",
            "schema": { "type": "string", "pattern": "^\"[0-9]{1,18}\"$", "example": "\"3\"" },
        }));
    }
    if says.takes_file {
        found.push(json!({
            "name": "Content-Digest", "in": "header", "required": true,
            "description": "SHA-256 của nội dung (RFC 9530): tệp đứt giữa chừng không được nhận.",
            "schema": { "type": "string", "example": "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:" },
        }));
    }
    if line.method == "POST" {
        found.push(json!({
            "name": "Idempotency-Key", "in": "header", "required": false,
            "description": "Khoá tự chọn của một lần gửi, giữ 24 giờ: gửi lại cùng nội dung thì có lại đúng trả lời ấy, không làm lần hai.",
            "schema": { "type": "string", "maxLength": 128 },
        }));
    }
    found
}

fn names(line: &Line) -> impl Iterator<Item = &'static str> {
    line.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
}

/// What is given, and the problems that this door has.
fn responses(line: &Line, says: Option<&Described>) -> Value {
    let (schema, media) = match says.map(|says| &says.gives) {
        Some(Gives::One(schema)) => (schema.clone(), "application/json"),
        Some(Gives::Page(item)) => {
            let items = describe::list(item.clone());
            (describe::record([("items", items), ("next", describe::maybe(describe::text()))]), "application/json")
        }
        Some(Gives::File) | None => (json!({}), "*/*"),
    };
    let mut found = json!({ "200": { "description": "Được.", "content": { media: { "schema": schema } } } });
    if says.is_some_and(|says| says.etag) {
        found["200"]["headers"] =
            json!({ "ETag": { "description": "Phiên bản, cho If-Match.", "schema": describe::text() } });
    }
    let mut refuse = |status: &str, why: &str| {
        let content = json!({ "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } });
        found[status] = json!({ "description": why, "content": content });
    };
    if line.who != Who::Everyone {
        refuse("401", "Không có khoá, hoặc khoá không còn dùng được.");
        refuse("403", "Khoá không được làm việc này: chỉ được đọc, thiếu vai trò, hoặc của đơn vị khác.");
    }
    if names(line).next().is_some() {
        refuse("404", "Không có, hoặc khoá không được biết là có.");
    }
    if says.is_some_and(|says| says.conflicts) {
        refuse("409", "Đã có người sửa; current là nội dung đang có.");
    }
    if says.is_some_and(|says| says.takes.is_some() || says.takes_file) {
        refuse("413", "Nội dung quá lớn.");
        refuse("415", "Nội dung không phải loại mà cửa này nhận.");
    }
    refuse("422", "Chưa làm được; errors có từng lý do, tại mục của nó.");
    if says.is_some_and(|says| says.if_match) {
        refuse("428", "Thiếu If-Match: phiên bản đã đọc.");
    }
    refuse("500", "Hệ thống gặp sự cố; instance là mã sự cố.");
    found
}

/// "get_rounds_id"
fn id(line: &Line) -> String {
    let path = line.path.strip_prefix(API).or_else(|| line.path.strip_prefix("/api")).unwrap_or(line.path);
    let words = path.split(['/', '{', '}', '-']).filter(|word| !word.is_empty());
    std::iter::once(line.method.as_str().to_lowercase()).chain(words.map(str::to_owned)).collect::<Vec<_>>().join("_")
}

/// RFC 9457, as kit/web writes it.
fn problem() -> Value {
    let text = json!({ "type": "string" });
    json!({
        "type": "object",
        "required": ["type", "title", "status", "detail", "code"],
        "properties": {
            "type": text, "title": text, "status": { "type": "integer" }, "code": text, "instance": text,
            "detail": { "type": "string", "description": "Câu tiếng Việt cho người đọc." },
            "errors": { "type": "array", "items": {
                "type": "object", "required": ["code", "say"],
                "properties": { "code": text, "say": text, "field": text },
            } },
            "current": { "description": "409: nội dung đang có." },
        },
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::wiring;
    use std::collections::BTreeSet;

    #[test]
    fn every_door_is_described_and_every_description_is_of_a_door() {
        let routes = wiring::routes();
        let doors: BTreeSet<(&str, &str)> = routes
            .table()
            .iter()
            .filter(|line| line.path.starts_with("/api/"))
            .map(|line| (line.method.as_str(), line.path))
            .collect();
        let all = wiring::described();
        let described: BTreeSet<(&str, &str)> = all.iter().map(|one| (one.method, one.path)).collect();
        assert_eq!(doors.difference(&described).collect::<Vec<_>>(), Vec::<&(&str, &str)>::new(), "say what it does");
        assert_eq!(described.difference(&doors).collect::<Vec<_>>(), Vec::<&(&str, &str)>::new(), "no such door");
        assert_eq!(described.len(), all.len(), "one is described twice");
    }

    #[test]
    fn the_document_says_what_a_door_takes_gives_and_refuses() {
        let document = of(wiring::routes().table(), &wiring::described());
        let change = &document["paths"]["/api/v1/units/{id}"]["put"];
        assert_eq!(change["security"], json!([{ "key": ["write"] }]));
        assert_eq!(change["parameters"][1]["name"], "If-Match");
        assert_eq!(
            change["requestBody"]["content"]["application/json"]["schema"]["required"],
            json!(["name", "kind", "from"])
        );
        let statuses: Vec<&String> = change["responses"].as_object().unwrap().keys().collect();
        assert_eq!(statuses, ["200", "401", "403", "404", "409", "413", "415", "422", "428", "500"]);
        let list = &document["paths"]["/api/v1/units"]["get"];
        let given = &list["responses"]["200"]["content"]["application/json"]["schema"];
        assert_eq!(given["required"], json!(["items", "next"]));
        let asked: Vec<&str> =
            list["parameters"].as_array().unwrap().iter().filter_map(|one| one["name"].as_str()).collect();
        assert_eq!(asked, ["q", "kind", "being", "on", "after", "limit"]);
        let ids: BTreeSet<String> =
            wiring::routes().table().iter().filter(|line| is_for_programs(line)).map(id).collect();
        assert_eq!(ids.len(), wiring::described().len(), "operations share an id");
    }
}
