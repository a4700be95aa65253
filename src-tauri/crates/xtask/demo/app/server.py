"""The backend: counts visits in Redis and reads the greeting from MariaDB."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import harbour


def health():
    harbour.redis("PING")
    with harbour.database() as connection, connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return {"status": "ok"}


def front():
    visits = int(harbour.redis("INCR", "visits"))
    with harbour.database() as connection, connection.cursor() as cursor:
        cursor.execute("SELECT words, visits FROM greeting, tally")
        greeting, tally = cursor.fetchone()
    return {"greeting": greeting, "visits": visits, "tally": tally}


class Handler(BaseHTTPRequestHandler):
    PAGES = {"/": front, "/health": health}

    def do_GET(self):
        page = self.PAGES.get(self.path)
        if page is None:
            return self.answer(404, {"error": "no such page"})
        try:
            self.answer(200, page())
        except Exception as error:  # the reason belongs in the answer and in the log
            print(f"backend: {self.path}: {error}", flush=True)
            self.answer(503, {"error": str(error)})

    def answer(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_request(self, code="-", size="-"):
        if self.path != "/health":
            print(f"backend: {self.path} {int(code)}", flush=True)


harbour.leave_when_asked()
print("backend: listening on port 8080", flush=True)
ThreadingHTTPServer(("", 8080), Handler).serve_forever()
