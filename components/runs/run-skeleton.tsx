import { Skeleton } from "@/components/ui/skeleton";

/** A run's page while it loads, with the heights of the page. */
export function RunSkeleton() {
	return (
		<div
			role="status"
			aria-label="Loading the run"
			className="grid h-dvh grid-cols-[minmax(0,1fr)_360px] grid-rows-[48px_40px_minmax(0,1fr)_252px] phone:grid-cols-1 phone:grid-rows-[52px_92px_1fr]"
		>
			<div className="col-span-full flex items-center gap-4 border-line border-b bg-page px-4">
				<Skeleton className="size-5" />
				<Skeleton className="w-50" />
			</div>
			<div className="col-span-full flex items-center gap-6 border-line border-b bg-panel px-4 phone:bg-canvas">
				<Skeleton className="w-20 phone:hidden" />
				<Skeleton className="w-24 phone:hidden" />
				<Skeleton className="w-28 phone:hidden" />
			</div>
			<div className="bg-canvas phone:bg-panel" />
			<div className="row-span-2 space-y-3 border-line border-l bg-panel p-4 phone:hidden">
				<Skeleton className="w-30" />
				<Skeleton className="w-44" />
			</div>
			<div className="border-line border-t bg-panel phone:hidden" />
		</div>
	);
}
