import { FatalError } from "../../errors";
import type { Json } from "../../plan/json";
import type { Execute, RunVariables } from "../execute-context";
import type { stateDefinition } from "./definition";

type Config = Parameters<typeof executeState>[0];

export const executeState: Execute<typeof stateDefinition> = async (config, { state }) => ({
	output: { key: config.key, ...act(config, state) },
});

function act({ action, key, value }: Config, state: RunVariables): { value: Json; exists: boolean } {
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
