#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;

fn file(name: &str) -> &'static Asset {
    find(url(name)).unwrap_or_else(|| panic!("{name} is not served"))
}

#[test]
fn a_name_leads_to_its_file_and_an_unknown_one_to_nothing() {
    for one in all() {
        assert_eq!(find(url(one.name)).unwrap().name, one.name);
        assert!(one.path.starts_with("/tinh/"), "{}", one.path);
    }
    assert_eq!(url("none.css"), "");
    assert!(find("/tinh/app.css").is_none(), "only the hashed name is served");
}

#[test]
fn the_sheet_uses_the_house_font_and_asks_nothing_of_other_hosts() {
    let sheet = std::str::from_utf8(file("app.css").bytes).unwrap();
    assert!(sheet.contains("@layer govuk{:root{--govuk-"));
    assert!(!sheet.contains("GDS Transport"));
    assert!(!sheet.contains("data:"), "the policy of the site forbids data URLs");
    for (at, _) in sheet.match_indices("url(") {
        let target = sheet[at + 4..].split(')').next().unwrap();
        let ours = format!("/tinh/{target}");
        // Their crest is named by rules that no page of ours meets.
        assert!(find(&ours).is_some() || target.contains("govuk-crest"), "{target} is not in the table");
    }
    let opened = sheet.matches('{').count();
    assert_eq!(opened, sheet.matches('}').count(), "a brace was lost on the way");
}

#[test]
fn the_first_visit_stays_within_its_budget() {
    let sent = |name: &str| file(name).gzip.map_or(file(name).bytes.len(), <[u8]>::len);
    assert!(sent("app.js") <= 30_000, "all scripts: {} bytes", sent("app.js"));
    assert!(sent("app.css") <= 28_000, "all styles: {} bytes", sent("app.css"));
    let fonts = sent("inter.woff2") + sent("inter-vi.woff2");
    // The page of the grid may be 120 KB on the wire with all it needs; the rest is its rows.
    assert!(sent("app.js") + sent("app.css") + fonts <= 105_000);
}

#[test]
fn letters_have_four_true_type_faces() {
    for face in tinos() {
        assert_eq!(&face[..4], [0, 1, 0, 0]);
    }
}
