//! What Quayside does while nobody looks: the tray says the verdict, a trouble that lasts is told once and so is its end,
//! our own doing never, and closing the window does not end the watching.

use crate::desktop::Desktop;
use crate::engine::docker;
use crate::world::{DEPLOYED, launch, package_of};
use crate::x11::Display;
use std::time::Duration;
use tests::driver::in_window;

/// Healthy as long as nobody takes its file away.
const WEB: &str = "
  web:
    image: ${IMAGE}
    command: [\"sh\", \"-c\", \"touch /well; exec forever\"]
    restart: unless-stopped
    healthcheck: { test: [\"CMD\", \"test\", \"-e\", \"/well\"], interval: 1s, retries: 2 }
";

#[test]
fn the_tray_says_the_verdict_and_a_lasting_trouble_is_told_once() {
    let desktop = Desktop::start();
    let package = package_of("tray", WEB);
    in_window(launch("tray", &package), async |window| {
        window
            .wait("@check-summary[data-state=ready], @check-summary[data-state=warnings]")
            .await;
        let menu = desktop.menu();
        let stopped = menu.picture();
        window.click("@deploy").await;
        window
            .wait_for("@deploy-outcome[data-outcome=ready]", DEPLOYED)
            .await;
        menu.until_says("ready");
        let ready = menu.picture();
        assert_ne!(stopped, ready, "the picture is the verdict's");
        assert_eq!(desktop.said(), [], "a deployment is our own doing");

        // Closed, it goes on watching, and says so the first time.
        let display = Display::connect();
        display.close(display.drawn("Quayside").expect("a window"));
        desktop.until_told(1).await;
        let container = docker(&["ps", "--quiet", "--filter", "name=web"]);
        docker(&["exec", &container, "rm", "/well"]);
        menu.until_says("Needs attention");
        assert_ne!(menu.picture(), ready);
        desktop.until_told(2).await;
        assert!(desktop.said()[1].0.contains("web"), "{:?}", desktop.said());
        // A page that nobody sees is sent nothing; opened, it says what is so now.
        assert_eq!(display.drawn("Quayside"), None);
        assert_eq!(window.attribute("@verdict", "data-verdict").await, "ready");
        menu.press("Open");
        window.wait("@verdict[data-verdict=degraded]").await;
        docker(&["exec", &container, "touch", "/well"]);
        desktop.until_told(3).await;
        assert!(
            desktop.said()[2].0.contains("works again"),
            "{:?}",
            desktop.said()
        );

        // Stopping from the tray is asked about in the window; it is our own doing and told to nobody.
        menu.press("Stop all");
        window.wait("@dialog").await;
        window.click("@dialog-confirm").await;
        menu.until_says("stopped");
        tokio::time::sleep(Duration::from_secs(2)).await;
        assert_eq!(desktop.said().len(), 3, "{:?}", desktop.said());
    });
}
