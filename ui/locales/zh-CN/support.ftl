# 交给技术支持的内容：支持包、脱敏报告，以及电话里用的摘要。
error-file-exists = { $path } 已经存在。没有覆盖任何内容；请换一个文件名。
error-not-redacted = 没有写入任何文件：去除所有已知的敏感信息之后，仍发现 { $count } 处疑似敏感信息。所在文件：{ $files }

support-summary-versions = Quayside { $quayside }，{ $system }，{ $arch }
support-summary-engine = Docker { $engine }，Compose { $compose }
support-summary-package = 安装包 { $title } { $version }，项目 { $project }，服务 { $services } 个
support-summary-refused = { $reason }
support-summary-verdict = 状态 { $verdict }：{ $sentence }
support-summary-problems = 发现的问题：{ $count } 个
support-summary-problem = [{ $code }] { $sentence }
support-summary-of = { $service }：{ $sentence }
support-summary-more = ……另有 { $count } 个
support-summary-last = 最近一次操作：{ $kind }，{ $outcome }，开始于 { $time }
support-summary-said = > { $line }
support-summary-tried = 之前试过：{ $tried }

support-kind-known-secret = 安装包中的密钥
support-kind-value = 变量的值
support-kind-named-secret = 密码和令牌
support-kind-url-password = 地址中的密码
support-kind-auth-header = 登录请求头
support-kind-cookie = Cookie
support-kind-jwt = 签名令牌
support-kind-service-key = 其他服务的密钥
support-kind-private-key = 私钥
support-kind-ssh-key = SSH 密钥
support-kind-password-hash = 密码哈希
support-kind-email = 电子邮箱
support-kind-user-name = 用户名
support-kind-host-name = 主机名
support-kind-ip-address = 网络地址
support-kind-card-number = 银行卡号

cli-support-bundle = 把技术支持需要的信息收集到一个 zip 中，并去除密码、姓名和地址
cli-option-preview = 只显示 zip 会包含哪些文件，以及各去除了什么
cli-option-show = 按将要写入的样子打印支持包中的一个文件
cli-option-include-host-names = 保留主机名和网络地址
cli-option-summary = 打印最多三十行、可在电话里念出的摘要；不写入任何文件
cli-support-written = 已写入：{ $file }（{ $size }）
cli-support-preview = 没有写入任何文件。zip 将包含：
cli-support-file = { $name }  { $size }  去除 { $redacted } 处
cli-support-taken-out = 已去除：{ $kinds }
cli-support-kind = { $kind } { $count } 处
cli-support-weak = 有 { $count } 个密码太短或太常见，无法处处去除；只在前面写明名称的地方去除了。发送前请先查看这些文件。
cli-support-gap = 缺少：{ $what }（{ $why }）
