//! This computer: its disks, its ports, how its engine is started.

pub(crate) mod cpu;
pub(crate) mod disk;
pub(crate) mod engine_start;
pub(crate) mod file_system;
pub(crate) mod gpu;
pub(crate) mod kernel;
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
