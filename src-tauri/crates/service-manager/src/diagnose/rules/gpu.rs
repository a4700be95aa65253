//! Graphics cards.

use crate::diagnose::sign::{Sign, sign};

pub(super) const SIGNS: &[Sign] = &[
    // moby daemon/errors.go, daemon/devices_nvidia_linux.go
    sign("gpu.toolkit_missing", &["could not select device driver"])
        .first()
        .takes(r"driver \x22(?<driver>[^\x22]*)\x22"),
    sign(
        "gpu.toolkit_missing",
        &["unknown or invalid runtime name: nvidia"],
    )
    .first(),
    sign("gpu.toolkit_missing", &["Unknown runtime specified nvidia"]).first(),
    sign("gpu.toolkit_missing", &["unresolvable CDI devices"]).first(),
    sign("gpu.toolkit_missing", &["CDI device injection failed"]),
    sign(
        "gpu.toolkit_missing",
        &["nvidia-container-runtime", "executable file not found"],
    )
    .first(),
    sign(
        "gpu.toolkit_missing",
        &["nvidia-container-runtime", "no such file or directory"],
    )
    .first(),
    sign(
        "gpu.toolkit_missing",
        &["nvidia-container-cli", "executable file not found"],
    )
    .first(),
    sign(
        "gpu.toolkit_missing",
        &["exec: \"nvidia-container-runtime-hook\""],
    )
    .first(),
    sign("gpu.toolkit_missing", &["exec: \"nvidia-container"]).first(),
    sign(
        "gpu.toolkit_missing",
        &["failed to discover GPU vendor from CDI"],
    )
    .first(),
    sign(
        "gpu.driver_unavailable",
        &["nvidia-container-cli: initialization error"],
    )
    .first(),
    sign("gpu.driver_unavailable", &["libnvidia-ml.so.1"]).first(),
    sign("gpu.driver_unavailable", &["nvml error: driver not loaded"]).first(),
    sign(
        "gpu.driver_unavailable",
        &["driver/library version mismatch"],
    )
    .first(),
    sign(
        "gpu.driver_unavailable",
        &["driver error: failed to process request"],
    )
    .first(),
    sign(
        "gpu.driver_unavailable",
        &["WSL environment detected but no adapters were found"],
    )
    .first(),
    sign(
        "gpu.driver_unavailable",
        &["nvidia-container-cli: detection error"],
    )
    .first(),
    sign(
        "gpu.driver_unavailable",
        &["nvidia-container-cli: mount error"],
    ),
    sign(
        "gpu.driver_unavailable",
        &["nvidia-container-cli: device error"],
    )
    .first(),
    sign(
        "gpu.driver_unavailable",
        &["nvidia-container-cli: container error"],
    )
    .general(),
    sign(
        "gpu.driver_unavailable",
        &["NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver"],
    )
    .first(),
    sign("gpu.driver_unavailable", &["Failed to initialize NVML"]),
    sign(
        "gpu.driver_unavailable",
        &["error gathering device information", "/dev/nvidia"],
    ),
    sign(
        "gpu.driver_unavailable",
        &["error gathering device information", "/dev/dri"],
    )
    .general(),
    sign("gpu.driver_unavailable", &["could not load NVML"]),
    sign(
        "gpu.driver_unavailable",
        &["The NVIDIA Driver was not detected"],
    ),
    sign("gpu.requirement_unmet", &["unsatisfied condition: cuda"])
        .first()
        .takes(r"cuda>=(?<minimum>[\d.]+)"),
    sign(
        "gpu.requirement_unmet",
        &["requirement error", "unsatisfied condition"],
    )
    .first()
    .takes(r"condition: (?<minimum>[^,]+)"),
    sign(
        "gpu.requirement_unmet",
        &["CUDA driver version is insufficient"],
    )
    .first(),
    sign("gpu.requirement_unmet", &["no CUDA-capable device"]),
    sign("gpu.requirement_unmet", &["CUDA out of memory"]),
    sign("gpu.requirement_unmet", &["CUDA_ERROR_OUT_OF_MEMORY"]),
    sign("gpu.requirement_unmet", &["CUDA error: out of memory"]),
    // llama.cpp
    sign(
        "gpu.requirement_unmet",
        &["cudaMalloc failed: out of memory"],
    ),
    sign(
        "gpu.requirement_unmet",
        &["The NVIDIA driver on your system is too old"],
    ),
    sign(
        "gpu.driver_unavailable",
        &["Found no NVIDIA driver on your system"],
    ),
    sign(
        "gpu.requirement_unmet",
        &["CUDA initialization", "unknown error"],
    )
    .general(),
    sign(
        "gpu.requirement_unmet",
        &["forward compatibility was attempted on non supported HW"],
    ),
    sign(
        "gpu.requirement_unmet",
        &["torch.cuda.is_available() is False"],
    ),
    sign(
        "gpu.requirement_unmet",
        &["Torch not compiled with CUDA enabled"],
    )
    .general(),
    sign("gpu.requirement_unmet", &["failed call to cuInit"]).general(),
    sign("gpu.requirement_unmet", &["CUDA_ERROR_NO_DEVICE"]),
];
