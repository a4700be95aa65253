//! A support bundle: what is in it, what never is, and that nothing is written when in doubt.

use crate::play::{looping, made, puts, shop};
use camino::Utf8Path;
use serde_json::{Value, json};
use std::fmt::Write;
use std::io::Read;
use tests::cli::{Ran, run, run_at};
use tests::fake_docker::Play;
use tests::sandbox::Sandbox;

/// Letters and digits that stand for a secret of this length and appear nowhere else.
fn filler(seed: u64, length: usize) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789";
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    (0..length)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            char::from(LETTERS[usize::try_from(state >> 33).unwrap_or(0) % LETTERS.len()])
        })
        .collect()
}

fn small(seed: u64, length: usize) -> String {
    filler(seed, length).to_ascii_lowercase()
}

fn upper(seed: u64, length: usize) -> String {
    filler(seed, length).to_ascii_uppercase()
}

fn hex(seed: u64, length: usize) -> String {
    let letters = filler(seed, length);
    letters.bytes().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{:x}", byte % 16);
        text
    })
}

/// A kind of secret: what must not be seen, and the line that holds it.
struct Planted {
    kind: &'static str,
    secret: String,
    line: String,
}

fn planted(kind: &'static str, secret: String, line: &str) -> Planted {
    let line = line.replace("{}", &secret);
    Planted { kind, secret, line }
}

/// Secrets as programs write them into logs, options and probes; nothing else in the package knows them.
#[rustfmt::skip] // a table
fn in_logs() -> Vec<Planted> {
    let key = format!("MIIEvQIBADANBgkqhkiG9w0B{}", filler(1, 40));
    vec![
        planted("a password behind its name", filler(2, 12), "connecting with password={} to db"),
        planted("a JSON field", filler(3, 14), r#"{"level":"info","apiKey":"{}","n":1}"#),
        planted("an escaped JSON field", filler(4, 14), r#"body "{\"client_secret\":\"{}\"}" sent"#),
        planted("a YAML field", filler(5, 12), "  db_password: {}"),
        planted("a password in an address", filler(6, 12), "retry mysql://app:{}@db:3306/shop"),
        planted("a password without a user", filler(7, 12), "redis://:{}@cache:6379/0"),
        planted("a password with a slash", format!("{}/{}", filler(8, 6), filler(9, 6)), "amqp://app:{}@queue/vhost"),
        planted("mongodb+srv", filler(10, 14), "mongodb+srv://svc:{}@cluster0.mongodb.net/x"),
        planted("a long option", filler(11, 12), "mysqladmin --password {} ping"),
        planted("a long option with a sign", filler(12, 12), "mysqladmin --password={} ping"),
        planted("a short option", filler(13, 12), "+ mysql -uroot -p{} shop"),
        planted("a quoted short option", filler(14, 12), "+ mysql -u root -p'{}' shop"),
        planted("curl's user", filler(15, 12), "curl -u admin:{} http://web/"),
        planted("redis' option", filler(16, 12), "redis-cli -h cache -a {} ping"),
        planted("redis' configuration", filler(17, 12), "requirepass {}"),
        planted("a bearer header", filler(18, 30), "> Authorization: Bearer {}"),
        planted("a basic header", filler(19, 24), "> Authorization: Basic {}"),
        planted("an API header", filler(20, 24), "> X-Api-Key: {}"),
        planted("a cookie", filler(21, 24), "> Cookie: theme=dark; SESSION={}; x=1"),
        planted("a set cookie", filler(22, 24), "< Set-Cookie: sid={}; HttpOnly"),
        planted("a JWT", format!("eyJhbGciOiJIUzI1NiJ9.eyJ{}.{}", filler(23, 30), filler(24, 30)), "token was {} ok"),
        planted("an Amazon key", format!("AKIA{}", upper(25, 16)), "using {} in eu-1"),
        planted("an Amazon secret", filler(26, 40), "aws_secret_access_key = {}"),
        planted("a Google key", format!("AIza{}", filler(27, 35)), "maps key {} loaded"),
        planted("a Google secret", format!("GOCSPX-{}", filler(28, 28)), "oauth {}"),
        planted("an Azure account key", format!("{}==", filler(29, 86)), "DefaultEndpointsProtocol=https;AccountName=shop;AccountKey={};EndpointSuffix=x"),
        planted("an Azure signature", filler(30, 40), "https://shop.blob/x?sv=2024&sig={}"),
        planted("a GitHub token", format!("ghp_{}", filler(31, 36)), "remote: {}"),
        planted("a GitHub fine token", format!("github_pat_{}", filler(32, 60)), "remote: {}"),
        planted("a GitLab token", format!("glpat-{}", filler(33, 20)), "remote: {}"),
        planted("a Slack token", format!("xoxb-{}", small(34, 30)), "notify {}"),
        planted("a Slack address", format!("T{}/B{}/{}", upper(35, 8), upper(36, 8), filler(37, 24)), "post https://hooks.slack.com/services/{}"),
        planted("a Stripe key", format!("sk_live_{}", filler(38, 24)), "charge with {}"),
        planted("an npm token", format!("npm_{}", filler(39, 36)), "publish {}"),
        planted("an .npmrc", filler(40, 30), "//registry.npmjs.org/:_authToken={}"),
        planted("a PyPI token", format!("pypi-AgEIcHlwaS5vcmc{}", filler(41, 60)), "upload {}"),
        planted("a Docker token", format!("dckr_pat_{}", filler(42, 27)), "login {}"),
        planted("docker's configuration", filler(43, 28), r#"{"auths":{"r.example.com":{"auth":"{}"}}}"#),
        planted("a Vault token", format!("hvs.{}", filler(44, 28)), "unseal {}"),
        planted("a SendGrid key", format!("SG.{}.{}", filler(45, 22), filler(46, 43)), "mail {}"),
        planted("an Aliyun key", format!("LTAI{}", filler(47, 20)), "oss {}"),
        planted("a model key", format!("sk-proj-{}", filler(48, 40)), "model {}"),
        planted("a Telegram token", format!("123456789:AA{}", filler(49, 33)), "bot {}"),
        planted("a private key", key, "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----"),
        planted("a private key without its end", filler(50, 64), "-----BEGIN RSA PRIVATE KEY-----\n{}"),
        planted("an SSH key", format!("AAAAC3NzaC1lZDI1NTE5AAAAI{}", filler(51, 40)), "ssh-ed25519 {} deploy"),
        planted("bcrypt", format!("$2y$10${}", filler(52, 53)), "admin:{}"),
        planted("shadow", format!("$6${}${}", filler(53, 8), filler(54, 60)), "root:{}:19000:0:99999:7:::"),
        planted("apr1", format!("$apr1${}${}", filler(55, 8), filler(56, 22)), "web:{}"),
        planted("LDAP's hash", format!("{{SSHA}}{}", filler(57, 32)), "userPassword: {}"),
        planted("MySQL's hash", format!("*{}", hex(58, 40).to_ascii_uppercase()), "mysql_native_password AS '{}'"),
        planted("Postgres' hash", format!("SCRAM-SHA-256$4096:{}=${}=:{}=", filler(59, 22), filler(60, 43), filler(61, 43)), "role {}"),
        planted("ADO", format!("{} {}", filler(62, 6), filler(63, 6)), "Server=db;User Id=app;Password={};Database=shop"),
        planted("JDBC", filler(64, 12), "jdbc:postgresql://db:5432/shop?user=app&password={}&ssl=true"),
        planted("Oracle's JDBC", filler(65, 12), "jdbc:oracle:thin:app/{}@db:1521/shop"),
        planted("SQL", filler(66, 12), "ALTER USER 'app'@'%' IDENTIFIED BY '{}';"),
        planted("a generated password", filler(67, 14), "[Note] GENERATED ROOT PASSWORD: {}"),
        planted("a temporary password", filler(68, 12), "A temporary password is generated for root@localhost: {}"),
        planted(".pgpass", filler(69, 12), "db:5432:shop:app:{}"),
        planted(".netrc", filler(70, 12), "machine git login app password {}"),
        planted("XML", filler(71, 12), "<datasource><password>{}</password></datasource>"),
        planted("a PHP array", filler(72, 12), "'db_password' => '{}',"),
        planted("an e-mail", format!("{}@{}.com", small(73, 8), small(74, 6)), "mail for {} bounced"),
        planted("a user in a path", small(75, 9), "open /home/{}/shop/x: no such file"),
        planted("a user in a path of Windows", small(76, 9), r"open C:\Users\{}\shop: denied"),
        planted("a card", "4532 7153 3790 4421".to_owned(), "paid with {} today"),
        planted("a Chinese name for a password", filler(77, 12), "数据库密码：{}，请妥善保管"),
        planted("a default in a reference", filler(78, 12), "using ${DB_PASSWORD:-{}}"),
    ]
}

/// Secrets that the package knows, under names of all kinds; each is quoted elsewhere in another form.
fn in_env() -> Vec<(&'static str, String)> {
    vec![
        ("DB_PASSWORD", format!("p&{}/'\"$", filler(101, 10))),
        ("API_TOKEN", filler(102, 20)),
        (
            "LICENCE",
            format!("{}-{}-{}", upper(103, 5), upper(104, 5), upper(105, 5)),
        ),
        ("CUSTOMER", format!("Acme {} GmbH", filler(106, 8))),
        (
            "SMTP_URL",
            format!("smtp://mail:{}@mail:25", filler(107, 12)),
        ),
        ("SHORT_PASS", "q7#zk".to_owned()),
        ("JWT_SECRET", format!("秘密{}", filler(108, 10))),
        ("LONG_KEY", filler(109, 48)),
    ]
}

fn sandbox() -> (Sandbox, Vec<Planted>) {
    let mut planted = in_logs();
    let mut services = shop();
    let env = in_env();
    services["web"]["environment"] = env
        .iter()
        .map(|(name, value)| ((*name).to_owned(), json!(value.replace('$', "$$"))))
        .collect();
    let option = filler(201, 14);
    services["web"]["command"] = json!(["serve", "--admin-password", option]);
    let sandbox = Sandbox::new(services);
    let dotenv = filler(202, 14);
    let mounted = filler(203, 30);
    let commented = filler(204, 14);
    sandbox.file(".env", &format!("TZ=UTC\nHTTP_PORT=8080\nROOT_PASSWORD='{dotenv}'\n#OLD_PASSWORD={commented}\nCONTACT=Ms {}\n", filler(205, 8)));
    sandbox.file("secrets/db_key", &format!("{mounted}\n"));
    let mut lines: Vec<String> = planted
        .iter()
        .flat_map(|it| it.line.lines().map(str::to_owned).collect::<Vec<_>>())
        .collect();
    // A plain line after a key that has no end, so that the rest of the log is not a part of it.
    lines.push("all of that was a test".into());
    for (name, value) in &env {
        lines.push(format!("env {name} is {value}"));
        lines.push(format!("json {}", json!({ "seen": value })));
        lines.push(format!(
            "twice {}",
            json!({ "seen": json!({ "v": value }).to_string() })
        ));
        lines.push(format!("bytes {}", hexadecimal(value)));
        lines.push(format!("url /?q={}", percent(value)));
    }
    lines.push(format!(
        "the mounted one is {mounted}, the old one {commented}, of .env {dotenv}"
    ));
    let (head, tail) = env[7].1.split_at(24);
    lines.push(format!("wrapped {head}"));
    lines.push(format!("{tail} end"));
    lines.push("last words of web".into());
    for (kind, secret) in [
        ("an option in the compose file", option),
        ("a value of .env", dotenv),
        ("a file of a secret", mounted),
        ("a value switched off", commented),
        ("the contact in .env", filler(205, 8)),
    ] {
        planted.push(Planted {
            kind,
            secret,
            line: String::new(),
        });
    }
    let secrets = env.into_iter().map(|(kind, secret)| Planted {
        kind,
        secret,
        line: String::new(),
    });
    planted.extend(secrets);
    let probe = filler(206, 12);
    let labelled = filler(207, 12);
    let quoted = lines.clone();
    let environment: Vec<String> = in_env()
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let config = json!({
        "Env": environment, "Cmd": ["serve", "--admin-password", filler(201, 14)],
        "Labels": {
            "com.docker.compose.project": "shop", "com.docker.compose.service": "web", "com.docker.compose.container-number": "1",
            "traefik.auth": format!("admin:$$apr1$$abcdefgh$${labelled}"),
        },
        "Healthcheck": { "Test": ["CMD-SHELL", format!("curl -u probe:{probe} http://localhost/")] },
        "Image": "shop/web:2.4",
    });
    let web = made(&sandbox, "web", |web| {
        looping(web);
        web.logs = quoted;
        web.config = config;
        web.error = format!("cannot reach mysql://root:{}@db", filler(208, 12));
    });
    let db = made(&sandbox, "db", |db| {
        db.logs = vec!["ready for connections. port: 3306".into()];
    });
    for (kind, secret) in [
        ("a probe's password", probe),
        ("a label", labelled),
        ("an error of the engine", filler(208, 12)),
        ("Compose's words", filler(209, 12)),
    ] {
        planted.push(Planted {
            kind,
            secret,
            line: String::new(),
        });
    }
    let words = format!(
        "container shop-web-1 exited (1)\ncannot reach redis://:{}@cache\nlast words of Compose\n",
        filler(209, 12)
    );
    sandbox
        .docker
        .next("up", Play::fails(&words, puts(vec![web, db])));
    (sandbox, planted)
}

/// The names and contents in a zip, and the names alone as one more content.
fn unzipped(path: &Utf8Path) -> Vec<(String, Vec<u8>)> {
    let bytes = std::fs::read(path).expect("a zip");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a zip");
    let mut files = Vec::new();
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).expect("an entry");
        let mut content = Vec::new();
        entry.read_to_end(&mut content).expect("content");
        files.push((entry.name().to_owned(), content));
    }
    files
}

fn percent(text: &str) -> String {
    text.bytes().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "%{byte:02X}");
        text
    })
}

fn hexadecimal(text: &str) -> String {
    text.bytes().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The forms in which a secret could have stayed.
fn forms(secret: &str) -> Vec<String> {
    let json = json!(secret).to_string();
    let json = json.trim_matches('"').to_owned();
    let (percent, hex) = (percent(secret), hexadecimal(secret));
    vec![secret.to_owned(), secret.to_lowercase(), json, percent, hex]
}

fn assert_silent(planted: &[Planted], place: &str, text: &str) {
    let lower = text.to_lowercase();
    for it in planted {
        for form in forms(&it.secret) {
            assert!(
                !text.contains(&form),
                "{} is in {place}: {form}\n{}",
                it.kind,
                around(text, &form)
            );
        }
        // A half of it is too much as well.
        let half: String = it
            .secret
            .chars()
            .take(it.secret.chars().count() / 2)
            .collect::<String>()
            .to_lowercase();
        let is_telling = half.len() >= 8
            && !it.kind.contains("key")
            && !["akia", "eyj", "ghp_", "pypi", "scram", "4532"]
                .iter()
                .any(|start| half.starts_with(start));
        assert!(
            !is_telling || !lower.contains(&half),
            "half of {} is in {place}: {half}\n{}",
            it.kind,
            around(&lower, &half)
        );
    }
}

fn around(text: &str, form: &str) -> String {
    let line = text.lines().find(|line| line.contains(form));
    line.unwrap_or_default().chars().take(400).collect()
}

fn bundle(sandbox: &Sandbox, args: &[&str]) -> (Ran, Value) {
    let ran = run(sandbox, args);
    assert_eq!(ran.code, 0, "{ran:#?}");
    let answer = ran.json();
    (ran, answer)
}

#[test]
fn no_secret_of_seventy_kinds_gets_into_a_bundle_and_the_bundle_is_of_use() {
    let (sandbox, planted) = sandbox();
    assert!(planted.len() >= 70, "{}", planted.len());
    let ran = run(&sandbox, &["deploy", "--json"]);
    assert_eq!(ran.code, 4, "{ran:#?}");
    let out = sandbox.package.join("out.zip");
    let (ran, answer) = bundle(
        &sandbox,
        &["support-bundle", "--json", "--out", out.as_str()],
    );
    assert_silent(&planted, "the answer", &ran.out);
    assert_silent(&planted, "standard error", &ran.err);
    let files = unzipped(&out);
    for (name, content) in &files {
        let text =
            String::from_utf8(content.clone()).unwrap_or_else(|_| panic!("{name} is no text"));
        assert_silent(&planted, name, &text);
        assert_silent(&planted, "a name", name);
    }
    let raw = String::from_utf8_lossy(&std::fs::read(&out).expect("a zip")).into_owned();
    assert_silent(&planted, "the raw zip", &raw);

    let text = |name: &str| {
        let found = files.iter().find(|(file, _)| file == name);
        let (_, content) = found.unwrap_or_else(|| {
            panic!(
                "no {name} in {:?}",
                files.iter().map(|(name, _)| name).collect::<Vec<_>>()
            )
        });
        String::from_utf8_lossy(content).into_owned()
    };
    for (name, words) in [
        ("versions.json", "\"apiVersion\""),
        ("package/inspect.json", "shop/web:2.4"),
        ("package/env.txt", "HTTP_PORT=8080"),
        ("check.json", "\"verdict\""),
        ("plan.json", "\"sentence\""),
        ("status.json", "crash-looping"),
        ("containers/shop-web-1.log", "last words of web"),
        (
            "containers/shop-db-1.log",
            "ready for connections. port: 3306",
        ),
        ("containers/shop-web-1.inspect.json", "\"RestartCount\": 5"),
        ("evidence.json", "\"kind\": \"container_logs\""),
        ("evidence.json", "\"kind\": \"engine_error\""),
        ("diagnoses.json", "\"title\""),
        ("bundle.json", "\"known-secret\""),
    ] {
        assert!(text(name).contains(words), "{name}:\n{}", text(name));
    }
    assert!(
        files
            .iter()
            .any(|(name, _)| name.starts_with("operations/"))
    );
    assert!(
        files
            .iter()
            .any(|(name, _)| name.starts_with("quayside/cli."))
    );
    for (name, content) in files
        .iter()
        .filter(|(name, _)| Utf8Path::new(name).extension() == Some("json"))
    {
        serde_json::from_slice::<Value>(content).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
    // What was looked at says the same again, somewhere else.
    let evidence = sandbox.state.join("evidence.json");
    std::fs::write(&evidence, text("evidence.json")).expect("written");
    let ran = run(
        &sandbox,
        &["diagnose", "--json", "--evidence", evidence.as_str()],
    );
    let again: Value = serde_json::from_str(&ran.out).expect("JSON");
    let then: Value = serde_json::from_str(&text("diagnoses.json")).expect("JSON");
    assert_eq!(again["diagnoses"][0]["id"], then[0]["id"], "{then:#}");
    // The same secret is the same token in a log, in an inspect and in the evidence.
    let log = text("containers/shop-web-1.log");
    let token = log
        .lines()
        .find_map(|line| line.split_once("env API_TOKEN is "))
        .map(|(_, token)| token.to_owned())
        .expect("the line");
    assert!(
        text("containers/shop-web-1.inspect.json").contains(&format!("API_TOKEN={token}")),
        "{token}"
    );
    assert_eq!(answer["file"], out.as_str());
    assert_eq!(
        answer["bytes"],
        std::fs::metadata(&out).expect("a zip").len()
    );
    assert!(
        answer["report"]["kinds"]
            .as_array()
            .is_some_and(|kinds| kinds.len() >= 8),
        "{answer:#}"
    );

    // The summary, from the same.
    let ran = run(&sandbox, &["support-bundle", "--summary"]);
    assert_eq!(ran.code, 0, "{ran:#?}");
    assert_silent(&planted, "the summary", &ran.out);
    assert!(ran.out.lines().count() <= 30, "{}", ran.out);
    for words in [
        "Quayside",
        "crash-looping",
        "deploy, partly-ready",
        "last words of web",
    ] {
        assert!(ran.out.contains(words), "{words}:\n{}", ran.out);
    }
}

#[test]
fn a_preview_writes_nothing_and_shows_what_would_be_written() {
    let (sandbox, planted) = sandbox();
    run(&sandbox, &["deploy"]);
    let (_, shown) = bundle(&sandbox, &["support-bundle", "--json", "--preview"]);
    assert_eq!(shown["file"], Value::Null);
    let names: Vec<&str> = shown["files"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|file| file["name"].as_str())
        .collect();
    assert!(names.contains(&"containers/shop-web-1.log"), "{names:?}");
    let ran = run(
        &sandbox,
        &["support-bundle", "--show", "containers/shop-web-1.log"],
    );
    assert!(ran.out.contains("last words of web"), "{ran:#?}");
    assert_silent(&planted, "what is shown", &ran.out);
    let zips = sandbox
        .package
        .read_dir_utf8()
        .expect("a folder")
        .flatten()
        .filter(|it| it.path().extension() == Some("zip"));
    assert_eq!(zips.count(), 0);
}

#[test]
fn an_existing_file_is_never_written_over() {
    let sandbox = Sandbox::new(shop());
    let path = sandbox.file("mine.zip", "mine");
    let ran = run(
        &sandbox,
        &["support-bundle", "--json", "--out", path.as_str()],
    );
    assert_eq!(ran.code, 2, "{ran:#?}");
    assert_eq!(ran.json()["error"]["code"], "file-exists");
    assert_eq!(std::fs::read_to_string(&path).expect("a file"), "mine");
    for name in ["quayside-support.zip", "quayside-support-2.zip"] {
        let (_, answer) = bundle(&sandbox, &["support-bundle", "--json"]);
        assert_eq!(answer["file"], name);
        assert!(sandbox.package.join(name).exists());
    }
}

#[test]
fn without_an_engine_and_with_a_broken_package_there_is_a_bundle_that_says_so() {
    let sandbox = Sandbox::new(shop());
    let gaps = |answer: &Value| -> Vec<String> {
        let all = answer["gaps"].as_array().into_iter().flatten();
        all.filter_map(|gap| gap["what"].as_str().map(str::to_owned))
            .collect()
    };
    sandbox.engine.die();
    let (_, answer) = bundle(&sandbox, &["support-bundle", "--json", "--preview"]);
    assert!(gaps(&answer).contains(&"engine".to_owned()), "{answer:#}");
    let names = answer["files"].to_string();
    assert!(
        names.contains("package/inspect.json") && names.contains("check.json"),
        "{names}"
    );
    let ran = run(&sandbox, &["support-bundle", "--summary"]);
    assert!(ran.out.contains("engine-unreachable"), "{}", ran.out);

    let secret = filler(301, 14);
    // No compose file in it.
    let broken = sandbox.file("broken/.env", &format!("DB_PASSWORD={secret}\n"));
    let folder = broken.parent().expect("a folder");
    let out = sandbox.package.join("broken.zip");
    let ran = run_at(
        &sandbox,
        folder.as_str(),
        &["support-bundle", "--json", "--out", out.as_str()],
    );
    assert_eq!(ran.code, 0, "{ran:#?}");
    assert!(
        gaps(&ran.json()).contains(&"package".to_owned()),
        "{ran:#?}"
    );
    for (name, content) in unzipped(&out) {
        assert!(
            !String::from_utf8_lossy(&content).contains(&secret),
            "{name}"
        );
    }
    let ran = run_at(
        &sandbox,
        folder.as_str(),
        &["support-bundle", "--summary", "--lang", "zh-CN"],
    );
    assert_eq!(ran.code, 0, "{ran:#?}");
    assert!(ran.out.starts_with("Quayside"), "{ran:#?}");
}

#[test]
fn host_names_and_addresses_stay_when_they_are_asked_for() {
    let sandbox = Sandbox::new(shop());
    let web = made(&sandbox, "web", |web| {
        web.logs = vec!["connect https://erp.acme-corp.cn/api at 192.168.7.21".into()];
    });
    sandbox.engine.add(web);
    let log = ["support-bundle", "--show", "containers/shop-web-1.log"];
    let hidden = run(&sandbox, &log).out;
    assert!(
        !hidden.contains("acme-corp") && !hidden.contains("192.168.7.21"),
        "{hidden}"
    );
    let shown = run(&sandbox, &[&log[..], &["--include-host-names"]].concat()).out;
    assert!(
        shown.contains("https://erp.acme-corp.cn/api at 192.168.7.21"),
        "{shown}"
    );
}
