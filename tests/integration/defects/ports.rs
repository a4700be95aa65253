//! Ports that somebody has, and values that nobody filled in. The listeners are real.

use super::{Defect, change};
use serde_json::{Value, json};
use std::fs;
use std::net::{Ipv6Addr, SocketAddr, TcpListener, UdpSocket};
use tests::fake_engine::FakeContainer;
use tests::sandbox::Sandbox;

/// Keeps something as long as the tests run.
fn keep<T>(thing: T) {
    std::mem::forget(thing);
}

/// A port that this process listens on from now on.
fn held() -> u16 {
    let listener = TcpListener::bind("0.0.0.0:0").expect("a free port");
    let port = listener.local_addr().expect("bound").port();
    keep(listener);
    port
}

/// Two neighbours that are held.
fn held_range() -> (u16, u16) {
    for _ in 0..200 {
        let first = TcpListener::bind("0.0.0.0:0").expect("a free port");
        let port = first.local_addr().expect("bound").port();
        if let Ok(second) = TcpListener::bind(("0.0.0.0", port.saturating_add(1))) {
            keep((first, second));
            return (port, port + 1);
        }
    }
    panic!("no two free neighbours")
}

fn web_port(sandbox: &Sandbox, port: u16) {
    sandbox.file(".env", &format!("# The shop\nWEB_PORT={port}\n"));
}

/// Changes the port of the front page.
fn port(sandbox: &Sandbox, key: &str, value: Value) {
    change(sandbox, |config| {
        config["services"]["web"]["ports"][0][key] = value;
    });
}

fn environment(sandbox: &Sandbox, name: &str, value: &str) {
    change(sandbox, |config| {
        config["services"]["web"]["environment"][name] = value.into();
    });
}

fn env(sandbox: &Sandbox, lines: &str) {
    let before = fs::read_to_string(sandbox.package.join(".env")).expect("is there");
    sandbox.file(".env", &(before + lines));
}

fn container(project: &str) -> FakeContainer {
    let mut other = FakeContainer::running(project, "front", "/srv/elsewhere");
    other.ports = vec![(18471, 80)];
    other
}

const HELD: (&str, &str) = ("port.in_use", "block");
const PLACEHOLDER: (&str, &str) = ("compose.env_placeholder", "warn");
const FIX: &str = "port.in_use:web:";

pub(crate) const DEFECTS: &[Defect] = &[
    Defect {
        name: "a program has the port",
        plant: |sandbox| web_port(sandbox, held()),
        says: &[HELD],
        fix: FIX,
    },
    Defect {
        name: "a program has the port, which is written nowhere but as a default",
        plant: |sandbox| {
            fs::remove_file(sandbox.package.join(".env")).expect("was there");
            port(
                sandbox,
                "published",
                format!("${{WEB_PORT:-{}}}", held()).into(),
            );
        },
        says: &[HELD],
        fix: FIX,
    },
    Defect {
        name: "a program has the port, and it is written as a number",
        plant: |sandbox| port(sandbox, "published", held().to_string().into()),
        says: &[HELD],
        fix: "",
    },
    Defect {
        name: "a program has the port for UDP",
        plant: |sandbox| {
            let socket = UdpSocket::bind("127.0.0.1:0").expect("a free port");
            web_port(sandbox, socket.local_addr().expect("bound").port());
            port(sandbox, "protocol", "udp".into());
            keep(socket);
        },
        says: &[HELD],
        fix: FIX,
    },
    Defect {
        name: "a program has the port for IPv6 alone",
        plant: |sandbox| {
            let any = SocketAddr::from((Ipv6Addr::LOCALHOST, 0));
            let listener = TcpListener::bind(any).expect("IPv6");
            web_port(sandbox, listener.local_addr().expect("bound").port());
            keep(listener);
        },
        says: &[HELD],
        fix: FIX,
    },
    Defect {
        name: "a program has the port on the address that is asked for",
        plant: |sandbox| {
            web_port(sandbox, held());
            port(sandbox, "host_ip", "127.0.0.1".into());
        },
        says: &[HELD],
        fix: FIX,
    },
    Defect {
        name: "every port of the range is held",
        plant: |sandbox| {
            let (first, last) = held_range();
            port(sandbox, "published", format!("{first}-{last}").into());
        },
        says: &[HELD],
        fix: "",
    },
    Defect {
        name: "a container of another project has the port",
        plant: |sandbox| sandbox.engine.add(container("elsewhere")),
        says: &[HELD],
        fix: FIX,
    },
    Defect {
        name: "a container of no project has the port",
        plant: |sandbox| sandbox.engine.add(container("")),
        says: &[HELD],
        fix: FIX,
    },
    Defect {
        name: "two services want one port",
        plant: |sandbox| {
            change(sandbox, |config| {
                config["services"]["db"]["ports"] = json!([{ "target": 5432, "published": "${DB_PORT:-18471}", "protocol": "tcp" }]);
            });
        },
        says: &[HELD],
        fix: "port.in_use:",
    },
    Defect {
        name: "two containers of a service want one port",
        plant: |sandbox| {
            change(sandbox, |config| {
                config["services"]["web"]["scale"] = 2.into();
            });
        },
        says: &[HELD],
        fix: "",
    },
    Defect {
        name: "the address is another computer's",
        plant: |sandbox| port(sandbox, "host_ip", "${WEB_IP:-192.0.2.10}".into()),
        says: &[("net.bind_address_missing", "block")],
        fix: "net.bind_address_missing:web:",
    },
    Defect {
        name: "a service on the host's network may want a held port",
        plant: |sandbox| {
            let held = held();
            change(sandbox, |config| {
                config["services"]["web"]["network_mode"] = "host".into();
                config["services"]["web"]["ports"][0]["target"] = held.into();
            });
        },
        says: &[("port.in_use", "warn")],
        fix: "",
    },
    Defect {
        name: "a program has a port that the compose file names as a number",
        plant: |sandbox| {
            let held = held();
            port(sandbox, "published", held.to_string().into());
        },
        says: &[HELD],
        fix: FIX,
    },
    Defect {
        name: "a value is still the vendor's placeholder",
        plant: |sandbox| env(sandbox, "SITE=<your domain>\n"),
        says: &[PLACEHOLDER],
        fix: "",
    },
    Defect {
        name: "a secret is still the vendor's placeholder",
        plant: |sandbox| env(sandbox, "DB_PASSWORD=change_me_please\n"),
        says: &[PLACEHOLDER],
        fix: "",
    },
    Defect {
        name: "a placeholder in Chinese",
        plant: |sandbox| env(sandbox, "SITE=请填写域名\n"),
        says: &[PLACEHOLDER],
        fix: "",
    },
    Defect {
        name: "a secret that services use is empty",
        plant: |sandbox| {
            env(sandbox, "DB_PASSWORD=\n");
            environment(sandbox, "DB_PASSWORD", "${DB_PASSWORD:-}");
        },
        says: &[PLACEHOLDER],
        fix: "",
    },
    Defect {
        name: "a variable is set nowhere",
        plant: |sandbox| environment(sandbox, "REGION", "${REGION}"),
        says: &[("compose.env_missing", "warn")],
        fix: "",
    },
    Defect {
        name: "a variable that has to have a value is set nowhere",
        plant: |sandbox| environment(sandbox, "REGION", "${REGION:?the region}"),
        says: &[("compose.env_missing", "block")],
        fix: "",
    },
    Defect {
        name: "the version of an image has to be given",
        plant: |sandbox| {
            change(sandbox, |config| {
                config["services"]["web"]["image"] = "shop/web:${TAG:?}".into();
            });
        },
        says: &[("compose.env_missing", "block")],
        fix: "",
    },
    Defect {
        name: "a folder and a port have to be given",
        plant: |sandbox| {
            change(sandbox, |config| {
                let web = &mut config["services"]["web"];
                web["ports"][0]["published"] = "${FRONT:?}".into();
                web["volumes"][1]["source"] = "${PLACE:?}/web.conf".into();
            });
        },
        says: &[("compose.env_missing", "block")],
        fix: "",
    },
    Defect {
        name: "what the vendor requires is not filled in",
        plant: |sandbox| {
            sandbox.file(
                "quayside.yaml",
                "settings:\n  - {key: SITE, title: Site, required: true}\n",
            );
        },
        says: &[("compose.env_missing", "block")],
        fix: "",
    },
];
