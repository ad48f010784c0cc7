//! Which form, by the day of its deed (`data/dossier/forms.toml`).

use base::Date;
use people::Unit;
use serde::Deserialize;
use std::sync::OnceLock;

const TABLE: &str = include_str!("../../../../data/dossier/forms.toml");

/// What is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum What {
    Receipt,
    Ask,
    Refuse,
    Apology,
    Stop,
    Control,
    Register,
    /// Money given back: of no circular.
    Refund,
}

impl What {
    /// By the word in the address; the receipt and the register have addresses of their own.
    pub fn of(word: &str) -> Option<What> {
        [What::Ask, What::Refuse, What::Apology, What::Stop, What::Control].into_iter().find(|what| what.word() == word)
    }

    pub fn word(self) -> &'static str {
        match self {
            What::Receipt => "giay-hen",
            What::Ask => "bo-sung",
            What::Refuse => "tu-choi",
            What::Apology => "xin-loi",
            What::Stop => "dung",
            What::Control => "kiem-soat",
            What::Register => "so-theo-doi",
            What::Refund => "hoan-phi",
        }
    }
}

#[derive(Deserialize)]
struct Table {
    sets: Vec<Set>,
}

/// The forms of a circular, from a day on.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Set {
    pub from: Date,
    /// The text that issued them.
    pub source: String,
    /// As it stands on each form, after its number.
    pub mark: String,
    pub desks: Vec<DeskName>,
    pub forms: Vec<Form>,
}

/// How a counter is called on its papers.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeskName {
    /// The kind of its unit.
    pub kind: Option<String>,
    /// How the name of its unit begins: such a unit is the counter itself, and goes by its own name.
    pub begins: Option<String>,
    pub name: String,
    pub symbol: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    pub form: What,
    pub number: String,
    pub name: String,
    pub size: Size,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Size {
    A5,
    A4,
    A4Landscape,
}

impl Size {
    pub fn page(self) -> letter::Page {
        match self {
            Size::A5 => letter::Page::A5,
            Size::A4 => letter::Page::A4,
            Size::A4Landscape => letter::Page::A4Landscape,
        }
    }
}

/// The set of a day; before the first, the first: a dossier of before still needs its papers.
pub fn on(day: Date) -> Option<&'static Set> {
    static READ: OnceLock<Vec<Set>> = OnceLock::new();
    let all = READ.get_or_init(|| toml::from_str::<Table>(TABLE).map(|table| table.sets).unwrap_or_default());
    let begun = all.iter().filter(|one| one.from <= day).max_by_key(|one| one.from);
    begun.or_else(|| all.iter().min_by_key(|one| one.from))
}

impl Set {
    pub fn form(&self, what: What) -> Option<&Form> {
        self.forms.iter().find(|form| form.form == what)
    }

    pub fn desk(&self, counter: &Unit) -> Option<&DeskName> {
        let name = base::text::fold(&counter.name);
        let begins =
            |desk: &DeskName| desk.begins.as_ref().is_none_or(|with| name.starts_with(&base::text::fold(with)));
        self.desks.iter().find(|desk| begins(desk) && desk.kind.as_ref().is_none_or(|kind| *kind == counter.kind))
    }

    /// "Mẫu số 01, Thông tư số 03/2025/TT-VPCP".
    pub fn mark_of(&self, form: &Form) -> String {
        format!("Mẫu số {}, {}", form.number, self.mark)
    }
}
