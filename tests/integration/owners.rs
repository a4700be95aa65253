//! Data folders are given to the user of their service, and taken back: by root's own hand, and by that of a container.

use camino::Utf8PathBuf;
use serde_json::{Value, json};
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use std::os::unix::process::CommandExt;
use tests::cli::{Ran, prepare, program, ran, run};
use tests::fake_engine::Answer;
use tests::sandbox::Sandbox;
use tests::tree::{differences, tree};

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
    chown(folder.join("deep/file"), Some(7), Some(8)).expect("is root");
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

const NOBODY: u32 = 65534;

/// A package whose database folder holds what only root may look into, and an engine that has the image. None when the
/// test is not root's: then nobody gives anything away.
fn hidden() -> Option<(Sandbox, Utf8PathBuf)> {
    let sandbox = Sandbox::new(json!({ "db": { "restart": "always" } }));
    let folder = sandbox.package.join("data");
    fs::create_dir_all(folder.join("deep/er")).expect("made");
    for file in ["plain", "deep/two\nlines", "deep/er/a b"] {
        fs::write(folder.join(file), "x").expect("written");
    }
    let outside = sandbox.package.with_file_name("outside");
    fs::write(&outside, "x").expect("written");
    symlink(&outside, folder.join("deep/link")).expect("linked");
    if owner(&folder).0 != 0 {
        return None;
    }
    chown(folder.join("deep/two\nlines"), Some(7), Some(8)).expect("is root");
    // What belongs to the service already is none to change.
    chown(folder.join("deep/er/a b"), Some(472), Some(9)).expect("is root");
    chown(folder.join("deep"), Some(7), Some(7)).expect("is root");
    let mut services = sandbox.config()["services"].clone();
    services["db"]["user"] = "472:473".into();
    services["db"]["volumes"] =
        json!([{ "type": "bind", "source": folder.as_str(), "target": "/var/lib/db" }]);
    sandbox.set_services(services);
    for verb in ["load-images", "setup-tags"] {
        let ran = run(&sandbox, &[verb]);
        assert_eq!(ran.code, 0, "{ran:#?}");
    }
    fs::set_permissions(folder.join("deep"), fs::Permissions::from_mode(0o700)).expect("is ours");
    for_everybody(&sandbox);
    Some((sandbox, folder))
}

/// Lets everybody use a sandbox of root's, as far as its files do not say otherwise.
pub(crate) fn for_everybody(sandbox: &Sandbox) {
    let around = sandbox.package.parent().expect("a folder");
    fs::copy(program(), around.join("quayside-cli")).expect("copied");
    for path in [around, &around.join("calls"), sandbox.engine.socket()] {
        fs::set_permissions(path, fs::Permissions::from_mode(0o777)).expect("is ours");
    }
    for (path, _) in tree(&sandbox.state) {
        chown(path, Some(NOBODY), Some(NOBODY)).expect("is root");
    }
    chown(&sandbox.state, Some(NOBODY), Some(NOBODY)).expect("is root");
}

/// Runs the command line as the user who may do nothing.
pub(crate) fn as_nobody(sandbox: &Sandbox, args: &[&str]) -> Ran {
    let prepared = prepare(sandbox, args);
    let program = sandbox.package.with_file_name("quayside-cli");
    #[allow(clippy::disallowed_methods)]
    // a test is no product: the process it starts is the product
    let mut run = std::process::Command::new(program.as_std_path());
    run.env_clear().envs(sandbox.environment().variables);
    run.args(prepared.get_args()).current_dir(&sandbox.package);
    run.uid(NOBODY)
        .gid(NOBODY)
        .stdin(std::process::Stdio::null());
    ran(&run.output().expect("it starts"))
}

fn offered(sandbox: &Sandbox) -> Value {
    let check = as_nobody(sandbox, &["check", "--json"]).json();
    let rows = check["checks"].as_array().expect("rows");
    let row = rows.iter().find(|row| row["id"] == "perm.data_dir_owner");
    row.expect("is told")["fixes"][0].clone()
}

#[test]
fn what_a_user_may_not_look_into_is_listed_before_it_is_given_away_and_every_old_owner_comes_back()
{
    let Some((sandbox, folder)) = hidden() else {
        return;
    };
    let before = tree(&folder);
    let fix = offered(&sandbox);
    let changes = json!([
        { "where": folder, "now": "0:0 (2)", "after": "472:473" },
        { "where": folder, "now": "7:7 (1)", "after": "472:473" },
        { "where": folder, "now": "…", "after": "472:473" },
    ]);
    assert_eq!(fix["changes"], changes, "{fix:#}");
    assert_eq!(fix["undoable"], true);
    let id = fix["id"].as_str().expect("an id");
    let refused = as_nobody(&sandbox, &["fix", id, "--json"]);
    assert_eq!(refused.code, 2, "nobody agreed: {refused:#?}");
    let helpers = || sandbox.engine.world(|world| world.helpers.clone());
    assert!(helpers().is_empty(), "looking and asking start nothing");

    let fixed = as_nobody(&sandbox, &["fix", id, "--yes", "--json"]);
    assert_eq!(fixed.code, 0, "{fixed:#?}");
    let kept = folder.join("deep/er/a b");
    for path in [
        "",
        "plain",
        "deep",
        "deep/er",
        "deep/two\nlines",
        "deep/link",
    ] {
        assert_eq!(owner(&folder.join(path)), (472, 473), "{path}");
    }
    assert_eq!(owner(&kept), (472, 9), "it was its user's already");
    assert_eq!(owner(&sandbox.package.with_file_name("outside")), (0, 0));
    let lines = fixed.lines();
    let made = &lines.last().expect("an end")["repair"]["fix"]["changes"];
    let counts: Vec<&Value> = made.as_array().expect("a list").iter().collect();
    let counts: Vec<&Value> = counts.iter().map(|change| &change["now"]).collect();
    assert_eq!(counts, ["0:0 (4)", "7:7 (1)", "7:8 (1)"], "{made:#}");
    let used = helpers();
    for helper in &used {
        let host = &helper.body["HostConfig"];
        assert!(helper.removed, "{helper:#?}");
        assert_eq!(host["NetworkMode"], "none");
        assert_eq!(host["Mounts"][0]["Source"], folder.as_str());
        let lists = helper.body["Entrypoint"][0] == "find";
        assert_eq!(host["Mounts"][0]["ReadOnly"], lists, "{helper:#?}");
    }
    assert_eq!(used[0].body["Entrypoint"][0], "find", "first it looks");

    let undone = as_nobody(&sandbox, &["undo", "--json"]);
    assert_eq!(undone.code, 0, "{undone:#?}");
    assert_eq!(differences(&before, &tree(&folder)), [""; 0], "taken back");
    assert_eq!(owner(&folder), (0, 0));
    assert!(helpers().iter().all(|helper| helper.removed));
}

#[test]
fn a_list_that_cannot_be_made_changes_nothing_and_leaves_nothing() {
    let Some((sandbox, folder)) = hidden() else {
        return;
    };
    let before = tree(&folder);
    let fix = offered(&sandbox);
    let id = fix["id"].as_str().expect("an id");
    let failed = |why: &str| {
        let ran = as_nobody(&sandbox, &["fix", id, "--yes", "--json"]);
        assert_eq!(ran.code, 1, "{why}: {ran:#?}");
        assert_eq!(differences(&before, &tree(&folder)), [""; 0], "{why}");

        let state = sandbox.state.join("undo");
        assert!(tree(&state).is_empty(), "{why}: nothing to take back");
        let helpers = sandbox.engine.world(|world| world.helpers.clone());
        assert!(helpers.iter().all(|helper| helper.removed), "{why}");
        let end = ran.lines().pop().expect("an end");
        end["failure"]["code"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };
    let words = r#"OCI runtime create failed: exec: "find": executable file not found in $PATH"#;
    let start = "POST /containers/helper-0/start";
    sandbox.engine.rule(start, Answer::Error(400, words));
    failed("the image has no such program");
    let cut = "GET /containers/helper-1/logs";
    sandbox.engine.rule(cut, Answer::Body(String::new()));
    assert_eq!(failed("the list is not whole"), "cannot-list");
    for look in 2..5 {
        it_changes_during(&sandbox, look);
    }
    assert_eq!(failed("it is never still"), "cannot-list");
}

/// A file goes away while it is looked: `find` has printed what it could, and fails.
fn it_changes_during(sandbox: &Sandbox, helper: usize) {
    let wait = format!("POST /containers/helper-{helper}/wait");
    let code = json!({ "StatusCode": 1 }).to_string();
    sandbox.engine.rule(&wait, Answer::Body(code));
}

#[test]
fn a_folder_that_changes_while_it_is_listed_is_listed_again() {
    let Some((sandbox, folder)) = hidden() else {
        return;
    };
    let fix = offered(&sandbox);
    let id = fix["id"].as_str().expect("an id");
    it_changes_during(&sandbox, 0);
    it_changes_during(&sandbox, 1);
    let fixed = as_nobody(&sandbox, &["fix", id, "--yes", "--json"]);
    assert_eq!(fixed.code, 0, "{fixed:#?}");
    assert_eq!(owner(&folder), (472, 473));
    let helpers = sandbox.engine.world(|world| world.helpers.clone());
    assert!(helpers.iter().all(|helper| helper.removed));
}
