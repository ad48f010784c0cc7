//! The workbook as it comes in: every mistake with its cell, not only the first.

use super::names::{self, line};
use super::{Design, forms};
use crate::regime::{Deadline, RegimeFile, SectionLine, Sort, TOTAL};
use base::{Date, Refusal, text};
use indicator::file::{CategoriesLine, CheckLine, DerivedLine, IndicatorLine, Item};
use indicator::{Closing, File, Kind};
use sheet::{At, Book, Line};
use std::collections::BTreeMap;

/// The workbook understood as far as its words go; whether codes fit together is asked of it afterwards.
pub fn read(book: &Book, today: Date) -> Result<Design, Vec<Refusal>> {
    let mut reader = Reader { book, today, refusals: Vec::new() };
    let said = reader.said();
    let design = reader.design(&said);
    if reader.refusals.is_empty() { design.ok_or_else(Vec::new) } else { Err(reader.refusals) }
}

/// Words that a person writes with what a file has; also the file's own word.
const SORTS: [(&str, &str); 3] = [("Định kỳ", "dinh-ky"), ("Chuyên đề", "chuyen-de"), ("Đột xuất", "dot-xuat")];
const OVERS: [(&str, &str); 4] = [("Cộng", "sum"), ("Bình quân", "average"), ("Cuối kỳ", "last"), ("Không", "none")];
const SEVERITIES: [(&str, &str); 3] = [("Chặn", "chan"), ("Giải trình", "giai-trinh"), ("Lưu ý", "luu-y")];
pub(super) const KINDS: [(&str, &str); 7] = [
    ("Sở, ban, ngành", "so"),
    ("Cấp huyện", "huyen"),
    ("Cấp xã", "xa"),
    ("Phòng chuyên môn", "phong"),
    ("Đơn vị sự nghiệp", "don-vi-su-nghiep"),
    ("Trung ương", "trung-uong"),
    ("Tổng hợp", TOTAL),
];

pub(super) fn word_of(words: &[(&'static str, &'static str)], code: &str) -> String {
    words.iter().find(|one| one.1 == code).map_or_else(|| code.to_owned(), |one| one.0.to_owned())
}

pub(super) fn sorts() -> &'static [(&'static str, &'static str)] {
    &SORTS
}

pub(super) fn overs() -> &'static [(&'static str, &'static str)] {
    &OVERS
}

pub(super) fn severities() -> &'static [(&'static str, &'static str)] {
    &SEVERITIES
}

/// What stands beside a line of the sheet "Chế độ", and where.
type Said = BTreeMap<String, (String, String)>;

struct Reader<'a> {
    book: &'a Book,
    today: Date,
    refusals: Vec<Refusal>,
}

/// Several things in one cell: by commas where they are codes, by semicolons or lines where they are names.
fn several(text: &str, by: &[char]) -> Vec<String> {
    text.split(|one| by.contains(&one) || one == '\n')
        .map(str::trim)
        .filter(|one| !one.is_empty())
        .map(str::to_owned)
        .collect()
}

impl<'a> Reader<'a> {
    fn no(&mut self, address: &str, say: impl std::fmt::Display) {
        self.refusals.push(Refusal::new("design", format!("{address}: {say}")));
    }

    fn keep<T>(&mut self, result: Result<T, Refusal>) -> Option<T> {
        let placed = |no: Refusal| match no.field.clone() {
            Some(at) => Refusal { say: format!("{at}: {}", no.say), field: None, ..no },
            None => no,
        };
        result.map_err(|no| self.refusals.push(placed(no))).ok()
    }

    fn text(&mut self, at: &At<'_>) -> String {
        self.keep(at.text()).flatten().unwrap_or_default()
    }

    /// One of some words.
    fn word(&mut self, address: &str, written: &str, words: &[(&str, &str)]) -> String {
        let folded = text::fold(written);
        if let Some((_, code)) =
            words.iter().find(|(word, code)| text::fold(word) == folded || text::fold(code) == folded)
        {
            return (*code).to_owned();
        }
        let all: Vec<&str> = words.iter().map(|one| one.0).collect();
        self.no(address, format!("“{written}” không có trong danh sách: {}.", all.join("; ")));
        written.to_owned()
    }

    /// The lines of a table, none where its sheet is not there.
    fn table(&mut self, name: &str, needed: &[&str], mut each: impl FnMut(&mut Self, &Line<'_, '_>)) {
        let Some(sheet) = self.book.find(name) else { return };
        let Some(grid) = self.keep(sheet.grid(needed)) else { return };
        for line in grid.lines() {
            each(self, &line);
        }
    }

    fn said(&mut self) -> Said {
        let mut said = Said::new();
        if self.book.find(names::REGIME).is_none() {
            self.no(names::REGIME, "tệp không có trang tính này. Tải tệp mẫu rồi điền.");
        }
        self.table(names::REGIME, &[names::ITEM, names::VALUE], |reader, line| {
            let at = line.at(names::VALUE);
            let (item, value) = (reader.text(&line.at(names::ITEM)), reader.text(&at));
            said.insert(text::fold(&item), (value, at.address()));
        });
        said
    }

    fn design(&mut self, said: &Said) -> Option<Design> {
        let of = |name: &str| {
            said.get(&text::fold(name)).cloned().unwrap_or_else(|| (String::new(), names::REGIME.to_owned()))
        };
        let value = |name: &str| of(name).0;
        let sample = !value(line::SAMPLE).is_empty() && text::fold(&value(line::SAMPLE)) != "khong";
        let (sort, at) = of(line::SORT);
        let sort = Sort::of(&self.word(&at, &sort, &SORTS));
        let (from, at) = of(line::FROM);
        let from = base::day::read_vi(&from, self.today).map_err(|no| self.no(&at, no.say)).ok();
        let (period, at) = of(line::PERIOD);
        let kinds: Vec<(&str, &str)> = Kind::ALL.iter().map(|kind| (kind.say(), kind.code())).collect();
        let period = Kind::of(&self.word(&at, &period, &kinds));
        let (closing, at) = of(line::CLOSING);
        let closing = closing.trim().parse::<i8>().ok().and_then(|day| Closing::try_from(day).ok());
        if closing.is_none() {
            self.no(&at, "ngày chốt số liệu từ 1 đến 31; 31 là ngày cuối tháng.");
        }
        let (asked, at) = of(line::ASKED);
        let asked = several(&asked, &[';']).iter().map(|kind| self.word(&at, kind, &KINDS)).collect();
        let set = File {
            code: value(line::SET_CODE),
            name: value(line::SET_NAME),
            basis: value(line::SET_BASIS),
            sample,
            categories: self.categories(),
            indicators: self.indicators(),
            checks: self.checks(),
        };
        let (deadlines, sections) = (self.deadlines(), self.sections());
        let forms = period.map(|period| self.forms(period)).unwrap_or_default();
        let regime = RegimeFile {
            code: value(line::CODE),
            name: value(line::NAME),
            sort: sort?,
            basis: value(line::BASIS),
            sample,
            from: from?,
            content: value(line::CONTENT),
            asked,
            collectors: several(&value(line::COLLECTORS), &[',', ';']),
            receiver: value(line::RECEIVER),
            to: several(&value(line::TO), &[';']),
            method: value(line::METHOD),
            deadlines,
            period: period?,
            closing: closing?,
            sections,
            indicators: set.code.clone(),
            forms,
            guidance: value(line::GUIDANCE),
        };
        Some(Design { set, regime })
    }

    fn deadlines(&mut self) -> Vec<Deadline> {
        let mut all = Vec::new();
        self.table(names::DEADLINES, &["Cấp", "Ngày làm việc"], |reader, line| {
            let at = line.at("Cấp");
            let level = reader.text(&at);
            let of = reader.word(&at.address(), &level, &KINDS);
            let at = line.at("Ngày làm việc");
            match reader.keep(at.count()).flatten().and_then(|days| u32::try_from(days).ok()) {
                Some(days) => all.push(Deadline { of, days }),
                None => reader.no(&at.address(), "ghi số ngày làm việc sau ngày chốt số liệu."),
            }
        });
        all
    }

    fn categories(&mut self) -> Vec<CategoriesLine> {
        let mut all: Vec<CategoriesLine> = Vec::new();
        self.table(names::CATEGORIES, &["Mã phân tổ", "Mã mục", "Tên mục"], |reader, line| {
            let [code, item, name] = ["Mã phân tổ", "Mã mục", "Tên mục"].map(|column| reader.text(&line.at(column)));
            let rest = reader.keep(line.at("Phần còn lại").yes_no()).flatten().unwrap_or(false);
            let item = Item { code: item, name, rest };
            match all.iter_mut().find(|one| one.code == code) {
                Some(known) => known.items.push(item),
                None => {
                    let name = reader.text(&line.at("Tên phân tổ"));
                    all.push(CategoriesLine { code, name, items: vec![item] });
                }
            }
        });
        all
    }

    fn indicators(&mut self) -> Vec<IndicatorLine> {
        let mut all = Vec::new();
        self.table(names::INDICATORS, &["Mã", "Tên chỉ tiêu", "Đơn vị tính"], |reader, line| {
            let mut text = |column: &str| reader.text(&line.at(column));
            let (code, name, unit) = (text("Mã"), text("Tên chỉ tiêu"), text("Đơn vị tính"));
            let (weight, by, source, formula) =
                (text("Quyền số"), text("Phân tổ"), text("Số từ hệ thống"), text("Công thức"));
            let derived = if formula.is_empty() {
                None
            } else {
                let read = derived(&formula);
                if read.is_none() {
                    let say =
                        "không hiểu công thức. Viết như: tỷ lệ(A; B; 100), tổng(A; B), hiệu(A; B), tăng(A; cung-ky).";
                    reader.no(&line.at("Công thức").address(), say);
                }
                read
            };
            let mut over = |column: &str| {
                let at = line.at(column);
                let written = reader.text(&at);
                (!written.is_empty()).then(|| reader.word(&at.address(), &written, &OVERS))
            };
            let (over_units, over_time) = (over("Cộng theo đơn vị"), over("Cộng theo thời gian"));
            let digits = reader.keep(line.at("Số lẻ").count()).flatten().and_then(|digits| u32::try_from(digits).ok());
            let lowest = reader.keep(line.at("Nhỏ nhất").decimal()).flatten();
            let some = |text: String| (!text.is_empty()).then_some(text);
            let by = several(&by, &[',', ';']);
            let (weight, source, digits) = (some(weight), some(source), digits.unwrap_or(0));
            all.push(IndicatorLine {
                code,
                name,
                unit,
                digits,
                over_units,
                over_time,
                weight,
                by,
                lowest,
                source,
                derived,
            });
        });
        all
    }

    fn checks(&mut self) -> Vec<CheckLine> {
        let mut all = Vec::new();
        self.table(names::CHECKS, &["Mã", "Vế trái", "So", "Vế phải", "Mức"], |reader, line| {
            let mut text = |column: &str| reader.text(&line.at(column));
            let (code, say, left, is, right) =
                (text("Mã"), text("Thông báo"), text("Vế trái"), text("So"), text("Vế phải"));
            let (at, percent) = (line.at("Mức"), line.at("Phần trăm"));
            let written = reader.text(&at);
            let severity = reader.word(&at.address(), &written, &SEVERITIES);
            let percent = reader.keep(percent.decimal()).flatten();
            let is = if text::fold(&is) == "lech" { "within".to_owned() } else { is };
            let (left, right) = (several(&left, &[';']), several(&right, &[';']));
            all.push(CheckLine { code, say, left, is, percent, right, severity });
        });
        all
    }

    fn sections(&mut self) -> Vec<SectionLine> {
        let mut all = Vec::new();
        self.table(names::SECTIONS, &["Mã", "Tiêu đề"], |reader, line| {
            let [code, heading, guide, text] =
                ["Mã", "Tiêu đề", "Hướng dẫn", "Lời văn"].map(|column| reader.text(&line.at(column)));
            all.push(SectionLine { code, heading, guide, text });
        });
        all
    }

    /// Every other sheet that a person sees and that has a mark in it.
    fn forms(&mut self, period: Kind) -> Vec<indicator::FormFile> {
        let is_form = |sheet: &&sheet::Sheet| {
            !names::OURS.iter().any(|name| text::fold(name) == text::fold(&sheet.name)) && forms::has_marks(sheet)
        };
        let mut named: BTreeMap<String, String> = BTreeMap::new();
        self.table(names::FORMS, &["Trang tính", "Tên biểu"], |reader, line| {
            let (sheet, name) = (reader.text(&line.at("Trang tính")), reader.text(&line.at("Tên biểu")));
            named.insert(text::fold(&sheet), name);
        });
        let mut all = Vec::new();
        for sheet in self.book.visible().filter(is_form) {
            match forms::form(sheet, &code_of(&sheet.name), period) {
                Ok(form) => {
                    let name = named.get(&text::fold(&sheet.name)).filter(|name| !name.is_empty()).cloned();
                    all.push(indicator::FormFile { name: name.unwrap_or(form.name), ..form });
                }
                Err(refusals) => self.refusals.extend(refusals),
            }
        }
        if all.is_empty() && self.refusals.is_empty() && self.book.find(names::SECTIONS).is_none() {
            self.no("Biểu", "không trang tính nào có ô đánh dấu {{mã chỉ tiêu}}, cũng không có đề cương.");
        }
        all
    }
}

/// A sheet's name as a code: "Biểu 01/SCT" is "bieu-01-sct".
fn code_of(name: &str) -> String {
    let folded = text::fold(name);
    let words = folded.split(|one: char| !one.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

/// `tỷ lệ(A; B; 100)`: the name of what is worked out, and what of.
fn derived(text: &str) -> Option<DerivedLine> {
    let (name, rest) = text.trim().strip_suffix(')')?.split_once('(')?;
    let parts = several(rest, &[';']);
    Some(match (text::fold(name.trim()).as_str(), parts.as_slice()) {
        ("ty le", [part, whole]) => DerivedLine::Ratio { part: part.clone(), whole: whole.clone(), times: None },
        ("ty le", [part, whole, times]) => {
            let times = base::number::read_vi(times).ok()?;
            DerivedLine::Ratio { part: part.clone(), whole: whole.clone(), times: Some(times) }
        }
        ("tong", of) if !of.is_empty() => DerivedLine::Sum { of: of.to_vec() },
        ("hieu", [of, less]) => DerivedLine::Difference { of: of.clone(), less: less.clone() },
        ("tang", [of, since]) => DerivedLine::Growth { of: of.clone(), since: since.clone() },
        _ => return None,
    })
}
