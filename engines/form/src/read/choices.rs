//! The lists of choices. Their labels are read later, when the names of the questions are known.

use super::{Notes, SheetName};
use crate::file::Sheet;
use crate::form::{Choice, List, Words};

pub fn read(sheet: &Sheet, duplicates: &str, notes: &mut Notes) -> Vec<List> {
    let mut lists: Vec<List> = Vec::new();
    for row in &sheet.rows {
        let (list, name) = (row.get("list_name"), row.get("name"));
        let mut no = |column, code, say: String| notes.cell(SheetName::Choices, row, column, code, say);
        if list.is_empty() {
            no("list_name", "choice-list-missing", "phương án này thuộc danh mục nào: điền list_name".into());
        }
        if name.is_empty() {
            no("name", "choice-name-missing", "phương án chưa có mã: điền name".into());
        }
        if row.words("label", "").is_empty() {
            no("label", "label-missing", "phương án chưa có lời: điền label".into());
        }
        if list.is_empty() || name.is_empty() {
            continue;
        }
        let known = lists.iter().position(|known| known.name == list).unwrap_or_else(|| {
            lists.push(List { name: list.to_owned(), choices: Vec::new() });
            lists.len() - 1
        });
        let choices = &mut lists[known].choices;
        if choices.iter().any(|choice| choice.name == name) && !matches!(duplicates, "yes" | "TRUE" | "true()") {
            no("name", "choice-twice", format!("danh mục “{list}” đã có phương án “{name}”"));
        }
        let cell = |column: &String| row.cells.iter().find(|(header, _)| header == column).map(|(_, cell)| cell.trim());
        let cells = sheet.columns.iter().map(|column| cell(column).unwrap_or_default().to_owned()).collect();
        choices.push(Choice { name: name.to_owned(), label: Words::default(), cells });
    }
    lists
}
