//! The index of QĐ 766/QĐ-TTg of an agency: its components counted from dossiers, or entered with their source, and their
//! points by the set `data/criteria/qd766.toml`; `data/dossier/qd766.toml` says which is which. Pure.

use base::{Date, Decimal};
use fact::Fact;
use score::set::NotApplicable;
use score::{Answer, CriteriaSet, Detail, Unit, UnitScore};
use serde::Deserialize;
use std::borrow::Cow;
use std::sync::OnceLock;

const SET: &str = include_str!("../../../data/criteria/qd766.toml");
const COMPONENTS: &str = include_str!("../../../data/dossier/qd766.toml");

base::words! {
    /// What is counted. Of dossiers received in the range: up to `WithDuty`; of those with a result in the range: up to
    /// `Satisfied`; then of the procedures that the agency resolves on the range's last day.
    Count {
        Received = "received", "Hồ sơ tiếp nhận";
        OnTime = "on-time", "Hồ sơ tiếp nhận trong kỳ đã giải quyết trước hạn, đúng hạn";
        Online = "online", "Hồ sơ nộp trực tuyến";
        Synced = "synced", "Hồ sơ đã đồng bộ đủ lên Cổng Dịch vụ công quốc gia";
        PaidOnline = "paid-online", "Hồ sơ thanh toán trực tuyến thành công";
        WithDuty = "with-duty", "Hồ sơ có nghĩa vụ tài chính";
        Resolved = "resolved", "Hồ sơ có kết quả";
        Electronic = "electronic", "Hồ sơ có kết quả điện tử đã ký";
        Digitised = "digitised", "Hồ sơ có đủ thành phần và kết quả được số hóa";
        Satisfied = "satisfied", "Hồ sơ được đánh giá hài lòng (mọi câu từ 4 điểm)";
        Procedures = "procedures", "Thủ tục thuộc thẩm quyền";
        ProceduresOnline = "procedures-online", "Thủ tục cung cấp dịch vụ công trực tuyến";
        ProceduresUsed = "procedures-used", "Dịch vụ công trực tuyến có hồ sơ nộp trực tuyến";
        ProceduresFee = "procedures-fee", "Thủ tục có phí, lệ phí";
        ProceduresPaid = "procedures-paid", "Thủ tục có phí, lệ phí đã có giao dịch thanh toán trực tuyến";
    }
}

impl Count {
    /// A number of dossiers, which can be listed; else it is of procedures.
    pub fn is_dossiers(self) -> bool {
        self < Count::Procedures
    }
}

/// Where a component comes from.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Component {
    pub criterion: String,
    /// The stem of its two facts.
    pub fact: String,
    /// None: it is entered.
    #[serde(default)]
    pub part: Option<Count>,
    #[serde(default)]
    pub whole: Option<Count>,
}

impl Component {
    pub fn facts(&self) -> [String; 2] {
        [format!("{}.part", self.fact), format!("{}.whole", self.fact)]
    }

    /// What it is counted from; none where it is entered.
    pub fn counted(&self) -> Option<(Count, Count)> {
        self.part.zip(self.whole)
    }
}

/// What a component that does not apply does to the points of an agency.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Excused {
    /// Periods that end on this day or after.
    pub from: Date,
    /// Kinds of units; empty: all others.
    #[serde(default)]
    pub kinds: Vec<String>,
    pub rule: Rule,
    /// The rule in words, for the page.
    pub say: String,
    pub basis: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    Exclude,
    Full,
    Share,
}

impl Rule {
    fn policy(self) -> NotApplicable {
        match self {
            Rule::Exclude => NotApplicable::Exclude,
            Rule::Full => NotApplicable::Full,
            Rule::Share => NotApplicable::Share,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    excused: Vec<Excused>,
    components: Vec<Component>,
}

/// The set and where its components come from, in the order of the set.
pub struct Index {
    pub set: CriteriaSet,
    pub components: Vec<Component>,
    excused: Vec<Excused>,
}

/// Both files, read once; none where one is broken, which the test of this file finds.
pub fn index() -> Option<&'static Index> {
    static READ: OnceLock<Option<Index>> = OnceLock::new();
    let read = || {
        let set = score::read(&toml::from_str::<serde_json::Value>(SET).ok()?).set?;
        let File { components, excused } = toml::from_str(COMPONENTS).ok()?;
        Some(Index { set, components, excused })
    };
    READ.get_or_init(read).as_ref()
}

/// The two numbers of a component, and where they come from.
#[derive(Clone, Debug, PartialEq)]
pub enum Came {
    Counted {
        part: Count,
        whole: Count,
    },
    Entered {
        source: String,
        at: base::Timestamp,
    },
    /// It does not apply to this agency in these days.
    Excused(Excuse),
    Missing,
}

/// That a component does not apply, as somebody said it.
#[derive(Clone, Debug, PartialEq)]
pub struct Excuse {
    pub criterion: String,
    pub reason: String,
    pub author: String,
    pub at: base::Timestamp,
}

/// A component of an agency over days.
#[derive(Clone, Debug)]
pub struct Line {
    pub component: &'static Component,
    pub numbers: Option<(Decimal, Decimal)>,
    pub came: Came,
}

/// The line of a component: what was entered stands before what is counted, for whoever entered it knows of other systems.
/// One that does not apply has no numbers.
pub fn line(
    component: &'static Component,
    count: impl Fn(Count) -> Option<i64>,
    facts: &[Fact],
    excuses: &[Excuse],
) -> Line {
    if let Some(excuse) = excuses.iter().find(|one| one.criterion == component.criterion) {
        return Line { component, numbers: None, came: Came::Excused(excuse.clone()) };
    }
    let [part, whole] = component.facts();
    let entered = |what: &str| facts.iter().find(|fact| fact.what == what && fact.manual);
    if let Some((part, whole)) = entered(&part).zip(entered(&whole)) {
        let came = Came::Entered { source: part.source.clone(), at: part.at.max(whole.at) };
        return Line { component, numbers: Some((part.value, whole.value)), came };
    }
    let counted = component.counted().and_then(|(part, whole)| {
        let numbers = (Decimal::from(count(part)?), Decimal::from(count(whole)?));
        Some(Line { component, numbers: Some(numbers), came: Came::Counted { part, whole } })
    });
    counted.unwrap_or(Line { component, numbers: None, came: Came::Missing })
}

impl Index {
    pub fn component(&'static self, criterion: &str) -> Option<&'static Component> {
        self.components.iter().find(|one| one.criterion == criterion)
    }

    /// The rule of what does not apply, for a kind of unit and a period that ends on a day. Days before the decision are
    /// reckoned by its first rule, as by the rest of the set.
    pub fn excused(&self, kind: &str, last: Date) -> Option<&Excused> {
        let fits = |one: &&Excused| one.kinds.is_empty() || one.kinds.iter().any(|of| of == kind);
        let fitting = || self.excused.iter().filter(fits);
        let first = fitting().map(|one| one.from).min()?;
        fitting().rfind(|one| one.from <= last.max(first))
    }

    /// The points of an agency by its lines, in a period that ends on a day. A kind of unit that the set does not name is
    /// scored as the first that it does.
    pub fn score(&self, name: &str, kind: &str, last: Date, lines: &[Line]) -> Option<UnitScore> {
        let mut set = Cow::Borrowed(&self.set);
        if let Some(rule) = self.excused(kind, last).map(|one| one.rule) {
            set.to_mut().not_applicable = rule.policy();
        }
        let known = set.applies_to.iter().find(|one| *one == kind).or(set.applies_to.first())?;
        let mut unit = Unit::new(&set, name, known);
        for line in lines {
            let Some(cell) = unit.cell_mut(&set, &line.component.criterion) else { continue };
            match (&line.came, line.numbers) {
                (Came::Excused(_), _) => cell.not_applicable = Some(true),
                (_, Some((part, whole))) => cell.answer = Answer::Share { part, whole },
                (_, None) => {}
            }
        }
        score::score_alone(&set, &unit, Detail::Explained).ok()
    }
}

/// The periods that the page offers.
pub const PERIODS: [(&str, &str); 18] = [
    ("nam", "Cả năm"),
    ("bao-cao", "Năm báo cáo (15/12 đến 14/12)"),
    ("q1", "Quý I"),
    ("q2", "Quý II"),
    ("q3", "Quý III"),
    ("q4", "Quý IV"),
    ("1", "Tháng 1"),
    ("2", "Tháng 2"),
    ("3", "Tháng 3"),
    ("4", "Tháng 4"),
    ("5", "Tháng 5"),
    ("6", "Tháng 6"),
    ("7", "Tháng 7"),
    ("8", "Tháng 8"),
    ("9", "Tháng 9"),
    ("10", "Tháng 10"),
    ("11", "Tháng 11"),
    ("12", "Tháng 12"),
];

/// The days of a period of a year, half-open.
pub fn days_of(period: &str, year: i16) -> Option<(Date, Date)> {
    if !(2015..=2100).contains(&year) {
        return None;
    }
    let first = |month: i16| Date::new(year + (month - 1) / 12, ((month - 1) % 12 + 1) as i8, 1).ok();
    let span = |from: i16, months: i16| first(from).zip(first(from + months));
    match period {
        "nam" => span(1, 12),
        "bao-cao" => Date::new(year - 1, 12, 15).ok().zip(Date::new(year, 12, 15).ok()),
        "q1" => span(1, 3),
        "q2" => span(4, 3),
        "q3" => span(7, 3),
        "q4" => span(10, 3),
        month => month.parse().ok().filter(|month| (1..=12).contains(month)).and_then(|month| span(month, 1)),
    }
}

#[cfg(test)]
mod tests;
