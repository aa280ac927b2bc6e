import mime from "mime/lite";
import type { ArtifactKind } from "./artifact-ref";

/** Folders by which a step says what its files are, whatever they are called. */
const FOLDERS: Readonly<Record<string, ArtifactKind>> = {
	screenshots: "screenshot",
	logs: "log",
	sessions: "session",
	"test-results": "test-report",
	reports: "test-report",
	build: "build",
	dist: "build",
	docs: "document",
};

/** Looked through in order: the first that fits a file's name says its kind. */
const NAMES: readonly (readonly [RegExp, ArtifactKind])[] = [
	[/(^|[-_.])(junit|test-?results?|test-?report|coverage)([-_.]|$)|^TEST-.*\.xml$|\.(trx|tap|lcov)$/i, "test-report"],
	[/(^|[-_.])(session|transcript|trace|recording)([-_.]|$)|\.(cast|har)$/i, "session"],
	[/(^|[-_.])(log|stdout|stderr)$|\.log\.(gz|txt|\d{1,3})$/i, "log"],
	[/\.(zip|tar|tgz|gz|bz2|xz|zst|7z|jar|war|whl|deb|rpm|apk|dmg|exe|msi|so|wasm|bin|iso)$/i, "build"],
	[/\.(md|markdown|pdf|html?|docx?|odt|xlsx?|ods|pptx?|csv|tsv|txt|json|yaml|yml|xml)$/i, "document"],
];

/** What the name of a file says of it: its MIME type and, where nobody said so, its kind. */
export function describeFile(name: string): { type: string; kind: ArtifactKind } {
	const type = typeOf(name);
	const folder = name.includes("/") ? name.slice(0, name.indexOf("/")).toLowerCase() : "";
	if (Object.hasOwn(FOLDERS, folder)) return { type, kind: FOLDERS[folder] ?? "other" };
	const base = name.slice(name.lastIndexOf("/") + 1);
	if (type.startsWith("image/")) return { type, kind: "screenshot" };
	return { type, kind: NAMES.find(([pattern]) => pattern.test(base))?.[1] ?? "other" };
}

function typeOf(name: string): string {
	if (/\.(log|tap|lcov|ya?ml|toml|diff|patch)$/i.test(name)) return "text/plain";
	return mime.getType(name) ?? "application/octet-stream";
}
