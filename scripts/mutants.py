#!/usr/bin/env python3
"""mutants.py BUILD [SEED] [COUNT] [FILE]...: see mutants.sh, which makes the folder BUILD."""

import concurrent.futures
import glob
import os
import pathlib
import random
import re
import shlex
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
FOLDERS = ["lib/rules", "lib/device", "lib/diff"]
# Where files are judged while they are loaded.
LOAD = ["lib/load/load_server.cpp", "lib/load/site.cpp", "lib/load/site_server.cpp", "lib/load/site_users.cpp",
        "lib/load/site_records.cpp", "lib/load/site_references.cpp", "lib/load/inputs.cpp"]
# The programs whose tests are linked into one, those first that are quick and most likely to fail.
TESTS = ["rules_test", "device_test", "diff_test", "checks_test", "site_test", "preview_test", "probe_test",
         "suppress_test", "fix_test", "generate_test", "render_test", "import_test", "cases_test"]
SECONDS = 120  # more is a loop without an end
EQUIVALENT = ROOT / "tests/mutants-equivalent.txt"

SWAPS = [(" < ", " <= "), (" <= ", " < "), (" > ", " >= "), (" >= ", " > "), (" == ", " != "), (" != ", " == "),
         (" && ", " || "), (" || ", " && "), (" + 1", ""), (" - 1", "")]
WORDS = [("true", "false"), ("false", "true")]
STATEMENT = re.compile(r"^[ ]{4,}(?=(?:[A-Za-z_][\w:]*(?:\.|->|\(|\[|\n\s*\.)|return;|continue;|\+\+))", re.M)


class Mutant:
    """The text of a file with one change."""

    def __init__(self, path, text, begin, end, new):
        self.path = path
        self.text = text[:begin] + new + text[end:]
        self.line = text.count("\n", 0, begin) + 1
        first = text.rfind("\n", 0, begin) + 1
        last = text.find("\n", end)
        self.old = " ".join(text[first:last].split())
        self.new = " ".join((text[first:begin] + new + text[end:last]).split())

    def __str__(self):
        return f"{self.path}:{self.line}\n- {self.old}\n+ {self.new or ';'}"


def code_alone(text):
    """The text with blanks for all that is no code: comments, strings, directives."""
    pattern = re.compile(r'R"\(.*?\)"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'|//[^\n]*|^#[^\n]*', re.S | re.M)

    def blank(match):
        kept = "".join(c if c == "\n" else "~" for c in match.group())
        return kept if match.group()[0] in "R\"'" else kept.replace("~", " ")

    return pattern.sub(blank, text)


def closing(code, at):
    """Where the bracket at `at` is closed."""
    depth = 0
    for i in range(at, len(code)):
        depth += code[i] in "([{"
        depth -= code[i] in ")]}"
        if depth == 0:
            return i
    return len(code)


def conditions(code):
    for match in re.finditer(r"\bif (?:constexpr )?\(", code):
        begin = match.end()
        end = closing(code, begin - 1)
        inside = code[begin:end]
        declared = re.match(r"const (?:auto|\w[\w:<>]*)[*&]? ?[*&]?(\w+) = ", inside)
        if declared:
            if ";" not in inside:
                yield begin, end, lambda old, name=declared.group(1): f"{old}; !{name}"
            continue
        # A comparison alone, and what is negated already, have changes of their own.
        single = re.fullmatch(r"!?[\w.:>()\[\]-]+( [!=]= [\w.:>()\[\]~-]+)?", inside)
        if ";" in inside or (single and (inside.startswith("!") or single.group(1))):
            continue
        yield begin, end, lambda old: f"!({old})"


def statements(code):
    for match in STATEMENT.finditer(code):
        before = code[: match.start()].rstrip()
        if not before or before[-1] not in "{};):" or code.startswith("assert(", match.end()):
            continue
        depth = 0
        for end in range(match.end(), len(code)):
            depth += code[end] in "([{"
            depth -= code[end] in ")]}"
            if depth < 0 or (depth == 0 and code[end] == ";"):
                break
        if depth == 0 and code[end] == ";":
            yield match.end(), end + 1


def mutants_of(path):
    text = (ROOT / path).read_text(encoding="utf-8")
    code = code_alone(text)
    # Declarations stand outside of functions.
    for old, new in SWAPS:
        for match in re.finditer(re.escape(old) + (r"\b" if old.endswith("1") else ""), code):
            yield Mutant(path, text, match.start(), match.end(), new)
    for old, new in WORDS:
        for match in re.finditer(rf"\b{old}\b", code):
            yield Mutant(path, text, match.start(), match.end(), new)
    for match in re.finditer(r"(?<=[ (])!(?=[\w(])", code):
        yield Mutant(path, text, match.start(), match.end(), "")
    for begin, end, change in conditions(code):
        yield Mutant(path, text, begin, end, change(text[begin:end]))
    for begin, end in statements(code):
        yield Mutant(path, text, begin, end, ";")


def known_equivalents():
    """Blocks of: a file, '- ' the line, '+ ' what it becomes, and the reason."""
    known = {}
    if EQUIVALENT.exists():
        for block in EQUIVALENT.read_text(encoding="utf-8").split("\n\n"):
            lines = [line for line in block.splitlines() if line and not line.startswith("#")]
            if len(lines) >= 4:
                known[(lines[0], lines[1][2:], lines[2][2:])] = " ".join(lines[3:])
    return known


class Workshop:
    """Compiles and links what is changed, and runs the tests."""

    def __init__(self, build):
        self.build = (ROOT / build).resolve()
        subprocess.run(["ninja", "-C", str(self.build), "--quiet", "dectprov", *TESTS], check=True)
        self.link = self.command("cases_test")
        self.compile = self.compile_command()
        self.objects = []
        for test in TESTS[:-1]:
            self.objects += glob.glob(f"{self.build}/tests/CMakeFiles/{test}.dir/**/*.o", recursive=True)
        self.cases = {str(path.relative_to(ROOT / "tests/cases"))[: -len(".case")]: path.read_text(encoding="utf-8")
                      for path in sorted((ROOT / "tests/cases").glob("*/*.case"))}

    def commands(self, target):
        return subprocess.run(["ninja", "-C", str(self.build), "-t", "commands", target], check=True,
                              capture_output=True, text=True).stdout.splitlines()

    def command(self, target):
        last = self.commands(target)[-1]
        words = shlex.split(last.split("&&")[1])
        out = words.index("-o")
        return words[:out] + words[out + 2:]

    def compile_command(self):
        """That of the library, without its source and its outputs."""
        for line in self.commands("dectprov_core"):
            words = shlex.split(line)
            if "-c" in words and "dectprov_core.dir" in line:
                if "ccache" in words[0]:
                    words = words[1:]
                kept, skip = [], False
                for word in words:
                    if skip:
                        skip = False
                    elif word in ("-o", "-c", "-MT", "-MF"):
                        skip = True
                    elif word not in ("-MD", "-Werror"):
                        kept.append(word)
                return kept
        raise SystemExit("mutants: no command compiles the library")

    def make(self, mutant, folder):
        """The test program with the change; None where that does not compile."""
        source = pathlib.Path(folder) / pathlib.Path(mutant.path).name
        source.write_text(mutant.text, encoding="utf-8")
        made = subprocess.run([*self.compile, "-w", "-c", str(source), "-o", f"{folder}/changed.o"], cwd=self.build,
                              capture_output=True, check=False)
        if made.returncode != 0:
            return None
        # The changed file comes first, and the first definition counts.
        compiler, *rest = self.link
        subprocess.run([compiler, f"{folder}/changed.o", *self.objects, *rest, "-Wl,-z,muldefs", "-o",
                        f"{folder}/tests"], cwd=self.build, check=True, capture_output=True)
        return f"{folder}/tests"

    def fails(self, program, folder, arguments, cases=None):
        environment = {**os.environ, "TMPDIR": folder}
        environment.pop("DECTPROV_CASE", None)
        if cases is not None:
            environment["DECTPROV_CASE"] = " ".join(cases)
        limit = "ulimit -v 8000000; exec \"$@\""
        try:
            done = subprocess.run(["bash", "-c", limit, "-", program, "--abort-after=1", "--test-suite-exclude=shared",
                                   *arguments], cwd=folder, env=environment, timeout=SECONDS, check=False,
                                  stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        except subprocess.TimeoutExpired:
            return True
        return done.returncode != 0

    def near_cases(self, mutant):
        """Those that show a rule of the file; for the effects those that compare."""
        ids = set(re.findall(r'"([a-z]+/[a-z-]+)"', (ROOT / mutant.path).read_text(encoding="utf-8")))
        return [name for name, text in self.cases.items()
                if any(f"[{rule}]" in text for rule in ids) or
                (mutant.path.startswith(("lib/device", "lib/diff")) and name.startswith(("diff/", "preview/")))]

    def is_killed(self, mutant):
        """None where the change does not compile."""
        with tempfile.TemporaryDirectory() as folder:
            program = self.make(mutant, folder)
            if program is None:
                return None
            near = self.near_cases(mutant)
            if near and self.fails(program, folder, ["--source-file=*cases_test.cpp"], near):
                return True
            return any(self.fails(program, folder, [f"--source-file=*{test}.cpp"]) for test in TESTS)


def chosen(arguments):
    seed = int(arguments.pop(0)) if arguments and arguments[0].isdigit() else 1
    count = int(arguments.pop(0)) if arguments and arguments[0].isdigit() else None
    files = arguments
    if not files:
        count = count or 100
        files = LOAD + [str(path.relative_to(ROOT)) for folder in FOLDERS
                        for path in sorted((ROOT / folder).glob("*.cpp"))]
    every = [mutant for path in files for mutant in mutants_of(path)]
    random.Random(seed).shuffle(every)
    return every, count or len(every)


def main():
    every, count = chosen(sys.argv[2:])
    workshop = Workshop(sys.argv[1])
    known = known_equivalents()
    every = [mutant for mutant in every if (mutant.path, mutant.old, mutant.new or ";") not in known]
    path = every[0].path
    if workshop.is_killed(Mutant(path, (ROOT / path).read_text(encoding="utf-8"), 0, 0, "")) is not False:
        raise SystemExit("mutants: the tests fail without a change")
    killed, survived = 0, 0
    with concurrent.futures.ThreadPoolExecutor(int(os.environ.get("JOBS", os.cpu_count()))) as pool:
        # A change that does not compile is not counted: the next ones stand in for it.
        todo = iter(every)
        running = set()
        while killed + survived < count:
            while len(running) < pool._max_workers and killed + survived + len(running) < count:
                mutant = next(todo, None)
                if mutant is None:
                    break
                future = pool.submit(workshop.is_killed, mutant)
                future.mutant = mutant
                running.add(future)
            if not running:
                break
            done, running = concurrent.futures.wait(running, return_when=concurrent.futures.FIRST_COMPLETED)
            for future in done:
                outcome = future.result()
                killed += outcome is True
                survived += outcome is False
                if outcome is False:
                    print(f"survived: {future.mutant}\n", flush=True)
                if outcome is not None and (killed + survived) % 50 == 0:
                    print(f"mutants: {killed + survived} of {count}", file=sys.stderr, flush=True)
    print(f"{killed + survived} mutants, {killed} killed, {survived} survived")
    sys.exit(1 if survived else 0)


if __name__ == "__main__":
    main()
