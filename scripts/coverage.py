#!/usr/bin/env python3
"""coverage.py SUMMARY REASONS: prints what gcovr found, see coverage.sh. REASONS: a file and why it is run less a line."""

import collections
import json
import os
import sys

WANTED = 90  # % of the lines of a file


def percent(covered, total):
    return 100 * covered / total if total else 100.0


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        files = json.load(file)["files"]
    reasons = {}
    with open(sys.argv[2], encoding="utf-8") as file:
        for line in file:
            if line.strip() and not line.startswith("#"):
                name, _, reason = line.strip().partition(" ")
                reasons[name] = reason.strip()
    folders = collections.defaultdict(lambda: [0, 0, 0, 0])
    bad = 0
    for one in files:
        counts = [one["line_covered"], one["line_total"], one["branch_covered"], one["branch_total"]]
        for folder in (os.path.dirname(one["filename"]), "all"):
            folders[folder] = [a + b for a, b in zip(folders[folder], counts)]
    print(f"{'folder':<16} {'lines':>15} {'%':>6} {'branches':>15} {'%':>6}")
    for folder, (lines, all_lines, branches, all_branches) in sorted(folders.items(), key=lambda row: (row[0] == "all", row)):
        print(f"{folder:<16} {f'{lines}/{all_lines}':>15} {percent(lines, all_lines):6.1f} "
              f"{f'{branches}/{all_branches}':>15} {percent(branches, all_branches):6.1f}")
    low = [one for one in files if one["filename"].startswith("lib/") and
           percent(one["line_covered"], one["line_total"]) < WANTED]
    for one in low:
        reason = reasons.pop(one["filename"], "")
        bad += not reason
        print(f"{one['filename']}: {percent(one['line_covered'], one['line_total']):.1f} % of the lines: "
              f"{reason or 'no reason in ' + sys.argv[2]}")
    for name in reasons:
        bad += 1
        print(f"{name}: has a reason and needs none")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
