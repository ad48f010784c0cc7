//! From a value (TOML or a workbook, made JSON) to a criteria set, with every mistake found, not only the first.

mod criterion;
mod fields;
mod measure;

use serde_json::Value;

use crate::check;
use crate::near;
use crate::problem::{Problem, Severity};
use crate::set::{CriteriaSet, NotApplicable, Rating, Rounding, SurveyNotHeld, Ties, Valid};
use crate::tree::Tree;
use fields::Fields;
pub(crate) use fields::Reader;

/// The set, unless it has an error; and everything found.
#[derive(Clone, Debug)]
pub struct Reading {
    pub set: Option<CriteriaSet>,
    /// In the order of the file.
    pub problems: Vec<Problem>,
}

impl Reading {
    pub fn errors(&self) -> impl Iterator<Item = &Problem> {
        self.problems.iter().filter(|problem| problem.severity == Severity::Error)
    }

    pub fn warnings(&self) -> impl Iterator<Item = &Problem> {
        self.problems.iter().filter(|problem| problem.severity == Severity::Warning)
    }
}

const SET_KEYS: &[&str] = &[
    "code",
    "name",
    "source",
    "valid",
    "applies_to",
    "rounding",
    "not_applicable",
    "ties",
    "survey_not_held",
    "ratings",
    "criteria",
];

/// More digits than this are a mistake of typing, and no score needs them.
pub(crate) const MOST_DIGITS: u32 = 10;

/// Reads and checks a criteria set.
pub fn read(value: &Value) -> Reading {
    let mut reader = Reader::default();
    let set = read_set(&mut reader, value);
    if let Some(set) = &set {
        check::check(&mut reader, set);
    }
    let mut problems = reader.problems;
    // In the order of the file: what the set says of itself first, then criterion by criterion.
    problems.sort_by_key(|problem| place_order(&problem.place));
    let good = problems.iter().all(|problem| problem.severity == Severity::Warning);
    Reading { set: set.filter(|_| good), problems }
}

fn place_order(place: &str) -> usize {
    let rest = place.strip_prefix("criteria[").and_then(|rest| rest.split_once(']'));
    rest.and_then(|(at, _)| at.parse::<usize>().ok()).map_or(0, |at| at + 1)
}

/// As much of the set as can be read; nothing only where it is not a table.
fn read_set(reader: &mut Reader, value: &Value) -> Option<CriteriaSet> {
    let fields = Fields::open(reader, value, "", SET_KEYS)?;
    let code = fields.text(reader, "code").unwrap_or_else(|| {
        reader.error("code", "Bộ tiêu chí chưa có mã. Thêm dòng code = \"…\".");
        String::new()
    });
    let name = fields.text(reader, "name").unwrap_or_else(|| {
        reader.warn("name", "Bộ tiêu chí chưa có tên.");
        code.clone()
    });
    let source = fields.text(reader, "source");
    if source.is_none() {
        reader.warn("source", "Chưa ghi quyết định ban hành bộ tiêu chí.");
    }
    let valid = fields.get("valid").and_then(|value| read_valid(reader, value));
    let applies_to = fields.kinds(reader);
    let rounding = fields.get("rounding").and_then(|value| read_rounding(reader, value));
    let not_applicable = fields.word(reader, "not_applicable", NotApplicable::WORDS, NotApplicable::from_word);
    let ties = fields.get("ties").and_then(|value| read_ties(reader, value));
    let survey = fields.word(reader, "survey_not_held", SurveyNotHeld::WORDS, SurveyNotHeld::from_word);
    let ratings = fields.list(reader, "ratings").map(Vec::as_slice).unwrap_or_default();
    let ratings = ratings.iter().enumerate().filter_map(|(i, value)| read_rating(reader, value, i)).collect();
    let criteria = criterion::read_all(reader, &fields);
    let tree = Tree::of(&criteria, reader.slots);
    Some(CriteriaSet {
        code,
        name,
        source,
        valid,
        applies_to,
        rounding: rounding.unwrap_or(Rounding { leaf: None, total: 2 }),
        not_applicable: not_applicable.unwrap_or(NotApplicable::Exclude),
        ties: ties.unwrap_or(Ties::Skip),
        survey_not_held: survey.unwrap_or(SurveyNotHeld::Unknown),
        ratings,
        criteria,
        tree,
    })
}

fn read_valid(reader: &mut Reader, value: &Value) -> Option<Valid> {
    let fields = Fields::open(reader, value, "valid", &["from", "to"])?;
    let from = fields.day(reader, "from");
    let to = fields.day(reader, "to");
    if fields.get("from").is_none() {
        reader.error("valid.from", "Chưa ghi ngày bắt đầu hiệu lực: valid = { from = \"2026-01-01\" }.");
    }
    if let (Some(from), Some(to)) = (from, to)
        && to <= from
    {
        let say = "Ngày hết hiệu lực phải sau ngày bắt đầu (ngày “to” không còn hiệu lực).";
        reader.error("valid.to", say);
    }
    from.map(|from| Valid { from, to })
}

fn read_rounding(reader: &mut Reader, value: &Value) -> Option<Rounding> {
    let fields = Fields::open(reader, value, "rounding", &["leaf", "total"])?;
    let leaf = fields.digits(reader, "leaf");
    let total = fields.digits(reader, "total").unwrap_or(2);
    Some(Rounding { leaf, total })
}

fn read_ties(reader: &mut Reader, value: &Value) -> Option<Ties> {
    match value {
        Value::String(word) if word == "skip" => Some(Ties::Skip),
        Value::String(word) if word == "dense" => Some(Ties::Dense),
        Value::Array(codes) if !codes.is_empty() => {
            let texts: Vec<String> = codes.iter().filter_map(Value::as_str).map(str::to_owned).collect();
            if texts.len() < codes.len() {
                reader.error(
                    "ties",
                    "Danh sách phân hạng khi bằng nhau phải gồm các mã tiêu chí: ties = [\"3\", \"1\"].",
                );
                return None;
            }
            Some(Ties::By(texts))
        }
        other => {
            let hint = other.as_str().map(|word| near::suggestion(word, ["skip", "dense"])).unwrap_or_default();
            let say =
                format!("“ties” phải là \"skip\", \"dense\" hoặc danh sách mã tiêu chí như [\"3\", \"1\"].{hint}");
            reader.error("ties", say);
            None
        }
    }
}

fn read_rating(reader: &mut Reader, value: &Value, i: usize) -> Option<Rating> {
    let fields = Fields::open(reader, value, &format!("ratings[{i}]"), &["name", "from", "no_zero"])?;
    let name = fields.needed_text(reader, "name");
    let from = fields.needed_number(reader, "from");
    let no_zero = fields.flag(reader, "no_zero").unwrap_or(false);
    Some(Rating { name: name?, from: from?, no_zero })
}
