//! Lists: all of their state is in the address, so that a view can be sent to a colleague.
//!
//! | in the address | is |
//! |---|---|
//! | `tim` | words looked for |
//! | `sap` | the column sorted by; `-ten` the other way |
//! | `trang`, `dong` | page from 1, lines a page |
//! | `sau` | in a list too long to be counted: the line that the page before ended with |
//! | `xuat` | `xlsx` or `csv`: the whole list, as it is filtered and sorted, as a file |
//! | any other | a filter, or what the page is about |

use crate::address;
use crate::answer::{Answer, Sheet, download};
use crate::look::parts::{self, Pager};
use crate::look::table::{Column, Sorted, Toolbar};
use axum::http::Uri;
use base::{Refusal, Timestamp, text};
use maud::{Markup, Render, html};
use sheet::csv::Style;

/// Lines a page, to choose from; the first is usual.
const SIZES: [usize; 3] = [20, 50, 100];

/// Where in the list somebody is: gone as soon as the list is another.
const PLACE: [(&str, &str); 2] = [("trang", ""), ("sau", "")];

/// What is asked of a list.
pub struct Listing {
    path: String,
    pairs: Vec<(String, String)>,
    /// The column it is sorted by while nothing else is asked; empty where it has one order only.
    usual: &'static str,
    /// The fields of its filter.
    filters: &'static [&'static str],
    /// The words looked for, folded.
    words: String,
}

impl Listing {
    pub fn of(uri: &Uri, usual: &'static str, filters: &'static [&'static str]) -> Listing {
        let pairs = address::pairs(uri.query().unwrap_or_default());
        let mut list = Listing { path: uri.path().to_owned(), pairs, usual, filters, words: String::new() };
        list.words = text::fold(list.get("tim"));
        list
    }

    pub fn path(&self) -> &str {
        &self.path
    }

    /// Without blanks around it; empty where it is not asked.
    pub fn get(&self, name: &str) -> &str {
        self.pairs.iter().find(|(found, _)| found == name).map_or("", |(_, value)| value.trim())
    }

    /// Whether a text answers the words looked for; every text does where there are none.
    pub fn finds(&self, text: &str) -> bool {
        self.words.is_empty() || text::matches(&text::fold(text), &self.words)
    }

    /// This list with something changed; what is empty drops out, and so does a file once made.
    pub fn with(&self, changes: &[(&str, &str)]) -> String {
        let kept = self.pairs.iter().map(|(name, value)| (name.as_str(), value.trim()));
        let kept = kept.filter(|(name, _)| *name != "xuat" && !changes.iter().any(|(changed, _)| changed == name));
        let all: Vec<(&str, &str)> = kept.chain(changes.iter().copied()).collect();
        address::with(&self.path, &all)
    }

    /// What is asked, from the list's beginning, in one order of its words: the same question has the same address.
    pub fn address(&self) -> String {
        let gone = |name: &str| name == "xuat" || PLACE.iter().any(|(place, _)| *place == name);
        let mut pairs: Vec<(&str, &str)> = self
            .pairs
            .iter()
            .map(|(name, value)| (name.as_str(), value.trim()))
            .filter(|(name, _)| !gone(name))
            .collect();
        pairs.sort_unstable();
        address::with(&self.path, &pairs)
    }

    /// The same from its beginning.
    fn afresh(&self, changes: &[(&str, &str)]) -> String {
        self.with(&changes.iter().copied().chain(PLACE).collect::<Vec<_>>())
    }

    /// Lines a page.
    pub fn size(&self) -> usize {
        self.get("dong").parse().ok().filter(|size| SIZES.contains(size)).unwrap_or(SIZES[0])
    }

    fn page(&self, pages: usize) -> usize {
        self.get("trang").parse().unwrap_or(1).clamp(1, pages.max(1))
    }

    /// The lines of this page.
    pub fn slice<'a, T>(&self, all: &'a [T]) -> &'a [T] {
        let size = self.size();
        let from = (self.page(all.len().div_ceil(size)) - 1) * size;
        &all[from.min(all.len())..(from + size).min(all.len())]
    }

    /// How many lines there are, and the ways to the other pages.
    pub fn pager(&self, total: usize, noun: &str) -> Markup {
        let pages = total.div_ceil(self.size()).max(1);
        let pager = Pager { page: self.page(pages) as u64, pages: pages as u64, total: total as u64, noun };
        parts::pagination(&pager, |page| self.with(&[("trang", &page.to_string())]))
    }

    /// The ways on in a list too long to be counted; `next` is the line that this page ended with.
    pub fn onward(&self, next: Option<impl ToString>) -> Markup {
        let next = next.map(|line| self.with(&[("sau", &line.to_string())]));
        let inside = !self.get("sau").is_empty();
        html! {
            @if inside || next.is_some() {
                nav aria-label="Trang" {
                    @if inside { (parts::link_button("Về đầu danh sách", &self.afresh(&[]))) " " }
                    @if let Some(next) = &next { (parts::link_button("Xem các dòng cũ hơn", next)) }
                }
            }
        }
    }

    /// The column sorted by, and whether downwards.
    pub fn sorted(&self) -> (&str, bool) {
        let wanted = if self.get("sap").is_empty() { self.usual } else { self.get("sap") };
        wanted.strip_prefix('-').map_or((wanted, false), |name| (name, true))
    }

    /// Makes a column's head sort by `key`, upwards first.
    pub fn column<'a>(&self, column: Column<'a>, key: &str) -> Column<'a> {
        self.head(column, key, false)
    }

    /// The same, downwards first: points, of which the greatest are looked for.
    pub fn falling<'a>(&self, column: Column<'a>, key: &str) -> Column<'a> {
        self.head(column, key, true)
    }

    fn head<'a>(&self, column: Column<'a>, key: &str, down_first: bool) -> Column<'a> {
        let now = self.sorted();
        let state = match now {
            (name, _) if name != key => Sorted::No,
            (_, false) => Sorted::Up,
            (_, true) => Sorted::Down,
        };
        let down = if state == Sorted::No { down_first } else { !now.1 };
        let next = format!("{}{key}", if down { "-" } else { "" });
        column.sort(self.afresh(&[("sap", &next)]), state)
    }

    /// Filters at the left, sizes and files at the right. `long` where there are more lines than a page of the usual
    /// size has ([`Listing::is_long`]): only then sizes are offered.
    pub fn toolbar(&self, fields: Markup, long: bool) -> Markup {
        let not_kept = |name: &str| {
            name == "xuat" || PLACE.iter().any(|(place, _)| *place == name) || self.filters.contains(&name)
        };
        let keep = self.pairs.iter().map(|(name, value)| (name.as_str(), value.trim()));
        let size =
            |size: usize| (size as u32, (size != self.size()).then(|| self.afresh(&[("dong", &size.to_string())])));
        let file = |kind: &str| self.afresh(&[("xuat", kind)]);
        Toolbar {
            action: &self.path,
            filters: (!self.filters.is_empty()).then_some(fields),
            keep: keep.filter(|(name, value)| !value.is_empty() && !not_kept(name)).collect(),
            set: self.set(),
            clear: &self.cleared(),
            exports: vec![("Xuất Excel", file("xlsx")), ("Xuất CSV", file("csv"))],
            sizes: if long { SIZES.into_iter().map(size).collect() } else { Vec::new() },
        }
        .render()
    }

    /// Whether a list of so many lines has more than one page, or somebody has chosen how many lines a page has.
    pub fn is_long(&self, total: usize) -> bool {
        total > SIZES[0] || !self.get("dong").is_empty()
    }

    /// How many filters are set.
    fn set(&self) -> usize {
        self.filters.iter().filter(|name| !self.get(name).is_empty()).count()
    }

    fn cleared(&self) -> String {
        self.afresh(&self.filters.iter().map(|name| (*name, "")).collect::<Vec<_>>())
    }

    /// What stands in the place of lines where there are none, with the way out of a filter that is set.
    pub fn none(&self, say: &str, hint: &str) -> Markup {
        parts::empty(say, hint, (self.set() > 0).then(|| parts::link_button("Xoá bộ lọc", &self.cleared())))
    }

    /// Whether the list is asked for as a file.
    pub fn as_file(&self) -> Option<FileKind> {
        FileKind::of(self.get("xuat"))
    }
}

/// What a table can be taken away as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    Excel,
    Csv,
}

impl FileKind {
    /// By the word in an address.
    pub fn of(word: &str) -> Option<FileKind> {
        match word {
            "xlsx" => Some(FileKind::Excel),
            "csv" => Some(FileKind::Csv),
            _ => None,
        }
    }
}

/// A table as a file to keep, with the moment of its making in its notes. `name` is without its ending.
pub fn file(kind: FileKind, name: &str, table: sheet::Table, now: Timestamp) -> Answer {
    download(made(kind, name, table.made_at(now))?)
}

fn made(kind: FileKind, name: &str, table: sheet::Table) -> Result<Sheet, Refusal> {
    let (bytes, kind, ending) = match kind {
        FileKind::Excel => (
            sheet::xlsx::write_table("Bảng", table)?,
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "xlsx",
        ),
        FileKind::Csv => (sheet::csv::write(&table, Style::Vietnamese)?, "text/csv; charset=utf-8", "csv"),
    };
    Ok(Sheet { bytes, kind, name: format!("{name}.{ending}") })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    fn list(address: &str) -> Listing {
        Listing::of(&address.parse().unwrap(), "ten", &["tim", "loai"])
    }

    #[test]
    fn the_address_keeps_what_is_not_changed() {
        let list = list("/a?tim=c%C3%B4ng+th%C6%B0%C6%A1ng&trang=3&loai=&xuat=csv");
        assert_eq!(list.get("tim"), "công thương");
        assert_eq!(list.with(&[("trang", "4")]), "/a?tim=c%C3%B4ng%20th%C6%B0%C6%A1ng&trang=4");
        assert_eq!(list.with(&[("tim", ""), ("trang", "")]), "/a");
    }

    #[test]
    fn one_question_has_one_address() {
        assert_eq!(list("/a?tim=so&loai=&trang=3&dong=50&xuat=csv").address(), "/a?dong=50&tim=so");
        assert_eq!(list("/a?dong=50&tim=so").address(), list("/a?tim=+so&dong=50").address());
        assert_eq!(list("/a?trang=2").address(), "/a");
    }

    #[test]
    fn a_page_beyond_the_end_is_the_last_and_odd_sizes_are_not_taken() {
        let lines: Vec<usize> = (0..45).collect();
        assert_eq!(list("/a?trang=9").slice(&lines), &lines[40..]);
        assert_eq!(list("/a?trang=0").slice(&lines), &lines[..20]);
        assert_eq!(list("/a?trang=2&dong=50").slice(&lines), &lines[..]);
        assert_eq!(list("/a?dong=100000").size(), 20);
        assert!(list("/a").slice(&[] as &[usize]).is_empty());
    }

    #[test]
    fn words_are_found_without_their_marks() {
        assert!(list("/a?tim=cong+thuong").finds("Sở Công Thương"));
        assert!(!list("/a?tim=noi+vu").finds("Sở Công Thương"));
        assert!(list("/a?tim=+").finds("Sở Công Thương"));
    }

    #[test]
    fn a_head_sorts_and_turns_round_and_goes_back_to_the_first_page() {
        let href = |address: &str, down_first: bool| {
            let list = list(address);
            let column = list.head(Column::new("x"), "diem", down_first);
            crate::look::table::head(&column).into_string()
        };
        assert!(href("/a?trang=2&loai=so", false).contains("\"/a?loai=so&amp;sap=diem\""));
        assert!(href("/a?sap=diem", false).contains("\"/a?sap=-diem\""));
        assert!(href("/a?sap=-diem", false).contains("\"/a?sap=diem\""));
        assert!(href("/a", true).contains("\"/a?sap=-diem\""));
        assert!(href("/a?sap=-diem", true).contains("aria-sort=\"descending\""));
        assert_eq!(list("/a?sap=-ngay").sorted(), ("ngay", true));
        assert_eq!(list("/a").sorted(), ("ten", false));
    }

    #[test]
    fn a_filter_keeps_the_order_and_what_the_page_is_about_but_not_the_place() {
        let bar = list("/a?dot=1&tim=so&sap=-ten&trang=3&sau=9&xuat=csv").toolbar(html! {}, true).into_string();
        for kept in ["name=\"dot\" value=\"1\"", "name=\"sap\" value=\"-ten\"", "\"/a?dot=1&amp;sap=-ten\"", "(1)"] {
            assert!(bar.contains(kept), "{kept} in {bar}");
        }
        for gone in ["name=\"trang\"", "name=\"sau\"", "name=\"xuat\"", "name=\"tim\"", "trang=3", "sau=9"] {
            assert!(!bar.contains(gone), "{gone} in {bar}");
        }
        assert!(bar.contains("\"/a?dot=1&amp;tim=so&amp;sap=-ten&amp;xuat=xlsx\""), "{bar}");
        assert!(!list("/a").toolbar(html! {}, false).into_string().contains("Dòng mỗi trang"));
    }

    #[test]
    fn a_list_that_is_not_counted_goes_on_and_back() {
        let first = list("/a?loai=so").onward(Some(7)).into_string();
        assert!(first.contains("\"/a?loai=so&amp;sau=7\"") && !first.contains("Về đầu"), "{first}");
        let last = list("/a?loai=so&sau=7").onward(None::<i64>).into_string();
        assert!(last.contains("\"/a?loai=so\"") && !last.contains("cũ hơn"), "{last}");
        assert_eq!(list("/a").onward(None::<i64>).into_string(), "");
    }

    #[test]
    fn a_file_has_its_moment_in_its_notes() {
        assert_eq!(list("/a?xuat=csv").as_file(), Some(FileKind::Csv));
        assert_eq!(list("/a?xuat=pdf").as_file(), None);
        let mut table = sheet::Table::new(vec![sheet::Column::text("Tên", 20)]).title("Đơn vị");
        table.push(vec!["Sở Nội vụ".into()]);
        let now = "2020-11-13T02:30:00Z".parse().unwrap();
        let made = made(FileKind::Excel, "don-vi", table.made_at(now)).unwrap();
        assert_eq!(made.name, "don-vi.xlsx");
        let book = sheet::read(&made.bytes, "don-vi.xlsx").unwrap();
        let said = format!("{:?}", book.sheets[0]);
        assert!(said.contains("Xuất lúc") && said.contains("13/11/2020") && said.contains("Sở Nội vụ"), "{said}");
    }
}
