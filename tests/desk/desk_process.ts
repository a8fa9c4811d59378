import { startDesk } from "lib/desk/desk_server.ts";
import { VIEWS } from "./desk_fixture.ts";

// a desk in a process of its own, to be killed: prints its address and serves the folder that it is given
const [out] = Deno.args;
const desk = await startDesk({ out: out!, page: { script: "", style: "" }, views: VIEWS });
console.log(desk.url);
