import { viewerActor } from "@/server/auth/viewer";
import { STRANGER, type TemplateViewer } from "@/server/templates/template";
import { viewTemplates } from "@/server/templates/view-templates";
import { createContext } from "@/server/trpc/context";

/** Whoever is signed in, as they look at templates from inside a team that they were let into. */
export async function templateViewer(team: string): Promise<TemplateViewer> {
	const { database, viewer } = await createContext();
	return viewer ? await viewTemplates({ database, actor: viewerActor(viewer) }, team) : STRANGER;
}
