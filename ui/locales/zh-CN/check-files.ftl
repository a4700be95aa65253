# 检查（files）：格式同 check.ftl，以及其修复所做的事。

check-mount-source_missing =
    .pass = { $create ->
        [0] 安装包的文件和目录齐全
       *[other] 文件齐全；将创建 { $create } 个目录
    }
    .unknown = 无法查看安装包的文件和目录
    .unknown-why = 无法得知是否齐全：{ $reason }。
    .unknown-step-1 = 如果安装包在网络驱动器上，检查连接，然后重新检查。
    .unknown-hidden = 当前用户无权查看 { $path }
    .unknown-hidden-why = { $services } 需要它。它的上级目录不对当前用户开放，因此无法得知它是否存在；Docker 本身可能看得到。
    .unknown-hidden-step-1 = 让管理员确认 { $path } 是否存在。
    .block-file = 安装包缺少文件：{ $path }
    .block-file-near = 安装包缺少文件：{ $path }
    .block-outside = 安装包之外的目录不存在：{ $path }
    .block-variable = 目录 { $path } 并非本意：变量 { $name } 没有值
    .block-link = { $path } 是一个指向空处的链接
    .why = { $services } 需要它。如果缺失，Docker 会在原处放一个空目录，服务将无法启动。
    .block-outside-why = { $services } 需要它。未经询问，Quayside 不会在安装包之外创建任何内容。
    .block-variable-why = { $services } 需要它，安装包中写的是“{ $written }”。{ $name } 没有值时，它会成为本机磁盘根部的一个目录，这不是任何人想要的。
    .block-link-why = { $services } 需要它。它指向 { $to }，而那里没有内容。
    .found = { $path } 处没有内容{ $where }
    .block-variable-found = “{ $written }”{ $where }，{ $name } 没有值
    .block-link-found = 指向 { $to } 的链接
    .required = 文件 { $path }
    .block-outside-required = 目录 { $path }
    .block-variable-required = { $name } 的值
    .block-link-required = { $to } 处的目录或文件
    .block-file-near-required = 文件 { $path }；有 { $count } 个相近的文件：{ $near }
    .step-1 = 从供应商的介质重新复制整个安装包。如果那里也没有该文件，则向供应商索取。
    .block-file-near-step-1 = 查看 { $near }：如果就是它，把它复制为 { $path }，并填写需要填写的内容。Quayside 可以代为复制第一个。
    .block-outside-step-1 = 让 Quayside 创建该目录，或向供应商确认应使用哪个目录。
    .block-variable-step-1 = 在 compose 文件旁的 .env 文件中加入一行 { $name }=...，写明应使用的目录。具体是哪个，供应商知道。
    .block-link-step-1 = 确认 { $to } 存在（是否有磁盘未连接），或向供应商确认 { $path } 处应为何物。
    .step-2 = 然后重新检查。
check-mount-file_vs_dir =
    .block = 应为文件之处是一个空目录：{ $path }
    .block-near = 应为文件之处是一个空目录：{ $path }
    .block-full = 应为文件之处是一个目录：{ $path }
    .warn-full = 名称像文件，实际是目录：{ $path }
    .block-file = 应为目录之处是一个文件：{ $path }
    .why = { $services } 需要那里有一个文件，用于 { $target }。文件缺失时启动，Docker 就会建出这样的目录；此后服务无法启动。
    .block-full-why = { $services } 需要那里有一个文件，用于 { $target }。Docker 无法用目录代替文件，服务将无法启动。
    .warn-full-why = { $services } 把它挂载到 { $target }。如果本应是文件，服务将找不到它。
    .block-file-why = { $services } 需要那里有一个目录，用于 { $target }。Docker 无法用文件代替目录，服务将无法启动。
    .found = 一个空目录{ $where }
    .block-full-found = 一个有内容的目录{ $where }
    .warn-full-found = 一个有内容的目录{ $where }
    .block-file-found = 一个文件{ $where }
    .required = 一个文件
    .block-file-required = 一个目录
    .step-1 = 让 Quayside 移除空目录，然后从供应商的介质复制文件 { $path } 到该处。
    .block-near-step-1 = 让 Quayside 移除空目录，并把 { $near } 放到该处；查看文件中是否有需要填写的内容。
    .block-full-step-1 = 查看 { $path } 中的内容。如果无人需要，把它移到别处，再从供应商的介质复制该文件。
    .warn-full-step-1 = 如果服务无法启动，向供应商确认 { $path } 处应为何物。
    .block-file-step-1 = 如果无人需要，把文件 { $path } 移到别处；目录会自动创建。
    .step-2 = 然后重新检查。
check-mount-outside_package =
    .warn = 数据位于安装包之外：{ $path }
    .warn-link = 数据位于安装包之外，经由链接：{ $link }
    .why = { $services } 把数据放在那里。只复制或备份安装包目录，不会包含这些数据。
    .found = { $path }{ $where }
    .warn-link-found = 指向 { $to } 的链接
    .step-1 = 如果这是本意，无需处理。备份时要包含 { $path }。

place-in-file = （{ $file } 第 { $line } 行）
fix-make-folder = 在安装包之外创建目录 { $path }。
fix-copy-file = 把 { $from } 复制为 { $path }。之后查看其中是否有需要填写的内容。
fix-stray-folder = 移除空目录 { $path }。该处的文件须由供应商提供。
fix-stray-folder-file = 移除空目录 { $path }，并在该处放置 { $from } 的副本。

check-script-crlf =
    .pass = 脚本均为 Linux 换行符
    .unknown = 无法读取安装包的脚本
    .unknown-why = 无法得知它们能否运行：{ $reason }。
    .unknown-step-1 = 如果安装包在网络驱动器上，检查连接，然后重新检查。
    .block = 脚本以 Windows 换行符保存：{ $path }
    .warn = 脚本以 Windows 换行符保存：{ $path }
    .why = { $service } 会运行它，而 Linux 不认识这样的行：它会去找一个名称末尾带有不可见字符的程序。
    .found = { $count } 行以 Windows 换行符结尾
    .required = 以 Linux 换行符结尾
    .step-1 = { $ours ->
        [yes] 让 Quayside 改用 Linux 换行符保存；原文件保留在旁边。
       *[no] 它属于其他用户：让其所有者或管理员改用 Linux 换行符保存。
    }
    .step-2 = 告知供应商，避免下一个安装包再出现此问题。
check-script-bom =
    .block = 脚本开头有一个不可见的标记：{ $path }
    .warn = 脚本开头有一个不可见的标记：{ $path }
    .why = { $service } 会运行它。Windows 编辑器会在第一行之前放一个字节顺序标记（BOM），Linux 因此看不出应由哪个程序运行该脚本。
    .found = UTF-8 字节顺序标记（BOM）
    .required = 文件以“#!”开头
    .step-1 = { $ours ->
        [yes] 让 Quayside 移除该标记；原文件保留在旁边。
       *[no] 它属于其他用户：让其所有者或管理员以不带 BOM 的方式保存。
    }
    .step-2 = 告知供应商，避免下一个安装包再出现此问题。
check-script-missing_shebang =
    .warn = 脚本没有写明由哪个程序运行：{ $path }
    .why = { $service } 直接启动它，而 Linux 无法启动第一行不是“#!/bin/sh”之类的文本文件。
    .found = 第一行没有“#!”
    .required = 第一行形如“#!/bin/sh”
    .step-1 = 如果 { $service } 无法启动，向供应商索取更正后的 { $path }。

fix-line-ends = 以 Linux 换行符保存 { $path }。原文件保留为 { $backup }。
fix-byte-order-mark = 移除 { $path } 开头的字节顺序标记。原文件保留为 { $backup }。

step-copy = 复制到本机
operation-copy = 复制到本机
copy-done = 已复制并比对 { $bytes }；安装包现位于 { $path }
error-target-exists = { $path } 处已有内容。没有覆盖任何内容；换一个目录。
error-copy-differs = 写入 { $path } 的内容与读出的不一致。磁盘或介质可能有故障：换一个再试。
error-packed-unusable = 无法解包 { $path }：{ $reason }
packed-damaged = 文件已损坏（{ $detail }）。从供应商的介质重新复制。
packed-encrypted = 文件有密码保护。用供应商提供的程序和密码解开，再打开解开的目录。
packed-too-many = 其中的文件数量超过任何正常的安装包。
packed-unsafe = 它试图写到自己的目录之外（{ $name }）。没有保留任何内容；向供应商确认。
cli-copy = 把安装包复制到本机，或解包；逐一比对，绝不覆盖
cli-option-to = 新目录 [默认：主目录下 quayside/ 之内]

check-package-location =
    .pass = 安装包所在磁盘可以运行它
    .unknown = 无法查看安装包所在位置
    .unknown-why = 无法得知能否从那里运行：{ $reason }。
    .unknown-step-1 = 如果安装包在网络驱动器上，检查连接，然后重新检查。
    .block = 安装包位于无法运行它的介质上（{ $system }）
    .block-removable = 安装包位于可以拔出的介质上
    .block-name = 安装包的路径含有 Docker 不接受的字符：{ $path }
    .warn = 安装包位于另一台计算机的磁盘上（{ $system }）
    .warn-long = 安装包的路径非常长
    .why = 这种文件系统不保存所有者和权限，而服务两者都需要。介质拔出后，一切都无法运行。
    .block-removable-why = 介质拔出后，一切都无法运行，数据也会中途损坏。
    .block-name-why = 对 Docker 而言，冒号或换行意味着路径结束，它会挂载别的内容。
    .warn-why = 网络中断时服务会停住，数据库可能丢失数据。
    .warn-long-why = 有些程序无法打开路径这么长的文件。
    .found = { $path }，{ $system }
    .block-name-found = { $path }
    .warn-long-found = { $length } 个字符
    .required = 本机的磁盘
    .block-name-required = 不含冒号和换行的路径
    .warn-long-required = 更短的路径
    .step-1 = 把安装包复制到本机，例如 { $to }。在终端中：quayside-cli --package "{ $path }" copy
    .step-2 = 然后打开副本。
check-storage-fs_unsupported =
    .block = 数据库的数据目录位于不可用的磁盘：{ $path }（{ $system }）
    .warn = 数据库的数据目录位于不合适的磁盘：{ $path }（{ $system }）
    .why = { $service } 会锁定文件，并需要所有者和权限。这类磁盘做不到可靠，数据可能丢失。
    .found = { $system }
    .required = 本机磁盘，使用 Linux 文件系统（ext4、xfs、btrfs）
    .step-1 = 在尚无数据时：把 { $path } 移到本机磁盘，或向供应商询问做法。
    .step-2 = 如果已有数据，备份之前不要改动。
check-package-file_missing =
    .unknown = 无法比对供应商的文件清单
    .unknown-why = 无法得知安装包是否完整：{ $reason }。
    .unknown-step-1 = 如果安装包在网络驱动器上，检查连接，然后重新检查。
    .warn = 供应商清单中有 { $count } 个文件缺失：{ $files }
    .why = 安装包不完整；需要这 { $count } 个文件的部分将无法工作。
    .found = { $total } 个中缺失 { $count } 个
    .required = 清单中的全部文件
    .step-1 = 从供应商的介质重新复制整个安装包。
check-package-file_changed =
    .pass = 供应商清单中的文件均与原始内容一致（{ $total } 个）
    .pass-some = 供应商清单中的文件均存在（{ $total } 个）；其中读取耗时较长的未作比对（{ $unread } 个）
    .warn = 有 { $count } 个文件与供应商制作时不同：{ $files }
    .why = 可能有人有意修改过，那就没有问题；否则说明副本已损坏。
    .found = { $total } 个中有 { $count } 个不同
    .required = 供应商的原文件，或有意的修改
    .step-1 = 如果无人修改过，从供应商的介质重新复制整个安装包。

check-perm-data_dir_owner =
    .unknown = 无法查看数据目录的所有者
    .unknown-why = 无法得知服务能否写入自己的目录：{ $reason }。
    .unknown-step-1 = 重新检查。如果安装包在网络驱动器上，先检查连接。
    .block = { $service } 无权写入其数据目录：{ $path }
    .warn = { $service } 无权写入 { $path }
    .why = { $service } 以用户 { $user }（{ $uid }）运行，而该目录属于别人。它在第一次要保存内容时就会停下。
    .found = 所有者 { $owner }
    .required = 所有者 { $uid }:{ $gid }
    .step-1 = { $how ->
        [fix] 让 Quayside 把目录交给该用户。其他人的权限不变，并且可以恢复。
       *[admin] 让管理员运行：chown -hR { $uid }:{ $gid } "{ $path }"；或先加载镜像，之后 Quayside 可以通过 Docker 完成。
    }
    .step-2 = 然后重新检查。
check-db-conf_world_writable =
    .warn = 所有人都可以修改一个配置文件：{ $path }
    .why = { $service } 会忽略所有人都可以修改的配置，因此其中的设置不起作用。
    .found = { $mode }
    .required = 只有所有者可以修改
    .step-1 = { $ours ->
        [yes] 让 Quayside 收回所有者以外的修改权限。
       *[no] 让其所有者或管理员运行：chmod go-w "{ $path }"
    }
    .step-2 = 然后重启 { $service }。

fix-give-folder = 把 { $path }（{ $count } 个文件和目录）交给用户 { $user }（{ $uid }）。
fix-give-folder-container = 通过 { $image } 的一个容器把 { $path }（{ $count } 个文件和目录）交给用户 { $user }（{ $uid }）；该容器只能看到此目录，用完即删。
fix-give-folder-unseen = 通过 { $image } 的一个容器把 { $path } 及其中的所有内容交给用户 { $user }（{ $uid }）；该容器只能看到此目录，用完即删。您无权查看其中的全部内容，因此会先用同样的容器列出所有者；凭这份清单可以恢复原状。
fix-close-config = 只允许所有者修改 { $path }。
