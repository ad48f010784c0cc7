//! What is scored: a set of 8 fields and 100 leaves of the common kinds, 34 provinces and 3.321 communes. Figures are
//! drawn from a seed, so every run and both programs see the same.

use score::{CriteriaSet, Group, answers};
use serde_json::{Map, Value, json};

pub const PROVINCES: usize = 34;
pub const COMMUNES: usize = 3321;
const FIELDS: usize = 8;
const LEAVES: usize = 100;

pub fn set() -> CriteriaSet {
    let mut criteria = Vec::new();
    for field in 0..FIELDS {
        criteria.push(json!({ "code": format!("{}", field + 1), "name": "Lĩnh vực" }));
        for leaf in (field..LEAVES).step_by(FIELDS) {
            let code = format!("{}.{}", field + 1, leaf / FIELDS + 1);
            let max = ["0.5", "1", "1.5", "2"][leaf % 4];
            criteria.push(json!({ "code": code, "name": "Tiêu chí", "max": max, "measure": measure(leaf, leaf % 4) }));
        }
    }
    let set = json!({
        "code": "do-toc-do", "name": "Bộ đo tốc độ", "source": "không", "applies_to": ["tinh", "xa"],
        "rounding": { "leaf": 3, "total": 2 }, "not_applicable": "exclude",
        "ratings": [{ "name": "Tốt", "from": "80", "no_zero": true }, { "name": "Khá", "from": "50" }, { "name": "Yếu", "from": "0" }],
        "criteria": criteria,
    });
    let reading = score::read(&set);
    reading.set.unwrap_or_else(|| super::fail(&format!("{:?}", reading.problems)))
}

/// Of every ten leaves five are ratios, two choices, and one each yes-no, bands and survey; `size` is the place of the
/// maximum among 0,5, 1, 1,5, 2.
fn measure(leaf: usize, size: usize) -> Value {
    let half = ["0.25", "0.5", "0.75", "1"][size];
    let full = ["0.5", "1", "1.5", "2"][size];
    match leaf % 10 {
        0..5 if leaf.is_multiple_of(2) => json!({ "kind": "ratio", "empty": "zero" }),
        0..5 => json!({ "kind": "ratio", "floor": "0.5", "full_at": "0.8", "empty": "zero" }),
        5 | 6 => json!({ "kind": "choice", "options": [
            { "name": "Đủ", "points": full }, { "name": "Một phần", "points": half }, { "name": "Không", "points": "0" }] }),
        7 => json!({ "kind": "yes-no" }),
        8 => {
            json!({ "kind": "bands", "bands": [{ "from": "0.3", "points": full }, { "from": "0.2", "points": half }] })
        }
        _ => json!({ "kind": "survey", "weights": ["1", "0.6", "0.2", "0"], "least_answers": 1 }),
    }
}

pub fn group(set: &CriteriaSet) -> Group {
    let mut dice = Dice(42);
    let leaves: Vec<(String, String)> = set
        .criteria
        .iter()
        .filter_map(|criterion| Some((criterion.code.clone(), criterion.measure.as_ref()?.kind().to_owned())))
        .collect();
    let mut group = Group::default();
    for at in 0..PROVINCES + COMMUNES {
        let answers: Map<String, Value> =
            leaves.iter().map(|(code, kind)| (code.clone(), answer(kind, &mut dice))).collect();
        let kind = if at < PROVINCES { "tinh" } else { "xa" };
        match answers::read_unit(set, &format!("Đơn vị {at}"), kind, &answers) {
            Ok(unit) => group.units.push(unit),
            Err(refusals) => super::fail(&format!("{refusals:?}")),
        }
    }
    group
}

/// One answer in a hundred is that the criterion does not apply.
fn answer(kind: &str, dice: &mut Dice) -> Value {
    if dice.below(100) == 0 {
        return json!({ "not_applicable": true });
    }
    match kind {
        "ratio" => {
            let whole = 1 + dice.below(2000);
            json!({ "part": dice.below(whole + 1).to_string(), "whole": whole.to_string() })
        }
        "choice" => json!({ "choice": dice.below(3) }),
        "yes-no" => json!({ "yes": dice.below(2) == 0 }),
        "bands" => json!({ "value": format!("0.{:02}", dice.below(60)) }),
        _ => json!({ "answers": [1 + dice.below(300), dice.below(200), dice.below(50), dice.below(20)] }),
    }
}

struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) % bound
    }
}
