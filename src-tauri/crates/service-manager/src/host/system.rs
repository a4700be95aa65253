//! Which system this is and with which of its tools an administrator can be helped. Only what is there is named.

use camino::{Utf8Path, Utf8PathBuf};

/// Which system this is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct System {
    /// `debian`, `ubuntu`, `rhel`, ... (os-release(5), ID)
    pub id: String,
    /// Systems it is like: `debian` of Ubuntu.
    pub like: Vec<String>,
    /// `12`, `22.04`
    pub version: String,
    /// `bookworm`, `jammy`
    pub codename: Option<String>,
    /// `Debian GNU/Linux 12 (bookworm)`
    pub title: String,
    /// `amd64`, `arm64`
    pub arch: String,
    /// How its packages are installed.
    pub packages: Option<Packages>,
    /// How something is done as administrator.
    pub admin: Admin,
    /// systemd is the running init system.
    pub has_systemd: bool,
}

/// A kind of package manager; the program by its absolute name: apt-get, rpm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Packages {
    Deb(Utf8PathBuf),
    Rpm(Utf8PathBuf),
}

/// How something is done as administrator.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Admin {
    /// We are.
    Root,
    /// polkit asks for a password: its program.
    Polkit(Utf8PathBuf),
    /// Not at all.
    #[default]
    None,
}

impl Admin {
    /// Whether it can be done at all.
    pub(crate) fn is_possible(&self) -> bool {
        *self != Self::None
    }
}

impl System {
    /// Returns the names under which the engine's makers publish it for this system: what to ask a vendor for.
    pub(crate) fn engine_packages(&self) -> String {
        let parts = [
            "docker-ce",
            "docker-ce-cli",
            "containerd.io",
            "docker-compose-plugin",
        ];
        let name = |part: &str| match self.packages {
            Some(Packages::Rpm(_)) => {
                let major = self.version.split('.').next().unwrap_or_default();
                let release = if self.id == "fedora" { "fc" } else { "el" };
                let arch = if self.arch == "arm64" {
                    "aarch64"
                } else {
                    "x86_64"
                };
                format!("{part}-*.{release}{major}.{arch}.rpm")
            }
            Some(Packages::Deb(_)) if part == "containerd.io" => {
                format!("{part}_*_{}.deb", self.arch)
            }
            Some(Packages::Deb(_)) => {
                let codename = self.codename.as_deref().unwrap_or("*");
                format!("{part}_*~{codename}_{}.deb", self.arch)
            }
            None => part.to_owned(),
        };
        parts.map(name).join(", ")
    }
}

/// Looks.
pub(crate) fn look() -> System {
    let release = fs_err::read_to_string("/etc/os-release").unwrap_or_default();
    let there = |path: &&str| Utf8Path::new(path).is_file();
    let find = |paths: &[&'static str]| paths.iter().copied().find(|it| there(it));
    let deb = find(&["/usr/bin/apt-get"]).map(|path| Packages::Deb(path.into()));
    let rpm = find(&["/usr/bin/rpm", "/bin/rpm"]).map(|path| Packages::Rpm(path.into()));
    System {
        packages: deb.or(rpm),
        admin: admin(),
        has_systemd: super::engine_start::has_systemd(),
        arch: crate::engine::platform_arch(std::env::consts::ARCH).to_owned(),
        ..of_release(&release)
    }
}

#[cfg(unix)]
fn admin() -> Admin {
    if rustix::process::geteuid().is_root() {
        return Admin::Root;
    }
    let polkit = Utf8Path::new("/usr/bin/pkexec");
    if polkit.is_file() {
        Admin::Polkit(polkit.to_owned())
    } else {
        Admin::None
    }
}

#[cfg(not(unix))]
const fn admin() -> Admin {
    Admin::None
}

fn of_release(text: &str) -> System {
    let value = |name: &str| {
        let line = text.lines().find_map(|line| {
            let (key, value) = line.split_once('=')?;
            (key == name).then_some(value)
        });
        line.unwrap_or_default().trim_matches('"').to_owned()
    };
    let some = |text: String| (!text.is_empty()).then_some(text);
    System {
        id: value("ID"),
        like: value("ID_LIKE").split(' ').map(str::to_owned).collect(),
        version: value("VERSION_ID"),
        codename: some(value("VERSION_CODENAME")),
        title: value("PRETTY_NAME"),
        ..System::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn systems_are_read_as_they_write_themselves() {
        // Ubuntu 22.04.
        let ubuntu = of_release(
            "PRETTY_NAME=\"Ubuntu 22.04.4 LTS\"\nNAME=\"Ubuntu\"\nVERSION_ID=\"22.04\"\nVERSION_CODENAME=jammy\nID=ubuntu\nID_LIKE=debian\n",
        );
        assert_eq!(
            (ubuntu.id.as_str(), ubuntu.version.as_str()),
            ("ubuntu", "22.04")
        );
        assert_eq!(ubuntu.codename.as_deref(), Some("jammy"));
        assert_eq!(ubuntu.like, ["debian"]);
        // Rocky 9.
        let rocky = of_release(
            "NAME=\"Rocky Linux\"\nID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\nVERSION_ID=\"9.3\"\n",
        );
        assert_eq!(
            (rocky.id.as_str(), rocky.codename.as_deref()),
            ("rocky", None)
        );
    }
}
