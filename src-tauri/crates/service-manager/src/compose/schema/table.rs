//! The table: every key of a compose file and what its value has to be. Sorted by key.

use super::Rule::{self, Any, Bool, Either, Keys, List, Null, Number, Set};

const WORDS: Rule = Rule::Text;
const TEXT_OR_NUMBER: Rule = Either(&[&WORDS, &Number]);
const TEXTS: Rule = Set(&WORDS);
const TEXT_OR_TEXTS: Rule = Either(&[&WORDS, &List(&WORDS)]);
const SCALAR: Rule = Either(&[&WORDS, &Number, &Bool, &Null]);
const PAIRS: Rule = Either(&[&Rule::Map(&SCALAR), &Set(&Any)]);
const COMMAND: Rule = Either(&[&Null, &WORDS, &List(&WORDS)]);
const OBJECT: Rule = Rule::Map(&Any);
const OBJECT_OR_NULL: Rule = Either(&[&OBJECT, &Null]);

const HEALTHCHECK: Rule = Keys(
    &[
        ("disable", &Bool),
        ("interval", &WORDS),
        ("retries", &Number),
        ("start_interval", &WORDS),
        ("start_period", &WORDS),
        ("test", &TEXT_OR_TEXTS),
        ("timeout", &WORDS),
    ],
    &[],
);

const BUILD: Rule = Either(&[
    &WORDS,
    &Keys(
        &[
            ("additional_contexts", &PAIRS),
            ("args", &PAIRS),
            ("cache_from", &List(&WORDS)),
            ("cache_to", &List(&WORDS)),
            ("context", &WORDS),
            ("dockerfile", &WORDS),
            ("dockerfile_inline", &WORDS),
            ("entitlements", &List(&WORDS)),
            ("extra_hosts", &Any),
            ("isolation", &WORDS),
            ("labels", &PAIRS),
            ("network", &WORDS),
            ("no_cache", &Bool),
            ("platforms", &List(&WORDS)),
            ("privileged", &Bool),
            ("provenance", &Any),
            ("pull", &Bool),
            ("sbom", &Any),
            ("secrets", &List(&Any)),
            ("shm_size", &TEXT_OR_NUMBER),
            ("ssh", &Any),
            ("tags", &List(&WORDS)),
            ("target", &WORDS),
            ("ulimits", &ULIMITS),
        ],
        &[],
    ),
]);

const ULIMITS: Rule = Rule::Map(&Either(&[
    &Number,
    &Keys(&[("hard", &Number), ("soft", &Number)], &["soft", "hard"]),
]));

const PORT: Rule = Either(&[
    &TEXT_OR_NUMBER,
    &Keys(
        &[
            ("app_protocol", &WORDS),
            ("host_ip", &WORDS),
            ("mode", &WORDS),
            ("name", &WORDS),
            ("protocol", &WORDS),
            ("published", &TEXT_OR_NUMBER),
            ("target", &Number),
        ],
        &[],
    ),
]);

const VOLUME: Rule = Either(&[
    &WORDS,
    &Keys(
        &[
            (
                "bind",
                &Keys(
                    &[
                        ("create_host_path", &Bool),
                        ("propagation", &WORDS),
                        ("recursive", &WORDS),
                        ("selinux", &WORDS),
                    ],
                    &[],
                ),
            ),
            ("consistency", &WORDS),
            ("image", &OBJECT),
            ("read_only", &Bool),
            ("source", &WORDS),
            ("target", &WORDS),
            (
                "tmpfs",
                &Keys(&[("mode", &Number), ("size", &TEXT_OR_NUMBER)], &[]),
            ),
            ("type", &WORDS),
            (
                "volume",
                &Keys(
                    &[("labels", &PAIRS), ("nocopy", &Bool), ("subpath", &WORDS)],
                    &[],
                ),
            ),
        ],
        &["type"],
    ),
]);

const DEPENDS_ON: Rule = Either(&[
    &TEXTS,
    &Rule::Map(&Keys(
        &[
            (
                "condition",
                &Rule::Word(&[
                    "service_started",
                    "service_healthy",
                    "service_completed_successfully",
                ]),
            ),
            ("required", &Bool),
            ("restart", &Bool),
        ],
        &["condition"],
    )),
]);

const DEPLOY: Rule = Either(&[
    &Null,
    &Keys(
        &[
            ("endpoint_mode", &WORDS),
            ("labels", &PAIRS),
            ("mode", &WORDS),
            ("placement", &OBJECT),
            ("replicas", &Number),
            ("resources", &OBJECT),
            ("restart_policy", &OBJECT),
            ("rollback_config", &OBJECT),
            ("update_config", &OBJECT),
        ],
        &[],
    ),
]);

const ENV_FILE: Rule = Either(&[
    &WORDS,
    &List(&Either(&[
        &WORDS,
        &Keys(
            &[("format", &WORDS), ("path", &WORDS), ("required", &Bool)],
            &["path"],
        ),
    ])),
]);

const SERVICE_NETWORKS: Rule = Either(&[
    &TEXTS,
    &Rule::Map(&Either(&[
        &Null,
        &Keys(
            &[
                ("aliases", &TEXTS),
                ("driver_opts", &OBJECT),
                ("gw_priority", &Number),
                ("interface_name", &WORDS),
                ("ipv4_address", &WORDS),
                ("ipv6_address", &WORDS),
                ("link_local_ips", &TEXTS),
                ("mac_address", &WORDS),
                ("priority", &Number),
            ],
            &[],
        ),
    ])),
]);

const LOGGING: Rule = Keys(
    &[
        ("driver", &WORDS),
        ("options", &Rule::Map(&Either(&[&WORDS, &Number, &Null]))),
    ],
    &[],
);

const SERVICE: Rule = Keys(
    &[
        ("annotations", &PAIRS),
        ("attach", &Bool),
        ("blkio_config", &OBJECT),
        ("build", &BUILD),
        ("cap_add", &TEXTS),
        ("cap_drop", &TEXTS),
        ("cgroup", &Rule::Word(&["host", "private"])),
        ("cgroup_parent", &WORDS),
        ("command", &COMMAND),
        ("configs", &List(&Any)),
        ("container_name", &WORDS),
        ("cpu_count", &TEXT_OR_NUMBER),
        ("cpu_percent", &TEXT_OR_NUMBER),
        ("cpu_period", &TEXT_OR_NUMBER),
        ("cpu_quota", &TEXT_OR_NUMBER),
        ("cpu_rt_period", &TEXT_OR_NUMBER),
        ("cpu_rt_runtime", &TEXT_OR_NUMBER),
        ("cpu_shares", &TEXT_OR_NUMBER),
        ("cpus", &TEXT_OR_NUMBER),
        ("cpuset", &WORDS),
        ("credential_spec", &OBJECT),
        ("depends_on", &DEPENDS_ON),
        ("deploy", &DEPLOY),
        ("develop", &OBJECT_OR_NULL),
        ("device_cgroup_rules", &TEXTS),
        ("devices", &Set(&Any)),
        ("dns", &Either(&[&WORDS, &List(&WORDS)])),
        ("dns_opt", &TEXTS),
        ("dns_search", &TEXT_OR_TEXTS),
        ("domainname", &WORDS),
        ("entrypoint", &COMMAND),
        ("env_file", &ENV_FILE),
        ("environment", &PAIRS),
        ("expose", &Set(&TEXT_OR_NUMBER)),
        (
            "extends",
            &Either(&[
                &WORDS,
                &Keys(&[("file", &WORDS), ("service", &WORDS)], &["service"]),
            ]),
        ),
        ("external_links", &TEXTS),
        ("extra_hosts", &PAIRS),
        ("gpus", &Any),
        ("group_add", &Set(&TEXT_OR_NUMBER)),
        ("healthcheck", &HEALTHCHECK),
        ("hostname", &WORDS),
        ("image", &WORDS),
        ("init", &Bool),
        ("ipc", &WORDS),
        ("isolation", &WORDS),
        ("label_file", &TEXT_OR_TEXTS),
        ("labels", &PAIRS),
        ("links", &TEXTS),
        ("logging", &LOGGING),
        ("mac_address", &WORDS),
        ("mem_limit", &TEXT_OR_NUMBER),
        ("mem_reservation", &TEXT_OR_NUMBER),
        ("mem_swappiness", &TEXT_OR_NUMBER),
        ("memswap_limit", &TEXT_OR_NUMBER),
        ("models", &Any),
        ("network_mode", &WORDS),
        ("networks", &SERVICE_NETWORKS),
        ("oom_kill_disable", &Bool),
        ("oom_score_adj", &TEXT_OR_NUMBER),
        ("pid", &Either(&[&WORDS, &Null])),
        ("pids_limit", &TEXT_OR_NUMBER),
        ("platform", &WORDS),
        ("ports", &List(&PORT)),
        ("post_start", &List(&OBJECT)),
        ("pre_stop", &List(&OBJECT)),
        ("privileged", &Bool),
        ("profiles", &TEXTS),
        ("provider", &OBJECT),
        ("pull_policy", &WORDS),
        ("pull_refresh_after", &WORDS),
        ("read_only", &Bool),
        ("restart", &WORDS),
        ("runtime", &WORDS),
        ("scale", &Number),
        ("secrets", &List(&Any)),
        ("security_opt", &TEXTS),
        ("shm_size", &TEXT_OR_NUMBER),
        ("stdin_open", &Bool),
        ("stop_grace_period", &WORDS),
        ("stop_signal", &WORDS),
        ("storage_opt", &OBJECT),
        ("sysctls", &PAIRS),
        ("tmpfs", &TEXT_OR_TEXTS),
        ("tty", &Bool),
        ("ulimits", &ULIMITS),
        ("use_api_socket", &Bool),
        ("user", &WORDS),
        ("userns_mode", &WORDS),
        ("uts", &WORDS),
        ("volumes", &List(&VOLUME)),
        ("volumes_from", &TEXTS),
        ("working_dir", &WORDS),
    ],
    &[],
);

const EXTERNAL: Rule = Either(&[&Bool, &Keys(&[("name", &WORDS)], &[])]);

const NETWORK: Rule = Either(&[
    &Null,
    &Keys(
        &[
            ("attachable", &Bool),
            ("driver", &WORDS),
            ("driver_opts", &OBJECT),
            ("enable_ipv4", &Bool),
            ("enable_ipv6", &Bool),
            ("external", &EXTERNAL),
            ("internal", &Bool),
            ("ipam", &OBJECT_OR_NULL),
            ("labels", &PAIRS),
            ("name", &WORDS),
        ],
        &[],
    ),
]);

const NAMED_VOLUME: Rule = Either(&[
    &Null,
    &Keys(
        &[
            ("driver", &WORDS),
            ("driver_opts", &OBJECT),
            ("external", &EXTERNAL),
            ("labels", &PAIRS),
            ("name", &WORDS),
        ],
        &[],
    ),
]);

/// A config or a secret.
const FILE: Rule = Keys(
    &[
        ("content", &WORDS),
        ("driver", &WORDS),
        ("driver_opts", &OBJECT),
        ("environment", &WORDS),
        ("external", &EXTERNAL),
        ("file", &WORDS),
        ("labels", &PAIRS),
        ("name", &WORDS),
        ("template_driver", &WORDS),
    ],
    &[],
);

pub(super) const ROOT: Rule = Keys(
    &[
        ("configs", &Rule::Map(&FILE)),
        ("include", &Either(&[&Null, &List(&Any)])),
        ("models", &Any),
        ("name", &WORDS),
        ("networks", &Rule::Map(&NETWORK)),
        ("secrets", &Rule::Map(&FILE)),
        // an override may name a service and say nothing of it
        ("services", &Rule::Map(&Either(&[&Null, &SERVICE]))),
        ("version", &WORDS),
        ("volumes", &Rule::Map(&NAMED_VOLUME)),
    ],
    &[],
);
