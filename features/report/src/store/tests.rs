//! Written and read back on both engines; another agency's is hidden; what was sent before is found by its period.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
use crate::model::*;
use crate::store;
use base::Timestamp;
use db::Tx;
use people::{AccountId, NewAccount, Scope, Unit, UnitId};
use rulebook::{Content, EditionId, New};
use serde_json::json;

fn moment(text: &str) -> Timestamp {
    format!("{text}:00+07:00").parse().unwrap()
}

fn scope() -> Scope {
    Scope::program("thử", moment("2026-11-24T09:00"))
}

async fn unit(tx: &mut Tx, key: &str, parent: Option<UnitId>) -> UnitId {
    let unit = Unit {
        id: db::fresh_id(),
        key: key.into(),
        name: key.into(),
        short: key.into(),
        kind: if parent.is_some() { "phong" } else { "so" }.into(),
        parent,
        from: "2015-01-01".parse().unwrap(),
        to: None,
        code_old: None,
        code_new: None,
        sample: true,
        version: 0,
    };
    people::save_unit(tx, &scope(), &unit).await.unwrap();
    unit.id
}

async fn account(tx: &mut Tx, login: &str) -> AccountId {
    let new = NewAccount { name: login.into(), login: login.into(), sample: true, ..NewAccount::default() };
    people::create(tx, &scope(), new).await.unwrap().id
}

async fn edition(tx: &mut Tx) -> EditionId {
    let content = Content {
        name: "Báo cáo thử".into(),
        source: "thử".into(),
        valid_from: "2019-01-01".parse().unwrap(),
        valid_to: None,
        body: json!({}),
    };
    let new = New { kind: REGIME.into(), code: "thu".into(), content, sample: true };
    rulebook::draft(tx, &scope(), new).await.unwrap().id
}

async fn round(tx: &mut Tx, edition: EditionId, collector: UnitId, period: &str) -> Round {
    let round = Round {
        id: db::fresh_id(),
        code: "thu".into(),
        regime: edition,
        indicators: edition,
        period: period.parse().unwrap(),
        collector,
        collector_name: "so-mot".into(),
        closed: "2026-11-14".parse().unwrap(),
        sample: true,
    };
    store::add_round(tx, &round, scope().now, None).await.unwrap();
    round
}

async fn report(tx: &mut Tx, round: &Round, unit: UnitId, above: Option<ReportId>, due: &str) -> ReportId {
    let one = Report {
        id: db::fresh_id(),
        round: round.id,
        unit,
        unit_name: String::new(),
        unit_short: String::new(),
        above,
        asks: vec!["1".into(), "5.1".into()],
        holder: None,
        holder_name: String::new(),
        due: moment(due),
        state: State::Todo,
        first_sent: None,
        sent: None,
        filled: 0,
        asked: 7,
        number: String::new(),
        issued: None,
        version: 1,
    };
    store::add(tx, &one, scope().now).await.unwrap();
    one.id
}

#[tokio::test]
async fn a_report_is_kept_with_its_figures_its_words_and_what_was_said_of_it() {
    for db in db::testing::both().await {
        let mut tx = db.begin().await.unwrap();
        let so = unit(&mut tx, "so-mot", None).await;
        let phong = unit(&mut tx, "phong-mot", Some(so)).await;
        let edition = edition(&mut tx).await;
        let one = round(&mut tx, edition, so, "2026-11").await;
        let top = report(&mut tx, &one, so, None, "2026-11-19T17:30").await;
        let part = report(&mut tx, &one, phong, Some(top), "2026-11-17T17:30").await;
        assert_eq!(store::round(&mut tx, one.id).await.unwrap().unwrap().period.to_string(), "2026-11");
        assert!(store::same_round(&mut tx, "thu", so, "2026-12".parse().unwrap()).await.unwrap().is_none());
        assert_eq!(store::path(&mut tx, phong).await.unwrap(), [phong, so]);

        let lan = account(&mut tx, "lan").await;
        store::give(&mut tx, part, Some(lan), &["1".to_owned()], (1, 3)).await.unwrap();
        assert!(store::take(&mut tx, part, scope().now).await.unwrap());
        store::put_sheet(&mut tx, part, "b1", "1,,3").await.unwrap();
        store::put_sheet(&mut tx, part, "b1", "1,2,3").await.unwrap();
        store::put_words(&mut tx, part, "i", "Một").await.unwrap();
        let (cell, whole) = (Spot::Cell("b1".into(), 2), Spot::Whole);
        store::add_note(&mut tx, &scope(), part, &cell, NoteKind::Returned, "Sai").await.unwrap();
        store::add_note(&mut tx, &scope(), part, &whole, NoteKind::Returned, "Chậm").await.unwrap();
        store::settle(&mut tx, part, &cell, scope().now).await.unwrap();
        let notes = store::notes(&mut tx, part).await.unwrap();
        let open: Vec<&str> =
            notes.iter().filter(|note| note.settled.is_none()).map(|note| note.body.as_str()).collect();
        assert_eq!((notes.len(), open), (2, vec!["Chậm"]));
        assert_eq!(store::sheets_above(&mut tx, top).await.unwrap()[&part]["b1"], "1,2,3");
        assert_eq!(store::words(&mut tx, part).await.unwrap()["i"], "Một");

        let counted = Source {
            form: "b1".into(),
            place: 2,
            figure: 3,
            source: "Một cửa".into(),
            link: "/x".into(),
            at: scope().now,
        };
        store::put_source(&mut tx, part, &Source { figure: 7, ..counted.clone() }).await.unwrap();
        store::put_source(&mut tx, part, &counted).await.unwrap();
        assert_eq!(store::sources(&mut tx, part).await.unwrap(), [counted]);

        // The first sending stays, whatever comes after.
        store::sent(&mut tx, part, moment("2026-11-17T10:00")).await.unwrap();
        store::add_version(&mut tx, &scope(), part, "một", "").await.unwrap();
        store::sent(&mut tx, part, moment("2026-11-18T10:00")).await.unwrap();
        store::add_version(&mut tx, &scope(), part, "hai", "Bổ sung").await.unwrap();
        let found = store::find(&mut tx, part).await.unwrap().unwrap();
        assert_eq!(
            (found.first_sent, found.sent),
            (Some(moment("2026-11-17T10:00")), Some(moment("2026-11-18T10:00")))
        );
        assert_eq!((found.holder, found.asks.as_slice(), found.asked), (Some(lan), ["1".to_owned()].as_slice(), 3));
        assert!(!found.is_late(scope().now));
        let versions = store::versions(&mut tx, part).await.unwrap();
        assert_eq!(
            versions.iter().map(|one| (one.number, one.why.as_str())).collect::<Vec<_>>(),
            [(1, ""), (2, "Bổ sung")]
        );

        // What was told for another period is found by it; what is not sent is not told.
        let next = round(&mut tx, edition, so, "2026-12").await;
        let later = report(&mut tx, &next, phong, Some(top), "2026-12-16T17:30").await;
        store::put_sheet(&mut tx, later, "b1", "9,9,9").await.unwrap();
        let periods = ["2026-11".to_owned(), "2026-12".to_owned()];
        let found = store::find(&mut tx, part).await.unwrap().unwrap();
        let past = store::past(&mut tx, &one, &found, &periods).await.unwrap();
        assert_eq!(past.iter().map(|one| (one.0.as_str(), one.3.as_str())).collect::<Vec<_>>(), [("2026-11", "hai")]);
    }
}

#[tokio::test]
async fn a_list_has_ones_own_and_what_one_takes_in_and_counts_as_it_lists() {
    for db in db::testing::both().await {
        let mut tx = db.begin().await.unwrap();
        let (mot, hai) = (unit(&mut tx, "so-mot", None).await, unit(&mut tx, "so-hai", None).await);
        let phong = unit(&mut tx, "phong-mot", Some(mot)).await;
        let lan = account(&mut tx, "lan").await;
        let edition = edition(&mut tx).await;
        let one = round(&mut tx, edition, mot, "2026-11").await;
        let other = round(&mut tx, edition, hai, "2026-11").await;
        let top = report(&mut tx, &one, mot, None, "2026-11-30T17:30").await;
        let late = report(&mut tx, &one, phong, Some(top), "2026-11-20T17:30").await;
        let theirs = report(&mut tx, &other, hai, None, "2026-11-20T17:30").await;
        let now = scope().now;
        let own = Filter { units: vec![phong], account: Some(lan), sort: "han".into(), ..Filter::default() };
        let ids = async |tx: &mut Tx, filter: &Filter| {
            let all = store::list(tx, filter, now, (0, 50)).await.unwrap();
            all.into_iter().map(|one| one.report.id).collect::<Vec<_>>()
        };
        assert_eq!(ids(&mut tx, &own).await, [late]);
        // Given to somebody of another unit, it is theirs too; whoever collects sees all of it.
        store::give(&mut tx, theirs, Some(lan), &[], (0, 7)).await.unwrap();
        let wanted: std::collections::BTreeSet<_> = [late, theirs].into();
        assert_eq!(ids(&mut tx, &own).await.into_iter().collect::<std::collections::BTreeSet<_>>(), wanted);
        let all = Filter { collector: Some(mot), account: None, units: Vec::new(), ..own.clone() };
        assert_eq!(ids(&mut tx, &all).await, [late, top]);
        assert_eq!(ids(&mut tx, &Filter { sort: "-han".into(), ..all.clone() }).await, [top, late]);
        store::move_to(&mut tx, top, State::Doing).await.unwrap();
        for (state, expected) in
            [("todo", vec![late]), ("open", vec![late, top]), ("late", vec![late]), ("sent", vec![])]
        {
            assert_eq!(ids(&mut tx, &Filter { state: state.into(), ..all.clone() }).await, expected, "{state}");
        }
        let (counts, overdue) = store::counts(&mut tx, &all, now).await.unwrap();
        assert_eq!((counts[&State::Todo], counts[&State::Doing], overdue), (1, 1, 1));
        assert!(ids(&mut tx, &Filter { code: "khac".into(), ..all }).await.is_empty());
    }
}
