"""One browser on one page of the application, asked in the words of the tests."""

from page import wait_for


class Reader:
    def __init__(self, browser, url):
        self.browser, self.url, self.run = browser, url, browser.run

    def open(self, slug, ready, query=""):
        """Comes to the page anew and waits for what `ready` selects."""
        self.browser.driver.get("about:blank")
        self.browser.driver.get(f"{self.url}/{query}#/{slug}")
        assert wait_for(lambda: self.count(ready) > 0), f"no {ready} on {slug}: {self.text('body')[:500]}"
        return self

    def count(self, selector):
        return self.run("return document.querySelectorAll(arguments[0]).length", selector)

    def text(self, selector):
        return self.run("return document.querySelector(arguments[0])?.innerText ?? ''", selector)

    def texts(self, selector):
        """Of what can be seen."""
        return self.run("return [...document.querySelectorAll(arguments[0])].filter(n => n.checkVisibility())"
                        ".map(n => (n.innerText ?? n.textContent).trim())", selector)

    def click(self, selector):
        self.run("document.querySelector(arguments[0]).click()", selector)

    def fill(self, selector, value, event="input"):
        self.run("const n = document.querySelector(arguments[0]); n.value = arguments[1];"
                 "n.dispatchEvent(new Event(arguments[2], {bubbles: true}))", selector, value, event)

    def tab(self, name):
        self.click(f"#tab-{name}")
