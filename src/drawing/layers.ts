/**
 * @file Where the boxes of a directed graph stand: in layers from top to bottom, near what they are tied to. Pure
 * geometry; knows no tensor and no SVG.
 */

export interface Edge {
  readonly from: number
  readonly to: number
}

export interface Layout {
  /** Centre of each box, in columns and layers. */
  readonly boxes: readonly { readonly x: number; readonly y: number }[]
  /** For each edge the points that it passes, its ends included. */
  readonly routes: readonly (readonly { readonly x: number; readonly y: number }[])[]
  readonly columns: number
  readonly layers: number
}

interface Place {
  readonly layer: number
  x: number
  readonly width: number
  readonly above: number[]
  readonly below: number[]
}

/** Half the width that an edge takes where it passes a layer without stopping. */
const lane = 0.15

/** The layer of each box: below all that it is made from; what is made from nothing stands right above its first use. */
function layersOf(count: number, edges: readonly Edge[]): number[] {
  const layer = Array<number>(count).fill(0)
  const given = new Set(Array.from({ length: count }, (_, i) => i))
  for (const { to } of edges) given.delete(to)
  for (let round = 0; round < count; round++)
    for (const { from, to } of edges) layer[to] = Math.max(layer[to], layer[from] + 1)
  for (const box of given) {
    const uses = edges.filter(({ from }) => from === box).map(({ to }) => layer[to])
    if (uses.length > 0) layer[box] = Math.min(...uses) - 1
  }
  return layer
}

/** Puts the places of a layer in this order, as near as may be to where they want to be. */
function spread(row: Place[], wanted: ReadonlyMap<Place, number>): void {
  row.sort((a, b) => (wanted.get(a) ?? a.x) - (wanted.get(b) ?? b.x) || a.x - b.x)
  let edge = -Infinity
  for (const place of row) {
    place.x = Math.max(wanted.get(place) ?? place.x, edge + place.width / 2)
    edge = place.x + place.width / 2
  }
  const shift = row.reduce((sum, place) => sum + place.x - (wanted.get(place) ?? place.x), 0) / row.length
  for (const place of row) place.x -= shift
}

/** Lays out boxes of these widths, in columns, that are tied by `edges`, each from an earlier box to a later one. */
export function layOut(widths: readonly number[], edges: readonly Edge[]): Layout {
  const layer = layersOf(widths.length, edges)
  const places: Place[] = layer.map((l, i) => ({ layer: l, x: 0, width: widths[i], above: [], below: [] }))
  const link = (a: number, b: number): void => {
    places[a].below.push(b)
    places[b].above.push(a)
  }
  const chains = edges.map(({ from, to }) => {
    const chain = [from]
    for (let l = layer[from] + 1; l < layer[to]; l++) {
      chain.push(places.push({ layer: l, x: 0, width: 2 * lane, above: [], below: [] }) - 1)
    }
    chain.push(to)
    for (let i = 1; i < chain.length; i++) link(chain[i - 1], chain[i])
    return chain
  })
  const rows: Place[][] = Array.from({ length: Math.max(...layer) + 1 }, () => [])
  for (const place of places) {
    place.x = rows[place.layer].length
    rows[place.layer].push(place)
  }
  const mean = (list: readonly number[]): number | undefined =>
    list.length === 0 ? undefined : list.reduce((sum, i) => sum + places[i].x, 0) / list.length
  for (let sweep = 0; sweep < 12; sweep++) {
    const down = sweep % 2 === 0
    for (const row of down ? rows : [...rows].reverse()) {
      const wanted = new Map(
        row.map((place) => [place, mean(down ? place.above : place.below) ?? mean(place.below) ?? place.x]),
      )
      spread(row, wanted)
    }
  }
  const left = Math.min(...places.map(({ x, width }) => x - width / 2))
  const right = Math.max(...places.map(({ x, width }) => x + width / 2))
  const at = (i: number) => ({ x: places[i].x - left, y: places[i].layer })
  return {
    boxes: layer.map((_, i) => at(i)),
    routes: chains.map((chain) => chain.map(at)),
    columns: right - left,
    layers: rows.length,
  }
}
