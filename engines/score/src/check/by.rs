//! Measures chosen `by` something: every case must be possible, every possibility must have its case.

use crate::near;
use crate::read::Reader;
use crate::set::{CriteriaSet, Measure, On};

pub(super) fn cases(reader: &mut Reader, set: &CriteriaSet, at: usize, measure: &Measure, place: &str) {
    match measure {
        Measure::BestOf { measures } => {
            for (i, inner) in measures.iter().enumerate() {
                cases(reader, set, at, inner, &format!("{place}.measures[{i}]"));
            }
        }
        Measure::By { on, cases: chosen } => {
            let names: Vec<&str> = chosen.iter().map(|(name, _)| name.as_str()).collect();
            match on {
                On::Kind => by_kind(reader, set, at, &names, place),
                On::Phase => {}
                On::Criterion(code) => by_criterion(reader, set, at, code, &names, place),
            }
            for (name, inner) in chosen {
                cases(reader, set, at, inner, &format!("{place}.cases.{name}"));
            }
        }
        _ => {}
    }
}

fn by_kind(reader: &mut Reader, set: &CriteriaSet, at: usize, names: &[&str], place: &str) {
    for name in names {
        let place = format!("{place}.cases.{name}");
        if !set.is_for(name) {
            let hint = near::suggestion(name, set.applies_to.iter().map(String::as_str));
            reader.error(
                &place,
                format!("Bộ tiêu chí không dùng cho loại đơn vị “{name}” nên trường hợp này không thể xảy ra.{hint}"),
            );
        } else if !set.exists_for(at, name) {
            reader.warn(&place, format!("Tiêu chí không áp dụng cho loại “{name}” nên trường hợp này không xảy ra."));
        }
    }
    let there = set.kinds().into_iter().filter(|kind| !kind.is_empty() && set.exists_for(at, kind));
    for kind in there.filter(|kind| !names.contains(kind)) {
        reader.error(&format!("{place}.cases"), format!("Chưa có cách chấm cho loại đơn vị “{kind}”."));
    }
}

fn by_criterion(reader: &mut Reader, set: &CriteriaSet, at: usize, code: &str, names: &[&str], place: &str) {
    let on = format!("{place}.on");
    if set.criteria[at].code == code {
        return reader.error(&on, "Cách chấm không thể chọn theo câu trả lời của chính tiêu chí này.");
    }
    let Some(other) = set.position(code) else {
        let words = set.criteria.iter().map(|criterion| criterion.code.as_str()).chain(["kind", "phase"]);
        let hint = near::suggestion(code, words);
        return reader.error(&on, format!("Chọn theo tiêu chí {code}, nhưng bộ không có mã này.{hint}"));
    };
    let Some(possible) = set.criteria[other].measure.as_ref().and_then(answers) else {
        let say =
            format!("Chọn theo tiêu chí {code}, nhưng tiêu chí ấy không chấm theo mức (choice) hay có/không (yes-no).");
        return reader.error(&on, say);
    };
    for name in names.iter().filter(|name| !possible.iter().any(|answer| answer == *name)) {
        let may = possible.join(", ");
        let say = format!("Tiêu chí {code} không thể trả lời “{name}”; chỉ có: {may} (số thứ tự đếm từ 0).");
        reader.error(&format!("{place}.cases.{name}"), say);
    }
    for answer in possible.iter().filter(|answer| !names.contains(&answer.as_str())) {
        let say = format!("Chưa có cách chấm khi tiêu chí {code} trả lời “{answer}”.");
        reader.error(&format!("{place}.cases"), say);
    }
    let alone = set.kinds().into_iter().find(|kind| set.exists_for(at, kind) && !set.exists_for(other, kind));
    if let Some(kind) = alone {
        let say = format!("Với loại đơn vị “{kind}” không có tiêu chí {code}, nên tiêu chí này luôn chưa rõ điểm.");
        reader.warn(&on, say);
    }
}

/// The answers a measure can be asked for by another criterion: option numbers, or true and false.
fn answers(measure: &Measure) -> Option<Vec<String>> {
    match measure {
        Measure::YesNo => Some(vec!["true".into(), "false".into()]),
        Measure::Choice { options } => Some((0..options.len()).map(|i| i.to_string()).collect()),
        Measure::By { cases, .. } => {
            let mut all: Vec<String> = Vec::new();
            for (_, inner) in cases {
                for answer in answers(inner)? {
                    if !all.contains(&answer) {
                        all.push(answer);
                    }
                }
            }
            Some(all)
        }
        _ => None,
    }
}

/// Criteria that wait for each other's answers would wait for ever.
pub(super) fn cycles(reader: &mut Reader, set: &CriteriaSet) {
    let asks: Vec<Vec<usize>> = set.criteria.iter().map(|criterion| asked(set, criterion.measure.as_ref())).collect();
    let mut told = vec![false; asks.len()];
    for start in 0..asks.len() {
        let Some(round) = way_back(&asks, start).filter(|_| !told[start]) else { continue };
        round.iter().for_each(|at| told[*at] = true);
        if round.len() == 1 {
            continue; // a criterion that asks itself has been refused where it says so
        }
        let codes: Vec<&str> = round.iter().map(|at| set.criteria[*at].code.as_str()).collect();
        reader.code = Some(codes[0].to_owned());
        let say = format!("Các tiêu chí {} chọn cách chấm theo nhau thành vòng tròn.", codes.join(" → "));
        reader.error(&format!("criteria[{start}].measure.on"), say);
        reader.code = None;
    }
}

fn asked(set: &CriteriaSet, measure: Option<&Measure>) -> Vec<usize> {
    let mut asked = Vec::new();
    if let Some(measure) = measure {
        measure.each(&mut |inner| {
            if let Measure::By { on: On::Criterion(code), .. } = inner {
                asked.extend(set.position(code));
            }
        });
    }
    asked
}

/// The criteria on a way from `start` back to it, if there is one.
fn way_back(asks: &[Vec<usize>], start: usize) -> Option<Vec<usize>> {
    let mut seen = vec![false; asks.len()];
    let mut ways = vec![vec![start]];
    while let Some(way) = ways.pop() {
        let last = way.last().copied().unwrap_or(start);
        for next in &asks[last] {
            if *next == start {
                return Some(way);
            }
            if !std::mem::replace(&mut seen[*next], true) {
                ways.push(way.iter().copied().chain([*next]).collect());
            }
        }
    }
    None
}
