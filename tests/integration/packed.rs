//! Packages that come packed or on a medium: unpacked or copied once, then used like any other.

use fs_err as fs;
use serde_json::json;
use std::io::Write;
use tests::cli::{run, run_at};
use tests::sandbox::Sandbox;

fn shop() -> Sandbox {
    Sandbox::new(json!({ "web": { "restart": "always" } }))
}

/// Packs the sandbox's package as a .tar.gz beside it.
fn pack(sandbox: &Sandbox) -> String {
    let path = sandbox.package.with_file_name("shop-2.4.tar.gz");
    let file = fs_err::File::create(&path).expect("made");
    let gzip = flate2::write::GzEncoder::new(file, flate2::Compression::fast());
    let mut tar = tar::Builder::new(gzip);
    tar.append_dir_all("shop-2.4", &sandbox.package)
        .expect("packed");
    let mut file = tar.into_inner().expect("packed").finish().expect("packed");
    file.flush().expect("written");
    path.into_string()
}

#[test]
fn a_packed_package_is_unpacked_once_and_then_used() {
    let sandbox = shop();
    let packed = pack(&sandbox);
    let home = sandbox.state.join("home");
    let ran = run_at(&sandbox, &packed, &["inspect", "--json"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    assert_eq!(ran.json()["services"][0]["name"], "web");
    let folder = home.join("quayside/shop-2.4");
    assert!(
        folder.join("compose.yaml").is_file(),
        "the folder in it is the package"
    );
    let made = fs::metadata(&folder)
        .and_then(|meta| meta.created())
        .expect("known");
    let again = run_at(&sandbox, &packed, &["inspect", "--json"]);
    assert_eq!(again.code, 0, "{again:#?}");
    let then = fs::metadata(&folder)
        .and_then(|meta| meta.created())
        .expect("known");
    assert_eq!(made, then);
    assert!(!home.join("quayside/shop-2.4-2").exists());
}

#[test]
fn a_package_is_copied_and_nothing_is_written_over() {
    let sandbox = shop();
    let to = sandbox.package.with_file_name("copy");
    let ran = run(&sandbox, &["copy", "--to", to.as_str()]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    assert!(ran.out.contains(to.as_str()));
    assert!(to.join("images/web-amd64.tar").is_file());
    let again = run(&sandbox, &["copy", "--to", to.as_str()]);
    assert_eq!(again.code, 1, "{again:#?}");
    let inside = sandbox.package.join("inside");
    let inside = run(&sandbox, &["copy", "--to", inside.as_str()]);
    assert_eq!(inside.code, 1, "{inside:#?}");
}

#[test]
fn a_broken_one_is_no_package_and_leaves_nothing() {
    let sandbox = shop();
    let packed = pack(&sandbox);
    let mut bytes = fs::read(&packed).expect("there");
    bytes.truncate(bytes.len() / 2);
    fs::write(&packed, bytes).expect("written");
    let ran = run_at(&sandbox, &packed, &["check", "--json"]);
    assert_eq!(ran.code, 6, "{ran:#?}");
    assert_eq!(ran.json()["error"]["code"], "packed-unusable");
    let left = fs::read_dir(sandbox.state.join("home/quayside")).expect("made");
    assert_eq!(left.count(), 0);
}
