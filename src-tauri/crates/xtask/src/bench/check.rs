//! `cargo xtask bench check`: looking a package of twenty services over, beside what one would type for a part of it.
//!
//! The other side is `docker info`, Compose's `config` and `docker image ls` one after the other: the three answers a
//! person needs before the first own thought. Ours are those three and some sixty checks more. Both are whole
//! processes, started in turn.

use std::fmt::Write as _;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use clap::Args;
use serde_json::json;

use crate::demo_package::archive::{WrittenLayer, write};
use crate::engines::{Engine, Generation, http};
use crate::setup::{Group, setup};
use crate::{apt, digest, paths, run};

use super::measure::{Cost, measure, median};
use super::{mega, middle, quayside_cli, spread};

#[derive(Args)]
pub(crate) struct CheckChoice {
    /// How often each side runs
    #[arg(long, default_value_t = 15)]
    runs: usize,
    /// Only these engines
    #[arg(long, value_delimiter = ',')]
    engines: Vec<Generation>,
}

/// The limit for the median, in seconds.
const LIMIT: f64 = 2.0;
const SERVICES: usize = 20;
/// Two services run from each.
const IMAGES: usize = 10;
/// What all images share, and what each adds, in bytes.
const BASE: usize = 32 << 20;
const OWN: usize = 2 << 20;
/// The user of every other image, by its name: it has to be looked up in the image.
const USER: (&str, u32) = ("app", 1000);

pub(crate) fn check(choice: &CheckChoice) -> Result<()> {
    setup(&[Group::Tests])?;
    run::cargo(&["build", "--release", "--package", "quayside-cli"])?;
    let package = make()?;
    let engines = if choice.engines.is_empty() {
        vec![Generation::Old, Generation::New, Generation::Containerd]
    } else {
        choice.engines.clone()
    };
    let mut report = String::from(
        "| engine | images | by hand | quayside | ratio | looking alone | ours: CPU | ours: memory |\n|---|---|---|---|---|---|---|---|\n",
    );
    let mut slowest: f64 = 0.0;
    for generation in engines {
        let engine = Engine::of(generation);
        engine.up(true)?;
        let rows = on(&engine, &package, choice.runs);
        engine.down(true)?;
        for (row, median) in rows? {
            println!("{row}");
            writeln!(report, "{row}")?;
            slowest = slowest.max(median);
        }
    }
    let file = paths::target().join("bench/check.md");
    fs::write(&file, report)?;
    println!("bench: {}", file.display());
    ensure!(slowest < LIMIT, "{slowest:.2} s; the limit is {LIMIT} s");
    Ok(())
}

/// Measures with nothing in the engine, then with everything. Answers each row with its median.
fn on(engine: &Engine, package: &Path, runs: usize) -> Result<Vec<(String, f64)>> {
    let _ = fs::remove_dir_all(paths::target().join("bench/state"));
    let mut rows = Vec::new();
    for (state, images) in [("in the package", 0), ("in the engine", IMAGES)] {
        if images > 0 {
            run::quiet(&mut quayside_cli(engine, package, &["load-images"])?)?;
            run::quiet(&mut quayside_cli(engine, package, &["setup-tags"])?)?;
        }
        let there = http::get(&engine.socket(), "/images/json")?;
        let count = there.as_array().map_or(0, Vec::len);
        ensure!(count == images, "{count} images are there, not {images}");
        rows.push(compare(engine, package, state, runs)?);
    }
    Ok(rows)
}

fn compare(engine: &Engine, package: &Path, state: &str, runs: usize) -> Result<(String, f64)> {
    let answer = paths::target().join("bench/check.json");
    let (mut theirs, mut ours, mut alone) = (Vec::<Cost>::new(), Vec::<Cost>::new(), Vec::new());
    // The first run of each warms what a second one finds warm.
    for run in 0..=runs {
        let peer = measure(vec![by_hand(engine, package)?])?;
        let mut check = quayside_cli(engine, package, &["check", "--json"])?;
        check.stdout(fs::File::create(&answer)?);
        let own = measure(vec![check])?;
        let report: serde_json::Value = serde_json::from_slice(&fs::read(&answer)?)?;
        let proof = report["offlineProof"].as_array().map_or(0, Vec::len);
        ensure!(proof == SERVICES, "the answer has {proof} services");
        let unknown = report["checks"].as_array().into_iter().flatten();
        let unknown: Vec<&str> = unknown
            .filter(|check| check["state"] == "unknown")
            .filter_map(|check| check["id"].as_str())
            .collect();
        ensure!(unknown.is_empty(), "could not be looked at: {unknown:?}");
        if run > 0 {
            theirs.push(peer);
            ours.push(own);
            alone.push(report["seconds"].as_f64().context("no seconds")?);
        }
    }
    let (peer, own) = (
        middle(&theirs, |cost| cost.wall),
        middle(&ours, |cost| cost.wall),
    );
    let row = format!(
        "| {} | {state} | {} | {} | **{:.2}** | {:.2} s | {:.2} s | {:.0} MB |",
        engine.name(),
        spread(&theirs),
        spread(&ours),
        own / peer,
        median(&alone),
        middle(&ours, |cost| cost.cpu),
        middle(&ours, |cost| mega(cost.peak)),
    );
    Ok((row, own))
}

/// What one would type, in one shell.
fn by_hand(engine: &Engine, package: &Path) -> Result<Command> {
    let mut command = engine.command("sh")?;
    let config = if run::succeeds(engine.command("docker")?.args(["compose", "version"])) {
        "docker compose"
    } else {
        "docker-compose"
    };
    command
        .args([
            "-ec",
            &format!("cd \"$1\"; docker info; {config} config; docker image ls"),
            "sh",
        ])
        .arg(package)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    Ok(command)
}

/// Makes the package anew: what an earlier bench changed would be measured too.
fn make() -> Result<PathBuf> {
    let folder = paths::target().join("bench/check");
    let _ = fs::remove_dir_all(&folder);
    let package = folder.join("package");
    for place in ["images", "config", "script", "data"] {
        fs::create_dir_all(package.join(place))?;
    }
    let passwd = format!(
        "root:x:0:0::/root:/bin/sh\n{0}:x:{1}:{1}::/:/bin/sh\n",
        USER.0, USER.1
    );
    let base = layer(&folder, "base", BASE, &[("etc/passwd", &passwd)])?;
    let architecture = apt::architecture()?;
    for image in 1..=IMAGES {
        let own = layer(&folder, &format!("own-{image}"), OWN, &[])?;
        let layers = [(&base, "base"), (&own, "own")].map(|((file, digest), what)| WrittenLayer {
            file,
            digest,
            what,
        });
        let user = if image.is_multiple_of(2) { USER.0 } else { "" };
        write(
            &package.join(format!("images/i{image}-{architecture}.tar")),
            &format!("bench/i{image}:1.0-{architecture}"),
            &architecture,
            &json!({ "Cmd": ["/bin/true"], "User": user, "Volumes": { "/data": {} } }),
            &layers,
        )?;
    }
    let (mut compose, mut env) = (
        String::from("services:\n"),
        String::from("COMPOSE_PROJECT_NAME=benchcheck\nTOKEN=0123456789abcdef\n"),
    );
    for number in 1..=SERVICES {
        service(&package, number, &mut compose)?;
        writeln!(env, "PORT_{number}={}", 21000 + number)?;
    }
    fs::write(package.join("docker-compose.yml"), compose)?;
    fs::write(package.join(".env"), env)?;
    Ok(package)
}

/// One service with a port, a configuration file, a script, a data folder, a limit and somebody to wait for.
fn service(package: &Path, number: usize, compose: &mut String) -> Result<()> {
    let image = (number - 1) % IMAGES + 1;
    write!(
        compose,
        "  s{number}:\n    image: bench/i{image}:1.0\n    restart: unless-stopped\n    mem_limit: 64m\n    \
         environment:\n      TOKEN: ${{TOKEN}}\n      NAME: s{number}\n    ports: [\"${{PORT_{number}}}:8080\"]\n    \
         command: [\"/start.sh\"]\n    volumes:\n      - ./config/s{number}.conf:/etc/app.conf:ro\n      \
         - ./script/s{number}.sh:/start.sh:ro\n      - ./data/s{number}:/data\n    \
         healthcheck:\n      test: [\"CMD\", \"/bin/true\"]\n      interval: 5s\n    \
         logging:\n      driver: json-file\n      options: {{max-size: \"5m\"}}\n"
    )?;
    if number > 1 {
        writeln!(compose, "    depends_on: [s{}]", number - 1)?;
    }
    fs::write(
        package.join(format!("config/s{number}.conf")),
        format!("name = s{number}\n"),
    )?;
    let script = package.join(format!("script/s{number}.sh"));
    fs::write(&script, "#!/bin/sh\nexec /bin/app\n")?;
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755))?;
    let data = package.join(format!("data/s{number}"));
    fs::create_dir(&data)?;
    if image.is_multiple_of(2) {
        std::os::unix::fs::chown(&data, Some(USER.1), Some(USER.1))
            .context("the bench gives folders away: run it as root")?;
    }
    Ok(())
}

/// A layer with so many bytes that nothing can compress, and some files.
fn layer(
    folder: &Path,
    name: &str,
    bytes: usize,
    files: &[(&str, &str)],
) -> Result<(PathBuf, String)> {
    let mut ballast = Vec::with_capacity(bytes + 8);
    // An xorshift generator, begun with another number for every layer.
    let mut state = name
        .bytes()
        .fold(88_172_645_463_325_252_u64, |state, byte| {
            state.rotate_left(7) ^ u64::from(byte)
        });
    while ballast.len() < bytes {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        ballast.extend_from_slice(&state.to_le_bytes());
    }
    let file = folder.join(format!("{name}.layer"));
    let mut tar = tar::Builder::new(fs::File::create(&file)?);
    let ballast_name = format!("opt/{name}");
    let texts = files.iter().map(|(path, text)| (*path, text.as_bytes()));
    for (path, content) in texts.chain([(ballast_name.as_str(), ballast.as_slice())]) {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        header.set_mtime(0);
        tar.append_data(&mut header, path, content)?;
    }
    tar.into_inner()?;
    let digest = digest::of_file(&file)?;
    Ok((file, digest))
}
