//! Two provinces are merged, a district is gone: both years on either tree come to the same.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
use super::*;
use crate::regime;
use indicator::Nature;

fn id<T: std::str::FromStr>(nth: usize) -> T
where
    T::Err: std::fmt::Debug,
{
    format!("00000000-0000-7000-8000-{nth:012}").parse().unwrap()
}

const MERGED: &str = "2025-07-01";

/// Name, what it lies in, from, to, what it became and how.
type Line =
    (&'static str, Option<&'static str>, &'static str, Option<&'static str>, &'static [(&'static str, &'static str)]);

const UNITS: &[Line] = &[
    ("A", None, "2011-01-01", Some(MERGED), &[("T", "merge")]),
    ("B", None, "2011-01-01", Some(MERGED), &[("T", "merge")]),
    // A district, and its two communes.
    ("huyen", Some("A"), "2011-01-01", Some(MERGED), &[("x", "split"), ("y", "split")]),
    ("a1", Some("huyen"), "2011-01-01", Some(MERGED), &[("x", "merge")]),
    ("a2", Some("huyen"), "2011-01-01", Some(MERGED), &[("y", "merge")]),
    ("b1", Some("B"), "2011-01-01", Some(MERGED), &[("y", "merge")]),
    ("T", None, MERGED, None, &[]),
    ("x", Some("T"), MERGED, None, &[]),
    ("y", Some("T"), MERGED, None, &[]),
];

fn named(name: &str) -> usize {
    UNITS.iter().position(|line| line.0 == name).unwrap()
}

fn world() -> World {
    let unit = |(at, line): (usize, &Line)| Unit {
        id: id(at),
        key: line.0.to_lowercase(),
        name: line.0.into(),
        short: line.0.into(),
        kind: "xa".into(),
        parent: line.1.map(|parent| id(named(parent))),
        from: line.2.parse().unwrap(),
        to: line.3.map(|to| to.parse().unwrap()),
        code_old: None,
        code_new: None,
        sample: true,
        version: 1,
    };
    let units = UNITS.iter().enumerate().map(unit).collect();
    let became = |(at, line): (usize, &Line)| {
        let one = move |(to, how): &(&str, &str)| Successor {
            unit: id(at),
            successor: id(named(to)),
            how: (*how).into(),
            on: MERGED.parse().unwrap(),
        };
        line.4.iter().map(one).collect::<Vec<_>>()
    };
    let successors: Vec<Successor> = UNITS.iter().enumerate().flat_map(became).collect();
    World::of(units, &successors)
}

/// The quarterly report on reform: received of it, and received online.
fn ready() -> Arc<Ready> {
    let (sets, regimes) = crate::actions::embedded().unwrap();
    let file = regimes.iter().find(|one| one.code == "cchc-quy").unwrap();
    let set = sets.iter().find(|one| one.code == file.indicators).unwrap();
    Arc::new(regime::read(file, &indicator::read(set).unwrap()).unwrap())
}

fn part(ready: &Arc<Ready>, period: &str, unit: &str, told: Option<(i64, i64)>) -> Part {
    let form = &ready.forms[0];
    let place = |code: &str| {
        let indicator = ready.set.place(code).unwrap();
        form.place(Figure { indicator, part: None, nature: Nature::Actual }).unwrap()
    };
    let sheets = told.map(|(received, online)| {
        let mut figures = vec![None; form.figures.len()];
        (figures[place("TN.TK")], figures[place("TN.TT")]) = (Some(received), Some(online));
        BTreeMap::from([(form.code.clone(), sheet::written(&figures))])
    });
    let period: Period = period.parse().unwrap();
    let closed = period.days(ready.file.closing).unwrap().1.yesterday().unwrap();
    Part { report: id(named(unit)), unit: id(named(unit)), period, closed, ready: ready.clone(), asks: vec![], sheets }
}

fn parts(ready: &Arc<Ready>) -> Vec<Part> {
    vec![
        part(ready, "2024-Q4", "huyen", Some((100, 40))),
        part(ready, "2024-Q4", "a1", Some((10, 1))),
        part(ready, "2024-Q4", "a2", Some((20, 2))),
        part(ready, "2024-Q4", "b1", Some((7, 7))),
        part(ready, "2026-Q3", "x", Some((60, 45))),
        part(ready, "2026-Q3", "y", Some((40, 30))),
    ]
}

fn wanted(ready: &Arc<Ready>, code: &str) -> Wanted {
    let indicator = ready.set.place(code).unwrap();
    Wanted::of(ready.clone(), vec![Figure { indicator, part: None, nature: Nature::Actual }])
}

/// Lines with their depth, and what stands in each period.
fn told(cube: &Cube, world: &World) -> Vec<(String, usize, Vec<String>)> {
    let value = |unit: usize, period: usize| {
        let point = cube.point(unit, period, 0);
        let mark = if point.is_moved { "*" } else { "" };
        let rest = if point.have < point.of { format!(" {}/{}", point.have, point.of) } else { String::new() };
        point.value.map_or("-".to_owned(), |value| format!("{}{mark}", value.normalize())) + &rest
    };
    let line = |(unit, depth): &(usize, usize)| {
        let periods = (0..cube.periods.len()).map(|period| value(*unit, period)).collect();
        (world.units[*unit].name.clone(), *depth, periods)
    };
    cube.lines.iter().map(line).collect()
}

fn rows(lines: &[(&str, usize, &str, &str)]) -> Vec<(String, usize, Vec<String>)> {
    lines.iter().map(|(name, depth, one, two)| ((*name).into(), *depth, vec![(*one).into(), (*two).into()])).collect()
}

#[test]
fn each_year_on_its_own_tree_and_both_on_todays_come_to_the_same() {
    let (world, ready) = (world(), ready());
    let parts = parts(&ready);
    let cube = Cube::of(&world, wanted(&ready, "TN.TK"), None, &parts, &[]);
    // A has nothing but its district, and B nothing but one commune: whoever only lies around one is no line.
    let then = [("huyen", 0, "130", "-"), ("a1", 1, "10", "-"), ("a2", 1, "20", "-"), ("b1", 0, "7", "-")];
    let now = [("T", 0, "-", "100"), ("x", 1, "-", "60"), ("y", 1, "-", "40")];
    assert_eq!(told(&cube, &world), rows(&[&then[..], &now[..]].concat()));

    // Nobody knows how the district's hundred divides: it is the province's, and nothing is lost.
    let today = Some("2026-11-29".parse().unwrap());
    let cube = Cube::of(&world, wanted(&ready, "TN.TK"), today, &parts, &[]);
    assert_eq!(told(&cube, &world), rows(&[("T", 0, "137*", "100"), ("x", 1, "10*", "60"), ("y", 1, "27*", "40")]));
    assert_eq!(137, 100 + 10 + 20 + 7);
}

#[test]
fn a_ratio_is_that_of_the_sums_and_says_of_how_many_it_is() {
    let (world, ready) = (world(), ready());
    let mut parts = parts(&ready);
    let today = Some("2026-11-29".parse().unwrap());
    let cube = Cube::of(&world, wanted(&ready, "TN.TYLE"), today, &parts, &[]);
    // 50 of 137, 1 of 10, 9 of 27; 75 of 100, 45 of 60, 30 of 40.
    let all = [("T", 0, "36.5*", "75"), ("x", 1, "10*", "75"), ("y", 1, "33.3*", "75")];
    assert_eq!(told(&cube, &world), rows(&all));
    // One has not sent: the province's ratio is missing, not that of the other.
    parts[5].sheets = None;
    let cube = Cube::of(&world, wanted(&ready, "TN.TYLE"), today, &parts, &[]);
    let all = [("T", 0, "36.5*", "- 1/2"), ("x", 1, "10*", "75"), ("y", 1, "33.3*", "- 0/1")];
    assert_eq!(told(&cube, &world), rows(&all));
}

#[test]
fn a_figure_opens_the_reports_that_it_is_made_of() {
    let (world, ready) = (world(), ready());
    let parts: Vec<Part> = parts(&ready).into_iter().filter(|part| part.period.to_string() == "2024-Q4").collect();
    let wanted = wanted(&ready, "TN.TYLE");
    let opened = |unit: &str, day: Option<Date>| {
        let all = entries(&world, &wanted, day, &parts, named(unit));
        let one = |entry: Entry| {
            let figures: Vec<String> = entry.figures.iter().map(|one| one.0.unwrap().to_string()).collect();
            (
                world.units[entry.unit].name.clone(),
                entry.lands.map(|at| world.units[at].name.clone()),
                figures.join(" of "),
            )
        };
        all.into_iter().map(one).collect::<Vec<_>>()
    };
    let basis: Vec<&str> = basis(&wanted).iter().map(|of| ready.set.indicators[of.indicator].code.as_str()).collect();
    let (first, second) = if basis == ["TN.TT", "TN.TK"] { (0, 1) } else { (1, 0) };
    let say = |told: [&str; 2]| format!("{} of {}", told[first], told[second]);
    let today = Some("2026-11-29".parse().unwrap());
    let y = |name: &str, told| (name.to_owned(), Some("y".to_owned()), say(told));
    assert_eq!(opened("y", today), [y("a2", ["2", "20"]), y("b1", ["7", "7"])]);
    assert_eq!(opened("T", today).len(), 4);
    assert_eq!(opened("huyen", None).len(), 3);
    assert_eq!(opened("y", None).len(), 0, "it was not there then");
}
