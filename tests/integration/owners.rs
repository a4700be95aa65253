//! Data folders are given to the user of their service, and taken back: by root's own hand. (Through the engine: `live`.)

use serde_json::json;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use tests::cli::run;
use tests::sandbox::Sandbox;

fn owner(path: &camino::Utf8Path) -> (u32, u32) {
    let meta = fs::symlink_metadata(path).expect("is there");
    (meta.uid(), meta.gid())
}

#[test]
fn only_the_declared_folder_is_given_away_and_every_old_owner_comes_back() {
    let sandbox = Sandbox::new(json!({ "db": { "restart": "always" } }));
    let folder = sandbox.package.join("data");
    fs::create_dir_all(folder.join("deep")).expect("made");
    fs::write(folder.join("deep/file"), "x").expect("written");
    let outside = sandbox.package.with_file_name("outside");
    fs::write(&outside, "x").expect("written");
    symlink(&outside, folder.join("link")).expect("linked");
    if owner(&folder).0 != 0 {
        return; // only root gives files away
    }
    std::os::unix::fs::chown(folder.join("deep/file"), Some(7), Some(8)).expect("is root");
    let mut services = sandbox.config()["services"].clone();
    services["db"]["user"] = "472:473".into();
    services["db"]["volumes"] =
        json!([{ "type": "bind", "source": folder.as_str(), "target": "/var/lib/db" }]);
    sandbox.set_services(services);
    let check = run(&sandbox, &["check", "--json"]).json();
    let rows = check["checks"].as_array().expect("rows");
    let row = rows.iter().find(|row| row["id"] == "perm.data_dir_owner");
    let fix = &row.expect("is told")["fixes"][0];
    assert_eq!(fix["risk"], "confirm");
    assert_eq!(
        fix["changes"].as_array().map(Vec::len),
        Some(2),
        "two old owners"
    );
    let id = fix["id"].as_str().expect("an id").to_owned();
    let refused = run(&sandbox, &["fix", &id, "--json"]);
    assert_eq!(refused.code, 2, "nobody agreed: {refused:#?}");
    let ran = run(&sandbox, &["fix", &id, "--yes", "--json"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    for path in ["", "deep", "deep/file", "link"] {
        assert_eq!(owner(&folder.join(path)), (472, 473), "{path}");
    }
    assert_eq!(owner(&outside), (0, 0), "a link is not followed");
    let ran = run(&sandbox, &["undo", "--json"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    assert_eq!(owner(&folder), (0, 0));
    assert_eq!(owner(&folder.join("deep/file")), (7, 8));
    assert_eq!(owner(&folder.join("link")), (0, 0));
}

#[test]
fn a_folder_that_is_made_belongs_to_the_user_of_its_service_and_one_that_is_there_stays() {
    let sandbox =
        Sandbox::new(json!({ "db": { "restart": "always" }, "web": { "restart": "always" } }));
    let folder = |name: &str| sandbox.package.join(name);
    let kept = folder("kept");
    fs::create_dir_all(&kept).expect("made");
    fs::set_permissions(&kept, fs::Permissions::from_mode(0o777)).expect("is ours");
    if owner(&kept).0 != 0 {
        return; // only root gives files away
    }
    let mount = |name: &str, target: &str| json!({ "type": "bind", "source": folder(name).as_str(), "target": target });
    let mut services = sandbox.config()["services"].clone();
    services["db"]["user"] = "472:473".into();
    services["db"]["volumes"] = json!([
        mount("deep/data", "/var/lib/db"),
        mount("kept", "/kept"),
        mount("both", "/both"),
    ]);
    services["web"]["user"] = "33".into();
    services["web"]["volumes"] = json!([mount("both", "/both")]);
    sandbox.set_services(services);
    let plan = run(&sandbox, &["plan", "--json"]).json();
    let steps = plan["steps"].as_array().expect("a list");
    let step = steps
        .iter()
        .find(|step| step["id"] == "directories")
        .expect("a step");
    assert!(step.to_string().contains("472:473"), "{step:#}");

    let ran = run(&sandbox, &["deploy"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    assert_eq!(owner(&folder("deep/data")), (472, 473));
    assert_eq!(
        owner(&folder("deep")),
        (0, 0),
        "a parent is as Docker would make it"
    );
    assert_eq!(owner(&kept), (0, 0));
    assert_eq!(owner(&folder("both")), (0, 0), "two users want it");
    let rows = run(&sandbox, &["check", "--json"]).json()["checks"].clone();
    let rows = rows.as_array().expect("rows");
    let data = folder("deep/data");
    let told = rows
        .iter()
        .any(|row| row["id"] == "perm.data_dir_owner" && row["subject"] == data.as_str());
    assert!(!told, "{rows:#?}");

    let ran = run(&sandbox, &["undo", "--json"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    assert!(!folder("deep").exists() && kept.exists());
    assert_eq!(run(&sandbox, &["check-mount-dirs"]).code, 0);
    assert_eq!(owner(&data), (472, 473));
}
