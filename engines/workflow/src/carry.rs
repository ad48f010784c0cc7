//! A dossier that runs by one edition of a process, taken over to another: steps are the same by their code.

use crate::process::{Process, Step};
use crate::standing::Standing;
use base::Refusal;
use std::collections::{BTreeMap, BTreeSet};

/// Where the dossier stands in the other edition; a step that runs, and is not there, holds it back.
pub fn carry(from: &Process, to: &Process, standing: &Standing) -> Result<Standing, Refusal> {
    let place = |at: usize| {
        let code = &from.steps.get(at)?.code;
        to.steps.iter().position(|step| step.code == *code)
    };
    let mut running = BTreeSet::new();
    for at in &standing.running {
        let name = from.steps.get(*at).map_or("", |step| step.name.as_str());
        let say = format!("Bước “{name}” không có trong quy trình mới: làm xong bước này rồi hãy đổi quy trình.");
        running.insert(place(*at).ok_or_else(|| Refusal::new("step-gone", say))?);
    }
    let waits = |(at, arrived): (&usize, &BTreeSet<usize>)| {
        Some((place(*at)?, arrived.iter().filter_map(|from| place(*from)).collect()))
    };
    let arrived: BTreeMap<usize, BTreeSet<usize>> = standing.arrived.iter().filter_map(waits).collect();
    // What was given stays given: by a step that is gone, it counts as given by the first.
    let given = standing.given.iter().map(|(give, by)| (*give, place(*by).unwrap_or(0))).collect();
    Ok(Standing { running, arrived, given, ended: standing.ended })
}

/// What the other edition has otherwise, step by step, in words.
pub fn differences(from: &Process, to: &Process) -> Vec<String> {
    let of = |process: &Process, code: &str| process.steps.iter().find(|step| step.code == code).cloned();
    let gone = from.steps.iter().filter(|step| of(to, &step.code).is_none());
    let gone = gone.map(|step| format!("Bỏ bước “{}” ({}).", step.name, time(step)));
    let others = to.steps.iter().flat_map(|step| match of(from, &step.code) {
        None => vec![format!("Thêm bước “{}” ({}).", step.name, time(step))],
        Some(was) => changed(&was, step),
    });
    gone.chain(others).collect()
}

fn time(step: &Step) -> String {
    format!("{} phút làm việc", step.time)
}

fn changed(was: &Step, is: &Step) -> Vec<String> {
    let mut found = Vec::new();
    let mut say = |what: &str, was: &str, is: &str| {
        if was != is {
            found.push(format!("{what}: “{was}” thành “{is}”."));
        }
    };
    say(&format!("Tên bước {}", is.code), &was.name, &is.name);
    say(&format!("Thời gian bước “{}”", is.name), &time(was), &time(is));
    say(&format!("Vai trò của bước “{}”", is.name), &was.role, &is.role);
    let agency = |step: &Step| step.agency.clone().unwrap_or_else(|| "cơ quan giải quyết".into());
    say(&format!("Cơ quan làm bước “{}”", is.name), &agency(was), &agency(is));
    let needs = |step: &Step| step.needs.iter().map(|need| need.say()).collect::<Vec<_>>().join(", ");
    say(&format!("Cần có ở bước “{}”", is.name), &needs(was), &needs(is));
    let ways = |step: &Step| step.moves.len().to_string();
    say(&format!("Số hướng chuyển của bước “{}”", is.name), &ways(was), &ways(is));
    found
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::process::Give;

    fn process(steps: &str) -> Process {
        let head = "code = \"p\"\nname = \"P\"\nsource = \"MẪU\"\nlegal = \"5 ngày\"\n";
        crate::read(&toml::from_str(&format!("{head}{steps}")).unwrap()).process
    }

    const OLD: &str = r#"
[[steps]]
code = "1"
name = "Nhận"
role = "mot-cua"
time = "4 giờ"
next = "2"
[[steps]]
code = "2"
name = "Làm"
role = "chuyen-vien"
time = "8 giờ"
next = "3"
[[steps]]
code = "3"
name = "Trả"
role = "mot-cua"
time = "2 giờ"
end = "returned"
"#;

    #[test]
    fn a_dossier_stands_at_the_same_step_wherever_that_is() {
        let new = OLD.replacen("next = \"2\"", "next = \"1a\"", 1)
            + "[[steps]]\ncode = \"1a\"\nname = \"Xem\"\nrole = \"mot-cua\"\ntime = \"1 giờ\"\nnext = \"2\"\n";
        let (old, mut new) = (process(OLD), process(&new));
        new.steps.rotate_right(1);
        let standing = Standing { running: [1].into(), given: [(Give::Fee, 0)].into(), ..Standing::default() };
        let carried = carry(&old, &new, &standing).unwrap();
        assert_eq!((carried.running, carried.given), ([2].into(), [(Give::Fee, 1)].into()));
        assert_eq!(differences(&old, &new), ["Thêm bước “Xem” (60 phút làm việc)."]);
    }

    #[test]
    fn a_running_step_that_is_gone_holds_it_back() {
        let (old, new) = (process(OLD), process(&OLD.replace("\"2\"", "\"2b\"").replace("\"8 giờ\"", "\"6 giờ\"")));
        let standing = Standing { running: [1].into(), ..Standing::default() };
        let no = carry(&old, &new, &standing).unwrap_err();
        assert!(no.say.contains("Bước “Làm” không có trong quy trình mới"), "{no:?}");
        assert_eq!(
            differences(&old, &new),
            ["Bỏ bước “Làm” (480 phút làm việc).", "Thêm bước “Làm” (360 phút làm việc)."]
        );
        let shorter = process(&OLD.replace("\"8 giờ\"", "\"6 giờ\""));
        assert_eq!(
            differences(&old, &shorter),
            ["Thời gian bước “Làm”: “480 phút làm việc” thành “360 phút làm việc”."]
        );
    }
}
