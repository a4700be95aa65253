//! One service works and one does not: what works, what does not, and its last words.

use crate::world::{DEPLOYED, WEB, launch, package_of};
use tests::driver::in_window;

pub(crate) const HANDLES: &[&str] = &["problem", "problem-proof", "deploy-outcome"];

#[test]
fn a_service_that_fails_is_named_with_its_last_words() {
    let broken = "
  search:
    image: ${IMAGE}
    command: [\"sh\", \"-c\", \"echo no licence file in /etc/search; exit 78\"]
";
    let package = package_of("partly", &format!("{WEB}{broken}"));
    in_window(launch("partly", &package), async |window| {
        window.click("@deploy").await;
        window.wait_for("@deploy-outcome", DEPLOYED).await;
        assert_eq!(
            window.attribute("@deploy-outcome", "data-outcome").await,
            "partly-ready"
        );
        let said = window.text("@deploy-outcome").await;
        assert!(said.contains("search"), "{said}");
        assert!(said.contains("no licence file in /etc/search"), "{said}");
        assert!(said.contains("web"), "{said}");

        window.click("@nav-problems").await;
        window.wait("@problem").await;
        let said = window.text("@problem").await;
        assert!(said.contains("search"), "{said}");
        assert!(said.contains("no licence file in /etc/search"), "{said}");
        assert_eq!(
            window.count("@problem").await,
            1,
            "one problem is told once"
        );
        assert_eq!(window.text("@nav-problems .badge").await, "1");

        window.click("@nav-overview").await;
        window.wait("@verdict[data-verdict=will-not-recover]").await;
        window
            .wait("@service-card[data-service=web][data-state=healthy]")
            .await;
        window
            .wait("@service-card[data-service=search][data-state=failed]")
            .await;
        window.has_shown(HANDLES).await;
    });
}
