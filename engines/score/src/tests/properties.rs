//! Every kind of measure for any numbers: never over its maximum, monotone where it should be, and exact — held
//! against whole-number arithmetic that knows nothing of the engine.

use proptest::prelude::*;

use super::*;
use crate::answer::Answer;
use crate::measure::{GroupValue, most, points as measure_points};
use crate::set::{Band, Empty, Level, Measure, On, With, Within};

/// Hundredths, as maxima and points are written.
fn cents(cents: i64) -> Decimal {
    Decimal::new(cents, 2)
}

fn of_cents(units: i64) -> Exact {
    Exact::from(cents(units))
}

fn level(points: i64) -> Level {
    Level { name: points.to_string(), points: cents(points) }
}

fn got(measure: &Measure, answer: &Answer, max: i64) -> Exact {
    measure_points(measure, answer, &of_cents(max), &[]).unwrap()
}

/// Any measure whose points are known from one unit alone, with a valid answer, and its maximum in hundredths.
fn any_case() -> impl Strategy<Value = (Measure, Answer, i64)> {
    (1i64..=2000).prop_flat_map(|max| {
        let kinds = prop_oneof![simple(max), counted(max), dated(max), shared(max), polled()];
        let inner = kinds.clone();
        let best_of = proptest::collection::vec(inner.clone(), 1..4).prop_map(|pairs| {
            let (measures, answers) = pairs.into_iter().unzip();
            (Measure::BestOf { measures }, Answer::Many(answers))
        });
        let by = inner.prop_map(|(measure, answer)| {
            let cases = vec![("khác".to_owned(), Measure::YesNo), ("này".to_owned(), measure)];
            (Measure::By { on: On::Phase, cases }, Answer::Chosen { case: 1, answer: Box::new(answer) })
        });
        prop_oneof![5 => kinds, 1 => best_of, 1 => by].prop_map(move |(measure, answer)| (measure, answer, max))
    })
}

type Case = (Measure, Answer);

fn simple(max: i64) -> BoxedStrategy<Case> {
    let yes_no = any::<bool>().prop_map(|yes| (Measure::YesNo, Answer::Yes(yes)));
    let choice =
        (proptest::collection::vec(-max..=max, 1..6), any::<prop::sample::Index>()).prop_map(|(points, at)| {
            let at = at.index(points.len());
            (Measure::Choice { options: points.into_iter().map(level).collect() }, Answer::Choice(at))
        });
    let points = (0..=max).prop_map(|value| (Measure::Points { step: cents(1) }, Answer::Value(cents(value))));
    let versus = (0..=max, 0..=max, any::<i32>(), any::<i32>()).prop_map(|(above, below, value, last)| {
        let measure = Measure::Versus { with: With::LastYear, at_or_above: cents(above), below: cents(below), slot: 0 };
        (measure, Answer::OverYears { value: cents(value.into()), last_year: cents(last.into()) })
    });
    prop_oneof![yes_no, choice, points, versus].boxed()
}

fn counted(max: i64) -> BoxedStrategy<Case> {
    let count = (1i64..500, 0i64..10_000)
        .prop_map(|(each, value)| (Measure::Count { each: cents(each) }, Answer::Value(cents(value))));
    let checklist = proptest::collection::vec((0..=max, any::<bool>()), 1..8).prop_map(move |items| {
        let count = items.len() as i64;
        let met = items.iter().enumerate().filter(|(_, (_, met))| *met).map(|(at, _)| at).collect();
        let items = items.into_iter().map(|(points, _)| level(points / count)).collect();
        (Measure::Checklist { items }, Answer::Items(met))
    });
    let deduct = (proptest::collection::vec((0i64..300, 0u64..9), 1..5), -100..=max).prop_map(|(cases, least)| {
        let (points, counts): (Vec<i64>, Vec<u64>) = cases.into_iter().unzip();
        (Measure::Deduct { cases: points.into_iter().map(level).collect(), least: cents(least) }, Answer::Cases(counts))
    });
    prop_oneof![count, checklist, deduct].boxed()
}

fn dated(max: i64) -> BoxedStrategy<Case> {
    let bands = proptest::collection::btree_map(-40i64..400, 0..=max, 1..5);
    let measure = (bands, 0..=max).prop_map(|(bands, never)| Measure::Deadline {
        bands: bands.into_iter().map(|(days, points)| Within { days, points: cents(points) }).collect(),
        never: cents(never),
    });
    let answer = prop_oneof![4 => (-400i32..800).prop_map(done_after), 1 => Just(Answer::Never)];
    (measure, answer).boxed()
}

fn done_after(days: i32) -> Answer {
    let from = base::Date::constant(2026, 1, 10);
    Answer::Dates { from, done: from.checked_add(base_days(days)).unwrap() }
}

fn base_days(days: i32) -> jiff::Span {
    jiff::Span::new().days(days)
}

fn shared(max: i64) -> BoxedStrategy<Case> {
    let share = (0i64..5000, 1i64..5000).prop_map(|(a, b)| (a.min(b), a.max(b)));
    let ratio = (share.clone(), 0i64..=100, 1i64..=100).prop_map(|((part, whole), floor, full_at)| {
        (ratio(floor.min(full_at), full_at), Answer::Share { part: part.into(), whole: whole.into() })
    });
    let bands = proptest::collection::btree_map(0i64..=100, 0..=max, 1..5);
    let bands = (bands, share, proptest::option::of(0..=max)).prop_map(|(bands, (part, whole), none)| {
        let bands = bands.into_iter().rev().map(|(from, points)| Band { from: cents(from), points: cents(points) });
        let measure = Measure::Bands { bands: bands.collect(), none: none.map(cents) };
        (measure, Answer::Share { part: part.into(), whole: whole.into() })
    });
    prop_oneof![ratio, bands].boxed()
}

fn ratio(floor: i64, full_at: i64) -> Measure {
    let (part, whole) = ("a".into(), "b".into());
    Measure::Ratio { part, whole, floor: cents(floor), full_at: cents(full_at), empty: Empty::Zero }
}

fn polled() -> BoxedStrategy<Case> {
    let options = proptest::collection::vec((0i64..=100, 0u64..10_000), 1..6);
    options
        .prop_filter("somebody answered", |options| options.iter().any(|(_, count)| *count > 0))
        .prop_map(|options| {
            let (weights, tally): (Vec<i64>, Vec<u64>) = options.into_iter().unzip();
            (
                Measure::Survey { weights: weights.into_iter().map(cents).collect(), least_answers: 1 },
                Answer::Tally(tally),
            )
        })
        .boxed()
}

/// What is relative to others: values of a group, in hundredths.
fn group_of(values: &[i64]) -> Vec<GroupValue> {
    let mut group = GroupValue::default();
    values.iter().for_each(|value| group.add(of_cents(*value)));
    vec![group]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn never_over_the_maximum((measure, answer, max) in any_case()) {
        let points = got(&measure, &answer, max);
        prop_assert!(points <= of_cents(max), "{measure:?} {answer:?} gives {points} of {max}");
        prop_assert!(points <= most(&measure, &of_cents(max)), "{measure:?}: the bound of best-of is no bound");
    }

    #[test]
    fn unknown_stays_unknown((measure, _, max) in any_case()) {
        prop_assert_eq!(measure_points(&measure, &Answer::Unknown, &of_cents(max), &[]), None);
    }

    #[test]
    fn best_of_is_the_best(pairs in proptest::collection::vec(shared(500), 1..5)) {
        let (measures, answers): (Vec<Measure>, Vec<Answer>) = pairs.into_iter().unzip();
        let best = measures.iter().zip(&answers).map(|(measure, answer)| got(measure, answer, 500)).max();
        let points = got(&Measure::BestOf { measures }, &Answer::Many(answers), 500);
        prop_assert_eq!(Some(points), best);
    }

    #[test]
    fn ratio_is_monotone_and_exact(max in 1i64..2000, whole in 1i64..2000, a in 0i64..2000, b in 0i64..2000,
        floor in 0i64..=100, full_at in 1i64..=100) {
        let (a, b, floor) = (a.min(whole), b.min(whole), floor.min(full_at));
        let measure = ratio(floor, full_at);
        let answer = |part: i64| Answer::Share { part: part.into(), whole: whole.into() };
        let points = |part| got(&measure, &answer(part), max);
        prop_assert!(points(a.min(b)) <= points(a.max(b)));
        // In whole numbers: r = a/whole, bounds in hundredths, max in hundredths.
        let expected = if 100 * a >= full_at * whole {
            of_cents(max)
        } else if 100 * a < floor * whole {
            Exact::ZERO
        } else {
            frac(max * a, whole * full_at)
        };
        prop_assert_eq!(points(a), expected);
    }

    #[test]
    fn bands_are_monotone_where_their_points_are(max in 1i64..500, froms in proptest::collection::btree_set(0i64..1000, 1..5),
        a in 0i64..1200, b in 0i64..1200) {
        let count = froms.len() as i64;
        let rows: Vec<(i64, i64)> = froms.into_iter().rev().enumerate().map(|(i, from)| (from, max * (count - i as i64) / count)).collect();
        let bands = rows.iter().map(|(from, points)| Band { from: cents(*from), points: cents(*points) }).collect();
        let measure = Measure::Bands { bands, none: None };
        let points = |value: i64| got(&measure, &Answer::Value(cents(value)), max);
        prop_assert!(points(a.min(b)) <= points(a.max(b)));
        let expected = rows.iter().find(|(from, _)| a >= *from).map_or(0, |(_, points)| *points);
        prop_assert_eq!(points(a), of_cents(expected));
    }

    #[test]
    fn count_is_monotone_and_exact(max in 1i64..2000, each in 1i64..300, a in 0i64..2000, b in 0i64..2000) {
        let measure = Measure::Count { each: cents(each) };
        let points = |value: i64| got(&measure, &Answer::Value(value.into()), max);
        prop_assert!(points(a.min(b)) <= points(a.max(b)));
        prop_assert_eq!(points(a), of_cents((each * a).min(max)));
    }

    #[test]
    fn one_item_more_is_never_less(points in proptest::collection::vec(0i64..300, 1..8), met in proptest::collection::vec(any::<bool>(), 8), one in 0usize..8) {
        let max: i64 = points.iter().sum();
        let measure = Measure::Checklist { items: points.iter().copied().map(level).collect() };
        let of = |met: &[bool]| {
            let items: Vec<usize> = (0..points.len()).filter(|at| met[*at]).collect();
            let expected: i64 = items.iter().map(|at| points[*at]).sum();
            let got = got(&measure, &Answer::Items(items), max);
            assert_eq!(got, of_cents(expected));
            got
        };
        let mut more = met.clone();
        more[one] = true;
        prop_assert!(of(&met) <= of(&more));
    }

    #[test]
    fn one_case_more_is_never_better(max in 1i64..1000, least in -500i64..=0, cases in proptest::collection::vec((0i64..300, 0u64..5), 1..5), one in 0usize..5) {
        let (points, counts): (Vec<i64>, Vec<u64>) = cases.into_iter().unzip();
        let measure = Measure::Deduct { cases: points.iter().copied().map(level).collect(), least: cents(least) };
        let mut more = counts.clone();
        more[one % counts.len()] += 1;
        let of = |counts: &[u64]| got(&measure, &Answer::Cases(counts.to_vec()), max);
        prop_assert!(of(&more) <= of(&counts));
        let off: i64 = points.iter().zip(&counts).map(|(points, count)| points * *count as i64).sum();
        prop_assert_eq!(of(&counts), of_cents((max - off).max(least)));
    }

    #[test]
    fn later_is_never_better(max in 1i64..500, days in proptest::collection::btree_set(0i64..400, 1..5), a in -100i32..500, b in -100i32..500) {
        let count = days.len() as i64;
        let bands: Vec<Within> = days.into_iter().enumerate().map(|(i, days)| Within { days, points: cents(max * (count - i as i64) / count) }).collect();
        let expected = bands.iter().find(|band| i64::from(a) <= band.days).map_or(Exact::ZERO, |band| Exact::from(band.points));
        let measure = Measure::Deadline { bands, never: Decimal::ZERO };
        let points = |days| got(&measure, &done_after(days), max);
        prop_assert!(points(a.max(b)) <= points(a.min(b)));
        prop_assert_eq!(points(a), expected);
    }

    #[test]
    fn survey_is_exact_and_one_better_answer_is_never_worse(max in 1i64..2000, tally in proptest::collection::vec(0u64..2000, 4), from in 1usize..4) {
        prop_assume!(tally.iter().sum::<u64>() > 0);
        let weights = [100i64, 60, 20, 0];
        let measure = Measure::Survey { weights: weights.iter().copied().map(cents).collect(), least_answers: 1 };
        let points = |tally: &[u64]| got(&measure, &Answer::Tally(tally.to_vec()), max);
        let (sum, count) = tally.iter().zip(weights).fold((0i64, 0i64), |(sum, count), (n, weight)| (sum + *n as i64 * weight, count + *n as i64));
        prop_assert_eq!(points(&tally), frac(max * sum, 10_000 * count));
        if tally[from] > 0 {
            let mut better = tally.clone();
            better[from] -= 1;
            better[from - 1] += 1;
            prop_assert!(points(&tally) <= points(&better));
        }
    }

    #[test]
    fn relative_is_monotone_exact_and_the_best_has_the_maximum(max in 1i64..2000, values in proptest::collection::vec(0i64..100_000, 1..20)) {
        let (group, measure) = (group_of(&values), Measure::Relative { slot: 0 });
        let best = values.iter().copied().max().unwrap();
        let points: Vec<Exact> = values.iter().map(|value| measure_points(&measure, &Answer::Value(cents(*value)), &of_cents(max), &group).unwrap()).collect();
        for (value, points) in values.iter().zip(&points) {
            let expected = if best == 0 { Exact::ZERO } else { frac(max * value, 100 * best) };
            prop_assert_eq!(points, &expected);
            prop_assert!(*points <= of_cents(max));
        }
    }

    #[test]
    fn versus_the_mean_is_exact_and_monotone(values in proptest::collection::vec(-1000i64..1000, 1..20)) {
        let group = group_of(&values);
        let measure = Measure::Versus { with: With::Mean, at_or_above: cents(200), below: cents(50), slot: 0 };
        let (sum, count) = (values.iter().sum::<i64>(), values.len() as i64);
        for value in &values {
            let points = measure_points(&measure, &Answer::Value(cents(*value)), &of_cents(200), &group).unwrap();
            prop_assert_eq!(points, of_cents(if value * count >= sum { 200 } else { 50 }));
        }
    }
}

/// Trees of two levels with any leaves away, for what is shared.
fn any_tree() -> impl Strategy<Value = Vec<Vec<(i64, i64, bool)>>> {
    let leaf = (1i64..500, 0i64..500, any::<bool>()).prop_map(|(max, points, away)| (max, points.min(max), away));
    proptest::collection::vec(proptest::collection::vec(leaf, 1..5), 1..5)
}

fn tree_set(tree: &[Vec<(i64, i64, bool)>], policy: &str) -> (CriteriaSet, Value) {
    let (mut criteria, mut answers) = (Vec::new(), serde_json::Map::new());
    for (i, field) in tree.iter().enumerate() {
        criteria.push(json!({ "code": i.to_string(), "name": "a" }));
        for (j, (max, points, away)) in field.iter().enumerate() {
            let code = format!("{i}.{j}");
            criteria.push(json!({ "code": code, "name": "a", "max": cents(*max).to_string(), "measure": { "kind": "points", "step": "0.01" } }));
            answers.insert(code, json!({ "value": cents(*points).to_string(), "not_applicable": away }));
        }
    }
    let more = json!({ "not_applicable": policy, "rounding": { "total": 2 } });
    (set(Value::Array(criteria), more), Value::Object(answers))
}

proptest! {
    #[test]
    fn sharing_keeps_the_maximum_as_long_as_anything_applies(tree in any_tree()) {
        let (set, answers) = tree_set(&tree, "share");
        let unit = one(&set, answers);
        let all: i64 = tree.iter().flatten().map(|(max, ..)| max).sum();
        let expected = if tree.iter().flatten().all(|(.., away)| *away) { Exact::ZERO } else { of_cents(all) };
        prop_assert_eq!(&unit.applicable_max, &expected);
        let lines: Exact = unit.lines.iter().map(|line| line.max.clone()).sum();
        prop_assert_eq!(lines, expected);
        prop_assert!(unit.lines.iter().all(|line| line.points.clone().unwrap() <= line.max));
    }

    #[test]
    fn excluding_and_full_are_what_they_say(tree in any_tree()) {
        let (applies, points): (i64, i64) = tree.iter().flatten().filter(|(.., away)| !away).fold((0, 0), |(max, sum), leaf| (max + leaf.0, sum + leaf.1));
        let gone: i64 = tree.iter().flatten().filter(|(.., away)| *away).map(|(max, ..)| max).sum();
        let (set, answers) = tree_set(&tree, "exclude");
        let unit = one(&set, answers);
        prop_assert_eq!((unit.so_far, unit.applicable_max), (of_cents(points), of_cents(applies)));
        let (set, answers) = tree_set(&tree, "full");
        let unit = one(&set, answers);
        prop_assert_eq!((unit.so_far, unit.applicable_max), (of_cents(points + gone), of_cents(applies + gone)));
    }

    #[test]
    fn every_field_is_the_sum_of_its_lines(tree in any_tree()) {
        let (set, answers) = tree_set(&tree, "share");
        let unit = one(&set, answers);
        for subtotal in &unit.subtotals {
            let own = unit.lines.iter().filter(|line| set.parent(&set.criteria[line.position].code) == Some(&set.criteria[subtotal.position]));
            let sum: Exact = own.map(|line| line.points.clone().unwrap()).sum();
            prop_assert_eq!(subtotal.points.clone(), Some(sum));
        }
        let fields: Exact = unit.subtotals.iter().map(|subtotal| subtotal.so_far.clone()).sum();
        prop_assert_eq!(fields, unit.so_far);
    }
}
