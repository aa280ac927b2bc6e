import { z } from "zod";
import type { Asked, Wire } from "./far-side";

const requestSchema = z.object({
	contents: z.array(
		z.object({
			role: z.enum(["user", "model"]),
			parts: z.array(
				z.looseObject({
					functionCall: z.object({ name: z.string() }).optional(),
					functionResponse: z.object({ name: z.string(), response: z.record(z.string(), z.string()) }).optional(),
					inlineData: z.object({ mimeType: z.string() }).optional(),
					thoughtSignature: z.string().optional(),
				}),
			),
		}),
	),
	tools: z
		.array(
			z.object({
				functionDeclarations: z.array(z.object({ name: z.string(), parametersJsonSchema: z.unknown().optional() })),
			}),
		)
		.default([]),
	generationConfig: z.object({ maxOutputTokens: z.number(), responseJsonSchema: z.unknown().optional() }),
});

/** https://ai.google.dev/api/generate-content: server-sent events whose data are whole responses. */
export const geminiWire: Wire = {
	read(body, { url = "", headers }): Asked {
		const { contents, tools, generationConfig } = requestSchema.parse(body);
		const parts = contents.flatMap((content) => content.parts);
		return {
			model: /models\/([^:]+):streamGenerateContent\?alt=sse/.exec(url)?.[1] ?? url,
			key: headers["x-goog-api-key"]?.toString(),
			maxTokens: generationConfig.maxOutputTokens,
			wantsJson: generationConfig.responseJsonSchema !== undefined,
			tools: tools.flatMap(({ functionDeclarations }) => functionDeclarations.map(({ name }) => name)),
			called: parts.flatMap(({ functionCall }) => functionCall?.name ?? []),
			answered: parts.flatMap(({ functionResponse }) => functionResponse?.name ?? []),
			files: parts.flatMap(({ inlineData }) => inlineData?.mimeType ?? []),
			sentBack: parts.some(({ thoughtSignature }) => thoughtSignature === "c2lnbmVk"),
		};
	},
	answer({ thinking, pieces, calls, stop }, { model }) {
		const parts = [
			...(thinking ? [{ text: thinking, thought: true }] : []),
			...pieces.map((text) => ({ text })),
			...calls.map(({ name, input }) => ({
				functionCall: { name, args: JSON.parse(input) },
				thoughtSignature: "c2lnbmVk",
			})),
		];
		const usageMetadata = {
			...{ promptTokenCount: 1_300, cachedContentTokenCount: 300 },
			...{ candidatesTokenCount: 160, thoughtsTokenCount: 40 },
		};
		const chunks = parts.map((part) => ({
			candidates: [{ content: { role: "model", parts: [part] } }],
			modelVersion: model,
		}));
		const finishReason = stop === "max_tokens" ? "MAX_TOKENS" : "STOP";
		const last = { candidates: [{ content: { role: "model", parts: [{ text: "" }] }, finishReason }], usageMetadata };
		return [...chunks, last].map((chunk) => `data: ${JSON.stringify(chunk)}\r\n\r\n`);
	},
	error: (status, message) => ({ error: { code: status, message, status: "ERROR" } }),
};
