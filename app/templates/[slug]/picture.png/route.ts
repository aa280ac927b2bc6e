import { getDatabase } from "@/server/database";
import { currentVisitor } from "@/server/sharing/current-visitor";
import { getTemplate } from "@/server/templates/get-template";
import { STRANGER } from "@/server/templates/template";
import { answerPicture, NEUTRAL } from "../../../share/draw-picture";

/** The picture of a template for the card that other sites make of its page. */
export async function GET(_request: Request, { params }: { params: Promise<{ slug: string }> }): Promise<Response> {
	const { slug } = await params;
	const { address } = await currentVisitor();
	const template = await getTemplate(getDatabase().db, STRANGER, { slug, version: undefined });
	if (!template) return await answerPicture(NEUTRAL, address);
	const { name, description, plan } = template;
	const key = `template ${slug} ${JSON.stringify([template.version, name, description])}`;
	return await answerPicture({ key, props: { title: name, line: description, plan } }, address);
}
