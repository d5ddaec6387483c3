/** @file The names of Observable Plot 0.6.17 that a cell may call, by what they do. Knows nothing of how they are recorded or drawn. */

const list = (names: string): ReadonlySet<string> => new Set(names.trim().split(/\s+/))

/** Marks: `(data, options)` or `(options)`; functions in their options are accessors over the data. */
export const MARKS = list(`
  area areaX areaY arrow auto axisFx axisFy axisX axisY barX barY bollingerX bollingerY boxX boxY
  cell cellX cellY circle contour crosshair crosshairX crosshairY delaunayLink delaunayMesh density
  differenceX differenceY dot dotX dotY frame geo graticule gridFx gridFy gridX gridY hexagon hexgrid hull
  image line lineX lineY linearRegressionX linearRegressionY link marks raster rect rectX rectY ruleX ruleY
  sphere spike text textX textY tickX tickY tip tree vector vectorX vectorY voronoi voronoiMesh waffleX waffleY`)

/** Transforms of a mark's options whose first argument names reducers or maps: no function can be recorded there. */
export const REDUCING = list(`
  bin binX binY group groupX groupY groupZ hexbin map mapX mapY normalize normalizeX normalizeY select
  shiftX shiftY window windowX windowY bollinger`)

/** Transforms that take accessors, or no function at all. */
export const TRANSFORMS = list(`
  centroid cluster dodgeX dodgeY filter geoCentroid pointer pointerX pointerY reverse selectFirst selectLast
  selectMaxX selectMaxY selectMinX selectMinY shuffle sort stackX stackX1 stackX2 stackY stackY1 stackY2
  treeLink treeNode`)

/** Values that a call makes for another call to use. */
export const VALUES = list(
  "interpolatorBarycentric interpolatorRandomWalk numberInterval timeInterval utcInterval",
)

/** What stands alone as a figure. */
export const FIGURES = list("plot legend")

/** In Plot, but of no use to a recorded figure: they hand out or take functions or live elements. */
export const REFUSED = list(`
  autoSpec column find formatIsoDate formatMonth formatNumber formatWeekday initializer interpolateNearest
  interpolateNone scale transform identity indexOf valueof`)

/** Whether a recorded call of this name may be drawn. */
export function isPlotCall(name: string): boolean {
  return [MARKS, REDUCING, TRANSFORMS, VALUES, FIGURES].some((names) => names.has(name))
}
