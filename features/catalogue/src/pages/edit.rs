//! A draft's main fields on one dense page: its name, field and days, times, papers and fees. What is long (order, legal
//! basis, guidance) comes by the workbook.

use super::{HERE, crumbs_to};
use crate::actions;
use axum::extract::Path;
use base::{Date, Refusal, Refusals, day, number, text};
use maud::{Markup, html};
use people::Failure;
use procedure::{Case, Copy, Fee, Paper, Procedure, Time};
use rulebook::{Edition, EditionId, Status};
use web::look::Page;
use web::look::fields::{self, Choice, Field};
use web::look::parts::{self, Button};
use web::look::table::{Column, Row, Table};
use web::{Answer, Fault, Posted, Visit, form, once, show, show_again};

const UNITS: [(&str, &str); 3] = [("days", "ngày làm việc"), ("hours", "giờ làm việc"), ("calendar", "ngày")];
/// Empty rows at the end of papers and fees, to add one.
const SPARE: usize = 1;

async fn load(visit: &Visit, id: EditionId) -> Result<(Edition, Procedure), Fault> {
    let found = actions::edition(&mut visit.site.db.read().await?, &visit.scope, id).await?;
    if found.0.status == Status::Published {
        return Err(Failure::from(Refusal::from(rulebook::NotNow::Frozen)).into());
    }
    Ok(found)
}

pub async fn page(visit: Visit, Path(id): Path<EditionId>) -> Answer {
    let (edition, one) = load(&visit, id).await?;
    show(screen(&visit, &edition, &one, &Posted::default(), &Refusals::new()))
}

/// What a box shows: what was typed, else what the draft says.
struct Boxes<'a> {
    form: &'a Posted,
    refusals: &'a Refusals,
}

impl Boxes<'_> {
    fn value<'b>(&'b self, name: &str, own: &'b str) -> &'b str {
        if self.form.has(name) { self.form.get(name) } else { own }
    }

    fn text(&self, name: &str, label: &str, own: &str) -> Markup {
        fields::text(Field::new(name, label).value(self.value(name, own)).refused(self.refusals))
    }

    /// A box in a row of a table, whose head says what it is: its label is for screen readers.
    fn cell(&self, name: &str, label: &str, own: &str) -> Markup {
        fields::text(Field::new(name, label).label_hidden().value(self.value(name, own)).refused(self.refusals))
    }

    fn number(&self, name: &str, label: &str, own: &str) -> Markup {
        let field = Field::new(name, label).label_hidden().width(10).value(self.value(name, own));
        fields::number(field.refused(self.refusals))
    }

    fn select(&self, name: &str, label: &str, own: &str, choices: &[Choice<'_>]) -> Markup {
        let field = Field::new(name, label).label_hidden().value(self.value(name, own));
        fields::select(field.refused(self.refusals), choices)
    }
}

fn screen(visit: &Visit, edition: &Edition, one: &Procedure, form: &Posted, refusals: &Refusals) -> Page {
    let boxes = Boxes { form, refusals };
    let mut page = Page::new(
        format!("Sửa bản nháp {}", one.code),
        html! {
            form method="post" action={ (HERE) "/ban/" (edition.id) "/sua" } data-guard {
                (form::keyed(visit))
                input type="hidden" name="version" value=(if form.has("version") { form.get("version").to_owned() } else { edition.version.to_string() });
                (parts::section("Thông tin chung", None, html! {
                    (fields::textarea(Field::new("name", "Tên thủ tục").value(boxes.value("name", &one.name)).rows(2).refused(refusals)))
                    (boxes.text("field", "Lĩnh vực", &one.field))
                    (fields::date(Field::new("from", "Có hiệu lực từ ngày").value(boxes.value("from", &day::vi(one.from))).refused(refusals)))
                    (fields::textarea(Field::new("conditions", "Yêu cầu, điều kiện").optional().value(boxes.value("conditions", &one.conditions)).refused(refusals)))
                }))
                (parts::section("Thời hạn theo trường hợp", None, cases(&boxes, one)))
                (parts::section("Giấy tờ", None, papers(&boxes, one)))
                (parts::section("Phí, lệ phí", None, fees(&boxes, one)))
                (Button::new("Lưu bản nháp").key("alt+s")) " " a href={ (HERE) "/" (one.code) "?ban=" (edition.number) } { "Quay lại, không lưu" }
            }
        },
    );
    page.crumbs = crumbs_to(&one.code);
    page.lead = Some(html! { "Trình tự, căn cứ pháp lý, hướng dẫn và các mục dài khác sửa trong Excel rồi nạp lại." });
    page
}

fn cases(boxes: &Boxes<'_>, one: &Procedure) -> Markup {
    let units = UNITS.map(|(code, say)| Choice::new(code, say));
    let row = |(at, case): (usize, &Case)| {
        let (number, unit) = match case.time {
            Time::Days(number) => (number, "days"),
            Time::Hours(number) => (number, "hours"),
            Time::Calendar(number) => (number, "calendar"),
        };
        let name = &case.name;
        Row::new(vec![
            html! { (name) " " span.quiet { (case.code) } },
            boxes.number(&format!("time{at}"), &format!("Thời hạn, {name}"), &number.to_string()),
            boxes.select(&format!("unit{at}"), &format!("Đơn vị tính, {name}"), unit, &units),
            boxes.cell(&format!("process{at}"), &format!("Mã quy trình, {name}"), &case.process),
        ])
    };
    let columns = vec![
        Column::new("Trường hợp").width(40),
        Column::new("Thời hạn"),
        Column::new("Đơn vị tính"),
        Column::new("Mã quy trình nội bộ"),
    ];
    let rows = one.cases.iter().enumerate().map(row).collect();
    html! { (Table { caption: "Thời hạn theo trường hợp", columns, rows, names: 0, ..Table::default() }) }
}

fn papers(boxes: &Boxes<'_>, one: &Procedure) -> Markup {
    let copies = Copy::ALL.map(|copy| Choice::new(copy.code(), copy.say()));
    let row = |at: usize| {
        let own = one.papers.get(at);
        let which = match own {
            Some(_) => format!("giấy tờ {}", at + 1),
            None => "giấy tờ thêm".to_owned(),
        };
        let name = own.map(|paper| paper.name.as_str()).unwrap_or_default();
        let copy = own.map(|paper| paper.copy).unwrap_or_default().code();
        Row::new(vec![
            html! { @if own.is_some() { (at + 1) } @else { "Thêm" } },
            boxes.cell(&format!("paper{at}"), &format!("Tên {which}"), name),
            boxes.number(
                &format!("number{at}"),
                &format!("Số lượng {which}"),
                &own.map_or(1, |paper| paper.number).to_string(),
            ),
            boxes.select(&format!("copy{at}"), &format!("Loại bản {which}"), copy, &copies),
        ])
    };
    let columns =
        vec![Column::new("TT"), Column::new("Tên giấy tờ").width(60), Column::new("Số lượng"), Column::new("Loại bản")];
    let rows = (0..one.papers.len() + SPARE).map(row).collect();
    html! {
        p.quiet { "Xoá tên để bỏ một giấy tờ. Dòng cuối để thêm." }
        (Table { caption: "Giấy tờ", columns, rows, names: 1, ..Table::default() })
    }
}

fn fees(boxes: &Boxes<'_>, one: &Procedure) -> Markup {
    let row = |at: usize| {
        let own = one.fees.get(at);
        let which = match own {
            Some(_) => format!("khoản thu {}", at + 1),
            None => "khoản thu thêm".to_owned(),
        };
        let name = own.map(|fee| fee.name.as_str()).unwrap_or_default();
        let amount = own.map(|fee| number::vi(&fee.amount.normalize())).unwrap_or_default();
        Row::new(vec![
            html! { @if own.is_some() { (at + 1) } @else { "Thêm" } },
            boxes.cell(&format!("fee{at}"), &format!("Tên {which}"), name),
            boxes.number(&format!("amount{at}"), &format!("Số tiền {which}, đồng"), &amount),
            html! { (own.map(|fee| fee.when.as_str()).unwrap_or_default()) },
        ])
    };
    let columns = vec![
        Column::new("TT"),
        Column::new("Tên khoản thu").width(50),
        Column::new("Số tiền (đồng)"),
        Column::new("Áp dụng khi"),
    ];
    let rows = (0..one.fees.len() + SPARE).map(row).collect();
    html! {
        p.quiet { "Xoá tên để bỏ một khoản. Dòng cuối để thêm." }
        (Table { caption: "Phí, lệ phí", columns, rows, names: 1, ..Table::default() })
    }
}

pub async fn save(visit: Visit, Path(id): Path<EditionId>, form: Posted) -> Answer {
    let version = form.hidden("version")?;
    let (edition, before) = load(&visit, id).await?;
    let one = match read(&form, &before, visit.scope.today()) {
        Ok(one) => one,
        Err(refusals) => return show_again(screen(&visit, &edition, &before, &form, &refusals), refusals),
    };
    let deed = async {
        actions::editing::save(&visit.site, &visit.scope, id, version, &one).await?;
        Ok(format!("{HERE}/{}?ban={}", edition.code, edition.number))
    };
    match once(&visit, &form, Some("Đã lưu bản nháp."), deed).await {
        Err(Fault(Failure::Refused(refusals))) => {
            show_again(screen(&visit, &edition, &before, &form, &refusals), refusals)
        }
        other => other,
    }
}

/// The draft as the form has it; every box that cannot be read is refused.
fn read(form: &Posted, before: &Procedure, today: Date) -> Result<Procedure, Refusals> {
    let mut refusals = Refusals::new();
    let mut one = before.clone();
    for (name, say, own) in [("name", "Nhập tên thủ tục.", &mut one.name), ("field", "Nhập lĩnh vực.", &mut one.field)]
    {
        match form.text(name) {
            Some(said) => *own = said,
            None => refusals.push(Refusal::new("empty", say).at(name)),
        }
    }
    match day::read_vi(form.get("from"), today) {
        Ok(from) => one.from = from,
        Err(no) => refusals.push(no.at("from")),
    }
    one.conditions = form.text("conditions").unwrap_or_default();
    for (at, case) in one.cases.iter_mut().enumerate() {
        if let Some(number) = whole(form, &format!("time{at}"), &mut refusals) {
            case.time = match form.get(&format!("unit{at}")) {
                "hours" => Time::Hours(number),
                "calendar" => Time::Calendar(number),
                _ => Time::Days(number),
            };
        }
        case.process = form.text(&format!("process{at}")).unwrap_or_default();
    }
    one.papers = read_papers(form, before, &mut refusals);
    one.fees = read_fees(form, before, &mut refusals);
    if refusals.is_empty() { Ok(one) } else { Err(refusals) }
}

/// A whole number from 1.
fn whole(form: &Posted, name: &str, refusals: &mut Refusals) -> Option<u32> {
    match number::read_count(form.get(name).trim()) {
        Ok(read) => match u32::try_from(read).ok().filter(|number| (1..=1000).contains(number)) {
            Some(number) => return Some(number),
            None => refusals.push(Refusal::new("number", "Nhập số từ 1 đến 1000.").at(name)),
        },
        Err(no) => refusals.push(no.at(name)),
    }
    None
}

fn read_papers(form: &Posted, before: &Procedure, refusals: &mut Refusals) -> Vec<Paper> {
    let mut papers: Vec<Paper> = Vec::new();
    for at in 0..before.papers.len() + SPARE {
        let Some(name) = form.text(&format!("paper{at}")) else { continue };
        let number = whole(form, &format!("number{at}"), refusals).unwrap_or(1);
        let copy = Copy::of(form.get(&format!("copy{at}"))).unwrap_or_default();
        let paper = match before.papers.get(at) {
            Some(own) => Paper { name, number, copy, ..own.clone() },
            None => new_paper(name, number, copy, before),
        };
        papers.push(paper);
    }
    papers
}

/// A paper of all cases, with a code of its own made from its name.
fn new_paper(name: String, number: u32, copy: Copy, before: &Procedure) -> Paper {
    let made: String =
        text::fold(&name).chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).take(24).collect();
    let made = made.trim_matches('-').to_owned();
    let taken = |code: &str| before.papers.iter().any(|paper| paper.code == code);
    let code = (1..).map(|at| if at == 1 { made.clone() } else { format!("{made}-{at}") }).find(|code| !taken(code));
    Paper {
        code: code.unwrap_or(made),
        name,
        cases: Vec::new(),
        copy,
        number,
        optional: false,
        form: None,
        guide: String::new(),
        clerk: String::new(),
        faults: Vec::new(),
        shown_only: false,
        sample: None,
    }
}

fn read_fees(form: &Posted, before: &Procedure, refusals: &mut Refusals) -> Vec<Fee> {
    let mut fees: Vec<Fee> = Vec::new();
    for at in 0..before.fees.len() + SPARE {
        let Some(name) = form.text(&format!("fee{at}")) else { continue };
        let place = format!("amount{at}");
        let amount = match number::read_vi(form.get(&place).trim()) {
            Ok(amount) if amount.is_sign_negative() || !amount.fract().is_zero() => {
                refusals.push(Refusal::new("amount", "Số tiền là số đồng nguyên, không âm.").at(&place));
                continue;
            }
            Ok(amount) => amount.normalize(),
            Err(no) => {
                refusals.push(no.at(&place));
                continue;
            }
        };
        fees.push(match before.fees.get(at) {
            Some(own) => Fee { name, amount, ..own.clone() },
            None => Fee { name, amount, cases: Vec::new(), collect: procedure::Collect::AtIntake, when: String::new() },
        });
    }
    fees
}
