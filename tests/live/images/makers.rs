//! Archives that real programs wrote, made by `cargo xtask matrix` before it runs this: each maker in each compression.

use super::trial::loads_and_is_recognised;
use camino::Utf8PathBuf;
use tests::image_archives::Packing;
use tests::live::variable;

fn made_by(maker: &str) {
    let folder = variable("QUAYSIDE_MADE_ARCHIVES").map(Utf8PathBuf::from);
    let folder = folder.expect("cargo xtask matrix makes the archives and says where they are");
    let raw = fs_err::read(folder.join(format!("{maker}.tar"))).unwrap();
    loads_and_is_recognised(
        maker,
        &format!("{}made-by-{maker}", place(maker)),
        &raw,
        &Packing::ALL,
    );
}

/// Podman names what came without a registry after its own storage.
fn place(maker: &str) -> &'static str {
    if maker.starts_with("podman") {
        "localhost/"
    } else {
        ""
    }
}

macro_rules! makers {
    ($($test:ident: $maker:literal;)*) => {$(
        #[test]
        #[ignore = "long: cargo xtask matrix"]
        fn $test() {
            made_by($maker);
        }
    )*};
}

makers! {
    docker_save_20_10: "docker-old";
    docker_save_26: "docker-new";
    docker_save_26_with_containerd: "docker-containerd";
    skopeo_docker_archive: "skopeo-docker";
    skopeo_oci_archive: "skopeo-oci";
    podman_docker_archive: "podman-docker";
    podman_oci_archive: "podman-oci";
    buildah_docker_archive: "buildah-docker";
    buildah_oci_archive: "buildah-oci";
}
