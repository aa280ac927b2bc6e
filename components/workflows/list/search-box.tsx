"use client";

import { useEffect, useRef } from "react";
import { SearchInput } from "../../ui/forms/search-input";
import { Kbd } from "../../ui/kbd";
import { isTyping } from "../yaml/use-yaml-drop";

/** Narrows a list as one types; `/` leads into it from anywhere on the page, Escape empties it. */
export function SearchBox({ value, onChange }: { value: string; onChange: (value: string) => void }) {
	const input = useRef<HTMLInputElement>(null);
	useEffect(() => {
		const focus = (event: KeyboardEvent) => {
			if (event.key !== "/" || event.metaKey || event.ctrlKey || isTyping(event.target)) return;
			event.preventDefault();
			input.current?.focus();
		};
		addEventListener("keydown", focus);
		return () => removeEventListener("keydown", focus);
	}, []);
	return (
		<SearchInput
			label="Find a workflow"
			ref={input}
			end={value === "" && <Kbd>/</Kbd>}
			boxClassName="w-[232px] phone:w-auto phone:flex-1"
			value={value}
			onSearch={onChange}
			onKeyDown={(event) => event.key === "Escape" && onChange("")}
		/>
	);
}
