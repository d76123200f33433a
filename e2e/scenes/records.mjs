// What becomes of records: counted, disclosed to those who may ask, told to the person, deleted.

import { until } from "../call.mjs";
import * as desk from "../desk.mjs";
import { fill, later, press, refused, scene, unfold } from "../office.mjs";

/** @typedef {import("../office.mjs").Cast} Cast */
/** @typedef {import("playwright-core").Page} Page */

const DAYS = ["2026-11-18", "2026-11-19", "2026-11-20", "2026-11-24"];
const TIMES = ["10:00", "11:00", "14:00"];

/** An application by telephone, confirmed. @param {Page} page @param {number} which @param {string} date @param {string} time */
async function booked(page, which, date, time) {
  await page.goto("/desk/enter");
  await fill(page, { name: `見本 その${which}`, number: `99990-${2_000_000 + which}` });
  await page.fill("#telephone", "090-0000-0000");
  await page.locator("fieldset.wish input").nth(0).fill(date);
  await page.locator("fieldset.wish input").nth(1).fill(time);
  await page.locator("input[name=reasons]").first().check();
  await page.locator("input[name=device][value=phone]").check();
  await page.check("#consent");
  await press(page, "受け付ける");
  await page.waitForURL("**/desk/applications/*");
  await desk.decideAll(page);
  await desk.confirmWish(page);
}

/** Every number of the chart stands in the table beside it. @param {Page} page */
async function chartAgrees(page) {
  const cells = (await page.locator("table.sums").first().innerText()).split(/\s+/);
  const numbers = await page.locator("svg.chart .number").allTextContents();
  desk.must(numbers.length > 0, "no chart");
  for (const number of numbers) {
    desk.must(cells.includes(number.trim()), `the table has no ${number}: ${cells.join(" ")}`);
  }
}

/** @param {Cast} cast */
async function counted(cast) {
  const { staff, see } = cast;
  await staff.goto("/desk/statistics?from=2026-10-01&until=2026-10-31");
  await see(staff, "nothing");
  let which = 0;
  for (const date of DAYS) for (const time of TIMES) await booked(staff, (which += 1), date, time);
  await later(cast, () => desk.forward(staff, 16 * 24 * 60));
  for (const rows of ["month", "outcome", "day", "counsellor"]) {
    await staff.goto("/desk/statistics?from=2026-11-01&until=2026-11-30");
    const offered = staff.locator(`#rows option[value='${rows}']`);
    if ((await offered.count()) === 0) continue;
    await staff.selectOption("#rows", rows);
    await press(staff, "見る");
    if ((await staff.locator("svg.chart").count()) > 0) await chartAgrees(staff);
    await see(staff, `by-${rows}`);
  }
  await staff.goto("/desk/statistics?from=2026-11-30&until=2026-11-01");
  await refused(staff);
  await see(staff, "wrong-days");
  for (const month of ["2026-11", "2026-10", "2026-12"]) {
    await staff.goto(`/desk/statistics/public?month=${month}`);
    await see(staff, `public-${month}`);
  }
}

/** What came on paper is entered, and is not yet enough. @param {Page} kiroku @param {Cast} cast @param {string} receipt */
async function entered(kiroku, { see }, receipt) {
  await kiroku.goto("/desk/disclosures/new");
  await see(kiroku, "new");
  await kiroku.fill("#received_on", "2026-11-16");
  await kiroku.check("input[name=form][value=written_original]");
  await fill(kiroku, {
    body: "見本警察署",
    head: "署長",
    document_number: "見本第1号",
    document_date: "2026-11-13",
    persons: `見本 花子 ${receipt}`,
    period_from: "2026-11-01",
    period_until: "2026-11-16",
    items: "相談の日時（見本）",
  });
  await kiroku.selectOption("#basis", { index: 1 });
  await kiroku.check("#secrecy_asked");
  await press(kiroku, "記録する");
  await desk.says(kiroku, "承認するには、次のものが足りません");
  await see(kiroku, "entered");
}

/** Checked, prepared, drafted by one; approved by another; handed over. @param {Page} kiroku @param {Cast} cast */
async function decided(kiroku, { staff, see }) {
  await press(kiroku, "案を記録する");
  await refused(kiroku);
  await see(kiroku, "draft-empty");
  await fill(kiroku, {
    check_called: "見本警察署 見本係 見本 次郎",
    check_number: "00-0000-0110",
    check_found_in: "警察の公式サイト",
  });
  await kiroku.check("#check_confirmed");
  await press(kiroku, "確認を記録する");
  await kiroku.check("input[name=parts][value=appointment]");
  await press(kiroku, "ファイルを用意する");
  await kiroku.check("input[name=draft_outcome][value=part]");
  await fill(kiroku, { draft_reason: "求められた項目に限る（見本）", draft_handed: "相談の日時" });
  await press(kiroku, "案を記録する");
  await desk.says(kiroku, "別の人が承認します");
  await see(kiroku, "drafted");
  await staff.goto(kiroku.url().replace(/[?#].*/, ""));
  await see(staff, "to-be-approved");
  await press(staff, "この案を承認する");
  await desk.says(staff, "引き渡し待ち");
  await see(staff, "approved");
  await kiroku.reload();
  const digest = await kiroku.locator("small.digest").first().innerText();
  await kiroku.fill("#given_medium", "CD-R 1枚を手渡し（見本）");
  await kiroku.fill("#given_digest", digest.trim());
  await press(kiroku, "渡したことを記録する");
  await desk.says(kiroku, "一部を提供");
  await see(kiroku, "handed-over");
  await kiroku.goto(`${kiroku.url().replace(/[?#].*/, "")}/print`);
  await see(kiroku, "print");
  await kiroku.goto("/desk/disclosures");
  await see(kiroku, "register");
}

/** The person asks, and is not told of the secret demand. @param {Page} kiroku @param {Cast} cast */
async function own(kiroku, { see }) {
  await kiroku.goto("/desk/disclosures/own");
  await press(kiroku, "確認が済んだので、まとめる");
  await refused(kiroku);
  await see(kiroku, "own-empty");
  await kiroku.fill("#number", "99990-1000001");
  await kiroku.locator("input[name=identified_by]").first().check();
  await kiroku.fill("#identity_note", "運転免許証（見本）");
  await press(kiroku, "確認が済んだので、まとめる");
  await kiroku.waitForLoadState();
  if (!/own\/\d+/.test(kiroku.url())) await kiroku.locator("main table a").first().click();
  await kiroku.waitForURL(/own\/\d+/);
  await desk.says(kiroku, "見本 花子");
  await desk.keepsQuiet(kiroku, "見本警察署");
  await see(kiroku, "own");
  await kiroku.goto("/desk/disclosures/own");
  await see(kiroku, "own-list");
}

/** @param {Cast} cast */
async function disclosed(cast) {
  const { staff } = cast;
  await staff.goto("/desk/today");
  await staff.locator("li.session a").first().click();
  await staff.waitForURL("**/desk/sessions/*");
  const receipt = /[A-Z0-9]{4}-[A-Z0-9]{4}/.exec(await staff.locator("main").innerText())?.[0] ?? "";
  const kiroku = await cast.colleague("kiroku");
  await kiroku.goto("/desk/disclosures");
  await cast.see(kiroku, "register-empty");
  await entered(kiroku, cast, receipt);
  await decided(kiroku, cast);
  await own(kiroku, cast);
}

/** Years later: listed by one, approved by another, deleted and certified. @param {Cast} cast */
async function deleted(cast) {
  const { staff, see, window } = cast;
  await staff.context().clearCookies();
  await window.dies("2028-04-03T09:30:00+09:00");
  await desk.signIn(staff, window, "shocho");
  const kiroku = await cast.colleague("kiroku");
  await kiroku.goto("/desk/retention");
  await see(kiroku, "due");
  await press(kiroku, "一覧を作る");
  await kiroku.waitForURL("**/desk/retention/*");
  await see(kiroku, "listed");
  await staff.goto("/desk/retention");
  await see(staff, "listed-for-the-manager");
  await staff.goto(kiroku.url());
  await press(staff, "承認して廃棄する");
  await refused(staff);
  await see(staff, "not-sure");
  await staff.check("#sure");
  await press(staff, "承認して廃棄する");
  await until("the records are deleted", async () => {
    await staff.goto(kiroku.url());
    return (await staff.getByRole("link", { name: "廃棄証明" }).count()) > 0;
  });
  await see(staff, "approved");
  await staff.goto("/desk/retention");
  await see(staff, "batches");
  await staff.goto(`${kiroku.url()}/certificate`);
  await desk.says(staff, "廃棄証明");
  await see(staff, "certificate");
}

export const scenes = [
  scene("statistics", counted),
  scene("disclosures", disclosed),
  scene("retention", deleted),
];
