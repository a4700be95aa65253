//! The environment as a value. The library never reads variables, HOME or the user's folders by itself.

use camino::Utf8PathBuf;
use std::collections::BTreeMap;

/// Where this process runs, captured once by the shell or the command line (and made up by tests).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Environment {
    /// Environment variables, handed on to every process that is started.
    pub variables: BTreeMap<String, String>,
    /// The person's home folder.
    pub home: Option<Utf8PathBuf>,
    /// Where Quayside keeps its own files (`QUAYSIDE_HOME`, else the platform's state folder).
    pub state: Utf8PathBuf,
}

impl Environment {
    /// Derives everything from the variables of a process: `QUAYSIDE_HOME`, else the platform's state folder.
    pub fn from_variables(variables: BTreeMap<String, String>) -> Self {
        let mut environment = Self {
            variables,
            ..Self::default()
        };
        environment.home = ["HOME", "USERPROFILE"]
            .iter()
            .find_map(|name| environment.get(name))
            .map(Utf8PathBuf::from);
        environment.state = environment.state_folder();
        environment
    }

    fn state_folder(&self) -> Utf8PathBuf {
        if let Some(folder) = self.get("QUAYSIDE_HOME") {
            return folder.into();
        }
        let home = self.home.clone().unwrap_or_else(|| ".".into());
        if cfg!(target_os = "windows") {
            self.get("LOCALAPPDATA")
                .map_or_else(|| home.join("AppData/Local"), Utf8PathBuf::from)
                .join("Quayside")
        } else if cfg!(target_os = "macos") {
            home.join("Library/Application Support/Quayside")
        } else {
            self.get("XDG_STATE_HOME")
                .map_or_else(|| home.join(".local/state"), Utf8PathBuf::from)
                .join("quayside")
        }
    }

    /// Returns a variable that is set and not empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.variables
            .get(name)
            .map(String::as_str)
            .filter(|value| !value.is_empty())
    }

    /// Returns the first executable file called `program` on PATH, trying `.exe` on Windows.
    pub fn find_program(&self, program: &str) -> Option<Utf8PathBuf> {
        Self::find_in(self.folders(), program)
    }

    /// The same for a program of administrators: Debian keeps those in the `sbin` beside each `bin`, which the PATH of
    /// ordinary users leaves out.
    pub fn find_admin_program(&self, program: &str) -> Option<Utf8PathBuf> {
        let folders = self.folders().flat_map(|folder| {
            let beside = (folder.file_name() == Some("bin")).then(|| folder.with_file_name("sbin"));
            std::iter::once(folder).chain(beside)
        });
        Self::find_in(folders, program)
    }

    fn folders(&self) -> impl Iterator<Item = Utf8PathBuf> {
        let path = self.variables.get("PATH");
        path.into_iter()
            .flat_map(std::env::split_paths)
            .filter_map(|folder| Utf8PathBuf::from_path_buf(folder).ok())
    }

    fn find_in(folders: impl Iterator<Item = Utf8PathBuf>, program: &str) -> Option<Utf8PathBuf> {
        folders
            .flat_map(|folder| {
                let plain = folder.join(program);
                let exe = folder.join(format!("{program}.exe"));
                if cfg!(windows) {
                    vec![exe, plain]
                } else {
                    vec![plain]
                }
            })
            .find(|candidate| is_executable(candidate))
    }
}

#[cfg(unix)]
fn is_executable(path: &camino::Utf8Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs_err::metadata(path)
        .is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_executable(path: &camino::Utf8Path) -> bool {
    path.is_file()
}
