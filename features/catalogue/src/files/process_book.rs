//! A process as a workbook, in the layout of a decision's annex: TT, Trình tự công việc, Vai trò, Thời gian, Kết quả;
//! then what a program must know besides. A table with the five columns only is taken as a chain: each step leads to the
//! next, the last returns the result.

use super::parted;
use base::{Refusal, Refusals, text};
use sheet::xlsx::{self, BookOut, SheetOut};
use sheet::{At, Book, Cell, Column, Grid, Line, Table};
use std::collections::BTreeMap;
use workflow::{End, File, Give, MoveLine, Need, PauseLine, StepLine, Targets, Wait};

const HEAD: &str = "Quy trình";
const STEPS: &str = "Các bước";
const MOVES: &str = "Chuyển bước";
const ANNEX: [&str; 4] = ["TT", "Trình tự công việc", "Vai trò", "Thời gian"];
/// Without it a table is an annex only.
const NEXT: &str = "Bước tiếp theo";

/// The workbook of a process; of none, the template. `roles` are offered in the cells.
pub fn write(file: Option<&File>, roles: &BTreeMap<String, String>) -> Result<Vec<u8>, Refusal> {
    let own = |say: fn(&File) -> String| file.map(say).unwrap_or_default();
    let lines: [(&str, String); 6] = [
        ("Mã quy trình", own(|file| file.code.clone())),
        ("Tên quy trình", own(|file| file.name.clone())),
        ("Quyết định phê duyệt", own(|file| file.source.clone())),
        ("Thời hạn", own(|file| file.legal.clone())),
        ("Các trường hợp", own(|file| file.cases.join(", "))),
        ("Là mẫu", own(|file| if file.sample { "Có".into() } else { "Không".into() })),
    ];
    let mut head = Table::new(vec![Column::text("Mục", 24), Column::text("Nội dung", 80)]);
    head.rows = lines.into_iter().map(|(name, said)| vec![name.into(), said.into()]).collect();
    let all: &[StepLine] = file.map_or(&[], |file| &file.steps);
    xlsx::write(&BookOut {
        guide: guide(roles),
        sheets: vec![
            SheetOut::new(HEAD, head),
            SheetOut::new(STEPS, steps(all, roles)).spare_rows(40),
            SheetOut::new(MOVES, moves(all)).spare_rows(40),
        ],
        meta: vec![("template".into(), "process".into()), ("template_version".into(), "1".into())],
    })
}

fn guide(roles: &BTreeMap<String, String>) -> Vec<String> {
    let words =
        |all: Vec<(&str, &str)>| all.iter().map(|(code, say)| format!("{code} ({say})")).collect::<Vec<_>>().join("; ");
    let list = roles.iter().map(|(code, say)| (code.as_str(), say.as_str())).collect();
    vec![
        "# Quy trình nội bộ".into(),
        "Bảng “Các bước” như phụ lục quyết định: TT, Trình tự công việc, Vai trò, Thời gian, Kết quả. Thời gian viết như 2 giờ, 0,5 ngày.".into(),
        "Chỉ có năm cột ấy cũng nạp được: mỗi bước chuyển sang bước sau, bước cuối trả kết quả.".into(),
        "“Bước tiếp theo” dùng khi chỉ có một đường đi; nhiều đường đi, đường trả lại thì ghi ở bảng “Chuyển bước”.".into(),
        "Ở “Chuyển bước”, nhiều bước chạy song song thì ghi cách nhau bằng dấu phẩy ở cột “Tới bước”.".into(),
        format!("Vai trò: {}.", words(list)),
        format!("Điều kiện: {}.", words(Need::ALL.iter().map(|one| (one.code(), one.say())).collect())),
        format!("Đưa vào: {}.", words(Give::ALL.iter().map(|one| (one.code(), one.say())).collect())),
        format!("Tạm dừng vì: {}.", words(Wait::ALL.iter().map(|one| (one.code(), one.say())).collect())),
        format!("Kết thúc: {}.", words(End::ALL.iter().map(|one| (one.code(), one.say())).collect())),
    ]
}

fn steps(all: &[StepLine], roles: &BTreeMap<String, String>) -> Table {
    let mut table = Table::new(vec![
        Column::text("TT", 6),
        Column::text("Trình tự công việc", 50),
        Column::text("Vai trò", 18).choices(roles.keys().cloned()),
        Column::text("Thời gian", 12),
        Column::text("Kết quả", 40),
        Column::text("Cơ quan khác", 20).hint("Cơ quan ngoài đơn vị thực hiện bước này"),
        Column::text(NEXT, 14),
        Column::text("Điều kiện", 30),
        Column::text("Đưa vào", 24),
        Column::text("Lựa chọn", 24),
        Column::text("Tạm dừng vì", 16).choices(Wait::ALL.iter().map(|one| one.code())),
        Column::exact("Tạm dừng (ngày)"),
        Column::text("Quá hạn tới bước", 14),
        Column::yes_no("Chờ đủ nhánh"),
        Column::text("Kết thúc", 14).choices(End::ALL.iter().map(|one| one.code())),
        Column::yes_no("Rút lại được"),
    ]);
    for step in all {
        let pause = step.pause.as_ref();
        table.push(vec![
            step.code.as_str().into(),
            step.name.as_str().into(),
            step.role.as_str().into(),
            step.time.as_str().into(),
            step.output.as_str().into(),
            step.agency.clone().into(),
            step.next.clone().into(),
            step.needs.join(", ").into(),
            step.gives.join(", ").into(),
            step.choices.join(", ").into(),
            pause.map(|pause| pause.why.clone()).into(),
            pause.and_then(|pause| pause.days).into(),
            pause.and_then(|pause| pause.then.clone()).into(),
            step.waits_for_all.into(),
            step.end.clone().into(),
            step.undo.into(),
        ]);
    }
    table
}

fn moves(all: &[StepLine]) -> Table {
    let mut table = Table::new(vec![
        Column::text("Từ bước", 10),
        Column::text("Tới bước", 14),
        Column::text("Trường hợp", 24),
        Column::text("Khi chọn", 24),
        Column::yes_no("Trả lại"),
    ]);
    for step in all {
        for one in &step.moves {
            let to = match &one.to {
                Targets::One(code) => code.clone(),
                Targets::Beside(codes) => codes.join(", "),
            };
            let row: Vec<Cell> = vec![
                step.code.as_str().into(),
                to.into(),
                one.case.clone().into(),
                one.chosen.clone().into(),
                one.back.into(),
            ];
            table.push(row);
        }
    }
    table
}

/// The process of a file, or every bad cell of it. Whether it can work is for the checker to say.
pub fn read(bytes: &[u8], name: &str) -> Result<File, Refusals> {
    let book = sheet::read(bytes, name).map_err(|no| vec![no])?;
    let mut reader = Reader(Refusals::new());
    let file = reader.file(&book);
    if reader.0.is_empty() { Ok(file) } else { Err(reader.0) }
}

struct Reader(Refusals);

impl Reader {
    fn keep<T>(&mut self, read: Result<T, Refusal>) -> Option<T> {
        read.map_err(|no| self.0.push(no)).ok()
    }

    fn text(&mut self, at: At<'_>) -> String {
        self.keep(at.text()).flatten().unwrap_or_default()
    }

    fn some(&mut self, at: At<'_>) -> Option<String> {
        Some(self.text(at)).filter(|text| !text.is_empty())
    }

    fn words(&mut self, at: At<'_>) -> Vec<String> {
        parted(&self.text(at), &[',', ';', '\n'])
    }

    fn yes(&mut self, at: At<'_>) -> bool {
        self.keep(at.yes_no()).flatten().unwrap_or(false)
    }

    fn file(&mut self, book: &Book) -> File {
        let head = self.head(book);
        let said = |name: &str| head.get(&text::fold(name)).cloned().unwrap_or_default();
        let mut steps = self.steps(book);
        if let Some(sheet) = book.find(MOVES)
            && let Some(grid) = self.keep(sheet.grid(&["Từ bước", "Tới bước"]))
        {
            self.moves(&grid, &mut steps);
        }
        for (name, code) in [("Mã quy trình", "code"), ("Tên quy trình", "name"), ("Thời hạn", "legal")] {
            if said(name).is_empty() {
                let say = format!("Bảng “{HEAD}” chưa ghi “{name}”.");
                self.0.push(Refusal::new("process-head", say).at(code));
            }
        }
        File {
            code: said("Mã quy trình"),
            name: said("Tên quy trình"),
            source: said("Quyết định phê duyệt"),
            sample: text::fold(&said("Là mẫu")) == "co",
            legal: said("Thời hạn"),
            cases: parted(&said("Các trường hợp"), &[',', ';', '\n']),
            steps,
        }
    }

    /// Names and values of the sheet of the process itself.
    fn head(&mut self, book: &Book) -> BTreeMap<String, String> {
        let Some(grid) = self.keep(book.sheet(HEAD)).and_then(|sheet| self.keep(sheet.grid(&["Mục", "Nội dung"])))
        else {
            return BTreeMap::new();
        };
        let mut found = BTreeMap::new();
        for line in grid.lines() {
            let name = self.text(line.at("Mục"));
            found.insert(text::fold(&name), self.text(line.at("Nội dung")));
        }
        found
    }

    fn steps(&mut self, book: &Book) -> Vec<StepLine> {
        let Some(grid) = self.keep(book.sheet(STEPS)).and_then(|sheet| self.keep(sheet.grid(&ANNEX))) else {
            return Vec::new();
        };
        let mut steps: Vec<StepLine> = grid.lines().map(|line| self.step(line)).collect();
        if !grid.has(NEXT) && book.find(MOVES).is_none() {
            chained(&mut steps);
        }
        steps
    }

    fn step(&mut self, line: Line<'_, '_>) -> StepLine {
        for (column, what) in [("TT", "số thứ tự"), ("Trình tự công việc", "việc phải làm")] {
            let at = line.at(column);
            if at.is_blank() {
                self.0.push(at.refuse(Refusal::new("cell-empty", format!("Nhập {what} của bước."))));
            }
        }
        let days = self.keep(line.at("Tạm dừng (ngày)").count()).flatten();
        let why = self.some(line.at("Tạm dừng vì"));
        let then = self.some(line.at("Quá hạn tới bước"));
        StepLine {
            code: self.text(line.at("TT")),
            name: self.text(line.at("Trình tự công việc")),
            role: self.text(line.at("Vai trò")),
            time: self.text(line.at("Thời gian")),
            output: self.text(line.at("Kết quả")),
            agency: self.some(line.at("Cơ quan khác")),
            needs: self.words(line.at("Điều kiện")),
            gives: self.words(line.at("Đưa vào")),
            choices: self.words(line.at("Lựa chọn")),
            next: self.some(line.at(NEXT)),
            moves: Vec::new(),
            pause: why.map(|why| PauseLine { why, days: days.and_then(|days| u32::try_from(days).ok()), then }),
            waits_for_all: self.yes(line.at("Chờ đủ nhánh")),
            end: self.some(line.at("Kết thúc")),
            undo: self.yes(line.at("Rút lại được")),
        }
    }

    fn moves(&mut self, grid: &Grid<'_>, steps: &mut [StepLine]) {
        for line in grid.lines() {
            let from = self.text(line.at("Từ bước"));
            let mut to = self.words(line.at("Tới bước"));
            let one = MoveLine {
                case: self.some(line.at("Trường hợp")),
                chosen: self.some(line.at("Khi chọn")),
                back: self.yes(line.at("Trả lại")),
                to: if to.len() == 1 { Targets::One(to.remove(0)) } else { Targets::Beside(to) },
            };
            match steps.iter_mut().find(|step| step.code == from) {
                Some(step) => step.moves.push(one),
                None => {
                    let say = format!("Bảng “{STEPS}” không có bước “{from}”.");
                    self.0.push(line.at("Từ bước").refuse(Refusal::new("step-unknown", say)));
                }
            }
        }
    }
}

/// Each step leads to the next; the last returns the result.
fn chained(steps: &mut [StepLine]) {
    let codes: Vec<String> = steps.iter().skip(1).map(|step| step.code.clone()).collect();
    for (step, next) in steps.iter_mut().zip(codes) {
        step.next = Some(next);
    }
    if let Some(last) = steps.last_mut() {
        last.end = Some(End::Returned.code().to_owned());
    }
}
