//! The bar at the top and the navigation at the left.

use base::{Decimal, number};
use maud::{Markup, html};

use super::super::icons::Icon;
use super::words::SITE;
use super::{Frame, Person};

pub(super) fn office(frame: &Frame) -> Markup {
    html! {
        div.bar {
            @if !frame.nav.is_empty() {
                button.bar-nav type="button" popovertarget="nav" { (Icon::Menu) " Danh mục" }
            }
            (mark(frame))
            @if frame.person.is_some() && !frame.doors.search.is_empty() {
                form.bar-find role="search" action=(frame.doors.search) {
                    label.vh for="q" { "Tìm trong hệ thống" }
                    input #q type="search" name="q" placeholder="Tìm tiêu chí, đơn vị, tài liệu" autocomplete="off" data-find;
                    button type="submit" { (Icon::Search) span.vh { "Tìm" } }
                }
            }
            @match &frame.person {
                Some(person) => { (bell(frame, person)) (menu(frame, person)) },
                None => @if !frame.doors.sign_in.is_empty() { a.bar-link href=(frame.doors.sign_in) { "Đăng nhập" } },
            }
        }
    }
}

pub(super) fn citizen(frame: &Frame) -> Markup {
    html! {
        div.bar {
            (mark(frame))
            @if let Some(person) = &frame.person { (menu(frame, person)) }
        }
        @if !frame.owner.is_empty() { p.official { "Trang chính thức của " (frame.owner) } }
    }
}

fn mark(frame: &Frame) -> Markup {
    html! {
        a.mark href=(frame.doors.home) { (Icon::Door) span { (SITE) } }
        @if !frame.owner.is_empty() { span.owner { (frame.owner) } }
    }
}

/// What there is to be read, by its number: a bell alone says nothing to those who do not see it.
fn bell(frame: &Frame, person: &Person) -> Markup {
    let count = if person.unread > 99 { "99+".to_owned() } else { person.unread.to_string() };
    html! {
        @if !frame.doors.notices.is_empty() {
            a.bar-link.bell href=(frame.doors.notices) {
                (Icon::Bell) span.vh { "Thông báo" }
                @if person.unread > 0 { b { (count) span.vh { " chưa đọc" } } }
            }
        }
    }
}

/// Name and hat; inside, the other hats and the way out. A `details`, so it opens without script.
fn menu(frame: &Frame, person: &Person) -> Markup {
    let hat = person.hats.iter().find(|hat| hat.current).map_or(person.unit.as_str(), |hat| &hat.label);
    html! {
        details.me data-menu {
            summary { (Icon::Person) span { (person.name) small { (hat) } } (Icon::Down) }
            div.menu {
                @if person.hats.len() > 1 {
                    form method="post" action=(frame.doors.hat) {
                        input type="hidden" name="csrf" value=(frame.csrf);
                        p { "Đang làm việc với vai trò" }
                        @for hat in &person.hats {
                            button type="submit" name="hat" value=(hat.id) aria-current=[hat.current.then_some("true")] {
                                @if hat.current { (Icon::Check) } (hat.label)
                            }
                        }
                    }
                }
                @if !frame.doors.account.is_empty() { a href=(frame.doors.account) { "Tài khoản và mật khẩu" } }
                form method="post" action=(frame.doors.sign_out) {
                    input type="hidden" name="csrf" value=(frame.csrf);
                    button type="submit" { "Đăng xuất" }
                }
            }
        }
    }
}

/// On a narrow screen and on a wide page it is a popover, which needs no script either.
pub(super) fn nav(frame: &Frame) -> Markup {
    html! {
        nav #nav .nav popover aria-label="Danh mục" {
            button.nav-close type="button" popovertarget="nav" popovertargetaction="hide" { (Icon::Cross) " Đóng" }
            @for group in &frame.nav {
                @if !group.title.is_empty() { h2 { (group.title) } }
                ul {
                    @for item in &group.items {
                        li {
                            a href=(item.href) aria-current=[item.current.then_some("page")] {
                                span { (item.label) }
                                @if let Some(count) = item.count {
                                    @if item.urgent { b.urgent { (Icon::Triangle) (grouped(count)) } } @else { b { (grouped(count)) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// 1204 → "1.204".
fn grouped(count: u64) -> String {
    number::vi(&Decimal::from(count))
}
