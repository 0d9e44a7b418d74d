# SPDX-License-Identifier: MIT
"""Checks the reports that html_report_test.sh has made, as somebody reads them. usage: html_report.py LINT FEW DIFF AXE [SCREENS]

LINT has 10,000 findings, FEW are some of them; AXE is the script of axe-core, or empty."""
import sys

from browser import CONTRAST, Browser

SHOWN = "return document.querySelector('output').textContent"
VISIBLE = "return [...document.querySelectorAll('article')].filter(a => !a.hidden && !a.closest('section').hidden).length"
MOST_BUSY_SECONDS = 1
TEXTS = "h1, h2, h2 span, p, .at b, .rule, td, td button, th, label, output, footer, summary, pre, mark, select, input"


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
        if len(sys.argv) > 5:
            browser.screenshot(f"{sys.argv[5]}/{name}-{width}.png")
    colours = set()
    for scheme in ("light", "dark"):
        browser.media(scheme=scheme)
        colours.add(browser.run("return getComputedStyle(document.body).backgroundColor"))
        least, selector = browser.run(CONTRAST, TEXTS)
        check(least >= 4.5, f"{name}: the contrast of '{selector}' is {least:.2f}, {scheme}")
        if len(sys.argv) > 5:
            browser.screenshot(f"{sys.argv[5]}/{name}-{scheme}.png")
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


# What axe-core says of a page, in both colour schemes, at two widths, with all that folds out.
def check_accessibility(browser, path):
    if not sys.argv[4]:
        return
    browser.open(path)
    with open(sys.argv[4], encoding="utf-8") as file:
        browser.run(file.read())
    browser.run("document.querySelectorAll('details').forEach(one => one.open = true);"
                "document.querySelector('article .rule')?.click()")
    for scheme in ("light", "dark"):
        for width in (360, 1400):
            browser.media(scheme=scheme)
            browser.width(width)
            browser.wait("return innerWidth", width)
            violations = browser.run_later(
                "axe.run(document, {resultTypes: ['violations']}).then(result => arguments[0](result.violations.map("
                "one => one.id + ': ' + one.nodes.map(node => node.html).slice(0, 3).join(' '))))")
            check(not violations, f"{path}, {scheme}, {width} pixels: {violations}")
    browser.media()


def check_lint(browser, path):
    browser.open(path)
    browser.wait(SHOWN, "10002 shown")
    # Words, of which all must be there.
    begin = browser.busy_seconds()
    browser.type("input[name=q]", "42-17 charset")
    browser.wait(SHOWN, "1 of 10002 shown")
    seconds = browser.busy_seconds() - begin
    check(seconds < MOST_BUSY_SECONDS, f"10,000 findings keep the page busy for {seconds:.1f} s to be narrowed")
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
    browser.wait("return document.querySelectorAll('article .why').length", 1)
    why = browser.run("return document.querySelector('article .why').textContent")
    check("fixed" in why and len(why) > 80, "the rule says only: " + why)
    check(browser.run("return document.querySelector('article .rule').ariaExpanded") == "true", "no state is told")
    browser.type("article .rule", "\ue007")
    browser.wait("return document.querySelectorAll('article .why').length", 0)
    # Who goes on by keyboard sees where: what the fields cover, which stay at the top, is scrolled to when it gets the focus.
    for width in (360, 800, 1400):
        browser.width(width)
        browser.wait("return innerWidth", width)
        is_seen = browser.run(
            "document.activeElement.blur(); const name = document.querySelectorAll('article .rule')[20];"
            # What is measured on the way moves the rest a little.
            "for (let i = 0; i < 5; ++i) scrollBy(0, name.getBoundingClientRect().top - 20);"
            "name.focus(); const at = name.getBoundingClientRect();"
            "return name === document.elementFromPoint(at.x + at.width / 2, at.y + at.height / 2)")
        check(is_seen, f"the fields cover the finding that has the focus, at {width} pixels")
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
        check_accessibility(browser, sys.argv[2])
        check_diff(browser, sys.argv[3])
        check_accessibility(browser, sys.argv[3])
        complaints = browser.complaints()
        check(not complaints, f"the console says {complaints}")


main()
