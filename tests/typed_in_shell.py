# SPDX-License-Identifier: MIT
"""Types a line into an interactive shell on a terminal, presses the tab key, and prints what the screen shows.

usage: typed_in_shell.py bash|zsh SCRIPT LINE...
For each LINE: 'LINE => ' and all that the shell wrote after the keys, on one line, without control sequences.
"""
import os
import pty
import re
import select
import sys
import time

COMMANDS = {
    "bash": (["bash", "--norc", "--noprofile", "-i"],
             "bind 'set bell-style none'; bind 'set completion-query-items 0'; bind 'set page-completions off'; "
             "bind 'set show-all-if-ambiguous on'; bind -x '\"\\C-t\": echo {mark}'; source {script}"),
    "zsh": (["zsh", "-f", "-i"],
            "unsetopt beep list_ambiguous; LISTMAX=0; autoload -Uz compinit; compinit -u -D; "
            "say_mark() {{ print -n '\r\n'{mark}'\r\n' }}; zle -N say_mark; bindkey '^T' say_mark; "
            # zsh gives a completion up where another key waits; `zle -I` would give the terminal back meanwhile.
            "tab_and_mark() {{ zle expand-or-complete; zle -R; zle say_mark }}; zle -N tab_and_mark; "
            "bindkey '^G' tab_and_mark; source {script}"),
}
CONTROL = re.compile(rb"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]|\x1b\][^\x07]*\x07|[\x00-\x08\x0e-\x1f]")
# A shell takes its keys one after the other: when this key has written its mark, the one before has been worked off.
MARK_KEY, MARK = "\x14", "all-done"
# As the set-up writes it, which the terminal may echo in any number of lines.
SPELT_MARK = 'all-d""one'
TAB_KEYS = {"bash": "\t" + MARK_KEY, "zsh": "\x07"}
# As on a machine that does much else at once: the mark comes, and how long it takes says nothing.
MOST_SECONDS = 300


class Shell:
    def __init__(self, name, script):
        command, setup = COMMANDS[name]
        self.tab = TAB_KEYS[name]
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            os.environ.update(TERM="xterm", COLUMNS="200", LINES="200", PS1="$ ", PROMPT="$ ")
            os.execvp(command[0], command)
        self.send("stty cols 200 rows 200; " + setup.format(script=script, mark=SPELT_MARK) + "\n")
        self.typed("")

    def send(self, text):
        os.write(self.terminal, text.encode())

    def read_until(self, end):
        seen, last = b"", time.monotonic() + MOST_SECONDS
        while end not in seen:
            if time.monotonic() > last:
                raise SystemExit(f"no {end!r} in {MOST_SECONDS} s, only {seen!r}")
            if select.select([self.terminal], [], [], 1)[0]:
                seen += os.read(self.terminal, 65536)
        return seen

    def typed(self, line):
        if line:
            self.send(line + MARK_KEY)
            self.read_until(MARK.encode() + b"\r\n")
            self.send(self.tab)
        else:
            self.send(MARK_KEY)
        seen = self.read_until(MARK.encode() + b"\r\n").partition(MARK.encode())[0]
        # The line is given up.
        self.send("\x05\x15")
        return b" ".join(CONTROL.sub(b"", seen).split()).decode(errors="replace")


def main():
    name, script = sys.argv[1:3]
    shell = Shell(name, script)
    for line in sys.argv[3:]:
        print(line, "=>", shell.typed(line), flush=True)
    os.close(shell.terminal)


main()
