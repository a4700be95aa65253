//! What cannot be deployed says why, and nothing is changed.

use crate::engine::docker;
use crate::world::{WEB, launch, on, package_of};
use fs_err as fs;
use tests::driver::in_window;

pub(crate) const HANDLES: &[&str] = &["choose-package", "nav-install"];

#[test]
fn a_folder_that_is_no_package_says_what_was_looked_for_and_found() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = camino::Utf8Path::from_path(folder.path()).expect("a readable name");
    let wrong = root.join("handbook");
    fs::create_dir(&wrong).expect("a folder");
    for name in ["installation.pdf", "operation.pdf", "licence.pdf"] {
        fs::write(wrong.join(name), "%PDF-1.4").expect("a file");
    }
    in_window(on("wrong", &wrong, &root.join("state")), async |window| {
        window.wait("@open-error").await;
        let said = window.text("@open-error").await;
        assert!(said.contains("docker-compose.yml"), "{said}");
        assert!(said.contains("3 PDF files"), "{said}");
        assert!(!window.has("@deploy").await);
        window.has_shown(HANDLES).await;
    });
}

#[test]
fn a_missing_image_blocks_before_anything_is_changed() {
    let absent = "
  search:
    image: acme/search:9.9
    volumes: [\"./data/search:/data\"]
";
    let package = package_of("blocked", &format!("{WEB}{absent}"));
    in_window(launch("blocked", &package), async |window| {
        window.wait("@check-summary[data-state=blocked]").await;
        window
            .wait("@check-row[data-check=\"image.missing\"][data-state=block]")
            .await;
        assert_eq!(
            window.attribute("@offline-proof", "data-complete").await,
            "false"
        );
        let row = window.wait("@offline-proof tr[data-service=search]").await;
        assert_eq!(
            row.attr("data-integrity").await.expect("a row").as_deref(),
            Some("missing")
        );

        let button = window.wait("@deploy").await;
        assert!(!button.is_enabled().await.expect("a button"));
        let why = window.text("#why-off").await;
        assert!(why.contains("acme/search:9.9"), "{why}");
        // What is off does nothing, whoever presses it.
        window
            .script("document.querySelector('[data-testid=deploy]').click()")
            .await;
        assert!(!window.has("@deploy-step").await);
        assert_eq!(docker(&["ps", "--all", "--quiet"]), "");
        assert_eq!(docker(&["images", "--quiet"]), "");
        assert!(!package.path.join("data").exists());
    });
}
