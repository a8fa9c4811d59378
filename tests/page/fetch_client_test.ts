import assert from "node:assert/strict";
import type { SignRequest } from "lib/desk/desk_api.ts";
import { fetchClient, GONE, ServerGone } from "lib/page/fetch_client.ts";

const REQUEST: SignRequest = {
  kind: "cut",
  subject: "ward",
  verdict: "approve",
  value: { clusters: 5 },
  comment: "",
  by: "Ada",
  seen: "0".repeat(64),
  after: 0,
};

function clientOf(answer: () => Response | Promise<Response>) {
  const asked: { path: string; init: RequestInit }[] = [];
  const client = fetchClient("secret", {
    ask: (path, init) => {
      asked.push({ path, init });
      return Promise.resolve().then(answer);
    },
  });
  return { client, asked };
}

Deno.test("fetchClient() sends the token as a bearer's and never on the address", async () => {
  const { client, asked } = clientOf(() => Response.json({ a: 1 }));
  assert.deepEqual(await client.get("/api/desk"), { a: 1 });
  const [{ path, init }] = asked as [{ path: string; init: RequestInit }];
  assert.equal(path, "/api/desk");
  assert.equal((init.headers as Record<string, string>).authorization, "Bearer secret");
});

Deno.test("fetchClient() posts a decision as JSON and gives a refusal as an answer", async () => {
  const refusal = { refused: "second", reason: "Somebody was first.", decision: null };
  const { client, asked } = clientOf(() => Response.json(refusal, { status: 409 }));
  assert.deepEqual(await client.sign(REQUEST), refusal);
  assert.equal(asked[0]!.init.method, "POST");
  assert.deepEqual(JSON.parse(String(asked[0]!.init.body)), REQUEST);
});

Deno.test("fetchClient() says the server's reason", async () => {
  const { client } = clientOf(() =>
    Response.json({ error: "x", reason: "Cannot show the tree." }, { status: 503 })
  );
  await assert.rejects(client.get("/api/dendrogram"), new Error("Cannot show the tree."));
});

Deno.test("fetchClient() says what to do where the token is another desk's", async () => {
  const { client } = clientOf(() => Response.json({ reason: "no" }, { status: 401 }));
  await assert.rejects(
    client.sign(REQUEST),
    new Error("The desk does not know this page; open the address that its command printed."),
  );
});

Deno.test("fetchClient() tells a server that is gone from one that refuses", async () => {
  const { client } = clientOf(() => {
    throw new TypeError("Failed to fetch");
  });
  await assert.rejects(
    client.get("/api/desk"),
    (error: unknown) => error instanceof ServerGone && error.message === GONE,
  );
});

Deno.test("fetchClient() takes an answer that breaks off as a server that is gone", async () => {
  const { client } = clientOf(() => new Response('{"stored":'));
  await assert.rejects(client.sign(REQUEST), (error: unknown) => error instanceof ServerGone);
});

Deno.test("fetchClient() refuses an answer that is none of a desk", async () => {
  const { client } = clientOf(() => Response.json({ hello: 1 }));
  await assert.rejects(client.sign(REQUEST), new Error('{"hello":1}'));
});
