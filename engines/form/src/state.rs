//! The answers while they are settled: cells in rows of repeats, and the world that expressions look at.

use crate::answers;
use crate::expr::Expr;
use crate::expr::eval::{World, eval};
use crate::form::{Choice, Default, Form, Kind, List, Piece, Question, When, Words};
use crate::number::Number;
use crate::time;
use crate::value::{EMPTY, Value};
use base::{Date, Refusal, Timestamp, number, text};
use serde_json::{Map, Value as Json};

/// Rows of one repeat; beyond that nobody reads them, and a sum over them is asked for in each of them.
pub(crate) const ROWS: usize = 500;
/// Rows of all repeats in repeats together.
const ALL_ROWS: usize = 2_000;

/// One question in one row.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    pub value: Value,
    /// Whether there was an answer, be it an empty one: only where there was none a default stands.
    pub given: bool,
    pub relevant: bool,
    /// Why the answer is not one of this kind.
    pub fault: Option<Refusal>,
    /// Of a repeat.
    pub rows: Vec<Cells>,
}

pub(crate) type Cells = Vec<Cell>;

pub(crate) fn blank(cells: usize) -> Cells {
    vec![Cell { value: EMPTY, given: false, relevant: true, fault: None, rows: Vec::new() }; cells]
}

pub(crate) struct State<'f> {
    pub form: &'f Form,
    pub cells: Cells,
    pub today: Date,
    pub now: Timestamp,
    /// How many rows there are in all repeats.
    rows: usize,
}

impl<'f> State<'f> {
    /// Everything that follows from the answers; and a refusal for each answer to a question that is not there.
    pub fn of(form: &'f Form, given: &Map<String, Json>, today: Date, now: Timestamp) -> (State<'f>, Vec<Refusal>) {
        let (cells, strays) = answers::take(form, given);
        let mut state = State { form, cells, today, now, rows: 0 };
        for place in &form.order {
            for rows in state.instances(*place) {
                state.work_out(*place, &rows);
            }
        }
        (state, strays)
    }

    fn work_out(&mut self, place: usize, rows: &[usize]) {
        let question = &self.form.questions[place];
        let at = At { state: self, place, rows, choice: None };
        let is_inside = question.parent.is_none_or(|parent| self.cell(parent, rows).relevant);
        let relevant = is_inside && question.relevant.as_ref().is_none_or(|expr| eval(expr, &at).is_true());
        let cell = self.cell(place, rows);
        let counted = match (&question.calculation, &question.default) {
            _ if !relevant => Some((EMPTY, None)),
            (Some(expr), _) => Some(fitted(question.kind, &eval(expr, &at))),
            (None, Default::Text(text)) if !cell.given => {
                Some((typed(question.kind, &self.form.lists, text).unwrap_or(EMPTY), None))
            }
            (None, Default::Counted(expr)) if !cell.given => Some(fitted(question.kind, &eval(expr, &at))),
            _ => None,
        };
        let count = question.repeat_count.as_ref().filter(|_| relevant).map(|expr| eval(expr, &at).number());
        let cell = self.cell_mut(place, rows);
        cell.relevant = relevant;
        if let Some((value, fault)) = counted {
            (cell.value, cell.fault) = (value, fault);
        }
        if question.kind == Kind::Repeat {
            self.count_rows(place, rows, relevant, count);
        }
    }

    /// A repeat that has a count has as many rows; one that is irrelevant has none.
    fn count_rows(&mut self, place: usize, rows: &[usize], relevant: bool, count: Option<Number>) {
        let (cells, label) = (self.form.questions[place].cells, self.form.questions[place].label.bare());
        let whole =
            count.map(|count| count.whole().exact().and_then(|exact| exact.round_scaled(0)).unwrap_or(0).max(0));
        let taken = self.rows;
        let cell = self.cell_mut(place, rows);
        if !relevant {
            cell.rows.clear();
        }
        let most = ROWS.min(ALL_ROWS - taken);
        let wanted = whole.map_or(cell.rows.len(), |whole| usize::try_from(whole).unwrap_or(usize::MAX));
        if wanted > most || cell.rows.len() > most {
            let say = format!(
                "Nhóm “{label}” có quá nhiều dòng: nhiều nhất {ROWS} dòng mỗi nhóm, {ALL_ROWS} dòng cả mẫu đơn."
            );
            cell.fault = Some(Refusal::new("form.rows-limit", say));
            cell.rows.truncate(most);
        } else if cell.rows.len() > wanted {
            let say = format!("Nhóm “{label}” chỉ có {wanted} dòng, đang điền {}: bỏ bớt dòng.", cell.rows.len());
            cell.fault = Some(Refusal::new("form.rows", say));
        } else {
            cell.rows.resize_with(wanted, || blank(cells));
        }
        let grown = cell.rows.len();
        self.rows += grown;
    }

    /// The cell of a question in the rows of the repeats around it; what is more in `rows` is not looked at.
    pub fn cell(&self, place: usize, rows: &[usize]) -> &Cell {
        let question = &self.form.questions[place];
        let mut cells = &self.cells;
        for (repeat, row) in question.chain.iter().zip(rows) {
            cells = &cells[self.form.questions[*repeat].slot].rows[*row];
        }
        &cells[question.slot]
    }

    fn cell_mut(&mut self, place: usize, rows: &[usize]) -> &mut Cell {
        let question = &self.form.questions[place];
        let mut cells = &mut self.cells;
        for (repeat, row) in question.chain.iter().zip(rows) {
            cells = &mut cells[self.form.questions[*repeat].slot].rows[*row];
        }
        &mut cells[question.slot]
    }

    fn instances(&self, place: usize) -> Vec<Vec<usize>> {
        self.under(place, &[])
    }

    /// All rows in which a question stands, under the given ones.
    fn under(&self, place: usize, rows: &[usize]) -> Vec<Vec<usize>> {
        let mut found = vec![rows.to_vec()];
        for repeat in &self.form.questions[place].chain[rows.len()..] {
            let of = |rows: Vec<usize>| {
                let count = self.cell(*repeat, &rows).rows.len();
                (0..count).map(move |row| rows.iter().copied().chain([row]).collect::<Vec<usize>>())
            };
            found = found.into_iter().flat_map(of).collect();
        }
        found
    }

    pub fn at<'a>(&'a self, place: usize, rows: &'a [usize]) -> At<'a, 'f> {
        At { state: self, place, rows, choice: None }
    }
}

/// A question in its row, as expressions look around from there.
pub(crate) struct At<'a, 'f> {
    state: &'a State<'f>,
    place: usize,
    rows: &'a [usize],
    choice: Option<&'a Choice>,
}

impl<'f> At<'_, 'f> {
    fn question(&self) -> &'f Question {
        &self.state.form.questions[self.place]
    }

    pub fn eval(&self, expr: &Expr) -> Value {
        eval(expr, self)
    }

    pub fn holds(&self, when: &When) -> bool {
        match when {
            When::Never => false,
            When::Always => true,
            When::If(expr) => self.eval(expr).is_true(),
        }
    }

    /// A sentence for people: decimals with a comma, days as offices write them.
    pub fn words(&self, words: &Words) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Ref(place) => match self.value(*place) {
                Value::Number(number) => number.to_string().replace('.', ","),
                value => {
                    let text = value.text();
                    time::read_day(&text).map_or(text, base::day::vi)
                }
            },
        };
        words.0.iter().map(piece).collect()
    }

    /// The choices that may be chosen here.
    pub fn choices(&self, list: usize) -> Vec<&'f Choice> {
        let all = self.state.form.lists[list].choices.iter();
        match &self.question().choice_filter {
            None => all.collect(),
            Some(filter) => {
                let passes = |choice: &&'f Choice| eval(filter, &At { choice: Some(choice), ..*self }).is_true();
                all.filter(passes).collect()
            }
        }
    }

    /// The rows shared with another question, and whether it stands in no more than those.
    fn shared(&self, place: usize) -> (&[usize], bool) {
        let other = &self.state.form.questions[place].chain;
        // For one row of a repeat, the repeat itself is around.
        let own = self.question().chain.iter().chain([&self.place]).take(self.rows.len());
        let shared = own.zip(other).take_while(|(a, b)| a == b).count();
        (&self.rows[..shared], shared == other.len())
    }
}

impl World for At<'_, '_> {
    fn value(&self, place: usize) -> Value {
        let (rows, is_one) = self.shared(place);
        if self.state.form.questions[place].kind == Kind::Repeat {
            let repeats = self.state.under(place, rows);
            let count = repeats.iter().map(|rows| self.state.cell(place, rows).rows.len()).sum();
            return Value::Nodes(vec![EMPTY; count]);
        }
        if is_one {
            return self.state.cell(place, rows).value.clone();
        }
        let cells = self.state.under(place, rows);
        let cells = cells.iter().map(|rows| self.state.cell(place, rows)).filter(|cell| cell.relevant);
        Value::Nodes(cells.map(|cell| cell.value.clone()).collect())
    }

    fn own(&self) -> Value {
        self.state.cell(self.place, self.rows).value.clone()
    }

    fn position(&self, up: usize) -> usize {
        let above = |place: &usize| self.state.form.questions[*place].parent;
        let section = std::iter::successors(Some(self.place), above).nth(up);
        section.map_or(1, |section| self.row(section))
    }

    fn row(&self, place: usize) -> usize {
        let own = self.question().chain.iter().position(|repeat| *repeat == place);
        own.and_then(|nth| self.rows.get(nth)).map_or(1, |row| row + 1)
    }

    fn indexed(&self, place: usize, named: &[(usize, usize)]) -> Value {
        let chain = &self.state.form.questions[place].chain;
        let mut rows = Vec::new();
        for (nth, repeat) in chain.iter().enumerate() {
            let said = named.iter().find(|(other, _)| other == repeat).map(|(_, row)| row.checked_sub(1));
            let here =
                || (self.question().chain.get(nth) == Some(repeat)).then(|| self.rows.get(nth).copied()).flatten();
            let count = self.state.cell(*repeat, &rows).rows.len();
            match said.unwrap_or_else(here).filter(|row| *row < count) {
                Some(row) => rows.push(row),
                None => return EMPTY,
            }
        }
        self.state.cell(place, &rows).value.clone()
    }

    fn column(&self, column: usize) -> String {
        self.choice.and_then(|choice| choice.cells.get(column)).cloned().unwrap_or_default()
    }

    fn choice(&self, place: usize, name: &str) -> String {
        let list = self.state.form.questions[place].kind.list().map(|list| &self.state.form.lists[list]);
        let choice = list.and_then(|list| list.choices.iter().find(|choice| choice.name == name));
        choice.map(|choice| self.words(&choice.label)).unwrap_or_default()
    }

    fn today(&self) -> Date {
        self.state.today
    }

    fn now(&self) -> Timestamp {
        self.state.now
    }
}

/// A text as an answer of this kind: numbers with a dot, days as 2026-09-05, several choices with spaces between.
pub(crate) fn typed(kind: Kind, lists: &[List], given: &str) -> Result<Value, Refusal> {
    let given = given.trim();
    if given.is_empty() {
        return Ok(EMPTY);
    }
    let no = |code, say: &str| Err(Refusal::new(code, format!("“{given}” {say}")));
    let as_is = || Ok(Value::from(given));
    let has = |list: usize, name: &str| lists[list].choices.iter().any(|choice| choice.name == name);
    match kind {
        Kind::Integer if given.contains('.') => no("form.integer", "không phải số nguyên: bỏ phần thập phân."),
        Kind::Integer | Kind::Decimal => match number::read_file(given) {
            Ok(read) => match Number::from(read) {
                number @ Number::Exact(_) => Ok(number.into()),
                _ => no("form.decimal", "quá lớn: nhiều nhất 27 chữ số."),
            },
            Err(_) if kind == Kind::Integer => no("form.integer", "không phải số nguyên, ví dụ 12."),
            Err(_) => no("form.decimal", "không phải số: phần thập phân dùng dấu chấm, ví dụ 12.5."),
        },
        Kind::Date if time::read_day(given).is_none() => {
            no("form.date", "không phải ngày: viết năm-tháng-ngày, ví dụ 2026-09-05.")
        }
        Kind::Time if time::read_time(given).is_none() => no("form.time", "không phải giờ: viết như 08:30."),
        Kind::DateTime if time::read_moment(given).is_none() => {
            no("form.date-time", "không phải ngày giờ: viết như 2026-09-05T08:30:00+07:00.")
        }
        Kind::One(list) if !has(list, given) => no("form.choice", "không có trong các phương án: chọn một phương án."),
        Kind::Many(list) => {
            let names: Vec<&str> = given.split_whitespace().collect();
            match names.iter().enumerate().find(|(nth, name)| !has(list, name) || names[..*nth].contains(name)) {
                None => Ok(names.join(" ").into()),
                Some((_, name)) if has(list, name) => {
                    let named = lists[list].choices.iter().find(|choice| choice.name == **name);
                    let label = named.map_or_else(|| (*name).to_owned(), |choice| choice.label.bare());
                    let say = format!("Phương án “{label}” được chọn hai lần: bỏ một lần.");
                    Err(Refusal::new("form.choice-twice", say))
                }
                Some((_, name)) => {
                    let say = format!("“{name}” không có trong các phương án: chọn trong các phương án.");
                    Err(Refusal::new("form.choice", say))
                }
            }
        }
        Kind::Acknowledge if given != "OK" => {
            no("form.acknowledge", "không phải lời xác nhận: gửi “OK” hoặc để trống.")
        }
        Kind::Text | Kind::Hidden => Ok(text::nfc(given).into()),
        _ => as_is(),
    }
}

static EMPTY_ONE: Value = EMPTY;

/// What was counted, as an answer of this kind. No number is no answer; what is endless says so.
fn fitted(kind: Kind, value: &Value) -> (Value, Option<Refusal>) {
    let value = value.each().first().unwrap_or(&EMPTY_ONE);
    let number = || match value.number() {
        Number::Nan => EMPTY,
        number => number.into(),
    };
    let fitted = match kind {
        Kind::Integer => match number() {
            Value::Number(number) => number.whole().into(),
            other => other,
        },
        Kind::Decimal => number(),
        Kind::Date => time::day_of(&value.text(), &value.number()).map_or(EMPTY, |day| time::write_day(day).into()),
        Kind::Calculate if matches!(value, Value::Number(_)) => number(),
        _ if *value == Value::Number(Number::Nan) => EMPTY,
        _ => value.text().into(),
    };
    match fitted {
        Value::Number(Number::Infinite { .. }) => {
            let say = "Phép tính này chia cho số 0 hoặc cho số quá lớn: sửa các số mà nó dùng.";
            (EMPTY, Some(Refusal::new("form.calculation", say)))
        }
        fitted => (fitted, None),
    }
}
