//! Ending a unit: when, how, and what became of it.

use super::unit::how_name;
use super::unit_form::{find, unit_choices};
use crate::actions::{self, Ending};
use axum::extract::Path;
use base::{Refusal, Refusals};
use maud::html;
use people::{BECAME, Failure, Unit};
use web::look::Page;
use web::look::fields::{self, Choice, Field};
use web::look::parts::Button;
use web::look::table::Toolbar;
use web::{Answer, Posted, Visit, address, form};

pub async fn page(visit: Visit, Path(id): Path<String>) -> Answer {
    let (all, unit) = find(&visit, &id).await?;
    web::show(form_page(&visit, &all, &unit, &Posted::default(), &[]))
}

pub async fn send(visit: Visit, Path(id): Path<String>, form: Posted) -> Answer {
    let (all, unit) = find(&visit, &id).await?;
    let ended = async {
        let mut refusals = Refusals::new();
        let on = form::day(&form, "ngay", visit.scope.today(), &mut refusals);
        if !refusals.is_empty() {
            return Err(Failure::from(refusals));
        }
        let heirs = form.all("ke_tuc").filter_map(|id| id.parse().ok()).collect();
        let ending =
            Ending { on, how: form.get("how").to_owned(), heirs, version: form.get("version").parse().unwrap_or(0) };
        actions::end_unit(&visit.site, &visit.scope, unit.id, ending).await
    };
    match ended.await {
        Ok(()) => web::to(format!("/quan-tri/don-vi/{}", unit.id), Some("Đã ghi ngày kết thúc và đơn vị kế tục.")),
        Err(failure) => form::refused(failure, |refusals| form_page(&visit, &all, &unit, &form, refusals)),
    }
}

/// A province has hundreds of units: offered are those of the same kind, or of any kind whose name is looked for.
fn may_follow(unit: &Unit, other: &Unit, words: &str) -> bool {
    let found = if words.is_empty() {
        other.kind == unit.kind
    } else {
        base::text::matches(&base::text::fold(&other.name), words)
    };
    found && other.id != unit.id && other.to.is_none()
}

fn form_page(visit: &Visit, all: &[Unit], unit: &Unit, form: &Posted, refusals: &[Refusal]) -> Page {
    let hows = BECAME.map(|how| Choice::new(how, how_name(how)));
    let words = base::text::fold(&address::value(&visit.uri, "tim"));
    let chosen: Vec<&str> = form.all("ke_tuc").collect();
    let others: Vec<Unit> = all
        .iter()
        .filter(|other| may_follow(unit, other, &words) || chosen.contains(&other.id.to_string().as_str()))
        .cloned()
        .collect();
    let labels = unit_choices(&others);
    let choices: Vec<Choice> = labels.iter().map(|(id, label)| Choice::new(id, label.trim_start())).collect();
    let at = format!("/quan-tri/don-vi/{}", unit.id);
    let mut page = Page::new(
        format!("Kết thúc {}", unit.name),
        html! {
            (Toolbar {
                action: &format!("{at}/ket-thuc"),
                filters: Some(fields::search(Field::new("tim", "Tìm đơn vị kế tục thuộc loại khác").value(&address::value(&visit.uri, "tim")))),
                ..Toolbar::default()
            })
            form.form method="post" action={ (at) "/ket-thuc" } data-guard {
                (form::token(visit))
                input type="hidden" name="version" value=(unit.version);
                p { "Số liệu và hồ sơ cũ vẫn giữ tên đơn vị này. Đơn vị không bị xoá." }
                (fields::date(Field::new("ngay", "Kết thúc từ ngày").hint("Ngày đầu tiên đơn vị không còn hoạt động. Ví dụ: 01/07/2025").value(form.get("ngay")).refused(refusals)))
                (fields::radios(Field::new("how", "Hình thức").value(form.get("how")).refused(refusals), &hows))
                (fields::checkboxes(Field::new("ke_tuc", "Đơn vị kế tục").hint("Chưa có trong danh sách thì tìm ở trên, hoặc thêm đơn vị mới trước.").refused(refusals), &choices, &chosen))
                (Button::new("Kết thúc đơn vị").danger())
            }
        },
    );
    page.crumbs = vec![("Đơn vị".into(), "/quan-tri/don-vi".into()), (unit.name.clone(), at)];
    page
}
