//! What a container uses, asked once.

use super::{Engine, EngineError};
use bollard::models::{ContainerMemoryStats, ContainerStatsResponse};
use bollard::query_parameters::StatsOptionsBuilder;
use futures_util::StreamExt;

/// Counters of a container at a moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Usage {
    /// Nanoseconds of processor time since it was started.
    pub cpu: u64,
    /// Bytes, without the page cache the kernel gives back when it is short of memory.
    pub memory: Option<u64>,
    /// Bytes it may use at most; the computer's whole memory where there is no limit.
    pub memory_limit: Option<u64>,
    pub received: u64,
    pub sent: u64,
    pub read: u64,
    pub written: u64,
}

/// How a container logs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct LogFile {
    /// On the engine's computer; only of drivers that write files.
    pub path: Option<String>,
    /// `json-file` without `max-size`: nothing is ever thrown away.
    pub unbounded: bool,
}

impl Engine {
    /// Asks once what a container uses; none when it does not run. `one-shot` (since 20.10) spares the second in which
    /// the engine would measure a rate itself.
    pub(crate) async fn usage(&self, id: &str) -> Result<Option<Usage>, EngineError> {
        let options = StatsOptionsBuilder::new()
            .stream(false)
            .one_shot(true)
            .build();
        let mut answers = std::pin::pin!(self.docker.stats(id, Some(options)));
        match answers.next().await {
            Some(Ok(answer)) => Ok(usage(answer)),
            Some(Err(error)) => {
                let error = self.error(error);
                if error.is_not_found() {
                    Ok(None)
                } else {
                    Err(error)
                }
            }
            None => Ok(None),
        }
    }

    /// Asks how a container logs.
    pub(crate) async fn log_file(&self, id: &str) -> Result<LogFile, EngineError> {
        let answer = self
            .docker
            .inspect_container(id, None)
            .await
            .map_err(|error| self.error(error))?;
        let config = answer
            .host_config
            .and_then(|host| host.log_config)
            .unwrap_or_default();
        // The daemon's own defaults are in it as well: they are copied when a container is made.
        let bounded = config
            .config
            .is_some_and(|options| options.contains_key("max-size"));
        Ok(LogFile {
            path: answer.log_path.filter(|path| !path.is_empty()),
            unbounded: config.typ.as_deref() == Some("json-file") && !bounded,
        })
    }
}

/// A stopped container is answered with zeros and without a time of reading.
fn usage(answer: ContainerStatsResponse) -> Option<Usage> {
    let cpu = answer.cpu_stats?.cpu_usage?.total_usage?;
    let memory = answer.memory_stats.unwrap_or_default();
    if cpu == 0 && memory.usage.is_none() {
        return None;
    }
    let networks = answer.networks.unwrap_or_default();
    let sum = |of: fn(&bollard::models::ContainerNetworkStats) -> Option<u64>| {
        networks.values().filter_map(of).sum()
    };
    let blocks = answer
        .blkio_stats
        .and_then(|stats| stats.io_service_bytes_recursive)
        .unwrap_or_default();
    // `Read` with cgroup v1, `read` with v2.
    let moved = |word: &str| {
        let entries = blocks.iter().filter(|entry| {
            let op = entry.op.as_deref().unwrap_or_default();
            op.eq_ignore_ascii_case(word)
        });
        entries.filter_map(|entry| entry.value).sum()
    };
    Some(Usage {
        cpu,
        memory: in_use(&memory),
        memory_limit: memory.limit.filter(|limit| *limit > 0),
        received: sum(|network| network.rx_bytes),
        sent: sum(|network| network.tx_bytes),
        read: moved("read"),
        written: moved("write"),
    })
}

/// As `docker stats` counts it: `inactive_file` (v2) or `total_inactive_file` (v1) is left out.
fn in_use(memory: &ContainerMemoryStats) -> Option<u64> {
    let usage = memory.usage?;
    let cache = memory.stats.as_ref().and_then(|stats| {
        let v1 = stats.get("total_inactive_file");
        v1.or_else(|| stats.get("inactive_file"))
    });
    Some(usage.saturating_sub(cache.copied().unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Option<Usage> {
        usage(serde_json::from_str(json).unwrap())
    }

    #[test]
    fn both_generations_of_control_groups_are_read() {
        // 26.1.5 with cgroup v2, shortened
        let v2 = read(
            r#"{"cpu_stats":{"cpu_usage":{"total_usage":151000000},"online_cpus":2},
            "memory_stats":{"usage":20000000,"stats":{"inactive_file":5000000},"limit":67108864},
            "blkio_stats":{"io_service_bytes_recursive":[{"major":8,"minor":0,"op":"read","value":4096},{"major":8,"minor":0,"op":"write","value":12288}]},
            "networks":{"eth0":{"rx_bytes":100,"tx_bytes":50},"eth1":{"rx_bytes":1,"tx_bytes":2}}}"#,
        );
        let expected = Usage {
            cpu: 151_000_000,
            memory: Some(15_000_000),
            memory_limit: Some(67_108_864),
            received: 101,
            sent: 52,
            read: 4096,
            written: 12288,
        };
        assert_eq!(v2, Some(expected));
        // 20.10.24 with cgroup v1, shortened; `host` network has no figures of its own
        let v1 = read(
            r#"{"cpu_stats":{"cpu_usage":{"total_usage":7,"percpu_usage":[3,4]}},
            "memory_stats":{"usage":900,"stats":{"total_inactive_file":100,"inactive_file":50},"limit":1000},
            "blkio_stats":{"io_service_bytes_recursive":[{"op":"Read","value":1},{"op":"Total","value":3},{"op":"Write","value":2}]}}"#,
        );
        let v1 = v1.unwrap();
        assert_eq!((v1.memory, v1.read, v1.written), (Some(800), 1, 2));
        assert_eq!((v1.received, v1.sent), (0, 0));
    }

    #[test]
    fn a_stopped_container_uses_nothing() {
        assert_eq!(
            read(r#"{"cpu_stats":{"cpu_usage":{"total_usage":0}},"memory_stats":{}}"#),
            None
        );
        assert_eq!(read("{}"), None);
    }
}
