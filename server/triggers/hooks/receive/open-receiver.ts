import type { Database } from "@/db/client";
import { openCredentials } from "@/server/credentials/open-credentials";
import type { Actor } from "@/server/runs/events";
import type { Trigger } from "../../catalog";
import type { HookKind, Receiver } from "../hook-kind";
import { hookKindOf } from "../hook-kinds";

/** What starts runs by a request is nobody's session. */
export function hookActor({ kind }: { kind: HookKind }): Actor {
	return { kind: "system", name: kind.definition.title };
}

type Opened = Pick<Receiver, "type" | "kind" | "config" | "reception" | "secrets">;

/** What requests of a trigger must be like, with the secrets that they prove to know; undefined if none reaches it. */
export async function openReceiver(database: Database, teamId: string, config: Trigger): Promise<Opened | undefined> {
	const kind = hookKindOf(config.type);
	if (!kind) return undefined;
	const reception = kind.reception(config);
	const opened = await openCredentials(database, { teamId, actor: hookActor({ kind }) }, [...reception.secrets]);
	const secrets = reception.secrets.flatMap((name) => opened[name] ?? []);
	return { type: config.type, kind, config, reception, secrets };
}
