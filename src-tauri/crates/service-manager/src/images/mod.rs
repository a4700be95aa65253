//! Offline images: the archives of a package and the names in them.
//!
//! - [`archive`]: `archive::index(path)` says what a file holds, `archive::open_for_load(path)` reads it for the
//!   engine, decompressed, counting source bytes; `archive::path_kinds` looks into an image's layers.
//! - [`reference`]: compares references and finds the archive for the image a service asks for
//!   (`reference::match_archive`).

pub(crate) mod archive;
pub(crate) mod load;
pub(crate) mod reference;
