# The page Problems. What is said of a single failure comes from Rust: diagnosis-*.ftl.

## The page
ui-problems-title = { $count ->
    [one] { $count } problem
   *[other] { $count } problems
}
ui-problems-title-stops = { $count ->
    [one] { $count } problem stops { $stopped } services
   *[other] { $count } problems stop { $stopped } services
}
ui-problems-look = Last look { $age } ago
ui-problems-looking = Looking again, { $age } so far
ui-problems-so-far = { $age } so far
ui-problems-only = { $others ->
    [0] Only what concerns { $service } is shown.
    [one] Only what concerns { $service } is shown. { $others } other problem is not.
   *[other] Only what concerns { $service } is shown. { $others } other problems are not.
}
ui-problems-all = Show all problems
ui-problems-none = No problems found
ui-problems-none-of = No problem found with { $service }
ui-problems-none-lead = { $count ->
    [0] Looked at this computer at { $time }.
    [one] Looked at { $count } service, its log and this computer at { $time }.
   *[other] Looked at { $count } services, their logs and this computer at { $time }.
}
ui-problems-looking-title = Looking for problems
ui-problems-looking-lead = { $count ->
    [0] Docker is asked what it knows, and this computer is looked at. Nothing is changed.
    [one] Docker is asked about { $count } service and its log, and this computer is looked at. Nothing is changed.
   *[other] Docker is asked about { $count } services and their logs, and this computer is looked at. Nothing is changed.
}
ui-problems-unknown = Nothing can be said at the moment
ui-problems-unknown-lead = Docker cannot be asked how the services are.
ui-problems-no-package = Problems
ui-problems-no-package-lead = Open a package to have its services looked at. What an error message means can be asked here without one.

## One problem
ui-problem-proof = How Quayside knows
ui-problem-proof-more = { $count ->
    [one] Show { $count } more line
   *[other] Show { $count } more lines
}
ui-problem-proof-earlier = { $count ->
    [one] Show the line before
   *[other] Show the { $count } lines before
}
ui-problem-tail = Its last words
ui-problem-steps = What to do
ui-problem-fixes = What Quayside can do
ui-problem-stops = What it stops
ui-problem-whole = What it concerns
ui-problem-whole-lead = This computer, or the package as a whole.
ui-problem-explains = { $count ->
    [one] This also keeps { $services } from working.
   *[other] This also keeps { $services } from working.
}
ui-problem-first-step = First step
ui-problem-show-all = { $count ->
    [one] Show the whole problem
   *[other] Show all { $count } problems
}
ui-explain = Explain
ui-menu-explain = Explain { $service }
ui-problem-code = Code { $code }
ui-problem-certain = , certain
ui-problem-likely = , likely
ui-problem-possible = , possible

## What was there before a fix, and is there now
ui-compared-problem = Problem
ui-compared-before = Before, { $time }
ui-compared-now = Checked { $time }
ui-compared-there = There
ui-compared-still = Still there
ui-compared-waits = Put right. { $service } has to start again.
ui-compared-gone = Gone

## What could not be looked at
ui-gaps-title = Could not be looked at
ui-gaps-lead = problems there would not have been found
ui-gap = { $what ->
    [engine] Docker
    [containers] Containers
   *[other] { $what }
}

## An operation that failed, and services nothing was found about
ui-problems-during = { $kind ->
    [deploy] During the deployment that ended at { $time }.
    [start] While starting, at { $time }.
    [stop] While stopping, at { $time }.
    [load-images] While loading images, at { $time }.
   *[other] At { $time }.
}
ui-problems-service = { $state ->
    [unhealthy] { $service } does not answer
    [crash-looping] { $service } keeps restarting
   *[other] { $service } has failed
}
ui-problems-exit = Exit code
ui-problems-restarts = Restarts
ui-problems-memory = Memory
ui-problems-oom = It ran out of memory and was ended.
ui-problems-needs = Needs

## What an error text means
ui-explain-title = What does this error mean?
ui-explain-lead = paste a message or a log you have
ui-explain-hint = For example: Bind for 0.0.0.0:80 failed: port is already allocated
ui-explain-act = Explain it
ui-explain-running = Reading it
ui-explain-clear = Clear
ui-explain-stays = The text stays on this computer.
ui-explain-nothing = There is no error in this text that Quayside knows. More of it may help: the lines before and after.

## For whoever helps: the summary for the telephone, and the support bundle
ui-support-help = For whoever helps you
ui-support-help-lead = Passwords, keys, names and addresses are taken out.
ui-support-copy = Copy for support
ui-support-summary-asking = Writing it down
ui-support-summary-copied = Copied. Paste it into a mail, or read it out on the telephone.
ui-support-summary-shown = It could not be copied. Here it is to select; “Copy for support” tries again.
ui-support-bundle = Save support bundle…
ui-support-title = Support bundle
ui-support-lead = One zip file for whoever helps you. Passwords, keys, names and addresses are taken out. Nothing is sent anywhere: you decide who gets it.
ui-support-collecting = Checks the package and this computer, explains problems, and reads the logs of each service. { $age } so far; each part is waited for at most 20 seconds.
ui-support-files = { $count ->
    [one] 1 file, { $size }
   *[other] { $count } files, { $size }
}
ui-support-choose-file = Choose a file to see exactly what is handed on.
ui-support-opening = Opening
ui-support-redacted = { $count ->
    [0] nothing taken out
    [one] 1 place taken out
   *[other] { $count } places taken out
}
ui-support-taken-out = Taken out
ui-support-nothing-taken-out = There was nothing to take out.
ui-support-weak = { $count ->
    [one] One password is too short or too ordinary to be found everywhere. Look at the files before you send them.
   *[other] { $count } passwords are too short or too ordinary to be found everywhere. Look at the files before you send them.
}
ui-support-gaps = Could not be had
ui-support-hosts = Leave host names and network addresses readable
ui-support-again = Collect again
ui-support-save = Save as…
ui-support-saving = Saving
ui-support-close = Close
ui-support-saved = Saved: { $file } ({ $size })
