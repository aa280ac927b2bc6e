import { walkJson } from "@/server/plan/values/walk-json";

/** An answer as it travels: as JSON writes it, and where its dates are. */
interface Sent {
	json: unknown;
	dates?: Path[];
}
type Path = (string | number)[];

/**
 * How values travel, the same on both sides. Answers keep their dates and can hold any key; to write one takes one look at
 * everything in it. Requests are plain JSON: nothing in them stands for more than it says.
 */
export const transformer = {
	input: {
		serialize: (json: unknown) => ({ json }),
		deserialize: (sent: unknown): unknown => (isSent(sent) ? sent.json : undefined),
	},
	output: {
		serialize(json: unknown): Sent {
			const dates = findDates(json);
			return dates.length === 0 ? { json } : { json, dates };
		},
		deserialize(sent: unknown): unknown {
			if (!isSent(sent)) return undefined;
			for (const path of sent.dates ?? []) reviveDate(sent, ["json", ...path]);
			return sent.json;
		},
	},
};

function findDates(value: unknown): Path[] {
	const dates: Path[] = [];
	walkJson(value, (item, _key, place) => {
		if (item instanceof Date) dates.push(place.path());
		return undefined;
	});
	return dates;
}

function reviveDate(root: object, path: Path): void {
	const last = path.at(-1) ?? "json";
	const holder = path.slice(0, -1).reduce<unknown>((value, key) => Reflect.get(Object(value), key), root);
	if (typeof holder !== "object" || holder === null) return;
	const text: unknown = Reflect.get(holder, last);
	if (typeof text === "string") Reflect.set(holder, last, new Date(text));
}

function isSent(sent: unknown): sent is Sent {
	return typeof sent === "object" && sent !== null && "json" in sent;
}
