//! A parent's maximum is the sum of the children that apply, for every kind of unit.

use base::Exact;
use base::number::vi;

use crate::read::Reader;
use crate::set::CriteriaSet;

pub(super) fn maxima(reader: &mut Reader, set: &CriteriaSet) {
    let kinds = set.kinds();
    for at in 0..set.criteria.len() {
        let criterion = &set.criteria[at];
        let Some(stated) = criterion.max.filter(|_| !criterion.is_leaf() && !set.tree.children[at].is_empty()) else {
            continue;
        };
        let there: Vec<&str> = kinds.iter().copied().filter(|kind| set.exists_for(at, kind)).collect();
        let wrong: Vec<(&str, Exact)> = there
            .iter()
            .map(|kind| (*kind, sum_of_children(set, at, kind)))
            .filter(|(_, sum)| *sum != Exact::from(stated))
            .collect();
        reader.code = Some(criterion.code.clone());
        for (i, (kind, sum)) in wrong.iter().enumerate() {
            // The same wrong sum for every kind is one mistake, not one for each kind.
            if wrong[..i].iter().any(|(_, before)| before == sum) {
                continue;
            }
            let same = wrong.iter().filter(|(_, other)| other == sum).count() == there.len();
            let whose =
                if same || kind.is_empty() { String::new() } else { format!(" với loại đơn vị “{kind}”") };
            let sum = vi(&sum.round(12));
            let say = format!(
                "Tiêu chí {}: ghi tối đa {} nhưng các tiêu chí con cộng lại được {sum}{whose}.",
                criterion.code,
                vi(&stated)
            );
            reader.error(&format!("criteria[{at}].max"), say);
        }
        if let Some(cap) = criterion.cap
            && cap > stated
        {
            reader.warn(&format!("criteria[{at}].cap"), "Mức trần cao hơn tổng các tiêu chí trong nhóm.");
        }
        reader.code = None;
    }
}

/// Maxima of the children there for a kind. A child's stated maximum stands even where its own children do not add
/// up: that is said once, at the child.
fn sum_of_children(set: &CriteriaSet, at: usize, kind: &str) -> Exact {
    let children = set.tree.children[at].iter().copied().filter(|child| set.exists_for(*child, kind));
    children
        .map(|child| match set.criteria[child].max {
            Some(stated) => Exact::from(stated),
            None => sum_of_children(set, child, kind),
        })
        .sum()
}

/// Numbering that jumps (1.1, 1.3) is odd and real: said, not refused.
pub(super) fn numbering(reader: &mut Reader, set: &CriteriaSet) {
    let tops: Vec<usize> = (0..set.criteria.len()).filter(|at| set.tree.parent[*at].is_none()).collect();
    for siblings in std::iter::once(&tops).chain(&set.tree.children) {
        for pair in siblings.windows(2) {
            let [before, after] = pair else { continue };
            let (Some(low), Some(high)) = (number(set, *before), number(set, *after)) else { continue };
            if high != low + 1 && high != low {
                let code = set.criteria[*after].code.clone();
                let say = format!("Số thứ tự nhảy cóc: {code} đứng ngay sau {}.", set.criteria[*before].code);
                reader.code = Some(code);
                reader.warn(&format!("criteria[{after}].code"), say);
                reader.code = None;
            }
        }
    }
}

/// The last part of a code as a number: 12, or XII.
fn number(set: &CriteriaSet, at: usize) -> Option<u32> {
    let last = set.criteria[at].code.rsplit('.').next()?;
    last.parse().ok().or_else(|| roman(last))
}

fn roman(text: &str) -> Option<u32> {
    let digit = |letter| match letter {
        'I' => Some(1),
        'V' => Some(5),
        'X' => Some(10),
        'L' => Some(50),
        _ => None,
    };
    let digits: Vec<u32> = text.chars().map(digit).collect::<Option<_>>()?;
    let mut sum = 0;
    for (i, digit) in digits.iter().enumerate() {
        // A smaller digit before a greater is taken off: IV is 4.
        if digits.get(i + 1).is_some_and(|next| next > digit) {
            sum -= i64::from(*digit);
        } else {
            sum += i64::from(*digit);
        }
    }
    u32::try_from(sum).ok()
}
