# Why a package cannot be read.

error-package-not-found = There is no folder { $path }.
error-package-packed = { $path } is packed. Unpack it first and choose the folder that comes out.
error-package-is-file = { $path } is a file. Choose the folder it lies in.
error-package-empty =
    No Compose file in { $path }. Looked there and in docker/ below it for { $files }. { $count ->
        [0] The folder is empty.
       *[other] Found instead: { $found }.
    }{ $near ->
        [none] { "" }
       *[other] { " " }A Compose file lies in { $near }: choose that folder.
    }
found-folders = { $count ->
    [one] 1 folder
   *[other] { $count } folders
}
found-files = { $count ->
    [one] 1 { $kind } file
   *[other] { $count } { $kind } files
}
found-others = { $count ->
    [one] 1 other file
   *[other] { $count } other files
}
found-separator = { ", " }
error-package-unreadable = { $path } cannot be read: { $reason }
error-compose-yaml_syntax =
    { $line ->
        [0] { $file } cannot be read
       *[other] { $file } cannot be read, line { $line }
    }: { $reason }. The file has to come from the vendor again.
error-compose-schema_invalid =
    { $line ->
        [0] Compose refuses { $file }
       *[other] Compose refuses { $file }, line { $line }
    }: { $reason }. The vendor has to correct it.
error-compose-env_missing =
    { $key ->
        [none] The env file { $file } is missing: a service reads its settings from it. Put it back from the vendor’s medium.
       *[other] { $line ->
            [0] { $file }: { $key } has no value
           *[other] { $file }, line { $line }: { $key } has no value
        }: { $reason }. Set it in the file .env of the package.
    }
error-env-file-invalid =
    { $line ->
        [0] { $file } cannot be read
       *[other] { $file } cannot be read, line { $line }
    }: { $reason }. Correct that line; a value with a quote at its start needs one at its end.
error-compose-remote =
    { $line ->
        [0] { $file }
       *[other] { $file }, line { $line }
    }: { $key } names something on the internet: { $reason }. Quayside fetches nothing. The vendor has to put it into the package.
error-compose-undefined_ref =
    { $line ->
        [0] { $file }
       *[other] { $file }, line { $line }
    }: { $key ->
        [none] this file is named, but it is not there
       *[other] { $key } is used, but it is not defined
    }: { $reason }. The vendor has to correct it.
error-compose-version_unsupported =
    { $line ->
        [0] { $file }
       *[other] { $file }, line { $line }
    }: the Compose on this computer ({ $compose }) { $key ->
        [none] does not accept this file: { $reason }
       *[other] does not know { $key } as it is written here
    }. { $needs ->
        [none] A newer Docker Compose does.
       *[other] Docker Compose { $needs } or newer does.
    }
error-compose-dependency_cycle =
    { $file } goes in a circle, so nothing can start: { $key ->
        [none] { $reason }
       *[other] { $key }
    }. The vendor has to correct it.
error-compose-missing = Docker Compose is not installed. Docker alone cannot start a package.
error-compose-timed-out = { $program } gave no answer within { $seconds } s and was ended.
error-compose-not-started = { $program } does not start: { $reason }
error-compose-failed = Compose ended with an error ({ $verb }): { $reason }

# What is wrong with a YAML file, inside error-compose-yaml_syntax.

yaml-web-page = it is a saved web page, not a Compose file
yaml-tab = a line begins with a tab, where only spaces may be
yaml-duplicate-key = “{ $key }” is there twice
yaml-hostile = it expands without end, or is nested without end
yaml-too-large = it is larger than any Compose file
yaml-encoding = its text is neither UTF-8 nor UTF-16

# What is wrong with a compose file as a whole, inside error-compose-schema_invalid.

compose-empty = it is empty
compose-no-mapping = it is text, but not a Compose file

# What is wrong at one place of a compose file, in the same sentence.

compose-at = { $key }: { $reason }
compose-unknown-key = Compose knows no key { $name }
compose-missing-key = the key { $name } is missing
compose-type =
    it must be { $kind ->
        [number] a number
        [bool] true or false
        [list] a list
        [mapping] a mapping
       *[text] text
    }
compose-one-of = it must be one of { $words }
compose-twice = it has an entry twice
compose-service-name = “{ $name }” cannot be the name of a service
compose-included-twice = the service { $name } is also in a file that is included
compose-no-image = there is neither an image nor a build
compose-mode-and-networks = it cannot stand beside network_mode
compose-external-and = what is external cannot have a { $name }
compose-scale-twice = it says another number than deploy.replicas
compose-one-name-for-many = it is one name for several containers
compose-bad-value = it cannot be “{ $value }”
compose-bad-port = “{ $value }” is no port
compose-bad-volume = “{ $value }” is no mount
compose-named-by = the service { $service } names it under { $place }
compose-project-name = COMPOSE_PROJECT_NAME is “{ $name }”, but may have only lower-case letters, digits, - and _, and must begin with a letter or a digit
compose-folder-name = Compose makes the name of the project from the Latin letters and digits of its folder’s name, and “{ $folder }” has none. Rename the folder, or set COMPOSE_PROJECT_NAME in .env
compose-file-list = COMPOSE_FILE is empty or has an empty part, so Compose takes the folder for a file. Name the files, or remove the line
compose-no-file = { $file } is not there

# What is wrong with a line of an env file, inside error-env-file-invalid.

env-file-space = there is a space in the name before “=”
env-file-character = there is a character in the name before “=” that no name can have
env-file-quote = a quote is opened and never closed

# What is odd about a package that can be read.

finding-value-needed = The variable { $name } has no value, and Compose does not read the package without it.
finding-compose-env_missing = The variable { $name } has no value, so it stays empty.
finding-package-no-services = { $file } names no service that would be started.
finding-compose-undefined_ref = { $service } needs { $missing }, which belongs to a profile that is not switched on, so Compose starts neither.
finding-mount-source_missing = { $file } is missing. { $service } needs this file at { $target }.
finding-mount-file_vs_dir = { $file } is a folder, but { $service } expects a file at { $target }.
finding-image-archive_empty = { $file } is empty. Copy it again from the vendor’s medium.
finding-image-archive_unreadable = { $file } cannot be read: { $reason }
finding-image-archive_permission = This user may not read { $file }. Ask its owner or an administrator to run, in the folder of the package: chmod a+rX "{ $file }"
finding-image-archive_foreign = { $file } holds no images: { $reason }. Copy it again from the vendor’s medium, or ask the vendor for the right file.
finding-image-archive_window = { $file } cannot be unpacked here: { $reason }. Ask the vendor to compress it again with zstd without --long and --ultra. Or unpack it on any computer that has room, with: zstd -d --long=31 "{ $file }", and put the .tar file that makes into its place.
finding-image-archive_corrupt = { $file } is damaged: { $reason }. Copy it again from the vendor’s medium.
finding-image-platform_name = { $image } in { $file } is named for { $claimed }, but it is built for { $platform }.
finding-quayside-unknown-key =
    { $line ->
        [0] { $file }
       *[other] { $file }, line { $line }
    }: { $key } is not known and has no effect.{ $nearest ->
        [none] { "" }
       *[other] { " " }Perhaps { $nearest } is meant.
    }
finding-quayside-unknown-service = { $file } names the service { $service }, which the compose file does not have.
finding-quayside-wrong-type =
    { $line ->
        [0] { $file }
       *[other] { $file }, line { $line }
    }: { $key } has to be { $expected }; it has no effect.
finding-quayside-bad-value =
    { $line ->
        [0] { $file }
       *[other] { $file }, line { $line }
    }: { $key } has no effect: { $reason }.
finding-quayside-other-project = { $file } calls the project { $name }, but Compose calls it { $project }.
finding-quayside-invalid =
    { $line ->
        [0] { $file } cannot be read
       *[other] { $file } cannot be read, line { $line }
    }: { $reason }. Titles and version are left out.

# What is wrong with an archive, inside the sentences above.

archive-empty = 0 bytes
archive-web-page = it is a saved web page, as a failed download leaves it
archive-kind = it is a { $kind } file
archive-unknown-kind = it is not a tar archive
archive-truncated = it ends too early
archive-damaged = its content contradicts itself ({ $detail })
archive-no-manifest = the list of its images (manifest.json or index.json) is missing
archive-large-window = it is compressed with a window of more than 64 MB, which takes more memory than Quayside uses
archive-no-images = it is a tar archive of something else

# What is wrong in quayside.yaml, inside the sentences above.

quayside-a-mapping = keys with values
quayside-a-text = a text
quayside-a-text-per-language = a text, or one per language
quayside-yes-or-no = true or false
quayside-a-list = a list
quayside-a-page = a page such as /admin, false, or port, scheme and path
quayside-outside = the file has to lie in the package
quayside-not-there = there is no such file
quayside-no-picture = only .png, .jpg and .webp are pictures here
quayside-picture-too-large = the picture is larger than 512 KiB
quayside-no-email = this is no e-mail address
quayside-no-url = only http and https are opened
quayside-no-size = this is no size; 4GB and 512m are
quayside-no-version = this is no version; 24.0 is
quayside-no-number = this is no number of processors
quayside-no-duration = this is no time of at most 4 hours; 90s and 2m are
quayside-no-port = this is no port
quayside-no-page = a page begins with one slash and has no spaces
quayside-no-variable = a setting needs a key that is the name of a variable
quayside-no-pattern = the pattern of { $key } is no regular expression
quayside-no-default = the default of { $key } does not match its pattern
quayside-twice = { $key } is there twice
quayside-no-digest = a SHA-256 has 64 hexadecimal digits
