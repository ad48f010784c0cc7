//! A closed list of words: each with its code for files and tables, and what is said on a page.

/// Declares one: `base::words! { /// How it ends. End { Returned = "returned", "trả kết quả"; } }`.
///
/// An unknown code is none, never a default: an unknown word is an error, never a yes.
#[macro_export]
macro_rules! words {
    ($(#[$about:meta])* $name:ident { $($(#[$line:meta])* $word:ident = $code:literal, $say:literal;)+ }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$line])* #[serde(rename = $code)] $word),+ }

        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$word),+];

            /// As it is written in files, tables and addresses.
            pub fn code(self) -> &'static str {
                match self { $($name::$word => $code),+ }
            }

            /// As it is said on a page.
            pub fn say(self) -> &'static str {
                match self { $($name::$word => $say),+ }
            }

            pub fn of(code: &str) -> Option<$name> {
                Self::ALL.iter().copied().find(|word| word.code() == code)
            }
        }
    };
}

#[cfg(test)]
mod tests {
    crate::words! {
        /// For this test.
        Way { Up = "up", "lên"; Down = "down", "xuống"; }
    }

    #[test]
    fn a_code_is_its_word_and_no_other_is() {
        assert!(Way::ALL.iter().all(|way| Way::of(way.code()) == Some(*way)));
        assert_eq!((Way::of("Up"), Way::of("")), (None, None));
        assert_eq!(Way::Down.say(), "xuống");
    }
}
