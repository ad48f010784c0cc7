//! The grid: one row a criterion, small forms in its cells, a drawer for the details.
//!
//! Without script each cell is a form with its own "Lưu" and the page comes back whole. With script
//! (`assets/js/grid.js`) a cell is sent when it is left, and only what changed is drawn anew. The contract of
//! request and answer is in the README of `look`.

mod cell;

pub use cell::{Cell, Conflict, Stand, locked};

use maud::{Markup, PreEscaped, html};

use super::icons::Icon;
use super::parts::{self, Tone};
use super::shell::Key;
use super::table::Column;

/// For `Page.keys` of a grid that is filled in.
pub const SCORE_KEYS: &[Key] = &[
    ("↓ Tab", "Ô sau (đang ở trong ô)"),
    ("↑ Shift+Tab", "Ô trước (đang ở trong ô)"),
    ("F2", "Sửa ô của dòng"),
    ("F4 Ctrl+Enter", "Chi tiết của dòng"),
    ("Alt+E", "Thêm tài liệu kiểm chứng"),
    ("Esc", "Rời ô, về tên tiêu chí; đóng chi tiết"),
];

/// For `Page.keys` of a grid that is appraised.
pub const APPRAISE_KEYS: &[Key] = &[
    ("J", "Tiêu chí sau"),
    ("K", "Tiêu chí trước"),
    ("Y", "Đồng ý điểm tự chấm"),
    ("N", "Điều chỉnh điểm"),
    ("↓ Tab", "Ô sau (đang ở trong ô)"),
    ("↑ Shift+Tab", "Ô trước (đang ở trong ô)"),
    ("F4 Ctrl+Enter", "Chi tiết, tài liệu kiểm chứng"),
    ("Esc", "Rời ô, về tên tiêu chí; đóng chi tiết"),
];

/// Who works in the grid, which decides the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    Score,
    Appraise,
}

/// The table, and the drawer beside it (empty until a row is opened).
pub fn grid(mode: Mode, caption: &str, columns: &[Column], rows: &Markup, drawer: Option<Markup>) -> Markup {
    let head = html! { tr { @for column in columns { (super::table::head(column)) } } };
    with_head(mode, caption, &head, rows, drawer)
}

/// The same with heading rows of the caller's: headings over headings.
pub fn with_head(mode: Mode, caption: &str, head: &Markup, rows: &Markup, drawer: Option<Markup>) -> Markup {
    let mode = if mode == Mode::Score { "score" } else { "appraise" };
    html! {
        div.grid-split {
            div.scroll tabindex="0" role="region" aria-label=(caption) {
                table.grid data-grid=(mode) {
                    caption.vh { (caption) }
                    thead { (head) }
                    tbody { (rows) }
                }
            }
            (drawer_place(drawer))
        }
        (legend())
    }
}

/// Kept even when empty: the script puts details here.
fn drawer_place(inside: Option<Markup>) -> Markup {
    html! { aside #ngan .drawer tabindex="-1" aria-label="Chi tiết" { @if let Some(inside) = inside { (inside) } } }
}

/// The inside of the drawer: also the whole answer when the request says `HX-Target: aside#ngan`.
pub fn drawer(title: &str, close: &str, inside: &Markup) -> Markup {
    html! {
        div.drawer-head {
            h2 { (title) }
            a.btn.btn-3 href=(close) data-close { (Icon::Cross) "Đóng" }
        }
        (inside)
    }
}

/// `<tr>` of a criterion. `depth` from 1; a sum of others is `sum`, has no inputs and is drawn as a heading.
pub fn row(code: &str, depth: u8, sum: bool, cells: &Markup) -> Markup {
    html! {
        tr id=(row_id(code)) class={ "d" (depth.clamp(1, 5)) @if sum { " sum" } } { (cells) }
    }
}

pub fn row_id(code: &str) -> String {
    format!("r-{code}")
}

/// Code and name. `open` is the address of this page with the drawer open at this row.
pub fn name(code: &str, name: &str, open: Option<&str>, more: Option<Markup>) -> Markup {
    html! {
        td.code { (code) }
        th scope="row" {
            @match open { Some(href) => a href=(href) data-open { (name) }, None => (name) }
            @if let Some(more) = more { (more) }
        }
    }
}

/// A number that is only read.
pub fn number(text: &str) -> Markup {
    html! { td.n { (text) } }
}

/// How many papers prove it, and the way to them; none where one is required stands out.
pub fn evidence(count: u64, href: &str, code: &str, missing: bool) -> Markup {
    html! {
        td.m {
            a.clip.missing[missing] href=(href) data-evidence {
                @if missing { (Icon::Triangle) } (count) span.vh { " tài liệu kiểm chứng của " (code) }
            }
        }
    }
}

/// The state of the row in words. The script writes "Đang lưu…" here while a cell is on its way.
pub fn state(tone: Tone, words: &str) -> Markup {
    html! { td.state data-say { (parts::tag(tone, words)) } }
}

/// The strip above the grid: stays in sight, and is part of the answer to each save (its id is `bar`).
pub fn bar(progress: &Markup, problems: &Markup, total: &Markup, actions: &Markup) -> Markup {
    html! {
        div #bar .grid-bar {
            (progress)
            div.grid-problems { (problems) }
            p.grid-total { (total) }
            p.saved-when data-saved {}
            div.actions { (actions) }
        }
    }
}

/// The answer to a save: the row, the rows of its sums, the bar. Rows come first: a browser drops a `<tr>`
/// that follows a `<div>`.
pub fn answer(rows: &[Markup], pieces: &[Markup]) -> Markup {
    let mut whole = String::new();
    for part in rows.iter().chain(pieces) {
        whole += &part.0;
    }
    PreEscaped(whole)
}

fn legend() -> Markup {
    html! {
        ul.legend aria-label="Ký hiệu của ô" {
            li.saved { "đã lưu" }
            li.warn { "đã lưu, còn thiếu" }
            li.invalid { "chưa lưu" }
            li.locked { "khoá" }
        }
    }
}
