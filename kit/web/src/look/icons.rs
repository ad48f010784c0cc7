//! Our own small drawings on a 16 × 16 field. Neither half of the typeface has ✓ ▲ ◔, and a fallback font
//! draws them differently on every machine.
//!
//! Always beside a word, so always hidden from screen readers.

use maud::{Markup, Render, html};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// Within time.
    Circle,
    /// Nearly due.
    Quarter,
    /// Due today.
    Half,
    /// One step is late, the whole is not.
    Diamond,
    /// Overdue, wrong.
    Triangle,
    /// The clock stands still.
    Pause,
    Check,
    Cross,
    Dash,
    Info,
    Warn,
    Lock,
    Auto,
    Plus,
    Edit,
    Bin,
    Copy,
    Clip,
    File,
    Download,
    Upload,
    Print,
    Search,
    Filter,
    Menu,
    Left,
    Right,
    Up,
    Down,
    UpDown,
    Again,
    Chat,
    Flag,
    Person,
    Bell,
    Unit,
    /// The mark of the house: water between the two pillars of a gate, as at Cửa Việt.
    Door,
}

impl Icon {
    /// Lines, and filled shapes.
    const fn paths(self) -> (&'static str, &'static str) {
        const RING: &str = "M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11z";
        match self {
            Self::Circle => (RING, ""),
            Self::Quarter => (RING, "M8 8V2.5A5.5 5.5 0 0 1 13.5 8z"),
            Self::Half => (RING, "M8 2.5a5.5 5.5 0 0 1 0 11z"),
            Self::Diamond => ("M8 2l6 6-6 6-6-6z", ""),
            Self::Triangle => ("", "M8 2l6.5 12h-13z"),
            Self::Pause => ("M5.5 3.5v9M10.5 3.5v9", ""),
            Self::Check => ("M3 8.5l3.3 3.5L13 4.5", ""),
            Self::Cross => ("M4 4l8 8M12 4l-8 8", ""),
            Self::Dash => ("M4 8h8", ""),
            Self::Info => ("M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM8 7.5v3.5M8 5v.1", ""),
            Self::Warn => ("M8 2.5l6 11H2zM8 6.5v3.2M8 11.5v.1", ""),
            Self::Lock => ("M3.5 7.5h9v6h-9zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5", ""),
            Self::Auto => (
                "M8 5.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5zM8 2v1.5M8 12.5V14M2 8h1.5M12.5 8H14M3.8 3.8l1 1M11.2 11.2l1 1M3.8 12.2l1-1M11.2 4.8l1-1",
                "",
            ),
            Self::Plus => ("M8 3v10M3 8h10", ""),
            Self::Edit => ("M3 13l.8-3.2L10.8 2.8l2.4 2.4-7 7z", ""),
            Self::Bin => ("M3 4.5h10M6 4.5V3h4v1.5M4.5 4.5l.6 9h5.8l.6-9", ""),
            Self::Copy => ("M5.5 5.5h7v8h-7zM3.5 10.5v-8h7", ""),
            Self::Clip => (
                "M12.5 7L7.3 12.2a2.7 2.7 0 0 1-3.8-3.8l5.3-5.3a1.8 1.8 0 0 1 2.6 2.6L6.2 10.9a.9.9 0 0 1-1.3-1.3L9.5 5",
                "",
            ),
            Self::File => ("M4 2h5l3 3v9H4zM9 2v3h3", ""),
            Self::Download => ("M8 2.5V10M5 7l3 3 3-3M3 13.5h10", ""),
            Self::Upload => ("M8 10.5V3M5 6l3-3 3 3M3 13.5h10", ""),
            Self::Print => ("M4.5 6V2.5h7V6M4.5 11.5H2.5V6h11v5.5h-2M4.5 9.5h7v4h-7z", ""),
            Self::Search => ("M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM10.3 10.3L14 14", ""),
            Self::Filter => ("M2 3.5h12M4.5 8h7M6.5 12.5h3", ""),
            Self::Menu => ("M2 4h12M2 8h12M2 12h12", ""),
            Self::Left => ("M10 3L5 8l5 5", ""),
            Self::Right => ("M6 3l5 5-5 5", ""),
            Self::Up => ("M3 10.5l5-5 5 5", ""),
            Self::Down => ("M3 5.5l5 5 5-5", ""),
            Self::UpDown => ("M5 6l3-3 3 3M5 10l3 3 3-3", ""),
            Self::Again => ("M13 8a5 5 0 1 1-1.5-3.5M13 2v3h-3", ""),
            Self::Chat => ("M2.5 3h11v7.5H7.5l-3 2.5v-2.5h-2z", ""),
            Self::Flag => ("M4 14V2.5h8.5l-2 3 2 3H4", ""),
            Self::Person => ("M8 2.5a2.7 2.7 0 1 0 0 5.4 2.7 2.7 0 0 0 0-5.4zM3 13.5c.3-2.7 2.3-4 5-4s4.7 1.3 5 4", ""),
            Self::Bell => (
                "M8 2.2a3.8 3.8 0 0 0-3.8 3.8v2.7L3 11h10l-1.2-2.3V6A3.8 3.8 0 0 0 8 2.2zM6.6 13a1.5 1.5 0 0 0 2.8 0",
                "",
            ),
            Self::Unit => ("M3 14V2.5h7V14M10 6.5h3V14M5.5 5.5h2M5.5 8.5h2M1.5 14h13", ""),
            Self::Door => (
                "M2.5 2v12M13.5 2v12M2.5 6.5c1.8-1.4 3.7-1.4 5.5 0s3.7 1.4 5.5 0M2.5 11c1.8-1.4 3.7-1.4 5.5 0s3.7 1.4 5.5 0",
                "",
            ),
        }
    }
}

impl Render for Icon {
    fn render(&self) -> Markup {
        let (lines, shape) = self.paths();
        html! {
            svg.i viewBox="0 0 16 16" aria-hidden="true" {
                @if !lines.is_empty() { path d=(lines) {} }
                @if !shape.is_empty() { path.f d=(shape) {} }
            }
        }
    }
}
