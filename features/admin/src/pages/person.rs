//! One person: who they are, what they hold, how they sign in; giving and ending roles, links, closing.

use super::history::{self, Names};
use super::loans::last_day;
use super::unit_form::unit_choices;
use crate::actions::{self, Giving};
use axum::extract::Path;
use base::{Refusal, Refusals};
use maud::{Markup, html};
use people::{Account, AccountId, Failure, Grant, GrantId, Role, Unit};
use web::look::fields::{self, Choice, Field};
use web::look::parts::{self, Button};
use web::look::table::{Column, Row, Table};
use web::look::{Icon, Page, Tone};
use web::{Answer, Fault, Posted, Visit, form};

const LINES: i64 = 30;

pub async fn page(visit: Visit, Path(id): Path<String>) -> Answer {
    let id = id_of(&id)?;
    let account = actions::read_person(&visit.site, &visit.scope, id).await?;
    web::show(whole(&visit, &account, None, &Posted::default(), &[]).await?)
}

pub fn id_of(id: &str) -> Result<AccountId, Fault> {
    id.parse().map_err(|_| Fault(Failure::NotFound))
}

/// The page of a person; with a link to give to them, right after it was made.
pub async fn whole(
    visit: &Visit,
    account: &Account,
    link: Option<&str>,
    form: &Posted,
    refusals: &[Refusal],
) -> Result<Page, Failure> {
    let mut conn = visit.site.db.read().await?;
    let units = people::units(&mut conn).await?;
    let grants = people::grants_of(&mut conn, account.id, visit.scope.today()).await?;
    let lines = journal::of(&mut conn, "account", &account.id.to_string(), LINES).await?;
    drop(conn);
    let names = Names::load(&visit.site).await?;
    let mut page = Page::new(
        account.name.clone(),
        html! {
            @if let Some(link) = link { (link_notice(visit, account, link)) }
            div.columns {
                (parts::section("Thông tin", None, who(account)))
                (parts::section("Đăng nhập", None, sign_in(visit, account)))
            }
            (parts::section("Vai trò", None, roles(visit, account, &grants, &units, &names)))
            (parts::section("Giao vai trò", None, give_form(visit, account, &units, form, refusals)))
            (parts::section("Lịch sử", None, history::timeline(&lines, &names)))
        },
    );
    page.lead = Some(html! { (account.title) @if account.closed { " " (parts::tag(Tone::Calm, "Đã khoá")) } });
    page.crumbs = vec![("Người dùng".into(), "/quan-tri/nguoi-dung".into())];
    page.actions = Some(
        html! { (Button::new("Sửa thông tin").to(&format!("/quan-tri/nguoi-dung/{}/sua", account.id)).second().icon(Icon::Edit)) },
    );
    Ok(page)
}

fn link_notice(visit: &Visit, account: &Account, link: &str) -> Markup {
    let base = visit.site.settings.public_url.trim_end_matches('/');
    parts::notice(
        Tone::Ok,
        html! {
            p { strong { "Gửi liên kết này cho " (account.name) " qua một kênh riêng." } }
            p { (parts::copy(&format!("{base}/dat-mat-khau?ma={link}"), "liên kết")) }
            p { "Liên kết chỉ hiện một lần, dùng được một lần, trong 48 giờ." }
        },
    )
}

fn who(account: &Account) -> Markup {
    let or_none =
        |text: &Option<String>| html! { @match text { Some(text) => (text), None => span.quiet { "Chưa có" } } };
    html! {
        (parts::facts([
            ("Tên đăng nhập", html! { (account.login) }),
            ("Thư điện tử", or_none(&account.email)),
            ("Điện thoại", or_none(&account.phone)),
        ]))
        p.quiet { "Thông tin cá nhân: việc bạn mở trang này được ghi vào nhật ký." }
    }
}

fn sign_in(visit: &Visit, account: &Account) -> Markup {
    let at = |verb: &str| format!("/quan-tri/nguoi-dung/{}/{verb}", account.id);
    let locked = account.locked_until.filter(|until| *until > visit.scope.now);
    let deed =
        |verb: &str, button: Button| html! { form method="post" action=(at(verb)) { (form::token(visit)) (button) } };
    html! {
        (parts::facts([
            ("Mật khẩu", html! { @if account.has_password { "Đã đặt" } @else { (parts::tag(Tone::Soon, "Chưa đặt")) } }),
            ("Xác thực hai lớp", html! { @if account.has_totp { "Đang bật" } @else { "Chưa bật" } }),
            ("Đăng nhập chung", html! { @if account.has_subject { "Đã gắn" } @else { "Chưa gắn" } }),
            ("Tình trạng", html! {
                @if account.closed { "Đã khoá" }
                @else if let Some(until) = locked { "Tạm khoá đến " (base::day::vi_time(until)) }
                @else { "Đang dùng" }
            }),
        ]))
        div.actions {
            @if !account.closed { (deed("lien-ket", Button::new("Tạo liên kết đặt mật khẩu").second())) }
            @if account.has_totp { (deed("tat-hai-lop", Button::new("Tắt xác thực hai lớp").second())) }
            @if account.has_subject { (deed("go-dang-nhap-chung", Button::new("Gỡ đăng nhập chung").second())) }
            @if visit.session.account != account.id {
                @if account.closed { (deed("mo", Button::new("Mở lại tài khoản").second())) }
                @else { (deed("khoa", Button::new("Khoá tài khoản").danger())) }
            }
        }
    }
}

fn roles(visit: &Visit, account: &Account, grants: &[Grant], units: &[Unit], names: &Names) -> Markup {
    let held: Vec<&Grant> = grants.iter().filter(|grant| grant.account == account.id).collect();
    if held.is_empty() {
        return parts::empty(
            "Chưa có vai trò nào",
            "Người này đăng nhập được nhưng chưa xem hay làm được gì. Hãy giao vai trò ở dưới.",
            None,
        );
    }
    let unit = |grant: &Grant| units.iter().find(|unit| unit.id == grant.unit).map_or("", |unit| unit.name.as_str());
    let row = |grant: &&Grant| {
        let id = grant.id.to_string();
        let lender = grant.lent_by.and_then(|id| names.of(&id.to_string()).map(str::to_owned));
        Row::new(vec![
            html! { (grant.role.name()) },
            html! { a href={ "/quan-tri/don-vi/" (grant.unit) } { (unit(grant)) } },
            html! { (base::day::vi(grant.from)) },
            html! { (grant.to.map(last_day).unwrap_or_default()) },
            html! { @if let Some(lender) = &lender { "Do " (lender) " uỷ quyền. " } (grant.note) },
            html! {
                form method="post" action={ "/quan-tri/nguoi-dung/" (account.id) "/vai-tro/ket-thuc" } {
                    (form::token(visit))
                    (Button::new("Kết thúc").quiet().sends("grant", &id).about(&format!("{} tại {}", grant.role.name(), unit(grant))))
                }
            },
        ])
    };
    html! {
        (Table {
            caption: "Vai trò",
            columns: vec![Column::new("Vai trò"), Column::new("Đơn vị"), Column::new("Từ ngày"), Column::new("Đến hết ngày"), Column::new("Ghi chú"), Column::actions("Việc")],
            rows: held.iter().map(row).collect(),
            ..Table::default()
        })
    }
}

fn give_form(visit: &Visit, account: &Account, units: &[Unit], form: &Posted, refusals: &[Refusal]) -> Markup {
    let roles = Role::ALL.map(|role| Choice::new(role.code(), role.name()));
    let now: Vec<Unit> = units
        .iter()
        .filter(|unit| unit.is_on(visit.scope.today()) && crate::rules::looks_after(units, &visit.scope, unit.id))
        .cloned()
        .collect();
    let labels = unit_choices(&now);
    let choices: Vec<Choice> = labels.iter().map(|(id, label)| Choice::new(id, label)).collect();
    html! {
        form.form method="post" action={ "/quan-tri/nguoi-dung/" (account.id) "/vai-tro" } {
            (form::keyed(visit))
            (fields::select(Field::new("don_vi", "Đơn vị").value(form.get("don_vi")).refused(refusals), &choices))
            (fields::select(Field::new("vai_tro", "Vai trò").value(form.get("vai_tro")).refused(refusals), &roles))
            (fields::date(Field::new("from", "Từ ngày").hint("Để trống là từ hôm nay").value(form.get("from")).optional().refused(refusals)))
            (fields::date(Field::new("to", "Đến hết ngày").hint("Để trống nếu chưa biết").value(form.get("to")).optional().refused(refusals)))
            (fields::text(Field::new("note", "Ghi chú").hint("Ví dụ: Quyết định 12/QĐ-SCT ngày 05/01/2026").value(form.get("note")).optional()))
            (parts::button("Giao vai trò"))
        }
    }
}

pub async fn give(visit: Visit, Path(id): Path<String>, form: Posted) -> Answer {
    let id = id_of(&id)?;
    let done = web::once(&visit, &form, Some("Đã giao vai trò."), async {
        actions::give_role(&visit.site, &visit.scope, id, read(&visit, &form)?).await?;
        Ok(format!("/quan-tri/nguoi-dung/{id}"))
    });
    match done.await {
        Err(Fault(Failure::Refused(refusals))) => {
            let account = people::account(&mut visit.site.db.read().await?, id).await?.ok_or(Failure::NotFound)?;
            web::show_again(whole(&visit, &account, None, &form, &refusals).await?, refusals)
        }
        done => done,
    }
}

fn read(visit: &Visit, form: &Posted) -> Result<Giving, Failure> {
    let mut refusals = Refusals::new();
    let today = visit.scope.today();
    let giving = Giving {
        unit: form.get("don_vi").parse().ok(),
        role: Role::from_code(form.get("vai_tro")),
        from: form::day(form, "from", today, &mut refusals),
        last: form::day(form, "to", today, &mut refusals),
        note: form.text("note").unwrap_or_default(),
    };
    if refusals.is_empty() { Ok(giving) } else { Err(refusals.into()) }
}

pub async fn end_role(visit: Visit, form: Posted) -> Answer {
    let grant: GrantId = form.hidden("grant")?;
    let account = actions::end_role(&visit.site, &visit.scope, grant).await?;
    web::to(format!("/quan-tri/nguoi-dung/{account}"), Some("Đã kết thúc vai trò."))
}

/// Every press makes a new link; the last one made and the ones before it all work until one is used.
pub async fn make_link(visit: Visit, Path(id): Path<String>, _form: Posted) -> Answer {
    let id = id_of(&id)?;
    let link = actions::password_link(&visit.site, &visit.scope, id).await?;
    let account = people::account(&mut visit.site.db.read().await?, id).await?.ok_or(Failure::NotFound)?;
    web::show(whole(&visit, &account, Some(&link), &Posted::default(), &[]).await?)
}

pub async fn close(visit: Visit, Path(id): Path<String>, _form: Posted) -> Answer {
    let id = id_of(&id)?;
    actions::close_person(&visit.site, &visit.scope, id, true).await?;
    web::to(format!("/quan-tri/nguoi-dung/{id}"), Some("Đã khoá tài khoản. Mọi phiên của người này đã kết thúc."))
}

pub async fn open(visit: Visit, Path(id): Path<String>, _form: Posted) -> Answer {
    let id = id_of(&id)?;
    actions::close_person(&visit.site, &visit.scope, id, false).await?;
    web::to(format!("/quan-tri/nguoi-dung/{id}"), Some("Đã mở lại tài khoản."))
}

pub async fn second_off(visit: Visit, Path(id): Path<String>, _form: Posted) -> Answer {
    let id = id_of(&id)?;
    actions::switch_second_off(&visit.site, &visit.scope, id).await?;
    web::to(format!("/quan-tri/nguoi-dung/{id}"), Some("Đã tắt xác thực hai lớp."))
}

pub async fn unbind(visit: Visit, Path(id): Path<String>, _form: Posted) -> Answer {
    let id = id_of(&id)?;
    actions::unbind_person(&visit.site, &visit.scope, id).await?;
    web::to(format!("/quan-tri/nguoi-dung/{id}"), Some("Đã gỡ khỏi đăng nhập chung."))
}
