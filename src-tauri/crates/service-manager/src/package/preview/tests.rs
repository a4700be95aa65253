//! The preview beside Compose's own answer, captured by v2 2.26.1 in `/package/tangle`.

use super::*;
use crate::compose::project::{Project, Service};
use crate::compose::read::{Origin, project};
use crate::package::find;

const ANSWER: &str = include_str!("../../../../../../tests/fixtures/compose/tangle.v2.26.1.json");

/// What `inspect` shows of a service, in an order of its own.
fn shown(service: &Service) -> String {
    let mut ports: Vec<_> = service.ports.iter().map(|it| format!("{it:?}")).collect();
    let mut mounts: Vec<_> = service
        .bind_mounts
        .iter()
        .map(|it| format!("{} {} {}", it.source, it.target, it.read_only))
        .collect();
    let mut volumes = service.volumes.clone();
    ports.sort();
    mounts.sort();
    volumes.sort();
    format!(
        "{} {:?}\n {ports:#?}\n {mounts:#?}\n {volumes:?} {:?} {:?} {:?}\n {:?} {:?} {} {}",
        service.name,
        service.image,
        service.depends_on,
        service.restart,
        service.healthcheck,
        service.command,
        service.profiles,
        service.active,
        service.one_shot,
    )
}

#[test]
fn a_tangle_of_files_is_read_as_compose_reads_it() {
    let here = Utf8Path::new(env!("CARGO_MANIFEST_DIR"));
    let directory = here.join("../../../tests/fixtures/projects/tangle");
    let env = Environment {
        home: Some("/home/me".into()),
        ..Environment::default()
    };
    let found = find::find(&directory, &env, Generation::V2).expect("a project");
    let preview = read(&found, &env, &BTreeSet::new()).expect("it can be read");
    assert_eq!(preview.misfit, None);
    assert_eq!(crate::package::sense::nonsense(&preview.model), None);
    let names: Vec<_> = preview
        .files
        .iter()
        .filter_map(|it| it.file_name())
        .collect();
    assert_eq!(
        names,
        [
            "compose.yaml",
            "monitoring.yaml",
            "base.yaml",
            "root.yaml",
            "compose.override.yaml"
        ]
    );

    let profiles: BTreeSet<String> = found
        .variable(&env, "COMPOSE_PROFILES")
        .into_iter()
        .collect();
    let as_project = |answer: Value, preview: bool| -> Project {
        let origin = Origin {
            directory: &found.project_directory,
            files: &found.files,
            home: env.home.as_deref(),
            active_profiles: &profiles,
            name: "tangle",
            generation: Generation::V2,
            preview,
        };
        project(answer, &origin)
    };
    let answer = ANSWER.replace("/package/tangle", found.directory.as_str());
    let theirs = as_project(serde_json::from_str(&answer).expect("JSON"), false);
    let ours = as_project(preview.model.clone(), true);
    assert_eq!(ours.services.len(), 6);
    for (our, their) in ours.services.iter().zip(&theirs.services) {
        assert_eq!(shown(our), shown(their));
    }
    let mount = ("front".to_owned(), "/old".to_owned());
    assert!(preview.slashes.contains(&mount), "{:?}", preview.slashes);
}
