import { z } from "zod";
import type { Asked, Wire } from "./far-side";

const partSchema = z.looseObject({
	type: z.string(),
	image_url: z.object({ url: z.string() }).optional(),
	file: z.object({ file_data: z.string() }).optional(),
});
const requestSchema = z.object({
	model: z.string(),
	max_tokens: z.number(),
	stream: z.literal(true),
	messages: z.array(
		z.object({
			role: z.enum(["system", "user", "assistant", "tool"]),
			content: z.union([z.string(), z.null(), z.array(partSchema)]),
			tool_calls: z.array(z.object({ id: z.string(), function: z.object({ arguments: z.string() }) })).default([]),
			tool_call_id: z.string().optional(),
			reasoning_details: z.array(z.object({ text: z.literal("Both files.") })).optional(),
		}),
	),
	tools: z.array(z.object({ type: z.literal("function"), function: z.object({ name: z.string() }) })).default([]),
	response_format: z.object({ json_schema: z.object({ strict: z.boolean() }) }).optional(),
});

/** OpenAI's chat wire, with what the servers that imitate it do differently. */
interface Manner {
	/** All parallel calls come under index 0. */
	oneIndex?: boolean;
	/** Calls have no ids. */
	noIds?: boolean;
	/** No usage is told. */
	noUsage?: boolean;
}

/** https://platform.openai.com/docs/api-reference/chat-streaming */
export function openAiWire({ oneIndex = false, noIds = false, noUsage = false }: Manner = {}): Wire {
	return {
		read(body, { headers }): Asked {
			const { model, max_tokens, messages, tools, response_format } = requestSchema.parse(body);
			const parts = messages.flatMap(({ content }) => (Array.isArray(content) ? content : []));
			const urls = parts.flatMap(({ image_url, file }) => image_url?.url ?? file?.file_data ?? []);
			return {
				...{ model, key: headers.authorization, maxTokens: max_tokens, wantsJson: response_format !== undefined },
				tools: tools.map((tool) => tool.function.name),
				called: messages.flatMap(({ tool_calls }) => tool_calls.map(({ id }) => id)),
				answered: messages.flatMap(({ tool_call_id }) => tool_call_id ?? []),
				files: urls.map((url) => /^data:([^;]+);base64,/.exec(url)?.[1] ?? url),
				sentBack: messages.some(({ reasoning_details }) => reasoning_details !== undefined),
			};
		},
		answer({ thinking, pieces, calls, stop }, { model }) {
			const chunk = (more: object) => ({
				id: "c1",
				object: "chat.completion.chunk",
				created: 1,
				model,
				choices: [],
				...more,
			});
			const delta = (more: object) => chunk({ choices: [{ index: 0, delta: more, finish_reason: null }] });
			const thoughts = thinking?.split(/(?<= )/) ?? [];
			const callDeltas = calls.flatMap(({ name, input }, place) => {
				const index = oneIndex ? 0 : place;
				const id = noIds ? {} : { id: `call-${place}`, type: "function" };
				return [
					{ index, ...id, function: { name, arguments: "" } },
					{ index, function: { arguments: input.slice(0, 5) } },
					{ index, function: { arguments: input.slice(5) } },
				];
			});
			const usage = {
				...{ prompt_tokens: 1_350, completion_tokens: 200, total_tokens: 1_550 },
				prompt_tokens_details: { cached_tokens: 300, cache_write_tokens: 50 },
				completion_tokens_details: { reasoning_tokens: 40 },
			};
			const finish_reason = { end: "stop", max_tokens: "length", tool_calls: "tool_calls" }[stop];
			const chunks = [
				...thoughts.map((text) =>
					delta({ reasoning: text, reasoning_details: [{ type: "reasoning.text", index: 0, text }] }),
				),
				...pieces.map((content) => delta({ content })),
				...callDeltas.map((call) => delta({ tool_calls: [call] })),
				chunk({ choices: [{ index: 0, delta: {}, finish_reason }] }),
				...(noUsage ? [] : [chunk({ usage })]),
			];
			return [...chunks.map((data) => `data: ${JSON.stringify(data)}\n\n`), "data: [DONE]\n\n"];
		},
		error: (_, message) => ({ error: { message, type: "error", code: null } }),
	};
}
