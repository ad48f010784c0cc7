#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
use super::*;
use base::Exact;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct Auto {
    auto: Vec<Line>,
}

#[derive(Deserialize)]
struct Line {
    set: String,
    criterion: String,
    answer: BTreeMap<String, String>,
}

#[test]
fn each_component_of_the_set_has_its_facts_as_the_index_reads_them() {
    let index = index().unwrap();
    let leaves: Vec<&str> =
        index.set.criteria.iter().filter(|one| one.is_leaf()).map(|one| one.code.as_str()).collect();
    let ours: Vec<&str> = index.components.iter().map(|one| one.criterion.as_str()).collect();
    assert_eq!(ours, leaves);
    let auto: Auto = toml::from_str(include_str!("../../../../data/facts/auto.toml")).unwrap();
    for one in &index.components {
        let line = auto.auto.iter().find(|line| line.set == "qd766" && line.criterion == one.criterion).unwrap();
        let [part, whole] = one.facts();
        assert_eq!((&line.answer["part"], &line.answer["whole"]), (&part, &whole));
        assert!(fact::catalogue::find(&part).is_some() && fact::catalogue::find(&whole).is_some());
        assert_eq!(one.part.is_some(), one.whole.is_some(), "{}", one.criterion);
    }
}

/// The figures of Phú Thọ as they were published (Cổng Dịch vụ công quốc gia, 2026), in the words of the portal.
#[test]
fn published_points_come_out_of_their_published_numbers() {
    let check = |group: &str, numbers: &[(&str, i64, i64)], published: &str| {
        let index = index().unwrap();
        let lines: Vec<super::Line> = numbers
            .iter()
            .map(|(code, part, whole)| super::Line {
                component: index.component(code).unwrap(),
                numbers: Some((Decimal::from(*part), Decimal::from(*whole))),
                came: Came::Missing,
            })
            .collect();
        let score = index.score("Mẫu", "tinh", &lines).unwrap();
        let points = score.subtotal(&index.set, group).unwrap().points.clone().unwrap();
        let away = points - Exact::from(published.parse::<Decimal>().unwrap());
        let most = Exact::from("0.015".parse::<Decimal>().unwrap());
        assert!(away <= most && -&away <= most, "{group} {published}");
    };
    check("4", &[("4.1", 309_542, 358_625), ("4.2", 119, 313), ("4.3", 68, 313)], "6.67");
    check("4", &[("4.1", 0, 0), ("4.2", 0, 1), ("4.3", 0, 1)], "0");
    check("3", &[("3.1", 52, 89), ("3.2", 516, 1884), ("3.3", 589_496, 597_894)], "8.56");
    check("6", &[("6.1", 296, 570), ("6.2", 230, 570), ("6.3", 528_464, 597_918)], "11.43");
    check("6", &[("6.1", 0, 0), ("6.2", 0, 0), ("6.3", 156, 161)], "18");
}

#[test]
fn what_was_entered_stands_before_what_is_counted_and_what_is_neither_is_missing() {
    let index = index().unwrap();
    let fact = |what: &str, value: i64| Fact {
        id: db::fresh_id(),
        what: what.into(),
        unit: db::fresh_id(),
        from: "2026-01-01".parse().unwrap(),
        to: "2026-02-01".parse().unwrap(),
        value: Decimal::from(value),
        source: "Công văn MẪU".into(),
        link: None,
        manual: true,
        at: "2026-02-03T02:00:00Z".parse().unwrap(),
        account: None,
        replaced_by: None,
    };
    let counted = |count: Count| Some(if count == Count::Online { 3 } else { 4 });
    let online = index.component("3.3").unwrap();
    let line = super::line(online, counted, &[]);
    assert_eq!(line.numbers, Some((Decimal::from(3), Decimal::from(4))));
    let facts = [fact("qd766.provide_online_c.part", 5), fact("qd766.provide_online_c.whole", 9)];
    let line = super::line(online, counted, &facts);
    assert_eq!(line.numbers, Some((Decimal::from(5), Decimal::from(9))));
    assert!(matches!(line.came, Came::Entered { source, .. } if source == "Công văn MẪU"));
    assert_eq!(super::line(online, counted, &facts[..1]).numbers.unwrap().0, Decimal::from(3), "half is not enough");
    assert_eq!(super::line(index.component("1.1").unwrap(), counted, &[]).came, Came::Missing);
}

#[test]
fn periods_are_whole_and_lie_end_to_end() {
    let days = |period: &str| days_of(period, 2026).map(|(from, to)| format!("{from} {to}")).unwrap();
    assert_eq!(days("nam"), "2026-01-01 2027-01-01");
    assert_eq!(days("bao-cao"), "2025-12-15 2026-12-15");
    assert_eq!(days("q4"), "2026-10-01 2027-01-01");
    assert_eq!(days("12"), "2026-12-01 2027-01-01");
    assert_eq!((days_of("13", 2026), days_of("nam", 26)), (None, None));
    for (code, _) in PERIODS {
        assert!(days_of(code, 2026).is_some(), "{code}");
    }
}
