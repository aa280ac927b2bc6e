import { AppWindow, Copy } from "lucide-react";
import { RadioGroup } from "radix-ui";
import { describeNode } from "@/components/canvas/drawing/describe-node";
import { NodeIcon } from "@/components/canvas/nodes/node-icon";
import { Avatar } from "@/components/ui/avatar";
import { cn } from "@/components/ui/class-names";
import { IconTile } from "@/components/ui/icon-tile";
import { countOf } from "@/server/nodes/summary-text";
import type { Side } from "@/server/plan/merge/merge-conflict";
import type { PlanNode } from "@/server/plan/plan";
import type { Question } from "./explain-conflict";

type Faces = Readonly<Record<Side, string>> | undefined;

interface ConflictCardProps {
	title: string;
	/** The step that it is about. */
	node: PlanNode | undefined;
	questions: readonly Question[];
	chosen: Readonly<Record<string, Side>>;
	names: Readonly<Record<Side, string>>;
	faces: Faces;
	selected: boolean;
	onChoose: (id: string, side: Side) => void;
	onSelect: () => void;
}

/** What both changed differently about one thing: each field with its two values, to choose one of. */
export function ConflictCard(props: ConflictCardProps) {
	const { title, node, questions, chosen, names, faces, selected, onChoose, onSelect } = props;
	const look = node && describeNode(node);
	return (
		<section
			aria-label={`Conflict: ${title}`}
			className={cn(
				"mx-4 mb-3 scroll-mt-3 overflow-hidden rounded-3 border border-[color-mix(in_oklab,var(--retrying)_45%,var(--line))]",
				selected && "border-retrying",
			)}
		>
			<h4 className="border-line-soft border-b bg-page font-medium">
				<button
					type="button"
					className="flex h-9 w-full items-center gap-2 px-3 text-left phone:h-11"
					onClick={onSelect}
				>
					{look && (
						<IconTile category={look.category} size="small">
							<NodeIcon name={look.icon} />
						</IconTile>
					)}
					<span className="truncate">{title}</span>
					<span className="ml-auto flex-none font-normal text-12 text-ink-3">{countOf(questions.length, "field")}</span>
				</button>
			</h4>
			{questions.map((question) => (
				<Choice
					key={question.id}
					question={question}
					names={names}
					faces={faces}
					value={chosen[question.id]}
					onChange={(side) => onChoose(question.id, side)}
				/>
			))}
		</section>
	);
}

const SIDES = ["mine", "theirs"] as const;
/** Letters that fit beside a face, and beside a name. Longer answers stand one below the other and show all of their lines. */
const SHORT = { faces: 16, names: 7 };

interface ChoiceProps {
	question: Question;
	names: Readonly<Record<Side, string>>;
	faces: Faces;
	value: Side | undefined;
	onChange: (side: Side) => void;
}

function Choice({ question, names, faces, value, onChange }: ChoiceProps) {
	const { label, was, answers } = question;
	const short = faces ? SHORT.faces : SHORT.names;
	const isLong = SIDES.some((side) => answers[side].length > short || answers[side].includes("\n"));
	return (
		<div className="border-line-soft px-3 pt-2 pb-2.5 not-first-of-type:border-t">
			<div className="mb-1 flex gap-2 text-12">
				<span className="flex-none font-medium text-ink-2">{label}</span>
				{was && (
					<span className="ml-auto min-w-0 truncate text-ink-3" title={was}>
						{was}
					</span>
				)}
			</div>
			<RadioGroup.Root
				aria-label={label}
				value={value ?? ""}
				onValueChange={(side) => onChange(side === "mine" ? "mine" : "theirs")}
				className={cn("grid gap-2", !isLong && "grid-cols-2")}
			>
				{SIDES.map((side) => (
					<Answer key={side} side={side} name={names[side]} faces={faces} text={answers[side]} isLong={isLong} />
				))}
			</RadioGroup.Root>
		</div>
	);
}

/** Whose side it is: a person, or one of two tabs of the same one. */
export function SideMark({ side, faces }: { side: Side; faces: Faces }) {
	if (faces) return <Avatar name={faces[side]} size="small" />;
	const Icon = side === "mine" ? AppWindow : Copy;
	return <Icon aria-hidden="true" className={cn("size-4 flex-none", side === "mine" ? "text-accent" : "text-ink-3")} />;
}

interface AnswerProps {
	side: Side;
	name: string;
	faces: Faces;
	text: string;
	isLong: boolean;
}

function Answer({ side, name, faces, text, isLong }: AnswerProps) {
	return (
		<RadioGroup.Item
			value={side}
			aria-label={`${name}: ${text}`}
			className={cn(
				"group flex min-h-8 min-w-0 items-center gap-2 rounded-2 border border-line-strong bg-panel pr-2.5 pl-2 text-left transition-colors phone:min-h-11",
				"data-[state=checked]:border-accent data-[state=checked]:bg-accent-soft data-[state=checked]:shadow-[inset_0_0_0_1px_var(--accent)]",
				isLong && "items-start py-1.5",
			)}
		>
			<span className="size-4 flex-none rounded-full border border-field bg-panel group-data-[state=checked]:border-[5px] group-data-[state=checked]:border-accent" />
			<span className={cn("flex flex-none items-center gap-1.5 text-12", isLong && "-my-0.5 min-h-5")}>
				<SideMark side={side} faces={faces} />
				{!faces && name}
			</span>
			<span
				className={cn(
					"min-w-0 font-mono text-11 [font-variant-ligatures:none]",
					isLong ? "max-h-32 overflow-y-auto whitespace-pre-wrap break-words leading-4" : "truncate",
				)}
				title={isLong ? undefined : text}
			>
				{text}
			</span>
		</RadioGroup.Item>
	);
}
