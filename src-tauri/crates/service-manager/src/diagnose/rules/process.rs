//! How programs end, and how healthchecks do.

use crate::diagnose::evidence::Kind;
use crate::diagnose::named;
use crate::diagnose::sign::{Look, Sign, Verdict, likely, sign};

pub(super) const SIGNS: &[Sign] = &[
    sign("oom.killed", &["container init was OOM-killed"]).first(),
    sign("oom.killed", &["(memory limit too low?)"]),
    sign("oom.killed", &["Memory cgroup out of memory"]).first(),
    sign("oom.killed", &["OOMKilled"]).matches(r#"(?i)oomkilled"?[:= ]+"?true"#).first(),
    sign("oom.killed", &["constraint=CONSTRAINT_MEMCG"]).first(),
    sign("oom.killed", &["invoked oom-killer"]).general(),
    sign("oom.killed", &["was terminated due to memory"]).general(),
    sign("oom.killed", &["cgroup out of memory"]).general(),
    sign("oom.host", &["constraint=CONSTRAINT_NONE"]).first(),
    sign("oom.host", &["global_oom"]).first(),
    sign("oom.host", &["Out of memory: Killed process"]).takes(r"\((?<command>[^)]+)\)"),
    sign("oom.host", &["Out of memory: Kill process"]),
    sign("exit.sigkill_unexplained", &["exited with code 137"]).decided_by(killed).takes(r"(?<container>[\w.-]+) exited with code 137"),
    sign("exit.sigkill_unexplained", &["exited (137)"]).decided_by(killed).takes(r"container (?<container>[\w.-]+) exited"),
    sign("exit.sigkill_unexplained", &["exit code 137"]).decided_by(killed),
    sign("exit.sigkill_unexplained", &["exit status 137"]).decided_by(killed),
    sign("exit.sigkill_unexplained", &["ExitCode\": 137"]).decided_by(killed),
    sign("exit.sigkill_unexplained", &["signal 9: Killed"]).general().decided_by(killed),
    sign("exit.sigkill_unexplained", &["(signal: 9)"]).general().decided_by(killed),
    sign("exit.sigkill_unexplained", &["signal: killed"]).general().decided_by(killed),
    sign("exit.sigkill_unexplained", &["was sent SIGKILL"]).general().decided_by(killed),
    sign("exit.sigkill_unexplained", &["SIGKILL"]).general().decided_by(killed),
    sign("exit.sigkill_unexplained", &["Killed"]).general().matches(r"^Killed\W*$|line \d+:\s+\d+ Killed\b").only(&[Kind::ContainerLogs]).decided_by(killed),
    sign("crash.segfault", &["Segmentation fault"]),
    // Go says so of its own mistakes, with an address.
    sign("crash.segfault", &["SIGSEGV"]).without(&["segmentation violation", "handler"]),
    sign("crash.segfault", &["segfault at"]),
    sign("crash.segfault", &["exited with code 139"]),
    sign("crash.segfault", &["exited (139)"]),
    sign("crash.segfault", &["exit code 139"]),
    sign("crash.segfault", &["got signal 11"]),
    sign("crash.segfault", &["terminated by signal 11"]),
    sign("crash.segfault", &["qemu: uncaught target signal 11"]),
    sign("crash.segfault", &["invalid memory reference", "signal: 11"]),
    sign("crash.segfault", &["vsyscall"]).general(),
    // Healthchecks
    sign("health.probe_tool_missing", &["OCI runtime exec failed", "not found"]).takes(r"exec: \x22(?<tool>[^\x22]+)\x22"),
    sign("health.probe_tool_missing", &["OCI runtime exec failed", "no such file"]).takes(r"exec: \x22(?<tool>[^\x22]+)\x22"),
    sign("health.probe_tool_missing", &["Health", "executable file not found"]).takes(r"exec: \x22(?<tool>[^\x22]+)\x22").first(),
    sign("health.probe_tool_missing", &[": not found"]).only(&[Kind::HealthLog]).matches(r"(?:sh|line \d+|: \d+): (?<tool>[\w.-]+): not found"),
    sign("health.probe_tool_missing", &["command not found"]).only(&[Kind::HealthLog]).takes(r"(?<tool>[\w.-]+): command not found"),
    // The engine repeats what a shell said only where it ran a probe
    sign("health.probe_tool_missing", &[": not found"]).only(&[Kind::EngineError]).matches(r"^(?:/bin/)?(?:ba|da|a)?sh: (?:line )?(?:\d+: )?(?<tool>[\w.-]+): not found"),
    sign("health.probe_tool_missing", &["command not found"]).only(&[Kind::EngineError]).matches(r"^(?:/bin/)?(?:ba|da|a)?sh: (?:line )?(?:\d+: )?(?<tool>[\w.-]+): command not found"),
    sign("health.probe_tool_missing", &["not found"]).general().matches(r"(?:/bin/sh|bash|sh): (?:line \d+: |\d+: )?(?<tool>curl|wget|nc|ncat|pg_isready|mysqladmin|redis-cli|mongosh|mongo|python3?|grpc_health_probe): (?:command )?not found")
        .decided_by(probe),
    sign("health.probe_tool_missing", &["healthcheck", "not found"]).general().matches(r"exec: \x22(?<tool>[^\x22]+)\x22"),
    sign("health.slow_start", &["Health check exceeded timeout"]).decided_by(slow),
    sign("health.slow_start", &["the database system is starting up"]).variant("recovering").decided_by(recovering),
    sign("health.slow_start", &["the database system is not yet accepting connections"]).variant("recovering"),
    sign("health.slow_start", &["Consistent recovery state has not been yet reached"]).variant("recovering"),
    sign("health.slow_start", &["LOADING Redis is loading the dataset in memory"]).variant("recovering"),
    sign("health.slow_start", &["health: starting"]).warning(),
    sign("health.slow_start", &["healthcheck", "timeout"]).general().only(&[Kind::HealthLog, Kind::ComposeStderr]),
    sign("health.slow_start", &["did not become healthy"]).general(),
    sign("health.slow_start", &["timeout waiting for", "healthy"]).general(),
    sign("health.slow_start", &["application not healthy after"]).general(),
];

/// The kernel kills for want of memory, people by hand, and the engine when a stop takes too long.
fn killed(look: &Look<'_>) -> Verdict {
    if look.flag(named::OOM_KILLED) == Some(true)
        || look.anywhere(&[
            "OOMKilled\": true",
            "OOMKilled: true",
            "OOMKilled=true",
            "Memory cgroup out of memory",
        ])
    {
        return Verdict::sure(likely("oom.killed", 0.95));
    }
    if look.anywhere(&["global_oom", "CONSTRAINT_NONE", "Out of memory: Kill"])
        || look.flag(named::HOST_OOM) == Some(true)
    {
        return Verdict::sure(likely("oom.host", 0.92));
    }
    let found = likely("exit.sigkill_unexplained", 0.6);
    if look.flag(named::OOM_KILLED) == Some(false) {
        return Verdict::sure(found);
    }
    Verdict::open(vec![found, likely("oom.killed", 0.4)])
}

/// A tool that is missing in a log is missing for the healthcheck only when the log is of one.
fn probe(look: &Look<'_>) -> Verdict {
    if look.piece.kind == Kind::HealthLog
        || look.near(3, &["health", "unhealthy", "\"ExitCode\": 1"])
    {
        Verdict::sure(likely("health.probe_tool_missing", 0.88))
    } else {
        Verdict::open(vec![
            likely("exec.command_not_found", 0.55),
            likely("health.probe_tool_missing", 0.45),
        ])
    }
}

fn slow(look: &Look<'_>) -> Verdict {
    if look.anywhere(&["executable file not found"]) {
        return Verdict::nothing();
    }
    if look.anywhere(&["recovery", "starting up", "Applying batch"]) {
        return Verdict::sure(likely("health.slow_start", 0.8).variant("recovering"));
    }
    Verdict::sure(likely("health.slow_start", 0.75))
}

/// For a moment every database says so.
fn recovering(look: &Look<'_>) -> Verdict {
    let speaker = &look.said.lines[look.index].speaker;
    let after = look.after().iter().filter(|line| &line.speaker == speaker);
    if after
        .into_iter()
        .any(|line| super::super::benign::settled(&line.text))
    {
        return Verdict::nothing();
    }
    Verdict::sure(likely("health.slow_start", 0.7).variant("recovering"))
}
