# Errors: one message per code (dots as dashes). What happened, why it matters, what to do.
error-engine-not_running = Docker does not answer at { $endpoint }. { $remedy }
error-engine-socket_permission = This user may not use Docker at { $endpoint }. { $remedy }
error-engine-hung = Docker at { $endpoint } accepts connections but does not answer. { $remedy }
error-engine-unsupported = Quayside cannot use the address { $endpoint }. { $remedy }
error-engine-broken = Docker answered with an error: { $error }
error-no-package = No package is open. Choose a package folder first.
error-operation-in-progress = Something else is changing this project right now: { $operation } (process { $owner }). Wait until it has finished, or cancel it there.
error-no-such-service = There is no service or container { $name } in this package. There are: { $known }
error-image-arch_mismatch = { $image } is made for { $platform }, Docker here is { $engine }. Ask the vendor for the package for { $engine }.
error-image-archive = { $sentence }
error-image-loading = { $archive } could not be loaded: { $reason } Copy the file again from the vendor's medium, then deploy again.
error-blocked = { $count ->
    [one] 1 thing must be fixed first. Nothing was changed.
   *[other] { $count } things must be fixed first. Nothing was changed.
}
error-directory = The folder { $path } could not be created: { $reason }
error-file = { $path }: { $reason }
error-permission = This user may not write { $path }. Run Quayside as a user who may, or give this user the right.
error-admin-dismissed = The question for an administrator's password was closed, so this was not done. Try again and answer it, or ask an administrator.
error-admin-unasked = This computer could not ask for an administrator's password, or this user may not do that; so it was not done. Log in at the computer itself rather than from afar, or ask an administrator to do it.
error-cannot-list = Not everything in { $path } could be listed, so nothing was changed. Stop whatever writes to it and try again. If it holds a great many files, ask an administrator to change their owner.
error-port-in_use = Port { $port } was taken in the meantime by { $holder }. Stop it or change the port, then deploy again.
error-compose-command = Compose could not finish "{ $verb }" (exit code { $code }). Its last words are below.
error-service-failed = { $service } does not start. { $reason }
error-service-unhealthy = { $service } runs, but its health check does not pass.
error-not-ready = Not ready after { $after }: { $services }. Nothing was stopped; it may still come up.
error-disk-full = { $path } has { $free } free, { $needed } are needed.
error-network = The network failed: { $reason }
error-cancelled = Cancelled. What was finished stays; deploying again continues from there.
error-unknown = Quayside does not know this error: { $reason }
error-changed-meanwhile = { $path } is not as it was when Quayside looked, so it was left alone. Check again, and decide then.
error-no-such-fix = { $count ->
    [0] There is no fix { $id }, and at present none is offered.
   *[other] There is no fix { $id }. Offered are: { $known }
}
error-not-agreed = This needs your consent: { $effect } Read what it changes, then say yes to it (--yes).
error-nothing-to-undo = There is nothing to put back: Quayside has changed nothing here, or it was put back already.
error-cannot-save = It cannot be saved as { $path }: { $reason }
error-bad-time = “{ $text }” is no time. Write how long ago (10m, 2h30m, 1d) or a moment (2026-11-23T14:00:00Z).
save-not-absolute = the whole path is needed, from the root folder on.
save-no-folder = the folder is not there.
save-not-a-file = that is no place for a file.
save-package-file = that file belongs to the package.
evidence-too-large = it is one JSON document of more than { $limit }, and what Quayside saves is smaller
evidence-zip = it is a zip file; unpack it, and give the file evidence.json that was in it
error-no-evidence = This file holds nothing that could be explained: { $reason }. Give a text file with the error, or one that Quayside saved.
error-bad-address = “{ $address }” is no address Quayside can use. It must begin with unix://, npipe:// or tcp://.
