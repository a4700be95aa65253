//! Folders and packed packages, whole and broken, on a real disk.

use super::*;
use crate::operation::{Registry, Request};
use std::io::Write;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::sync::Arc;

struct World {
    _folder: tempfile::TempDir,
    root: Utf8PathBuf,
}

impl World {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let root = Utf8Path::from_path(folder.path())
            .expect("UTF-8")
            .to_owned();
        Self {
            _folder: folder,
            root,
        }
    }

    fn file(&self, path: &str, content: &[u8], mode: u32) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(&path, content).expect("written");
        fs::set_permissions(&path, PermissionsExt::from_mode(mode)).expect("set");
    }

    fn mode(&self, path: &str) -> u32 {
        let meta = fs::metadata(self.root.join(path)).expect("is there");
        meta.permissions().mode() & 0o7777
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root.join(path)).expect("is there")
    }

    /// Everything below the root whose name says that it is not finished.
    fn left_over(&self) -> Vec<String> {
        let entries = self.root.read_dir_utf8().expect("is there").flatten();
        entries
            .filter(|entry| entry.path().extension() == Some("part"))
            .map(|entry| entry.file_name().to_owned())
            .collect()
    }

    /// Brings `from` to `to`, below the root; `cancel` says whether it is cancelled at once.
    async fn bring(&self, from: &str, to: &str, cancelled: bool) -> Result<(), Error> {
        let registry = Registry::new(self.root.join("state"));
        let request = Request {
            project: "copy".into(),
            kind: crate::api::operation::OperationKind::Copy,
            services: Vec::new(),
        };
        let from = self.root.join(from);
        let bring = Bring {
            packing: recognise(&from),
            from,
            to: self.root.join(to),
        };
        let end = Arc::new(Mutex::new(None));
        let put = Arc::clone(&end);
        let parent = CancellationToken::new();
        if cancelled {
            parent.cancel();
        }
        registry
            .start(&request, &parent, |context| async move {
                let blank = crate::deploy::execute::blank;
                let done = bring_operation(context, bring, blank(), async |_| Ok(())).await;
                *put.lock().expect("whole") = Some(done.map(drop).map_err(|it| it.error));
                blank()
            })
            .expect("starts");
        registry.idle().await;
        let end = end.lock().expect("whole").take();
        end.expect("ended")
    }

    fn zip(&self, path: &str, entries: &[(&str, &str, Option<u32>)]) {
        let file = fs::File::create(self.root.join(path)).expect("made");
        let mut zip = zip::ZipWriter::new(file);
        for (name, content, mode) in entries {
            let options = zip::write::SimpleFileOptions::default()
                .compression_method(zip::CompressionMethod::Deflated);
            let options = match mode {
                Some(mode) => options.unix_permissions(*mode),
                None => options.unix_permissions(0).system(zip::System::Dos),
            };
            zip.start_file(*name, options).expect("begun");
            zip.write_all(content.as_bytes()).expect("written");
        }
        zip.finish().expect("finished");
    }

    /// Entries: name, content, and what a link points to.
    fn tar(&self, path: &str, entries: &[(&str, &str, Option<&str>)]) -> Vec<u8> {
        let mut tar = tar::Builder::new(Vec::new());
        for (name, content, link) in entries {
            let mut header = tar::Header::new_gnu();
            header.set_mode(0o644);
            let raw = header.as_old_mut();
            raw.name[..name.len()].copy_from_slice(name.as_bytes());
            if let Some(link) = link {
                header.set_entry_type(tar::EntryType::Symlink);
                header.set_link_name(link).expect("fits");
            }
            header.set_size(content.len() as u64);
            header.set_cksum();
            tar.append(&header, content.as_bytes()).expect("written");
        }
        let content = tar.into_inner().expect("finished");
        fs::write(self.root.join(path), &content).expect("written");
        content
    }
}

#[tokio::test]
async fn a_folder_is_copied_whole_and_programs_can_be_run_afterwards() {
    let world = World::new();
    world.file("usb/docker-compose.yml", b"services: {}\n", 0o755);
    world.file("usb/script/run.sh", b"#!/bin/sh\n", 0o755);
    world.file("usb/images/big.tar", &vec![7; 3 << 20], 0o755);
    world
        .bring("usb", "here/shop", false)
        .await
        .expect("copied");
    assert_eq!(world.read("here/shop/docker-compose.yml"), "services: {}\n");
    assert_eq!(
        world.mode("here/shop/docker-compose.yml"),
        0o644,
        "the medium knows no bits"
    );
    assert_eq!(world.mode("here/shop/script/run.sh"), 0o755);
    assert!(world.left_over().is_empty());
    let again = world.bring("usb", "here/shop", false).await.unwrap_err();
    assert!(matches!(again, Error::TargetExists { .. }), "{again:?}");
}

#[tokio::test]
async fn a_copy_that_was_cut_off_goes_on() {
    let world = World::new();
    world.file("from/a", b"aaa", 0o640);
    world.file("from/b", b"bbb", 0o700);
    symlink("a", world.root.join("from/link")).expect("linked");
    let to = world.root.join("to");
    let staging = place::staging(&world.root.join("from"), &to).expect("a name");
    fs::create_dir_all(&staging).expect("made");
    fs::copy(world.root.join("from/a"), staging.join("a")).expect("copied");
    let then = fs::metadata(world.root.join("from/a"))
        .expect("there")
        .modified()
        .expect("known");
    let file = fs::OpenOptions::new()
        .write(true)
        .open(staging.join("a"))
        .expect("ours");
    file.set_modified(then).expect("set");
    let before = fs::metadata(staging.join("a")).expect("there");
    world.bring("from", "to", false).await.expect("copied");
    let after = fs::metadata(to.join("a")).expect("there");
    assert_eq!(before.ino(), after.ino(), "was not copied again");
    assert_eq!(world.mode("to/b"), 0o700);
    assert_eq!(
        fs::read_link(to.join("link")).expect("a link").as_os_str(),
        "a"
    );
}

#[tokio::test]
async fn packed_packages_are_unpacked_and_the_folder_in_them_is_the_package() {
    let world = World::new();
    world.zip(
        "shop.zip",
        &[
            ("shop-1.2/docker-compose.yml", "services: {}\n", None),
            ("shop-1.2/script/run.sh", "#!/bin/sh\n", None),
            ("__MACOSX/._x", "", None),
        ],
    );
    world
        .bring("shop.zip", "zip", false)
        .await
        .expect("unpacked");
    assert_eq!(world.mode("zip/script/run.sh"), 0o755);
    assert_eq!(world.mode("zip/docker-compose.yml"), 0o644);
    let raw = world.tar(
        "shop.tar",
        &[
            ("./compose.yaml", "services: {}\n", None),
            ("a/b", "b", None),
            ("link", "", Some("a/b")),
        ],
    );
    world
        .bring("shop.tar", "tar", false)
        .await
        .expect("unpacked");
    assert_eq!(world.read("tar/link"), "b");
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(&raw).expect("packed");
    world.file("shop.tgz", &gzip.finish().expect("packed"), 0o644);
    world
        .bring("shop.tgz", "gz", false)
        .await
        .expect("unpacked");
    world.file(
        "shop.zst",
        &zstd::encode_all(raw.as_slice(), 1).expect("packed"),
        0o644,
    );
    world
        .bring("shop.zst", "zst", false)
        .await
        .expect("unpacked");
    for folder in ["gz", "zst"] {
        assert_eq!(world.read(&format!("{folder}/a/b")), "b");
    }
    assert!(world.left_over().is_empty());
}

#[tokio::test]
async fn what_is_broken_or_wants_out_leaves_nothing() {
    let world = World::new();
    world.zip("slip.zip", &[("ok", "ok", None), ("../evil", "x", None)]);
    world.tar("abs.tar", &[("ok", "ok", None), ("/evil", "x", None)]);
    world.tar(
        "link.tar",
        &[
            ("ok", "ok", None),
            ("out", "", Some("../..")),
            ("out/evil", "x", None),
        ],
    );
    let whole = world.tar(
        "whole.tar",
        &[("ok", "ok", None), ("more", &"x".repeat(4000), None)],
    );
    world.file("cut.tar", &whole[..2200], 0o644);
    world.zip("damaged.zip", &[("a", &"hello ".repeat(500), None)]);
    let mut bytes = fs::read(world.root.join("damaged.zip")).expect("there");
    bytes[45] ^= 0xff;
    world.file("damaged.zip", &bytes, 0o644);
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(&whole).expect("packed");
    let mut packed = gzip.finish().expect("packed");
    let at = packed.len() - 6;
    packed[at] ^= 0xff;
    world.file("sum.tgz", &packed, 0o644);
    for name in [
        "slip.zip",
        "abs.tar",
        "link.tar",
        "cut.tar",
        "damaged.zip",
        "sum.tgz",
    ] {
        let error = world.bring(name, "out/x", false).await.unwrap_err();
        assert!(
            matches!(error, Error::PackedUnusable { .. }),
            "{name}: {error:?}"
        );
        assert!(
            !error.message().to_string().contains('{'),
            "{}",
            error.message()
        );
        assert!(!world.root.join("out/x").exists(), "{name}");
        let left: Vec<_> = world
            .root
            .join("out")
            .read_dir_utf8()
            .expect("there")
            .collect();
        assert!(left.is_empty(), "{name}: {left:?}");
        assert!(!world.root.join("evil").exists() && !world.root.join("out/evil").exists());
    }
    let cancelled = world.bring("whole.tar", "out/y", true).await.unwrap_err();
    assert!(matches!(cancelled, Error::Cancelled));
    assert!(!world.root.join("out/y").exists());
}

#[test]
fn a_target_is_free_and_what_was_unpacked_is_remembered() {
    let world = World::new();
    let from = world.root.join("a:b-1.2.tar.gz");
    assert_eq!(
        default_target(&world.root, &from),
        world.root.join("quayside/a-b-1.2")
    );
    world.file("quayside/a-b-1.2/x", b"", 0o644);
    assert_eq!(
        default_target(&world.root, &from),
        world.root.join("quayside/a-b-1.2-2")
    );
    world.file("a:b-1.2.tar.gz", b"x", 0o644);
    let to = world.root.join("quayside/a-b-1.2");
    let state = world.root.join("state");
    assert_eq!(unpacked_before(&state, &from), None);
    remember(&state, &from, &to);
    assert_eq!(unpacked_before(&state, &from), Some(to));
    world.file("a:b-1.2.tar.gz", b"another", 0o644);
    assert_eq!(
        unpacked_before(&state, &from),
        None,
        "it is another file now"
    );
}
