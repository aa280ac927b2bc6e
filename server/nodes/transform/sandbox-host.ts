/**
 * What the sandbox's thread does for the code in it, as a part of its program: the languages and time zones that QuickJS
 * does not know, addresses and encodings. Every function is pure, takes and gives JSON, and knows the names that it may
 * be asked for; one that takes long ends with its thread, like any other code.
 */
export const SANDBOX_HOST = `
const { randomUUID, randomBytes } = require("node:crypto");

const LOCALE = "en-US";
const MAX_FORMATTERS = 200;
// What a formatter takes is no memory of the sandbox, and is given back late.
const MAX_MADE = 2000;
const MAX_DIGITS = 1000;
const FORMATTERS = {
	DateTimeFormat: ["format", "formatToParts", "formatRange", "formatRangeToParts"],
	NumberFormat: ["format", "formatToParts", "formatRange", "formatRangeToParts"],
	PluralRules: ["select", "selectRange"],
	RelativeTimeFormat: ["format", "formatToParts"],
	ListFormat: ["format", "formatToParts"],
	Collator: ["compare"],
	DisplayNames: ["of"],
	Segmenter: ["segment"],
};
const DATE_TEXTS = ["toLocaleString", "toLocaleDateString", "toLocaleTimeString"];
const URL_PARTS = ["href", "origin", "protocol", "username", "password", "host", "hostname", "port", "pathname", "search", "hash"];
const formatters = new Map();
// By the job at work.
let formattersMade = 0;

function formatterOf(kind, locales, options) {
	if (!Object.hasOwn(FORMATTERS, kind)) throw new TypeError("Intl." + kind + " is not there");
	const key = JSON.stringify([kind, locales, options]);
	const known = formatters.get(key);
	if (known) return known;
	if (formattersMade >= MAX_MADE) throw new RangeError("At most " + MAX_MADE + " different formatters can be made. Make one and use it again");
	formattersMade += 1;
	const made = new Intl[kind](locales ?? LOCALE, options ?? undefined);
	if (formatters.size >= MAX_FORMATTERS) formatters.clear();
	formatters.set(key, made);
	return made;
}

// Numbers travel as text, since JSON knows neither NaN nor large integers.
function decode(value) {
	if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
	if ("n" in value) return Number(value.n);
	if (!("b" in value)) return value;
	if (value.b.length > MAX_DIGITS) throw new RangeError("An integer of more than " + MAX_DIGITS + " digits cannot be formatted");
	return BigInt(value.b);
}

const urlParts = (url) => Object.fromEntries(URL_PARTS.map((part) => [part, url[part]]));

const HOST = {
	intl(kind, locales, options, method, ...values) {
		const formatter = formatterOf(kind, locales, options);
		if (method === "resolvedOptions") return formatter.resolvedOptions();
		if (!FORMATTERS[kind].includes(method)) throw new TypeError(method + " is not there");
		const answer = formatter[method](...values.map(decode));
		return kind === "Segmenter" ? [...answer].map(({ segment, index, isWordLike }) => ({ segment, index, isWordLike })) : answer;
	},
	supportedLocales: (kind, locales) => Intl[Object.hasOwn(FORMATTERS, kind) ? kind : "NumberFormat"].supportedLocalesOf(locales ?? []),
	canonicalLocales: (locales) => Intl.getCanonicalLocales(locales ?? undefined),
	supportedValues: (key) => Intl.supportedValuesOf(key),
	dateText(method, time, locales, options) {
		if (!DATE_TEXTS.includes(method)) throw new TypeError(method + " is not there");
		return new Date(Number(time))[method](locales ?? LOCALE, options ?? undefined);
	},
	upper: (text, locales) => text.toLocaleUpperCase(locales ?? undefined),
	lower: (text, locales) => text.toLocaleLowerCase(locales ?? undefined),
	url: (text, base) => urlParts(base === null ? new URL(text) : new URL(text, base)),
	changeUrl(href, part, value) {
		const url = new URL(href);
		if (URL_PARTS.includes(part) && part !== "origin") url[part] = value;
		return urlParts(url);
	},
	readQuery: (text) => [...new URLSearchParams(text)],
	writeQuery: (pairs) => new URLSearchParams(pairs).toString(),
	btoa: (text) => btoa(text),
	atob: (text) => atob(text),
	encode: (text) => Buffer.from(text, "utf8").toString("latin1"),
	decoder: (label, options) => new TextDecoder(label ?? undefined, options ?? undefined).encoding,
	decode: (bytes, label, options) => new TextDecoder(label, options ?? undefined).decode(Buffer.from(bytes, "latin1")),
	uuid: () => randomUUID(),
	random(length) {
		if (length > 65536) throw new RangeError("At most 65536 random bytes at a time");
		return randomBytes(length).toString("latin1");
	},
};

function callHost(name, argumentsText) {
	try {
		if (!Object.hasOwn(HOST, name)) throw new TypeError(name + " is not there");
		return JSON.stringify({ value: HOST[name](...JSON.parse(argumentsText)) });
	} catch (error) {
		return JSON.stringify({ error: { name: String(error?.name ?? "Error"), message: String(error?.message ?? error) } });
	}
}
`;
