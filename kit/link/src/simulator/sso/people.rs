//! Invented people, by what is told of them: claims are data, and a file of the user's may hold any.

use serde_json::{Map, Value, json};

/// All that is told of a person. `sub` is theirs alone; the other names are whatever the client expects.
pub type Claims = Map<String, Value>;

/// The people who are there where no file names others. Their numbers belong to nobody: no province has the code 000.
pub fn invented() -> Vec<Claims> {
    let all = json!([
        {
            "sub": "mau-hung", "name": "Nguyễn Văn Mẫu Hùng", "identity_number": "000085001234", "birthdate": "1985-02-03",
            "phone_number": "0900000001", "place_of_residence": "Số 1 đường Mẫu, phường Mẫu, tỉnh Quảng Trị"
        },
        {
            "sub": "mau-lan", "name": "Trần Thị Mẫu Lan", "identity_number": "000190005678", "birthdate": "1990-11-20",
            "phone_number": "0900000002", "place_of_residence": "Thôn Mẫu, xã Mẫu, tỉnh Quảng Trị"
        },
        {
            "sub": "mau-gia", "name": "Hồ Thị Mẫu Già", "identity_number": "000148009012", "birthdate": "1948",
            "place_of_residence": "Bản Mẫu, xã Mẫu, tỉnh Quảng Trị"
        },
        // One of whom too little is told: no number opens no dossier.
        { "sub": "mau-thieu", "name": "Lê Văn Mẫu Thiếu", "birthdate": "2001-05-06", "phone_number": "0900000004" },
    ]);
    let Value::Array(all) = all else { return Vec::new() };
    all.into_iter().filter_map(|one| if let Value::Object(claims) = one { Some(claims) } else { None }).collect()
}

pub(super) fn text<'a>(one: &'a Claims, claim: &str) -> &'a str {
    one.get(claim).and_then(Value::as_str).unwrap_or_default()
}

/// The claims beside the name, for the eye.
pub(super) fn shown(one: &Claims) -> String {
    let beside = one.iter().filter(|(claim, _)| !matches!(claim.as_str(), "sub" | "name"));
    let words = |(claim, value): (&String, &Value)| match value {
        Value::String(text) => format!("{claim}: {text}"),
        other => format!("{claim}: {other}"),
    };
    beside.map(words).collect::<Vec<_>>().join("; ")
}

/// What the scopes let be told: `email` and `phone` are asked for by their names, all else with `profile`.
pub(super) fn within(one: &Claims, scope: &str) -> Claims {
    let asked = |name: &str| scope.split(' ').any(|one| one == name);
    let may = |claim: &str| match claim {
        "sub" => true,
        "email" | "email_verified" => asked("email"),
        "phone_number" | "phone_number_verified" => asked("phone"),
        _ => asked("profile"),
    };
    one.iter().filter(|(claim, _)| may(claim)).map(|(claim, value)| (claim.clone(), value.clone())).collect()
}
