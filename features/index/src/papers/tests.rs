#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
use super::*;
use base::Date;

fn unit(name: &str, kind: &str) -> Unit {
    Unit {
        id: db::fresh_id(),
        key: "thu".into(),
        name: name.into(),
        short: name.into(),
        kind: kind.into(),
        parent: None,
        from: Date::constant(2011, 1, 1),
        to: None,
        code_old: None,
        code_new: None,
        sample: true,
        version: 1,
    }
}

#[test]
fn agencies_are_named_as_on_paper() {
    let hands = |province: &str, own: &str| Hands {
        province: unit(province, "tinh"),
        unit: Some(unit(own, "so")),
        head: None,
        chair: None,
        secretary: None,
    };
    let quang_tri = hands("UBND tỉnh Quảng Trị", "Sở Công Thương");
    assert_eq!(
        (quang_tri.place(), quang_tri.committee(), quang_tri.sign()),
        ("Quảng Trị".into(), "Ủy ban nhân dân tỉnh Quảng Trị".into(), "SCT".into())
    );
    let hue = hands("UBND thành phố Huế", "Sở Nông nghiệp và Phát triển nông thôn");
    assert_eq!((hue.place(), hue.sign()), ("Huế".into(), "SNNVPTNT".into()));
}

#[test]
fn points_have_two_or_three_digits() {
    let dec = |text: &str| text.parse::<Decimal>().unwrap();
    assert_eq!([points(&dec("1")), points(&dec("1.4790")), points(&dec("0.12345"))], ["1,00", "1,479", "0,123"]);
    assert_eq!(points_or_dash(None), "–");
}
