import type { z } from "zod";

export const CUT_OFF = "The connection was lost before the answer was whole. Ask again.";

interface Asked {
	path: string;
	body: object;
	signal: AbortSignal;
}

/** Asks for what a model answers, and hears what it tells, line by line. Returns why there is none, if it is refused. */
export async function readNews<News>(
	{ path, body, signal }: Asked,
	schema: z.ZodType<News>,
	onNews: (news: News) => void,
): Promise<string | undefined> {
	const headers = { "content-type": "application/json" };
	const answer = await fetch(path, { method: "POST", headers, body: JSON.stringify(body), signal });
	if (!answer.ok || !answer.body) return (await answer.text()) || CUT_OFF;
	for await (const line of readLines(answer.body)) onNews(schema.parse(JSON.parse(line)));
	return undefined;
}

async function* readLines(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
	const reader = body.getReader();
	const decoder = new TextDecoder();
	let rest = "";
	for (;;) {
		const { value, done } = await reader.read();
		const lines = `${rest}${decoder.decode(value, { stream: !done })}`.split("\n");
		rest = done ? "" : (lines.pop() ?? "");
		for (const line of lines) if (line !== "") yield line;
		if (done) return;
	}
}
