/** The beginning of a text file, of so many bytes at most. Throws with what the server says. */
export async function fetchText(address: string, bytes: number): Promise<string> {
	const answer = await fetch(address, { headers: { range: `bytes=0-${bytes - 1}` } });
	if (answer.status === 416) return "";
	if (!answer.ok) throw new Error(await answer.text());
	return await answer.text();
}
