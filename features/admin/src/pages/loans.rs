//! Delegation: lending one of my roles to a colleague for a period.

use super::account::account_page;
use crate::actions::{self, Loan};
use base::{Date, Refusal, Refusals};
use maud::{Markup, html};
use people::{Failure, Grant, GrantId, Person, Role};
use web::look::Page;
use web::look::fields::{self, Choice, Field};
use web::look::parts::{self, Button};
use web::look::table::{Column, Row, Table};
use web::{Answer, Posted, Visit, form};

/// What the page shows besides the form.
struct Seen {
    colleagues: Vec<Person>,
    /// My grants and what I lent, at whatever unit.
    grants: Vec<Grant>,
    names: Vec<(people::AccountId, String)>,
}

async fn seen(visit: &Visit) -> Result<Seen, Failure> {
    let colleagues = actions::colleagues(&visit.site, &visit.scope).await?;
    let mut conn = visit.site.db.read().await?;
    let (me, today) = (visit.session.account, visit.scope.today());
    let grants = people::grants_of(&mut conn, me, today).await?;
    let mut names = Vec::new();
    for grant in &grants {
        for id in [Some(grant.account), grant.lent_by].into_iter().flatten() {
            if !names.iter().any(|(known, _)| *known == id)
                && let Some(account) = people::account(&mut conn, id).await?
            {
                names.push((id, account.name));
            }
        }
    }
    Ok(Seen { colleagues, grants, names })
}

pub async fn page(visit: Visit) -> Answer {
    web::show(whole(&visit, &seen(&visit).await?, &Posted::default(), &[]))
}

pub async fn send(visit: Visit, form: Posted) -> Answer {
    let done = web::once(
        &visit,
        &form,
        Some("Đã uỷ quyền. Người nhận thấy vai trò này từ ngày bắt đầu."),
        async {
            actions::lend(&visit.site, &visit.scope, read(&visit, &form)?).await?;
            Ok("/tai-khoan/uy-quyen".to_owned())
        },
    );
    match done.await {
        Err(fault) => {
            let seen = seen(&visit).await?;
            form::refused(fault.0, |refusals| whole(&visit, &seen, &form, refusals))
        }
        done => done,
    }
}

/// Days that cannot be read are refused together with what is missing.
fn read(visit: &Visit, form: &Posted) -> Result<Loan, Failure> {
    let today = visit.scope.today();
    let mut refusals = Refusals::new();
    let mut day = |name: &str| form::day(form, name, today, &mut refusals);
    let (from, last) = (day("from"), day("to"));
    if !refusals.is_empty() {
        return Err(refusals.into());
    }
    Ok(Loan {
        to_whom: form.get("account").parse().ok(),
        role: Role::from_code(form.get("role")),
        from,
        last,
        note: form.text("note").unwrap_or_default(),
    })
}

fn whole(visit: &Visit, seen: &Seen, form: &Posted, refusals: &[Refusal]) -> Page {
    account_page(
        "/tai-khoan/uy-quyen",
        "Uỷ quyền",
        html! {
            p.narrow { "Khi vắng mặt, bạn cho đồng nghiệp cùng đơn vị làm thay một vai trò trong một thời gian. Nhật ký ghi rõ ai làm và theo uỷ quyền của ai." }
            (given(visit, seen))
            (parts::section("Uỷ quyền mới", None, new_form(visit, seen, form, refusals)))
        },
    )
}

fn given(visit: &Visit, seen: &Seen) -> Markup {
    let me = visit.session.account;
    let loans: Vec<&Grant> = seen.grants.iter().filter(|grant| grant.lent_by.is_some()).collect();
    if loans.is_empty() {
        return html! {};
    }
    let name = |id| seen.names.iter().find(|(known, _)| *known == id).map_or("", |(_, name)| name.as_str());
    let row = |grant: &&Grant| {
        let mine = grant.lent_by == Some(me);
        let id = grant.id.to_string();
        Row::new(vec![
            html! { (grant.role.name()) },
            html! { (grant.lent_by.map_or("", name)) },
            html! { (name(grant.account)) },
            html! { (base::day::vi(grant.from)) },
            html! { (grant.to.map(last_day).unwrap_or_default()) },
            html! {
                @if mine {
                    form method="post" action="/tai-khoan/uy-quyen/ket-thuc" {
                        (form::token(visit))
                        (Button::new("Thu hồi").quiet().sends("grant", &id).about(&format!("uỷ quyền cho {}", name(grant.account))))
                    }
                }
            },
        ])
    };
    html! {
        (Table {
            caption: "Uỷ quyền đang có",
            caption_shown: true,
            columns: vec![Column::new("Vai trò"), Column::new("Người uỷ quyền"), Column::new("Người được uỷ quyền"), Column::new("Từ ngày"), Column::new("Đến hết ngày"), Column::actions("Việc")],
            rows: loans.iter().map(row).collect(),
            ..Table::default()
        })
    }
}

/// Half-open in the store, the last day included for people.
pub fn last_day(to: Date) -> String {
    base::day::vi(to.yesterday().unwrap_or(to))
}

fn new_form(visit: &Visit, seen: &Seen, form: &Posted, refusals: &[Refusal]) -> Markup {
    let own: Vec<Role> = visit
        .scope
        .roles
        .iter()
        .copied()
        .filter(|role| seen.grants.iter().any(|g| g.role == *role && g.lent_by.is_none() && visit.scope.is_of(g.unit)))
        .collect();
    if own.is_empty() {
        return parts::empty(
            "Bạn chưa có vai trò để uỷ quyền",
            "Chỉ uỷ quyền được vai trò của chính bạn tại đơn vị đang làm việc. Hãy đổi đơn vị ở góc trên nếu cần.",
            None,
        );
    }
    if seen.colleagues.is_empty() {
        return parts::empty(
            "Đơn vị chưa có người khác",
            "Người nhận uỷ quyền phải có vai trò tại cùng đơn vị. Hãy nhờ quản trị thêm người.",
            None,
        );
    }
    let roles: Vec<Choice> = own.iter().map(|role| Choice::new(role.code(), role.name())).collect();
    let labels: Vec<(String, String)> =
        seen.colleagues.iter().map(|person| (person.id.to_string(), label(person))).collect();
    let people: Vec<Choice> = labels.iter().map(|(id, label)| Choice::new(id, label)).collect();
    html! {
        form.form method="post" action="/tai-khoan/uy-quyen" data-guard {
            (form::keyed(visit))
            (fields::select(Field::new("role", "Vai trò").value(form.get("role")).refused(refusals), &roles))
            (fields::select(Field::new("account", "Người được uỷ quyền").value(form.get("account")).refused(refusals), &people))
            (fields::date(Field::new("from", "Từ ngày").value(form.get("from")).refused(refusals)))
            (fields::date(Field::new("to", "Đến hết ngày").value(form.get("to")).refused(refusals)))
            (fields::text(Field::new("note", "Lý do").hint("Ví dụ: đi công tác, theo giấy uỷ quyền số 12/UQ").value(form.get("note")).optional()))
            (parts::button("Uỷ quyền"))
        }
    }
}

fn label(person: &Person) -> String {
    if person.title.is_empty() { person.name.clone() } else { format!("{}, {}", person.name, person.title) }
}

pub async fn end(visit: Visit, form: Posted) -> Answer {
    let id: GrantId = form.hidden("grant")?;
    actions::end_loan(&visit.site, &visit.scope, id).await?;
    web::to("/tai-khoan/uy-quyen", Some("Đã thu hồi uỷ quyền."))
}
