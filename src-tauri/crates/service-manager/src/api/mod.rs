//! The contract: plain data that travels to the page, to scripts and into the journal.
//!
//! Everything here is serialisable, has public fields and knows nobody but `serde` and [`crate::text`]
//! (a [`Text`](crate::text::Text) serialises as the sentence in the language of this process).
//! Rules, from the project's contract: keys are camelCase, no key is ever absent (null instead), times are RFC 3339,
//! sizes are bytes, enum values are kebab-case; check, diagnosis and finding ids keep the spelling of the failure
//! catalogue (`port.in_use`).

pub mod app;
pub mod check;
pub mod commands;
pub mod details;
pub mod diagnosis;
pub mod engines;
pub mod error;
pub mod handover;
pub mod images;
pub mod log;
pub mod operation;
pub mod package;
pub mod plan;
pub mod resources;
pub mod settings;
pub mod status;
pub mod support;
#[cfg(feature = "ts")]
pub mod ts;

/// Derives what every contract type needs: serde both ways where it makes sense, equality for `reduce` and tests,
/// and a TypeScript declaration when the `ts` feature is on.
macro_rules! wire {
    ($($(#[$meta:meta])* pub struct $name:ident { $($body:tt)* })*) => {
        $($(#[$meta])*
        #[derive(Clone, Debug, PartialEq, serde::Serialize)]
        #[serde(rename_all = "camelCase")]
        #[cfg_attr(feature = "ts", derive(ts_rs::TS))]
        pub struct $name { $($body)* })*
    };
}

/// The same for plain enums, whose values are kebab-case words.
macro_rules! words {
    ($($(#[$meta:meta])* pub enum $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal),* $(,)? })*) => {
        $($(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "ts", derive(ts_rs::TS))]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $word)] $variant),* }

        impl $name {
            /// Every value, in the order of the declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Returns the word on the wire, which is also the last part of catalogue keys.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        })*
    };
}

pub(crate) use {wire, words};
