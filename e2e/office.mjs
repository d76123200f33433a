// An office at work: a jobseeker and staff, whose pages are looked at on a telephone and on a desktop.

import { DESKTOP, PHONE, leaveWell, look, lookAtBoth, visitor } from "./look.mjs";
import * as desk from "./desk.mjs";
import { openWindow } from "./window.mjs";

/** @typedef {import("playwright-core").Page} Page */

/**
 * @typedef {object} Cast
 * @property {Awaited<ReturnType<typeof openWindow>>} window
 * @property {Page} seeker on a telephone
 * @property {Page} staff a manager
 * @property {(login: string) => Promise<Page>} colleague somebody else of the office
 * @property {(page: Page, step: string) => Promise<void>} see
 * @property {(page: Page, step: string) => Promise<void>} seeInEach language, on a telephone
 */

export const MONDAY = "2026-11-16T09:30:00+09:00";

/** @param {Page} page @param {string} button */
export async function press(page, button) {
  await page.locator("main").getByRole("button", { name: button, exact: true }).first().click();
  await page.waitForLoadState();
}

/** The form says what is missing. @param {Page} page */
export async function refused(page) {
  await page.locator(".faults").waitFor();
}

/** Opens a part of a page, unless it is open. @param {Page} page @param {string} title */
export async function unfold(page, title) {
  const part = page.locator("main details", { hasText: title }).first();
  if ((await part.getAttribute("open")) === null) await part.locator("summary").first().click();
}

/** Fills fields by their ids. @param {Page} page @param {Record<string, string>} typed */
export async function fill(page, typed) {
  for (const [id, text] of Object.entries(typed)) await page.fill(`#${id}`, text);
}

/**
 * A visit ends by itself; the link of a letter opens another.
 * @param {Cast} cast
 * @param {string} receipt
 * @param {string} letter
 */
export async function comeBack(cast, receipt, letter) {
  const { link } = await desk.openLetter(cast.staff, receipt, letter);
  await cast.seeker.goto(link);
  await cast.seeker.locator("form[action^='/link/'] button").click();
  await cast.seeker.waitForURL("**/status");
}

/**
 * Time passes, and the manager signs in again.
 * @param {Cast} cast
 * @param {() => Promise<void>} move
 */
export async function later(cast, move) {
  await desk.passing(cast.staff, cast.window, "shocho", move);
}

/**
 * @param {string} name
 * @param {(cast: Cast) => Promise<void>} play
 * @param {string} [at] what the clock shows at first
 */
export function scene(name, play, at = MONDAY) {
  return {
    name,
    /** @param {{ browser: import("playwright-core").Browser, output: string }} given */
    play: async ({ browser, output }) => {
      const window = await openWindow(at);
      try {
        const all = [await visitor(browser, window, { viewport: PHONE })];
        const colleague = async (/** @type {string} */ login) => {
          const other = await visitor(browser, window, { viewport: DESKTOP });
          all.push(other);
          await desk.signIn(other.page, window, login);
          return other.page;
        };
        const staff = await colleague("shocho");
        let count = 0;
        const place = (/** @type {string} */ step) => {
          count += 1;
          return `${name.replaceAll(" ", "-")}-${String(count).padStart(2, "0")}-${step}`;
        };
        const see = (/** @type {Page} */ page, /** @type {string} */ step) => {
          return lookAtBoth(page, output, place(step));
        };
        const seeInEach = async (/** @type {Page} */ page, /** @type {string} */ step) => {
          const address = new URL(page.url());
          for (const lang of ["en", "ja-easy", "ja"]) {
            address.searchParams.set("lang", lang);
            await page.goto(address.href);
            await look(page, output, place(`${step}-${lang}`));
          }
        };
        const seeker = all[0]?.page;
        if (!seeker) throw new Error("nobody is there");
        await play({ window, seeker, staff, colleague, see, seeInEach });
        await leaveWell(all);
      } finally {
        await window.end();
      }
    },
  };
}
