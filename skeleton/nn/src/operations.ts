let operations = 0;

/** Called by each function of the library that moves or multiplies parts of arrays. */
export function countOperation(): void {
  operations++;
}

/** How many such functions have been called so far: fewer than there are elements, if whole rows are worked on. */
export const operationsSoFar = (): number => operations;
