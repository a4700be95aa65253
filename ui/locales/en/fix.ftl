# What fixes of problems do, each as one sentence. Those of checks stand beside their check.

# How a setting is changed; part of the sentences below.
fix-by-variable = set { $place } in the .env file
fix-by-override = write { $place }, which Compose reads over the vendor's file

fix-remove-container = Remove the stopped container { $name }, which is left over from this package. Its volumes and data stay.
fix-start-again = Start again what does not run yet.
fix-restart = Restart { $service }, now that { $host } runs.
fix-remake = Make new containers for { $services }. Volumes and data stay.
fix-remake-network = { $count ->
    [0] Remove the network { $network }, which no container uses, so that Compose makes it anew. Data stays.
   *[other] Stop { $services }, remove the network { $network } so that Compose makes it anew, and make new containers. Volumes and data stay.
}
fix-unused-networks = { $count ->
    [one] Remove the network { $networks }, which this package made earlier and no container uses.
   *[other] Remove { $count } networks that this package made earlier and no container uses: { $networks }.
}
fix-give-subnet = Give the network { $network } the addresses { $subnet }, which nobody uses: write { $place }, which Compose reads over the vendor's file.
fix-load-images = { $count ->
    [one] Load the image { $images } from the package, under the name the compose file asks for.
   *[other] Load { $count } images from the package, under the names the compose file asks for: { $images }.
}
fix-memory = Let { $service } use { $new } of memory instead of { $old }: { $how }.
fix-open-files = Let { $service } keep { $value } files open at a time: { $how }.
fix-start-period = Give { $service } { $time } for every start before its health check counts: { $how }. It starts once more for this.
fix-wait = Wait up to { $time } longer for { $service }, and then start what waits for it. Nothing is changed.
fix-table-names = Start { $service } with lower_case_table_names={ $value }, as its data was made: { $how }. The data itself is not changed.
fix-without-gpu = Do without a graphics card: run { $services } instead of { $lost }. It will be slower. For this, { $place } in the .env file is changed.
fix-start-engine = Start Docker ({ $unit }).

# The engine refused to start the service with the change.
fix-refused = Docker refused to start { $service } with this, so it was put back: { $effect }
fix-refused-partly = Docker refused to start { $service } with this. Putting it back was not possible for all of it: { $reason }
fix-not-started = { $count ->
    [one] Not started yet: 1 other thing is in the way. The check shows it.
   *[other] Not started yet: { $count } other things are in the way. The check shows them.
}
fix-not-waited = Nothing was started.
recheck-gone = Solved: { $problem }
