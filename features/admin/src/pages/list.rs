//! Lists: all of their state is in the address, so that a view can be sent to a colleague.
//!
//! | in the address | is |
//! |---|---|
//! | `q` | words looked for |
//! | `xep` | the column sorted by; `-ten` the other way |
//! | `trang`, `dong` | page from 1, lines a page |
//! | `xuat` | `xlsx` or `csv`: the whole list as a file |

use super::form;
use axum::http::Uri;
use base::Timestamp;
use maud::{Markup, html};
use people::Failure;
use sheet::csv::Style;
use web::Answer;
use web::look::parts::{self, Pager};
use web::look::table::{Column, Sorted, Toolbar};

const SIZES: [usize; 3] = [20, 50, 100];

/// What is asked of a list.
pub struct Ask {
    path: String,
    pairs: Vec<(String, String)>,
}

impl Ask {
    pub fn of(uri: &Uri) -> Ask {
        Ask { path: uri.path().to_owned(), pairs: form::pairs(uri.query().unwrap_or_default()) }
    }

    pub fn path(&self) -> &str {
        &self.path
    }

    /// Without blanks around it; empty where it is not asked.
    pub fn get(&self, name: &str) -> &str {
        self.pairs.iter().find(|(found, _)| found == name).map_or("", |(_, value)| value.trim())
    }

    /// This list with something changed; what is empty drops out.
    pub fn with(&self, changes: &[(&str, &str)]) -> String {
        let kept = self.pairs.iter().map(|(name, value)| (name.as_str(), value.trim()));
        let kept = kept.filter(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
        let all = kept.chain(changes.iter().copied()).filter(|(_, value)| !value.is_empty());
        let query: Vec<String> =
            all.map(|(name, value)| format!("{}={}", form::encoded(name), form::encoded(value))).collect();
        if query.is_empty() { self.path.clone() } else { format!("{}?{}", self.path, query.join("&")) }
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
        let pages = total.div_ceil(self.size());
        let pager = Pager { page: self.page(pages) as u64, pages: pages as u64, total: total as u64, noun };
        parts::pagination(&pager, |page| self.with(&[("trang", &page.to_string())]))
    }

    /// The column sorted by, and whether downwards.
    pub fn sorted<'a>(&'a self, usual: &'a str) -> (&'a str, bool) {
        let wanted = if self.get("xep").is_empty() { usual } else { self.get("xep") };
        wanted.strip_prefix('-').map_or((wanted, false), |name| (name, true))
    }

    /// A head that sorts by `key`.
    pub fn column<'a>(&self, label: &'a str, key: &str, usual: &str) -> Column<'a> {
        let (now, down) = self.sorted(usual);
        let state = match (now == key, down) {
            (false, _) => Sorted::No,
            (true, false) => Sorted::Up,
            (true, true) => Sorted::Down,
        };
        let next = if state == Sorted::Up { format!("-{key}") } else { key.to_owned() };
        Column::new(label).sort(self.with(&[("xep", &next), ("trang", "")]), state)
    }

    /// Filters, sizes and files above the list; `names` are those of the filter's fields.
    pub fn toolbar(&self, filters: Markup, names: &[&str]) -> Markup {
        let set = names.iter().filter(|name| !self.get(name).is_empty()).count();
        let keep = ["xep", "dong"]
            .into_iter()
            .map(|name| (name, self.get(name)))
            .filter(|(_, value)| !value.is_empty())
            .collect();
        let cleared: Vec<(&str, &str)> = names.iter().map(|name| (*name, "")).chain([("trang", "")]).collect();
        let cleared = self.with(&cleared);
        let size = |size: usize| {
            let href = self.with(&[("dong", &size.to_string()), ("trang", "")]);
            (size as u32, (size != self.size()).then_some(href))
        };
        let file = |kind: &str| self.with(&[("xuat", kind), ("trang", "")]);
        html! {
            (Toolbar {
                action: &self.path,
                filters: Some(filters),
                keep,
                set,
                clear: &cleared,
                exports: vec![("Xuất Excel", file("xlsx")), ("Xuất CSV", file("csv"))],
                sizes: SIZES.into_iter().map(size).collect(),
            })
        }
    }

    /// Whether the list is asked for as a file.
    pub fn as_file(&self) -> Option<FileKind> {
        match self.get("xuat") {
            "xlsx" => Some(FileKind::Excel),
            "csv" => Some(FileKind::Csv),
            _ => None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    Excel,
    Csv,
}

/// A table as a file to keep, with the moment of its making in its notes.
pub fn file(kind: FileKind, name: &str, title: &str, table: sheet::Table, now: Timestamp) -> Answer {
    let table = table.title(title).note(format!("Xuất lúc {}", base::day::vi_moment(now)));
    let (bytes, media, ending) = match kind {
        FileKind::Excel => (
            sheet::xlsx::write_table(title, table),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "xlsx",
        ),
        FileKind::Csv => (sheet::csv::write(&table, Style::Vietnamese), "text/csv; charset=utf-8", "csv"),
    };
    let bytes = bytes.map_err(Failure::from)?;
    web::download(web::Sheet { bytes, kind: media, name: format!("{name}.{ending}") })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn ask(address: &str) -> Ask {
        Ask::of(&address.parse().unwrap())
    }

    #[test]
    fn the_address_keeps_what_is_not_changed() {
        let ask = ask("/quan-tri/don-vi?q=c%C3%B4ng+th%C6%B0%C6%A1ng&trang=3&loai=");
        assert_eq!(ask.get("q"), "công thương");
        assert_eq!(ask.with(&[("trang", "4")]), "/quan-tri/don-vi?q=c%C3%B4ng%20th%C6%B0%C6%A1ng&trang=4");
        assert_eq!(ask.with(&[("q", ""), ("trang", "")]), "/quan-tri/don-vi");
    }

    #[test]
    fn a_page_beyond_the_end_is_the_last_and_odd_sizes_are_not_taken() {
        let lines: Vec<usize> = (0..45).collect();
        assert_eq!(ask("/x?trang=9").slice(&lines), &lines[40..]);
        assert_eq!(ask("/x?trang=0").slice(&lines), &lines[..20]);
        assert_eq!(ask("/x?dong=100000").size(), 20);
        assert!(ask("/x").slice(&[] as &[usize]).is_empty());
    }
}
