//! The images of `cargo xtask matrix` with real servers.

use std::sync::{Mutex, PoisonError};
use tests::live::{Live, variable};
use tests::package::Package;

/// One of them.
#[derive(Clone, Copy)]
pub(super) enum Server {
    Postgres15,
    Postgres17,
    Mysql,
    Inotify,
}

impl Server {
    const fn name(self) -> &'static str {
        match self {
            Self::Postgres15 => "postgres-15",
            Self::Postgres17 => "postgres-17",
            Self::Mysql => "mysql",
            Self::Inotify => "inotify",
        }
    }

    /// Returns what a package calls its image.
    pub(super) fn image(self, live: &Live) -> String {
        format!("{}/{}:latest", live.package.namespace, self.name())
    }

    /// Loads its image under the package's name, and leaves no other; it is the one the compose file asks for.
    pub(super) fn load(self, live: &Live) {
        static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
        {
            let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
            let folder = variable("QUAYSIDE_PROGRAMS").unwrap();
            let file = format!("{folder}/{}.tar", self.name());
            live.docker(&["load", "--input", &file]);
            let loaded = format!("programs/{}:latest", self.name());
            live.docker(&["tag", &loaded, &self.image(live)]);
            live.docker(&["rmi", &loaded]);
        }
        self.is_asked_for(live);
    }

    /// Lets the compose file ask for it.
    pub(super) fn is_asked_for(self, live: &Live) {
        let (project, image) = (&live.package.project, self.image(live));
        let settings = format!("COMPOSE_PROJECT_NAME={project}\nIMAGE={image}\n");
        live.package.file(".env", &settings);
    }
}

/// A package of one server.
pub(super) fn package(name: &str, server: Server, compose: &str) -> Live {
    let live = Live::new(Package::new(name, compose));
    server.load(&live);
    live
}
