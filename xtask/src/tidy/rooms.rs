//! The floors of the house and the order of rooms on them, as `ARCHITECTURE.md` draws it.

use super::tree::Tree;

/// Each may use those before it.
pub const ENGINES: &[&str] = &["base", "calendar", "workflow", "procedure", "form", "score", "indicator"];
/// Each may use those before it.
pub const KIT: &[&str] = &[
    "db", "journal", "people", "file", "rulebook", "fact", "hours", "task", "job", "notice", "link", "sheet", "letter",
    "sign", "web",
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Floor {
    Engine,
    Kit,
    Feature,
    /// Files from npm, for the two rooms that embed them.
    Assets,
    /// `app`, `bench`: join everything.
    Top,
    /// `xtask`: builds the house, so it must not need it.
    Tool,
}

/// A folder with a crate in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Room {
    pub floor: Floor,
    pub name: String,
    /// From the root, without a slash at the end.
    pub folder: String,
}

/// Every room that has a `Cargo.toml`.
pub fn all(tree: &Tree) -> Vec<Room> {
    let manifests = tree.texts().filter_map(|(path, _)| path.strip_suffix("/Cargo.toml"));
    manifests.filter_map(of).collect()
}

/// The room of a folder, if it is one.
fn of(folder: &str) -> Option<Room> {
    let (floor, name) = match folder.split('/').collect::<Vec<_>>().as_slice() {
        ["engines", name] => (Floor::Engine, *name),
        ["kit", name] => (Floor::Kit, *name),
        ["features", name] => (Floor::Feature, *name),
        ["assets"] => (Floor::Assets, "assets"),
        ["app"] => (Floor::Top, "cuaviet"),
        ["bench"] => (Floor::Top, "bench"),
        ["xtask"] => (Floor::Tool, "xtask"),
        _ => return None,
    };
    Some(Room { floor, name: name.to_owned(), folder: folder.to_owned() })
}

/// The floor, room and inner path of a source file of a feature: `features/index/src/pages/grid.rs`.
pub fn in_feature(path: &str) -> Option<(&str, &str)> {
    let (feature, inner) = path.strip_prefix("features/")?.split_once("/src/")?;
    Some((feature, inner))
}

/// Why a room may not use another, or None where it may.
pub fn forbids(from: &Room, to: &Room) -> Option<String> {
    let place = |list: &[&str], room: &Room| list.iter().position(|name| *name == room.name);
    let in_order = |list: &[&str], floor: &str| match (place(list, from), place(list, to)) {
        (Some(own), Some(other)) if other < own => None,
        (Some(_), Some(_)) => Some(format!("`{}` does not stand above `{}` in {floor}", to.name, from.name)),
        (None, _) => Some(format!(
            "`{}` has no place yet in the order of {floor}: give it one in xtask/src/tidy/rooms.rs",
            from.name
        )),
        (_, None) => Some(format!(
            "`{}` has no place yet in the order of {floor}: give it one in xtask/src/tidy/rooms.rs",
            to.name
        )),
    };
    match (from.floor, to.floor) {
        (Floor::Top, Floor::Engine | Floor::Kit | Floor::Feature | Floor::Assets) => None,
        // The figures are taken of the site as it is served.
        (Floor::Top, Floor::Top) if from.name == "bench" => None,
        (Floor::Engine, Floor::Engine) => in_order(ENGINES, "engines"),
        (Floor::Kit, Floor::Engine) => None,
        (Floor::Kit, Floor::Kit) => in_order(KIT, "kit"),
        (Floor::Kit, Floor::Assets) if ["web", "letter", "sign"].contains(&from.name.as_str()) => None,
        (Floor::Feature, Floor::Engine | Floor::Kit) => None,
        (Floor::Feature, Floor::Feature) => Some(format!(
            "a feature never uses another: `{}` and `{}` meet in a kit room, by a fact, or in app/src/wiring.rs",
            from.name, to.name
        )),
        _ => Some(format!("`{}` may not use `{}`", from.folder, to.folder)),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn who_may_use_whom() {
        let cases = [
            ("engines/score", "engines/base", true),
            ("engines/base", "engines/score", false),
            ("engines/score", "kit/db", false),
            ("kit/people", "kit/db", true),
            ("kit/db", "kit/people", false),
            ("kit/db", "kit/db", false),
            ("kit/sheet", "engines/score", true),
            ("kit/db", "features/index", false),
            ("kit/web", "assets", true),
            ("kit/letter", "assets", true),
            ("kit/db", "assets", false),
            ("features/index", "kit/web", true),
            ("features/index", "engines/score", true),
            ("features/index", "features/admin", false),
            ("features/index", "app", false),
            ("app", "features/index", true),
            ("bench", "engines/score", true),
            ("bench", "app", true),
            ("app", "bench", false),
            ("xtask", "engines/base", false),
            ("kit/unheard-of", "kit/db", false),
        ];
        for (from, to, may) in cases {
            let verdict = forbids(&of(from).unwrap(), &of(to).unwrap());
            assert_eq!(verdict.is_none(), may, "{from} → {to}: {verdict:?}");
        }
    }
}
