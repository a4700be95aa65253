# What is said of a failure that fits no class. The classes are in diagnosis-*.ftl, one message each; their attributes:
# title, why, step-1 to step-5, and undecided: what would tell it from a failure that looks the same.
#
# An attribute may be written more than once. The first of these that exists is taken:
# <variant>-<system>-X, <variant>-X, <system>-X, X. Steps come as a set: whoever writes step-1 writes all of them.
# A system is desktop, windows, macos, snap, rootless, podman or no-systemd; without one it is Linux with systemd and an
# ordinary Docker. Where windows or macos is not written, desktop holds there too. plain- right before X is the form for
# when a variable of it is not known: plain-title, volume-plain-title. $service is always known: a name, or the words of
# diagnosis-a-service.

# Where nobody knows which service it is; .first where a sentence begins with it.
diagnosis-a-service = the service
    .first = The service

diagnosis-unknown =
    .title = Quayside does not recognise what is wrong with { $service }
    .why = Nothing that was found fits a failure Quayside knows, so it names no cause. The last lines are shown exactly as they were written.
    .step-1 = Read the last lines: a path, a port, a file or another program named there often shows what it is about.
    .step-2 = Save the support bundle and send it to the vendor. Passwords are made unreadable in it, and you can look at every file first.
    .step-3 = On the telephone, "Copy for support" gives you the lines to read out.
    .step-4 = Until the vendor answers, change and delete nothing in the data folders.
    .step-5 = After every change, check again.

# Where a line that proves something was read.
proof-engine = what Docker says
    .of = what Docker says about { $service }
proof-compose = what Compose says
    .of = what Compose says about { $service }
proof-log = a container's log
    .of = the log of { $service }
proof-health = a health check
    .of = the health check of { $service }
proof-check = looked at just now
