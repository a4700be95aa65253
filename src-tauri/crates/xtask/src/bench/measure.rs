//! Watching one program from outside: how long it takes, what it uses.

use std::fs;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use crate::run;

/// What one run cost.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Cost {
    /// Seconds until the program ended.
    pub(crate) wall: f64,
    /// Seconds until everything was on the disk too.
    pub(crate) with_sync: f64,
    /// Seconds of processor time of the program itself, not of the engine.
    pub(crate) cpu: f64,
    /// Largest memory of the program, in bytes.
    pub(crate) peak: u64,
    /// Bytes this machine wrote to its disks meanwhile.
    pub(crate) written: u64,
}

/// Runs programs one after the other as one measurement; their output goes where they were told.
pub(crate) fn measure(commands: Vec<Command>) -> Result<Cost> {
    run::quiet(&mut run::command("sync"))?;
    let before = written();
    let begun = Instant::now();
    let mut cost = Cost::default();
    for mut command in commands {
        let words = format!("{command:?}");
        let mut child = command
            .stdin(Stdio::null())
            .spawn()
            .with_context(|| words.clone())?;
        let mut cpu = 0.0;
        let status = loop {
            if let Some((seconds, peak)) = usage(child.id()) {
                cpu = seconds;
                cost.peak = cost.peak.max(peak);
            }
            if let Some(status) = child.try_wait()? {
                break status;
            }
            // What ends soon is looked at closely: the pause is the error of what is measured.
            let soon = begun.elapsed() < Duration::from_secs(2);
            sleep(Duration::from_millis(if soon { 1 } else { 10 }));
        };
        cost.cpu += cpu;
        ensure!(status.success(), "{words} ended with {status}");
    }
    cost.wall = begun.elapsed().as_secs_f64();
    run::quiet(&mut run::command("sync"))?;
    cost.with_sync = begun.elapsed().as_secs_f64();
    cost.written = written().saturating_sub(before);
    Ok(cost)
}

/// Processor seconds and peak bytes of a process and what it became (`nsenter`, `env` and the like exec).
fn usage(pid: u32) -> Option<(f64, u64)> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // Behind the name in brackets: state is the third field, utime the 14th, stime the 15th (proc(5)).
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks: f64 = fields.get(11)?.parse::<f64>().ok()? + fields.get(12)?.parse::<f64>().ok()?;
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = peak.and_then(|peak| {
        peak.trim()
            .trim_end_matches(" kB")
            .trim()
            .parse::<u64>()
            .ok()
    });
    // Linux has counted in hundredths of a second on every architecture for decades.
    Some((ticks / 100.0, kilobytes.unwrap_or(0) << 10))
}

/// Bytes written to real disks since the machine started (proc(5), diskstats: the tenth field, in sectors of 512).
fn written() -> u64 {
    let stats = fs::read_to_string("/proc/diskstats").unwrap_or_default();
    stats
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>())
        .filter(|fields| fields.get(2).is_some_and(|name| is_whole_disk(name)))
        .filter_map(|fields| fields.get(9)?.parse::<u64>().ok())
        .sum::<u64>()
        * 512
}

/// `sda`, `vda`, `nvme0n1`: no partitions, no loop devices.
fn is_whole_disk(name: &str) -> bool {
    fs::metadata(format!("/sys/block/{name}")).is_ok()
        && !["loop", "ram", "dm-", "md", "zram", "sr"]
            .iter()
            .any(|kind| name.starts_with(kind))
}

pub(crate) fn median(values: &[f64]) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() {
        0 => f64::NAN,
        n if n % 2 == 1 => values[middle],
        _ => f64::midpoint(values[middle - 1], values[middle]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_measured() {
        let mut busy = Command::new("sh");
        busy.args(["-c", "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done"]);
        let cost = measure(vec![busy]).unwrap();
        assert!(cost.wall > 0.0 && cost.with_sync >= cost.wall);
        assert!(cost.peak > 100 << 10, "{cost:?}");
        let mut failing = Command::new("sh");
        failing.args(["-c", "exit 3"]);
        assert!(measure(vec![failing]).is_err());
    }

    #[test]
    fn medians() {
        assert!((median(&[3.0, 1.0, 2.0]) - 2.0).abs() < 1e-9);
        assert!((median(&[4.0, 1.0, 2.0, 3.0]) - 2.5).abs() < 1e-9);
    }
}
