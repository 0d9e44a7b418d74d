# SPDX-License-Identifier: MIT
"""A page in headless Chromium, by the WebDriver protocol (https://www.w3.org/TR/webdriver2/) of its own driver."""
import json
import os
import subprocess
import time
import urllib.error
import urllib.request

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
# As on a machine that does much else at once: what a test waits for comes, and how long it takes says nothing.
MOST_SECONDS = 300


class Browser:
    def __init__(self):
        self.driver = subprocess.Popen(["chromedriver", "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                       text=True)
        self.address = None
        for line in self.driver.stdout:
            if "started successfully on port" in line:
                self.address = "http://127.0.0.1:" + line.rstrip().rstrip(".").rsplit(" ", 1)[1]
                break
        arguments = ["--headless=new", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"]
        if os.geteuid() == 0:
            arguments.append("--no-sandbox")
        options = {"args": arguments, "binary": subprocess.check_output(["which", "chromium"], text=True).strip()}
        wanted = {"browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}
        self.session = self.ask("POST", "/session", {"capabilities": {"alwaysMatch": wanted}}, top=True)["sessionId"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.ask("DELETE", "")
        finally:
            self.driver.terminate()
            self.driver.wait()

    def ask(self, method, path, body=None, top=False):
        address = self.address + (path if top else f"/session/{self.session}{path}")
        data = json.dumps(body or {}).encode() if method == "POST" else None
        request = urllib.request.Request(address, data, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=MOST_SECONDS) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise SystemExit(f"{method} {path}: {error.read().decode()}") from error

    def open(self, path):
        self.ask("POST", "/url", {"url": path if "://" in path else "file://" + path})

    def run(self, script, *arguments):
        return self.ask("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    # Of a script that calls its last argument with the outcome.
    def run_later(self, script, *arguments):
        self.ask("POST", "/timeouts", {"script": MOST_SECONDS * 1000})
        return self.ask("POST", "/execute/async", {"script": script, "args": list(arguments)})

    def find(self, selector):
        return self.ask("POST", "/element", {"using": "css selector", "value": selector})[ELEMENT]

    # In the middle of the window: at its edges another part of the page may lie over it.
    def click(self, selector):
        self.run("document.querySelector(arguments[0]).scrollIntoView({block: 'center'})", selector)
        self.ask("POST", f"/element/{self.find(selector)}/click")

    def type(self, selector, text):
        self.ask("POST", f"/element/{self.find(selector)}/value", {"text": text})

    def command(self, name, **parameters):
        return self.ask("POST", "/goog/cdp/execute", {"cmd": name, "params": parameters})

    # A window is never narrower than its frame, so the page is told its width.
    def width(self, width):
        self.command("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)

    def media(self, media="screen", scheme="light"):
        self.command("Emulation.setEmulatedMedia", media=media,
                     features=[{"name": "prefers-color-scheme", "value": scheme}])

    def screenshot(self, path):
        import base64
        with open(path, "wb") as file:
            file.write(base64.b64decode(self.ask("GET", "/screenshot")))

    # Until the script gives this.
    def wait(self, script, wanted):
        last = time.monotonic() + MOST_SECONDS
        while (is_there := self.run(script)) != wanted:
            if time.monotonic() > last:
                raise SystemExit(f"{script}: {is_there!r} instead of {wanted!r}")
            time.sleep(0.02)

    # What the page has kept its thread busy for, which does not count what the machine does besides.
    def busy_seconds(self):
        self.command("Performance.enable", timeDomain="threadTicks")
        metrics = self.command("Performance.getMetrics")["metrics"]
        return next(one["value"] for one in metrics if one["name"] == "ThreadTime")

    # What the console says: errors of scripts, refused requests.
    def complaints(self):
        return self.ask("POST", "/se/log", {"type": "browser"})


# WCAG 2: the least contrast of what the selectors, parted by commas, find, of each the first hundred, and its selector.
# Colours are as the browser gives them, "rgb(1, 2, 3)".
CONTRAST = """
const light = text => {
  const [r, g, b] = text.match(/[\\d.]+/g).slice(0, 3).map(x => x / 255)
    .map(x => x <= 0.03928 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
const below = node => { for (let at = node; at; at = at.parentElement) {
  const colour = getComputedStyle(at).backgroundColor;
  if (!/, 0\\)$/.test(colour)) return colour; } return 'rgb(255, 255, 255)'; };
return arguments[0].split(',').flatMap(selector =>
  [...document.querySelectorAll(selector)].slice(0, 100).map(node => {
    const a = light(getComputedStyle(node).color), b = light(below(node));
    return [(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), selector.trim()]; }))
  .reduce((x, y) => x[0] <= y[0] ? x : y, [99, 'nothing']);
"""
