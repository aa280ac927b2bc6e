import type { z } from "zod";
import type { teamsDefinition } from "./definition";

type Config = z.infer<(typeof teamsDefinition)["config"]>;

/** What a Workflows address takes, in bytes of JSON; a little is left for what Teams adds. */
const MAX_BYTES = 27_000;
const CUT = "\n\n… (shortened)";

/**
 * The message for a Workflows address: one Adaptive Card, its text cut where it would be refused for its size.
 * @see https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook
 */
export function buildCard(config: Config): { body: string; shortened: boolean } {
	const whole = cardOf(config, config.text);
	if (bytesOf(whole) <= MAX_BYTES) return { body: whole, shortened: false };
	let [fits, tooLong] = [0, config.text.length];
	while (tooLong - fits > 1) {
		const middle = Math.floor((fits + tooLong) / 2);
		if (bytesOf(cardOf(config, cut(config.text, middle))) <= MAX_BYTES) fits = middle;
		else tooLong = middle;
	}
	return { body: cardOf(config, cut(config.text, fits)), shortened: true };
}

function cut(text: string, length: number): string {
	return text.slice(0, length).toWellFormed() + CUT;
}

function bytesOf(text: string): number {
	return Buffer.byteLength(text);
}

function cardOf({ title, facts, linkText, linkUrl }: Config, text: string): string {
	const shown = Object.entries(facts).filter(([, value]) => value !== null);
	const block = { type: "TextBlock", wrap: true };
	const content = {
		$schema: "http://adaptivecards.io/schemas/adaptive-card.json",
		type: "AdaptiveCard",
		version: "1.4",
		msteams: { width: "Full" },
		body: [
			...(title === "" ? [] : [{ ...block, text: title, size: "Large", weight: "Bolder" }]),
			{ ...block, text },
			...(shown.length === 0
				? []
				: [{ type: "FactSet", facts: shown.map(([name, value]) => ({ title: name, value: String(value) })) }]),
		],
		...(linkUrl !== undefined && {
			actions: [{ type: "Action.OpenUrl", title: linkText || "Open", url: linkUrl }],
		}),
	};
	const card = { contentType: "application/vnd.microsoft.card.adaptive", contentUrl: null, content };
	return JSON.stringify({ type: "message", attachments: [card] });
}
