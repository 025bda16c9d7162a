/**
 * Fields that depend on who asks. What is told to all who watch a pad is read once, by nobody in
 * person: what such a field would say could only be nobody's, or another's. Written in the
 * APPSYNC_JS subset, because both doors read this very file.
 */
export const VIEWER_FIELDS: Readonly<Record<string, string>> = {
  'User.email': 'everybody sees their own alone',
  'Pad.personal': 'it is one viewer’s personal pad and shared for another',
  'Pad.role': 'it is the viewer’s own role',
  'Pad.members': 'it takes a membership of that pad',
  'Pad.invites': 'an OWNER sees them alone',
  'Pad.memos': 'it takes a membership of that pad, and lists don’t belong into changes',
};

/** What whoever watches with such a field is told. */
export function viewerFieldProblem(field: string, reason: string): string {
  return `Expected fields that are the same for every watcher, got ${field}: ${reason}. Ask for it by a query.`;
}
