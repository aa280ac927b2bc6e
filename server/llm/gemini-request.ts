import { type Content, FunctionCallingConfigMode, type GenerateContentParameters, type Part } from "@google/genai";
import {
	type AssistantMessage,
	type LlmContent,
	type LlmMessage,
	type LlmToolResult,
	MADE_UP_ID,
	textOf,
} from "./messages";
import type { LlmRequest } from "./provider";

/** A request of `generateContent`: https://ai.google.dev/api/generate-content */
export function toGeminiRequest(request: LlmRequest): GenerateContentParameters {
	const { model, maxTokens, system, tools = [], toolChoice, jsonSchema } = request;
	return {
		model,
		contents: request.messages.map(toContent),
		config: {
			maxOutputTokens: maxTokens,
			...(system && { systemInstruction: system }),
			...(tools.length > 0 && {
				tools: [{ functionDeclarations: tools.map(toDeclaration) }],
				toolConfig: { functionCallingConfig: toCallingConfig(toolChoice) },
			}),
			...(jsonSchema && { responseMimeType: "application/json", responseJsonSchema: jsonSchema }),
		},
	};
}

function toDeclaration({ name, description, inputSchema }: NonNullable<LlmRequest["tools"]>[number]) {
	return { name, description, parametersJsonSchema: inputSchema };
}

function toCallingConfig(choice: LlmRequest["toolChoice"] = "auto") {
	const { ANY, AUTO, NONE } = FunctionCallingConfigMode;
	if (typeof choice === "object") return { mode: ANY, allowedFunctionNames: [choice.tool] };
	return { mode: choice === "required" ? ANY : choice === "none" ? NONE : AUTO };
}

function toContent(message: LlmMessage): Content {
	switch (message.role) {
		case "user":
			return { role: "user", parts: message.content.map(toPart) };
		case "assistant":
			return { role: "model", parts: toModelParts(message) };
		case "tool":
			return { role: "user", parts: message.results.flatMap(toResultParts) };
	}
}

function toPart(part: LlmContent[number]): Part {
	if (part.type === "text") return { text: part.text };
	return { inlineData: { mimeType: part.type === "pdf" ? "application/pdf" : part.mediaType, data: part.data } };
}

/** Gemini's own parts go back as they came: calls are refused without their thought signatures. */
function toModelParts({ text, toolCalls, opaque }: AssistantMessage): Part[] {
	if (opaque?.provider === "gemini") return readParts(opaque.data);
	const calls = toolCalls.map(({ id, name, input }) => ({ functionCall: { ...idOf(id), name, args: input } }));
	return text === "" && calls.length > 0 ? calls : [{ text }, ...calls];
}

/** They were written by the reader, and the API is the judge of them. */
function readParts(data: unknown): Part[] {
	return data as Part[];
}

/** A function answers with an object; its pictures and documents follow. */
function toResultParts({ callId, name, content, isError }: LlmToolResult): Part[] {
	const text = textOf(content);
	const response = isError ? { error: text } : { output: text };
	const files = content.filter(({ type }) => type !== "text");
	return [{ functionResponse: { ...idOf(callId), name, response } }, ...files.map(toPart)];
}

function idOf(id: string): { id?: string } {
	return id.startsWith(MADE_UP_ID) ? {} : { id };
}
