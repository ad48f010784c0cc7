//! From the file to the set, with every mistake found, not only the first. An unknown word is an error, never a yes.

use crate::check::{Check, Is, Of, Severity, Term};
use crate::file::{CheckLine, DerivedLine, File, IndicatorLine};
use crate::set::{Categories, Derived, Indicator, Over, Set, Since};
use base::Decimal;
use std::collections::BTreeMap;

/// More digits than these no figure of a report has.
pub const MOST_DIGITS: u32 = 6;

/// Something wrong with a set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Stable and in English, for programs and tests.
    pub code: &'static str,
    /// The indicator, check or division it is about.
    pub place: String,
    pub say: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.place.is_empty() { f.write_str(&self.say) } else { write!(f, "{}: {}", self.place, self.say) }
    }
}

/// The set, or all that is wrong with it.
pub fn read(file: &File) -> Result<Set, Vec<Problem>> {
    let mut reader = Reader { places: places(&file.indicators), problems: Vec::new() };
    if file.indicators.is_empty() {
        reader.no("no-indicators", "", "Bộ chỉ tiêu chưa có chỉ tiêu nào.".into());
    }
    if file.basis.trim().is_empty() && !file.sample {
        reader.no("basis-missing", "", "Chưa ghi căn cứ (basis); nếu là số liệu mẫu thì ghi sample = true.".into());
    }
    reader.twice("indicator-twice", "mã chỉ tiêu", file.indicators.iter().map(|one| one.code.as_str()));
    reader.twice("check-twice", "mã phép kiểm tra", file.checks.iter().map(|one| one.code.as_str()));
    reader.twice("categories-twice", "mã phân tổ", file.categories.iter().map(|one| one.code.as_str()));
    let categories = file.categories.iter().map(|one| {
        let items: Vec<(String, String)> =
            one.items.iter().map(|item| (item.code.clone(), item.name.clone())).collect();
        Categories { code: one.code.clone(), name: one.name.clone(), items }
    });
    let categories: Vec<Categories> = categories.collect();
    for one in &categories {
        reader.twice(
            "item-twice",
            &format!("mục của phân tổ {}", one.code),
            one.items.iter().map(|item| item.0.as_str()),
        );
    }
    let indicators: Vec<Indicator> = file.indicators.iter().map(|line| reader.indicator(line, &categories)).collect();
    let checks = file.checks.iter().filter_map(|line| reader.check(line)).collect();
    let order = order(&indicators);
    if let Err(circle) = &order {
        for place in circle {
            let code = indicators.get(*place).map(|one| one.code.clone()).unwrap_or_default();
            reader.no("circle", &code, "công thức đi vòng về chính chỉ tiêu này.".into());
        }
    }
    match order {
        Ok(order) if reader.problems.is_empty() => Ok(Set {
            code: file.code.clone(),
            name: file.name.clone(),
            basis: file.basis.clone(),
            sample: file.sample,
            categories,
            indicators,
            checks,
            order,
        }),
        _ => Err(reader.problems),
    }
}

/// The first of each code: a second one is a problem of its own.
fn places(lines: &[IndicatorLine]) -> BTreeMap<String, usize> {
    lines.iter().enumerate().rev().map(|(place, line)| (line.code.clone(), place)).collect()
}

/// The derived ones, each after what it stands on; or those that no order can have.
fn order(all: &[Indicator]) -> Result<Vec<usize>, Vec<usize>> {
    let mut left: Vec<(usize, Vec<usize>)> = Vec::new();
    for (place, one) in all.iter().enumerate() {
        if let Some(derived) = &one.derived {
            // Growth since another period stands on figures that are there already, but now's as well.
            left.push((place, derived.on()));
        }
    }
    let mut order = Vec::new();
    while !left.is_empty() {
        let waiting: Vec<usize> = left.iter().map(|(place, _)| *place).collect();
        let (ready, rest): (Vec<_>, Vec<_>) =
            left.into_iter().partition(|(_, on)| on.iter().all(|one| !waiting.contains(one)));
        if ready.is_empty() {
            return Err(waiting);
        }
        order.extend(ready.into_iter().map(|(place, _)| place));
        left = rest;
    }
    Ok(order)
}

struct Reader {
    places: BTreeMap<String, usize>,
    problems: Vec<Problem>,
}

impl Reader {
    fn no(&mut self, code: &'static str, place: &str, say: String) {
        self.problems.push(Problem { code, place: place.to_owned(), say });
    }

    fn twice<'a>(&mut self, code: &'static str, what: &str, all: impl Iterator<Item = &'a str>) {
        let mut seen = std::collections::BTreeSet::new();
        for one in all {
            if !seen.insert(one) {
                self.no(code, one, format!("{what} bị trùng."));
            }
        }
    }

    /// The place of an indicator that another thing names.
    fn named(&mut self, by: &str, code: &str) -> Option<usize> {
        let found = self.places.get(code).copied();
        if found.is_none() {
            self.no("indicator-unknown", by, format!("không có chỉ tiêu “{code}”."));
        }
        found
    }

    /// Reads one; what cannot be read is a problem and becomes the plainest.
    fn indicator(&mut self, line: &IndicatorLine, categories: &[Categories]) -> Indicator {
        let code = &line.code;
        if line.digits > MOST_DIGITS {
            self.no("too-many-digits", code, format!("nhiều nhất {MOST_DIGITS} chữ số thập phân."));
        }
        let mut by = Vec::new();
        for name in &line.by {
            match categories.iter().position(|one| one.code == *name) {
                Some(place) => by.push(place),
                None => self.no("categories-unknown", code, format!("không có phân tổ “{name}”.")),
            }
        }
        let derived = line.derived.as_ref().and_then(|derived| self.derived(code, derived));
        if line.derived.is_some() && (line.over_units.is_some() || line.over_time.is_some()) {
            let say = "chỉ tiêu có công thức thì tính từ các tổng, không tự cộng: bỏ over_units và over_time.".into();
            self.no("derived-adds-up", code, say);
        }
        let over = |reader: &mut Reader, word: &Option<String>, name: &str| match word {
            _ if line.derived.is_some() => Over::None,
            None => {
                reader.no("over-missing", code, format!("chưa ghi cách gộp ({name}): sum, average, last hay none."));
                Over::None
            }
            Some(word) => reader.over(line, word, name),
        };
        let over_units = over(self, &line.over_units, "over_units");
        let over_time = over(self, &line.over_time, "over_time");
        Indicator {
            code: code.clone(),
            name: line.name.clone(),
            unit: line.unit.clone(),
            digits: line.digits,
            over_units,
            over_time,
            by,
            lowest: line.lowest,
            derived,
        }
    }

    fn over(&mut self, line: &IndicatorLine, word: &str, name: &str) -> Over {
        let code = &line.code;
        match word {
            "sum" => Over::Sum,
            "none" => Over::None,
            // No unit is later than another.
            "last" if name == "over_time" => Over::Last,
            "average" => match &line.weight {
                Some(weight) => self.named(code, weight).map_or(Over::None, Over::Average),
                None => {
                    self.no("weight-missing", code, "bình quân cần chỉ tiêu làm quyền số (weight).".into());
                    Over::None
                }
            },
            _ => {
                self.no("over-unknown", code, format!("cách gộp “{word}” không dùng được cho {name}."));
                Over::None
            }
        }
    }

    fn derived(&mut self, code: &str, line: &DerivedLine) -> Option<Derived> {
        Some(match line {
            DerivedLine::Ratio { part, whole, times } => {
                let (part, whole) = (self.named(code, part), self.named(code, whole));
                Derived::Ratio { part: part?, whole: whole?, times: times.unwrap_or(Decimal::ONE) }
            }
            DerivedLine::Sum { of } => {
                let all: Vec<Option<usize>> = of.iter().map(|one| self.named(code, one)).collect();
                Derived::Sum(all.into_iter().collect::<Option<_>>()?)
            }
            DerivedLine::Difference { of, less } => {
                let (of, less) = (self.named(code, of), self.named(code, less));
                Derived::Difference { of: of?, less: less? }
            }
            DerivedLine::Growth { of, since } => {
                let of = self.named(code, of);
                let known = Since::of(since);
                if known.is_none() {
                    self.no(
                        "since-unknown",
                        code,
                        format!("“{since}” không phải là kỳ so sánh: ky-truoc hay cung-ky."),
                    );
                }
                Derived::Growth { of: of?, since: known? }
            }
        })
    }

    fn check(&mut self, line: &CheckLine) -> Option<Check> {
        let code = &line.code;
        let is = match (line.is.as_str(), line.percent) {
            ("=", None) => Some(Is::Equal),
            (">=", None) => Some(Is::AtLeast),
            ("<=", None) => Some(Is::AtMost),
            ("within", Some(percent)) if !percent.is_sign_negative() => Some(Is::Within(percent)),
            _ => None,
        };
        if is.is_none() {
            let say = "phép so sánh phải là =, >=, <=, hoặc within kèm percent từ 0 trở lên.".into();
            self.no("is-unknown", code, say);
        }
        let severity = Severity::of(&line.severity);
        if severity.is_none() {
            self.no("severity-unknown", code, format!("mức “{}” không có: chan, giai-trinh, luu-y.", line.severity));
        }
        if line.left.is_empty() || line.right.is_empty() {
            self.no("side-empty", code, "hai vế đều phải có chỉ tiêu.".into());
        }
        let left: Vec<Option<Term>> = line.left.iter().map(|term| self.term(code, term)).collect();
        let right: Vec<Option<Term>> = line.right.iter().map(|term| self.term(code, term)).collect();
        Some(Check {
            code: code.clone(),
            say: line.say.clone(),
            left: left.into_iter().collect::<Option<_>>()?,
            is: is?,
            right: right.into_iter().collect::<Option<_>>()?,
            severity: severity?,
        })
    }

    /// `CODE`, `- CODE`, `CODE@ky-truoc`, `CODE@cung-ky`, `CODE@ke-hoach`.
    fn term(&mut self, check: &str, said: &str) -> Option<Term> {
        let (less, rest) = match said.trim().strip_prefix('-') {
            Some(rest) => (true, rest.trim()),
            None => (false, said.trim()),
        };
        let (code, of) = match rest.split_once('@') {
            None => (rest, Some(Of::Now)),
            Some((code, "ke-hoach")) => (code, Some(Of::Plan)),
            Some((code, word)) => (code, Since::of(word).map(Of::Before)),
        };
        if of.is_none() {
            self.no("term-unknown", check, format!("“{said}”: sau @ là ky-truoc, cung-ky hay ke-hoach."));
        }
        let indicator = self.named(check, code);
        Some(Term { indicator: indicator?, less, of: of? })
    }
}
