#!/usr/bin/env python3
"""odd_server.py PORT: an HTTP server on loopback that answers as the first step of the path says: /stall/ not at all,
/slow/MILLISECONDS/ after these, /drop/ with the end of the connection, /short/ with less than it states, /long/ with more,
/flood/ without an end, /trickle/ a byte a second, /headers/ with headers without an end, /file/ with a redirect to
file:, /noise/ with what is not HTTP, /empty/ with nothing, /cached/ from a cache, /telling/ and /leading/ with a secret in
every header that there is, /steering/ with a redirect that speaks to terminals and CI systems. Writes a line to `asked` for each
question."""

import socketserver
import sys
import time

CONFIG = b"<config>\n  <network>\n    <bootproto>dhcp</bootproto>\n  </network>\n</config>\n"


def answer(status, body, *headers, length=None):
    length = len(body) if length is None else length
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {length}", "Content-Type: text/xml", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class Odd(socketserver.StreamRequestHandler):
    def stall(self):
        time.sleep(60)

    def slow(self):
        time.sleep(int(self.path.split("/")[2]) / 1000)
        self.wfile.write(answer("200 OK", CONFIG))

    def drop(self):
        pass

    def short(self):
        self.wfile.write(answer("200 OK", CONFIG[:20], length=len(CONFIG)))

    def long(self):
        self.wfile.write(answer("200 OK", CONFIG, length=20))

    def flood(self):
        self.wfile.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        while True:
            self.wfile.write(b" " * (1 << 20))

    def trickle(self):
        self.wfile.write(answer("200 OK", b"", length=len(CONFIG)))
        for byte in CONFIG:
            self.wfile.write(bytes([byte]))
            time.sleep(1)

    def headers(self):
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while True:
            self.wfile.write(b"X-Filler: " + b"x" * 1000 + b"\r\n")

    def file(self):
        self.wfile.write(answer("302 Found", b"", "Location: file:///etc/passwd"))

    def noise(self):
        self.wfile.write(b"220 smtp.example.com ESMTP\r\n" * 20)

    def empty(self):
        self.wfile.write(answer("200 OK", b""))

    def cached(self):
        self.wfile.write(answer("200 OK", CONFIG, "Age: 86400"))

    def telling(self):
        secret = "Zq7kWmTx4RbHv9Ny"
        status = "302 Found" if self.path.endswith("users.xml") else "401 Unauthorized"
        headers = [f"X-Password: {secret}", f"Set-Cookie: session={secret}", f"Age: {secret}",
                   f"WWW-Authenticate: Basic realm=\"{secret}\"",
                   f"Location: http://dect:{secret}@files.example.com/dect?token={secret}"]
        self.wfile.write(answer(status, f"<users><authpassword>{secret}</authpassword></users>".encode(), *headers))

    def leading(self):
        secret = "Zq7kWmTx4RbHv9Ny"
        self.wfile.write(answer("307 Temporary Redirect", b"", f"X-Password: {secret}",
                                f"Location: ftp://dect:{secret}@files.example.com/dect?token={secret}#{secret}"))

    def steering(self):
        said = "http://files.example.com/\x1b]0;title\x07\u202e/::stop-commands::x/##vso[task.complete]".encode()
        self.wfile.write(b"HTTP/1.1 302 ::add-mask::x ##vso[task.complete]\r\nContent-Length: 0\r\nLocation: " + said + b"\r\n\r\n")

    def handle(self):
        line = self.rfile.readline().decode("latin-1").split()
        while self.rfile.readline().strip():
            pass
        if len(line) < 2:
            return
        with open("asked", "a", encoding="latin-1") as log:
            log.write(line[1] + "\n")
        act = getattr(self, line[1].split("/")[1], None)
        if act is None:
            self.wfile.write(answer("404 Not Found", b""))
            return
        self.path = line[1]
        act()

    def finish(self):
        try:
            super().finish()
        except OSError:
            pass


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def handle_error(self, request, client_address):
        """Whoever asks may go away at any time."""


with Server(("127.0.0.1", int(sys.argv[1])), Odd) as server:
    server.serve_forever()
