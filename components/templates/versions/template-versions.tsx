import Link from "next/link";
import { Avatar } from "../../ui/avatar";
import { Chip } from "../../ui/chip";
import { RelativeTime } from "../../ui/relative-time";
import type { TemplateData, TemplateVersion } from "../template-data";
import { templatePath } from "../template-query";

interface TemplateVersionsProps {
	base: string;
	template: TemplateData;
}

/** What was published before, when, by whom and why; each leads to the template as it was. */
export function TemplateVersions({ base, template: { slug, version: shown, versions } }: TemplateVersionsProps) {
	return (
		<section className="border-line border-t pt-3 pb-2 max-lg:order-last">
			<h2 className="mb-1 px-5 text-13 phone:px-4">Versions</h2>
			<ol className="max-h-44 overflow-y-auto max-lg:max-h-none">
				{versions.map((version, index) => (
					<VersionRow
						key={version.version}
						version={version}
						href={templatePath(base, slug, index === 0 ? {} : { version: version.version })}
						isNewest={index === 0}
						isShown={version.version === shown}
					/>
				))}
			</ol>
		</section>
	);
}

interface VersionRowProps {
	version: TemplateVersion;
	href: string;
	isNewest: boolean;
	isShown: boolean;
}

function VersionRow({ version: { version, note, author, at, hasSample }, href, isNewest, isShown }: VersionRowProps) {
	return (
		<li className="relative flex min-h-9 items-center gap-3 border-line-soft px-5 hover:bg-fill has-aria-[current]:bg-fill phone:min-h-14 phone:flex-wrap phone:gap-y-0 phone:px-4 phone:py-2 [&+li]:border-t">
			<Link
				href={href}
				aria-current={isShown ? "page" : undefined}
				aria-label={`Version ${version}`}
				className="w-9 flex-none font-medium tabular-nums after:absolute after:inset-0"
			>
				v{version}
			</Link>
			{isNewest && <Chip tone="good">newest</Chip>}
			<span className="min-w-0 flex-1 truncate text-ink-2" title={note || undefined}>
				{note || <span className="text-ink-3">{version === 1 ? "First version" : "No note"}</span>}
			</span>
			{hasSample && <Chip>with a run</Chip>}
			{author !== null && (
				<span className="flex w-36 flex-none items-center gap-1.5 text-12 text-ink-2 phone:w-auto">
					<Avatar name={author} size="small" />
					<span className="truncate">{author}</span>
				</span>
			)}
			<RelativeTime at={at} className="w-24 flex-none text-right text-12 text-ink-3" />
		</li>
	);
}
