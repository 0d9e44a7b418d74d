# SPDX-License-Identifier: MIT
"""Checks the site of the manual. usage: book.py links|browser FOLDER [SCREENS]"""
import functools
import html.parser
import http.server
import pathlib
import sys
import threading
import urllib.parse

WIDTHS = (360, 800, 1400)


class Page(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.links, self.resources, self.anchors = [], [], set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        of = dict(attributes)
        if "id" in of:
            self.anchors.add(of["id"])
        if tag == "a" and "name" in of:
            self.anchors.add(of["name"])
        if tag == "a" and of.get("href"):
            self.links.append(of["href"])
        if tag in ("script", "img", "iframe") and of.get("src"):
            self.resources.append(of["src"])
        if tag == "link" and of.get("rel") in ("stylesheet", "shortcut icon", "icon"):
            self.resources.append(of["href"])


def check_links(folder):
    pages = {path.resolve(): Page(path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.html"))}
    problems, count = [], 0
    for path, page in pages.items():
        # It is served for any address, so its links are from the top.
        if path.name == "404.html":
            continue
        problems += [f"{path.name} loads {one}" for one in page.resources if "//" in one]
        for link in page.links + page.resources:
            parts = urllib.parse.urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            count += 1
            target = (path.parent / urllib.parse.unquote(parts.path)).resolve() if parts.path else path
            if target.is_dir():
                target /= "index.html"
            if not target.exists():
                problems.append(f"{path.relative_to(folder)}: {link} leads nowhere")
            elif parts.fragment and target in pages and parts.fragment not in pages[target].anchors:
                problems.append(f"{path.relative_to(folder)}: {link} has no such chapter")
    print(f"{count} links of {len(pages)} pages")
    if problems:
        raise SystemExit("\n".join(problems))


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def check_in_browser(folder, screens):
    from browser import Browser

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    top = f"http://127.0.0.1:{server.server_port}"
    with Browser() as browser:
        for page in ("index.html", "docs/first-hour.html", "docs/fleet.html", "docs/options.html", "docs/rules.html"):
            browser.open(f"{top}/{page}")
            elsewhere = browser.run("return performance.getEntriesByType('resource').map(r => r.name)"
                                    ".filter(name => !name.startsWith(location.origin))")
            if elsewhere:
                raise SystemExit(f"{page} fetches {elsewhere}")
            for width in WIDTHS:
                browser.width(width)
                browser.wait("return innerWidth", width)
                overflow = browser.run("return document.documentElement.scrollWidth - innerWidth")
                if overflow > 0:
                    raise SystemExit(f"{page} is {overflow} pixels wider than {width}")
                if screens:
                    browser.screenshot(f"{screens}/{page.replace('/', '-')}-{width}.png")
        # Somebody types what they look for.
        browser.open(f"{top}/docs/README.html" if (folder / "docs/README.html").exists() else f"{top}/docs/index.html")
        browser.type("input[name=q]", "replace a broken handset")
        # The index may be read after the last key: a key more asks again.
        browser.wait("document.querySelector('input[name=q]').dispatchEvent(new Event('keyup'));"
                     "return [...document.querySelectorAll('#mkdocs-search-results a')]"
                     ".some(a => a.href.includes('replace'))", True)
        if screens:
            browser.screenshot(f"{screens}/search.png")
    server.shutdown()


def main():
    what, folder = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
    if what == "links":
        check_links(folder)
    else:
        check_in_browser(folder, sys.argv[3] if len(sys.argv) > 3 else None)


main()
