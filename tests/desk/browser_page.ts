/// <reference lib="dom" />
import axe from "axe-core";
import type { KeyInput, Page } from "puppeteer-core";

/** Replaces what a text field holds, as a person does. */
export async function write(page: Page, selector: string, text: string): Promise<void> {
  await page.locator(selector).fill("");
  await page.type(selector, text);
}

/** What a text field holds. */
export async function textIn(page: Page, selector: string): Promise<string> {
  return await page.$eval(selector, (field) => (field as HTMLInputElement).value);
}

/** Waits until an element holds words that match; fails with what it holds instead. */
export async function waitForWords(page: Page, selector: string, words: RegExp): Promise<string> {
  const end = performance.now() + 8000;
  let held = "";
  while (performance.now() < end) {
    held = await wordsOf(page, selector);
    if (words.test(held)) return held;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  throw new Error(`Cannot find ${words} in ${selector}: got "${held.slice(0, 500)}"`);
}

/** The words of all elements that a person sees. */
export async function wordsOf(page: Page, selector: string): Promise<string> {
  return await page.$$eval(
    selector,
    (elements) => elements.map((element) => (element as HTMLElement).innerText).join("\n"),
  );
}

/** Takes the focus off every field, so that keys are the desk's. */
export async function leaveField(page: Page): Promise<void> {
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
}

/** Presses keys one after the other where no field has the focus. */
export async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  await leaveField(page);
  for (const key of keys) {
    if (/^[A-Z]$/.test(key)) await page.keyboard.down("Shift");
    await page.keyboard.press(key as KeyInput);
    if (/^[A-Z]$/.test(key)) await page.keyboard.up("Shift");
  }
}

/** Clicks the first element that a person sees and whose words begin so. */
export async function clickWords(page: Page, selector: string, words: string): Promise<void> {
  await page.waitForFunction(
    (within, begin) =>
      [...document.querySelectorAll<HTMLElement>(within)].some((element) =>
        element.innerText.trim().startsWith(begin) && element.checkVisibility()
      ),
    { timeout: 8000 },
    selector,
    words,
  );
  for (const element of await page.$$(selector)) {
    const isIt = await element.evaluate(
      (one, begin) =>
        (one as HTMLElement).innerText.trim().startsWith(begin) && one.checkVisibility(),
      words,
    );
    if (isIt) return await element.click();
  }
}

/** Milliseconds from each event to the frame that shows what it did, rising. */
export async function framesOf(
  page: Page,
  event: "pointermove" | "keydown",
  act: () => Promise<void>,
): Promise<number[]> {
  await page.evaluate((type) => {
    const times: number[] = [];
    const onEvent = ({ timeStamp }: Event) =>
      requestAnimationFrame(() => setTimeout(() => times.push(performance.now() - timeStamp)));
    addEventListener(type, onEvent, true);
    Object.assign(globalThis, {
      framesSeen: () => {
        removeEventListener(type, onEvent, true);
        return times.sort((a, b) => a - b);
      },
    });
  }, event);
  await act();
  await new Promise((resolve) => setTimeout(resolve, 100));
  return await page.evaluate(() =>
    (globalThis as unknown as { framesSeen: () => number[] }).framesSeen()
  );
}

/**
 * Milliseconds of processor time that the page's main thread spends on each step up to the frame that
 * shows what it did, rising; other programs on the machine do not count.
 */
export async function workOf(
  page: Page,
  steps: readonly (() => Promise<void>)[],
): Promise<number[]> {
  const session = await page.createCDPSession();
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const spent = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return 1000 * metrics.find(({ name }) => name === "TaskDuration")!.value;
  };
  const times: number[] = [];
  for (const step of steps) {
    const before = await spent();
    await step();
    await page.evaluate(() =>
      new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
    );
    times.push(await spent() - before);
  }
  await session.detach();
  return times.sort((a, b) => a - b);
}

/** Findings of axe-core that are serious or critical, one a line. */
export async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return await page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run(document, {
      resultTypes: ["violations"],
    });
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(" | ")}`);
  });
}
