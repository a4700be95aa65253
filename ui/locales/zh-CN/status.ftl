# 来自其他地方的原文：名称、路径、工具自己的一行输出。
verbatim = { $words }

duration-seconds = { $seconds } 秒
duration-minutes = { $minutes } 分
duration-minutes-seconds = { $minutes } 分 { $seconds } 秒
duration-hours-minutes = { $hours } 小时 { $minutes } 分
duration-days-hours = { $days } 天 { $hours } 小时
