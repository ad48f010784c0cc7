//! One `[[criteria]]` block.

use serde_json::Value;

use super::fields::{Fields, Reader};
use super::measure;
use crate::set::{Criterion, Evidence, FilledBy, GroupKind, Measure, NotApplicable};

const KEYS: &[&str] = &[
    "code",
    "name",
    "max",
    "applies_to",
    "not_applicable",
    "rounding",
    "group",
    "cap",
    "filled_by",
    "evidence",
    "text",
    "zero_if",
    "measure",
];

/// What only a leaf has a use for.
const LEAF_ONLY: &[&str] = &["filled_by", "evidence", "zero_if"];

pub(super) fn read_all(reader: &mut Reader, set: &Fields) -> Vec<Criterion> {
    let blocks = set.needed_list(reader, "criteria");
    let mut criteria = Vec::with_capacity(blocks.len());
    for (i, value) in blocks.iter().enumerate() {
        reader.code = value.get("code").and_then(Value::as_str).map(str::to_owned);
        criteria.extend(read_one(reader, value, &format!("criteria[{i}]")));
        reader.code = None;
    }
    criteria
}

/// A criterion, kept even where parts of it are wrong, so that its children find their parent; a code it must have,
/// else its position stands for it.
fn read_one(reader: &mut Reader, value: &Value, place: &str) -> Option<Criterion> {
    let fields = Fields::open(reader, value, place, KEYS)?;
    let code = fields.needed_text(reader, "code").unwrap_or_else(|| place.to_owned());
    let name = fields.text(reader, "name").unwrap_or_else(|| {
        reader.warn(&fields.at("name"), "Tiêu chí chưa có tên.");
        String::new()
    });
    let max = fields.amount(reader, "max");
    let leaf = fields.get("measure").is_some();
    if leaf && fields.get("max").is_none() {
        reader.error(&fields.at("max"), "Tiêu chí có cách chấm (measure) nhưng chưa ghi điểm tối đa: max = \"…\".");
    }
    if !leaf {
        for key in LEAF_ONLY.iter().filter(|key| fields.get(key).is_some()) {
            let say = format!("“{key}” không có tác dụng ở tiêu chí cha; ghi ở từng tiêu chí con.");
            reader.warn(&fields.at(key), say);
        }
    }
    let survey = fields.get("measure").and_then(|measure| measure.get("kind")?.as_str()) == Some("survey");
    let filled_by = fields.word(reader, "filled_by", FilledBy::WORDS, FilledBy::from_word);
    let filled_by = filled_by.unwrap_or(if survey { FilledBy::Survey } else { FilledBy::Own });
    let evidence = fields.word(reader, "evidence", Evidence::WORDS, Evidence::from_word);
    let measure = fields.get("measure").and_then(|value| measure::read(reader, value, &fields.at("measure"), max));
    Some(Criterion {
        code,
        name,
        max,
        applies_to: fields.kinds(reader),
        not_applicable: fields.word(reader, "not_applicable", NotApplicable::WORDS, NotApplicable::from_word),
        leaf_digits: fields.get("rounding").and_then(|value| read_rounding(reader, value, &fields)),
        group: fields.word(reader, "group", GroupKind::WORDS, GroupKind::from_word),
        cap: fields.amount(reader, "cap"),
        filled_by: if leaf { filled_by } else { FilledBy::Own },
        evidence: evidence.filter(|_| leaf).unwrap_or(Evidence::Optional),
        text: fields.text(reader, "text"),
        zero_if: fields.text(reader, "zero_if").filter(|_| leaf),
        // A measure that could not be read stands as a leaf still, or its criterion would be taken for an empty parent.
        measure: measure.or(leaf.then_some(Measure::YesNo)),
    })
}

fn read_rounding(reader: &mut Reader, value: &Value, fields: &Fields) -> Option<Option<u32>> {
    let rounding = Fields::open(reader, value, &fields.at("rounding"), &["leaf"])?;
    Some(rounding.digits(reader, "leaf"))
}
