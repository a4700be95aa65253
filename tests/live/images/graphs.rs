//! Images as no vendor would think of them: random chains of layers in random archives, of which the engine has some
//! already. What loading makes of them has to be what `docker load` makes of the same files, to the last layer.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};
use tests::image_archives::{Image, Layout, Packing, empty_layer, layer};
use tests::live::{Generation, Live, generation, variable};
use tests::loading::{Facts, facts, package, plain_load, results, temporary_names, unload};

/// An xorshift generator: the same seed, the same images.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() >> 16).unwrap_or(0) % bound
    }

    fn one_in(&mut self, bound: usize) -> bool {
        self.below(bound) == 0
    }

    fn of<T: Clone>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())].clone()
    }
}

/// A file of the package, and what of it a plain `docker load` is given.
struct File {
    images: Vec<Image>,
    raw: Vec<u8>,
    packing: Packing,
}

/// What a package holds, all from one seed.
fn files(random: &mut Random, namespace: &str) -> Vec<File> {
    let layers = layers(random, namespace);
    let mut chains: Vec<Vec<Vec<u8>>> = Vec::new();
    for _ in 0..3 + random.below(4) {
        // On an earlier image's lower layers, all of them, or on nothing.
        let mut chain = match random.below(4) {
            0 => Vec::new(),
            _ if chains.is_empty() => Vec::new(),
            _ => {
                let other = random.of(&chains);
                other[..random.below(other.len() + 1)].to_vec()
            }
        };
        for _ in 0..random.below(4) {
            chain.push(random.of(&layers));
        }
        if chain.is_empty() {
            chain.push(random.of(&layers));
        }
        chains.push(chain);
    }
    let images: Vec<Image> = chains
        .into_iter()
        .enumerate()
        .map(|(at, chain)| {
            let name = format!("{namespace}/image{at}:1");
            Image::new(Some(&name), &name, chain)
        })
        .collect();
    let mut layouts = vec![Layout::Docker20, Layout::Docker27, Layout::Kaniko];
    // The only store of these whose own `docker load` takes an OCI layout without a `manifest.json`.
    if generation() == Generation::Containerd {
        layouts.push(Layout::Buildx);
    }
    let mut files = Vec::new();
    let mut left = &images[..];
    while !left.is_empty() {
        let (some, others) = left.split_at(1 + random.below(left.len()));
        left = others;
        let layout = random.of(&layouts);
        // More than one image in its index is more than this client loads.
        let parts = if layout == Layout::Buildx {
            1
        } else {
            some.len()
        };
        for images in some.chunks(parts) {
            files.push(File {
                raw: layout.write(images),
                images: images.to_vec(),
                packing: random.of(&Packing::ALL),
            });
        }
    }
    files
}

/// A handful of layers: tiny ones, an empty one, and sometimes one that is worth a stream of its own.
fn layers(random: &mut Random, namespace: &str) -> Vec<Vec<u8>> {
    let mut layers = vec![empty_layer()];
    for at in 0..3 + random.below(4) {
        let length = if random.one_in(4) {
            5 << 20
        } else {
            1 + random.below(9000)
        };
        let word = format!("{namespace} {at} {} ", random.next());
        let content: Vec<u8> = word.bytes().cycle().take(length).collect();
        layers.push(layer(&format!("file{at}"), &content));
    }
    layers
}

/// One package, with some of its images in the engine already.
fn round(live: &Live, seed: u64) {
    let random = &mut Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let namespace = live.package.namespace.clone();
    let files = files(random, &namespace);
    let names: Vec<String> = files
        .iter()
        .flat_map(|file| &file.images)
        .filter_map(|image| image.name.clone())
        .collect();
    let shown: Vec<String> = files
        .iter()
        .map(|file| {
            let depths: Vec<String> = file
                .images
                .iter()
                .map(|image| image.layers.len().to_string())
                .collect();
            format!("{:?}[{}]", file.packing, depths.join(" "))
        })
        .collect();
    live.step(&format!("seed {seed}: {}", shown.join(", ")));

    unload(live);
    let mut expected: BTreeMap<String, Facts> = BTreeMap::new();
    for file in &files {
        plain_load(live, &file.raw)
            .unwrap_or_else(|error| panic!("seed {seed}: docker load: {error}"));
        for image in &file.images {
            let name = image.name.clone().unwrap_or_default();
            let known = facts(live, &name)
                .unwrap_or_else(|| panic!("seed {seed}: docker load made no {name}"));
            assert_eq!(known.layers, image.diff_ids(), "seed {seed}: {name}");
            expected.insert(name, known);
        }
    }
    // What is left of that is what the engine has: everything, some of it, or only what was loaded once more.
    match random.below(3) {
        0 => unload(live),
        1 => {
            unload(live);
            let file = &files[random.below(files.len())];
            plain_load(live, &file.raw).unwrap_or_else(|error| panic!("seed {seed}: {error}"));
        }
        _ => {}
    }
    for name in &names {
        if random.one_in(2) {
            let _ = live.try_docker(&["rmi", "--force", name]);
        }
    }

    let folder = live.package.path.join("images");
    let _ = fs_err::remove_dir_all(&folder);
    fs_err::create_dir_all(&folder).unwrap();
    for (at, file) in files.iter().enumerate() {
        let path = folder.join(format!("{at}.{}", file.packing.ending()));
        fs_err::write(path, file.packing.pack(&file.raw)).unwrap();
    }
    let ended = live.cli(&["load-images", "--json"]);
    assert_eq!(ended.code, 0, "seed {seed}: {ended}");
    for (name, expected) in &expected {
        let found = facts(live, name).unwrap_or_else(|| panic!("seed {seed}: no {name}: {ended}"));
        assert_eq!(found, *expected, "seed {seed}: {name}: {ended}");
    }
    assert_eq!(temporary_names(live), [""; 0], "seed {seed}");
    let again = live.cli(&["load-images", "--json"]);
    assert_eq!(
        results(&again, "images"),
        (vec!["already-present".into()], 0),
        "seed {seed}: {again}"
    );
}

fn rounds(test: &str, limit: Duration) {
    let namespace = format!("{test}-{}", std::process::id());
    // Alone: what others load meanwhile would be in the engine too.
    let live = Live::alone(package(test, &namespace, &[]));
    let given = variable("QUAYSIDE_TEST_SEED").and_then(|seed| seed.parse().ok());
    let now = std::time::UNIX_EPOCH.elapsed().unwrap_or_default();
    let first: u64 = given.unwrap_or(now.as_secs() * 1000);
    let begun = Instant::now();
    let mut done = 0;
    while done == 0 || given.is_none() && begun.elapsed() < limit {
        round(&live, first + done);
        done += 1;
    }
    live.step(&format!("{done} rounds"));
}

/// Has the engine to itself: `cargo xtask test` runs these after the others.
mod alone {
    use super::*;

    #[test]
    fn random_layers_in_random_archives_load_as_docker_load_does_them() {
        rounds("graphs", Duration::from_secs(20));
    }
}

#[test]
#[ignore = "long: cargo xtask matrix"]
fn many_random_layers_in_random_archives_load_as_docker_load_does_them() {
    rounds("many-graphs", Duration::from_mins(2));
}
