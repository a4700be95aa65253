//! The page: who may name Tauri, who may touch the document, and nothing from elsewhere.

use crate::source::{Finding, Source, assert_none, files_below, page, read, relative};

fn names_tauri(files: &[Source]) -> Vec<Finding> {
    files
        .iter()
        .filter(|file| file.path != "ui/js/ipc.js")
        .flat_map(|file| {
            let mut findings = file.findings(&["__TAURI__", "__TAURI_INTERNALS__"]);
            let in_strings = file
                .strings
                .iter()
                .filter(|(_, words)| words.contains("__TAURI"));
            findings
                .extend(in_strings.map(|(line, _)| file.finding(*line, "__TAURI__ in a string")));
            findings
        })
        .collect()
}

fn touches_document(files: &[Source]) -> Vec<Finding> {
    files
        .iter()
        .filter(|file| file.path != "ui/js/app.js" && !file.path.starts_with("ui/js/elements/"))
        .flat_map(|file| {
            file.findings(&[
                "document",
                "querySelector",
                "getElementById",
                "customElements",
                "window.location",
            ])
        })
        .collect()
}

/// Whatever makes text into markup or code, or comes from another place.
fn injected(files: &[Source]) -> Vec<Finding> {
    const WORDS: &[&str] = &[
        "innerHTML",
        "outerHTML",
        "dangerouslySetInnerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "new Function",
        "srcdoc",
        "XMLHttpRequest",
        "WebSocket",
        "fetch(",
        "sendBeacon",
        "EventSource",
    ];
    files
        .iter()
        .flat_map(|file| {
            let mut findings: Vec<Finding> = Vec::new();
            for (index, line) in file.text.lines().enumerate() {
                let word = WORDS.iter().find(|word| line.contains(**word));
                // The catalogues are the page's own files.
                let own = line.contains("fetch(") && file.path == "ui/js/main.js";
                if let Some(word) = word.filter(|_| !own) {
                    findings.push(file.finding(index + 1, *word));
                }
                if let Some(url) = remote(line) {
                    findings.push(file.finding(index + 1, url));
                }
            }
            findings
        })
        .collect()
}

/// Returns what makes a line load something from another computer.
fn remote(line: &str) -> Option<String> {
    let lower = line.to_lowercase();
    let loads = [
        "src=", "href=", "url(", "import ", "import(", "from ", "@import",
    ];
    let at = ["https://", "http://", "'//", "\"//", "(//"]
        .iter()
        .find_map(|scheme| lower.find(scheme))?;
    let xml_name = lower[at..].starts_with("http://www.w3.org/");
    (!xml_name && loads.iter().any(|word| lower[..at].contains(word)))
        .then(|| line.trim().to_owned())
}

/// Handlers and styles that stand in markup: the policy blocks them, and nobody would notice.
fn inline(file: &Source) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, line) in file.text.lines().enumerate() {
        for attribute in line.split_whitespace().filter(|word| word.contains('=')) {
            let name = attribute.split('=').next().unwrap_or("");
            let is_handler = name.len() > 4
                && name.starts_with("on")
                && name.chars().all(|c| c.is_ascii_lowercase());
            if is_handler || name == "style" {
                findings.push(file.finding(index + 1, attribute));
            }
        }
        let bare_script = line.contains("<script") && !line.contains("src=");
        if bare_script || line.contains("<style") || line.contains("javascript:") {
            findings.push(file.finding(index + 1, line.trim()));
        }
    }
    findings
}

#[test]
fn only_ipc_names_tauri() {
    assert_none(
        "in ui/js only ipc.js names __TAURI__",
        "with one door the page can be opened in an ordinary browser, and its calls are typed in one place",
        &names_tauri(&page()),
    );
    assert!(
        !names_tauri(&[Source::script(
            "ui/js/views/a.js",
            "window.__TAURI__.core.invoke('x')"
        )])
        .is_empty()
    );
    assert!(names_tauri(&[Source::script("ui/js/ipc.js", "window.__TAURI__")]).is_empty());
}

#[test]
fn only_the_loop_and_the_elements_touch_the_document() {
    assert_none(
        "in ui/js only app.js and elements/ touch the document",
        "views are functions of the state; one that reads the page can show what is not so",
        &touches_document(&page()),
    );
    assert!(
        !touches_document(&[Source::script("ui/js/views/a.js", "document.title = 'x'")]).is_empty()
    );
    assert!(touches_document(&[Source::script("ui/js/elements/a.js", "document.body")]).is_empty());
}

#[test]
fn nothing_is_injected_and_nothing_comes_from_elsewhere() {
    let mut files = page();
    files.extend(
        files_below("ui/css")
            .into_iter()
            .chain(files_below("ui/index.html"))
            .map(|path| Source::plain(&relative(&path), &read(&path))),
    );
    files.push(Source::plain(
        "ui/index.html",
        &read("ui/index.html".into()),
    ));
    assert_none(
        "no innerHTML and its like, no network, no remote address in ui/ (vendor/ has its own check)",
        "container names, log lines and error texts are untrusted, and the computer is offline",
        &injected(&files),
    );
    for bad in [
        "element.innerHTML = line;",
        "html`<div dangerouslySetInnerHTML=${x} />`;",
        "import x from 'https://cdn.example/x.js';",
        "fetch('/x')",
        "eval(x)",
    ] {
        assert!(
            !injected(&[Source::script("ui/js/views/a.js", bad)]).is_empty(),
            "{bad}"
        );
    }
    assert!(
        !injected(&[Source::plain(
            "ui/css/a.css",
            "a { background: url(https://x/y.png) }"
        )])
        .is_empty()
    );
    assert!(
        !injected(&[Source::plain(
            "ui/index.html",
            "<script src=\"//cdn.example/x.js\">"
        )])
        .is_empty()
    );
}

#[test]
fn markup_has_no_handlers_and_no_styles() {
    let file = Source::plain("ui/index.html", &read("ui/index.html".into()));
    assert_none(
        "index.html has no inline handler, script or style",
        "the policy blocks them, so they would silently do nothing",
        &inline(&file),
    );
    for bad in [
        "<body onload=\"x()\">",
        "<p style=\"color: red\">",
        "<script>x()</script>",
        "<a href=\"javascript:x\">",
    ] {
        assert!(
            !inline(&Source::plain("ui/index.html", bad)).is_empty(),
            "{bad}"
        );
    }
    let scripts: Vec<Finding> = page()
        .iter()
        .flat_map(|file| {
            let lines = file.text.lines().enumerate();
            lines
                .filter(|(_, line)| {
                    line.contains(" style=\"")
                        || line.contains(" style=${")
                        || line.contains("onclick=\"")
                })
                .map(|(index, line)| file.finding(index + 1, line.trim()))
                .collect::<Vec<_>>()
        })
        .collect();
    assert_none(
        "views set no style attribute and no handler in words",
        "see above",
        &scripts,
    );
}
