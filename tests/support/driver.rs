//! The app in its real window, driven through WebDriver.
//!
//! WebKitWebDriver starts the program and speaks to the web view in it. Tauri's own driver would stand between the two
//! only to set the one variable that lets a web view be driven, so it is one tool less to install.

use camino::{Utf8Path, Utf8PathBuf};
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::error::{CmdError, ErrorStatus};
use fantoccini::key::Key;
use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder, Locator};
use fs_err as fs;
use futures_util::FutureExt;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::net::TcpListener;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long anything on the page may take that no engine is asked for.
const SOON: Duration = Duration::from_secs(20);

/// One window at a time: the program keeps to one per desktop session, and the tests share an engine.
static TURN: Mutex<()> = Mutex::new(());

/// How the program is started.
#[derive(Clone, Debug, Default)]
pub struct Launch {
    /// The test's name, for what is kept of a failure.
    pub name: &'static str,
    /// Arguments.
    pub arguments: Vec<String>,
    /// Variables besides those of the test run.
    pub variables: Vec<(String, String)>,
}

/// The window, while a test runs.
#[derive(Debug)]
pub struct Window {
    name: &'static str,
    client: Client,
}

/// Opens the window, runs the test, and closes the window; a failure leaves a picture, the page and the program's words
/// in `target/e2e/`.
pub fn in_window(launch: Launch, test: impl AsyncFnOnce(&Window)) {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap_or_else(|error| panic!("{error}"));
    runtime.block_on(async {
        let (driver, client) = open(&launch).await;
        let window = Window {
            name: launch.name,
            client,
        };
        let app = driver.app();
        let ended = AssertUnwindSafe(async {
            window.begin().await;
            test(&window).await;
        })
        .catch_unwind()
        .await;
        if ended.is_err() {
            // A view that hangs answers nothing any more, and that must not hide why the test failed.
            let _ = tokio::time::timeout(SOON, window.keep_evidence()).await;
        }
        let _ = tokio::time::timeout(SOON, window.client.close()).await;
        drop(driver);
        end(app);
        if let Err(panic) = ended {
            resume_unwind(panic);
        }
    });
}

/// Opens the window. A web view that never reports to its driver (seen once in some hundred starts of WebKitGTK on a busy
/// machine) is started once more; a program that opens no window fails the second time too.
async fn open(launch: &Launch) -> (Driver, Client) {
    let driver = Driver::start(launch);
    let first = match driver.session(launch).await {
        Ok(client) => return (driver, client),
        Err(first) => first,
    };
    let app = driver.app();
    drop(driver);
    end(app);
    let driver = Driver::start(launch);
    match driver.session(launch).await {
        Ok(client) => (driver, client),
        Err(second) => panic!("no window, twice: {first}; {second}"),
    }
}

/// Where failures leave what they saw.
pub fn evidence() -> Utf8PathBuf {
    let folder = target().join("e2e");
    fs::create_dir_all(&folder).unwrap_or_else(|error| panic!("{error}"));
    folder
}

/// `target/`, seen from this program in `target/<profile>/deps`.
fn target() -> Utf8PathBuf {
    let here = std::env::current_exe()
        .ok()
        .and_then(|path| Utf8PathBuf::from_path_buf(path).ok());
    let target = here.as_deref().and_then(|path| path.ancestors().nth(3));
    target
        .unwrap_or_else(|| panic!("a test program lies in target/<profile>/deps"))
        .to_owned()
}

#[allow(clippy::disallowed_methods)] // the test run's own settings
fn program() -> Utf8PathBuf {
    let given = std::env::var("QUAYSIDE_BIN").ok();
    let program = given.map_or_else(|| target().join("debug/quayside"), Utf8PathBuf::from);
    assert!(
        program.is_file(),
        "{program} is not there; `cargo xtask test --only build,e2e-new` builds it and runs this suite"
    );
    program
}

/// The running WebKitWebDriver.
struct Driver {
    child: Child,
    port: u16,
}

impl Driver {
    #[allow(clippy::disallowed_methods)] // a test is no product
    fn start(launch: &Launch) -> Self {
        let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        let port = free.unwrap_or_else(|error| panic!("{error}")).port();
        let log = fs::File::create(evidence().join(launch.name).with_extension("log"))
            .unwrap_or_else(|error| panic!("{error}"))
            .into_parts()
            .0;
        let words = log.try_clone().unwrap_or_else(|error| panic!("{error}"));
        let child = Command::new("WebKitWebDriver")
            .arg(format!("--port={port}"))
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .envs(launch.variables.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(log)
            .stderr(words)
            .spawn()
            .unwrap_or_else(|error| {
                panic!("WebKitWebDriver: {error}; `cargo xtask setup --only tests` installs it")
            });
        Self { child, port }
    }

    /// Starts the program and answers the session with its web view.
    async fn session(&self, launch: &Launch) -> Result<Client, String> {
        let options = json!({ "binary": program(), "args": launch.arguments });
        let mut capabilities = Capabilities::new();
        capabilities.insert("webkitgtk:browserOptions".to_owned(), options);
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities);
        let begun = Instant::now();
        loop {
            let address = format!("http://127.0.0.1:{}", self.port);
            match tokio::time::timeout(SOON, builder.connect(&address)).await {
                Ok(Ok(client)) => return Ok(client),
                // The driver does not listen yet.
                Ok(Err(_)) if begun.elapsed() < SOON => {
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
                Ok(Err(error)) => return Err(format!("no session with the window: {error}")),
                Err(late) => return Err(format!("the window did not open in time: {late}")),
            }
        }
    }
}

impl Driver {
    /// The program's process: the driver starts no other.
    fn app(&self) -> Option<u32> {
        let driver = self.child.id();
        let children = fs::read_to_string(format!("/proc/{driver}/task/{driver}/children")).ok()?;
        children.split_whitespace().next()?.parse().ok()
    }
}

/// Makes sure that the program has ended, for the next one would only bring its window to the front. The driver ends it
/// at the close of the session, unless it is busy.
#[allow(clippy::disallowed_methods)] // a test is no product
fn end(app: Option<u32>) {
    let Some(app) = app else { return };
    let begun = Instant::now();
    let runs = || Utf8Path::new(&format!("/proc/{app}/exe")).exists();
    while runs() && begun.elapsed() < SOON {
        if begun.elapsed() > Duration::from_secs(2) {
            let _ = Command::new("kill")
                .args(["-KILL", &app.to_string()])
                .status();
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Writes down every handle and every state the page ever shows, and when: a look now and then would miss the short ones.
const RECORDER: &str = r"
if (window.recorded) return;
const recorded = { handles: {}, states: [] };
const last = {};
const look = () => {
  for (const each of document.querySelectorAll('[data-testid]')) {
    const { testid, step, service, state, verdict, outcome, kind } = each.dataset;
    recorded.handles[testid] = true;
    const now = state ?? verdict ?? outcome ?? kind ?? each.getAttribute('aria-valuenow');
    const what = [testid, step ?? service].filter(Boolean).join(' ');
    if (now === null || last[what] === now) continue;
    last[what] = now;
    recorded.states.push([what, now, Date.now()]);
  }
};
new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
look();
window.recorded = recorded;
";

impl Window {
    async fn begin(&self) {
        self.wait("#sheet > *").await;
        self.script(RECORDER).await;
    }

    /// Waits until the page has an element, and answers it. `@deploy` stands for `[data-testid="deploy"]`.
    pub async fn wait(&self, selector: &str) -> Element {
        self.wait_for(selector, SOON).await
    }

    /// The same with a limit of its own, for what an engine has to do.
    pub async fn wait_for(&self, selector: &str, limit: Duration) -> Element {
        let css = css(selector);
        let begun = Instant::now();
        loop {
            match self.client.find(Locator::Css(&css)).await {
                Ok(element) => return element,
                Err(error) if begun.elapsed() > limit => {
                    let text = self.text("body").await;
                    panic!(
                        "`{selector}` never came within {limit:?}: {error}\nThe page says:\n{text}"
                    )
                }
                Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
            }
        }
    }

    /// Waits until the page has no such element any more.
    pub async fn wait_gone(&self, selector: &str, limit: Duration) {
        let begun = Instant::now();
        while self.has(selector).await {
            assert!(
                begun.elapsed() < limit,
                "`{selector}` never went away within {limit:?}"
            );
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// Whether the page has an element now.
    pub async fn has(&self, selector: &str) -> bool {
        self.count(selector).await > 0
    }

    /// How many such elements the page has now.
    pub async fn count(&self, selector: &str) -> usize {
        let script = "return document.querySelectorAll(arguments[0]).length";
        let count = self.run(script, vec![json!(css(selector))]).await;
        usize::try_from(count.as_u64().unwrap_or_default()).unwrap_or(usize::MAX)
    }

    /// Clicks, once the element is there, drawn and can be clicked.
    pub async fn click(&self, selector: &str) {
        let begun = Instant::now();
        loop {
            let element = self.wait(selector).await;
            let clicked = match element.is_enabled().await {
                Ok(true) => element.click().await,
                Ok(false) => Err(CmdError::InvalidArgument("is off".into(), String::new())),
                Err(error) => Err(error),
            };
            match clicked {
                Ok(()) => return,
                Err(error) if begun.elapsed() > SOON => {
                    panic!("`{selector}` cannot be clicked: {error}")
                }
                Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
            }
        }
    }

    /// What an element says, as a person reads it; nothing when it is not there.
    pub async fn text(&self, selector: &str) -> String {
        let script = "return document.querySelector(arguments[0])?.innerText ?? ''";
        let said = self.run(script, vec![json!(css(selector))]).await;
        said.as_str().unwrap_or_default().to_owned()
    }

    /// All text in an element, drawn or not: a log draws only what is in sight.
    pub async fn content(&self, selector: &str) -> String {
        let script = "return document.querySelector(arguments[0])?.textContent ?? ''";
        let said = self.run(script, vec![json!(css(selector))]).await;
        said.as_str().unwrap_or_default().to_owned()
    }

    /// An attribute, which has to be there.
    pub async fn attribute(&self, selector: &str, name: &str) -> String {
        let element = self.wait(selector).await;
        let found = element.attr(name).await.ok().flatten();
        found.unwrap_or_else(|| panic!("`{selector}` has no `{name}`"))
    }

    /// The handle of the element that has the focus.
    pub async fn focused(&self) -> String {
        let handle = self
            .script("return document.activeElement?.dataset.testid ?? ''")
            .await;
        handle.as_str().unwrap_or_default().to_owned()
    }

    /// Presses a key and lets it go.
    pub async fn press(&self, key: Key) {
        let value = key.into();
        let keys = KeyActions::new("keyboard".to_owned())
            .then(KeyAction::Down { value })
            .then(KeyAction::Up { value });
        let pressed = self.client.perform_actions(keys).await;
        pressed.unwrap_or_else(|error| panic!("{key:?}: {error}"));
    }

    /// Runs a script in the page and answers what it returns.
    pub async fn script(&self, script: &str) -> Value {
        self.run(script, Vec::new()).await
    }

    async fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
        let begun = Instant::now();
        loop {
            match self.client.execute(script, arguments.clone()).await {
                Ok(value) => return value,
                // Right after the start the view changes from its empty page to the real one.
                Err(CmdError::Standard(error))
                    if error.error == ErrorStatus::NoSuchWindow && begun.elapsed() < SOON => {}
                Err(error) => panic!("{error}"),
            }
        }
    }

    /// Every state that something has shown since the window opened, in order: `states("deploy-step images")`.
    pub async fn states(&self, of: &str) -> Vec<String> {
        let script = "return window.recorded.states.filter(([what]) => what === arguments[0]).map(([, state]) => state)";
        let states = self.run(script, vec![json!(of)]).await;
        let states = states.as_array().cloned().unwrap_or_default();
        states
            .iter()
            .filter_map(|state| Some(state.as_str()?.to_owned()))
            .collect()
    }

    /// Waits until something has shown a state, however shortly.
    pub async fn until_state(&self, of: &str, state: &str) {
        let begun = Instant::now();
        while !self.states(of).await.iter().any(|shown| shown == state) {
            assert!(begun.elapsed() < SOON, "`{of}` was never {state}");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// Checks that the page has shown all these handles since the window opened.
    pub async fn has_shown(&self, handles: &[&str]) {
        let shown = self.script("return window.recorded.handles").await;
        let missing: Vec<_> = handles
            .iter()
            .filter(|handle| shown.get(**handle).is_none())
            .collect();
        assert!(missing.is_empty(), "never shown: {missing:?}");
    }

    /// Makes the window as large as a person might.
    pub async fn resize(&self, width: u32, height: u32) {
        let resized = self.client.set_window_rect(0, 0, width, height).await;
        resized.unwrap_or_else(|error| panic!("{error}"));
    }

    /// Takes a picture of the page.
    pub async fn picture(&self, path: &Utf8Path) {
        let picture = self.client.screenshot().await;
        let picture = picture.unwrap_or_else(|error| panic!("{error}"));
        fs::write(path, picture).unwrap_or_else(|error| panic!("{error}"));
    }

    async fn keep_evidence(&self) {
        let kept = evidence().join(self.name);
        if let Ok(picture) = self.client.screenshot().await {
            let _ = fs::write(kept.with_extension("png"), picture);
        }
        if let Ok(page) = self.client.source().await {
            let _ = fs::write(kept.with_extension("html"), page);
        }
        #[allow(clippy::print_stderr)] // said beside the failure
        {
            eprintln!("what the window showed: {kept}.png, .html, .log");
        }
    }
}

/// Writes `@handle` out.
fn css(selector: &str) -> String {
    let mut css = String::new();
    let mut rest = selector;
    while let Some((before, after)) = rest.split_once('@') {
        let end = after
            .find(|c: char| !c.is_ascii_lowercase() && c != '-')
            .unwrap_or(after.len());
        css.push_str(before);
        css.extend(["[data-testid=\"", &after[..end], "\"]"]);
        rest = &after[end..];
    }
    css + rest
}
