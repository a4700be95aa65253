//! Whatever a package or a container writes is text: it is shown, and never becomes part of the page.

use crate::world::{DEPLOYED, launch, package_of};
use tests::driver::{Window, in_window};

const EVIL: &str = "<img src=x onerror=window.owned=1><script>window.owned=2</script>";

#[test]
fn a_title_and_a_log_line_with_markup_are_shown_as_text() {
    let service = format!(
        "
  talker:
    image: ${{IMAGE}}
    command: [\"sh\", \"-c\", \"echo '{EVIL}'; exit 3\"]
"
    );
    let package = package_of("untrusted", &service);
    package.file("quayside.yaml", &format!("title: \"{EVIL}\"\n"));
    in_window(launch("untrusted", &package), async |window| {
        window.wait("@deploy:enabled").await;
        assert!(window.text("@package-title").await.contains(EVIL));
        harmless(window).await;
        window.click("@deploy").await;
        window
            .wait_for("@deploy-outcome[data-outcome=failed]", DEPLOYED)
            .await;
        assert!(window.text("@problem-proof").await.contains(EVIL));
        harmless(window).await;
        window.click("@nav-logs").await;
        window.wait("@log-view .line").await;
        assert!(window.content("@log-view").await.contains(EVIL));
        harmless(window).await;
    });
}

async fn harmless(window: &Window) {
    assert_eq!(window.count("img, #app script").await, 0);
    assert!(window.script("return window.owned ?? null").await.is_null());
}
