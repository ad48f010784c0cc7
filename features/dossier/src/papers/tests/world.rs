//! A dossier with everything done to it that a form tells of. Its people are plainly invented.

use super::super::*;
use crate::actions::{Attached, Brought, Past, Seen, Told};
use crate::rules::Sight;
use base::Decimal;
use people::{Station, Unit};
use rulebook::EditionId;
use std::sync::Arc;

pub fn at(text: &str) -> Timestamp {
    format!("{text}:00+07:00").parse().unwrap()
}

pub fn unit(name: &str, kind: &str) -> Unit {
    Unit {
        id: db::fresh_id(),
        key: "thu".into(),
        name: name.into(),
        short: name.into(),
        kind: kind.into(),
        parent: None,
        from: Date::constant(2011, 1, 1),
        to: None,
        code_old: None,
        code_new: None,
        sample: true,
        version: 1,
    }
}

/// At a department's own counter.
pub fn offices() -> Offices {
    let (department, province) = (unit("Sở Công Thương", "so"), unit("UBND tỉnh Quảng Trị", "tinh"));
    Offices {
        counter: department.clone(),
        above_counter: vec![province.clone()],
        agency: department,
        above_agency: vec![province],
        owner: "UBND tỉnh Quảng Trị".into(),
    }
}

pub fn paper(at: usize) -> Paper {
    Paper {
        code: format!("giay-{at}"),
        name: if at == 1 {
            "Đơn đề nghị (Mẫu số 1)".into()
        } else {
            format!("Giấy tờ MẪU thứ {at}")
        },
        copy: if at == 1 { procedure::Copy::Original } else { procedure::Copy::Certified },
        number: if at == 1 { 1 } else { 2 },
        good: Some(true),
        fault: String::new(),
        wanted: String::new(),
        reused_from: String::new(),
    }
}

fn dossier(day: &str) -> Dossier {
    Dossier {
        id: db::fresh_id(),
        code: "H50.12-20261124-0000021".into(),
        number: 21,
        procedure: "1.005129".into(),
        procedure_edition: edition(),
        process_edition: edition(),
        case: "cap-moi".into(),
        name: "Cấp Giấy chứng nhận cửa hàng đủ điều kiện bán lẻ xăng dầu".into(),
        field: "Lưu thông hàng hóa trong nước".into(),
        agency: db::fresh_id(),
        counter: db::fresh_id(),
        channel: Channel::Counter,
        state: State::Processing,
        owner: Owner {
            kind: OwnerKind::Organisation,
            name: "Công ty TNHH MẪU An Phát".into(),
            number: "3200000001".into(),
            born: String::new(),
            phone: "0905123456".into(),
            email: "lienhe@anphat.example".into(),
            address: "Thôn Mẫu, xã Hải Lăng, tỉnh Quảng Trị".into(),
            submitter: "Nguyễn Văn Mẫu".into(),
            submitter_number: "046085001234".into(),
        },
        summary: "cửa hàng số 7".into(),
        return_by: ReturnBy::Counter,
        secret: "sha".into(),
        submitted: None,
        received: at(&format!("{day}T09:15")),
        received_by: None,
        promised: at(&format!("{day}T09:15")).checked_add(jiff::SignedDuration::from_hours(7 * 24)).unwrap(),
        due: None,
        paused: None,
        resolved: None,
        ended: None,
        standing: workflow::Standing::default(),
        at: Place::default(),
        asked: 0,
        extended: 0,
        identified: false,
        sample: true,
        version: 1,
    }
}

fn edition() -> EditionId {
    "01890000-0000-7000-8000-000000000001".parse().unwrap()
}

/// A dossier received on a day, with nothing else done.
pub fn printed(day: &str) -> Printed {
    let procedure = toml::from_str(include_str!("../../../../../app/tests/it/procedure.toml")).unwrap();
    let process: workflow::File =
        toml::from_str(include_str!("../../../../../data/workflows/mau-cap-phep-05-ngay.toml")).unwrap();
    let dossier = dossier(day);
    let loaded = crate::actions::Loaded {
        dossier,
        steps: vec![],
        ticks: vec![],
        process: Arc::new(workflow::read(&process).process),
        procedure: Arc::new(procedure),
        station: Station::default(),
        sight: Sight::default(),
    };
    Printed {
        seen: Seen {
            at: loaded,
            attached: Attached { declared: None, papers: (1..=3).map(paper).collect(), files: BTreeMap::new() },
            brought: Brought { results: vec![], result_files: vec![], awaited: vec![], answer_files: vec![] },
            past: Past { fees: vec![fee()], refunds: vec![], asks: vec![], events: vec![] },
            told: Told { others: vec![], why: vec![], agency: String::new(), counter: String::new() },
        },
        offices: offices(),
        apologies: vec![],
        ending: None,
        receiver: Signed { title: String::new(), name: "Cao Thị Mẫu Mai".into() },
        guides: BTreeMap::new(),
        hands: BTreeMap::new(),
        head: Signed { title: "Giám đốc".into(), name: "Lê Văn Mẫu Minh".into() },
        site: "https://cchc.example".into(),
        help: "0233 000 000".into(),
    }
}

fn fee() -> Fee {
    Fee {
        id: db::fresh_id(),
        name: "Phí thẩm định".into(),
        amount: Decimal::from(1_200_000),
        at_return: false,
        state: FeeState::Paid,
        receipt: "0000007".into(),
        paid: None,
        way: "cash".into(),
    }
}

/// Two things are asked for.
pub fn ask(day: &str) -> Ask {
    let item = |code: &str, name: &str, fault: &str, wanted: &str| Item {
        code: code.into(),
        name: name.into(),
        fault: fault.into(),
        wanted: wanted.into(),
    };
    Ask {
        id: db::fresh_id(),
        at: at(&format!("{day}T14:00")),
        reason: "Hồ sơ chưa đủ căn cứ thẩm định theo khoản 2 Điều 25".into(),
        items: vec![
            item("giay-1", "Đơn đề nghị (Mẫu số 1)", "Thiếu chữ ký", "Ký và đóng dấu trang cuối."),
            item("giay-2", "Giấy tờ MẪU thứ 2", "", "Nộp bản chứng thực còn hạn"),
        ],
        until: Some(Date::constant(2026, 12, 25)),
        approved_by: None,
        answered: None,
        answer: String::new(),
    }
}

pub fn step(code: &str, role: &str, begun: &str, due: &str, done: Option<&str>, who: &str) -> Step {
    Step {
        id: db::fresh_id(),
        code: code.into(),
        name: code.into(),
        role: role.into(),
        agency: None,
        office: None,
        holder: None,
        begun: at(begun),
        due: Some(at(due)),
        minutes: 240,
        done: done.map(at),
        done_by: None,
        done_name: who.into(),
        onward: String::new(),
        note: String::new(),
        back: false,
    }
}
