"use client";

import { useQuery } from "@tanstack/react-query";
import { type ChangeEvent, type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { Avatar } from "@/components/ui/avatar";
import { cn } from "@/components/ui/class-names";
import { Textarea } from "@/components/ui/forms/input";
import type { Person } from "@/server/comments/mention-text";
import { findMention, matchPeople, type OpenMention } from "./find-mention";

interface MentionFieldProps {
	team: string;
	label: string;
	placeholder?: string;
	value: string;
	onChange: (text: string) => void;
	/** Ctrl or Cmd with Enter. */
	onSend: () => void;
	/** Escape, where no list is open. */
	onEscape?: () => void;
	autoFocus?: boolean;
}

/** A text with a list of the team's people behind `@`: arrows, Enter or Tab take one, Escape closes the list first. */
export function MentionField(props: MentionFieldProps) {
	const { value, onChange } = props;
	const id = useId();
	const field = useRef<HTMLTextAreaElement>(null);
	const { people, open, setOpen, chosen, setChosen } = useMatches(props.team);
	const caret = useCaret(field, value);

	const take = (person: Person) => {
		if (!open) return;
		const before = `${value.slice(0, open.at)}@${person.label} `;
		caret.put(before.length);
		onChange(before + value.slice(open.at + 1 + open.query.length));
		setOpen(undefined);
	};
	const look = (target: HTMLTextAreaElement) => setOpen(findMention(target.value, target.selectionStart));
	const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
		if (event.nativeEvent.isComposing) return;
		if (people.length > 0 && openKey(event.key, { people, chosen, take, setChosen, close: () => setOpen(undefined) })) {
			event.preventDefault();
			event.stopPropagation();
		} else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
			event.preventDefault();
			props.onSend();
		} else if (event.key === "Escape" && props.onEscape) {
			event.stopPropagation();
			props.onEscape();
		}
	};
	return (
		<div className="relative grid min-w-0">
			<Textarea
				ref={field}
				// As tall as what is written, up to a third of the screen.
				className="field-sizing-content max-h-[33dvh] min-h-15"
				autoFocus={props.autoFocus}
				aria-label={props.label}
				placeholder={props.placeholder}
				aria-autocomplete="list"
				aria-controls={people.length > 0 ? id : undefined}
				aria-activedescendant={people.length > 0 ? `${id}-${chosen}` : undefined}
				value={value}
				onChange={(event: ChangeEvent<HTMLTextAreaElement>) => {
					onChange(event.target.value);
					look(event.target);
				}}
				onClick={(event) => look(event.currentTarget)}
				onBlur={() => setOpen(undefined)}
				onKeyDown={onKeyDown}
			/>
			{people.length > 0 && <PeopleList id={id} people={people} chosen={chosen} onTake={take} />}
			<span className="sr-only" aria-live="polite">
				{people.length > 0 && `${people.length} ${people.length === 1 ? "person" : "people"} to mention`}
			</span>
		</div>
	);
}

const NOBODY: readonly Person[] = [];

function useMatches(team: string) {
	const trpc = useTRPC();
	const [open, setOpen] = useState<OpenMention>();
	const [chosen, setChosen] = useState(0);
	const { data } = useQuery(
		trpc.comments.people.queryOptions({ team }, { enabled: open !== undefined, staleTime: 30_000 }),
	);
	const people = open && data ? matchPeople(data, open.query) : NOBODY;
	const at = Math.min(chosen, Math.max(0, people.length - 1));
	const reopen = (next: OpenMention | undefined) => {
		if (next?.query !== open?.query || next?.at !== open?.at) setChosen(0);
		setOpen(next);
	};
	return { people, open, setOpen: reopen, chosen: at, setChosen };
}

/** Puts the caret behind what was put in, once the field shows it. */
function useCaret(field: React.RefObject<HTMLTextAreaElement | null>, value: string) {
	const wanted = useRef<number>(undefined);
	// biome-ignore lint/correctness/useExhaustiveDependencies: after each change of the text
	useLayoutEffect(() => {
		if (wanted.current === undefined) return;
		field.current?.setSelectionRange(wanted.current, wanted.current);
		wanted.current = undefined;
	}, [value]);
	return {
		put(position: number) {
			wanted.current = position;
			field.current?.focus();
		},
	};
}

interface OpenList {
	people: readonly Person[];
	chosen: number;
	take: (person: Person) => void;
	setChosen: (index: number) => void;
	close: () => void;
}

/** What a key does to the open list; false when nothing. */
function openKey(key: string, { people, chosen, take, setChosen, close }: OpenList): boolean {
	const person = people[chosen];
	if (key === "ArrowDown") setChosen((chosen + 1) % people.length);
	else if (key === "ArrowUp") setChosen((chosen + people.length - 1) % people.length);
	else if ((key === "Enter" || key === "Tab") && person) take(person);
	else if (key === "Escape") close();
	else return false;
	return true;
}

/** Below a field at the end of a panel the list would open where nobody looks. */
function bringIntoView(list: HTMLElement | null): void {
	list?.scrollIntoView({ block: "nearest" });
}

interface PeopleListProps {
	id: string;
	people: readonly Person[];
	chosen: number;
	onTake: (person: Person) => void;
}

function PeopleList({ id, people, chosen, onTake }: PeopleListProps) {
	return (
		<div
			ref={bringIntoView}
			id={id}
			role="listbox"
			aria-label="People"
			tabIndex={-1}
			className="mt-1 overflow-hidden rounded-3 border border-line bg-panel py-1 shadow-2"
			// The focus stays in the text.
			onMouseDown={(event) => event.preventDefault()}
		>
			{people.map((person, index) => (
				<div
					key={person.id}
					id={`${id}-${index}`}
					role="option"
					tabIndex={-1}
					aria-selected={index === chosen}
					className={cn(
						"flex min-h-8 min-w-0 cursor-default items-center gap-2 px-2.5 phone:min-h-11",
						index === chosen && "bg-fill",
					)}
					onClick={() => onTake(person)}
					onKeyDown={() => {}}
				>
					<Avatar name={person.name} size="small" />
					<span className="min-w-0 truncate">{person.label}</span>
				</div>
			))}
		</div>
	);
}
