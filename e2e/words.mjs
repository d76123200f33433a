// The wording of the product's own language files, to be looked for on a page.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";

const folder = fileURLToPath(new URL("../crates/service/src/words/", import.meta.url));

/** @type {Map<string, Map<string, string>>} */
const known = new Map();

/**
 * The messages of a language that are written on one line.
 * @param {string} lang
 * @returns {Map<string, string>}
 */
function messages(lang) {
  const before = known.get(lang);
  if (before) return before;
  /** @type {Map<string, string>} */
  const found = new Map();
  for (const file of ["application", "common", "errors", "letters", "office", "refusals", "session", "status"]) {
    const text = readFileSync(join(folder, lang, `${file}.ftl`), "utf8");
    for (const [, key, value] of text.matchAll(/^([a-z][a-z0-9-]*) = (.+)$/gm)) {
      if (key && value) found.set(key, value);
    }
  }
  known.set(lang, found);
  return found;
}

/**
 * What a message says at its longest stretch without a value, and without the readings of kanji.
 * @param {string} lang
 * @param {string} key
 * @returns {string}
 */
export function wording(lang, key) {
  const message = messages(lang).get(key);
  if (message === undefined) throw new Error(`${lang} has no message ${key} on one line`);
  const plain = message.replace(/《[^》]*》/g, "").replace(/｜/g, "");
  const stretches = plain.split(/\{[^}]*\}/).map((it) => it.trim());
  return stretches.reduce((longest, it) => (it.length > longest.length ? it : longest), "");
}

/**
 * What a page says in its main part, without the readings of kanji.
 * @param {import("playwright-core").Page} page
 * @returns {Promise<string>}
 */
export async function said(page) {
  return page.locator("main").evaluate((main) => {
    const readings = [...main.querySelectorAll("rt, rp")];
    const places = readings.map((it) => ({ it, parent: it.parentNode, next: it.nextSibling }));
    for (const reading of readings) reading.remove();
    const text = /** @type {HTMLElement} */ (main).innerText;
    // As it was, from the last to the first, since a place may be beside another.
    for (const { it, parent, next } of places.reverse()) parent?.insertBefore(it, next);
    return text;
  });
}

/**
 * The page says this message, in the reader's language.
 * @param {import("playwright-core").Page} page
 * @param {string} lang
 * @param {string} key
 */
export async function tells(page, lang, key) {
  const [text, wanted] = [await said(page), wording(lang, key)];
  if (!text.includes(wanted)) throw new Error(`${page.url()} does not say ${wanted}:\n${text}`);
}
