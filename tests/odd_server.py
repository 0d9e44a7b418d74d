#!/usr/bin/env python3
"""odd_server.py PORT: an HTTP server on loopback that answers as the first step of the path says: /stall/ not at all,
/slow/MILLISECONDS/ after these, /drop/ with the end of the connection, /short/ with less than it states, /long/ with more,
/flood/ without an end, /trickle/ a byte a second, /headers/ with headers without an end, /file/ with a redirect to
file:, /noise/ with what is not HTTP, /empty/ with nothing, /cached/ from a cache, /telling/ and /leading/ with a secret in
every header that there is, /steering/ with a redirect that speaks to terminals and CI systems, /nobody/ with a redirect to a
port where nobody listens, /first/ nothing to the first users file alone, /images/, /headless/ and /pages/ with an image of
100 MiB, to GET alone, or a page in its place, /login/ to user and password alone, with the folder as a list. Writes a line to `asked` for each
question."""

import socketserver
import sys
import time

CONFIG = b"<config>\n  <network>\n    <bootproto>dhcp</bootproto>\n  </network>\n</config>\n"
FIRMWARE = b"<config><provisioning><firmware><kws>kws.bin</kws></firmware></provisioning></config>"


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

    def nobody(self):
        self.wfile.write(answer("302 Found", b"", "Location: http://127.0.0.1:1/x"))

    def first(self):
        if self.path.endswith("00031-config.xml"):
            time.sleep(60)
        self.wfile.write(answer("200 OK", CONFIG))

    def image(self, head, body, *headers):
        if self.path.endswith("-config.xml"):
            self.wfile.write(answer("200 OK", FIRMWARE))
        elif self.path.endswith(".ver"):
            self.wfile.write(answer("200 OK", b"PCS20Ba 90198\n"))
        elif self.path.endswith("kws.bin"):
            self.wfile.write(head if self.method == "HEAD" else answer(body[0], body[1], *headers))
        else:
            self.wfile.write(answer("404 Not Found", b""))

    def images(self):
        self.image(answer("200 OK", b"", length=100 << 20), ("500 Oops", b""))

    def headless(self):
        self.image(answer("405 Method Not Allowed", b""), ("206 Partial Content", b"x" * 512), "Content-Range: bytes 0-511/70000")

    def pages(self):
        page = b"<!DOCTYPE html><p>Log in"
        kind = "Content-Type: text/html; charset=utf-8"
        self.image(answer("200 OK", b"", kind, length=len(page)).replace(b"Content-Type: text/xml\r\n", b""), ("200 OK", page), kind)

    def login(self):
        # dect:Sw0rd/fish
        if "authorization: basic ZGVjdDpTdzByZC9maXNo" not in self.said:
            self.wfile.write(answer("401 Unauthorized", b"", "WWW-Authenticate: Basic realm=x"))
        elif self.path.endswith("/"):
            self.wfile.write(answer("200 OK", b"<a href='0013d1800032-users.xml'>0013d1800032-users.xml</a>"))
        else:
            self.wfile.write(answer("200 OK", CONFIG))

    def handle(self):
        line = self.rfile.readline().decode("latin-1").split()
        self.said = []
        while header := self.rfile.readline().decode("latin-1").strip():
            name, _, value = header.partition(": ")
            self.said.append(f"{name.lower()}: {value.replace('Basic', 'basic')}")
        if len(line) < 2:
            return
        with open("asked", "a", encoding="latin-1") as log:
            log.write(line[1] + "\n")
        act = getattr(self, line[1].split("/")[1], None)
        if act is None:
            self.wfile.write(answer("404 Not Found", b""))
            return
        self.method, self.path = line[:2]
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
