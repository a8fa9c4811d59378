import { useState } from "preact/hooks";
import type { SignRequest } from "../../desk/desk_api.ts";
import type { DeskProps } from "../desk_props.ts";

/**
 * Signs one request at a time.
 *
 * @returns Whether one is under way, and a function that tells whether its request was stored; the shell
 * says why not where it was not.
 */
export function useSigning(
  { client, notify }: Pick<DeskProps, "client" | "notify">,
): {
  readonly isBusy: boolean;
  readonly send: (request: Omit<SignRequest, "by">) => Promise<boolean>;
} {
  const [isBusy, setBusy] = useState(false);
  const send = async (request: Omit<SignRequest, "by">) => {
    if (isBusy) return false;
    setBusy(true);
    try {
      return "stored" in await client.sign(request);
    } catch (error) {
      notify(error instanceof Error ? error.message : String(error));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, send };
}
