//! `measure = { kind = "…", … }`: the parameters of each kind, and what can be said of them by themselves.

use base::Decimal;
use base::number::vi;
use serde_json::Value;

use super::fields::{Fields, Reader, read_number};
use crate::near;
use crate::set::{Band, Empty, Level, Measure, On, With, Within};

const KINDS: &[&str] = &[
    "yes-no",
    "choice",
    "bands",
    "ratio",
    "count",
    "checklist",
    "deduct",
    "deadline",
    "survey",
    "relative",
    "versus",
    "best-of",
    "by",
    "points",
];

/// The parameters a kind takes, beside `kind`.
fn keys(kind: &str) -> &'static [&'static str] {
    match kind {
        "choice" => &["kind", "options"],
        "bands" => &["kind", "bands", "none"],
        "ratio" => &["kind", "part", "whole", "floor", "full_at", "empty"],
        "count" => &["kind", "each"],
        "checklist" => &["kind", "items"],
        "deduct" => &["kind", "cases", "least"],
        "deadline" => &["kind", "bands", "never"],
        "survey" => &["kind", "weights", "least_answers"],
        "versus" => &["kind", "with", "at_or_above", "below"],
        "best-of" => &["kind", "measures"],
        "by" => &["kind", "on", "cases"],
        "points" => &["kind", "step"],
        _ => &["kind"],
    }
}

/// A measure out of `max` points (none where the maximum itself could not be read).
pub(super) fn read(reader: &mut Reader, value: &Value, place: &str, max: Option<Decimal>) -> Option<Measure> {
    let kind = value.get("kind").and_then(Value::as_str).unwrap_or_default().to_owned();
    if value.is_object() && !KINDS.contains(&kind.as_str()) {
        let hint = near::suggestion(&kind, KINDS.iter().copied());
        let hint = if hint.is_empty() { format!(" Các kiểu: {}.", KINDS.join(", ")) } else { hint };
        let say = if kind.is_empty() {
            "Cách chấm chưa ghi kiểu (kind).".to_owned()
        } else {
            format!("Không có kiểu chấm “{kind}”.")
        };
        reader.error(&format!("{place}.kind"), say + &hint);
        return None;
    }
    let fields = Fields::open(reader, value, place, keys(&kind))?;
    let of = Of { fields, max };
    match kind.as_str() {
        "yes-no" => Some(Measure::YesNo),
        "choice" => of.choice(reader),
        "bands" => of.bands(reader),
        "ratio" => of.ratio(reader),
        "count" => of.above_zero(reader, "each").map(|each| Measure::Count { each }),
        "checklist" => of.checklist(reader),
        "deduct" => of.deduct(reader),
        "deadline" => of.deadline(reader),
        "survey" => of.survey(reader),
        "relative" => Some(Measure::Relative { slot: reader.next_slot() }),
        "versus" => of.versus(reader),
        "best-of" => of.best_of(reader, place),
        "by" => of.by(reader, place),
        _ => of.points(reader),
    }
}

/// The parameters of one measure, and the maximum it is out of.
struct Of<'v> {
    fields: Fields<'v>,
    max: Option<Decimal>,
}

impl Of<'_> {
    fn choice(&self, reader: &mut Reader) -> Option<Measure> {
        let options = self.levels(reader, "options");
        self.levels_fit(reader, "options", options.iter().map(|level| level.points));
        Some(Measure::Choice { options })
    }

    fn bands(&self, reader: &mut Reader) -> Option<Measure> {
        let mut bands: Vec<Band> = Vec::new();
        for (i, value) in self.fields.needed_list(reader, "bands").iter().enumerate() {
            let place = format!("{}[{i}]", self.fields.at("bands"));
            let Some(row) = Fields::open(reader, value, &place, &["from", "points"]) else { continue };
            let from = row.needed_number(reader, "from");
            let points = row.needed_number(reader, "points");
            let (Some(from), Some(points)) = (from, points) else { continue };
            if let Some(above) = bands.last() {
                if from == above.from {
                    reader.error(&place, format!("Hai bậc cùng bắt đầu từ {}: bậc chồng lên nhau.", vi(&from)));
                } else if from > above.from {
                    let (low, high) = (vi(&above.from), vi(&from));
                    let say = format!(
                        "Bậc từ {high} đứng sau bậc từ {low}: xếp các bậc từ cao xuống thấp, nếu không chúng chồng lên nhau."
                    );
                    reader.error(&place, say);
                } else if points > above.points {
                    reader.warn(&place, "Bậc thấp hơn mà nhiều điểm hơn bậc trên nó.");
                }
            }
            bands.push(Band { from, points });
        }
        let none = self.fields.number(reader, "none");
        self.levels_fit(reader, "bands", bands.iter().map(|band| band.points).chain(none));
        Some(Measure::Bands { bands, none })
    }

    fn ratio(&self, reader: &mut Reader) -> Option<Measure> {
        let part = self.fields.text(reader, "part");
        let whole = self.fields.text(reader, "whole");
        let floor = self.fields.amount(reader, "floor").unwrap_or(Decimal::ZERO);
        let full_at = self.fields.amount(reader, "full_at").unwrap_or(Decimal::ONE);
        if full_at.is_zero() {
            reader.error(&self.fields.at("full_at"), "“full_at” phải lớn hơn 0.");
        }
        if floor > full_at {
            let (low, high) = (vi(&floor), vi(&full_at));
            let say = format!("Ngưỡng dưới “floor” ({low}) cao hơn mức đạt tối đa “full_at” ({high}).");
            reader.error(&self.fields.at("floor"), say);
        }
        if full_at > Decimal::ONE {
            reader.warn(&self.fields.at("full_at"), "Tỷ lệ không vượt quá 1 nên không bao giờ đạt điểm tối đa.");
        }
        let empty = self.fields.word(reader, "empty", Empty::WORDS, Empty::from_word).unwrap_or(Empty::Unknown);
        let part = part.unwrap_or_else(|| "số đạt".to_owned());
        let whole = whole.unwrap_or_else(|| "tổng số".to_owned());
        Some(Measure::Ratio { part, whole, floor, full_at, empty })
    }

    fn checklist(&self, reader: &mut Reader) -> Option<Measure> {
        let items = self.levels(reader, "items");
        self.none_negative(reader, "items", &items);
        self.sum_fits(reader, "items", items.iter().map(|item| item.points).sum());
        Some(Measure::Checklist { items })
    }

    fn deduct(&self, reader: &mut Reader) -> Option<Measure> {
        let cases = self.levels(reader, "cases");
        self.none_negative(reader, "cases", &cases);
        let least = self.fields.number(reader, "least").unwrap_or(Decimal::ZERO);
        if self.max.is_some_and(|max| least > max) {
            reader.error(&self.fields.at("least"), format!("Điểm thấp nhất ({}) cao hơn điểm tối đa.", vi(&least)));
        }
        Some(Measure::Deduct { cases, least })
    }

    fn deadline(&self, reader: &mut Reader) -> Option<Measure> {
        let mut bands: Vec<Within> = Vec::new();
        for (i, value) in self.fields.needed_list(reader, "bands").iter().enumerate() {
            let place = format!("{}[{i}]", self.fields.at("bands"));
            let Some(row) = Fields::open(reader, value, &place, &["within", "points"]) else { continue };
            if row.get("within").is_none() {
                reader.error(&row.at("within"), "Thiếu “within” (số ngày).");
            }
            let days = row.integer(reader, "within");
            let points = row.needed_number(reader, "points");
            let (Some(days), Some(points)) = (days, points) else { continue };
            if let Some(shorter) = bands.last() {
                if days <= shorter.days {
                    let say = format!(
                        "Bậc {days} ngày đứng sau bậc {} ngày: xếp từ ngắn đến dài, mỗi số ngày một bậc.",
                        shorter.days
                    );
                    reader.error(&place, say);
                } else if points > shorter.points {
                    reader.warn(&place, "Bậc muộn hơn mà nhiều điểm hơn bậc trước nó.");
                }
            }
            bands.push(Within { days, points });
        }
        let never = self.fields.number(reader, "never").unwrap_or(Decimal::ZERO);
        self.levels_fit(reader, "bands", bands.iter().map(|band| band.points).chain([never]));
        Some(Measure::Deadline { bands, never })
    }

    fn survey(&self, reader: &mut Reader) -> Option<Measure> {
        let place = self.fields.at("weights");
        let mut weights = Vec::new();
        for (i, value) in self.fields.needed_list(reader, "weights").iter().enumerate() {
            let place = format!("{place}[{i}]");
            let Some(weight) = read_number(reader, value, &place, "weights") else { continue };
            if weight.is_sign_negative() || weight > Decimal::ONE {
                reader.error(&place, format!("Hệ số {} phải từ 0 đến 1 (phần của điểm tối đa).", vi(&weight)));
            }
            weights.push(weight);
        }
        if weights.iter().max().is_some_and(|best| *best < Decimal::ONE) {
            reader.warn(&place, "Phương án cao nhất không đạt điểm tối đa.");
        }
        let least = self.fields.integer(reader, "least_answers").unwrap_or(1);
        if least < 1 {
            reader.error(&self.fields.at("least_answers"), "Số phiếu tối thiểu phải từ 1 trở lên.");
        }
        Some(Measure::Survey { weights, least_answers: u64::try_from(least).unwrap_or(1).max(1) })
    }

    fn versus(&self, reader: &mut Reader) -> Option<Measure> {
        if self.fields.get("with").is_none() {
            reader.error(
                &self.fields.at("with"),
                "Thiếu “with”: \"mean\" (bình quân nhóm) hoặc \"last-year\" (năm trước).",
            );
        }
        let with = self.fields.word(reader, "with", With::WORDS, With::from_word);
        let above = self.fields.needed_number(reader, "at_or_above");
        let below = self.fields.needed_number(reader, "below");
        self.levels_fit(reader, "at_or_above", above.into_iter().chain(below));
        if below > above {
            reader.warn(&self.fields.at("below"), "Dưới mức so sánh mà nhiều điểm hơn.");
        }
        Some(Measure::Versus { with: with?, at_or_above: above?, below: below?, slot: reader.next_slot() })
    }

    fn best_of(&self, reader: &mut Reader, place: &str) -> Option<Measure> {
        let list = self.fields.needed_list(reader, "measures");
        let inner = list.iter().enumerate();
        let measures: Vec<_> =
            inner.map(|(i, value)| read(reader, value, &format!("{place}.measures[{i}]"), self.max)).collect();
        measures.into_iter().collect::<Option<Vec<_>>>().map(|measures| Measure::BestOf { measures })
    }

    fn by(&self, reader: &mut Reader, place: &str) -> Option<Measure> {
        let on = self.fields.needed_text(reader, "on").map(|on| match on.as_str() {
            "kind" => On::Kind,
            "phase" => On::Phase,
            _ => On::Criterion(on),
        });
        let Some(object) = self.fields.get("cases").and_then(Value::as_object).filter(|cases| !cases.is_empty()) else {
            let say = "Thiếu “cases”: mỗi trường hợp một cách chấm, cases = { so = { kind = … } }.";
            reader.error(&self.fields.at("cases"), say);
            return None;
        };
        // Sorted: a table of TOML has no order of its own, and the same set must come back from every format.
        let mut names: Vec<&String> = object.keys().collect();
        names.sort();
        let mut cases = Vec::with_capacity(names.len());
        for case in names {
            let inner = read(reader, &object[case], &format!("{place}.cases.{case}"), self.max);
            cases.extend(inner.map(|inner| (case.clone(), inner)));
        }
        (cases.len() == object.len()).then_some(Measure::By { on: on?, cases })
    }

    fn points(&self, reader: &mut Reader) -> Option<Measure> {
        let step = self.above_zero(reader, "step")?;
        if self.max.is_some_and(|max| !max.checked_rem(step).unwrap_or_default().is_zero()) {
            reader.warn(&self.fields.at("step"), format!("Điểm tối đa không chia hết cho bước {}.", vi(&step)));
        }
        Some(Measure::Points { step })
    }

    fn above_zero(&self, reader: &mut Reader, key: &str) -> Option<Decimal> {
        let number = self.fields.needed_number(reader, key)?;
        if number.is_zero() || number.is_sign_negative() {
            reader.error(&self.fields.at(key), format!("“{key}” phải lớn hơn 0."));
            return None;
        }
        Some(number)
    }

    fn levels(&self, reader: &mut Reader, key: &str) -> Vec<Level> {
        let mut levels: Vec<Level> = Vec::new();
        for (i, value) in self.fields.needed_list(reader, key).iter().enumerate() {
            let place = format!("{}[{i}]", self.fields.at(key));
            let Some(row) = Fields::open(reader, value, &place, &["name", "points"]) else { continue };
            let name = row.needed_text(reader, "name");
            let points = row.needed_number(reader, "points");
            let (Some(name), Some(points)) = (name, points) else { continue };
            if levels.iter().any(|level| level.name == name) {
                reader.warn(&place, format!("“{name}” ghi hai lần."));
            }
            levels.push(Level { name, points });
        }
        levels
    }

    fn none_negative(&self, reader: &mut Reader, key: &str, levels: &[Level]) {
        for (i, level) in levels.iter().enumerate().filter(|(_, level)| level.points.is_sign_negative()) {
            let place = format!("{}[{i}]", self.fields.at(key));
            reader.error(&place, format!("“{}”: điểm không được âm, ghi số dương.", level.name));
        }
    }

    /// No level over the maximum; a best level under it is odd, and real.
    fn levels_fit(&self, reader: &mut Reader, key: &str, points: impl Iterator<Item = Decimal>) {
        let (Some(max), points) = (self.max, points.collect::<Vec<_>>()) else { return };
        let place = self.fields.at(key);
        for over in points.iter().filter(|points| **points > max) {
            reader.error(&place, format!("Có mức {} điểm, quá điểm tối đa {}.", vi(over), vi(&max)));
        }
        if points.iter().max().is_some_and(|best| *best < max) {
            reader.warn(&place, format!("Mức cao nhất không đạt điểm tối đa {}.", vi(&max)));
        }
        if points.iter().any(|points| points.is_sign_negative() && !points.is_zero()) {
            reader.warn(&place, "Có mức điểm âm.");
        }
    }

    fn sum_fits(&self, reader: &mut Reader, key: &str, sum: Decimal) {
        let Some(max) = self.max else { return };
        let place = self.fields.at(key);
        if sum > max {
            reader.error(&place, format!("Các mục cộng lại được {}, quá điểm tối đa {}.", vi(&sum), vi(&max)));
        } else if sum < max {
            reader.warn(&place, format!("Các mục cộng lại được {}, không đạt điểm tối đa {}.", vi(&sum), vi(&max)));
        }
    }
}
