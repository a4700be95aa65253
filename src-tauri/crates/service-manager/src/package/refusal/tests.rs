//! What a person is told about a project that is refused: the words of v2 2.26.1 and v1 1.29.2 were captured in a
//! folder with exactly these files, whose path is `@` here.

use super::*;
use crate::package::find;

/// A folder with files, gone at the end.
struct Folder(tempfile::TempDir);

impl Folder {
    fn with(files: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().expect("a folder"));
        for (name, content) in files {
            let path = folder.path().join("vendor").join(name);
            fs_err::create_dir_all(path.parent().expect("a parent")).expect("made");
            fs_err::write(path, content).expect("written");
        }
        folder
    }

    fn path(&self) -> &Utf8Path {
        Utf8Path::from_path(self.0.path()).expect("UTF-8")
    }

    /// What is said: code, file, line, key. Without words there is no Compose.
    fn said(&self, compose: Option<(&str, &str)>) -> Option<(String, String, u64, String)> {
        let env = Environment::default();
        let root = self.path().join("vendor");
        let generation = match compose {
            Some((version, _)) => Version::parse(version).expect(version).generation(),
            None => Generation::V2,
        };
        let found = find::find(&root, &env, generation).expect("a project");
        let error = match (own_reading(&found, &env), compose) {
            (Err(error), _) => error,
            (Ok(own), None) => own.error?,
            (Ok(own), Some((version, words))) => {
                let words = words.replace('@', root.as_str());
                refused(
                    &words,
                    &Version::parse(version).expect(version),
                    &found,
                    own,
                )
            }
        };
        let params = error.params();
        let word = |name: &str| match params.get(name) {
            Some(crate::text::Param::Words(words)) => words.clone(),
            _ => String::new(),
        };
        let line = match params.get("line") {
            Some(crate::text::Param::Number(line)) => line.to_string().parse().unwrap_or(0),
            _ => 0,
        };
        let file = word("file");
        let file = file.strip_prefix(root.as_str()).unwrap_or(&file);
        let file = file.trim_start_matches('/').to_owned();
        Some((error.code().to_owned(), file, line, word("key")))
    }
}

const WEB: &str = "services:\n  web:\n    image: nginx:1\n";

struct Case {
    files: &'static [(&'static str, &'static str)],
    v2: &'static str,
    /// Code, file, line and key with v2.
    said: (&'static str, &'static str, u64, &'static str),
    /// Whether it is the same without Compose.
    preview: bool,
}

#[test]
fn the_file_and_the_line_are_named_whoever_refuses() {
    for Case {
        files,
        v2,
        said: (code, file, line, key),
        preview,
    } in [
        Case {
            files: &[
                ("compose.yaml", WEB),
                ("compose.override.yaml", "services:\n  web:\n    imag: x\n"),
            ],
            v2: "validating @/compose.override.yaml: services.web Additional property imag is not allowed",
            said: (
                "compose.schema_invalid",
                "compose.override.yaml",
                3,
                "services.web.imag",
            ),
            preview: true,
        },
        Case {
            files: &[
                (
                    "compose.yaml",
                    "services:\n  web:\n    extends: {file: a.yml, service: web}\n",
                ),
                ("a.yml", "services:\n\tweb:\n"),
            ],
            v2: "yaml: line 2: found character that cannot start any token",
            said: ("compose.yaml_syntax", "a.yml", 2, "none"),
            preview: true,
        },
        Case {
            files: &[
                (
                    "compose.yaml",
                    "services:\n  web:\n    extends: {file: parts/a.yml, service: web}\n",
                ),
                (
                    "parts/a.yml",
                    "services:\n  web:\n    image: a\n    volumes:\n      - data:/d\n",
                ),
            ],
            v2: "service \"web\" refers to undefined volume data: invalid compose project",
            said: ("compose.undefined_ref", "parts/a.yml", 5, "data"),
            preview: true,
        },
        Case {
            files: &[(
                "compose.yaml",
                "services:\n  wazuh.manager:\n    image: a\n    ports:\n      - a:80\n",
            )],
            v2: "Invalid hostPort: a",
            said: (
                "compose.schema_invalid",
                "compose.yaml",
                4,
                "services.wazuh.manager.ports",
            ),
            preview: true,
        },
        Case {
            files: &[(
                "compose.yaml",
                "services:\n  web:\n    image: a:${TAG}\n    labels: {a: $OTHER}\n    volumes:\n      - ${DATA}:/d\n",
            )],
            v2: "time=\"\" level=warning msg=\"The \\\"TAG\\\" variable is not set. Defaulting to a blank string.\"\ntime=\"\" level=warning msg=\"The \\\"OTHER\\\" variable is not set. Defaulting to a blank string.\"\ntime=\"\" level=warning msg=\"The \\\"DATA\\\" variable is not set. Defaulting to a blank string.\"\ninvalid spec: :/d: empty section between colons",
            said: ("compose.env_missing", "compose.yaml", 5, "DATA"),
            preview: true,
        },
        Case {
            files: &[
                ("compose.yaml", WEB),
                (".env", "# c\nCOMPOSE_PROJECT_NAME=My Shop\n"),
            ],
            v2: "invalid project name \"My Shop\": must consist only of lowercase alphanumeric characters",
            said: ("compose.schema_invalid", ".env", 2, "COMPOSE_PROJECT_NAME"),
            preview: true,
        },
        Case {
            files: &[("compose.yaml", WEB), (".env", "A=1\nthis is not one\n")],
            v2: "failed to read @/.env: line 2: key cannot contain a space",
            said: ("env-file-invalid", ".env", 2, "none"),
            preview: true,
        },
        Case {
            files: &[
                ("compose.yaml", WEB),
                (".env", "A=1\nB=${C:?must be set}\n"),
            ],
            v2: "failed to read @/.env: required variable C is missing a value: must be set",
            said: ("compose.env_missing", ".env", 2, "C"),
            preview: false,
        },
        Case {
            files: &[
                (
                    "compose.yaml",
                    "services:\n  web:\n    image: a\n    env_file: [good.env, bad.env]\n",
                ),
                ("good.env", "A=1\n"),
                ("bad.env", "not a line\n"),
            ],
            v2: "line 1: key cannot contain a space",
            said: ("env-file-invalid", "bad.env", 1, "none"),
            preview: true,
        },
        Case {
            files: &[
                (
                    "compose.yaml",
                    "services:\n  web:\n    extends: {file: a.yml}\n",
                ),
                ("a.yml", WEB),
            ],
            v2: "panic: interface conversion: interface {} is nil, not string\n\ngoroutine 1 [running]:\nmain.main()",
            said: (
                "compose.schema_invalid",
                "compose.yaml",
                3,
                "services.web.extends",
            ),
            preview: true,
        },
        Case {
            files: &[(
                "compose.yaml",
                "services:\n  a:\n    image: a\n    extends: b\n  b:\n    extends: a\n",
            )],
            v2: "Circular reference:\n  a in @/compose.yaml\n  extends b in @/compose.yaml\n  extends a in @/compose.yaml",
            said: ("compose.dependency_cycle", "compose.yaml", 0, "*"),
            preview: true,
        },
        Case {
            files: &[(
                "compose.yaml",
                "services:\n  web:\n    image: {{ image }}\n",
            )],
            v2: "yaml: invalid map key: map[string]interface {}{\"image\":interface {}(nil)}",
            said: ("compose.yaml_syntax", "compose.yaml", 3, "none"),
            preview: true,
        },
        Case {
            files: &[("a.yml", WEB), (".env", "COMPOSE_FILE=a.yml:\n")],
            v2: "read @: is a directory",
            said: ("compose.schema_invalid", ".env", 1, "COMPOSE_FILE"),
            preview: true,
        },
        Case {
            files: &[
                (
                    "compose.yaml",
                    "include:\n  - a.yml\nservices:\n  web:\n    image: x\n",
                ),
                ("a.yml", WEB),
            ],
            v2: "services.web conflicts with imported resource",
            said: ("compose.schema_invalid", "compose.yaml", 4, "services.web"),
            preview: true,
        },
    ] {
        let folder = Folder::with(files);
        let expected = |mut said: Option<(String, String, u64, String)>| {
            if let Some((.., found)) = said.as_mut().filter(|_| key == "*") {
                "*".clone_into(found);
            }
            let wanted = (code.to_owned(), file.to_owned(), line, key.to_owned());
            assert_eq!(said, Some(wanted), "{v2}");
        };
        expected(folder.said(Some(("2.26.1", v2))));
        if preview {
            expected(folder.said(None));
        }
    }
}

#[test]
fn what_only_v1_refuses_is_told_from_what_every_compose_does() {
    let unsupported = "compose.version_unsupported";
    for (files, v1, code, key) in [
        (
            "services:\n  web:\n    image: a\n    command: price 5$\n",
            "Invalid interpolation format for \"command\" option in service \"web\": \"price 5$\"",
            unsupported,
            "services.web.command",
        ),
        (
            "services:\n  web:\n    image: a\n    ports:\n      - \":443:443\"\n",
            "The Compose file './docker-compose.yml' is invalid because:\nservices.web.ports contains an invalid type, it should be a number, or an object",
            unsupported,
            "services.web.ports",
        ),
        (
            "services:\n  web:\n    image: a\n    ports:\n      - \"${UNSET}:80\"\n",
            "The UNSET variable is not set. Defaulting to a blank string.\nThe Compose file './docker-compose.yml' is invalid because:\nservices.web.ports contains an invalid type, it should be a number, or an object",
            unsupported,
            "services.web.ports",
        ),
        (
            "services:\n  web:\n    build: ./nowhere\n",
            "build path @/nowhere either does not exist, is not accessible, or is not a valid URL.",
            unsupported,
            "build",
        ),
        (
            "services:\n  web:\n    image: a\nnetworks:\n  front:\n    enable_ipv6: \"true\"\n",
            "The Compose file './docker-compose.yml' is invalid because:\nnetworks.front.enable_ipv6 contains an invalid type, it should be a boolean",
            unsupported,
            "networks.front.enable_ipv6",
        ),
        // v1 stumbles over the name; any later one would find the circle.
        (
            "name: shop\nservices:\n  web:\n    image: a\n    depends_on: [web]\n",
            "The Compose file './docker-compose.yml' is invalid because:\n'name' does not match any of the regexes: '^x-'\n",
            "compose.dependency_cycle",
            "web -> web",
        ),
        (
            "services:\n  web:\n    image: a\n    prots: []\n",
            "The Compose file './docker-compose.yml' is invalid because:\nUnsupported config option for services.web: 'prots'",
            "compose.schema_invalid",
            "services.web.prots",
        ),
    ] {
        let folder = Folder::with(&[("docker-compose.yml", files)]);
        let said = folder.said(Some(("1.29.2", v1))).expect("refused");
        assert_eq!((said.0.as_str(), said.3.as_str()), (code, key), "{v1}");
        assert_eq!(said.1, "docker-compose.yml", "{v1}");
    }
}

#[test]
fn a_folder_without_a_letter_has_no_name() {
    let folder = Folder::with(&[]);
    let root = folder.path().join("系统");
    fs_err::create_dir_all(&root).expect("made");
    fs_err::write(root.join("compose.yaml"), WEB).expect("written");
    let env = Environment::default();
    let found = find::find(&root, &env, Generation::V2).expect("a project");
    let own = own_reading(&found, &env).expect("harmless");
    let error = own.error.expect("refused");
    assert_eq!(error.code(), "compose.schema_invalid");
    let said = refused(
        "project name must not be empty",
        &Version::parse("2.26.1").expect("a version"),
        &found,
        Own::default(),
    );
    assert!(
        said.params()
            .get("reason")
            .is_some_and(|it| format!("{it:?}").contains("系统"))
    );
}

#[test]
fn a_project_that_lacks_only_values_can_be_shown_without_what_depends_on_them() {
    let compose = "include:\n  - more.yaml\nservices:\n  web:\n    image: \"shop/web:${TAG:?the version}\"\n    \
                   command: [a, \"${A:?}${B?b}\"]\n    ports:\n      - \"${PORT}:80\"\n      - \"8080:81\"\n    \
                   volumes:\n      - {type: bind, source: \"${DATA:?}\", target: /data}\n";
    let more = "services:\n  db:\n    image: ${IMAGE}\n    environment: {PASSWORD: \"${PASSWORD:?}\", X: \"${X:-${Y:?}}\"}\n";
    let folder = Folder::with(&[
        ("compose.yaml", compose),
        ("more.yaml", more),
        (".env", "Y=1\n"),
    ]);
    let env = Environment::default();
    let root = folder.path().join("vendor");
    let found = find::find(&root, &env, Generation::V2).expect("a project");
    let own = own_reading(&found, &env).expect("harmless");
    assert!(own.lacks_only_values(), "{:?}", own.error);
    let said = |unset: &Unset| {
        let file = unset.file.file_name().unwrap_or_default();
        let words = unset.words.clone().unwrap_or_default();
        format!("{} {file}:{} {words}", unset.name, unset.line.unwrap_or(0))
    };
    let mut unset: Vec<String> = own.preview.unset.iter().map(said).collect();
    unset.sort();
    let expected = [
        "A compose.yaml:6 ",
        "B compose.yaml:6 b",
        "DATA compose.yaml:11 ",
        "IMAGE more.yaml:3 ",
        "PASSWORD more.yaml:4 ",
        "TAG compose.yaml:5 the version",
    ];
    assert_eq!(unset, expected);
    let web = &own.preview.model["services"]["web"];
    assert_eq!(web.get("image"), None);
    assert_eq!(web["ports"], serde_json::json!([":80", "8080:81"]));
    assert_eq!(web["volumes"], serde_json::json!([]));
}

#[test]
fn what_else_is_wrong_is_not_a_matter_of_values() {
    let compose = "services:\n  web:\n    image: \"a:${TAG:?}\"\n    prots: []\n";
    let folder = Folder::with(&[("compose.yaml", compose)]);
    let env = Environment::default();
    let root = folder.path().join("vendor");
    let found = find::find(&root, &env, Generation::V2).expect("a project");
    let own = own_reading(&found, &env).expect("harmless");
    assert!(!own.lacks_only_values());
    assert_eq!(own.error.expect("refused").code(), "compose.schema_invalid");
}
