//! The records of this room as JSON Schema, beside `model`.

use serde_json::{Value, json};
use web::describe::*;

pub fn days() -> Value {
    fields([
        ("*scoring_from", day()),
        ("*scoring_to", day()),
        ("*appraisal_to", day()),
        ("*explaining_to", day()),
        ("*second_to", day()),
    ])
}

pub fn round() -> Value {
    record([
        ("id", id()),
        ("name", text()),
        ("year", whole()),
        ("province", id()),
        ("days", days()),
        ("status", one_of(&["draft", "open", "published"])),
        ("decision", maybe(text())),
        ("decided_on", maybe(day())),
        ("published", maybe(moment())),
        ("sample", flag()),
        ("version", whole()),
    ])
}

pub fn card() -> Value {
    record([
        ("id", id()),
        ("round", id()),
        ("unit", id()),
        ("unit_name", text()),
        ("unit_short", text()),
        ("kind", text()),
        ("edition", id()),
        ("state", one_of(&["scoring", "submitted", "appraised", "explained", "concluded"])),
        ("submitted", maybe(moment())),
        ("survey_held", flag()),
        ("version", whole()),
    ])
}

/// A line has more where it is a leaf: the answer and its version, and the verdict for whoever may see it.
pub fn whole_card() -> Value {
    let line = record([("code", text()), ("name", text()), ("max", text()), ("points", maybe(text()))]);
    let own = record([("so_far", text()), ("applicable_max", text()), ("unknown", list(text()))]);
    record([("card", card()), ("phase", text()), ("self", own), ("settled", anything()), ("lines", list(line))])
}

pub fn appraiser() -> Value {
    record([
        ("id", id()),
        ("kind", text()),
        ("field", text()),
        ("unit", id()),
        ("unit_name", text()),
        ("account", maybe(id())),
        ("only_unit", maybe(id())),
    ])
}

pub fn answer() -> Value {
    record([
        ("value", anything()),
        ("note", text()),
        ("excused", maybe(one_of(&["asked", "granted", "refused"]))),
        ("excused_why", text()),
        ("fact", maybe(text())),
        ("at", maybe(moment())),
        ("by", maybe(text())),
        ("version", whole()),
    ])
}

pub fn verdict() -> Value {
    record([
        ("points", maybe(text())),
        ("agrees", flag()),
        ("reason", text()),
        ("second", maybe(one_of(&["wanted", "agreed"]))),
        ("second_by", maybe(id())),
        ("at", maybe(moment())),
        ("account", maybe(id())),
        ("by", maybe(text())),
        ("version", whole()),
    ])
}

pub fn proof() -> Value {
    let evidence = record([
        ("id", id()),
        ("unit", id()),
        ("year", whole()),
        ("number", text()),
        ("issued", maybe(day())),
        ("issuer", text()),
        ("summary", text()),
        ("link", maybe(text())),
        ("at", moment()),
        ("version", whole()),
    ]);
    record([("code", text()), ("evidence", evidence), ("place", text())])
}

pub fn reopening() -> Value {
    record([
        ("id", id()),
        ("card", id()),
        ("reason", text()),
        ("asked", moment()),
        ("by", maybe(text())),
        ("granted", maybe(flag())),
        ("until", maybe(day())),
    ])
}

pub fn remark() -> Value {
    record([
        ("code", text()),
        ("side", one_of(&["appraiser", "unit", "council"])),
        ("text", text()),
        ("at", moment()),
        ("by", text()),
    ])
}

pub fn across() -> Value {
    let line = record([
        ("unit", id()),
        ("name", text()),
        ("answer", anything()),
        ("self", maybe(text())),
        ("settled", maybe(text())),
        ("reason", maybe(text())),
    ]);
    record([("code", text()), ("name", text()), ("max", text()), ("median", maybe(text())), ("lines", list(line))])
}

pub fn outcome() -> Value {
    record([
        ("round", id()),
        ("unit", id()),
        ("unit_name", text()),
        ("unit_short", text()),
        ("kind", text()),
        ("self_points", maybe(text())),
        ("points", text()),
        ("survey_points", maybe(text())),
        ("bonus", text()),
        ("penalty", text()),
        ("applicable_max", text()),
        ("score", maybe(text())),
        ("rating", maybe(text())),
        ("rank", maybe(whole())),
        ("lines", list(anything())),
    ])
}

pub fn history() -> Value {
    record([
        ("scale", text()),
        ("year", whole()),
        ("subject", text()),
        ("part", text()),
        ("value", maybe(text())),
        ("rank", maybe(whole())),
        ("rating", maybe(text())),
        ("source", text()),
    ])
}

pub fn survey_cell() -> Value {
    record([
        ("unit", text()),
        ("unit_name", text()),
        ("kind", text()),
        ("code", text()),
        ("name", text()),
        ("options", maybe(whole())),
        ("answer", anything()),
        ("held", flag()),
    ])
}

pub fn edition() -> Value {
    with(edition_head(), [("body", map(anything()))])
}

/// Open: what is wrong inside is said by `check` in words, at its place.
pub fn set() -> Value {
    json!({ "type": "object", "required": ["code"], "properties": { "code": text(), "criteria": list(map(anything())) } })
}

pub fn criterion() -> Value {
    json!({ "type": "object", "required": ["code"], "properties": { "code": text() } })
}

pub fn change() -> Value {
    record([("code", maybe(text())), ("what", text()), ("before", maybe(text())), ("after", maybe(text()))])
}
