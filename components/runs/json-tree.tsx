"use client";

import { ChevronDown, ChevronRight, Lock } from "lucide-react";
import { Fragment, useState } from "react";
import type { Json } from "@/server/plan/json";

/** What the server puts in the place of a secret. */
const REDACTED = "•••";
const OPEN_DEPTH = 2;
const MANY = 100;
const LONG = 400;

/** A JSON value as a tree that folds; secrets are chips. */
export function JsonTree({ value }: { value: Json }) {
	if (!isBranch(value)) return <Frame>{<Leaf value={value} />}</Frame>;
	return (
		<Frame>
			<Entries value={value} depth={0} />
		</Frame>
	);
}

function Frame({ children }: { children: React.ReactNode }) {
	return (
		<div className="overflow-x-auto px-4 pb-2.5 font-mono text-[11px] leading-[18px] [font-variant-ligatures:none]">
			{children}
		</div>
	);
}

type Branch = Json[] | { [key: string]: Json };

function isBranch(value: Json): value is Branch {
	return typeof value === "object" && value !== null && Object.keys(value).length > 0;
}

function Entries({ value, depth }: { value: Branch; depth: number }) {
	const [all, setAll] = useState(false);
	const entries = Object.entries(value);
	const shown = all ? entries : entries.slice(0, MANY);
	return (
		<>
			{shown.map(([key, child]) => (
				<Entry key={key} name={Array.isArray(value) ? undefined : key} value={child} depth={depth} />
			))}
			{shown.length < entries.length && (
				<button type="button" className="text-accent" style={indent(depth)} onClick={() => setAll(true)}>
					{entries.length - shown.length} more
				</button>
			)}
		</>
	);
}

interface EntryProps {
	name: string | undefined;
	value: Json;
	depth: number;
}

function Entry({ name, value, depth }: EntryProps) {
	const [open, setOpen] = useState(depth < OPEN_DEPTH - 1);
	const key = name === undefined ? null : <span className="text-(--code-key)">{name}</span>;
	if (!isBranch(value)) {
		return (
			<div style={indent(depth)} className="whitespace-pre-wrap break-words">
				{key}
				{key && ": "}
				<Leaf value={value} />
			</div>
		);
	}
	const [left, right] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
	const Chevron = open ? ChevronDown : ChevronRight;
	return (
		<>
			<button
				type="button"
				aria-expanded={open}
				style={indent(depth)}
				className="relative flex w-full items-center text-left hover:bg-fill"
				onClick={() => setOpen(!open)}
			>
				<Chevron aria-hidden="true" className="-ml-3 mr-0.5 size-2.5 flex-none text-ink-3" strokeWidth={2.5} />
				{key}
				{key && ": "}
				{open ? left : `${left} ${Object.keys(value).length} ${right}`}
			</button>
			{open && (
				<>
					<Entries value={value} depth={depth + 1} />
					<div style={indent(depth)}>{right}</div>
				</>
			)}
		</>
	);
}

function indent(depth: number) {
	return { paddingLeft: 12 + depth * 14 };
}

function Leaf({ value }: { value: Json }) {
	if (typeof value === "string") return <Text value={value} />;
	if (typeof value === "number") return <span className="text-(--code-number)">{value}</span>;
	if (typeof value === "boolean") return <span className="text-(--code-keyword)">{String(value)}</span>;
	return (
		<span className="text-(--code-comment)">{value === null ? "null" : Array.isArray(value) ? "[ ]" : "{ }"}</span>
	);
}

function Text({ value }: { value: string }) {
	const [all, setAll] = useState(false);
	const text = value.replace(/\n+$/, "");
	const shown = all || text.length <= LONG ? text : text.slice(0, LONG);
	return (
		<span className="text-(--code-string)">
			"<WithChips text={shown} />
			{shown.length < text.length ? (
				<button type="button" className="ml-1 text-accent" onClick={() => setAll(true)}>
					… {text.length - shown.length} more characters
				</button>
			) : (
				'"'
			)}
		</span>
	);
}

function WithChips({ text }: { text: string }) {
	const parts = text.split(REDACTED);
	return parts.map((part, index) => (
		// biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have no other name
		<Fragment key={index}>
			{part}
			{index < parts.length - 1 && <RedactedChip />}
		</Fragment>
	));
}

function RedactedChip() {
	return (
		<span className="inline-flex h-4 items-center gap-1 rounded-1 border border-line-strong bg-[repeating-linear-gradient(135deg,var(--fill)_0_3px,var(--panel)_3px_6px)] px-[5px] align-[-3px] font-medium font-sans text-11 text-ink-2">
			<Lock aria-hidden="true" className="size-2.5" strokeWidth={2.25} />
			secret
		</span>
	);
}

/** `3 values`, `7 items`, `none`: what stands at the right of a section that holds a value. */
export function countValues(value: Json | undefined | null): string {
	if (value === undefined || value === null) return "none";
	if (Array.isArray(value)) return `${value.length} ${value.length === 1 ? "item" : "items"}`;
	if (typeof value !== "object") return typeof value;
	const count = Object.keys(value).length;
	if (count === 0) return "none";
	return `${count} ${count === 1 ? "value" : "values"}`;
}
