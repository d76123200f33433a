import { launch, PHONE, DESKTOP } from "./look.mjs";
const base = process.argv[2];
const browser = await launch();
const signIn = async (context, login) => {
  const page = await context.newPage();
  await page.goto(base + "/desk/sign-in");
  await page.fill("[name=login]", login);
  await page.fill("[name=password]", "mihon-no-madoguchi");
  await page.click("main form button");
  await page.waitForLoadState();
  return page;
};
const shot = async (page, name) => {
  for (const [size, viewport] of [["390", PHONE], ["1280", DESKTOP]]) {
    await page.setViewportSize(viewport);
    await page.screenshot({ path: `/tmp/w/shot-${name}-${size}.png`, fullPage: true });
    console.log(name, size, await page.evaluate(() => document.documentElement.scrollWidth));
  }
};
const context = await browser.newContext({ viewport: DESKTOP, locale: "ja-JP" });
const page = await signIn(context, "shocho");
await page.goto(base + "/desk/today");
const hrefs = await page.$$eval("a[href^='/desk/sessions/']", (links) => links.map((a) => a.getAttribute("href")));
console.log(hrefs.slice(0, 6));
const id = hrefs[0].match(/sessions\/(\d+)/)[1];
await page.goto(`${base}/desk/sessions/${id}/incident`);
await shot(page, "incident");
await page.selectOption("#item", "8(7)");
await page.fill("#facts", "商品の勧誘を続けた。やめるように伝えたが、聞き入れなかった。");
await page.click("main form button.danger");
await page.waitForLoadState();
console.log(page.url());
await page.goto(`${base}/desk/conduct/${id}`);
await page.fill("input[name=reason]", "本人も認めた");
await page.click("button[value=yes]");
await page.waitForLoadState();
await page.click("#end summary");
await shot(page, "person");
await page.selectOption("#incident", { index: 1 });
await page.fill("#end_clause", "8(7)");
await page.fill("#end_reason", "繰り返したため");
await page.click("#end button.danger");
await page.waitForLoadState();
await shot(page, "person-ended");
await page.goto(base + "/desk/conduct");
await shot(page, "register");
await browser.close();
