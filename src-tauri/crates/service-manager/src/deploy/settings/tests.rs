//! What is open, the form, and what saving it changes.

use super::*;
use crate::compose::Generation;
use crate::package::sources::SourceFile;

const COMPOSE: &str = "# ${NOT_THIS}\nservices:\n  web:\n    image: \"x:${TAG:-1}\"\n    environment:\n      \
                       - DB_PASSWORD=${DB_PASSWORD}\n      - SITE=${SITE}\n      - EMPTY_OK=${EMPTY_OK}\n      \
                       - API_TOKEN=${API_TOKEN}\n";

fn sources(env: &str) -> Sources {
    let file = SourceFile::new("/p/compose.yaml".into(), COMPOSE.to_owned()).expect("YAML");
    Sources {
        directory: "/p".into(),
        files: vec![file],
        env: Some(env.as_bytes().to_vec()),
        ..Sources::default()
    }
}

fn setting(key: &str, required: bool, secret: bool) -> Setting {
    Setting {
        key: key.into(),
        required,
        secret,
        ..Setting::default()
    }
}

fn open(env: &str, settings: &[Setting]) -> Vec<(String, Open, u32)> {
    let found = open_values(&sources(env), settings, &[]);
    found
        .into_iter()
        .map(|it| (it.key, it.why, it.place.1))
        .collect()
}

const GOOD: &str = "DB_PASSWORD=good one\nSITE=s\nEMPTY_OK=\nAPI_TOKEN=t\n";

#[test]
fn a_file_that_is_filled_in_leaves_nothing_open() {
    assert_eq!(open(GOOD, &[]), []);
    assert_eq!(open(GOOD, &[setting("SITE", true, false)]), []);
}

#[test]
fn each_kind_is_found_where_it_stands() {
    let env = "DB_PASSWORD=CHANGE_ME\nEMPTY_OK=\nAPI_TOKEN=\nMODE=\n";
    let expected = [
        ("API_TOKEN".to_owned(), Open::Empty, 3),
        ("DB_PASSWORD".to_owned(), Open::Placeholder, 1),
        ("MODE".to_owned(), Open::Required, 4),
        ("SITE".to_owned(), Open::Undefined, 7),
    ];
    assert_eq!(open(env, &[setting("MODE", true, false)]), expected);
}

#[test]
fn what_is_set_outside_is_not_open() {
    let mut sources = sources("DB_PASSWORD=CHANGE_ME\nEMPTY_OK=\nAPI_TOKEN=t\n");
    for key in ["DB_PASSWORD", "SITE"] {
        sources.outer.insert(key.into(), "outside".into());
    }
    assert_eq!(open_values(&sources, &[], &[]), []);
}

#[test]
fn the_form_never_holds_a_secret() {
    let settings = [setting("SITE", false, false), setting("PIN", false, true)];
    let fields = fields(
        &sources("DB_PASSWORD=hunter22\nSITE=old\nPIN=1234\n"),
        &settings,
        &[],
    );
    let shown: Vec<(&str, Option<&str>, bool, bool)> = fields
        .iter()
        .map(|it| (it.key.as_str(), it.value.as_deref(), it.secret, it.open))
        .collect();
    let expected = [
        ("API_TOKEN", None, true, true),
        ("EMPTY_OK", None, false, true),
        ("SITE", Some("old"), false, false),
        ("PIN", None, true, false),
    ];
    assert_eq!(shown, expected);
    assert_eq!(fields[0].place, "/p/compose.yaml:9");
}

fn save(sources: &Sources, values: &[(&str, &str)]) -> Result<Vec<Change>, Error> {
    let reader = Reader {
        generation: Generation::V2,
        overrides: true,
    };
    let values: Vec<SettingValue> = values
        .iter()
        .map(|(key, value)| SettingValue {
            key: (*key).to_owned(),
            value: (*value).to_owned(),
        })
        .collect();
    let settings = [Setting {
        pattern: Some("[a-z]+".into()),
        ..setting("MODE", true, false)
    }];
    changes(sources, &settings, &[], reader, &values)
}

#[test]
fn values_are_saved_together_with_a_backup() {
    let env = "# mine\nDB_PASSWORD=CHANGE_ME # soon\n";
    let changes = save(&sources(env), &[("DB_PASSWORD", "a $b"), ("SITE", "s")]).expect("saved");
    let [
        Change::Duplicate { content, .. },
        Change::Write { after, .. },
    ] = changes.as_slice()
    else {
        panic!("{changes:?}");
    };
    assert_eq!(content, env.as_bytes());
    let after = String::from_utf8_lossy(after);
    assert_eq!(after, "# mine\nDB_PASSWORD='a $b' # soon\nSITE=s\n");
    assert_eq!(save(&sources(GOOD), &[("SITE", "s")]).expect("fine"), []);
}

#[test]
fn what_compose_demands_is_asked_for_with_the_words_of_the_file() {
    let unset = [Unset {
        name: "CITY".into(),
        words: Some("where the shop is".into()),
        file: "/p/more/web.yaml".into(),
        line: Some(4),
    }];
    let open = open_values(&sources(GOOD), &[], &unset);
    assert_eq!(open.len(), 1);
    assert_eq!((open[0].why, open[0].place.1), (Open::Demanded, 4));
    let fields = fields(&sources(GOOD), &[], &unset);
    assert_eq!(fields[0].help.as_deref(), Some("where the shop is"));
    assert!(fields[0].required && fields[0].open);
    let values = [SettingValue {
        key: "CITY".into(),
        value: "Bern".into(),
    }];
    let saved = changes(&sources(GOOD), &[], &unset, Reader::of(None), &values);
    assert_eq!(saved.expect("known, although in no file of ours").len(), 2);
}

#[test]
fn what_cannot_be_saved_is_refused_with_its_reason() {
    let mut sources = sources(GOOD);
    let reason = |sources: &Sources, key, value| match save(sources, &[(key, value)]) {
        Err(Error::Setting { reason, .. }) => reason.key().to_owned(),
        other => panic!("{other:?}"),
    };
    assert_eq!(reason(&sources, "TYPO", "x"), "env-value-unknown");
    assert_eq!(reason(&sources, "MODE", "UPPER"), "env-value-pattern");
    assert_eq!(reason(&sources, "MODE", ""), "env-value-pattern");
    assert_eq!(reason(&sources, "SITE", "a\nb"), "env-value-control");
    sources.outer.insert("SITE".into(), "x".into());
    assert_eq!(reason(&sources, "SITE", "y"), "env-value-outside");
    sources.env_foreign = true;
    assert_eq!(reason(&sources, "MODE", "a"), "env-value-foreign");
}
