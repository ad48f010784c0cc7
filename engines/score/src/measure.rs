//! From an answer to points: what each kind of measure means. Everything is exact; rounding comes later.

use base::Exact;

use crate::answer::Answer;
use crate::set::{Band, Empty, Level, Measure, Slot, With, Within};

/// A value that a measure reads of the whole group: over the units to which the criterion applies and whose value
/// is known, the unit itself included.
#[derive(Clone, Debug, Default)]
pub(crate) struct GroupValue {
    pub best: Option<Exact>,
    pub sum: Exact,
    pub count: u64,
}

impl GroupValue {
    pub fn add(&mut self, value: Exact) {
        self.sum += &value;
        self.count += 1;
        if self.best.as_ref().is_none_or(|best| value > *best) {
            self.best = Some(value);
        }
    }

    pub fn mean(&self) -> Option<Exact> {
        self.sum.checked_div(&Exact::from(self.count))
    }
}

/// Points of an answer out of `max`, or nothing where they are not known. `group` is empty where a unit is looked
/// at alone: what hangs on the others is not known then.
pub(crate) fn points(measure: &Measure, answer: &Answer, max: &Exact, group: &[GroupValue]) -> Option<Exact> {
    match (measure, answer) {
        (_, Answer::Unknown) => None,
        (Measure::YesNo, Answer::Yes(yes)) => Some(if *yes { max.clone() } else { Exact::ZERO }),
        (Measure::Choice { options }, Answer::Choice(option)) => Some(Exact::from(options.get(*option)?.points)),
        (Measure::Bands { bands, none }, answer) => match band_of(bands, none.is_some(), answer)? {
            Reached::Band(band) => Some(Exact::from(band.points)),
            Reached::Below => Some(Exact::ZERO),
            Reached::Nothing => none.map(Exact::from),
            Reached::Empty => None,
        },
        (Measure::Ratio { floor, full_at, empty, .. }, Answer::Share { part, whole }) => {
            if whole.is_zero() {
                return match empty {
                    Empty::Full => Some(max.clone()),
                    Empty::Zero => Some(Exact::ZERO),
                    Empty::Unknown => None,
                };
            }
            let (part, whole) = (Exact::from(part), Exact::from(whole));
            let full = &whole * Exact::from(full_at);
            if part >= full {
                Some(max.clone())
            } else if !floor.is_zero() && part < &whole * Exact::from(floor) {
                Some(Exact::ZERO)
            } else {
                (max * part).checked_div(&full)
            }
        }
        (Measure::Count { each }, Answer::Value(value)) => {
            Some((Exact::from(each) * Exact::from(value)).min(max.clone()))
        }
        (Measure::Checklist { items }, Answer::Items(met)) => {
            let sum: Exact = met.iter().filter_map(|item| items.get(*item)).map(|item| Exact::from(item.points)).sum();
            Some(sum.min(max.clone()))
        }
        (Measure::Deduct { cases, least }, Answer::Cases(counts)) => {
            Some((max - deducted(cases, counts)).max(Exact::from(least)))
        }
        (Measure::Deadline { bands, never }, answer) => {
            let band = days(answer).and_then(|days| within(bands, days));
            Some(Exact::from(band.map_or(*never, |band| band.points)))
        }
        (Measure::Survey { weights, least_answers }, Answer::Tally(tally)) => {
            let mean = mean_weight(weights, tally, *least_answers)?;
            Some(max * mean)
        }
        (Measure::Relative { slot }, Answer::Value(value)) => {
            let best = group.get(*slot)?.best.clone()?;
            Some((max * Exact::from(value)).checked_div(&best).unwrap_or(Exact::ZERO))
        }
        (Measure::Versus { at_or_above, below, .. }, answer) => {
            let (value, against) = compared(measure, answer, group)?;
            Some(Exact::from(if value >= against { at_or_above } else { below }))
        }
        (Measure::BestOf { measures }, Answer::Many(answers)) => best_of(measures, answers, max, group),
        (Measure::By { cases, .. }, Answer::Chosen { case, answer }) => {
            points(&cases.get(*case)?.1, answer, max, group)
        }
        (Measure::Points { .. }, Answer::Value(value)) => Some(Exact::from(value)),
        // The reader of answers makes no other pair.
        _ => None,
    }
}

/// Where a number, or a part of a whole, falls.
pub(crate) enum Reached<'a> {
    Band(&'a Band),
    Below,
    /// The number or the part is 0, and the set says what that gives.
    Nothing,
    /// 0/0, of which the set says nothing.
    Empty,
}

pub(crate) fn band_of<'a>(bands: &'a [Band], has_none: bool, answer: &Answer) -> Option<Reached<'a>> {
    let found =
        |reaches: &dyn Fn(&Band) -> bool| bands.iter().find(|band| reaches(band)).map_or(Reached::Below, Reached::Band);
    match answer {
        Answer::Value(nothing) | Answer::Share { part: nothing, .. } if has_none && nothing.is_zero() => {
            Some(Reached::Nothing)
        }
        Answer::Value(value) => Some(found(&|band| *value >= band.from)),
        Answer::Share { whole, .. } if whole.is_zero() => Some(Reached::Empty),
        Answer::Share { part, whole } => {
            let (part, whole) = (Exact::from(part), Exact::from(whole));
            Some(found(&|band| part >= &whole * Exact::from(band.from)))
        }
        _ => None,
    }
}

/// Points taken off by what occurred.
pub(crate) fn deducted(cases: &[Level], counts: &[u64]) -> Exact {
    cases.iter().zip(counts).map(|(case, count)| Exact::from(case.points) * Exact::from(*count)).sum()
}

/// Calendar days from the reference date to the day it was done; nothing if never.
pub(crate) fn days(answer: &Answer) -> Option<i64> {
    match answer {
        Answer::Dates { from, done } => Some(i64::from((*done - *from).get_days())),
        _ => None,
    }
}

/// The first band that is long enough; the last day is included.
pub(crate) fn within(bands: &[Within], days: i64) -> Option<&Within> {
    bands.iter().find(|band| days <= band.days)
}

/// Mean of the weights over those who answered, unless too few did.
pub(crate) fn mean_weight(weights: &[base::Decimal], tally: &[u64], least: u64) -> Option<Exact> {
    // 128 bits hold the sum of more counts than there are options.
    let answers: i128 = tally.iter().map(|count| i128::from(*count)).sum();
    if answers < i128::from(least) {
        return None;
    }
    let mut weighed = Exact::ZERO;
    for (weight, count) in weights.iter().zip(tally) {
        weighed += Exact::from(weight) * Exact::from(*count);
    }
    weighed.checked_div(&Exact::scaled(answers, 0))
}

/// The two sides of a `versus`: the unit's value, and what it is held against.
pub(crate) fn compared(measure: &Measure, answer: &Answer, group: &[GroupValue]) -> Option<(Exact, Exact)> {
    match (measure, answer) {
        (Measure::Versus { with: With::Mean, slot, .. }, Answer::Value(value)) => {
            Some((Exact::from(value), group.get(*slot)?.mean()?))
        }
        (Measure::Versus { with: With::LastYear, .. }, Answer::OverYears { value, last_year }) => {
            Some((Exact::from(value), Exact::from(last_year)))
        }
        _ => None,
    }
}

/// The best of the measures known, unless one not known could still be better.
fn best_of(measures: &[Measure], answers: &[Answer], max: &Exact, group: &[GroupValue]) -> Option<Exact> {
    let mut best: Option<Exact> = None;
    let mut could: Option<Exact> = None;
    for (measure, answer) in measures.iter().zip(answers) {
        let (side, value) = match points(measure, answer, max, group) {
            Some(points) => (&mut best, points),
            None => (&mut could, most(measure, max)),
        };
        if side.as_ref().is_none_or(|side| value > *side) {
            *side = Some(value);
        }
    }
    match (&best, &could) {
        (Some(best), Some(could)) if could > best => None,
        (None, _) => None,
        _ => best,
    }
}

/// The most a measure can give out of `max`.
pub(crate) fn most(measure: &Measure, max: &Exact) -> Exact {
    let highest = |points: &mut dyn Iterator<Item = base::Decimal>| points.max().map_or(Exact::ZERO, Exact::from);
    match measure {
        Measure::Choice { options } => highest(&mut options.iter().map(|option| option.points)),
        Measure::Bands { bands, none } => {
            highest(&mut bands.iter().map(|band| band.points).chain(*none).chain([base::Decimal::ZERO]))
        }
        Measure::Ratio { full_at, empty, .. } if *full_at > base::Decimal::ONE && *empty != Empty::Full => {
            max.checked_div(&Exact::from(full_at)).unwrap_or_else(|| max.clone())
        }
        Measure::Checklist { items } => {
            items.iter().map(|item| Exact::from(item.points)).sum::<Exact>().min(max.clone())
        }
        Measure::Deadline { bands, never } => highest(&mut bands.iter().map(|band| band.points).chain([*never])),
        Measure::Survey { weights, .. } => max * highest(&mut weights.iter().copied()),
        Measure::Versus { at_or_above, below, .. } => Exact::from(at_or_above).max(Exact::from(below)),
        Measure::BestOf { measures } => measures.iter().map(|inner| most(inner, max)).max().unwrap_or(Exact::ZERO),
        Measure::By { cases, .. } => cases.iter().map(|(_, inner)| most(inner, max)).max().unwrap_or(Exact::ZERO),
        _ => max.clone(),
    }
}

/// The values that a unit brings to the group, each for its slot.
pub(crate) fn group_values(measure: &Measure, answer: &Answer, bring: &mut impl FnMut(Slot, Exact)) {
    match (measure, answer) {
        (Measure::Relative { slot } | Measure::Versus { with: With::Mean, slot, .. }, Answer::Value(value)) => {
            bring(*slot, Exact::from(value));
        }
        (Measure::BestOf { measures }, Answer::Many(answers)) => {
            for (measure, answer) in measures.iter().zip(answers) {
                group_values(measure, answer, bring);
            }
        }
        (Measure::By { cases, .. }, Answer::Chosen { case, answer }) => {
            if let Some((_, measure)) = cases.get(*case) {
                group_values(measure, answer, bring);
            }
        }
        _ => {}
    }
}
