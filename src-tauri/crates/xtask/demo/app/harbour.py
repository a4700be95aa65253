"""What the three programs of the backend image share: the database, Redis, and a quick goodbye."""

import os
import signal
import socket
import sys

import pymysql


def database():
    return pymysql.connect(
        host=os.environ["DATABASE_HOST"],
        user=os.environ["DATABASE_USER"],
        password=os.environ["DATABASE_PASSWORD"],
        database=os.environ["DATABASE_NAME"],
        connect_timeout=5,
        autocommit=True,
    )


def redis(*words):
    """One command to Redis: enough of its protocol for numbers and short texts."""
    with socket.create_connection((os.environ["REDIS_HOST"], 6379), timeout=5) as connection:
        stream = connection.makefile("rwb")
        answer = None
        for command in (("AUTH", os.environ["REDIS_PASSWORD"]), words):
            stream.write(b"*%d\r\n" % len(command))
            for word in map(str.encode, command):
                stream.write(b"$%d\r\n%s\r\n" % (len(word), word))
            stream.flush()
            line = stream.readline().decode().rstrip()
            if line.startswith("-"):
                raise RuntimeError(f"redis: {line[1:]}")
            if line.startswith("$"):
                answer = None if line == "$-1" else stream.readline().decode().rstrip()
            else:
                answer = line[1:]
        return answer


def leave_when_asked():
    # The first process of a container gets no default action for SIGTERM.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
