//! From the file to the set, with every mistake found, not only the first. An unknown word is an error, never a yes.

use crate::check::{Check, Is, Of, Severity, Term};
use crate::file::{CheckLine, DerivedLine, File, IndicatorLine};
use crate::set::{Categories, Derived, Indicator, Over, Set, Since};
use base::Decimal;
use std::collections::{BTreeMap, BTreeSet};

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
        let rest = one.items.iter().position(|item| item.rest);
        Categories { code: one.code.clone(), name: one.name.clone(), items, rest }
    });
    let categories: Vec<Categories> = categories.collect();
    for one in file.categories.iter().filter(|one| one.items.iter().filter(|item| item.rest).count() > 1) {
        reader.no("rest-twice", &one.code, "chỉ một mục là phần còn lại (rest).".into());
    }
    for one in &categories {
        reader.twice(
            "item-twice",
            &format!("mục của phân tổ {}", one.code),
            one.items.iter().map(|item| item.0.as_str()),
        );
    }
    let indicators: Vec<Indicator> = file.indicators.iter().map(|line| reader.indicator(line, &categories)).collect();
    let checks = file.checks.iter().filter_map(|line| reader.check(line)).collect();
    for one in &indicators {
        reader.weighed(one, &indicators);
    }
    let order = order(&indicators);
    if let Err(circle) = &order {
        for place in circle {
            let code = indicators.get(*place).map(|one| one.code.clone()).unwrap_or_default();
            reader.no("circle", &code, "công thức đi vòng về chính chỉ tiêu này; bỏ bớt một mắt xích.".into());
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

/// The derived ones, each after what it stands on; or those that stand on themselves.
fn order(all: &[Indicator]) -> Result<Vec<usize>, Vec<usize>> {
    let on = |one: &Indicator| one.derived.as_ref().map(Derived::on).unwrap_or_default();
    let mut left: Vec<usize> = (0..all.len()).filter(|place| all[*place].derived.is_some()).collect();
    let mut order = Vec::new();
    while !left.is_empty() {
        let is_ready = |place: &usize| on(&all[*place]).iter().all(|one| !left.contains(one));
        let (ready, rest): (Vec<usize>, Vec<usize>) = left.iter().partition(|place| is_ready(place));
        if ready.is_empty() {
            // What merely stands on a circle is not one.
            return Err(rest.into_iter().filter(|place| reaches(all, *place)).collect());
        }
        order.extend(ready);
        left = rest;
    }
    Ok(order)
}

/// Whether one stands on itself.
fn reaches(all: &[Indicator], place: usize) -> bool {
    let (mut seen, mut next) = (BTreeSet::new(), vec![place]);
    while let Some(at) = next.pop() {
        let on = all.get(at).and_then(|one| one.derived.as_ref()).map(Derived::on).unwrap_or_default();
        if on.contains(&place) {
            return true;
        }
        next.extend(on.into_iter().filter(|one| seen.insert(*one)));
    }
    false
}

/// Each code that is there a second time.
pub(crate) fn twice<'a>(
    problems: &mut Vec<Problem>,
    code: &'static str,
    what: &str,
    all: impl Iterator<Item = &'a str>,
) {
    let mut seen = BTreeSet::new();
    for one in all.filter(|one| !seen.insert(*one)) {
        problems.push(Problem { code, place: one.to_owned(), say: format!("{what} bị trùng.") });
    }
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
        twice(&mut self.problems, code, what, all);
    }

    /// The place of an indicator that another thing names.
    fn named(&mut self, by: &str, code: &str) -> Option<usize> {
        let found = self.places.get(code).copied();
        if found.is_none() {
            self.no("indicator-unknown", by, format!("không có chỉ tiêu “{code}”."));
        }
        found
    }

    /// A code is written in checks and forms, a name on every page.
    fn plain(&mut self, code: &str, name: &str) {
        if code.is_empty() || code.starts_with('-') || code.contains(|c: char| c == '@' || c.is_whitespace()) {
            self.no(
                "code-odd",
                code,
                "mã không được trống, không có dấu cách và @, không bắt đầu bằng dấu trừ.".into(),
            );
        }
        if name.trim().is_empty() {
            self.no("name-missing", code, "chưa có tên hoặc lời (name, say).".into());
        }
    }

    /// Reads one; what cannot be read is a problem and becomes the plainest.
    fn indicator(&mut self, line: &IndicatorLine, categories: &[Categories]) -> Indicator {
        let code = &line.code;
        self.plain(code, &line.name);
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
        let (over_units, over_time) = self.overs(line);
        Indicator {
            code: code.clone(),
            name: line.name.clone(),
            unit: line.unit.clone(),
            digits: line.digits,
            over_units,
            over_time,
            by,
            lowest: line.lowest,
            source: line.source.clone(),
            derived,
        }
    }

    /// How it becomes one over units, and over time.
    fn overs(&mut self, line: &IndicatorLine) -> (Over, Over) {
        let code = &line.code;
        let words = [&line.over_units, &line.over_time].map(Option::as_deref);
        let is_average = words.contains(&Some("average"));
        match (&line.weight, is_average) {
            (None, true) => self.no("weight-missing", code, "bình quân cần chỉ tiêu làm quyền số (weight).".into()),
            (Some(_), false) => self.no("weight-unused", code, "quyền số (weight) chỉ dùng cho average.".into()),
            _ => (),
        }
        let weight = line.weight.as_ref().filter(|_| is_average).and_then(|weight| self.named(code, weight));
        if line.derived.is_some() {
            if words != [None, None] {
                let say =
                    "chỉ tiêu có công thức thì tính từ các tổng, không tự cộng: bỏ over_units và over_time.".into();
                self.no("derived-adds-up", code, say);
            }
            return (Over::None, Over::None);
        }
        let units = self.over(code, words[0], weight, "over_units", "sum, average hoặc none");
        let time = self.over(code, words[1], weight, "over_time", "sum, average, last hoặc none");
        if matches!((units, time), (Over::Sum, Over::Average(_)) | (Over::Average(_), Over::Sum)) {
            let say = "không thể vừa cộng vừa bình quân: over_units và over_time cùng là sum, hoặc cùng là average.";
            self.no("over-mixed", code, say.into());
        }
        (units, time)
    }

    fn over(&mut self, code: &str, word: Option<&str>, weight: Option<usize>, name: &str, known: &str) -> Over {
        match word {
            Some("sum") => Over::Sum,
            Some("none") => Over::None,
            // No unit is later than another.
            Some("last") if name == "over_time" => Over::Last,
            Some("average") => weight.map_or(Over::None, Over::Average),
            Some(word) => {
                self.no("over-unknown", code, format!("{name} không có “{word}”; ghi {known}."));
                Over::None
            }
            None => {
                self.no("over-missing", code, format!("chưa ghi {name}: {known}."));
                Over::None
            }
        }
    }

    /// A weight is reported, adds up and is never below zero; else averages lie outside of what they are of.
    fn weighed(&mut self, one: &Indicator, all: &[Indicator]) {
        let ((Over::Average(place), _) | (_, Over::Average(place))) = (one.over_units, one.over_time) else { return };
        let Some(weight) = all.get(place) else { return };
        let is_plain = weight.derived.is_none() && weight.over_units == Over::Sum && weight.code != one.code;
        if !is_plain || weight.lowest.is_none_or(|lowest| lowest.is_sign_negative() && !lowest.is_zero()) {
            let say = format!(
                "quyền số “{}” phải là chỉ tiêu khác, tự báo cáo, over_units = \"sum\" và lowest từ 0 trở lên.",
                weight.code
            );
            self.no("weight-odd", &one.code, say);
        }
    }

    fn derived(&mut self, code: &str, line: &DerivedLine) -> Option<Derived> {
        Some(match line {
            DerivedLine::Ratio { part, whole, times } => {
                let (part, whole) = (self.named(code, part), self.named(code, whole));
                Derived::Ratio { part: part?, whole: whole?, times: times.unwrap_or(Decimal::ONE) }
            }
            DerivedLine::Sum { of } => {
                if of.is_empty() {
                    self.no("sum-empty", code, "tổng chưa có chỉ tiêu nào (of).".into());
                }
                self.twice("sum-twice", &format!("chỉ tiêu trong tổng {code}"), of.iter().map(String::as_str));
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
                        format!("không có kỳ so sánh “{since}”; ghi ky-truoc hoặc cung-ky."),
                    );
                }
                Derived::Growth { of: of?, since: known? }
            }
        })
    }

    fn check(&mut self, line: &CheckLine) -> Option<Check> {
        let code = &line.code;
        self.plain(code, &line.say);
        let is = match (line.is.as_str(), line.percent) {
            ("=", None) => Some(Is::Equal),
            (">=", None) => Some(Is::AtLeast),
            ("<=", None) => Some(Is::AtMost),
            ("within", Some(percent)) if !percent.is_sign_negative() => Some(Is::Within(percent)),
            _ => None,
        };
        if is.is_none() {
            let say =
                "so sánh (is) là =, >= hoặc <= và không kèm percent; hoặc within kèm percent từ 0 trở lên.".into();
            self.no("is-unknown", code, say);
        }
        let severity = Severity::of(&line.severity);
        if severity.is_none() {
            self.no(
                "severity-unknown",
                code,
                format!("không có mức “{}”; ghi chan, giai-trinh hoặc luu-y.", line.severity),
            );
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
