/** @file Edges of a layered drawing as SVG: bends from box to box, a tip at the end. Knows no boxes but their height. */

interface At {
  readonly x: number
  readonly y: number
}

const tenth = (v: number): string => String(Math.round(v * 10) / 10 || 0)

/** The `d` of an edge through the centres of these places, from the bottom of the first to the top of the last. */
export function edgePath(points: readonly At[], height: number): string {
  const half = height / 2
  let d = `M${tenth(points[0].x)} ${tenth(points[0].y + half)}`
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1], points[i]]
    const [from, to] = [a.y + half, b.y - half]
    const bend = (to - from) / 2
    d += `C${tenth(a.x)} ${tenth(from + bend)} ${tenth(b.x)} ${tenth(to - bend)} ${tenth(b.x)} ${tenth(to)}`
    if (i < points.length - 1) d += `V${tenth(b.y + half)}`
  }
  return d
}

/** The `d` of the tip at the end of that edge. */
export function edgeTip(points: readonly At[], height: number): string {
  const { x, y } = points[points.length - 1]
  const tip = y - height / 2
  return `M${tenth(x - 4)} ${tenth(tip - 7)}L${tenth(x + 4)} ${tenth(tip - 7)}L${tenth(x)} ${tenth(tip)}Z`
}
