//! What a service asks of the computer: memory, processors, graphics cards, file handles, and how it is confined; pure.

use serde_json::Value;

/// What a service asks of the computer.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Wishes {
    /// Bytes it may use at most.
    pub memory_limit: Option<u64>,
    /// Bytes that are meant to be there for it.
    pub memory_reservation: Option<u64>,
    /// Processors it may use at most.
    pub cpu_limit: Option<f64>,
    /// Asks for graphics cards, by device request or `gpus:`.
    pub gpu: bool,
    /// The runtime it names: `nvidia`.
    pub runtime: Option<String>,
    /// The most open files it asks for (`ulimits.nofile`, the hard one).
    pub open_files: Option<u64>,
    /// Targets of bind mounts that are relabelled for SELinux (`:z`, `:Z`).
    pub relabelled: Vec<String>,
    /// SELinux and AppArmor do not hold it: `privileged`, `label:disable`.
    pub unconfined: bool,
}

/// Reads them from a service, in any generation's notation.
pub(crate) fn wishes(service: &Value) -> Wishes {
    let get = |path: &str| service.pointer(path).filter(|value| !value.is_null());
    let first = |paths: &[&str]| paths.iter().find_map(|path| get(path));
    let options = texts(get("/security_opt"));
    Wishes {
        memory_limit: first(&["/mem_limit", "/deploy/resources/limits/memory"]).and_then(bytes),
        memory_reservation: first(&["/mem_reservation", "/deploy/resources/reservations/memory"])
            .and_then(bytes),
        cpu_limit: first(&["/cpus", "/deploy/resources/limits/cpus"])
            .and_then(number)
            .filter(|cpus| *cpus > 0.0),
        gpu: asks_for_gpu(service),
        runtime: get("/runtime").and_then(Value::as_str).map(str::to_owned),
        open_files: get("/ulimits/nofile")
            .and_then(|limit| limit.get("hard").or(Some(limit)))
            .and_then(number)
            .filter(|limit| *limit >= 0.0)
            .map(whole),
        relabelled: relabelled(service),
        unconfined: service.get("privileged") == Some(&Value::Bool(true))
            || options
                .iter()
                .any(|it| matches!(it.as_str(), "label:disable" | "label=disable")),
    }
}

fn asks_for_gpu(service: &Value) -> bool {
    let by_request = service
        .pointer("/deploy/resources/reservations/devices")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .any(|device| {
            let is_gpu = |it: &String| matches!(it.as_str(), "gpu" | "nvidia" | "compute");
            texts(device.get("capabilities")).iter().any(is_gpu)
                || device.get("driver").and_then(Value::as_str) == Some("nvidia")
        });
    let by_name = match service.get("gpus") {
        Some(Value::Array(list)) => !list.is_empty(),
        Some(Value::String(text)) => !text.is_empty(),
        _ => false,
    };
    by_request || by_name
}

fn relabelled(service: &Value) -> Vec<String> {
    let volumes = service.get("volumes").and_then(Value::as_array);
    volumes
        .into_iter()
        .flatten()
        .filter_map(|volume| match volume {
            Value::String(short) => {
                let mut parts = short.rsplitn(3, ':');
                let (options, target) = (parts.next()?, parts.next()?);
                let is_relabelled = options.split(',').any(|it| matches!(it, "z" | "Z"));
                is_relabelled.then(|| target.to_owned())
            }
            long => {
                long.pointer("/bind/selinux")?;
                long.get("target")
                    .and_then(Value::as_str)
                    .map(str::to_owned)
            }
        })
        .collect()
}

fn texts(value: Option<&Value>) -> Vec<String> {
    let list = value.and_then(Value::as_array).into_iter().flatten();
    list.filter_map(|it| it.as_str().map(str::to_owned))
        .collect()
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// `536870912`, `"512m"`, `1.5gb`: units of 1024, as Docker reads them. Zero is no limit.
fn bytes(value: &Value) -> Option<u64> {
    if let Some(plain) = number(value) {
        return (plain > 0.0).then(|| whole(plain));
    }
    let text = value.as_str()?.trim().to_ascii_lowercase();
    let letters = text.find(|it: char| it.is_ascii_alphabetic())?;
    let (count, unit) = text.split_at(letters);
    let factor = match unit.trim_end_matches("ib").trim_end_matches('b') {
        "" => 1.0,
        "k" => 1024.0,
        "m" => 1024.0 * 1024.0,
        "g" => 1024.0 * 1024.0 * 1024.0,
        "t" => 1024.0 * 1024.0 * 1024.0 * 1024.0,
        _ => return None,
    };
    let count: f64 = count.trim().parse().ok()?;
    (count > 0.0).then(|| whole(count * factor))
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "is positive, and no file asks for more than fits"
)]
fn whole(number: f64) -> u64 {
    number as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn both_notations_say_the_same() {
        // As `docker compose config --format json` 2.26 prints it.
        let v2 = wishes(&json!({
            "deploy": { "resources": {
                "limits": { "cpus": 1.5, "memory": "536870912" },
                "reservations": { "memory": "268435456", "devices": [
                    { "capabilities": ["gpu"], "driver": "nvidia", "count": -1 }] },
            }},
            "ulimits": { "nofile": { "soft": 1024, "hard": 65536 } },
            "volumes": [{ "type": "bind", "source": "/a", "target": "/b", "bind": { "selinux": "z" } }],
        }));
        // As docker-compose 1.29 prints it, and as people write it.
        let v1 = wishes(&json!({
            "cpus": "1.5", "mem_limit": "512m", "mem_reservation": "256M", "gpus": "all",
            "ulimits": { "nofile": 65536 }, "volumes": ["/a:/b:ro,z"],
        }));
        assert_eq!(v1, v2);
        assert_eq!(v2.memory_limit, Some(512 << 20));
        assert_eq!(v2.cpu_limit, Some(1.5));
        assert!(v2.gpu);
        assert_eq!(v2.open_files, Some(65536));
        assert_eq!(v2.relabelled, ["/b"]);
    }

    #[test]
    fn nothing_asked_is_nothing_wished() {
        assert_eq!(
            wishes(&json!({"image": "a", "mem_limit": 0})),
            Wishes::default()
        );
        assert!(wishes(&json!({"security_opt": ["label:disable"]})).unconfined);
        assert!(wishes(&json!({"privileged": true})).unconfined);
        assert_eq!(
            wishes(&json!({"runtime": "nvidia"})).runtime.as_deref(),
            Some("nvidia")
        );
    }
}
