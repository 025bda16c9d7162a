interface FieldOfType {
  readonly typeName: string;
  readonly fieldName: string;
}

export function checkFields(resolvers: readonly FieldOfType[], schema: string): void;
