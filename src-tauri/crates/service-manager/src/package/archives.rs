//! Finding the image archives of a package and indexing them.

use crate::images::archive::{Archive, Problem};
use crate::images::index_cache::IndexCache;
use camino::{Utf8Path, Utf8PathBuf};
use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio_util::sync::CancellationToken;

const ENDINGS: [&str; 7] = [
    ".tar",
    ".tar.gz",
    ".tgz",
    ".tar.zst",
    ".tar.zstd",
    ".tzst",
    ".tar.xz",
];
/// How deep `images/` is searched.
const DEPTH: u8 = 4;
/// Decompression is bound by the processor; more at once only makes the disk seek.
const AT_ONCE: usize = 4;

/// Indexes every archive of a package: all of `images/` (also beside `docker/`), and of its own folder and
/// `docker/`'s parent what turns out to hold images.
pub(super) fn index_all(
    directory: &Utf8Path,
    cache: &IndexCache,
    cancel: &CancellationToken,
) -> Vec<Archive> {
    let mut files: Vec<(Utf8PathBuf, bool)> = Vec::new();
    let parent = directory
        .parent()
        .filter(|_| directory.file_name() == Some("docker"));
    let mut visited = BTreeSet::new();
    for folder in [Some(directory), parent].into_iter().flatten() {
        collect(&folder.join("images"), DEPTH, &mut visited, &mut |path| {
            files.push((path, true));
        });
        collect(folder, 0, &mut visited, &mut |path| {
            files.push((path, false));
        });
    }
    files.sort();
    files.dedup_by(|left, right| left.0 == right.0);

    let next = AtomicUsize::new(0);
    let results = Mutex::new(Vec::new());
    let threads = std::thread::available_parallelism()
        .map_or(1, NonZeroUsize::get)
        .min(AT_ONCE)
        .min(files.len());
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some((path, meant)) = files.get(at).filter(|_| !cancel.is_cancelled())
                    else {
                        break;
                    };
                    let shown = path
                        .strip_prefix(directory)
                        .or_else(|_| path.strip_prefix(parent.unwrap_or(directory)));
                    let archive = cache.index(path, shown.unwrap_or(path).as_str());
                    // Only what lies in `images/` is meant to be an image; elsewhere a tar may be anything.
                    let kept = *meant
                        || !archive.images.is_empty()
                        || archive.problem == Some(Problem::Truncated);
                    if kept && let Ok(mut results) = results.lock() {
                        results.push((at, archive));
                    }
                }
            });
        }
    });
    let mut results = results.into_inner().unwrap_or_default();
    results.sort_by_key(|(at, _)| *at);
    results.into_iter().map(|(_, archive)| archive).collect()
}

/// Finds the files with an archive's name; a folder that a link leads to again is not walked again.
fn collect(
    folder: &Utf8Path,
    depth: u8,
    visited: &mut BTreeSet<Utf8PathBuf>,
    found: &mut dyn FnMut(Utf8PathBuf),
) {
    let real = folder.canonicalize_utf8();
    let entries = folder.read_dir_utf8();
    if let Err(error) = &entries
        && error.kind() == std::io::ErrorKind::PermissionDenied
    {
        // Its problem is told like that of an archive: nobody knows what is in there.
        found(folder.to_owned());
    }
    let (Ok(real), Ok(entries)) = (real, entries) else {
        return;
    };
    if !visited.insert(real) {
        return;
    }
    let mut folders = Vec::new();
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            folders.push(path.to_owned());
        } else if is_archive_name(path) {
            found(path.to_owned());
        }
    }
    folders.sort();
    for folder in folders.iter().filter(|_| depth > 0) {
        collect(folder, depth - 1, visited, found);
    }
}

fn is_archive_name(path: &Utf8Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_lowercase();
    // What macOS leaves beside each file on a foreign disk.
    !name.starts_with("._") && ENDINGS.iter().any(|ending| name.ends_with(ending))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn links_among_the_images_lead_nowhere_twice_and_devices_are_not_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = Utf8Path::from_path(folder.path()).expect("UTF-8");
        let images = folder.join("images");
        fs_err::create_dir_all(images.join("amd64")).expect("made");
        fs_err::write(images.join("amd64/empty.tar"), "").expect("written");
        symlink(".", images.join("again")).expect("linked");
        symlink("..", images.join("amd64/up")).expect("linked");
        symlink("/dev/zero", images.join("endless.tar")).expect("linked");
        symlink("nowhere", images.join("lost.tar")).expect("linked");
        let cache = IndexCache::new(&folder.join("state"));
        let archives = index_all(folder, &cache, &CancellationToken::new());
        let found: Vec<_> = archives.iter().map(|it| it.file.as_str()).collect();
        let expected = [
            "images/amd64/empty.tar",
            "images/endless.tar",
            "images/lost.tar",
        ];
        assert_eq!(found, expected);
        assert_eq!(archives[0].problem, Some(Problem::Empty));
        assert_eq!(
            archives[1].problem,
            Some(Problem::NotAnArchive { kind: None })
        );
        assert!(matches!(
            archives[2].problem,
            Some(Problem::Unreadable { .. })
        ));
        let endless = super::super::yaml::read(&images.join("endless.tar"));
        assert!(endless.is_err_and(|error| error.kind() == std::io::ErrorKind::InvalidInput));
    }
}
