// What staff do at the desk, by what the buttons are called, and what the demo's clock and outbox
// are for.

/** @typedef {import("playwright-core").Page} Page */

/** What Zoom puts on the clipboard when somebody copies an invitation. */
export const INVITATION = [
  "見本さんがあなたを予約されたZoomミーティングに招待しています。",
  "",
  "Zoomミーティングに参加する",
  "https://us06web.zoom.us/j/81234567890?pwd=aBcDeFgHiJkLmNoP",
  "",
  "ミーティング ID: 812 3456 7890",
  "パスコード: 538276",
].join("\n");

/**
 * @param {boolean} holds
 * @param {string} otherwise
 */
export function must(holds, otherwise) {
  if (!holds) throw new Error(otherwise);
}

/**
 * The page says this somewhere a person can see it.
 * @param {Page} page
 * @param {string | RegExp} words
 */
export async function says(page, words) {
  const text = await page.locator("main").innerText();
  const found = typeof words === "string" ? text.includes(words) : words.test(text);
  must(found, `${page.url()} does not say ${words}:\n${text}`);
}

/**
 * @param {Page} page
 * @param {string} words
 */
export async function keepsQuiet(page, words) {
  const text = await page.content();
  must(!text.includes(words), `${page.url()} tells ${words}`);
}

/**
 * @param {Page} page
 * @param {{ password: string }} window
 * @param {string} login
 */
export async function signIn(page, window, login) {
  await page.goto("/desk/sign-in");
  await page.fill("#login", login);
  await page.fill("#password", window.password);
  await page.click("main button[type=submit]");
  await page.locator("form.leave").waitFor();
}

/**
 * Moves the demo's clock, after which nobody is signed in any more, and signs in again.
 * @param {Page} page
 * @param {{ password: string }} window
 * @param {string} login
 * @param {() => Promise<void>} move
 */
export async function passing(page, window, login, move) {
  await page.context().clearCookies();
  await move();
  await signIn(page, window, login);
}

/**
 * Opens an application from the inbox.
 * @param {Page} page
 * @param {string} receipt
 * @returns {Promise<string>} its number in addresses
 */
export async function openApplication(page, receipt) {
  await page.goto("/desk");
  await page.locator("main").getByRole("link", { name: receipt }).first().click();
  await page.waitForURL("**/desk/applications/*");
  return /applications\/(\d+)/.exec(page.url())?.[1] ?? "";
}

/**
 * Finds each condition of article 1 met, on the page of an application.
 * @param {Page} page
 */
export async function decideAll(page) {
  for (const condition of [0, 1, 2]) {
    await page.locator("#conditions input[value=yes]").nth(condition).check();
  }
  await page.getByRole("button", { name: "判断を記録する" }).click();
  await page.waitForURL("**/desk/applications/*#times");
}

/**
 * Confirms the first wish with the first counsellor who is free.
 * @param {Page} page
 */
export async function confirmWish(page) {
  await page.locator("label.pick", { hasText: "第1希望" }).first().click();
  await page.getByRole("button", { name: "選んだ日時で確定する" }).click();
}

/**
 * Proposes the last time that the page offers, which nobody wished for.
 * @param {Page} page
 */
export async function proposeAnother(page) {
  await page.locator("label.pick").last().click();
  await page.getByRole("button", { name: "選んだ日時を提案する" }).click();
}

/**
 * @param {Page} page
 * @param {string} reason as the list of reasons shows it
 */
export async function decline(page, reason) {
  await page.selectOption("#decline_reason", { label: reason });
  await page.getByRole("button", { name: "お断りする" }).click();
}

/**
 * Enters how to join by a pasted invitation.
 * @param {Page} page
 * @param {string} id
 */
export async function enterJoining(page, id) {
  await page.goto(`/desk/sessions/${id}`);
  await page.fill("#invitation", INVITATION);
  await page.locator("#joining-form button").click();
  await says(page, "参加方法を保存しました");
}

/**
 * Clicks a button of a session on the board: 入室, 実施, 電話で実施 …
 * @param {Page} page
 * @param {string} id
 * @param {string} button
 */
export async function clickOnBoard(page, id, button) {
  await page.goto("/desk/today");
  await page.locator(`#s${id}`).getByRole("button", { name: button, exact: true }).click();
  await page.locator("[role=status]").first().waitFor();
}

/**
 * Records how a session ended, with its actual times.
 * @param {Page} page
 * @param {string} id
 * @param {{ outcome: string, began: string, ended: string }} record the outcome's button, HH:MM
 */
export async function recordOutcome(page, id, record) {
  await page.goto(`/desk/sessions/${id}`);
  await page.fill("#began", record.began);
  await page.fill("#ended", record.ended);
  const form = page.locator(`form[action='/desk/sessions/${id}/outcome']`);
  await form.getByRole("button", { name: record.outcome, exact: true }).click();
  await says(page, "相談の結果を記録しました");
}

/**
 * Records a call at the time at which it came.
 * @param {Page} page
 * @param {string} id
 * @param {{ purpose: "cancel" | "late" | "reached_out" | "question", time?: string }} call HH:MM
 */
export async function recordCall(page, id, call) {
  await page.goto(`/desk/calls/${id}`);
  if (call.time) await page.fill("#time", call.time);
  await page.locator(`input[name=purpose][value=${call.purpose}]`).check();
  await page.getByRole("button", { name: "記録する" }).click();
  await page.waitForURL("**/desk/calls/*done=call");
}

/**
 * Moves the demo's clock by minutes. The page offers two lengths; its button is given another.
 * @param {Page} page
 * @param {number} minutes
 */
export async function forward(page, minutes) {
  await page.goto("/demo");
  const button = page.locator("button[name=minutes]").first();
  await button.evaluate((it, value) => it.setAttribute("value", value), String(minutes));
  await button.click();
  await page.waitForURL("**/demo");
}

/**
 * Moves the demo's clock from one start to the next until it shows this one.
 * @param {Page} page
 * @param {string} start as 2026-11-18T10:00
 */
export async function clockToStart(page, start) {
  const wanted = Date.parse(`${start}:00+09:00`);
  for (let turns = 0; turns < 20; turns += 1) {
    await page.goto("/demo");
    const button = page.locator("button[name=to]");
    const next = Date.parse((await button.getAttribute("value")) ?? "");
    must(next <= wanted, `the next start is ${new Date(next).toISOString()}, after ${start}`);
    await button.click();
    await page.waitForURL("**/demo");
    if (next === wanted) return;
  }
  throw new Error(`the clock never came to ${start}`);
}

/**
 * The letters of an application, the newest first. Setting the clock to what it shows makes the
 * demo carry out what is due before it answers, so that nobody has to wait.
 * @param {Page} page
 * @param {string} receipt
 * @returns {Promise<string[]>}
 */
export async function letters(page, receipt) {
  await forward(page, 0);
  await page.goto("/demo/outbox");
  const all = await page.locator("main li a").allInnerTexts();
  return all.filter((it) => it.startsWith(receipt)).map((it) => it.slice(receipt.length + 2));
}

/**
 * Opens the newest letter of a kind.
 * @param {Page} page
 * @param {string} receipt
 * @param {string} kind as the outbox calls it
 * @returns {Promise<{ text: string, link: string }>} its text, and its link into the window
 */
export async function openLetter(page, receipt, kind) {
  const found = await letters(page, receipt);
  must(found.includes(kind), `no letter ${kind} for ${receipt}: ${found}`);
  await page.getByRole("link", { name: `${receipt}: ${kind}`, exact: true }).first().click();
  await page.locator("pre.letter").waitFor();
  const link = page.locator("main a[href^='/link/']");
  return {
    text: await page.locator("pre.letter").innerText(),
    link: (await link.count()) > 0 ? ((await link.first().getAttribute("href")) ?? "") : "",
  };
}
