//! From when on: a moment, or how long ago.

use jiff::{SignedDuration, Timestamp};

/// Reads a moment (RFC 3339) or how long ago it was: `90s`, `10m`, `2h30m`, `1d`.
pub(crate) fn since(text: &str, now: Timestamp) -> Option<Timestamp> {
    if let Ok(moment) = text.parse() {
        return Some(moment);
    }
    let mut seconds: i64 = 0;
    let mut rest = text;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit())?;
        let count: i64 = rest[..digits].parse().ok()?;
        let mut after = rest[digits..].chars();
        let unit = match after.next()? {
            's' => 1,
            'm' => 60,
            'h' => 3600,
            'd' => 86_400,
            _ => return None,
        };
        seconds = seconds.checked_add(count.checked_mul(unit)?)?;
        rest = after.as_str();
    }
    if text.is_empty() {
        return None;
    }
    now.checked_sub(SignedDuration::from_secs(seconds)).ok()
}

/// Returns whether [`since`] reads these words.
pub fn is_time(text: &str) -> bool {
    since(text, Timestamp::UNIX_EPOCH).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_or_how_long_ago_and_nothing_else() {
        let now: Timestamp = "2026-11-23T14:00:00Z".parse().unwrap();
        let read = |text| since(text, now).map(|moment| moment.to_string());
        let moment = |text: &str| Some(text.to_owned());
        assert_eq!(read("10m"), moment("2026-11-23T13:50:00Z"));
        assert_eq!(read("2h30m"), moment("2026-11-23T11:30:00Z"));
        assert_eq!(read("1d"), moment("2026-11-22T14:00:00Z"));
        assert_eq!(read("90s"), moment("2026-11-23T13:58:30Z"));
        assert_eq!(
            read("2026-11-23T15:00:00+01:00"),
            moment("2026-11-23T14:00:00Z")
        );
        for bad in [
            "",
            "10",
            "m",
            "-5m",
            "10 m",
            "ten",
            "5x",
            "99999999999999999999s",
            "9999999999999d",
        ] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
