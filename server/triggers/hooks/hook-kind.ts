import type { z } from "zod";
import type { Database } from "@/db/client";
import type { DELIVERY_VERDICTS } from "@/db/schema/triggers";
import type { FormField } from "@/server/plan/form-field";
import type { Plan } from "@/server/plan/plan";
import type { JsonObject } from "@/server/plan/values/json";
import type { Actor } from "@/server/runs/events";
import type { Trigger } from "../catalog";
import type { TriggerDefinition } from "../trigger-definition";
import type { HookEvent } from "./settings/hook-event";
import type { SignatureSettings } from "./settings/signature-settings";

/** How a kind of trigger is started by requests to an address of its own. Its folder has one beside its definition. */
export interface HookKind<Config extends z.ZodObject = z.ZodObject> {
	definition: TriggerDefinition<string, Config>;
	/** What requests must be like. */
	reception(config: z.infer<Config>): Reception;
	/** What becomes of a request that is signed as it must be. @param form the inputs of the workflow */
	decide(config: z.infer<Config>, form: readonly FormField[], event: HookEvent): Decision;
	/** What a person tries the trigger with. */
	sample(config: z.infer<Config>): HookEvent;
	/** The text that its sender wants back once, when the address is entered there: nothing is started or written down. */
	challenge?(config: z.infer<Config>, body: Buffer): string | undefined;
	/** Whether it only tries the address: it is answered with 200, and starts nothing. */
	isPing?(event: HookEvent): boolean;
	/**
	 * In place of the one run that `decide` lets start: for requests that hold many events. Writes down deliveries (by
	 * `queueDelivery`), and returns what became of them.
	 */
	start?(database: Database, starting: Starting): Promise<Delivered[]>;
}

/** What requests must be like, from a trigger's settings. */
export interface Reception {
	methods: readonly string[];
	maxMegabytes: number;
	perMinute: number;
	/** Pages of these origins may send requests from browsers. */
	origins: readonly string[];
	signature: SignatureSettings;
	/** References to the credentials that may sign: any of them that is set, and none but them. */
	secrets: readonly string[];
	/** At once with the run's number, or with the run's output. */
	answer: "at-once" | "output";
	/** For how long the keys of a request count. */
	dedupeHours: number;
}

/** What becomes of a request whose signature is right, before it is known whether there was one like it. */
export type Decision =
	| { verdict: "accepted"; keys: string[]; input: JsonObject; payload: JsonObject }
	| { verdict: "filtered" | "failed"; reason: string };

/** What a request at an address is held against. */
export interface Receiver {
	id: string;
	key: string;
	type: Trigger["type"];
	teamId: string;
	workflowId: string;
	slug: string;
	kind: HookKind;
	config: JsonObject;
	reception: Reception;
	/** Those that are valid at present; none when the credential is not there. */
	secrets: string[];
}

/** A published trigger that an address starts. */
export interface HookTrigger extends Receiver {
	team: string;
	version: number;
	planHash: string;
	plan: Plan;
	isPaused: boolean;
}

/** The trigger of a draft that waits for a test event, as the draft had it when the wait began. */
export interface WaitingTest extends Receiver {
	waitId: string;
	form: readonly FormField[];
}

/** A request that is to start runs of a trigger. */
export interface Starting {
	trigger: HookTrigger;
	event: HookEvent;
	/** What a delivery keeps of it. */
	request: JsonObject;
	receivedAt: number;
	actor: Actor;
	/** A person asks for it: neither a pause nor the key of an earlier request stands in the way. */
	isAsked?: boolean;
	/** The delivery that is sent anew. */
	redeliveryOf?: string;
	/** Of what Weft itself tells: the delivery's id, so that it is written once, and how deep its run is in a chain. */
	signal?: { deliveryId: string; depth: number };
}

export type Verdict = (typeof DELIVERY_VERDICTS)[number];

/** A delivery as it has been written down. */
export interface Delivered {
	id: string;
	verdict: Verdict;
	reason?: string;
	run?: { id: string; number: number };
}

/** Checks a kind against the contract, for the settings of its definition. */
export function defineHookKind<Config extends z.ZodObject>(kind: HookKind<Config>): HookKind<Config> {
	return kind;
}
