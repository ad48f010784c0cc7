//! What can only be said of a whole set: that codes form a tree, that maxima add up for every kind of unit, that
//! a measure chosen by another criterion's answer can be chosen.

mod by;
mod sums;

use std::collections::HashMap;

use base::number::vi;

use crate::near;
use crate::read::Reader;
use crate::set::{CriteriaSet, GroupKind, Measure, NotApplicable, SurveyNotHeld, Ties};
use crate::tree::parent_code;

pub(crate) fn check(reader: &mut Reader, set: &CriteriaSet) {
    header(reader, set);
    let mut first: HashMap<&str, usize> = HashMap::new();
    for (at, criterion) in set.criteria.iter().enumerate() {
        reader.code = Some(criterion.code.clone());
        code(reader, set, at, &mut first);
        place_in_tree(reader, set, at);
        group(reader, set, at);
        kinds(reader, set, at);
        if let Some(measure) = &criterion.measure {
            by::cases(reader, set, at, measure, &format!("criteria[{at}].measure"));
        }
        reader.code = None;
    }
    by::cycles(reader, set);
    sums::maxima(reader, set);
    sums::numbering(reader, set);
}

fn header(reader: &mut Reader, set: &CriteriaSet) {
    for (i, pair) in set.ratings.windows(2).enumerate() {
        let [above, below] = pair else { continue };
        if below.from >= above.from {
            let place = format!("ratings[{}].from", i + 1);
            let say = format!(
                "Mức “{}” (từ {}) đứng sau “{}” (từ {}): xếp các mức từ cao xuống thấp, không trùng nhau.",
                below.name,
                vi(&below.from),
                above.name,
                vi(&above.from)
            );
            reader.error(&place, say);
        }
    }
    for (i, rating) in set.ratings.iter().enumerate() {
        if set.ratings[..i].iter().any(|above| above.name == rating.name) {
            reader.error(&format!("ratings[{i}].name"), format!("Mức “{}” ghi hai lần.", rating.name));
        }
    }
    if let Some(lowest) = set.ratings.last()
        && lowest.from.is_sign_positive()
        && !lowest.from.is_zero()
    {
        let say = format!("Chỉ số dưới {} không có mức xếp loại.", vi(&lowest.from));
        reader.warn("ratings", say);
    }
    if let Ties::By(codes) = &set.ties {
        for code in codes.iter().filter(|code| set.position(code).is_none()) {
            let hint = near::suggestion(code, set.criteria.iter().map(|criterion| criterion.code.as_str()));
            reader.error(
                "ties",
                format!("Phân hạng khi bằng nhau theo tiêu chí {code}, nhưng bộ không có mã này.{hint}"),
            );
        }
    }
    let surveyed = set.criteria.iter().any(|criterion| criterion.is_leaf() && criterion.is_survey());
    if set.survey_not_held == SurveyNotHeld::Rescale && !surveyed {
        reader.warn("survey_not_held", "Bộ không có tiêu chí nào lấy điểm từ điều tra xã hội học.");
    }
}

fn code<'a>(reader: &mut Reader, set: &'a CriteriaSet, at: usize, first: &mut HashMap<&'a str, usize>) {
    let code = set.criteria[at].code.as_str();
    let place = format!("criteria[{at}].code");
    if let Some(before) = first.get(code) {
        let say = format!("Mã {code} ghi hai lần (lần đầu ở khối tiêu chí thứ {}).", before + 1);
        reader.error(&place, say);
        return;
    }
    first.insert(code, at);
    let well_formed = code.split('.').all(|part| !part.is_empty()) && !code.contains(char::is_whitespace);
    if !well_formed && !code.starts_with("criteria[") {
        reader.error(&place, format!("Mã “{code}” viết sai: các phần cách nhau bằng một dấu chấm, không có dấu cách."));
    } else if let Some(parent) = parent_code(code)
        && set.position(parent).is_none()
    {
        reader.error(&place, format!("Tiêu chí {code} không có tiêu chí cha {parent}."));
    }
}

fn place_in_tree(reader: &mut Reader, set: &CriteriaSet, at: usize) {
    let criterion = &set.criteria[at];
    // Of a code written twice the first has the children; the second has been refused already.
    if set.position(&criterion.code) != Some(at) {
        return;
    }
    match (set.tree.children[at].is_empty(), criterion.is_leaf()) {
        (false, true) => {
            let say = format!(
                "Tiêu chí {} vừa có cách chấm vừa có tiêu chí con; chỉ tiêu chí không có con mới được chấm.",
                criterion.code
            );
            reader.error(&format!("criteria[{at}].measure"), say);
        }
        (true, false) => {
            let say = format!("Tiêu chí {} chưa có cách chấm (measure) mà cũng không có tiêu chí con.", criterion.code);
            reader.error(&format!("criteria[{at}]"), say);
        }
        _ => {}
    }
    if criterion.is_leaf() && criterion.max.is_some_and(|max| max.is_zero()) {
        reader.warn(&format!("criteria[{at}].max"), "Điểm tối đa là 0: tiêu chí chỉ để theo dõi.");
    }
}

fn group(reader: &mut Reader, set: &CriteriaSet, at: usize) {
    let criterion = &set.criteria[at];
    let place = |key: &str| format!("criteria[{at}].{key}");
    if criterion.group.is_some() && set.tree.parent[at].is_some() {
        let say = format!("Tiêu chí {}: nhóm điểm thưởng, điểm trừ chỉ đặt ở cấp cao nhất.", criterion.code);
        reader.error(&place("group"), say);
    }
    if criterion.cap.is_some() && criterion.group.is_none() {
        let say = format!("Tiêu chí {}: “cap” chỉ dùng cho nhóm điểm thưởng, điểm trừ.", criterion.code);
        reader.error(&place("cap"), say);
    }
    let Some(group) = set.group_of(at) else { return };
    if !matches!(criterion.not_applicable, None | Some(NotApplicable::Exclude)) {
        let say = "Trong nhóm điểm thưởng, điểm trừ, tiêu chí không áp dụng luôn để ngoài (exclude).";
        reader.warn(&place("not_applicable"), say);
    }
    let other = criterion.measure.as_ref().filter(|measure| !matches!(measure, Measure::Count { .. }));
    if let (GroupKind::Penalty, Some(measure)) = (group, other) {
        let say = format!(
            "Tiêu chí {}: điểm trừ phải đếm theo lần hoặc theo ngày (kind = \"count\"), không phải “{}”.",
            criterion.code,
            measure.kind()
        );
        reader.error(&place("measure.kind"), say);
    }
}

fn kinds(reader: &mut Reader, set: &CriteriaSet, at: usize) {
    let criterion = &set.criteria[at];
    let place = format!("criteria[{at}].applies_to");
    for kind in criterion.applies_to.iter().filter(|kind| !set.is_for(kind)) {
        let hint = near::suggestion(kind, set.applies_to.iter().map(String::as_str));
        reader.warn(&place, format!("Bộ tiêu chí không dùng cho loại đơn vị “{kind}”.{hint}"));
    }
    if !set.kinds().iter().any(|kind| set.exists_for(at, kind)) {
        reader.warn(&place, format!("Tiêu chí {} không áp dụng cho loại đơn vị nào.", criterion.code));
    }
}
