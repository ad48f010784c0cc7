//! Outlines of reports (đề cương): text with figures placed in it.
//!
//! `{{TM.XK}}` is the figure of an indicator; `{{TM.BLE/hang-hoa}}` that of a part; `{{TM.XK:ke-hoach}}` of another nature than
//! what was done; `{{TM.XK@cung-ky}}` of another period; `{{ky}}` names the period, `{{don-vi}}` who reports.

use crate::read::Problem;
use crate::set::{Nature, Set, Since};

/// A figure that a text names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    /// Its place in the set.
    pub indicator: usize,
    /// The categories and the item, by their places.
    pub part: Option<(usize, usize)>,
    pub nature: Nature,
    /// None: of the period itself.
    pub since: Option<Since>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    Text(String),
    Figure(Named),
    Period,
    Unit,
}

/// A text understood, or every figure of it that is not there.
pub fn outline(text: &str, set: &Set, place: &str) -> Result<Vec<Piece>, Vec<Problem>> {
    let (mut pieces, mut problems, mut rest) = (Vec::new(), Vec::new(), text);
    while let Some((before, after)) = rest.split_once("{{") {
        pieces.push(Piece::Text(before.to_owned()));
        let Some((name, after)) = after.split_once("}}") else {
            let say = "có “{{” mà không có “}}” sau nó.".to_owned();
            problems.push(Problem { code: "outline-open", place: place.to_owned(), say });
            rest = "";
            break;
        };
        match piece(name.trim(), set) {
            Some(piece) => pieces.push(piece),
            None => {
                let say =
                    format!("không có số liệu “{name}”. Viết như TM.XK, TM.XK:ke-hoach, TM.XK@cung-ky, ky, don-vi.");
                problems.push(Problem { code: "outline-unknown", place: place.to_owned(), say });
            }
        }
        rest = after;
    }
    pieces.push(Piece::Text(rest.to_owned()));
    pieces.retain(|piece| *piece != Piece::Text(String::new()));
    if problems.is_empty() { Ok(pieces) } else { Err(problems) }
}

fn piece(name: &str, set: &Set) -> Option<Piece> {
    match name {
        "ky" => return Some(Piece::Period),
        "don-vi" => return Some(Piece::Unit),
        _ => {}
    }
    let (name, since) = match name.split_once('@') {
        Some((name, since)) => (name, Some(Since::of(since)?)),
        None => (name, None),
    };
    let (name, nature) = match name.split_once(':') {
        Some((name, nature)) => (name, Nature::of(nature)?),
        None => (name, Nature::Actual),
    };
    let (code, part) = name.split_once('/').map_or((name, None), |(code, part)| (code, Some(part)));
    let indicator = set.place(code)?;
    let part = match part {
        Some(part) => Some(set.part(indicator, part)?),
        None => None,
    };
    Some(Piece::Figure(Named { indicator, part, nature, since }))
}

/// What stands in a text where its figure is not known yet: nobody writes it by hand.
pub const GAP: &str = "[…]";

/// The text with what is told in it; what is not known yet stays a [`GAP`], for whoever writes to see.
pub fn told(pieces: &[Piece], period: &str, unit: &str, figure: impl Fn(&Named) -> Option<String>) -> String {
    let one = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Figure(named) => figure(named).unwrap_or_else(|| GAP.to_owned()),
        Piece::Period => period.to_owned(),
        Piece::Unit => unit.to_owned(),
    };
    pieces.iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn set() -> Set {
        let text = r#"
            code = "thu"
            sample = true
            name = "Thử"
            categories = [{ code = "k", name = "Kênh", items = [{ code = "cho", name = "Chợ" }] }]
            [[indicators]]
            code = "A.B"
            name = "A"
            unit = "vụ"
            over_units = "sum"
            over_time = "sum"
            by = ["k"]
        "#;
        crate::read(&toml::from_str(text).unwrap()).unwrap()
    }

    #[test]
    fn figures_are_found_by_their_names_and_what_is_unknown_is_named() {
        let text = "Trong {{ky}}, {{don-vi}} có {{A.B}} vụ (kế hoạch {{ A.B:ke-hoach }}, chợ {{A.B/cho@cung-ky}}).";
        let pieces = outline(text, &set(), "I").unwrap();
        let figure = |one: &Named| match (one.part, one.nature, one.since) {
            (None, Nature::Actual, None) => Some("12".to_owned()),
            (None, Nature::Plan, None) => None,
            (Some((0, 0)), Nature::Actual, Some(Since::Same)) => Some("3".to_owned()),
            _ => Some("?".to_owned()),
        };
        let said = told(&pieces, "tháng 11 năm 2026", "Phòng Một", figure);
        assert_eq!(said, "Trong tháng 11 năm 2026, Phòng Một có 12 vụ (kế hoạch […], chợ 3).");
        let wrong = outline("{{A.C}} {{A.B/sieu-thi}} {{A.B:x}} {{A.B@x}} {{A.B", &set(), "I").unwrap_err();
        let codes: Vec<&str> = wrong.iter().map(|one| one.code).collect();
        assert_eq!(codes, ["outline-unknown", "outline-unknown", "outline-unknown", "outline-unknown", "outline-open"]);
    }
}
