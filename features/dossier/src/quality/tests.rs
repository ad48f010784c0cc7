#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
use super::*;
use base::Exact;
use std::collections::BTreeMap;

const LAST: Date = Date::constant(2026, 12, 31);

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
        let score = index.score("Mẫu", "tinh", LAST, &lines).unwrap();
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
    let line = super::line(online, counted, &[], &[]);
    assert_eq!(line.numbers, Some((Decimal::from(3), Decimal::from(4))));
    let facts = [fact("qd766.provide_online_c.part", 5), fact("qd766.provide_online_c.whole", 9)];
    let line = super::line(online, counted, &facts, &[]);
    assert_eq!(line.numbers, Some((Decimal::from(5), Decimal::from(9))));
    assert!(matches!(line.came, Came::Entered { source, .. } if source == "Công văn MẪU"));
    assert_eq!(
        super::line(online, counted, &facts[..1], &[]).numbers.unwrap().0,
        Decimal::from(3),
        "half is not enough"
    );
    assert_eq!(super::line(index.component("1.1").unwrap(), counted, &[], &[]).came, Came::Missing);
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

fn excuse(criterion: &str) -> Excuse {
    let at = "2026-02-03T02:00:00Z".parse().unwrap();
    Excuse {
        criterion: criterion.into(), reason: "Không có ở cơ quan".into(), author: "Người Mẫu".into(), at
    }
}

/// Group 4 has components of 6, 2 and 2 points; the first is reached by half, the second not at all.
#[test]
fn what_does_not_apply_leaves_the_group_to_the_rest_of_it_and_gives_communes_its_points() {
    let index = index().unwrap();
    let score = |kind: &str, away: &[&str]| {
        let excuses: Vec<Excuse> = away.iter().map(|code| excuse(code)).collect();
        let facts = |code: &str| match code {
            "4.1" => Some((Decimal::from(1), Decimal::from(2))),
            "4.2" => Some((Decimal::ZERO, Decimal::from(3))),
            _ => None,
        };
        let lines: Vec<super::Line> = index
            .components
            .iter()
            .map(|one| {
                let line = super::line(one, |_| None, &[], &excuses);
                super::Line {
                    numbers: line.numbers.or(facts(&one.criterion).filter(|_| line.came == Came::Missing)),
                    ..line
                }
            })
            .collect();
        let score = index.score("Mẫu", kind, LAST, &lines).unwrap();
        let group = score.subtotal(&index.set, "4").unwrap();
        (group.points.clone().map(|points| points.round(2).to_string()), score.unknown.contains(&"4.3".to_owned()))
    };
    assert_eq!(score("so", &[]), (None, true));
    let alone = score("so", &["4.2", "4.3"]).0.unwrap();
    let beside = score("so", &["4.3"]).0.unwrap();
    // Alone, 4.1 stands for all 10 points; beside 4.2, which has none, for 10 of 8 × its 6 points.
    let [alone, beside]: [Decimal; 2] = [alone.parse().unwrap(), beside.parse().unwrap()];
    assert_eq!(alone, Decimal::new(5, 0), "half of the whole group");
    assert_eq!(beside, "3.75".parse().unwrap(), "3 of the 8 points that apply, out of 10");
    // A commune has the full two points of what does not apply to it.
    assert_eq!(score("xa", &["4.3"]), (Some("5".into()), false));
}

#[test]
fn the_rule_of_what_does_not_apply_is_dated_and_says_its_basis() {
    let index = index().unwrap();
    let rule = |kind: &str, day: &str| index.excused(kind, day.parse().unwrap()).map(|one| one.rule);
    assert_eq!(rule("xa", "2026-12-31"), Some(Rule::Full));
    assert_eq!(rule("so", "2026-12-31"), Some(Rule::Share));
    assert_eq!(rule("tinh", "2022-06-23"), Some(Rule::Share));
    assert_eq!(
        (rule("xa", "2020-12-31"), rule("so", "2020-12-31")),
        (Some(Rule::Full), Some(Rule::Share)),
        "before the decision"
    );
    assert!(index.excused.iter().all(|one| one.basis.contains("QĐ 766/QĐ-TTg") && !one.say.is_empty()));
}

#[test]
fn what_does_not_apply_has_no_numbers_whatever_is_counted_or_entered() {
    let one = index().unwrap().component("3.3").unwrap();
    let line = super::line(one, |_| Some(4), &[], &[excuse("3.3")]);
    assert_eq!(line.numbers, None);
    assert!(matches!(&line.came, Came::Excused(excuse) if excuse.author == "Người Mẫu"));
    assert!(super::line(one, |_| Some(4), &[], &[excuse("3.2")]).numbers.is_some());
}
