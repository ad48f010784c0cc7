//! Why a leaf has its points, in Vietnamese: "1.187/1.204 = 98,59 % ≥ 80 % → 1,479".

mod words;

use base::{Decimal, Exact, day, number};

use crate::answer::{Answer, Cell};
use crate::measure::{self, GroupValue, Reached};
use crate::set::{Band, CriteriaSet, GroupKind, Level, Measure, With, Within};
use words::{plain, rate};

/// All that an explanation speaks of.
pub(crate) struct Told<'a> {
    pub set: &'a CriteriaSet,
    pub at: usize,
    pub cell: &'a Cell,
    pub group: &'a [GroupValue],
    /// What siblings that do not apply have given over.
    pub factor: Option<&'a Exact>,
    /// The leaf's points in the end; none: unknown.
    pub points: Option<&'a Exact>,
}

impl Told<'_> {
    pub fn full(&self) -> String {
        format!("Không áp dụng, được điểm tối đa{}", self.result())
    }

    pub fn counted(&self, survey_held: bool) -> String {
        let criterion = &self.set.criteria[self.at];
        if let Some(fixed) = &self.cell.fixed {
            let why = if fixed.why.is_empty() { "Điểm thẩm định" } else { &fixed.why };
            return format!("{why}{}", self.result());
        }
        if self.points.is_none() {
            return self.unknown(survey_held);
        }
        if self.cell.zero_if == Some(true) {
            let condition = criterion.zero_if.as_deref().unwrap_or("Có điều kiện cho 0 điểm");
            return format!("{condition}{}", self.result());
        }
        let Some(found) = &criterion.measure else { return String::new() };
        let max = Exact::from(criterion.max.unwrap_or_default());
        format!("{}{}", because(found, &self.cell.answer, &max, self.group), self.result())
    }

    fn unknown(&self, survey_held: bool) -> String {
        let criterion = &self.set.criteria[self.at];
        if self.cell.not_applicable.is_none() {
            return "Chưa rõ tiêu chí có áp dụng hay không".into();
        }
        if !survey_held && criterion.is_survey() {
            return "Không tổ chức điều tra xã hội học nên chưa có điểm".into();
        }
        if self.cell.zero_if.is_none() {
            let condition = criterion.zero_if.as_deref().unwrap_or("Điều kiện cho 0 điểm");
            return format!("Chưa rõ: {condition}");
        }
        let Some(found) = &criterion.measure else { return String::new() };
        match why_unknown(found, &self.cell.answer) {
            Some(why) => why,
            None => "Chưa có số liệu".into(),
        }
    }

    /// " → 1,479", what is taken over from siblings said on the way.
    fn result(&self) -> String {
        let Some(points) = self.points else { return String::new() };
        let shared = match self.factor.filter(|factor| **factor != Exact::ONE) {
            Some(factor) => format!(", nhân {} (điểm của tiêu chí không áp dụng chia lại)", plain(factor)),
            None => String::new(),
        };
        let minus = if self.set.group_of(self.at) == Some(GroupKind::Penalty) { "trừ " } else { "" };
        format!("{shared} → {minus}{}", plain(points))
    }
}

/// The left side: how the answer meets the measure.
fn because(measure: &Measure, answer: &Answer, max: &Exact, group: &[GroupValue]) -> String {
    match (measure, answer) {
        (Measure::YesNo, Answer::Yes(yes)) => if *yes { "Có" } else { "Không" }.into(),
        (Measure::Choice { options }, Answer::Choice(at)) => match options.get(*at) {
            Some(option) => format!("“{}”", option.name),
            None => String::new(),
        },
        (Measure::Bands { bands, none }, answer) => in_band(bands, none.is_some(), answer),
        (Measure::Ratio { floor, full_at, .. }, Answer::Share { part, whole }) => {
            ratio(part, whole, &Exact::from(floor), &Exact::from(full_at), max)
        }
        (Measure::Count { each }, Answer::Value(value)) => {
            let product = Exact::from(each) * Exact::from(value);
            let over = if product > *max { format!(", tối đa {}", plain(max)) } else { String::new() };
            format!("{} × {} = {}{over}", number::vi(value), number::vi(each), plain(&product))
        }
        (Measure::Checklist { items }, Answer::Items(met)) => checklist(items, met),
        (Measure::Deduct { cases, least }, Answer::Cases(counts)) => deduct(cases, counts, least, max),
        (Measure::Deadline { bands, .. }, answer) => deadline(bands, answer),
        (Measure::Survey { weights, least_answers }, Answer::Tally(tally)) => {
            let answers: u64 = tally.iter().fold(0u64, |sum, count| sum.saturating_add(*count));
            let mean = measure::mean_weight(weights, tally, *least_answers).unwrap_or_default();
            format!("{} phiếu, bình quân {}", plain(&Exact::from(answers)), rate(&mean, &[]))
        }
        (Measure::Relative { slot }, Answer::Value(value)) => {
            let best = group.get(*slot).and_then(|values| values.best.clone()).unwrap_or_default();
            match Exact::from(value).checked_div(&best) {
                Some(r) => format!("{}/{} (cao nhất nhóm) = {}", number::vi(value), plain(&best), rate(&r, &[])),
                None => "Cao nhất nhóm là 0".into(),
            }
        }
        (Measure::Versus { with, .. }, answer) => versus(*with, measure, answer, group),
        (Measure::BestOf { measures }, Answer::Many(answers)) => best_of(measures, answers, max, group),
        (Measure::By { cases, .. }, Answer::Chosen { case, answer }) => {
            cases.get(*case).map(|(_, inner)| because(inner, answer, max, group)).unwrap_or_default()
        }
        (Measure::Points { .. }, Answer::Value(value)) => format!("Chấm {}", number::vi(value)),
        _ => String::new(),
    }
}

fn in_band(bands: &[Band], has_none: bool, answer: &Answer) -> String {
    let froms: Vec<Exact> = bands.iter().map(|band| Exact::from(band.from)).collect();
    let (value, write): (String, &dyn Fn(&Decimal) -> String) = match answer {
        Answer::Share { part, whole } => {
            let r = Exact::from(part).checked_div(&Exact::from(whole)).unwrap_or_default();
            let value = format!("{}/{} = {}", number::vi(part), number::vi(whole), rate(&r, &froms));
            (value, &|from| rate(&Exact::from(from), &[]))
        }
        Answer::Value(value) => (number::vi(value), &number::vi),
        _ => return String::new(),
    };
    match measure::band_of(bands, has_none, answer) {
        Some(Reached::Band(band)) => format!("{value} ≥ {}", write(&band.from)),
        Some(Reached::Below) => match bands.last() {
            Some(last) => format!("{value} < {}", write(&last.from)),
            None => value,
        },
        Some(Reached::Nothing) => "Không thực hiện".into(),
        Some(Reached::Empty) | None => String::new(),
    }
}

fn ratio(part: &Decimal, whole: &Decimal, floor: &Exact, full_at: &Exact, max: &Exact) -> String {
    let share = format!("{}/{}", number::vi(part), number::vi(whole));
    let Some(r) = Exact::from(part).checked_div(&Exact::from(whole)) else {
        return format!("{share}: không phát sinh");
    };
    let value = rate(&r, &[floor.clone(), full_at.clone()]);
    let bound = |bound: &Exact| rate(bound, &[]);
    let against = if r >= *full_at {
        if *full_at == Exact::ONE { String::new() } else { format!(" ≥ {} (tối đa)", bound(full_at)) }
    } else if r < *floor {
        format!(" < {}", bound(floor))
    } else {
        let floor = if floor.is_zero() { String::new() } else { format!(" ≥ {}", bound(floor)) };
        let slope = if *full_at == Exact::ONE {
            String::new()
        } else {
            format!("; {} × {value} : {}", plain(max), bound(full_at))
        };
        format!("{floor}{slope}")
    };
    format!("{share} = {value}{against}")
}

fn checklist(items: &[Level], met: &[usize]) -> String {
    let points: Vec<String> = met.iter().filter_map(|at| items.get(*at)).map(|item| number::vi(&item.points)).collect();
    let sum = if points.is_empty() { String::new() } else { format!(": {}", points.join(" + ")) };
    format!("Đạt {}/{} mục{sum}", met.len(), items.len())
}

fn deduct(cases: &[Level], counts: &[u64], least: &Decimal, max: &Exact) -> String {
    let occurred: Vec<String> = cases
        .iter()
        .zip(counts)
        .filter(|(_, count)| **count > 0)
        .map(|(case, count)| format!("{} × {} ({})", plain(&Exact::from(*count)), number::vi(&case.points), case.name))
        .collect();
    if occurred.is_empty() {
        return "Không có trường hợp bị trừ".into();
    }
    let under = max - measure::deducted(cases, counts) < Exact::from(least);
    let least = if under { format!(", thấp nhất {}", number::vi(least)) } else { String::new() };
    format!("{} − {}{least}", plain(max), occurred.join(" − "))
}

fn deadline(bands: &[Within], answer: &Answer) -> String {
    let (Answer::Dates { from, done }, Some(days)) = (answer, measure::days(answer)) else {
        return "Không thực hiện".into();
    };
    let took = match days {
        0.. => format!("{days} ngày"),
        _ => format!("trước {} ngày", -days),
    };
    let against = match (measure::within(bands, days), bands.last()) {
        (Some(band), _) => format!("trong {} ngày", band.days),
        (None, Some(last)) => format!("quá {} ngày", last.days),
        (None, None) => String::new(),
    };
    format!("Từ {} đến {}: {took}, {against}", day::vi(*from), day::vi(*done))
}

fn versus(with: With, measure: &Measure, answer: &Answer, group: &[GroupValue]) -> String {
    let Some((value, against)) = measure::compared(measure, answer, group) else { return String::new() };
    let sign = if value >= against { "≥" } else { "<" };
    let whose = match with {
        With::Mean => "bình quân nhóm",
        With::LastYear => "năm trước",
    };
    let (value, against) = (plain(&value), words::unlike(&against, &value));
    format!("{value} {sign} {whose} {against}")
}

fn best_of(measures: &[Measure], answers: &[Answer], max: &Exact, group: &[GroupValue]) -> String {
    let mut best: Option<(usize, Exact)> = None;
    for (at, (inner, answer)) in measures.iter().zip(answers).enumerate() {
        if let Some(points) = measure::points(inner, answer, max, group)
            && best.as_ref().is_none_or(|(_, most)| points > *most)
        {
            best = Some((at, points));
        }
    }
    match best {
        Some((at, _)) => {
            let why = because(&measures[at], &answers[at], max, group);
            format!("Cách {} cao nhất: {why}", at + 1)
        }
        None => String::new(),
    }
}

/// Why points are not known although something was answered; nothing where plainly nothing was.
fn why_unknown(measure: &Measure, answer: &Answer) -> Option<String> {
    match (measure, answer) {
        (Measure::By { cases, .. }, Answer::Chosen { case, answer }) => why_unknown(&cases.get(*case)?.1, answer),
        (_, Answer::Unknown) => None,
        (Measure::Ratio { .. } | Measure::Bands { .. }, Answer::Share { .. }) => {
            Some("0/0: không phát sinh, chưa có điểm".into())
        }
        (Measure::Survey { least_answers, .. }, Answer::Tally(tally)) => {
            let answers: u64 = tally.iter().fold(0u64, |sum, count| sum.saturating_add(*count));
            Some(format!("Mới có {answers} phiếu, cần ít nhất {least_answers}"))
        }
        (Measure::BestOf { .. }, _) => Some("Còn cách chấm chưa có số liệu, có thể cho điểm cao hơn".into()),
        (measure, _) if measure.is_group_wide() => Some("Tính khi có số liệu của cả nhóm đơn vị".into()),
        _ => None,
    }
}
