//! Lets Tauri generate the context and check the capabilities.

fn main() {
    tauri_build::build();
}
