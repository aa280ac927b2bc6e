import type { Inngest, InngestFunction } from "inngest";
import type { Probe } from "./probe";

export interface ScenarioContext {
	client: Inngest;
	probe: Probe;
	/** The prefix of the scenario's function ids and event names. */
	id: string;
	/** An Inngest server may deliver a step again that it has seen completed; the embedded engine does not. */
	mayRepeat?: boolean;
}

/** Functions, and what must be seen of them: the same on the embedded engine and on an Inngest server. */
export interface Scenario {
	id: string;
	/** The behaviour, as a sentence. */
	name: string;
	functions: (stage: ScenarioContext) => InngestFunction.Any[];
	/** Sends the events and expects what must follow. */
	play: (stage: ScenarioContext) => Promise<void>;
}
