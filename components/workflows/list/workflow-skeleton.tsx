import { Skeleton, SkeletonRows } from "../../ui/skeleton";
import { Cell, Table } from "../../ui/table";
import { WorkflowTableHead } from "./workflow-table";

const NAMES = ["w-37", "w-28", "w-44", "w-32", "w-40"];

/** The list while it loads, with the heights of the list. */
export function WorkflowSkeleton() {
	return (
		<>
			<div role="status" aria-label="Loading workflows" className="phone:hidden">
				<Table>
					<WorkflowTableHead />
					<tbody>
						{NAMES.map((width) => (
							<tr key={width}>
								<Cell tall>
									<Skeleton className={width} />
								</Cell>
								<Cell tall className="hidden xl:table-cell">
									<Skeleton className="size-4" />
								</Cell>
								<Cell tall className="hidden lg:table-cell">
									<Skeleton className="w-[138px]" />
								</Cell>
								<Cell tall className="hidden xl:table-cell">
									<Skeleton className="ml-auto w-9" />
								</Cell>
								<Cell tall className="hidden xl:table-cell">
									<Skeleton className="ml-auto w-12" />
								</Cell>
								<Cell tall className="pl-7">
									<Skeleton className="w-20" />
								</Cell>
								<Cell tall className="hidden lg:table-cell">
									<Skeleton className="w-16" />
								</Cell>
								<Cell tall className="hidden xl:table-cell">
									<Skeleton className="w-5" />
								</Cell>
								<Cell tall />
							</tr>
						))}
					</tbody>
				</Table>
			</div>
			<div className="hidden phone:block">
				<SkeletonRows rows={5} rowClassName="h-16" label="Loading workflows" />
			</div>
		</>
	);
}
