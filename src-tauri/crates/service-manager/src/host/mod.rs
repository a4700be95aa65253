//! This computer: its disks, its ports, how its engine is started.

pub(crate) mod cpu;
pub(crate) mod disk;
pub(crate) mod engine_start;
pub(crate) mod file_system;
pub(crate) mod gpu;
pub(crate) mod kernel;
pub(crate) mod lan;
pub(crate) mod ports;
pub(crate) mod routes;
pub(crate) mod service;
pub(crate) mod system;
pub(crate) mod time_sync;

use crate::engine::platform_arch;

/// Returns this computer's platform as images name it, e.g. `linux/amd64`. The engine's is the one that counts.
pub(crate) fn platform() -> String {
    format!(
        "{}/{}",
        std::env::consts::OS,
        platform_arch(std::env::consts::ARCH)
    )
}

/// Returns what is another one after every restart of this computer (random(4)); elsewhere the time of the start.
pub(crate) fn boot_id() -> Option<String> {
    let id = fs_err::read_to_string("/proc/sys/kernel/random/boot_id");
    let id = id.map(|id| id.trim().to_owned()).unwrap_or_default();
    if !id.is_empty() {
        return Some(id);
    }
    let started = sysinfo::System::boot_time().ok()?;
    (started > 0).then(|| started.to_string())
}

/// Returns foreign architectures the kernel can run through emulation (binfmt_misc; Linux only, none elsewhere).
pub(crate) fn emulation() -> Vec<String> {
    let Ok(entries) = fs_err::read_dir("/proc/sys/fs/binfmt_misc") else {
        return Vec::new();
    };
    let mut found: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter_map(|name| {
            name.strip_prefix("qemu-")
                .map(|arch| platform_arch(arch).to_owned())
        })
        .collect();
    found.sort();
    found
}
