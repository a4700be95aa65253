//! The page for the binder: everything somebody needs who has never seen the package, and nothing a package could smuggle.

use crate::play::{deploy, shop};
use tests::cli::run;
use tests::sandbox::Sandbox;

#[tokio::test]
async fn the_page_says_what_runs_where_data_is_and_whom_to_call() {
    let mut services = shop();
    services["web"]["ports"] =
        serde_json::json!([{ "target": 80, "published": "28100", "protocol": "tcp" }]);
    let sandbox = Sandbox::without_images(services.clone());
    let data = sandbox.package.join("data/db");
    std::fs::create_dir_all(&data).expect("a folder");
    services["db"]["volumes"] =
        serde_json::json!([{ "type": "bind", "source": data, "target": "/var/lib/mysql" }]);
    sandbox.set_services(services);
    for name in ["web", "db"] {
        let image = format!("shop/{name}:2.4-amd64");
        sandbox.archive(&format!("images/{name}-amd64.tar"), &[&image], "amd64");
    }
    sandbox.file(
        "quayside.yaml",
        "title: \"Shop <script>alert(1)</script>\"\nversion: \"2.4\"\nsupport:\n  name: Shop & Sons\n  phone: \"+49 40 555\"\n",
    );
    let manager = sandbox.open().await;
    deploy(&manager).await;
    let path = sandbox.environment().state.join("handover.html");
    let saved = manager.save_handover(Some(path.to_string())).await;
    let saved = saved.expect("saved").expect("a place was chosen");
    let page = std::fs::read_to_string(&path).expect("it is there");
    assert_eq!(saved.bytes, page.len() as u64);
    for said in [
        "http://localhost:28100/",
        "Shop &amp; Sons",
        "+49 40 555",
        data.as_str(),
        "quayside-cli --package",
        "26.1.5",
        "shop/db:2.4",
    ] {
        assert!(page.contains(said), "{said} is missing in {page}");
    }
    assert!(!page.contains("<script"), "{page}");
    assert!(!page.contains("http-equiv=\"refresh\"") && !page.contains("src="));
    assert!(!page.contains("handover-"), "a key was left over: {page}");
    assert!(
        manager
            .save_handover(None)
            .await
            .expect("nothing")
            .is_none()
    );
}

#[test]
fn the_command_line_writes_where_one_stands() {
    let sandbox = Sandbox::new(shop());
    assert_eq!(run(&sandbox, &["deploy"]).code, 0);
    let path = sandbox.environment().state.join("page.html");
    let ran = run(&sandbox, &["handover", "--out", path.as_str(), "--json"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    assert_eq!(ran.json()["path"], path.as_str());
    let page = std::fs::read_to_string(&path).expect("it is there");
    assert!(page.starts_with("<!doctype html>"), "{page}");
    let theirs = sandbox.package.join("compose.yaml");
    let before = std::fs::read(&theirs).expect("was there");
    let refused = run(&sandbox, &["handover", "--out", theirs.as_str()]);
    assert_eq!(refused.code, 2, "{refused:#?}");
    assert_eq!(std::fs::read(&theirs).expect("is there"), before);
}
