"use client";

import { Search } from "lucide-react";
import { useEffect, useRef } from "react";
import { InputBox } from "../../ui/forms/input";
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
		<InputBox
			ref={input}
			type="search"
			size="bar"
			aria-label="Find a workflow"
			placeholder="Find a workflow"
			icon={<Search aria-hidden="true" />}
			end={value === "" && <Kbd>/</Kbd>}
			boxClassName="w-[232px] phone:w-auto phone:flex-1"
			className="[&::-webkit-search-cancel-button]:hidden"
			value={value}
			onChange={(event) => onChange(event.target.value)}
			onKeyDown={(event) => event.key === "Escape" && onChange("")}
		/>
	);
}
