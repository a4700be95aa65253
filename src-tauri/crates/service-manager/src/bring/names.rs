//! Names in packed files: decoded as they were meant, and never leading out of the folder they are unpacked into.

use camino::{Utf8Path, Utf8PathBuf};

/// Reads a name: UTF-8 where it is that, else GBK, which is what Chinese Windows writes into zip files.
pub(super) fn decode(raw: &[u8]) -> String {
    match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => encoding_rs::GBK
            .decode_without_bom_handling(raw)
            .0
            .into_owned(),
    }
}

/// What becomes of a name.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Name {
    /// Below the folder it is unpacked into.
    Inside(Utf8PathBuf),
    /// What the system that packed it keeps for itself.
    Ignored,
    /// Leads out of the folder.
    Unsafe,
}

/// Makes a path of a name. `..`, a leading slash and a drive are refused, not repaired: nobody packs so by accident.
pub(super) fn safe(name: &str) -> Name {
    let name = name.replace('\\', "/");
    let drive = name.as_bytes().get(1) == Some(&b':');
    if name.starts_with('/') || drive || name.contains('\0') {
        return Name::Unsafe;
    }
    let mut path = Utf8PathBuf::new();
    for part in name.split('/') {
        match part {
            "" | "." => {}
            ".." => return Name::Unsafe,
            "__MACOSX" | ".DS_Store" => return Name::Ignored,
            part => path.push(part),
        }
    }
    if path.as_str().is_empty() {
        Name::Ignored
    } else {
        Name::Inside(path)
    }
}

/// Whether a link at `path` that points to `target` stays in the folder.
pub(super) fn link_stays(path: &Utf8Path, target: &str) -> bool {
    if target.starts_with('/') || target.contains('\\') || target.as_bytes().get(1) == Some(&b':') {
        return false;
    }
    let mut depth = path.components().count().saturating_sub(1);
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." if depth == 0 => return false,
            ".." => depth -= 1,
            _ => depth += 1,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_inside_or_are_refused() {
        let inside = |path: &str| Name::Inside(path.into());
        assert_eq!(safe("./a//b/"), inside("a/b"));
        assert_eq!(safe(r"docker\.env"), inside("docker/.env"));
        assert_eq!(safe("a..b/..c"), inside("a..b/..c"));
        for name in [
            "/etc/passwd",
            "../x",
            "a/../../x",
            r"a\..\x",
            r"C:\x",
            "c:x",
            "a\0b",
        ] {
            assert_eq!(safe(name), Name::Unsafe, "{name:?}");
        }
        for name in ["", "./", "__MACOSX/._a", "a/.DS_Store"] {
            assert_eq!(safe(name), Name::Ignored, "{name:?}");
        }
    }

    #[test]
    fn links_stay_inside() {
        for (path, target, stays) in [
            ("a/link", "../b", true),
            ("a/link", "../../b", false),
            ("link", "b/../../c", false),
            ("link", "/etc", false),
            ("link", "b", true),
        ] {
            assert_eq!(link_stays(path.into(), target), stays, "{path} {target}");
        }
    }

    #[test]
    fn names_of_chinese_windows_are_read() {
        assert_eq!(decode("配置.txt".as_bytes()), "配置.txt");
        assert_eq!(decode(b"\xc5\xe4\xd6\xc3.txt"), "配置.txt");
    }
}
