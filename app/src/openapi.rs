//! The description of the API (OpenAPI 3.1), from the table of doors: what is served and what is described cannot differ.

use crate::version;
use serde_json::{Map, Value, json};
use web::{Line, Who};

/// The document of all doors under `/api/v1`.
pub fn of(table: &[Line]) -> Value {
    let mut paths = Map::new();
    for line in table.iter().filter(|line| line.path.starts_with("/api/v1")) {
        let verbs = paths.entry(line.path.to_owned()).or_insert_with(|| json!({}));
        verbs[line.method.as_str().to_lowercase()] = operation(line);
    }
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Cửa Việt", "version": version::NUMBER, "license": { "name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later" } },
        "servers": [{ "url": "/" }],
        "paths": paths,
        "components": {
            "securitySchemes": { "key": { "type": "http", "scheme": "bearer", "description": "Khóa API, tạo ở trang Tài khoản." } },
            "schemas": { "Problem": problem() },
            "responses": { "Problem": {
                "description": "Chưa làm được; detail là câu tiếng Việt cho người đọc.",
                "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } },
            } },
        },
    })
}

fn operation(line: &Line) -> Value {
    let names = line.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let parameters: Vec<Value> = names
        .map(|name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }))
        .collect();
    let mut operation = json!({
        "operationId": id(line),
        "parameters": parameters,
        "responses": { "200": { "description": "Được." }, "default": { "$ref": "#/components/responses/Problem" } },
    });
    if line.who != Who::Everyone {
        operation["security"] = json!([{ "key": [] }]);
    }
    operation
}

/// "get_index_rounds_id"
fn id(line: &Line) -> String {
    let words = line.path.trim_start_matches("/api/v1").split(['/', '{', '}', '-']).filter(|word| !word.is_empty());
    std::iter::once(line.method.as_str().to_lowercase()).chain(words.map(str::to_owned)).collect::<Vec<_>>().join("_")
}

/// RFC 9457, as kit/web writes it.
fn problem() -> Value {
    let text = json!({ "type": "string" });
    json!({
        "type": "object",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": text, "title": text, "status": { "type": "integer" }, "detail": text, "code": text, "instance": text,
            "errors": { "type": "array", "items": {
                "type": "object", "required": ["code", "say"],
                "properties": { "code": text, "say": text, "field": { "type": ["string", "null"] } },
            } },
            "current": { "description": "409: nội dung đang có." },
        },
    })
}
