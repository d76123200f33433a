// A session in Zoom, as both sides click through it: the stand-in's pages are where Zoom would open.

import { must, signIn } from "../desk.mjs";
import { until } from "../call.mjs";
import { DESKTOP, PHONE, look, visitor } from "../look.mjs";
import { begun } from "../session.mjs";
import { openWindow } from "../window.mjs";

/** @typedef {import("playwright-core").Page} Page */

/** Nothing but this machine was asked for anything. @param {{ foreign: string[] }} who */
function onThisMachine(who) {
  const away = who.foreign.filter((url) => !url.startsWith("http://127.0.0.1:"));
  must(away.length === 0, `asked elsewhere: ${away}`);
}

/** The board says it by itself, without anybody pressing anything. @param {Page} staff @param {string} words */
async function boardSays(staff, words) {
  await until(`the board says ${words}`, async () => {
    await staff.goto("/desk/today");
    return (await staff.locator("main").innerText()).includes(words);
  }, 15_000);
}

/** @param {string} lang */
function scene(lang) {
  return async (/** @type {{ browser: import("playwright-core").Browser, output: string }} */ given) => {
    const { browser, output } = given;
    const window = await openWindow("2026-11-16T09:30:00+09:00", "zoom");
    try {
      const person = await visitor(browser, window, { viewport: PHONE, lang });
      const clerk = await visitor(browser, window, { viewport: DESKTOP });
      const [seeker, staff] = [person.page, clerk.page];
      await signIn(staff, window, "shocho");
      let count = 0;
      const see = async (/** @type {Page} */ page, /** @type {string} */ step) => {
        count += 1;
        await look(page, output, `zoom-${lang}-${String(count).padStart(2, "0")}-${step}`);
      };
      const cast = { browser, window, lang, seeker, staff, see, id: "", link: "", start: "" };
      await begun(cast);
      await seeker.goto("/join");
      await see(seeker, "join");
      await seeker.locator("main form[action='/join'] button").click();
      const link = seeker.locator("main a.button[href*='/j/']");
      await link.waitFor();
      await see(seeker, "way-in");
      await link.click();
      await seeker.locator("#name").waitFor();
      const alias = await seeker.inputValue("#name");
      must(/^相談-\d+$/.test(alias), `the link sets the name ${alias}`);
      // The habit of meetings: another name is typed.
      await seeker.fill("#name", "iPhone");
      await seeker.getByRole("button", { name: "参加する" }).click();
      await staff.goto(`/desk/sessions/${cast.id}`);
      await see(staff, "session");
      await staff.goto("/desk/today");
      await see(staff, "board");
      await staff.getByRole("link", { name: "Zoomを始める" }).first().click();
      await staff.getByRole("button", { name: "ミーティングを始める" }).click();
      await staff.getByRole("button", { name: "入室を許可" }).click();
      await staff.getByText("参加者 / participants").waitFor();
      await boardSays(staff, "Zoomで通話中");
      await see(staff, "board-in-the-call");
      await staff.goto(`/desk/sessions/${cast.id}`);
      must((await staff.locator("#recorded ~ ol").innerText()).includes("表示名違い"), "no wrong name");
      await see(staff, "session-in-the-call");
      [person, clerk].forEach(onThisMachine);
    } finally {
      await window.end();
    }
  };
}

export const scenes = [
  { name: "a session (ja)", play: scene("ja") },
  { name: "a session (ja-easy)", play: scene("ja-easy") },
];
