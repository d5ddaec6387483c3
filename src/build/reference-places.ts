/** @file Where the reference shows a name: on which page, under which anchor. Knows no name itself. */

interface Named {
  name: string
}

/** The address of a name inside the book, `reference/losses/#mse`, by name. */
export function placesIn(
  groups: readonly { id: string; entries: Named[]; types: Named[] }[],
): Map<string, string> {
  return new Map(
    groups.flatMap(({ id, entries, types }) =>
      [...entries, ...types].map(({ name }): [string, string] => [name, `reference/${id}/#${name}`]),
    ),
  )
}
