//! Anything at all: random bytes, terminals gone mad, lines without an end. Nothing panics, nothing hangs.

use crate::diagnose::evidence::{Evidence, LIMIT};
use crate::diagnose::rules::SIGNS;
use crate::diagnose::weigh::weigh;
use std::time::{Duration, Instant};

/// Small random numbers that are the same in every run (xorshift).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit as u64).unwrap_or(0)
    }
}

/// Pieces that texts are made of: wordings of every class among what terminals, encodings and formats do.
fn text(random: &mut Random, needles: &[&str], bytes: usize) -> Vec<u8> {
    let mut text = Vec::with_capacity(bytes);
    while text.len() < bytes {
        match random.below(9) {
            0 => text.extend(needles[random.below(needles.len())].bytes()),
            1 => text.push(b'\n'),
            2 => text.extend("\u{1b}[31;1m\u{1b}]8;;x\u{7}\u{1b}[".bytes()),
            3 => text.extend((0..random.below(40)).map(|_| (random.next() & 0xff) as u8)),
            4 => text.extend("\\\\\\\"\\r\\n{\"message\":\"".bytes()),
            5 => text.extend("数据库 is läuft \u{202e}x".bytes()),
            6 => text.extend(b"\xff\xfe\xc3\x28\xf0\x9f"),
            7 => text.extend("db-1  | 2024-01-01T00:00:00Z ".bytes()),
            _ => text.extend("a b:c \"d\" 'e' /f/g 1234 ".bytes()),
        }
    }
    text
}

fn needles() -> Vec<&'static str> {
    let signs = SIGNS.iter().flat_map(|family| family.iter());
    signs
        .flat_map(|sign| sign.needles.iter().copied())
        .collect()
}

#[test]
fn ten_thousand_texts_of_anything_are_judged() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let needles = needles();
    for number in 0..10_000_usize {
        // Mostly short ones, as errors are; every size up to 64 KiB is among them.
        let longest = if number % 500 == 0 { 64 << 10 } else { 600 };
        let bytes = random.below(longest) + 1;
        let text = text(&mut random, &needles, bytes);
        if let Ok(evidence) = Evidence::read(&text) {
            for finding in weigh(&evidence) {
                assert!((0.0..=1.0).contains(&finding.confidence), "{finding:?}");
            }
        }
    }
}

#[test]
fn a_text_without_end_is_judged_by_its_end_in_a_moment() {
    let mut random = Random(42);
    let mut line = vec![b'x'; 100 << 20];
    line.extend(b"\nError response from daemon: Conflict. The container name \"/a\" is already in use by container \"0\"");
    let everything = text(&mut random, &needles(), 4 * LIMIT);
    let escapes = "\u{1b}[".repeat(LIMIT).into_bytes();
    let wordings: Vec<u8> =
        b"permission denied while trying to connect to the docker API\n".repeat(LIMIT / 30);
    for (text, class) in [
        (line, Some("container.name_conflict")),
        (everything, None),
        (escapes, None),
        (wordings, Some("engine.socket_permission")),
    ] {
        let started = Instant::now();
        let evidence = Evidence::read(&text).unwrap();
        let found = weigh(&evidence);
        if let Some(class) = class {
            assert_eq!(found[0].class.id, class);
        }
        // A guard against a hang, not a measurement: unoptimised and beside other tests it takes a second or two.
        assert!(started.elapsed() < Duration::from_mins(1));
    }
}
