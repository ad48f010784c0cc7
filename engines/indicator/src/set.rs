//! The nouns: what is counted (chỉ tiêu), how it adds up, and what a figure can be.
//!
//! A [`Set`] comes from [`crate::read`] only, which finds every mistake first; so what is here can be added up without asking
//! again: each code that an indicator names is there, and none stands on itself.

use base::Decimal;

base::words! {
    /// What kind of figure it is, as reporting services number them (1 to 4, in this order).
    Nature {
        Plan = "ke-hoach", "Kế hoạch";
        Estimate = "uoc-tinh", "Ước tính";
        Actual = "thuc-hien", "Thực hiện";
        Official = "chinh-thuc", "Chính thức";
    }
}

impl Nature {
    /// Its number on the wire.
    pub fn number(self) -> u8 {
        self as u8 + 1
    }

    pub fn numbered(number: u8) -> Option<Nature> {
        Nature::ALL.iter().copied().find(|one| one.number() == number)
    }
}

/// How several figures become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    Sum,
    /// Weighted by another indicator of the set: its place in [`Set::indicators`].
    Average(usize),
    /// The latest stands for all: over time only.
    Last,
    /// They do not become one: what is said of each is said of it alone.
    None,
}

/// What is worked out from others, after they have been added up: a province's ratio is that of its sums, not a sum of ratios.
/// Others are named by their places in [`Set::indicators`].
#[derive(Clone, Debug, PartialEq)]
pub enum Derived {
    /// `part` of `whole`, times a number (100 for per cent).
    Ratio {
        part: usize,
        whole: usize,
        times: Decimal,
    },
    Sum(Vec<usize>),
    Difference {
        of: usize,
        less: usize,
    },
    /// By how many per cent it has grown since another period.
    Growth {
        of: usize,
        since: Since,
    },
}

impl Derived {
    /// The indicators it stands on.
    pub fn on(&self) -> Vec<usize> {
        match self {
            Derived::Ratio { part, whole, .. } => vec![*part, *whole],
            Derived::Sum(of) => of.clone(),
            Derived::Difference { of, less } => vec![*of, *less],
            Derived::Growth { of, .. } => vec![*of],
        }
    }
}

base::words! {
    /// Which other period a figure is compared with.
    Since {
        Previous = "ky-truoc", "Kỳ trước";
        Same = "cung-ky", "Cùng kỳ năm trước";
    }
}

/// One way to divide a figure (phân tổ): by channel, by branch of industry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Categories {
    pub code: String,
    pub name: String,
    /// Codes with what they are called, in the order of the file.
    pub items: Vec<(String, String)>,
    /// The item that is what no other is, by its place.
    pub rest: Option<usize>,
}

/// What is counted.
#[derive(Clone, Debug, PartialEq)]
pub struct Indicator {
    pub code: String,
    pub name: String,
    /// What it is measured in, in words: "hồ sơ", "tỷ đồng", "%".
    pub unit: String,
    /// Digits after the comma that a figure may have.
    pub digits: u32,
    pub over_units: Over,
    pub over_time: Over,
    /// The divisions it can have: places in [`Set::categories`].
    pub by: Vec<usize>,
    /// No figure is below this.
    pub lowest: Option<Decimal>,
    /// The fact as which the system itself counts what was done; parts are found by their names.
    pub source: Option<String>,
    /// None: it is reported.
    pub derived: Option<Derived>,
}

/// Indicators that belong together, with what orders them.
#[derive(Clone, Debug, PartialEq)]
pub struct Set {
    pub code: String,
    pub name: String,
    /// The decision that orders it; empty in a sample.
    pub basis: String,
    /// Invented for a demonstration: every page says so.
    pub sample: bool,
    pub categories: Vec<Categories>,
    /// In the order of the file.
    pub indicators: Vec<Indicator>,
    pub checks: Vec<crate::check::Check>,
    /// Places of the derived ones, each after all that it stands on.
    pub(crate) order: Vec<usize>,
}

impl Set {
    /// An item of an indicator's categories: their places, by the item's code.
    pub fn part(&self, indicator: usize, code: &str) -> Option<(usize, usize)> {
        self.by(indicator).into_iter().find_map(|by| {
            let items = &self.categories.get(by)?.items;
            Some((by, items.iter().position(|item| item.0 == code)?))
        })
    }

    /// The divisions of an indicator; of a derived one, those that all it stands on have.
    fn by(&self, indicator: usize) -> Vec<usize> {
        let Some(one) = self.indicators.get(indicator) else { return Vec::new() };
        let Some(derived) = &one.derived else { return one.by.clone() };
        let mut all = derived.on().into_iter().map(|on| self.by(on));
        let first = all.next().unwrap_or_default();
        all.fold(first, |kept, other| kept.into_iter().filter(|by| other.contains(by)).collect())
    }

    /// The place of an indicator.
    pub fn place(&self, code: &str) -> Option<usize> {
        self.indicators.iter().position(|one| one.code == code)
    }
}
