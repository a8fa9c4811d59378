/// <reference lib="dom" />
import assert from "node:assert/strict";
import type { KeyInput, Page } from "puppeteer-core";
import { browserTest, type Sight, waitForVerdicts } from "./browser_desk.ts";
import {
  clickWords,
  framesOf,
  leaveField,
  press,
  waitForWords,
  workOf,
  write,
} from "./browser_page.ts";

/** Each desk once wide and dark by mouse, once narrow and light by keyboard alone. */
const BY_MOUSE: Sight = { width: 1920, isDark: true };
const BY_KEYS: Sight = { width: 1280, isDark: false };

browserTest("the dendrogram by mouse: cut, rename, merge, split, take back", {
  ...BY_MOUSE,
  tab: "dendrogram",
}, async (desk) => {
  const { page } = desk;
  const open = '[aria-label="Open cluster"]', rows = '.dendrogram-list [role="option"]';
  await waitForWords(page, ".dendrogram-finding", /^8 clusters/);
  const box = (await (await page.waitForSelector(".dendrogram-cut"))!.boundingBox())!;
  const x = box.x + box.width / 2, y = box.y + box.height / 2;
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x, y - 60, { steps: 5 });
  await page.mouse.up();
  const title = await waitForWords(page, ".dendrogram-finding", /^[2-7] clusters/);
  const nClusters = Number(title[0]);
  await clickWords(page, "button", "Sign the cut at");
  await waitForWords(page, ".notices", /^Approved/);
  assert.deepEqual((await desk.decisions())[0]!.value, { clusters: nClusters });

  await clickWords(page, rows, "1 ·");
  await page.waitForSelector(`${open} [data-verdict="rename"]`);
  await page.click(`${open} [data-verdict="rename"]`);
  await write(page, ".dendrogram-rename input", 'Rates & "cuts" <b>');
  await clickWords(page, "button", "Sign the name");
  await waitForWords(page, ".notices", /^Renamed/);
  await waitForWords(page, `${open} h3`, /Rates & "cuts" <b>/);
  await page.click(`${open} [data-verdict="split"]`);
  await clickWords(page, "button", "Sign the split");
  await waitForWords(page, ".notices", /^Split/);
  await clickWords(page, ".notices button", "Undo");
  await waitForWords(page, ".notices", /^Withdrawn/);
  await page.click(`${open} [data-verdict="merge"]`);
  await clickWords(page, rows, "☐ 2 ·");
  await clickWords(page, "button", "Sign the merge");
  await waitForWords(page, ".notices", /^Merged/);
  await waitForVerdicts(desk, [
    "cut approve",
    "cluster rename",
    "cluster split",
    "cluster withdraw",
    "cluster merge",
  ]);
});

browserTest("the dendrogram by keyboard: cut, approve, rename, merge, undo", {
  ...BY_KEYS,
  tab: "dendrogram",
}, async (desk) => {
  const { page } = desk;
  await waitForWords(page, ".dendrogram-finding", /^8 clusters/);
  await press(page, "c");
  assert.equal(await page.evaluate(() => document.activeElement?.role), "slider");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await waitForWords(page, ".dendrogram-finding", /^6 clusters/);
  await press(page, "C");
  await waitForWords(page, ".notices", /^Approved/);
  await press(page, "ArrowDown", "Enter", "a");
  await waitForWords(page, ".notices", /^Approved: (?!Ward)/);
  await press(page, "r");
  await page.waitForSelector(".dendrogram-rename input:focus");
  await page.keyboard.type("Elections");
  await page.keyboard.press("Enter");
  await waitForWords(page, ".notices", /^Renamed/);
  await press(page, "m", "ArrowDown", " ", "Enter");
  await waitForWords(page, ".notices", /^Merged/);
  await press(page, "u");
  await waitForWords(page, ".notices", /^Withdrawn/);
  const decisions = await desk.decisions();
  assert.deepEqual(decisions[0]!.value, { clusters: 6 });
  assert.equal(decisions[2]!.value.name, "Elections");
  await waitForVerdicts(desk, [
    "cut approve",
    "cluster approve",
    "cluster rename",
    "cluster merge",
    "cluster withdraw",
  ]);
});

const AUDITED = ["audit approve", "audit relabel", "audit flag", "audit withdraw"];

browserTest("the audit by keyboard: right, wrong, unsure, accuracy and back", {
  ...BY_KEYS,
  tab: "audit",
}, async (desk) => {
  const { page } = desk;
  const at = (n: number) =>
    waitForWords(page, ".audit-contract", new RegExp(`Contract ${n} of 50`));
  await at(1);
  await press(page, "y");
  await at(2);
  await press(page, "n");
  await page.waitForSelector(".theme-picker input:focus");
  await page.keyboard.type("sports");
  await page.keyboard.press("Enter");
  await at(3);
  await press(page, "d");
  await at(4);
  await waitForWords(page, "#panel-audit", /50\.0? ?%|50 ?%|1 of 2/);
  await press(page, "u");
  await waitForWords(page, ".notices", /^Withdrawn/);
  await waitForVerdicts(desk, AUDITED);
  assert.equal((await desk.decisions())[1]!.value.rightTheme, "sports");
  // both twins' texts side by side, by keyboard too
  await press(page, "t");
  await waitForWords(page, "#panel-audit", /Pair 1 of 10/);
  await press(page, "y");
  await waitForWords(page, "#panel-audit", /Pair 2 of 10/);
  await press(page, "n");
  await waitForWords(page, "#panel-audit", /Pair 3 of 10/);
  await waitForVerdicts(desk, [...AUDITED, "twin approve", "twin exclude"]);
});

browserTest("the audit by mouse: verdicts, edge cases and twins", {
  ...BY_MOUSE,
  tab: "audit",
}, async (desk) => {
  const { page } = desk;
  const panel = "#panel-audit";
  await waitForWords(page, panel, /Contract 1 of 50/);
  await write(page, `${panel} textarea`, "as the rules say");
  await page.click(`${panel} [data-verdict="approve"]`);
  await waitForWords(page, panel, /Contract 2 of 50/);
  await page.click(`${panel} [data-verdict="relabel"]`);
  await clickWords(page, `${panel} [role="option"]`, "Sports");
  await waitForWords(page, panel, /Contract 3 of 50/);
  await clickWords(page, `${panel} button`, "Words against prices");
  await clickWords(page, `${panel} .decisions button`, "Words are right");
  await waitForWords(page, ".notices", /^Approved/);
  await clickWords(page, `${panel} button`, "Twin pairs");
  await page.waitForSelector(`${panel} [data-verdict="exclude"]`);
  await page.click(`${panel} [data-verdict="exclude"]`);
  await waitForWords(page, ".notices", /^Rejected/);
  const decisions = await desk.decisions();
  assert.equal(decisions[0]!.comment, "as the rules say");
  assert.equal(decisions[1]!.value.rightTheme, "sports");
  await waitForVerdicts(desk, ["audit approve", "audit relabel", "theme approve", "twin exclude"]);
});

browserTest("the baskets by keyboard: card, holdings, returns, undo", {
  ...BY_KEYS,
  tab: "baskets",
}, async (desk) => {
  const { page } = desk;
  await waitForWords(page, "#panel-baskets", /5 baskets/);
  await press(page, "j", "a");
  await waitForWords(page, ".notices", /^(Approved|Opened)/);
  await press(page, "a");
  await waitForWords(page, ".notices", /^Approved: .*hybrid_risk/);
  await press(page, "F");
  await waitForWords(page, ".notices", /^Flagged: Do the returns/);
  await press(page, "u");
  await waitForWords(page, ".notices", /^Withdrawn: Do the returns/);
  await waitForVerdicts(desk, ["basket approve", "returns flag", "returns withdraw"]);
});

browserTest("the baskets by mouse: approve, exclude a contract, a theme change", {
  ...BY_MOUSE,
  tab: "baskets",
}, async (desk) => {
  const { page } = desk;
  const panel = "#panel-baskets";
  await waitForWords(page, panel, /5 baskets/);
  if (await page.$(`${panel} .basket-body`) === null) await page.click(`${panel} .basket-header`);
  await page.waitForSelector(`${panel} .basket-question [data-verdict="approve"]`);
  await write(page, `${panel} .basket-question textarea`, "fits <i>the mandate</i>");
  await page.click(`${panel} .basket-question [data-verdict="approve"]`);
  await waitForWords(page, ".notices", /^Approved/);
  await clickWords(page, `${panel} .basket-body button`, "Exclude");
  await clickWords(page, `${panel} .basket-exclude button`, "At any date");
  await waitForWords(page, ".notices", /^Excluded/);
  const [basket, contract] = await desk.decisions();
  assert.equal(basket!.comment, "fits <i>the mandate</i>");
  assert.deepEqual(contract!.value, { since: null });
  await waitForVerdicts(desk, ["basket approve", "contract exclude"]);
});

for (const sight of [BY_MOUSE, BY_KEYS]) {
  const mode = `${sight.width} px, ${sight.isDark ? "dark" : "light"}`;
  browserTest(`a cut of 2,700 leaves follows within 100 ms at ${mode}`, {
    ...sight,
    nLeaves: 2700,
    tab: "dendrogram",
  }, async ({ page }) => {
    await waitForWords(page, ".dendrogram-finding", /^8 clusters/);
    const box = (await (await page.waitForSelector(".dendrogram-cut"))!.boundingBox())!;
    const x = box.x + box.width / 2, y = box.y + box.height / 2;
    await page.mouse.move(x, y);
    await page.mouse.down();
    const dragged = await framesOf(page, "pointermove", async () => {
      for (let step = 1; step <= 24; ++step) await page.mouse.move(x, y + 60 - step * 5);
    });
    await page.mouse.up();
    await page.focus(".dendrogram-cut");
    const pressed = await framesOf(page, "keydown", async () => {
      for (let step = 0; step < 12; ++step) {
        await page.keyboard.press(step < 6 ? "ArrowDown" : "ArrowUp");
        await page.evaluate(() => new Promise(requestAnimationFrame));
      }
    });
    const walked = await framesOf(page, "keydown", async () => {
      await leaveField(page);
      for (const key of ["ArrowDown", "Enter", "ArrowDown", "2", "3", "j", "k", "4", "j", "1"]) {
        await page.keyboard.press(key as "j");
        await page.evaluate(() => new Promise(requestAnimationFrame));
      }
    });
    for (const [what, times] of Object.entries({ dragged, pressed, walked })) {
      assert.ok(times.length >= 5, `${what}: ${times.length} frames`);
      const median = times[Math.floor(times.length / 2)]!;
      // the machine may be busy with something else, so one frame is no measure
      assert.ok(median < 100, `${what}: ${times.map(Math.round).join(", ")} ms`);
    }
    await press(page, "2");
    await page.waitForSelector(".dendrogram-cut", { visible: true });
    await page.focus(".dendrogram-cut");
    const key = (name: KeyInput) => () => page.keyboard.press(name);
    const works = {
      cut: await workOf(
        page,
        [
          ...["Home", "End", "PageDown", "PageDown", "PageDown", "Home", "PageUp"] as const,
        ].map(key),
      ),
      drag: await dragWork(page),
      clusters: await workOf(page, [
        () => leaveField(page),
        ...["ArrowDown", "Enter", "ArrowDown", "ArrowUp", "s", "Escape", "m", "ArrowDown", "Escape"]
          .map((name) => key(name as KeyInput)),
      ]),
    };
    for (const [what, times] of Object.entries(works)) {
      const p95 = times[Math.floor(0.95 * (times.length - 1))]!;
      assert.ok(p95 < 100, `${what}: ${times.map(Math.round).join(", ")} ms of work`);
    }
  });
}

/** Work of a drag that jumps between few and many clusters. */
async function dragWork(page: Page): Promise<number[]> {
  await page.evaluate(() => scrollTo(0, 0));
  const box = (await (await page.$(".dendrogram-cut"))!.boundingBox())!;
  const frame = (await (await page.$(".dendrogram-frame"))!.boundingBox())!;
  const x = box.x + box.width / 2;
  await page.mouse.move(x, box.y + box.height / 2);
  await page.mouse.down();
  const times = await workOf(
    page,
    [0.2, 0.8, 0.3, 0.85, 0.1, 0.6, 0.3, 0.7].map((share) => () =>
      page.mouse.move(x, frame.y + share * frame.height)
    ),
  );
  await page.mouse.up();
  return times;
}
