//! The vendor's checksums: an archive that is sound but not the vendor's gets no name.

use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use tests::image_archives::{Image, Layout, layer};
use tests::live::{Live, text};
use tests::loading::{package, temporary_names};
use tests::package::architecture;

fn archive(name: &str, content: &[u8]) -> Vec<u8> {
    let layers = vec![layer("base", content)];
    let image = Image::made_for(architecture(), Some(name), "web", layers);
    Layout::Docker20.write(&[image])
}

/// Has the engine to itself: `cargo xtask test` runs these after the others.
mod alone {
    use super::*;

    #[test]
    fn an_archive_that_is_not_the_vendors_gets_no_name() {
        let namespace = format!("checksum-{}", std::process::id());
        let name = format!("{namespace}/web:1");
        let live = Live::alone(package("checksum", &namespace, std::slice::from_ref(&name)));
        let vendors = archive(&name, b"the vendor's");
        let mut sum = String::new();
        for byte in Sha256::digest(&vendors) {
            write!(sum, "{byte:02x}").unwrap();
        }
        live.package.file(
            "quayside.yaml",
            &format!("checksums:\n  images/web.tar: {sum}\n"),
        );
        let path = live.package.path.join("images/web.tar");
        fs_err::create_dir_all(path.parent().unwrap()).unwrap();

        fs_err::write(&path, archive(&name, b"somebody else's")).unwrap();
        for (language, words) in [
            ("en", ["images/web.tar", "not the one the vendor made"]),
            ("zh-CN", ["images/web.tar", "与供应商制作的文件不同"]),
        ] {
            let ended = live.expect(1, &["load-images", "--json", "--lang", language]);
            let sentence = text(&ended.finished()["failure"]["message"]);
            live.step(&sentence);
            for word in words {
                assert!(sentence.contains(word), "no {word:?} in: {sentence}");
            }
            assert!(live.try_docker(&["image", "inspect", &name]).is_err());
            assert_eq!(temporary_names(&live), [""; 0]);
        }
        fs_err::write(&path, &vendors).unwrap();
        live.expect(0, &["load-images", "--json"]);
        live.docker(&["image", "inspect", &name]);
    }
}
