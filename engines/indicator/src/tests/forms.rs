//! Forms from their files; what is typed into their cells; what two regimes ask.

use super::form::{Cell, Figure};
use super::sets::industry;
use super::*;

fn form(text: &str) -> Result<Form, Vec<Problem>> {
    read_form(&toml::from_str(text).unwrap(), &industry())
}

const MONTH: &str = include_str!("../../../../data/reports/forms/cong-thuong-thang.toml");

/// Ten rows that take figures, with a plan but for four; four more for the parts of the retail trade.
#[test]
fn each_cell_is_bound_to_what_it_counts() {
    let (set, form) = (industry(), form(MONTH).unwrap());
    let row = |code: &str| form.rows.iter().position(|row| row.code == code).unwrap();
    let cells = |code: &str| [0, 1, 2, 3].map(|column| form.cell(row(code), column));
    let shown = [Cell::Shows(Since::Previous), Cell::Shows(Since::Same)];
    assert_eq!(cells("A"), [Cell::Nothing; 4]);
    assert_eq!(cells("1"), [shown[0], shown[1], Cell::Takes(0), Cell::Takes(1)]);
    assert_eq!(cells("2"), [shown[0], shown[1], Cell::Nothing, Cell::Takes(2)]);
    assert_eq!(cells("9"), [shown[0], shown[1], Cell::Derived(Nature::Plan), Cell::Derived(Nature::Actual)]);
    assert_eq!(form.cell(0, 4), Cell::Nothing, "beside the table");
    assert_eq!(form.cell(99, 0), Cell::Nothing);
    let retail = set.place("TM.BLE").unwrap();
    let travel = Figure { indicator: retail, part: Some((0, 2)), nature: Nature::Actual };
    assert_eq!(cells("5.3")[3], Cell::Takes(form.place(travel).unwrap()));
    assert_eq!(form.rows[row("5.3")].name, "Du lịch lữ hành");
    assert_eq!(form.figures.len(), 9 + 4 + 5, "done by nine whole rows and four parts, planned by five");
    let sheet: Vec<Option<Scaled>> = (0..form.figures.len() as i64).map(Some).collect();
    let whole = form.of_part(&set, Nature::Plan, None, &sheet);
    assert_eq!(whole[set.place("CN.GTSX").unwrap()], Some(0));
    assert_eq!(whole.iter().flatten().count(), 5);
}

/// Of a set whose indicators are the columns, the rows are parts by field.
#[test]
fn where_columns_have_indicators_rows_are_their_parts() {
    let set = include_str!("../../../../data/reports/indicators/giai-quyet-tthc.toml");
    let set = read(&toml::from_str(set).unwrap()).unwrap();
    let text = include_str!("../../../../data/reports/forms/giai-quyet-tthc.toml");
    let form = read_form(&toml::from_str(text).unwrap(), &set).unwrap();
    let row = |code: &str| form.rows.iter().position(|row| row.code == code).unwrap();
    let column = |code: &str| form.columns.iter().position(|column| column.code == code).unwrap();
    let received = set.place("TN.TK").unwrap();
    let at = |row: usize, column: usize| (form.cell(row, column), form.counts(row, column));
    let whole = Figure { indicator: received, part: None, nature: Nature::Actual };
    let (cell, counts) = at(row("T"), column("tk"));
    assert_eq!(cell, Cell::Takes(form.place(whole).unwrap()));
    assert_eq!(counts.map(|counts| (counts.indicator, counts.part)), Some((received, None)));
    let chemicals = set.part(received, "hoa-chat").unwrap();
    let of_part = Figure { part: Some(chemicals), ..whole };
    assert_eq!(at(row("6"), column("tk")).0, Cell::Takes(form.place(of_part).unwrap()));
    assert_eq!(at(row("6"), column("tn")).0, Cell::Derived(Nature::Actual), "the sum of the part's own");
    assert_eq!(at(row("A"), column("tk")), (Cell::Nothing, None));
    // Eleven figures counted, whole, of thirteen fields and of what is in none.
    assert_eq!(form.figures.len(), 11 * 15);
    assert_eq!(set.categories[0].rest, Some(13));
    let wrong = text
        .replace("part = \"hoa-chat\"", "indicator = \"TN.TK\"")
        .replace("part = \"dien\"", "name = \"X\", part = \"khong-co\"");
    let codes: Vec<&str> =
        read_form(&toml::from_str(&wrong).unwrap(), &set).unwrap_err().iter().map(|one| one.code).collect();
    assert!(codes.contains(&"indicator-both"), "{codes:?}");
    let wrong = text.replace("part = \"dien\"", "name = \"X\", part = \"khong-co\"");
    let codes: Vec<&str> =
        read_form(&toml::from_str(&wrong).unwrap(), &set).unwrap_err().iter().map(|one| one.code).collect();
    // Each column that would take a figure of it says so.
    assert!(!codes.is_empty() && codes.iter().all(|code| *code == "part-unknown"), "{codes:?}");
}

#[test]
fn parts_that_are_not_their_whole_are_named() {
    let (set, form) = (industry(), form(MONTH).unwrap());
    let retail = Figure { indicator: set.place("TM.BLE").unwrap(), part: None, nature: Nature::Actual };
    let mut sheet = vec![None; form.figures.len()];
    let put = |sheet: &mut Vec<Option<Scaled>>, part, figure| {
        sheet[form.place(Figure { part, ..retail }).unwrap()] = Some(figure);
    };
    put(&mut sheet, None, 1000);
    for (item, figure) in [600, 250, 50].into_iter().enumerate() {
        put(&mut sheet, Some((0, item)), figure);
    }
    assert_eq!(form.uneven(&set, &sheet), [], "one part is missing");
    put(&mut sheet, Some((0, 3)), 99);
    let found = form.uneven(&set, &sheet);
    assert_eq!(found.iter().map(|one| (one.whole, one.parts)).collect::<Vec<_>>(), [(retail, 999)]);
    put(&mut sheet, Some((0, 3)), 100);
    assert_eq!(form.uneven(&set, &sheet), []);
}

#[test]
fn everything_wrong_with_a_form_is_named() {
    let text = r#"
        code = "sai"
        name = "Sai"
        period = "month"
        grey = [["1", "khac"]]
        columns = [
            { code = "a", head = [], nature = "thuc-hien" },
            { code = "a", head = ["A"], nature = "mong-muon" },
            { code = "b", head = ["B"], nature = "ke-hoach", shows = "ky-truoc" },
        ]
        rows = [
            { code = "1", indicator = "KHONG.CO" },
            { code = "1", indicator = "TM.BLE", part = "vang" },
            { code = "2", indicator = "TM.CAN", part = "hang-hoa" },
            { code = "3", part = "hang-hoa" },
            { code = "4" },
        ]
    "#;
    let named = |text: &str| -> Vec<(&'static str, String)> {
        form(text).unwrap_err().into_iter().map(|one| (one.code, one.place)).collect()
    };
    let wanted = [
        ("row-twice", "1"),
        ("column-twice", "a"),
        ("head-missing", "a"),
        ("purpose-unknown", "a"),
        ("purpose-unknown", "b"),
        ("indicator-unknown", "1"),
        ("part-unknown", "1"),
        ("part-of-derived", "2"),
        ("part-of-nothing", "3"),
        ("name-missing", "4"),
        ("grey-unknown", "1"),
    ];
    assert_eq!(named(text), wanted.map(|(code, place)| (code, place.to_owned())));
    let again = MONTH.replace(r#"{ code = "4", indicator = "CN.CUM" }"#, r#"{ code = "4", indicator = "CN.GTSX" }"#);
    assert_eq!(named(&again), [("figure-twice", "4".to_owned()), ("figure-twice", "4".to_owned())]);
    let nothing = MONTH.replace(r#"nature = "ke-hoach""#, r#"shows = "ky-truoc""#);
    let nothing = nothing.replace(r#"nature = "thuc-hien""#, r#"shows = "cung-ky""#);
    assert_eq!(named(&nothing), [("no-cells", String::new())]);
}

#[test]
fn what_is_typed_is_a_figure_or_a_sentence() {
    let set = industry();
    let at = |code: &str| &set.indicators[set.place(code).unwrap()];
    let (output, visits, trade) = (at("CN.GTSX"), at("QL.KIEMTRA"), at("TM.CAN"));
    for (text, of, figure) in [
        ("1.234,5", output, Some(12_345)),
        (" 1 234,50 ", output, Some(12_345)),
        ("0", visits, Some(0)),
        ("−13,75", trade, Some(-1375)),
        ("", output, None),
        ("-", output, None),
        ("…", output, None),
    ] {
        assert_eq!(entered(text, of), Ok(figure), "{text:?}");
    }
    for (text, of, code) in [
        ("1,234.5", output, "number.dot"),
        ("1234.5", output, "number.dot"),
        ("1,55", output, "figure.too-many-digits"),
        ("3,5", visits, "figure.too-many-digits"),
        ("-1", visits, "figure.too-low"),
        ("#REF!", visits, "number.unreadable"),
        ("khoảng 12", visits, "number.unreadable"),
        ("100.000.000.000.000.001", visits, "figure.too-large"),
    ] {
        assert_eq!(entered(text, of).map_err(|refusal| refusal.code), Err(code), "{text:?}");
    }
    let said = |text: &str, of| entered(text, of).unwrap_err().say;
    assert_eq!(said("3,5", visits), "“Số vụ kiểm tra thị trường” tính bằng vụ: chỉ nhận số nguyên.");
    assert_eq!(said("-1", visits), "“Số vụ kiểm tra thị trường” không được âm.");
    assert_eq!(said("100.000.000.000.000.001", visits), "Số lớn nhất ghi được là 100.000.000.000.000.000.");
}

/// What NĐ 09/2019 forbids: both regimes are named, with the figure.
#[test]
fn nobody_is_asked_twice_for_the_same_figure() {
    let (set, form) = (industry(), form(MONTH).unwrap());
    let short = r#"
        code = "ngan"
        name = "Ngắn"
        period = "month"
        columns = [{ code = "th", head = ["Thực hiện"], nature = "thuc-hien" }]
        rows = [{ code = "1", indicator = "TM.XK" }, { code = "2", indicator = "TM.BLE", part = "lu-hanh" }]
    "#;
    let of = |text: &str| read_form(&toml::from_str(text).unwrap(), &set).unwrap();
    let quarter = of(&short.replace("month", "quarter"));
    let planned = of(&short.replace("\"thuc-hien\"", "\"chinh-thuc\""));
    let short = of(short);
    let (departments, communes): (Vec<String>, Vec<String>) = (vec!["so".into()], vec!["xa".into(), "so".into()]);
    let only: Vec<String> = vec!["xa".into()];
    let month = Asks::new("Báo cáo tháng", &form, &set, &departments);
    let beside = |form, of| overlaps(&[month.clone(), Asks::new("Báo cáo nhanh", form, &set, of)]).len();
    let found = [month.clone(), Asks::new("Báo cáo nhanh", &short, &set, &communes)];
    let found = overlaps(&found);
    let named: Vec<_> = found.iter().map(|one| (one.regimes, one.indicator, one.part)).collect();
    let both = ("Báo cáo tháng", "Báo cáo nhanh");
    assert_eq!(named, [(both, "TM.BLE", Some("lu-hanh")), (both, "TM.XK", None)]);
    assert_eq!(beside(&short, &only), 0, "of other units");
    assert_eq!(beside(&quarter, &communes), 0, "for another kind of period");
    assert_eq!(beside(&planned, &communes), 0, "of another nature");
}
