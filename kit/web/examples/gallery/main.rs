//! Writes sample pages of the house into a folder, to be looked at in a browser:
//!
//! ```text
//! cargo run -p web --example gallery -- target/gallery
//! cd target/gallery && python3 -m http.server 8123
//! ```

mod boards;
mod forms;
mod grids;
mod people;

use std::path::Path;
use std::{env, fs, io};

use maud::Markup;

fn main() -> io::Result<()> {
    let folder = env::args().nth(1).unwrap_or_else(|| "gallery".into());
    let folder = Path::new(&folder);
    fs::create_dir_all(folder)?;
    for asset in assets::all() {
        let file = folder.join(asset.path.trim_start_matches('/'));
        if let Some(parent) = file.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(file, asset.bytes)?;
    }
    for (name, page) in pages() {
        fs::write(folder.join(format!("{name}.html")), &page.0)?;
        for fault in web::look::check::faults(&page.0) {
            println!("{name}: {fault}");
        }
    }
    Ok(())
}

fn pages() -> Vec<(&'static str, Markup)> {
    vec![
        ("sign-in", forms::sign_in()),
        ("form", forms::settings()),
        ("citizen-tasks", forms::citizen_tasks()),
        ("citizen-question", forms::citizen_question()),
        ("citizen-done", forms::citizen_done()),
        ("score", grids::score(false)),
        ("score-drawer", grids::score(true)),
        ("appraise", grids::appraise()),
        ("list", boards::list()),
        ("board", boards::board()),
        ("parts", boards::parts()),
    ]
}
