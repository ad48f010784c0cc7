use super::place_after;

#[test]
fn one_returns_to_this_site_only() {
    let check = |wanted, place| assert_eq!(place_after(wanted), place, "{wanted}");
    check("/chi-so/2020?mo=3.2.1", "/chi-so/2020?mo=3.2.1");
    check("", "/");
    check("https://la.example/", "/");
    check("//la.example", "/");
    check("/\\la.example", "/");
    check("/\t/la.example", "/");
    check("/dang-nhap?ve=/", "/");
}
