//! The journal: who did what, what was before and after, and whether nobody has touched it.

use super::history::{self, Names};
use crate::actions::journal::lines;
use crate::deeds::{self, GROUPS};
use journal::{Found, Line};
use maud::{Markup, html};
use people::Failure;
use web::list::{self, Listing};
use web::look::fields::{self, Choice, Field};
use web::look::parts::Button;
use web::look::table::{Column, Row, Table};
use web::look::{Flash, Icon, Page, Tone};
use web::{Answer, Posted, Visit, form};

const HERE: &str = "/quan-tri/nhat-ky";
/// The most lines of a file.
const IN_A_FILE: i64 = 20_000;
const FILTERS: [&str; 2] = ["tim", "viec"];

async fn find(visit: &Visit, list: &Listing, most: i64) -> Result<Found, Failure> {
    let before = list.get("sau").parse().unwrap_or(i64::MAX);
    lines(&visit.site, &visit.scope, list.get("tim"), list.get("viec"), before, most).await
}

pub async fn page(visit: Visit) -> Answer {
    let list = Listing::of(&visit.uri, "", &FILTERS);
    let names = Names::load(&visit.site).await?;
    if let Some(kind) = list.as_file() {
        let found = find(&visit, &list, IN_A_FILE).await?;
        return list::file(kind, "nhat-ky", as_sheet(&found.lines, &names), visit.scope.now);
    }
    let found = find(&visit, &list, list.size() as i64).await?;
    web::show(whole(&visit, &list, &found, &names))
}

fn whole(visit: &Visit, list: &Listing, found: &Found, names: &Names) -> Page {
    let mut page = Page::new(
        "Nhật ký",
        html! {
            (list.toolbar(filters(list), true))
            @if found.lines.is_empty() { (list.none("Không có dòng nào khớp", "Hãy bớt điều kiện lọc, hoặc tìm tiếp ở các dòng cũ hơn.")) }
            @else { (table(&found.lines, names)) }
            (list.onward(found.next))
        },
    );
    page.lead =
        Some(html! { "Mỗi dòng được nối với dòng trước bằng mã băm. Không ai sửa hay xoá được mà không để lộ." });
    page.actions = Some(html! {
        form method="post" action={ (HERE) "/kiem-tra" } { (form::token(visit)) (Button::new("Kiểm tra toàn bộ").second().icon(Icon::Check)) }
    });
    page
}

fn filters(list: &Listing) -> Markup {
    let groups: Vec<Choice> =
        [Choice::new("", "Mọi việc")].into_iter().chain(GROUPS.map(|(code, name)| Choice::new(code, name))).collect();
    html! {
        (fields::search(Field::new("tim", "Người làm").value(list.get("tim"))))
        (fields::select(Field::new("viec", "Việc").value(list.get("viec")), &groups))
    }
}

fn table(lines: &[Line], names: &Names) -> Markup {
    let row = |line: &Line| {
        Row::new(vec![
            html! { (line.seq) },
            html! { (base::day::vi_moment(line.at)) },
            html! { (line.who) @if let Some(unit) = line.unit.as_deref().and_then(|id| names.of(id)) { ", " (unit) } },
            html! { (deeds::name(&line.what)) (history::difference(line, names)) },
            html! { (about(line, names)) },
        ])
    };
    html! {
        (Table {
            caption: "Nhật ký",
            columns: vec![Column::number("Dòng"), Column::new("Lúc"), Column::new("Người làm"), Column::new("Việc"), Column::new("Về")],
            rows: lines.iter().map(row).collect(),
            ..Table::default()
        })
    }
}

/// What a line is about, with a way to it where there is a page.
fn about(line: &Line, names: &Names) -> Markup {
    let href = match line.about_kind.as_str() {
        "unit" => Some(format!("/quan-tri/don-vi/{}", line.about)),
        "account" if !line.about.is_empty() => Some(format!("/quan-tri/nguoi-dung/{}", line.about)),
        "edition" => Some(format!("/chi-so/bo-tieu-chi/{}", line.about)),
        "job" => Some(format!("/viec-nen/{}", line.about)),
        _ => None,
    };
    let name = names.of(&line.about).unwrap_or(match line.about_kind.as_str() {
        "edition" => "Bản quy định",
        "job" => "Việc nền",
        "token" => "Khoá API",
        "fact" => "Số liệu",
        "card" => "Bản chấm điểm",
        "round" => "Kỳ đánh giá",
        _ => "",
    });
    html! { @match href { Some(href) if !name.is_empty() => a href=(href) { (name) }, _ => (name) } }
}

fn as_sheet(lines: &[Line], names: &Names) -> sheet::Table {
    use sheet::Column;
    let columns = vec![
        Column::exact("Dòng").width(9),
        Column::text("Lúc", 18),
        Column::text("Người làm", 24),
        Column::text("Đơn vị", 24),
        Column::text("Việc", 30),
        Column::text("Về", 30),
        Column::text("Thay đổi", 60),
    ];
    let mut table = sheet::Table::new(columns).title("Nhật ký");
    for line in lines {
        table.push(vec![
            line.seq.into(),
            base::day::vi_moment(line.at).into(),
            line.who.as_str().into(),
            line.unit.as_deref().and_then(|id| names.of(id)).unwrap_or_default().into(),
            deeds::name(&line.what).into(),
            names.of(&line.about).unwrap_or(&line.about).into(),
            history::in_words(line, names).into(),
        ]);
    }
    table
}

/// Walks the whole chain at once: a million lines take some seconds, and only administrators list.
pub async fn verify(visit: Visit, _form: Posted) -> Answer {
    let found = journal::verify(&visit.site.db).await?;
    let (tone, say) = match found {
        Ok(lines) => (
            Tone::Ok,
            format!("Nhật ký nguyên vẹn: {} dòng, không dòng nào bị sửa hay mất.", base::number::vi(&lines.into())),
        ),
        Err(broken) => (
            Tone::Bad,
            format!(
                "Nhật ký đã bị can thiệp: {broken}. Hãy giữ nguyên máy chủ và báo người phụ trách an toàn thông tin."
            ),
        ),
    };
    let mut page = Page::new("Kiểm tra nhật ký", html! { p { a href=(HERE) { "Về nhật ký" } } });
    page.crumbs = vec![("Nhật ký".into(), HERE.into())];
    page.flash = Some(Flash { tone, say });
    web::show(page)
}
