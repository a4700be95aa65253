//! A container that Docker does not answer about: somebody who is not looking is told, once it lasts.

use crate::desktop::Desktop;
use crate::engine::docker;
use crate::world::{DEPLOYED, launch, package_of};
use std::process::Command;
use tests::driver::in_window;

/// One that Docker does not answer about: what runs it is held still, and a pause waits for that.
const STUCK: &str = "
  stuck:
    image: ${IMAGE}
    command: [\"forever\"]
  other:
    image: ${IMAGE}
    command: [\"forever\"]
";

/// What runs a container, which does nothing until this is dropped: also by a test that fails, so that nothing hangs.
struct Still(String);

impl Still {
    fn hold(container: &str) -> Self {
        let this = Self(format!("containerd-shim.*{container}"));
        assert!(this.signal("-STOP"), "no shim of {container}");
        this
    }

    #[allow(clippy::disallowed_methods)] // a test is no product
    fn signal(&self, name: &str) -> bool {
        let sent = Command::new("pkill").args([name, "-f", &self.0]).status();
        sent.is_ok_and(|status| status.success())
    }
}

impl Drop for Still {
    fn drop(&mut self) {
        self.signal("-CONT");
    }
}

#[test]
#[ignore = "takes a minute; cargo xtask matrix"]
#[allow(clippy::disallowed_methods)] // a test is no product
fn a_service_that_docker_no_longer_answers_about_is_told_and_so_is_its_end() {
    let desktop = Desktop::start();
    let package = package_of("stuck", STUCK);
    in_window(launch("stuck", &package), async |window| {
        window.click("@deploy").await;
        window
            .wait_for("@deploy-outcome[data-outcome=ready]", DEPLOYED)
            .await;
    });
    let service = "label=com.docker.compose.service=stuck";
    let container = docker(&["ps", "--no-trunc", "--quiet", "--filter", service]);
    assert_eq!(container.len(), 64, "one id");
    let shim = Still::hold(&container);
    let pause = Command::new("docker").args(["pause", &container]).spawn();
    in_window(launch("stuck-again", &package), async |window| {
        desktop.until_told(1).await;
        let said = desktop.said();
        assert_eq!(said[0].0, "Docker no longer answers about stuck");
        assert!(said[0].1.contains("last known: running"), "{said:?}");
        window.wait("@verdict[data-verdict=degraded]").await;
        drop(shim);
        let paused = pause.expect("docker").wait();
        assert!(paused.expect("it ends").success());
        docker(&["unpause", &container]);
        window
            .wait_for("@verdict[data-verdict=ready]", DEPLOYED)
            .await;
        desktop.until_told(2).await;
        let said = desktop.said();
        assert_eq!(said[1].0, "stuck works again", "{said:?}");
    });
}
