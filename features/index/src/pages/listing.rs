//! Lists: all of their state is in the address, so that a view can be sent to a colleague.
//!
//! | in the address | is |
//! |---|---|
//! | `tim` | words looked for |
//! | `sap` | the column sorted by; `-ten` the other way |
//! | `trang`, `dong` | page from 1, lines a page |

use super::results::address;
use maud::{Markup, html};
use web::look::parts::{self, Pager};
use web::look::table::{Column, Sorted, Toolbar};

const SIZES: [usize; 3] = [20, 50, 100];

/// What is asked of a list.
pub(crate) struct Listing {
    path: String,
    pairs: Vec<(String, String)>,
    /// The column it is sorted by while nothing else is asked.
    usual: &'static str,
}

impl Listing {
    pub fn new(path: String, pairs: Vec<(String, String)>, usual: &'static str) -> Listing {
        Listing { path, pairs, usual }
    }

    /// Without blanks around it; empty where it is not asked.
    pub fn get(&self, name: &str) -> &str {
        self.pairs.iter().find(|(found, _)| found == name).map_or("", |(_, value)| value.trim())
    }

    /// This list with something changed; what is empty drops out.
    pub fn with(&self, changes: &[(&str, &str)]) -> String {
        let kept = self.pairs.iter().map(|(name, value)| (name.as_str(), value.trim()));
        let all: Vec<(&str, &str)> = kept
            .filter(|(name, _)| !changes.iter().any(|(changed, _)| changed == name))
            .chain(changes.iter().copied())
            .collect();
        address::with(&self.path, &all)
    }

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

    pub fn pager(&self, total: usize, noun: &str) -> Markup {
        let pages = total.div_ceil(self.size()).max(1);
        let pager = Pager { page: self.page(pages) as u64, pages: pages as u64, total: total as u64, noun };
        parts::pagination(&pager, |page| self.with(&[("trang", &page.to_string())]))
    }

    /// The column sorted by, and whether downwards.
    pub fn sorted(&self) -> (&str, bool) {
        let wanted = if self.get("sap").is_empty() { self.usual } else { self.get("sap") };
        wanted.strip_prefix('-').map_or((wanted, false), |name| (name, true))
    }

    /// Makes a column's head sort by `key`.
    pub fn column<'a>(&self, column: Column<'a>, key: &str) -> Column<'a> {
        let (now, down) = self.sorted();
        let state = match (now == key, down) {
            (false, _) => Sorted::No,
            (true, false) => Sorted::Up,
            (true, true) => Sorted::Down,
        };
        let next = if state == Sorted::Up { format!("-{key}") } else { key.to_owned() };
        column.sort(self.with(&[("sap", &next), ("trang", "")]), state)
    }

    /// Filters, sizes and files above the list; `names` are those of the filter's fields. Sizes only where there are
    /// more lines than the smallest page has.
    pub fn toolbar(&self, filters: Markup, names: &[&str], exports: Vec<(&str, String)>, total: usize) -> Markup {
        let set = names.iter().filter(|name| !self.get(name).is_empty()).count();
        let keep = ["sap", "dong"]
            .into_iter()
            .map(|name| (name, self.get(name)))
            .filter(|(_, value)| !value.is_empty())
            .collect();
        let cleared: Vec<(&str, &str)> = names.iter().map(|name| (*name, "")).chain([("trang", "")]).collect();
        let clear = self.with(&cleared);
        let size = |size: usize| {
            let href = self.with(&[("dong", &size.to_string()), ("trang", "")]);
            (size as u32, (size != self.size()).then_some(href))
        };
        let sizes = if total > SIZES[0] { SIZES.into_iter().map(size).collect() } else { Vec::new() };
        html! { (Toolbar { action: &self.path, filters: Some(filters), keep, set, clear: &clear, exports, sizes }) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listing(pairs: &[(&str, &str)]) -> Listing {
        Listing::new(
            "/a".into(),
            pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
            "ten",
        )
    }

    #[test]
    fn the_address_keeps_what_is_not_changed() {
        let list = listing(&[("tim", " sở "), ("trang", "3"), ("loai", "")]);
        assert_eq!(list.with(&[("trang", "4")]), "/a?tim=s%E1%BB%9F&trang=4");
        assert_eq!(list.with(&[("tim", ""), ("trang", "")]), "/a");
    }

    #[test]
    fn a_page_beyond_the_end_is_the_last() {
        let lines: Vec<usize> = (0..45).collect();
        assert_eq!(listing(&[("trang", "9")]).slice(&lines), &lines[40..]);
        assert_eq!(listing(&[("dong", "7")]).size(), 20);
        assert_eq!(listing(&[("sap", "-ngay")]).sorted(), ("ngay", true));
    }
}
