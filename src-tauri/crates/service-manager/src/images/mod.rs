//! Offline images: the archives of a package, the names in them, and their way into the engine.
//!
//! - [`archive`]: `archive::index(path)` says what a file holds; `archive::path_kinds` looks into an image's layers.
//!   `index_cache` keeps the answer.
//! - [`reference`]: compares references and finds the archive for the image a service asks for
//!   (`reference::match_archive`).
//! - [`loader`]: brings images into the engine. `units` decides what is sent in which pieces, `parcel` writes one
//!   piece as a stream, `load` sends it, `checksum` compares files with the vendor's list; `meter` says where it stands
//!   and `history` how long it will take.

pub(crate) mod archive;
pub(crate) mod checksum;
pub(crate) mod history;
pub(crate) mod index_cache;
pub(crate) mod load;
pub(crate) mod loader;
pub(crate) mod meter;
mod parcel;
pub(crate) mod reference;
mod units;
