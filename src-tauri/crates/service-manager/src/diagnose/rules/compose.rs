//! Compose and the files it reads.

use crate::diagnose::evidence::Kind;
use crate::diagnose::sign::{Look, Sign, Verdict, likely, sign};

/// Keys that a newer Compose knows and an older one refuses: the name is right, the program is too old.
/// compose-spec, with the version of Compose v2 that brought each: develop 2.22, include 2.20, models 2.38.
const NEWER: &[&str] = &[
    "develop",
    "include",
    "models",
    "provider",
    "configs",
    "name",
    "attach",
    "annotations",
    "post_start",
    "pre_stop",
    "gpus",
    "use_api_socket",
    "env_file",
    "pull_policy",
    "profiles",
    "deploy",
    "extends",
    "secrets",
    "start_interval",
    "start_period",
    "init",
    "platform",
    "required",
    "runtime",
    "depends_on",
    "healthcheck",
    "cgroup",
    "uts",
    "ulimits",
    "device_cgroup_rules",
    "storage_opt",
    "credential_spec",
    "interface_name",
    "gw_priority",
];

pub(super) const SIGNS: &[Sign] = &[
    // docker/cli cmd/docker/docker.go
    sign("compose.missing", &["'compose' is not a docker command"]),
    sign("compose.missing", &["unknown command: docker compose"]),
    sign("compose.missing", &["docker-compose: command not found"]),
    sign("compose.missing", &["command not found: docker-compose"]),
    sign("compose.missing", &["未找到命令"]).matches(r"docker-compose(?:：|: ?)未找到命令"),
    sign("compose.missing", &["docker-compose: ", "nicht gefunden"]),
    sign("compose.missing", &["docker-compose: not found"]),
    sign("compose.missing", &["docker-compose: No such file or directory"]),
    sign("compose.missing", &["Command 'docker-compose' not found"]),
    sign("compose.missing", &["'docker-compose' is not recognized"]),
    sign("compose.missing", &["The term 'docker-compose' is not recognized"]),
    sign("compose.missing", &["exec: \"docker-compose\": executable file not found"]),
    sign("compose.missing", &["exec: \"compose\""]).general(),
    sign("compose.missing", &["unknown shorthand flag: 'f' in -f"]),
    sign("compose.missing", &["unknown shorthand flag: 'd' in -d"]),
    sign("compose.missing", &["unknown flag: --env-file"]).general(),
    sign("compose.missing", &["unknown flag: --project-name"]).general(),
    sign("compose.missing", &["docker-compose", "cannot execute binary file"]).general(),
    // A page of an error was saved as the tool, and the shell reads it
    sign("compose.missing", &["docker-compose: line", "command not found"]),
    sign("compose.missing", &["docker-compose: line", "syntax error"]),
    sign("compose.missing", &["docker-compose: No such file"]),
    sign("compose.missing", &["ModuleNotFoundError: No module named 'compose'"]),
    // compose v1, compose/config/validation.py and config.py
    sign("compose.version_unsupported", &["Unsupported config option"])
        .takes(r"Unsupported config option for (?<name>\S+?): '(?<key>[^']+)'")
        .decided_by(known_key),
    sign("compose.version_unsupported", &["Additional properties are not allowed ('"])
        .takes(r"\('(?<key>[^']+)'")
        .decided_by(known_key),
    // Any name at the top but x-… is one of a later Compose, or of nobody
    sign("compose.version_unsupported", &["does not match any of the regexes: '^x-'"])
        .takes(r"'(?<key>[^']+)' does not match")
        .decided_by(top_level_key),
    sign("compose.version_unsupported", &["Invalid top-level property"])
        .takes(r"property \x22(?<key>[^\x22]+)\x22")
        .decided_by(known_key),
    sign("compose.version_unsupported", &["is unsupported. You might be seeing this error because"]).first(),
    sign("compose.version_unsupported", &["Version in \"", "is unsupported"]).first(),
    sign("compose.version_unsupported", &["Version mismatch", "extends"]).general(),
    // Compose before 1.6 takes `version` and `services` for services
    sign("compose.version_unsupported", &["must map to a dictionary of configuration options"]).decided_by(first_format),
    // compose v2, compose-go
    sign("compose.version_unsupported", &["Additional property "])
        .takes(r"Additional property (?<key>\S+) is not allowed")
        .decided_by(known_key),
    sign("compose.version_unsupported", &["additional properties '"])
        .takes(r"additional properties '(?<key>[^']+)' not allowed")
        .decided_by(known_key),
    sign("compose.version_unsupported", &["unknown flag: --wait"]),
    sign("compose.version_unsupported", &["unknown flag: --profile"]),
    sign("compose.version_unsupported", &["unknown flag: --pull"]),
    sign("compose.version_unsupported", &["Not supported URL scheme http+docker"]).first(),
    sign("compose.version_unsupported", &["kwargs_from_env() got an unexpected keyword argument 'ssl_version'"]).first(),
    sign("compose.version_unsupported", &["KeyError: 'ContainerConfig'"]).first(),
    sign("compose.version_unsupported", &["services.", "depends_on contains an invalid type"]).general(),
    sign("compose.version_unsupported", &["yaml: unmarshal errors", "!reset"]).general(),
    sign("compose.version_unsupported", &["could not determine a constructor for the tag '!reset'"]),
    sign("compose.version_unsupported", &["could not determine a constructor for the tag '!override'"]),
    // compose-go loader
    sign("compose.schema_invalid", &["neither an image nor a build context specified"])
        .takes(r"service \x22?(?<name>[\w.-]+)\x22? has neither"),
    sign("compose.schema_invalid", &["has neither an image nor a build path specified"]),
    sign("compose.schema_invalid", &["top-level object must be a mapping"]),
    sign("compose.schema_invalid", &["Top level object in"]).without(&["is a mapping"]),
    sign("compose.schema_invalid", &["invalid project name"]).takes(r"project name \x22?(?<name>[^\x22]+)\x22?"),
    sign("compose.schema_invalid", &["project name must not be empty"]),
    sign("compose.schema_invalid", &["must be a list"]).takes(r"(?<key>services\.\S+) must be").only(&[Kind::ComposeStderr, Kind::EngineError]),
    sign("compose.schema_invalid", &["must be a mapping"]).takes(r"(?<key>(services|networks|volumes)\S*) must be"),
    sign("compose.schema_invalid", &["must be a string"]).takes(r"(?<key>services\.\S+) must be").only(&[Kind::ComposeStderr]),
    sign("compose.schema_invalid", &["must be a array"]).only(&[Kind::ComposeStderr]),
    sign("compose.schema_invalid", &["must be a boolean"]).only(&[Kind::ComposeStderr]),
    sign("compose.schema_invalid", &["must be a number"]).only(&[Kind::ComposeStderr]),
    sign("compose.schema_invalid", &["contains an invalid type, it should be"])
        .takes(r"(?<key>[\w.-]+) contains an invalid type").decided_by(blank_or_wrong),
    sign("compose.schema_invalid", &["contains unsupported option"]).takes(r"option: '(?<key>[^']+)'").decided_by(known_key),
    sign("compose.schema_invalid", &["is invalid because:"]).general().decided_by(blank_or_wrong),
    sign("compose.schema_invalid", &["contains non-unique items"]),
    sign("compose.schema_invalid", &["contains duplicates"]).general(),
    sign("compose.schema_invalid", &["array items", "must be unique"]),
    sign("compose.schema_invalid", &["validating ", ".y"]).general().decided_by(blank_or_wrong),
    sign("compose.schema_invalid", &["Invalid service name"]).general(),
    sign("compose.schema_invalid", &["invalid reference format"]).decided_by(reference),
    sign("compose.schema_invalid", &["repository name must be lowercase"]),
    sign("compose.schema_invalid", &["duplicate mount points"]),
    sign("compose.schema_invalid", &["Duplicate mount point"]),
    sign("compose.schema_invalid", &["conflicting parameters \"external\" and"]),
    sign("compose.schema_invalid", &["'network_mode' and 'networks' cannot be combined"]),
    sign("compose.schema_invalid", &["mutually exclusive", "network"]).general(),
    sign("compose.schema_invalid", &["conflicting options: port publishing and the container type network mode"]).general(),
    sign("compose.schema_invalid", &["invalid volume specification"]).decided_by(blank_or_wrong),
    sign("compose.schema_invalid", &["invalid spec:"]).decided_by(blank_or_wrong),
    sign("compose.schema_invalid", &["too many colons"]).decided_by(blank_or_wrong),
    sign("compose.schema_invalid", &["can't set container_name and", "as container name must be unique"]),
    sign("compose.schema_invalid", &["Invalid ip address"]).general(),
    sign("compose.schema_invalid", &["Invalid restart policy"]),
    sign("compose.schema_invalid", &["invalid restart policy"]),
    sign("compose.schema_invalid", &["invalid containerPort"]),
    sign("compose.schema_invalid", &["Invalid port \"", "should be"]).decided_by(blank_or_wrong),
    sign("compose.env_missing", &["Invalid interpolation format"]).decided_by(interpolation)
        .takes(r"(?:format for |service \x22)(?<key>[^\s\x22]+?)\.?[\x22 :\n]"),
    // YAML: PyYAML (v1), go-yaml (v2)
    sign("compose.yaml_syntax", &["yaml.scanner.ScannerError"]).takes(r"line (?<line>\d+)"),
    sign("compose.yaml_syntax", &["yaml.parser.ParserError"]).takes(r"line (?<line>\d+)"),
    sign("compose.yaml_syntax", &["yaml.reader.ReaderError"]),
    sign("compose.yaml_syntax", &["yaml.constructor.ConstructorError"]).general(),
    sign("compose.yaml_syntax", &["yaml.composer.ComposerError"]),
    sign("compose.yaml_syntax", &["found character that cannot start any token"]).takes(r"line (?<line>\d+)").first().decided_by(whose_yaml),
    sign("compose.yaml_syntax", &["found character '\\t' that cannot start any token"]).takes(r"line (?<line>\d+)"),
    sign("compose.yaml_syntax", &["mapping values are not allowed"]).takes(r"line (?<line>\d+)").decided_by(whose_yaml),
    sign("compose.yaml_syntax", &["did not find expected"]).takes(r"line (?<line>\d+)").decided_by(whose_yaml),
    sign("compose.yaml_syntax", &["found undefined escape character"]),
    sign("compose.yaml_syntax", &["could not find expected ':'"]).takes(r"line (?<line>\d+)").decided_by(whose_yaml),
    sign("compose.yaml_syntax", &["found a tab character"]).takes(r"line (?<line>\d+)"),
    sign("compose.yaml_syntax", &["yaml: unmarshal errors"]).general().decided_by(whose_yaml),
    sign("compose.yaml_syntax", &["cannot unmarshal", "into"]).general().only(&[Kind::ComposeStderr]),
    sign("compose.yaml_syntax", &["mapping key", "already defined at line"]).takes(r"line (?<line>\d+)").decided_by(whose_yaml),
    sign("compose.yaml_syntax", &["yaml: control characters are not allowed"]).decided_by(whose_yaml),
    sign("compose.yaml_syntax", &["yaml: invalid"]).decided_by(whose_yaml),
    sign("compose.yaml_syntax", &["unknown anchor"]).decided_by(whose_yaml),
    sign("compose.yaml_syntax", &["failed to parse", ".y", "yaml"]).takes(r"line (?<line>\d+)"),
    sign("compose.yaml_syntax", &["yaml: line "]).takes(r"(?<file>[^\s:]+\.ya?ml)?.*line (?<line>\d+)").decided_by(whose_yaml),
    sign("compose.yaml_syntax", &["while parsing a block mapping"]),
    sign("compose.yaml_syntax", &["while scanning"]).only(&[Kind::ComposeStderr]).general(),
    sign("compose.yaml_syntax", &["invalid leading UTF-8 octet"]),
    sign("compose.yaml_syntax", &["UnicodeDecodeError", "codec can't decode byte"]).general().only(&[Kind::ComposeStderr]),
    sign("compose.yaml_syntax", &["The Compose file", "is empty"]).general(),
    sign("compose.yaml_syntax", &["empty compose file"]),
    // Variables: compose-go template.go, dotenv
    sign("compose.env_missing", &["required variable", "is missing a value"]).takes(r"required variable (?<variable>\w+) is missing").variant("required").first(),
    sign("compose.env_missing", &["Missing mandatory value for"]).variant("required").first()
        .takes(r"interpolating .*?(?<variable>[A-Z][A-Z0-9_]+)"),
    sign("compose.env_missing", &["Couldn't find env file"]).takes(r"env file:? (?<file>\S+)").variant("file").first(),
    sign("compose.env_missing", &["env file", "not found"]).takes(r"env file (?<file>\S+) not found").variant("file").first(),
    sign("compose.env_missing", &[".env", "no such file or directory"]).takes(r"(?<file>[^\s:]*\.env[^\s:]*)").variant("file")
        .only(&[Kind::ComposeStderr]),
    sign("compose.env_missing", &["failed to read", ".env"]).takes(r"read (?<file>\S+):").variant("file").only(&[Kind::ComposeStderr]),
    sign("compose.env_missing", &["unexpected character", "in variable name"]).takes(r"(?<file>[^\s:]*\.env[^\s:]*)"),
    sign("compose.env_missing", &["Defaulting to a blank string"]).warning().decided_by(blank)
        .takes(r"(?:The \x22?(?<variable>\w+)\x22? variable)"),
    sign("compose.env_missing", &["is not a valid boolean value"]).general(),
    sign("compose.env_missing", &["invalid hostPort"]).decided_by(blank_or_wrong),
    sign("compose.env_missing", &["empty section between colons"]),
    sign("compose.env_missing", &["to appropriate type"]).decided_by(blank_or_wrong),
    sign("compose.env_missing", &["invalid boolean: "]),
    sign("compose.env_missing", &["strconv.ParseInt: parsing \"\""]),
    sign("compose.env_missing", &["strconv.Atoi: parsing \"\""]),
    // References
    sign("compose.undefined_ref", &["refers to undefined"]).takes(r"service \x22?(?<name>[\w.-]+?)\x22? refers to undefined \w+ (?<key>[\w.-]+)"),
    sign("compose.undefined_ref", &["depends on undefined service"]).takes(r"undefined service \x22?(?<key>[\w.-]+)"),
    sign("compose.undefined_ref", &["depends on service", "which is undefined"]).takes(r"on service '(?<key>[^']+)'"),
    sign("compose.undefined_ref", &["uses an undefined network"]).takes(r"network \x22(?<key>[^\x22]+)\x22"),
    sign("compose.undefined_ref", &["uses an undefined secret"]),
    sign("compose.undefined_ref", &["uses an undefined config"]),
    sign("compose.undefined_ref", &["Named volume", "is used in service", "but no declaration was found"])
        .takes(r"Named volume \x22(?<key>[^:\x22]+)"),
    sign("compose.undefined_ref", &["no such service"]).variant("noservice").takes(r"[Nn]o such service: (?<name>\S+)"),
    sign("compose.undefined_ref", &["no configuration file provided: not found"]).variant("nofile"),
    sign("compose.undefined_ref", &["Can't find a suitable configuration file"]).variant("nofile"),
    sign("compose.undefined_ref", &["has no such profile"]).general(),
    sign("compose.undefined_ref", &["cannot extend service"]),
    sign("compose.undefined_ref", &["Cannot extend service"]),
    sign("compose.undefined_ref", &["compose", ".yml: no such file or directory"]),
    sign("compose.undefined_ref", &["compose", ".yaml: no such file or directory"]),
    sign("compose.undefined_ref", &["FileNotFoundError", "docker-compose"]),
    // pkg/compose/dependencies.go, compose-go graph
    sign("compose.dependency_cycle", &["Circular dependency between"]).matches(r"Circular dependency between [\w.-]+(?:,| and) "),
    sign("compose.dependency_cycle", &["cycle found:"]),
    sign("compose.dependency_cycle", &["dependency cycle detected"]),
    sign("compose.dependency_cycle", &["Circular reference:"]),
    sign("compose.dependency_cycle", &["import cycle", "include"]).general(),
    sign("compose.dependency_cycle", &["include cycle detected"]),
    sign("compose.dependency_cycle", &["A service can not depend on itself"]),
    // pkg/compose/create.go
    sign("compose.external_missing", &["Network", "declared as external, but could not be found"])
        .takes(r"(?i)network (?<network>[\w.-]+) declared"),
    sign("compose.external_missing", &["Volume", "declared as external, but could not be found"]).variant("volume")
        .takes(r"(?i)volume (?<volume>[\w.-]+) declared"),
    sign("compose.external_missing", &["external volume", "not found"]).variant("volume")
        .takes(r"external volume \x22?(?<volume>[\w.-]+)\x22? not found"),
    sign("compose.external_missing", &["external network", "not found"]).takes(r"external network \x22?(?<network>[\w.-]+)"),
    // podman-compose
    sign("compose.external_missing", &["External network [", "does not exist"]).takes(r"network \[(?<network>[\w.-]+)\]"),
    sign("compose.external_missing", &["External volume [", "does not exist"]).variant("volume").takes(r"volume \[(?<volume>[\w.-]+)\]"),
    sign("compose.external_missing", &["network", "declared as external, but it is not in the right scope"]),
    sign("compose.external_missing", &["Error response from daemon: network", "not found"]).decided_by(named_network)
        .takes(r"network (?<network>[\w.-]+) not found"),
    sign("compose.external_missing", &["get ", ": no such volume"]).variant("volume").takes(r"get (?<volume>\S+): no such volume"),
    // Symptoms
    sign("compose.dependency_unhealthy", &["is unhealthy"]).takes(r"[Cc]ontainer \x22?(?<container>[\w.-]+)\x22? is unhealthy").only(&[Kind::ComposeStderr, Kind::EngineError]),
    sign("compose.dependency_unhealthy", &["has no healthcheck configured"]).takes(r"container (?<container>[\w.-]+)"),
    sign("compose.dependency_unhealthy", &["is missing a healthcheck configuration"]).takes(r"Service \x22(?<container>[^\x22]+)"),
    sign("compose.dependency_unhealthy", &["Encountered errors while bringing up the project"]).warning(),
    sign("compose.dependency_failed", &["dependency failed to start", "exited ("]).takes(r"container (?<container>[\w.-]+) exited \((?<exit_code>\d+)\)"),
    sign("compose.dependency_failed", &["didn't complete successfully"]).takes(r"service \x22?(?<container>[\w.-]+)\x22? didn't complete successfully: exit (?<exit_code>\d+)"),
    sign("compose.dependency_failed", &["Container \"", "exited with code"]).takes(r"Container \x22(?<container>[^\x22]+)\x22 exited with code (?<exit_code>\d+)"),
    sign("compose.dependency_failed", &["for service", "exited with code"]).general(),
    sign("compose.dependency_failed", &["exited with code"]).warning().matches(r"^(?<container>[\w.-]+) exited with code (?<exit_code>[1-9]\d*)").decided_by(exited),
    sign("compose.orphans", &["Found orphan containers"]).warning(),
    sign("compose.network_changed", &["Network", "needs to be recreated"]).takes(r"Network \x22(?<network>[^\x22]+)\x22 needs"),
    sign("compose.network_changed", &["was found but has incorrect label"]).takes(r"network (?<network>\S+) was found"),
    sign("compose.network_changed", &["a network with name", "exists but was not created"]).takes(r"name (?<network>\S+) exists"),
];

/// A key the newest schema knows was written for a newer Compose; any other is a mistake of whoever wrote the file.
fn known_key(look: &Look<'_>) -> Verdict {
    let known = NEWER.iter().any(|key| {
        [
            format!("'{key}'"),
            format!("property {key} "),
            format!(".{key}'"),
            format!("'{key}' was"),
            format!("property \"{key}\""),
        ]
        .iter()
        .any(|form| look.has(&[form]))
    });
    // Keys of one's own came with 3.4 of the old format
    let own = look.has(&["'x-", "property x-"]);
    if known
        || own
        || look.anywhere(&[
            "You might be seeing this error because you're using the wrong Compose file version",
        ]) && !look.has(&["Additional"])
    {
        Verdict::open(vec![
            likely("compose.version_unsupported", 0.8),
            likely("compose.schema_invalid", 0.2),
        ])
    } else {
        Verdict::open(vec![
            likely("compose.schema_invalid", 0.8),
            likely("compose.version_unsupported", 0.2),
        ])
    }
}

/// Compose v1 says the same of what a later schema has at the top and of services that stand beside `services`.
fn top_level_key(look: &Look<'_>) -> Verdict {
    let known = NEWER
        .iter()
        .any(|key| look.has(&[&format!("'{key}' does not match")]));
    if known {
        Verdict::open(vec![
            likely("compose.version_unsupported", 0.8),
            likely("compose.schema_invalid", 0.2),
        ])
    } else {
        Verdict::open(vec![
            likely("compose.schema_invalid", 0.7),
            likely("compose.version_unsupported", 0.3),
        ])
    }
}

/// Programs read YAML of their own, and then say so in a log: with their file, or as one field of a line.
fn whose_yaml(look: &Look<'_>) -> Verdict {
    let speaks = look.said.lines[look.index].speaker.is_some() || look.piece.service.is_some();
    let own = speaks || look.has(&["level=", "config.file", "\"level\":", "loading config"]);
    if look.piece.kind == Kind::ContainerLogs && own && !look.has(&["compose.y", "docker-compose"])
    {
        return Verdict::sure(likely("db.config_invalid", 0.8));
    }
    Verdict::sure(likely("compose.yaml_syntax", 0.9))
}

/// A wrong value that came from a variable nobody set is that variable's fault.
fn blank_or_wrong(look: &Look<'_>) -> Verdict {
    let blank = look.anywhere(&["Defaulting to a blank string"]);
    let yaml = look.anywhere(&["ScannerError", "ParserError", "yaml: line"]);
    if blank {
        Verdict::sure(likely("compose.env_missing", 0.85))
    } else if yaml {
        Verdict::nothing()
    } else if look.has(&[
        "invalid hostPort",
        "parsing \"\"",
        "is not a valid boolean",
        "appropriate type",
        "empty",
    ]) {
        Verdict::open(vec![
            likely("compose.env_missing", 0.65),
            likely("compose.schema_invalid", 0.35),
        ])
    } else {
        Verdict::sure(likely("compose.schema_invalid", 0.75))
    }
}

/// An image without a name, or with half a one, is mostly a variable that is not set.
fn reference(look: &Look<'_>) -> Verdict {
    if look.anywhere(&["Defaulting to a blank string", "variable is not set"]) {
        return Verdict::sure(likely("compose.env_missing", 0.92));
    }
    if look.anywhere(&["must be lowercase"]) {
        return Verdict::sure(likely("compose.schema_invalid", 0.85));
    }
    Verdict::open(vec![
        likely("compose.env_missing", 0.6),
        likely("compose.schema_invalid", 0.4),
    ])
}

/// A form of `${...}` that is none, or one that a newer Compose would read.
fn interpolation(look: &Look<'_>) -> Verdict {
    if look.anywhere(&["Defaulting to a blank string", "variable is not set"]) {
        return Verdict::sure(likely("compose.env_missing", 0.9));
    }
    // Compose v1 names the option and the service; it learned `:-` and `:?` late, and never `:+`
    if look.has(&["option in service"]) && is_well_formed(look.line) {
        return Verdict::open(vec![
            likely("compose.version_unsupported", 0.6),
            likely("compose.env_missing", 0.25),
            likely("compose.schema_invalid", 0.15),
        ]);
    }
    Verdict::open(vec![
        likely("compose.env_missing", 0.5),
        likely("compose.schema_invalid", 0.3),
        likely("compose.version_unsupported", 0.2),
    ])
}

/// Whether each `${…}` of a line has a name, an operator of today's schema and an end.
fn is_well_formed(line: &str) -> bool {
    let mut forms = line.split("${").skip(1).peekable();
    let is_some = forms.peek().is_some();
    is_some
        && forms.all(|form| {
            let Some((inside, _)) = form.split_once('}') else {
                return false;
            };
            let name = inside
                .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                .unwrap_or(inside.len());
            let operator = inside[name..].trim_start_matches(':');
            name > 0 && operator.starts_with(['-', '?', '+'])
        })
}

/// A blank is only a warning, until something fails because of it.
fn blank(look: &Look<'_>) -> Verdict {
    let broken = look.anywhere(&[
        "invalid reference format",
        "invalid interpolation",
        "not a valid boolean",
        "appropriate type",
        "hostPort",
        "empty section",
        "invalid spec",
        "too many colons",
        "is invalid because",
        "contains an invalid type",
        "no image",
        "must be a",
        "invalid proto",
        "invalid port",
        "cannot be empty",
        "superuser password is not specified",
        "password option is not specified",
    ]);
    if broken {
        Verdict::sure(likely("compose.env_missing", 0.6))
    } else {
        Verdict::nothing()
    }
}

/// A network by its name is one the package expects; by its id it is one that went away.
fn named_network(look: &Look<'_>) -> Verdict {
    let id = look
        .line
        .split_whitespace()
        .any(|word| word.len() >= 64 && word.chars().all(|c| c.is_ascii_hexdigit()));
    if id {
        Verdict::sure(likely("net.stale_network", 0.92))
    } else {
        Verdict::open(vec![
            likely("compose.external_missing", 0.6),
            likely("net.stale_network", 0.4),
        ])
    }
}

/// Compose's last word about a container that ended; its own log says why, when it is there.
fn exited(look: &Look<'_>) -> Verdict {
    if look.has(&["code 0", "code 143", "code 137", "code 130"]) {
        return Verdict::nothing();
    }
    if look.piece.kind == Kind::ComposeStderr {
        Verdict::sure(likely("compose.dependency_failed", 0.35))
    } else {
        Verdict::nothing()
    }
}

/// A file of the first format that is wrong, or one of a later format and a tool that knows the first only.
fn first_format(look: &Look<'_>) -> Verdict {
    if look.has(&[
        "service 'version'",
        "service 'services'",
        "service 'networks'",
        "service 'volumes'",
    ]) {
        return Verdict::sure(likely("compose.version_unsupported", 0.92));
    }
    Verdict::sure(likely("compose.schema_invalid", 0.85))
}
