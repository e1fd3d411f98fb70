/** As in addresses of the API: a label without a value would be taken for one that is not there. */
export function workspaceLabel(workspace: string): string {
  return workspace === "" ? "-" : workspace;
}
