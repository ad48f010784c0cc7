//! Buttons say their deed ("Gửi bản tự chấm"), never "OK".

use maud::{Markup, Render, html};

use super::super::icons::Icon;

/// A button or a link that looks like one: `Button::new("Lưu").key("alt+s")`, `Button::new("Sửa").to("/…").second()`.
#[derive(Clone, Copy, Debug)]
pub struct Button<'a> {
    words: &'a str,
    class: &'static str,
    icon: Option<Icon>,
    href: Option<&'a str>,
    name: Option<(&'a str, &'a str)>,
    form: Option<&'a str>,
    formaction: Option<&'a str>,
    key: Option<&'a str>,
    more: Option<&'a str>,
    download: bool,
    disabled: bool,
    some: bool,
}

impl<'a> Button<'a> {
    /// The one main deed of a form.
    pub const fn new(words: &'a str) -> Self {
        Self {
            words,
            class: "btn",
            icon: None,
            href: None,
            name: None,
            form: None,
            formaction: None,
            key: None,
            more: None,
            download: false,
            disabled: false,
            some: false,
        }
    }

    /// Any other deed.
    pub const fn second(mut self) -> Self {
        self.class = "btn btn-2";
        self
    }

    /// Something that cannot be undone.
    pub const fn danger(mut self) -> Self {
        self.class = "btn btn-bad";
        self
    }

    /// In a row of a table, where a frame would be too loud.
    pub const fn quiet(mut self) -> Self {
        self.class = "btn btn-3";
        self
    }

    pub const fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// A link: it goes somewhere and changes nothing.
    pub const fn to(mut self, href: &'a str) -> Self {
        self.href = Some(href);
        self
    }

    /// What the form is told when this button sends it.
    pub const fn sends(mut self, name: &'a str, value: &'a str) -> Self {
        self.name = Some((name, value));
        self
    }

    /// The id of a form elsewhere on the page.
    pub const fn of_form(mut self, id: &'a str) -> Self {
        self.form = Some(id);
        self
    }

    /// The same form, sent to another address.
    pub const fn instead_to(mut self, action: &'a str) -> Self {
        self.formaction = Some(action);
        self
    }

    /// `alt+s`, `ctrl+enter`: told to the script, and to people in the tooltip.
    pub const fn key(mut self, key: &'a str) -> Self {
        self.key = Some(key);
        self
    }

    /// Words for screen readers where several buttons of a page say the same: "Sửa" + " tiêu chí 3.2.1".
    pub const fn about(mut self, more: &'a str) -> Self {
        self.more = Some(more);
        self
    }

    /// The answer is a file and the page stays: the script must not wait for the next one.
    pub const fn file(mut self) -> Self {
        self.download = true;
        self
    }

    /// Waits until a line of the list is ticked.
    pub const fn some(mut self) -> Self {
        self.some = true;
        self
    }

    pub const fn disabled(mut self, disabled: bool) -> Self {
        self.disabled = disabled;
        self
    }
}

impl Render for Button<'_> {
    fn render(&self) -> Markup {
        let inside = html! {
            @if let Some(icon) = self.icon { (icon) }
            (self.words)
            @if let Some(more) = self.more { span.vh { " " (more) } }
        };
        let title = self.key.map(spoken);
        html! {
            @if let Some(href) = self.href {
                a class=(self.class) href=(href) title=[title] data-key=[self.key] download[self.download] { (inside) }
            } @else {
                button class=(self.class) type="submit" title=[title] data-key=[self.key] form=[self.form]
                    formaction=[self.formaction] name=[self.name.map(|pair| pair.0)] value=[self.name.map(|pair| pair.1)]
                    data-file[self.download] data-some[self.some] disabled[self.disabled] { (inside) }
            }
        }
    }
}

/// `alt+s` → "Alt+S".
fn spoken(key: &str) -> String {
    key.split('+').map(capital).collect::<Vec<_>>().join("+")
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The main button of a form.
pub fn button(words: &str) -> Markup {
    Button::new(words).render()
}

/// A second-rank link with the look of a button.
pub fn link_button(words: &str, href: &str) -> Markup {
    Button::new(words).to(href).second().render()
}

/// A code with a button that copies it; without script there is only the code, which can be selected.
pub fn copy(text: &str, what: &str) -> Markup {
    html! {
        span.copy {
            code { (text) }
            button.btn.btn-3.js-only type="button" data-copy=(text) { (Icon::Copy) "Sao chép" span.vh { " " (what) } }
        }
    }
}
