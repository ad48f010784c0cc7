#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
use super::*;

/// As long as values come: a long code, a long site, a long name of an office.
fn values() -> Values {
    Values {
        code: "H50.12-261123-0011".into(),
        state: "Chờ ký".into(),
        day: Some("2026-12-05".parse().unwrap()),
        link: "https://dichvucong.quangtri.gov.vn/tra-cuu/H50.12-261123-0011".into(),
        agency: "Ủy ban nhân dân phường Nam Đông Hà".into(),
        procedure: "Cấp Giấy chứng nhận đủ điều kiện an toàn thực phẩm".into(),
    }
}

fn written(subject: &str, text: &str, short: &str) -> String {
    format!("[[notices]]\ncode = \"a\"\nsubject = {subject:?}\ntext = {text:?}\nshort = {short:?}\n")
}

fn why_not(text: &str) -> String {
    load(&[&written("S", text, "K")]).unwrap_err()
}

#[test]
fn every_carried_template_is_read_and_filled() {
    let codes = codes().unwrap();
    for code in [
        "dossier.received",
        "dossier.supplement-asked",
        "dossier.corrected",
        "dossier.result-ready",
        "dossier.returned",
        "dossier.refused",
        "dossier.extended",
        "dossier.assigned",
        "dossier.due-soon",
        "dossier.overdue",
        "dossier.to-sign",
    ] {
        assert!(codes.contains(&code), "{code}");
    }
    for code in codes {
        let said = render(code, &values()).unwrap();
        for text in [&said.subject, &said.text, &said.short] {
            assert!(!text.contains(['{', '}']) && text.contains("H50.12-261123-0011"), "{code}: {text}");
            assert_eq!(*text, base::text::nfc(text), "{code}: loose marks");
        }
        // Three parts of a long text in Vietnamese letters (67 each, GSM 03.38 with UCS-2).
        let length = said.short.encode_utf16().count();
        assert!(length <= 201, "{code}: {length} units: {}", said.short);
        assert!(said.subject.chars().count() <= 78, "{code}: {}", said.subject);
    }
}

#[test]
fn a_template_may_use_the_listed_values_only() {
    assert!(why_not("Gửi ông {name}").contains("`{name}` may not be in a notice"));
    assert!(why_not("{Code}").contains("may not"), "a word is written as it is listed");
    assert!(why_not("{}").contains("may not"));
    assert!(why_not("hồ sơ {code").contains("not closed"));
    assert!(why_not("hồ sơ code}").contains("not opened"));
    assert!(why_not("{code}}").contains("not opened"));
    assert!(why_not("  ").contains("empty"));
    assert!(load(&[&written("S", "{code} {state} {day} {link} {agency} {procedure}", "K")]).is_ok());
    assert!(load(&[&written("S", "T", "{procedure}")]).unwrap_err().contains("too long"));
    assert!(load(&[&written("S\nBcc: x", "T", "K")]).unwrap_err().contains("one line"));
    assert!(load(&["[[notices]]\ncode = \"a\"\nsubject = \"S\"\ntext = \"T\"\nshort = \"K\"\nname = \"x\""]).is_err());
    let twice = written("S", "T", "K");
    assert!(load(&[&twice, &twice]).unwrap_err().contains("twice"));
}

#[test]
fn a_value_that_is_needed_and_missing_is_said() {
    let without = Values { day: None, ..values() };
    let why = render("dossier.received", &without).unwrap_err().to_string();
    assert!(why.contains("dossier.received") && why.contains("`day`"), "{why}");
    assert!(render("dossier.unheard-of", &values()).unwrap_err().to_string().contains("unheard-of"));
    assert!(needs("dossier.received").unwrap().unwrap().contains(&Word::Day));
    assert_eq!(needs("dossier.unheard-of").unwrap(), None);
}

#[test]
fn a_value_stays_a_value() {
    let odd = Values { agency: "Sở\r\nBcc: x@example.vn\u{0} {code}".into(), ..values() };
    let said = render("dossier.received", &odd).unwrap();
    assert!(said.text.contains("Sở Bcc: x@example.vn {code}"), "neither a new line nor a new value: {}", said.text);
}
