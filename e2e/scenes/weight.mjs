// What a jobseeker's page costs: bytes as they travel, and requests.

import { get } from "node:http";
import { PHONE, visitor } from "../look.mjs";
import { must } from "../desk.mjs";
import { apply } from "../seeker.mjs";
import { openWindow } from "../window.mjs";

const MONDAY = "2026-11-16T09:30:00+09:00";
const PAGE_AT_MOST = 14 * 1024;
const REQUESTS_AT_MOST = 3;
const LANGUAGES = ["ja", "ja-easy", "en"];
/** Pages beside the road. @type {[string, string][]} */
const BESIDE = [
  ["terms", "/offices/mihon/terms"],
  ["withdraw", "/status/withdraw"],
  ["link-gone", `/link/${"A".repeat(43)}`],
  ["missing", "/nowhere"],
];

/**
 * The size of an answer's body as it travels.
 * @param {string} url
 * @param {string} cookie
 * @returns {Promise<number>}
 */
function travelling(url, cookie) {
  const headers = { "accept-encoding": "gzip, deflate, br, zstd", cookie };
  return new Promise((resolve, reject) => {
    const asked = get(url, { headers }, (answer) => {
      let bytes = 0;
      answer.on("data", (part) => (bytes += part.length));
      answer.on("end", () => resolve(bytes));
      answer.on("error", reject);
    });
    asked.on("error", reject);
  });
}

/** @typedef {{ name: string, html: number, css: number, requests: number }} Weighed */

/**
 * Weighs every page on the road to a receipt, the page after it, and some beside, in one language.
 * @param {import("playwright-core").Browser} browser
 * @param {{ url: string }} window
 * @param {string} lang
 * @returns {Promise<Weighed[]>}
 */
async function weigh(browser, window, lang) {
  const person = await visitor(browser, window, { viewport: PHONE, lang });
  const { page, context } = person;
  /** @type {{ url: string, kind: string }[]} */
  let asked = [];
  page.on("request", (it) => asked.push({ url: it.url(), kind: it.resourceType() }));
  /** @type {Weighed[]} */
  const weighed = [];
  const see = async (/** @type {string} */ step) => {
    const cookies = await context.cookies();
    const cookie = cookies.map((it) => `${it.name}=${it.value}`).join("; ");
    // Again, and without what an earlier page left behind.
    const client = await context.newCDPSession(page);
    await client.send("Network.setCacheDisabled", { cacheDisabled: true });
    asked = [];
    const html = await travelling(page.url(), cookie);
    const style = (await page.locator("link[rel=stylesheet]").getAttribute("href")) ?? "";
    const css = await travelling(new URL(style, window.url).href, cookie);
    await page.goto(page.url(), { waitUntil: "networkidle" });
    const font = asked.find((it) => it.kind === "font" || it.kind === "script");
    must(font === undefined, `${step} loads ${font?.url}`);
    const requests = new Set(asked.map((it) => it.url)).size;
    weighed.push({ name: `${step} (${lang})`, html, css, requests });
  };
  await page.goto(`/?lang=${lang}`);
  await apply(page, { see });
  await page.goto("/status");
  await see("status");
  for (const [name, path] of BESIDE) {
    await page.goto(path);
    await see(name);
  }
  must(person.foreign.length === 0, `left the window: ${person.foreign}`);
  await context.close();
  return weighed;
}

export const scenes = [
  {
    name: "each page is light",
    /** @param {{ browser: import("playwright-core").Browser }} given */
    play: async ({ browser }) => {
      const window = await openWindow(MONDAY);
      try {
        /** @type {Weighed[]} */
        const weighed = [];
        for (const lang of LANGUAGES) weighed.push(...(await weigh(browser, window, lang)));
        weighed.sort((one, other) => other.html + other.css - one.html - one.css);
        for (const { name, html, css, requests } of weighed) {
          const sum = `${String(html + css).padStart(11)} bytes (HTML ${html}, CSS ${css})`;
          console.log(`${sum}, ${requests} requests  ${name}`);
        }
        for (const { name, html, css, requests } of weighed) {
          must(html + css <= PAGE_AT_MOST, `${name} weighs ${html + css} bytes`);
          must(requests <= REQUESTS_AT_MOST, `${name} takes ${requests} requests`);
        }
      } finally {
        await window.end();
      }
    },
  },
];
