/**
 * Runs inside the sandbox before a person's code: what browsers and Node.js offer and QuickJS lacks, or gets wrong. A
 * function of `host(name, argumentsAsJson)`, which answers JSON.
 */
export const SANDBOX_GLOBALS = `
((host) => {
"use strict";
const { parse, stringify } = JSON;
const ERRORS = { TypeError, RangeError, SyntaxError };

const fail = (name, message) => {
	const error = new (ERRORS[name] ?? Error)(message);
	if (!(name in ERRORS)) error.name = name;
	throw error;
};
const call = (name, ...values) => {
	const { error, value } = parse(host(name, stringify(values)));
	return error ? fail(error.name, error.message) : value;
};
const define = (target, entries) => {
	for (const [name, value] of Object.entries(entries)) {
		Object.defineProperty(target, name, { value, writable: true, configurable: true, enumerable: false });
	}
};
const encode = (value) => {
	if (typeof value === "bigint") return { b: String(value) };
	if (typeof value === "number") return { n: String(value) };
	return value instanceof Date ? { n: String(value.getTime()) } : value;
};

const formatter = (kind, { bound = [], methods = [] }) => {
	const made = class {
		#ask;
		constructor(locales, options) {
			this.#ask = (method, values) => call("intl", kind, locales, options, method, ...values.map(encode));
			this.#ask("resolvedOptions", []);
		}
		static supportedLocalesOf(locales) { return call("supportedLocales", kind, locales); }
		resolvedOptions() { return this.#ask("resolvedOptions", []); }
		static ask(self, method, values) { return self.#ask(method, values); }
	};
	const { ask } = made;
	delete made.ask;
	const now = (values) => (kind === "DateTimeFormat" && values[0] === undefined ? [Date.now()] : values);
	for (const method of methods) define(made.prototype, { [method](...values) { return ask(this, method, now(values)); } });
	for (const method of bound) {
		Object.defineProperty(made.prototype, method, {
			configurable: true,
			get() { return (...values) => ask(this, method, now(values)); },
		});
	}
	Object.defineProperty(made, "name", { value: kind });
	// All but Segmenter and DisplayNames may be called without new.
	return new Proxy(made, { apply: (target, _self, values) => new target(...values) });
};
const ranges = ["formatToParts", "formatRange", "formatRangeToParts"];
const Intl = {
	DateTimeFormat: formatter("DateTimeFormat", { bound: ["format"], methods: ranges }),
	NumberFormat: formatter("NumberFormat", { bound: ["format"], methods: ranges }),
	PluralRules: formatter("PluralRules", { methods: ["select", "selectRange"] }),
	RelativeTimeFormat: formatter("RelativeTimeFormat", { methods: ["format", "formatToParts"] }),
	ListFormat: formatter("ListFormat", { methods: ["format", "formatToParts"] }),
	Collator: formatter("Collator", { bound: ["compare"] }),
	DisplayNames: formatter("DisplayNames", { methods: ["of"] }),
	Segmenter: formatter("Segmenter", { methods: ["segment"] }),
	getCanonicalLocales: (locales) => call("canonicalLocales", locales),
	supportedValuesOf: (key) => call("supportedValues", key),
};
define(globalThis, { Intl });

const formatNumber = (value, locales, options) => call("intl", "NumberFormat", locales, options, "format", encode(value));
define(Number.prototype, { toLocaleString(locales, options) { return formatNumber(this.valueOf(), locales, options); } });
define(BigInt.prototype, { toLocaleString(locales, options) { return formatNumber(this.valueOf(), locales, options); } });
for (const method of ["toLocaleString", "toLocaleDateString", "toLocaleTimeString"]) {
	define(Date.prototype, {
		[method](locales, options) { return call("dateText", method, String(this.getTime()), locales, options); },
	});
}
define(String.prototype, {
	localeCompare(other, locales, options) {
		return call("intl", "Collator", locales, options, "compare", String(this), String(other));
	},
	toLocaleUpperCase(locales) { return call("upper", String(this), locales); },
	toLocaleLowerCase(locales) { return call("lower", String(this), locales); },
});

class URLSearchParams {
	#pairs = [];
	#changed = () => {};
	constructor(init = "") {
		if (typeof init === "object" && init !== null) {
			const pairs = typeof init[Symbol.iterator] === "function" ? [...init] : Object.entries(init);
			this.#pairs = pairs.map(([name, value]) => [String(name), String(value)]);
		} else this.#pairs = call("readQuery", String(init));
	}
	static watch(params, changed) { params.#changed = changed; }
	static replace(params, text) { params.#pairs = call("readQuery", text); }
	get size() { return this.#pairs.length; }
	append(name, value) { this.#pairs.push([String(name), String(value)]); this.#changed(this.toString()); }
	delete(name, value) { this.#keep((pair) => pair[0] !== String(name) || (value !== undefined && pair[1] !== String(value))); }
	#keep(isKept) { this.#pairs = this.#pairs.filter(isKept); this.#changed(this.toString()); }
	get(name) { return this.getAll(name)[0] ?? null; }
	getAll(name) { return this.#pairs.filter((pair) => pair[0] === String(name)).map((pair) => pair[1]); }
	has(name, value) { return this.getAll(name).some((one) => value === undefined || one === String(value)); }
	set(name, value) {
		const at = this.#pairs.findIndex((pair) => pair[0] === String(name));
		if (at < 0) return this.append(name, value);
		this.#pairs[at] = [String(name), String(value)];
		this.#keep((pair, index) => index === at || pair[0] !== String(name));
	}
	sort() { this.#pairs.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0)); this.#changed(this.toString()); }
	forEach(visit, self) { for (const [name, value] of this) visit.call(self, value, name, this); }
	*keys() { for (const [name] of this.#pairs) yield name; }
	*values() { for (const [, value] of this.#pairs) yield value; }
	*entries() { for (const [name, value] of this.#pairs) yield [name, value]; }
	[Symbol.iterator]() { return this.entries(); }
	toString() { return call("writeQuery", this.#pairs); }
}
const { watch, replace } = URLSearchParams;
delete URLSearchParams.watch;
delete URLSearchParams.replace;

class URL {
	#parts;
	#params;
	constructor(text, base) {
		this.#parts = call("url", String(text), base === undefined ? null : String(base));
		this.#params = new URLSearchParams(this.#parts.search);
		watch(this.#params, (query) => { this.#parts = call("changeUrl", this.#parts.href, "search", query); });
	}
	static canParse(text, base) { return URL.parse(text, base) !== null; }
	static parse(text, base) { try { return new URL(text, base); } catch { return null; } }
	static part(url, name) { return url.#parts[name]; }
	static change(url, name, value) {
		const parts = name === "href" ? call("url", value, null) : call("changeUrl", url.#parts.href, name, value);
		url.#parts = parts;
		replace(url.#params, parts.search);
	}
	get searchParams() { return this.#params; }
	toString() { return this.#parts.href; }
	toJSON() { return this.#parts.href; }
}
const { part, change } = URL;
delete URL.part;
delete URL.change;
for (const name of ["href", "protocol", "username", "password", "host", "hostname", "port", "pathname", "search", "hash"]) {
	Object.defineProperty(URL.prototype, name, {
		configurable: true,
		enumerable: true,
		get() { return part(this, name); },
		set(value) { change(this, name, String(value)); },
	});
}
Object.defineProperty(URL.prototype, "origin", { configurable: true, enumerable: true, get() { return part(this, "origin"); } });

const toBytes = (text) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const viewOf = (data) => {
	if (data instanceof ArrayBuffer) return new Uint8Array(data);
	if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
	return fail("TypeError", "Bytes are expected: an ArrayBuffer or a view of one");
};
const toLatin = (bytes) => {
	const pieces = [];
	for (let at = 0; at < bytes.length; at += 8192) pieces.push(String.fromCharCode.apply(null, bytes.subarray(at, at + 8192)));
	return pieces.join("");
};
class TextEncoder {
	get encoding() { return "utf-8"; }
	encode(text = "") { return toBytes(call("encode", String(text))); }
}
class TextDecoder {
	#options;
	#encoding;
	constructor(label = "utf-8", { fatal = false, ignoreBOM = false } = {}) {
		this.#options = { fatal, ignoreBOM };
		this.#encoding = call("decoder", String(label), this.#options);
	}
	get encoding() { return this.#encoding; }
	decode(data = new Uint8Array(), { stream = false } = {}) {
		if (stream) fail("TypeError", "Bytes are decoded as a whole here, not as a stream");
		return call("decode", toLatin(viewOf(data)), this.#encoding, this.#options);
	}
}
const crypto = Object.freeze({
	randomUUID: () => call("uuid"),
	getRandomValues(array) {
		const view = viewOf(array);
		view.set(toBytes(call("random", view.length)));
		return array;
	},
});

const uncloneable = (value) => fail("DataCloneError", "A " + typeof value + " could not be cloned");
const clone = (value, seen) => {
	if (typeof value === "function" || typeof value === "symbol") return uncloneable(value);
	if (typeof value !== "object" || value === null) return value;
	if (seen.has(value)) return seen.get(value);
	const keep = (copy) => { seen.set(value, copy); return copy; };
	if (value instanceof Date) return keep(new Date(value.getTime()));
	if (value instanceof RegExp) return keep(new RegExp(value.source, value.flags));
	if (value instanceof ArrayBuffer) return keep(value.slice(0));
	if (value instanceof DataView) return keep(new DataView(clone(value.buffer, seen), value.byteOffset, value.byteLength));
	if (ArrayBuffer.isView(value)) return keep(new value.constructor(clone(value.buffer, seen), value.byteOffset, value.length));
	if (value instanceof Map) {
		const copy = keep(new Map());
		for (const [key, item] of value) copy.set(clone(key, seen), clone(item, seen));
		return copy;
	}
	if (value instanceof Set) {
		const copy = keep(new Set());
		for (const item of value) copy.add(clone(item, seen));
		return copy;
	}
	if (value instanceof Error) return keep(Object.assign(new (ERRORS[value.name] ?? Error)(value.message), { stack: value.stack }));
	if (value instanceof Promise || value instanceof WeakMap || value instanceof WeakSet) return uncloneable(value);
	const copy = keep(Array.isArray(value) ? new Array(value.length) : {});
	for (const key of Object.keys(value)) {
		Object.defineProperty(copy, key, { value: clone(value[key], seen), writable: true, enumerable: true, configurable: true });
	}
	return copy;
};

define(globalThis, {
	URL,
	URLSearchParams,
	TextEncoder,
	TextDecoder,
	crypto,
	btoa: (text) => call("btoa", String(text)),
	atob: (text) => call("atob", String(text)),
	structuredClone: (value) => clone(value, new Map()),
});
})
`;
