/// <reference lib="dom" />
import assert from "node:assert/strict";
import { join } from "node:path";
import { browserTest } from "./browser_desk.ts";
import {
  clickWords,
  leaveField,
  seriousFindings,
  textIn,
  waitForWords,
  write,
} from "./browser_page.ts";
import { writeRun } from "./fixture_run.ts";

const TABS = [["1", "overview", /wait/], ["2", "dendrogram", /8 clusters/], [
  "3",
  "audit",
  /Contract 1 of 50/,
], ["4", "baskets", /5 baskets/]] as const;

for (const width of [1280, 1920] as const) {
  for (const isDark of [false, true]) {
    const mode = `${width} px, ${isDark ? "dark" : "light"}`;
    browserTest(`the page shows every tab without a finding of axe at ${mode}`, {
      width,
      isDark,
    }, async ({ page }) => {
      for (const [key, tab, words] of TABS) {
        await leaveField(page);
        await page.keyboard.press(key);
        await waitForWords(page, `#panel-${tab}`, words);
        assert.equal(new URL(page.url()).hash, tab === "overview" ? "#overview" : `#${tab}`);
        const wide = await page.evaluate(() =>
          document.documentElement.scrollWidth - document.documentElement.clientWidth
        );
        assert.ok(wide <= 0, `${tab} is ${wide} px wider than the page`);
        assert.deepEqual(await seriousFindings(page), [], tab);
        assert.equal(await page.$('img[src="x"], script:not([src]), [onload], style'), null, tab);
      }
    });
  }
}

browserTest("the page asks for a name before it signs, and undoes by key", {
  tab: "dendrogram",
  reviewer: "",
}, async ({ page, decisions }) => {
  const sign = '#panel-dendrogram [data-verdict="approve"]';
  await page.waitForSelector(sign);
  await page.click(sign);
  await waitForWords(page, ".notices", /write your name first/);
  assert.equal(await page.evaluate(() => document.activeElement?.id), "reviewer-name");
  assert.deepEqual(await decisions(), []);

  await page.keyboard.type('Ada "<b>"');
  await page.click(sign);
  await waitForWords(page, ".notices", /^Approved: Ward's tree/);
  assert.deepEqual((await decisions()).map(({ by, kind, verdict }) => [by, kind, verdict]), [
    ['Ada "<b>"', "cut", "approve"],
  ]);
  await leaveField(page);
  await page.keyboard.press("u");
  await waitForWords(page, ".notices", /^Withdrawn: Ward's tree/);
  assert.deepEqual((await decisions()).map(({ verdict }) => verdict), ["approve", "withdraw"]);
  await page.keyboard.press("u");
  await waitForWords(page, ".notices", /nothing to undo/);
});

browserTest("the page keeps tab, name and what was typed over a reload", {
  tab: "dendrogram",
}, async ({ page }) => {
  await write(page, "#panel-dendrogram textarea", "half a thought ‮");
  await page.reload();
  await page.waitForSelector("#panel-dendrogram textarea");
  const held = await textIn(page, "#panel-dendrogram textarea");
  assert.equal(held, "half a thought ‮");
  assert.equal(await textIn(page, "#reviewer-name"), "Ada Lovelace");
});

browserTest("the second of two people is told who was first, and loses nothing", {
  tab: "dendrogram",
}, async ({ page, openTab, decisions }) => {
  const other = await openTab({ reviewer: "Bob", isOther: true });
  const sign = '#panel-dendrogram [data-verdict="approve"]';
  await write(other, "#panel-dendrogram textarea", "mine");
  await page.click(sign);
  await waitForWords(page, ".notices", /^Approved/);
  await other.click(sign);
  const told = await waitForWords(other, ".notices", /was not stored/);
  assert.match(told, /^Ada Lovelace decided on this meanwhile: approved/);
  assert.equal(await textIn(other, "#panel-dendrogram textarea"), "mine");
  await waitForWords(other, "#panel-dendrogram .sign-bar-standing", /Approved by Ada Lovelace/);
  assert.equal((await decisions()).length, 1);
  // what the other decides after looking again comes to this page by itself
  await other.click(sign);
  await waitForWords(other, ".notices", /^Approved/);
  await waitForWords(page, "#panel-dendrogram .sign-bar-standing", /Approved by Bob/);
});

browserTest("the page says that the server is gone, and goes on when it is back", {
  tab: "dendrogram",
}, async ({ page, stopServer, startServer, decisions }) => {
  await write(page, "#panel-dendrogram textarea", "still here");
  await stopServer();
  await page.click('#panel-dendrogram [data-verdict="flag"]');
  await waitForWords(page, ".trouble", /does not answer; what you type is kept/);
  assert.equal(await textIn(page, "#panel-dendrogram textarea"), "still here");
  await startServer();
  await page.click(".trouble button");
  await page.waitForFunction(() => document.querySelector(".trouble") === null);
  await page.click('#panel-dendrogram [data-verdict="flag"]');
  await waitForWords(page, ".notices", /^Flagged/);
  assert.deepEqual((await decisions()).map(({ comment }) => comment), ["still here"]);
});

browserTest("a decision on other data is shown as stale as soon as the run is another", {
  tab: "dendrogram",
}, async ({ page, out }) => {
  await clickWords(page, "button", "Sign the cut at 8");
  await waitForWords(page, ".notices", /^Approved/);
  await write(page, "#panel-dendrogram textarea", "to be said again");
  await writeRun(out, { seed: 8 });
  await waitForWords(page, "#panel-dendrogram .sign-bar-standing", /Stale.*has changed since/s);
  assert.equal(await textIn(page, "#panel-dendrogram textarea"), "to be said again");
  await page.click("#tab-overview");
  await waitForWords(page, "#panel-overview", /What Ada Lovelace saw \(2025-09-30\) has changed/);
});

browserTest("the overview tells what is in force, and withdraws it", {}, async (desk) => {
  const { page, decisions } = desk;
  await page.keyboard.press("Tab");
  await leaveField(page);
  await page.keyboard.press("2");
  const sign = '#panel-dendrogram [data-verdict="flag"]';
  await page.waitForSelector(sign);
  await write(page, "#panel-dendrogram textarea", "too <b>coarse</b>");
  await page.click(sign);
  await waitForWords(page, ".notices", /^Flagged/);
  await page.click("#tab-overview");
  await waitForWords(page, ".decisions tbody", /Ada Lovelace.*flag.*too <b>coarse<\/b>/s);
  await waitForWords(page, "#panel-overview", /takes effect with the next deno task start: 03_/);
  await page.click(".decisions tbody button");
  await waitForWords(page, "#panel-overview", /No decision is in force/);
  assert.deepEqual((await decisions()).map(({ verdict }) => verdict), ["flag", "withdraw"]);
  await leaveField(page);
  await page.keyboard.press("u");
  await waitForWords(page, ".notices", /It was taken back already/);
  const report = await page.$eval(
    "#panel-overview .overview-head a",
    async (link) => (await fetch((link as HTMLAnchorElement).href)).status,
  );
  assert.equal(report, 200);
  assert.equal(
    await page.$eval(".gallery img", async (image) => {
      await (image as HTMLImageElement).decode();
      return (image as HTMLImageElement).naturalWidth > 0;
    }),
    true,
  );
});

browserTest("the overview says where to begin, and leads to the part where a kind is judged", {
  reviewer: "",
}, async ({ page }) => {
  await waitForWords(page, ".first-steps", /Write your name/);
  await page.focus(".first-steps a");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement?.id), "reviewer-name");
  await page.keyboard.type("Ada");
  await waitForWords(page, ".first-steps", /You sign as Ada/);
  await waitForWords(page, ".open-kind", /50 audited contracts.*5 pairs of twins/s);
  await page.focus('.open-kind a[href="#audit/twins"]');
  await page.keyboard.press("Enter");
  await waitForWords(page, "#panel-audit", /Pair 1 of 10/);
  // the link is not on the screen any more, so the focus is on the tab that is
  assert.equal(await page.evaluate(() => document.activeElement?.id), "panel-audit");
  await page.keyboard.press("q");
  await waitForWords(page, "#panel-audit", /Contract 1 of 50/);
  assert.equal(new URL(page.url()).hash, "#audit/queue");
});

browserTest("the focus finds a place when what had it goes", { tab: "audit" }, async ({ page }) => {
  const focused = () =>
    page.evaluate(() => {
      const { activeElement } = document;
      return activeElement?.getAttribute("aria-label") ?? activeElement?.textContent ?? "";
    });
  await waitForWords(page, "#panel-audit", /Contract 1 of 50/);
  await page.focus('#panel-audit [data-verdict="relabel"]');
  await page.keyboard.press("Enter");
  await page.waitForSelector(".theme-picker input:focus");
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => document.querySelector(".theme-picker") === null);
  await page.waitForFunction(() => document.activeElement !== document.body);
  assert.equal(await focused(), "Contract 1");
  // a button that signs keeps the focus while its decision is stored
  await page.focus('#panel-audit [data-verdict="flag"]');
  await page.keyboard.press("Enter");
  await waitForWords(page, ".notices", /^Left unsure/);
  await waitForWords(page, "#panel-audit", /Contract 2 of 50/);
  assert.match(await focused(), /^Unsure/);
  // from a notice it goes back to where it was
  await page.focus('[aria-label="Put the notice away"]');
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector(".notice") === null);
  await page.waitForFunction(() => document.activeElement !== document.body);
  assert.match(await focused(), /^Unsure/);
});

browserTest("the keys are listed under the question mark and sleep meanwhile", {
  tab: "baskets",
}, async ({ page }) => {
  await waitForWords(page, "#panel-baskets", /5 baskets/);
  await leaveField(page);
  await page.keyboard.press("?");
  const keys = await waitForWords(page, ".key-help", /Keys that work here/);
  for (const words of ["Open Overview", "Undo what this page signed last", "Next card"]) {
    assert.ok(keys.includes(words), words);
  }
  assert.doesNotMatch(keys, /Sign the cut/);
  await page.keyboard.press("1");
  assert.equal(new URL(page.url()).hash, "#baskets");
  await page.keyboard.press("Escape");
  await page.keyboard.press("1");
  await waitForWords(page, "#panel-overview", /wait/);
  assert.equal(await page.$("dialog[open]"), null);
  await page.focus("#tab-overview");
  await page.keyboard.press("ArrowLeft");
  assert.equal(await page.evaluate(() => document.activeElement?.id), "tab-baskets");
  await page.keyboard.press("ArrowRight");
  assert.equal(new URL(page.url()).hash, "#overview");
});

for (
  const [tab, name, title] of [
    ["dendrogram", "dendrogram", /<title>8 clusters/],
    ["baskets", "nav_hybrid_risk_crypto_digital", /<title>Crypto/],
  ] as const
) {
  browserTest(`a chart of the ${tab} is saved alone, on white from the dark page too`, {
    tab,
    isDark: true,
  }, async ({ page, out }) => {
    const folder = join(out, "saved"), buttons = `#panel-${tab} .plot-figure-tools button`;
    const session = await page.createCDPSession();
    await session.send("Browser.setDownloadBehavior", {
      behavior: "allow",
      browserContextId: page.browserContext().id,
      downloadPath: folder,
    });
    for (const form of ["SVG", "PNG"]) await clickWords(page, buttons, form);
    const picture = new TextDecoder().decode(await savedFile(folder, `${name}.svg`));
    const png = await savedFile(folder, `${name}.png`);
    assert.match(picture, /^<svg [^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    assert.match(picture, title);
    assert.match(picture, /<rect width="100%" height="100%" fill="#ffffff"\/>/);
    // what only the page knows, and inks of its dark theme
    const borrowed = /var\(|\sclass=|\sstyle=|#(55aaff|ffcc65|e7e9ed|a4abb6)|rgb\((231|164),/;
    assert.equal(picture.match(borrowed)?.[0], undefined);
    assert.deepEqual([...png.slice(0, 4)], [137, 80, 78, 71]);
    assert.ok(png.length > 10_000);
  });
}

browserTest(
  "the theme is the person's choice over the system's",
  { isDark: true },
  async (desk) => {
    const { page } = desk;
    const ground = () =>
      page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    assert.equal(await ground(), "rgb(21, 24, 29)");
    await page.select("#theme-choice", "light");
    await page.waitForFunction(() => document.documentElement.dataset.theme === "light");
    assert.equal(await ground(), "rgb(244, 245, 247)");
    await page.reload();
    await page.waitForSelector(".tab");
    assert.equal(await ground(), "rgb(244, 245, 247)");
  },
);

/** A file that the browser saves, when it is whole. */
async function savedFile(folder: string, name: string): Promise<Uint8Array> {
  for (let turn = 0; turn < 100; ++turn) {
    try {
      return await Deno.readFile(join(folder, name));
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  throw new Error(`Cannot find ${name} as the browser must save it: got none`);
}
