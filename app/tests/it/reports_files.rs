//! Figures from spreadsheets: a block that is pasted, a workbook that goes out and comes back; every bad cell in words, nothing half
//! taken.

use crate::deeds::PDF;
use crate::page::Page;
use crate::person::Person;
use crate::reports::{FORM, opened, place};
use crate::world::journey;
use sheet::xlsx::{self, BookOut, SheetOut};
use sheet::{Book, Cell, Column, Table};

impl Person {
    async fn pastes(&self, row: &str, column: &str, block: &str) -> Page {
        let page = self.opens("/bao-cao/{part}").await;
        let form = page.form(&self.world.address(&format!("/bao-cao/{{part}}/dan/{FORM}")));
        form.with("dong", row).with("cot", column).with("khoi", block).sent_by(self).await
    }

    async fn brings(&self, bytes: &[u8], skip: bool) -> Page {
        let page = self.opens("/bao-cao/{part}").await;
        let form = page.form(&self.world.address("/bao-cao/{part}/nap")).attach("tep", "so-lieu.xlsx", bytes);
        let form = if skip { form.with("bo_qua", "1") } else { form };
        form.sent_by(self).await
    }

    async fn value(&self, row: &str, column: &str) -> String {
        self.cell("part", row, column).await.value("so").to_owned()
    }
}

/// Files go with a report while it is open, stay with it once it was sent, and go out in its letter.
#[tokio::test]
async fn files_go_with_a_report_and_stay_with_what_was_sent() {
    journey(async |world| {
        opened(&world).await;
        let (binh, nam, yen) = (world.person("binh"), world.person("nam"), world.person("yen"));
        let brings = async |files: &[(&str, &[u8])]| {
            let form =
                binh.opens("/bao-cao/{part}?phan=dinh-kem").await.form(&world.address("/bao-cao/{part}/dinh-kem"));
            files.iter().fold(form, |form, (name, bytes)| form.attach("tep", name, bytes)).sent_by(&binh).await
        };
        brings(&[]).await.refuses("Chọn tệp");
        // One that cannot be kept is named; the other is.
        brings(&[("anh.exe", b"MZ\x90\x00"), ("ke-hoach.pdf", PDF)]).await.refuses("“anh.exe”").says("ke-hoach.pdf");
        brings(&[("phu-luc.pdf", PDF)]).await.goes_on();
        let page = binh.opens("/bao-cao/{part}?phan=dinh-kem").await.says("phu-luc.pdf");
        let file = page.link(&world.address("/bao-cao/{part}/dinh-kem/"));
        world.name("file", file.rsplit('/').next().unwrap());
        assert_eq!(nam.opens("/bao-cao/{part}/dinh-kem/{file}").await.bytes, PDF);
        yen.goes("/bao-cao/{part}/dinh-kem/{file}").await.is(404);
        let gone = world.address("/bao-cao/{part}/dinh-kem/{file}/bo");
        page.form(&gone).sent_by(&binh).await.goes_on();
        binh.opens("/bao-cao/{part}?phan=dinh-kem").await.hides("ke-hoach.pdf").says("phu-luc.pdf");

        // Sent: what went with it stays, also when it is opened again.
        binh.cell("part", "11", "th").await.with("so", "27").scripted_by(&binh).await.is(200);
        let does = async |who: &Person, verb: &str, boxes: &[(&str, &str)]| {
            let form = who.opens("/bao-cao/{part}").await.form(&world.address(&format!("/bao-cao/{{part}}/{verb}")));
            form.filled(boxes).sent_by(who).await.goes_on();
        };
        does(&binh, "trinh", &[("con_trong", "1")]).await;
        does(&nam, "duyet", &[]).await;
        binh.opens("/bao-cao/{part}?phan=dinh-kem").await.says("phu-luc.pdf").hides("Bỏ tệp");
        does(&world.person("lan"), "mo-lai", &[("ly_do", "Bổ sung")]).await;
        let page = binh.opens("/bao-cao/{part}?phan=dinh-kem").await.says("phu-luc.pdf").hides("Bỏ tệp");
        world.name("file", page.link(&world.address("/bao-cao/{part}/dinh-kem/")).rsplit('/').next().unwrap());
        assert_eq!(world.done("file.attached").await, 2);
        assert_eq!(world.done("file.detached").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_block_is_taken_whole_or_not_at_all() {
    journey(async |world| {
        opened(&world).await;
        let binh = world.person("binh");
        // Rows 5 to 7: the plan of the parts is grey and row 6 is worked out, so they are passed over.
        let block = "2.500\t2.640,5\r\n\t2.008,2\r\n\t301,4\r\n\t22,9\r\n\t308\r\n5,1\t5,6\r\n30\t31,25\r\n";
        binh.pastes("5", "kh", block).await.goes_on();
        binh.opens("/bao-cao/{part}").await.says("8/18");
        assert_eq!(
            (binh.value("5.4", "th").await, binh.value("7", "th").await),
            ("308,0".to_owned(), "31,25".to_owned())
        );
        let bad = binh.pastes("10", "th", "80\n1.234,5\nnhiều\n").await;
        let bad = bad.refuses("Dòng 11 “Số vụ vi phạm đã xử lý”, cột “Tháng báo cáo, Thực hiện”");
        let bad = bad.says("chỉ nhận số nguyên").hides("Dòng 10 “");
        // The block stands there with the cell where it began.
        let kept = bad.form(&world.address(&format!("/bao-cao/{{part}}/dan/{FORM}")));
        assert_eq!(kept.value("khoi").trim(), "80\n1.234,5\nnhiều");
        assert_eq!((kept.value("dong"), kept.value("cot")), ("10", "th"));
        binh.opens("/bao-cao/{part}").await.says("8/18");
        binh.pastes("13", "th", "1\n2\n").await.refuses("nằm ngoài biểu");
        // Somebody else has written into a covered cell since the page was opened: it is named, and nothing is taken.
        let page = binh.opens("/bao-cao/{part}").await;
        let form = page.form(&world.address(&format!("/bao-cao/{{part}}/dan/{FORM}")));
        binh.cell("part", "11", "th").await.with("so", "7").scripted_by(&binh).await.is(200);
        let block = form.with("dong", "10").with("cot", "th").with("khoi", "80\n25\n");
        block.sent_by(&binh).await.refuses("Dòng 11 “Số vụ vi phạm đã xử lý”: người khác vừa nhập 7");
        assert_eq!(binh.value("10", "th").await, "");
    })
    .await;
}

/// A workbook as the report's page gives it.
async fn taken_away(person: &Person) -> (Vec<u8>, Book) {
    let file = person.opens("/bao-cao/{part}/tai").await;
    let book = sheet::read(&file.bytes, "bao-cao.xlsx").unwrap();
    (file.bytes, book)
}

/// A book that was read, to be written again with some cells changed: by the row's code and the column's name.
fn changed(book: &Book, cells: &[(&str, &str, Cell)], meta: &[(&str, &str)]) -> Vec<u8> {
    let sheet = book.sheet("Biểu 1").unwrap();
    let head = sheet.rows.iter().position(|row| row.first() == Some(&Cell::Text("Mã".into()))).unwrap();
    let names: Vec<String> = sheet.rows[head]
        .iter()
        .map(|cell| if let Cell::Text(name) = cell { name.clone() } else { String::new() })
        .collect();
    let mut table = Table::new(names.iter().map(|name| Column::exact(name)).collect());
    for row in &sheet.rows[head + 1..] {
        let mut row = row.clone();
        row.resize(names.len(), Cell::Empty);
        for (code, column, cell) in cells {
            let at = names.iter().position(|name| name == column).unwrap();
            if row.first() == Some(&Cell::Text((*code).into())) {
                row[at] = cell.clone();
            }
        }
        table.push(row);
    }
    let mut all = book.meta.clone();
    all.extend(meta.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())));
    let sheets = vec![SheetOut::new("Biểu 1", table)];
    xlsx::write(&BookOut { guide: Vec::new(), sheets, meta: all.into_iter().collect() }).unwrap()
}

const DONE: &str = "Tháng báo cáo - Thực hiện";

fn number(text: &str) -> Cell {
    Cell::Number(text.parse().unwrap())
}

#[tokio::test]
async fn a_workbook_comes_back_with_what_was_edited_and_every_bad_cell_is_told() {
    journey(async |world| {
        opened(&world).await;
        let binh = world.person("binh");
        binh.cell("part", "10", "th").await.with("so", "80").scripted_by(&binh).await.is(200);
        let (bytes, book) = taken_away(&binh).await;
        binh.brings(&bytes, false).await.goes_on();
        binh.opens("/bao-cao/{part}").await.says("1/18");

        // Somebody changes another cell meanwhile: the workbook, which did not touch it, leaves it alone.
        binh.cell("part", "11", "th").await.with("so", "20").scripted_by(&binh).await.is(200);
        let edited = changed(&book, &[("5", DONE, number("2640.5")), ("10", DONE, Cell::Text("-".into()))], &[]);
        binh.brings(&edited, false).await.goes_on();
        let now = (binh.value("5", "th").await, binh.value("10", "th").await, binh.value("11", "th").await);
        assert_eq!(now, ("2.640,5".to_owned(), String::new(), "20".to_owned()));

        let bad = [
            ("1", DONE, Cell::Text("1.234,5,6".into())),
            ("2", DONE, number("104.256")),
            ("4", DONE, number("-1")),
            ("5.1", DONE, Cell::Error("#DIV/0!".into())),
            ("11", DONE, number("21")),
            ("7", DONE, number("31.25")),
        ];
        // A failed formula cannot be written: as its words, which are no number either.
        let bad = bad.map(|(row, column, cell)| match cell {
            Cell::Error(shown) => (row, column, Cell::Text(shown)),
            cell => (row, column, cell),
        });
        let file = changed(&book, &bad, &[]);
        let page = binh.brings(&file, false).await;
        let page = page.refuses("nhiều nhất 2 chữ số thập phân").says("không được âm").says("#DIV/0!");
        page.says("đã được sửa thành 20 sau khi tải tệp").says("Biểu 1!");
        assert_eq!(binh.value("7", "th").await, "", "nothing is half taken");
        binh.brings(&file, true).await.is(422).says("Đã nhận 1 ô, bỏ qua 5 ô sau đây.");
        assert_eq!(binh.value("7", "th").await, "31,25");
    })
    .await;
}

#[tokio::test]
async fn a_workbook_of_another_report_or_of_another_shape_is_refused_in_words() {
    journey(async |world| {
        opened(&world).await;
        let binh = world.person("binh");
        let (_, book) = taken_away(&binh).await;
        let other = changed(
            &book,
            &[],
            &[("report", &world.id("total")), ("unit", "Phòng Khác"), ("period", "tháng 11 năm 2025")],
        );
        binh.brings(&other, false).await.refuses("Tệp này là của Phòng Khác, tháng 11 năm 2025");
        binh.brings(b"khong phai tep", false).await.is(422);
        binh.sends("/bao-cao/{part}/nap", &[("nap", "1")]).await.refuses("Chọn tệp Excel");

        // Last year's shape: a column with another name, a row that is no more, one that stands twice.
        let columns = ["Mã", "Chỉ tiêu", "Kế hoạch", "Thực hiện"].map(Column::exact);
        let moved = xlsx::write_table("Biểu 1", Table::new(columns.into())).unwrap();
        binh.brings(&moved, false).await.refuses("thiếu cột Tháng báo cáo - Kế hoạch, Tháng báo cáo - Thực hiện");
        let columns = ["Mã", "Tháng báo cáo - Kế hoạch", DONE].map(Column::exact);
        let mut table = Table::new(columns.into());
        for code in ["10", "10", "99"] {
            table.push(vec![code.into(), Cell::Empty, number("7")]);
        }
        for line in 0..10_000 {
            table.push(vec![format!("x{line}").into(), Cell::Empty, number("1")]);
        }
        let page = binh.brings(&xlsx::write_table("Biểu 1", table).unwrap(), false).await;
        page.refuses("Dòng mã “10” có hai lần").says("không có dòng mã “99”").says("Và 9802 lỗi nữa");
        assert_eq!(place(&world, "10", "th").await, 15);
        assert_eq!(binh.value("10", "th").await, "");
    })
    .await;
}
