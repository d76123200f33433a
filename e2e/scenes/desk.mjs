// Every page of the desk, in every state it comes into, on a desktop and on a telephone.

import { DESKTOP, lookAtBoth, visitor } from "../look.mjs";
import * as desk from "../desk.mjs";
import { openWindow } from "../window.mjs";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {{ url: string, password: string }} Window */
/** @typedef {(name: string) => Promise<void>} See */
/** @typedef {(page: Page, window: Window, see: See) => Promise<void>} Walk */

const MONDAY = "2026-11-16T09:15:00+09:00";

/** @param {Page} page @param {string} button */
async function press(page, button) {
  await page.locator("main").getByRole("button", { name: button, exact: true }).first().click();
  await page.waitForLoadState();
}

/** @param {Page} page */
async function refused(page) {
  await page.locator(".faults").waitFor();
}

/** Signing in, and the doors that stay shut. @type {Walk} */
async function doors(page, window, see) {
  await page.goto("/desk");
  await page.waitForURL("**/desk/sign-in");
  await see("sign-in");
  await page.fill("#login", "uketsuke");
  await page.fill("#password", "<b>not</b> it");
  await press(page, "サインイン");
  await refused(page);
  await see("sign-in-wrong");
  await desk.signIn(page, window, "kanri");
  const forbidden = await page.goto("/desk/applications/4");
  desk.must(forbidden?.status() === 403, "an administrator reads applications");
  await see("forbidden");
  await page.goto("/desk");
  await see("administrators-inbox");
  await page.context().clearCookies();
  await desk.signIn(page, window, "uketsuke");
  for (const address of ["/desk/applications/999", "/desk/sessions/999", "/desk/nowhere"]) {
    const missing = await page.goto(address);
    desk.must(missing?.status() === 404, `${address} is ${missing?.status()}`);
  }
  await see("missing");
}

/** From the inbox to an answer. @type {Walk} */
async function answers(page, window, see) {
  await desk.signIn(page, window, "uketsuke");
  await see("inbox");
  const receipts = await page.locator("main td a").allInnerTexts();
  const id = await desk.openApplication(page, receipts[0] ?? "");
  await see("application-before");
  await press(page, "選んだ日時で確定する");
  await refused(page);
  await see("application-nothing-chosen");
  await desk.confirmWish(page);
  await refused(page);
  await see("application-undecided");
  await page.locator("details", { hasText: "日時を直接入力する" }).locator("summary").click();
  await page.fill("#date", "2026-11-23");
  await page.fill("#start", "11:30");
  await press(page, "この日時を提案する");
  await refused(page);
  await see("application-holiday");
  await press(page, "お断りする");
  await refused(page);
  await see("application-no-reason");
  await desk.decideAll(page);
  await see("application-decided");
  await desk.confirmWish(page);
  await see("application-confirmed");
  await desk.openApplication(page, receipts[1] ?? "");
  await desk.decideAll(page);
  await desk.proposeAnother(page);
  await see("application-proposed");
  await desk.openApplication(page, receipts[2] ?? "");
  await page.locator("#convert-visit summary").click();
  await see("application-asks-once-more");
  await desk.decline(page, await page.locator("#decline_reason option").nth(1).innerText());
  await see("application-declined");
  await page.goto("/desk");
  await see("inbox-nothing-waits");
  await page.goto(`/desk/sessions/${id}`);
  await see("session-confirmed");
  await page.fill("#invitation", "ミーティング ID: 12");
  await page.locator("#joining-form button").click();
  await refused(page);
  await see("session-joining-refused");
  await desk.enterJoining(page, id);
  await see("session-joining");
  await page.goto(`/desk/sessions/${id}/move`);
  await see("move");
  await page.fill("#date", "2026-12-30");
  await press(page, "この日時に変える");
  await refused(page);
  await see("move-refused");
}

/** The telephone, entry on behalf, and letters. @type {Walk} */
async function telephone(page, window, see) {
  await desk.signIn(page, window, "uketsuke");
  await page.goto("/desk/enter");
  await see("enter");
  await press(page, "受け付ける");
  await refused(page);
  await see("enter-empty");
  await page.fill("#name", "見本 花子");
  await page.fill("#number", "９９９９０－１０００００１");
  await page.fill("#telephone", "090-0000-0000");
  await page.locator("fieldset.wish input").nth(0).fill("2026-11-19");
  await page.locator("fieldset.wish input").nth(1).fill("10:00");
  await page.locator("input[name=reasons]").first().check();
  await page.locator("input[name=device][value=phone]").check();
  await page.check("#consent");
  await press(page, "受け付ける");
  await page.waitForURL("**/desk/applications/*");
  await desk.says(page, "受付番号を、本人に伝えてください");
  await see("enter-done");
  for (const { name, typed } of [
    { name: "none", typed: "<b>だれか</b>" },
    { name: "several", typed: "99990-1000001" },
  ]) {
    await page.goto("/desk/calls");
    if (name === "none") await see("calls");
    await page.fill("#caller", typed);
    await press(page, "さがす");
    await page.waitForURL("**/desk/find");
    await see(`find-${name}`);
  }
  await page.locator("main td a").first().click();
  await page.waitForURL("**/desk/calls/*");
  const id = page.url().split("/").pop() ?? "";
  await see("call");
  await page.fill("#time", "25:99");
  await page.fill("#note", "<b>x</b>");
  await press(page, "記録する");
  await refused(page);
  await see("call-refused");
  await page.goto(`/desk/calls/${id}`);
  await desk.recordCall(page, id, { purpose: "question" });
  await see("call-recorded");
  await desk.forward(page, 0);
  await page.goto("/desk/letters");
  await see("letters");
  await page.getByRole("link", { name: "印刷用" }).first().click();
  await page.waitForURL("**/print");
  await see("letter-print");
  await page.goto(page.url().replace("/print", "/read-aloud"));
  await see("letter-read-aloud");
  await page.goto("/demo");
  await see("demo");
  await page.goto("/demo/outbox");
  await see("demo-outbox");
}

/** A day of sessions. @type {Walk} */
async function today(page, window, see) {
  await desk.signIn(page, window, "shocho");
  await page.goto("/desk/today");
  await see("today-before");
  await page.goto("/desk/today?day=2026-11-22");
  await see("today-empty");
  await desk.passing(page, window, "shocho", () => nextStart(page));
  await page.goto("/desk/today");
  await see("today-during");
  await desk.forward(page, 10);
  await page.goto("/desk/today");
  await desk.says(page, "みなしキャンセル");
  await see("today-deemed");
  const id = await sessionOf(page, "みなしキャンセル");
  await page.goto(`/desk/sessions/${id}`);
  await see("session-deemed");
  await page.goto(`/desk/calls/${id}`);
  await see("call-after-deeming");
  await desk.passing(page, window, "shocho", () => nextStart(page));
  await page.goto("/desk/today");
  const other = await sessionOf(page, "連絡待ち");
  await desk.clickOnBoard(page, other, "表示名違い");
  await see("session-wrong-name");
  await page.fill("#seen", "例示 太郎");
  await press(page, "確かめる");
  await desk.says(page, "本人の氏名が表示されている");
  await see("session-name-seen");
  await desk.passing(page, window, "shocho", () => desk.forward(page, 25));
  await desk.recordOutcome(page, other, { outcome: "実施", began: "", ended: "" });
  await see("session-held");
  await page.goto("/desk/today");
  await see("today-held");
  await page.goto(`/desk/sessions/${other}`);
  await page.locator("summary", { hasText: "取り消す" }).first().click();
  await press(page, "この記録を取り消す");
  await refused(page);
  await see("session-undo-refused");
  await page.context().clearCookies();
  await desk.signIn(page, window, "soudan");
  await see("counsellors-today");
  await page.goto(`/desk/sessions/${id}`);
  await see("counsellors-session");
}

/** @param {Page} page */
async function nextStart(page) {
  await page.goto("/demo");
  await page.click("button[name=to]");
  await page.waitForURL("**/demo");
}

/** @param {Page} page @param {string} state @returns {Promise<string>} */
async function sessionOf(page, state) {
  const line = page.locator("li.session", { hasText: state }).first();
  return ((await line.getAttribute("id")) ?? "").slice(1);
}

/** Days, counsellors and closed days. @type {Walk} */
async function calendar(page, window, see) {
  await desk.signIn(page, window, "shocho");
  await page.goto("/desk/days");
  await see("days");
  await page.goto("/desk/days?day=2026-11-23");
  await see("days-holiday");
  await page.goto("/desk/days?day=%3Cb%3E");
  await see("days-wrong");
  await page.goto("/desk/counsellors");
  await see("counsellors");
  await page.goto("/desk/counsellors/new");
  await page.locator("table.week input").nth(0).fill("12:00");
  await page.locator("table.week input").nth(1).fill("09:00");
  await press(page, "保存する");
  await refused(page);
  await see("counsellor-refused");
  await page.goto("/desk/counsellors");
  await page.locator("main table a").first().click();
  await page.waitForURL("**/desk/counsellors/*");
  await see("counsellor");
  await page.fill("#from_date", "2026-11-16");
  await press(page, "休みを登録する");
  await see("counsellor-on-leave");
  await press(page, "休みを登録する");
  await refused(page);
  await see("counsellor-leave-refused");
  await page.goto("/desk/closed-days");
  await press(page, "休みを登録する");
  await refused(page);
  await see("closed-days-refused");
  await page.fill("#day", "2026-11-17");
  await page.fill("#note", "庁舎の点検（見本）");
  await press(page, "休みを登録する");
  await see("closed-days");
}

/**
 * @param {string} name
 * @param {Walk} walk
 */
function scene(name, walk) {
  return {
    name,
    /** @param {{ browser: import("playwright-core").Browser, output: string }} given */
    play: async ({ browser, output }) => {
      const window = await openWindow(MONDAY);
      try {
        const clerk = await visitor(browser, window, { viewport: DESKTOP });
        let count = 0;
        await walk(clerk.page, window, async (step) => {
          count += 1;
          const place = `desk-${name}-${String(count).padStart(2, "0")}-${step}`;
          await lookAtBoth(clerk.page, output, place);
        });
        if (clerk.foreign.length > 0) throw new Error(`left the window: ${clerk.foreign}`);
        if (clerk.faults.length > 0) throw new Error(clerk.faults.join("\n"));
        await clerk.context.close();
      } finally {
        await window.end();
      }
    },
  };
}

export const scenes = [
  scene("doors", doors),
  scene("answers", answers),
  scene("telephone", telephone),
  scene("today", today),
  scene("calendar", calendar),
];
