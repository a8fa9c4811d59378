/// <reference lib="dom" />
import { render } from "preact";
import { App } from "./app.tsx";
import { fetchClient } from "./fetch_client.ts";

const token = new URLSearchParams(location.search).get("token") ?? "";
const root = document.getElementById("desk");
if (root === null) throw new Error("Cannot open the desk as the page must have #desk: got none");
render(<App server={fetchClient(token)} token={token} />, root);
