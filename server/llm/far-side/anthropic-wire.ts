import { z } from "zod";
import type { Asked, Wire } from "./far-side";

const blockSchema = z.looseObject({
	type: z.string(),
	id: z.string().optional(),
	tool_use_id: z.string().optional(),
	signature: z.string().optional(),
	source: z.object({ media_type: z.string() }).optional(),
	content: z.array(z.looseObject({ source: z.object({ media_type: z.string() }).optional() })).optional(),
});
const requestSchema = z.object({
	model: z.string(),
	max_tokens: z.number(),
	stream: z.literal(true),
	messages: z.array(z.object({ role: z.enum(["user", "assistant"]), content: z.array(blockSchema) })),
	tools: z.array(z.object({ name: z.string(), input_schema: z.object({ type: z.literal("object") }) })).default([]),
	output_config: z.object({ format: z.object({ type: z.literal("json_schema") }) }).optional(),
});

/** https://platform.claude.com/docs/en/build-with-claude/streaming */
export const anthropicWire: Wire = {
	read(body, { headers }): Asked {
		const { model, max_tokens, messages, tools, output_config } = requestSchema.parse(body);
		const blocks = messages.flatMap(({ content }) => content);
		return {
			...{
				model,
				key: headers.authorization ?? headers["x-api-key"]?.toString(),
				maxTokens: max_tokens,
				wantsJson: output_config !== undefined,
			},
			tools: tools.map(({ name }) => name),
			called: blocks.flatMap(({ type, id }) => (type === "tool_use" && id ? [id] : [])),
			answered: blocks.flatMap(({ tool_use_id }) => tool_use_id ?? []),
			files: blocks.flatMap((block) =>
				[block, ...(block.content ?? [])].flatMap(({ source }) => source?.media_type ?? []),
			),
			sentBack: blocks.some(({ signature }) => signature === "signed"),
		};
	},
	answer({ thinking, pieces, calls, stop }, { model }) {
		const usage = {
			input_tokens: 1_000,
			output_tokens: 1,
			cache_read_input_tokens: 300,
			cache_creation_input_tokens: 50,
		};
		const message = { id: "msg_1", type: "message", role: "assistant", content: [], model, stop_reason: null, usage };
		const events: { type: string; [key: string]: unknown }[] = [{ type: "message_start", message }];
		const add = (content_block: object, deltas: object[]) => {
			const index = events.filter(({ type }) => type === "content_block_start").length;
			events.push({ type: "content_block_start", index, content_block });
			for (const delta of deltas) events.push({ type: "content_block_delta", index, delta });
			events.push({ type: "content_block_stop", index });
		};
		if (thinking)
			add({ type: "thinking", thinking: "", signature: "" }, [
				{ type: "thinking_delta", thinking },
				{ type: "signature_delta", signature: "signed" },
			]);
		add(
			{ type: "text", text: "" },
			pieces.map((text) => ({ type: "text_delta", text })),
		);
		for (const [place, { name, input }] of calls.entries())
			add({ type: "tool_use", id: `toolu_${place}`, name, input: {} }, [
				{ type: "input_json_delta", partial_json: input.slice(0, 5) },
				{ type: "input_json_delta", partial_json: input.slice(5) },
			]);
		events.push(
			{
				type: "message_delta",
				delta: { stop_reason: { end: "end_turn", max_tokens: "max_tokens", tool_calls: "tool_use" }[stop] },
				usage: { output_tokens: 200, output_tokens_details: { thinking_tokens: 40 } },
			},
			{ type: "message_stop" },
		);
		return events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
	},
	error: (status, message) => ({ type: "error", error: { type: ERROR_TYPES[status] ?? "api_error", message } }),
};

const ERROR_TYPES: Record<number, string> = {
	400: "invalid_request_error",
	401: "authentication_error",
	404: "not_found_error",
	429: "rate_limit_error",
	529: "overloaded_error",
};
