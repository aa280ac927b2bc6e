/** The engine cannot do what a function asks for. The message names the function and the option or step. */
export class EngineError extends Error {
	override name = "EngineError";
}

/** An error in the form in which the SDK's protocol carries it. */
export interface WireError {
	name: string;
	message: string;
	stack?: string;
	[key: string]: unknown;
}

export function toWireError(error: unknown): WireError {
	if (typeof error === "object" && error !== null) {
		const message = "message" in error ? String(error.message) : JSON.stringify(error);
		const name = "name" in error ? String(error.name) : "Error";
		return { ...error, name, message };
	}
	return { name: "Error", message: String(error) };
}
