//! Programs that cannot be started: not executable, not there, or written for another system.

use crate::diagnose::evidence::Kind;
use crate::diagnose::named;
use crate::diagnose::sign::{Look, Sign, Verdict, likely, sign};

pub(super) const SIGNS: &[Sign] = &[
    // runc, in all its wrappings
    sign("perm.entrypoint_not_executable", &["exec:", "permission denied"])
        .matches(r"exec: \x22(?<path>[^\x22]+)\x22: (?:stat \S+: )?permission denied").first(),
    sign("perm.entrypoint_not_executable", &["exec /", "permission denied"]).takes(r"exec (?<path>/\S+): ").without(&["docker.sock"]),
    sign("perm.entrypoint_not_executable", &["standard_init_linux.go", "permission denied"]).takes(r"\x22(?<path>/[^\x22]+)\x22"),
    sign("perm.entrypoint_not_executable", &["exec user process caused", "permission denied"]),
    sign("perm.entrypoint_not_executable", &[".sh: Permission denied"]).takes(r"(?<path>[^\s:]+\.sh): Perm").decided_by(script),
    sign("perm.entrypoint_not_executable", &["OCI permission denied"]),
    sign("perm.entrypoint_not_executable", &["cannot execute: Permission denied"]).takes(r"(?<path>/[^\s:]+): cannot"),
    sign("perm.entrypoint_not_executable", &["/bin/sh:", ": Permission denied"]).general().decided_by(script).takes(r"sh: (?:\d+: )?(?<path>[^\s:]+): Perm"),
    sign("perm.entrypoint_not_executable", &["bash:", ": Permission denied"]).general().decided_by(script).takes(r"bash: (?:line \d+: )?(?<path>[^\s:]+): Perm"),
    // Line ends of Windows
    sign("script.crlf", &["exec user process caused", "no such file or directory"]).decided_by(absent),
    sign("script.crlf", &["exec /", ": no such file or directory"]).takes(r"exec (?<path>/[^\s:]+): ").decided_by(absent),
    sign("script.crlf", &["^M"]).matches(r"\^M: bad interpreter|\^M: (?:not found|No such file)"),
    sign("script.crlf", &["bad interpreter"]).general().decided_by(interpreter).takes(r"(?<path>/[^\s:]+): "),
    sign("script.crlf", &["$'\\r'"]).first(),
    sign("script.crlf", &["$'", "command not found"]).matches(r"\$'.*\\?r': command not found").first(),
    sign("script.crlf", &["env:", "No such file or directory"]).matches(r"env: ['‘\x22]?\w+(\\r|\^M|\?)").first(),
    sign("script.crlf", &["env: can't execute"]).matches(r"env: can't execute '\w+(\\r|\^M|\s)?'").general(),
    sign("script.crlf", &["set:", "illegal option -"]).matches(r"(?i)set: (?:line \d+: |\d+: )?illegal option -(?:\s|\\r|$)"),
    sign("script.crlf", &["invalid option name: pipefail"]).general(),
    sign("script.crlf", &["set: -: invalid option"]),
    sign("script.crlf", &["set: pipefail", "invalid option"]),
    sign("script.crlf", &["syntax error: unexpected end of file"]).general().decided_by(shell_end),
    sign("script.crlf", &["syntax error near unexpected token"]).general().decided_by(shell_end),
    sign("script.crlf", &["Syntax error: word unexpected"]).general(),
    sign("script.crlf", &["syntax error: unexpected word"]).general(),
    sign("script.crlf", &["Syntax error: \"elif\" unexpected"]).general(),
    sign("script.crlf", &["Syntax error: end of file unexpected"]).general(),
    sign("script.crlf", &["line endings", "CRLF"]).general().matches(r"(?i)\.(?:ba)?sh\b|script|entrypoint"),
    // Not there
    sign("exec.command_not_found", &["executable file not found in $PATH"])
        .takes(r"exec: \x22(?<command>[^\x22]+)\x22: executable").decided_by(not_in_path),
    sign("exec.command_not_found", &["executable file not found in %PATH%"]).takes(r"exec: \x22(?<command>[^\x22]+)"),
    // crun names it between backticks
    sign("exec.command_not_found", &["executable file `", "not found in $PATH"]).takes(r"file `(?<command>[^`]+)`"),
    sign("exec.command_not_found", &["OCI runtime attempted to invoke a command that was not found"]).general(),
    sign("exec.command_not_found", &["exec:", "no such file or directory"])
        .matches(r"exec: \x22(?<command>[^\x22]+)\x22: (?:stat (?:[^:]+): )?no such file or directory").decided_by(stat_absent),
    sign("exec.command_not_found", &["exec: \"", "is a directory"]).matches(r"exec: \x22(?<command>[^\x22]+)\x22: is a directory").general(),
    sign("exec.command_not_found", &["Container command not found or does not exist"]),
    sign("exec.command_not_found", &["system cannot find the file specified", "container"]).general(),
    sign("exec.command_not_found", &["exec failed:", "not found"]).general().matches(r"exec: (?<command>\S+): not found"),
    sign("exec.command_not_found", &["exec: ", ": not found"]).matches(r"exec: (?:line \d+: |\d+: )?(?<command>[^\s:]+): not found"),
    sign("exec.command_not_found", &["chdir to cwd"]).takes(r"cwd \(\x22(?<path>[^\x22]+)\x22\)"),
    sign("exec.command_not_found", &[": not found"]).general().only(&[Kind::ContainerLogs])
        .matches(r"(?:^|\s)(?:/bin/)?(?:sh|ash|dash|bash): (?:line )?(?:\d+: )?(?<command>[\w./-]+): not found").decided_by(shell_command),
    sign("exec.command_not_found", &["command not found"]).general().only(&[Kind::ContainerLogs])
        .matches(r"(?:line \d+: |\d+: )(?<command>[\w./-]+): command not found").decided_by(shell_command),
    sign("exec.command_not_found", &[": not found"]).general().only(&[Kind::ContainerLogs])
        .matches(r"(?:entrypoint|start|run|init|\.sh)[\w./-]*: (?:line )?(?:\d+: )?(?<command>[\w./-]+): not found").decided_by(shell_command),
    sign("exec.command_not_found", &["can't open file"]).general().matches(r"can't open file '(?<command>[^']+)': \[Errno 2\]"),
    sign("exec.command_not_found", &["Could not find or load main class"]).general(),
    sign("exec.command_not_found", &["Unable to access jarfile"]).takes(r"jarfile (?<command>\S+)"),
    sign("exec.command_not_found", &["Could not open input file"]).general(),
    sign("exec.command_not_found", &["no command specified"]).general(),
    sign("exec.command_not_found", &["error while loading shared libraries"]).general(),
    sign("script.missing_shebang", &["exec format error", "same architecture"]),
];

/// A file that may not be executed, or a folder that may not be entered: a script by its name is the first.
fn script(look: &Look<'_>) -> Verdict {
    if look.has(&[
        "cannot create",
        "cannot open",
        "can't create",
        "cannot overwrite",
    ]) {
        return Verdict::sure(likely("perm.data_dir_owner", 0.75));
    }
    if look.has(&[
        "find:", "mkdir:", "touch:", "chown:", "chmod:", "cp:", "tee:", "ls:", "cat:",
    ]) {
        return Verdict::nothing();
    }
    if look
        .words(named::SELINUX)
        .is_some_and(|it| it == "enforcing")
    {
        return Verdict::sure(likely("perm.selinux", 0.75));
    }
    if look.flag(named::NOEXEC) == Some(true)
        || look.has(&[
            ".sh",
            "entrypoint",
            "/bin/",
            "start",
            "run",
            "./",
            "gradlew",
            "mvnw",
        ])
    {
        return Verdict::sure(likely("perm.entrypoint_not_executable", 0.85));
    }
    Verdict::open(vec![
        likely("perm.entrypoint_not_executable", 0.5),
        likely("perm.data_dir_owner", 0.4),
    ])
}

/// "No such file" about a file that is there means its first line: who is to read it is not.
fn absent(look: &Look<'_>) -> Verdict {
    let head = look.words(named::FIRST_BYTES);
    let present = look.flag(named::FILE_EXISTS);
    if let Some(head) = head {
        if head.contains('\r') || head.contains("\\r") || head.contains("^m") || head.contains("0d")
        {
            return Verdict::sure(likely("script.crlf", 0.96));
        }
        return Verdict::sure(likely("exec.command_not_found", 0.85));
    }
    if look.flag(named::CRLF) == Some(true) {
        return Verdict::sure(likely("script.crlf", 0.96));
    }
    if present == Some(false) {
        return Verdict::sure(likely("exec.command_not_found", 0.92));
    }
    let script = look.has(&[".sh", "entrypoint", ".py", ".rb", ".pl"]) || !look.has(&["exec /"]);
    if script {
        Verdict::open(vec![
            likely("script.crlf", 0.72),
            likely("exec.command_not_found", 0.28),
        ])
    } else {
        Verdict::open(vec![
            likely("exec.command_not_found", 0.6),
            likely("script.crlf", 0.4),
        ])
    }
}

fn stat_absent(look: &Look<'_>) -> Verdict {
    if look.flag(named::CRLF) == Some(true) {
        return Verdict::sure(likely("script.crlf", 0.9));
    }
    if look.piece.kind == Kind::HealthLog || look.has(&["exec failed", "OCI runtime exec"]) {
        return Verdict::sure(likely("health.probe_tool_missing", 0.8));
    }
    Verdict::sure(likely("exec.command_not_found", 0.9))
}

fn interpreter(look: &Look<'_>) -> Verdict {
    if look.has(&["Permission denied"]) {
        return Verdict::sure(likely("perm.entrypoint_not_executable", 0.7));
    }
    if look.has(&["^M", "\\r"]) || look.has(&["bash:", "sh: bad", "python"]) {
        return Verdict::sure(likely("script.crlf", 0.9));
    }
    Verdict::open(vec![
        likely("script.crlf", 0.6),
        likely("exec.command_not_found", 0.4),
    ])
}

/// A script that does not end where it should, most often because of line ends of Windows.
fn shell_end(look: &Look<'_>) -> Verdict {
    let windows = look.anywhere(&["\\r", "^M", "$'"]);
    if windows {
        return Verdict::sure(likely("script.crlf", 0.9));
    }
    let shell = look.has(&[".sh", "bash:", "entrypoint", "sh:"]);
    if shell && look.has(&["end of file", "unexpected token"]) {
        Verdict::open(vec![likely("script.crlf", 0.6)])
    } else {
        Verdict::nothing()
    }
}

/// The search skips a file that may not be executed, and says the same about a healthcheck's tool.
fn not_in_path(look: &Look<'_>) -> Verdict {
    if look.piece.kind == Kind::HealthLog
        || look.has(&[
            "OCI runtime exec failed",
            "exec failed: ",
            "Healthcheck",
            "health check",
        ])
    {
        return Verdict::sure(likely("health.probe_tool_missing", 0.88));
    }
    if look.has(&["exec: \"docker-compose\""]) {
        return Verdict::sure(likely("compose.missing", 0.9));
    }
    let tool = look.has(&["exec: \"docker\""]) && !look.has(&["container process"]);
    if tool || look.has(&["docker-credential"]) {
        return Verdict::nothing();
    }
    if look.has(&["nvidia-container"]) {
        return Verdict::sure(likely("gpu.toolkit_missing", 0.9));
    }
    let executable = executable(look);
    let exists = look.flag(named::FILE_EXISTS);
    if executable == Some(false) || (exists == Some(true) && executable != Some(true)) {
        return Verdict::sure(likely("perm.entrypoint_not_executable", 0.9));
    }
    if exists == Some(false) {
        return Verdict::sure(likely("exec.command_not_found", 0.95));
    }
    Verdict::open(vec![
        likely("exec.command_not_found", 0.8),
        likely("perm.entrypoint_not_executable", 0.2),
    ])
}

/// A shell inside says which program it missed.
fn shell_command(look: &Look<'_>) -> Verdict {
    if look.has(&["\\r", "^M", "$'"]) {
        return Verdict::sure(likely("script.crlf", 0.9));
    }
    if look.piece.kind == Kind::HealthLog
        || look.has(&["curl: not found", "wget: not found", "nc: not found"])
            && look.anywhere(&["health"])
    {
        return Verdict::sure(likely("health.probe_tool_missing", 0.85));
    }
    Verdict::sure(likely("exec.command_not_found", 0.6))
}

/// Whether the file may be executed: said so, or by its mode (`0644`, `-rw-r--r--`).
fn executable(look: &Look<'_>) -> Option<bool> {
    look.flag(named::EXECUTABLE).or_else(|| {
        let mode = look.words(named::MODE)?;
        match u32::from_str_radix(mode.trim_start_matches("0o"), 8) {
            Ok(bits) => Some(bits & 0o111 != 0),
            Err(_) if mode.len() >= 9 => Some(mode.contains('x')),
            Err(_) => None,
        }
    })
}
