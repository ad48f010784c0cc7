//! Intake at the counter: one page, in the order in which a clerk asks. The procedure is chosen first; the rest of the page
//! is that procedure's own.

use super::place;
use crate::actions::{self, Given, Intake};
use crate::flow;
use crate::model::*;
use axum::extract::Query;
use base::{Refusal, Refusals};
use maud::{Markup, html};
use people::Failure;
use procedure::{Asked, Copy, Procedure};
use serde::Deserialize;
use web::look::Page;
use web::look::fields::{self, Choice, Field};
use web::look::parts::{self, Button};
use web::{Answer, Fault, Posted, Visit, form, show, show_again};

pub const HERE: &str = "/mot-cua/tiep-nhan";

#[derive(Clone, Debug, Default, Deserialize)]
pub struct Wanted {
    #[serde(default)]
    pub thu_tuc: String,
    #[serde(default)]
    pub truong_hop: String,
    /// The code of what a citizen has begun and wants finished here.
    #[serde(default)]
    nhap: String,
}

/// What the page is about: the procedure and case that are chosen, if they are.
pub(super) struct Chosen {
    offers: Vec<(String, String)>,
    pub procedure: Option<std::sync::Arc<Procedure>>,
    pub case: String,
}

pub(super) async fn chosen(visit: &Visit, procedure: &str, case: &str) -> Result<Chosen, Failure> {
    let mut conn = visit.site.db.read().await?;
    let offers = actions::offers(&mut conn, &visit.scope).await?;
    // What was typed in the box may be "1.005129 Cấp giấy…": the code leads.
    let code = procedure.split_whitespace().next().unwrap_or_default();
    let known = offers.iter().any(|(offered, _)| offered == code);
    let found = if known { flow::in_force(&mut conn, code, visit.scope.today()).await? } else { None };
    let procedure = found.map(|(_, procedure)| procedure);
    let case = procedure
        .as_ref()
        .and_then(|procedure| procedure.case(case).or(procedure.cases.first()))
        .map(|case| case.code.clone())
        .unwrap_or_default();
    Ok(Chosen { offers, procedure, case })
}

pub async fn page(visit: Visit, Query(wanted): Query<Wanted>) -> Answer {
    if !wanted.nhap.trim().is_empty() {
        return begun(&visit, &wanted).await;
    }
    let chosen = chosen(&visit, &wanted.thu_tuc, &wanted.truong_hop).await?;
    let mut refusals = Refusals::new();
    let words = base::text::fold(&wanted.thu_tuc);
    let none = !chosen
        .offers
        .iter()
        .any(|(code, name)| base::text::matches(&base::text::fold(&format!("{code} {name}")), &words));
    if chosen.procedure.is_none() && !wanted.thu_tuc.trim().is_empty() && none {
        refusals.push(NotNow::NoProcedure.into());
        return show_again(shown(&visit, &chosen, &wanted.thu_tuc, None, &refusals), refusals);
    }
    show(shown(&visit, &chosen, &wanted.thu_tuc, None, &refusals))
}

/// What a citizen has begun, as the form of the counter: they say its code, the clerk finishes it.
async fn begun(visit: &Visit, wanted: &Wanted) -> Answer {
    let filling = match actions::draft_at_counter(&visit.site, &visit.scope, &wanted.nhap).await {
        Ok(filling) => filling,
        Err(Failure::Refused(refusals)) => {
            let chosen = chosen(visit, "", "").await?;
            return show_again(shown(visit, &chosen, "", None, &refusals), refusals);
        }
        Err(other) => return Err(Fault(other)),
    };
    let draft = &filling.draft;
    let chosen = chosen(visit, &draft.procedure, &draft.case).await?;
    let id = draft.id.to_string();
    let (owner, by) = (&draft.filled.owner, draft.filled.return_by.unwrap_or(ReturnBy::Counter));
    let mut pairs = vec![
        ("nhap_id", &*id),
        ("loai", owner.kind.code()),
        ("ten", &owner.name),
        ("so_dinh_danh", &owner.number),
        ("ngay_sinh", &owner.born),
        ("dien_thoai", &owner.phone),
        ("thu", &owner.email),
        ("dia_chi", &owner.address),
        ("nguoi_nop", &owner.submitter),
        ("so_nguoi_nop", &owner.submitter_number),
        ("noi_dung", &draft.filled.summary),
        ("tra", by.code()),
        ("da_thu", "1"),
    ];
    // What was sent is there; what else the person brought, the clerk ticks.
    let sent: Vec<(String, String)> = filling
        .files
        .iter()
        .map(|(code, _)| code)
        .collect::<std::collections::BTreeSet<_>>()
        .into_iter()
        .map(|code| (format!("giay_{code}"), format!("ban_{code}")))
        .collect();
    for (has, copy) in &sent {
        pairs.extend([(has.as_str(), "1"), (copy.as_str(), Copy::Electronic.code())]);
    }
    let form = Posted::from_pairs(&pairs);
    show(shown(visit, &chosen, "", Some(&form), &[]))
}

fn shown(visit: &Visit, chosen: &Chosen, typed: &str, posted: Option<&Posted>, refusals: &[Refusal]) -> Page {
    let mut page = Page::new(
        "Tiếp nhận hồ sơ",
        html! {
            (choose(HERE, chosen, typed, refusals))
            @if let Some(procedure) = &chosen.procedure && let Some(asked) = procedure.asked(&chosen.case) {
                (rest(visit, procedure, &asked, posted, refusals))
            }
        },
    );
    page.crumbs = vec![("Hồ sơ".into(), "/mot-cua".into())];
    page.keys = vec![("Ctrl+Enter", "Tiếp nhận và in giấy hẹn")];
    page.actions = Some(html! { (Button::new("Nhận nhiều từ Excel").to(super::sheets::HERE).second()) });
    page
}

/// The first question; without script the page is loaded again by its button.
pub(super) fn choose(here: &str, chosen: &Chosen, typed: &str, refusals: &[Refusal]) -> Markup {
    let value = chosen.procedure.as_ref().map_or(typed.to_owned(), |one| format!("{} {}", one.code, one.name));
    let cases: Vec<Choice> = chosen
        .procedure
        .iter()
        .flat_map(|one| one.cases.iter().map(|case| Choice::new(&case.code, &case.name)))
        .collect();
    let words = base::text::fold(typed);
    let fits =
        |offer: &&(String, String)| base::text::matches(&base::text::fold(&format!("{} {}", offer.0, offer.1)), &words);
    let found = chosen.offers.iter().filter(fits).take(20);
    html! {
        form.form method="get" action=(here) {
            (fields::search(Field::new("thu_tuc", "Thủ tục").value(&value).hint("Gõ mã hoặc vài chữ trong tên, không cần dấu.").list("cac-thu-tuc").refused(refusals)))
            datalist id="cac-thu-tuc" { @for (code, name) in &chosen.offers { option value={ (code) " " (name) } {} } }
            @if cases.len() > 1 { (fields::radios(Field::new("truong_hop", "Trường hợp").value(&chosen.case), &cases)) }
            (Button::new("Chọn thủ tục").second())
        }
        @if chosen.procedure.is_none() && here == HERE {
            form.form method="get" action=(here) {
                (fields::text(Field::new("nhap", "Hoặc mã nháp mà người dân đọc").hint("6 chữ số").width(10).inputmode("numeric").as_code().refused(refusals)))
                (Button::new("Mở bản nháp").second())
            }
        }
        @if chosen.procedure.is_none() && !typed.trim().is_empty() {
            ul { @for (code, name) in found { li { a href=(web::address::with(here, &[("thu_tuc", code)])) { (code) " " (name) } } } }
        }
    }
}

fn rest(
    visit: &Visit,
    procedure: &Procedure,
    asked: &Asked<'_>,
    posted: Option<&Posted>,
    refusals: &[Refusal],
) -> Markup {
    let value = |name: &str| posted.map(|form| form.get(name).to_owned()).unwrap_or_default();
    let limits = visit.site.files.limits();
    html! {
        form.form.wide method="post" action="/mot-cua/tiep-nhan" enctype="multipart/form-data" data-guard {
            (form::keyed(visit))
            input type="hidden" name="thu_tuc" value=(procedure.code);
            input type="hidden" name="truong_hop" value=(asked.case.code);
            @if !value("nhap_id").is_empty() {
                input type="hidden" name="nhap_id" value=(value("nhap_id"));
                (parts::notice(parts::Tone::Info, html! { "Từ bản nháp của người dân: tờ khai và các tệp đã gửi được đưa vào hồ sơ." }))
            }
            p { strong { (procedure.name) } " · " (asked.case.name) " · Thời hạn: " (asked.case.time.say()) }
            @if !procedure.sample.is_empty() { p.quiet { "MẪU: " (procedure.sample.join(", ")) } }
            (parts::section("Người nộp", None, people(&value, refusals)))
            (parts::section("Thành phần hồ sơ", None, papers(asked, posted, refusals, limits)))
            (parts::section("Phí và trả kết quả", None, closing(asked, &value, posted, refusals)))
            (Button::new("Tiếp nhận và in giấy hẹn").key("ctrl+enter"))
        }
    }
}

fn people(value: &impl Fn(&str) -> String, refusals: &[Refusal]) -> Markup {
    let kind = if value("loai").is_empty() { OwnerKind::Person.code().to_owned() } else { value("loai") };
    let kinds: Vec<Choice> = OwnerKind::ALL.iter().map(|kind| Choice::new(kind.code(), kind.say())).collect();
    let boxes = [
        ("ten", "Chủ hồ sơ", "Họ và tên, hoặc tên tổ chức", false),
        (
            "so_dinh_danh",
            "Số định danh hoặc mã số thuế",
            "12 chữ số; giấy tờ cũ hoặc nước ngoài ghi như trên giấy",
            true,
        ),
        ("ngay_sinh", "Ngày sinh", "Ví dụ 05/09/1985; chỉ biết năm thì ghi năm", true),
        ("dien_thoai", "Điện thoại", "10 chữ số", true),
        ("thu", "Thư điện tử", "", true),
        ("dia_chi", "Địa chỉ", "", true),
        ("nguoi_nop", "Người nộp thay", "Để trống nếu chủ hồ sơ tự nộp", true),
        ("so_nguoi_nop", "Số định danh người nộp thay", "", true),
        ("noi_dung", "Nội dung yêu cầu", "Một dòng để nhận ra hồ sơ", true),
    ];
    html! {
        (fields::radios(Field::new("loai", "Đối tượng").value(&kind), &kinds))
        div.boxes {
            @for (name, label, hint, optional) in boxes {
                @let typed = value(name);
                @let field = Field::new(name, label).hint(hint).value(&typed).refused(refusals);
                (fields::text(if optional { field.optional() } else { field }))
            }
        }
    }
}

fn papers(asked: &Asked<'_>, posted: Option<&Posted>, refusals: &[Refusal], limits: &file::Limits) -> Markup {
    let copies: Vec<Choice> = Copy::ALL.iter().map(|copy| Choice::new(copy.code(), copy.say())).collect();
    html! {
        @for paper in &asked.papers {
            @let (has, copy, number) = (format!("giay_{}", paper.code), format!("ban_{}", paper.code), format!("so_{}", paper.code));
            @let files = format!("tep_{}", paper.code);
            @let ticked = posted.is_none_or(|form| form.has(&has)) && !(posted.is_none() && paper.optional);
            @let chosen = posted.filter(|form| form.has(&copy)).map_or(paper.copy.code().to_owned(), |form| form.get(&copy).to_owned());
            @let count = posted.filter(|form| form.has(&number)).map_or(paper.number.to_string(), |form| form.get(&number).to_owned());
            div.paper {
                (fields::tick(Field::new(&has, &paper.name).hint(&paper.clerk).refused(refusals), ticked))
                div.filters {
                    (fields::select(Field::new(&copy, "Loại bản").value(&chosen), &copies))
                    (fields::number(Field::new(&number, "Số lượng").value(&count).width(5)))
                }
                @if !paper.shown_only {
                    (fields::file_within(Field::new(&files, "Tệp quét").optional(), limits, true))
                }
                @if !paper.faults.is_empty() { p.quiet { "Lỗi hay gặp: " (paper.faults.join("; ")) } }
            }
        }
    }
}

fn closing(
    asked: &Asked<'_>,
    value: &impl Fn(&str) -> String,
    posted: Option<&Posted>,
    refusals: &[Refusal],
) -> Markup {
    let by = if value("tra").is_empty() { ReturnBy::Counter.code().to_owned() } else { value("tra") };
    let ways: Vec<Choice> = ReturnBy::ALL.iter().map(|way| Choice::new(way.code(), way.say())).collect();
    let channel = if value("kenh").is_empty() { Channel::Counter.code().to_owned() } else { value("kenh") };
    let channels: Vec<Choice> =
        [Channel::Counter, Channel::Post].iter().map(|one| Choice::new(one.code(), one.say())).collect();
    let paid = posted.is_none_or(|form| form.has("da_thu"));
    let (received, why) = (value("luc_nhan"), value("ly_do_lui"));
    // Fees that say when they apply are alternatives: one of them is chosen.
    let tariffs: Vec<(String, String)> = (0..)
        .zip(&asked.fees)
        .filter(|(_, fee)| !fee.when.is_empty())
        .map(|(at, fee): (usize, _)| (at.to_string(), fee_words(fee)))
        .collect();
    let one_of: Vec<Choice> = tariffs.iter().map(|(at, words)| Choice::new(at, words)).collect();
    let tariff = value("muc_thu");
    html! {
        @if asked.fees.is_empty() { p { "Không thu phí." } } @else {
            ul { @for fee in asked.fees.iter().filter(|fee| fee.when.is_empty()) { li { (fee_words(fee)) } } }
            @if !one_of.is_empty() { (fields::radios(Field::new("muc_thu", "Mức thu").value(&tariff).refused(refusals), &one_of)) }
            (fields::tick(Field::new("da_thu", "Đã thu phí ngay khi nhận"), paid))
        }
        (fields::radios(Field::new("tra", "Nhận kết quả").value(&by), &ways))
        (fields::radios(Field::new("kenh", "Hồ sơ đến").value(&channel), &channels))
        (parts::details_open("Lúc nhận khác lúc này", refusals.iter().any(|no| no.field.as_deref().is_some_and(|field| field == "luc_nhan" || field == "ly_do_lui")), html! {
            (fields::text(Field::new("luc_nhan", "Lúc nhận").hint("Ví dụ 24/11/2026 15:30").value(&received).optional().refused(refusals)))
            (fields::text(Field::new("ly_do_lui", "Lý do").value(&why).optional().refused(refusals)))
        }))
    }
}

fn fee_words(fee: &procedure::Fee) -> String {
    let when = if fee.when.is_empty() { String::new() } else { format!(" ({})", fee.when) };
    format!("{}: {} đồng{when}", fee.name, base::number::vi(&fee.amount))
}

pub async fn receive(visit: Visit, form: Posted) -> Answer {
    let chosen = chosen(&visit, form.get("thu_tuc"), form.get("truong_hop")).await?;
    let Some(procedure) = chosen.procedure.clone() else { return Err(Fault(NotNow::NoProcedure.into())) };
    let mut refusals = Refusals::new();
    let new = match read(&visit, &form, &procedure, &chosen.case, &mut refusals).await {
        Some(new) if refusals.is_empty() => new,
        _ => return show_again(shown(&visit, &chosen, "", Some(&form), &refusals), refusals),
    };
    let done = web::once(&visit, &form, Some("Đã tiếp nhận hồ sơ."), async {
        let receipt = actions::receive(&visit.site, &visit.scope, new).await?;
        Ok(format!("{}?ma={}", place::dossier(receipt.id), receipt.secret))
    });
    match done.await {
        Err(Fault(Failure::Refused(refusals))) => {
            show_again(shown(&visit, &chosen, "", Some(&form), &refusals), refusals)
        }
        other => other,
    }
}

/// The form as it was filled in; what cannot be read is refused at its box.
async fn read(
    visit: &Visit,
    form: &Posted,
    procedure: &Procedure,
    case: &str,
    refusals: &mut Refusals,
) -> Option<Intake> {
    let mut papers = Vec::new();
    for paper in procedure.asked(case)?.papers {
        if !form.has(&format!("giay_{}", paper.code)) {
            continue;
        }
        let number = form.get(&format!("so_{}", paper.code)).trim().parse::<i64>().ok().filter(|number| *number > 0);
        if number.is_none() {
            let say = format!("Số lượng của “{}” là số nguyên từ 1.", paper.name);
            refusals.push(Refusal::new("number", say).at(format!("so_{}", paper.code)));
        }
        let copy = Copy::of(form.get(&format!("ban_{}", paper.code))).unwrap_or(paper.copy);
        let files = super::deeds::stored(visit, form, &format!("tep_{}", paper.code), refusals).await;
        papers.push(Given { code: paper.code.clone(), copy, number: number.unwrap_or(1), files });
    }
    let received = form.text("luc_nhan").and_then(|typed| match read_moment(&typed, visit.scope.today()) {
        Ok(at) => Some(at),
        Err(no) => {
            refusals.push(no.at("luc_nhan"));
            None
        }
    });
    Some(Intake {
        procedure: procedure.code.clone(),
        case: case.to_owned(),
        channel: Channel::of(form.get("kenh")).unwrap_or(Channel::Counter),
        owner: owner(form),
        summary: form.text("noi_dung").unwrap_or_default(),
        papers,
        return_by: ReturnBy::of(form.get("tra")).unwrap_or(ReturnBy::Counter),
        tariff: form.text("muc_thu").and_then(|at| at.parse().ok()),
        paid: form.has("da_thu"),
        received,
        why: form.text("ly_do_lui").unwrap_or_default(),
        draft: form.text("nhap_id").and_then(|id| id.parse().ok()),
        sample: visit.site.settings.sample,
    })
}

pub(super) fn owner(form: &Posted) -> Owner {
    let text = |name: &str| form.text(name).unwrap_or_default();
    let bare = |name: &str| text(name).split_whitespace().collect::<String>();
    Owner {
        kind: OwnerKind::of(form.get("loai")).unwrap_or(OwnerKind::Person),
        name: text("ten").split_whitespace().collect::<Vec<_>>().join(" "),
        number: bare("so_dinh_danh"),
        born: text("ngay_sinh"),
        phone: bare("dien_thoai").replace('.', ""),
        email: text("thu"),
        address: text("dia_chi"),
        submitter: text("nguoi_nop"),
        submitter_number: bare("so_nguoi_nop"),
    }
}

/// "24/11/2026 15:30", a moment on the wall in Việt Nam.
pub(super) fn read_moment(typed: &str, today: base::Date) -> Result<base::Timestamp, Refusal> {
    let odd = || Refusal::new("moment", "Ghi ngày và giờ như 24/11/2026 15:30.");
    let (day, time) = typed.trim().rsplit_once(' ').ok_or_else(odd)?;
    let day = base::day::read_vi(day, today)?;
    let (hour, minute) = time.split_once(['g', ':', 'h']).ok_or_else(odd)?;
    let (hour, minute): (i8, i8) = (hour.parse().map_err(|_| odd())?, minute.parse().map_err(|_| odd())?);
    let time = jiff::civil::Time::new(hour, minute, 0, 0).map_err(|_| odd())?;
    Ok(hours::instant(day.to_datetime(time)))
}
