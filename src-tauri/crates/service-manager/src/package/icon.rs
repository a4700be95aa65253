//! The vendor's picture as something a page can show: checked by its content, never by its name.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use camino::Utf8Path;
use fs_err::File;
use std::io::Read;

/// A picture of 28 pixels has no reason to be larger.
pub(super) const LIMIT: u64 = 512 << 10;

/// Reads a picture as a `data:` address; none when it is too large or none of the kinds that hold nothing but pixels.
/// A drawing (SVG) can hold scripts and addresses, so it is none of them.
pub(super) fn data_url(path: &Utf8Path) -> Option<String> {
    let mut content = Vec::new();
    let mut file = File::open(path).ok()?.take(LIMIT + 1);
    file.read_to_end(&mut content).ok()?;
    let is_small = u64::try_from(content.len()).is_ok_and(|size| size <= LIMIT);
    let kind = kind(&content).filter(|_| is_small)?;
    Some(format!(
        "data:image/{kind};base64,{}",
        STANDARD.encode(content)
    ))
}

fn kind(content: &[u8]) -> Option<&'static str> {
    match content {
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some("png"),
        [0xff, 0xd8, 0xff, ..] => Some("jpeg"),
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            ..,
        ] => Some("webp"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pictures_that_are_small_and_what_they_say_they_are_are_shown() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = Utf8Path::from_path(folder.path())
            .expect("UTF-8")
            .join("a.png");
        let shown = |content: &[u8]| {
            fs_err::write(&path, content).expect("written");
            data_url(&path)
        };
        let png = b"\x89PNG\r\n\x1a\nrest";
        assert_eq!(
            shown(png).as_deref(),
            Some("data:image/png;base64,iVBORw0KGgpyZXN0")
        );
        assert!(shown(b"\xff\xd8\xff\xe0").is_some_and(|it| it.starts_with("data:image/jpeg;")));
        assert!(shown(b"RIFF\0\0\0\0WEBPVP8 ").is_some_and(|it| it.contains("image/webp")));
        for other in [
            &b"<svg onload='alert(1)'/>"[..],
            b"GIF89a",
            b"",
            b"\x89PNG",
            &[&png[..], &vec![0; 512 << 10]].concat(),
        ] {
            assert_eq!(shown(other), None);
        }
        assert_eq!(
            data_url(folder.path().to_str().map(Utf8Path::new).expect("UTF-8")),
            None
        );
    }
}
