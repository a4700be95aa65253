//! Each kind of bind source gets its own words and its own fix, and nothing else.

use super::*;
use crate::deploy::checks::tests::well;
use crate::deploy::observe::Stray;
use camino::Utf8PathBuf;

/// A source inside the package with which all is well.
pub(crate) fn seen(source: &str, kind: MountKind) -> MountObserved {
    MountObserved {
        source: source.into(),
        services: vec!["web".into()],
        kind,
        exists: true,
        hidden: false,
        inside: true,
        read_only: false,
        target: "/x".into(),
        place: None,
        link: None,
        needs: None,
        stray: None,
        folders: Vec::new(),
        near: Vec::new(),
        content: None,
    }
}

/// Judges one source and returns what is not well: id, variant of the words by its key, and the fix's changes.
fn judge(mount: MountObserved) -> Option<(String, String, Vec<Change>)> {
    let mut state = well();
    state.mounts = Ok(vec![mount]);
    let mut rows: Vec<Judged> = check(&state);
    rows.retain(|row| row.check.state != CheckState::Pass);
    assert!(rows.len() <= 1, "{rows:#?}");
    let row = rows.pop()?;
    let text = row.check.message.to_string();
    assert!(!text.starts_with("check-"), "{text}");
    assert!(
        row.check.why.is_some() && !row.check.steps.is_empty(),
        "{text}"
    );
    let changes = row
        .proposals
        .into_iter()
        .flat_map(|it| it.changes)
        .collect();
    let key = row.check.message.key().to_owned();
    Some((
        row.check.id,
        key.rsplit('.').next().unwrap_or_default().to_owned(),
        changes,
    ))
}

fn place(written: &str) -> Place {
    Place {
        file: "compose.yaml".into(),
        line: 7,
        written: written.into(),
    }
}

#[test]
fn what_is_there_or_is_made_by_a_deployment_is_fine() {
    assert_eq!(judge(seen("/demo/data", MountKind::Directory)), None);
    let missing = MountObserved {
        exists: false,
        ..seen("/demo/data", MountKind::Directory)
    };
    assert_eq!(judge(missing), None);
    for system in ["/var/run/docker.sock", "/etc/localtime", "/proc"] {
        let mount = MountObserved {
            inside: false,
            ..seen(system, MountKind::Directory)
        };
        assert_eq!(judge(mount), None, "{system}");
    }
}

#[test]
fn a_missing_file_is_named_and_one_beside_it_is_offered() {
    let missing = MountObserved {
        exists: false,
        folders: vec!["/demo/config".into(), "/demo/config/a.conf".into()],
        ..seen("/demo/config/a.conf", MountKind::File)
    };
    let (id, variant, changes) = judge(missing.clone()).expect("well");
    assert_eq!((id.as_str(), variant.as_str()), (MISSING, "block-file"));
    assert!(changes.is_empty());
    let near = MountObserved {
        near: vec!["/demo/a.conf.example".into()],
        content: Some(b"x".to_vec()),
        ..missing
    };
    let (_, variant, changes) = judge(near).expect("well");
    assert_eq!(variant, "block-file-near");
    let folder = Change::MakeDirectory {
        path: "/demo/config".into(),
        owner: None,
    };
    assert_eq!(changes[0], folder);
    assert!(matches!(&changes[1], Change::Write { before: None, after, .. } if after == b"x"));
}

#[test]
fn what_lies_outside_is_asked_about_and_a_variable_without_a_value_is_named() {
    let outside = |source: &str, written| MountObserved {
        exists: false,
        inside: false,
        folders: vec![source.into()],
        place: Some(place(written)),
        ..seen(source, MountKind::Directory)
    };
    let (_, variant, changes) = judge(outside("/srv/data", "/srv/data")).expect("well");
    assert_eq!(variant, "block-outside");
    let folder = Change::MakeDirectory {
        path: "/srv/data".into(),
        owner: None,
    };
    assert_eq!(changes, [folder]);
    for written in ["${DATA}/x", "$DATA/x"] {
        let (_, variant, changes) = judge(outside("/x", written)).expect("well");
        assert_eq!(variant, "block-variable", "{written}");
        assert!(changes.is_empty());
    }
    let (_, variant, _) = judge(outside("/srv/x", "${DATA}/x")).expect("well");
    assert_eq!(variant, "block-outside", "it has a value");
    let link = MountObserved {
        link: Some(("/demo/data".into(), "/gone".into())),
        ..outside("/demo/data", "./data")
    };
    assert_eq!(judge(link).expect("well").1, "block-link");
    let there = MountObserved {
        inside: false,
        ..seen("/srv/data", MountKind::Directory)
    };
    assert_eq!(judge(there.clone()).expect("well").0, OUTSIDE);
    let linked = MountObserved {
        link: Some(("/demo/data".into(), "/srv/data".into())),
        ..there
    };
    assert_eq!(judge(linked).expect("well").1, "warn-link");
    let hidden = MountObserved {
        hidden: true,
        exists: false,
        ..seen("/demo/mysql/conf", MountKind::Directory)
    };
    assert_eq!(judge(hidden).expect("well").1, "unknown-hidden");
}

#[test]
fn only_an_empty_folder_in_the_place_of_a_file_is_taken_away() {
    let folder = |certain| MountObserved {
        needs: Some((MountKind::File, certain)),
        ..seen("/demo/a.conf", MountKind::Directory)
    };
    assert_eq!(judge(folder(false)).expect("well").1, "warn-full");
    let (id, variant, changes) = judge(folder(true)).expect("well");
    assert_eq!(
        (id.as_str(), variant.as_str(), changes.len()),
        (KIND, "block-full", 0)
    );
    let stray = Stray {
        mode: 0o755,
        owner: Some((0, 0)),
    };
    let empty = MountObserved {
        stray: Some(stray),
        ..folder(false)
    };
    let (_, variant, changes) = judge(empty.clone()).expect("well");
    assert_eq!((variant.as_str(), changes.len()), ("block", 1));
    let known = MountObserved {
        near: vec![Utf8PathBuf::from("/demo/a.conf.example")],
        content: Some(Vec::new()),
        ..empty
    };
    let (_, variant, changes) = judge(known).expect("well");
    assert_eq!((variant.as_str(), changes.len()), ("block-near", 2));
    let file = MountObserved {
        needs: Some((MountKind::Directory, true)),
        ..seen("/demo/data", MountKind::File)
    };
    assert_eq!(judge(file).expect("well").1, "block-file");
}
