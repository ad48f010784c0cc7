use super::place_after;

#[test]
fn one_returns_to_this_site_only() {
    let check = |wanted, place| assert_eq!(place_after(wanted), place, "{wanted}");
    check("/chi-so/2020?mo=3.2.1", "/chi-so/2020?mo=3.2.1");
    check("", "/");
    check("https://la.example/", "/");
    check("//la.example", "/");
    check("/\\la.example", "/");
    check("/\t/la.example", "/");
    check("/dang-nhap?ve=/", "/");
}

mod difference {
    use crate::rules::{Change, changes};

    #[track_caller]
    fn check(before: Option<&str>, after: Option<&str>, wanted: &[(&str, &str, &str)]) {
        let change = |(field, before, after): &(&str, &str, &str)| Change {
            field: (*field).into(),
            before: (*before).into(),
            after: (*after).into(),
        };
        assert_eq!(changes(before, after), wanted.iter().map(change).collect::<Vec<_>>());
    }

    #[test]
    fn only_what_differs_is_shown() {
        check(
            Some(r#"{"name":"A","kind":"so","version":1}"#),
            Some(r#"{"name":"B","kind":"so","version":2}"#),
            &[("name", "A", "B")],
        );
        check(
            None,
            Some(r#"{"to":"2020-01-01","sample":false}"#),
            &[("to", "", "2020-01-01"), ("sample", "", "Không")],
        );
        check(Some(r#"{"gone":1}"#), Some("{}"), &[("gone", "1", "")]);
        check(
            Some(r#"{"answer":{"part":1,"whole":2}}"#),
            Some(r#"{"answer":{"part":1,"whole":3}}"#),
            &[("answer.whole", "2", "3")],
        );
        check(None, Some(r#"{"heirs":["a","b"],"rows":[{"a":1}]}"#), &[("heirs", "", "a, b"), ("rows", "", "1 mục")]);
        check(None, Some("no json"), &[]);
    }
}

mod units {
    use crate::model::NotNow;
    use crate::rules::{as_tree, check_heirs, looks_after};
    use base::Timestamp;
    use jiff::civil::date;
    use people::{Scope, Unit};

    fn unit(name: &str, kind: &str, parent: Option<&Unit>) -> Unit {
        Unit {
            id: db::fresh_id(),
            key: name.to_lowercase(),
            name: name.into(),
            short: name.into(),
            kind: kind.into(),
            parent: parent.map(|unit| unit.id),
            from: date(2015, 1, 1),
            to: None,
            code_old: None,
            code_new: None,
            sample: false,
            version: 1,
        }
    }

    fn admin_of(unit: &Unit) -> Scope {
        Scope {
            account: Some(db::fresh_id()),
            unit: Some(unit.id),
            ..Scope::program("Quản trị", Timestamp::UNIX_EPOCH)
        }
    }

    #[test]
    fn an_administrator_looks_after_the_own_branch_and_the_province_after_all() {
        let province = unit("Tỉnh", "tinh", None);
        let trade = unit("Sở Công Thương", "so", Some(&province));
        let office = unit("Văn phòng", "phong", Some(&trade));
        let home = unit("Sở Nội vụ", "so", Some(&province));
        let before_merger = unit("Huyện cũ", "huyen", None);
        let all = [province, trade, office, home, before_merger];
        let check = |of: usize, target: usize, yes: bool| {
            assert_eq!(looks_after(&all, &admin_of(&all[of]), all[target].id), yes, "{of} {target}")
        };
        check(0, 0, true);
        check(0, 4, true);
        check(1, 1, true);
        check(1, 2, true);
        check(1, 0, false);
        check(1, 3, false);
        check(2, 1, false);
    }

    #[test]
    fn the_tree_lists_each_under_its_superior_in_vietnamese_order() {
        let province = unit("Tỉnh", "tinh", None);
        let second = unit("Sở Đầu tư", "so", Some(&province));
        let first = unit("Sở Du lịch", "so", Some(&province));
        let office = unit("Văn phòng", "phong", Some(&first));
        let lost = unit("Cục Thuế", "so", Some(&unit("khác", "tinh", None)));
        let all = [second, office, province, first, lost];
        let read: Vec<(String, usize)> =
            as_tree(&all).iter().map(|(unit, depth)| (unit.name.clone(), *depth)).collect();
        let wanted = [("Cục Thuế", 0), ("Tỉnh", 0), ("Sở Du lịch", 1), ("Văn phòng", 2), ("Sở Đầu tư", 1)];
        assert_eq!(read, wanted.map(|(name, depth)| (name.to_owned(), depth)));
    }

    #[test]
    fn heirs_are_as_many_as_the_deed_needs_and_in_being() {
        let ended = unit("Huyện", "huyen", None);
        let heir = unit("Xã A", "xa", None);
        let late = Unit { from: date(2026, 1, 1), ..unit("Xã B", "xa", None) };
        let all = [ended.clone(), heir.clone(), late.clone()];
        let on = date(2025, 7, 1);
        let check = |how: &str, heirs: &[&Unit], wanted: &[NotNow]| {
            let ids: Vec<_> = heirs.iter().map(|unit| unit.id).collect();
            assert_eq!(check_heirs(&ended, on, how, &ids, &all), wanted, "{how}");
        };
        check("merge", &[&heir], &[]);
        check("merge", &[], &[NotNow::HeirMissing]);
        check("split", &[&heir], &[NotNow::HeirsCount { how: "split" }]);
        check("split", &[&heir, &late], &[NotNow::HeirNotThere { name: "Xã B".into(), on }]);
        check(
            "rename",
            &[&heir, &late],
            &[NotNow::HeirsCount { how: "rename" }, NotNow::HeirNotThere { name: "Xã B".into(), on }],
        );
        let over = Unit { to: Some(on), ..ended.clone() };
        assert_eq!(check_heirs(&over, on, "merge", &[heir.id], &all), [NotNow::UnitEnded { on }]);
    }
}

mod period {
    use crate::rules::{PERIODS, days_of, name_of};
    use jiff::civil::date;

    #[test]
    fn periods_are_half_open_and_named() {
        let check = |code, from, to, name: &str| {
            assert_eq!(days_of(code, 2020), Some((from, to)), "{code}");
            assert_eq!(name_of(from, to), name);
        };
        check("nam", date(2020, 1, 1), date(2021, 1, 1), "Năm 2020");
        check("6c", date(2020, 7, 1), date(2021, 1, 1), "6 tháng cuối năm 2020");
        check("q3", date(2020, 7, 1), date(2020, 10, 1), "Quý III/2020");
        check("t2", date(2020, 2, 1), date(2020, 3, 1), "Tháng 2/2020");
        assert_eq!(name_of(date(2020, 1, 1), date(2020, 1, 16)), "01/01/2020 – 15/01/2020");
    }

    #[test]
    fn what_is_no_period_is_none() {
        for code in ["", "q5", "t0", "t13", "x1", "đ1"] {
            assert_eq!(days_of(code, 2020), None, "{code}");
        }
        assert_eq!(days_of("nam", 20), None);
        assert!(PERIODS.iter().all(|(code, _)| days_of(code, 2026).is_some()));
    }
}
