//! The register of every SQL text: what is written with [`sql!`](crate::sql) can be listed, and so be tested.

/// One SQL text, known to the register.
#[derive(Clone, Copy, Debug)]
pub struct Sql {
    pub name: &'static str,
    pub room: &'static str,
    pub text: &'static str,
}

/// An entry of the register.
pub struct Registered(pub Sql);

inventory::collect!(Registered);

/// Every SQL text linked into this program.
pub fn all_sql() -> impl Iterator<Item = Sql> {
    inventory::iter::<Registered>.into_iter().map(|entry| entry.0)
}

/// Declares SQL texts: `sql! { pub GET = "select … where id = $1"; }`.
#[macro_export]
macro_rules! sql {
    ($($(#[$meta:meta])* $vis:vis $name:ident = $text:expr;)*) => {
        $(
            $(#[$meta])*
            $vis const $name: $crate::Sql =
                $crate::Sql { name: stringify!($name), room: module_path!(), text: $text };
            $crate::inventory::submit! { $crate::Registered($name) }
        )*
    };
}

/// At the head of a text whose filters may be empty or wide: PostgreSQL plans it for the values at hand, every time. A plan
/// for any values, which all other texts have, reads whole tables here.
#[macro_export]
macro_rules! anew {
    () => {
        "/* planned anew */ "
    };
}
