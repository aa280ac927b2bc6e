import type { WrittenChange } from "@/server/plan/changes/plan-change";
import { newId, newName, slugOf } from "@/server/plan/edits/new-id";
import type { Plan } from "@/server/plan/plan";
import type { JsonObject } from "@/server/plan/values/json";
import type { DemoLine } from "./demo-writer";
import type { Held } from "./phrases";

/** Where the next step is connected: an exit of a step. */
export interface Exit {
	from: string;
	port: string;
}

type WrittenInput = Extract<WrittenChange, { do: "input" }>["input"];

interface NewStep {
	type: string;
	name: string;
	config: JsonObject;
	/** The exit that leads on. */
	port?: string;
	/** What of its output later steps use, as in `body`; left out: nothing. */
	gives?: string;
}

/** What is being drawn: the lines written so far, and where the next step goes. */
export class PlanSketch {
	readonly lines: DemoLine[] = [];
	/** Where the next step is connected; none: it starts with what is around it. */
	exits: Exit[] = [];
	/** The container that is being filled. */
	parent: string | undefined;
	/** The reference to what was made last, without braces. */
	value: string | undefined;
	/** The steps that were added, the latest last. */
	readonly added: { id: string; type: string; parent: string | undefined }[] = [];
	readonly #ids: Set<string>;
	readonly #names: Set<string>;
	readonly #inputs: Set<string>;

	constructor(
		readonly plan: Plan,
		readonly held: Held,
		readonly credentials: readonly string[],
	) {
		this.#ids = new Set(plan.nodes.map(({ id }) => id));
		this.#names = new Set(plan.nodes.map(({ name }) => name));
		this.#inputs = new Set(plan.inputs.map(({ name }) => name));
	}

	get last(): { id: string; type: string } | undefined {
		return this.added.at(-1);
	}

	/** The latest step of a type, those inside a container that is over left out. */
	lastOf(type: string): string | undefined {
		return this.added.findLast((step) => step.type === type)?.id;
	}

	/** The latest step beside the next one that words such as `the fetch` name, else the latest of all. */
	meant(words: string): { id: string; type: string } | undefined {
		const stems = (words.toLowerCase().match(/[a-z]{4,30}/g) ?? []).map((word) => word.slice(0, 5));
		const beside = this.added.filter(({ parent }) => parent === this.parent);
		const named = beside.findLast(({ id, type }) => stems.some((stem) => id.includes(stem) || type.includes(stem)));
		return named ?? this.last;
	}

	/** The first step of a type. */
	firstOf(type: string): string | undefined {
		return this.added.find((step) => step.type === type)?.id;
	}

	add({ type, name, config, port = "out", gives }: NewStep): string {
		const id = newId(slugOf(name.slice(0, 30)) || type, this.#ids);
		const free = newName(name.slice(0, 100), this.#names);
		this.#ids.add(id);
		this.#names.add(free);
		const inside = this.parent === undefined ? {} : { parent: this.parent };
		this.lines.push({ do: "step", id, type, name: free, config, ...inside });
		for (const exit of this.exits) this.connect(exit, id);
		this.exits = [{ from: id, port }];
		this.added.push({ id, type, parent: this.parent });
		if (gives !== undefined) this.value = gives === "" ? `steps.${id}.output` : `steps.${id}.output.${gives}`;
		return id;
	}

	connect({ from, port }: Exit, to: string): void {
		this.lines.push({ do: "connect", edge: port === "out" ? `${from} -> ${to}` : `${from}.${port} -> ${to}` });
	}

	/** Changes a step further. */
	change(id: string, fields: Omit<Extract<DemoLine, { do: "step" }>, "do" | "id">): void {
		this.lines.push({ do: "step", id, ...fields });
	}

	/** The reference to an input of the form, which gets it if it has none of that name; a name alone is a text. */
	input(given: string | WrittenInput): string {
		const input: WrittenInput = typeof given === "string" ? { name: given, type: "text" } : given;
		if (!this.#inputs.has(input.name)) this.lines.push({ do: "input", input });
		this.#inputs.add(input.name);
		return `{{ inputs.${input.name} }}`;
	}

	note(text: string): void {
		this.lines.push(text);
	}

	/** A reference to the credential whose name fits best, or to one that must be added. */
	credential(wanted: string): string {
		return `{{ secrets.${this.credentialName(wanted)} }}`;
	}

	credentialName(wanted: string): string {
		const fits = this.credentials.find((name) => name.toLowerCase().includes(wanted) && !name.includes("."));
		const name = fits ?? wanted.toUpperCase();
		const note = `Add a credential “${name}” in the settings, or choose another one.`;
		if (fits === undefined && !this.lines.includes(note)) this.note(note);
		return name;
	}

	/** What was made last, in a text; otherwise what the text says. */
	valueOr(text: string): string {
		return this.value === undefined ? text : `{{ ${this.value} }}`;
	}
}
