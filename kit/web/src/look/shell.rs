//! The frames around every page: the office, the citizen's column, and the bare one for signing in.
//!
//! ```text
//! ┌ bar: mark · unit ───────── search ───── person and hats ┐
//! │ DỮ LIỆU MẪU (only where the data are a sample)          │
//! ├ nav with counters ┬ crumbs, h1, actions ────────────────┤
//! │                   │ flash · errors · body               │
//! └ footer: whose site, help, key list ─────────────────────┘
//! ```
//!
//! Absent on purpose: any inline script or style (the site's policy forbids them), any script that a page
//! needs in order to work.

mod bar;
mod words;

use base::Refusals;
use maud::{DOCTYPE, Markup, Render, html};

use super::icons::Icon;
use super::parts::{self, Tone};

/// What is the same on every page of one request: whose site, who asks, where they may go.
#[derive(Clone, Debug, Default)]
pub struct Frame {
    /// Whose site this is: "UBND tỉnh Quảng Trị".
    pub owner: String,
    pub person: Option<Person>,
    pub nav: Vec<NavGroup>,
    /// The data are a sample; every page says so.
    pub sample: bool,
    /// Goes into every form that changes something.
    pub csrf: String,
    /// Where help is: "Hỗ trợ: 0233 3852 xxx (7:30–17:00)". At the same place on every page (WCAG 3.2.6).
    pub help: String,
    pub doors: Doors,
}

/// Addresses that the shells link to. An empty one leaves its door out.
#[derive(Clone, Debug)]
pub struct Doors {
    pub home: String,
    pub search: String,
    pub account: String,
    /// POST `hat` and `csrf`.
    pub hat: String,
    /// POST `csrf`.
    pub sign_out: String,
    pub sign_in: String,
    pub notices: String,
}

impl Default for Doors {
    fn default() -> Self {
        Self {
            home: "/".into(),
            search: "/tim".into(),
            account: "/tai-khoan".into(),
            hat: "/vai-tro".into(),
            sign_out: "/dang-xuat".into(),
            sign_in: "/dang-nhap".into(),
            notices: "/thong-bao".into(),
        }
    }
}

/// Who is signed in, and as what.
#[derive(Clone, Debug, Default)]
pub struct Person {
    pub name: String,
    pub unit: String,
    /// The roles this person may act in; the one in use is `current`.
    pub hats: Vec<Hat>,
    /// Notices that wait to be read; "99+" beyond.
    pub unread: i64,
}

#[derive(Clone, Debug, Default)]
pub struct Hat {
    pub id: String,
    /// "Chuyên viên, Văn phòng Sở Công Thương".
    pub label: String,
    pub current: bool,
}

#[derive(Clone, Debug, Default)]
pub struct NavGroup {
    pub title: String,
    pub items: Vec<NavItem>,
}

#[derive(Clone, Debug, Default)]
pub struct NavItem {
    pub label: String,
    pub href: String,
    /// How much waits there.
    pub count: Option<u64>,
    /// The waiting is overdue or returned: the counter is drawn in red, with its sign.
    pub urgent: bool,
    pub current: bool,
}

/// One message at the top of the page about what has just been done.
#[derive(Clone, Debug)]
pub struct Flash {
    pub tone: Tone,
    pub say: String,
}

impl Flash {
    pub fn done(say: impl Into<String>) -> Self {
        Self { tone: Tone::Ok, say: say.into() }
    }
}

/// A row of the key list: the keys, what they do.
pub type Key = (&'static str, &'static str);

/// What one page brings into a shell.
#[derive(Clone, Debug)]
pub struct Page {
    /// Names the browser tab, and is the only h1 unless `own_heading`.
    pub title: String,
    /// The body has its h1 itself: a question whose label is the heading.
    pub own_heading: bool,
    /// One quiet line under the heading: unit, period, deadline.
    pub lead: Option<Markup>,
    /// Label and address, from the home page down; this page itself is left out.
    pub crumbs: Vec<(String, String)>,
    /// Buttons at the right of the heading.
    pub actions: Option<Markup>,
    pub flash: Option<Flash>,
    /// Listed first, linked to their fields, and announced in the title.
    pub refusals: Refusals,
    /// Keys of this page, above those that work everywhere.
    pub keys: Vec<Key>,
    /// The whole width for a table; the navigation opens by its button.
    pub wide: bool,
    /// Seconds after which a browser without script loads the page again, for work that goes on.
    pub refresh: Option<u32>,
    pub body: Markup,
}

impl Page {
    pub fn new(title: impl Into<String>, body: Markup) -> Self {
        Self {
            title: title.into(),
            own_heading: false,
            lead: None,
            crumbs: Vec::new(),
            actions: None,
            flash: None,
            refusals: Refusals::new(),
            keys: Vec::new(),
            wide: false,
            refresh: None,
            body,
        }
    }
}

/// The shell of everyone who works here.
pub fn office(frame: &Frame, page: &Page) -> Markup {
    let narrow_nav = if page.wide { "office wide" } else { "office" };
    document(
        page,
        narrow_nav,
        html! {
            header { (bar::office(frame)) (sample(frame)) }
            div.frame {
                @if !frame.nav.is_empty() { (bar::nav(frame)) }
                main #main tabindex="-1" {
                    (top(page))
                    (page.body)
                }
            }
            (foot(frame, &page.keys))
        },
    )
}

/// The shell of a citizen: one column, larger words, targets for a thumb.
pub fn citizen(frame: &Frame, page: &Page) -> Markup {
    document(
        page,
        "citizen",
        html! {
            header { (bar::citizen(frame)) (sample(frame)) }
            div.column {
                @if let Some((_, href)) = page.crumbs.last() {
                    nav aria-label="Đường dẫn" { a.govuk-back-link href=(href) { "Quay lại" } }
                }
                main #main tabindex="-1" {
                    (messages(page))
                    @if !page.own_heading { h1 { (page.title) } }
                    @if let Some(lead) = &page.lead { p.lead { (lead) } }
                    (page.body)
                }
            }
            (foot(frame, &[]))
        },
    )
}

/// Nothing but the mark and one card: signing in, the first start, a page of trouble.
pub fn bare(frame: &Frame, page: &Page) -> Markup {
    document(
        page,
        "bare",
        html! {
            header {
                (sample(frame))
                p.mark-large { (Icon::Door) span { (words::SITE) small { (frame.owner) } } }
            }
            div.card-place {
                main.card #main tabindex="-1" {
                    (messages(page))
                    @if !page.own_heading { h1 { (page.title) } }
                    @if let Some(lead) = &page.lead { p.lead { (lead) } }
                    (page.body)
                }
            }
            (foot(frame, &[]))
        },
    )
}

fn document(page: &Page, class: &str, inside: Markup) -> Markup {
    let wrong = if page.refusals.is_empty() { "" } else { words::ERROR_PREFIX };
    html! {
        (DOCTYPE)
        html lang="vi" {
            head {
                meta charset="utf-8";
                title { (wrong) (page.title) " - " (words::SITE) }
                meta name="viewport" content="width=device-width, initial-scale=1";
                // Without it htmx makes a style sheet of its own; inline ones are against our policy.
                meta name="htmx-config" content=r#"{"includeIndicatorCSS":false,"history":false}"#;
                @for font in ["inter.woff2", "inter-vi.woff2"] {
                    link rel="preload" href=(assets::url(font)) as="font" type="font/woff2" crossorigin;
                }
                link rel="stylesheet" href=(assets::url("app.css"));
                link rel="icon" href=(assets::url("icon.svg")) type="image/svg+xml";
                @if let Some(seconds) = page.refresh {
                    noscript { meta http-equiv="refresh" content=(seconds); }
                }
                script src=(assets::url("app.js")) defer {}
            }
            body class=(class) {
                a.skip href="#main" { "Đến nội dung chính" }
                (inside)
                // Short words for screen readers, from scripts: "Đã lưu lúc 09:14".
                p.vh #say role="status" {}
            }
        }
    }
}

/// Everything above the body of an office page.
fn top(page: &Page) -> Markup {
    html! {
        @if !page.crumbs.is_empty() { (parts::breadcrumbs(&page.crumbs, &page.title)) }
        (messages(page))
        @if !page.own_heading {
            div.head {
                div {
                    h1 { (page.title) }
                    @if let Some(lead) = &page.lead { p.lead { (lead) } }
                }
                @if let Some(actions) = &page.actions { div.actions { (actions) } }
            }
        }
    }
}

fn messages(page: &Page) -> Markup {
    html! {
        @if !page.refusals.is_empty() {
            (parts::error_summary(&page.refusals, &page.body))
        }
        @if let Some(flash) = &page.flash {
            (parts::notice(flash.tone, &flash.say))
        }
    }
}

fn sample(frame: &Frame) -> Markup {
    html! {
        @if frame.sample {
            p.sample role="note" { strong { "DỮ LIỆU MẪU" } " " (words::SAMPLE) }
        }
    }
}

fn foot(frame: &Frame, keys: &[Key]) -> Markup {
    html! {
        footer.foot {
            p { (words::SITE) @if !frame.owner.is_empty() { " · " (frame.owner) } }
            @if !frame.help.is_empty() { p { (frame.help) } }
            @if frame.person.is_some() {
                button.plain.js-only type="button" data-keys-open { "Phím tắt " kbd { "?" } }
            }
        }
        @if frame.person.is_some() { (key_list(keys)) }
    }
}

/// Opened by "?" or by the button in the footer; a key list without script would list keys that do nothing.
fn key_list(own: &[Key]) -> Markup {
    let rows = |keys: &[Key]| {
        html! {
            @for (keys, deed) in keys {
                div { dt { @for key in keys.split(' ') { kbd { (key) } " " } } dd { (deed) } }
            }
        }
    };
    html! {
        dialog #keys .keys aria-labelledby="keys-title" {
            h2 #keys-title { "Phím tắt" }
            dl { (rows(own)) (rows(words::KEYS)) }
            label.tick { input #keys-off type="checkbox" data-keys-off; " Tắt các phím một chữ (?, J, K, Y, N)" }
            form method="dialog" { (parts::Button::new("Đóng").second().render()) }
        }
    }
}
