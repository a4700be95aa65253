//! What is handed to whoever helps: copied where it is clicked, and looked through, file by file, before it is written.

use crate::world::{DEPLOYED, launch, package_of};
use std::time::Duration;
use tests::driver::in_window;

pub(crate) const HANDLES: &[&str] = &["copy-for-support", "support-bundle"];

/// Each part is waited for at most 20 seconds, and all of them at once.
const COLLECTED: Duration = Duration::from_mins(1);

const SECRET: &str = "Zq7hT2wLx9KfV4";

#[test]
fn what_helps_is_copied_and_can_be_read_before_it_is_handed_on() {
    let broken = format!(
        "
  search:
    image: ${{IMAGE}}
    environment: {{ DB_PASSWORD: {SECRET} }}
    command: [\"sh\", \"-c\", \"echo refused with {SECRET}; exit 78\"]
"
    );
    let package = package_of("support", &broken);
    in_window(launch("support", &package), async |window| {
        window.click("@deploy").await;
        window.wait_for("@deploy-outcome", DEPLOYED).await;
        window.wait("@copy-for-support").await;

        window.click("@nav-problems").await;
        window.click("@copy-for-support").await;
        window
            .wait_for("@support-said[data-state=copied]", COLLECTED)
            .await;

        window.click("@support-bundle").await;
        window
            .wait_for("@support-dialog[data-state=ready]", COLLECTED)
            .await;
        assert_eq!(window.count("@support-error").await, 0);
        let report = window.text("@support-report").await;
        assert!(report.contains("secrets of the package"), "{report}");

        let files = window.count("@support-file").await;
        assert!(files > 5, "{files} files");
        window
            .click("@support-file[data-file='package/inspect.json']")
            .await;
        window.wait("@support-content").await;
        let said = window.text("@support-content").await;
        assert!(said.contains("search") && !said.contains(SECRET), "{said}");

        window.click("@support-hosts").await;
        // It is collected anew: that the dialog was ready before says nothing.
        window
            .wait_for("@support-hosts[aria-checked=true]", COLLECTED)
            .await;
        window
            .wait_for("@support-dialog[data-state=ready]", COLLECTED)
            .await;
        window.click("@support-close").await;
        window.wait_gone("@support-dialog", COLLECTED).await;
        window.has_shown(HANDLES).await;
    });
}
