//! Figures as people read them. One place, so that a size looks the same in a sentence, a table and a log.

use super::Text;

/// Returns a size in decimal units, as Docker's own tools count: `21 MB`, `2.31 GB`.
pub fn bytes(count: u64) -> String {
    const UNITS: [(&str, f64); 4] = [("TB", 1e12), ("GB", 1e9), ("MB", 1e6), ("kB", 1e3)];
    let value = count as f64;
    for (unit, size) in UNITS {
        if value >= size {
            let scaled = value / size;
            // Three significant figures for the large units, whole numbers below: nobody needs 84.3 MB.
            return if scaled < 10.0 && size >= 1e9 {
                format!("{scaled:.2} {unit}")
            } else if scaled < 100.0 && size >= 1e9 {
                format!("{scaled:.1} {unit}")
            } else {
                format!("{scaled:.0} {unit}")
            };
        }
    }
    format!("{count} B")
}

/// Returns a duration with its two largest units: `9 s`, `1 min 58 s`, `3 h 12 min`, `2 d 4 h`.
pub fn duration(seconds: f64) -> Text {
    let seconds = seconds.max(0.0);
    if seconds < 10.0 {
        let text = if seconds < 1.0 || seconds.fract() >= 0.05 {
            format!("{seconds:.1}")
        } else {
            format!("{seconds:.0}")
        };
        return Text::new("duration-seconds").with("seconds", text);
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // bounded above by the match
    let whole = seconds.min(1e12).round() as u64;
    match whole {
        0..60 => Text::new("duration-seconds").with("seconds", whole.to_string()),
        60..3600 if whole.is_multiple_of(60) => {
            Text::new("duration-minutes").with("minutes", (whole / 60).to_string())
        }
        60..3600 => Text::new("duration-minutes-seconds")
            .with("minutes", (whole / 60).to_string())
            .with("seconds", (whole % 60).to_string()),
        3600..86400 => Text::new("duration-hours-minutes")
            .with("hours", (whole / 3600).to_string())
            .with("minutes", (whole % 3600 / 60).to_string()),
        _ => Text::new("duration-days-hours")
            .with("days", (whole / 86400).to_string())
            .with("hours", (whole % 86400 / 3600).to_string()),
    }
}

/// Returns names one after the other, with the comma of the language.
pub fn list<S: AsRef<str>>(names: &[S]) -> Text {
    let mut names = names.iter().rev();
    let last = names.next().map_or("", AsRef::as_ref);
    names.fold(Text::verbatim(last), |rest, name| {
        Text::new("list-more")
            .with("name", name.as_ref())
            .with("rest", rest)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn sizes_read_like_sizes() {
        for (count, shown) in [
            (0, "0 B"),
            (999, "999 B"),
            (21_400_000, "21 MB"),
            (2_310_000_000, "2.31 GB"),
            (38_000_000_000, "38.0 GB"),
            (250_000_000_000, "250 GB"),
        ] {
            assert_eq!(bytes(count), shown);
        }
    }

    #[test]
    fn durations_have_at_most_two_units() {
        for (seconds, shown) in [
            (0.04, "0.0 s"),
            (4.0, "4 s"),
            (4.26, "4.3 s"),
            (9.99, "10.0 s"),
            (59.4, "59 s"),
            (118.0, "1 min 58 s"),
            (120.0, "2 min"),
            (11_520.0, "3 h 12 min"),
            (187_200.0, "2 d 4 h"),
        ] {
            assert_eq!(duration(seconds).render(Language::En), shown, "{seconds}");
        }
        assert_eq!(duration(118.0).render(Language::ZhCn), "1 分 58 秒");
    }

    #[test]
    fn a_list_has_the_comma_of_its_language() {
        let said = |names: &[&str], language| list(names).render(language);
        assert_eq!(said(&["a", "b", "c"], Language::En), "a, b, c");
        assert_eq!(said(&["a", "b", "c"], Language::ZhCn), "a、b、c");
        assert_eq!(said(&["a"], Language::ZhCn), "a");
        assert_eq!(said(&[], Language::En), "");
    }
}
