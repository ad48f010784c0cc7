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
    describe(line, &mut operation);
    operation
}

/// What the room says of this door: its words, the schema of its body, and the tag that a versioned door wants.
fn describe(line: &Line, operation: &mut Value) {
    let described = index::api::described();
    let Some((_, _, words, body)) =
        described.into_iter().find(|(method, path, ..)| *method == line.method.as_str() && *path == line.path)
    else {
        return;
    };
    operation["summary"] = json!(words);
    if let Some(schema) = body {
        operation["requestBody"] = json!({ "required": true, "content": { "application/json": { "schema": schema } } });
    }
    if words.contains("If-Match")
        && let Some(parameters) = operation["parameters"].as_array_mut()
    {
        parameters
            .push(json!({ "name": "If-Match", "in": "header", "required": true, "schema": { "type": "string" } }));
    }
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_described_door_is_served_and_says_so() {
        let routes = crate::wiring::routes();
        let document = of(routes.table());
        for (method, path, words, body) in index::api::described() {
            let operation = &document["paths"][path][method.to_lowercase()];
            assert_eq!(operation["summary"], json!(words), "{method} {path}");
            assert_eq!(operation["requestBody"].is_object(), body.is_some(), "{method} {path}");
        }
    }
}
