//! Layouts rebuilt by hand: of makers that cannot run here, and what no maker does the same way twice.

use super::trial::loads_and_is_recognised;
use tests::image_archives::{Image, Layout, Packing, empty_layer, layer};
use tests::package::architecture;

/// Two images in one file that share layers; one has a layer twice and an empty one.
fn two(namespace: &str) -> Vec<Image> {
    let base = layer("etc/base", namespace.repeat(4000).as_bytes());
    let own = |word: &str| layer(word, format!("{namespace} {word}").repeat(900).as_bytes());
    let name = |image: &str| format!("{namespace}/{image}:1-{}", architecture());
    let web = vec![base.clone(), own("shared"), own("web"), empty_layer()];
    let tool = vec![base, own("shared"), own("tool"), empty_layer(), own("tool")];
    vec![
        Image::new(Some(&name("web")), "web", web),
        Image::new(Some(&name("tool")), "tool", tool),
    ]
}

fn other_architecture() -> &'static str {
    match architecture() {
        "arm64" => "amd64",
        _ => "arm64",
    }
}

fn rebuilt(name: &str, layout: Layout, packings: &[Packing]) {
    let namespace = format!("rebuilt-{name}");
    loads_and_is_recognised(name, &namespace, &layout.write(&two(&namespace)), packings);
}

fn platforms(name: &str, packings: &[Packing]) {
    let namespace = format!("rebuilt-{name}");
    let image = two(&namespace).remove(0);
    let foreign = layer("foreign", b"for another processor");
    let other = Image::made_for(
        other_architecture(),
        image.name.as_deref(),
        "web",
        vec![foreign],
    );
    let raw = Layout::Platforms.write(&[other, image]);
    loads_and_is_recognised(name, &namespace, &raw, packings);
}

fn untagged(name: &str, layout: Layout, packings: &[Packing]) {
    let namespace = format!("rebuilt-{name}");
    let mut image = two(&namespace).remove(1);
    image.name = None;
    loads_and_is_recognised(name, &namespace, &layout.write(&[image]), packings);
}

// A few seconds of every kind, in the ordinary suite.

#[test]
fn archives_of_docker_20_load_whatever_compresses_them_and_are_recognised() {
    rebuilt(
        "some-docker20",
        Layout::Docker20,
        &[Packing::Raw, Packing::ZstdNamedRaw],
    );
}

#[test]
fn archives_of_kaniko_rebuilt_load_and_are_recognised() {
    rebuilt("some-kaniko", Layout::Kaniko, &[Packing::GzipMembers]);
}

#[test]
fn an_index_of_several_platforms_rebuilt_loads_the_right_one_and_is_recognised() {
    platforms("some-platforms", &[Packing::ZstdFrames]);
}

#[test]
fn an_image_without_a_name_loads_and_is_recognised() {
    untagged("some-untagged", Layout::Docker27, &[Packing::RawNamedGzip]);
}

macro_rules! rebuilt {
    ($($test:ident: $layout:ident;)*) => {$(
        #[test]
        #[ignore = "long: cargo xtask matrix"]
        fn $test() {
            rebuilt(&stringify!($test).replace('_', "-"), Layout::$layout, &Packing::ALL);
        }
    )*};
}

rebuilt! {
    docker_20_rebuilt: Docker20;
    docker_27_rebuilt: Docker27;
    docker_28_with_containerd_rebuilt: Docker28Containerd;
    kaniko_rebuilt: Kaniko;
    buildx_oci_rebuilt: Buildx;
    buildx_oci_with_zstd_rebuilt: BuildxZstd;
}

#[test]
#[ignore = "long: cargo xtask matrix"]
fn oci_index_of_several_platforms_rebuilt() {
    platforms("all-platforms", &Packing::ALL);
}

#[test]
#[ignore = "long: cargo xtask matrix"]
fn docker_archive_without_a_name_rebuilt() {
    untagged("all-untagged-docker", Layout::Docker20, &Packing::ALL);
}

#[test]
#[ignore = "long: cargo xtask matrix"]
fn oci_layout_without_a_name_rebuilt() {
    untagged("all-untagged-oci", Layout::Buildx, &Packing::ALL);
}
