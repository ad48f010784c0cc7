//! From the workbook to procedures: every bad cell is found, not only the first.

use super::parted;
use super::workbook::{CASES, CODE, COLLECT, FEES, LEVELS, PAPERS, PROCEDURES, RESULTS, UNITS};
use base::{Date, Decimal, Refusal, Refusals, text};
use procedure::{Case, Copy, Fee, Level, Outcome, Paper, Procedure, Service, Time};
use sheet::{At, Book, Grid, Line};

pub(super) struct Reader {
    today: Date,
    refusals: Refusals,
}

impl Reader {
    pub fn new(today: Date) -> Reader {
        Reader { today, refusals: Refusals::new() }
    }

    pub fn procedures(mut self, book: &Book) -> Result<Vec<Procedure>, Refusals> {
        let mut all = self.heads(book);
        self.rows(book, LEVELS, &[CODE, "Từ ngày", "Mức độ"], &mut all, Reader::level);
        self.rows(book, CASES, &[CODE, "Mã trường hợp", "Thời hạn", "Quy trình"], &mut all, Reader::case);
        self.rows(book, PAPERS, &[CODE, "Mã giấy tờ", "Tên giấy tờ"], &mut all, Reader::paper);
        self.rows(book, FEES, &[CODE, "Tên khoản thu", "Số tiền"], &mut all, Reader::fee);
        self.rows(book, RESULTS, &[CODE, "Tên kết quả"], &mut all, Reader::result);
        if self.refusals.is_empty() { Ok(all) } else { Err(self.refusals) }
    }

    /// What a cell says, or its refusal kept and nothing.
    fn keep<T>(&mut self, read: Result<T, Refusal>) -> Option<T> {
        read.map_err(|no| self.refusals.push(no)).ok()
    }

    fn text(&mut self, at: At<'_>) -> String {
        self.keep(at.text()).flatten().unwrap_or_default()
    }

    fn no(&mut self, at: At<'_>, code: &'static str, say: impl Into<String>) {
        self.refusals.push(at.refuse(Refusal::new(code, say)));
    }

    /// A text that must be there.
    fn needed(&mut self, at: At<'_>, what: &str) -> String {
        let read = self.text(at);
        if read.is_empty() && at.is_blank() {
            self.no(at, "cell-empty", format!("Nhập {what}."));
        }
        read
    }

    fn sheet<'b>(&mut self, book: &'b Book, name: &str, columns: &[&str]) -> Option<Grid<'b>> {
        let sheet = self.keep(book.sheet(name))?;
        self.keep(sheet.grid(columns))
    }

    fn heads(&mut self, book: &Book) -> Vec<Procedure> {
        let needed = [CODE, "Tên thủ tục", "Lĩnh vực", "Có hiệu lực từ"];
        let Some(grid) = self.sheet(book, PROCEDURES, &needed) else { return Vec::new() };
        let mut all: Vec<Procedure> = Vec::new();
        for line in grid.lines() {
            let one = self.head(line);
            if all.iter().any(|known| known.code == one.code) && !one.code.is_empty() {
                let say = format!("Mã {} đã có ở dòng trên. Mỗi thủ tục một dòng.", one.code);
                self.no(line.at(CODE), "procedure-twice", say);
            } else {
                all.push(one);
            }
        }
        if all.is_empty() && self.refusals.is_empty() {
            self.refusals.push(Refusal::new("no-procedures", "Bảng “Thủ tục” chưa có dòng nào. Điền rồi nạp lại."));
        }
        all
    }

    fn head(&mut self, line: Line<'_, '_>) -> Procedure {
        let code = self.needed(line.at(CODE), "mã thủ tục");
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '.';
        if !code.chars().all(plain) {
            let say = format!("“{code}” không phải là mã: mã chỉ gồm chữ thường không dấu, số, dấu chấm và gạch nối.");
            self.no(line.at(CODE), "procedure-code", say);
        }
        let day = |reader: &mut Reader, name: &str| reader.keep(line.at(name).date(reader.today)).flatten();
        let from = day(self, "Có hiệu lực từ");
        if from.is_none() && line.at("Có hiệu lực từ").is_blank() {
            self.no(line.at("Có hiệu lực từ"), "cell-empty", "Nhập ngày có hiệu lực.");
        }
        let to = day(self, "Hết hiệu lực từ");
        let from = from.unwrap_or(self.today);
        if to.is_some_and(|to| to <= from) {
            self.no(line.at("Hết hiệu lực từ"), "days-turned", "Ngày hết hiệu lực phải sau ngày có hiệu lực.");
        }
        Procedure {
            code,
            name: self.needed(line.at("Tên thủ tục"), "tên thủ tục"),
            field: self.needed(line.at("Lĩnh vực"), "lĩnh vực"),
            source: self.text(line.at("Quyết định công bố")),
            from,
            to,
            sample: self.lines(line.at("Phần là mẫu")),
            subjects: self.lines(line.at("Đối tượng")),
            levels: Vec::new(),
            receives: self.codes(line.at("Cơ quan tiếp nhận")),
            resolves: self.codes(line.at("Cơ quan giải quyết")),
            coordinates: self.codes(line.at("Cơ quan phối hợp")),
            order: self.text(line.at("Trình tự")),
            conditions: self.text(line.at("Yêu cầu, điều kiện")),
            legal_basis: self.lines(line.at("Căn cứ pháp lý")),
            cases: Vec::new(),
            papers: Vec::new(),
            fees: Vec::new(),
            results: Vec::new(),
        }
    }

    fn lines(&mut self, at: At<'_>) -> Vec<String> {
        parted(&self.text(at), &['\n'])
    }

    fn codes(&mut self, at: At<'_>) -> Vec<String> {
        parted(&self.text(at), &[',', ';', '\n'])
    }

    /// The rows of a sheet, each put where its code says.
    fn rows(
        &mut self,
        book: &Book,
        name: &str,
        columns: &[&str],
        all: &mut [Procedure],
        put: impl Fn(&mut Reader, Line<'_, '_>, &mut Procedure),
    ) {
        let Some(grid) = self.sheet(book, name, columns) else { return };
        for line in grid.lines() {
            let code = self.needed(line.at(CODE), "mã thủ tục của dòng này");
            match all.iter_mut().find(|one| one.code == code) {
                Some(one) => put(self, line, one),
                None if code.is_empty() => {}
                None => {
                    let say = format!("Bảng “Thủ tục” không có mã “{code}”.");
                    self.no(line.at(CODE), "procedure-unknown", say);
                }
            }
        }
    }

    /// One of a closed list, by its word without marks; the first where the cell is empty and one is usual.
    fn one_of<T: std::marker::Copy>(&mut self, at: At<'_>, known: &[(&str, T)], usual: Option<T>) -> Option<T> {
        let said = self.text(at);
        if said.is_empty() && usual.is_some() {
            return usual;
        }
        let found = known.iter().find(|(word, _)| text::fold(word) == text::fold(&said)).map(|(_, one)| *one);
        if found.is_none() && !matches!(at.cell, sheet::Cell::Error(_)) {
            let words: Vec<&str> = known.iter().map(|(word, _)| *word).collect();
            self.no(at, "cell-choice", format!("“{said}” không có trong danh sách: {}.", words.join("; ")));
        }
        found
    }

    fn yes(&mut self, at: At<'_>) -> bool {
        self.keep(at.yes_no()).flatten().unwrap_or(false)
    }

    fn level(&mut self, line: Line<'_, '_>, one: &mut Procedure) {
        let from = self.keep(line.at("Từ ngày").date(self.today)).flatten();
        if from.is_none() && line.at("Từ ngày").is_blank() {
            self.no(line.at("Từ ngày"), "cell-empty", "Nhập ngày.");
        }
        let level = self.one_of(line.at("Mức độ"), &Level::ALL.map(|level| (level.say(), level)), None);
        one.levels.extend(from.zip(level).map(|(from, level)| Service { from, level }));
    }

    fn case(&mut self, line: Line<'_, '_>, one: &mut Procedure) {
        let time = self.time(line);
        let case = Case {
            code: self.needed(line.at("Mã trường hợp"), "mã trường hợp"),
            name: self.needed(line.at("Tên trường hợp"), "tên trường hợp"),
            time,
            process: self.text(line.at("Quy trình")),
            form: Some(self.text(line.at("Mẫu đơn điện tử"))).filter(|form| !form.is_empty()),
        };
        one.cases.push(case);
    }

    fn time(&mut self, line: Line<'_, '_>) -> Time {
        let at = line.at("Thời hạn");
        let number = self.keep(at.count()).flatten();
        let number = number.map(u32::try_from).and_then(Result::ok).filter(|number| *number > 0);
        if number.is_none() {
            self.no(at, "time", "Nhập thời hạn là số nguyên từ 1.");
        }
        let number = number.unwrap_or(1);
        let units = [(UNITS[0], 0), (UNITS[1], 1), (UNITS[2], 2)];
        match self.one_of(line.at("Đơn vị tính"), &units, Some(0)) {
            Some(1) => Time::Hours(number),
            Some(2) => Time::Calendar(number),
            _ => Time::Days(number),
        }
    }

    fn paper(&mut self, line: Line<'_, '_>, one: &mut Procedure) {
        let number = self.keep(line.at("Số lượng").count()).flatten().unwrap_or(1);
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        if number == 0 || number > 1000 {
            self.no(line.at("Số lượng"), "number", "Số lượng từ 1 đến 1000.");
        }
        let kinds = Copy::ALL.map(|copy| (copy.say(), copy));
        let paper = Paper {
            code: self.needed(line.at("Mã giấy tờ"), "mã giấy tờ"),
            name: self.needed(line.at("Tên giấy tờ"), "tên giấy tờ"),
            cases: self.codes(line.at("Trường hợp")),
            copy: self.one_of(line.at("Loại bản"), &kinds, Some(Copy::Original)).unwrap_or_default(),
            number,
            optional: self.yes(line.at("Chỉ khi có")),
            form: Some(self.text(line.at("Mẫu"))).filter(|form| !form.is_empty()),
            guide: self.text(line.at("Hướng dẫn người nộp")),
            clerk: self.text(line.at("Hướng dẫn công chức")),
            faults: self.lines(line.at("Lỗi thường gặp")),
            shown_only: self.yes(line.at("Chỉ xuất trình")),
            sample: None,
        };
        one.papers.push(paper);
    }

    fn fee(&mut self, line: Line<'_, '_>, one: &mut Procedure) {
        let at = line.at("Số tiền");
        let amount = self.keep(at.decimal());
        match amount {
            Some(Some(amount)) if amount.is_sign_negative() || !amount.fract().is_zero() => {
                self.no(at, "amount", "Số tiền là số đồng nguyên, không âm.");
            }
            Some(None) => self.no(at, "cell-empty", "Nhập số tiền; không thu thì ghi 0 hoặc bỏ dòng này."),
            _ => {}
        }
        let fee = Fee {
            name: self.needed(line.at("Tên khoản thu"), "tên khoản thu"),
            amount: amount.flatten().unwrap_or(Decimal::ZERO).normalize(),
            cases: self.codes(line.at("Trường hợp")),
            collect: self.one_of(line.at("Thu khi"), &COLLECT, Some(COLLECT[0].1)).unwrap_or_default(),
            when: self.text(line.at("Áp dụng khi")),
        };
        one.fees.push(fee);
    }

    fn result(&mut self, line: Line<'_, '_>, one: &mut Procedure) {
        let name = self.needed(line.at("Tên kết quả"), "tên kết quả");
        let electronic = self.yes(line.at("Bản điện tử"));
        one.results.push(Outcome { name, electronic });
    }
}
