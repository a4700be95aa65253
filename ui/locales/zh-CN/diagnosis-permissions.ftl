# 诊断 5xx：程序与权限。属性的选取方式见 diagnosis.ftl。

diagnosis-perm-entrypoint_not_executable =
    .title = { $service } 无法运行 { $path }：该文件没有可执行权限
    .plain-title = { $service } 无法运行其启动脚本：该文件没有可执行权限
    .why = 文件存在，但没有执行它的权限（permission denied，退出码 126）。在 Windows 上解包或经 U 盘复制后，文件常会丢失该权限。
    .step-1 = 如果 Quayside 提供此修复，让它恢复脚本的可执行权限；也可手动执行：chmod a+x "{ $source }"
    .plain-step-1 = 如果 { $service } 启动的是安装包中的脚本，让 Quayside 恢复其可执行权限，或只对这一个文件手动执行：chmod a+x FILE
    .step-2 = 如果权限无法保留，说明安装包所在磁盘不支持此类权限，或禁止运行程序（noexec）。把安装包复制到本机磁盘，然后打开副本。
    .step-3 = 如果该文件在镜像内，向供应商索取更正后的镜像。
    .step-4 = 再次启动 { $service }，然后重新检查。
    .windows-why = 文件存在，但没有执行它的权限（permission denied，退出码 126）。在 Windows 上，安装包的所有文件都带有该权限，因此问题多半出在镜像内。
    .windows-step-1 = 从供应商的介质重新复制整个安装包并部署，确保使用它自带的镜像。
    .windows-step-2 = 如果没有改变，向供应商索取更正后的镜像。支持包中写明了是哪个文件。
    .windows-step-3 = 部署更正后的安装包，然后重新检查。
    .undecided = 尚不清楚是文件还是磁盘不允许执行：ls -l 会在可执行文件处显示“x”，findmnt -T 会对禁止运行的磁盘显示“noexec”。
    .windows-undecided = 尚不清楚是镜像内的文件还是挂载的文件：compose 文件的“volumes:”列出了挂载的内容。
    .macos-undecided = 尚不清楚是文件还是磁盘不允许执行：ls -l 会在可执行文件处显示“x”，mount 会对禁止运行的磁盘显示“noexec”。

diagnosis-script-crlf =
    .title = 脚本 { $path } 以 Windows 换行符保存，{ $service } 无法运行它
    .plain-title = { $service } 的一个脚本以 Windows 换行符保存，无法运行
    .why = Linux 会把行尾的不可见字符当作程序名的一部分，因而找不到该程序（CRLF）。本机没有问题。
    .step-1 = 如果 Quayside 提供此修复，让它改用 Linux 换行符保存脚本。原文件保留在旁边。
    .step-2 = 也可手动处理，同样会保留原文件：sed -i.orig 's/\r$//' "{ $source }"
    .plain-step-2 = 也可只对这一个脚本手动处理，同样会保留原文件：sed -i.orig 's/\r$//' FILE
    .step-3 = 如果脚本在镜像内，向供应商索取更正后的镜像。
    .step-4 = 再次启动 { $service }，然后重新检查。
    .desktop-step-1 = 如果 Quayside 提供此修复，让它改用 Linux 换行符保存脚本。原文件保留在旁边。
    .desktop-step-2 = 或者先复制一份脚本备用，再用可以选择换行符的编辑器打开，把“CRLF”改为“LF”后保存。
    .desktop-step-3 = 如果脚本在镜像内，向供应商索取更正后的镜像。
    .desktop-step-4 = 再次启动 { $service }，然后重新检查。
    .undecided = 尚不清楚是换行符有误，还是第一行所写的程序不存在：head -n 1 FILE | od -c 会对 Windows 换行符显示 \r。
    .windows-undecided = 尚不清楚是换行符有误，还是第一行所写的程序不存在：编辑器会对 Windows 换行符显示“CRLF”。

diagnosis-script-missing_shebang =
    .title = 脚本 { $path } 没有写明由哪个程序运行，{ $service } 无法启动它
    .plain-title = { $service } 的一个脚本没有写明由哪个程序运行，无法启动
    .why = 只有第一行写明程序（如“#!/bin/sh”），Linux 才会启动文本文件（exec format error）。此脚本缺少这一行，而应由哪个程序运行，只有供应商能确定。
    .step-1 = 向供应商索取更正后的脚本，或询问第一行应写什么。
    .step-2 = 如果脚本在安装包中，先复制一份备用，再把供应商给出的那一行加为第一行，行首不留空格。
    .step-3 = 如果脚本在镜像内，向供应商索取更正后的镜像。
    .step-4 = 再次启动 { $service }，然后重新检查。
    .undecided = 镜像属于其他处理器架构，或文件为空，也会出现同样的信息。对照 docker image inspect 中的“Architecture”与 quayside-cli arch-info，并查看文件大小即可判断。
    .podman-undecided = 镜像属于其他处理器架构，或文件为空，也会出现同样的信息。对照 podman image inspect 中的“Architecture”与 quayside-cli arch-info，并查看文件大小即可判断。

diagnosis-exec-command_not_found =
    .title = { $service } 要运行 { $command }，但其镜像中没有这个程序
    .plain-title = { $service } 要运行的程序在其镜像中不存在
    .why = Docker 在镜像内没有找到该程序（退出码 127）。要么镜像版本与 compose 文件不符，要么本机的某个目录盖住了程序所在的位置。
    .step-1 = 从供应商的介质重新部署安装包，确保 compose 文件与镜像配套。
    .step-2 = 如果有人改过 compose 文件中的“command:”或“entrypoint:”，把改动撤回。
    .step-3 = 查看 compose 文件中 { $service } 的“volumes:”：挂载到程序所在位置的目录会把程序遮住。
    .step-4 = 如果都没有效果，保存支持包并发给供应商。
    .step-5 = 再次启动 { $service }，然后重新检查。
    .undecided = 尚不清楚是文件不存在，还是只是没有执行权限。可用以下命令查看：docker run --rm --pull=never --entrypoint ls IMAGE -l FILE
    .podman-undecided = 尚不清楚是文件不存在，还是只是没有执行权限。可用以下命令查看：podman run --rm --pull=never --entrypoint ls IMAGE -l FILE

diagnosis-perm-data_dir_owner =
    .title = { $service } 无权使用 { $path }：其所有者或权限不符
    .plain-title = { $service } 无权使用其数据目录：所有者或权限不符
    .why = { $service } 在容器内以用户 { $owner } 运行，而该目录属于别人，或者权限过严或过宽（permission denied）。已有的数据不会因此损坏。
    .plain-why = { $service } 在容器内以自己的用户运行，而该目录属于别人，或者权限过严或过宽（permission denied）。已有的数据不会因此损坏。
    .step-1 = 停止 { $service }。如果目录中已有数据，接着复制一份：sudo cp -a "{ $source }" "{ $source }.copy"
    .plain-step-1 = 停止 { $service }。如果目录中已有数据，接着由管理员把它连同所有者一起复制到别处（sudo cp -a）。
    .step-2 = 如果 Quayside 提供此修复，让它把目录交给正确的用户；此操作可以撤销。也可让管理员运行：chown -hR { $owner } "{ $source }"
    .plain-step-2 = 如果 Quayside 提供此修复，让它把目录交给正确的用户；此操作可以撤销。否则，向供应商确认目录应属于哪个用户。
    .step-3 = 如果 PostgreSQL 提示权限不符（要求 0700 或 0750），让管理员运行：chmod u=rwx,go= "{ $source }"
    .plain-step-3 = 如果 PostgreSQL 提示权限不符（要求 0700 或 0750），让管理员对其数据目录运行：chmod u=rwx,go= FOLDER
    .step-4 = 如果所有者无法更改，说明该目录位于不支持所有者的磁盘上（Windows 驱动器、网络共享）。向供应商确认数据可以放在哪里。
    .step-5 = 再次启动 { $service }，然后重新检查。
    .user-title = { $service } 被指定以某个用户运行，而该用户无权写入其数据目录
    .user-why = compose 文件为 { $service } 设置了“user:”。这样一来，镜像就无法像平常那样自行更正目录的所有者。
    .user-step-1 = 停止 { $service }，避免处理期间有数据写入。
    .user-step-2 = 如果目录中已有数据，先把它复制到别处。
    .user-step-3 = 向供应商确认应使用哪个用户。如果“user:”的编号取自安装包的 .env 文件，在那里填写正确的编号。
    .user-step-4 = 否则，如果 Quayside 提供此修复，让它把目录交给 compose 文件指定的用户；此操作可以撤销。
    .user-step-5 = 再次启动 { $service }，然后重新检查。
    .desktop-why = Windows 和 macOS 的目录没有 Linux 的所有者，Docker Desktop 只能模拟。数据库常常不接受这样的目录（permission denied）。
    .desktop-step-1 = 停止 { $service }，避免处理期间有数据写入。
    .desktop-step-2 = 如果已有数据，先把它复制到别处。
    .desktop-step-3 = 如果数据在 Docker 的卷中，且 Quayside 提供此修复，让它把卷交给正确的用户；此操作可以撤销。
    .desktop-step-4 = 如果数据在本机的目录中，向供应商索取把数据放在 Docker 卷中的安装包，那里的所有者才有效。
    .desktop-step-5 = 再次启动 { $service }，然后重新检查。
    .rootless-step-1 = 停止 { $service }，避免处理期间有数据写入。
    .rootless-step-2 = 如果目录中已有数据，先由管理员把它连同所有者一起复制到别处（sudo cp -a）。
    .rootless-step-3 = 如果 Quayside 提供此修复，让它把目录交给正确的用户。它会在容器中完成，因为无 root 的 Docker 对用户另行编号；此操作可以撤销。
    .rootless-step-4 = 如果 Quayside 没有提供，把支持包发给供应商：在这里手动设置所有者，编号会不对。
    .rootless-step-5 = 再次启动 { $service }，然后重新检查。
    .podman-step-1 = 停止 { $service }，避免处理期间有数据写入。
    .podman-step-2 = 如果目录中已有数据，先由管理员把它连同所有者一起复制到别处（sudo cp -a）。
    .podman-step-3 = 如果 Quayside 提供此修复，让它把目录交给正确的用户。它会在容器中完成，因为 Podman 可能对用户另行编号；此操作可以撤销。
    .podman-step-4 = 如果 Quayside 没有提供，把支持包发给供应商：在这里手动设置所有者，编号可能不对。
    .podman-step-5 = 再次启动 { $service }，然后重新检查。
    .undecided = 尚不清楚是所有者、SELinux 还是磁盘不允许：ls -ldn FOLDER 显示所有者，getenforce 显示 SELinux 是否启用，findmnt -T FOLDER 显示磁盘类型。
    .desktop-undecided = 尚不清楚是所有者还是磁盘类型不允许：compose 文件的“volumes:”显示数据在本机的目录中，还是在 Docker 的卷中。

diagnosis-perm-selinux =
    .title = SELinux 不允许 { $service } 使用 { $path }
    .plain-title = SELinux 不允许 { $service } 使用它的文件
    .why = SELinux 是本机的一道安全防护，只允许容器使用带有相应标签的目录。普通权限看起来正确，服务仍会得到“permission denied”。
    .step-1 = 查看被拒绝的内容：sudo ausearch -m avc -ts recent
    .step-2 = 只为 { $service } 在此安装包中使用的目录加标签：sudo chcon -R -t container_file_t "{ $source }"
    .plain-step-2 = 只为 { $service } 在此安装包中使用的目录加标签：sudo chcon -R -t container_file_t FOLDER
    .step-3 = 让 SELinux 保持启用。告知供应商：在 compose 文件的挂载处加上“:z”，每次启动时都会设置标签。
    .step-4 = 再次启动 { $service }，然后重新检查。
    .undecided = 尚不清楚是 SELinux 还是目录的所有者不允许：如果 sudo ausearch -m avc -ts recent 显示带“denied”的行，就是 SELinux。

diagnosis-perm-apparmor =
    .title = 本机的安全防护 AppArmor 不允许 Docker 操作 { $service }
    .why = AppArmor 限制每个程序可以做的事。最常见的原因是装了两个 Docker（系统的和 snap 的），一方的限制作用到了另一方。
    .podman-title = 本机的安全防护 AppArmor 不允许 Podman 操作 { $service }
    .podman-why = AppArmor 限制每个程序可以做的事，其中一条规则与 Podman 在这里的操作不符。
    .step-1 = 如果本机装有 snap，查看它是否另带了一个 Docker：snap list docker
    .step-2 = 如果有，且没有人需要其中运行的内容，让本机管理员停用它：sudo snap disable docker。其数据会保留。
    .step-3 = 之后可由管理员卸下已不存在的 Docker 留下的限制：sudo aa-remove-unknown
    .step-4 = 重启本机；无法停止的容器会随之结束。
    .step-5 = 再次启动 { $service }，然后重新检查。
    .snap-step-1 = 查看除 snap 的 Docker 外，系统是否另有一个：systemctl status docker
    .snap-step-2 = 如果有，与本机管理员确认使用的是哪一个。docker info 的“Docker Root Dir”中含有“snap”，就是 snap 的。
    .snap-step-3 = 让管理员停用不使用的那一个。其数据会保留。
    .snap-step-4 = 重启本机；无法停止的容器会随之结束。
    .snap-step-5 = 再次启动 { $service }，然后重新检查。
    .no-systemd-step-1 = 与本机管理员确认是否装了两个 Docker。docker info 的“Docker Root Dir”显示应答的是哪一个。
    .no-systemd-step-2 = 让管理员停用不使用的那一个。其数据会保留。
    .no-systemd-step-3 = 重启本机；无法停止的容器会随之结束。
    .no-systemd-step-4 = 再次启动 { $service }，然后重新检查。
    .podman-step-1 = 重启本机；无法停止的容器会随之结束。
    .podman-step-2 = 如果再次发生，查看被拒绝的内容：sudo dmesg -T 会显示含有 apparmor="DENIED" 的行。
    .podman-step-3 = 把这些行交给本机管理员：其中的配置（profile）需要从系统的软件源更新。AppArmor 本身要保持运行。
    .podman-step-4 = 再次启动 { $service }，然后重新检查。
