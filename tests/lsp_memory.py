#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Edits a text again and again in a session of `dectprov lsp`, and compares the server's memory early and late.

lsp_memory.py PROGRAM FOLDER EDITS: edits FOLDER/site.yaml; every edit is followed by a question whose answer is waited for, so
that no edit is taken over by the next. Prints both figures, and ends with 1 where the memory has grown by a tenth.
"""
import json
import pathlib
import subprocess
import sys


class Session:
    def __init__(self, program):
        self.server = subprocess.Popen([program, "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.number = 0

    def send(self, method, params, **more):
        text = json.dumps({"jsonrpc": "2.0", "method": method, "params": params, **more}).encode()
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(text), text))
        self.server.stdin.flush()

    def read(self):
        length = 0
        while (line := self.server.stdout.readline().strip()):
            length = int(line.split(b":")[1])
        if not length:
            raise SystemExit("the server has ended")
        return json.loads(self.server.stdout.read(length))

    def ask(self, method, params):
        self.number += 1
        self.send(method, params, id=self.number)
        while (answer := self.read()).get("id") != self.number or "method" in answer:
            if "id" in answer:
                self.send_result(answer["id"])
        return answer["result"]

    def send_result(self, number):
        text = json.dumps({"jsonrpc": "2.0", "id": number, "result": None}).encode()
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(text), text))
        self.server.stdin.flush()

    def memory(self):  # kB, at most so far
        status = pathlib.Path(f"/proc/{self.server.pid}/status").read_text("utf-8")
        return int(status.split("VmHWM:")[1].split()[0])


def main():
    program, folder, edits = sys.argv[1], pathlib.Path(sys.argv[2]).absolute(), int(sys.argv[3])
    path = folder / "site.yaml"
    text = path.read_text("utf-8")
    line = text[: text.index("displayname")].count("\n")
    session = Session(program)
    session.ask("initialize", {"capabilities": {}, "workspaceFolders": [{"uri": folder.as_uri(), "name": "x"}]})
    session.send("initialized", {})
    document = {"uri": path.as_uri()}
    session.send("textDocument/didOpen", {"textDocument": {**document, "languageId": "yaml", "version": 0, "text": text}})
    early = 0
    for edit in range(1, edits + 1):
        place = {"line": line, "character": 0}
        # A fault comes and goes.
        new = "x" if edit % 2 else ""
        end = {"line": line, "character": 0 if edit % 2 else 1}
        session.send("textDocument/didChange", {"textDocument": {**document, "version": edit}, "contentChanges": [
            {"range": {"start": place, "end": end}, "text": new}]})
        session.ask("textDocument/documentSymbol", {"textDocument": document})
        if edit == edits // 10:
            early = session.memory()
    late = session.memory()
    session.ask("shutdown", None)
    session.send("exit", None)
    print(f"{early} kB after {edits // 10} edits, {late} kB after {edits}")
    return 0 if session.server.wait() == 0 and late <= 1.1 * early else 1


if __name__ == "__main__":
    sys.exit(main())
