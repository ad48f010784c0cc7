//! What follows from answers: what is calculated, what counts, what is refused and why, what a page shows.
//!
//! First every cell is worked out in the order in which they hang on each other (`state`), then the form is walked from
//! top to bottom. An answer to a question that is not relevant is neither judged nor kept.

use crate::answers;
use crate::form::{Form, Kind, Question};
use crate::state::State;
use crate::value::Value;
use base::{Date, Refusal, Refusals, Timestamp};
use serde_json::{Map, Value as Json};

/// The form with its answers, settled.
#[derive(Clone, Debug)]
pub struct Settled<'f> {
    /// What keeps it from being sent, in the order of the form; `field` is the path: `nguoi[2].ho_ten`.
    pub refusals: Refusals,
    /// What a page shows, from top to bottom.
    pub shown: Vec<Shown<'f>>,
    /// What is kept: the answers that count and what was calculated, without the empty ones.
    pub values: Map<String, Json>,
}

/// A question, a section, or one row of a repeat, as it is shown.
#[derive(Clone, Debug)]
pub struct Shown<'f> {
    pub path: String,
    pub place: usize,
    pub question: &'f Question,
    /// The row of a repeat, from 1, where this is one.
    pub row: Option<usize>,
    pub label: String,
    pub hint: String,
    /// What stands in the box: the answer that was understood. Several choices with spaces between.
    pub value: String,
    pub required: bool,
    pub read_only: bool,
    /// The choices that may be chosen.
    pub choices: Vec<Offer<'f>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer<'f> {
    pub name: &'f str,
    pub label: String,
}

/// Settles answers on a day, at a moment: no clock is read here.
pub fn settle<'f>(form: &'f Form, given: &Map<String, Json>, today: Date, now: Timestamp) -> Settled<'f> {
    let (state, strays) = State::of(form, given, today, now);
    let mut walk = Walk { form, state: &state, refusals: Vec::new(), shown: Vec::new() };
    let values = walk.section(None, &[], "");
    walk.refusals.extend(strays);
    Settled { refusals: walk.refusals, shown: walk.shown, values }
}

struct Walk<'s, 'f> {
    form: &'f Form,
    state: &'s State<'f>,
    refusals: Refusals,
    shown: Vec<Shown<'f>>,
}

impl<'f> Walk<'_, 'f> {
    fn section(&mut self, section: Option<usize>, rows: &[usize], path: &str) -> Map<String, Json> {
        let mut values = Map::new();
        for place in self.form.members(section) {
            let question = &self.form.questions[place];
            if !self.state.cell(place, rows).relevant {
                continue;
            }
            if let Some(value) = self.question(place, rows, &format!("{path}{}", question.name)) {
                values.insert(question.name.clone(), value);
            }
        }
        values
    }

    fn question(&mut self, place: usize, rows: &[usize], path: &str) -> Option<Json> {
        let question = &self.form.questions[place];
        let cell = self.state.cell(place, rows);
        self.show(place, rows, path, None);
        if let Some(fault) = &cell.fault {
            self.refusals.push(fault.clone().at(path));
        }
        match question.kind {
            Kind::Group => {
                let inside = self.section(Some(place), rows, &format!("{path}."));
                (!inside.is_empty()).then(|| inside.into())
            }
            Kind::Repeat => {
                let mut all = Vec::new();
                for row in 0..cell.rows.len() {
                    let path = format!("{path}[{}]", row + 1);
                    let rows: Vec<usize> = rows.iter().copied().chain([row]).collect();
                    self.show(place, &rows, &path, Some(row + 1));
                    all.push(Json::from(self.section(Some(place), &rows, &format!("{path}."))));
                }
                (!all.is_empty()).then(|| all.into())
            }
            Kind::Note => None,
            _ => {
                if cell.fault.is_none() {
                    self.judge(place, rows, path);
                }
                answers::json(question.kind, &cell.value)
            }
        }
    }

    /// Required, among the choices, and within its constraint. An empty answer is only asked whether it may be empty.
    fn judge(&mut self, place: usize, rows: &[usize], path: &str) {
        let question = &self.form.questions[place];
        let (at, value) = (self.state.at(place, rows), &self.state.cell(place, rows).value);
        let own = |words: String, code, ours: String| Refusal::new(code, if words.is_empty() { ours } else { words });
        let label = || at.words(&question.label);
        if value.is_empty() {
            if at.holds(&question.required) {
                let words = at.words(&question.required_message);
                self.refusals.push(own(words, "form.required", missing(question.kind, &label())).at(path));
            }
            return;
        }
        if let (Some(list), Some(_)) = (question.kind.list(), &question.choice_filter) {
            let may = at.choices(list);
            let text = value.text();
            let chosen: Vec<&str> = match question.kind {
                Kind::Many(_) => text.split_whitespace().collect(),
                _ => vec![&text],
            };
            if let Some(name) = chosen.into_iter().find(|name| !may.iter().any(|choice| choice.name == *name)) {
                let named = self.form.lists[list].choices.iter().find(|choice| choice.name == name);
                let chosen = named.map_or_else(|| name.to_owned(), |choice| at.words(&choice.label));
                let say =
                    format!("“{}”: phương án “{chosen}” không còn hợp với các câu trả lời khác, chọn lại.", label());
                self.refusals.push(Refusal::new("form.choice", say).at(path));
            }
        }
        if let Some(constraint) = &question.constraint
            && !at.eval(constraint).is_true()
        {
            let ours = format!("“{}” chưa đúng điều kiện của mẫu đơn: xem lại câu trả lời.", label());
            let words = at.words(&question.constraint_message);
            self.refusals.push(own(words, "form.constraint", ours).at(path));
        }
    }

    fn show(&mut self, place: usize, rows: &[usize], path: &str, row: Option<usize>) {
        let question = &self.form.questions[place];
        if !question.kind.is_shown() {
            return;
        }
        let at = self.state.at(place, rows);
        let offers = question.kind.list().map(|list| at.choices(list)).unwrap_or_default();
        let offer = |choice: &'f crate::form::Choice| Offer { name: &choice.name, label: at.words(&choice.label) };
        let cell = self.state.cell(place, rows);
        let shown = Shown {
            path: path.to_owned(),
            place,
            question,
            row,
            label: at.words(&question.label),
            hint: at.words(&question.hint),
            value: if question.kind.is_section() { String::new() } else { Value::text(&cell.value) },
            required: at.holds(&question.required),
            read_only: question.calculation.is_some() || at.holds(&question.read_only),
            choices: offers.into_iter().map(offer).collect(),
        };
        self.shown.push(shown);
    }
}

fn missing(kind: Kind, label: &str) -> String {
    match kind {
        Kind::One(_) | Kind::Many(_) => format!("Chọn “{label}”."),
        Kind::File => format!("Đính kèm tệp “{label}”."),
        Kind::Acknowledge => format!("Xác nhận “{label}”."),
        _ => format!("Nhập “{label}”."),
    }
}
