//! What is said of one paper of a draft: guidance to the citizen and to the clerk, common faults, a sample to download.

use super::{HERE, crumbs_to};
use crate::actions::{self, editing::Guidance};
use axum::extract::Path;
use base::{Refusal, Refusals};
use maud::{Markup, html};
use people::Failure;
use procedure::{Paper, Procedure};
use rulebook::{Edition, EditionId, Status};
use web::look::Page;
use web::look::fields::{self, Field};
use web::look::parts::{self, Button};
use web::{Answer, Fault, Posted, Visit, file_answer, form, once, show, show_again};

type Of = Path<(EditionId, String)>;

async fn load(visit: &Visit, id: EditionId, paper: &str) -> Result<(Edition, Procedure, Paper), Fault> {
    let (edition, one) = actions::edition(&mut visit.site.db.read().await?, &visit.scope, id).await?;
    let own = one.papers.iter().find(|own| own.code == paper).cloned().ok_or(Failure::NotFound)?;
    Ok((edition, one, own))
}

/// The same of a draft only: what is published is frozen.
async fn load_draft(visit: &Visit, id: EditionId, paper: &str) -> Result<(Edition, Procedure, Paper), Fault> {
    let found = load(visit, id, paper).await?;
    if found.0.status == Status::Published {
        return Err(Failure::from(Refusal::from(rulebook::NotNow::Frozen)).into());
    }
    Ok(found)
}

pub async fn page(visit: Visit, Path((id, paper)): Of) -> Answer {
    let (edition, one, own) = load_draft(&visit, id, &paper).await?;
    show(screen(&visit, &edition, &one, &own, &Posted::default(), &[]))
}

fn screen(visit: &Visit, edition: &Edition, one: &Procedure, own: &Paper, form: &Posted, refusals: &[Refusal]) -> Page {
    let value = |name: &str, own: &str| if form.has(name) { form.get(name).to_owned() } else { own.to_owned() };
    let (guide, clerk) = (value("guide", &own.guide), value("clerk", &own.clerk));
    let faults = value("faults", &own.faults.join("\n"));
    let version = value("version", &edition.version.to_string());
    let here = format!("{HERE}/ban/{}/giay/{}", edition.id, own.code);
    let body = html! {
        form.form method="post" action=(here) enctype="multipart/form-data" data-guard {
            (form::keyed(visit))
            input type="hidden" name="version" value=(version);
            (fields::textarea(Field::new("guide", "Hướng dẫn người nộp").hint("Chuẩn bị thế nào; hiện trên trang công khai").optional().value(&guide).rows(3).refused(refusals)))
            (fields::textarea(Field::new("clerk", "Hướng dẫn công chức").hint("Khi kiểm tra nhìn vào đâu; chỉ cán bộ thấy").optional().value(&clerk).rows(3).refused(refusals)))
            (fields::textarea(Field::new("faults", "Lỗi thường gặp").hint("Mỗi dòng một lỗi; cũng là lý do chọn sẵn khi yêu cầu bổ sung").optional().value(&faults).rows(3).refused(refusals)))
            @if !own.shown_only { (sample_fields(visit, &here, own, form.has("bo_mau"), refusals)) }
            (Button::new("Lưu bản nháp").key("alt+s")) " " a href={ (HERE) "/" (one.code) "?ban=" (edition.number) } { "Quay lại, không lưu" }
        }
    };
    let mut page = Page::new(format!("Hướng dẫn và mẫu: {}", own.name), body);
    page.crumbs = crumbs_to(&one.code);
    page.lead = Some(html! { (one.name) ", bản nháp số " (edition.number) });
    page
}

fn sample_fields(visit: &Visit, here: &str, own: &Paper, form_drops: bool, refusals: &[Refusal]) -> Markup {
    let upload = Field::new("tep", "Tệp mẫu").hint("Để trống thì giữ tệp đang có").optional().refused(refusals);
    html! {
        @if let Some(sample) = &own.sample {
            (parts::facts([("Tệp đang có", html! { a href={ (here) "/mau" } download { (sample.name) } })]))
            (fields::tick(Field::new("bo_mau", "Bỏ tệp mẫu đang có"), form_drops))
        }
        (fields::file_within(upload, visit.site.files.limits(), false))
    }
}

pub async fn save(visit: Visit, Path((id, paper)): Of, form: Posted) -> Answer {
    let version = form.hidden("version")?;
    let (edition, one, own) = load_draft(&visit, id, &paper).await?;
    let mut refusals = Refusals::new();
    let sample = stored(&visit, &form, &mut refusals).await?;
    if !refusals.is_empty() {
        return show_again(screen(&visit, &edition, &one, &own, &form, &refusals), refusals);
    }
    let faults = form.get("faults").lines().map(str::trim).filter(|line| !line.is_empty());
    let new = Guidance {
        guide: form.text("guide").unwrap_or_default(),
        clerk: form.text("clerk").unwrap_or_default(),
        faults: faults.map(str::to_owned).collect(),
        sample,
        drop: form.has("bo_mau"),
    };
    let deed = async {
        let edition = actions::editing::guide(&visit.site, &visit.scope, id, version, &paper, new).await?;
        Ok(format!("{HERE}/{}?ban={}", edition.code, edition.number))
    };
    match once(&visit, &form, Some("Đã lưu bản nháp."), deed).await {
        Err(Fault(Failure::Refused(refusals))) => {
            show_again(screen(&visit, &edition, &one, &own, &form, &refusals), refusals)
        }
        other => other,
    }
}

/// The file that was chosen, in the store; an empty choice is none.
async fn stored(
    visit: &Visit,
    form: &Posted,
    refusals: &mut Refusals,
) -> Result<Option<(file::Content, String)>, Failure> {
    let Some(one) = form.files.iter().find(|one| one.field == "tep" && !one.bytes.is_empty()) else { return Ok(None) };
    match visit.site.files.put(one.bytes.clone(), &one.name).await {
        Ok(content) => Ok(Some((content, one.name.clone()))),
        Err(Failure::Refused(wrong)) => {
            refusals.extend(wrong.into_iter().map(|no| no.at("tep")));
            Ok(None)
        }
        Err(other) => Err(other),
    }
}

pub async fn sample(visit: Visit, Path((id, paper)): Of) -> Answer {
    let (_, one, _) = load(&visit, id, &paper).await?;
    let opened = actions::editing::sample(&visit.site, &one, &paper).await?;
    Ok(file_answer(&file::headers(&opened.meta.name, &opened.meta.kind, false), opened.bytes))
}
