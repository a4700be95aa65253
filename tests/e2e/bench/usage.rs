//! What a program and everything it started use, read from `/proc` (proc(5)).

use fs_err as fs;
use std::collections::BTreeMap;

/// One process at one moment.
#[derive(Clone, Debug)]
pub(crate) struct Process {
    pub(crate) name: String,
    parent: u32,
    /// Seconds of processor time, its threads together.
    pub(super) cpu: f64,
    /// Minor faults of children that ended and were waited for: it grows with every one, however short it lived.
    pub(super) faults_of_ended: u64,
    /// Bytes of memory that stand in no file; what it shares with others by its share.
    pub(crate) memory: u64,
}

/// Reads a process and its descendants.
pub(crate) fn family(root: u32) -> BTreeMap<u32, Process> {
    let all: BTreeMap<u32, Process> = fs::read_dir("/proc")
        .expect("/proc")
        .filter_map(|entry| {
            let pid = entry.ok()?.file_name().to_str()?.parse().ok()?;
            Some((pid, process(pid)?))
        })
        .collect();
    let belongs = |mut pid: u32| {
        while pid != root {
            match all.get(&pid) {
                Some(process) => pid = process.parent,
                None => return false,
            }
        }
        true
    };
    let pids: Vec<u32> = all.keys().copied().filter(|pid| belongs(*pid)).collect();
    pids.into_iter()
        .map(|pid| {
            let mut process = all[&pid].clone();
            process.memory = memory(pid).unwrap_or(0);
            (pid, process)
        })
        .collect()
}

fn process(pid: u32) -> Option<Process> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let (before, rest) = stat.rsplit_once(')')?;
    let name = before.split_once('(')?.1.to_owned();
    // Behind the name: state is the third field, ppid the 4th, cminflt the 11th, utime the 14th, stime the 15th.
    let fields: Vec<&str> = rest.split_whitespace().collect();
    let number = |field: usize| fields.get(field - 3)?.parse::<u64>().ok();
    #[allow(clippy::cast_precision_loss)]
    let cpu = (number(14)? + number(15)?) as f64 / 100.0;
    Some(Process {
        name,
        parent: u32::try_from(number(4)?).ok()?,
        cpu,
        faults_of_ended: number(11)?,
        memory: 0,
    })
}

fn memory(pid: u32) -> Option<u64> {
    let text = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).ok()?;
    // Not the pages of files: how much of a library counts for us changes with whoever else uses it.
    let of = |name: &str| -> Option<u64> {
        let line = text.lines().find_map(|line| line.strip_prefix(name))?;
        line.trim().trim_end_matches("kB").trim().parse().ok()
    };
    Some((of("Pss_Anon:")? + of("Pss_Shmem:")?) << 10)
}

#[test]
fn a_child_that_came_and_went_is_noticed() {
    let before = family(std::process::id());
    #[allow(clippy::disallowed_methods)] // a test is no product
    let ran = std::process::Command::new("true").status();
    assert!(ran.is_ok_and(|status| status.success()));
    let me = std::process::id();
    let after = family(me);
    assert!(after[&me].faults_of_ended > before[&me].faults_of_ended);
    assert!(after[&me].memory > 1 << 16, "{after:?}");
}
