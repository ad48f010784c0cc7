//! A process written on screen: its steps in the columns of a decision's annex. Needs, returns and ways by case come by
//! the workbook or TOML, and stay as they are here.

use super::PROCESSES;
use super::process::crumbs;
use crate::actions::{self, ProcessView};
use axum::extract::Path;
use base::{Refusal, Refusals};
use maud::{Markup, html};
use people::Failure;
use rulebook::{EditionId, Status};
use std::collections::BTreeMap;
use web::look::Page;
use web::look::fields::{self, Choice, Field};
use web::look::parts::{self, Button};
use web::look::table::{Column, Row, Table};
use web::{Answer, Fault, Posted, Visit, form, once, show, show_again};
use workflow::{End, File, StepLine};

/// Empty rows at the end, to add steps.
const SPARE: usize = 2;

pub async fn new_page(visit: Visit) -> Answer {
    show(new_form(&visit, &Posted::default(), &Refusals::new()))
}

fn new_form(visit: &Visit, form: &Posted, refusals: &Refusals) -> Page {
    let mut page = Page::new(
        "Soạn quy trình mới",
        html! {
            p.narrow { "Quy trình có nhiều bước thì soạn trong Excel nhanh hơn: " a href={ (PROCESSES) "/mau.xlsx" } download { "tải tệp mẫu" } ", điền rồi " a href={ (PROCESSES) "/nap" } { "nạp lên" } "." }
            form.form method="post" action={ (PROCESSES) "/moi" } data-guard {
                (form::keyed(visit))
                (fields::text(Field::new("name", "Tên quy trình").value(form.get("name")).refused(refusals)))
                (fields::text(Field::new("code", "Mã").hint("Chữ thường không dấu, số và gạch nối, ví dụ cap-phep-ruou-15").value(form.get("code")).as_code().width(20).refused(refusals)))
                (fields::text(Field::new("legal", "Thời hạn của cả quy trình").hint("Ví dụ: 15 ngày, 8 giờ").value(form.get("legal")).width(10).refused(refusals)))
                (Button::new("Tạo bản nháp").key("alt+s"))
            }
        },
    );
    page.crumbs = crumbs();
    page
}

pub async fn create(visit: Visit, form: Posted) -> Answer {
    let text = |name: &str| form.text(name).unwrap_or_default();
    let mut missing = Refusals::new();
    if text("legal").is_empty() {
        missing.push(Refusal::new("empty", "Nhập thời hạn, ví dụ 15 ngày.").at("legal"));
        return show_again(new_form(&visit, &form, &missing), missing);
    }
    let deed = async {
        let id = actions::new_process(&visit.site, &visit.scope, &text("code"), &text("name"), &text("legal")).await?;
        Ok(format!("{PROCESSES}/{id}/sua"))
    };
    match once(&visit, &form, Some("Đã tạo bản nháp. Ghi các bước."), deed).await {
        Err(Fault(Failure::Refused(refusals))) => show_again(new_form(&visit, &form, &refusals), refusals),
        other => other,
    }
}

pub async fn begin(visit: Visit, Path(id): Path<EditionId>, form: Posted) -> Answer {
    let deed = async {
        let draft = actions::begin_process(&visit.site, &visit.scope, id).await?;
        Ok(format!("{PROCESSES}/{draft}/sua"))
    };
    once(&visit, &form, Some("Đây là bản nháp. Sửa xong thì ban hành."), deed).await
}

async fn load(visit: &Visit, id: EditionId) -> Result<ProcessView, Fault> {
    let found = actions::process(&mut visit.site.db.read().await?, &visit.scope, id).await?;
    if found.edition.status == Status::Published {
        return Err(Failure::from(Refusal::from(rulebook::NotNow::Frozen)).into());
    }
    Ok(found)
}

pub async fn page(visit: Visit, Path(id): Path<EditionId>) -> Answer {
    let found = load(&visit, id).await?;
    show(screen(&visit, &found, &Posted::default(), &Refusals::new()))
}

fn screen(visit: &Visit, found: &ProcessView, form: &Posted, refusals: &Refusals) -> Page {
    let (file, here) = (&found.file, format!("{PROCESSES}/{}", found.edition.id));
    let boxes = Boxes { form, refusals, roles: actions::roles() };
    let version = if form.has("version") { form.get("version").to_owned() } else { found.edition.version.to_string() };
    let mut page = Page::new(
        format!("Sửa bản nháp {}", file.code),
        html! {
            form method="post" action={ (here) "/sua" } data-guard {
                (form::keyed(visit))
                input type="hidden" name="version" value=(version);
                (fields::text(Field::new("name", "Tên quy trình").value(boxes.value("name", &file.name)).refused(refusals)))
                (fields::text(Field::new("legal", "Thời hạn của cả quy trình").hint("Ví dụ: 15 ngày, 8 giờ").value(boxes.value("legal", &file.legal)).width(10).refused(refusals)))
                (parts::section("Các bước", None, html! {
                    p.quiet { "Thời gian viết như 2 giờ, 0,5 ngày. Xoá tên để bỏ một bước. Hai dòng cuối để thêm." }
                    (steps(&boxes, file))
                }))
                (Button::new("Lưu và kiểm tra").key("alt+s")) " " a href=(here) { "Quay lại, không lưu" }
            }
        },
    );
    page.crumbs = [crumbs(), vec![(file.code.clone(), here)]].concat();
    page.lead =
        Some(html! { "Điều kiện, đường trả lại, song song và đường theo trường hợp sửa trong Excel hoặc TOML." });
    page.wide = true;
    page
}

/// What a box shows: what was typed, else what the draft says.
struct Boxes<'a> {
    form: &'a Posted,
    refusals: &'a Refusals,
    roles: BTreeMap<String, String>,
}

impl Boxes<'_> {
    fn value<'b>(&'b self, name: &str, own: &'b str) -> &'b str {
        if self.form.has(name) { self.form.get(name) } else { own }
    }

    fn text(&self, name: &str, label: &str, own: &str) -> Markup {
        fields::text(Field::new(name, label).label_hidden().value(self.value(name, own)).refused(self.refusals))
    }

    fn select(&self, name: &str, label: &str, own: &str, choices: &[Choice<'_>]) -> Markup {
        let field = Field::new(name, label).label_hidden().value(self.value(name, own));
        fields::select(field.refused(self.refusals), choices)
    }
}

fn steps(boxes: &Boxes<'_>, file: &File) -> Markup {
    let roles: Vec<Choice> = boxes.roles.iter().map(|(code, say)| Choice::new(code, say)).collect();
    let ends: Vec<Choice> = std::iter::once(Choice::new("", "Đi tiếp"))
        .chain(End::ALL.iter().map(|end| Choice::new(end.code(), end.say())))
        .collect();
    let row = |at: usize| {
        let step = file.steps.get(at);
        let own = |said: fn(&StepLine) -> &str| step.map(said).unwrap_or_default();
        let label = |what: &str| format!("{what}, dòng {}", at + 1);
        let mut roles = roles.clone();
        let role = own(|step| &step.role);
        if !role.is_empty() && !boxes.roles.contains_key(role) {
            roles.push(Choice::new(role, step.and_then(|step| step.agency.as_deref()).unwrap_or(role)));
        }
        Row::new(vec![
            boxes.text(&format!("code{at}"), &label("TT"), own(|step| &step.code)),
            boxes.text(&format!("name{at}"), &label("Trình tự công việc"), own(|step| &step.name)),
            boxes.select(&format!("role{at}"), &label("Vai trò"), role, &roles),
            boxes.text(&format!("time{at}"), &label("Thời gian"), own(|step| &step.time)),
            boxes.text(&format!("output{at}"), &label("Kết quả"), own(|step| &step.output)),
            boxes.text(
                &format!("next{at}"),
                &label("Bước tiếp theo"),
                own(|step| step.next.as_deref().unwrap_or_default()),
            ),
            boxes.select(
                &format!("end{at}"),
                &label("Kết thúc"),
                own(|step| step.end.as_deref().unwrap_or_default()),
                &ends,
            ),
            html! { @if let Some(step) = step { (others(step)) } },
        ])
    };
    let columns = vec![
        Column::new("TT").width(5),
        Column::new("Trình tự công việc").width(25),
        Column::new("Vai trò").width(15),
        Column::new("Thời gian").width(10),
        Column::new("Kết quả").width(20),
        Column::new("Bước tiếp theo").width(5),
        Column::new("Kết thúc").width(10),
        Column::new("Còn có").width(10),
    ];
    let rows = (0..file.steps.len() + SPARE).map(row).collect();
    html! { (Table { caption: "Các bước của quy trình", columns, rows, names: 1, ..Table::default() }) }
}

/// What this page does not change of a step.
fn others(step: &StepLine) -> Markup {
    let count = step.moves.len();
    html! {
        @if count > 0 { (count) " đường đi" br; }
        @if !step.needs.is_empty() { (step.needs.len()) " điều kiện" br; }
        @if step.pause.is_some() { "tạm dừng" }
    }
}

pub async fn save(visit: Visit, Path(id): Path<EditionId>, form: Posted) -> Answer {
    let version = form.hidden("version")?;
    let found = load(&visit, id).await?;
    let file = match read(&form, &found.file) {
        Ok(file) => file,
        Err(refusals) => return show_again(screen(&visit, &found, &form, &refusals), refusals),
    };
    let deed = async {
        actions::save_process(&visit.site, &visit.scope, id, version, &file).await?;
        Ok(format!("{PROCESSES}/{id}"))
    };
    match once(&visit, &form, Some("Đã lưu bản nháp."), deed).await {
        Err(Fault(Failure::Refused(refusals))) => show_again(screen(&visit, &found, &form, &refusals), refusals),
        other => other,
    }
}

/// The draft as the form has it. Whether it can work is shown on its page: a draft may be kept half-done.
fn read(form: &Posted, before: &File) -> Result<File, Refusals> {
    let mut refusals = Refusals::new();
    let mut file = before.clone();
    for (name, say, own) in
        [("name", "Nhập tên quy trình.", &mut file.name), ("legal", "Nhập thời hạn, ví dụ 15 ngày.", &mut file.legal)]
    {
        match form.text(name) {
            Some(said) => *own = said,
            None => refusals.push(Refusal::new("empty", say).at(name)),
        }
    }
    file.steps =
        (0..before.steps.len() + SPARE).filter_map(|at| step(form, before.steps.get(at), at, &mut refusals)).collect();
    if refusals.is_empty() { Ok(file) } else { Err(refusals) }
}

fn step(form: &Posted, before: Option<&StepLine>, at: usize, refusals: &mut Refusals) -> Option<StepLine> {
    let said = |name: &str| form.text(&format!("{name}{at}"));
    let name = said("name")?;
    let mut needed = |what: &str, say: &str| {
        said(what).unwrap_or_else(|| {
            refusals.push(Refusal::new("empty", say).at(format!("{what}{at}")));
            String::new()
        })
    };
    let code = needed("code", "Nhập số thứ tự của bước.");
    let role = needed("role", "Chọn vai trò.");
    let time = needed("time", "Nhập thời gian, ví dụ 2 giờ.");
    let (output, next, end) = (said("output").unwrap_or_default(), said("next"), said("end"));
    Some(match before {
        Some(own) => StepLine { code, name, role, time, output, next, end, ..own.clone() },
        None => StepLine {
            code,
            name,
            role,
            time,
            output,
            agency: None,
            needs: Vec::new(),
            gives: Vec::new(),
            choices: Vec::new(),
            next,
            moves: Vec::new(),
            pause: None,
            waits_for_all: false,
            end,
            undo: false,
        },
    })
}
