//! What Compose's lines mean; pure. Each rule quotes the lines it reads, as v2 2.26.1 and v1 1.29.2 print them.

use crate::text::{Text, plain};

/// Returns the warnings among the lines, each once, without prefix.
pub(crate) fn warnings<'a>(lines: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut found = Vec::new();
    for line in lines {
        let words = message(&plain(line));
        if !words.is_empty() && !found.contains(&words) {
            found.push(words);
        }
    }
    found
}

/// Unwraps `time="…" level=warning msg="The \"X\" variable is not set."` and `WARN[0000] …`.
pub(crate) fn message(line: &str) -> String {
    if line.starts_with("time=")
        && let Some((_, rest)) = line.split_once(" msg=")
    {
        let rest = rest.trim();
        let inner = rest
            .strip_prefix('"')
            .and_then(|it| it.strip_suffix('"'))
            .unwrap_or(rest);
        return inner.replace("\\\"", "\"").replace("\\n", " ");
    }
    let rest = ["WARN[", "ERRO["]
        .iter()
        .find_map(|prefix| line.strip_prefix(prefix)?.split_once("] "));
    rest.map_or(line, |(_, rest)| rest).trim().to_owned()
}

/// Returns the last line that says something.
pub(crate) fn last_words(text: &str) -> String {
    text.lines()
        .map(message)
        .rfind(|line| !line.is_empty())
        .unwrap_or_default()
}

/// Why Compose refuses a project.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rejection {
    /// A class of the failure catalogue: `compose.schema_invalid`, …
    pub code: &'static str,
    /// The file it names, which may be the one that is missing.
    pub file: Option<String>,
    pub line: Option<u32>,
    /// The key, the service or the variable in question: `services.web.ports`, `TAG`, `a -> b -> a`.
    pub key: Option<String>,
    /// Its own words.
    pub reason: String,
    /// Our words, where there are no better ones.
    pub text: Option<Text>,
}

/// Says why `config` failed, from everything it wrote to standard error.
pub(crate) fn rejection(stderr: &str) -> Rejection {
    let (mut rejection, unset, whole) = understood(stderr);
    // A blank that came from a variable nobody set is that variable's fault.
    let blank = [
        "invalid boolean:",
        "\"\" is not a valid",
        "empty section between colons",
        "hostPort",
        "invalid type",
        "parsing \"\"",
    ];
    if rejection.code == "compose.schema_invalid"
        && !unset.is_empty()
        && blank.iter().any(|it| whole.contains(it))
    {
        rejection.code = "compose.env_missing";
        rejection.key = Some(unset.join(", "));
    }
    rejection
}

/// The rejection as it is said, the variables that were not set, and the error without the warnings.
fn understood(stderr: &str) -> (Rejection, Vec<String>, String) {
    let lines: Vec<String> = stderr
        .lines()
        .map(|line| message(&plain(line)))
        .filter(|it| !it.is_empty())
        .collect();
    let mut unset: Vec<String> = lines
        .iter()
        .filter_map(|line| unset_variable(line).map(str::to_owned))
        .collect();
    unset.dedup();
    // The warnings come first; what is left is the error.
    let error: Vec<&str> = lines
        .iter()
        .map(String::as_str)
        .filter(|line| !is_warning(line))
        .collect();
    let whole = error.join("\n");
    let found = rules().iter().find_map(|rule| rule(&error, &whole));
    let mut rejection = found.unwrap_or_else(|| Rejection {
        code: "compose.schema_invalid",
        ..Rejection::default()
    });
    if rejection.reason.is_empty() {
        rejection.reason = reason(&error);
    }
    (rejection, unset, whole)
}

/// What only v1 refuses: whatever it says about it, a newer Compose is the way out.
pub(crate) fn only_v1(stderr: &str) -> Rejection {
    let (rejection, ..) = understood(stderr);
    let reason = rejection.reason.as_str();
    // What it wants to be there, of which it names the path and not the key.
    let key = if reason.starts_with("build path ") {
        Some("build".to_owned())
    } else if reason.starts_with("Duplicate mount points") || reason.starts_with("Volume ") {
        Some("volumes".to_owned())
    } else if reason.starts_with("environment variable name") {
        Some("environment".to_owned())
    } else {
        rejection.key.clone()
    };
    let is_path = rejection.code == "compose.undefined_ref";
    Rejection {
        code: "compose.version_unsupported",
        key,
        file: rejection.file.clone().filter(|_| !is_path),
        ..rejection
    }
}

type Rule = fn(&[&str], &str) -> Option<Rejection>;

const fn rules() -> &'static [Rule] {
    &[
        env_files, variables, yaml, references, cycles, newer, shape, python, schema,
    ]
}

#[allow(clippy::unnecessary_wraps)] // it ends rules
fn with(code: &'static str, key: Option<String>) -> Option<Rejection> {
    Some(Rejection {
        code,
        key,
        ..Rejection::default()
    })
}

/// `The "TAG" variable is not set. Defaulting to a blank string.` (v1 without the quotes)
pub(crate) fn unset_variable(line: &str) -> Option<&str> {
    let name = line
        .strip_prefix("The ")?
        .split_once(" variable is not set")?
        .0;
    Some(name.trim_matches('"'))
}

fn is_warning(line: &str) -> bool {
    unset_variable(line).is_some()
        || line.contains("the attribute `version` is obsolete")
        || line.contains("is deprecated")
        || line.starts_with("Some services (")
        || line.starts_with("Found multiple config files")
        || line.starts_with("Using ")
}

/// Lines of env files that are none.
fn env_files(_: &[&str], whole: &str) -> Option<Rejection> {
    // v2: failed to read /p/.env: line 5: unterminated quoted value "
    let (file, words) = match after(whole, "failed to read ").and_then(|it| it.split_once(": ")) {
        Some((file, words)) => (Some(file), words),
        // v2, of an env file that a service names: line 1: key cannot contain a space
        None if whole.starts_with("line ") => (None, whole),
        None => return None,
    };
    // v2: failed to read /p/.env: required variable TAG is missing a value: …
    if let Some(rejection) = variables(&[], words) {
        let file = file.map(str::to_owned);
        return Some(Rejection { file, ..rejection });
    }
    let line = between(words, "line ", ":").and_then(|number| number.parse().ok());
    let reason = words
        .split_once(": ")
        .filter(|_| line.is_some())
        .map_or(words, |(_, it)| it);
    Some(Rejection {
        code: "env-file-invalid",
        file: file.map(str::to_owned),
        line,
        reason: first_line(reason).to_owned(),
        ..Rejection::default()
    })
}

/// Variables and env files that are not there.
fn variables(_: &[&str], whole: &str) -> Option<Rejection> {
    // v2: required variable TAG is missing a value: the tag must be set
    if let Some(rest) = after(whole, "required variable ") {
        let (name, words) = rest.split_once(" is missing a value")?;
        let reason = words.trim_start_matches(':').trim().to_owned();
        let place = between(whole, "error while interpolating ", ": ");
        let reason = match place {
            Some(place) if reason.is_empty() => place.to_owned(),
            _ if reason.is_empty() => first_line(whole).to_owned(),
            _ => reason,
        };
        return Some(Rejection {
            code: "compose.env_missing",
            key: Some(name.to_owned()),
            reason,
            ..Rejection::default()
        });
    }
    // v1: Missing mandatory value for "image" option interpolating nginx:${TAG:?set it} in service "web": set it
    if let Some(rest) = after(whole, "Missing mandatory value for ") {
        let name = between(rest, "${", "?").map(|name| name.trim_end_matches(':').to_owned());
        return with("compose.env_missing", name);
    }
    // v2: env file /p/missing.env not found: stat …   v1: Couldn't find env file: /p/missing.env
    let file = between(whole, "env file ", " not found")
        .or_else(|| after(whole, "Couldn't find env file: "));
    file.map(|file| Rejection {
        code: "compose.env_missing",
        file: Some(first_line(file).to_owned()),
        ..Rejection::default()
    })
}

/// What is not YAML.
fn yaml(error: &[&str], whole: &str) -> Option<Rejection> {
    if whole.contains("cannot unmarshal !!") {
        return None; // YAML, but of the wrong shape
    }
    // v2: yaml: line 3: mapping values are not allowed in this context
    // v2: yaml: unmarshal errors:\n  line 4: mapping key "image" already defined at line 3
    // newer: failed to parse /p/compose.yaml: yaml: line 3: …
    let start = error
        .iter()
        .position(|line| line.starts_with("yaml: ") || line.contains(": yaml: "));
    if let Some(start) = start {
        let rest = error[start..].join("\n");
        let rest = after(&rest, "yaml: ").unwrap_or_default();
        let rest = rest
            .strip_prefix("unmarshal errors:")
            .unwrap_or(rest)
            .trim();
        let line = between(rest, "line ", ":").and_then(|number| number.parse().ok());
        let reason = rest
            .strip_prefix("line ")
            .and_then(|it| it.split_once(": "))
            .map_or(rest, |(_, it)| it);
        return Some(Rejection {
            code: "compose.yaml_syntax",
            line,
            key: between(reason, "mapping key \"", "\"").map(str::to_owned),
            reason: first_line(reason).to_owned(),
            ..Rejection::default()
        });
    }
    // v1: yaml.scanner.ScannerError: mapping values are not allowed here\n  in "./docker-compose.yml", line 3, column 17
    let at = error
        .iter()
        .position(|line| line.contains("yaml.") && line.contains("Error: "))?;
    let place = error[at..]
        .iter()
        .rev()
        .find(|line| line.trim().starts_with("in \""))?;
    // v1: could not determine a constructor for the tag '!reset'
    if let Some(tag) = between(whole, "constructor for the tag '", "'") {
        return with("compose.version_unsupported", Some(tag.to_owned()));
    }
    // With several documents the marks say where; v2 reads them as one.
    if whole.contains("expected a single document") {
        return with("compose.version_unsupported", Some("---".into()));
    }
    let words: Vec<&str> = error[at..]
        .iter()
        .map(|line| line.trim())
        .filter(|it| !it.starts_with("in \""))
        .collect();
    Some(Rejection {
        code: "compose.yaml_syntax",
        file: between(place, "in \"", "\"").map(str::to_owned),
        line: between(place, "line ", ",").and_then(|number| number.parse().ok()),
        reason: words
            .last()
            .map(|it| it.split_once("Error: ").map_or(*it, |(_, it)| it))
            .unwrap_or_default()
            .to_owned(),
        ..Rejection::default()
    })
}

/// Names that nothing answers to.
fn references(_: &[&str], whole: &str) -> Option<Rejection> {
    // v2: open /p/none.yml: no such file or directory
    // v1: .FileNotFoundError: [Errno 2] No such file or directory: '/p/none.yml'
    let file = between(whole, "open ", ": no such file")
        .or_else(|| between(whole, "No such file or directory: '", "'"));
    // v2, of an env file of an include: stat /p/none.env: no such file or directory
    if let Some(file) = whole
        .strip_prefix("stat ")
        .and_then(|it| it.split_once(": no such file"))
        .map(|(file, _)| file)
    {
        let code = if file.ends_with("env") {
            "compose.env_missing"
        } else {
            "compose.undefined_ref"
        };
        return Some(Rejection {
            code,
            file: Some(file.to_owned()),
            ..Rejection::default()
        });
    }
    // v1: build path /p/app either does not exist, is not accessible, or is not a valid URL.
    let file = file.or_else(|| between(whole, "build path ", " either does not exist"));
    if let Some(file) = file {
        return Some(Rejection {
            code: "compose.undefined_ref",
            file: Some(file.to_owned()),
            ..Rejection::default()
        });
    }
    if whole.contains("cannot be extended") {
        return with("compose.version_unsupported", Some("extends".into()));
    }
    for (start, end) in [
        // v2: service "web" refers to undefined network nope: invalid compose project
        ("refers to undefined network ", ":"),
        ("refers to undefined volume ", ":"),
        ("refers to undefined secret ", ":"),
        ("refers to undefined config ", ":"),
        // v2: service "web" depends on undefined service "nope": invalid compose project
        ("depends on undefined service ", ":"),
        // v1: Service 'web' depends on service 'nope' which is undefined.
        ("depends on service '", "'"),
        ("uses the network stack of service '", "'"),
        ("has a link to service '", "'"),
        ("uses an undefined network \"", "\""),
        // v1: Named volume "nope:/x:rw" is used in service "web" but no declaration was found
        ("Named volume \"", ":"),
        // v1: Cannot extend service 'a' in /p/docker-compose.yml: Service not found
        ("Cannot extend service '", "'"),
    ] {
        if let Some(name) = after(whole, start) {
            let name = name.split(['\n']).next().unwrap_or_default();
            let name = name.split(end).next().unwrap_or(name).trim_matches('"');
            return with("compose.undefined_ref", Some(name.to_owned()));
        }
    }
    // v2: cannot extend service "web" in /p/docker-compose.yml: service "a" not found
    if let Some(rest) = after(whole, "cannot extend service ") {
        let name = between(rest, ": service \"", "\"").map(str::to_owned);
        return with("compose.undefined_ref", name);
    }
    whole
        .contains("no configuration file provided")
        .then(|| Rejection {
            code: "compose.undefined_ref",
            ..Rejection::default()
        })
}

/// Services that wait for each other.
fn cycles(_: &[&str], whole: &str) -> Option<Rejection> {
    // v2: include cycle detected:\n/p/compose.yaml\n include /p/compose.yaml
    if whole.starts_with("include cycle detected") {
        let path: Vec<&str> = whole.lines().skip(1).map(str::trim).collect();
        return with("compose.dependency_cycle", Some(path.join(" ")));
    }
    // v2: Circular reference:\n  a in /p/compose.yaml\n  extends b in /p/compose.yaml
    if let Some(path) = after(whole, "Circular reference:") {
        let path: Vec<&str> = path.lines().map(str::trim).collect();
        return with(
            "compose.dependency_cycle",
            Some(path.join(" ").trim().to_owned()),
        );
    }
    // v2: dependency cycle detected: a -> b -> a      older: cycle found: …
    // v1: Circular dependency between a and b         v1: A service can not depend on itself: a
    [
        "dependency cycle detected: ",
        "cycle found: ",
        "Circular dependency between ",
        "can not depend on itself: ",
    ]
    .iter()
    .find_map(|start| after(whole, start))
    .and_then(|path| {
        with(
            "compose.dependency_cycle",
            Some(first_line(path).to_owned()),
        )
    })
}

/// Keys that a newer Compose knows.
fn newer(_: &[&str], whole: &str) -> Option<Rejection> {
    // v2: validating /p/compose.yaml: services.web Additional property models is not allowed
    if let Some((before, rest)) = whole.split_once(" Additional property ") {
        let property = rest.split(" is not allowed").next()?;
        let place = before.rsplit_once(": ").map_or(before, |(_, place)| place);
        let file = between(before, "validating ", ": ").map(str::to_owned);
        let key = if place == "(root)" {
            property.to_owned()
        } else {
            format!("{place}.{property}")
        };
        let code = if_known(is_known(place, property));
        return Some(Rejection {
            code,
            file,
            key: Some(key),
            reason: format!("Additional property {property} is not allowed"),
            ..Rejection::default()
        });
    }
    // v1: Unsupported config option for services.web: 'develop'
    if let Some(rest) = after(whole, "Unsupported config option for ") {
        let (place, property) = first_line(rest).split_once(": ")?;
        let property = property.trim_matches('\'');
        let code = if_known(is_known(place, property));
        return with(code, Some(format!("{place}.{property}")));
    }
    // v1: services.web.ports contains unsupported option: 'host_ip'
    if let Some((place, rest)) = whole.split_once(" contains unsupported option: '") {
        let property = rest.split('\'').next()?;
        let place = place.lines().last().unwrap_or(place);
        let code = if_known(INNER_KEYS.contains(&property));
        return with(code, Some(format!("{place}.{property}")));
    }
    // v1: configs.inlined value 'content' does not match any of the regexes: '^x-'
    if let Some((place, rest)) = whole
        .split_once(" value '")
        .filter(|_| whole.contains("does not match any of"))
    {
        let property = rest.split('\'').next()?;
        let place = place.lines().last().unwrap_or(place);
        return with(
            if_known(INNER_KEYS.contains(&property)),
            Some(format!("{place}.{property}")),
        );
    }
    // v1: services.web.pull_policy value 'missing' is not one of ['always', 'never', 'if_not_present', 'build']
    if let Some((place, _)) = whole
        .split_once(" value '")
        .filter(|_| whole.contains("' is not one of ["))
    {
        return with(
            "compose.version_unsupported",
            place.lines().last().map(str::to_owned),
        );
    }
    // v1: In file './compose.yaml', services 'include' must be a mapping not an array.
    if let Some(key) =
        between(whole, "services '", "' must be a mapping").filter(|key| ROOT_KEYS.contains(key))
    {
        return with("compose.version_unsupported", Some(key.to_owned()));
    }
    // v1: 'name' does not match any of the regexes: '^x-'
    if let Some((property, _)) = whole.split_once("' does not match any of the regexes") {
        let property = property.rsplit('\'').next()?;
        let code = if_known(is_known("(root)", property));
        return with(code, Some(property.to_owned()));
    }
    // v1: services.a.ports value ['80:80', '80:80'] has non-unique elements
    if let Some((place, _)) = whole
        .split_once(" value [")
        .filter(|_| whole.contains("has non-unique elements"))
    {
        return with(
            "compose.version_unsupported",
            place.lines().last().map(str::to_owned),
        );
    }
    // v1: Version "9" in "./docker-compose.yml" is invalid.   Version in "…" is unsupported.
    (whole.contains("Version \"") || whole.contains("Version in \""))
        .then(|| whole.contains(" is invalid.") || whole.contains(" is unsupported."))
        .filter(|found| *found)
        .and_then(|_| with("compose.version_unsupported", Some("version".into())))
}

/// A file that is not a mapping, or empty. Its words are for programmers, so the reason is left to the texts.
fn shape(_: &[&str], whole: &str) -> Option<Rejection> {
    // v2: empty compose file                v1: Top level object in './docker-compose.yml' needs to be an object …
    // v2: yaml: unmarshal errors:\n  line 1: cannot unmarshal !!seq into cli.named
    let empty =
        whole.contains("empty compose file") || whole.contains("object not '<class 'NoneType'");
    let other = whole.contains("cannot unmarshal !!")
        || whole.contains("Top level object in")
        || whole.contains("Top-level object must be a mapping");
    let reason = if empty { EMPTY } else { NO_MAPPING };
    (empty || other).then(|| Rejection {
        code: "compose.schema_invalid",
        reason: reason.into(),
        ..Rejection::default()
    })
}

/// The reason of a file without content; a key of the catalogues.
pub(crate) const EMPTY: &str = "compose-empty";
/// The reason of a file that is a list or a word; a key of the catalogues.
pub(crate) const NO_MAPPING: &str = "compose-no-mapping";

/// Everything else the schema says no to.
fn schema(_: &[&str], whole: &str) -> Option<Rejection> {
    let code = "compose.schema_invalid";
    // v2: validating /p/compose.yaml: services.web.ports must be a list
    if let Some(rest) = after(whole, "validating ") {
        let (file, words) = rest.split_once(": ")?;
        let key = words
            .split(' ')
            .next()
            .filter(|key| *key != "(root)")
            .map(str::to_owned);
        // It says the place twice: services.a.pull_policy services.a.pull_policy must be one of …
        let words = match &key {
            Some(key) => words
                .strip_prefix(key.as_str())
                .map(str::trim_start)
                .filter(|rest| rest.starts_with(key.as_str()))
                .unwrap_or(words),
            None => words,
        };
        return Some(Rejection {
            code,
            file: Some(file.to_owned()),
            key,
            reason: first_line(words).to_owned(),
            ..Rejection::default()
        });
    }
    // v2: invalid project name "My": must consist only of …      v2: project name must not be empty
    if whole.contains("invalid project name ") || whole.contains("project name must not be empty") {
        return with(code, Some("COMPOSE_PROJECT_NAME".into()));
    }
    // v2: panic: interface conversion: interface {} is nil, not string
    if let Some(words) = after(whole, "panic: ") {
        return Some(Rejection {
            code,
            reason: first_line(words).to_owned(),
            ..Rejection::default()
        });
    }
    // v2: services.web must be a mapping      v2: services.web.dns.[1]: unexpected type int
    // v2: Non-string key in services.web.ports: 80
    let place = after(whole, "Non-string key in ").unwrap_or(whole);
    let place = place.split([' ', ':']).next().unwrap_or_default();
    if is_place(place) {
        return with(code, Some(place.to_owned()));
    }
    // v1: Error while attempting to convert service.web.ports.published to appropriate type: …
    if let Some(place) = between(
        whole,
        "attempting to convert service.",
        " to appropriate type",
    ) {
        return with(code, Some(format!("services.{place}")));
    }
    // v2: invalid interpolation format for services.web.image.\nYou may need to escape any $ with another $.\n…
    if let Some(key) = after(whole, "invalid interpolation format for ") {
        let text = whole.lines().last().unwrap_or_default();
        return Some(Rejection {
            code,
            key: Some(first_line(key).trim_end_matches(['.', ':']).to_owned()),
            reason: format!("invalid interpolation format: {text}"),
            ..Rejection::default()
        });
    }
    // v1: Invalid interpolation format for "image" option in service "web": "nginx:${TAG"
    if let Some(rest) = after(whole, "Invalid interpolation format for \"") {
        let option = rest.split('"').next()?;
        let service = between(rest, "service \"", "\"").unwrap_or_default();
        return with(code, Some(format!("services.{service}.{option}")));
    }
    // v2: error while interpolating services.web.privileged: failed to cast to expected type: …
    if let Some(rest) = after(whole, "error while interpolating ") {
        return with(code, rest.split(": ").next().map(str::to_owned));
    }
    // v2: error decoding 'services[a].mem_limit': invalid size: 'lots'
    if let Some(rest) = after(whole, "error decoding '") {
        let (place, words) = rest.split_once("': ")?;
        let key = place.replace('[', ".").replace(']', "");
        return Some(Rejection {
            code,
            key: Some(key),
            reason: first_line(words).to_owned(),
            ..Rejection::default()
        });
    }
    // v2: service "web" has neither an image nor a build context specified: invalid compose project
    // v2: service a declares mutually exclusive `network_mode` and `networks`
    let of_service = between(whole, "service \"", "\"")
        .or_else(|| between(whole, "Service ", " has neither"))
        .or_else(|| between(whole, "service ", " declares"));
    if let Some(name) = of_service {
        return with(code, Some(format!("services.{name}")));
    }
    // v1: The Compose file './docker-compose.yml' is invalid because:\nservices.web.ports contains an invalid type
    let words = after(whole, "is invalid because:\n")?;
    let key = words
        .split(' ')
        .next()
        .filter(|key| is_place(key) && key.contains('.'));
    Some(Rejection {
        code,
        file: between(whole, "The Compose file '", "'").map(str::to_owned),
        key: key.map(str::to_owned),
        reason: first_line(words).to_owned(),
        ..Rejection::default()
    })
}

/// Returns whether a word is the path of a key: `services.web.ports`.
fn is_place(word: &str) -> bool {
    let section = word.split('.').next().unwrap_or_default();
    ["services", "networks", "volumes", "configs", "secrets"].contains(&section)
}

/// v1 that fell over: `.UnicodeDecodeError: …`, with or without a traceback.
fn python(error: &[&str], _: &str) -> Option<Rejection> {
    let last = error.iter().rfind(|line| line.contains("Error: "))?;
    let traceback = error
        .iter()
        .any(|line| line.contains("Traceback (most recent call last)"));
    if !traceback && !last.starts_with('.') {
        return None;
    }
    let code = if last.contains("UnicodeDecodeError") {
        "compose.yaml_syntax"
    } else {
        "compose.version_unsupported"
    };
    Some(Rejection {
        code,
        reason: last.trim_start_matches('.').to_owned(),
        ..Rejection::default()
    })
}

/// The error's last sentence, without what Compose appends to each.
fn reason(error: &[&str]) -> String {
    let line = error
        .iter()
        .rev()
        .find(|line| !line.starts_with("For more on") && !line.starts_with("You might be"));
    let line = line.copied().unwrap_or_default();
    line.strip_suffix(": invalid compose project")
        .unwrap_or(line)
        .trim()
        .to_owned()
}

fn after<'a>(text: &'a str, start: &str) -> Option<&'a str> {
    text.split_once(start).map(|(_, rest)| rest)
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<&'a str> {
    after(text, start)?
        .split_once(end)
        .map(|(inside, _)| inside)
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default().trim()
}

const fn if_known(known: bool) -> &'static str {
    if known {
        "compose.version_unsupported"
    } else {
        "compose.schema_invalid"
    }
}

/// Returns whether the specification of today has this key at this place.
fn is_known(place: &str, key: &str) -> bool {
    match place.matches('.').count() {
        0 if place == "(root)" => ROOT_KEYS.contains(&key),
        1 if place.starts_with("services.") => SERVICE_KEYS.contains(&key),
        _ => INNER_KEYS.contains(&key),
    }
}

/// Keys at the top of a compose file.
pub(crate) const ROOT_KEYS: &[&str] = &[
    "configs", "include", "models", "name", "networks", "secrets", "services", "version", "volumes",
];

const SERVICE_KEYS: &[&str] = &[
    "annotations",
    "attach",
    "blkio_config",
    "build",
    "cap_add",
    "cap_drop",
    "cgroup",
    "cgroup_parent",
    "command",
    "configs",
    "container_name",
    "cpu_count",
    "cpu_percent",
    "cpu_period",
    "cpu_quota",
    "cpu_rt_period",
    "cpu_rt_runtime",
    "cpu_shares",
    "cpus",
    "cpuset",
    "credential_spec",
    "depends_on",
    "deploy",
    "develop",
    "device_cgroup_rules",
    "devices",
    "dns",
    "dns_opt",
    "dns_search",
    "domainname",
    "entrypoint",
    "env_file",
    "environment",
    "expose",
    "extends",
    "external_links",
    "extra_hosts",
    "gpus",
    "group_add",
    "healthcheck",
    "hostname",
    "image",
    "init",
    "ipc",
    "isolation",
    "label_file",
    "labels",
    "links",
    "logging",
    "mac_address",
    "mem_limit",
    "mem_reservation",
    "mem_swappiness",
    "memswap_limit",
    "models",
    "network_mode",
    "networks",
    "oom_kill_disable",
    "oom_score_adj",
    "pid",
    "pids_limit",
    "platform",
    "ports",
    "post_start",
    "pre_stop",
    "privileged",
    "profiles",
    "provider",
    "pull_policy",
    "pull_refresh_after",
    "read_only",
    "restart",
    "runtime",
    "scale",
    "secrets",
    "security_opt",
    "shm_size",
    "stdin_open",
    "stop_grace_period",
    "stop_signal",
    "storage_opt",
    "sysctls",
    "tmpfs",
    "tty",
    "ulimits",
    "use_api_socket",
    "user",
    "userns_mode",
    "uts",
    "volumes",
    "volumes_from",
    "working_dir",
];

/// Keys inside build, deploy, healthcheck, ports, depends_on, networks, … that came after some Compose still in use.
const INNER_KEYS: &[&str] = &[
    "additional_contexts",
    "app_protocol",
    "bind",
    "cache_to",
    "content",
    "driver_opts",
    "dockerfile_inline",
    "entitlements",
    "environment",
    "external",
    "format",
    "gw_priority",
    "host_ip",
    "image",
    "interface_name",
    "ip_range",
    "mac_address",
    "name",
    "no_cache",
    "path",
    "pids",
    "platforms",
    "priority",
    "privileged",
    "provenance",
    "pull",
    "recursive",
    "required",
    "restart",
    "sbom",
    "secrets",
    "selinux",
    "ssh",
    "start_interval",
    "subpath",
    "tags",
    "ulimits",
];

#[cfg(test)]
mod tests;
