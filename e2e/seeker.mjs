// What a jobseeker does, step by step, by what the fields are called.

import { look } from "./look.mjs";

/** @typedef {import("playwright-core").Page} Page */

/**
 * What an application tells, and who looks on.
 * @typedef {object} Telling
 * @property {string} [name]
 * @property {string} [number]
 * @property {string[]} [supports]
 * @property {(step: string) => Promise<void>} [see] is told each step when its page is open
 * @property {(page: Page) => Promise<void>} [choose] takes a time; the first that is offered if not
 * @property {boolean} [seat] a seat in the first group session instead of a time of one's own
 */

/** @param {Page} page */
export async function next(page) {
  await page.locator("main form button[type=submit].button").last().click();
}

/**
 * Length and time. @param {Page} page @param {Telling} how
 * @param {(step: string) => Promise<void>} see
 */
async function chooseTime(page, how, see) {
  const choose = how.choose ?? ((it) => it.locator("button[name=start]").first().click());
  await see("length");
  await page.locator("input[name=minutes]").first().check();
  await next(page);
  await see("choose");
  await choose(page);
  await see("wishes");
  await next(page);
}

/**
 * Fills in an application from the office's page to the last look at it.
 * @param {Page} page
 * @param {Telling} how
 */
export async function fillIn(page, how = {}) {
  const see = how.see ?? (async () => {});
  await page.goto("/offices/mihon");
  await see("office");
  const begin = how.seat ? "button[name=group]" : "form[action$='/apply'] button";
  await page.locator(begin).first().click();
  await see("conditions");
  await page.check("#consent");
  await next(page);
  await see("identity");
  await page.fill("#name", how.name ?? "試験 花子");
  await page.fill("#kana", "シケン ハナコ");
  await page.fill("#number", how.number ?? "99990-7654321");
  await next(page);
  await see("contact");
  await page.fill("#telephone", "090-0000-0000");
  await page.fill("#email", "person@example.jp");
  await next(page);
  await see("reasons");
  await page.check("input[name=reasons][value=distance]");
  for (const support of how.supports ?? []) {
    await page.check(`input[name=supports][value=${support}]`);
    if (support === "interpreter") await page.selectOption("#interpreter", "pt");
  }
  await next(page);
  if (!how.seat) await chooseTime(page, how, see);
  await see("device");
  await page.check("input[name=device][value=phone]");
  // In an office with the built-in room there is nothing to choose.
  const app = page.locator("input[name=join_by][value=app]");
  if ((await app.count()) > 0) await app.check();
  await next(page);
  await see("environment");
  for (const yes of await page.locator("main input[type=radio][value=yes]").all()) {
    await yes.check();
  }
  await next(page);
  await see("check");
}

/**
 * Fills in an application and sends it.
 * @param {Page} page
 * @param {Telling} how
 * @returns {Promise<string>} the receipt number
 */
export async function apply(page, how = {}) {
  const see = how.see ?? (async () => {});
  await fillIn(page, how);
  await next(page);
  await page.waitForURL("**/status/received");
  await see("received");
  return (await page.locator(".receipt").first().innerText()).trim();
}

/**
 * @param {Page} page
 * @param {string} output
 * @param {string} prefix
 */
export function seeing(page, output, prefix) {
  let count = 0;
  return async (/** @type {string} */ step) => {
    count += 1;
    await look(page, output, `${prefix}-${String(count).padStart(2, "0")}-${step}`);
  };
}
