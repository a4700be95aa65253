# Words that come from elsewhere: a name, a path, a tool's own line.
verbatim = { $words }

duration-seconds = { $seconds } s
duration-minutes = { $minutes } min
duration-minutes-seconds = { $minutes } min { $seconds } s
duration-hours-minutes = { $hours } h { $minutes } min
duration-days-hours = { $days } d { $hours } h
