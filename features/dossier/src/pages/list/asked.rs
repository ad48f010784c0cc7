//! What an address asks of the boxes, read and asked again.

use crate::model::*;
use base::{Date, Refusal, Refusals, Timestamp};
use maud::{Markup, html};
use people::AccountId;
use std::collections::BTreeSet;
use web::list::Listing;
use web::look::fields::{self, Choice, Field};
use web::look::parts;

/// A box: its word in the address, its name, its state, the word of its counter.
pub const BOXES: [(&str, &str, State, &str); 10] = [
    ("dang-xu-ly", "Đang xử lý", State::Processing, "processing"),
    ("sap-den-han", "Sắp đến hạn", State::Processing, "soon"),
    ("qua-han", "Quá hạn", State::Processing, "late"),
    ("cham-buoc", "Chậm bước", State::Processing, "behind"),
    ("cho-tiep-nhan", "Chờ tiếp nhận", State::Submitted, "submitted"),
    ("tam-dung", "Tạm dừng", State::Waiting, "waiting"),
    ("cho-tra", "Đã có kết quả", State::Resolved, "resolved"),
    ("da-tra", "Đã trả", State::Returned, ""),
    ("tu-choi", "Từ chối", State::Refused, ""),
    ("da-rut", "Đã rút", State::Withdrawn, ""),
];

/// What can be asked of a box.
pub const FILTERS: &[&str] = &["tim", "linh_vuc", "thu_tuc", "phong", "nguoi_giu", "nhan_tu", "nhan_den", "han_den"];

/// Those that are asked seldom: folded away while none is set, so that the list begins on a phone's second screen.
const MORE: [&str; 4] = ["phong", "nguoi_giu", "nhan_tu", "nhan_den"];

/// Held by nobody, in the address.
const NOBODY: &str = "khong";

/// Whether the address asks of an office or a person.
pub fn names_hands(list: &Listing) -> bool {
    !list.get("phong").is_empty() || !list.get("nguoi_giu").is_empty()
}

/// The counter that says how long the list is: where an open box is looked at whole.
pub fn counter(list: &Listing) -> Option<&'static str> {
    let is_whole = FILTERS.iter().all(|name| list.get(name).is_empty());
    let (.., counter) = of_box(list);
    (is_whole && !counter.is_empty()).then_some(counter)
}

/// The state of the box that the address asks for.
pub fn state(list: &Listing) -> State {
    let (_, _, state, _) = of_box(list);
    state
}

/// The box of an address; the first where it names none.
fn of_box(list: &Listing) -> (&'static str, &'static str, State, &'static str) {
    let asked = list.get("hop");
    BOXES.into_iter().find(|(word, ..)| *word == asked).unwrap_or(BOXES[0])
}

/// The filter of an address; what cannot be read, and whom this person does not see, is refused at its field and does
/// not count. `holders`: whom they see; looked at only where the address names somebody.
pub fn filter(list: &Listing, now: Timestamp, holders: &Holders) -> (&'static str, Filter, Refusals) {
    let (word, _, state, _) = of_box(list);
    let soon = now.saturating_add(jiff::SignedDuration::from_hours(48)).unwrap_or(now);
    let mut refusals = Refusals::new();
    let until = after(day(list, "han_den", now, &mut refusals));
    let (from, before) = match word {
        "qua-han" => (None, Some(now)),
        "sap-den-han" => (Some(now), Some(soon)),
        _ => (None, None),
    };
    let (received_from, received_before) = received(list, now, &mut refusals);
    let filter = Filter {
        state,
        field: list.get("linh_vuc").to_owned(),
        procedure: list.get("thu_tuc").to_owned(),
        words: base::text::fold(list.get("tim")),
        due_from: from,
        due_before: before.into_iter().chain(until).min(),
        step_before: (word == "cham-buoc").then_some(now),
        received_from,
        received_before,
        office: office(list, holders, &mut refusals),
        holder: holder(list, holders, &mut refusals),
    };
    (word, filter, refusals)
}

fn day(list: &Listing, name: &str, now: Timestamp, refusals: &mut Refusals) -> Option<Date> {
    let typed = list.get(name);
    if typed.is_empty() {
        return None;
    }
    base::day::read_vi(typed, base::day::today(now)).map_err(|no| refusals.push(no.at(name))).ok()
}

/// The moment that a day ends: on the screen the last day counts whole.
fn after(day: Option<Date>) -> Option<Timestamp> {
    day.and_then(|day| day.tomorrow().ok()).map(base::day::start)
}

fn received(list: &Listing, now: Timestamp, refusals: &mut Refusals) -> (Option<Timestamp>, Option<Timestamp>) {
    let (first, last) = (day(list, "nhan_tu", now, refusals), day(list, "nhan_den", now, refusals));
    if first.zip(last).is_some_and(|(first, last)| last < first) {
        refusals.push(Refusal::new("list-days", "Ngày cuối phải từ ngày đầu trở đi.").at("nhan_den"));
        return (None, None);
    }
    (first.map(base::day::start), after(last))
}

fn office(list: &Listing, holders: &Holders, refusals: &mut Refusals) -> Option<people::UnitId> {
    let asked = list.get("phong");
    let found = holders.offices.iter().find(|(id, _)| id.to_string() == asked).map(|(id, _)| *id);
    if found.is_none() && !asked.is_empty() {
        let say = "Chọn một phòng, đơn vị trong danh sách: đơn vị đã chọn không giữ hồ sơ bạn được xem.";
        refusals.push(Refusal::new("list-office", say).at("phong"));
    }
    found
}

fn holder(list: &Listing, holders: &Holders, refusals: &mut Refusals) -> HeldBy {
    let asked = list.get("nguoi_giu");
    let known = |account: AccountId| holders.people.iter().any(|one| one.account == account);
    match asked {
        "" => HeldBy::Anyone,
        NOBODY => HeldBy::Nobody,
        id => match id.parse().ok().filter(|account| known(*account)) {
            Some(account) => HeldBy::One(account),
            None => {
                let say = "Chọn một người trong danh sách: người đã chọn không giữ hồ sơ bạn được xem.";
                refusals.push(Refusal::new("list-holder", say).at("nguoi_giu"));
                HeldBy::Anyone
            }
        },
    }
}

/// The fields of the filter. The field and the procedure that an address asks for stay choices, also where the agency has
/// had none of them.
pub fn asking(list: &Listing, choices: &[Offered], holders: &Holders, refusals: &[Refusal]) -> Markup {
    let is_open = MORE.iter().any(|name| !list.get(name).is_empty());
    let date = |name, label| fields::date(Field::new(name, label).value(list.get(name)).refused(refusals));
    html! {
        (fields::search(Field::new("tim", "Mã hồ sơ, tên chủ hồ sơ").value(list.get("tim"))))
        (of_procedures(list, choices))
        (date("han_den", "Hạn đến hết ngày"))
        (parts::details_open("Theo người giữ, ngày nhận", is_open, html! {
            div.filters {
                (of_hands(list, holders, refusals))
                (date("nhan_tu", "Nhận từ ngày"))
                (date("nhan_den", "Nhận đến hết ngày"))
            }
        }))
    }
}

fn of_procedures(list: &Listing, choices: &[Offered]) -> Markup {
    let all = Choice::new("", "Tất cả");
    let (field, procedure) = (list.get("linh_vuc"), list.get("thu_tuc"));
    let fields: BTreeSet<&str> = choices.iter().map(|one| one.field.as_str()).chain([field]).collect();
    let mut fields: Vec<&str> = fields.into_iter().filter(|one| !one.is_empty()).collect();
    fields.sort_by_cached_key(|one| base::text::sort_key(one));
    let fields: Vec<Choice> = std::iter::once(all).chain(fields.into_iter().map(|one| Choice::new(one, one))).collect();
    // Of the chosen field only: the list is short enough to be read through.
    let fits = |one: &&Offered| field.is_empty() || one.field == field || one.code == procedure;
    let mut procedures: Vec<Choice> =
        choices.iter().filter(fits).map(|one| Choice::new(&one.code, &one.name)).collect();
    if !procedure.is_empty() && !choices.iter().any(|one| one.code == procedure) {
        procedures.push(Choice::new(procedure, procedure));
    }
    procedures.insert(0, all);
    html! {
        (fields::select(Field::new("linh_vuc", "Lĩnh vực").value(field), &fields))
        (fields::select(Field::new("thu_tuc", "Thủ tục").value(procedure), &procedures))
    }
}

fn of_hands(list: &Listing, holders: &Holders, refusals: &[Refusal]) -> Markup {
    let all = Choice::new("", "Tất cả");
    let offices: Vec<(String, &str)> = holders.offices.iter().map(|(id, name)| (id.to_string(), &**name)).collect();
    let offices: Vec<Choice> =
        std::iter::once(all).chain(offices.iter().map(|(id, name)| Choice::new(id, name))).collect();
    let name =
        |one: &Holder| if one.closed { format!("{} (tài khoản đã đóng)", one.name) } else { one.name.clone() };
    let people: Vec<(String, String)> = holders.people.iter().map(|one| (one.account.to_string(), name(one))).collect();
    let first = [all, Choice::new(NOBODY, "Chưa giao riêng ai")];
    let people: Vec<Choice> = first.into_iter().chain(people.iter().map(|(id, name)| Choice::new(id, name))).collect();
    let field = |name, label| Field::new(name, label).value(list.get(name)).refused(refusals);
    html! {
        (fields::select(field("phong", "Phòng, đơn vị đang giữ"), &offices))
        (fields::select(field("nguoi_giu", "Người đang giữ"), &people))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn of(address: &str) -> Listing {
        Listing::of(&address.parse().unwrap(), "han", FILTERS)
    }

    #[test]
    fn what_is_due_soon_is_not_late_yet() {
        let now: Timestamp = "2026-11-02T01:00:00Z".parse().unwrap();
        let two_days = "2026-11-04T01:00:00Z".parse().unwrap();
        let due = |address: &str| {
            let (_, filter, refusals) = filter(&of(address), now, &Holders::default());
            assert!(refusals.is_empty());
            (filter.due_from, filter.due_before)
        };
        assert_eq!(due("/mot-cua"), (None, None));
        assert_eq!(due("/mot-cua?hop=qua-han"), (None, Some(now)));
        assert_eq!(due("/mot-cua?hop=sap-den-han"), (Some(now), Some(two_days)));
        // To the end of a day in Việt Nam, where that comes first.
        let today = "2026-11-02T17:00:00Z".parse().unwrap();
        assert_eq!(due("/mot-cua?hop=sap-den-han&han_den=02/11/2026"), (Some(now), Some(today)));
    }

    #[test]
    fn a_counter_is_the_length_of_a_whole_open_box() {
        assert_eq!(counter(&of("/mot-cua")), Some("processing"));
        assert_eq!(counter(&of("/mot-cua?hop=qua-han&trang=2")), Some("late"));
        assert_eq!(counter(&of("/mot-cua?hop=da-tra")), None);
        assert_eq!(counter(&of("/mot-cua?hop=qua-han&tim=lan")), None);
        assert_eq!(counter(&of("/mot-cua?nguoi_giu=khong")), None);
    }
}
