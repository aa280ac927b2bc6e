/**
 * Sends a form of a page as a browser without JavaScript does: the first one that has all these fields.
 * @param fields what is typed into it, by name
 */
export async function submitForm(address: string, fields: Readonly<Record<string, string>>): Promise<Response> {
	const page = await fetch(address);
	const forms = (await page.text()).split("<form").slice(1);
	const form = forms.find((html) => Object.keys(fields).every((name) => html.includes(`name="${name}"`)));
	if (form === undefined) throw new Error(`There is no such form at ${address}.`);
	const body = new FormData();
	for (const [name, value] of [...hiddenFields(form), ...Object.entries(fields)]) body.set(name, value);
	return await fetch(address, {
		method: "POST",
		body,
		redirect: "manual",
		headers: { origin: new URL(address).origin },
	});
}

function hiddenFields(form: string): [string, string][] {
	const inputs =
		form
			.split("</form>", 1)
			.join()
			.match(/<input type="hidden"[^>]*>/g) ?? [];
	return inputs.map((input) => [attribute(input, "name"), attribute(input, "value")]);
}

function attribute(element: string, name: string): string {
	const [, value = ""] = element.split(` ${name}="`);
	return (value.split('"')[0] ?? "").replaceAll("&quot;", '"').replaceAll("&amp;", "&");
}
