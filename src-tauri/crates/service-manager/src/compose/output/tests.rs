//! What Compose v2 2.26.1 and v1 1.29.2 print about files they refuse, captured in `/p`.

use super::*;

/// What it printed, the code, the key and the line it leads to.
type Case = (
    &'static str,
    &'static str,
    Option<&'static str>,
    Option<u32>,
);

#[test]
fn refusals_of_both_generations() {
    let cases: &[Case] = &[
        (
            r#"yaml: unmarshal errors:
  line 4: mapping key "image" already defined at line 3"#,
            "compose.yaml_syntax",
            Some("image"),
            Some(4),
        ),
        (
            r"yaml: line 2: found character that cannot start any token",
            "compose.yaml_syntax",
            None,
            Some(2),
        ),
        (
            r#"yaml.scanner.ScannerError: while scanning for the next token
found character '\t' that cannot start any token
  in "./docker-compose.yml", line 2, column 1"#,
            "compose.yaml_syntax",
            None,
            Some(2),
        ),
        (
            r#"yaml.scanner.ScannerError: mapping values are not allowed here
  in "./docker-compose.yml", line 3, column 17"#,
            "compose.yaml_syntax",
            None,
            Some(3),
        ),
        (
            r"yaml: unknown anchor 'nope' referenced",
            "compose.yaml_syntax",
            None,
            None,
        ),
        (
            r"yaml: invalid leading UTF-8 octet",
            "compose.yaml_syntax",
            None,
            None,
        ),
        (
            r".UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 51: invalid start byte",
            "compose.yaml_syntax",
            None,
            None,
        ),
        (
            r"yaml: unmarshal errors:
  line 1: cannot unmarshal !!seq into cli.named",
            "compose.schema_invalid",
            None,
            None,
        ),
        (
            r"Top level object in './docker-compose.yml' needs to be an object not '<class 'NoneType'>'.",
            "compose.schema_invalid",
            None,
            None,
        ),
        (
            r"validating /p/docker-compose.yml: services.web Additional property prots is not allowed",
            "compose.schema_invalid",
            Some("services.web.prots"),
            None,
        ),
        (
            r"The Compose file './docker-compose.yml' is invalid because:
Unsupported config option for services.web: 'prots'",
            "compose.schema_invalid",
            Some("services.web.prots"),
            None,
        ),
        (
            r"validating /p/docker-compose.yml: (root) Additional property servces is not allowed",
            "compose.schema_invalid",
            Some("servces"),
            None,
        ),
        (
            r"validating /p/docker-compose.yml: services.web.ports must be a list",
            "compose.schema_invalid",
            Some("services.web.ports"),
            None,
        ),
        (
            r"The Compose file './docker-compose.yml' is invalid because:
services.web.ports contains an invalid type, it should be an array",
            "compose.schema_invalid",
            Some("services.web.ports"),
            None,
        ),
        (
            r#"service "web" has neither an image nor a build context specified: invalid compose project"#,
            "compose.schema_invalid",
            Some("services.web"),
            None,
        ),
        (
            r"The Compose file is invalid because:
Service web has neither an image nor a build context specified. At least one must be provided.",
            "compose.schema_invalid",
            Some("services.web"),
            None,
        ),
        (
            r"service a declares mutually exclusive `network_mode` and `networks`: invalid compose project",
            "compose.schema_invalid",
            Some("services.a"),
            None,
        ),
        (
            r"decoding failed due to the following error(s):

error decoding 'services[a].mem_limit': invalid size: 'lots'",
            "compose.schema_invalid",
            Some("services.a.mem_limit"),
            None,
        ),
        (
            r"invalid interpolation format for services.web.image.
You may need to escape any $ with another $.
nginx:${TAG",
            "compose.schema_invalid",
            Some("services.web.image"),
            None,
        ),
        (
            r#"Invalid interpolation format for "image" option in service "web": "nginx:${TAG""#,
            "compose.schema_invalid",
            Some("services.web.image"),
            None,
        ),
        (
            r#"time="2026-11-24T00:17:46Z" level=warning msg="The \"UNSETB\" variable is not set. Defaulting to a blank string."
error while interpolating services.web.privileged: failed to cast to expected type: invalid boolean: "#,
            "compose.env_missing",
            Some("UNSETB"),
            None,
        ),
        (
            r#"The UNSETB variable is not set. Defaulting to a blank string.
Error while attempting to convert service.web.privileged to appropriate type: "" is not a valid boolean value"#,
            "compose.env_missing",
            Some("UNSETB"),
            None,
        ),
        (
            r#"time="2026-11-24T00:17:46Z" level=warning msg="The \"UNSETV\" variable is not set. Defaulting to a blank string."
invalid spec: :/data: empty section between colons"#,
            "compose.env_missing",
            Some("UNSETV"),
            None,
        ),
        (
            r"The UNSETP variable is not set. Defaulting to a blank string.
The Compose file './docker-compose.yml' is invalid because:
services.web.ports contains an invalid type, it should be a number, or an object",
            "compose.env_missing",
            Some("UNSETP"),
            None,
        ),
        (
            r"error while interpolating services.web.image: required variable TAG is missing a value: the tag must be set",
            "compose.env_missing",
            Some("TAG"),
            None,
        ),
        (
            r#"Missing mandatory value for "image" option interpolating nginx:${TAG:?the tag must be set} in service "web": the tag must be set"#,
            "compose.env_missing",
            Some("TAG"),
            None,
        ),
        (
            r"stat /p/missing.env: no such file or directory",
            "compose.env_missing",
            None,
            None,
        ),
        (
            r"failed to read /p/.env: required variable TAG is missing a value: must",
            "compose.env_missing",
            Some("TAG"),
            None,
        ),
        (
            r"line 3: unterminated quoted value a",
            "env-file-invalid",
            None,
            Some(3),
        ),
        (
            "Circular reference:\n  a in /p/compose.yaml\n  extends a in /p/compose.yaml",
            "compose.dependency_cycle",
            Some("a in /p/compose.yaml extends a in /p/compose.yaml"),
            None,
        ),
        (
            r"services.web.environment.[0]: unexpected type int",
            "compose.schema_invalid",
            Some("services.web.environment.[0]"),
            None,
        ),
        (
            r"Non-string key in services.web.labels: 1.5",
            "compose.schema_invalid",
            Some("services.web.labels"),
            None,
        ),
        (
            r"project name must not be empty",
            "compose.schema_invalid",
            Some("COMPOSE_PROJECT_NAME"),
            None,
        ),
        (
            r#"Error while attempting to convert service.web.ports.published to appropriate type: "a" is not a valid integer"#,
            "compose.schema_invalid",
            Some("services.web.ports.published"),
            None,
        ),
        (
            r"env file /p/missing.env not found: stat /p/missing.env: no such file or directory",
            "compose.env_missing",
            None,
            None,
        ),
        (
            r"Couldn't find env file: /p/missing.env",
            "compose.env_missing",
            None,
            None,
        ),
        (
            r#"service "web" refers to undefined network nope: invalid compose project"#,
            "compose.undefined_ref",
            Some("nope"),
            None,
        ),
        (
            r#"service "web" refers to undefined volume nope: invalid compose project"#,
            "compose.undefined_ref",
            Some("nope"),
            None,
        ),
        (
            r#"Named volume "nope:/x:rw" is used in service "web" but no declaration was found in the volumes section."#,
            "compose.undefined_ref",
            Some("nope"),
            None,
        ),
        (
            r#"service "web" depends on undefined service "nope": invalid compose project"#,
            "compose.undefined_ref",
            Some("nope"),
            None,
        ),
        (
            r"Service 'web' depends on service 'nope' which is undefined.",
            "compose.undefined_ref",
            Some("nope"),
            None,
        ),
        (
            r"open /p/none.yml: no such file or directory",
            "compose.undefined_ref",
            None,
            None,
        ),
        (
            r".FileNotFoundError: [Errno 2] No such file or directory: '/p/none.yml'",
            "compose.undefined_ref",
            None,
            None,
        ),
        (
            r#"cannot extend service "web" in /p/docker-compose.yml: service "a" not found"#,
            "compose.undefined_ref",
            Some("a"),
            None,
        ),
        (
            r"Cannot extend service 'a' in /p/docker-compose.yml: Service not found",
            "compose.undefined_ref",
            Some("a"),
            None,
        ),
        (
            r"dependency cycle detected: a -> b -> a",
            "compose.dependency_cycle",
            Some("a -> b -> a"),
            None,
        ),
        (
            r"Circular dependency between a and b",
            "compose.dependency_cycle",
            Some("a and b"),
            None,
        ),
        (
            r"A service can not depend on itself: a",
            "compose.dependency_cycle",
            Some("a"),
            None,
        ),
        (
            r#"The Compose file './docker-compose.yml' is invalid because:
Unsupported config option for services.web: 'develop'
'name' does not match any of the regexes: '^x-'

You might be seeing this error because you're using the wrong Compose file version. Either specify a supported version (e.g "2.2" or "3.3") and place your service definitions under the `services` key, or omit the `version` key and place your service definitions at the root of the file to use version 1.
For more on the Compose file format versions, see https://docs.docker.com/compose/compose-file/"#,
            "compose.version_unsupported",
            Some("services.web.develop"),
            None,
        ),
        (
            r#"The Compose file './docker-compose.yml' is invalid because:
'name' does not match any of the regexes: '^x-'

You might be seeing this error because you're using the wrong Compose file version. Either specify a supported version (e.g "2.2" or "3.3") and place your service definitions under the `services` key, or omit the `version` key and place your service definitions at the root of the file to use version 1.
For more on the Compose file format versions, see https://docs.docker.com/compose/compose-file/"#,
            "compose.version_unsupported",
            Some("name"),
            None,
        ),
        (
            r"The Compose file './docker-compose.yml' is invalid because:
services.a.ports value ['80:80', '80:80'] has non-unique elements",
            "compose.version_unsupported",
            Some("services.a.ports"),
            None,
        ),
        (
            r#"Version "9" in "./docker-compose.yml" is invalid."#,
            "compose.version_unsupported",
            Some("version"),
            None,
        ),
        (
            r#"yaml.composer.ComposerError: expected a single document in the stream
  in "./docker-compose.yml", line 1, column 1
but found another document
  in "./docker-compose.yml", line 3, column 1"#,
            "compose.version_unsupported",
            Some("---"),
            None,
        ),
    ];
    for (printed, code, key, line) in cases {
        let found = rejection(printed);
        assert_eq!(
            (found.code, found.key.as_deref(), found.line),
            (*code, *key, *line),
            "{printed}"
        );
        assert!(!found.reason.is_empty(), "{printed}");
    }
}

#[test]
fn an_env_file_that_cannot_be_read_is_named() {
    let found = rejection("failed to read /p/.env: line 5: unterminated quoted value \"");
    assert_eq!(found.code, "env-file-invalid");
    assert_eq!(
        (found.file.as_deref(), found.line),
        (Some("/p/.env"), Some(5))
    );
    assert_eq!(found.reason, "unterminated quoted value \"");
}

#[test]
fn a_missing_file_is_named() {
    for printed in [
        "env file /p/missing.env not found: stat /p/missing.env: no such file or directory",
        "Couldn't find env file: /p/missing.env",
        "open /p/missing.env: no such file or directory",
    ] {
        assert_eq!(
            rejection(printed).file.as_deref(),
            Some("/p/missing.env"),
            "{printed}"
        );
    }
}

#[test]
fn lines_lose_colours_and_prefixes() {
    assert_eq!(
        plain("\u{1b}[33mWARN\u{1b}[0m[0000] \u{1b}]0;title\u{7}x\u{1b}[2K\r"),
        "WARN[0000] x"
    );
    assert_eq!(
        message("WARN[0000] The \"X\" variable is not set."),
        "The \"X\" variable is not set."
    );
    let line = r#"time="2026-11-23T23:28:02Z" level=warning msg="The \"X\" variable is not set. Defaulting""#;
    assert_eq!(message(line), "The \"X\" variable is not set. Defaulting");
    assert_eq!(unset_variable(&message(line)), Some("X"));
    assert_eq!(
        warnings([line, line]),
        ["The \"X\" variable is not set. Defaulting"]
    );
}
