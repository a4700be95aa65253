//! Language and look: at once in Settings, from the command line, and remembered.

use crate::world::{WEB, launch, package_of};
use tests::driver::{Launch, Window, in_window};

pub(crate) const HANDLES: &[&str] = &["nav-settings", "language", "theme"];

#[test]
fn language_and_look_change_at_once_and_are_remembered() {
    let package = package_of("settings", WEB);
    let mut plain = launch("settings", &package);
    plain.arguments.truncate(2);
    in_window(plain.clone(), async |window| {
        window.click("@nav-settings").await;
        window.click("@theme-light").await;
        window.wait("html[data-theme=light]").await;
        let light = background(window).await;
        window.click("@theme-dark").await;
        window.wait("html[data-theme=dark]").await;
        assert_ne!(background(window).await, light);

        window.click("@language option[value='zh-CN']").await;
        window.wait("html[lang='zh-CN']").await;
        assert_eq!(window.text("@nav-settings").await.trim(), "设置");
        // What Rust says changes too.
        window.click("@nav-install").await;
        window
            .wait("@check-summary:not([data-state=running])")
            .await;
        let check = window.text("@check-summary").await + &window.text("@plan").await;
        assert!(
            !check.contains("Nothing") && check.contains("部署"),
            "{check}"
        );
        window.has_shown(HANDLES).await;
    });
    in_window(plain, async |window| {
        window.wait("html[lang='zh-CN'][data-theme=dark]").await;
    });
}

#[test]
fn the_command_line_decides_language_and_look_for_one_run() {
    let package = package_of("arguments", WEB);
    let english = launch("arguments", &package);
    let chinese = Launch {
        arguments: [
            "--package",
            package.path.as_str(),
            "--lang",
            "zh-CN",
            "--theme",
            "dark",
        ]
        .map(str::to_owned)
        .to_vec(),
        ..english.clone()
    };
    in_window(chinese, async |window| {
        window.wait("html[lang='zh-CN'][data-theme=dark]").await;
        assert_eq!(window.text("@nav-settings").await.trim(), "设置");
    });
    in_window(english, async |window| {
        window.wait("html[lang=en][data-theme=light]").await;
        assert_eq!(window.text("@nav-settings").await.trim(), "Settings");
    });
}

async fn background(window: &Window) -> String {
    let colour = window
        .script("return getComputedStyle(document.querySelector('#sheet')).backgroundColor")
        .await;
    colour.as_str().unwrap_or_default().to_owned()
}
