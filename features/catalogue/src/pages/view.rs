//! One procedure: the edition that stands for it today or one that is asked for, and all of its editions.

use super::parts_of::{self, agencies, copies, days, list, money, of_cases, sample_note, sample_tag, state_tag};
use super::{HERE, PROCESSES, XLSX, crumbs};
use crate::actions::{self, Found};
use crate::model::{Entry, State};
use crate::{files, rules};
use axum::extract::Path;
use maud::{Markup, html};
use people::Role;
use procedure::Procedure;
use rulebook::EditionId;
use web::look::Page;
use web::look::parts::{self, Button, Tone};
use web::look::table::{Column, Row, Table};
use web::{Answer, Visit, address, download, form, show};

pub async fn page(visit: Visit, Path(code): Path<String>) -> Answer {
    let mut conn = visit.site.db.read().await?;
    let editions = actions::find(&mut conn, &visit.scope, &code).await?;
    let number = address::value(&visit.uri, "ban").parse().ok();
    let found = actions::view(&mut conn, &visit.scope, &editions, number).await?;
    let faults = match found.entry.published {
        true => Vec::new(),
        false => actions::faults(&mut conn, &found.one).await?,
    };
    let today = visit.scope.today();
    let one = &found.one;
    let body = html! {
        @if !faults.is_empty() {
            (parts::notice(Tone::Bad, html! { "Bản nháp còn " (faults.len()) " chỗ cần sửa nên chưa công bố được." }))
            ul { @for (place, say) in &faults { li { (rules::in_words(place)) ": " (say) } } }
        }
        (sample_note(one))
        (parts::section("Thông tin chung", None, general(&found)))
        (parts::section("Trường hợp, thời hạn", None, cases(&found)))
        (parts::section("Thành phần hồ sơ", None, papers(&found, visit.scope.has(people::Role::Admin))))
        (parts::section("Phí, lệ phí", None, fees(one)))
        (processes(&found))
        (parts::section("Các bản", None, all_editions(&visit, &editions, &found)))
        @if found.entry.state(today) == State::InForce { (parts::section("Mã QR", None, public(&visit, one)?)) }
    };
    let mut page = Page::new(one.name.clone(), body);
    page.crumbs = crumbs();
    page.lead = Some(html! {
        (state_tag(found.entry.state(today))) " " code { (one.code) } ", bản số " (found.entry.number) ", "
        (days(found.entry.valid_from, found.entry.valid_to)) ". "
        @if one.source.is_empty() { "Chưa ghi quyết định công bố." } @else { (one.source) }
        @if found.entry.sample { " " (sample_tag()) }
    });
    // The decision may still be written where it is published.
    let good = faults.iter().all(|(place, _)| place == "source");
    page.actions = Some(deeds(&visit, &found, good));
    show(page)
}

fn general(found: &Found) -> Markup {
    let one = &found.one;
    let lines = [
        ("Lĩnh vực", html! { (one.field) }),
        ("Đối tượng", html! { (one.subjects.join("; ")) }),
        ("Cơ quan tiếp nhận", html! { (agencies(&one.receives, &found.units)) }),
        ("Cơ quan giải quyết", html! { (agencies(&one.resolves, &found.units)) }),
        ("Cơ quan phối hợp", html! { (agencies(&one.coordinates, &found.units)) }),
        (
            "Mức độ trực tuyến",
            html! { @for service in &one.levels { (service.level.say()) ", từ " (base::day::vi(service.from)) br; } },
        ),
        ("Trình tự", html! { (one.order) }),
        ("Yêu cầu, điều kiện", html! { (one.conditions) }),
        ("Kết quả", html! { (list(&one.results.iter().map(|result| result.name.clone()).collect::<Vec<_>>())) }),
        ("Căn cứ pháp lý", list(&one.legal_basis)),
        ("Bị bãi bỏ theo", html! { (found.entry.abolished) }),
    ];
    parts::facts(lines.into_iter().filter(|(_, value)| !value.0.is_empty()))
}

fn cases(found: &Found) -> Markup {
    let columns =
        vec![Column::new("Mã"), Column::new("Trường hợp").width(40), Column::new("Thời hạn"), Column::new("Quy trình")];
    let row = |case: &procedure::Case| {
        let process = found.processes.get(&case.process);
        Row::new(vec![
            html! { code { (case.code) } },
            html! { (case.name) },
            html! { (case.time.say()) },
            html! {
                @match process {
                    Some(_) => a href={ "#quy-trinh-" (case.process) } { (case.process) },
                    None => { (case.process) " " span.quiet { "(chưa ban hành)" } },
                }
            },
        ])
    };
    let rows = found.one.cases.iter().map(row).collect();
    html! { (Table { caption: "Trường hợp và thời hạn", columns, rows, names: 1, ..Table::default() }) }
}

/// `edits`: whoever sees it may write a draft.
fn papers(found: &Found, edits: bool) -> Markup {
    let (one, edition) = (&found.one, found.entry.edition);
    let edits = edits && !found.entry.published;
    let columns = vec![
        Column::new("Giấy tờ").width(35),
        Column::new("Số lượng"),
        Column::new("Trường hợp").width(20),
        Column::new("Lưu ý").width(30),
    ];
    let row = |paper: &procedure::Paper| {
        Row::new(vec![
            html! {
                (paper.name)
                @if let Some(form) = &paper.form { br; span.quiet { (form) } }
            },
            html! {
                @if paper.shown_only { "Xuất trình" } @else { (copies(paper)) }
                @if paper.optional { br; span.quiet { "nếu có" } }
            },
            html! { @if paper.cases.is_empty() { "Mọi trường hợp" } @else { (of_cases(one, &paper.cases)) } },
            html! {
                @if !paper.guide.is_empty() { p { "Người nộp: " (paper.guide) } }
                @if !paper.clerk.is_empty() { p { "Công chức: " (paper.clerk) } }
                @if !paper.faults.is_empty() { p { "Lỗi thường gặp: " (paper.faults.join("; ")) "." } }
                @if let Some(sample) = &paper.sample {
                    p { a href={ (HERE) "/ban/" (edition) "/giay/" (paper.code) "/mau" } download { "Tải mẫu: " (sample.name) } }
                }
                @if edits { p { a href={ (HERE) "/ban/" (edition) "/giay/" (paper.code) } { "Sửa hướng dẫn, tệp mẫu" span.vh { ": " (paper.name) } } } }
            },
        ])
    };
    let rows = one.papers.iter().map(row).collect();
    html! { (Table { caption: "Thành phần hồ sơ", columns, rows, names: 0, ..Table::default() }) }
}

fn fees(one: &Procedure) -> Markup {
    let columns =
        vec![Column::new("Khoản thu"), Column::number("Mức"), Column::new("Trường hợp"), Column::new("Thu khi")];
    let row = |fee: &procedure::Fee| {
        let when = match fee.collect {
            procedure::Collect::AtIntake => "Nộp hồ sơ",
            procedure::Collect::AtReturn => "Nhận kết quả",
        };
        let cases = of_cases(one, &fee.cases);
        Row::new(vec![
            html! { (fee.name) @if !fee.when.is_empty() { br; span.quiet { (fee.when) } } },
            html! { (money(fee)) },
            html! { @if cases.is_empty() { "Mọi trường hợp" } @else { (cases) } },
            html! { (when) },
        ])
    };
    html! {
        @if one.fees.is_empty() { p { "Không thu phí, lệ phí." } }
        @else { (Table { caption: "Phí, lệ phí", columns, rows: one.fees.iter().map(row).collect(), names: 0, ..Table::default() }) }
    }
}

fn processes(found: &Found) -> Markup {
    let roles = actions::roles();
    html! {
        @for (code, cases) in parts_of::processes_of(found) {
            @if let Some((file, process)) = found.processes.get(code) {
                div id={ "quy-trinh-" (code) } {
                    (parts::section(&format!("Quy trình nội bộ {code}"), None, html! {
                        p { (file.name) ". Áp dụng cho: " (cases.join("; ")) ". " a href=(PROCESSES) { "Xem mọi quy trình" } }
                        (parts_of::process(process, &roles, code))
                    }))
                }
            }
        }
    }
}

fn all_editions(visit: &Visit, editions: &[Entry], found: &Found) -> Markup {
    let today = visit.scope.today();
    let columns =
        vec![Column::number("Bản số"), Column::new("Hiệu lực"), Column::new("Trạng thái"), Column::new("Thời hạn")];
    let row = |entry: &Entry| {
        let here = entry.edition == found.entry.edition;
        Row::new(vec![
            html! { @if here { strong { (entry.number) } } @else { a href={ (HERE) "/" (entry.code) "?ban=" (entry.number) } { span.vh { "Bản số " } (entry.number) } } },
            html! { (days(entry.valid_from, entry.valid_to)) @if here { " " span.quiet { "(đang xem)" } } },
            html! { (state_tag(entry.state(today))) @if !entry.abolished.is_empty() { " " (entry.abolished) } },
            html! { (entry.times) },
        ])
    };
    html! { (Table { caption: "Các bản của thủ tục", columns, rows: editions.iter().map(row).collect(), names: 0, ..Table::default() }) }
}

fn public(visit: &Visit, one: &Procedure) -> Result<Markup, people::Failure> {
    let site = visit.site.settings.public_url.trim_end_matches('/');
    let place = format!("{site}/dich-vu-cong/{}", one.code);
    let picture = parts::qr(&place, &format!("Mã QR dẫn tới trang của thủ tục {}", one.code))?;
    Ok(html! { p { "Trang cho người dân: " a href={ "/dich-vu-cong/" (one.code) } { (place) } } (picture) })
}

fn deeds(visit: &Visit, found: &Found, good: bool) -> Markup {
    let place = format!("{HERE}/ban/{}", found.entry.edition);
    let admin = visit.scope.has(Role::Admin);
    let draft = !found.entry.published;
    html! {
        @if admin && draft {
            @if good { (Button::new("Công bố").to(&format!("{place}/cong-bo"))) }
            (Button::new("Sửa").to(&format!("{place}/sua")).second())
            form method="post" action={ (place) "/bo" } {
                (form::token(visit))
                input type="hidden" name="version" value=(found.edition.version);
                (Button::new("Bỏ bản nháp").danger())
            }
        }
        @if admin && !draft {
            form method="post" action={ (place) "/soan" } {
                (form::keyed(visit))
                (Button::new("Soạn bản mới").second())
            }
            @if found.entry.valid_to.is_none() { (Button::new("Bãi bỏ").to(&format!("{place}/bai-bo")).second()) }
        }
        (Button::new("Excel").to(&format!("{place}/tai")).second().file())
    }
}

/// One edition as a workbook that can be changed and taken in again.
pub async fn workbook(visit: Visit, Path(id): Path<EditionId>) -> Answer {
    let (edition, one) = actions::edition(&mut visit.site.db.read().await?, &visit.scope, id).await?;
    let bytes = files::workbook::write(std::slice::from_ref(&one))?;
    download(web::Sheet { bytes, kind: XLSX, name: format!("thu-tuc-{}-ban-{}.xlsx", edition.code, edition.number) })
}
