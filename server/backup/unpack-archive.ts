import { realpath, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { extract } from "tar";

/** `workspaces/<run>/<place>/…`: commands make links there, and nothing else in a backup is one. */
const PLACE_OF_LINKS = /^workspaces\/[^/]+\/[^/]+\/./;

interface Link {
	path: string;
	target: string;
}

/**
 * Unpacks a backup into an empty folder, of which nothing leads out but links in the workspaces of runs: those may lead
 * anywhere, as they did, and are made last, when nothing is written any more. Throws for any other archive.
 */
export async function unpackArchive(file: string, folder: string): Promise<void> {
	const links: Link[] = [];
	const refused: string[] = [];
	await extract({
		...{ file, cwd: folder, strict: true, preserveOwner: false },
		filter(path, entry) {
			const type = "type" in entry ? entry.type : undefined;
			if (type === "File" || type === "OldFile" || type === "Directory") return true;
			if (type === "SymbolicLink" && "linkpath" in entry) links.push({ path, target: entry.linkpath ?? "" });
			else refused.push(path);
			return false;
		},
	});
	if (refused.length > 0) throw new Error(`The archive holds more than files, folders and links: ${refused[0]}.`);
	const root = await realpath(folder);
	for (const link of links) await makeLink(root, link);
}

async function makeLink(root: string, { path, target }: Link): Promise<void> {
	const place = join(root, path);
	const isInPlace = PLACE_OF_LINKS.test(path) && !path.split("/").includes("..");
	if (!isInPlace || (await realpath(dirname(place))) !== dirname(place))
		throw new Error(`The archive holds a link where none belongs: ${path}.`);
	await symlink(target, place);
}
