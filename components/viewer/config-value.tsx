import { Braces } from "lucide-react";
import { Fragment } from "react";
import { cn } from "@/components/ui/class-names";
import { summarizeSeconds } from "@/server/nodes/summary-text";
import type { Json } from "@/server/plan/values/json";
import { type ConfigEntry, splitReferences } from "./read-config";

const MONO_WIDGETS: readonly ConfigEntry["widget"][] = ["code", "cel", "json", "json-schema"];

/** A setting's value, read-only: references are chips, code is set in mono, lists are lists. */
export function ConfigValue({ entry }: { entry: ConfigEntry }) {
	const { value, widget, isDefault } = entry;
	if (value === undefined || value === "" || isEmpty(value)) return <Box faint>Not set</Box>;
	if (widget === "duration" && typeof value === "number") return <Box faint={isDefault}>{summarizeSeconds(value)}</Box>;
	if (typeof value === "string") {
		return (
			<Box mono={MONO_WIDGETS.includes(widget)} faint={isDefault}>
				<ReferenceText text={value} />
			</Box>
		);
	}
	if (typeof value === "boolean") return <Box faint={isDefault}>{value ? "Yes" : "No"}</Box>;
	if (typeof value === "number") return <Box faint={isDefault}>{value.toLocaleString("en-US")}</Box>;
	if (!Array.isArray(value) && value !== null && widget === "key-value") return <KeyValues value={value} />;
	if (widget === "form-fields" && Array.isArray(value)) return <FormQuestions value={value} />;
	return (
		<Box mono>
			<ReferenceText text={JSON.stringify(value, null, 2)} />
		</Box>
	);
}

interface BoxProps {
	mono?: boolean;
	faint?: boolean;
	children: React.ReactNode;
}

function Box({ mono, faint, children }: BoxProps) {
	return (
		<div
			className={cn(
				"max-h-80 overflow-y-auto whitespace-pre-wrap break-words rounded-2 border border-line bg-sunken px-2.5 py-1.5",
				mono && "font-mono text-11 leading-[18px] [font-variant-ligatures:none]",
				faint && "text-ink-3",
			)}
		>
			{children}
		</div>
	);
}

function ReferenceText({ text }: { text: string }) {
	return splitReferences(text).map((piece, index) => (
		// biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have no other name
		<Fragment key={index}>{"text" in piece ? piece.text : <ReferenceChip path={piece.reference} />}</Fragment>
	));
}

function ReferenceChip({ path }: { path: string }) {
	return (
		<span className="inline-flex max-w-full items-center gap-1 rounded-1 bg-accent-soft px-[5px] align-[1px] font-mono text-11 text-accent [font-variant-ligatures:none]">
			<Braces aria-hidden="true" className="size-[11px] flex-none" strokeWidth={2.25} />
			<span className="truncate">{path}</span>
		</span>
	);
}

function KeyValues({ value }: { value: { [key: string]: Json } }) {
	return (
		<dl className="overflow-hidden rounded-2 border border-line bg-sunken font-mono text-11 [font-variant-ligatures:none]">
			{Object.entries(value).map(([key, child]) => (
				<div key={key} className="flex gap-2 border-line-soft px-2.5 py-1.5 [&+div]:border-t">
					<dt className="flex-none text-(--code-key)">{key}</dt>
					<dd className="min-w-0 break-words">
						<ReferenceText text={typeof child === "string" ? child : JSON.stringify(child)} />
					</dd>
				</div>
			))}
		</dl>
	);
}

function FormQuestions({ value }: { value: Json[] }) {
	return (
		<ul className="overflow-hidden rounded-2 border border-line bg-sunken text-12">
			{value.map((field, index) => {
				const { label, name, type } = questionOf(field);
				return (
					// biome-ignore lint/suspicious/noArrayIndexKey: drafts may name two fields alike
					<li key={index} className="flex items-center gap-2 border-line-soft px-2.5 py-1.5 [&+li]:border-t">
						<span className="min-w-0 truncate">{label || name}</span>
						<span className="ml-auto flex-none font-mono text-11 text-(--code-keyword)">{type}</span>
					</li>
				);
			})}
		</ul>
	);
}

function questionOf(field: Json): { label: string; name: string; type: string } {
	const parts = typeof field === "object" && field !== null && !Array.isArray(field) ? field : {};
	const text = (key: string) => (typeof parts[key] === "string" ? parts[key] : "");
	return { label: text("label"), name: text("name"), type: text("type") };
}

function isEmpty(value: Json): boolean {
	return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}
