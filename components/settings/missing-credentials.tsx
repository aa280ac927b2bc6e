import { TriangleAlert } from "lucide-react";
import Link from "next/link";
import type { Outputs } from "../trpc/types";

type Missing = Outputs["credentials"]["list"]["missing"][number];

interface MissingCredentialsProps {
	team: string;
	missing: readonly Missing[];
	/** Adds one of this name. */
	onAdd: (name: string) => void;
}

/** Credentials that workflows read and nobody has added, or somebody has removed. */
export function MissingCredentials({ team, missing, onAdd }: MissingCredentialsProps) {
	return (
		<section
			aria-label="Missing credentials"
			className="mt-4 max-h-[264px] divide-y divide-line-soft overflow-y-auto rounded-3 border border-line bg-sunken text-12"
		>
			{missing.map((each) => (
				<div key={each.name} className="flex gap-2.5 px-3 py-2.5 text-ink-2 phone:pb-0.5">
					<TriangleAlert aria-hidden="true" className="mt-px size-4 flex-none text-retrying" />
					<p className="min-w-0 [overflow-wrap:anywhere]">
						<Readers team={team} missing={each} /> <code className="text-11 text-ink">{each.name}</code>, which does not
						exist.{" "}
						<button
							type="button"
							className="rounded-1 text-accent hover:underline phone:block phone:min-h-11"
							onClick={() => onAdd(each.name)}
						>
							Add {each.name}
						</button>
					</p>
				</div>
			))}
		</section>
	);
}

/** The steps of the workflow that needs it most, and how many others do. */
function Readers({ team, missing: { uses, usedBy } }: { team: string; missing: Missing }) {
	const [first] = usedBy;
	if (!first) return null;
	const others = uses - 1;
	return (
		<>
			<span className="font-medium text-ink">{first.steps.join(", ")}</span> in{" "}
			<Link href={`/${team}/workflows/${first.slug}`} className="underline-offset-2 hover:underline">
				{first.name}
			</Link>
			{others > 0 && ` and ${others === 1 ? "one more workflow" : `${others} more workflows`}`}
			{first.steps.length + others === 1 ? " reads" : " read"}
		</>
	);
}
