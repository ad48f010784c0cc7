//! Units: which a list wants, and what is asked of a new or changed one.

use crate::model::NotNow;
use base::{Date, Refusal, Refusals, text};
use people::{Unit, UnitId};

/// The kinds of unit, from the top down.
pub const KINDS: [&str; 7] = ["trung-uong", "tinh", "so", "don-vi-su-nghiep", "phong", "huyen", "xa"];

/// Which units a list shows by their days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Being {
    /// In being on the day.
    #[default]
    Now,
    /// Ended by the day.
    Ended,
    All,
}

/// Whether a unit is one of those asked for: by words of its name or codes, by kind (none: any), by day.
pub fn is_wanted(unit: &Unit, words: &str, kind: &str, being: Being, day: Date) -> bool {
    let in_being = match being {
        Being::All => true,
        Being::Ended => unit.to.is_some_and(|to| to <= day),
        Being::Now => unit.is_on(day),
    };
    let codes = [&unit.code_old, &unit.code_new].map(|code| code.as_deref().unwrap_or_default());
    let hay = text::fold(&format!("{} {} {} {} {}", unit.name, unit.short, unit.key, codes[0], codes[1]));
    in_being && (kind.is_empty() || unit.kind == kind) && text::matches(&hay, &text::fold(words))
}

/// A unit as it is asked for. Blanks around a text and empty texts are nobody's wish.
#[derive(Clone, Debug, Default)]
pub struct UnitAsked {
    pub name: String,
    pub short: Option<String>,
    pub kind: String,
    pub parent: Option<UnitId>,
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub code_old: Option<String>,
    pub code_new: Option<String>,
    /// The stable name in data files; counts at the making only, and is made of the name where none is given.
    pub key: Option<String>,
    pub version: i64,
}

/// The unit to be saved, or all that is missing.
pub fn unit_of(asked: UnitAsked, known: Option<&Unit>) -> Result<Unit, Refusals> {
    let mut refusals = Refusals::new();
    if asked.from.is_none() {
        refusals.push(NotNow::DayMissing { field: "from" }.into());
    }
    if !KINDS.contains(&asked.kind.as_str()) {
        refusals.push(Refusal::from(NotNow::KindMissing).at("kind"));
    }
    let name = asked.name.trim().to_owned();
    if name.is_empty() {
        refusals.push(Refusal::new("unit-name", "Nhập tên đơn vị.").at("name"));
    }
    let (Some(from), true) = (asked.from, refusals.is_empty()) else { return Err(refusals) };
    let given = |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    Ok(Unit {
        id: known.map_or_else(db::fresh_id, |unit| unit.id),
        key: known.map(|unit| unit.key.clone()).or_else(|| given(asked.key)).unwrap_or_else(|| key_of(&name)),
        short: given(asked.short).unwrap_or_else(|| name.clone()),
        name,
        kind: asked.kind,
        parent: asked.parent,
        from,
        to: asked.to,
        code_old: given(asked.code_old),
        code_new: given(asked.code_new),
        sample: known.is_some_and(|unit| unit.sample),
        version: asked.version,
    })
}

/// "Sở Công Thương" → "so-cong-thuong".
fn key_of(name: &str) -> String {
    let plain: String = text::fold(name).chars().map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join("-")
}
