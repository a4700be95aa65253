//! The keys of the answers, as the contract has them.

use serde_json::Value;
use tests::cli::Ran;

/// Asserts that an object has all of these keys; none may be left out, whatever it says.
pub(crate) fn has(value: &Value, keys: &str) {
    let object = value
        .as_object()
        .unwrap_or_else(|| panic!("no object: {value}"));
    for key in keys.split_whitespace() {
        assert!(object.contains_key(key), "no `{key}` in {value:#}");
    }
}

pub(crate) fn each(list: &Value, keys: &str) {
    let list = list.as_array().unwrap_or_else(|| panic!("no list: {list}"));
    assert!(!list.is_empty(), "an empty list proves nothing: {keys}");
    for item in list {
        has(item, keys);
    }
}

pub(crate) const STATUS: &str = "verdict sentence engine services running total at";
pub(crate) const FINISHED: &str =
    "type outcome checks status failure diagnoses images tags directories seconds";
pub(crate) const CHECK: &str = "id state subject params found required message why steps fixes";
pub(crate) const IMAGE: &str = "ref archive result bytesSent seconds error";

/// Reads the events of an operation and returns the last one.
pub(crate) fn finished(ran: &Ran, steps: &[&str]) -> Value {
    let lines = ran.lines();
    has(&lines[0], "type operationId steps");
    assert_eq!(lines[0]["type"], "planned", "{ran:#?}");
    let planned: Vec<&str> = lines[0]["steps"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|step| step["id"].as_str())
        .collect();
    assert_eq!(planned, steps);
    if !steps.is_empty() {
        each(&lines[0]["steps"], "id title");
    }
    for line in &lines[1..lines.len() - 1] {
        has(line, "type step state current total unit message seconds");
    }
    let last = lines.last().expect("a last line").clone();
    has(&last, FINISHED);
    assert_eq!(last["type"], "finished");
    last
}
