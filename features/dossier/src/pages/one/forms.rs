//! What may be done with a dossier now, by this person: one form each; what is rarely done lies folded.

use super::role_of;
use crate::actions::{Held, Seen};
use crate::model::*;
use crate::pages::place;
use base::Refusal;
use maud::{Markup, html};
use people::Role;
use std::collections::BTreeMap;
use web::look::fields::{self, Choice, Field};
use web::look::parts::{self, Button, Tone};
use web::{Posted, Visit, form};
use workflow::{Give, open};

/// The head of every form on this page.
pub(super) fn begin(visit: &Visit, seen: &Seen) -> Markup {
    html! { (form::token(visit)) input type="hidden" name="version" value=(seen.at.dossier.version); }
}

pub(super) fn to(seen: &Seen, deed: &str) -> String {
    format!("{}/{deed}", place::dossier(seen.at.dossier.id))
}

/// What was typed into one of these forms when it was refused.
struct Typed<'a>(Option<&'a Posted>);

impl Typed<'_> {
    fn get(&self, name: &str) -> &str {
        self.0.map_or("", |form| form.get(name))
    }
}

/// Everything that this person may do now.
pub fn now(
    visit: &Visit,
    seen: &Seen,
    candidates: &BTreeMap<String, Vec<Candidate>>,
    typed: Option<&Posted>,
    refusals: &[Refusal],
) -> Markup {
    let typed = Typed(typed);
    let dossier = &seen.at.dossier;
    if !dossier.state.is_open() {
        return parts::notice(Tone::Calm, html! { "Hồ sơ đã kết thúc: " (dossier.state.say()) "." });
    }
    let mine = seen.at.all_mine(&visit.scope);
    let refused = |fields: &[&str]| {
        refusals
            .iter()
            .any(|no| no.field.as_deref().is_some_and(|field| fields.iter().any(|one| field.starts_with(one))))
    };
    html! {
        @if dossier.awaits() && dossier.paused.is_none() && seen.at.sight.counts {
            (parts::section("Tiếp nhận hồ sơ trực tuyến", None, accept(visit, seen, &typed, refusals)))
        }
        @if dossier.paused.is_some() {
            (paused(visit, seen, &typed, refusals))
        } @else {
            @for (step, of) in &mine { (parts::section(&step.name, None, leave(visit, seen, step, of, candidates, &typed, refusals))) }
            @if mine.is_empty() && !dossier.awaits() { (waits(seen)) }
        }
        @for (step, _) in seen.at.running() {
            @if let Some(all) = candidates.get(&step.code).filter(|_| visit.scope.has_any(&[Role::Head, Role::Coordinator])) { (give(visit, seen, step, all, refusals)) }
        }
        @if dossier.paused.is_none() && (!mine.is_empty() || seen.at.sight.heads || (dossier.awaits() && seen.at.sight.counts)) {
            (parts::details_open("Yêu cầu bổ sung", refused(&["giay", "can_", "den_ngay"]), ask(visit, seen, &typed, refusals)))
            (super::coordination::ways(seen))
            (parts::details("Từ chối giải quyết", reason(visit, seen, "tu-choi", "Từ chối hồ sơ", "Lý do và căn cứ", &typed)))
        }
        @if seen.at.sight.counts {
            (parts::details("Người nộp rút hồ sơ", reason(visit, seen, "rut", "Ghi nhận rút hồ sơ", "Đề nghị của người nộp", &typed)))
            @if dossier.paused.is_none() && !dossier.awaits() { (parts::details_open("Sửa lúc nhận", refused(&["luc_nhan", "ly_do_lui"]), correct(visit, seen, &typed, refusals))) }
        }
        @if seen.at.sight.heads { (parts::details_open("Xin lỗi và hẹn lại ngày trả", refused(&["so_ngay"]), extend(visit, seen, &typed, refusals))) }
        @if may_undo(visit, seen) {
            form method="post" action=(to(seen, "rut-buoc")) { (begin(visit, seen)) (Button::new("Rút lại bước vừa làm").quiet()) }
        }
    }
}

/// Papers that the agency has of the same owner: taken over instead of asked for.
pub fn reuse(visit: &Visit, seen: &Seen, held: &[Held]) -> Markup {
    let name = |code: &str| {
        seen.attached.papers.iter().find(|paper| paper.code == code).map_or("", |paper| paper.name.as_str())
    };
    html! {
        @for one in held {
            @for file in &one.files {
                form method="post" action=(to(seen, "dung-lai")) {
                    (begin(visit, seen))
                    input type="hidden" name="giay" value=(one.paper);
                    input type="hidden" name="tep" value=(file.id);
                    p {
                        strong { (name(&one.paper)) } " đã có trong hồ sơ " (one.earlier.from) ", nhận " (base::day::vi_moment(one.earlier.received)) ": " (file.name) ". "
                        (Button::new("Dùng lại").about(&file.name).second())
                    }
                }
            }
        }
    }
}

/// What came online: looked at, then officially received.
fn accept(visit: &Visit, seen: &Seen, typed: &Typed<'_>, refusals: &[Refusal]) -> Markup {
    let tariffs: Vec<(String, String)> = crate::actions::tariffs(&seen.at.procedure, &seen.at.dossier.case)
        .into_iter()
        .map(|(at, words)| (at.to_string(), words))
        .collect();
    let choices: Vec<Choice> = tariffs.iter().map(|(at, words)| Choice::new(at, words)).collect();
    html! {
        p { "Người nộp gửi lúc " (base::day::vi_moment(seen.at.dossier.submitted.unwrap_or(seen.at.dossier.received))) ". Phải tiếp nhận hoặc yêu cầu bổ sung trong 8 giờ làm việc." }
        (judge(visit, seen))
        form.form method="post" action=(to(seen, "tiep-nhan")) data-guard {
            (begin(visit, seen))
            @if !choices.is_empty() { (fields::radios(Field::new("muc_thu", "Mức thu").value(typed.get("muc_thu")).refused(refusals), &choices)) }
            (Button::new("Tiếp nhận chính thức"))
        }
    }
}

/// The last step was this person's, and its process lets it be taken back.
fn may_undo(visit: &Visit, seen: &Seen) -> bool {
    let last = seen.at.steps.iter().filter(|step| step.done.is_some()).max_by_key(|step| step.done);
    let Some(last) = last.filter(|last| crate::rules::did(&visit.scope, last) && !last.back) else { return false };
    let undo = seen.at.process.steps.iter().any(|step| step.code == last.code && step.undo);
    undo && seen.at.dossier.paused.is_none() && seen.at.running().all(|(step, _)| Some(step.begun) == last.done)
}

fn waits(seen: &Seen) -> Markup {
    parts::notice(
        Tone::Info,
        html! { @for (step, of) in seen.at.running() { div { "Đang ở bước “" (step.name) "”, do " (does(step, of)) " thực hiện." } } },
    )
}

/// Who does a step: another agency by its name, else the role.
fn does<'a>(step: &'a Step, of: &'a workflow::Step) -> &'a str {
    of.agency.as_deref().filter(|_| step.agency.is_some()).unwrap_or_else(|| role_of(step))
}

/// A step's form: what it needs, what is written, and a button for each way that is open.
fn leave(
    visit: &Visit,
    seen: &Seen,
    step: &Step,
    of: &workflow::Step,
    candidates: &BTreeMap<String, Vec<Candidate>>,
    typed: &Typed<'_>,
    refusals: &[Refusal],
) -> Markup {
    let needs: Vec<&str> = of.needs.iter().map(|need| need.say()).collect();
    let note = if typed.get("buoc") == step.code { typed.get("y_kien") } else { "" };
    html! {
        @if let Some(due) = step.due { p { "Hạn của bước: " (base::day::vi_moment(due)) @if !of.output.is_empty() { ". Kết quả của bước: " (of.output) } } }
        @if !needs.is_empty() { p.quiet { "Cần có: " (needs.join(", ")) "." } }
        @if of.needs.contains(&workflow::Need::Papers) { (judge(visit, seen)) }
        @if of.gives.contains(&Give::Result) { (draft(visit, seen, refusals)) }
        @if of.gives.contains(&Give::Signature) { (sign(visit, seen)) }
        form.form method="post" action=(to(seen, "chuyen")) data-guard {
            (begin(visit, seen))
            input type="hidden" name="buoc" value=(step.code);
            (fields::textarea(Field::new("y_kien", "Ý kiến").id(format!("y-kien-{}", step.code)).value(note).rows(2).optional().refused(refusals)))
            (hand_on(seen, of, candidates, typed, refusals))
            @for (say, value, back) in ways(seen, of) {
                @if back { (Button::new(&say).second().sends("duong", &value)) } @else { (Button::new(&say).sends("duong", &value).key("alt+t")) }
                " "
            }
        }
    }
}

/// Who gets it next: asked where one step follows that more than one person could do.
fn hand_on(
    seen: &Seen,
    of: &workflow::Step,
    candidates: &BTreeMap<String, Vec<Candidate>>,
    typed: &Typed<'_>,
    refusals: &[Refusal],
) -> Markup {
    let mut next: Vec<usize> = of.moves.iter().filter(|one| !one.back).flat_map(|one| one.to.clone()).collect();
    next.sort_unstable();
    next.dedup();
    let [only] = next[..] else { return html! {} };
    let all = candidates.get(&seen.at.process.steps[only].code).map_or(&[][..], Vec::as_slice);
    if all.len() < 2 {
        return html! {};
    }
    let lines = choices_of(all);
    let field = Field::new("giao_tiep", "Giao tiếp cho").id(format!("giao-tiep-{}", of.code));
    fields::select(field.value(typed.get("giao_tiep")).optional().refused(refusals), &with_nobody(&lines))
}

/// The one with the least work stands first.
fn choices_of(all: &[Candidate]) -> Vec<(String, String)> {
    let line = |one: &Candidate| format!("{}, {} ({} hồ sơ)", one.name, one.office_name, one.load);
    all.iter().map(|one| (one.account.to_string(), line(one))).collect()
}

fn with_nobody(lines: &[(String, String)]) -> Vec<Choice<'_>> {
    let nobody = Choice::new("", "Không giao riêng ai");
    std::iter::once(nobody).chain(lines.iter().map(|(id, label)| Choice::new(id, label))).collect()
}

/// The ways out of a step: words, what the button sends, whether it goes back.
fn ways(seen: &Seen, of: &workflow::Step) -> Vec<(String, String, bool)> {
    if let Some(end) = of.end {
        let say = end.say();
        let capital: String = say.chars().take(1).flat_map(char::to_uppercase).chain(say.chars().skip(1)).collect();
        return vec![(capital, String::new(), false)];
    }
    let case = Some(seen.at.dossier.case.as_str());
    let choices = of.choices.iter().map(|choice| Some(choice.as_str())).chain(of.choices.is_empty().then_some(None));
    let mut found: Vec<(String, String, bool)> = Vec::new();
    for chosen in choices {
        for at in open(of, case, chosen) {
            let one = &of.moves[at];
            // A way that asks for no choice is one button, whatever is chosen.
            let chosen = one.chosen.as_deref().or(if one.chosen.is_some() { chosen } else { None });
            let names: Vec<&str> = one.to.iter().map(|to| seen.at.process.steps[*to].name.as_str()).collect();
            let say = format!("{}: {}", if one.back { "Trả về" } else { "Chuyển" }, names.join(" và "));
            let value = format!("{at}|{}", chosen.unwrap_or_default());
            if !found.iter().any(|(_, known, _)| *known == value) {
                found.push((say, value, one.back));
            }
        }
    }
    found
}

fn judge(visit: &Visit, seen: &Seen) -> Markup {
    let verdicts = [Choice::new("1", "Đạt"), Choice::new("0", "Chưa đạt")];
    let inside = html! {
        form.form method="post" action=(to(seen, "tham-dinh")) {
            (begin(visit, seen))
            @for paper in &seen.attached.papers {
                @let (name, fault) = (format!("dat_{}", paper.code), format!("loi_{}", paper.code));
                @let value = match paper.good { Some(true) => "1", Some(false) => "0", None => "" };
                input type="hidden" name="ma_giay" value=(paper.code);
                (fields::radios(Field::new(&name, &paper.name).value(value), &verdicts))
                (fields::text(Field::new(&fault, "Lý do chưa đạt").id(format!("chua-dat-{}", paper.code)).value(&paper.fault).optional()))
            }
            (Button::new("Lưu kết quả thẩm định").second())
        }
    };
    let unseen = seen.attached.papers.iter().filter(|paper| paper.good.is_none()).count();
    let title = if unseen > 0 {
        format!("Thẩm định giấy tờ ({unseen} chưa xem)")
    } else {
        "Thẩm định giấy tờ".into()
    };
    parts::details_open(&title, unseen > 0, inside)
}

fn draft(visit: &Visit, seen: &Seen, refusals: &[Refusal]) -> Markup {
    let limits = visit.site.files.limits();
    let name = seen.at.procedure.results.first().map_or("", |one| one.name.as_str());
    html! {
        form.form method="post" action=(to(seen, "du-thao")) enctype="multipart/form-data" {
            (begin(visit, seen))
            (fields::text(Field::new("ten_ket_qua", "Tên kết quả").value(name)))
            (fields::file_within(Field::new("tep", "Tệp kết quả").refused(refusals), limits, false))
            (Button::new("Đính kèm dự thảo").second())
        }
    }
}

fn sign(visit: &Visit, seen: &Seen) -> Markup {
    let unsigned = seen.brought.results.iter().filter(|result| result.signed.is_none()).count();
    html! {
        @if unsigned > 0 {
            form.form method="post" action=(to(seen, "ky")) { (begin(visit, seen)) (Button::new("Ký kết quả").second()) }
        }
    }
}

/// A draft is taken away by whoever may attach one.
pub fn drop_draft(visit: &Visit, seen: &Seen, result: &Outcome) -> Markup {
    let drafts = seen.at.all_mine(&visit.scope).iter().any(|(_, of)| of.gives.contains(&Give::Result));
    html! {
        @if result.signed.is_none() && drafts {
            form method="post" action=(to(seen, "bo-du-thao")) {
                (begin(visit, seen)) input type="hidden" name="ket_qua" value=(result.id);
                (Button::new("Bỏ dự thảo").about(&result.name).quiet())
            }
        }
    }
}

pub fn issue(visit: &Visit, seen: &Seen, result: &Outcome) -> Markup {
    let may =
        result.signed.is_some() && result.number.is_empty() && visit.scope.has_any(&[Role::Registrar, Role::Clerk]);
    html! {
        @if may && !seen.at.all_mine(&visit.scope).is_empty() {
            form method="post" action=(to(seen, "vao-so")) {
                (begin(visit, seen)) input type="hidden" name="ket_qua" value=(result.id);
                (Button::new("Vào sổ, cấp số").second())
            }
        }
    }
}

/// Giving a step to somebody: the one with the least work stands first.
fn give(visit: &Visit, seen: &Seen, step: &Step, all: &[Candidate], refusals: &[Refusal]) -> Markup {
    let lines = choices_of(all);
    let choices = with_nobody(&lines);
    let holder = step.holder.map(|id| id.to_string()).unwrap_or_default();
    html! {
        form.filters.alone method="post" action=(to(seen, "phan-cong")) {
            (begin(visit, seen))
            input type="hidden" name="buoc" value=(step.code);
            (fields::select(Field::new("giao_cho", &format!("Giao “{}” cho", step.name)).id(format!("giao-{}", step.code)).value(&holder).refused(refusals), &choices))
            (Button::new("Phân công").second())
        }
    }
}

fn ask(visit: &Visit, seen: &Seen, typed: &Typed<'_>, refusals: &[Refusal]) -> Markup {
    let again = seen.at.dossier.asked > 0;
    let posted = typed.0.filter(|form| form.has("la_bo_sung"));
    let (reason, until) = (typed.get("ly_do"), typed.get("den_ngay"));
    html! {
        @if again { (parts::notice(Tone::Soon, html! { "Đã yêu cầu bổ sung một lần. Lần nữa phải do lãnh đạo cơ quan gửi." })) }
        form.form method="post" action=(to(seen, "bo-sung")) data-guard {
            (begin(visit, seen))
            input type="hidden" name="la_bo_sung" value="1";
            p { "Ghi một lần, đầy đủ mọi giấy tờ cần bổ sung. Thời hạn tạm dừng đến khi nhận được." }
            fieldset.govuk-fieldset {
                legend.govuk-fieldset__legend { "Giấy tờ cần bổ sung" }
                @for paper in wanted(seen) {
                    @let (fault, wanted, name) = (format!("loi_{}", paper.0), format!("can_{}", paper.0), format!("ten_{}", paper.0));
                    @let ticked = posted.is_some_and(|form| form.all("giay").any(|code| code == paper.0));
                    @let (said_fault, said_wanted) = (typed.get(&fault).to_owned(), typed.get(&wanted).to_owned());
                    div.govuk-checkboxes__item {
                        input.govuk-checkboxes__input type="checkbox" id={ "giay-" (paper.0) } name="giay" value=(paper.0) checked[ticked];
                        label.govuk-label.govuk-checkboxes__label for={ "giay-" (paper.0) } { (paper.1) }
                    }
                    input type="hidden" name=(name) value=(paper.1);
                    (fields::text(Field::new(&fault, "Lý do").value(&said_fault).optional()))
                    (fields::text(Field::new(&wanted, "Người dân cần làm gì").value(&said_wanted).optional().refused(refusals)))
                }
            }
            (fields::textarea(Field::new("ly_do", "Lý do chung").id("ly-do-bo-sung").value(reason).rows(2).refused(refusals)))
            (fields::date(Field::new("den_ngay", "Ngày cuối để bổ sung").value(until).optional().refused(refusals)))
            (Button::new("Gửi yêu cầu bổ sung"))
        }
    }
}

/// All papers of the case, also those that were not handed in.
fn wanted(seen: &Seen) -> Vec<(String, String)> {
    let asked = seen.at.procedure.asked(&seen.at.dossier.case);
    asked
        .map(|asked| asked.papers.iter().map(|paper| (paper.code.clone(), paper.name.clone())).collect())
        .unwrap_or_default()
}

/// While the clock stands: what is waited for, and the form for when it comes.
fn paused(visit: &Visit, seen: &Seen, typed: &Typed<'_>, refusals: &[Refusal]) -> Markup {
    let open = seen.past.asks.iter().rfind(|ask| ask.answered.is_none());
    let limits = visit.site.files.limits();
    let note = typed.get("y_kien").to_owned();
    let Some(ask) = open else { return super::coordination::stands(seen) };
    html! {
        (parts::notice(Tone::Calm, html! {
            "Tạm dừng từ " (base::day::vi_moment(ask.at)) ", chờ bổ sung"
            @if let Some(until) = ask.until { " đến hết ngày " (base::day::vi(until)) } ": " (ask.reason)
        }))
        form.form method="post" action=(to(seen, "nhan-bo-sung")) enctype="multipart/form-data" data-guard {
            (begin(visit, seen))
            @for item in &ask.items {
                @let name = format!("tep_{}", item.code);
                input type="hidden" name="ma_giay" value=(item.code);
                p { strong { (item.name) } @if !item.wanted.is_empty() { ": " (item.wanted) } }
                (fields::file_within(Field::new(&name, "Tệp quét").optional().refused(refusals), limits, true))
            }
            (fields::textarea(Field::new("y_kien", "Ghi chú").value(&note).rows(2).optional()))
            (Button::new("Đã nhận bổ sung"))
        }
    }
}

fn reason(visit: &Visit, seen: &Seen, deed: &str, button: &str, label: &str, typed: &Typed<'_>) -> Markup {
    html! {
        form.form method="post" action=(to(seen, deed)) data-guard {
            (begin(visit, seen))
            (fields::textarea(Field::new("ly_do", label).id(format!("ly-do-{deed}")).value(typed.get("ly_do")).rows(2)))
            (Button::new(button).danger())
        }
    }
}

fn correct(visit: &Visit, seen: &Seen, typed: &Typed<'_>, refusals: &[Refusal]) -> Markup {
    html! {
        form.form method="post" action=(to(seen, "sua-luc-nhan")) data-guard {
            (begin(visit, seen))
            (fields::text(Field::new("luc_nhan", "Lúc nhận đúng").hint("Ví dụ 24/11/2026 15:30").value(typed.get("luc_nhan")).refused(refusals)))
            (fields::text(Field::new("ly_do_lui", "Lý do sửa").value(typed.get("ly_do_lui")).refused(refusals)))
            (Button::new("Sửa lúc nhận").second())
        }
    }
}

fn extend(visit: &Visit, seen: &Seen, typed: &Typed<'_>, refusals: &[Refusal]) -> Markup {
    html! {
        form.form method="post" action=(to(seen, "xin-loi")) data-guard {
            (begin(visit, seen))
            (fields::number(Field::new("so_ngay", "Thêm số ngày làm việc").value(typed.get("so_ngay")).width(5).refused(refusals)))
            (fields::textarea(Field::new("ly_do", "Lý do chậm").id("ly-do-xin-loi").value(typed.get("ly_do")).rows(2).refused(refusals)))
            (Button::new("Xin lỗi và hẹn lại"))
        }
    }
}
