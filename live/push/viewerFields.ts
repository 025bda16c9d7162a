import { GraphQLError, type ValidationContext, type ValidationRule } from 'graphql';
import { VIEWER_FIELDS, viewerFieldProblem } from '#domain/memo/viewerFields.ts';

/** Refuses the fields of VIEWER_FIELDS, wherever in a document, and says why. */
export const viewerFieldsRule: ValidationRule = (context: ValidationContext) => ({
  Field({ name }) {
    const field = `${context.getParentType()?.name}.${name.value}`;
    const reason = Object.hasOwn(VIEWER_FIELDS, field) ? VIEWER_FIELDS[field] : undefined;
    if (!reason) return;
    context.reportError(new GraphQLError(viewerFieldProblem(field, reason)));
  },
});
