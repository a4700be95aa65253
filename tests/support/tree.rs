//! Everything below a folder, so that two moments can be compared to the last byte.

use camino::Utf8Path;
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;

/// By path: kind and mode, owner and group, and what is in it.
pub type Tree = BTreeMap<String, (u32, (u32, u32), Vec<u8>)>;

/// Looks at everything below a folder, links not followed; the content of a link is where it leads.
pub fn tree(root: &Utf8Path) -> Tree {
    let mut found = Tree::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in folder.read_dir_utf8().into_iter().flatten().flatten() {
            let path = entry.path().to_owned();
            let Ok(meta) = fs::symlink_metadata(&path) else {
                continue;
            };
            let content = if meta.is_file() {
                fs::read(&path).unwrap_or_default()
            } else if meta.is_symlink() {
                fs::read_link(&path).map_or_else(
                    |_| Vec::new(),
                    |to| to.into_os_string().into_encoded_bytes(),
                )
            } else {
                Vec::new()
            };
            if meta.is_dir() {
                folders.push(path.clone());
            }
            let owner = (meta.uid(), meta.gid());
            found.insert(path.into_string(), (meta.mode(), owner, content));
        }
    }
    found
}

/// Returns the paths at which two trees differ: contents are too long to be read in a failure.
pub fn differences(one: &Tree, other: &Tree) -> Vec<String> {
    let paths: std::collections::BTreeSet<&String> = one.keys().chain(other.keys()).collect();
    let what = |tree: &Tree, path: &String| match tree.get(path) {
        None => "not there".to_owned(),
        Some((mode, owner, content)) => format!("{mode:o} {owner:?} {} bytes", content.len()),
    };
    paths
        .into_iter()
        .filter(|path| one.get(*path) != other.get(*path))
        .map(|path| format!("{path}: {}, then {}", what(one, path), what(other, path)))
        .collect()
}
