//! The list of people, by given name.

use crate::actions::seen::{self, Held, Seen as Line};
use crate::rules::{self, Standing};
use base::{Timestamp, text};
use maud::{Markup, html};
use people::{Account, Role};
use sheet::Cell;
use web::list::{self, Listing};
use web::look::fields::{self, Choice, Field};
use web::look::parts::{self, Button};
use web::look::table::{Column, Row, Table};
use web::look::{Icon, Page, Tone};
use web::{Answer, Visit};

const FILTERS: [&str; 3] = ["tim", "vai_tro", "tinh_trang"];

pub async fn page(visit: Visit) -> Answer {
    let list = Listing::of(&visit.uri, "ten", &FILTERS);
    let mut lines = seen::everybody(&visit.site, &visit.scope).await?;
    lines.retain(|line| is_wanted(&list, line, visit.scope.now));
    order(&list, &mut lines);
    if let Some(kind) = list.as_file() {
        return list::file(kind, "nguoi-dung", as_sheet(&lines, visit.scope.now), visit.scope.now);
    }
    let mut page = Page::new(
        "Người dùng",
        html! {
            (list.toolbar(filters(&list), list.is_long(lines.len())))
            @if lines.is_empty() { (list.none("Không có ai khớp", "Hãy bớt điều kiện lọc. Tìm được cả không dấu và chữ cái đầu, ví dụ “ttl”.")) }
            @else { (table(&list, list.slice(&lines), visit.scope.now)) (list.pager(lines.len(), "người")) }
        },
    );
    page.actions =
        Some(html! { (Button::new("Thêm người dùng").to("/quan-tri/nguoi-dung/them").icon(Icon::Plus).key("alt+n")) });
    web::show(page)
}

/// Where an account stands, for the filter and in a word.
fn standing(account: &Account, now: Timestamp) -> (&'static str, &'static str, Tone) {
    match rules::standing(account, now) {
        Standing::Closed => ("khoa", "Đã khoá", Tone::Calm),
        Standing::Locked => ("tam-khoa", "Tạm khoá", Tone::Soon),
        Standing::New => ("chua", "Chưa đặt mật khẩu", Tone::Soon),
        Standing::Open => ("mo", "Đang dùng", Tone::Plain),
    }
}

fn is_wanted(list: &Listing, line: &Line, now: Timestamp) -> bool {
    let roles = || line.held.iter();
    let of_role = list.get("vai_tro").is_empty()
        || (list.get("vai_tro") == "khong" && line.held.is_empty())
        || roles().any(|held| held.role.code() == list.get("vai_tro"));
    let stands = list.get("tinh_trang").is_empty() || standing(&line.account, now).0 == list.get("tinh_trang");
    of_role && stands && line.is_called(list.get("tim"))
}

fn order(list: &Listing, lines: &mut [Line]) {
    let (column, down) = list.sorted();
    match column {
        "login" => lines.sort_by_cached_key(|line| line.account.login.clone()),
        "chuc" => lines.sort_by_cached_key(|line| text::sort_key(&line.account.title)),
        "don-vi" => lines.sort_by_cached_key(|line| line.held.first().map(|held| text::sort_key(&held.unit_name))),
        "gan" => lines.sort_by_key(|line| line.seen),
        _ => {} // by given name, as they come
    }
    if down {
        lines.reverse();
    }
}

fn filters(list: &Listing) -> Markup {
    let roles =
        [Choice::new("", "Mọi vai trò")].into_iter().chain(Role::ALL.map(|role| Choice::new(role.code(), role.name())));
    let roles: Vec<Choice> = roles.chain([Choice::new("khong", "Chưa có vai trò")]).collect();
    let stands = [
        Choice::new("", "Mọi tình trạng"),
        Choice::new("mo", "Đang dùng"),
        Choice::new("chua", "Chưa đặt mật khẩu"),
        Choice::new("tam-khoa", "Tạm khoá"),
        Choice::new("khoa", "Đã khoá"),
    ];
    html! {
        (fields::search(Field::new("tim", "Tìm tên, chức vụ, đơn vị").value(list.get("tim"))))
        (fields::select(Field::new("vai_tro", "Vai trò").value(list.get("vai_tro")), &roles))
        (fields::select(Field::new("tinh_trang", "Tình trạng").value(list.get("tinh_trang")), &stands))
    }
}

fn roles_of(line: &Line) -> String {
    let one = |held: &Held| {
        format!("{}, {}{}", held.role.name(), held.unit_name, if held.lent { " (được uỷ quyền)" } else { "" })
    };
    line.held.iter().map(one).collect::<Vec<_>>().join("; ")
}

fn table(list: &Listing, lines: &[Line], now: Timestamp) -> Markup {
    let row = |line: &Line| {
        let (_, word, tone) = standing(&line.account, now);
        Row::new(vec![
            html! { a href={ "/quan-tri/nguoi-dung/" (line.account.id) } { (line.account.name) } },
            html! { (line.account.login) },
            html! { (line.account.title) },
            html! { @if line.held.is_empty() { span.quiet { "Chưa có" } } @else { (roles_of(line)) } },
            html! { (line.seen.map(base::day::vi_moment).unwrap_or_default()) },
            html! { @if tone == Tone::Plain { (word) } @else { (parts::tag(tone, word)) } },
        ])
    };
    html! {
        (Table {
            caption: "Người dùng",
            columns: vec![
                list.column(Column::new("Họ và tên"), "ten"),
                list.column(Column::new("Tên đăng nhập"), "login"),
                list.column(Column::new("Chức vụ"), "chuc"),
                list.column(Column::new("Vai trò"), "don-vi"),
                list.column(Column::new("Gần đây"), "gan"),
                Column::new("Tình trạng"),
            ],
            rows: lines.iter().map(row).collect(),
            ..Table::default()
        })
    }
}

/// Without e-mail and telephone: a file goes further than a screen.
fn as_sheet(lines: &[Line], now: Timestamp) -> sheet::Table {
    use sheet::Column;
    let columns = vec![
        Column::text("Họ và tên", 28),
        Column::text("Tên đăng nhập", 18),
        Column::text("Chức vụ", 22),
        Column::text("Vai trò", 50),
        Column::yes_no("Xác thực hai lớp").width(16),
        Column::text("Tình trạng", 18),
    ];
    let mut table = sheet::Table::new(columns).title("Danh sách người dùng");
    for line in lines {
        table.push(vec![
            line.account.name.as_str().into(),
            line.account.login.as_str().into(),
            line.account.title.as_str().into(),
            roles_of(line).into(),
            Cell::from(line.account.has_totp),
            standing(&line.account, now).1.into(),
        ]);
    }
    table
}
