import { GraphQLError, type ValidationContext, type ValidationRule } from 'graphql';

/**
 * Fields that depend on who asks. A document is run once for all its watchers, by nobody in person:
 * what such a field would say could only be nobody's, or another's.
 */
export const VIEWER_FIELDS: Readonly<Record<string, string>> = {
  'User.email': 'everybody sees their own alone',
  'Pad.personal': 'it is one viewer’s personal pad and shared for another',
  'Pad.role': 'it is the viewer’s own role',
  'Pad.members': 'it takes a membership of that pad',
  'Pad.invites': 'an OWNER sees them alone',
  'Pad.memos': 'it takes a membership of that pad, and lists don’t belong into changes',
};

/** Refuses the fields of VIEWER_FIELDS, wherever in a document, and says why. */
export const viewerFieldsRule: ValidationRule = (context: ValidationContext) => ({
  Field({ name }) {
    const field = `${context.getParentType()?.name}.${name.value}`;
    const reason = Object.hasOwn(VIEWER_FIELDS, field) ? VIEWER_FIELDS[field] : undefined;
    if (!reason) return;
    const message = `Expected fields that are the same for every watcher, got ${field}: ${reason}. Ask for it by a query.`;
    context.reportError(new GraphQLError(message));
  },
});
