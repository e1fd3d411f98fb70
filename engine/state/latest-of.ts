import {
  type LatestRequests,
  type MappingName,
  openStatuses,
  type RunRequest,
} from "./service-store.ts";

/** `requests`: of one mapping, newest first; those that are asked about at least. */
export function latestOf(
  { workspace, mapping }: MappingName,
  requests: readonly RunRequest[],
): LatestRequests {
  const isOpen = ({ status }: RunRequest) => openStatuses.includes(status);
  const ended = requests.find((one) => !isOpen(one));
  const planned = requests.find(({ planId }) => planId !== undefined);
  return {
    workspace,
    mapping,
    ...(ended && { ended }),
    ...(planned && { planned }),
    open: requests.filter(isOpen),
  };
}
