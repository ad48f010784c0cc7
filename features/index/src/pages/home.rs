//! "Việc của tôi": what waits for the person, in the rounds under way. Each line is a link with its count.

use crate::actions::overview::{CardWaiting, Waiting, jobs, waiting};
use crate::model::*;
use crate::pages::place;
use crate::pages::rounds::{days_left, sample, standing};
use crate::rules;
use maud::{Markup, html};
use people::Role;
use web::look::Page;
use web::look::parts::{self, Task, Tone};
use web::{Answer, Routes, Visit, Who, show};

pub fn routes() -> Routes {
    Routes::new().get("/", Who::SignedIn, page)
}

async fn page(visit: Visit) -> Answer {
    let mut conn = visit.site.db.read().await?;
    let rounds = waiting(&mut conn, &visit.scope).await?;
    let jobs = jobs(&mut conn, &visit.scope).await?;
    let mut sections = Vec::new();
    for one in &rounds {
        let todo = todo(&visit, one);
        if !todo.is_empty() {
            sections.push((one, todo));
        }
    }
    let body = html! {
        @for (one, todo) in &sections { (section(&visit, one, todo)) }
        @if !jobs.is_empty() {
            (parts::section("Việc nền", None, html! {
                ul.tasks { @for job in &jobs { li { div { a href={ "/viec-nen/" (job.id) } { (job.title) } } (parts::tag(Tone::Info, job.status.name())) } } }
            }))
        }
        @if sections.is_empty() && jobs.is_empty() { (nothing(&visit)) }
    };
    let mut page = Page::new("Việc của tôi", body);
    let roles: Vec<&str> = visit.scope.roles.iter().map(|role| role.name()).collect();
    let unit = visit
        .hats
        .iter()
        .find(|hat| Some(hat.unit) == visit.scope.unit)
        .map(|hat| hat.unit_name.as_str())
        .unwrap_or_default();
    page.lead = Some(
        html! { (visit.session.name) @if !roles.is_empty() { ", " (roles.join(", ")) } @if !unit.is_empty() { ", " (unit) } },
    );
    show(page)
}

/// One thing to do; done ones are left out.
struct Todo {
    name: String,
    href: String,
    hint: String,
    count: usize,
    tone: Tone,
    state: String,
}

impl Todo {
    fn new(name: impl Into<String>, href: String, count: usize) -> Todo {
        Todo { name: name.into(), href, hint: String::new(), count, tone: Tone::Info, state: String::new() }
    }

    fn tone(mut self, tone: Tone) -> Todo {
        self.tone = tone;
        self
    }

    fn hint(mut self, hint: impl Into<String>) -> Todo {
        self.hint = hint.into();
        self
    }

    fn state(mut self, state: impl Into<String>) -> Todo {
        self.state = state.into();
        self
    }
}

fn todo(visit: &Visit, one: &Waiting) -> Vec<Todo> {
    let mut found = Vec::new();
    if let Some(card) = &one.card {
        of_card(visit, one, card, &mut found);
    }
    let left: usize = one.fields.iter().map(|field| field.left).sum();
    for field in one.fields.iter().filter(|field| field.left > 0) {
        let href = field.next.map_or_else(
            || place::round(one.round.id),
            |unit| format!("{}?linh_vuc={}&hien=con-thieu", place::appraisal(one.round.id, unit), field.code),
        );
        let name = format!("Thẩm định lĩnh vực {}: {}", field.code, field.name);
        found.push(
            Todo::new(name, href, field.left)
                .hint(format!("{}, {} đơn vị đã gửi phiếu", people::kind_name(&field.kind), field.units))
                .state(format!("còn {} tiêu chí", field.left)),
        );
    }
    if left == 0 && !one.fields.is_empty() {
        let sent = one.fields.iter().any(|field| field.units > 0);
        let state = if sent { "đã xong các phiếu đã gửi" } else { "chưa có phiếu nào gửi" };
        found.push(Todo::new("Thẩm định", place::round(one.round.id), 0).tone(Tone::Plain).state(state));
    }
    if one.reopens > 0 {
        found.push(
            Todo::new("Đề nghị mở lại phiếu", place::round(one.round.id), one.reopens)
                .tone(Tone::Soon)
                .state(format!("{} đề nghị", one.reopens)),
        );
    }
    if one.ready > 0 {
        let href = format!("{}?sap=con", place::round(one.round.id));
        found.push(
            Todo::new("Kết luận đơn vị đã thẩm định xong", href, one.ready).state(format!("{} đơn vị", one.ready)),
        );
    }
    if visit.scope.has(Role::Council) && one.phase == Phase::Concluding && one.concluded == one.units && one.units > 0 {
        found.push(
            Todo::new("Công bố kết quả", format!("{}/cong-bo", place::round(one.round.id)), 1)
                .tone(Tone::Soon)
                .state("mọi đơn vị đã kết luận"),
        );
    }
    if visit.scope.has_any(&[Role::Council, Role::Admin]) && visit.scope.is_of(one.round.province) {
        found.push(
            Todo::new("Theo dõi cả đợt", place::round(one.round.id), 0)
                .tone(Tone::Plain)
                .state(format!("đã kết luận {}/{} đơn vị", one.concluded, one.units)),
        );
    }
    found
}

fn of_card(visit: &Visit, one: &Waiting, card: &CardWaiting, found: &mut Vec<Todo>) {
    let here = place::card(one.round.id, card.unit);
    let scoring = card.state == CardState::Scoring && one.phase == Phase::Scoring;
    if card.my_left > 0 {
        let name = "Tiêu chí giao cho bạn hoặc phòng của bạn";
        found.push(
            Todo::new(name, format!("{here}?hien=cua-toi"), card.my_left)
                .tone(Tone::Soon)
                .state(format!("còn {} tiêu chí", card.my_left)),
        );
    }
    if !card.questions.is_empty() {
        let code = &card.questions[0];
        let hint = format!("Tiêu chí {}", card.questions.join(", "));
        found.push(
            Todo::new(
                "Câu hỏi của cơ quan thẩm định chờ trả lời",
                format!("{here}?mo={code}#ngan"),
                card.questions.len(),
            )
            .hint(hint)
            .tone(Tone::Hot)
            .state(format!("{} câu hỏi", card.questions.len())),
        );
    }
    if card.may_send && scoring {
        found.push(
            Todo::new("Gửi phiếu tự chấm", format!("{here}/gui"), 1)
                .hint("Mọi tiêu chí đã xong.")
                .tone(Tone::Soon)
                .state("chờ lãnh đạo gửi"),
        );
    }
    let left =
        rules::phase_end(&one.round, one.phase).map(|end| (end - visit.scope.today()).get_days()).filter(|_| scoring);
    let (tone, state) = match (card.state, left) {
        (CardState::Scoring, Some(left)) => (
            if left <= 1 {
                Tone::Hot
            } else if left <= 7 {
                Tone::Soon
            } else {
                Tone::Info
            },
            days_left(left),
        ),
        (CardState::Scoring, None) => (Tone::Calm, "chưa gửi".to_owned()),
        (CardState::Submitted, _) => (Tone::Plain, "đã gửi".to_owned()),
        (CardState::Appraised, _) => (Tone::Plain, "đã thẩm định lần 1".to_owned()),
        (CardState::Explained, _) => (Tone::Plain, "đã giải trình".to_owned()),
        (CardState::Concluded, _) => (Tone::Plain, "đã kết luận".to_owned()),
    };
    let hint = format!("Đã xong {}/{} tiêu chí tự chấm", card.done, card.all);
    found
        .push(Todo::new(format!("Phiếu chấm điểm của {}", card.unit_name), here, 0).hint(hint).tone(tone).state(state));
}

fn section(visit: &Visit, one: &Waiting, todo: &[Todo]) -> Markup {
    let round = &one.round;
    let tasks: Vec<Task> = todo
        .iter()
        .map(|one| Task { name: &one.name, href: Some(&one.href), hint: &one.hint, tone: one.tone, state: &one.state })
        .collect();
    let open: usize = todo.iter().filter(|one| one.count > 0).count();
    parts::section(
        &round.name,
        Some(html! { a href=(place::round(round.id)) { "Xem đợt chấm" span.vh { " " (round.name) } } }),
        html! {
            p { (standing(visit, round, one.phase)) @if round.sample { " " (sample()) } @if open == 0 { " Chưa có việc nào chờ bạn." } }
            (parts::task_list(&tasks))
        },
    )
}

fn nothing(visit: &Visit) -> Markup {
    let admin = visit.scope.has(Role::Admin);
    let why = if admin {
        "Để bắt đầu: khai báo đơn vị, thêm người dùng và vai trò, nạp bộ tiêu chí, rồi thêm đợt chấm."
    } else {
        "Khi có đợt chấm mở hoặc có tiêu chí giao cho bạn, việc sẽ hiện ở đây."
    };
    let first = html! {
        @if admin {
            (parts::task_list(&[
                Task { name: "Đơn vị", href: Some("/quan-tri/don-vi"), hint: "Tỉnh, sở, xã và các phòng", tone: Tone::Plain, state: "" },
                Task { name: "Người dùng và vai trò", href: Some("/quan-tri/nguoi-dung"), hint: "Đầu mối, lãnh đạo, người thẩm định, hội đồng", tone: Tone::Plain, state: "" },
                Task { name: "Bộ tiêu chí", href: Some("/chi-so/bo-tieu-chi"), hint: "Nạp từ Excel hoặc soạn trên màn hình, rồi ban hành", tone: Tone::Plain, state: "" },
                Task { name: "Đợt chấm", href: Some("/chi-so/dot/moi"), hint: "Năm, ngày của từng bước, đơn vị tham gia", tone: Tone::Plain, state: "" },
            ]))
        }
    };
    html! {
        (parts::empty("Không có việc nào chờ bạn.", why, Some(parts::link_button("Xem các đợt chấm", "/chi-so"))))
        (first)
    }
}
