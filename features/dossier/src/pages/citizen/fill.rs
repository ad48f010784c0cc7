//! Handing in: one thing a page, a list of tasks, a last look, and the number to remember.

use super::{held, keep, token, token_or_fresh};
use crate::actions::{self, Filling, Held};
use crate::model::*;
use axum::extract::Path;
use axum::http::HeaderMap;
use base::{Refusal, Refusals};
use maud::{Markup, html};
use people::Failure;
use web::look::Page;
use web::look::fields::{self, Choice, Field};
use web::look::parts::{self, Button, Task, Tone};
use web::{Answer, Fault, Guest, Posted, form, show_citizen, show_citizen_again, to};

pub(super) fn place_of(id: DraftId) -> String {
    format!("/nop-ho-so/{id}")
}

/// Six digits as they are said: 482 913.
fn said(code: &str) -> String {
    let (one, two) = code.split_at(code.len().min(3));
    format!("{one} {two}")
}

pub async fn begin_page(guest: Guest, Path(code): Path<String>) -> Answer {
    show_citizen(beginning(&guest, &code, None, &[]).await?)
}

async fn beginning(guest: &Guest, code: &str, typed: Option<&Posted>, refusals: &[Refusal]) -> Result<Page, Failure> {
    let mut conn = guest.site.db.read().await?;
    let (_, procedure) = actions::online(&mut conn, code, guest.site.now()).await?;
    let places = actions::places_of(&mut conn, &procedure, guest.site.now()).await?;
    let value = |name: &str| typed.map(|form| form.get(name).to_owned()).unwrap_or_default();
    let cases: Vec<Choice> = procedure.cases.iter().map(|case| Choice::new(&case.code, &case.name)).collect();
    let units: Vec<Choice> = places.iter().map(|(key, name)| Choice::new(key, name)).collect();
    let (case, unit) = (value("truong_hop"), value("noi_nhan"));
    let mut page = Page::new(
        "Bắt đầu nộp hồ sơ",
        html! {
            p { strong { (procedure.name) } }
            form.form method="post" action={ "/dich-vu-cong/" (code) "/nop" } {
                (form::token_of_guest(guest))
                @if let [only] = &cases[..] { input type="hidden" name="truong_hop" value=(only.value); }
                @else { (fields::radios(Field::new("truong_hop", "Bạn nộp cho trường hợp nào?").value(&case).refused(refusals), &cases)) }
                @if let [only] = &units[..] { input type="hidden" name="noi_nhan" value=(only.value); p { "Nơi nhận: " (only.label) } }
                @else { (fields::select(Field::new("noi_nhan", "Nơi giải quyết hồ sơ").value(&unit).refused(refusals), &units)) }
                p { a href=(super::own::HERE) { "Đăng nhập" } " nếu muốn thông tin của bạn được điền sẵn." }
                p { "Bạn không cần tài khoản. Những gì đã nhập được giữ 30 ngày trên máy này; bạn cũng có thể đọc mã nháp cho cán bộ một cửa để được giúp." }
                p.quiet { "Thông tin bạn nhập chỉ dùng để giải quyết hồ sơ này; chỉ cán bộ giải quyết hồ sơ xem được, và mỗi lần xem đều được ghi lại." }
                (Button::new("Bắt đầu nộp"))
            }
        },
    );
    page.crumbs = vec![("Thủ tục".into(), format!("/dich-vu-cong/{code}"))];
    Ok(page)
}

pub async fn begin(guest: Guest, Path(code): Path<String>, headers: HeaderMap, form: Posted) -> Answer {
    let token = token_or_fresh(&headers)?;
    let done = actions::begin(&guest.site, &code, form.get("truong_hop"), form.get("noi_nhan"), &token).await;
    match done {
        Ok(id) => Ok(keep(&guest.site, &token, to(place_of(id), None)?)),
        Err(Failure::Refused(refusals)) => {
            show_citizen_again(beginning(&guest, &code, Some(&form), &refusals).await?, refusals)
        }
        Err(other) => Err(Fault(other)),
    }
}

pub(super) async fn load(guest: &Guest, id: DraftId, headers: &HeaderMap) -> Result<Filling, Failure> {
    let mut conn = guest.site.db.read().await?;
    actions::filling(&mut conn, id, token(headers), guest.site.now()).await
}

pub async fn tasks(guest: Guest, Path(id): Path<DraftId>, headers: HeaderMap) -> Answer {
    let filling = load(&guest, id, &headers).await?;
    if filling.draft.dossier.is_some() {
        return Err(Fault(NotNow::DraftGone.into()));
    }
    show_citizen(listed(&filling, guest.site.now()))
}

fn listed(filling: &Filling, now: base::Timestamp) -> Page {
    let here = place_of(filling.draft.id);
    let filled = &filling.draft.filled;
    let people = !filled.owner.name.is_empty();
    let returned = filled.return_by.is_some();
    let papers: Vec<(&procedure::Paper, bool)> = filling
        .papers()
        .into_iter()
        .filter(|paper| !paper.shown_only)
        .map(|paper| (paper, !filling.files_of(&paper.code).is_empty()))
        .collect();
    let declared = filling.settled(now).map(|settled| settled.refusals.is_empty());
    let ready = people && returned && declared.unwrap_or(true) && filling.lacks().is_empty();
    let (who, back, check) = (format!("{here}/nguoi-nop"), format!("{here}/nhan-ket-qua"), format!("{here}/kiem-tra"));
    let declare = format!("{here}/to-khai");
    let hrefs: Vec<String> = papers.iter().map(|(paper, _)| format!("{here}/giay-to/{}", paper.code)).collect();
    let state = |done: bool| if done { (Tone::Plain, "Đã xong") } else { (Tone::Info, "Chưa làm") };
    let task = |name, href, done, optional: bool| {
        let (tone, say) = match (done, optional) {
            (false, true) => (Tone::Calm, "Nếu có"),
            _ => state(done),
        };
        Task { name, href: Some(href), hint: "", tone, state: say }
    };
    let mut all = vec![task("Người nộp", &*who, people, false)];
    all.extend(declared.map(|done| task("Tờ khai", &*declare, done, false)));
    all.extend(
        papers.iter().zip(&hrefs).map(|((paper, done), href)| task(&*paper.name, &**href, *done, paper.optional)),
    );
    all.push(task("Nhận kết quả", &*back, returned, false));
    all.push(match ready {
        true => {
            Task { name: "Kiểm tra và nộp", href: Some(&check), hint: "", tone: Tone::Info, state: "Chưa làm" }
        }
        false => Task {
            name: "Kiểm tra và nộp",
            href: None,
            hint: "Làm xong các việc trên rồi nộp.",
            tone: Tone::Calm,
            state: "Chưa thể làm",
        },
    });
    let done = all.iter().filter(|task| task.state == "Đã xong").count();
    let mut page = Page::new(
        filling.procedure.name.clone(),
        html! {
            p { "Mã nháp " strong { (said(&filling.draft.code)) } " · tự lưu · giữ đến " (base::day::vi(base::day::today(filling.draft.expires))) }
            p { "Đã xong " (done) "/" (all.len()) " việc" }
            (parts::task_list(&all))
            (parts::details("Nhờ cán bộ nhập giúp", html! { p { "Đến bộ phận một cửa và đọc mã nháp " strong { (said(&filling.draft.code)) } ". Cán bộ mở được những gì bạn đã nhập." } }))
        },
    );
    page.crumbs = vec![("Thủ tục".into(), format!("/dich-vu-cong/{}", filling.draft.procedure))];
    page
}

pub(super) fn step(id: DraftId, title: &str, body: Markup) -> Page {
    let mut page = Page::new(title, body);
    page.crumbs = vec![("Danh sách việc".into(), place_of(id))];
    page
}

pub async fn people_page(guest: Guest, Path(id): Path<DraftId>, headers: HeaderMap) -> Answer {
    let filling = load(&guest, id, &headers).await?;
    let filled = filling.draft.filled;
    show_citizen(who(&guest, id, &filled.owner, &filled.summary, &[]))
}

fn who(guest: &Guest, id: DraftId, owner: &Owner, summary: &str, refusals: &[Refusal]) -> Page {
    let kinds: Vec<Choice> = OwnerKind::ALL.iter().map(|kind| Choice::new(kind.code(), kind.say())).collect();
    let field = |name, label, value| Field::new(name, label).value(value).refused(refusals);
    step(
        id,
        "Người nộp",
        html! {
            form.form method="post" action={ (place_of(id)) "/nguoi-nop" } {
                (form::token_of_guest(guest))
                (fields::radios(field("loai", "Hồ sơ của ai?", owner.kind.code()), &kinds))
                (fields::text(field("ten", "Họ và tên, hoặc tên tổ chức", &owner.name).autocomplete("name")))
                (fields::text(field("so_dinh_danh", "Số định danh cá nhân hoặc mã số thuế", &owner.number).hint("12 chữ số trên thẻ căn cước").inputmode("numeric").optional()))
                (fields::text(field("ngay_sinh", "Ngày sinh", &owner.born).hint("Ví dụ 05/09/1985; chỉ biết năm thì ghi năm").optional()))
                (fields::text(field("dien_thoai", "Số điện thoại", &owner.phone).kind("tel").autocomplete("tel")))
                (fields::text(field("thu", "Thư điện tử", &owner.email).kind("email").autocomplete("email").optional()))
                (fields::text(field("dia_chi", "Địa chỉ", &owner.address).autocomplete("street-address").optional()))
                (fields::text(field("nguoi_nop", "Bạn nộp thay? Ghi tên của bạn", &owner.submitter).optional()))
                (fields::text(field("so_nguoi_nop", "Số định danh của người nộp thay", &owner.submitter_number).inputmode("numeric").optional()))
                (fields::text(field("noi_dung", "Nội dung yêu cầu", summary).hint("Một dòng, ví dụ: cửa hàng số 7, xã Mẫu").optional()))
                (Button::new("Tiếp tục"))
            }
        },
    )
}

pub async fn people(guest: Guest, Path(id): Path<DraftId>, headers: HeaderMap, form: Posted) -> Answer {
    let owner = crate::pages::intake::owner(&form);
    let summary = form.text("noi_dung").unwrap_or_default();
    match actions::fill_people(&guest.site, id, token(&headers), owner.clone(), summary.clone()).await {
        Ok(()) => to(place_of(id), None),
        Err(Failure::Refused(refusals)) => show_citizen_again(who(&guest, id, &owner, &summary, &refusals), refusals),
        Err(other) => Err(Fault(other)),
    }
}

pub async fn paper_page(guest: Guest, Path((id, paper)): Path<(DraftId, String)>, headers: HeaderMap) -> Answer {
    let filling = load(&guest, id, &headers).await?;
    let held = actions::held_online(&guest.site, &filling, token(&headers), &paper).await?;
    show_citizen(sheet(&guest, &filling, &paper, held.as_ref(), &[])?)
}

/// One paper: its limits said before, a line of receipt for each file.
fn sheet(
    guest: &Guest,
    filling: &Filling,
    code: &str,
    held: Option<&Held>,
    refusals: &[Refusal],
) -> Result<Page, Failure> {
    let id = filling.draft.id;
    let paper = filling.papers().into_iter().find(|paper| paper.code == code).ok_or(Failure::NotFound)?;
    let limits = guest.site.files.limits();
    let files = filling.files_of(code);
    Ok(step(
        id,
        &paper.name,
        html! {
            @if let Some(form) = &paper.form { p.quiet { "Theo " (form) } }
            @if !paper.guide.is_empty() { p { (paper.guide) } }
            @if !files.is_empty() {
                h2 { "Đã nhận" }
                ul {
                    @for file in &files {
                        li {
                            (parts::tag(Tone::Ok, "Đã nhận")) " " (file.name) ", " (size(file.bytes)) ", " (base::day::vi_time(file.at))
                            @if let Some(used) = filling.reused(code).filter(|used| used.files.contains(&file.id)) { " (từ hồ sơ " (used.from) ")" }
                            form method="post" action={ (place_of(id)) "/bo-tep" } {
                                (form::token_of_guest(guest))
                                input type="hidden" name="tep" value=(file.id); input type="hidden" name="giay" value=(code);
                                (Button::new("Bỏ tệp").quiet().about(&file.name))
                            }
                        }
                    }
                }
            }
            @if let Some(held) = held {
                (held::offer(guest, id, held))
                h2 { "Hoặc nộp bản khác" }
            }
            form.form method="post" action={ (place_of(id)) "/giay-to/" (code) } enctype="multipart/form-data" {
                (form::token_of_guest(guest))
                (fields::file_within(Field::new("tep", "Chọn tệp hoặc chụp ảnh").refused(refusals), limits, true))
                (Button::new("Tải lên")) " " a href=(place_of(id)) { "Về danh sách việc" }
            }
        },
    ))
}

/// "1,2 MB", "340 KB".
fn size(bytes: i64) -> String {
    if bytes >= 1024 * 1024 {
        format!("{},{} MB", bytes / (1024 * 1024), bytes % (1024 * 1024) * 10 / (1024 * 1024))
    } else {
        format!("{} KB", (bytes / 1024).max(1))
    }
}

pub async fn paper(
    guest: Guest,
    Path((id, code)): Path<(DraftId, String)>,
    headers: HeaderMap,
    form: Posted,
) -> Answer {
    let mut refusals = Refusals::new();
    for one in form.files.iter().filter(|one| one.field == "tep") {
        let done = match guest.site.files.put(one.bytes.clone(), &one.name).await {
            Ok(content) => actions::fill_file(&guest.site, id, token(&headers), &code, &content, &one.name).await,
            Err(failure) => Err(failure),
        };
        match done {
            Ok(()) => {}
            Err(Failure::Refused(wrong)) => refusals.extend(wrong.into_iter().map(|no| no.at("tep"))),
            Err(other) => return Err(Fault(other)),
        }
    }
    if form.files.is_empty() {
        refusals.push(Refusal::new("file-missing", "Chọn tệp rồi bấm Tải lên.").at("tep"));
    }
    if refusals.is_empty() {
        return to(format!("{}/giay-to/{code}", place_of(id)), Some("Đã nhận tệp."));
    }
    let filling = load(&guest, id, &headers).await?;
    let held = actions::held_online(&guest.site, &filling, token(&headers), &code).await?;
    show_citizen_again(sheet(&guest, &filling, &code, held.as_ref(), &refusals)?, refusals)
}

pub async fn drop_file(guest: Guest, Path(id): Path<DraftId>, headers: HeaderMap, form: Posted) -> Answer {
    actions::drop_file(&guest.site, id, token(&headers), form.hidden("tep")?).await?;
    to(format!("{}/giay-to/{}", place_of(id), form.get("giay")), Some("Đã bỏ tệp."))
}

pub async fn return_page(guest: Guest, Path(id): Path<DraftId>, headers: HeaderMap) -> Answer {
    let filling = load(&guest, id, &headers).await?;
    let value = filling.draft.filled.return_by.map_or("", ReturnBy::code);
    show_citizen(back_page(&guest, id, value, &[]))
}

fn back_page(guest: &Guest, id: DraftId, value: &str, refusals: &[Refusal]) -> Page {
    let ways: Vec<Choice> = ReturnBy::ALL.iter().map(|way| Choice::new(way.code(), way.say())).collect();
    step(
        id,
        "Nhận kết quả",
        html! {
            form.form method="post" action={ (place_of(id)) "/nhan-ket-qua" } {
                (form::token_of_guest(guest))
                (fields::radios(Field::new("tra", "Bạn muốn nhận kết quả ở đâu?").value(value).refused(refusals), &ways))
                (Button::new("Tiếp tục"))
            }
        },
    )
}

pub async fn return_by(guest: Guest, Path(id): Path<DraftId>, headers: HeaderMap, form: Posted) -> Answer {
    let by = ReturnBy::of(form.get("tra"));
    match actions::fill_return(&guest.site, id, token(&headers), by).await {
        Ok(()) => to(place_of(id), None),
        Err(Failure::Refused(refusals)) => {
            show_citizen_again(back_page(&guest, id, form.get("tra"), &refusals), refusals)
        }
        Err(other) => Err(Fault(other)),
    }
}

pub async fn check_page(guest: Guest, Path(id): Path<DraftId>, headers: HeaderMap) -> Answer {
    let filling = load(&guest, id, &headers).await?;
    show_citizen(last_look(&guest, &filling, &[]))
}

fn last_look(guest: &Guest, filling: &Filling, refusals: &[Refusal]) -> Page {
    let id = filling.draft.id;
    let here = place_of(id);
    let Filled { owner, summary, return_by, .. } = &filling.draft.filled;
    let (who, back) = (format!("{here}/nguoi-nop"), format!("{here}/nhan-ket-qua"));
    let papers = filling.papers();
    let hrefs: Vec<String> = papers.iter().map(|paper| format!("{here}/giay-to/{}", paper.code)).collect();
    let text = |value: &str| html! { (value) };
    let mut lines: Vec<(&str, Markup, &str)> = vec![
        ("Hồ sơ của", html! { (owner.name) " (" (owner.kind.say()) ")" }, &who),
        ("Số định danh, mã số thuế", text(&owner.number), &who),
        ("Ngày sinh", text(&owner.born), &who),
        ("Số điện thoại", text(&owner.phone), &who),
        ("Thư điện tử", text(&owner.email), &who),
        ("Địa chỉ", text(&owner.address), &who),
        ("Người nộp thay", text(&owner.submitter), &who),
        ("Nội dung", text(summary), &who),
    ];
    for (paper, href) in papers.iter().zip(&hrefs) {
        let files = filling.files_of(&paper.code);
        let value = if paper.shown_only {
            html! { "Mang theo khi đến nhận kết quả" }
        } else {
            html! { @for file in files { div { (file.name) ", " (size(file.bytes)) } } }
        };
        lines.push((&paper.name, value, if paper.shown_only { "" } else { href }));
    }
    let way = return_by.map(|by| by.say()).unwrap_or_default();
    lines.push(("Nhận kết quả", text(way), &back));
    step(
        id,
        "Kiểm tra lại trước khi nộp",
        html! {
            p { "Hồ sơ chỉ được gửi khi bạn bấm “Nộp hồ sơ”." }
            (parts::check_answers(lines))
            @if let (Some(form), Some(settled)) = (filling.form.as_deref(), filling.settled(guest.site.now())) {
                h2 { "Tờ khai" } p { a href={ (here) "/to-khai" } { "Sửa tờ khai" } }
                (crate::pages::questions::told(form, &settled.values, guest.site.now()))
            }
            form.form method="post" action={ (here) "/kiem-tra" } data-guard {
                (form::token_of_guest(guest))
                (fields::tick(Field::new("cam_doan", "Tôi cam đoan nội dung trên là đúng sự thật").refused(refusals), false))
                (Button::new("Nộp hồ sơ"))
            }
        },
    )
}

pub async fn hand_in(guest: Guest, Path(id): Path<DraftId>, headers: HeaderMap, form: Posted) -> Answer {
    match actions::hand_in(&guest.site, id, token(&headers), form.has("cam_doan")).await {
        Ok(done) => show_citizen(confirmed(&guest, &done)),
        Err(Failure::Refused(refusals)) => {
            let filling = load(&guest, id, &headers).await?;
            if filling.draft.dossier.is_some() {
                return Err(Fault(Failure::Refused(refusals)));
            }
            show_citizen_again(last_look(&guest, &filling, &refusals), refusals)
        }
        Err(other) => Err(Fault(other)),
    }
}

/// The number to remember. Shown by the answer itself: the secret is kept nowhere to be shown again.
fn confirmed(guest: &Guest, done: &actions::HandedIn) -> Page {
    let follow = format!("/tra-cuu/{}", done.code);
    let mut page = Page::new(
        "Đã nộp hồ sơ",
        html! {
            (parts::panel("Đã nộp hồ sơ", html! { p { "Mã hồ sơ" } strong { (done.code) } p { "Mã tra cứu" } strong { (done.secret) } }))
            p { (parts::copy(&format!("{} / {}", done.code, done.secret), "mã hồ sơ và mã tra cứu")) }
            p { "Hãy chụp màn hình hoặc ghi lại cả hai mã: chỉ người có cả hai mới xem được hồ sơ." }
            h2 { "Tiếp theo" }
            ol {
                li { "Cán bộ kiểm tra trong 8 giờ làm việc rồi tiếp nhận chính thức, hoặc báo bạn bổ sung." }
                li { "Từ lúc tiếp nhận, thời hạn giải quyết bắt đầu; ngày trả kết quả có ở trang theo dõi." }
            }
            p { (Button::new("Theo dõi hồ sơ").to(&follow)) }
            p.quiet { "Cần giúp? Hỏi bộ phận một cửa của " (guest.site.settings.owner) "." }
        },
    );
    page.own_heading = true;
    page
}
