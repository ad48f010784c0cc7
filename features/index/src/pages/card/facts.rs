//! The numbers behind an automatic answer: each with its source, and the way to the records that were counted.

use crate::actions;
use crate::view::View;
use base::number::vi;
use db::Conn;
use fact::{Fact, Known, catalogue};
use maud::{Markup, html};
use people::{Failure, Role};
use score::set::{Criterion, FilledBy};
use web::Visit;

/// For whoever sees the card. The records themselves are for those who may see them: others read only what was counted.
pub(crate) async fn behind(
    conn: &mut Conn,
    visit: &Visit,
    view: &View,
    criterion: &Criterion,
) -> Result<Markup, Failure> {
    if criterion.filled_by != FilledBy::Auto {
        return Ok(html! {});
    }
    let facts = actions::facts_behind(conn, view, &criterion.code).await?;
    let read = view.answers.get(&criterion.code).and_then(|answer| answer.value.as_ref());
    let now = actions::answer_of(&facts);
    Ok(html! {
        @if !facts.is_empty() {
            p { "Số liệu của tiêu chí này:" }
            ul { @for (_, fact) in &facts { li { (line(visit, view, fact)) } } }
            @if read.is_some_and(|read| *read != now) {
                p.quiet { "Số liệu đã được đếm lại sau khi phiếu lấy. Trong thời gian tự chấm, đơn vị bấm “Lấy lại số liệu tự động” để phiếu dùng số mới." }
            }
        }
    })
}

fn line(visit: &Visit, view: &View, fact: &Fact) -> Markup {
    let known = catalogue::find(&fact.what);
    let (name, measure) = known.map_or((fact.what.as_str(), ""), |known| (&known.name, &known.measure));
    let value = format!("{} {measure}", vi(&fact.value));
    let standing = &view.standing;
    let inside = standing.coordinates || standing.heads || standing.administers;
    let link = fact.link.as_deref().filter(|link| inside && (link.starts_with('/') || link.starts_with("https://")));
    html! {
        @match visit.scope.has_any(&[Role::Admin, Role::Coordinator]) {
            true => a href={ "/quan-tri/so-lieu/" (fact.id) } { (name) },
            false => (name),
        }
        ": " strong { (value) } ". " (fact.source) ". "
        @if let Some(link) = link {
            a href=(link) { @if known.is_some_and(Known::is_whole) { "Xem " (value) } @else { "Xem nơi lưu" } }
        }
    }
}
