# 诊断 901 至 903：显卡。属性如何选用见 diagnosis.ftl。

diagnosis-gpu-toolkit_missing =
    .title = Docker 无法向 { $service } 提供显卡
    .why = 为此 Docker 需要 NVIDIA Container Toolkit。它没有安装，或者是在 Docker 启动之后才安装的。
    .step-1 = 查看是否有显卡且驱动正常：nvidia-smi
    .step-2 = 向供应商索取适用于本系统的 nvidia-container-toolkit，或由管理员从软件源安装。
    .step-3 = 让 Docker 识别它：sudo nvidia-ctk runtime configure --runtime=docker，再运行 sudo systemctl restart docker。正在运行的服务会短暂中断。
    .step-4 = 如果没有显卡，向供应商确认安装包能否在没有显卡时运行。
    .step-5 = 重新启动 { $service }，重新检查。
    .no-systemd-step-1 = 查看是否有显卡且驱动正常：nvidia-smi
    .no-systemd-step-2 = 向供应商索取适用于本系统的 nvidia-container-toolkit，或由管理员从软件源安装。
    .no-systemd-step-3 = 让 Docker 识别它：sudo nvidia-ctk runtime configure --runtime=docker，再运行 sudo service docker restart。正在运行的服务会短暂中断。
    .no-systemd-step-4 = 如果没有显卡，向供应商确认安装包能否在没有显卡时运行。
    .no-systemd-step-5 = 重新启动 { $service }，重新检查。
    .rootless-step-1 = 查看是否有显卡且驱动正常：nvidia-smi
    .rootless-step-2 = 向供应商索取适用于本系统的 nvidia-container-toolkit，或由管理员从软件源安装。
    .rootless-step-3 = 让 Docker 识别它：nvidia-ctk runtime configure --runtime=docker --config=$HOME/.config/docker/daemon.json，再运行 sudo nvidia-ctk config --set nvidia-container-cli.no-cgroups --in-place，最后运行 systemctl --user restart docker。正在运行的服务会短暂中断。
    .rootless-step-4 = 如果没有显卡，向供应商确认安装包能否在没有显卡时运行。
    .rootless-step-5 = 重新启动 { $service }，重新检查。
    .snap-step-1 = 查看是否有显卡且驱动正常：nvidia-smi
    .snap-step-2 = snap 的 Docker 只在特定条件下能使用显卡：向供应商确认安装包能否配合它运行，还是需要另一种 Docker。
    .snap-step-3 = 如果没有显卡，向供应商确认安装包能否在没有显卡时运行。
    .snap-step-4 = 重新启动 { $service }，重新检查。
    .podman-why = 为此 Podman 需要 NVIDIA Container Toolkit 以及显卡的描述文件（CDI），而其中一项缺失。
    .podman-step-1 = 查看是否有显卡且驱动正常：nvidia-smi
    .podman-step-2 = 向供应商索取适用于本系统的 nvidia-container-toolkit，或由管理员从软件源安装。
    .podman-step-3 = 生成描述文件：sudo nvidia-ctk cdi generate --output=/etc/cdi/nvidia.yaml
    .podman-step-4 = 如果没有显卡，向供应商确认安装包能否在没有显卡时运行。
    .podman-step-5 = 重新启动 { $service }，重新检查。
    .desktop-why = Docker Desktop 只能在使用 WSL 2 且装有 NVIDIA 驱动的 Windows 上提供 NVIDIA 显卡，在 Mac 上则不支持。
    .desktop-step-1 = 在 Windows 上，查看是否有显卡且驱动正常：nvidia-smi
    .desktop-step-2 = 在 Docker Desktop 的“Settings”“General”中启用“Use the WSL 2 based engine”，然后重启它。
    .desktop-step-3 = 在 Mac 上，或没有这种显卡时，向供应商确认安装包能否在没有显卡时运行。
    .desktop-step-4 = 重新启动 { $service }，重新检查。

diagnosis-gpu-driver_unavailable =
    .title = 显卡驱动没有应答，而 { $service } 需要它
    .why = 驱动没有加载；或者驱动更新过，而在重启本机之前，内核中仍是旧驱动。
    .step-1 = 在服务可以短暂中断时重启本机。驱动或内核更新之后，没有其他办法。
    .step-2 = 查看驱动是否应答：nvidia-smi
    .step-3 = 如果没有应答，由管理员用供应商的文件或从软件源，为当前内核重新安装驱动。启用 Secure Boot 时，驱动必须经过签名。
    .step-4 = 如果没有显卡，向供应商确认安装包能否在没有显卡时运行。
    .step-5 = 重新启动 { $service }，重新检查。
    .desktop-step-1 = 重启本机。
    .desktop-step-2 = 在 Windows 上，查看驱动是否应答：nvidia-smi。如果没有应答，由管理员用供应商提供的文件安装 NVIDIA 的 Windows 驱动。
    .desktop-step-3 = 在 Mac 上，或没有这种显卡时，向供应商确认安装包能否在没有显卡时运行。
    .desktop-step-4 = 重新启动 { $service }，重新检查。

diagnosis-gpu-requirement_unmet =
    .title = 显卡或其驱动达不到 { $service } 的要求
    .why = 该程序需要 CUDA { $minimum } 或更高版本。可能是驱动过旧，也可能是显卡过旧。
    .plain-why = 该程序需要更新的驱动（CUDA）、更新的显卡，或比现有更多的显存。
    .step-1 = 查看现状：nvidia-smi 会显示驱动、其 CUDA 版本以及显存用量。
    .step-2 = 如果显存不足，关闭其他使用显卡的程序，或向供应商索取 { $service } 的小规格设置。
    .step-3 = 如果驱动过旧，由管理员用供应商的文件或从软件源安装新版驱动，然后重启本机。
    .step-4 = 如果显卡本身过旧，向供应商索取适用于此显卡或无需显卡的 { $service } 镜像。
    .step-5 = 重新启动 { $service }，重新检查。
