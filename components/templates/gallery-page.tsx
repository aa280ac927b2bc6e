import { Search, SearchX } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { PageHead } from "../shell/page-head";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/empty-state";
import { InputBox } from "../ui/forms/input";
import { PillLink } from "../ui/pill-link";
import { type Gallery, type GalleryQuery, galleryPath } from "./gallery-data";
import { TemplateCard } from "./template-card";

interface GalleryPageProps {
	/** The address of the gallery: everybody's, or the one inside a team. */
	base: string;
	/** For those who may do more than look. */
	actions?: ReactNode;
	query: GalleryQuery;
	gallery: Gallery;
}

/** The templates to begin with. All of it works by its address alone. */
export function GalleryPage({ base, actions, query, gallery }: GalleryPageProps) {
	return (
		<>
			<PageHead title="Templates" count={gallery.items.length} actions={actions} />
			{gallery.waiting.length > 0 && <Waiting base={base} waiting={gallery.waiting} />}
			<Filters base={base} query={query} gallery={gallery} />
			<div className="min-h-0 flex-1 overflow-y-auto">
				{gallery.items.length === 0 ? (
					<NothingFound base={base} query={query} />
				) : (
					<ul className="grid grid-cols-3 gap-4 p-5 max-lg:grid-cols-2 phone:grid-cols-1 phone:p-4">
						{gallery.items.map((item) => (
							<TemplateCard key={item.slug} base={base} item={item} />
						))}
					</ul>
				)}
			</div>
		</>
	);
}

/** For administrators of the instance: what somebody wants everybody to see. */
function Waiting({ base, waiting }: { base: string; waiting: Gallery["waiting"] }) {
	return (
		<div
			role="status"
			className="flex flex-none flex-wrap items-center gap-x-3 gap-y-1 border-line border-b bg-waiting-soft px-5 py-2.5 phone:px-4"
		>
			<span className="font-medium">Waiting for your approval</span>
			{waiting.map(({ slug, name, publisher }) => (
				<Link
					key={slug}
					href={`${base}/${slug}`}
					className="rounded-1 text-accent underline phone:inline-flex phone:min-h-11 phone:items-center"
				>
					{name} by {publisher}
				</Link>
			))}
		</div>
	);
}

function Filters({ base, query, gallery }: GalleryPageProps) {
	return (
		<div className="flex flex-none items-center gap-x-4 gap-y-2 border-line-soft border-b px-5 py-2 max-lg:flex-wrap phone:px-4">
			<SearchForm base={base} query={query} />
			<nav aria-label="Categories" className="flex gap-1 overflow-x-auto phone:-mx-4 phone:w-dvw phone:px-4">
				<PillLink href={galleryPath(base, { ...query, category: undefined })} on={query.category === undefined}>
					All <Count>{gallery.found}</Count>
				</PillLink>
				{gallery.categories.map(({ id, label, count }) => (
					<PillLink key={id} href={galleryPath(base, { ...query, category: id })} on={query.category === id}>
						{label} <Count>{count}</Count>
					</PillLink>
				))}
			</nav>
			<nav
				aria-label="Order"
				className="ml-auto flex flex-none gap-1 phone:-mx-4 phone:w-dvw phone:overflow-x-auto phone:px-4"
			>
				{(gallery.own > 0 || query.own) && (
					<PillLink href={galleryPath(base, { ...query, own: !query.own })} on={query.own}>
						From my team <Count>{gallery.own}</Count>
					</PillLink>
				)}
				<PillLink href={galleryPath(base, { ...query, keyless: !query.keyless })} on={query.keyless}>
					Needs no key
				</PillLink>
				<span aria-hidden="true" className="mx-1 w-px bg-line" />
				<PillLink href={galleryPath(base, { ...query, sort: "used" })} on={query.sort === "used"}>
					Most used
				</PillLink>
				<PillLink href={galleryPath(base, { ...query, sort: "name" })} on={query.sort === "name"}>
					By name
				</PillLink>
				<PillLink href={galleryPath(base, { ...query, sort: "steps" })} on={query.sort === "steps"}>
					Shortest
				</PillLink>
			</nav>
		</div>
	);
}

/** Enter searches; the rest of the address goes along. */
function SearchForm({ base, query: { q, category, sort, keyless, own } }: Omit<GalleryPageProps, "gallery">) {
	return (
		<search className="w-80 min-w-40 shrink-[20] max-lg:flex-1 phone:w-full phone:flex-none">
			<form action={base}>
				<InputBox
					key={q}
					type="search"
					name="q"
					defaultValue={q}
					maxLength={200}
					aria-label="Search templates"
					placeholder="What should it do?"
					icon={<Search aria-hidden="true" />}
				/>
				{category !== undefined && <input type="hidden" name="category" value={category} />}
				{sort !== "used" && <input type="hidden" name="sort" value={sort} />}
				{keyless && <input type="hidden" name="keyless" value="1" />}
				{own && <input type="hidden" name="own" value="1" />}
			</form>
		</search>
	);
}

function Count({ children }: { children: number }) {
	return <span className="text-ink-3 tabular-nums">{children}</span>;
}

function NothingFound({ base, query }: Omit<GalleryPageProps, "gallery">) {
	return (
		<EmptyState
			picture={<SearchX aria-hidden="true" className="size-6 text-ink-3" />}
			title="No templates found"
			action={
				<Button asChild>
					<Link href={base}>Show all</Link>
				</Button>
			}
		>
			{query.q === "" ? "No template matches these filters." : `No template matches “${query.q}”. Try fewer words.`}
		</EmptyState>
	);
}
