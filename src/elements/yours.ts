/**
 * @file `<nn-yours>`: the line under a cell that declares what an exercise asks for. Loads what puts the reader's own code
 * there when it comes near. Knows no exercise.
 */
import type { CellDesk } from "./cell-desk.ts"
import { near } from "./near.ts"

class YoursElement extends HTMLElement {
  connectedCallback(): void {
    near(this, async () => {
      const { offer } = await import("./own-answer.ts")
      const { desk } = this.closest("nn-cell") as HTMLElement & { desk?: CellDesk }
      if (desk) offer(this, desk)
    })
  }
}

if (!customElements.get("nn-yours")) customElements.define("nn-yours", YoursElement)
