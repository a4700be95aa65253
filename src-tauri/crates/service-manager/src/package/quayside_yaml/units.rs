//! Sizes as vendors write them; pure.

/// Reads `4GB`, `4 GiB`, `512m`, `2048`; bytes. One letter counts in powers of 1024, as Compose does; `kB`, `MB`, `GB`,
/// `TB` in powers of 1000, as disks are sold.
pub(super) fn bytes(text: &str) -> Option<u64> {
    let text = text.trim();
    let end = text
        .find(|char: char| !char.is_ascii_digit() && char != '.')
        .unwrap_or(text.len());
    let number: f64 = text[..end].parse().ok()?;
    let factor: f64 = match text[end..].trim().to_ascii_lowercase().as_str() {
        "" | "b" => 1.0,
        "k" | "kib" => 1024.0,
        "m" | "mib" => 1024.0_f64.powi(2),
        "g" | "gib" => 1024.0_f64.powi(3),
        "t" | "tib" => 1024.0_f64.powi(4),
        "kb" => 1e3,
        "mb" => 1e6,
        "gb" => 1e9,
        "tb" => 1e12,
        _ => return None,
    };
    let bytes = number * factor;
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // bounded on this line
    (0.0..1e18).contains(&bytes).then_some(bytes as u64)
}

#[cfg(test)]
mod tests {
    use super::bytes;

    #[test]
    fn sizes_are_read_in_every_unit() {
        for (text, count) in [
            ("2048", Some(2048)),
            ("4GB", Some(4_000_000_000)),
            ("4 GiB", Some(4 << 30)),
            ("1.5g", Some(3 << 29)),
            ("512m", Some(512 << 20)),
            ("20 TB", Some(20_000_000_000_000)),
            ("", None),
            ("much", None),
            ("-1", None),
            ("4 apples", None),
            ("1e99g", None),
        ] {
            assert_eq!(bytes(text), count, "{text}");
        }
    }
}
