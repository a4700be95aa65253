use super::super::tests::well;
use super::*;
use crate::api::check::Check;

fn route(net: &str, interface: &str) -> Route {
    Route {
        net: net.parse().expect("a network"),
        interface: interface.into(),
    }
}

fn network(key: &str, subnets: &[&str]) -> Network {
    Network {
        key: key.into(),
        name: format!("demo_{key}"),
        subnets: subnets.iter().map(|it| (*it).to_owned()).collect(),
        ..Network::default()
    }
}

fn facts(name: &str, subnet: &str) -> NetworkFacts {
    NetworkFacts {
        name: name.into(),
        driver: "bridge".into(),
        subnets: vec![subnet.into()],
        key: name.strip_prefix("demo_").map(str::to_owned),
        interface: format!("br-{name}"),
        ..NetworkFacts::default()
    }
}

/// Id, state and the parameter that says what is meant.
fn said(change: impl FnOnce(&mut ObservedState)) -> Vec<(String, CheckState, String)> {
    let mut state = well();
    change(&mut state);
    let rows = check(&state).into_iter().map(|judged| judged.check);
    let shown = |check: Check| {
        assert!(!check.message.to_string().is_empty());
        let fine = check.state == CheckState::Pass;
        assert!(
            fine || (check.why.is_some() && !check.steps.is_empty()),
            "{check:?}"
        );
        (check.id, check.state, check.message.to_string())
    };
    rows.map(shown).collect()
}

fn ids(found: &[(String, CheckState, String)]) -> Vec<(&str, CheckState)> {
    found
        .iter()
        .map(|(id, state, _)| (id.as_str(), *state))
        .collect()
}

#[test]
fn a_subnet_of_the_company_is_not_taken_silently() {
    let found = said(|state| {
        state.around.networks = vec![network("back", &["192.168.2.0/24"])];
        state.around.routes = vec![route("192.168.0.0/16", "tun0")];
    });
    assert_eq!(ids(&found), [("net.subnet_overlap", CheckState::Warn)]);
    assert!(found[0].2.contains("tun0"), "{found:?}");
    for fine in ["br-0123456789ab", "docker0"] {
        let found = said(|state| {
            state.around.networks = vec![network("back", &["172.30.0.0/16"])];
            state.around.routes = vec![route("172.30.0.0/16", fine)];
        });
        assert_eq!(
            ids(&found),
            [("net.subnet_overlap", CheckState::Pass)],
            "{fine}"
        );
    }
}

#[test]
fn two_networks_cannot_have_the_same_addresses() {
    let found = said(|state| {
        state.around.networks = vec![network("back", &["172.28.0.0/16"])];
        state.around.existing = Ok(vec![facts("other_default", "172.28.4.0/24")]);
    });
    assert_eq!(ids(&found), [("net.subnet_overlap", CheckState::Block)]);
}

#[test]
fn the_subnet_that_is_proposed_is_free() {
    let mut state = well();
    state.around.networks = vec![
        network("back", &["172.16.0.0/16"]),
        network("front", &["172.18.0.0/16"]),
    ];
    state.around.existing = Ok(vec![facts("other", "172.17.0.0/16")]);
    state.around.routes = vec![route("172.19.0.0/20", "eth0")];
    let existing = state.around.existing.clone().expect("seen");
    let like = "172.16.0.0/16".parse().expect("a network");
    assert_eq!(free(&state, &existing, like), "172.20.0.0/16");
}

#[test]
fn a_vpn_that_came_after_docker_is_noticed() {
    let found = said(|state| {
        state.around.existing = Ok(vec![
            facts("bridge", "172.17.0.0/16"),
            facts("foreign", "10.1.0.0/16"),
        ]);
        state.around.routes = vec![route("172.17.8.0/24", "wg0"), route("10.1.2.0/24", "wg0")];
    });
    assert_eq!(
        ids(&found),
        [("net.subnet_overlap", CheckState::Warn)],
        "only what is ours"
    );
}

#[test]
fn addresses_run_out() {
    let full = |state: &mut ObservedState| {
        state.around.networks = vec![network("back", &[])];
        state.around.existing = Ok(vec![
            facts("a", "172.16.0.0/12"),
            facts("b", "192.168.0.0/17"),
        ]);
        state.around.routes = vec![route("192.168.128.0/17", "tun0")];
    };
    assert_eq!(
        ids(&said(full)),
        [("net.pool_exhausted", CheckState::Block)]
    );
    let wider = said(|state| {
        full(state);
        if let Ok(info) = &mut state.engine {
            info.details.address_pools = vec![("10.90.0.0/16".into(), 24)];
        }
    });
    assert_eq!(ids(&wider), [("net.subnet_overlap", CheckState::Pass)]);
    let fixed = said(|state| {
        full(state);
        state.around.networks = vec![network("back", &["10.9.0.0/16"])];
    });
    assert_eq!(
        ids(&fixed),
        [("net.subnet_overlap", CheckState::Pass)],
        "it needs none"
    );
}

#[test]
fn a_network_that_is_there_has_to_be_the_one_that_is_meant() {
    let with = |there: NetworkFacts, compose: &str| {
        said(|state| {
            state.compose = Some(compose.into());
            state.around.networks = vec![network("back", &["10.9.0.0/16"])];
            state.around.existing = Ok(vec![there]);
        })
    };
    let same = facts("demo_back", "10.9.0.0/16");
    assert_eq!(
        ids(&with(same.clone(), "v2 2.26.1")),
        [("net.subnet_overlap", CheckState::Pass)]
    );
    let moved = facts("demo_back", "10.8.0.0/16");
    assert_eq!(
        ids(&with(moved.clone(), "v2 2.26.1")),
        [("compose.network_changed", CheckState::Warn)]
    );
    assert_eq!(
        ids(&with(moved, "v1 1.29.2")),
        [("compose.network_changed", CheckState::Block)]
    );
    let by_hand = NetworkFacts { key: None, ..same };
    assert_eq!(
        ids(&with(by_hand.clone(), "v2 2.26.1")),
        [("compose.network_changed", CheckState::Block)]
    );
    assert_eq!(
        ids(&with(by_hand, "v1 1.29.2")),
        [("net.subnet_overlap", CheckState::Pass)]
    );
}
