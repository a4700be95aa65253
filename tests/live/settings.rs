//! Values that people save are what Compose then reads: the real one, whatever is in them and however the file is written.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use tests::live::{Generation, Live, generation};
use tests::package::Package;
use tests::tree::{differences, tree};

/// Values that mean something to a shell, to Compose or to a file of settings.
const VALUES: [&str; 44] = [
    "plain",
    "",
    "two words",
    "  blanks around  ",
    "tab\tno",
    "a#b",
    "a #b",
    "#first",
    "'single'",
    "\"double\"",
    "it's",
    "say \"hi\" it's",
    "'",
    "\"",
    "''",
    "\"\"",
    "$HOME",
    "pa$$word",
    "cost $5",
    "${HOME}",
    "${IMAGE:-x}",
    "$(date)",
    "`date`",
    "back\\slash",
    "C:\\new\\table",
    "end\\",
    "two\\\\",
    "\\n",
    "\\\"",
    "a=b=c",
    "=first",
    "https://u:p@host:8443/x?a=1&b=2#top",
    "*",
    "!tag",
    "%percent%",
    "{json: \"yes\"}",
    "[1, 2]",
    "yes",
    "007",
    "密码 是 这个",
    "naïve – ünï",
    "🚢",
    "a;b|c&d",
    "~/home",
];

fn key(number: usize) -> String {
    format!("VALUE_{number:02}")
}

/// Ways in which a vendor writes the line of a variable.
const FILES: [(&str, &str, &str); 5] = [
    ("plain", "{KEY}=old\n", "\n"),
    ("windows", "{KEY}=old\r\n", "\r\n"),
    ("exported", "export {KEY}='old' # change it\n", "\n"),
    ("quoted", "# the next\n{KEY}=\"old value\"\n", "\n"),
    ("twice", "{KEY}=older\n{KEY}=\n", "\n"),
];

/// Returns what Compose hands to the container.
fn environment(live: &Live) -> BTreeMap<String, String> {
    let file = live.package.path.join("docker-compose.yml");
    let config = match generation() {
        Generation::Old => live.try_program("docker-compose", &["--file", file.as_str(), "config"]),
        _ => live.try_docker(&["compose", "--file", file.as_str(), "config"]),
    };
    let config = config.unwrap_or_else(|error| panic!("{error}"));
    let config: serde_yaml::Value = serde_yaml::from_str(&config).unwrap();
    let map = config["services"]["app"]["environment"]
        .as_mapping()
        .unwrap();
    map.iter()
        .map(|(key, value)| {
            let value = value.as_str().unwrap_or_default();
            // Both write what is printed here so that it could be read again.
            (key.as_str().unwrap().to_owned(), value.replace("$$", "$"))
        })
        .collect()
}

/// Whether no way of writing it makes Compose v1 read it: it replaces `${` everywhere, and a dollar beside both quotes.
fn v1_cannot(value: &str) -> bool {
    value.contains("${")
}

#[test]
fn compose_reads_every_saved_value_from_every_kind_of_file() {
    let mut compose = String::from("services:\n  app:\n    image: ${IMAGE}\n    environment:\n");
    for number in 0..VALUES.len() {
        let key = key(number);
        writeln!(compose, "      {key}: \"${{{key}}}\"").unwrap();
    }
    for (name, line, newline) in FILES {
        let package = Package::with_image(&format!("values-{name}"), &compose);
        let mut env = fs_err::read_to_string(package.path.join(".env")).unwrap();
        env = env.replace('\n', newline);
        for number in 0..VALUES.len() {
            env.push_str(&line.replace("{KEY}", &key(number)));
        }
        write!(env, "# the end{newline}LAST=untouched{newline}").unwrap();
        package.file(".env", &env);
        let live = Live::new(package);
        let path = live.package.path.join(".env");

        let mut args = vec!["set".to_owned()];
        let mut expected = BTreeMap::new();
        for (number, value) in VALUES.into_iter().enumerate() {
            let word = format!("{}={value}", key(number));
            let refused =
                value.contains('\t') || generation() == Generation::Old && v1_cannot(value);
            if refused && name != FILES[0].0 {
                continue; // once is enough
            }
            if refused {
                let ended = live.cli(&["set", &word]);
                assert_ne!(ended.code, 0, "{name}: {value:?}: {ended}");
                let now = fs_err::read_to_string(&path).unwrap();
                assert_eq!(now, env, "{name}: {value:?} was refused");
            } else {
                args.push(word);
                expected.insert(key(number), value.to_owned());
            }
        }
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        live.expect(0, &args);
        let read = environment(&live);
        for (key, value) in &expected {
            let now = fs_err::read_to_string(&path).unwrap();
            let line = now.lines().rfind(|line| line.contains(key));
            assert_eq!(read.get(key), Some(value), "{name}: {line:?}");
        }
        let now = fs_err::read_to_string(&path).unwrap();
        assert_eq!(
            now.lines().count(),
            env.lines().count(),
            "{name}: no line more"
        );
        assert_eq!(
            now.matches("\r\n").count(),
            env.matches("\r\n").count(),
            "{name}"
        );
        assert!(now.ends_with(&format!("# the end{newline}LAST=untouched{newline}")));

        live.expect(0, &["undo"]);
        let back = fs_err::read_to_string(&path).unwrap();
        assert_eq!(back, env, "{name}: taken back");
    }
}

#[test]
fn an_env_file_that_is_missing_blocks_by_name_and_comes_from_its_template() {
    let package = Package::with_image(
        "env-file",
        "services:\n  web:\n    image: ${IMAGE}\n    restart: unless-stopped\n    env_file: [config/web.env]\n",
    );
    package.file("config/web.env.example", "GREETING=hello\n");
    let live = Live::new(package);
    let before = tree(&live.package.path);
    let report = live.expect(3, &["check", "--json"]).json();
    let row = &report["checks"][0];
    assert_eq!(row["id"], "compose.env_missing", "{report:#}");
    assert_eq!(row["state"], "block");
    assert!(row["message"].as_str().unwrap().contains("config/web.env"));
    let ended = live.expect(3, &["deploy", "--json"]);
    assert_eq!(ended.finished()["outcome"], "blocked", "{ended}");
    assert!(live.ids("container").is_empty());
    assert_eq!(differences(&before, &tree(&live.package.path)), [""; 0]);
    let id = row["fixes"][0]["id"].as_str().unwrap();
    live.expect(0, &["fix", id, "--yes", "--json"]);
    live.expect(0, &["deploy", "--json"]);
    let container = live.ids("container").remove(0);
    let environment = live.docker(&["exec", &container, "env"]);
    assert!(environment.contains("GREETING=hello"), "{environment}");
    live.expect(0, &["down", "--json"]);
    live.expect(0, &["undo", "--json"]);
    assert_eq!(differences(&before, &tree(&live.package.path)), [""; 0]);
}

#[test]
fn a_change_of_the_projects_name_can_be_taken_back_under_the_new_one() {
    let package = Package::with_image(
        "rename",
        "services:\n  web:\n    image: ${IMAGE}\n    restart: unless-stopped\n",
    );
    package.file(
        "quayside.yaml",
        "settings:\n  - {key: COMPOSE_PROJECT_NAME, title: Name}\n",
    );
    let live = Live::new(package);
    let before = tree(&live.package.path);
    let name = format!("{}-new", live.package.project);
    live.expect(
        0,
        &["set", &format!("COMPOSE_PROJECT_NAME={name}"), "--json"],
    );
    let view = live.expect(0, &["inspect", "--json"]).json();
    assert_eq!(view["project"], name.as_str());
    live.expect(0, &["undo", "--json"]);
    assert_eq!(differences(&before, &tree(&live.package.path)), [""; 0]);
    let view = live.expect(0, &["inspect", "--json"]).json();
    assert_eq!(view["project"], live.package.project.as_str());
}
