import { isHidden } from "@/server/credentials/common-values";
import { MIN_REDACTED_LENGTH } from "@/server/credentials/min-redacted-length";
import type { Json } from "@/server/plan/values/json";
import { tryReadJson } from "@/server/plan/values/read-json";

/** Characters of all encodings of one secret: beyond them the rarer encodings are left out. */
const MAX_CHARACTERS = 200_000;
/** Columns at which `base64` and OpenSSL break their lines. */
const COLUMNS = [76, 64];

/**
 * The texts in which a secret may appear: as it is, each of its lines, each value in it if it is JSON, and all of these in
 * the usual encodings.
 */
export function encodingsOf(secret: string): Set<string> {
	const parts = [...new Set(partsOf(secret))];
	const forms = new Set<string>();
	let characters = 0;
	// By encoding, not by part: what is left out of an enormous secret is what is least likely to be met.
	for (const encode of ENCODINGS) {
		for (const form of parts.flatMap(encode)) {
			if (form.length < MIN_REDACTED_LENGTH || forms.has(form)) continue;
			characters += form.length;
			if (characters > MAX_CHARACTERS) return forms;
			forms.add(form);
		}
	}
	return forms;
}

function partsOf(secret: string): string[] {
	const lines = secret.split(/\r\n?|\n/).map((line) => line.trim());
	const whole = [secret, secret.trim()];
	return [...whole, ...lines, ...leavesOf(tryReadJson(secret) ?? null)].filter(isHidden);
}

/** The texts and numbers of a JSON credential, and the lines of those (keys in PEM). */
function leavesOf(value: Json): string[] {
	if (typeof value === "string") return [value, ...value.split(/\r\n?|\n/).map((line) => line.trim())];
	if (typeof value === "number") return [String(value)];
	return typeof value === "object" && value !== null ? Object.values(value).flatMap(leavesOf) : [];
}

const ENCODINGS: ((part: string) => string[])[] = [
	(part) => [part],
	(part) => base64Of(Buffer.from(part)),
	(part) => [escapeJson(part), escapeToAscii(part), escapeJson(escapeJson(part))],
	(part) => urlForms(part),
	(part) => shellForms(part),
	(part) => htmlForms(part),
	(part) => COLUMNS.flatMap((width) => inLines(Buffer.from(part).toString("base64"), width)),
	(part) => [Buffer.from(part).toString("hex"), Buffer.from(part).toString("hex").toUpperCase()],
];

/**
 * Base64 as it stands in a longer text: the secret may begin at any byte of three, as a password does after its user's
 * name in a `Basic` header. Characters that hold bits of what stands around are left out.
 */
function base64Of(bytes: Buffer): string[] {
	const aligned = [0, 1, 2].flatMap((offset) => {
		const text = Buffer.concat([Buffer.alloc(offset), bytes])
			.toString("base64")
			.replace(/={1,2}$/, "");
		const start = text.slice(Math.ceil((offset * 4) / 3));
		return (offset + bytes.length) % 3 === 0 ? [start] : [start, start.slice(0, -1)];
	});
	return aligned.flatMap((text) => [text, text.replaceAll("+", "-").replaceAll("/", "_")]);
}

function escapeJson(text: string): string {
	return JSON.stringify(text).slice(1, -1);
}

/** As Python writes JSON. */
function escapeToAscii(text: string): string {
	return escapeJson(text).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** The ways in which programs escape for URLs: they differ in what they leave as it is, and in the case of digits. */
function urlForms(text: string): string[] {
	const component = encodeURIComponent(text.toWellFormed());
	// RFC 3986, as curl and Python escape it.
	const strict = component.replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
	const form = new URLSearchParams([["", text]]).toString().slice(1);
	const forms = [
		...[component, strict, form],
		...[strict.replaceAll("%20", "+"), strict.replaceAll("%2F", "/"), encodeURI(text.toWellFormed())],
	];
	return forms.flatMap((each) => [each, each.replace(/%[0-9A-F]{2}/g, (byte) => byte.toLowerCase())]);
}

/** As shells and those who write for them quote: in single and in double quotes, by backslashes as bash's `printf %q`, in `$'…'`. */
function shellForms(text: string): string[] {
	return [
		...[text.replaceAll("'", "'\\''"), text.replaceAll("'", `'"'"'`)],
		text.replace(/["$\\`]/g, "\\$&"),
		text.replace(/[\s!"$&'()*,;<>?[\\\]^`{|}]/g, "\\$&"),
		text.replace(/['\\]/g, "\\$&"),
	];
}

/** Programs differ in whether they escape quotation marks, and in how they write the single one. */
function htmlForms(text: string): string[] {
	const content = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
	const attribute = content.replaceAll('"', "&quot;");
	return [content, attribute, ...["&#39;", "&#x27;", "&#039;"].map((mark) => attribute.replaceAll("'", mark))];
}

function inLines(text: string, width: number): string[] {
	return text.length <= width
		? []
		: Array.from({ length: Math.ceil(text.length / width) }, (_, line) => text.slice(line * width, (line + 1) * width));
}
