//! Images: missing, unreachable, for another kind of processor, or torn.

use crate::diagnose::evidence::Kind;
use crate::diagnose::named;
use crate::diagnose::sign::{Look, SAID_BY_DOCKER, Sign, Verdict, likely, sign};

pub(super) const SIGNS: &[Sign] = &[
    // moby distribution/errors.go, daemon/containerd/image_pull.go
    // containerd says the same of a registry of the site that asks for a login, and adds that
    sign("image.missing", &["pull access denied"]).without(&["no basic auth credentials"]).takes(r"denied for (?<image>[^\s,]+)"),
    sign("image.missing", &["repository does not exist or may require"]).without(&["no basic auth credentials"]),
    sign("image.missing", &["No such image"]).variant("local").takes(r"No such image:? (?<image>[^\s\x22,]+)"),
    sign("image.missing", &["Unable to find image"]).takes(r"image '(?<image>[^']+)' locally").general(),
    sign("image.missing", &["image", "not found", "build or pull"]).general(),
    sign("image.missing", &["docker.errors.ImageNotFound"]).takes(r"No such image: (?<image>[^\s\x22)]+)"),
    sign("image.missing", &["The image for the service you're trying to recreate has been removed"]),
    sign("image.missing", &["pull policy", "never"]).general(),
    sign("image.missing", &["image is required but not present", "pull"]).general(),
    sign("image.missing", &["image", "not found locally"]),
    sign("image.missing", &["unable to get image"]).takes(r"unable to get image '(?<image>[^']+)'").general(),
    sign("image.missing", &["reference does not exist"]).general().only(SAID_BY_DOCKER),
    // Podman: containers/image pkg/shortnames, containers/common libimage
    sign("image.missing", &["short-name", "did not resolve to an alias"]).takes(r"short-name \x22(?<image>[^\x22]+)"),
    sign("image.missing", &[": image not known"]).takes(r"(?<image>[\w./:@-]+): image not known"),
    sign("image.missing", &["locating image locally"]).general(),
    sign("image.missing", &["insufficient_scope: authorization failed"]).decided_by(denied),
    // The network of a registry
    sign("image.registry_dns", &["dial tcp: lookup"]).takes(r"lookup (?<host>[\w.-]+)").decided_by(lookup),
    sign("image.registry_dns", &["dial tcp: lookup", "no such host"]).takes(r"lookup (?<host>[\w.-]+)").decided_by(lookup),
    sign("image.registry_dns", &["lookup", "server misbehaving"]).takes(r"lookup (?<host>[\w.-]+)").decided_by(lookup),
    sign("image.registry_dns", &["lookup", "Temporary failure in name resolution"]).takes(r"lookup (?<host>[\w.-]+)").decided_by(lookup),
    sign("image.registry_timeout", &["Client.Timeout exceeded while awaiting headers"]).takes(r"https?://(?<host>[^/\s\x22]+)").decided_by(registry_time),
    sign("image.registry_timeout", &["request canceled while waiting for connection"]).takes(r"https?://(?<host>[^/\s\x22]+)").decided_by(registry_time),
    sign("image.registry_timeout", &["TLS handshake timeout"]).takes(r"https?://(?<host>[^/\s\x22]+)").decided_by(registry_time),
    sign("image.registry_timeout", &["/v2/", "i/o timeout"]).takes(r"https?://(?<host>[^/\s\x22]+)").decided_by(registry_time),
    sign("image.registry_timeout", &["/v2/", "connect: no route to host"]).takes(r"https?://(?<host>[^/\s\x22]+)"),
    sign("image.registry_timeout", &["/v2/", "network is unreachable"]).takes(r"https?://(?<host>[^/\s\x22]+)"),
    sign("image.registry_timeout", &["/v2/", "connection reset by peer"]).takes(r"https?://(?<host>[^/\s\x22]+)"),
    sign("image.registry_timeout", &["/v2/", "context deadline exceeded"]).takes(r"https?://(?<host>[^/\s\x22]+)"),
    sign("image.registry_timeout", &["/v2/", ": EOF"]).takes(r"https?://(?<host>[^/\s\x22]+)"),
    sign("image.registry_timeout", &["/v2/", "connect: connection refused"]).takes(r"https?://(?<host>[^/\s\x22]+)").decided_by(lookup_refused),
    sign("image.registry_timeout", &["failed to do request", "i/o timeout"]),
    sign("image.registry_timeout", &["failed to do request", "no route to host"]),
    sign("image.registry_timeout", &["failed to do request", "network is unreachable"]),
    sign("image.registry_timeout", &["failed to do request", "connection refused"]).general(),
    sign("image.registry_timeout", &["failed to do request", "EOF"]),
    sign("image.registry_timeout", &["dial tcp", "443", "i/o timeout"]).general().only(SAID_BY_DOCKER),
    sign("image.registry_timeout", &["failed to copy: httpReadSeeker"]).general(),
    sign("image.registry_timeout", &["error pulling image configuration"]).general().without(&["x509"]),
    sign("image.registry_timeout", &["net/http: request canceled"]).general().decided_by(registry_time),
    sign("image.registry_timeout", &["read: connection timed out"]).general().only(SAID_BY_DOCKER),
    sign("image.registry_rate_limit", &["toomanyrequests:"]),
    sign("image.registry_rate_limit", &["429 Too Many Requests"]).only(SAID_BY_DOCKER),
    sign("image.registry_rate_limit", &["pull rate limit"]),
    sign("image.registry_tls", &["server gave HTTP response to HTTPS client"]).first().takes(r"https?://(?<host>[^/\s\x22]+)"),
    sign("image.registry_tls", &["x509: certificate signed by unknown authority"]).takes(r"https?://(?<host>[^/\s\x22]+)").decided_by(authority),
    sign("image.registry_tls", &["x509: certificate is valid for"]).takes(r"https?://(?<host>[^/\s\x22]+)").decided_by(authority),
    sign("image.registry_tls", &["x509: certificate relies on legacy Common Name"]).decided_by(authority),
    sign("image.registry_tls", &["x509: cannot validate certificate for"]).decided_by(authority),
    sign("image.registry_tls", &["tls: failed to verify certificate"]).general().without(&["expired", "not yet valid"]).decided_by(authority),
    sign("image.registry_tls", &["remote error: tls: handshake failure"]).general().only(SAID_BY_DOCKER),
    sign("image.registry_tls", &["tls: first record does not look like a TLS handshake"]).decided_by(authority),
    sign("image.registry_tls", &["oversized record received with length"]).decided_by(authority),
    sign("image.registry_auth", &["unauthorized: authentication required"]),
    sign("image.registry_auth", &["no basic auth credentials"]),
    sign("image.registry_auth", &["unauthorized: incorrect username or password"]),
    sign("image.registry_auth", &["unauthorized: access to the requested resource is not authorized"]),
    sign("image.registry_auth", &["requested access to the resource is denied"]).decided_by(denied).takes(r"for (?<image>[^\s,]+)"),
    sign("image.registry_auth", &["401 Unauthorized"]).general().only(SAID_BY_DOCKER).decided_by(refused),
    sign("image.registry_auth", &["403 Forbidden"]).general().only(SAID_BY_DOCKER).decided_by(refused),
    sign("image.registry_auth", &["failed to fetch anonymous token"]).general().without(&["timeout", "refused", "lookup", "EOF"]),
    sign("image.registry_auth", &["failed to fetch oauth token"]).general().without(&["timeout", "refused", "lookup"]),
    sign("image.registry_auth", &["failed to authorize"]).general().without(&["timeout", "refused", "lookup", "EOF", "x509"]),
    sign("image.registry_auth", &["error from registry: unauthorized"]),
    // Some registries answer with the bare code of the distribution protocol.
    sign("image.registry_auth", &["/v2/", ": unauthorized"]).only(SAID_BY_DOCKER).matches(r": unauthorized\s*$"),
    sign("image.registry_auth", &["error from registry: denied"]),
    // ghcr.io and others say one word; Harbor names the repository and the action
    sign("image.registry_auth", &["denied"]).only(SAID_BY_DOCKER)
        .matches(r"https?://(?<host>[^/\s\x22]+)/v2/[^\x22]*\x22: (?:denied|unauthorized)\b"),
    sign("image.registry_auth", &["unauthorized"]).only(SAID_BY_DOCKER)
        .matches(r"unauthorized: (?:unauthorized to access repository|not authorized|access denied|invalid credential)|https?://[^/\s\x22]+/v2/[^\x22]*\x22: unauthorized"),
    sign("image.registry_auth", &["unauthorized: project", "not found"]),
    sign("image.manifest_unknown", &["manifest unknown"]).takes(r"manifest for (?<image>\S+) not found"),
    sign("image.manifest_unknown", &["manifest for", "not found"]).without(&["no matching manifest"]).takes(r"manifest for (?<image>\S+) not found"),
    sign("image.manifest_unknown", &["failed to resolve reference", "not found"]).takes(r"reference \x22(?<image>[^\x22]+)"),
    // Processors: moby daemon/create.go, image/store
    sign("image.arch_mismatch", &["no matching manifest for"]).takes(r"manifest for (?<host_platform>\S+) in"),
    sign("image.arch_mismatch", &["no match for platform in manifest"]).takes(r"(?<image>\S+): no match"),
    sign("image.arch_mismatch", &["does not match the specified platform"])
        .takes(r"reference (?<image>\S+) was found but (?:does not match the specified platform: wanted (?<host_platform>[^,\s]+), actual: (?<platform>\S+)|its platform \((?<other>[^)]+)\))")
        .first(),
    sign("image.arch_mismatch", &["exec format error"]).takes(r"exec:? \x22?(?<path>/[^\s\x22:]+)").decided_by(exec_format),
    sign("image.arch_mismatch", &["cannot execute binary file"]).general().without(&["docker-compose"]).decided_by(binary),
    sign("image.arch_mismatch", &["does not match the detected host platform"]).warning().decided_by(foreign_platform)
        .takes(r"image's platform \((?<platform>[^)]+)\) does not match the detected host platform \((?<host_platform>[^)]+)\)"),
    sign("image.arch_mismatch", &["cannot load", "image on"]).matches(r"cannot load (?<platform>\w+) image on (?<host_platform>\w+)"),
    sign("image.arch_mismatch", &["image operating system", "cannot be used on this platform"]),
    sign("image.arch_mismatch", &["cannot be used on this platform"]),
    sign("image.arch_mismatch", &["image platform", "does not match"]).general(),
    sign("image.arch_mismatch", &["qemu-x86_64: Could not open '/lib64/ld-linux-x86-64.so.2'"]),
    sign("image.arch_mismatch", &["qemu-", "Could not open '/lib"]),
    sign("image.arch_mismatch", &["rosetta error"]).general(),
    sign("image.arch_mismatch", &["no such image", "platform"]).general(),
    // docker load: moby image/tarexport, archive; containerd
    sign("image.archive_corrupt", &["Error processing tar file"]).decided_by(tar),
    sign("image.archive_corrupt", &["archive/tar: invalid tar header"]).decided_by(tar),
    sign("image.archive_corrupt", &["invalid tar header"]).general(),
    sign("image.archive_corrupt", &["gzip: invalid checksum"]),
    sign("image.archive_corrupt", &["gzip: invalid header"]),
    sign("image.archive_corrupt", &["unexpected EOF"]).general().only(SAID_BY_DOCKER),
    // `docker load` 26.1 of half a file says nothing else.
    sign("image.archive_corrupt", &["unexpected EOF"]).general().matches(r"^unexpected EOF$"),
    sign("image.archive_corrupt", &["zlib: invalid"]).general(),
    sign("image.archive_corrupt", &["flate: corrupt input"]),
    sign("image.archive_corrupt", &["invalid manifest, layers length mismatch"]),
    sign("image.archive_corrupt", &["invalid diffID for layer"]),
    sign("image.archive_corrupt", &["manifest.json: no such file"]),
    sign("image.archive_corrupt", &["manifest.json: The system cannot find"]),
    sign("image.archive_corrupt", &["/json: no such file or directory", "docker-import"]),
    sign("image.archive_corrupt", &["docker-import-", "no such file or directory"]).general(),
    sign("image.archive_corrupt", &["invalid archive: does not contain"]),
    sign("image.archive_corrupt", &["unrecognized image format"]),
    sign("image.archive_corrupt", &["payload does not match any of the supported image formats"]).first(),
    sign("image.archive_corrupt", &["failed to extract layer"]).general().without(&["no space", "read-only", "permission denied", "operation not permitted"]),
    sign("image.archive_corrupt", &["failed size validation"]),
    // containerd, 26.1: half an archive
    sign("image.archive_corrupt", &["failed to read expected number of bytes"]),
    sign("image.archive_corrupt", &["unexpected commit digest"]),
    sign("image.archive_corrupt", &["content digest", "not found"]),
    sign("image.archive_corrupt", &["magic number mismatch"]),
    sign("image.archive_corrupt", &["zstd: invalid input"]),
    sign("image.archive_corrupt", &["filesystem layer verification failed"]),
    sign("image.archive_corrupt", &["invalid checksum digest"]),
    sign("image.archive_corrupt", &["failed to verify certificate layer"]).general(),
    sign("image.archive_corrupt", &["layers from manifest don't match image configuration"]),
    sign("image.archive_corrupt", &["layer does not exist"]).general(),
    sign("image.archive_corrupt", &["failed to get digest", "no such file or directory"]),
    sign("image.archive_corrupt", &["unknown blob"]).general(),
    sign("image.archive_corrupt", &["duplicates of file paths not supported"]).first(),
    sign("image.archive_corrupt", &["tar: Unexpected EOF in archive"]),
    sign("image.archive_corrupt", &["not in gzip format"]).general(),
];

/// A name that a registry refuses is, without internet, an image that was never loaded; a registry of the site is one.
fn denied(look: &Look<'_>) -> Verdict {
    if look.has(&["pull access denied", "repository does not exist"]) {
        return Verdict::sure(likely("image.missing", 0.9));
    }
    let private = look
        .line
        .split(|c: char| c.is_whitespace() || c == '"' || c == '\'')
        .any(|word| {
            let host = word
                .trim_start_matches("https://")
                .split('/')
                .next()
                .unwrap_or_default();
            word.contains('/')
                && (host.contains('.') || host.contains(':'))
                && !host.contains("docker.io")
        });
    if private {
        Verdict::sure(likely("image.registry_auth", 0.85))
    } else {
        Verdict::open(vec![
            likely("image.missing", 0.65),
            likely("image.registry_auth", 0.35),
        ])
    }
}

/// Whoever ran an image that is not here never asked for the registry.
fn refused(look: &Look<'_>) -> Verdict {
    if look.anywhere(&["Unable to find image"]) {
        return Verdict::sure(likely("image.missing", 0.7));
    }
    Verdict::sure(likely("image.registry_auth", 0.6))
}

/// Programs look names up as well; a registry's name stands in a request for an image.
fn lookup(look: &Look<'_>) -> Verdict {
    if look.has(&["proxyconnect"]) {
        return Verdict::sure(likely("net.proxy", 0.9));
    }
    let registry = look.has(&[
        "/v2/",
        "registry",
        "docker.io",
        "ghcr.io",
        "quay.io",
        "auth.",
        "failed to do request",
        "failed to resolve reference",
    ]);
    let log = look.piece.kind == Kind::ContainerLogs;
    if registry || !log {
        Verdict::sure(likely("image.registry_dns", 0.9))
    } else {
        Verdict::sure(likely("net.dns_container", 0.75))
    }
}

fn lookup_refused(look: &Look<'_>) -> Verdict {
    if look.has(&["lookup"]) {
        return lookup(look);
    }
    if look.has(&["proxyconnect"]) {
        return Verdict::sure(likely("net.proxy", 0.9));
    }
    Verdict::sure(likely("image.registry_timeout", 0.85))
}

fn registry_time(look: &Look<'_>) -> Verdict {
    if look.has(&["proxyconnect"]) {
        return Verdict::sure(likely("net.proxy", 0.9));
    }
    if look.has(&["lookup"]) {
        return lookup(look);
    }
    let program = matches!(look.piece.kind, Kind::ContainerLogs | Kind::HealthLog);
    if program && !look.has(&["registry", "/v2/"]) {
        return Verdict::nothing();
    }
    Verdict::sure(likely("image.registry_timeout", 0.9))
}

fn authority(look: &Look<'_>) -> Verdict {
    if look.has(&["expired", "not yet valid"]) {
        return Verdict::nothing();
    }
    let registry = look.piece.kind != Kind::ContainerLogs || look.has(&["/v2/", "registry"]);
    if registry {
        Verdict::sure(likely("image.registry_tls", 0.9))
    } else {
        Verdict::nothing()
    }
}

/// A shell that was given itself to read says so too: `bash: bash: cannot execute binary file`.
fn binary(look: &Look<'_>) -> Verdict {
    let parts: Vec<&str> = look.line.split(": ").collect();
    if parts.windows(2).any(|pair| pair[0] == pair[1]) {
        return Verdict::nothing();
    }
    Verdict::sure(likely("image.arch_mismatch", 0.6))
}

/// Another processor, or a text file that does not say who is to read it, or an empty file.
fn exec_format(look: &Look<'_>) -> Verdict {
    let image = look.words(named::IMAGE_ARCH);
    let host = look.words(named::HOST_ARCH);
    let first = look.words(named::FIRST_BYTES);
    if look.number(named::FILE_SIZE) == Some(0.0) {
        return Verdict::sure(likely("image.archive_corrupt", 0.85));
    }
    if let (Some(image), Some(host)) = (image, host) {
        return if same_processor(&image, &host) {
            Verdict::sure(likely("script.missing_shebang", 0.9))
        } else {
            Verdict::sure(likely("image.arch_mismatch", 0.97).variant("exec"))
        };
    }
    if first.is_some_and(|it| !it.contains("elf") && !it.starts_with("#!")) {
        return Verdict::sure(likely("script.missing_shebang", 0.9));
    }
    if look.anywhere(&["does not match the detected host platform"]) {
        return Verdict::sure(likely("image.arch_mismatch", 0.96).variant("exec"));
    }
    // A script by its name; a program has no such ending.
    if look.has(&[".sh\"", ".sh:", ".py\"", ".py:", ".sh'"])
        && !look.has(&["docker-entrypoint.sh", "/entrypoint.sh", "/bin/sh"])
    {
        return Verdict::open(vec![
            likely("script.missing_shebang", 0.55),
            likely("image.arch_mismatch", 0.45),
        ]);
    }
    Verdict::open(vec![
        likely("image.arch_mismatch", 0.75).variant("exec"),
        likely("script.missing_shebang", 0.25),
    ])
}

/// `amd64` and `x86_64` are one, `linux/arm64/v8` and `aarch64` as well.
fn same_processor(a: &str, b: &str) -> bool {
    let plain = |name: &str| {
        let name = name.rsplit_once("linux/").map_or(name, |(_, rest)| rest);
        let name = name.split('/').next().unwrap_or(name);
        match name {
            "x86_64" | "x86-64" | "x64" => "amd64",
            "aarch64" | "arm64v8" => "arm64",
            other => other,
        }
        .to_owned()
    };
    plain(a) == plain(b)
}

/// A warning, which emulation makes harmless.
fn foreign_platform(look: &Look<'_>) -> Verdict {
    let failed = look.number(named::EXIT_CODE).is_some_and(|it| it > 0.0)
        || look.anywhere(&[
            "exec format error",
            "exited with code 1",
            "exited (1)",
            "qemu:",
            "exited with code 255",
        ]);
    if failed {
        Verdict::sure(likely("image.arch_mismatch", 0.8))
    } else {
        Verdict::nothing()
    }
}

/// A full disk tears archives too, and says so in the same line.
fn tar(look: &Look<'_>) -> Verdict {
    if look.has(&["no space left"]) {
        return Verdict::nothing();
    }
    if look.has(&["read-only file system", "input/output error"]) {
        return Verdict::sure(likely("disk.readonly_or_io", 0.85));
    }
    if look.has(&["operation not permitted", "lchown"]) {
        return Verdict::open(vec![
            likely("storage.fs_unsupported", 0.4),
            likely("image.archive_corrupt", 0.3),
        ]);
    }
    if look.has(&[
        "unexpected EOF",
        "invalid tar",
        "exit status 1",
        "duplicates",
        "checksum",
    ]) {
        return Verdict::sure(likely("image.archive_corrupt", 0.9));
    }
    Verdict::open(vec![likely("image.archive_corrupt", 0.6)])
}
