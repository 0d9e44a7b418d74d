#!/usr/bin/env bash
# Checks that programs are built so that a fault in them is hard to make use of: hardened.sh PROGRAM...
# A program anywhere in memory, whose tables of functions are read-only once it runs, without a stack that can be run;
# where it loads the C library: with guarded stacks, and copies that know how much room there is.
set -euo pipefail

failed=0
for program; do
    missing=()
    has() { grep -q "$2" <<< "$3" || missing+=("$1"); }
    headers=$(readelf --wide --file-header --program-headers "$program")
    dynamic=$(readelf --wide --dynamic "$program")
    symbols=$(readelf --wide --dyn-syms "$program")
    has "position-independent (PIE)" 'Type: *DYN' "$headers"
    has "read-only relocations (RELRO)" 'GNU_RELRO' "$headers"
    has "all symbols bound at the start (NOW)" 'Flags:.*NOW\|BIND_NOW' "$dynamic"
    has "a stack that cannot be run" 'GNU_STACK.* RW ' "$headers"
    if grep -q 'NEEDED.*libc\.so' <<< "$dynamic"; then
        has "stack protector" '__stack_chk_fail' "$symbols"
        has "checked copies (_FORTIFY_SOURCE)" '_chk@' "$symbols"
    fi
    if ((${#missing[@]} > 0)); then
        printf '%s: lacks %s\n' "$program" "${missing[@]}" >&2
        failed=1
    else
        echo "$program: hardened"
    fi
done
exit "$failed"
