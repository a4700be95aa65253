"""Writes the count of visits from Redis down in MariaDB, every five seconds."""

import time

import harbour

harbour.leave_when_asked()
print("worker: writing down visits every 5 s", flush=True)
while True:
    try:
        visits = int(harbour.redis("GET", "visits") or 0)
        with harbour.database() as connection, connection.cursor() as cursor:
            cursor.execute("UPDATE tally SET visits = %s WHERE id = 1", (visits,))
        with open("/var/log/harbour/worker.log", "a") as log:
            print(f"{time.strftime('%FT%TZ', time.gmtime())} {visits} visits", file=log)
    except Exception as error:
        print(f"worker: {error}; trying again", flush=True)
    time.sleep(5)
