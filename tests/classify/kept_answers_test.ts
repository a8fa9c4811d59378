import assert from "node:assert/strict";
import { themeQuestion } from "lib/classify/kept_answers.ts";
import { parseSettings } from "lib/core/settings.ts";
import { inProject } from "lib/store/project_root.ts";
import { readYaml } from "lib/store/yaml.ts";
import { KEY } from "./asking.ts";

const { classification } = parseSettings(await readYaml("config/settings.yaml"));

/** In a process of its own, as the environment belongs to all tests. */
const PROGRAM = `
import { keptAnswers } from "lib/classify/kept_answers.ts";
const [settings] = Deno.args.map((text) => JSON.parse(text));
const store = { get: () => Promise.resolve(undefined), put: () => Promise.resolve() };
const kept = keptAnswers(store, { themes: { version: "made", themes: [] }, settings });
let told;
try {
  const { settings, live } = kept.asking;
  told = { model: settings.model, host: settings.host, isLive: live !== null, settings };
} catch (error) {
  told = { name: error.name, message: error.message };
}
console.log(JSON.stringify({ question: kept.question, told }));
`;

async function keptUnder(environment: Readonly<Record<string, string>>) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", PROGRAM, JSON.stringify(classification)],
    cwd: inProject("."),
    env: {
      ...{ NO_COLOR: "1", OPENAI_API_KEY: "", OPENAI_BASE_URL: "", OPENAI_MODEL: "" },
      ...environment,
    },
  }).output();
  assert.equal(code, 0, new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}

Deno.test("themeQuestion() is the first wording with the limits of the settings", () => {
  assert.deepEqual(themeQuestion(classification), {
    phrasings: ["a"],
    minConfidence: classification.min_confidence.value,
    descriptionCharacters: classification.description_characters.value,
  });
});

Deno.test("keptAnswers() are those of the model and server of the environment, which is not asked", async () => {
  const { question, told } = await keptUnder({
    OPENAI_BASE_URL: "http://127.0.0.1:9/v1",
    OPENAI_MODEL: "some-model",
    OPENAI_API_KEY: KEY,
  });
  assert.deepEqual(question, themeQuestion(classification));
  assert.deepEqual([told.model, told.host, told.isLive], ["some-model", "127.0.0.1:9", false]);
  assert.ok(!JSON.stringify(told).includes(KEY));
});

Deno.test("keptAnswers() minds a faulty environment only when answers are looked up", async () => {
  const { question, told } = await keptUnder({ OPENAI_BASE_URL: "http://me:secret@127.0.0.1/v1" });
  assert.deepEqual(question, themeQuestion(classification));
  assert.equal(told.name, "SyntaxError");
  assert.match(told.message, /^Cannot use OPENAI_BASE_URL/);
  assert.ok(!told.message.includes("secret"));
});
