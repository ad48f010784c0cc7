//! Lists as tables: one look, one toolbar, state in the address so that it can be sent to a colleague.
//!
//! Sorting is a link, so it works without script. On a narrow screen the table scrolls sideways in a region
//! that the keyboard reaches too.

use maud::{Markup, Render, html};

use super::icons::Icon;
use super::parts::Tone;

/// How a column stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    #[default]
    Start,
    /// Numbers: to the right, figures of one width.
    Number,
    Center,
    /// Actions at the end of a row.
    End,
}

impl Align {
    pub(crate) const fn class(self) -> Option<&'static str> {
        match self {
            Self::Start => None,
            Self::Number => Some("n"),
            Self::Center => Some("m"),
            Self::End => Some("e"),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sorted {
    No,
    Up,
    Down,
}

/// The head of a column.
#[derive(Clone, Debug)]
pub struct Column<'a> {
    label: &'a str,
    align: Align,
    sort: Option<(String, Sorted)>,
    width: Option<u8>,
    label_hidden: bool,
    picks: bool,
    hint: Option<&'a str>,
}

impl<'a> Column<'a> {
    pub fn new(label: &'a str) -> Self {
        Self { label, align: Align::Start, sort: None, width: None, label_hidden: false, picks: false, hint: None }
    }

    pub fn number(label: &'a str) -> Self {
        Self { align: Align::Number, ..Self::new(label) }
    }

    /// For a column of buttons: a head for screen readers only.
    pub fn actions(label: &'a str) -> Self {
        Self { align: Align::End, label_hidden: true, ..Self::new(label) }
    }

    /// For a column of boxes that tick a line: in its head the box that ticks them all, where there is script.
    pub fn picks(label: &'a str) -> Self {
        Self { picks: true, ..Self::new(label) }
    }

    pub fn align(mut self, align: Align) -> Self {
        self.align = align;
        self
    }

    /// The address that sorts by this column (the other way when it is sorted already).
    pub fn sort(mut self, href: impl Into<String>, now: Sorted) -> Self {
        self.sort = Some((href.into(), now));
        self
    }

    /// Percent of the table, in steps of five.
    pub fn width(mut self, percent: u8) -> Self {
        self.width = Some(percent);
        self
    }

    /// Shown when the pointer rests on it; must not be needed to understand.
    pub fn hint(mut self, hint: &'a str) -> Self {
        self.hint = Some(hint);
        self
    }
}

/// One line of a list.
#[derive(Clone, Debug, Default)]
pub struct Row {
    pub cells: Vec<Markup>,
    pub id: Option<String>,
    /// `Bad` draws an edge at the left; the words still say it.
    pub tone: Tone,
    /// A heading inside the table: "Trong đó".
    pub strong: bool,
}

impl Row {
    pub fn new(cells: Vec<Markup>) -> Self {
        Self { cells, ..Self::default() }
    }

    pub fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }

    pub fn strong(mut self) -> Self {
        self.strong = true;
        self
    }

    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }
}

/// A table of any size.
#[derive(Clone, Debug, Default)]
pub struct Table<'a> {
    /// Names the table; seen only if `caption_shown`.
    pub caption: &'a str,
    pub caption_shown: bool,
    pub columns: Vec<Column<'a>>,
    pub rows: Vec<Row>,
    /// Totals, last and bold.
    pub foot: Option<Row>,
    /// The cell of a row that names it: its `th`. Counted from 0.
    pub names: usize,
}

impl Render for Table<'_> {
    fn render(&self) -> Markup {
        html! {
            div.scroll tabindex="0" role="region" aria-label=(self.caption) {
                table.list {
                    caption class=[(!self.caption_shown).then_some("vh")] { (self.caption) }
                    thead { tr { @for column in &self.columns { (head(column)) } } }
                    tbody { @for row in &self.rows { (self.row(row)) } }
                    @if let Some(foot) = &self.foot { tfoot { (self.row(foot)) } }
                }
            }
        }
    }
}

impl Table<'_> {
    fn row(&self, row: &Row) -> Markup {
        let class = match (row.strong, row.tone == Tone::Bad) {
            (true, _) => Some("strong"),
            (_, true) => Some("edge"),
            _ => None,
        };
        html! {
            tr id=[&row.id] class=[class] {
                @for (at, cell) in row.cells.iter().enumerate() {
                    @let align = self.columns.get(at).and_then(|column| column.align.class());
                    @if at == self.names { th scope="row" class=[align] { (cell) } }
                    @else { td class=[align] { (cell) } }
                }
            }
        }
    }
}

pub(crate) fn head(column: &Column) -> Markup {
    let now = column.sort.as_ref().and_then(|(_, now)| match now {
        Sorted::No => None,
        Sorted::Up => Some("ascending"),
        Sorted::Down => Some("descending"),
    });
    let width = column.width.map(|percent| format!("w{}", percent / 5 * 5));
    let class = [column.align.class(), width.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ");
    html! {
        th scope="col" class=[(!class.is_empty()).then_some(class)] aria-sort=[now] title=[column.hint] {
            @match &column.sort {
                Some((href, now)) => a href=(href) {
                    (column.label)
                    @match now { Sorted::No => (Icon::UpDown), Sorted::Up => (Icon::Up), Sorted::Down => (Icon::Down) }
                },
                None => @if column.picks { input.js-only type="checkbox" data-all aria-label=(column.label); } @else if column.label_hidden { span.vh { (column.label) } } @else { (column.label) },
            }
        }
    }
}

/// What stands above a list: filters at the left (a GET form), files at the right.
#[derive(Clone, Debug, Default)]
pub struct Toolbar<'a> {
    /// Where the filters are sent.
    pub action: &'a str,
    /// Fields of the filter, with hidden or short labels.
    pub filters: Option<Markup>,
    /// What the address carries besides the fields: the order, the tab.
    pub keep: Vec<(&'a str, &'a str)>,
    /// How many filters are set, and where they are cleared.
    pub set: usize,
    pub clear: &'a str,
    /// Label and address: Excel, CSV.
    pub exports: Vec<(&'a str, String)>,
    /// Lines a page, to choose from, with the address of each; the one in use has no address.
    pub sizes: Vec<(u32, Option<String>)>,
}

impl Render for Toolbar<'_> {
    fn render(&self) -> Markup {
        html! {
            div.toolbar {
                @if let Some(filters) = &self.filters {
                    form.filters method="get" action=(self.action) role="search" aria-label="Lọc danh sách" {
                        @for (name, value) in &self.keep { input type="hidden" name=(name) value=(value); }
                        (filters)
                        button.btn.btn-2 type="submit" { (Icon::Filter) "Lọc" }
                        @if self.set > 0 { a.clear href=(self.clear) { "Xoá bộ lọc (" (self.set) ")" } }
                    }
                }
                div.toolbar-end {
                    @if !self.sizes.is_empty() {
                        span.sizes {
                            "Dòng mỗi trang "
                            @for (size, href) in &self.sizes {
                                @match href {
                                    Some(href) => a href=(href) { (size) },
                                    None => b aria-current="true" { (size) },
                                }
                            }
                        }
                    }
                    @for (label, href) in &self.exports {
                        a.btn.btn-3 href=(href) download { (Icon::Download) (label) }
                    }
                }
            }
        }
    }
}
