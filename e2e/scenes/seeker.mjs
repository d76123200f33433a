// What a jobseeker meets off the straight road, on a telephone and in each language: faults of
// every question, changes, proposals, withdrawing, cancelling online, links that work no more.

import { DESKTOP, PHONE, leaveWell, look, visitor } from "../look.mjs";
import * as desk from "../desk.mjs";
import { apply, next } from "../seeker.mjs";
import { openWindow } from "../window.mjs";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {(step: string) => Promise<void>} See */

/** Eight days before the day between two holidays, 2026-09-22. */
const MONDAY = "2026-09-14T09:30:00+09:00";
const HOSTILE = "<b>x</b>'; DROP TABLE application; --";
const LONG = "あ".repeat(3000);

/** @param {Page} page */
async function refused(page) {
  await page.locator(".faults").waitFor();
}

/**
 * Sends a question as it is, and expects to be told why it does not do.
 * @param {Page} page
 * @param {See} see
 * @param {string} step
 */
async function fails(page, see, step) {
  await next(page);
  await refused(page);
  desk.must((await page.locator("main b:text-is('x')").count()) === 0, "typed text became HTML");
  await see(step);
}

/** @param {Page} page @param {Record<string, string>} typed by the fields' ids */
async function fill(page, typed) {
  for (const [id, text] of Object.entries(typed)) await page.fill(`#${id}`, text);
}

/** @param {Page} page @param {string} id @param {string} text */
async function keeps(page, id, text) {
  const kept = await page.inputValue(`#${id}`);
  desk.must(kept === text, `${id} kept ${kept}`);
}

/** The first questions. @param {Page} page @param {See} see */
async function aboutThePerson(page, see) {
  await page.goto("/offices/mihon");
  await page.locator("form[action$='/apply'] button").first().click();
  await fails(page, see, "conditions-empty");
  await page.check("#consent");
  await next(page);
  await fails(page, see, "identity-empty");
  await fill(page, { name: HOSTILE, kana: HOSTILE, number: "1234-567890-1" });
  await fails(page, see, "identity-hostile");
  await keeps(page, "name", HOSTILE);
  await fill(page, { name: LONG, kana: LONG, number: "9".repeat(400) });
  await fails(page, see, "identity-long");
  await fill(page, { name: "試験 花子", kana: "", number: "９９９９０－７６５４３２１" });
  await next(page);
  await fails(page, see, "contact-empty");
  await fill(page, { telephone: HOSTILE, email: "a@b@c", note: LONG });
  await fails(page, see, "contact-hostile");
  await keeps(page, "telephone", HOSTILE);
  await fill(page, { telephone: "090-0000-0000", email: "person@example.jp", note: HOSTILE });
  await next(page);
}

/** A wish that cannot be. @type {[string, string, string][]} */
const IMPOSSIBLE = [
  ["holiday", "2026-09-22", "10:00"],
  ["year-end", "2026-12-30", "10:00"],
  ["midday", "2026-09-24", "11:30"],
  ["past", "2026-09-11", "10:00"],
  ["today", "2026-09-14", "15:00"],
  ["not-a-time", HOSTILE, "25:00"],
];

/** What would help. @param {Page} page @param {See} see */
async function aboutTheReasons(page, see) {
  await fails(page, see, "reasons-empty");
  await page.check("input[name=reasons][value=other]");
  await page.fill("#care_words", LONG);
  await fails(page, see, "reasons-long");
  await page.check("input[name=supports][value=interpreter]");
  await fails(page, see, "interpreter-empty");
  await page.selectOption("#interpreter", "km");
  await page.fill("#care_words", HOSTILE);
  await next(page);
}

/** Length and wishes. @param {Page} page @param {See} see */
async function aboutTheTime(page, see) {
  await fails(page, see, "length-empty");
  await page.locator("input[name=minutes]").last().check();
  await next(page);
  await page.locator("details:has(#date) summary").click();
  for (const [why, date, time] of IMPOSSIBLE) {
    await fill(page, { date, time });
    await fails(page, see, `wish-${why}`);
    await keeps(page, "date", date);
  }
  await page.locator("button[name=start]").first().click();
  await next(page);
}

/** The rest, and a change from the last page. @param {Page} page @param {See} see */
async function aboutTheRest(page, see) {
  await fails(page, see, "device-empty");
  await page.check("input[name=device][value=computer]");
  await page.check("input[name=join_by][value=browser]");
  await next(page);
  await fails(page, see, "environment-empty");
  for (const no of await page.locator("main input[type=radio][value=no]").all()) await no.check();
  await next(page);
  await page.locator("dl.answers").waitFor();
  await desk.says(page, HOSTILE);
  await see("check-needs-help");
  await page.locator(".change a[href*='/identity']").first().click();
  await see("change");
  await fill(page, { name: "試験 𠮷子" });
  await next(page);
  await page.waitForURL("**/check");
  await desk.says(page, "試験 𠮷子");
  await next(page);
  await page.waitForURL("**/status/received");
}

/** Wishes changed, then withdrawn. @param {Page} page @param {See} see */
async function secondThoughts(page, see) {
  await page.goto("/status");
  await page.locator("form[action='/status/wishes/start'] button").click();
  await see("wishes-to-change");
  await page.locator("main p a.button.second").click();
  await see("wish-to-add");
  await page.locator("button[name=start]").nth(1).click();
  await see("wishes-changed");
  await next(page);
  await page.waitForURL("**/status");
  desk.must((await page.locator("main > ol:not(.steps) > li").count()) === 2, "not two wishes");
  await page.goto("/status/withdraw");
  await see("withdraw");
  await page.locator("form[action='/status/withdraw'] button").click();
  await page.waitForURL("**/status");
  await see("withdrawn");
}

/** One proposal refused, one accepted. @param {Page} page @param {Page} staff @param {See} see */
async function proposals(page, staff, see) {
  const receipt = await apply(page, { number: "99990-7654322" });
  await desk.openApplication(staff, receipt);
  await desk.decideAll(staff);
  for (const answer of ["refuse", "accept"]) {
    await desk.openApplication(staff, receipt);
    await desk.proposeAnother(staff);
    await page.goto("/status");
    await see(`proposed-to-${answer}`);
    await page.locator(`button[name=answer][value=${answer}]`).click();
    await page.waitForLoadState();
    await see(`proposal-${answer}`);
  }
  await page.goto("/status/cancel");
  desk.must((await page.locator("form[action='/status/cancel']").count()) === 0, "cancels online");
  await see("cancel-by-telephone");
}

/** Who cannot telephone cancels online. @param {Page} page @param {Page} staff @param {See} see */
async function cancelOnline(page, staff, see) {
  const receipt = await apply(page, { number: "99990-7654323", supports: ["no_telephone"] });
  await desk.openApplication(staff, receipt);
  await desk.decideAll(staff);
  await desk.confirmWish(staff);
  await page.goto("/status");
  await see("confirmed");
  await page.goto("/status/cancel");
  await see("cancel-online");
  await page.locator("form[action='/status/cancel'] button").click();
  await page.waitForURL("**/status");
  await see("cancelled-online");
}

/** What is gone, and what anybody may read. @param {Page} page @param {See} see */
async function gone(page, see) {
  const link = await page.goto(`/link/${"A".repeat(43)}`);
  desk.must(link?.status() === 410, `a link that never was is ${link?.status()}`);
  await see("link-gone");
  await page.goto("/offices/mihon/apply/identity");
  await see("draft-gone");
  await page.goto("/offices/mihon/terms");
  await see("terms");
  const missing = await page.goto("/nowhere");
  desk.must(missing?.status() === 404, `nowhere is ${missing?.status()}`);
  await see("missing");
}

/** @param {string} lang */
function scene(lang) {
  return {
    name: `off the straight road (${lang})`,
    /** @param {{ browser: import("playwright-core").Browser, output: string }} given */
    play: async ({ browser, output }) => {
      const window = await openWindow(MONDAY);
      try {
        const person = await visitor(browser, window, { viewport: PHONE, lang });
        const clerk = await visitor(browser, window, { viewport: DESKTOP });
        const page = person.page;
        let count = 0;
        const see = async (/** @type {string} */ step) => {
          count += 1;
          await look(page, output, `seeker-${lang}-${String(count).padStart(2, "0")}-${step}`);
        };
        await desk.signIn(clerk.page, window, "uketsuke");
        await page.goto(`/?lang=${lang}`);
        await gone(page, see);
        await aboutThePerson(page, see);
        await aboutTheReasons(page, see);
        await aboutTheTime(page, see);
        await aboutTheRest(page, see);
        await secondThoughts(page, see);
        await proposals(page, clerk.page, see);
        await cancelOnline(page, clerk.page, see);
        await leaveWell([person, clerk]);
      } finally {
        await window.end();
      }
    },
  };
}

export const scenes = [scene("ja"), scene("ja-easy"), scene("en")];
