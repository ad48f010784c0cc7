//! Who hands a paper out: the counter and the agency, as headings and sentences name them.

use super::set::Set;
use people::Unit;

/// The places that papers name.
#[derive(Clone, Debug)]
pub struct Offices {
    pub counter: Unit,
    /// The units above the counter, nearest first.
    pub above_counter: Vec<Unit>,
    /// Who has authority to resolve.
    pub agency: Unit,
    pub above_agency: Vec<Unit>,
    /// Whose site this is: named where no unit says its province.
    pub owner: String,
}

/// The head of a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    pub parent: String,
    pub name: String,
    /// "BPTNTKQ" of the counter, "SCT" of an agency.
    pub symbol: String,
    pub place: String,
}

impl Offices {
    /// The counter: "SỞ CÔNG THƯƠNG / BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ", or a centre by its own name.
    pub fn desk(&self, set: &Set) -> Heading {
        let place = place(&self.counter, &self.above_counter, &self.owner);
        let Some(desk) = set.desk(&self.counter) else { return Heading { place, ..self.agency() } };
        let is_itself = desk.begins.is_some();
        let (parent, name) = match is_itself {
            true => (self.above_counter.first().map_or(&self.owner, |unit| &unit.name), &self.counter.name),
            false => (&self.counter.name, &desk.name),
        };
        Heading { parent: parent.clone(), name: name.clone(), symbol: desk.symbol.clone(), place }
    }

    /// In a sentence: "Bộ phận Tiếp nhận và Trả kết quả Sở Công Thương".
    pub fn desk_name(&self, set: &Set) -> String {
        let desk = self.desk(set);
        if desk.name == self.counter.name { desk.name } else { format!("{} {}", desk.name, desk.parent) }
    }

    /// The agency itself, for what its head signs.
    pub fn agency(&self) -> Heading {
        // "Sở" stands under the committee of its province; a committee of a commune under nobody (NĐ 30/2020/NĐ-CP, II.2).
        let is_committee = matches!(self.agency.kind.as_str(), "xa" | "huyen" | "tinh");
        let parent = self.above_agency.first().map_or(&self.owner, |unit| &unit.name);
        Heading {
            parent: if is_committee { String::new() } else { committee(parent) },
            name: if is_committee { committee(&self.agency.name) } else { self.agency.name.clone() },
            symbol: initials(&self.agency.name),
            place: place(&self.agency, &self.above_agency, &self.owner),
        }
    }
}

/// "UBND tỉnh …" in full.
fn committee(name: &str) -> String {
    match name.strip_prefix("UBND ") {
        Some(rest) => format!("Ủy ban nhân dân {rest}"),
        None if base::text::fold(name).starts_with("tinh ") => {
            format!("Ủy ban nhân dân tỉnh {}", name.split_once(' ').map_or("", |(_, rest)| rest))
        }
        None => name.to_owned(),
    }
}

/// "SCT" of "Sở Công Thương"; "UBND" of a committee.
fn initials(name: &str) -> String {
    if name.starts_with("UBND") || base::text::fold(name).starts_with("uy ban nhan dan") {
        return "UBND".into();
    }
    let words = name.split_whitespace().filter(|word| *word != "và");
    words.filter_map(|word| word.chars().find(|letter| letter.is_alphanumeric())).flat_map(char::to_uppercase).collect()
}

/// Địa danh: the commune of a commune's papers, else the province (NĐ 30/2020/NĐ-CP, Phụ lục I, II.4).
fn place(unit: &Unit, above: &[Unit], owner: &str) -> String {
    let whole = |unit: &&Unit| matches!(unit.kind.as_str(), "xa" | "huyen" | "tinh");
    let found = [unit].into_iter().chain(above).find(whole);
    bare(found.map_or(owner, |unit| unit.name.as_str()))
}

/// "Quảng Trị" of "UBND tỉnh Quảng Trị"; "Phường 1" keeps its kind, since a number alone names no place.
fn bare(name: &str) -> String {
    let name =
        ["UBND ", "Ủy ban nhân dân ", "Uỷ ban nhân dân "].iter().find_map(|one| name.strip_prefix(one)).unwrap_or(name);
    let kinds = ["tinh ", "thanh pho ", "phuong ", "xa ", "thi tran ", "thi xa ", "huyen ", "dac khu "];
    let folded = base::text::fold(name);
    let Some(kind) = kinds.iter().find(|kind| folded.starts_with(*kind)) else { return name.to_owned() };
    let words = kind.split_whitespace().count();
    let rest = name.split_whitespace().skip(words).collect::<Vec<_>>().join(" ");
    if rest.chars().all(|c| c.is_ascii_digit()) { name.to_owned() } else { rest }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_named_without_its_kind() {
        let cases = [
            ("UBND tỉnh Quảng Trị", "Quảng Trị"),
            ("Tỉnh Quảng Trị", "Quảng Trị"),
            ("UBND phường Nam Đông Hà", "Nam Đông Hà"),
            ("Ủy ban nhân dân thành phố Huế", "Huế"),
            ("UBND đặc khu Cồn Cỏ", "Cồn Cỏ"),
            ("UBND Phường 1", "Phường 1"),
            ("Quảng Trị", "Quảng Trị"),
            ("", ""),
        ];
        for (name, place) in cases {
            assert_eq!(bare(name), place);
        }
    }

    #[test]
    fn an_agency_is_written_by_its_letters() {
        assert_eq!(initials("Sở Nông nghiệp và Môi trường"), "SNNMT");
        assert_eq!(initials("UBND xã Hải Lăng"), "UBND");
        assert_eq!(committee("Tỉnh Quảng Trị"), "Ủy ban nhân dân tỉnh Quảng Trị");
    }
}
