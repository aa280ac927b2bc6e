import { Search } from "lucide-react";
import type { ComponentProps } from "react";
import { cn } from "../class-names";
import { InputBox } from "./input";

interface SearchInputProps extends Omit<ComponentProps<typeof InputBox>, "type" | "size" | "icon" | "onChange"> {
	/** What is found: its accessible name, and what it says while it is empty unless told. */
	label: string;
	onSearch: (search: string) => void;
}

/** The field that narrows what stands around it. */
export function SearchInput({ label, placeholder = label, onSearch, className, ...rest }: SearchInputProps) {
	return (
		<InputBox
			type="search"
			size="bar"
			aria-label={label}
			placeholder={placeholder}
			icon={<Search aria-hidden="true" />}
			className={cn("[&::-webkit-search-cancel-button]:hidden", className)}
			maxLength={200}
			onChange={(event) => onSearch(event.target.value)}
			{...rest}
		/>
	);
}
