//! Files that are no sound archives for this computer: each is told in words of its own, in both languages, and nothing
//! of it gets a name in the engine.

use std::os::unix::fs::{PermissionsExt, chown};
use tests::image_archives::{Image, Layout, Packing, layer, zstd_with_window};
use tests::live::{Live, text};
use tests::loading::{package, temporary_names};
use tests::package::architecture;

/// A sound archive with one image, and one that nothing can compress in it.
fn sound(namespace: &str) -> Vec<u8> {
    Layout::Docker20.write(&[image(namespace, architecture())])
}

fn image(namespace: &str, architecture: &str) -> Image {
    let content: Vec<u8> = (0..60_000_u32)
        .flat_map(|word| word.wrapping_mul(2_654_435_761).to_be_bytes())
        .collect();
    let layers = vec![layer("base", b"base"), layer("data", &content)];
    let name = format!("{namespace}/web:1");
    Image::made_for(architecture, Some(&name), namespace, layers)
}

/// What is said about a bad file: words that must be in the English and the Chinese sentence.
struct Bad {
    name: &'static str,
    ending: &'static str,
    content: Vec<u8>,
    english: [&'static str; 2],
    chinese: [&'static str; 2],
}

fn bad_ones(namespace: &str) -> Vec<Bad> {
    let raw = sound(namespace);
    let mut flipped = raw.clone();
    // In the middle of the larger layer, where no header holds a checksum over it.
    flipped[raw.len() / 2] ^= 1;
    let mut flipped_packed = Packing::Gzip.pack(&raw);
    let middle = flipped_packed.len() / 2;
    flipped_packed[middle] ^= 0xff;
    let packed = Packing::Zstd.pack(&raw);
    let foreign = match architecture() {
        "arm64" => "amd64",
        _ => "arm64",
    };
    let again = ["Copy", "vendor"];
    let again_chinese = ["重新复制", "供应商"];
    let bad = |name, ending, content, english, chinese| Bad {
        name,
        ending,
        content,
        english,
        chinese,
    };
    vec![
        bad(
            "zero bytes",
            "tar",
            Vec::new(),
            ["is empty", again[0]],
            ["空文件", again_chinese[0]],
        ),
        bad(
            "saved web page",
            "tar",
            b"<!DOCTYPE html><html><body>404</body></html>".to_vec(),
            ["a saved web page", "the right file"],
            ["网页", "正确的文件"],
        ),
        bad(
            "truncated",
            "tar",
            raw[..raw.len() * 2 / 3].to_vec(),
            ["ends too early", again[0]],
            ["文件不完整", again_chinese[0]],
        ),
        bad(
            "truncated zstd",
            "tar.zst",
            packed[..packed.len() * 2 / 3].to_vec(),
            ["ends too early", again[0]],
            ["文件不完整", again_chinese[0]],
        ),
        bad(
            "flipped byte",
            "tar",
            flipped,
            ["damaged on the way", again[0]],
            ["已损坏", again_chinese[0]],
        ),
        bad(
            "flipped byte in gzip",
            "tar.gz",
            flipped_packed,
            ["damaged", again[0]],
            ["已损坏", again_chinese[0]],
        ),
        bad(
            "no manifest",
            "tar",
            without_manifest(&raw),
            ["manifest.json", again[0]],
            ["镜像清单", again_chinese[0]],
        ),
        bad(
            "another platform",
            "tar",
            Layout::Docker20.write(&[image(namespace, foreign)]),
            ["is made for linux/", "package for linux/"],
            ["适用于", "供应商"],
        ),
        bad(
            "zstd with a large window",
            "tar.zst",
            zstd_with_window(&raw, 27),
            ["--long", "Ask the vendor"],
            ["--long", "供应商"],
        ),
    ]
}

fn without_manifest(raw: &[u8]) -> Vec<u8> {
    let mut left = tar::Builder::new(Vec::new());
    for entry in tar::Archive::new(raw).entries().unwrap() {
        let entry = entry.unwrap();
        if entry.path_bytes().as_ref() != b"manifest.json" {
            let header = entry.header().clone();
            left.append(&header, entry).unwrap();
        }
    }
    left.into_inner().unwrap()
}

/// Has the engine to itself: `cargo xtask test` runs these after the others.
mod alone {
    use super::*;

    /// Alone, so that every temporary name that is left is this test's.
    #[test]
    fn each_bad_archive_is_told_in_its_own_words_and_leaves_nothing_tagged() {
        let namespace = format!("bad-{}", std::process::id());
        let wanted = [format!("{namespace}/web:1")];
        let live = Live::alone(package("bad", &namespace, &wanted));
        let mut sentences = Vec::new();
        for bad in bad_ones(&namespace) {
            live.step(bad.name);
            let file = format!("images/web.{}", bad.ending);
            let path = live.package.path.join(&file);
            fs_err::create_dir_all(path.parent().unwrap()).unwrap();
            fs_err::write(&path, &bad.content).unwrap();
            for (language, words) in [("en", bad.english), ("zh-CN", bad.chinese)] {
                let ended = live.expect(1, &["load-images", "--json", "--lang", language]);
                let finished = ended.finished();
                let sentence = text(&finished["failure"]["message"]);
                for word in words {
                    assert!(
                        sentence.contains(word),
                        "{}: no {word:?} in: {sentence}",
                        bad.name
                    );
                }
                live.step(&sentence);
                for image in finished["images"].as_array().into_iter().flatten() {
                    assert_eq!(image["result"], "failed", "{}: {ended}", bad.name);
                }
                sentences.push(sentence);
            }
            assert!(
                live.try_docker(&["image", "inspect", &wanted[0]]).is_err(),
                "{} is named",
                bad.name
            );
            assert_eq!(temporary_names(&live), [""; 0], "{}", bad.name);
            if !["truncated", "flipped byte", "another platform"].contains(&bad.name) {
                fs_err::remove_file(&path).unwrap();
                continue;
            }
            live.step("a deployment is not fooled either");
            let deploy = live.cli(&["deploy", "--json"]);
            assert!([1, 3].contains(&deploy.code), "{}: {deploy}", bad.name);
            assert!(live.ids("container").is_empty(), "{}", bad.name);
            assert!(
                live.try_docker(&["image", "inspect", &wanted[0]]).is_err(),
                "{} is named",
                bad.name
            );
            assert_eq!(temporary_names(&live), [""; 0], "{}", bad.name);
            fs_err::remove_file(&path).unwrap();
        }
        live.step("the sound one loads, so it was the damage that was told");
        let path = live.package.path.join("images/web.tar");
        fs_err::write(&path, sound(&namespace)).unwrap();
        live.expect(0, &["load-images", "--json"]);
        live.docker(&["image", "inspect", &wanted[0]]);
    }
}

/// As somebody for whom permissions count: root reads everything.
#[test]
fn a_file_that_may_not_be_read_is_told_with_the_way_out() {
    const NOBODY: u32 = 65534;
    let namespace = format!("unreadable-{}", std::process::id());
    let wanted = [format!("{namespace}/web:1")];
    let mut live = Live::new(package("unreadable", &namespace, &wanted));
    let path = live.package.path.join("images/web.tar");
    fs_err::create_dir_all(path.parent().unwrap()).unwrap();
    fs_err::write(&path, sound(&namespace)).unwrap();
    let set_mode = |path: &camino::Utf8Path, mode| {
        fs_err::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    set_mode(live.package.around(), 0o755);
    fs_err::create_dir_all(&live.home).unwrap();
    chown(&live.home, Some(NOBODY), None).unwrap();
    live.as_user(NOBODY);
    live.step("what everybody may read loads for this user too");
    live.expect(0, &["load-images", "--json"]);
    live.docker(&["rmi", "--force", &wanted[0]]);

    for (language, words) in [
        ("en", ["may not read images/web.tar", "chmod a+rX"]),
        ("zh-CN", ["无权读取 images/web.tar", "chmod a+rX"]),
    ] {
        set_mode(&path, 0o600);
        let ended = live.expect(1, &["load-images", "--json", "--lang", language]);
        let sentence = text(&ended.finished()["failure"]["message"]);
        for word in words {
            assert!(sentence.contains(word), "no {word:?} in: {sentence}");
        }
        assert!(live.try_docker(&["image", "inspect", &wanted[0]]).is_err());
    }
    live.step("a folder that may not be looked into is no empty folder");
    set_mode(path.parent().unwrap(), 0o700);
    let ended = live.expect(1, &["load-images", "--json"]);
    let sentence = text(&ended.finished()["failure"]["message"]);
    assert!(sentence.contains("may not read images"), "{sentence}");

    live.step("with the way out it loads");
    set_mode(path.parent().unwrap(), 0o755);
    set_mode(&path, 0o644);
    live.expect(0, &["load-images", "--json"]);
}
