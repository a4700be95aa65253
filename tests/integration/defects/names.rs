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
                .add(FakeContainer::running("shop", "web", "/srv/elsewhere"));
        },
        says: &[("container.name_conflict", "block")],
        fix: "",
    },
];
