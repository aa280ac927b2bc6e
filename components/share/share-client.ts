import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import { RefusedError } from "@/components/trpc/refused-error";
import type { ShareRouter } from "@/server/trpc/share-router";
import { transformer } from "@/server/trpc/transformer";

/** What a link answers: `Shared["run"]`. */
export type Shared = inferRouterOutputs<ShareRouter>;
type Inputs = inferRouterInputs<ShareRouter>;
type Call = keyof ShareRouter["_def"]["record"];

/** Where a link is asked: by GET, as everything of it. The page of a link does without a client of tRPC. */
export function addressOf<Name extends Call>(call: Name, input: Inputs[Name]): string {
	return `/api/share/${call}?input=${encodeURIComponent(JSON.stringify(transformer.input.serialize(input)))}`;
}

/** Asks a link. Throws a `RefusedError` when it does not answer what it was asked, as when it does not work any more. */
export async function askLink<Name extends Exclude<Call, "watch">>(
	call: Name,
	input: Inputs[Name],
	signal?: AbortSignal,
): Promise<Shared[Name]> {
	const response = await fetch(addressOf(call, input), { signal: signal ?? null });
	const body: Answer<Shared[Name]> = await response.json().catch(() => ({}));
	if (body.result) return asAnswer(transformer.output.deserialize(body.result.data));
	const error = readRefusal(body.error);
	throw new RefusedError(error.message, response.status);
}

/** How tRPC wraps what it answers. */
interface Answer<Data> {
	result?: { data: { json: Data } };
	error?: unknown;
}

/** The type of an answer by the call that it answers: our own server's. */
function asAnswer<Data>(data: unknown): Data {
	return data as Data;
}

interface Refusal {
	message: string;
	/** Of HTTP; 500 where nothing tells. */
	status: number;
}

/** An error as tRPC sends it, in an answer or on a stream. */
export function readRefusal(sent: unknown): Refusal {
	const shape: { message?: unknown; data?: { httpStatus?: unknown } } = asAnswer(
		transformer.output.deserialize(sent) ?? {},
	);
	const { message, data } = shape;
	return {
		message: typeof message === "string" ? message : "The server could not answer. Reload the page.",
		status: typeof data?.httpStatus === "number" ? data.httpStatus : 500,
	};
}
