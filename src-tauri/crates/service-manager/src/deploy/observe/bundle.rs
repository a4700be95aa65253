//! What a vendor put beside a package for computers without Docker: installation packages of the engine, and Compose as
//! a single program. Only names are read; the tools that install look inside.

use crate::host::system::{Packages, System};
use crate::repair::missing_folders;
use crate::repair::packages::Trial;
use crate::repair::program::Program;
use camino::{Utf8DirEntry, Utf8Path, Utf8PathBuf};
use std::collections::BTreeMap;

/// Folders where vendors put such things, in the package and beside it.
const FOLDERS: &[&str] = &[
    "",
    "docker",
    "engine",
    "docker-engine",
    "docker-offline",
    "packages",
    "pkgs",
    "deb",
    "debs",
    "rpm",
    "rpms",
    "install",
    "installer",
    "offline",
    "tools",
    "bin",
    "compose",
];
/// A folder with more entries than this is no folder of packages.
const MANY: usize = 500;
/// The packages that bring an engine.
const ENGINES: &[&str] = &["docker-ce", "docker.io", "moby-engine", "docker"];

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Bundle {
    /// Packages of an engine and of what it needs first, for this system; empty when there are none.
    pub packages: Vec<Utf8PathBuf>,
    /// What came of trying to install them.
    pub trial: Option<Trial>,
    /// Packages of an engine that are for another system or processor.
    pub unfit: Vec<Utf8PathBuf>,
    /// Compose as a program for this processor.
    pub compose: Option<Utf8PathBuf>,
    /// How that program becomes a plugin of docker, where there is a docker; folders to be made first.
    pub plugin: Option<(Vec<Utf8PathBuf>, Program)>,
}

/// Looks beside a package. `directory` is the folder of its compose file; `plugins` the user's folder for plugins of
/// docker.
pub(crate) fn look(directory: &Utf8Path, system: &System, plugins: Option<&Utf8Path>) -> Bundle {
    let mut bundle = search(directory, system);
    bundle.plugin = bundle.compose.as_deref().and_then(|compose| {
        let folder = plugins?;
        let program = Program::seen(compose, folder.join("docker-compose")).ok()?;
        Some((missing_folders(folder), program))
    });
    bundle
}

fn search(directory: &Utf8Path, system: &System) -> Bundle {
    let mut bundle = Bundle::default();
    let mut seen: Vec<Utf8PathBuf> = Vec::new();
    let above = directory.parent().into_iter();
    for place in std::iter::once(directory).chain(above) {
        for folder in FOLDERS {
            let folder = if folder.is_empty() {
                place.to_owned()
            } else {
                place.join(folder)
            };
            if seen.contains(&folder) {
                continue;
            }
            take(&mut bundle, &folder, system);
            // Distributions get folders of their own: `deb/ubuntu-22.04/`, `rpm/el9/`.
            if folder != *place {
                for child in children(&folder).filter(|child| child.is_dir()) {
                    take(&mut bundle, &child, system);
                }
            }
            seen.push(folder);
        }
    }
    bundle
}

fn children(folder: &Utf8Path) -> impl Iterator<Item = Utf8PathBuf> + use<> {
    let entries = folder.read_dir_utf8().into_iter().flatten().flatten();
    let mut paths: Vec<_> = entries.take(MANY).map(Utf8DirEntry::into_path).collect();
    paths.sort();
    paths.into_iter()
}

fn take(bundle: &mut Bundle, folder: &Utf8Path, system: &System) {
    let files: Vec<Utf8PathBuf> = children(folder).collect();
    if bundle.compose.is_none() {
        let fits = |path: &&Utf8PathBuf| is_compose(path.file_name().unwrap_or_default());
        let runs = |path: &&Utf8PathBuf| machine(path) == Some(system.arch.as_str());
        bundle.compose = files.iter().filter(fits).find(runs).cloned();
    }
    let mut fitting: BTreeMap<String, Utf8PathBuf> = BTreeMap::new();
    let mut unfit = Vec::new();
    for path in files {
        let Some(package) = Package::of(path.file_name().unwrap_or_default()) else {
            continue;
        };
        if package.fits(system) {
            // Of two versions the later name wins.
            fitting.insert(package.name, path);
        } else if ENGINES.contains(&package.name.as_str()) {
            unfit.push(path);
        }
    }
    let has = |names: &[&str]| names.iter().any(|name| fitting.contains_key(*name));
    // Whether they are all, their tool says: it knows what each of them needs.
    if bundle.packages.is_empty() && has(ENGINES) {
        bundle.packages = fitting.into_values().collect();
    }
    bundle.unfit.extend(unfit);
}

/// For which processor a program is: its ELF header says so (e_machine).
fn machine(path: &Utf8Path) -> Option<&'static str> {
    let mut head = [0; 20];
    std::io::Read::read_exact(&mut fs_err::File::open(path).ok()?, &mut head).ok()?;
    match (&head[..4], head[18]) {
        (b"\x7fELF", 0x3e) => Some("amd64"),
        (b"\x7fELF", 0xb7) => Some("arm64"),
        _ => None,
    }
}

/// `docker-compose-linux-x86_64`, as its makers call it, or the plain name.
fn is_compose(file: &str) -> bool {
    let file = file.to_ascii_lowercase();
    let rest = file.strip_prefix("docker-compose");
    rest.is_some_and(|rest| rest.is_empty() || rest.contains("linux") || rest.starts_with("-v"))
}

/// What the name of a package file says.
#[derive(Debug, PartialEq, Eq)]
struct Package {
    name: String,
    version: String,
    arch: String,
    is_rpm: bool,
}

impl Package {
    /// `docker-ce_26.1.4-1~debian.12~bookworm_amd64.deb`, `docker-ce-26.1.4-1.el9.x86_64.rpm`
    fn of(file: &str) -> Option<Self> {
        if let Some(stem) = file.strip_suffix(".deb") {
            let mut parts = stem.splitn(3, '_').map(str::to_owned);
            return Some(Self {
                name: parts.next()?,
                version: parts.next()?,
                arch: parts.next()?,
                is_rpm: false,
            });
        }
        let (stem, arch) = file.strip_suffix(".rpm")?.rsplit_once('.')?;
        let (rest, release) = stem.rsplit_once('-')?;
        let (name, version) = rest.rsplit_once('-')?;
        Some(Self {
            name: name.to_owned(),
            version: format!("{version}-{release}"),
            arch: arch.to_owned(),
            is_rpm: true,
        })
    }

    /// Whether it is for this system, as far as the name says.
    fn fits(&self, system: &System) -> bool {
        let is_kind = match system.packages {
            Some(Packages::Deb(_)) => !self.is_rpm,
            Some(Packages::Rpm(_)) => self.is_rpm,
            None => false,
        };
        let arch = crate::engine::platform_arch(&self.arch);
        let is_arch = arch == system.arch || matches!(arch, "all" | "noarch");
        is_kind && is_arch && self.fits_release(system)
    }

    fn fits_release(&self, system: &System) -> bool {
        if !self.is_rpm {
            // Docker writes the release into the version; Debian's own packages do not.
            let says = ["~debian.", "~ubuntu.", "~raspbian."]
                .iter()
                .any(|word| self.version.contains(word));
            let codename = system.codename.as_deref().unwrap_or_default();
            return !says
                || (!codename.is_empty() && self.version.contains(&format!("~{codename}")));
        }
        let major = system.version.split('.').next().unwrap_or_default();
        let digits = |word: &str| {
            let at = self.version.rfind(word)? + word.len();
            let number: String = self.version[at..]
                .chars()
                .take_while(char::is_ascii_digit)
                .collect();
            (!number.is_empty()).then_some(number)
        };
        match (digits(".el"), digits(".fc")) {
            (Some(number), _) => number == major && system.id != "fedora",
            (None, Some(number)) => number == major && system.id == "fedora",
            (None, None) => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fs_err as fs;

    fn debian() -> System {
        System {
            id: "debian".into(),
            version: "12".into(),
            codename: Some("bookworm".into()),
            arch: "amd64".into(),
            packages: Some(Packages::Deb("/usr/bin/apt-get".into())),
            ..System::default()
        }
    }

    fn rocky() -> System {
        System {
            id: "rocky".into(),
            like: vec!["rhel".into()],
            version: "9.3".into(),
            codename: None,
            packages: Some(Packages::Rpm("/usr/bin/rpm".into())),
            ..debian()
        }
    }

    #[test]
    fn names_say_for_which_system_a_package_is() {
        let fits = |file: &str, system: &System| Package::of(file).expect(file).fits(system);
        for (file, on_debian, on_rocky) in [
            (
                "docker-ce_26.1.4-1~debian.12~bookworm_amd64.deb",
                true,
                false,
            ),
            (
                "docker-ce_26.1.4-1~ubuntu.22.04~jammy_amd64.deb",
                false,
                false,
            ),
            (
                "docker-ce_26.1.4-1~debian.12~bookworm_arm64.deb",
                false,
                false,
            ),
            ("docker.io_20.10.24+dfsg1-1+deb12u1_amd64.deb", true, false),
            ("tini_0.19_all.deb", true, false),
            ("docker-ce-26.1.4-1.el9.x86_64.rpm", false, true),
            ("docker-ce-26.1.4-1.el8.x86_64.rpm", false, false),
            ("docker-ce-26.1.4-1.fc40.x86_64.rpm", false, false),
            ("container-selinux-2.229.0-1.el9.noarch.rpm", false, true),
        ] {
            assert_eq!(fits(file, &debian()), on_debian, "{file} on Debian");
            assert_eq!(fits(file, &rocky()), on_rocky, "{file} on Rocky");
        }
        assert_eq!(Package::of("notes.txt"), None);
        assert_eq!(Package::of("odd.deb"), None);
    }

    #[test]
    fn a_complete_set_is_found_beside_the_package() {
        let root = tempfile::tempdir().unwrap();
        let root = Utf8Path::from_path(root.path()).unwrap();
        let package = root.join("shop");
        let debs = root.join("packages/debian-12");
        fs::create_dir_all(&package).unwrap();
        fs::create_dir_all(&debs).unwrap();
        let file = |folder: &Utf8Path, name: &str| fs::write(folder.join(name), "").unwrap();
        file(&debs, "containerd.io_1.6.33-1_amd64.deb");
        assert!(
            search(&package, &debian()).packages.is_empty(),
            "without an engine"
        );
        file(&debs, "docker-ce_26.1.4-1~debian.12~bookworm_amd64.deb");
        file(&debs, "readme.txt");
        assert_eq!(search(&package, &debian()).packages.len(), 2);
        let on_rocky = search(&package, &rocky());
        assert!(on_rocky.packages.is_empty());
        assert_eq!(
            on_rocky.unfit.len(),
            1,
            "what is there is for another system"
        );
        file(&package, "docker-compose.yml");
        assert_eq!(search(&package, &debian()).compose, None);
        let tools = root.join("tools");
        fs::create_dir(&tools).unwrap();
        let program = |name: &str, machine: u8| {
            let mut head = [0; 64];
            head[..4].copy_from_slice(b"\x7fELF");
            head[18] = machine;
            fs::write(tools.join(name), head).unwrap();
        };
        program("docker-compose-linux-aarch64", 0xb7);
        assert_eq!(search(&package, &debian()).compose, None);
        program("docker-compose-linux-x86_64", 0x3e);
        let plugins = root.join("home/.docker/cli-plugins");
        let bundle = look(&package, &debian(), Some(&plugins));
        let (folders, program) = bundle.plugin.expect("can be put there");
        assert_eq!(folders.len(), 3);
        assert_eq!(program.to, plugins.join("docker-compose"));
    }
}
