//! The rules against texts of real threads, and against anything at all.

mod grouping;
mod hostile;
mod wordings;

use super::evidence::{Evidence, Kind, Piece};
use super::weigh::weigh;

fn classes(kind: Kind, text: &str) -> Vec<&'static str> {
    let evidence = Evidence {
        pieces: vec![Piece {
            kind,
            text: text.to_owned(),
            ..Piece::default()
        }],
        ..Evidence::default()
    };
    weigh(&evidence)
        .iter()
        .map(|finding| finding.class.id)
        .collect()
}

#[test]
fn a_port_of_another_container_is_the_first_and_only_thing_said() {
    let text = "Error response from daemon: driver failed programming external connectivity on endpoint shop-web-1 \
                (0123): Bind for 0.0.0.0:8080 failed: port is already allocated";
    assert_eq!(classes(Kind::EngineError, text), ["port.in_use"]);
}

#[test]
fn what_was_overcome_is_no_diagnosis() {
    let text = "[ERROR] [MY-012574] [InnoDB] Unable to lock ./ibdata1 error: 11\n[System] mysqld: ready for connections.";
    assert_eq!(classes(Kind::ContainerLogs, text), ["unknown"]);
}

/// Every prefix the catalogues may have for a class: what a rule chose, and the system it is read on.
const SYSTEMS: &[&str] = &["linux", "windows", "macos"];

fn finding(
    class: &'static super::classes::Class,
    variant: Option<&'static str>,
) -> super::weigh::Finding {
    super::weigh::Finding {
        class,
        variant,
        confidence: 0.9,
        service: None,
        image: None,
        params: crate::text::Params::new(),
        proof: Vec::new(),
        undecided: true,
        leads: true,
        explains: Vec::new(),
    }
}

#[test]
fn every_class_has_words_even_when_no_detail_is_known() {
    let unknown = &super::classes::UNKNOWN;
    for class in super::classes::CLASSES.iter().chain([unknown]) {
        for os in SYSTEMS {
            for flavour in ["", "snap", "rootless", "podman", "desktop"] {
                let mut facts = super::facts::Facts::default();
                facts.set("engineFlavour", flavour);
                let system = super::system::System::of(&facts, os);
                for language in crate::text::Language::ALL {
                    let view = super::words::view(&finding(class, None), None, &system);
                    let said: Vec<String> = [&view.title, &view.why]
                        .into_iter()
                        .chain(&view.steps)
                        .map(|text| text.render(language))
                        .collect();
                    assert!(
                        view.steps.len() >= 2,
                        "{} on {os} {flavour}: {said:?}",
                        class.id
                    );
                    for words in &said {
                        assert!(
                            !words.is_empty()
                                && !words.contains("{$")
                                && !words.contains("diagnosis-"),
                            "{}: {words}",
                            class.id
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn a_variant_of_a_rule_has_words_of_its_own() {
    for prepared in super::rules::SIGNS.iter().flat_map(|family| family.iter()) {
        if let Some(variant) = prepared.variant {
            let key = format!("diagnosis-{}.{variant}-", prepared.class.replace('.', "-"));
            let any = [
                "title",
                "plain-title",
                "why",
                "plain-why",
                "step-1",
                "plain-step-1",
            ];
            assert!(
                any.iter()
                    .any(|part| crate::text::exists(&format!("{key}{part}"))),
                "{key}"
            );
        }
    }
}
