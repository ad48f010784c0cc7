//! Ways from page to page.

use base::{Decimal, number};
use maud::{Markup, html};

use super::super::icons::Icon;

/// From the home page down; the last word is this page and no link.
pub fn breadcrumbs(above: &[(String, String)], here: &str) -> Markup {
    html! {
        nav.crumbs aria-label="Đường dẫn" {
            ol {
                @for (label, href) in above { li { a href=(href) { (label) } } }
                li aria-current="page" { (here) }
            }
        }
    }
}

pub fn back(href: &str, words: &str) -> Markup {
    html! { a.back href=(href) { (Icon::Left) (words) } }
}

/// One view of the same thing; a link, so that it can be sent to a colleague.
#[derive(Clone, Debug, Default)]
pub struct Tab<'a> {
    pub label: &'a str,
    pub href: &'a str,
    pub count: Option<u64>,
    pub current: bool,
}

pub fn tabs(label: &str, tabs: &[Tab]) -> Markup {
    html! {
        nav.tabs aria-label=(label) {
            ul {
                @for tab in tabs {
                    li {
                        a href=(tab.href) aria-current=[tab.current.then_some("page")] {
                            (tab.label) @if let Some(count) = tab.count { b { (count) } }
                        }
                    }
                }
            }
        }
    }
}

/// Where in a long list this page is.
#[derive(Clone, Debug)]
pub struct Pager<'a> {
    /// Counted from 1.
    pub page: u64,
    pub pages: u64,
    /// Of the whole list.
    pub total: u64,
    /// What is counted: "hồ sơ".
    pub noun: &'a str,
}

/// `link` gives the address of a page. Shows the first, the last and the neighbours.
pub fn pagination(pager: &Pager, link: impl Fn(u64) -> String) -> Markup {
    let near = |page: u64| page == 1 || page == pager.pages || page.abs_diff(pager.page) <= 1;
    let shown: Vec<u64> = (1..=pager.pages).filter(|page| near(*page)).collect();
    html! {
        nav.pages aria-label="Trang" {
            p { "Tất cả " (number::vi(&Decimal::from(pager.total))) " " (pager.noun) }
            @if pager.pages > 1 {
                ul {
                    @if pager.page > 1 {
                        li { a rel="prev" href=(link(pager.page - 1)) { (Icon::Left) "Trước" } }
                    }
                    @for (at, page) in shown.iter().enumerate() {
                        @if at > 0 && shown[at - 1] + 1 < *page { li.gap { "…" } }
                        li { a href=(link(*page)) aria-label={ "Trang " (page) } aria-current=[(*page == pager.page).then_some("page")] { (page) } }
                    }
                    @if pager.page < pager.pages {
                        li { a rel="next" href=(link(pager.page + 1)) { "Sau" (Icon::Right) } }
                    }
                }
            }
        }
    }
}
