//! Adding and changing a unit; both versions side by side where somebody else changed it meanwhile.

use super::both::{compared, on_version};
use crate::actions;
use crate::model::NotNow;
use crate::rules::{self, KINDS, UnitAsked};
use axum::extract::Path;
use axum::http::StatusCode;
use base::{Refusal, Refusals};
use maud::{Markup, html};
use people::{Failure, Unit, UnitId, kind_name};
use web::look::Page;
use web::look::fields::{self, Choice, Field};
use web::look::parts::Button;
use web::{Answer, Fault, Posted, Visit, address, form};

pub async fn new(visit: Visit) -> Answer {
    let all = people::units(&mut visit.site.db.read().await?).await?;
    let parent = address::value(&visit.uri, "cap_tren");
    let today = base::day::vi(visit.scope.today());
    let blank = Posted::from_pairs(&[("parent", parent.as_str()), ("from", today.as_str())]);
    web::show(form_page(&visit, &all, None, &blank, &[]))
}

pub async fn add(visit: Visit, form: Posted) -> Answer {
    let all = people::units(&mut visit.site.db.read().await?).await?;
    let done = web::once(&visit, &form, Some("Đã thêm đơn vị."), async {
        let unit = read(&visit, &form, None)?;
        let id = actions::save_unit(&visit.site, &visit.scope, unit).await?;
        Ok(format!("/quan-tri/don-vi/{id}"))
    });
    match done.await {
        // "key" is the name of the idempotency key on every form, so the unit's own is called otherwise here.
        Err(fault) => form::refused(form::at_field(fault.0, "key", "key_name"), |refusals| {
            form_page(&visit, &all, None, &form, refusals)
        }),
        done => done,
    }
}

pub async fn edit(visit: Visit, Path(id): Path<String>) -> Answer {
    let (all, unit) = find(&visit, &id).await?;
    web::show(form_page(&visit, &all, Some(&unit), &filled(&unit), &[]))
}

pub async fn save(visit: Visit, Path(id): Path<String>, form: Posted) -> Answer {
    let (all, unit) = find(&visit, &id).await?;
    let saved = async {
        let new = read(&visit, &form, Some(&unit))?;
        actions::save_unit(&visit.site, &visit.scope, new).await
    };
    match saved.await {
        Ok(id) => web::to(format!("/quan-tri/don-vi/{id}"), Some("Đã lưu đơn vị.")),
        Err(Failure::Conflict { refusal, theirs }) => {
            let theirs: Unit = serde_json::from_value(*theirs).map_err(Failure::from)?;
            web::with_status(web::show(both(&visit, &all, &theirs, &form, &refusal)), StatusCode::CONFLICT)
        }
        Err(failure) => form::refused(failure, |refusals| form_page(&visit, &all, Some(&unit), &form, refusals)),
    }
}

/// All units, and the one of the address.
pub async fn find(visit: &Visit, id: &str) -> Result<(Vec<Unit>, Unit), Fault> {
    let id: UnitId = id.parse().map_err(|_| Fault(Failure::NotFound))?;
    let all = people::units(&mut visit.site.db.read().await?).await?;
    let unit = all.iter().find(|unit| unit.id == id).cloned().ok_or(Failure::NotFound)?;
    if !rules::looks_after(&all, &visit.scope, id) {
        return Err(Failure::from(NotNow::UnitBeyond).into());
    }
    Ok((all, unit))
}

/// The fields of a form as this unit fills them.
fn filled(unit: &Unit) -> Posted {
    let parent = unit.parent.map(|id| id.to_string()).unwrap_or_default();
    let (from, to) = (base::day::vi(unit.from), unit.to.map(base::day::vi).unwrap_or_default());
    let version = unit.version.to_string();
    let or_none = |code: &Option<String>| code.clone().unwrap_or_default();
    Posted::from_pairs(&[
        ("name", &unit.name),
        ("short", &unit.short),
        ("kind", &unit.kind),
        ("parent", &parent),
        ("from", &from),
        ("to", &to),
        ("code_new", &or_none(&unit.code_new)),
        ("code_old", &or_none(&unit.code_old)),
        ("key_name", &unit.key),
        ("version", &version),
    ])
}

/// The unit that a form speaks of; all that cannot be read is refused at once.
fn read(visit: &Visit, form: &Posted, known: Option<&Unit>) -> Result<Unit, Failure> {
    let today = visit.scope.today();
    let mut unreadable = Refusals::new();
    let asked = UnitAsked {
        from: form::day(form, "from", today, &mut unreadable),
        to: form::day(form, "to", today, &mut unreadable),
        name: form.get("name").to_owned(),
        short: form.text("short"),
        kind: form.get("kind").to_owned(),
        parent: form.get("parent").parse().ok(),
        code_old: form.text("code_old"),
        code_new: form.text("code_new"),
        key: form.text("key_name"),
        version: form.get("version").parse().unwrap_or(0),
    };
    let read = rules::unit_of(asked, known);
    if unreadable.is_empty() {
        return Ok(read?);
    }
    // A day that was typed and cannot be read is not missing.
    let missing = read.err().unwrap_or_default();
    let said: Vec<Option<String>> = unreadable.iter().map(|refusal| refusal.field.clone()).collect();
    unreadable.extend(missing.into_iter().filter(|refusal| !said.contains(&refusal.field)));
    Err(unreadable.into())
}

/// Every unit that may stand above, as the tree reads.
pub fn unit_choices(all: &[Unit]) -> Vec<(String, String)> {
    rules::as_tree(all)
        .into_iter()
        .map(|(unit, depth)| (unit.id.to_string(), format!("{}{}", "\u{2003}".repeat(depth), unit.name)))
        .collect()
}

fn form_page(visit: &Visit, all: &[Unit], known: Option<&Unit>, form: &Posted, refusals: &[Refusal]) -> Page {
    let title = known.map_or("Thêm đơn vị".to_owned(), |unit| format!("Sửa {}", unit.name));
    let mut page = Page::new(title, form_markup(visit, all, known, form, refusals));
    page.crumbs = vec![("Đơn vị".into(), "/quan-tri/don-vi".into())];
    if let Some(unit) = known {
        page.crumbs.push((unit.name.clone(), format!("/quan-tri/don-vi/{}", unit.id)));
    }
    page
}

fn form_markup(visit: &Visit, all: &[Unit], known: Option<&Unit>, form: &Posted, refusals: &[Refusal]) -> Markup {
    let day = known.map_or(visit.scope.today(), |unit| unit.from);
    let above: Vec<Unit> = all
        .iter()
        .filter(|unit| unit.is_on(day) || known.is_some_and(|known| known.parent == Some(unit.id)))
        .cloned()
        .collect();
    let labels = unit_choices(&above);
    let parents: Vec<Choice> = [Choice::new("", "Không trực thuộc đơn vị nào")]
        .into_iter()
        .chain(labels.iter().map(|(id, label)| Choice::new(id, label)))
        .collect();
    let kinds = KINDS.map(|kind| Choice::new(kind, kind_name(kind)));
    let action = known.map_or("/quan-tri/don-vi/them".to_owned(), |unit| format!("/quan-tri/don-vi/{}/sua", unit.id));
    let text =
        |name: &'static str, label: &'static str| Field::new(name, label).value(form.get(name)).refused(refusals);
    html! {
        form.form method="post" action=(action) data-guard {
            (form::keyed(visit))
            input type="hidden" name="version" value=(form.get("version"));
            (fields::text(text("name", "Tên đơn vị").hint("Như trong quyết định thành lập")))
            (fields::text(text("short", "Tên ngắn").hint("Hiện ở bảng và danh sách").optional()))
            (fields::select(text("kind", "Loại"), &kinds))
            (fields::select(text("parent", "Trực thuộc"), &parents))
            (fields::date(text("from", "Hoạt động từ ngày")))
            @if known.is_some_and(|unit| unit.to.is_some()) {
                (fields::date(text("to", "Kết thúc từ ngày").hint("Ngày đầu tiên đơn vị không còn hoạt động").optional()))
            }
            (fields::text(text("code_new", "Mã QĐ 20/2020/QĐ-TTg").hint("Ví dụ: H50.13").as_code().optional()))
            (fields::text(text("code_old", "Mã QCVN 102:2016/BTTTT").hint("Ví dụ: 000.00.13.H50").as_code().optional()))
            @if known.is_none() {
                (fields::text(
                    Field::new("key_name", "Mã trong hệ thống").hint("Dùng trong tệp dữ liệu. Để trống thì lấy từ tên, ví dụ: so-cong-thuong")
                        .value(form.get("key_name")).refused(refusals).as_code().optional()
                ))
            }
            (Button::new("Lưu đơn vị").key("alt+s"))
        }
    }
}

/// Somebody else saved first: both are shown, and this form now carries the new version.
fn both(visit: &Visit, all: &[Unit], theirs: &Unit, form: &Posted, refusal: &Refusal) -> Page {
    let stored = filled(theirs);
    let parent =
        |id: &str| all.iter().find(|unit| unit.id.to_string() == id).map(|unit| unit.name.clone()).unwrap_or_default();
    let shown = |name: &str, posted: &Posted| match name {
        "kind" => kind_name(posted.get(name)).to_owned(),
        "parent" => parent(posted.get(name)),
        _ => posted.get(name).to_owned(),
    };
    let names = [
        ("name", "Tên đơn vị"),
        ("short", "Tên ngắn"),
        ("kind", "Loại"),
        ("parent", "Trực thuộc"),
        ("from", "Hoạt động từ ngày"),
        ("code_new", "Mã QĐ 20/2020/QĐ-TTg"),
        ("code_old", "Mã QCVN 102:2016/BTTTT"),
    ];
    let differ = names.iter().filter(|(name, _)| stored.get(name) != form.get(name));
    let differ = differ.map(|(name, label)| [(*label).to_owned(), shown(name, &stored), shown(name, form)]).collect();
    let page = form_page(visit, all, Some(theirs), &on_version(form, theirs.version), &[]);
    compared(page, differ, &format!("/quan-tri/don-vi/{}", theirs.id), refusal)
}
