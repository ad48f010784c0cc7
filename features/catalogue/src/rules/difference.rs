//! Where two bodies differ, field by field, in words.

use crate::model::Change;
use serde_json::Value;

/// Names of fields as the workbooks and screens have them.
const LABELS: &[(&str, &str)] = &[
    ("code", "Mã"),
    ("name", "Tên"),
    ("field", "Lĩnh vực"),
    ("source", "Quyết định công bố"),
    ("from", "Có hiệu lực từ"),
    ("to", "Hết hiệu lực từ"),
    ("sample", "Mẫu"),
    ("subjects", "Đối tượng"),
    ("levels", "Mức độ trực tuyến"),
    ("level", "Mức độ"),
    ("receives", "Cơ quan tiếp nhận"),
    ("resolves", "Cơ quan giải quyết"),
    ("coordinates", "Cơ quan phối hợp"),
    ("order", "Trình tự"),
    ("conditions", "Yêu cầu, điều kiện"),
    ("legal_basis", "Căn cứ pháp lý"),
    ("cases", "Trường hợp"),
    ("papers", "Giấy tờ"),
    ("fees", "Phí, lệ phí"),
    ("results", "Kết quả"),
    ("time", "Thời hạn"),
    ("days", "ngày làm việc"),
    ("hours", "giờ làm việc"),
    ("calendar", "ngày"),
    ("process", "Quy trình"),
    ("form", "Mẫu đơn"),
    ("copy", "Loại bản"),
    ("number", "Số lượng"),
    ("optional", "Chỉ khi có"),
    ("guide", "Hướng dẫn người nộp"),
    ("clerk", "Hướng dẫn công chức"),
    ("faults", "Lỗi thường gặp"),
    ("shown_only", "Chỉ xuất trình"),
    ("file", "Tệp"),
    ("amount", "Số tiền"),
    ("collect", "Thu khi"),
    ("when", "Áp dụng khi"),
    ("electronic", "Bản điện tử"),
    ("legal", "Thời hạn"),
    ("steps", "Bước"),
    ("role", "Vai trò"),
    ("output", "Kết quả bước"),
    ("agency", "Cơ quan khác"),
    ("needs", "Điều kiện"),
    ("gives", "Đưa vào"),
    ("choices", "Lựa chọn"),
    ("next", "Bước tiếp theo"),
    ("moves", "Chuyển bước"),
    ("pause", "Tạm dừng"),
    ("waits_for_all", "Chờ đủ nhánh"),
    ("end", "Kết thúc"),
    ("undo", "Rút lại được"),
];

pub fn label(key: &str) -> &str {
    LABELS.iter().find(|(known, _)| *known == key).map_or(key, |(_, label)| label)
}

pub fn is_unknown(key: &str) -> bool {
    LABELS.iter().all(|(known, _)| *known != key)
}

/// Every place where `after` is another than `before`. Lists of things with a code are compared by it, others by place.
pub fn difference(before: &Value, after: &Value) -> Vec<Change> {
    let mut found = Vec::new();
    walk(before, after, "", &mut found);
    found
}

fn walk(before: &Value, after: &Value, place: &str, found: &mut Vec<Change>) {
    if same(before, after) {
        return;
    }
    match (before, after) {
        (Value::Object(old), Value::Object(new)) if !is_time(before) && !is_time(after) => {
            let keys = old.keys().chain(new.keys().filter(|key| !old.contains_key(*key)));
            for key in keys {
                let null = Value::Null;
                let inner = if place.is_empty() { label(key).to_owned() } else { format!("{place}, {}", lower(key)) };
                walk(old.get(key).unwrap_or(&null), new.get(key).unwrap_or(&null), &inner, found);
            }
        }
        (Value::Array(old), Value::Array(new)) if of_things(old) || of_things(new) => {
            things(old, new, place, found);
        }
        _ => found.push(Change { place: place.to_owned(), before: shown(before), after: shown(after) }),
    }
}

fn things(old: &[Value], new: &[Value], place: &str, found: &mut Vec<Change>) {
    let name = |at: usize, one: &Value| one["code"].as_str().map_or_else(|| (at + 1).to_string(), str::to_owned);
    let named = |list: &[Value]| -> Vec<(String, Value)> {
        list.iter().enumerate().map(|(at, one)| (name(at, one), one.clone())).collect()
    };
    let (old, new) = (named(old), named(new));
    for (name, one) in &old {
        match new.iter().find(|(other, _)| other == name) {
            Some((_, other)) => walk(one, other, &format!("{place} {name}"), found),
            None => {
                found.push(Change { place: format!("{place} {name}"), before: shown(one), after: String::new() });
            }
        }
    }
    for (name, one) in new.iter().filter(|(name, _)| old.iter().all(|(known, _)| known != name)) {
        found.push(Change { place: format!("{place} {name}"), before: String::new(), after: shown(one) });
    }
    let order = |list: &[(String, Value)]| list.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    let (was, is) = (order(&old), order(&new));
    if was.len() == is.len() && was != is && was.iter().all(|name| is.contains(name)) {
        found.push(Change { place: format!("{place}, thứ tự"), before: was.join(", "), after: is.join(", ") });
    }
}

/// A field that is left out and one that is empty say the same.
fn same(before: &Value, after: &Value) -> bool {
    let empty = |value: &Value| match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        _ => false,
    };
    before == after || (empty(before) && empty(after))
}

fn of_things(list: &[Value]) -> bool {
    list.iter().any(Value::is_object)
}

fn is_time(value: &Value) -> bool {
    value.as_object().is_some_and(|object| {
        object.len() == 1 && object.keys().all(|key| ["days", "hours", "calendar"].contains(&key.as_str()))
    })
}

fn lower(key: &str) -> String {
    let label = label(key);
    let mut letters = label.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(yes) => if *yes { "Có" } else { "Không" }.into(),
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Array(list) => list.iter().map(shown).collect::<Vec<_>>().join("; "),
        Value::Object(object) if is_time(value) => {
            object.iter().map(|(unit, number)| format!("{number} {}", label(unit))).collect()
        }
        Value::Object(object) => match object.get("name").and_then(Value::as_str) {
            Some(name) => name.to_owned(),
            None => object.values().map(shown).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", "),
        },
    }
}
