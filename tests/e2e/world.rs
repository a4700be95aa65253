//! What a test starts from: an engine with nothing on it, a package, a folder for Quayside's own files.

use crate::engine;
use camino::{Utf8Path, Utf8PathBuf};
use fs_err as fs;
use std::time::Duration;
use tempfile::TempDir;
use tests::driver::Launch;
use tests::package::{self, Package};

/// What a deployment may take here: the machine is small and busy.
pub(crate) const DEPLOYED: Duration = Duration::from_mins(2);

/// What a change of a running service may take to show.
pub(crate) const CHANGED: Duration = Duration::from_secs(40);

/// A service that runs, is healthy at once, and stops when asked.
pub(crate) const WEB: &str = "
  web:
    image: ${IMAGE}
    command: [\"sh\", \"-c\", \"echo web is here; exec forever\"]
    restart: unless-stopped
    healthcheck: { test: [\"CMD\", \"true\"], interval: 1s }
";

/// Empties the engine and makes a package of these services.
pub(crate) fn package_of(name: &str, services: &str) -> Package {
    engine::clear();
    Package::with_image(name, &format!("services:{services}"))
}

/// Starts the window on a package.
pub(crate) fn launch(name: &'static str, package: &Package) -> Launch {
    on(name, &package.path, &package.around().join("state"))
}

/// Starts the window on a folder, with light colours and in English whatever the machine is set to.
pub(crate) fn on(name: &'static str, folder: &Utf8Path, state: &Utf8Path) -> Launch {
    let words = [
        "--package",
        folder.as_str(),
        "--lang",
        "en",
        "--theme",
        "light",
    ];
    Launch {
        name,
        arguments: words.map(str::to_owned).to_vec(),
        variables: vec![("QUAYSIDE_HOME".to_owned(), state.to_string())],
    }
}

/// A copy of the demonstration package on an empty engine.
pub(crate) struct Demo {
    folder: TempDir,
}

impl Demo {
    #[allow(clippy::disallowed_methods)] // said by whoever runs the suite
    pub(crate) fn new() -> Self {
        engine::clear();
        let made = std::env::var("QUAYSIDE_DEMO_PACKAGE").expect(
            "QUAYSIDE_DEMO_PACKAGE is not set: run this through `cargo xtask test --only e2e-new`",
        );
        let folder = tempfile::Builder::new()
            .prefix("quayside-e2e-")
            .tempdir()
            .expect("a temporary folder");
        let demo = Self { folder };
        package::copy(Utf8Path::new(&made), &demo.package());
        demo
    }

    pub(crate) fn root(&self) -> &Utf8Path {
        Utf8Path::from_path(self.folder.path()).expect("a readable name")
    }

    pub(crate) fn package(&self) -> Utf8PathBuf {
        self.root().join("harbour-1.0.0")
    }

    pub(crate) fn state(&self) -> Utf8PathBuf {
        self.root().join("state")
    }

    /// Puts a program in front of PATH that writes its arguments down, and answers where.
    pub(crate) fn stub(&self, launch: &mut Launch, program: &str) -> Utf8PathBuf {
        use std::os::unix::fs::PermissionsExt;
        let bin = self.root().join("bin");
        let said = self.root().join(format!("{program}.said"));
        fs::create_dir_all(&bin).expect("a folder for the stub");
        let file = bin.join(program);
        fs::write(&file, format!("#!/bin/sh\necho \"$@\" >>'{said}'\n")).expect("the stub");
        fs::set_permissions(&file, std::fs::Permissions::from_mode(0o755)).expect("the stub");
        #[allow(clippy::disallowed_methods)] // the suite's own PATH
        let path = std::env::var("PATH").unwrap_or_default();
        launch
            .variables
            .push(("PATH".to_owned(), format!("{bin}:{path}")));
        said
    }
}
