//! Networks, volumes and what the vendor's own file says.

use super::{Defect, change};
use serde_json::{Value, json};
use tests::sandbox::Sandbox;

/// The package gets a network of its own with these addresses.
fn own_network(sandbox: &Sandbox, subnet: &str) {
    change(sandbox, |config| {
        config["services"]["web"]["networks"] = json!({ "back": null });
        config["networks"] = json!({
            "back": { "name": "shop_back", "ipam": { "config": [{ "subnet": subnet }] } },
        });
    });
}

/// The engine has a network.
fn network(sandbox: &Sandbox, name: &str, subnet: &str, labels: Value) {
    let network = json!({
        "Name": name, "Id": "f00d", "Driver": "bridge", "Labels": labels,
        "IPAM": { "Config": [{ "Subnet": subnet }] },
    });
    sandbox
        .engine
        .world(|world| world.network_facts.push(network));
}

fn own_labels() -> Value {
    json!({ "com.docker.compose.project": "shop", "com.docker.compose.network": "back" })
}

fn volume(sandbox: &Sandbox, mount: Value, volumes: Value) {
    change(sandbox, |config| {
        let mounts = config["services"]["web"]["volumes"].as_array_mut();
        mounts.expect("a list").push(mount);
        config["volumes"] = volumes;
    });
}

pub(crate) const DEFECTS: &[Defect] = &[
    Defect {
        name: "another network has the addresses",
        plant: |sandbox| {
            own_network(sandbox, "198.18.4.0/24");
            network(sandbox, "other", "198.18.0.0/16", json!({}));
        },
        says: &[("net.subnet_overlap", "block")],
        fix: "net.subnet_overlap:shop_back:",
    },
    Defect {
        name: "Docker has no addresses left",
        plant: |sandbox| {
            network(sandbox, "other", "198.18.0.0/16", json!({}));
            let pools = json!([{ "Base": "198.18.0.0/16", "Size": 24 }]);
            let info = json!({ "DefaultAddressPools": pools });
            sandbox.engine.world(|world| world.info = info);
        },
        says: &[("net.pool_exhausted", "block")],
        fix: "",
    },
    Defect {
        name: "a network of that name was made by hand",
        plant: |sandbox| {
            own_network(sandbox, "198.18.4.0/24");
            network(sandbox, "shop_back", "198.18.4.0/24", json!({}));
        },
        says: &[("compose.network_changed", "block")],
        fix: "",
    },
    Defect {
        name: "the network is still the old one",
        plant: |sandbox| {
            own_network(sandbox, "198.18.4.0/24");
            network(sandbox, "shop_back", "198.18.5.0/24", own_labels());
        },
        says: &[("compose.network_changed", "warn")],
        fix: "",
    },
    Defect {
        name: "the folder of a volume is missing",
        plant: |sandbox| {
            let options = json!({ "type": "none", "o": "bind", "device": "/srv/gone" });
            volume(
                sandbox,
                json!({ "type": "volume", "source": "disk", "target": "/disk" }),
                json!({ "disk": { "name": "shop_disk", "driver": "local", "driver_opts": options } }),
            );
        },
        says: &[("mount.nfs_failed", "block")],
        fix: "",
    },
    Defect {
        name: "a database writes where nothing has a name",
        plant: |sandbox| {
            sandbox.archive("images/mysql.tar", &["mysql:8.0"], "amd64");
            change(sandbox, |config| {
                config["services"]["db"]["image"] = "mysql:8.0".into();
                config["services"]["db"]["volumes"] =
                    json!([{ "type": "volume", "target": "/var/lib/mysql" }]);
            });
        },
        says: &[("volume.anonymous", "warn")],
        fix: "",
    },
    Defect {
        name: "an image would be fetched at every start",
        plant: |sandbox| {
            change(sandbox, |config| {
                config["services"]["web"]["pull_policy"] = "always".into();
            });
        },
        says: &[("image.missing", "block")],
        fix: "",
    },
    Defect {
        name: "an image is named by a digest",
        plant: |sandbox| {
            change(sandbox, |config| {
                let digest = format!("shop/web@sha256:{}", "0".repeat(64));
                config["services"]["web"]["image"] = digest.into();
            });
        },
        says: &[("image.missing", "block")],
        fix: "",
    },
    Defect {
        name: "an image would have to be built",
        plant: |sandbox| {
            change(sandbox, |config| {
                let service = config["services"]["web"]
                    .as_object_mut()
                    .expect("a mapping");
                service.remove("image");
                service.insert("build".into(), json!({ "context": "/srv" }));
            });
        },
        says: &[("image.missing", "block")],
        fix: "",
    },
    Defect {
        name: "quayside.yaml has a key nobody knows",
        plant: |sandbox| drop(sandbox.file("quayside.yaml", "titel: Shop\n")),
        says: &[("quayside-unknown-key", "warn")],
        fix: "",
    },
    Defect {
        name: "quayside.yaml cannot be read",
        plant: |sandbox| drop(sandbox.file("quayside.yaml", "title: [\n")),
        says: &[("quayside-invalid", "warn")],
        fix: "",
    },
    Defect {
        name: "quayside.yaml has a list in the place of a text",
        plant: |sandbox| drop(sandbox.file("quayside.yaml", "version: [1]\n")),
        says: &[("quayside-wrong-type", "warn")],
        fix: "",
    },
    Defect {
        name: "quayside.yaml has a size that is none",
        plant: |sandbox| drop(sandbox.file("quayside.yaml", "requirements: {memory: much}\n")),
        says: &[("quayside-bad-value", "warn")],
        fix: "",
    },
    Defect {
        name: "quayside.yaml names a service that is not there",
        plant: |sandbox| drop(sandbox.file("quayside.yaml", "services: {shop: {title: Shop}}\n")),
        says: &[("quayside-unknown-service", "warn")],
        fix: "",
    },
    Defect {
        name: "quayside.yaml calls the project otherwise",
        plant: |sandbox| drop(sandbox.file("quayside.yaml", "project: store\n")),
        says: &[("quayside-other-project", "warn")],
        fix: "",
    },
];
