//! Names that somebody else has, and things that should be there.

use super::{Defect, change};
use serde_json::json;
use tests::fake_engine::FakeContainer;

pub(crate) const DEFECTS: &[Defect] = &[
    Defect {
        name: "an external network is missing",
        plant: |sandbox| {
            change(sandbox, |config| {
                config["services"]["web"]["networks"] = json!({ "company": null });
                config["networks"] = json!({ "company": { "name": "company", "external": true } });
            });
        },
        says: &[("compose.external_missing", "block")],
        fix: "compose.external_missing:company",
    },
    Defect {
        name: "an external volume is missing",
        plant: |sandbox| {
            change(sandbox, |config| {
                let volumes = config["services"]["web"]["volumes"].as_array_mut();
                let volume = json!({ "type": "volume", "source": "archive", "target": "/archive" });
                volumes.expect("a list").push(volume);
                config["volumes"] = json!({ "archive": { "name": "archive", "external": true } });
            });
        },
        says: &[("compose.external_missing", "block")],
        fix: "",
    },
    Defect {
        name: "a container's name is taken",
        plant: |sandbox| {
            change(sandbox, |config| {
                config["services"]["web"]["container_name"] = "front".into();
            });
            let mut other = FakeContainer::running("elsewhere", "web", "/srv/elsewhere");
            other.name = "front".into();
            sandbox.engine.add(other);
        },
        says: &[("container.name_conflict", "block")],
        fix: "",
    },
    Defect {
        name: "the project is run from another folder",
        plant: |sandbox| {
            sandbox
                .engine
                .add(FakeContainer::running("shop", "web", "/usr"));
        },
        says: &[("container.name_conflict", "block")],
        fix: "",
    },
    Defect {
        name: "a container's name is taken by one that Compose did not make",
        plant: |sandbox| {
            change(sandbox, |config| {
                config["services"]["web"]["container_name"] = "front".into();
            });
            let mut other = FakeContainer::running("", "web", "");
            other.name = "front".into();
            sandbox.engine.add(other);
        },
        says: &[("container.name_conflict", "block")],
        fix: "",
    },
    Defect {
        name: "a container's name is taken by a service that was renamed",
        plant: |sandbox| {
            change(sandbox, |config| {
                config["services"]["web"]["container_name"] = "front".into();
            });
            let mut other = FakeContainer::running("shop", "old-web", sandbox.package.as_str());
            other.name = "front".into();
            sandbox.engine.add(other);
        },
        says: &[("container.name_conflict", "block")],
        fix: "",
    },
    Defect {
        name: "two services want one container name",
        plant: |sandbox| {
            change(sandbox, |config| {
                config["services"]["web"]["container_name"] = "one".into();
                config["services"]["db"]["container_name"] = "one".into();
            });
        },
        says: &[("container.name_conflict", "block")],
        fix: "",
    },
    Defect {
        name: "a container with a name is to run twice",
        plant: |sandbox| {
            change(sandbox, |config| {
                config["services"]["web"]["container_name"] = "one".into();
                config["services"]["web"]["deploy"] = json!({ "replicas": 2 });
            });
        },
        says: &[("container.name_conflict", "block")],
        fix: "",
    },
    Defect {
        name: "the package was moved",
        plant: |sandbox| {
            sandbox
                .engine
                .add(FakeContainer::running("shop", "web", "/srv/gone"));
        },
        says: &[("container.name_conflict", "warn")],
        fix: "",
    },
    Defect {
        name: "another version of the package runs",
        plant: |sandbox| {
            let old = sandbox.state.join("old");
            std::fs::create_dir_all(&old).expect("is ours");
            std::fs::write(old.join("quayside.yaml"), "version: 1.0\n").expect("is ours");
            sandbox
                .engine
                .add(FakeContainer::running("shop", "web", old.as_str()));
        },
        says: &[("container.name_conflict", "block")],
        fix: "",
    },
];
