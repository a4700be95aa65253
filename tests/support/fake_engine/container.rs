//! A container of the fake engine, and how the engine tells of it.

use super::hex;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A container.
#[derive(Clone, Debug)]
pub struct FakeContainer {
    /// The id.
    pub id: String,
    /// Without the slash.
    pub name: String,
    /// The Compose project; empty for a stranger's container.
    pub project: String,
    /// The Compose service.
    pub service: String,
    /// The folder Compose ran in.
    pub folder: String,
    /// `created running paused restarting exited dead`
    pub state: String,
    /// `starting healthy unhealthy`, or empty without a healthcheck.
    pub health: String,
    /// Of the last end.
    pub exit_code: i64,
    /// Ended for lack of memory.
    pub oom_killed: bool,
    /// Why it could not be started.
    pub error: String,
    /// Restarts by policy.
    pub restart_count: u32,
    /// `no always unless-stopped on-failure`
    pub restart_policy: String,
    /// Seconds since it was started.
    pub started: Option<i64>,
    /// Seconds since it ended.
    pub finished: Option<i64>,
    /// Host port and container port.
    pub ports: Vec<(u16, u16)>,
    /// Ids of its networks.
    pub networks: Vec<String>,
    /// What it wrote.
    pub logs: Vec<String>,
    /// `NAME=value`
    pub env: Vec<String>,
    /// As `GET /containers/{id}/json` lists them.
    pub mounts: Vec<Value>,
    /// What the engine remembers of its health checks, oldest first.
    pub probes: Vec<Value>,
    /// Nanoseconds of processor time it has used; what it was asked for makes it busier by as much again.
    pub cpu: u64,
    /// Bytes of memory it uses, and may use.
    pub memory: (u64, u64),
    /// `max-size` of its log.
    pub log_max_size: Option<String>,
    /// What it writes to whoever follows: how many lines, and how many in a second.
    pub writes: Option<(u64, u64)>,
    /// More of its `Config`: `Env`, `Cmd`, `Healthcheck`.
    pub config: Value,
    /// What its last health probe printed.
    pub probe: String,
    /// What `started` is counted back from: a run keeps the moment at which it began.
    made: jiff::Timestamp,
}

impl FakeContainer {
    /// Makes a running container of a service that was started a while ago.
    pub fn running(project: &str, service: &str, folder: &str) -> Self {
        Self {
            id: hex(format!("{project}/{service}").as_bytes()),
            name: format!("{project}-{service}-1"),
            project: project.into(),
            service: service.into(),
            folder: folder.into(),
            state: "running".into(),
            health: String::new(),
            exit_code: 0,
            oom_killed: false,
            error: String::new(),
            restart_count: 0,
            restart_policy: "no".into(),
            started: Some(30),
            finished: None,
            ports: Vec::new(),
            networks: Vec::new(),
            logs: vec![format!("{service} is up")],
            env: Vec::new(),
            mounts: Vec::new(),
            probes: Vec::new(),
            cpu: 0,
            memory: (20_000_000, 8_000_000_000),
            log_max_size: None,
            writes: None,
            config: json!({}),
            probe: String::new(),
            made: jiff::Timestamp::now(),
        }
    }

    /// Begins another run, now.
    pub fn begin(&mut self) {
        self.state = "running".into();
        self.made = jiff::Timestamp::now();
        (self.started, self.finished) = (Some(0), None);
    }

    /// What tells one run from another.
    pub(super) fn run(&self) -> (String, String) {
        (self.state.clone(), before(self.made, self.started))
    }

    /// Makes it an ended one.
    pub fn end(&mut self, exit_code: i64) {
        self.state = "exited".into();
        self.health = String::new();
        self.exit_code = exit_code;
        self.finished = Some(1);
    }

    /// The labels Compose gives a container; a stranger's has none.
    pub(super) fn labels(&self) -> Value {
        if self.project.is_empty() {
            return json!({});
        }
        json!({
            "com.docker.compose.project": self.project,
            "com.docker.compose.service": self.service,
            "com.docker.compose.container-number": "1",
            "com.docker.compose.oneoff": "False",
            "com.docker.compose.project.working_dir": self.folder,
        })
    }

    pub(super) fn summary(&self) -> Value {
        let ports: Vec<Value> = self
            .ports
            .iter()
            .filter(|_| self.state == "running")
            .map(|(host, inside)| {
                json!({ "IP": "0.0.0.0", "PublicPort": host, "PrivatePort": inside, "Type": "tcp" })
            })
            .collect();
        json!({
            "Id": self.id, "Names": [format!("/{}", self.name)], "Image": "x", "ImageID": "sha256:0",
            "Created": jiff::Timestamp::now().as_second() - 60,
            "State": self.state, "Status": self.status(), "Labels": self.labels(), "Ports": ports,
            "NetworkSettings": { "Networks": self.endpoints() },
        })
    }

    /// Its state in words; of its health the list says nothing else (before 29).
    fn status(&self) -> String {
        match (self.state.as_str(), self.health.as_str()) {
            ("running", "") => "Up 2 minutes".to_owned(),
            ("running", "starting") => "Up 2 minutes (health: starting)".to_owned(),
            ("running", health) => format!("Up 2 minutes ({health})"),
            ("paused", _) => "Up 2 minutes (Paused)".to_owned(),
            ("exited", _) => format!("Exited ({}) 2 minutes ago", self.exit_code),
            ("restarting", _) => format!("Restarting ({}) 2 seconds ago", self.exit_code),
            (state, _) => state.to_owned(),
        }
    }

    /// As `GET /containers/{id}/stats?one-shot=true` (26.1, shortened); a stopped one has no figures.
    pub(super) fn stats(&self) -> Value {
        if self.state != "running" {
            return json!({ "cpu_stats": { "cpu_usage": { "total_usage": 0 } }, "memory_stats": {} });
        }
        json!({
            "read": ago(Some(0)), "cpu_stats": { "cpu_usage": { "total_usage": self.cpu }, "online_cpus": 4 },
            "memory_stats": { "usage": self.memory.0 + 1000, "limit": self.memory.1, "stats": { "inactive_file": 1000 } },
            "networks": { "eth0": { "rx_bytes": self.cpu / 1000, "tx_bytes": 0 } },
            "blkio_stats": { "io_service_bytes_recursive": null },
        })
    }

    fn endpoints(&self) -> Value {
        let endpoint = |id: &String| (id.clone(), json!({ "NetworkID": id }));
        self.networks
            .iter()
            .map(endpoint)
            .collect::<serde_json::Map<_, _>>()
            .into()
    }

    pub(super) fn inspect(&self) -> Value {
        let ports: BTreeMap<String, Value> = self
            .ports
            .iter()
            .filter(|_| self.state == "running")
            .map(|(host, inside)| {
                let binding = json!([{ "HostIp": "0.0.0.0", "HostPort": host.to_string() }]);
                (format!("{inside}/tcp"), binding)
            })
            .collect();
        let mut state = json!({
            "Status": self.state, "Running": self.state == "running", "Paused": self.state == "paused",
            "Restarting": self.state == "restarting", "OOMKilled": self.oom_killed, "Dead": false, "Pid": 0,
            "ExitCode": self.exit_code, "Error": self.error,
            "StartedAt": before(self.made, self.started), "FinishedAt": ago(self.finished),
        });
        if !self.health.is_empty() {
            let mut log = self.probes.clone();
            if !self.probe.is_empty() {
                log.push(json!({ "ExitCode": 1, "Output": self.probe }));
            }
            state["Health"] = json!({ "Status": self.health, "FailingStreak": 0, "Log": log });
        }
        let mut config = json!({ "Labels": self.labels(), "Image": "x", "Env": self.env });
        for (key, value) in self.config.as_object().into_iter().flatten() {
            config[key] = value.clone();
        }
        json!({
            "Id": self.id, "Name": format!("/{}", self.name), "Image": "sha256:0",
            "RestartCount": self.restart_count, "State": state,
            "Created": ago(Some(60)), "Mounts": self.mounts,
            "Config": config,
            "LogPath": format!("/var/lib/docker/containers/{0}/{0}-json.log", self.id),
            "HostConfig": {
                "RestartPolicy": { "Name": self.restart_policy, "MaximumRetryCount": 0 },
                "LogConfig": { "Type": "json-file", "Config": self.log_max_size.as_ref().map_or_else(|| json!({}), |size| json!({ "max-size": size })) },
            },
            "NetworkSettings": {
                "Ports": ports,
                "Networks": { format!("{}_default", self.project): { "IPAddress": "172.20.0.4" } },
            },
        })
    }
}

/// A moment that many seconds ago, as the engine writes it; none is its "never".
pub(super) fn ago(seconds: Option<i64>) -> String {
    before(jiff::Timestamp::now(), seconds)
}

fn before(moment: jiff::Timestamp, seconds: Option<i64>) -> String {
    seconds.map_or_else(
        || "0001-01-01T00:00:00Z".to_owned(),
        |seconds| (moment - jiff::SignedDuration::from_secs(seconds)).to_string(),
    )
}
