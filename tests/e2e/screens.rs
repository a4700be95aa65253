//! Pictures of every screen of the real window, for looking at: `cargo xtask screens`.

use crate::engine;
use crate::world::{CHANGED, DEPLOYED, Demo, WEB, on, package_of};
use camino::{Utf8Path, Utf8PathBuf};
use fs_err as fs;
use std::time::Duration;
use tests::driver::{Launch, Window, evidence, in_window};

const SIZES: &[(u32, u32)] = &[(1100, 760), (800, 560)];

#[test]
#[ignore = "makes pictures for people; `cargo xtask screens`"]
fn pictures_of_every_screen() {
    for language in ["en", "zh-CN"] {
        for theme in ["light", "dark"] {
            let camera = Camera::new(language, theme);
            camera.of_the_demonstration();
            camera.of_trouble();
            camera.of_a_blocked_package();
        }
    }
}

struct Camera {
    language: &'static str,
    theme: &'static str,
    folder: Utf8PathBuf,
}

impl Camera {
    fn new(language: &'static str, theme: &'static str) -> Self {
        let folder = evidence().join("screens");
        fs::create_dir_all(&folder).expect("a folder for pictures");
        Self {
            language,
            theme,
            folder,
        }
    }

    fn launch(&self, package: &Utf8Path, state: &Utf8Path) -> Launch {
        let mut launch = on("screens", package, state);
        launch.arguments.truncate(2);
        let more = ["--lang", self.language, "--theme", self.theme];
        launch.arguments.extend(more.map(str::to_owned));
        launch
    }

    /// Takes the picture in every size.
    async fn take(&self, window: &Window, name: &str) {
        for (width, height) in SIZES {
            window.resize(*width, *height).await;
            // What is shown is on its way: a transition takes 200 ms.
            tokio::time::sleep(Duration::from_millis(600)).await;
            let file = format!("{name}-{}-{}-{width}.png", self.language, self.theme);
            window.picture(&self.folder.join(file)).await;
        }
        let (width, height) = SIZES[0];
        window.resize(width, height).await;
    }

    fn of_the_demonstration(&self) {
        let demo = Demo::new();
        in_window(
            self.launch(&demo.package(), &demo.state()),
            async |window| {
                window.wait("@deploy:enabled").await;
                self.take(window, "check").await;
                window
                    .script("document.querySelector('.page').scrollTo(0, 9999)")
                    .await;
                self.take(window, "check-end").await;
                window.click("@deploy").await;
                window.wait("@deploy-archives").await;
                window
                    .picture(
                        &self
                            .folder
                            .join(format!("loading-{}-{}.png", self.language, self.theme)),
                    )
                    .await;
                window
                    .wait_for(
                        "@deploy-step[data-step=ready][data-state=running]",
                        DEPLOYED,
                    )
                    .await;
                self.take(window, "deploying").await;
                window.wait_for("@deploy-outcome", DEPLOYED).await;
                self.take(window, "ready").await;
                window.click("@nav-overview").await;
                window
                    .wait_for(
                        "@service-card[data-service=worker][data-state=running]",
                        CHANGED,
                    )
                    .await;
                self.take(window, "overview").await;
                window.click("[data-service=redis] @service-menu").await;
                self.take(window, "menu").await;
                window.click("[data-service=redis] @service-menu").await;
                window.click("@stop-all").await;
                self.take(window, "stop-all").await;
                window.click("@dialog-keep").await;
                for page in ["problems", "logs", "settings"] {
                    window.click(&format!("@nav-{page}")).await;
                    self.take(window, page).await;
                }
                window.click("@package-title").await;
                window.wait("@arch-info").await;
                self.take(window, "details").await;
                window
                    .script("document.querySelector('.page').scrollTo(0, 9999)")
                    .await;
                self.take(window, "details-end").await;
                window.click("@nav-overview").await;
                engine::kill();
                window.wait("@engine-banner").await;
                self.take(window, "lost").await;
                engine::revive();
                window.wait_gone("@engine-banner", CHANGED).await;
            },
        );
    }

    fn of_trouble(&self) {
        let services = format!("{WEB}
  search:
    image: ${{IMAGE}}
    command: [\"sh\", \"-c\", \"echo max virtual memory areas vm.max_map_count [65530] is too low, increase to at least [262144]; exit 78\"]
  reports:
    image: ${{IMAGE}}
    command: [\"sh\", \"-c\", \"echo cannot reach the database; sleep 1; exit 1\"]
    restart: always
");
        let package = package_of("trouble", &services);
        let launch = self.launch(&package.path, &package.around().join("state"));
        in_window(launch, async |window| {
            window.click("@deploy").await;
            window.wait_for("@deploy-outcome", DEPLOYED).await;
            self.take(window, "partly").await;
            window.click("@nav-overview").await;
            self.take(window, "trouble").await;
            window.click("@nav-problems").await;
            self.take(window, "problem").await;
        });
    }

    fn of_a_blocked_package(&self) {
        let services = format!(
            "{WEB}
  search:
    image: acme/search:9.9
"
        );
        let package = package_of("blocked", &services);
        let state = package.around().join("state");
        in_window(self.launch(&package.path, &state), async |window| {
            window.wait("@check-summary[data-state=blocked]").await;
            self.take(window, "blocked").await;
        });
        in_window(self.launch(package.around(), &state), async |window| {
            window.wait("@choose-package").await;
            self.take(window, "choose").await;
        });
    }
}
