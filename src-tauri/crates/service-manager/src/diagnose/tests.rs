//! The rules against texts of real threads, and against anything at all.

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
    weigh(&evidence).iter().map(|finding| finding.class.id).collect()
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
