//! The handover page.

use super::wire;

wire! {
    /// A handover page that was saved.
    pub struct HandoverSaved {
        pub path: String,
        pub bytes: u64,
    }
}
