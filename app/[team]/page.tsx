import { redirect } from "next/navigation";

export default async function TeamPage({ params }: { params: Promise<{ team: string }> }) {
	const { team } = await params;
	redirect(`/${team}/workflows`);
}
