// Looks at a page: accessibility by axe, no sideways scrolling, no foreign request, a screenshot.

import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "playwright-core";

const require = createRequire(import.meta.url);
const axeSource = await readFile(require.resolve("axe-core/axe.min.js"), "utf8");

/** Without these Chromium looks for its maker's hosts; a test reaches nothing but loopback. */
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // A camera and a microphone that are not there, and leave to use them.
  "--use-fake-device-for-media-stream",
  "--use-fake-ui-for-media-stream",
  "--allow-loopback-in-peer-connection",
];

/**
 * Debian's Chromium, or another one that the environment names.
 * @param {string[]} [more] arguments
 * @param {string[]} [without] those that are otherwise given
 */
export function launch(more = [], without = []) {
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  const args = [...FLAGS.filter((flag) => !without.includes(flag)), ...more];
  return chromium.launch({ executablePath, args });
}

export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1280, height: 900 };

/** Pages whose scripts are off. @type {WeakSet<import("playwright-core").Page>} */
const plainPages = new WeakSet();

/**
 * @typedef {object} How
 * @property {{ width: number, height: number }} [viewport]
 * @property {boolean} [javaScript]
 * @property {string} [lang]
 */

/**
 * A browser context of its own, which reports every request that leaves the window.
 * @param {import("playwright-core").Browser} browser
 * @param {{ url: string }} window
 * @param {How} how
 */
export async function visitor(browser, window, how = {}) {
  const context = await browser.newContext({
    viewport: how.viewport ?? PHONE,
    javaScriptEnabled: how.javaScript ?? true,
    locale: how.lang === "en" ? "en-GB" : "ja-JP",
    baseURL: window.url,
  });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  if (how.javaScript === false) plainPages.add(page);
  /** @type {string[]} */
  const foreign = [];
  /** @type {string[]} */
  const faults = [];
  page.on("request", (request) => {
    const url = request.url();
    const isOwn = ["data:", "blob:", window.url].some((start) => url.startsWith(start));
    if (!isOwn) foreign.push(url);
  });
  page.on("response", (response) => {
    if (response.status() >= 500) faults.push(`${response.status()} ${response.url()}`);
  });
  page.on("pageerror", (error) => faults.push(String(error)));
  return { context, page, foreign, faults };
}

/**
 * Ends what visitors did: none left the window, and none met a fault of the program.
 * @param {Awaited<ReturnType<typeof visitor>>[]} visitors
 */
export async function leaveWell(visitors) {
  for (const { context, foreign, faults } of visitors) {
    if (foreign.length > 0) throw new Error(`left the window: ${foreign}`);
    if (faults.length > 0) throw new Error(faults.join("\n"));
    await context.close();
  }
}

/**
 * The page as it stands, in a page whose scripts run: axe needs timers, which a page without
 * scripts does not have.
 * @param {import("playwright-core").Page} page
 */
async function copied(page) {
  const browser = page.context().browser();
  if (!browser) throw new Error("the browser is gone");
  const context = await browser.newContext({ viewport: page.viewportSize() ?? PHONE });
  const copy = await context.newPage();
  const [url, body] = [page.url(), await page.content()];
  await copy.route("**/*", async (route) => {
    const kind = route.request().resourceType();
    if (kind === "document") await route.fulfill({ body, contentType: "text/html; charset=utf-8" });
    else if (kind === "stylesheet" || kind === "image") await route.continue();
    else await route.abort();
  });
  await copy.goto(url);
  return copy;
}

/**
 * Why axe cannot decide on a contrast, where that is no cause for worry: a single sign beside its
 * words, which is hidden from screen readers; a cell that spans rows and lies over their
 * backgrounds; a cell that a table's own scrolling cuts off; writing in a chart, which is drawn on the
 * page's own white.
 */
const EXPLAINED = [
  "shortTextContent",
  "nonBmp",
  "bgOverlap",
  "elmPartiallyObscured",
  "elmPartiallyObscuring",
  "imgNode",
];

/**
 * What axe finds against WCAG 2.2 AA and good practice, and what it could not decide.
 * @param {import("playwright-core").Page} page
 * @returns {Promise<{ id: string, help: string, nodes: { html: string, why: string }[] }[]>}
 */
async function violations(page) {
  await page.evaluate(axeSource);
  const found = await page.evaluate(async () => {
    // @ts-ignore: axe is on the window now
    const result = await globalThis.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    });
    return [...result.violations, ...result.incomplete].map((/** @type {any} */ it) => ({
      id: String(it.id),
      help: String(it.help),
      nodes: it.nodes.map((/** @type {any} */ node) => ({
        html: node.html.slice(0, 200),
        why: String(node.any[0]?.data?.messageKey ?? ""),
      })),
    }));
  });
  return found.flatMap(({ id, help, nodes }) => {
    const worrying = nodes.filter((/** @type {{ why: string }} */ it) => !EXPLAINED.includes(it.why));
    return worrying.length > 0 ? [{ id, help, nodes: worrying.slice(0, 3) }] : [];
  });
}

/**
 * What axe finds in a page, whether its scripts run or not. A board that is drawn anew while axe reads
 * it shows what never stood there: what is found is looked for once more, and has to be there again.
 * @param {import("playwright-core").Page} page
 */
export async function faultsOf(page) {
  const seen = plainPages.has(page) ? await copied(page) : page;
  let found = await violations(seen);
  if (found.length > 0) found = await violations(seen);
  if (seen !== page) await seen.context().close();
  return found;
}

/**
 * Takes a picture. A browser that has too much to do sometimes takes none; a picture proves nothing,
 * so it is asked again.
 * @param {import("playwright-core").Page} page
 * @param {string} path
 */
async function picture(page, path) {
  const take = () => page.screenshot({ path, fullPage: true });
  await take().catch(take).catch(take);
}

/**
 * Keeps a picture of a page, and fails when it scrolls sideways or axe finds fault with it.
 * @param {import("playwright-core").Page} page
 * @param {string} output
 * @param {string} name
 */
export async function look(page, output, name) {
  await picture(page, join(output, `${name}.png`));
  const { wide, room } = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth,
    room: document.documentElement.clientWidth,
  }));
  if (wide > room) throw new Error(`${name}: ${wide} px wide in ${room} px`);
  const found = await faultsOf(page);
  if (found.length > 0) {
    throw new Error(`${name}: axe found ${JSON.stringify(found, null, 1)}`);
  }
}

/**
 * Looks at a page on a telephone and on a desktop, and leaves it as wide as it was.
 * @param {import("playwright-core").Page} page
 * @param {string} output
 * @param {string} name
 */
export async function lookAtBoth(page, output, name) {
  const before = page.viewportSize() ?? DESKTOP;
  for (const viewport of [DESKTOP, PHONE]) {
    await page.setViewportSize(viewport);
    await look(page, output, viewport === PHONE ? `${name}-390` : name);
  }
  await page.setViewportSize(before);
}
