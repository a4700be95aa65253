use super::*;
use crate::package::yaml;

fn parsed(text: &str) -> QuaysideYaml {
    let value = yaml::parse(text.as_bytes()).expect("sound").remove(0);
    read::file(&value, text, Utf8Path::new("/nowhere"))
}

/// Key and line of each oddity, and what kind it is.
fn odd(text: &str) -> Vec<(String, Option<u32>, &'static str)> {
    let oddities = parsed(text).oddities.into_iter();
    oddities
        .map(|it| {
            let kind = match it.what {
                Odd::Unknown { nearest } => nearest.unwrap_or("unknown"),
                Odd::Type { .. } => "type",
                Odd::Value { .. } => "value",
            };
            (it.key, it.line, kind)
        })
        .collect()
}

#[test]
fn titles_fall_back() {
    let both = parsed("title: {en: Harbour, zh-CN: 港口}\nversion: 1.2\n");
    assert_eq!(both.title.get(Language::ZhCn), Some("港口"));
    assert_eq!(both.title.get(Language::En), Some("Harbour"));
    assert_eq!(both.version.as_deref(), Some("1.2"));
    let one = parsed("title: Harbour\nservices:\n  web:\n    title: {zh: 网页}\n");
    assert_eq!(one.title.get(Language::ZhCn), Some("Harbour"));
    assert_eq!(one.services["web"].title.get(Language::En), Some("网页"));
    assert_eq!(Titles::default().get(Language::En), None);
}

#[test]
fn checksums_are_read_however_they_are_written() {
    let sum = "AB12".repeat(16);
    let file = parsed(&format!(
        "checksums:\n  images/a.tar: SHA256:{sum}\n  ./images/b.tar: {sum}\n  c: 7\n  a/../../d: {sum}\n"
    ));
    let lower = format!("sha256:{}", sum.to_lowercase());
    let read: Vec<_> = file.checksums.into_iter().collect();
    assert_eq!(
        read,
        [
            ("images/a.tar".to_owned(), lower.clone()),
            ("images/b.tar".to_owned(), lower)
        ]
    );
    let lines: Vec<_> = file.oddities.iter().map(|it| it.line).collect();
    assert_eq!(lines, [Some(4), Some(5)]);
}

#[test]
fn unknown_keys_are_named_with_their_line_and_the_key_that_may_be_meant() {
    assert_eq!(
        odd(
            "titel: x\nx-own: 1\nservices:\n  web: {title: a, colour: red}\n  db:\n    start-up: 5s\n"
        ),
        [
            ("titel".into(), Some(1), "title"),
            ("services.web.colour".into(), Some(4), "unknown"),
            ("services.db.start-up".into(), Some(6), "startup"),
        ]
    );
}

#[test]
fn a_whole_file_is_read() {
    let file = parsed(
        "requirements: {cpus: 2, memory: 4 GiB, disk: 20GB, engine: 24, compose: v2.20}\n\
         support:\n  name: {en: Harbour, zh: 港口}\n  phone: +49 30 1\n  email: a@b.example\n  url: https://b.example\n\
         services:\n  web:\n    open: /admin\n    startup: 90s\n  api: {open: {port: 8443, scheme: https, path: /v1}, startup: 2 m}\n  db: {open: false}\n\
         settings:\n  - key: PASSWORD\n    title: Password\n    secret: true\n    required: true\n    pattern: '[a-z]{8,}'\n    default: examples\n",
    );
    assert_eq!(file.oddities, []);
    let wishes = file.requirements;
    assert_eq!((wishes.cpus, wishes.memory), (Some(2.0), Some(4 << 30)));
    assert_eq!(wishes.compose.as_deref(), Some("2.20"));
    let support = file.support.expect("given").view(Language::ZhCn);
    assert_eq!(support.name.as_deref(), Some("港口"));
    assert_eq!(file.services["web"].startup, Some(Duration::from_secs(90)));
    assert_eq!(file.services["api"].startup, Some(Duration::from_mins(2)));
    let open = |name: &str| file.services[name].open.clone().expect("given");
    assert_eq!(
        (open("api").port, open("api").path),
        (Some(8443), "/v1".into())
    );
    assert!(!open("db").shown);
    let setting = &file.settings[0];
    assert!(setting.accepts("longenough") && !setting.accepts("Short") && !setting.accepts(""));
    assert!(
        !setting.accepts("longenough "),
        "the whole value has to match"
    );
    assert_eq!(setting.view(Language::En).default, None, "it is secret");
}

#[test]
fn what_is_no_value_is_said_and_left_out() {
    for (text, key, kind) in [
        ("- a\n", "", "type"),
        ("title: [a]\n", "title", "type"),
        ("version: {a: 1}\n", "version", "type"),
        ("icon: ../a.png\n", "icon", "value"),
        ("icon: a.exe\n", "icon", "value"),
        ("icon: gone.png\n", "icon", "value"),
        ("support: 5\n", "support", "type"),
        ("support: {email: nobody}\n", "support.email", "value"),
        (
            "support: {url: 'javascript:alert(1)'}\n",
            "support.url",
            "value",
        ),
        (
            "requirements: {memory: much}\n",
            "requirements.memory",
            "value",
        ),
        ("requirements: {cpus: many}\n", "requirements.cpus", "value"),
        (
            "requirements: {engine: new}\n",
            "requirements.engine",
            "value",
        ),
        ("services: [web]\n", "services", "type"),
        (
            "services: {web: {open: 'http://x'}}\n",
            "services.web.open",
            "type",
        ),
        (
            "services: {web: {open: '//evil.example'}}\n",
            "services.web.open",
            "value",
        ),
        (
            "services: {web: {open: {port: 99999}}}\n",
            "services.web.open.port",
            "value",
        ),
        (
            "services: {web: {startup: soon}}\n",
            "services.web.startup",
            "value",
        ),
        (
            "services: {web: {startup: 9d}}\n",
            "services.web.startup",
            "value",
        ),
        ("settings: {a: 1}\n", "settings", "type"),
        ("settings:\n- {title: x}\n", "settings", "value"),
        ("settings:\n- {key: A, pattern: '('}\n", "settings", "value"),
        (
            "settings:\n- {key: A, secret: 3}\n",
            "settings.secret",
            "type",
        ),
        ("settings:\n- {key: A}\n- {key: A}\n", "settings", "value"),
        ("checksums:\n  a.tar: abc\n", "checksums.a.tar", "value"),
    ] {
        let found = odd(text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert_eq!((found[0].0.as_str(), found[0].2), (key, kind), "{text}");
    }
    assert_eq!(parsed("").oddities, []);
}

#[test]
fn a_picture_has_to_be_a_small_file_of_the_package() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = Utf8Path::from_path(folder.path()).expect("UTF-8");
    let icon = |content: &[u8]| {
        fs_err::write(root.join("icon.png"), content).expect("written");
        let text = "icon: ./icon.png\n";
        let value = yaml::parse(text.as_bytes()).expect("sound").remove(0);
        read::file(&value, text, root).icon
    };
    assert_eq!(icon(b"\x89PNG").as_deref(), Some("icon.png"));
    assert_eq!(icon(&vec![0; 600 << 10]), None);
    #[cfg(unix)]
    {
        fs_err::remove_file(root.join("icon.png")).expect("removed");
        std::os::unix::fs::symlink("/etc/hostname", root.join("icon.png")).expect("a link");
        let value = yaml::parse(b"icon: icon.png\n").expect("sound").remove(0);
        assert_eq!(read::file(&value, "icon: icon.png\n", root).icon, None);
    }
}
