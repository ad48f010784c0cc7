//! Expected values come from XPath 1.0 (3.4, 3.5, 4.2–4.4) and the function list of the ODK XForms specification.

use super::{now, today};
use crate::expr::eval::{World, eval};
use crate::expr::functions::{ALL, LEFT_OUT};
use crate::expr::parse::{Known, Names, parse};
use crate::number::Number;
use crate::value::{EMPTY, Value};
use base::{Date, Decimal, Timestamp};
use proptest::prelude::*;

const CASES: &str = include_str!("cases.txt");

/// Names and what they answer; a name in capitals is a repeat of three rows, of which the second is here.
struct Bindings<'a>(&'a [(&'a str, Value)]);

impl Names for Bindings<'_> {
    fn question(&self, name: &str) -> Result<Known, (&'static str, String)> {
        match self.0.iter().position(|(known, _)| *known == name) {
            Some(place) if name == "nguoi" => Ok(Known::Repeat(place)),
            Some(_) if name == "nhom" => Ok(Known::Group),
            Some(place) => Ok(Known::Question(place)),
            None => Err(("reference-unknown", name.to_owned())),
        }
    }

    fn column(&self, _: &str) -> Option<Option<usize>> {
        None
    }
}

impl World for Bindings<'_> {
    fn value(&self, place: usize) -> Value {
        self.0[place].1.clone()
    }

    fn own(&self) -> Value {
        "abc".into()
    }

    fn position(&self, up: usize) -> usize {
        if up == 1 { 2 } else { 1 }
    }

    fn row(&self, _: usize) -> usize {
        2
    }

    fn indexed(&self, place: usize, rows: &[(usize, usize)]) -> Value {
        let nodes = self.0[place].1.each();
        rows[0].1.checked_sub(1).and_then(|row| nodes.get(row).cloned()).unwrap_or(EMPTY)
    }

    fn column(&self, _: usize) -> String {
        String::new()
    }

    fn choice(&self, _: usize, name: &str) -> String {
        format!("Lời của {name}")
    }

    fn today(&self) -> Date {
        today()
    }

    fn now(&self) -> Timestamp {
        now()
    }
}

fn number(text: &str) -> Value {
    Number::read(text).into()
}

fn nodes(of: &[&str]) -> Value {
    Value::Nodes(of.iter().map(|one| if one.is_empty() { EMPTY } else { number(one) }).collect())
}

fn usual() -> Vec<(&'static str, Value)> {
    vec![
        ("a", number("5")),
        ("b", number("2.5")),
        ("e", EMPTY),
        ("ten", "Nguyễn Văn A".into()),
        ("many", "x y z".into()),
        ("d", "2026-08-06".into()),
        ("so", nodes(&["1", "2.5", "3"])),
        ("hong", nodes(&["1", "", "3"])),
        ("khong", nodes(&[])),
        ("nguoi", nodes(&["", "", ""])),
        ("nhom", EMPTY),
    ]
}

fn value(expr: &str, bindings: &[(&str, Value)]) -> Result<String, String> {
    let names = Bindings(bindings);
    let said = |faults: Vec<crate::expr::parse::Fault>| {
        faults.iter().map(|fault| format!("{}@{}", fault.code, fault.at)).collect::<Vec<_>>().join(" ")
    };
    parse(expr, &names).map(|read| eval(&read, &names).text()).map_err(said)
}

fn check(expr: &str, bindings: &[(&str, Value)], expected: &str) {
    assert_eq!(value(expr, bindings), Ok(expected.to_owned()), "{expr}");
}

#[test]
fn expressions_give_what_the_specification_says() {
    let lines: Vec<&str> = CASES.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
    assert!(lines.len() > 250, "{}", lines.len());
    let wrong = |line: &&str| {
        let (expr, expected) = line.rsplit_once("=>").unwrap();
        let found = value(expr.trim(), &usual());
        (found != Ok(expected.trim().to_owned())).then(|| format!("{line}: {found:?}"))
    };
    let wrong: Vec<String> = lines.iter().filter_map(wrong).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_function_has_a_case_and_a_place_in_the_guide() {
    const GUIDE: &str = include_str!("../../../../docs/how-to/forms.md");
    for (name, ..) in ALL {
        assert!(CASES.contains(&format!("{name}(")), "{name}");
        assert!(GUIDE.contains(&format!("`{name}`")) || GUIDE.contains(&format!("`{name}(")), "{name} in the guide");
    }
}

fn refused(expr: &str, expected: &str) {
    assert_eq!(value(expr, &usual()), Err(expected.to_owned()), "{expr}");
}

#[test]
fn what_is_not_understood_is_refused_at_its_letter() {
    refused("", "expression@1");
    refused("1 +", "expression@4");
    refused("1 1", "expression@3");
    refused("(1", "expression@3");
    refused("1)", "expression@2");
    refused("'a", "expression@1");
    refused("${a", "expression@1");
    refused("1 == 1", "expression@3");
    refused("1 # 2", "expression@3");
    refused("! 1", "expression@1");
    refused("yes", "expression@1");
    refused("${a} = yes", "expression@8");
    refused("true", "expression@1");
    refused("${a} is 1", "expression@6");
    refused("/data/a", "expression@1");
    refused("../a", "expression@4");
    refused("${a}/b", "expression@5");
    refused("${a} | ${b}", "expression@6");
    refused("${a}[1]", "expression@5");
    refused("@a", "expression@1");
    refused(&"9".repeat(40), "expression@1");
    refused("${zz} + ${yy}", "reference-unknown@1 reference-unknown@9");
    refused("foo(1) + bar()", "function-unknown@1 function-unknown@10");
    refused("If(1, 2, 3)", "function-unknown@1");
    refused("floor(1.5)", "function-unknown@1");
    refused("if(1, 2)", "arguments@1");
    refused("today(1)", "arguments@1");
    refused("concat()", "arguments@1");
    refused("indexed-repeat(${so}, ${nguoi})", "arguments@1");
    refused("indexed-repeat(${so}, ${nguoi}, 1, ${nguoi})", "arguments@1");
    refused("indexed-repeat(${so}, ${a}, 1)", "arguments@23");
    refused("weighted-checklist(1, 2, 'yes', 1, 'yes')", "arguments@1");
    refused("sum(1)", "arguments@5");
    refused("count(.)", "arguments@7");
    refused("${nguoi} = 1", "reference-section@1");
    refused("1 + ${nguoi}", "reference-section@5");
    refused("string(${nguoi})", "reference-section@8");
    refused("sum(${nguoi})", "reference-section@5");
    refused("${nhom}", "reference-section@1");
    refused("..", "arguments@1");
    refused("string(..)", "arguments@8");
    refused("position(1)", "arguments@10");
    refused("regex(., ${ten})", "regex@10");
    refused("regex(., '[a')", "regex@10");
    refused("regex(., '(?=a)b')", "regex@10");
    refused("jr:choice-name('x', 'many')", "arguments@21");
    refused("format-date(today(), '%Q')", "arguments@22");
    refused("format-date(today(), '%H')", "arguments@22");
}

#[test]
fn what_the_specification_names_and_we_leave_out_says_why() {
    for name in LEFT_OUT.iter().flat_map(|(names, _)| *names) {
        refused(&format!("{name}()"), "function-left-out@1");
    }
    for name in ["uuid", "random", "pulldata", "digest", "area", "distance", "instance", "property"] {
        refused(&format!("{name}('a', 1) = 1 or true()"), "function-left-out@1");
    }
}

#[test]
fn depth_has_an_end() {
    let deep = |many: usize| format!("{}1{}", "(".repeat(many), ")".repeat(many));
    check(&deep(100), &[], "1");
    assert!(value(&deep(100_000), &[]).is_err());
    assert!(value(&"-".repeat(100_000), &[]).is_err());
    assert!(value(&format!("1{}", " + 1".repeat(100_000)), &[]).is_err());
    check(&format!("1{}", " + 1".repeat(99)), &[], "100");
    assert!(value(&"not(".repeat(100_000), &[]).is_err());
}

proptest! {
    #[test]
    fn sums_and_products_are_exact(a in -10_000_000i64..10_000_000, b in -10_000_000i64..10_000_000, i in 0u32..6, j in 0u32..6) {
        let (x, y) = (Decimal::new(a, i), Decimal::new(b, j));
        let bindings = [("x", Value::from(Number::from(x))), ("y", Value::from(Number::from(y)))];
        check("${x} + ${y}", &bindings, &(x + y).normalize().to_string());
        check("${x} - ${y}", &bindings, &(x - y).normalize().to_string());
        check("${x} * ${y}", &bindings, &(x * y).normalize().to_string());
        if !y.is_zero() {
            check("${x} div ${y} * ${y} = ${x}", &bindings, "true");
            check("int(${x} div ${y}) * ${y} + ${x} mod ${y} = ${x}", &bindings, "true");
            check("${x} mod ${y}", &bindings, &(x % y).normalize().to_string());
        }
        check("(${x} < ${y}) != (${x} >= ${y})", &bindings, "true");
    }

    #[test]
    fn numbers_are_written_as_they_are_read(units in -1_000_000_000i64..1_000_000_000, scale in 0u32..12) {
        let decimal = Decimal::new(units, scale);
        prop_assert_eq!(Number::read(&decimal.to_string()).to_string(), decimal.normalize().to_string());
    }

    #[test]
    fn no_text_makes_the_parser_fall(text in any::<String>()) {
        let _ = value(&text, &usual());
    }

    #[test]
    fn no_row_of_words_makes_it_fall(words in prop::collection::vec(prop::sample::select(vec![
        "(", ")", ",", "+", "-", "*", "div", "mod", "and", "or", "=", "!=", "<", ">=", ".", "..", "/", "1", "0", "2.5", "99",
        "''", "'a'", "'2026-09-05'", "${a}", "${e}", "${so}", "${nguoi}", "if(", "sum(", "pow(", "round(", "date(", "substr(",
        "regex(", "max(", "position(", "format-date(", "indexed-repeat(", "selected-at(", "decimal-time(", "today()", "1e308",
    ]), 0..24)) {
        let _ = value(&words.join(" "), &usual());
    }

    #[test]
    fn no_number_makes_a_function_fall(a in any::<i64>(), b in any::<i64>(), scale in 0u32..18) {
        let bindings = [("x", Value::from(Number::from(Decimal::new(a, scale)))), ("y", Value::from(Number::from(Decimal::new(b, scale))))];
        for expr in ["pow(${x}, ${y})", "round(${x}, ${y})", "substr('abc', ${x}, ${y})", "date(${x})", "${x} mod ${y}",
            "exp(${x})", "exp10(${x})", "sqrt(${x})", "${x} * ${y} * ${x} * ${y}", "format-date(${x}, '%Y')", "selected-at('a b', ${x})"] {
            let _ = value(expr, &bindings).unwrap();
        }
    }
}
