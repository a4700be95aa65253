# 诊断 101 至 128：引擎和本机。属性如何选用见 diagnosis.ftl。

diagnosis-engine-not_installed =
    .title = 本机未安装 Docker
    .why = 此安装包的服务由 Docker 运行。没有它，什么都无法启动。
    .step-1 = 向供应商索取适用于本系统的 Docker 安装文件，放入安装包旁边的 packages 目录，Quayside 会在那里找到它们。
    .step-2 = 如果本机有软件源，管理员也可以从中安装 docker.io（Debian、Ubuntu）或 docker-ce。
    .step-3 = 如果以前装过 Docker，保留 /var/lib/docker 原样：镜像和数据都在里面，装好 Docker 后会重新出现。
    .step-4 = 然后重新检查。
    .windows-step-1 = 向供应商索取 Windows 版 Docker Desktop 的安装文件，由管理员安装。
    .windows-step-2 = 安装程序要求时重启本机，然后启动 Docker Desktop，等待它显示引擎正在运行。
    .windows-step-3 = 然后重新检查。
    .macos-step-1 = 向供应商索取与这台 Mac 的处理器（Apple 或 Intel）相符的 Docker Desktop 安装文件，由管理员安装。
    .macos-step-2 = 从“应用程序”中启动 Docker Desktop，等待它显示引擎正在运行。
    .macos-step-3 = 然后重新检查。

diagnosis-engine-not_running =
    .title = Docker 未运行
    .why = 服务由 Docker 运行，因此现在既无法启动也无法查看任何服务。镜像和数据都还在原处。
    .step-1 = 启动 Docker：sudo systemctl start docker
    .step-2 = 如果失败，查看它的提示：sudo journalctl -u docker -n 50。常见原因是磁盘已满，或 daemon.json 有错误。
    .step-3 = 让它随本机启动：sudo systemctl enable docker
    .step-4 = 然后重新检查。
    .no-systemd-step-1 = 启动 Docker：sudo service docker start
    .no-systemd-step-2 = 如果失败，查看 /var/log/docker.log 的末尾。常见原因是磁盘已满，或 daemon.json 有错误。
    .no-systemd-step-3 = 然后重新检查。
    .snap-step-1 = 启动 Docker：sudo snap start --enable docker
    .snap-step-2 = 如果失败，查看它的提示：sudo snap logs docker -n 50
    .snap-step-3 = 然后重新检查。
    .rootless-step-1 = 以 Docker 所属的用户启动它：systemctl --user start docker
    .rootless-step-2 = 如果失败，查看它的提示：journalctl --user -u docker -n 50
    .rootless-step-3 = 让它无需登录也能运行：sudo loginctl enable-linger "$USER"
    .rootless-step-4 = 然后重新检查。
    .podman-step-1 = 启动 Podman 的应答服务：systemctl --user start podman.socket；全机共用时：sudo systemctl start podman.socket
    .podman-step-2 = 如果失败，查看它的提示：journalctl --user -u podman -n 50
    .podman-step-3 = 然后重新检查。
    .desktop-step-1 = 启动 Docker Desktop，等待它显示引擎正在运行。
    .desktop-step-2 = 如果 5 分钟后仍在启动，从它的图标菜单退出，再启动一次。仍然不行时，重启本机。
    .desktop-step-3 = 不要使用“Clean / Purge data”和“Reset to factory defaults”：两者都会清除服务的全部数据。
    .desktop-step-4 = 然后重新检查。
    .elsewhere-title = 正在 { $address } 寻找 Docker，但那里没有应答
    .elsewhere-plain-title = 正在一个不同于平常的位置寻找 Docker，但那里没有应答
    .elsewhere-why = 有一项设置（变量 DOCKER_HOST 或 Docker 上下文）指向了本机以外的 Docker。本机的 Docker 可能正在运行。
    .elsewhere-step-1 = 查看正在哪里寻找 Docker：docker context ls 用星号标出当前位置，如果 DOCKER_HOST 优先，也会说明。
    .elsewhere-step-2 = 如果要用的是本机的 Docker，运行：docker context use default。如果设置了 DOCKER_HOST，从当前用户的设置（例如 ~/.profile）中去掉它，然后重新登录。
    .elsewhere-step-3 = 如果要用的是另一台计算机，确认它已开机、从本机能访问到，并且上面的 Docker 正在运行。
    .elsewhere-step-4 = 然后重新打开 Quayside，重新检查。
    .elsewhere-desktop-step-1 = 查看正在哪里寻找 Docker：docker context ls 用星号标出当前位置，如果 DOCKER_HOST 优先，也会说明。
    .elsewhere-desktop-step-2 = 如果要用的是 Docker Desktop，启动它并运行：docker context use desktop-linux。如果设置了 DOCKER_HOST，从当前用户的环境变量中去掉它，然后重新登录。
    .elsewhere-desktop-step-3 = 如果要用的是另一台计算机，确认它已开机、从本机能访问到，并且上面的 Docker 正在运行。
    .elsewhere-desktop-step-4 = 然后重新打开 Quayside，重新检查。

diagnosis-engine-socket_permission =
    .title = 当前用户无权使用 Docker
    .why = Docker 正在运行，但只有管理员和 docker 组成员可以使用。刚加入该组的用户，重新登录后才生效。
    .step-1 = 如果当前用户刚刚加入该组，注销后重新登录，或重启本机。
    .step-2 = 否则由管理员把用户加入该组：sudo usermod -aG docker { $user }。该组的成员可以在本机上做任何事。
    .plain-step-2 = 否则由管理员把用户加入该组：sudo usermod -aG docker "$USER"。该组的成员可以在本机上做任何事。
    .step-3 = 注销后重新登录，打开 Quayside，重新检查。
    .snap-step-1 = 由管理员创建该组并加入用户：sudo addgroup --system docker，再运行 sudo usermod -aG docker "$USER"。该组的成员可以在本机上做任何事。
    .snap-step-2 = 让 Docker 识别该组：sudo snap disable docker，再运行 sudo snap enable docker。正在运行的服务会短暂中断。
    .snap-step-3 = 注销后重新登录，打开 Quayside，重新检查。
    .rootless-why = Docker 正在运行，但这个 Docker 属于某一个用户，其他用户不能使用。
    .rootless-step-1 = 以该 Docker 所属的用户登录，并在那里打开 Quayside。
    .rootless-step-2 = 如果当前就是该用户，查看归属：ls -l "$XDG_RUNTIME_DIR/docker.sock"，并与 echo $DOCKER_HOST 的结果对照。
    .rootless-step-3 = 然后重新检查。
    .podman-why = Podman 正在运行，但应答的部分属于管理员。每个用户都可以有自己的。
    .podman-step-1 = 启动当前用户自己的：systemctl --user start podman.socket
    .podman-step-2 = 让程序能找到它：设置 DOCKER_HOST=unix://$XDG_RUNTIME_DIR/podman/podman.sock（例如写入 ~/.profile），然后重新登录。
    .podman-step-3 = 然后重新检查。
    .desktop-why = Docker Desktop 正在运行，但只允许为其配置过的用户使用。
    .desktop-step-1 = 在 Windows 上，由管理员把当前用户加入 docker-users 组（“计算机管理”“本地用户和组”）。在 Mac 上，以当前用户启动 Docker Desktop。
    .desktop-step-2 = 注销后重新登录，启动 Docker Desktop。
    .desktop-step-3 = 然后重新检查。

diagnosis-engine-desktop_not_started =
    .title = Docker Desktop 未启动
    .why = 服务由 Docker Desktop 运行，因此现在既无法启动也无法查看任何服务。镜像和数据都还在原处。
    .step-1 = 从“开始”菜单或“应用程序”中启动 Docker Desktop。
    .step-2 = 等待它显示引擎正在运行。刚开机时可能需要几分钟。
    .step-3 = 如需自动启动，在“Settings”“General”中启用“Start Docker Desktop when you sign in”。
    .step-4 = 然后重新检查。

diagnosis-engine-wsl_unavailable =
    .title = Windows 无法启动 Docker 所需的虚拟机
    .why = Docker Desktop 在虚拟机（WSL 2）中运行服务。可能是本机关闭了虚拟化，也可能是缺少某项 Windows 功能或其版本过旧。
    .step-1 = 打开任务管理器的“性能”“CPU”。如果没有显示“虚拟化：已启用”，由管理员在 BIOS 中启用（Intel VT-x 或 AMD-V）。如果本机自身就是虚拟机，由其管理员允许嵌套虚拟化。
    .step-2 = 由管理员在“启用或关闭 Windows 功能”中启用“虚拟机平台”和“适用于 Linux 的 Windows 子系统”。
    .step-3 = 如果 Windows 提示 WSL 不完整或版本过旧，向供应商索取 WSL 的安装文件（wsl.msi）；在线更新需要联网。
    .step-4 = wsl --list 列出的条目都保留原样：服务的数据在里面。
    .step-5 = 重启本机，启动 Docker Desktop，重新检查。

diagnosis-engine-daemon_config_invalid =
    .title = Docker 的设置文件 { $file } 有错误，因此无法启动
    .plain-title = Docker 的设置文件有错误，因此无法启动
    .why = Docker 不认识其中的某一行，或者同一项设置给了两次：一次在此文件中，一次在启动 Docker 的地方。镜像和数据都还在。
    .step-1 = 查看是哪一行：sudo journalctl -u docker -n 50
    .step-2 = 先留一份副本：sudo cp /etc/docker/daemon.json /etc/docker/daemon.json.before
    .step-3 = 更正那一行（常见的是多一个或少一个逗号），或者放回上一份正常的副本。其他行保持不变：例如“data-root”指明了镜像和数据的位置。
    .step-4 = 启动 Docker：sudo systemctl reset-failed docker，再运行 sudo systemctl start docker
    .step-5 = 然后重新检查。
    .no-systemd-step-1 = 在 /var/log/docker.log 的末尾查看是哪一行。
    .no-systemd-step-2 = 先留一份副本：sudo cp /etc/docker/daemon.json /etc/docker/daemon.json.before
    .no-systemd-step-3 = 更正那一行（常见的是多一个或少一个逗号），或者放回上一份正常的副本。其他行保持不变：例如“data-root”指明了镜像和数据的位置。
    .no-systemd-step-4 = 启动 Docker：sudo service docker start
    .no-systemd-step-5 = 然后重新检查。
    .snap-step-1 = 查看是哪一行：sudo snap logs docker -n 50
    .snap-step-2 = 先为 /var/snap/docker/current/config/daemon.json 留一份副本。
    .snap-step-3 = 更正那一行（常见的是多一个或少一个逗号），或者放回上一份正常的副本。其他行保持不变：例如“data-root”指明了镜像和数据的位置。
    .snap-step-4 = 启动 Docker：sudo snap restart docker
    .snap-step-5 = 然后重新检查。
    .rootless-step-1 = 查看是哪一行：journalctl --user -u docker -n 50
    .rootless-step-2 = 先为 ~/.config/docker/daemon.json 留一份副本。
    .rootless-step-3 = 更正那一行（常见的是多一个或少一个逗号），或者放回上一份正常的副本。其他行保持不变：例如“data-root”指明了镜像和数据的位置。
    .rootless-step-4 = 启动 Docker：systemctl --user restart docker
    .rootless-step-5 = 然后重新检查。
    .desktop-step-1 = 打开 Docker Desktop 的“Settings”“Docker Engine”。如果打不开 Docker Desktop，同样的内容在您个人目录下 .docker 目录的 daemon.json 文件中。
    .desktop-step-2 = 先把内容复制一份保存好。
    .desktop-step-3 = 更正 Docker 指出的那一行（常见的是多一个或少一个逗号），其他行保持不变。
    .desktop-step-4 = 选择“Apply & restart”或重新启动 Docker Desktop，然后重新检查。

diagnosis-engine-api_version_mismatch =
    .title = Docker 与 { $service } 互不相容：其中一个版本过旧
    .why = 该程序使用 { $current } 版的 Docker 接口（API），而这里的 Docker 只接受 { $minimum } 及以上版本。Docker 更新后，不再支持旧程序。
    .plain-why = 使用 Docker 的程序必须采用它支持的接口（API）版本。Docker 更新后，不再支持旧程序；旧的 Docker 则不支持新程序。
    .step-1 = 查看 Docker 支持的版本：docker version 在“Server”下显示其 API 版本和可接受的最低版本。
    .step-2 = 如果 Docker 最近更新过，向供应商索取新版的 { $service }。
    .step-3 = 在拿到之前，管理员可以让 Docker 29 接受旧程序：在 /etc/docker/daemon.json 中加入 "min-api-version": "1.24"，再运行 sudo systemctl restart docker。正在运行的服务会短暂中断。
    .step-4 = 如果过旧的是 Docker，向供应商索取新版 Docker 的安装文件。镜像和数据会保留。
    .step-5 = 然后重新检查。
    .desktop-step-1 = 查看 Docker 支持的版本：docker version 在“Server”下显示其 API 版本和可接受的最低版本。
    .desktop-step-2 = 如果 Docker Desktop 最近更新过，向供应商索取新版的 { $service }。
    .desktop-step-3 = 在拿到之前，可以让 Docker 29 接受旧程序：在“Settings”“Docker Engine”中加入 "min-api-version": "1.24"，并选择“Apply & restart”。正在运行的服务会短暂中断。
    .desktop-step-4 = 如果过旧的是 Docker，向供应商索取新版 Docker Desktop 的安装文件。镜像和数据会保留。
    .desktop-step-5 = 然后重新检查。
    .snap-step-1 = 查看 Docker 支持的版本：docker version 在“Server”下显示其 API 版本和可接受的最低版本。
    .snap-step-2 = 如果 Docker 最近更新过（snap 会自动更新），向供应商索取新版的 { $service }。
    .snap-step-3 = 在拿到之前，管理员可以让 Docker 29 接受旧程序：在 /var/snap/docker/current/config/daemon.json 中加入 "min-api-version": "1.24"，再运行 sudo snap restart docker。正在运行的服务会短暂中断。
    .snap-step-4 = 如果过旧的是 Docker，向供应商确认安装包需要哪个版本的 Docker。镜像和数据会保留。
    .snap-step-5 = 然后重新检查。
    .rootless-step-1 = 查看 Docker 支持的版本：docker version 在“Server”下显示其 API 版本和可接受的最低版本。
    .rootless-step-2 = 如果 Docker 最近更新过，向供应商索取新版的 { $service }。
    .rootless-step-3 = 在拿到之前，可以让 Docker 29 接受旧程序：在 ~/.config/docker/daemon.json 中加入 "min-api-version": "1.24"，再运行 systemctl --user restart docker。正在运行的服务会短暂中断。
    .rootless-step-4 = 如果过旧的是 Docker，向供应商索取新版 Docker 的安装文件。镜像和数据会保留。
    .rootless-step-5 = 然后重新检查。
    .no-systemd-step-1 = 查看 Docker 支持的版本：docker version 在“Server”下显示其 API 版本和可接受的最低版本。
    .no-systemd-step-2 = 如果 Docker 最近更新过，向供应商索取新版的 { $service }。
    .no-systemd-step-3 = 在拿到之前，管理员可以让 Docker 29 接受旧程序：在 /etc/docker/daemon.json 中加入 "min-api-version": "1.24"，再运行 sudo service docker restart。正在运行的服务会短暂中断。
    .no-systemd-step-4 = 如果过旧的是 Docker，向供应商索取新版 Docker 的安装文件。镜像和数据会保留。
    .no-systemd-step-5 = 然后重新检查。
    .podman-step-1 = 查看 Podman 的版本：podman version
    .podman-step-2 = 向供应商确认 { $service } 能否配合此版本的 Podman 工作，或索取可以配合的版本。
    .podman-step-3 = 然后重新检查。

diagnosis-engine-seccomp_incompatible =
    .title = 本机的 Docker 对 { $service } 的镜像来说过旧
    .why = 该镜像会使用这个 Docker 不认识、因而禁止的内核功能（seccomp）。即使权限都正确，服务也会提示“Operation not permitted”。
    .step-1 = 查看 Docker 的版本：docker version。较新的镜像需要 20.10.10 或更高版本，以及同期的 libseccomp2。
    .step-2 = 向供应商索取适用于本系统的新版 Docker、containerd 和 libseccomp2 安装文件，或从软件源更新。镜像和数据会保留。
    .step-3 = 如果这里的 Docker 不能更新，向供应商索取与之相配的 { $service } 镜像。
    .step-4 = 然后重新启动 { $service }，重新检查。
    .desktop-step-1 = 向供应商索取新版 Docker Desktop 的安装文件，由管理员安装。镜像和数据会保留。
    .desktop-step-2 = 如果 Docker Desktop 不能更新，向供应商索取与之相配的 { $service } 镜像。
    .desktop-step-3 = 然后重新启动 { $service }，重新检查。

diagnosis-engine-cgroup_runtime =
    .title = Docker 与内核不相配，无法启动 { $service }
    .why = 启动任何服务之前，Docker 都要向内核申请一个控制组（cgroup），用来统计内存和处理器。这里没有控制组，或其设置方式与这个 Docker 的预期不同。这是本机的问题，与安装包无关。
    .step-1 = 如果内核或 Docker 更新过，重启本机：重启之前两者可能不相配。
    .step-2 = 查看内核使用哪一种：stat -fc %T /sys/fs/cgroup。如果显示 cgroup2fs，Docker 必须是 20.10 或更高版本，可向供应商索取安装文件。
    .step-3 = 如果 Docker 提到“systemd cgroup”，请管理员核对 /etc/docker/daemon.json 中的“exec-opts”与本机的启动方式是否相符。
    .step-4 = 如果本机自身就是容器（LXC、Proxmox），由其管理员在那里允许嵌套。
    .step-5 = 然后重新检查。
    .desktop-step-1 = 退出 Docker Desktop，再重新启动。
    .desktop-step-2 = 如果没有用，向供应商索取新版 Docker Desktop 的安装文件。在 Windows 上必须使用 WSL 2。镜像和数据会保留。
    .desktop-step-3 = 然后重新检查。

diagnosis-engine-storage_driver =
    .title = Docker 无法用 { $driver } 驱动打开镜像存储
    .plain-title = Docker 无法打开镜像存储
    .why = 内核或 Docker 的设置有了变化，Docker 因此访问不到存放镜像和容器的位置。只要没有人清理那里，它们就都还在。
    .step-1 = 查看 Docker 的提示：sudo journalctl -u docker -n 50
    .step-2 = 如果内核更新过，重启本机：重启之前可能缺少内核的某个部分。
    .step-3 = 如果有人改过 /etc/docker/daemon.json 中的“storage-driver”或“data-root”，改回原来的值。换用其他驱动后，Docker 不会显示现有的镜像和容器。
    .step-4 = /var/lib/docker 中的一切保持原样。如果 Docker 仍无法启动，联系本机管理员。
    .step-5 = 然后重新检查。
    .no-systemd-step-1 = 在 /var/log/docker.log 的末尾查看 Docker 的提示。
    .no-systemd-step-2 = 如果内核更新过，重启本机：重启之前可能缺少内核的某个部分。
    .no-systemd-step-3 = 如果有人改过 /etc/docker/daemon.json 中的“storage-driver”或“data-root”，改回原来的值。换用其他驱动后，Docker 不会显示现有的镜像和容器。
    .no-systemd-step-4 = /var/lib/docker 中的一切保持原样。如果 Docker 仍无法启动，联系本机管理员。
    .no-systemd-step-5 = 然后重新检查。
    .snap-step-1 = 查看 Docker 的提示：sudo snap logs docker -n 50
    .snap-step-2 = 如果有人改过 /var/snap/docker/current/config/daemon.json 中的“storage-driver”或“data-root”，改回原来的值。换用其他驱动后，Docker 不会显示现有的镜像和容器。
    .snap-step-3 = /var/snap/docker 中的一切保持原样。如果 Docker 仍无法启动，联系本机管理员。
    .snap-step-4 = 然后重新检查。
    .rootless-step-1 = 查看 Docker 的提示：journalctl --user -u docker -n 50
    .rootless-step-2 = 如果有人改过 ~/.config/docker/daemon.json 中的“storage-driver”或“data-root”，改回原来的值。换用其他驱动后，Docker 不会显示现有的镜像和容器。
    .rootless-step-3 = ~/.local/share/docker 中的一切保持原样。如果 Docker 仍无法启动，联系本机管理员。
    .rootless-step-4 = 然后重新检查。
    .desktop-step-1 = 退出 Docker Desktop，再重新启动；如果没有用，重启本机。
    .desktop-step-2 = 如果有人改过 Docker Desktop 设置中的“storage-driver”或“containerd”，改回原样。换用其他存储后，Docker 不会显示现有的镜像和容器。
    .desktop-step-3 = 不要使用“Clean / Purge data”和“Reset to factory defaults”：两者都会清除服务的全部数据。
    .desktop-step-4 = 然后重新检查。

diagnosis-engine-credential_helper =
    .title = Docker 用来保存密码的程序 { $tool } 无法工作
    .plain-title = Docker 用来保存密码的程序无法工作
    .why = 处理镜像之前，Docker 会先询问这个程序，尽管此安装包根本不需要密码。当前用户的 config.json 文件要求它这样做。
    .step-1 = 先留一份副本：cp ~/.docker/config.json ~/.docker/config.json.before
    .step-2 = 从 ~/.docker/config.json 中去掉“credsStore”一行，注意逗号。之后镜像仓库会重新要求输入密码；此安装包用不到。
    .step-3 = 然后再次部署，重新检查。
    .desktop-step-1 = 退出 Docker Desktop，再重新启动：该程序由它提供。
    .desktop-step-2 = 在 Windows 上，在本机前或通过远程桌面操作，不要通过 SSH：在 SSH 中 Windows 不会开放已保存的密码。
    .desktop-step-3 = 如果仍然如此，为您个人目录下 .docker 目录中的 config.json 留一份副本，再去掉其中的“credsStore”一行。之后镜像仓库会重新要求输入密码；此安装包用不到。
    .desktop-step-4 = 然后再次部署，重新检查。

diagnosis-host-clock_skew =
    .title = 本机时钟不正确：显示为 { $current }
    .plain-title = 本机时钟不正确
    .why = 证书有起止日期。时钟不正确时，证书会被当作尚未生效或已经过期，连接因此被拒绝。
    .step-1 = 与可信的时钟对照：date
    .step-2 = 如果相差超过几分钟，先停止服务：数据库承受不了时间跳变。
    .step-3 = 如果内网有时间服务器：sudo timedatectl set-ntp true。否则手动设置：sudo timedatectl set-ntp false，再运行 sudo timedatectl set-time "2026-12-31 12:00"
    .step-4 = 如果本机是虚拟机，还要由管理员校正其宿主机的时钟。
    .step-5 = 重新启动服务，重新检查。
    .no-systemd-step-1 = 与可信的时钟对照：date
    .no-systemd-step-2 = 如果相差超过几分钟，先停止服务：数据库承受不了时间跳变。
    .no-systemd-step-3 = 设置时钟：sudo date -s "2026-12-31 12:00"，再保存：sudo hwclock --systohc
    .no-systemd-step-4 = 重新启动服务，重新检查。
    .desktop-step-1 = 将本机时钟与可信的时钟对照，在系统设置的“日期和时间”中校正。
    .desktop-step-2 = 重启 Docker Desktop：本机休眠时，它的虚拟机可能走慢了。
    .desktop-step-3 = 然后重新检查。
    .desktop-undecided = 由可信的时钟判定：与本机的时间对照；如果本机时间正确，就是证书本身已过期。
    .undecided = 由可信的时钟判定：与 date 命令显示的时间对照；如果本机时间正确，就是证书本身已过期。

diagnosis-host-low_memory =
    .title = 内存不足，{ $service } 无法运行
    .why = 它申请内存时，本机已没有剩余，因此退出。需要增加内存，或改用占用更少的设置。
    .step-1 = 查看内存被谁占用：free -h 显示本机，docker stats --no-stream 显示各服务。
    .step-2 = 关闭无人需要的程序，或为本机增加内存。虚拟机由其管理员调整。
    .step-3 = 如果只是短时高峰，管理员可以增加交换空间。
    .step-4 = 如果无法增加内存，向供应商索取 { $service } 的小规格配置。
    .step-5 = 重新启动 { $service }，重新检查。
    .desktop-step-1 = 查看内存被谁占用：docker stats --no-stream
    .desktop-step-2 = 为 Docker 虚拟机分配更多内存：“Settings”“Resources”。在使用 WSL 2 的 Windows 上，在您个人目录的 .wslconfig 文件的 [wsl2] 下写 memory=8GB，然后重启本机。
    .desktop-step-3 = 如果无法增加内存，向供应商索取 { $service } 的小规格配置。
    .desktop-step-4 = 重新启动 { $service }，重新检查。
    .podman-step-1 = 查看内存被谁占用：free -h 显示本机，podman stats --no-stream 显示各服务。
    .podman-step-2 = 关闭无人需要的程序，或为本机增加内存。虚拟机由其管理员调整。
    .podman-step-3 = 如果只是短时高峰，管理员可以增加交换空间。
    .podman-step-4 = 如果无法增加内存，向供应商索取 { $service } 的小规格配置。
    .podman-step-5 = 重新启动 { $service }，重新检查。

diagnosis-host-vm_max_map_count =
    .title = 内核的内存映射上限低于 { $service } 的要求
    .why = 搜索引擎会将大量文件映射到内存。这里的 vm.max_map_count 为 { $current }，至少应为 { $minimum }，否则 { $service } 启动后会立即退出。
    .plain-why = 搜索引擎会将大量文件映射到内存。vm.max_map_count 过低时，{ $service } 启动后会立即退出。
    .step-1 = 立即设置：sudo sysctl -w vm.max_map_count={ $minimum }
    .plain-step-1 = 立即设置：sudo sysctl -w vm.max_map_count=262144
    .step-2 = 重启后保持：将 vm.max_map_count = { $minimum } 一行写入 /etc/sysctl.d/99-max-map-count.conf
    .plain-step-2 = 重启后保持：将 vm.max_map_count = 262144 一行写入 /etc/sysctl.d/99-max-map-count.conf
    .step-3 = 重新启动 { $service }，重新检查。
    .desktop-step-1 = 在 Windows 上立即设置：wsl -d docker-desktop -u root sysctl -w vm.max_map_count=262144
    .desktop-step-2 = 重启后保持：在您个人目录的 .wslconfig 文件的 [wsl2] 下写 kernelCommandLine = "sysctl.vm.max_map_count=262144"
    .desktop-step-3 = 在 Mac 上，向供应商索取新版 Docker Desktop 的安装文件，其默认上限已足够。
    .desktop-step-4 = 重新启动 { $service }，重新检查。

diagnosis-host-overcommit =
    .title = 内存不足时，{ $service } 可能无法保存数据
    .why = 这只是提示，没有因此发生故障。保存时，该服务会短暂地复制自身，内存不足时内核会拒绝（vm.overcommit_memory = 0）。
    .step-1 = 只要内存充足，无需处理。
    .step-2 = 如需避免：sudo sysctl -w vm.overcommit_memory=1
    .step-3 = 重启后保持：将 vm.overcommit_memory = 1 一行写入 /etc/sysctl.d/99-overcommit.conf
    .step-4 = 在合适的时候重启 { $service }，重新检查：日志中不再有此提示。
    .desktop-step-1 = 只要内存充足，无需处理。
    .desktop-step-2 = 为 Docker 虚拟机分配足够的内存：“Settings”“Resources”。
    .desktop-step-3 = 然后重新检查。

diagnosis-host-inotify_limit =
    .title = 内核允许 { $service } 监视的文件太少
    .why = 该服务会监视文件变化，而所有服务合计只能监视一定数量。达到上限时，它会提示空间不足或打开的文件过多，尽管磁盘仍有空间。
    .step-1 = 查看上限：sysctl fs.inotify
    .step-2 = 立即提高：sudo sysctl -w fs.inotify.max_user_watches=524288 fs.inotify.max_user_instances=1024
    .step-3 = 重启后保持：将这两项各占一行写入 /etc/sysctl.d/99-inotify.conf
    .step-4 = 重新启动 { $service }，重新检查。
    .desktop-step-1 = 在 Windows 上立即提高：wsl -d docker-desktop -u root sysctl -w fs.inotify.max_user_watches=524288 fs.inotify.max_user_instances=1024
    .desktop-step-2 = 在 Mac 上，向供应商索取新版 Docker Desktop 的安装文件，其默认上限更高。
    .desktop-step-3 = 重新启动 { $service }，重新检查。
    .desktop-undecided = 由磁盘判定：如果本机磁盘和 Docker 自己的磁盘（“Settings”“Resources”）都有空间，就是达到了这个上限；否则就是磁盘已满。
    .undecided = 由磁盘判定：如果 df -h 和 df -i 都显示该磁盘有余量，就是达到了这个上限；如果其中之一显示 100%，就是磁盘已满。

diagnosis-limit-nofile =
    .title = 打开文件数的上限对 { $service } 来说过低
    .why = 每个文件和每个连接都计入其中。{ $service } 同时最多可打开 { $current } 个，而它需要 { $minimum } 个。
    .plain-why = 每个文件和每个连接都计入其中，而 { $service } 同时可打开的数量少于它的需要。
    .step-1 = 向供应商确认 { $service } 需要的上限（“ulimits: nofile”），并索取已作设置的安装包。
    .step-2 = 在此之前，技术支持人员可以在 compose 文件旁的 compose.override.yaml 中设置：在该服务的 ulimits 下写 nofile，例如 65536。
    .step-3 = 如果 Docker 提示无权设置该上限，说明它自身的上限更低：运行 sudo systemctl edit docker，在 [Service] 下写 LimitNOFILE=1048576，再运行 sudo systemctl restart docker。正在运行的服务会短暂中断。
    .step-4 = 再次部署，重新检查。
    .rootless-step-1 = 向供应商确认 { $service } 需要的上限（“ulimits: nofile”），并索取已作设置的安装包。
    .rootless-step-2 = 这个 Docker 属于普通用户，不能超过该用户的上限。查看上限：ulimit -Hn
    .rootless-step-3 = 由管理员提高上限：运行 sudo systemctl edit user@.service，在 [Service] 下写 LimitNOFILE=1048576，然后重启本机。
    .rootless-step-4 = 再次部署，重新检查。
    .no-systemd-step-1 = 向供应商确认 { $service } 需要的上限（“ulimits: nofile”），并索取已作设置的安装包。
    .no-systemd-step-2 = 在此之前，技术支持人员可以在 compose 文件旁的 compose.override.yaml 中设置：在该服务的 ulimits 下写 nofile，例如 65536。
    .no-systemd-step-3 = 如果 Docker 提示无权设置该上限，由管理员提高启动 Docker 时的上限（启动脚本中的 ulimit -n）。
    .no-systemd-step-4 = 再次部署，重新检查。
    .desktop-step-1 = 向供应商确认 { $service } 需要的上限（“ulimits: nofile”），并索取已作设置的安装包。
    .desktop-step-2 = 在此之前，技术支持人员可以在 compose 文件旁的 compose.override.yaml 中设置：在该服务的 ulimits 下写 nofile，例如 65536。
    .desktop-step-3 = 再次部署，重新检查。
    .snap-step-1 = 向供应商确认 { $service } 需要的上限（“ulimits: nofile”），并索取已作设置的安装包。
    .snap-step-2 = 在此之前，技术支持人员可以在 compose 文件旁的 compose.override.yaml 中设置：在该服务的 ulimits 下写 nofile，例如 65536。
    .snap-step-3 = 如果 Docker 提示无权设置该上限，说明它自身的上限更低：运行 sudo systemctl edit snap.docker.dockerd，在 [Service] 下写 LimitNOFILE=1048576，再运行 sudo snap restart docker。正在运行的服务会短暂中断。
    .snap-step-4 = 再次部署，重新检查。
    .podman-step-1 = 向供应商确认 { $service } 需要的上限（“ulimits: nofile”），并索取已作设置的安装包。
    .podman-step-2 = 在此之前，技术支持人员可以在 compose 文件旁的 compose.override.yaml 中设置：在该服务的 ulimits 下写 nofile，例如 65536。
    .podman-step-3 = 如果 Podman 提示无权设置该上限，说明当前用户的上限更低（ulimit -Hn），管理员可以在 /etc/security/limits.conf 中提高。之后注销并重新登录。
    .podman-step-4 = 再次部署，重新检查。

diagnosis-limit-threads =
    .title = 线程和进程数的上限对 { $service } 来说过低
    .why = 它不能再启动新的线程，因此退出（“Resource temporarily unavailable”），即使还有空闲内存。上限可能来自 compose 文件（pids_limit）、Docker 自身的设置或内核。
    .step-1 = 查看是否有服务失控：docker stats --no-stream 的 PIDS 一列。如果有，先重启那个服务。
    .step-2 = 如果 compose 文件为 { $service } 设置了“pids_limit”，请供应商提高它。
    .step-3 = 否则由管理员将 sysctl kernel.pid_max kernel.threads-max 的值与当前用量对照：ps -eLf | wc -l
    .step-4 = Docker 低于 20.10.10 时，新镜像也会以同样的提示失败：查看 docker version，并向供应商索取新版 Docker。
    .step-5 = 重新启动 { $service }，重新检查。
    .desktop-step-1 = 查看是否有服务失控：docker stats --no-stream 的 PIDS 一列。如果有，先重启那个服务。
    .desktop-step-2 = 如果 compose 文件为 { $service } 设置了“pids_limit”，请供应商提高它。
    .desktop-step-3 = 重新启动 { $service }，重新检查。
    .podman-step-1 = 查看是否有服务失控：podman stats --no-stream 的 PIDS 一列。如果有，先重启那个服务。
    .podman-step-2 = 如果 compose 文件为 { $service } 设置了“pids_limit”，请供应商提高它。
    .podman-step-3 = 否则由管理员将 sysctl kernel.pid_max kernel.threads-max 的值与当前用量对照：ps -eLf | wc -l
    .podman-step-4 = Docker 低于 20.10.10 时，新镜像也会以同样的提示失败：查看 docker version，并向供应商索取新版 Docker。
    .podman-step-5 = 重新启动 { $service }，重新检查。

diagnosis-host-cpu_unsupported =
    .title = 本机的处理器无法运行 { $service }
    .why = 该程序是为 { $minimum } 类处理器编译的。本机处理器缺少其中的某些功能，或被虚拟机隐藏。程序启动后会立即退出，退出码通常为 132。
    .plain-why = 该程序是为较新的处理器编译的。本机处理器缺少它使用的功能（例如 AVX 或 x86-64-v2），或被虚拟机隐藏。程序启动后会立即退出，退出码通常为 132。
    .step-1 = 查看处理器支持的功能：lscpu 的“Flags”一行（avx、sse4_2）。
    .step-2 = 如果这是虚拟机，由其管理员将处理器类型设为“host”（VMware：提高 EVC 级别），然后关机再开机。
    .step-3 = 否则向供应商索取适用于旧处理器的 { $service } 镜像，并说明它是否已存有数据。
    .step-4 = 然后重新启动 { $service }，重新检查。
    .desktop-step-1 = 在使用 Apple 处理器的 Mac 上，Intel 程序在仿真环境中运行，并非所有功能都可用：向供应商索取 arm64 安装包。
    .desktop-step-2 = 在其他计算机上，向供应商索取适用于旧处理器的 { $service } 镜像，并说明它是否已存有数据。
    .desktop-step-3 = 然后重新启动 { $service }，重新检查。
