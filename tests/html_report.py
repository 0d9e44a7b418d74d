# SPDX-License-Identifier: MIT
"""Checks the reports that html_report_test.sh has made, as somebody reads them. usage: html_report.py LINT DIFF"""
import sys
import time

from browser import CONTRAST, Browser

SHOWN = "return document.querySelector('output').textContent"
VISIBLE = "return [...document.querySelectorAll('article')].filter(a => !a.hidden && !a.closest('section').hidden).length"
SLOWEST_SECONDS = 3


def check(is_so, what):
    if not is_so:
        raise SystemExit("html_report: " + what)


def choose(browser, field, text):
    browser.run("const field = document.querySelector(`select[name=${arguments[0]}]`);"
                "field.value = [...field.options].find(o => o.textContent.includes(arguments[1])).value;"
                "field.dispatchEvent(new Event('input', {bubbles: true}))", field, text)


def clear(browser):
    browser.run("const form = document.querySelector('form'); form.reset();"
                "form.dispatchEvent(new Event('input', {bubbles: true}))")
    browser.wait("return document.querySelectorAll('article[hidden]').length", 0)


def check_every_page(browser, name):
    check(browser.run("return performance.getEntriesByType('resource').length") == 0, name + " fetches something")
    for width in (360, 800, 1400):
        browser.width(width)
        browser.wait("return innerWidth", width)
        overflow = browser.run("return document.documentElement.scrollWidth - innerWidth")
        check(overflow <= 0, f"{name} is {overflow} pixels wider than {width}")
        if len(sys.argv) > 3:
            browser.screenshot(f"{sys.argv[3]}/{name}-{width}.png")
    colours = set()
    for scheme in ("light", "dark"):
        browser.media(scheme=scheme)
        colours.add(browser.run("return getComputedStyle(document.body).backgroundColor"))
        least = browser.run(CONTRAST, "h1, h2, p, b, td, th, button, label, output, footer, summary, pre, select")
        check(least >= 4.5, f"{name}: the contrast of some {scheme} text is {least:.2f}")
        if len(sys.argv) > 3:
            browser.screenshot(f"{sys.argv[3]}/{name}-{scheme}.png")
    check(len(colours) == 2, name + " looks the same in dark and light")
    # What a screen reader needs: names for all that is used, and headings that leave no level out.
    nameless = browser.run("return [...document.querySelectorAll('input, select, button')].filter(n =>"
                           "!n.getAttribute('aria-label') && !n.closest('label') && !n.textContent.trim()).length")
    check(nameless == 0, f"{name}: {nameless} fields have no name")
    levels = browser.run("return [...document.querySelectorAll('h1, h2, h3')].map(h => +h.localName[1])")
    check(levels[:1] == [1] and levels.count(1) == 1, f"{name}: no one heading is the first")
    check(all(b - a <= 1 for a, b in zip(levels, levels[1:])), f"{name}: a level of headings is left out")
    # On paper: the list without its fields, and what the rules say.
    browser.media("print")
    browser.run("dispatchEvent(new Event('beforeprint'))")
    check(browser.run("return getComputedStyle(document.querySelector('input[name=q]')).display") == "none",
          name + ": fields are printed")
    check(browser.run("return [...document.querySelectorAll('details')].every(d => d.open)"),
          name + ": what is folded is not printed")
    browser.media()


def check_lint(browser, path):
    browser.open(path)
    browser.wait(SHOWN, "10002 shown")
    # Words, of which all must be there.
    begin = time.monotonic()
    browser.type("input[name=q]", "42-17 charset")
    browser.wait(SHOWN, "1 of 10002 shown")
    seconds = time.monotonic() - begin
    check(seconds < SLOWEST_SECONDS, f"10,000 findings take {seconds:.1f} s to narrow")
    clear(browser)
    # A server, by its field and by its row; a rule the same way; both together.
    choose(browser, "server", "0013d1800007")
    browser.wait(VISIBLE, 100)
    browser.click("button[data-f=rule][data-v='1']")
    browser.wait(VISIBLE, 0)
    browser.click("button[data-f=server][data-v='0']")
    browser.wait(VISIBLE, 1)
    clear(browser)
    # All but one are errors.
    browser.click("input[name=error]")
    browser.wait(VISIBLE, 1)
    clear(browser)
    # What the rule says, folded out at the finding, by mouse and by keyboard.
    browser.click("article .rule")
    why = browser.run("return document.querySelector('article .why').textContent")
    check("mended" in why and len(why) > 80, "the rule says only: " + why)
    check(browser.run("return document.querySelector('article .rule').ariaExpanded") == "true", "no state is told")
    browser.type("article .rule", "\ue007")
    browser.wait("return document.querySelectorAll('article .why').length", 0)
    check_every_page(browser, "lint")


def check_diff(browser, path):
    browser.open(path)
    all_shown = browser.run(SHOWN)
    check(all_shown.endswith(" shown") and " of " not in all_shown, all_shown)
    choose(browser, "server", "0013d1800002")
    browser.wait("return [...document.querySelectorAll('tbody tr')].filter(r => !r.hidden).length", 1)
    check(browser.run("return [...document.querySelectorAll('article')].filter(a => !a.hidden)"
                      ".some(a => a.textContent.includes('callwaiting'))"), "the change of one server is hidden")
    choose(browser, "server", "0013d1800003")
    browser.wait("return [...document.querySelectorAll('article')].filter(a => !a.hidden)"
                 ".some(a => a.textContent.includes('callwaiting'))", False)
    check(browser.run(VISIBLE) >= 1, "the change of all servers is hidden")
    clear(browser)
    browser.type("input[name=q]", "duration 300")
    browser.wait(VISIBLE, 1)
    clear(browser)
    browser.click("input[name=changed]")
    browser.wait("return [...document.querySelectorAll('article[data-k=changed]')].every(a => a.hidden)", True)
    clear(browser)
    check_every_page(browser, "diff")


def main():
    with Browser() as browser:
        check_lint(browser, sys.argv[1])
        check_diff(browser, sys.argv[2])
        complaints = browser.complaints()
        check(not complaints, f"the console says {complaints}")


main()
