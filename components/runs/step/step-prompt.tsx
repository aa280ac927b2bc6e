import Link from "next/link";
import type { Outputs } from "@/components/trpc/types";

type UsedPrompt = Outputs["runs"]["get"]["prompts"][string];

/** Which prompt of the library a step uses, in which version. */
export function StepPrompt({ team, used }: { team: string; used: UsedPrompt | undefined }) {
	if (!used) return null;
	const name = `${used.name}, version ${used.version}`;
	return (
		<p className="px-4 pb-3 text-12 text-ink-2">
			Prompt:{" "}
			{used.isRemoved ? (
				`${name}, which has been deleted since`
			) : (
				<Link href={`/${team}/prompts/${used.name}`} className="text-accent hover:underline">
					{name}
				</Link>
			)}
		</p>
	);
}
