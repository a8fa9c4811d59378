/** Ids of the questions about a basket, as notebook 05 names them in `05_review`. */
export function basketQuestionIds(
  method: string,
  basket: string,
  { date }: { readonly date: string },
): { readonly basket: string; readonly returns: string } {
  return { basket: `${method} | ${basket} | ${date}`, returns: `${method} | ${basket}` };
}

/** Id of the question about a change of theme. */
export function themeChangeQuestionId(marketId: string, decidedOn: string): string {
  return `${marketId} | ${decidedOn}`;
}
