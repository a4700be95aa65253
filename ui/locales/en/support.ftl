# What is handed to whoever helps: the support bundle, its report, and the summary for the telephone.
error-file-exists = There is a file at { $path } already. Nothing was written over; give another name.
error-not-redacted = Nothing was written: after everything known was taken out, { $count ->
        [one] something that looks like a secret was
       *[other] { $count } things that look like secrets were
    } still found. Files: { $files }

support-summary-versions = Quayside { $quayside }, { $system }, { $arch }
support-summary-engine = Docker { $engine }, Compose { $compose }
support-summary-package = Package { $title } { $version }, project { $project }, services: { $services }
support-summary-refused = { $reason }
support-summary-verdict = Verdict { $verdict }: { $sentence }
support-summary-problems = Problems found: { $count }
support-summary-problem = [{ $code }] { $sentence }
support-summary-of = { $service }: { $sentence }
support-summary-more = … and { $count } more
support-summary-last = Last operation: { $kind }, { $outcome }, begun { $time }
support-summary-said = > { $line }
support-summary-tried = Tried before: { $tried }

support-kind-known-secret = secrets of the package
support-kind-value = values of variables
support-kind-named-secret = passwords and tokens
support-kind-url-password = passwords in addresses
support-kind-auth-header = login headers
support-kind-cookie = cookies
support-kind-jwt = signed tokens
support-kind-service-key = keys of other services
support-kind-private-key = private keys
support-kind-ssh-key = SSH keys
support-kind-password-hash = stored passwords
support-kind-email = e-mail addresses
support-kind-user-name = user names
support-kind-host-name = host names
support-kind-ip-address = network addresses
support-kind-card-number = card numbers

cli-support-bundle = Collects what support needs in one zip, without passwords, names and addresses
cli-option-preview = Only shows which files the zip would hold, and what was taken out of each
cli-option-show = Prints one file of the bundle as it would be written
cli-option-include-host-names = Leaves host names and network addresses readable
cli-option-summary = Prints at most thirty lines to read out on the telephone; writes nothing
cli-support-written = Written: { $file } ({ $size })
cli-support-preview = Nothing was written. This is what the zip would hold:
cli-support-file = { $name }  { $size }  taken out: { $redacted }
cli-support-taken-out = Taken out: { $kinds }
cli-support-kind = { $kind } { $count }
cli-support-weak = { $count ->
        [one] One password is too short or too ordinary to be taken out everywhere;
       *[other] { $count } passwords are too short or too ordinary to be taken out everywhere;
    } it was only taken out where its name stands before it. Look at the files before you send them.
cli-support-gap = Missing: { $what } ({ $why })
