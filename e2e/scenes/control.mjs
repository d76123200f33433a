// A page with planted faults: the eyes of the other scenes must see each of them.

import { PHONE, faultsOf, look, visitor } from "../look.mjs";
import { must } from "../desk.mjs";
import { openWindow } from "../window.mjs";

/** What axe is to find, by the names of its rules. */
const PLANTED = [
  "button-name",
  "color-contrast",
  "document-title",
  "html-has-lang",
  "image-alt",
  "label",
  "landmark-one-main",
  "page-has-heading-one",
  "region",
  "target-size",
];

const PAGE = `<!doctype html><html><head><style>
p { color: #bbb; background: #fff } a { font-size: 8px; line-height: 8px }
</style></head><body>
<p>hard to read</p><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">
<input type="text"><button></button>
<p><a href="/a">a</a> <a href="/b">b</a></p><a href="/c">c</a><a href="/d">d</a>
</body></html>`;

export const scenes = [
  {
    name: "planted faults are found",
    /** @param {{ browser: import("playwright-core").Browser, output: string }} given */
    play: async ({ browser, output }) => {
      const window = await openWindow("2026-11-16T09:30:00+09:00");
      try {
        for (const javaScript of [true, false]) {
          const { page, context } = await visitor(browser, window, { javaScript });
          await page.route("**/planted", (route) => {
            return route.fulfill({ body: PAGE, contentType: "text/html" });
          });
          await page.goto("/planted");
          const found = (await faultsOf(page)).map((it) => it.id);
          const missed = PLANTED.filter((id) => !found.includes(id));
          must(missed.length === 0, `not found: ${missed}; found: ${found}`);
          await context.close();
        }
        const wide = await visitor(browser, window, { viewport: PHONE });
        await wide.page.goto("/");
        await wide.page.locator("main p").first().evaluate((it) => {
          it.style.width = "500px";
        });
        const seen = await look(wide.page, output, "control-wide").then(() => "", String);
        must(seen.includes("px wide"), `a page that scrolls sideways is well: ${seen}`);
        await wide.context.close();
      } finally {
        await window.end();
      }
    },
  },
];
