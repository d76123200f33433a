// Looks at a page: accessibility by axe, no sideways scrolling, no foreign request, a screenshot.

import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

const require = createRequire(import.meta.url);
const axeSource = await readFile(require.resolve("axe-core/axe.min.js"), "utf8");

export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1280, height: 900 };

/**
 * A browser context of its own, which reports every request that leaves the window.
 * @param {import("playwright-core").Browser} browser
 * @param {{ url: string }} window
 * @param {{ viewport?: { width: number, height: number }, javaScript?: boolean, lang?: string }} how
 */
export async function visitor(browser, window, how = {}) {
  const context = await browser.newContext({
    viewport: how.viewport ?? PHONE,
    javaScriptEnabled: how.javaScript ?? true,
    locale: how.lang === "en" ? "en-GB" : "ja-JP",
    baseURL: window.url,
  });
  const page = await context.newPage();
  /** @type {string[]} */
  const foreign = [];
  /** @type {string[]} */
  const faults = [];
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(window.url) && !url.startsWith("data:")) foreign.push(url);
  });
  page.on("response", (response) => {
    if (response.status() >= 500) faults.push(`${response.status()} ${response.url()}`);
  });
  page.on("pageerror", (error) => faults.push(String(error)));
  return { context, page, foreign, faults };
}

/**
 * Axe with every rule, on a page that may run without scripts of its own: axe is evaluated by the
 * tool, which works where the page's scripts are off only through a second context.
 * @param {import("playwright-core").Page} page
 * @param {string} output
 * @param {string} name
 */
export async function look(page, output, name) {
  await page.screenshot({ path: join(output, `${name}.png`), fullPage: true });
  const width = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  if (width[0] > width[1]) throw new Error(`${name}: ${width[0]} px wide in ${width[1]} px`);
  await page.evaluate(axeSource);
  const found = await page.evaluate(async () => {
    // @ts-ignore: axe is on the window now
    const result = await globalThis.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    });
    return result.violations.map((/** @type {any} */ it) => ({
      id: it.id,
      help: it.help,
      nodes: it.nodes.slice(0, 3).map((/** @type {any} */ node) => node.html.slice(0, 200)),
    }));
  });
  if (found.length > 0) {
    throw new Error(`${name}: axe found ${JSON.stringify(found, null, 1)}`);
  }
}
