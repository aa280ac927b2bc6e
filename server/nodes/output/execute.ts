import type { Execute } from "../execute-context";
import type { outputDefinition } from "./definition";

export const executeOutput: Execute<typeof outputDefinition> = async ({ fields, value }) => ({
	output: value === undefined ? fields : value,
});
