//! The cells of each question: sentences with answers in them, and expressions.

use super::rows::{is_no, is_yes};
use super::{Notes, SheetName};
use crate::expr::Expr;
use crate::expr::functions::{ALL, LEFT_OUT};
use crate::expr::parse::{Fault, Known, Names, parse};
use crate::file::{File, Header, Row};
use crate::form::{Default, Kind, List, Piece, Question, When, Words};
use crate::near::near;
use crate::state;
use std::collections::BTreeMap;

pub fn read(
    file: &File,
    rows: &[&Row],
    language: &str,
    questions: &mut [Question],
    lists: &mut [List],
    notes: &mut Notes,
) {
    let mut named: BTreeMap<String, Vec<(usize, Kind)>> = BTreeMap::new();
    for (place, question) in questions.iter().enumerate() {
        named.entry(question.name.clone()).or_default().push((place, question.kind));
    }
    let headers = file.choices.columns.iter().map(|column| Header::of(column).base).collect();
    let mut cells = Cells { names: Scope { named, headers, in_choices: false }, language, notes };
    for (question, row) in questions.iter_mut().zip(rows) {
        cells.question(question, row);
        if let Default::Text(text) = &question.default
            && let Err(refusal) = state::typed(question.kind, lists, text)
        {
            cells.no(row, "default", "default-bad", refusal.say.trim_end_matches('.'));
        }
    }
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for row in &file.choices.rows {
        let (list, name) = (row.get("list_name"), row.get("name"));
        if let Some(list) = lists.iter_mut().find(|known| known.name == list && !name.is_empty()) {
            let nth = seen.entry(row.get("list_name")).or_default();
            list.choices[*nth].label = cells.words(SheetName::Choices, row, "label");
            *nth += 1;
        }
    }
}

/// The names that may be said.
struct Scope {
    named: BTreeMap<String, Vec<(usize, Kind)>>,
    headers: Vec<String>,
    in_choices: bool,
}

impl Names for Scope {
    fn question(&self, name: &str) -> Result<Known, (&'static str, String)> {
        match self.named.get(name).map(Vec::as_slice) {
            Some([(_, Kind::Group)]) => Ok(Known::Group),
            Some([(place, Kind::Repeat)]) => Ok(Known::Repeat(*place)),
            Some([(place, _)]) => Ok(Known::Question(*place)),
            Some(_) => {
                let say = format!("có nhiều câu hỏi tên “{name}” ở các nhóm khác nhau: đặt tên khác nhau");
                Err(("reference-ambiguous", say))
            }
            None => {
                let hint = near(name, self.named.keys().map(String::as_str));
                Err(("reference-unknown", format!("không có câu hỏi “{name}”{hint}")))
            }
        }
    }

    fn column(&self, name: &str) -> Option<Option<usize>> {
        let name = Header::of(name).base;
        self.in_choices.then(|| self.headers.iter().position(|header| *header == name))
    }
}

struct Cells<'n> {
    names: Scope,
    language: &'n str,
    notes: &'n mut Notes,
}

impl Cells<'_> {
    fn no(&mut self, row: &Row, column: &str, code: &'static str, say: impl Into<String>) {
        self.notes.cell(SheetName::Survey, row, column, code, say);
    }

    fn question(&mut self, question: &mut Question, row: &Row) {
        self.misplaced(question.kind, row);
        question.label = self.words(SheetName::Survey, row, "label");
        question.hint = self.words(SheetName::Survey, row, "hint");
        question.guidance = self.words(SheetName::Survey, row, "guidance_hint");
        question.required_message = self.words(SheetName::Survey, row, "required_message");
        question.constraint_message = self.words(SheetName::Survey, row, "constraint_message");
        if question.label.0.is_empty() && question.kind.is_shown() && !question.kind.is_section() {
            self.no(row, "label", "label-missing", "câu hỏi chưa có lời: điền label");
        }
        question.relevant = self.expr(row, "relevant");
        question.constraint = self.expr(row, "constraint");
        question.calculation = self.expr(row, "calculation");
        question.repeat_count = self.expr(row, "repeat_count");
        question.required = self.when(row, "required");
        question.read_only = self.when(row, "read_only");
        self.names.in_choices = true;
        question.choice_filter = self.expr(row, "choice_filter");
        self.names.in_choices = false;
        if question.kind == Kind::Calculate && row.get("calculation").is_empty() {
            self.no(row, "calculation", "calculation-missing", "dòng calculate chưa có phép tính");
        }
        question.default = match row.get("default") {
            "" => Default::Nothing,
            text if is_counted(text) => self.expr(row, "default").map_or(Default::Nothing, Default::Counted),
            text => Default::Text(text.to_owned()),
        };
    }

    /// What is written where it would be passed over: somebody believes that it is obeyed.
    fn misplaced(&mut self, kind: Kind, row: &Row) {
        let has_answer = !kind.is_section() && kind != Kind::Note;
        let columns = [
            ("constraint", has_answer),
            ("calculation", has_answer),
            ("default", has_answer && kind != Kind::Calculate),
            ("choice_filter", kind.list().is_some()),
            ("repeat_count", kind == Kind::Repeat),
        ];
        for (column, _) in columns.iter().filter(|(column, may)| !may && !row.get(column).is_empty()) {
            self.no(row, column, "misplaced", "cột này không có tác dụng ở kiểu câu hỏi này: bỏ trống ô");
        }
        if !has_answer && !is_no(row.get("required")) {
            self.no(row, "required", "misplaced", "cột này không có tác dụng ở kiểu câu hỏi này: bỏ trống ô");
        }
    }

    fn expr(&mut self, row: &Row, column: &str) -> Option<Expr> {
        let text = row.get(column);
        if text.is_empty() {
            return None;
        }
        match parse(text, &self.names) {
            Ok(expr) => Some(expr),
            Err(faults) => {
                for Fault { at, code, say } in faults {
                    self.no(row, column, code, format!("ký tự {at}: {say}"));
                }
                None
            }
        }
    }

    fn when(&mut self, row: &Row, column: &str) -> When {
        match row.get(column) {
            no if is_no(no) => When::Never,
            yes if is_yes(yes) => When::Always,
            _ => self.expr(row, column).map_or(When::Never, When::If),
        }
    }

    fn words(&mut self, sheet: SheetName, row: &Row, column: &str) -> Words {
        let mut rest = row.words(column, self.language);
        let mut pieces = Vec::new();
        while let Some((before, after)) = rest.split_once("${") {
            let Some((name, after)) = after.split_once('}') else { break };
            if !before.is_empty() {
                pieces.push(Piece::Text(before.to_owned()));
            }
            match self.names.question(name.trim()) {
                Ok(Known::Question(place)) => pieces.push(Piece::Ref(place)),
                Ok(Known::Repeat(_) | Known::Group) => {
                    let say = format!("“{name}” là một nhóm, không có giá trị để viết ra");
                    self.notes.cell(sheet, row, column, "reference-section", say);
                }
                Err((code, say)) => self.notes.cell(sheet, row, column, code, say),
            }
            rest = after;
        }
        if !rest.is_empty() {
            pieces.push(Piece::Text(rest.to_owned()));
        }
        Words(pieces)
    }
}

/// A default is an expression where it asks a question or calls a function; else it is the answer itself.
fn is_counted(text: &str) -> bool {
    let called = text.split('(').next().unwrap_or_default().trim();
    let is_function =
        ALL.iter().any(|(name, ..)| *name == called) || LEFT_OUT.iter().any(|(all, _)| all.contains(&called));
    text.contains("${") || text.contains('(') && is_function
}
