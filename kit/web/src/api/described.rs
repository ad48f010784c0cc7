//! What a door for programs says of itself: in words, and as JSON Schema, for the OpenAPI document.

use serde_json::Value;

/// One door: what it does, takes and gives.
#[derive(Clone, Debug)]
pub struct Described {
    pub method: &'static str,
    pub path: &'static str,
    /// In Vietnamese, a few words.
    pub says: &'static str,
    /// The schema of the body; none: no body is read.
    pub takes: Option<Value>,
    /// The body is a file, as it is, with its digest in a header.
    pub takes_file: bool,
    /// Name, meaning and schema of each parameter in the query.
    pub asks: Vec<(&'static str, &'static str, Value)>,
    pub gives: Gives,
    /// Wants the version that the caller saw, in `If-Match`.
    pub if_match: bool,
    /// Answers 409, with what stands there, to whoever has not seen it.
    pub conflicts: bool,
    /// The answer carries its version as an ETag.
    pub etag: bool,
}

/// The body of a 200.
#[derive(Clone, Debug)]
pub enum Gives {
    One(Value),
    /// `{"items": […], "next": …}`, each item of this schema.
    Page(Value),
    File,
}

impl Described {
    fn new(method: &'static str, path: &'static str, says: &'static str) -> Described {
        let gives = Gives::One(describe::record([("done", describe::flag())]));
        Described {
            method,
            path,
            says,
            takes: None,
            takes_file: false,
            asks: Vec::new(),
            gives,
            if_match: false,
            conflicts: false,
            etag: false,
        }
    }

    pub fn get(path: &'static str, says: &'static str) -> Described {
        Described::new("GET", path, says)
    }

    pub fn post(path: &'static str, says: &'static str) -> Described {
        Described::new("POST", path, says)
    }

    pub fn put(path: &'static str, says: &'static str) -> Described {
        Described::new("PUT", path, says)
    }

    pub fn delete(path: &'static str, says: &'static str) -> Described {
        Described::new("DELETE", path, says)
    }

    /// The fields of its body: a star before a name marks one that must be there.
    pub fn takes<const N: usize>(self, fields: [(&str, Value); N]) -> Described {
        self.takes_this(describe::fields(fields))
    }

    pub fn takes_this(mut self, schema: Value) -> Described {
        self.takes = Some(schema);
        self
    }

    /// The file's name is asked for in the query.
    pub fn takes_file(mut self) -> Described {
        self.takes_file = true;
        self.asks("*name", "Tên tệp, có phần mở rộng.", describe::text())
    }

    pub fn asks(mut self, name: &'static str, means: &'static str, schema: Value) -> Described {
        self.asks.push((name, means, schema));
        self
    }

    pub fn gives(mut self, schema: Value) -> Described {
        self.gives = Gives::One(schema);
        self
    }

    /// All that there is, at once.
    pub fn lists(mut self, item: Value) -> Described {
        self.gives = Gives::Page(item);
        self
    }

    /// Page by page (`Cursor`).
    pub fn pages(self, item: Value) -> Described {
        let limit = serde_json::json!({ "type": "integer", "minimum": 1, "maximum": super::Cursor::MOST, "default": super::Cursor::USUAL });
        self.asks("after", "Con trỏ: next của trang trước.", describe::text())
            .asks("limit", "Số mục một trang.", limit)
            .lists(item)
    }

    pub fn gives_file(mut self) -> Described {
        self.gives = Gives::File;
        self
    }

    pub fn if_match(mut self) -> Described {
        self.if_match = true;
        self.conflicts()
    }

    pub fn conflicts(mut self) -> Described {
        self.conflicts = true;
        self
    }

    pub fn etag(mut self) -> Described {
        self.etag = true;
        self
    }
}

/// JSON Schema, in the words of the house.
pub mod describe {
    use serde_json::{Map, Value, json};

    pub fn text() -> Value {
        json!({ "type": "string" })
    }

    /// 2026-11-24
    pub fn day() -> Value {
        json!({ "type": "string", "format": "date" })
    }

    /// 2026-11-24T02:00:00Z
    pub fn moment() -> Value {
        json!({ "type": "string", "format": "date-time" })
    }

    pub fn id() -> Value {
        json!({ "type": "string", "format": "uuid" })
    }

    pub fn flag() -> Value {
        json!({ "type": "boolean" })
    }

    pub fn whole() -> Value {
        json!({ "type": "integer" })
    }

    /// Exact, and so a string: "3.25".
    pub fn decimal() -> Value {
        json!({ "type": "string", "pattern": "^-?[0-9]{1,20}(\\.[0-9]{1,8})?$", "example": "3.25" })
    }

    pub fn anything() -> Value {
        json!({})
    }

    pub fn maybe(schema: Value) -> Value {
        json!({ "anyOf": [schema, { "type": "null" }] })
    }

    pub fn list(item: Value) -> Value {
        json!({ "type": "array", "items": item })
    }

    /// One of a closed list.
    pub fn one_of(words: &[&str]) -> Value {
        json!({ "type": "string", "enum": words })
    }

    /// Any names, each with a value of this schema.
    pub fn map(value: Value) -> Value {
        json!({ "type": "object", "additionalProperties": value })
    }

    /// An object to be sent: these fields and no others; a star before a name marks one that must be there.
    pub fn fields<const N: usize>(fields: [(&str, Value); N]) -> Value {
        let required: Vec<&str> = fields.iter().filter_map(|(name, _)| name.strip_prefix('*')).collect();
        let properties: Map<String, Value> =
            fields.iter().map(|(name, schema)| (name.trim_start_matches('*').to_owned(), schema.clone())).collect();
        json!({ "type": "object", "required": required, "properties": properties, "additionalProperties": false })
    }

    /// An object that is given: all of these fields; later versions may add some.
    pub fn record<const N: usize>(fields: [(&str, Value); N]) -> Value {
        let required: Vec<&str> = fields.iter().map(|(name, _)| *name).collect();
        let properties: Map<String, Value> =
            fields.iter().map(|(name, schema)| ((*name).to_owned(), schema.clone())).collect();
        json!({ "type": "object", "required": required, "properties": properties })
    }

    /// The head of an edition of rules, as `rulebook` keeps it; the body is its room's.
    pub fn edition_head() -> Value {
        record([
            ("id", id()),
            ("kind", text()),
            ("code", text()),
            ("number", whole()),
            ("name", text()),
            ("source", text()),
            ("valid_from", day()),
            ("valid_to", maybe(day())),
            ("status", one_of(&["draft", "published"])),
            ("sample", flag()),
            ("changed", moment()),
            ("version", whole()),
        ])
    }

    /// A record with more in it.
    pub fn with<const N: usize>(mut record: Value, more: [(&str, Value); N]) -> Value {
        for (name, schema) in more {
            if let Some(required) = record["required"].as_array_mut() {
                required.push(json!(name));
            }
            record["properties"][name] = schema;
        }
        record
    }
}
