import type { Json } from "@/server/plan/values/json";
import { readNumber } from "@/server/plan/values/value-text";
import { FatalError } from "../../errors";
import type { ExecuteOrUpdate, RunVariables } from "../execute-context";
import type { stateDefinition } from "./definition";

type Config = Parameters<typeof executeState>[0];

export const executeState: ExecuteOrUpdate<typeof stateDefinition> = async (config, { state }) => {
	const { action, key } = config;
	if (action !== "increment" && action !== "append")
		return { output: { key, ...applyAction({ ...config, action }, state) } };
	return {
		key,
		apply(before) {
			const value = action === "increment" ? increment(config, before) : append(config, before);
			return { value, output: { key, value, exists: true } };
		},
	};
};

type PlainAction = Exclude<Config["action"], "increment" | "append">;

function applyAction(
	{ action, key, value }: Pick<Config, "key" | "value"> & { action: PlainAction },
	state: RunVariables,
): { value: Json; exists: boolean } {
	const before = state.get(key);
	switch (action) {
		case "set":
			if (value === undefined) throw new FatalError(`There is no value to set ${key} to. Enter one.`);
			state.set(key, value);
			return { value, exists: true };
		case "delete":
			return { value: before ?? null, exists: state.delete(key) };
		case "get":
		case "has":
			return { value: before ?? null, exists: before !== undefined };
	}
}

function increment({ key, by }: Config, before: Json | undefined): number {
	const number = before === undefined || before === null ? 0 : typeof before === "string" ? readNumber(before) : before;
	if (typeof number !== "number") {
		throw new FatalError(
			`state.${key} is ${kindOf(before)}, and only a number can be incremented. Set it to a number.`,
		);
	}
	const sum = number + by;
	const isExact = Number.isSafeInteger(sum) || !(Number.isInteger(number) && Number.isInteger(by));
	if (Number.isFinite(sum) && isExact) return sum;
	throw new FatalError(`state.${key} would become too large to be exact. Set it to a smaller number.`);
}

function append({ key, value }: Config, before: Json | undefined): Json[] {
	if (value === undefined) throw new FatalError(`There is no value to append to ${key}. Enter one.`);
	const list = before ?? [];
	if (Array.isArray(list)) return [...list, value];
	throw new FatalError(`state.${key} is ${kindOf(before)}, and values are appended to lists only. Set it to a list.`);
}

function kindOf(value: Json | undefined): string {
	if (Array.isArray(value)) return "a list";
	if (typeof value === "object") return "an object";
	if (typeof value === "boolean") return "true or false";
	return typeof value === "number" ? "a number" : "text";
}
