//! One feedback, with everything that may be done with it.

use super::office::{HERE, place};
use super::show;
use crate::actions::{self, Seen};
use crate::model::*;
use axum::extract::Path;
use base::{Refusal, Refusals};
use file::FileUseId;
use maud::{Markup, html};
use people::{AccountId, Failure, UnitId};
use web::look::Page;
use web::look::fields::{self, Field};
use web::look::parts::{self, Button, Event as Line, Tone};
use web::{Answer, Posted, Visit, file_answer, form, show as show_page, to};

pub async fn page(visit: Visit, Path(id): Path<FeedbackId>) -> Answer {
    show_page(shown(&visit, id, None, &[]).await?)
}

pub async fn file(visit: Visit, Path((id, file)): Path<(FeedbackId, FileUseId)>) -> Answer {
    let opened = actions::open_file(&visit.site, &visit.scope, id, file).await?;
    Ok(file_answer(&file::headers(&opened.meta.name, &opened.meta.kind, false), opened.bytes))
}

async fn shown(visit: &Visit, id: FeedbackId, posted: Option<&Posted>, refusals: &[Refusal]) -> Result<Page, Failure> {
    let seen = actions::seen(&visit.site, &visit.scope, id).await?;
    let one = &seen.one;
    let is_open = one.state == State::New;
    let part = Part { visit, seen: &seen, posted, refusals };
    let mut page = Page::new(
        one.code.clone(),
        html! {
            (parts::facts(facts(one)))
            @if !seen.files.is_empty() { (parts::section("Tệp người gửi kèm", None, part.files(&seen.files))) }
            @if is_open {
                (parts::section("Trả lời", None, part.answering()))
                @if seen.seat.oversees {
                    (parts::details_open("Phân công", part.was("giao_cho"), part.giving().await?))
                    (parts::details_open("Chuyển cơ quan khác", part.was("chuyen_den"), part.passing().await?))
                }
            } @else {
                (parts::section("Trả lời", None, html! { p { (one.answer) } (part.files(&seen.answer_files)) }))
                (parts::section("Công khai", None, part.publishing()))
            }
            (parts::section("Diễn biến", None, story(&seen.events)))
        },
    );
    page.lead = Some(html! { (show::state(one)) " Đang ở: " (one.place()) });
    page.crumbs = vec![("Phản ánh, kiến nghị".into(), HERE.into())];
    Ok(page)
}

fn facts(one: &Feedback) -> Vec<(&'static str, Markup)> {
    let text = |value: &str| html! { (value) };
    let mut pairs = vec![
        ("Loại", text(one.kind.say())),
        ("Nội dung", text(&one.said)),
        // The list opens a whole code that the person may see.
        (
            "Mã hồ sơ",
            html! { @if !one.dossier.is_empty() { a href=(web::address::with("/mot-cua", &[("tim", &one.dossier)])) { (one.dossier) } } },
        ),
        ("Người gửi", text(&one.name)),
        ("Điện thoại", text(&one.phone)),
        ("Thư điện tử", text(&one.email)),
        ("Gửi lúc", text(&base::day::vi_moment(one.at))),
        ("Hạn trả lời", text(&base::day::vi_moment(one.due))),
    ];
    pairs.retain(|(_, value)| !value.0.is_empty());
    pairs
}

fn story(events: &[Event]) -> Markup {
    let lines: Vec<Line> = events
        .iter()
        .rev()
        .map(|event| Line {
            when: base::day::vi_moment(event.at),
            who: event.who.clone(),
            what: html! { (event.what) @if !event.note.is_empty() { ": " (event.note) } },
            tone: Tone::Plain,
        })
        .collect();
    parts::timeline(&lines)
}

/// A page with what was typed on it.
struct Part<'a> {
    visit: &'a Visit,
    seen: &'a Seen,
    posted: Option<&'a Posted>,
    refusals: &'a [Refusal],
}

impl Part<'_> {
    fn typed(&self, name: &str) -> &str {
        self.posted.map_or("", |form| form.get(name))
    }

    /// Whether the form that has this field was sent.
    fn was(&self, name: &str) -> bool {
        self.posted.is_some_and(|form| form.has(name))
    }

    fn head(&self) -> Markup {
        html! { (form::token(self.visit)) (form::version(self.posted, self.refusals, self.seen.one.version)) }
    }

    fn files(&self, all: &[file::Use]) -> Markup {
        let here = place(self.seen.one.id);
        html! { @if !all.is_empty() { (show::files(all, |one| format!("{here}/tep/{}", one.id))) } }
    }

    fn answering(&self) -> Markup {
        html! {
            p.quiet { "Người gửi đọc được nguyên văn." }
            form.form method="post" action={ (place(self.seen.one.id)) "/tra-loi" } enctype="multipart/form-data" data-guard {
                (self.head())
                (fields::textarea(Field::new("tra_loi", "Nội dung trả lời").value(self.typed("tra_loi")).rows(5).refused(self.refusals)))
                (show::box_of_files(&self.visit.site, "Tệp kèm trả lời", self.refusals))
                (Button::new("Gửi trả lời")) " "
                (Button::new("Không xử lý, nêu lý do").second().sends("viec", "refused"))
            }
        }
    }

    async fn giving(&self) -> Result<Markup, Failure> {
        let mut conn = self.visit.site.db.read().await?;
        let all = actions::candidates(&mut conn, &self.visit.scope, self.seen.one.agency).await?;
        let lines: Vec<(String, String)> = all
            .iter()
            .map(|one| match one.account {
                None => (one.office.to_string(), one.office_name.clone()),
                Some(account) => {
                    let say = format!("{}, {} ({} đang có)", one.name, one.office_name, one.load);
                    (format!("{}/{account}", one.office), say)
                }
            })
            .collect();
        let choices = fields::with_first("Chọn phòng, người…", &lines);
        Ok(html! {
            form.form method="post" action={ (place(self.seen.one.id)) "/phan-cong" } data-guard {
                (self.head())
                (fields::select(Field::new("giao_cho", "Giao cho").value(self.typed("giao_cho")).refused(self.refusals), &choices))
                (fields::text(Field::new("loi_giao", "Lời giao việc").value(self.typed("loi_giao")).optional()))
                (Button::new("Giao").second())
            }
        })
    }

    async fn passing(&self) -> Result<Markup, Failure> {
        let all = actions::agencies(&self.visit.site).await?;
        let others = all.into_iter().filter(|unit| unit.id != self.seen.one.agency);
        let lines: Vec<(String, String)> = others.map(|unit| (unit.id.to_string(), unit.name)).collect();
        let choices = fields::with_first("Chọn cơ quan…", &lines);
        Ok(html! {
            form.form method="post" action={ (place(self.seen.one.id)) "/chuyen" } data-guard {
                (self.head())
                (fields::select(Field::new("chuyen_den", "Chuyển đến").value(self.typed("chuyen_den")).refused(self.refusals), &choices))
                (fields::text(Field::new("ly_do_chuyen", "Lý do").value(self.typed("ly_do_chuyen")).refused(self.refusals)))
                (Button::new("Chuyển").second())
            }
        })
    }

    /// The text for everybody begins as what was said and answered; whoever writes it takes persons out of it.
    fn publishing(&self) -> Markup {
        let Feedback { id, public, public_question, public_answer, said, answer, .. } = &self.seen.one;
        let is_none = *public == Public::No && public_question.is_empty();
        let (question, reply) = if is_none { (said, answer) } else { (public_question, public_answer) };
        let value = |name: &'static str, now: &str| match self.was(name) {
            true => self.typed(name).to_owned(),
            false => now.to_owned(),
        };
        let (question, reply) = (value("hoi", question), value("dap", reply));
        html! {
            p { (parts::tag(if *public == Public::Yes { Tone::Ok } else { Tone::Calm }, public.say())) }
            @if self.seen.seat.heads && *public != Public::No { (self.approving()) }
            (parts::details_open("Soạn nội dung công khai", self.was("hoi"), html! {
                p.quiet { "Mọi người đọc được. Bỏ tên, địa chỉ, số điện thoại và mọi điều cho biết người gửi là ai." }
                form.form method="post" action={ (place(*id)) "/cong-khai" } data-guard {
                    (self.head())
                    (fields::textarea(Field::new("hoi", "Câu hỏi").value(&question).rows(4).refused(self.refusals)))
                    (fields::textarea(Field::new("dap", "Câu trả lời công khai").value(&reply).rows(4).refused(self.refusals)))
                    (Button::new("Đề nghị công khai").second())
                }
            }))
        }
    }

    fn approving(&self) -> Markup {
        let Feedback { id, public, public_question, public_answer, .. } = &self.seen.one;
        html! {
            (parts::facts([("Câu hỏi", html! { (public_question) }), ("Trả lời", html! { (public_answer) })]))
            form.form method="post" action={ (place(*id)) "/duyet" } data-guard {
                (self.head())
                @if *public == Public::Asked {
                    (Button::new("Duyệt công khai").sends("viec", "duyet")) " "
                    (Button::new("Không duyệt").second().sends("viec", "thoi"))
                } @else { (Button::new("Thôi công khai").second().sends("viec", "thoi")) }
            }
        }
    }
}

async fn back(
    visit: &Visit,
    id: FeedbackId,
    posted: &Posted,
    done: Result<(), Failure>,
    say: &str,
    onward: String,
) -> Answer {
    let page = |no: Refusals| async move { shown(visit, id, Some(posted), &no).await };
    form::settled(done, "Phản ánh", |()| to(onward, Some(say)), page).await
}

type Of = Path<FeedbackId>;

pub async fn answer(visit: Visit, Path(id): Of, posted: Posted) -> Answer {
    let state = State::of(posted.get("viec")).filter(|state| *state == State::Refused).unwrap_or(State::Answered);
    let version = posted.hidden("version")?;
    let mut refusals = Refusals::new();
    let files = show::stored(&visit.site, &posted, &mut refusals).await?;
    let done = match refusals.is_empty() {
        true => {
            let said = (state, posted.get("tra_loi"));
            actions::answer(&visit.site, &visit.scope, id, version, said, &files).await
        }
        false => Err(Failure::Refused(refusals)),
    };
    back(&visit, id, &posted, done, "Đã gửi trả lời.", place(id)).await
}

pub async fn give(visit: Visit, Path(id): Of, posted: Posted) -> Answer {
    let version = posted.hidden("version")?;
    let chosen = posted.get("giao_cho");
    let (office, person) = chosen.split_once('/').unwrap_or((chosen, ""));
    let account: Option<AccountId> = person.parse().ok();
    let to = office.parse::<UnitId>().ok().map(|office| (office, account));
    let done = actions::give(&visit.site, &visit.scope, id, version, to, posted.get("loi_giao")).await;
    back(&visit, id, &posted, done, "Đã phân công.", place(id)).await
}

pub async fn pass(visit: Visit, Path(id): Of, posted: Posted) -> Answer {
    let next = posted.text("chuyen_den").and_then(|text| text.parse().ok());
    let version = posted.hidden("version")?;
    let done = actions::pass(&visit.site, &visit.scope, id, version, next, posted.get("ly_do_chuyen")).await;
    back(&visit, id, &posted, done, "Đã chuyển cơ quan khác.", HERE.into()).await
}

pub async fn propose(visit: Visit, Path(id): Of, posted: Posted) -> Answer {
    let version = posted.hidden("version")?;
    let text = (posted.get("hoi"), posted.get("dap"));
    let done = actions::propose(&visit.site, &visit.scope, id, version, text).await;
    back(&visit, id, &posted, done, "Đã gửi lãnh đạo duyệt.", place(id)).await
}

pub async fn approve(visit: Visit, Path(id): Of, posted: Posted) -> Answer {
    let version = posted.hidden("version")?;
    let (done, say) = match posted.get("viec") {
        "duyet" => (actions::approve(&visit.site, &visit.scope, id, version).await, "Đã công khai."),
        _ => (actions::take_back(&visit.site, &visit.scope, id, version).await, "Không công khai nữa."),
    };
    back(&visit, id, &posted, done, say, place(id)).await
}
