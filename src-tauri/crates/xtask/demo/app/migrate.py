"""Creates the tables and the greeting, and may run again without harm."""

import os

import harbour

with harbour.database() as connection, connection.cursor() as cursor:
    cursor.execute("CREATE TABLE IF NOT EXISTS greeting (id INT PRIMARY KEY, words VARCHAR(200) NOT NULL)")
    cursor.execute("CREATE TABLE IF NOT EXISTS tally (id INT PRIMARY KEY, visits BIGINT NOT NULL)")
    cursor.execute("REPLACE INTO greeting VALUES (1, %s)", (os.environ["HARBOUR_GREETING"],))
    cursor.execute("INSERT IGNORE INTO tally VALUES (1, 0)")
print("migrate: the tables are there", flush=True)
