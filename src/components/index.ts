/**
 * @file Every component that a lesson may use, by the name it has there. Lessons import nothing. The build gives
 * `lesson`, `anchor` (the element's id) and `number` to Cell, Exercise, Explorable, Equation and Figure.
 */
import Cite from "./Cite.astro"
import Definition from "./Definition.astro"
import Equation from "./Equation.astro"
import Figure from "./Figure.astro"
import H2 from "./H2.astro"
import H3 from "./H3.astro"
import H4 from "./H4.astro"
import Note from "./Note.astro"
import NoteMark from "./NoteMark.astro"
import Pre from "./Pre.astro"
import PredictFirst from "./PredictFirst.astro"
import Reading from "./Reading.astro"
import Ref from "./Ref.astro"
import SlidesSay from "./SlidesSay.astro"
import Summary from "./Summary.astro"
import Table from "./Table.astro"
import Term from "./Term.astro"
import Value from "./Value.astro"
import Way from "./Way.astro"
import Ways from "./Ways.astro"

/** Cell, Exercise and Explorable. */
const live = import.meta.glob<{ default: unknown }>("./{Cell,Exercise,Explorable}.astro", { eager: true })

export const components = {
  Cite,
  Definition,
  Equation,
  Figure,
  Note,
  NoteMark,
  PredictFirst,
  Reading,
  Ref,
  SlidesSay,
  Summary,
  Term,
  Value,
  Way,
  Ways,
  h2: H2,
  h3: H3,
  h4: H4,
  pre: Pre,
  table: Table,
  ...Object.fromEntries(Object.entries(live).map(([path, module]) => [path.slice(2, -6), module.default])),
}
