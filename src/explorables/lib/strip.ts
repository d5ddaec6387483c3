/**
 * @file Where there is room for one picture only, all of an explorable's pictures stand side by side in a strip as
 * high as the highest needs; what is low shares a place. Knows neither SVG nor styles.
 */

/** A picture's title and the space below it, in widths of a picture. */
const TITLE = 0.115
/** Higher than this no pair of pictures makes the strip, so that the controls below stay in sight. */
const MOST = 1.3

/** How high the strip is, in widths of a picture, and how many places it has. */
export interface Strip {
  tall: number
  places: number
}

/** Fewest places, then the lowest strip. A picture never leaves its order. */
export function strip(views: readonly { width: number; height: number }[]): Strip {
  const heights = views.map(({ width, height }) => height / width + TITLE)
  const tallest = Math.max(...heights)
  const runs = heights.flatMap((_, from) =>
    heights.slice(from).map((_, n) => sum(heights.slice(from, from + n + 1))),
  )
  return [tallest, ...runs.filter((tall) => tall > tallest && tall <= MOST)]
    .map((tall) => ({ tall, places: places(heights, tall) }))
    .reduce((best, next) =>
      next.places < best.places || (next.places === best.places && next.tall < best.tall) ? next : best,
    )
}

const sum = (all: readonly number[]): number => all.reduce((a, b) => a + b, 0)

function places(heights: readonly number[], tall: number): number {
  let filled = 0
  return heights.reduce((n, height) => {
    const fits = filled > 0 && filled + height <= tall + 1e-9
    filled = fits ? filled + height : height
    return fits ? n : n + 1
  }, 0)
}
